"""Invented people for the sample files; any likeness is chance."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Centre:
    name: str
    town: str
    postal_code: str


@dataclass(frozen=True)
class Person:
    given: str
    family: str
    sex: str
    born: dt.date
    centre: Centre
    function: str
    phone: str
    country: str = "Slovenia"
    country_code: str = "SI"
    abroad: str = ""

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def email(self) -> str:
        plain = f"{self.given}.{self.family}".lower().replace(" ", "-")
        return plain.translate(str.maketrans("čćšžđåäöõéüøê", "ccszdaaooeuoe")) + "@example.org"

    @property
    def birth_date(self) -> dt.date:
        return self.born

    @property
    def centre_name(self) -> str:
        return self.abroad or self.centre.name

    @property
    def function_en(self) -> str:
        return {"mladinska delavka": "youth worker", "mladinski delavec": "youth worker"}.get(
            self.function, "volunteer"
        )

    @property
    def street(self) -> str:
        return f"Izmišljena ulica {self.born.day}"

    @property
    def town(self) -> str:
        return self.centre.town

    @property
    def postal_code(self) -> str:
        return self.centre.postal_code


CENTRES = (
    Centre("MC Brežice", "Brežice", "8250"),
    Centre("MC Krško", "Krško", "8270"),
    Centre("Mladinski center Trbovlje", "Trbovlje", "1420"),
    Centre("CMC Celje", "Celje", "3000"),
    Centre("DNŠ Novo mesto", "Novo mesto", "8000"),
    Centre("Mladinski center Velenje", "Velenje", "3320"),
    Centre("MCDD Škofja Loka", "Škofja Loka", "4220"),
    Centre("Zavod Pekarna Maribor", "Maribor", "2000"),
)
_SLOVENE = (
    "Ana Kovač f|Žiga Šuštar m|Špela Čeh f|Marjeta Žagar f|Luka Potočnik m|Tjaša Zajc f|Matic Hribar m|Nika Černe f|"
    "Jure Đurić m|Maja Kos f|Gašper Žnidaršič m|Eva Golob f|Rok Breznik m|Sara Novak f|Tilen Božič m|Ines Ćosić f|"
    "Blaž Kranjc m|Mojca Oblak f|Aljaž Rupnik m|Lucija Štrukelj f|Domen Vidmar m|Katja Petek f|Urška Mlakar f|"
    "Anže Korošec m"
)
_ABROAD = (
    "Linnea Åkesson f Sweden SE KEKS|Erik Sjöberg m Sweden SE KEKS|Kadri Tamm f Estonia EE Tartu Noortekeskus|"
    "Rasmus Kõiv m Estonia EE Tartu Noortekeskus|Dubravka Horvatić f Croatia HR Udruga Primjer|"
    "Ante Šimunović m Croatia HR Udruga Primjer|Jonas Weber m Germany DE Jugendhaus Beispiel|"
    "Lena Schäfer f Germany DE Jugendhaus Beispiel|Aino Mäkelä f Finland FI Nuorisotalo Esimerkki|"
    "Pekka Lehtonen m Finland FI Nuorisotalo Esimerkki|Inês Carvalho f Portugal PT Casa Exemplo|"
    "Tiago Moura m Portugal PT Casa Exemplo|Sophie Lambert f Belgium BE Maison Exemple|"
    "Luc Peeters m Belgium BE Maison Exemple"
)


def _people() -> tuple[Person, ...]:
    people = []
    for number, entry in enumerate(_SLOVENE.split("|")):
        given, family, sex = entry.split(" ")
        people.append(_person(number, given, family, sex))
    for number, entry in enumerate(_ABROAD.split("|"), len(people)):
        given, family, sex, country, code, *organisation = entry.split(" ")
        people.append(_person(number, given, family, sex, country, code, " ".join(organisation)))
    return tuple(people)


def _person(
    number: int, given: str, family: str, sex: str, country: str = "Slovenia", code: str = "SI", abroad: str = ""
) -> Person:
    born = dt.date(1979 + number % 24, number % 12 + 1, (number * 5) % 28 + 1)
    function = "mladinska delavka" if sex == "f" else "mladinski delavec"
    phone = f"{('040', '031', '041', '051')[number % 4]} 555 {100 + number:03}"
    return Person(given, family, sex, born, CENTRES[number % len(CENTRES)], function, phone, country, code, abroad)


PEOPLE = _people()

"""An office's old lists as they lie in Excel: the plan of the first half of 2020, members, people. All invented but the
months, the projects and the kinds of event."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook

PLAN: list[list[Any]] = [
    ["Mreža MaMa – načrt aktivnosti januar–junij 2020"],
    [],
    ["Mesec ali datum", "Dogodek", "Projekt", "Kraj", "Odgovorna oseba", "Opombe"],
    ["januar 2020", "Sklepna nacionalna konferenca", "Vsi smo EU", "Ljubljana", "Ana Novak", ""],
    ["januar 2020", "Evalvacijski sestanek", "Vsi smo EU", "Ljubljana", "Ana Novak", ""],
    ["januar 2020", "Teden kariere", "KROJ", "", "", "v mladinskih centrih"],
    ["januar 2020", "Delavnica uporabnih digitalnih veščin", "KROJ", "Ljubljana", "", "Karierno središče Ljubljana"],
    ["februar 2020", "Delovna skupina: informiranje", "redna dejavnost", "", "", ""],
    ["februar 2020", "Delovna skupina: promocija", "redna dejavnost", "", "", ""],
    ["februar 2020", "Delovna skupina: usposabljanje in izobraževanje", "redna dejavnost", "", "", ""],
    ["februar 2020", "Delovna skupina: oblikovanje lokalnih politik", "redna dejavnost", "", "", ""],
    ["II/2020", "Predstavitveni sestanek za nove občine", "Europe Goes Local - Logbook", "", "", ""],
    ["marec 2020", "Študijski obisk v Sloveniji", "Be a Hero", "", "", ""],
    ["marec 2020", "Srečanje trenerjev", "EUYOU", "", "", ""],
    ["marec–april 2020", "Skrbniški sestanki pri članicah", "redna dejavnost", "", "", ""],
    ["2.–3. april 2020", "Klub MaMa in Zbor MaMa 2020", "redna dejavnost", "Krško", "Ana Novak", ""],
    ["april 2020", "Uvodno usposabljanje za mladinske delavce", "Mreža mladinskih delavcev", "", "", ""],
    ["maj 2020", "Študijski obisk v mreži KEKS", "Europe Goes Local - Logbook", "Švedska", "", ""],
    ["maj 2020", "Multiplikativni dogodek", "Pametno mladinsko delo v mladinskih centrih", "", "", ""],
    ["junij 2020", "Mednarodno usposabljanje", "Be a Hero", "", "", ""],
    ["jeseni", "15. obletnica Mreže MaMa", "redna dejavnost", "", "", ""],
]
MEMBERS: list[list[Any]] = [
    ["Članice Mreže MaMa"],
    ["Zap. št.", "Naziv", "Naslov", "Pošta", "E-naslov", "Telefon", "Direktor/-ica", "Članica od"],
    [1, "Mladinski center Vzorčni Dol", "Glavna ulica 1", "8270 Krško", "dol@example.org", "07 123 45 67", "Eva Kos",
     "1. 1. 2006"],
    [2, "MC Vzorčna Gora", "Pod goro 2", "4000 Kranj", "gora@example.org", "04 123 45 67", "Jan Bizjak", "1. 3. 2010"],
    [3, "Mladinski svet Izmišljeni Breg", "Ob reki 3", "9000 Murska Sobota", "breg@example.org", "", "Nika Hren", ""],
]  # fmt: skip
PEOPLE: list[list[Any]] = [
    ["Priimek in ime", "Organizacija", "Funkcija", "E-pošta", "GSM", "Kraj"],
    ["Vzorec Tilen", "Mladinski center Vzorčni Dol", "mladinski delavec", "tilen@example.org", "041 111 222", "Krško"],
    ["Primer Neža", "MC Vzorčna Gora", "vodja programa", "neza@example.org", "040 333 444", "Kranj"],
    ["Izmislek Žiga", "Občina Vzorčni Dol", "svetovalec za mladino", "ziga@example.org", "", "Krško"],
]
FILES = {"nacrt-2020.xlsx": PLAN, "clanice.xlsx": MEMBERS, "seznam-oseb.xlsx": PEOPLE}


def write_samples(folder: Path) -> None:
    """The samples that the program brings along (resources/samples/lists)."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in FILES.items():
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for row in rows:
            sheet.append(row)
        book.save(folder / name)


if __name__ == "__main__":
    write_samples(Path(__file__).parents[2] / "resources" / "samples" / "lists")

"""A large invented workspace for benchmarks: many people with Slovene letters, the same every time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.base import Base
from mama_desktop.domain.events import Event
from mama_desktop.domain.events import Session as EventSession
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.services.sample_data import add

ORGANISATIONS = 200
LARGE_EVENT = "2020-04-veliki"
_CHUNK = 5_000
_GIVEN = (
    "Ana Špela Žiga Luka Neža Matej Đorđe Tina Čarna Urška Jan Maja Aljaž Eva Rok Sara Žan Nika Gašper Lučka Jure Anže "
    "Živa Petra Klemen Mojca Boštjan Tjaša Uroš Zala Linnea Kristjan Jürgen Päivi João Lotte"
).split()
_STEM = (
    "Nov Kov Žag Čat Šuš Hrib Dolen Mlak Zup Breg Pot Lip Gor Rib Vrh Jav Koč Sreb Zlat Med Brez Hrast Škof Češ".split()
)
_END = "ak ačič ar er tar ec šek nik ič an ovec elj in šar ovič ko ija onja ej uh".split()
_TOWNS = (
    ("8270", "Krško", "SI036"), ("1000", "Ljubljana", "SI041"), ("2000", "Maribor", "SI032"),
    ("6000", "Koper", "SI044"), ("3000", "Celje", "SI034"), ("9000", "Murska Sobota", "SI031"),
    ("4220", "Škofja Loka", "SI042"),
)  # fmt: skip
_STATUSES = ("accepted", "confirmed", "accepted", "applied", "confirmed", "waiting", "accepted", "cancelled", "invited")
_DIETS: tuple[list[str], ...] = ([], [], [], ["vegetarian"], [], [], ["vegan"], [])


def make_large(
    session: Session, *, people: int = 100_000, events: int = 150, registrations: int = 20_000, crowd: int = 5_000
) -> None:
    """Fill a workspace in bulk; `crowd` of the registrations are of the event LARGE_EVENT, the others spread evenly."""
    _add(session, Organisation, (_organisation(n) for n in range(ORGANISATIONS)))
    _add(session, Person, (person(n) for n in range(people)))
    _add(session, Event, (_event(n) for n in range(events)))
    _add(session, EventSession, (_session(n) for n in range(events)))
    _add(session, Registration, _registrations(people, events, registrations, min(crowd, registrations)))


def person(number: int) -> dict[str, Any]:
    """The columns of one person; any two numbers below 17,000 bear different names, some later ones the same."""
    given = _GIVEN[number % len(_GIVEN)]
    family = _STEM[number // len(_GIVEN) % len(_STEM)] + _END[number // (len(_GIVEN) * len(_STEM)) % len(_END)]
    postal_code, town, region = _TOWNS[number % len(_TOWNS)]
    return {
        "id": large_key("person", number),
        "family_name": family,
        "given_name": given,
        "email": f"oseba{number}@example.org",
        "phone": f"+386 70 {number:06}",
        "birth_date": dt.date(1970, 1, 1) + dt.timedelta(days=number * 37 % 13_000) if number % 3 else None,
        "gender": ("female", "male", "unknown")[number % 3],
        "street": f"Lipova ulica {number % 90 + 1}",
        "postal_code": postal_code,
        "town": town,
        "country": "SI",
        "region": region,
        "language": "sl",
        "organisation_id": large_key("organisation", number % ORGANISATIONS),
    }


def large_key(kind: str, number: int) -> str:
    """32 hexadecimal digits in the order of the numbers, as keys made on a machine are in order of time."""
    return f"{number:012x}7{kind.encode().hex():0<19.19}"


def _organisation(number: int) -> dict[str, Any]:
    postal_code, town, region = _TOWNS[number % len(_TOWNS)]
    return {
        "id": large_key("organisation", number),
        "name_sl": f"Mladinski center Vzorec {number + 1}",
        "short_name": f"MC Vzorec {number + 1}",
        "kind": "youth-centre",
        "postal_code": postal_code,
        "town": town,
        "country": "SI",
        "region": region,
    }


def _event(number: int) -> dict[str, Any]:
    day = dt.date(2020, 1, 1) + dt.timedelta(days=number % 180) if number else dt.date(2020, 4, 2)
    postal_code, town, _ = _TOWNS[number % len(_TOWNS)]
    return {
        "id": large_key("event", number),
        "code": f"{day:%Y-%m}-dogodek-{number}" if number else LARGE_EVENT,
        "title_sl": f"Dogodek številka {number}" if number else "Veliki zbor",
        "title_en": f"Event number {number}" if number else "The large assembly",
        "kind": "meeting",
        "status": "confirmed",
        "starts_on": day,
        "venue": "Kulturni dom Vzorec",
        "postal_code": postal_code,
        "town": town,
    }


def _session(number: int) -> dict[str, Any]:
    event = _event(number)
    return {"id": large_key("session", number), "event_id": event["id"], "position": 1, "day": event["starts_on"]}


def _registrations(people: int, events: int, registrations: int, crowd: int) -> Iterator[dict[str, Any]]:
    for number in range(registrations):
        if number < crowd or events < 2:
            event, who = 0, number
        else:
            turn, event = divmod(number - crowd, events - 1)
            event, who = event + 1, turn + event * 101
        yield {
            "id": large_key("registration", number),
            "event_id": large_key("event", event),
            "person_id": large_key("person", who % people),
            "organisation_id": large_key("organisation", who % people % ORGANISATIONS),
            "status": _STATUSES[number % len(_STATUSES)],
            "diet": _DIETS[number % len(_DIETS)],
            "source": "sample",
            "answers": {"Velikost majice": "SML"[number % 3]} if number % 2 else {},
        }


def _add(session: Session, cls: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    remaining = iter(rows)
    while chunk := list(islice(remaining, _CHUNK)):
        add(session, cls, chunk)

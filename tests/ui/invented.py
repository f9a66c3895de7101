"""Invented rows, a page and a database that only remembers: what the tests and pictures of the window stand on."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

from mama_desktop.domain.clock import Clock
from mama_desktop.domain.events import STATUSES as EVENT_STATUSES
from mama_desktop.domain.registrations import DIETS, STATUSES
from mama_desktop.domain.rows import ChangeInfo, FieldInfo, Found, Listing
from mama_desktop.domain.text import T, Text

FIELDS = (
    FieldInfo("family", T("Family name"), width=110),
    FieldInfo("given", T("Given name"), width=90),
    FieldInfo("organisation", T("Organisation"), "organisation", width=200),
    FieldInfo("town", T("Town"), width=130),
    FieldInfo("age", T("Age"), "age", editable=False, width=64),
    FieldInfo("status", T("Status"), "choice", choices=STATUSES, width=180),
    FieldInfo("arrival", T("Arrival"), "date", width=110),
    FieldInfo("diet", T("Diet"), "choices", choices=DIETS, width=150),
    FieldInfo("photo", T("Photo consent"), "bool", width=100),
    FieldInfo("remarks", T("Remarks"), "long-text", width=220),
)
_FAMILY = "Bizjak Čater Ćosić Dolenc Eriksson Golob Hribar Kovač Kovačič Saar Šuštar Zupan Žagar Đurić Müller".split()
_GIVEN = "Žan Špela Dario Maja Linnea Anže Neža Lucija Matic Kristjan Eva Gašper Tina Đorđe Zoë".split()
_TOWNS = "Krško Koper Rijeka Ravne_na_Koroškem Göteborg Ljubljana Celje Trbovlje Tallinn Črnomelj".split()
_HOUSES = (
    "Mladinski center Krško", "Center mladih Koper", "Udruga mladih Rijeka", "KMKC Kompleks", "KEKS", "Zavod BOB",
    "Mladinski center Dravinjske doline in Slovenskih Konjic", "Celjski mladinski center", "Tallinna noortekeskus",
)  # fmt: skip


def make_listing(count: int, seed: int = 2020) -> Listing:
    """`count` invented registrations, the same every time."""
    dice = random.Random(seed)
    states = ["accepted"] * 8 + ["waiting", "applied", "cancelled", "invited", "declined", "confirmed"]
    diets: list[list[str]] = [[], [], ["vegetarian"], ["vegan", "gluten-free"]]
    remarks = ["", "", "pride z vlakom", "potrebuje vabilo za delodajalca\nin račun"]
    rows = [
        (
            _FAMILY[n % len(_FAMILY)], dice.choice(_GIVEN), dice.choice(_HOUSES),
            dice.choice(_TOWNS).replace("_", " "), dice.randint(14, 41), dice.choice(states),
            dt.date(2020, 4, dice.randint(2, 3)), dice.choice(diets), dice.choice([True, False, None]),
            dice.choice(remarks),
        )
        for n in range(count)
    ]  # fmt: skip
    return Listing(FIELDS, [f"r{n}" for n in range(count)], rows)


EVENT_STATES = EVENT_STATUSES


class FakeDatabase:
    """Answers `read` by calling the query with no session, and remembers what was written."""

    def __init__(self, stands_on: dt.date | None = dt.date(2020, 3, 2)) -> None:
        self.name = "Zbirka"
        self.clock = Clock(stands_on)
        self.read_only: Any = None
        self.warnings: tuple[Text, ...] = ()
        self.written: list[Any] = []
        self._listeners: list[Callable[[frozenset[str]], None]] = []

    def read(self, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return query(None, *args, **kwargs)

    def write(self, use_case: Callable[..., Any], *args: Any, label: Any, **kwargs: Any) -> Any:
        result = use_case(None, *args, **kwargs)
        self.written.append((use_case.__name__, args, label))
        return result

    def announce(self, *kinds: str) -> None:
        for listener in tuple(self._listeners):
            listener(frozenset(kinds))

    def subscribe(self, listener: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def undo(self) -> ChangeInfo:
        return ChangeInfo(1, None, "Ana", "pisarna", T("Accept 3 registrations"), frozenset())

    def redo(self) -> ChangeInfo:
        return self.undo()

    def poll(self) -> bool:
        return False


def find(words: str) -> list[Found]:
    everything = [
        Found("event", "e1", "Klub MaMa in Zbor MaMa 2020", "2.–3. april 2020, Mladinski center Krško"),
        Found("person", "p1", "Žagar Tina", "Mladinski center Dravinjske doline, Slovenske Konjice"),
        Found("organisation", "o1", "Mladinski center Krško", "Krško"),
        Found("project", "x1", "Most mladih", "2019-3-SI02-KA105-015743"),
    ]
    return [f for f in everything if words.lower() in f.title.lower()]

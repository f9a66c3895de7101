"""Moments of a page for its picture: rows chosen for a decision, a menu or a question open, a file read again."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.text import T
from tests.shots_transport import transport_states

FORM = ("Časovni žig", "Ime", "Priimek", "E-naslov", "Opombe", "Status")


def states(db: Any, made: Path) -> list[Any]:
    """Every moment there is a picture of; `made`: where the files for it may lie."""
    from mama_desktop.demo import EVENT
    from mama_desktop.services import events
    from mama_desktop.ui.pictures import View

    event = db.read(events.event_by_code, EVENT)
    return [
        *transport_states(event),
        View("state-decide", "event", event, "registrations", _decide),
        View("state-row-menu", "event", event, "registrations", _row_menu),
        View("state-over-capacity", "event", event, "registrations", _over_capacity),
        View("state-filter-row", "people", "", "", _filter_row),
        View("state-views", "event", event, "registrations", _views_menu),
        View("state-other-papers", "event", event, "documents:consents"),
        *(View("state-options", "person", one, "card", _options) for one in _with_options(db)[:1]),
        View("state-no-answer", "event", event, "registrations:no-answer"),
        *_merging(db),
        *_read_again(db, event, made),
        View("state-import-party", "import", event, f"file:{_half_a_family(db, event, made)}", _group("party")),
        # Last: its notice stays for a while.
        View("state-paste-report", "event", event, "registrations", _bad_cells),
    ]


def _tab(window: Any) -> Any:
    """The tab of registrations with every row and column."""
    tab = window.page._registrations()
    tab.show_all()
    tab.read_rest()
    tab.table.set_filters({})
    return tab


def _decide(window: Any) -> None:
    tab = _tab(window)
    tab.table.select(tab.table.shown_keys()[:12])
    tab.show_strip()


def _row_menu(window: Any) -> None:
    table = _tab(window).table
    table.select(table.shown_keys()[:3])
    middle = table.view.visualRect(table.view.currentIndex()).center()
    table.view.customContextMenuRequested.emit(middle)


def _over_capacity(window: Any) -> None:
    """Who is new and who waits are accepted where there are fewer places: the question with as many as fit."""
    from PySide6.QtWidgets import QDialog

    from mama_desktop.ui import dialogs

    tab = _tab(window)
    keys = [key for status in ("waiting", "applied") for key in tab.menu.of_status(tab.table.shown_keys(), status)]
    tab.table.select(keys)
    db, event = window.page.db, window.page._event
    db.write(_with_places, event, 64, label=T("Test"))
    with mock.patch.object(dialogs._Sheet, "exec", QDialog.open):
        tab.decisions.decide(keys, "accepted", tab)
    db.write(_with_places, event, 60, label=T("Test"))


def _with_places(session: Session, event: str, capacity: int) -> None:
    from mama_desktop.domain.events import Event

    session.get_one(Event, event).capacity = capacity


def _filter_row(window: Any) -> None:
    window.page.table.filters.show_row(True)


def _views_menu(window: Any) -> None:
    window.page._registrations().tools.views.open()


def _bad_cells(window: Any) -> None:
    """Two cells of a pasted block that are no values of their columns."""
    tab = _tab(window)
    tab.table.go_to_cell(tab.table.shown_keys()[0], "status")
    tab.table.doing.paste("morda\tudeleženec\nsprejeta\tkapitan")


def _options(window: Any) -> None:
    from PySide6.QtWidgets import QPushButton

    name = {"sl": "Spremeni izbrane", "en": "Change the options"}[window.page.speak.code]
    buttons = window.page.card.findChildren(QPushButton)
    next(b for b in buttons if b.isVisible() and b.accessibleName().startswith(name)).click()


def _with_options(db: Any) -> list[str]:
    """People of the sample whose next event offers options."""
    from mama_desktop.services import people, person_events

    now, keys = db.clock.now(), db.read(people.people).keys

    def offered(key: str) -> bool:
        coming = db.read(person_events.next_events, key, now=now)
        return any(line.field == "options" for one in coming for line in one.lines)

    return list(filter(offered, keys))


def _merging(db: Any) -> list[Any]:
    """Any two people beside each other, with what merging them would do."""
    from mama_desktop.services import people
    from mama_desktop.ui.pictures import View

    one, other = db.read(people.people).keys[:2]
    return [View("state-merge", "duplicates", f"{one},{other}", "person")]


def _read_again(db: Any, event: str, made: Path) -> list[Any]:
    """A form read once, worked on in the office, and its newer export: what clashes, is withdrawn, would be split."""
    from mama_desktop.services import importing
    from mama_desktop.ui.pictures import View

    people = ("Ana", "Eva", "Nik", "Tim", "Zala")
    before = [(n, name, "vlak", "prijavljen") for n, name in enumerate(people, 1)]
    after = [(1, "Ana", "peš", "prijavljen"), (2, "Eva", "peš", "prijavljen"), (3, "Nik", "vlak", "sprejet"),
             (4, "Tim", "vlak", "prijavljen")]  # fmt: skip
    first = _form(made / "Prijava na klub (Odgovori).csv", before)
    importing.take_in_defaults(db, importing.prepare(db, event, first))
    db.write(_worked_on, event, label=T("Test"))
    newer = _form(made / "Prijava na klub (Odgovori) (1).csv", after)

    return [View(f"state-import-{which}", "import", event, f"file:{newer}", _group(which))
            for which in ("clash", "withdrawn")]  # fmt: skip


def _half_a_family(db: Any, event: str, made: Path) -> Path:
    """Our own list comes back and accepts one of two who wait together."""
    from openpyxl import Workbook

    from mama_desktop.services.short_ids import short_id

    own = db.read(_invented, event)
    book = Workbook()
    book.active.append(["ID", "Priimek", "Ime", "Prijava"])
    for given, status in (("Nik", "sprejeta"), ("Tim", "na čakalnem seznamu")):
        book.active.append([short_id(own[given].id), "Izmišljeni", given, status])
    book.save(made / "seznam-udelezencev.xlsx")
    return made / "seznam-udelezencev.xlsx"


def _group(which: str) -> Callable[[Any], None]:
    def show(window: Any) -> None:
        window.page.groups.show_group(which)

    return show


def _form(path: Path, rows: list[tuple[int, str, str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(FORM)
        for day, given, remark, status in rows:
            writer.writerow((f"2020-02-{day:02} 08:00:00", given, "Izmišljeni", f"{day}@example.org", remark, status))
    return path


def _worked_on(session: Session, event: str) -> None:
    """Two remarks corrected by hand, and two who wait as a family."""
    import datetime as dt

    from mama_desktop.services import deciding, parties

    own = _invented(session, event)
    own["Ana"].remarks = own["Eva"].remarks = "pride z avtom"
    together = [own["Nik"].id, own["Tim"].id]
    deciding.decide(session, together, "waiting", now=dt.datetime(2020, 3, 2, 9, 0))
    parties.gather(session, event, together, name="Družina Kos")


def _invented(session: Session, event: str) -> dict[str, Any]:
    """The registrations that came by the form, by given name."""
    from mama_desktop.domain.people import Person
    from mama_desktop.domain.registrations import Registration

    query = select(Person.given_name, Registration).join(Registration, Registration.person_id == Person.id)
    found = session.execute(query.where(Person.family_name == "Izmišljeni", Registration.event_id == event)).all()
    return {given: registration for given, registration in found}

"""Named views of a table: those the office keeps, and the ready ones it needs from the first day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.filters import Filter, as_json, from_json
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T, Text, clean, fold, sort_key, verbatim
from mama_desktop.domain.views import TableView

_LONGEST = 120


@dataclass(frozen=True)
class State:
    """What a table shows. columns: (key, width, hidden) in their order, empty: as they are. order: (key, descending).

    frozen: how many first columns stand still, None: as now. words: the quick filter.
    """

    filters: Mapping[str, Filter] = field(default_factory=dict)
    words: str = ""
    columns: tuple[tuple[str, int, bool], ...] = ()
    frozen: int | None = None
    order: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class View:
    """A view by its name. key: of the office's own one; "" for a ready one, which nobody changes or deletes."""

    name: Text
    state: State
    key: str = ""


def _any_of(*values: Any) -> Filter:
    return Filter(values=frozenset(values))


_EMPTY = Filter(empty=True)
_REGISTRATIONS = (
    (T("to decide"), {"status": _any_of("applied")}),
    (T("no answer"), {"status": _any_of("invited"), "reply": _any_of("none")}),
    (T("not confirmed"), {"status": _any_of("accepted")}),
    (T("waiting"), {"status": _any_of("waiting")}),
    (T("late"), {"is_late": _any_of("late")}),
    (T("no birth date"), {"birth_date": _EMPTY}),
    (T("minors without consent"), {"consent_missing": _any_of(True)}),
    (T("vegetarian"), {"diet": _any_of("vegetarian", "vegan")}),
    (T("from abroad"), {"origin": _any_of("international")}),
    (T("without an e-mail"), {"email": _EMPTY}),
)
_PEOPLE = (
    (T("without an e-mail"), {"email": _EMPTY}),
    (T("no birth date"), {"birth_date": _EMPTY}),
    (T("without an organisation"), {"organisation": _EMPTY}),
    (T("never at an event"), {"events": Filter(last=0)}),
)
_ORGANISATIONS = (
    (T("members"), {"is_member": _any_of(True)}),
    (T("not members"), {"is_member": _any_of(False)}),
    (T("without an e-mail"), {"email": _EMPTY}),
    (T("nobody from there"), {"people": Filter(last=0)}),
)
_EVENTS = (
    (T("planned"), {"status": _any_of("planned")}),
    (T("finished"), {"status": _any_of("finished")}),
    (T("without a project"), {"project": _EMPTY}),
    (T("without a responsible person"), {"responsible": _EMPTY}),
    (T("without registrations"), {"registered": Filter(last=0)}),
)
_PROJECTS = (
    (T("without a funder profile"), {"profile_id": _EMPTY}),
    (T("without events"), {"events": Filter(last=0)}),
)
_TRAVEL = (
    (T("incomplete details"), {"missing": Filter(empty=False)}),
    (T("asked, no answer yet"), {"status": _any_of("asked")}),
    (T("changed"), {"status": _any_of("changed")}),
    (T("need transport, without a seat"), {"needs_transport": _any_of("yes"), "trip": _EMPTY}),
    (T("by plane or train"), {"means": _any_of("plane", "train")}),
    (T("offer seats"), {"seats_offered": Filter(first=1)}),
    (T("in a wheelchair"), {"wheelchair": _any_of(True)}),
)
_VEHICLES = (
    (T("in use"), {"in_use": _any_of(True)}),
    (T("out of use"), {"in_use": _any_of(False)}),
    (T("of carriers"), {"carrier": Filter(empty=False)}),
    (T("with a place for a wheelchair"), {"wheelchair_places": Filter(first=1)}),
    (T("without a driver"), {"driver_name": _EMPTY}),
)
_NOT_CALLED_OFF = _any_of("planned", "ordered")
_TRIPS = (
    (T("without a vehicle"), {"vehicle_id": _EMPTY, "status": _NOT_CALLED_OFF}),
    (T("without a driver"), {"driver": _EMPTY, "status": _NOT_CALLED_OFF}),
    (T("over-full"), {"over": Filter(first=1), "status": _NOT_CALLED_OFF}),
    (T("with seats free"), {"free": Filter(first=1), "event": Filter(empty=False), "status": _NOT_CALLED_OFF}),
    (T("bookings without an event"), {"event": _EMPTY}),
)
_CLAIMS = (
    (T("not returned yet"), {"status": _any_of("made")}),
    (T("to decide"), {"status": _any_of("returned")}),
    (T("over the most"), {"over": Filter(first=1)}),
    (T("approved, to be paid"), {"status": _any_of("approved"), "payment": _EMPTY}),
    (T("without an account"), {"account": _EMPTY}),
    (T("paid"), {"status": _any_of("paid")}),
)
_GRANTS = (
    (T("no place"), {"asks": _any_of("no-place", "several", "no-venue")}),
    (T("near an edge"), {"asks": _any_of("edge")}),
    (T("no rate"), {"asks": _any_of("no-rate")}),
    (T("to be confirmed"), {"asks": _any_of("confirm")}),
    (T("green travel"), {"green": _any_of(True)}),
)
_TRAVEL_RATES = (
    (T("of the office"), {"state": _any_of("corrected", "own")}),
    (T("to be confirmed"), {"certainty": _any_of("C")}),
)
_ALLOWANCES = (
    (T("of the office"), {"state": _any_of("corrected", "own")}),
    (T("to be confirmed"), {"certainty": _any_of("C", "A amount, C end date")}),
    (T("at home"), {"country": _any_of("SI")}),
)
_READY: dict[str, tuple[tuple[Text, dict[str, Filter]], ...]] = {
    "registrations": _REGISTRATIONS,
    "people": _PEOPLE,
    "organisations": _ORGANISATIONS,
    "events": _EVENTS,
    "projects": _PROJECTS,
    "vehicles": _VEHICLES,
    "trips": _TRIPS,
    "claims": _CLAIMS,
    "travel": _TRAVEL,
    "grants": _GRANTS,
    "travel-rates": _TRAVEL_RATES,
    "allowances": _ALLOWANCES,
}


def ready_views(table: str, fields: Collection[str], *, today: dt.date) -> list[View]:
    """The ready views of a table, as far as it has the fields they filter by."""
    found = [View(name, State(filters)) for name, filters in _READY.get(table, ()) if filters.keys() <= set(fields)]
    if table == "events" and "when" in fields:
        this_year = Filter(first=dt.date(today.year, 1, 1), last=dt.date(today.year, 12, 31))
        found.insert(0, View(T("this year"), State({"when": this_year})))
        found.insert(0, View(T("from today on"), State({"when": Filter(first=today)})))
    if table == "trips" and "day" in fields:
        monday = today - dt.timedelta(days=today.weekday())
        for name, first, days in ((T("next 14 days"), today, 14), (T("this week"), monday, 6)):
            found.insert(0, View(name, State({"day": Filter(first=first, last=first + dt.timedelta(days=days))})))
    return found


def known_filters(
    filters: Mapping[str, Filter], fields: Sequence[FieldInfo]
) -> tuple[dict[str, Filter], list[Text]]:  # fmt: skip
    """The filters that mean something here, and the labels of those that are left out.

    Options are chosen by their keys, and each event has its own: asked for in another event nobody would be found.
    """
    known, strange = {}, []
    infos = {info.key: info for info in fields}
    for key, asked in filters.items():
        info = infos.get(key)
        if info is not None and info.kind == "choices" and asked.values and not asked.values & info.choices.keys():
            strange.append(info.label)
        else:
            known[key] = asked
    return known, strange


def views(session: Session, table: str) -> list[View]:
    """The office's own views of a table, in Slovene order of their names."""
    found = session.scalars(select(TableView).where(TableView.table == table))
    kept = [View(verbatim(v.name), read_state(v.state), v.id) for v in found]
    return sorted(kept, key=lambda view: sort_key(str(view.name)))


def save_view(session: Session, table: str, name: str, state: State) -> str:
    """Keep what a table shows under a name; a view of the same name is overwritten. Returns its key."""
    name = _checked(name)
    known = _named(session, table, name)
    if known is None:
        last = session.scalar(select(func.max(TableView.position)).where(TableView.table == table)) or 0
        known = TableView(table=table, name=name, position=last + 1)
        session.add(known)
    known.name, known.state = name, written(state)
    session.flush()
    return known.id


def change_view(session: Session, key: str, state: State) -> str:
    """Let a view show from now on what the table shows; returns its key."""
    session.get_one(TableView, key).state = written(state)
    session.flush()
    return key


def rename_view(session: Session, key: str, name: str) -> str:
    """Give a view another name; returns its key."""
    view, name = session.get_one(TableView, key), _checked(name)
    other = _named(session, view.table, name)
    if other is not None and other.id != key:
        raise OfficeError(
            T("There already is a view called “{name}”.", name=other.name), safe=T("Nothing was changed."),
            todo=T("Choose another name for it."),
        )  # fmt: skip
    view.name = name
    session.flush()
    return key


def delete_view(session: Session, key: str) -> str:
    """Delete a view; what it showed stays as it is. Returns its key."""
    session.delete(session.get_one(TableView, key))
    session.flush()
    return key


def _checked(name: str) -> str:
    name = clean(name)
    if not name:
        raise OfficeError(T("Please write a name for the view."), safe=T("Nothing was changed."))
    return name[:_LONGEST]


def _named(session: Session, table: str, name: str) -> TableView | None:
    found = session.scalars(select(TableView).where(TableView.table == table))
    return next((view for view in found if fold(view.name) == fold(name)), None)


def written(state: State) -> dict[str, Any]:
    """The state as it is kept."""
    return {
        "filters": {key: as_json(asked) for key, asked in state.filters.items() if asked},
        "words": state.words,
        "columns": [list(column) for column in state.columns],
        "frozen": state.frozen,
        "order": [list(one) for one in state.order],
    }


def read_state(kept: Any) -> State:
    """The state of what was kept, perhaps by another version; what cannot be understood is left out."""
    if not isinstance(kept, dict):
        return State()
    filters = kept.get("filters")
    frozen = kept.get("frozen")
    return State(
        filters={str(key): from_json(asked) for key, asked in filters.items()} if isinstance(filters, dict) else {},
        words=str(kept.get("words") or ""),
        columns=tuple(
            (str(c[0]), int(c[1]), bool(c[2]))
            for c in kept.get("columns") or ()
            if isinstance(c, list) and len(c) == 3 and isinstance(c[1], int)
        ),
        frozen=frozen if isinstance(frozen, int) else None,
        order=tuple((str(o[0]), bool(o[1])) for o in kept.get("order") or () if isinstance(o, list) and len(o) == 2),
    )

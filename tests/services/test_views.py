"""Named views: kept, overwritten by name, renamed, deleted; what is kept is read again, whatever stands there."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.filters import Filter
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T
from mama_desktop.services import fields, views
from mama_desktop.services.views import State
from mama_desktop.store.database import Database

STATE = State(
    filters={"status": Filter(values=frozenset({"accepted", None})), "birth_date": Filter(last=dt.date(2005, 4, 2))},
    words="žagar", columns=(("family_name", 140, False), ("town", 90, True)), frozen=2,
    order=(("town", True), ("family_name", False)),
)  # fmt: skip


def keep(db: Database, name: str, state: State = STATE, table: str = "registrations") -> str:
    key: str = db.write(views.save_view, table, name, state, label=T("x"))
    return key


def names(db: Database, table: str = "registrations") -> list[str]:
    return [str(view.name) for view in db.read(views.views, table)]


def test_a_view_comes_back_as_it_was_kept(db: Database) -> None:
    keep(db, "  Sprejete brez   postelje ")
    (view,) = db.read(views.views, "registrations")
    assert (str(view.name), view.state) == ("Sprejete brez postelje", STATE)
    assert names(db, "people") == []


def test_the_same_name_is_overwritten_and_undo_gives_it_back(db: Database) -> None:
    first = keep(db, "Žagarji")
    keep(db, "Čakajoči")
    assert keep(db, "žagarji", State()) == first
    assert names(db) == ["Čakajoči", "žagarji"]
    db.undo()
    assert [v.state for v in db.read(views.views, "registrations") if v.key == first] == [STATE]


def test_a_view_is_changed_renamed_and_deleted(db: Database) -> None:
    key, other = keep(db, "Prvi"), keep(db, "Drugi")
    db.write(views.change_view, key, State(words="x"), label=T("x"))
    with pytest.raises(OfficeError):
        db.write(views.rename_view, key, "drugi", label=T("x"))
    with pytest.raises(OfficeError):
        db.write(views.rename_view, key, "  ", label=T("x"))
    db.write(views.rename_view, key, "PRVI", label=T("x"))
    assert names(db) == ["Drugi", "PRVI"]
    db.write(views.delete_view, other, label=T("x"))
    assert [v.state.words for v in db.read(views.views, "registrations")] == ["x"]


@pytest.mark.parametrize(
    "kept",
    [
        None, [], {"filters": 3}, {"columns": [[1], "x", ["town", "wide", 0]]}, {"frozen": "two", "order": [["a"]]},
        {"filters": {"town": {"values": "x"}}, "words": None},
    ],
)  # fmt: skip
def test_what_another_version_kept_breaks_nothing(kept: Any) -> None:
    state = views.read_state(kept)
    assert (state.columns, state.frozen, state.order, state.words) == ((), None, (), "")
    assert not any(state.filters.values())


def test_ready_views_filter_only_by_fields_that_are_there() -> None:
    today = dt.date(2020, 3, 2)
    registries = {
        "registrations": fields.REGISTRATION_FIELDS, "people": fields.PERSON_FIELDS, "events": fields.EVENT_FIELDS,
        "organisations": fields.ORGANISATION_FIELDS, "projects": fields.PROJECT_FIELDS,
    }  # fmt: skip
    for table, registry in registries.items():
        ready = views.ready_views(table, registry, today=today)
        assert ready, table
        assert all(view.state.filters.keys() <= registry.keys() for view in ready)
        assert views.ready_views(table, (), today=today) == []
    offered = [str(v.name) for v in views.ready_views("registrations", ["status", "diet"], today=today)]
    assert offered == ["to decide", "not confirmed", "waiting", "vegetarian"]
    # A choice that is filtered by is one of the field's choices.
    for view in views.ready_views("registrations", fields.REGISTRATION_FIELDS, today=today):
        for key, asked in view.state.filters.items():
            choices = fields.REGISTRATION_FIELDS[key].info.choices
            assert not choices or (asked.values or frozenset()) <= choices.keys()


def test_a_filter_on_the_options_of_another_event_is_left_out_and_named() -> None:
    here = FieldInfo("options", T("Options chosen"), "choices", choices={"a": T("boat"), "b": T("bus")})
    status = FieldInfo("status", T("Status"), "choice", choices={"applied": T("new")})
    filters = {"options": Filter(values=frozenset({"x"})), "status": Filter(values=frozenset({"applied"}))}
    known, strange = views.known_filters(filters, [here, status])
    assert (set(known), strange) == ({"status"}, [here.label])
    own = {"options": Filter(values=frozenset({"a", "x"}))}
    assert views.known_filters(own, [here]) == (own, [])
    empty = {"options": Filter(empty=True)}
    assert views.known_filters(empty, [here]) == (empty, [])

"""The tables of travel details and of arrivals on the sample: edited in the cell, filtered, filled in, asked about."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from mama_desktop.domain.text import T
from mama_desktop.services import events
from mama_desktop.services.transport import legs
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.transport.arrivals_tab import ArrivalsTab
from mama_desktop.ui.transport.legs_tab import LegsTab
from tests.factories import make_event, make_person, make_registration

CLUB = "2020-04-klub"


@pytest.fixture
def club(real_window: MainWindow) -> str:
    return real_window.db.read(events.event_by_code, CLUB)


def _shown(window: MainWindow) -> Any:
    page: Any = window.page
    return page._transport().current()


@pytest.fixture
def tab(real_window: MainWindow, club: str) -> LegsTab:
    real_window.go("event", club, "transport:legs")
    shown = _shown(real_window)
    assert isinstance(shown, LegsTab)
    return shown


def value(tab: LegsTab | ArrivalsTab, key: str, field: str) -> Any:
    listing = tab.table.rows.listing
    return listing.rows[list(listing.keys).index(key)][listing.column(field)]


def test_the_incomplete_are_a_click_away_and_asked_with_a_ready_text(
    real_window: MainWindow, tab: LegsTab, club: str
) -> None:
    assert len(tab.table.shown_keys()) == 120
    tab._missing.click()
    incomplete = tab.table.shown_keys()
    assert 0 < len(incomplete) < 120
    assert all(value(tab, key, "missing") for key in incomplete)
    people = legs.registrations_of(incomplete)
    assert f"({len(people)})" in tab._missing.text()
    tab._ask.click()
    page: Any = real_window.page
    assert page._audience.registration_ids == tuple(people)
    real_window.go("event", club, "transport:legs")
    tab._missing.click()
    assert len(tab.table.shown_keys()) == 120


def test_a_place_in_a_cell_is_offered_at_home_and_abroad_and_completes_the_leg(
    real_window: MainWindow, tab: LegsTab
) -> None:
    offered = [found.title for found in tab._complete("town", "Cel")]
    assert "Celje" in offered
    assert "Dunaj, AT" in [found.title for found in tab._complete("town", "Dunaj")]
    tab.show_view("incomplete")
    key = next(k for k in tab.table.shown_keys() if k.endswith(":there") and value(tab, k, "status") == "asked")
    tab.table.edit_requested.emit(key, "means", "own-car")
    assert value(tab, key, "missing") == ["place"]
    tab.table.edit_requested.emit(key, "from_place", "Dunaj, AT")
    assert (value(tab, key, "from_place"), value(tab, key, "status")) == ("Dunaj", "known")
    real_window.db.undo()
    tab.refresh()
    assert value(tab, key, "missing") == ["place"]


def test_many_are_changed_and_filled_in_at_once(tab: LegsTab) -> None:
    tab.show_view("incomplete")
    outward = [key for key in tab.table.shown_keys() if key.endswith(":there")][:3]
    tab.table.change_many_requested.emit(outward, "means", "train")
    assert {value(tab, key, "means") for key in outward} == {"train"}
    tab.table.set_filters({})
    tab.table.select(outward)
    tab.take_home()
    assert all(value(tab, key, "from_place") == value(tab, key, "home") for key in outward)
    tab.the_same_back()
    backs = [legs.leg_key(key, "back") for key in legs.registrations_of(outward)]
    assert {value(tab, key, "means") for key in backs} == {"train"}
    assert [value(tab, key, "to_place") for key in backs] == [value(tab, key, "from_place") for key in outward]


def test_one_person_from_the_card(real_window: MainWindow, tab: LegsTab, club: str) -> None:
    person = legs.registrations_of(tab.table.shown_keys())[5]
    real_window.go("event", club, f"transport:legs:of:{person}")
    assert tab.table.shown_keys() == legs.both_directions([person])


def test_one_direction_alone(tab: LegsTab) -> None:
    tab.ways.choose(2)
    assert {key.rpartition(":")[2] for key in tab.table.shown_keys()} == {"back"}
    tab.ways.choose(0)
    assert len(tab.table.shown_keys()) == 120


def test_an_event_without_anybody_says_what_belongs_here(real_window: MainWindow) -> None:
    key = real_window.db.write(lambda s: make_event(s).id, label=T("Event"))
    for part in ("legs", "arrivals"):
        real_window.go("event", key, f"transport:{part}")
        assert _shown(real_window).table.shown_keys() == []


def test_arrivals_of_a_day_in_their_order(real_window: MainWindow, club: str) -> None:
    real_window.go("event", club, "transport:arrivals")
    tab = _shown(real_window)
    assert isinstance(tab, ArrivalsTab)
    assert sum(wave.count for wave in tab._waves) == 120
    place, wave = max(enumerate(tab._waves, 1), key=lambda one: (one[1].direction == "there", one[1].count))
    tab.which.setCurrentIndex(place)
    tab.which.activated.emit(place)
    keys = tab.table.shown_keys()
    assert len(keys) == wave.count > 40
    times = [value(tab, key, "time") for key in keys]
    known = [at for at in times if at is not None]
    assert known == sorted(known)
    assert times == [*known, *[None] * (len(times) - len(known))]
    tab.table.edit_requested.emit(keys[0], "met_by", "Maja Zupan")
    assert value(tab, keys[0], "met_by") == "Maja Zupan"
    tab.table.edit_requested.emit(keys[0], "time", dt.time(6, 5))
    assert tab.table.shown_keys()[0] == keys[0]


def test_an_hour_is_typed_as_anybody_types_it(real_window: MainWindow, tab: LegsTab) -> None:
    from mama_desktop.ui.editors import as_editor

    field = next(f for f in tab.table.rows.listing.fields if f.key == "time")
    editor: Any = tab.table.editing.make(field)
    for words in ("9.30", "9:30", "9h30", "ob 9.30", "9:30 am"):
        editor.setText(words)
        assert as_editor(editor).value() == dt.time(9, 30)
    editor.setText("")
    assert as_editor(editor).value() is None


def test_a_crowd_has_two_rows_each(real_window: MainWindow) -> None:
    def crowd(session: Any) -> str:
        event = make_event(session, town="Koper")
        for number in range(300):
            make_registration(session, event, make_person(session, family_name=f"N{number:04}"), status="accepted")
        return event.id

    key = real_window.db.write(crowd, label=T("Event"))
    real_window.go("event", key, "transport:legs")
    assert len(_shown(real_window).table.shown_keys()) == 600

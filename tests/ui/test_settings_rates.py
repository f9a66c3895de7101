"""Rates in Settings: corrected in the cell, undone, given back, copied for the next call, only looked at."""

from __future__ import annotations

from typing import Any

import pytest

from mama_desktop.services.expenses import rates
from mama_desktop.services.expenses.shipped import shipped_travel_rates
from mama_desktop.ui import dialogs
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.settings_page import SettingsPage
from mama_desktop.ui.settings_rates import SettingsRates


@pytest.fixture
def part(real_window: MainWindow) -> SettingsRates:
    real_window.go("settings", "", "rates")
    assert isinstance(real_window.page, SettingsPage)
    assert real_window.page.tab == "rates"
    return real_window.page.rates


def cell(part: SettingsRates, key: str, field: str) -> Any:
    listing = part.current.table.rows.listing
    return listing.rows[listing.keys.index(key)][listing.column(field)]


def test_a_cell_is_corrected_undone_and_given_back(part: SettingsRates, real_window: MainWindow) -> None:
    table = part.current.table
    key = table.rows.listing.keys[0]
    before = cell(part, key, "standard_cents")
    table.select([key])
    assert not part.travel.give_back.isEnabled()
    table.edit_requested.emit(key, "standard_cents", before + 150)
    assert (cell(part, key, "standard_cents"), cell(part, key, "state")) == (before + 150, "corrected")
    assert cell(part, key, "differs")
    assert part.travel.give_back.isEnabled()
    part.travel.give_back.click()
    assert (cell(part, key, "standard_cents"), cell(part, key, "state")) == (before, "shipped")
    real_window.undo()
    assert cell(part, key, "state") == "corrected"
    real_window.undo()
    assert cell(part, key, "state") == "shipped"


def test_a_gap_between_bands_is_said_and_mended(part: SettingsRates, real_window: MainWindow) -> None:
    assert part.travel.doubts.isHidden()
    key = part.current.table.rows.listing.keys[0]
    part.current.table.edit_requested.emit(key, "km_below", 90)
    assert "no band from 90 to 100 km" in part.travel.doubts.words()
    real_window.undo()
    assert part.travel.doubts.isHidden()


def test_the_next_call_is_copied_and_deleted(
    part: SettingsRates, real_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    part.travel.next_call.click()
    made = part.current.table.selected_keys()
    assert len(made) == 7
    assert {cell(part, key, "state") for key in made} == {"own"}
    assert {cell(part, key, "certainty") for key in made} == {"C"}
    monkeypatch.setattr(dialogs, "ask", lambda *_args, **_more: "yes")
    part.current.table.delete_requested.emit(made)
    assert len(part.current.table.rows.listing.keys) == len(shipped_travel_rates())


def test_mileage_has_four_decimals_and_a_row_is_added(part: SettingsRates, real_window: MainWindow) -> None:
    part.show_table("allowances")
    table = part.current.table
    key = table.rows.listing.keys[0]
    table.edit_requested.emit(key, "amount", 0.4312)
    assert cell(part, key, "amount") == 0.4312
    table.select([key])
    real_window.page.new()
    (own,) = table.selected_keys()
    assert (cell(part, own, "state"), cell(part, own, "amount")) == ("own", 0.4312)
    assert "two rates are valid" in part.allowances.doubts.words()
    real_window.undo()
    assert own not in table.rows.listing.keys


def test_a_shipped_rate_is_not_deleted_and_why_is_said(
    part: SettingsRates, real_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[Any] = []
    monkeypatch.setattr(real_window.page.shell, "show_error", said.append)
    part.current.table.delete_requested.emit([part.current.table.rows.listing.keys[0]])
    assert said
    assert real_window.page.db.read(rates.travel_rates) == shipped_travel_rates()


def test_read_only_they_are_looked_at(real_window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    page: Any = real_window.page
    monkeypatch.setattr(page.db, "read_only", "somebody else has it")
    part = SettingsRates(page)
    part.refresh()
    assert part.travel.table.rows.is_read_only
    assert part.travel.add.isHidden()
    assert part.travel.give_back.isHidden()
    assert part.travel.next_call.isHidden()
    part.travel.new()
    assert page.db.read(rates.travel_rates) == shipped_travel_rates()

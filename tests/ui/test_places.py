"""Every place opens on the sample, in both languages, and the lists do what their buttons say."""

from __future__ import annotations

from typing import Any

import pytest

from mama_desktop.services import organisations, people
from mama_desktop.ui import dialogs
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.places import PLACES

RECORD_PAGES = {"event", "person", "project", "import", "key-in"}


@pytest.mark.parametrize("code", ["sl", "en"])
@pytest.mark.parametrize("place", [p.key for p in PLACES if p.key not in RECORD_PAGES])
def test_a_place_opens(real_window: MainWindow, place: str, code: str) -> None:
    real_window.set_language(code)
    real_window.go(place)
    page: Any = real_window.page
    assert page._title.text()
    assert not page.is_stale


def test_an_organisation_with_people_is_not_deleted(
    real_window: MainWindow, said: list[tuple[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    real_window.go("organisations")
    page: Any = real_window.page
    monkeypatch.setattr(dialogs, "ask", lambda *_args, **_more: 0)
    before = len(page.table.rows.listing.keys)
    page.table.delete_requested.emit([page.table.rows.listing.keys[0]])
    assert [what for what, _ in said] == ["error"]
    assert len(real_window.db.read(organisations.organisations).keys) == before


def test_a_person_is_edited_in_the_cell(real_window: MainWindow) -> None:
    real_window.go("people")
    page: Any = real_window.page
    key = page.table.rows.listing.keys[0]
    page.table.edit_requested.emit(key, "phone", "+386 40 123 456")
    listing = real_window.db.read(people.people, keys=[key])
    assert listing.rows[0][listing.column("phone")] == "+386 40 123 456"


def test_a_wrong_cell_is_said_and_stays(real_window: MainWindow, said: list[tuple[str, Any]]) -> None:
    real_window.go("people")
    page: Any = real_window.page
    key = page.table.rows.listing.keys[0]
    page.table.edit_requested.emit(key, "email", "brez afne")
    assert [what for what, _ in said] == ["error"]


def test_ctrl_k_finds_people_and_opens_them(real_window: MainWindow) -> None:
    palette = real_window.open_palette()
    palette.field.setText("krsko")
    hits = real_window._find("krsko")
    assert any("Krško" in hit.title or "Krško" in hit.detail for hit in hits)
    palette.close()

"""The forms in Settings: what they are called, what their columns mean, forgetting one."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from mama_desktop.services import events, sources
from mama_desktop.services.import_draft import LEAVE_COLUMN_OUT
from mama_desktop.ui import dialogs
from mama_desktop.ui.import_page import ImportPage
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.settings_page import SettingsPage
from mama_desktop.ui.settings_sources import SettingsSources

WORDS = "Ime\tPriimek\tE-pošta\tMajica\nZala\tNovinec\tzala@example.org\tM\n"


def _sources(window: MainWindow, qtbot: QtBot) -> SettingsSources:
    key = window.db.read(events.event_by_code, "2020-04-klub")
    window.go("import", key)
    assert isinstance(window.page, ImportPage)
    page = window.page
    with qtbot.waitSignal(page.compared, timeout=15_000):
        page.open(key, "paste:" + WORDS)
    page.take_in()
    window.go("settings", "", "sources")
    assert isinstance(window.page, SettingsPage)
    return window.page.sources


def test_a_form_is_listed_renamed_altered_and_forgotten(
    real_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = _sources(real_window, qtbot)
    (key,) = part.forms.shown_keys()
    assert part.columns.shown_keys() == ["Ime", "Priimek", "E-pošta", "Majica"]
    part.forms.edit_requested.emit(key, "name", "Prijavnica kluba")
    part.columns.edit_requested.emit("Majica", "meaning", "remarks")
    part.columns.edit_requested.emit("E-pošta", "meaning", LEAVE_COLUMN_OUT)
    db = real_window.db
    assert [(row.name, row.columns) for row in db.read(sources.profiles)] == [("Prijavnica kluba", 4)]
    columns = {c.label: (c.key, c.left_out) for c in db.read(sources.columns_of, key)}
    assert (columns["Majica"], columns["E-pošta"]) == (("remarks", False), ("", True))
    monkeypatch.setattr(dialogs, "ask", lambda *_args, **_more: 0)
    part.forget()
    assert (part.forms.shown_keys(), part.columns.shown_keys()) == ([], [])
    real_window.undo()
    assert part.forms.shown_keys() == [key]

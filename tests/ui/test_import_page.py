"""Taking in a file in the window: the columns, the preview in groups, one click, and all of it undone as one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mama_desktop import resources
from mama_desktop.intake.heading_row import NO_HEADINGS, heading_choices, with_heading
from mama_desktop.intake.opening import open_text
from mama_desktop.services import events, registrations
from mama_desktop.services.import_draft import LEAVE_COLUMN_OUT
from mama_desktop.services.taking_in import LEAVE_OUT, NEW, TAKE
from mama_desktop.ui import dialogs
from mama_desktop.ui.import_page import PREVIEW, ImportPage
from mama_desktop.ui.main_window import MainWindow

CLUB = "2020-04-klub"
TWO_OF_ONE_NAME = "Ime\tPriimek\tE-pošta\nZala\tNovinec\tzala@example.org\nŽan\tPrvič\t\n\t\tnobody@example.org\n"


def _page(window: MainWindow, qtbot: QtBot, view: str) -> tuple[str, ImportPage]:
    key = window.db.read(events.event_by_code, CLUB)
    window.go("import", key)
    page = window.page
    assert isinstance(page, ImportPage)
    if view:
        with qtbot.waitSignal(page.compared, timeout=15_000):
            page.open(key, view)
    return key, page


def _sample(name: str) -> str:
    return f"file:{resources.path('samples', name)}"


def _change(page: ImportPage, qtbot: QtBot, do: Any) -> None:
    with qtbot.waitSignal(page.compared, timeout=5_000):
        do()


def test_a_file_goes_in_by_one_click_and_out_by_one_undo(real_window: MainWindow, qtbot: QtBot) -> None:
    event, page = _page(real_window, qtbot, _sample("prijave-klub-mama.xlsx"))
    before = real_window.db.read(registrations.counts, event).registered
    assert page.preview is not None
    new, _ = page.preview.counts()
    assert new > 10
    assert page.import_button.text().strip() == "See what will happen"
    page.import_button.click()
    assert page.steps.currentIndex() == PREVIEW
    assert page.import_button.text().strip() == f"Import {new} registrations"
    assert real_window.db.read(registrations.counts, event).registered == before
    page.import_button.click()
    assert real_window.db.read(registrations.counts, event).registered == before + new
    assert real_window.page is not page
    real_window.undo()
    assert real_window.db.read(registrations.counts, event).registered == before


def test_the_same_file_again_opens_in_the_preview_and_has_nothing_to_import(
    real_window: MainWindow, qtbot: QtBot
) -> None:
    _, page = _page(real_window, qtbot, "paste:" + TWO_OF_ONE_NAME)
    page.take_in()
    _, page = _page(real_window, qtbot, "paste:" + TWO_OF_ONE_NAME)
    assert page.steps.currentIndex() == PREVIEW
    assert page.preview is not None
    assert page.preview.comparison.counts()["unchanged"] == 2
    assert not page.import_button.isEnabled()
    assert page.import_button.text().strip() == "Nothing to import"


def test_a_changed_column_compares_anew_at_once(real_window: MainWindow, qtbot: QtBot) -> None:
    _, page = _page(real_window, qtbot, "paste:" + TWO_OF_ONE_NAME)
    assert page.preview is not None
    assert page.preview.comparison.rows[0].source is not None
    assert page.preview.comparison.rows[0].source.values["email"] == "zala@example.org"
    _change(page, qtbot, lambda: page.columns.assigned.emit(2, ""))
    assert page.preview.comparison.rows[0].source.answers == {"E-pošta": "zala@example.org"}
    _change(page, qtbot, lambda: page.columns.assigned.emit(2, LEAVE_COLUMN_OUT))
    row = page.preview.comparison.rows[0].source
    assert (row.answers, "email" in row.values) == ({}, False)
    assert page.columns.rows[2].field.key() == LEAVE_COLUMN_OUT


def test_a_blocked_row_stays_out_and_is_saved_with_its_reason(
    real_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = _page(real_window, qtbot, "paste:" + TWO_OF_ONE_NAME)
    assert page.preview is not None
    page.groups.show_group("problem")
    key = page.groups.tables["problem"].shown_keys()[0]
    page.groups.tables["problem"].edit_requested.emit(key, "take", True)
    assert page.preview.counts() == (2, 0)
    path = tmp_path / "popravi.xlsx"
    monkeypatch.setattr(dialogs, "save_file", lambda *_asked: path)
    page.groups.save_button.click()
    qtbot.waitUntil(lambda: not real_window._jobs.running, timeout=10_000)
    assert path.stat().st_size > 2000


def test_a_possible_match_is_decided_by_one_click(real_window: MainWindow, qtbot: QtBot) -> None:
    _, page = _page(real_window, qtbot, _sample("prijave-klub-mama.xlsx"))
    assert page.preview is not None
    new, changed = page.preview.counts()
    line, card = next(iter(page.groups.choices.cards.items()))
    card.choices[NEW].click()
    assert page.preview.counts() == (new + 1, changed)
    card.choices[LEAVE_OUT].click()
    assert page.preview.counts() == (new, changed)
    assert page.preview.decisions.people == {line: LEAVE_OUT}


def test_a_row_with_a_mendable_problem_goes_in_when_ticked(real_window: MainWindow, qtbot: QtBot) -> None:
    words = "Ime\tPriimek\tPrihod\tOdhod\nZala\tNovinec\t3. 4. 2020\t2. 4. 2020\nŽan\tPrvič\t2. 4. 2020\t3. 4. 2020\n"
    _, page = _page(real_window, qtbot, "paste:" + words)
    assert page.preview is not None
    assert page.preview.counts() == (1, 0)
    page.groups.tables["problem"].edit_requested.emit("2", "take", True)
    assert page.preview.decisions.people == {2: TAKE}
    assert page.preview.counts() == (2, 0)


def test_ambiguous_dates_are_asked_in_their_row(real_window: MainWindow, qtbot: QtBot) -> None:
    words = "Ime\tPriimek\tDatum rojstva\nZala\tNovinec\t03/04/2001\nŽan\tPrvič\t05/06/2002\n"
    _, page = _page(real_window, qtbot, "paste:" + words)
    row = page.columns.rows[2]
    assert "day or the month" in row.question.words()
    _change(page, qtbot, lambda: row.dates_chosen.emit(2, "mdy"))
    assert row.question.words() == ""
    assert page.preview is not None
    assert page.preview.comparison.rows[0].source is not None
    assert page.preview.comparison.rows[0].source.values["birth_date"].month == 3


def test_an_emso_can_only_give_its_year(real_window: MainWindow, qtbot: QtBot) -> None:
    words = "Ime\tPriimek\tEMŠO\nZala\tNovinec\t0101006500006\n"
    _, page = _page(real_window, qtbot, "paste:" + words)
    row = page.columns.rows[2]
    assert not row.field.isEnabled()
    assert row.keep.isHidden()
    _change(page, qtbot, row.year.click)
    assert page.preview is not None
    source = page.preview.comparison.rows[0].source
    assert source is not None
    assert source.values["birth_year"] == 2006
    assert "0101006500006" not in str(source)


def test_another_heading_row_can_be_chosen(real_window: MainWindow, qtbot: QtBot) -> None:
    _, page = _page(real_window, qtbot, "paste:" + TWO_OF_ONE_NAME)
    _change(page, qtbot, lambda: page.columns.heading_chosen.emit(NO_HEADINGS))
    assert page.draft is not None
    assert len(page.draft.table.rows) == 4
    _change(page, qtbot, lambda: page.columns.heading_chosen.emit(1))
    assert len(page.draft.table.rows) == 3


def test_a_heading_row_is_put_elsewhere_without_losing_rows() -> None:
    table = open_text(TWO_OF_ONE_NAME).table
    assert [line for line, _ in heading_choices(table)] == [1, 2, 3, 4]
    lower = with_heading(table, 2)
    assert lower.headings[:2] == ("Zala", "Novinec")
    assert [row.line for row in lower.rows] == [3, 4]
    assert with_heading(table, 1) is table
    assert with_heading(table, 99) is table


def test_a_broken_file_is_said_on_the_page(real_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "prijave.pdf"
    path.write_bytes(b"%PDF-1.4 nothing")
    _, page = _page(real_window, qtbot, "")
    page.read_file(path)
    qtbot.waitUntil(lambda: bool(page.start.note.words()), timeout=10_000)
    assert page.start.note.words() == "“prijave.pdf” is not taken in. The file is damaged."
    assert page.draft is None


def test_what_is_copied_is_pasted(real_window: MainWindow, qtbot: QtBot) -> None:
    _, page = _page(real_window, qtbot, "")
    QGuiApplication.clipboard().setText("Zala Novinec <zala@example.org>\nŽan Prvič")
    with qtbot.waitSignal(page.compared, timeout=5_000):
        page.paste()
    assert page.preview is not None
    assert page.preview.counts() == (2, 0)


def test_an_answer_can_be_given_the_other_way_and_the_keys_stay_in_the_row(
    real_window: MainWindow, qtbot: QtBot
) -> None:
    words = "Ime\tPriimek\tRojen\nZala\tNovinec\t03/04/1999\n"
    _, page = _page(real_window, qtbot, "paste:" + words)
    assert page.steps.hasFocus()
    row = page.columns.rows[2]

    def press(wanted: str) -> None:
        made = next(b for b in row.question.findChildren(QPushButton) if b.text().strip() == wanted and b.isVisible())
        made.setFocus()
        _change(page, qtbot, made.click)

    def born() -> Any:
        assert page.preview is not None
        source = page.preview.comparison.rows[0].source
        assert source is not None
        return source.values["birth_date"].isoformat()

    press("Month first")
    assert (born(), row.field.hasFocus()) == ("1999-03-04", True)
    press("Day first")
    assert born() == "1999-04-03"


def test_organisations_dates_and_the_result_are_said_in_words(real_window: MainWindow, qtbot: QtBot) -> None:
    words = (
        "Ime\tPriimek\tOrganizacija\tDatum rojstva\n"
        "Zala\tNovinec\tMC Krško\t12. 3. 2001\nŽan\tPrvič\tXX\t7/9/1999\nŽiva\tDruga\tXX\t1. 5. 2002\n"
    )
    _, page = _page(real_window, qtbot, "paste:" + words)
    page.steps.setCurrentIndex(PREVIEW)
    table = page.groups.tables["new"]
    column = table.rows.listing.column("organisation")
    shown = {table.rows.words(row, column) for row in range(table.rows.rowCount())}
    assert shown == {"MC Krško → Mladinski center Krško", "XX (new organisation)"}
    note = page.groups.note
    assert "1 new organisation: XX." in note.words()
    assert "7/9/1999 is read as 7 Sep 1999" in note.words()
    other = next(b for b in note.findChildren(QPushButton) if "month first" in b.text())
    _change(page, qtbot, other.click)
    assert "7/9/1999 is read as 9 Jul 1999" in note.words()
    assert any("day first" in b.text() for b in note.findChildren(QPushButton))
    page.take_in()
    said = real_window.status.notices
    assert "3 registrations were taken in." in " ".join(w.text() for w in said.findChildren(QLabel))
    next(b for b in said.findChildren(QPushButton) if b.text().strip() == "Show them").click()
    shown_page: Any = real_window.page
    assert shown_page._registrations().table.rows.rowCount() == 3

"""Documents of an event in the window: seen, saved, printed, kept as issues; lists by template."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from mama_desktop.domain.attendance import Attendance
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services import consents, events, issues, templates
from mama_desktop.services.papers_online import DECLARATION
from mama_desktop.sheets.files import TargetOpen
from mama_desktop.sheets.pages import page_count
from mama_desktop.ui import dialogs, documents_made
from mama_desktop.ui.documents_tab import LIST, PRINTED, DocumentsTab
from mama_desktop.ui.main_window import MainWindow
from tests.factories import make_event, make_person, make_registration, make_session

CLUB = "2020-04-klub"


def _tab(window: MainWindow, qtbot: QtBot) -> tuple[str, DocumentsTab]:
    event = window.db.read(events.event_by_code, CLUB)
    window.go("event", event, "documents")
    page: Any = window.page
    tab: DocumentsTab = page._lazy["documents"].built()
    _idle(window, qtbot)
    return event, tab


def _idle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window._jobs.running, timeout=20_000)


def _saves_at(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogs, "save_file", lambda *_asked: path)


def test_the_preview_is_there_and_pages_are_turned_by_keys(real_window: MainWindow, qtbot: QtBot) -> None:
    _, tab = _tab(real_window, qtbot)
    assert tab.preview.pages.count > 2
    assert tab.preview._place.text() == f"page 1 of {tab.preview.pages.count}"
    qtbot.keyClick(tab.preview.pages, Qt.Key.Key_PageDown)
    assert tab.preview.pages.current == 1
    qtbot.keyClick(tab.preview.pages, Qt.Key.Key_End)
    assert tab.preview.pages.current == tab.preview.pages.count - 1
    assert real_window.db.read(issues.issues_of, tab._event) == []


def test_saving_keeps_the_issue_with_its_code(
    real_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    event, tab = _tab(real_window, qtbot)
    first = next(iter(tab.sign_in.session_boxes.values()))
    first.click()
    _saves_at(tmp_path / "lista.pdf", monkeypatch)
    tab.pdf_button.click()
    _idle(real_window, qtbot)
    # Under the name the person gave it.
    assert real_window._notices.words() == "“lista.pdf” is saved."
    kept = real_window.db.read(issues.issues_of, event)
    assert [len(one.sessions) for one in kept] == [1]
    assert page_count(tmp_path / "lista.pdf") == kept[0].pages
    qtbot.waitUntil(lambda: kept[0].id in tab.issued.cards, timeout=5_000)


def test_an_open_target_is_named_and_saved_beside_in_one_click(
    real_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, tab = _tab(real_window, qtbot)
    asked: list[str] = []
    held = tmp_path / "lista.pdf"
    held.write_bytes(b"old")
    write = documents_made.Source.write_to

    def refuse(source: documents_made.Source, path: Path) -> None:
        if path == held:
            raise TargetOpen(T("“{name}” is open in another program.", name=path.name))
        write(source, path)

    def beside(_parent: Any, speak: Any, question: Any, answer: Any, **_more: Any) -> int:
        asked.append(f"{speak.say(question)} {speak.say(answer)}")
        return 0

    monkeypatch.setattr(documents_made.Source, "write_to", refuse)
    monkeypatch.setattr(dialogs, "ask", beside)
    _saves_at(held, monkeypatch)
    tab.pdf_button.click()
    qtbot.waitUntil(lambda: (tmp_path / "lista (2).pdf").exists(), timeout=20_000)
    _idle(real_window, qtbot)
    assert asked == ["“lista.pdf” is open in another program. Save beside as “lista (2).pdf”"]
    assert held.read_bytes() == b"old"


def test_without_a_printer_saving_is_offered(
    real_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "has_printer", lambda: False)
    _tab(real_window, qtbot)
    real_window._on_print()
    _idle(real_window, qtbot)
    assert "No printer" in real_window._notices.words()


def test_printing_draws_every_page_and_keeps_the_issue(
    real_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    event, tab = _tab(real_window, qtbot)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "natisnjeno.pdf"))
    monkeypatch.setattr(dialogs, "has_printer", lambda: True)
    monkeypatch.setattr(dialogs, "choose_printer", lambda *_asked: printer)
    list(tab.sign_in.session_boxes.values())[1].click()
    tab.print_button.click()
    _idle(real_window, qtbot)
    kept = real_window.db.read(issues.issues_of, event)
    assert page_count(tmp_path / "natisnjeno.pdf") == kept[0].pages


def test_a_printed_sheet_says_how_many_came_since(real_window: MainWindow, qtbot: QtBot) -> None:
    event, tab = _tab(real_window, qtbot)
    db = real_window.db
    issued = db.write(issues.issue_sign_in, event, now=db.clock.now(), label=T("Print")).issues[0]

    def accept(session: Any) -> None:
        from sqlalchemy import select

        query = select(Registration).where(Registration.event_id == event, Registration.status == "applied").limit(2)
        for one in session.scalars(query):
            one.status = "accepted"

    db.write(accept, label=T("Accept"))
    tab.tabs.choose(PRINTED)
    qtbot.waitUntil(lambda: tab._added.get(issued.id, 0) > 0, timeout=20_000)
    tab.issued.choose(issued.id)
    card: Any = tab.issued.cards[issued.id]
    assert not card.added_button.isHidden()
    card.key_in_button.click()
    assert type(real_window.page).__name__ == "KeyInPage"


def test_a_list_goes_to_excel_with_the_chosen_columns(
    real_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, tab = _tab(real_window, qtbot)
    tab.tabs.choose(LIST)
    tab.list.choose("contact-list")
    _saves_at(tmp_path / "seznam.xlsx", monkeypatch)
    real_window._on_export()
    _idle(real_window, qtbot)
    from mama_desktop.intake.opening import open_file

    table = open_file(tmp_path / "seznam.xlsx").table
    assert len(table.headings) >= len(tab.list.options.columns)
    assert len(table.rows) > 30


def test_own_columns_become_a_template(real_window: MainWindow, qtbot: QtBot) -> None:
    event, tab = _tab(real_window, qtbot)
    tab.tabs.choose(LIST)
    tab.list.choose("contact-list")
    tab.list.columns.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert tab.list.template.currentText() == "own choice of columns"
    tab.list.name.setText("Za vratarja")
    tab.list._on_save()
    _idle(real_window, qtbot)
    known = {str(one.name) for one in real_window.db.read(templates.templates, event)}
    assert "Za vratarja" in known
    assert tab.list.template.currentText() == "Za vratarja"
    tab.list._on_delete()
    _idle(real_window, qtbot)
    assert "Za vratarja" not in {str(one.name) for one in real_window.db.read(templates.templates, event)}


def test_columns_are_moved_by_keys(real_window: MainWindow, qtbot: QtBot) -> None:
    _, tab = _tab(real_window, qtbot)
    before = tab.sign_in.columns.chosen()
    tab.sign_in.columns.setCurrentRow(2)
    qtbot.keyClick(tab.sign_in.columns, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert tab.sign_in.columns.chosen() == (before[0], before[2], before[1])
    qtbot.waitUntil(lambda: tab.made is not None and tab.made.options is not None, timeout=10_000)
    _idle(real_window, qtbot)


def test_the_button_without_words_says_what_it_does(real_window: MainWindow, qtbot: QtBot) -> None:
    _, tab = _tab(real_window, qtbot)
    assert (tab.open_button.text().strip(), tab.open_button.toolTip()) == ("", "Open in another program")


def test_the_printed_sheets_keep_the_keys_when_they_are_shown_anew(
    real_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, tab = _tab(real_window, qtbot)
    _saves_at(tmp_path / "lista.pdf", monkeypatch)
    tab.pdf_button.click()
    _idle(real_window, qtbot)
    qtbot.waitUntil(lambda: bool(tab.issued.cards), timeout=5_000)
    tab.tabs.choose(PRINTED)
    current: Any = tab.issued.cards[tab.issued.current]
    current.key_in_button.setFocus()
    tab.refresh()
    assert real_window.focusWidget() is tab.issued.cards[tab.issued.current]
    _idle(real_window, qtbot)


@pytest.mark.parametrize("key", ["registration-form", "consents", "emergency", "labels"])
def test_other_papers_are_seen_before_they_leave(
    real_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    _, tab = _tab(real_window, qtbot)
    tab.show_paper(key)
    _idle(real_window, qtbot)
    assert tab.made is not None
    if not tab.made.pdf:
        # Nobody in the event needs it: the reason stands in the place of a page, and nothing can be printed.
        assert tab.made.warnings
        assert not tab.print_button.isVisible()
        return
    assert tab.preview.pages.count >= 1
    _saves_at(tmp_path / "paper.pdf", monkeypatch)
    tab.save_pdf()
    _idle(real_window, qtbot)
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")


def test_a_paper_without_anybody_to_print_it_for_says_so(real_window: MainWindow, qtbot: QtBot) -> None:
    event, tab = _tab(real_window, qtbot)
    tab.show_paper("consents")
    tab.other.missing.setChecked(True)
    _idle(real_window, qtbot)
    rows = real_window.db.read(consents.minors_of_event, event)
    real_window.db.write(
        consents.record, [row.person_id for row in rows], "participation", True, event_id=event, source="paper",
        now=real_window.db.clock.now(), label=T("Test"),
    )  # fmt: skip
    _idle(real_window, qtbot)
    assert tab.made is not None
    assert tab.made.pdf == b""
    assert not tab.print_button.isVisible()


def test_the_declaration_is_kept_comes_back_signed_and_has_its_scan(
    real_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Printed, it stands beside the sheets, with a code; nothing is keyed in from it."""

    def mark(session: Session) -> str:
        event = make_event(session, "splet", format="online")
        part = make_session(session, event)
        registration = make_registration(session, event, make_person(session, "Ana"))
        session.add(Attendance(session_id=part.id, registration_id=registration.id, mark="present"))
        return event.id

    event = real_window.db.write(mark, label=T("Test"))
    real_window.go("event", event, f"documents:{DECLARATION}")
    page: Any = real_window.page
    tab: DocumentsTab = page._lazy["documents"].inside
    qtbot.waitUntil(lambda: not tab._soon.isActive())
    _idle(real_window, qtbot)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "natisnjeno.pdf"))
    monkeypatch.setattr(dialogs, "has_printer", lambda: True)
    monkeypatch.setattr(dialogs, "choose_printer", lambda *_asked: printer)
    tab.print_button.click()
    _idle(real_window, qtbot)
    _saves_at(tmp_path / "izjava.pdf", monkeypatch)
    tab.pdf_button.click()
    _idle(real_window, qtbot)
    second, first = real_window.db.read(issues.issues_of, event)
    assert (first.document, second.number) == (DECLARATION, 2)
    assert (tmp_path / "izjava.pdf").read_bytes() == real_window.db.read(issues.printed_again, second.id).pdf
    tab.tabs.choose(PRINTED)
    tab.refresh()
    tab.issued.choose(second.id)
    card: Any = tab.issued.cards[second.id]
    assert card.key_in_button.isHidden()
    assert not card.returned_button.isHidden()
    card.returned_button.click()
    assert real_window.db.read(issues.issues_of, event)[0].returned_on == real_window.db.clock.today()
    (tmp_path / "sken.pdf").write_bytes(b"%PDF-1.7 signed")
    monkeypatch.setattr(dialogs, "choose_file", lambda *_asked, **_more: [tmp_path / "sken.pdf"])
    current: Any = tab.issued.cards[second.id]
    current.scan_button.click()
    assert real_window.db.read(issues.issues_of, event)[0].scan
    opened: list[Path] = []
    monkeypatch.setattr(dialogs, "open_path", opened.append)
    current = tab.issued.cards[second.id]
    current.scan_button.click()
    assert opened[0].read_bytes() == b"%PDF-1.7 signed"

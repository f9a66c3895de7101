"""Writing to people in the window: chosen in a table, written, seen person by person, saved, kept, marked as sent."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.parties import Party
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services import events, letter_texts, letters_kept, papers_letters
from mama_desktop.ui import dialogs
from mama_desktop.ui.label_popup import LabelPopup
from mama_desktop.ui.letters_page import LettersPage
from mama_desktop.ui.main_window import MainWindow
from tests.factories import make_event

CLUB = "2020-04-klub"


def _idle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window._jobs.running, timeout=30_000)


def _page(window: MainWindow, qtbot: QtBot, view: str = "") -> tuple[str, LettersPage]:
    event = window.db.read(events.event_by_code, CLUB)
    window.go("letters", event, view)
    page: Any = window.page
    _idle(window, qtbot)
    return event, page


def _written(page: LettersPage, window: MainWindow, qtbot: QtBot) -> None:
    """The preview of what was just typed."""
    page._soon.stop()
    page._compose()
    _idle(window, qtbot)


def test_from_the_selection_of_the_registrations(real_window: MainWindow, qtbot: QtBot) -> None:
    event = real_window.db.read(events.event_by_code, CLUB)
    real_window.go("event", event, "registrations")
    tab: Any = real_window.page
    registrations = tab._registrations()
    keys = registrations.table.shown_keys()[:2]
    registrations.table.select(keys)
    registrations._write.click()
    page: Any = real_window.page
    _idle(real_window, qtbot)
    assert isinstance(page, LettersPage)
    assert set(page.wish.audience.registration_ids) == set(keys)
    assert len(page.preview.mailing.letters) == 2


def test_each_person_is_seen_and_unknown_placeholders_are_pointed_out(real_window: MainWindow, qtbot: QtBot) -> None:
    _, page = _page(real_window, qtbot)
    first = page.preview.to.text()
    assert page.preview.body.toPlainText().startswith(("Dear", "Spoštovan", "Pozdravljeni"))
    page.preview.after.click()
    assert page.preview.to.text() != first
    assert page.panel.problems.isHidden()
    page.panel.body.setPlainText("[Imee]")
    _written(page, real_window, qtbot)
    assert "[Imee]" in page.panel.problems.words()


def test_drafts_are_saved_kept_and_marked_as_sent(
    real_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    event, page = _page(real_window, qtbot)
    monkeypatch.setattr(dialogs, "choose_folder", lambda *_asked: tmp_path)
    page.panel.calendar.setChecked(True)
    page.drafts.click()
    _idle(real_window, qtbot)
    (folder,) = [path for path in tmp_path.iterdir() if path.is_dir() and path.name.startswith(CLUB)]
    assert len(list(folder.glob("*.eml"))) == len(page.preview.mailing.by_mail)
    # Before it the sample's own.
    row, _ = real_window.db.read(letters_kept.of_event, event)
    page.open(event, "made")
    page.refresh()
    assert len(page.made.cards) == 2
    page.made.open_mailing(row.id)
    assert page.made.readers.count() == row.count
    assert page.made.body.toPlainText()
    page.made._on_sent(row)
    assert real_window.db.read(letters_kept.of_event, event)[0].sent == row.count
    real_window.undo()
    assert real_window.db.read(letters_kept.of_event, event)[0].sent == 0


def test_a_text_is_kept_as_the_offices_own_and_given_back(real_window: MainWindow, qtbot: QtBot) -> None:
    _, page = _page(real_window, qtbot)
    key = page.panel.chosen.key
    shipped = page.panel.bodies["sl"]
    page.panel.body.setPlainText("Naše besedilo")
    page.panel.keep_wished.emit("")
    assert real_window.db.read(letter_texts.letter_text, key).bodies["sl"] == "Naše besedilo"
    assert not page.panel.is_changed
    page.panel.back_wished.emit()
    assert page.panel.body.toPlainText() == shipped


def test_another_text_is_not_taken_without_a_question(
    real_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = _page(real_window, qtbot)
    page.panel.body.setPlainText("Moje besedilo")
    monkeypatch.setattr(dialogs, "ask", lambda *_asked, **_more: None)
    page.panel._on_text(page.panel.text.findData("refusal"))
    assert page.panel.body.toPlainText() == "Moje besedilo"
    monkeypatch.setattr(dialogs, "ask", lambda *_asked, **_more: 0)
    page.panel._on_text(page.panel.text.findData("refusal"))
    assert "žal ne moremo sprejeti" in page.panel.body.toPlainText()


def test_too_many_addresses_go_to_the_clipboard_in_batches(
    real_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = _page(real_window, qtbot)
    said: list[str] = []
    monkeypatch.setattr(type(page.shell), "notice", lambda _self, words, *_actions: said.append(str(words)))
    page._handing._put(("a@example.org; b@example.org", "c@example.org"), 0)
    assert QGuiApplication.clipboard().text() == "a@example.org; b@example.org"
    assert said == ["Batch 1 of 2: 2 addresses are on the clipboard. All at once would be too many."]
    opened: list[str] = []

    def open_it(link: str) -> bool:
        opened.append(link)
        return True

    monkeypatch.setattr(dialogs, "open_link", open_it)
    page._on_mail_program()
    assert opened or "clipboard" in said[-1]


def test_labels_remember_their_sheet(real_window: MainWindow, qtbot: QtBot) -> None:
    _, page = _page(real_window, qtbot)
    popup = LabelPopup(page)
    popup.sheet.setCurrentIndex(popup.sheet.findData("105x37"))
    assert popup.start.count() == 16
    with qtbot.waitSignal(popup.chosen) as heard:
        popup._on_chosen()
    assert heard.args == ["105x37", 1]
    assert LabelPopup(page).sheet.currentData() == "105x37"


def test_by_organisation_brings_the_text_with_the_list(real_window: MainWindow, qtbot: QtBot) -> None:
    _, page = _page(real_window, qtbot)
    alone = len(page.preview.mailing.letters)
    page.panel.by_organisation.setChecked(True)
    _written(page, real_window, qtbot)
    assert page.panel.chosen.key == "organisation"
    assert 0 < len(page.preview.mailing.letters) < alone
    assert "\n1. " in page.preview.body.toPlainText()


def test_organisations_are_written_to_from_their_list_and_their_page(real_window: MainWindow, qtbot: QtBot) -> None:
    real_window.go("organisations")
    listed: Any = real_window.page
    keys = listed.table.shown_keys()[:3]
    listed.table.select(keys)
    listed.write_button.click()
    page: Any = real_window.page
    _idle(real_window, qtbot)
    assert isinstance(page, LettersPage)
    assert set(page.wish.audience.organisation_ids) == set(keys)
    assert len(page.preview.mailing.letters) == 3
    assert page.panel.by_organisation.isHidden()
    real_window.go("organisation", keys[0])
    one: Any = real_window.page
    one.write_button.click()
    _idle(real_window, qtbot)
    assert page.wish.audience.organisation_ids == (keys[0],)
    real_window.go("organisations")
    listed.table.view.clearSelection()
    listed.write_button.click()
    _idle(real_window, qtbot)
    assert set(page.wish.audience.organisation_ids) == set(listed.table.shown_keys())


def test_a_group_gets_one_letter_unless_unticked(real_window: MainWindow, qtbot: QtBot) -> None:
    def together(session: Session) -> tuple[str, ...]:
        event = events.event_by_code(session, CLUB)
        rows = list(session.scalars(select(Registration).where(Registration.event_id == event)))[:3]
        person = session.get_one(Person, rows[0].person_id)
        person.email = "druzina@example.org"
        party = Party(event_id=event, name="Družina", contact_id=person.id)
        session.add(party)
        session.flush()
        for row in rows:
            row.party_id = party.id
        return tuple(row.id for row in rows)

    keys = real_window.db.write(together, label=T("x"))
    _, page = _page(real_window, qtbot, "registrations:" + ",".join(keys))
    party: Any = page.panel.by_party
    preview: Any = page.preview
    assert party.isChecked()
    assert len(preview.mailing.letters) == 1
    page.panel.by_organisation.setChecked(True)
    assert not party.isChecked()
    page.panel.by_organisation.setChecked(False)
    _written(page, real_window, qtbot)
    assert len(preview.mailing.letters) == 3
    party.setChecked(True)
    page.panel.choose("consent")
    assert not party.isChecked()


def test_those_who_applied_are_told_that_it_arrived(real_window: MainWindow, qtbot: QtBot) -> None:
    def applied(session: Session) -> str:
        event = events.event_by_code(session, CLUB)
        row = session.scalars(select(Registration).where(Registration.event_id == event)).first()
        assert row is not None
        row.status = "applied"
        return str(row.id)

    key = real_window.db.write(applied, label=T("x"))
    _, page = _page(real_window, qtbot, f"registrations:{key}")
    assert page.panel.chosen.key == "receipt"


def _young(session: Session, event: str) -> tuple[str, ...]:
    """Three of the accepted are 14 years old; their registrations."""
    query = select(Registration).where(Registration.event_id == event, Registration.status == "accepted").limit(3)
    found = tuple(session.scalars(query))
    for registration in found:
        session.get_one(Person, registration.person_id).birth_date = dt.date(2005, 9, 1)
    return tuple(one.id for one in found)


def test_the_letter_about_consents_goes_to_minors_whose_paper_is_missing(
    real_window: MainWindow, qtbot: QtBot
) -> None:  # fmt: skip
    event = real_window.db.read(events.event_by_code, CLUB)
    real_window.db.write(_young, event, label=T("Test"))
    missing = real_window.db.read(papers_letters.without_consent, event)
    _, page = _page(real_window, qtbot, "text:consent")
    assert page.panel.chosen.key == "consent"
    assert not page.panel.only_missing.isHidden()
    assert {one.recipient.key for one in page.preview.mailing.letters} == set(missing)
    everybody = len(page._audience.keys)
    page.panel.only_missing.setChecked(False)
    _written(page, real_window, qtbot)
    assert len(page.preview.mailing.letters) == everybody > len(missing)
    # Of those who were chosen in the table only the minors among them.
    other = next(key for key in page._audience.keys if key not in missing)
    _, page = _page(real_window, qtbot, f"registrations:{missing[0]},{other}")
    page.panel.only_missing.setChecked(True)
    page.panel.choose("consent")
    _written(page, real_window, qtbot)
    assert [one.recipient.key for one in page.preview.mailing.letters] == [missing[0]]
    page.panel.choose("before")
    _written(page, real_window, qtbot)
    assert page.panel.only_missing.isHidden()
    assert len(page.preview.mailing.letters) == 2


def test_without_a_reader_nothing_can_be_written_and_the_page_says_why(
    real_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An event of which nobody takes part: no button writes, and one reads what to do instead."""
    event = real_window.db.write(lambda s: make_event(s, "prazen").id, label=T("Test"))
    real_window.go("letters", event)
    page: Any = real_window.page
    _idle(real_window, qtbot)
    assert not page.drafts.isEnabled()
    assert not page.more.isEnabled()
    said = page.preview.body.toPlainText()
    assert real_window.speak.say(page.preview.mailing.nobody) in said
    assert real_window.speak.say(page.preview.mailing.todo) in said
    monkeypatch.setattr(dialogs, "save_file", lambda *_args, **_more: pytest.fail("asked where to save nothing"))
    page.print_out()
    _, page = _page(real_window, qtbot)
    assert page.drafts.isEnabled()
    assert page.more.isEnabled()

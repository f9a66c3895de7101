"""A newer export of the same form, an own list that comes back: clashes, withdrawals, one question over capacity."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import STATUSES, Registration
from mama_desktop.domain.sources import SourceRow
from mama_desktop.domain.text import T
from mama_desktop.i18n import language
from mama_desktop.services import capacity, events, registrations
from mama_desktop.services.short_ids import short_id
from mama_desktop.store import history
from mama_desktop.ui import dialogs
from mama_desktop.ui.import_page import COLUMNS, PREVIEW, ImportPage
from mama_desktop.ui.letters_page import LettersPage
from mama_desktop.ui.main_window import MainWindow
from tests.factories import make_person, make_registration
from tests.ui.test_import_page import CLUB, _page

FORM = ("Časovni žig", "Ime", "Priimek", "E-naslov", "Opombe")


def _form(folder: Path, *rows: tuple[str, ...], name: str = "Klub (Odgovori).csv") -> str:
    lines = [",".join(row) for row in (FORM, *rows)]
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    return f"file:{folder / name}"


def _answer(number: int, given: str, remark: str = "vlak") -> tuple[str, ...]:
    return f"2020-02-{number:02} 08:00:00", given, "Izmišljeni", f"{number}@example.org", remark


def test_a_clash_is_settled_by_one_click_and_a_withdrawn_one_is_cancelled(
    real_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    before = [_answer(1, "Ana"), _answer(2, "Eva"), _answer(3, "Nik"), _answer(4, "Tim")]
    event, page = _page(real_window, qtbot, _form(tmp_path, *before))
    page.take_in()

    def mend(session: Session) -> None:
        for given in ("Ana", "Eva"):
            person = session.scalars(
                select(Person).where(Person.given_name == given, Person.family_name == "Izmišljeni")
            )
            own = session.scalars(select(Registration).where(Registration.person_id == person.one().id)).one()
            own.remarks = "pride z avtom"

    real_window.db.write(mend, label=T("Test"))
    after = [_answer(1, "Ana", "peš"), _answer(2, "Eva", "peš"), _answer(3, "Nik")]
    _, page = _page(real_window, qtbot, _form(tmp_path, *after, name="Klub (Odgovori) (1).csv"))
    assert page.steps.currentIndex() == PREVIEW
    assert page.import_button.text().strip() == "Nothing to import"
    clash, withdrawn = page.groups.tables["clash"], page.groups.tables["withdrawn"]
    page.groups.show_group("clash")
    assert "2 values were changed" in page.groups.note.words()
    ana, eva = clash.shown_keys()
    clash.edit_requested.emit(ana, "keep", True)
    assert page.import_button.text().strip() == "Remember what was decided"
    clash.edit_requested.emit(eva, "take", True)
    assert "not be asked again" in page.groups.note.words()
    clash.edit_requested.emit(eva, "take", False)
    assert "1 value was changed" in page.groups.note.words()
    clash.edit_requested.emit(eva, "take", True)
    (tim,) = withdrawn.shown_keys()
    withdrawn.edit_requested.emit(tim, "cancel", True)
    assert page.import_button.text().strip() == "Import 1, cancel 1"
    page.import_button.click()

    def stands(session: Session) -> dict[str, tuple[str, str]]:
        query = select(Person.given_name, Registration.remarks, Registration.status).join(Registration)
        rows = session.execute(query.where(Person.family_name == "Izmišljeni", Registration.event_id == event))
        return {given: (remarks, status) for given, remarks, status in rows}

    found = real_window.db.read(stands)
    assert (found["Ana"][0], found["Eva"][0], found["Tim"][1]) == ("pride z avtom", "peš", "cancelled")
    _, page = _page(real_window, qtbot, _form(tmp_path, *after, name="Klub (Odgovori) (2).csv"))
    assert page.preview is not None
    assert (page.preview.clashes(), page.preview.comparison.withdrawn) == ([], ())


def test_a_part_of_the_form_is_asked_about_once(real_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    everybody = [_answer(n, name) for n, name in enumerate(("Ana", "Eva", "Nik", "Tim", "Rok", "Lea"), 1)]
    _, page = _page(real_window, qtbot, _form(tmp_path, *everybody))
    page.take_in()
    _, page = _page(real_window, qtbot, _form(tmp_path, *everybody[:2], _answer(9, "Črt")))
    page.groups.show_group("withdrawn")
    assert "4 of the 6" in page.groups.note.words()
    answers = {b.text().strip(): b for b in page.groups.note.findChildren(QPushButton)}
    answers["Only a part of it"].click()
    assert "only a part" in page.groups.note.words()
    assert page.import_button.text().strip() == "Import 1 registration"
    page.groups.whole_chosen.emit(True)
    assert "merely missing" in page.groups.note.words()


def test_another_file_begins_with_its_first_group(real_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    nobody = ("2020-02-02 08:00:00", "", "Izmišljeni", "2@example.org", "")
    _, page = _page(real_window, qtbot, _form(tmp_path, _answer(1, "Ana"), nobody))
    page.groups.show_group("problem")
    _, page = _page(real_window, qtbot, _form(tmp_path, _answer(3, "Eva"), nobody, name="Drugi.csv"))
    assert page.groups.group == "new"


def test_a_new_question_of_the_form_is_shown_first(real_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    _, page = _page(
        real_window, qtbot, "paste:Ime\tPriimek\tE-pošta\tTelefon\nZala\tNovinec\tzala@example.org\t041 111 222\n"
    )
    page.take_in()
    newer = "paste:Ime\tPriimek\tE-pošta\tTelefon\tSoba\nZala\tNovinec\tzala@example.org\t041 111 222\tmirna\n"
    _, page = _page(real_window, qtbot, newer)
    assert page.steps.currentIndex() == COLUMNS
    assert "New in it: Soba" in page.columns.note.words()


def test_days_of_a_workbook_are_said_as_the_reader_writes_them(
    real_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    book = Workbook()
    book.active.append(["Ime", "Priimek", "Datum rojstva", "Kdaj pridete"])
    book.active.append(["Zala", "Novinec", dt.date(2001, 5, 6), dt.datetime(2020, 4, 2)])
    book.save(tmp_path / "seznam.xlsx")
    _, page = _page(real_window, qtbot, f"file:{tmp_path / 'seznam.xlsx'}")
    shown = [row._samples.text() for row in page.columns.rows.values()]
    assert shown[2:] == ["6 May 2001", "2 Apr 2020"]


def _taken_and_newer(window: MainWindow, qtbot: QtBot, folder: Path) -> ImportPage:
    before = [_answer(n, name) for n, name in enumerate(("Ana", "Eva", "Nik", "Tim", "Rok", "Lea"), 1)]
    _, page = _page(window, qtbot, _form(folder, *before))
    page.take_in()

    def mend(session: Session) -> None:
        people = select(Person.id).where(Person.family_name == "Izmišljeni", Person.given_name.in_(("Ana", "Eva")))
        for own in session.scalars(select(Registration).where(Registration.person_id.in_(people))):
            own.remarks = "pride z avtom"

    window.db.write(mend, label=T("Test"))
    after = [_answer(1, "Ana", "peš"), _answer(2, "Eva", "peš"), *before[2:4]]
    return _page(window, qtbot, _form(folder, *after, name="Klub (Odgovori) (1).csv"))[1]


def test_all_clashes_and_all_withdrawn_are_decided_by_one_button(
    real_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = _taken_and_newer(real_window, qtbot, tmp_path)
    groups = page.groups
    groups.show_group("clash")
    assert (groups.all_button.text(), groups.none_button.text()) == ("Take all from the form", "Keep all of ours")
    groups.all_button.setFocus()
    qtbot.keyClick(groups.all_button, Qt.Key.Key_Space)
    assert groups.all_button.hasFocus()
    assert page.import_button.text().strip() == "Import 2 registrations"
    groups.none_button.click()
    assert page.import_button.text().strip() == "Remember what was decided"
    groups.show_group("withdrawn")
    groups.all_button.click()
    assert page.import_button.text().strip() == "Cancel 2 registrations"
    groups.none_button.click()
    assert page.preview is not None
    assert set(page.preview.decisions.withdrawals.values()) == {False}
    groups.show_group("new")
    assert groups.all_button.isHidden()


def test_an_export_without_news_says_that_one_may_leave(real_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    rows = [_answer(1, "Ana"), _answer(2, "Eva")]
    _, page = _page(real_window, qtbot, _form(tmp_path, *rows))
    page.take_in()
    _, page = _page(real_window, qtbot, _form(tmp_path, *rows, name="Klub (Odgovori) (1).csv"))
    assert "nothing to do" in page.groups.note.words()
    assert not page.import_button.isEnabled()
    leave = next(b for b in page.groups.note.findChildren(QPushButton) if b.text().strip() == "To the registrations")
    leave.click()
    assert real_window.page is not page


def test_what_the_form_said_of_people_who_were_here_already_is_kept_when_confirmed(
    real_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    event = real_window.db.read(events.event_by_code, CLUB)

    def by_hand(session: Session) -> None:
        person = make_person(session, "Ana", "Izmišljeni", email="1@example.org")
        applied = dt.datetime(2020, 2, 1, 8)
        make_registration(session, session.get_one(Event, event), person, remarks="vlak", applied_at=applied)

    real_window.db.write(by_hand, label=T("Test"))
    _, page = _page(real_window, qtbot, _form(tmp_path, _answer(1, "Ana")))
    assert page.preview is not None
    assert page.preview.counts() == (0, 0)
    page.steps.setCurrentIndex(PREVIEW)
    assert page.import_button.text().strip() == "Remember what the form said"
    page.import_button.click()
    assert real_window.db.read(lambda s: len(s.scalars(select(SourceRow)).all())) == 1
    _, page = _page(real_window, qtbot, _form(tmp_path, _answer(1, "Ana", "peš"), name="Klub (Odgovori) (1).csv"))
    assert page.preview is not None
    assert page.preview.counts() == (0, 1)


def _own_list(window: MainWindow, folder: Path, **statuses: str) -> str:
    """Our own list with other statuses: of people registered, by given name."""
    event = window.db.read(events.event_by_code, CLUB)

    def fill(session: Session) -> None:
        for given in statuses:
            person = make_person(session, given, "Izmišljeni", email=f"{given.lower()}@example.org")
            status = "accepted" if statuses[given] == "cancelled" else "applied"
            make_registration(session, session.get_one(Event, event), person, status=status)

    window.db.write(fill, label=T("Test"))
    query = select(Registration.id, Person.given_name).join(Person, Person.id == Registration.person_id)
    theirs = query.where(Person.family_name == "Izmišljeni")
    keys = {given: key for key, given in window.db.read(lambda s: s.execute(theirs).all())}
    book = Workbook()
    book.active.append(["ID", "Priimek", "Ime", "Prijava"])
    for given, status in statuses.items():
        book.active.append([short_id(keys[given]), "Izmišljeni", given, language("sl").say(STATUSES[status])])
    book.save(folder / "seznam.xlsx")
    return f"file:{folder / 'seznam.xlsx'}"


def test_over_capacity_is_one_question_and_stays_in_the_history(
    real_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    event, page = _page(real_window, qtbot, _own_list(real_window, tmp_path, Ana="accepted", Eva="confirmed"))
    asked: list[str] = []
    answers: list[int | None] = [None, 0]

    def ask(_parent: Any, speak: Any, question: Any, *_answers: Any, **_more: Any) -> int | None:
        asked.append(speak.say(question))
        return answers.pop(0)

    monkeypatch.setattr(dialogs, "ask", ask)
    assert page.preview is not None
    before = real_window.db.read(registrations.counts, event).accepted
    page.take_in()
    assert asked == ["There are 60 places; with these it would be 62. Take them in all the same?"]
    assert real_window.db.read(registrations.counts, event).accepted == before
    assert real_window.page is page
    page.take_in()
    assert len(asked) == 2
    assert real_window.db.read(registrations.counts, event).accepted == before + 2
    assert "(over capacity, 62 / 60)" in str(real_window.db.read(history.changes, 1)[0].label)


def test_who_leaves_makes_room_and_who_has_to_be_told_stays_in_sight(
    real_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = _own_list(real_window, tmp_path, Ana="cancelled", Eva="accepted")
    event = real_window.db.read(events.event_by_code, CLUB)

    def hold(session: Session) -> None:
        session.get_one(Event, event).capacity = 61
        ana = select(Registration.id).join(Person, Person.id == Registration.person_id)
        key = session.scalars(ana.where(Person.given_name == "Ana", Person.family_name == "Izmišljeni")).one()
        option = capacity.save_option(session, event, name_sl="Delavnica A", places=5)
        capacity.choose_option(session, key, option)

    real_window.db.write(hold, label=T("Test"))
    monkeypatch.setattr(dialogs, "ask", None)  # Nothing is asked: Ana's place is free for Eva.
    _, page = _page(real_window, qtbot, view)
    page.take_in()
    assert real_window.page is page
    assert "Freed: Ana Izmišljeni" in page.start.note.words()
    assert "Delavnica A" in page.start.note.words()
    # The letter goes to exactly those who have to be told.
    write = next(b for b in page.start.note.findChildren(QPushButton) if b.text().strip() == "Write")
    write.click()
    letters: Any = real_window.page
    assert isinstance(letters, LettersPage)
    listing = real_window.db.read(registrations.registrations, letters._audience.event_id, keys=["given_name"])
    names = dict(zip(listing.keys, (row[0] for row in listing.rows), strict=True))
    assert {names[key] for key in letters._audience.registration_ids} == {"Ana", "Eva"}
    assert real_window.db.read(registrations.counts, event).accepted == 61


def test_a_form_that_is_only_like_an_earlier_one_is_asked_about(
    real_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    _, page = _page(real_window, qtbot, _form(tmp_path, _answer(1, "Ana"), _answer(2, "Eva"), name="v1.csv"))
    page.take_in()
    words = ",".join(FORM).replace("Opombe", "Sporočilo")
    (tmp_path / "v3.csv").write_text(f"{words}\n{','.join(_answer(1, 'Ana'))}", encoding="utf-8")
    _, page = _page(real_window, qtbot, f"file:{tmp_path / 'v3.csv'}")
    assert page.steps.currentIndex() == COLUMNS
    assert "newer export of" in page.columns.newer.words()
    assert page.columns.newer_or_not.current == 0
    assert page.preview is not None
    assert [one.name for one in page.preview.comparison.withdrawn] == ["Eva Izmišljeni"]
    with qtbot.waitSignal(page.compared):
        page.columns.newer_or_not.choose(1)
    assert "another form now" in page.columns.newer.words()
    assert page.preview.comparison.withdrawn == ()
    with qtbot.waitSignal(page.compared):
        page.columns.newer_or_not.choose(0)
    assert len(page.preview.comparison.withdrawn) == 1

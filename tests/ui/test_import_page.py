"""Taking in a file in the window: the columns, the preview in groups, one click, and all of it undone as one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop import resources
from mama_desktop.domain.events import Event
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import STATUSES, Registration
from mama_desktop.domain.sources import SourceRow
from mama_desktop.domain.text import T
from mama_desktop.i18n import language
from mama_desktop.intake.heading_row import NO_HEADINGS, heading_choices, with_heading
from mama_desktop.intake.opening import open_text
from mama_desktop.services import capacity, events, registrations
from mama_desktop.services.import_draft import LEAVE_COLUMN_OUT
from mama_desktop.services.short_ids import short_id
from mama_desktop.services.taking_in import LEAVE_OUT, NEW, TAKE
from mama_desktop.store import history
from mama_desktop.ui import dialogs
from mama_desktop.ui.import_page import COLUMNS, PREVIEW, ImportPage
from mama_desktop.ui.main_window import MainWindow
from tests.factories import make_person, make_registration

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
    assert real_window.db.read(registrations.counts, event).accepted == 61

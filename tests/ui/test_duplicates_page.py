"""The screen of pairs: found beside the window, decided by key, remembered, merged as shown, undone."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QRadioButton
from pytestqt.qtbot import QtBot
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from mama_desktop.domain.duplicates import PairVerdict
from mama_desktop.domain.expenses import CostLine, TravelClaim, TravelOrder
from mama_desktop.domain.files import Attachment
from mama_desktop.domain.people import Person
from mama_desktop.domain.text import T
from mama_desktop.services import people
from mama_desktop.ui.duplicates_page import DuplicatesPage
from tests.factories import make_person

LABEL = T("Test")


def _no_orders_and_claims(session: Session) -> None:
    """People of the sample who are owed money are not deleted."""
    session.execute(update(Attachment).values(claim_id=None, order_id=None))
    for record in (CostLine, TravelClaim, TravelOrder):
        session.execute(delete(record))


@pytest.fixture
def page(real_window: Any, qtbot: QtBot) -> DuplicatesPage:
    keys = real_window.db.read(lambda s: list(s.scalars(select(Person.id))))
    real_window.db.write(_no_orders_and_claims, label=LABEL)
    real_window.db.write(people.delete_people, keys, label=LABEL)
    for given, family, mail in (("Tone", "Kos", "a@x.si"), ("Anton", "Kos", "a@x.si"), ("Ana", "Žagar", "z@x.si"),
                                ("Žagar", "Ana", "z@x.si")):  # fmt: skip
        real_window.db.write(make_person, given, family, email=mail, label=LABEL)
    real_window.go("duplicates", "", "person")
    found = real_window.page
    assert isinstance(found, DuplicatesPage)
    qtbot.waitUntil(lambda: len(found.table.shown_keys()) == 2, timeout=20_000)
    return found


def _names(page: DuplicatesPage) -> set[str]:
    return set(page.db.read(lambda s: list(s.scalars(select(Person.search)))))


def test_pairs_are_decided_by_key_and_remembered(page: DuplicatesPage, qtbot: QtBot) -> None:
    QTest.keyClick(page.table.view, Qt.Key.Key_L)
    assert len(page.table.shown_keys()) == 2
    verdicts = page.db.read(lambda s: list(s.scalars(select(PairVerdict.verdict))))
    assert verdicts == ["later"]
    QTest.keyClick(page.table.view, Qt.Key.Key_D)
    assert len(page.table.shown_keys()) == 1
    page.db.undo()
    assert len(page.table.shown_keys()) == 2


def test_merging_does_what_is_shown_and_is_undone(page: DuplicatesPage) -> None:
    before = _names(page)
    QTest.keyClick(page.table.view, Qt.Key.Key_S)
    assert len(_names(page)) == len(before) - 1
    assert len(page.table.shown_keys()) == 1
    page.db.undo()
    assert _names(page) == before
    assert len(page.table.shown_keys()) == 2


def test_what_stays_is_chosen(page: DuplicatesPage) -> None:
    page.table.select([page.table.shown_keys()[0]])
    radio = next(r for r in page.findChildren(QRadioButton) if r.objectName().startswith("given_name:")
                 and not r.isChecked())  # fmt: skip
    key, wanted = page._current(), radio.accessibleName().split(": ")[1]
    assert key is not None
    radio.click()
    assert page._plan is not None
    assert next(f for f in page._plan.fields if f.key == "given_name").value == wanted
    page.decide_same()
    assert wanted in page.db.read(lambda s: list(s.scalars(select(Person.given_name))))


def test_the_other_record_may_stay(page: DuplicatesPage) -> None:
    assert page._plan is not None
    keep, gone = page._plan.keep, page._plan.gone
    page._pair.turned.emit()
    assert (page._plan.keep, page._plan.gone) == (gone, keep)


def test_an_undone_merge_stands_before_the_eye_again(page: DuplicatesPage) -> None:
    first, second = page.table.shown_keys()
    for key in (first, second):
        page.table.select([key])
        page.decide_same()
        page.db.undo()
        assert page.table.selected_keys() == [key]
    page.table.select([first])
    page.decide_same()
    page.decide_different()
    page.db.undo()
    assert page.table.selected_keys() == [second]
    page.db.undo()
    assert page.table.selected_keys() == [first]


def test_two_chosen_people_are_merged_as_any_pair(page: DuplicatesPage, real_window: Any) -> None:
    real_window.go("people")
    people_page = real_window.page
    rows = people_page.listing()
    tone, ana = (next(k for k, r in zip(rows.keys, rows.rows, strict=True) if n in r) for n in ("Tone", "Ana"))
    people_page.table.select([tone])
    assert people_page._merge_entries()[1][4] is False
    people_page.table.select([tone, ana])
    _, _, _, do, can = people_page._merge_entries()[1]
    assert can
    do()
    assert real_window.page is page
    assert page._plan is not None
    assert {page._plan.keep, page._plan.gone} == {tone, ana}
    kept = page._plan.keep
    page.decide_same()
    assert real_window.page is people_page
    assert people_page.table.selected_keys() == [kept]
    page.db.undo()
    assert {tone, ana} <= set(people_page.table.shown_keys())
    real_window.go("duplicates", "", "person")
    assert len(page.table.shown_keys()) == 2


def test_whoever_was_called_different_can_still_be_merged_by_hand(page: DuplicatesPage, real_window: Any) -> None:
    one = page._current()
    assert one is not None
    page.decide_different()
    real_window.go("duplicates", f"{one.pair.first},{one.pair.second}", "person")
    now = page._current()
    assert now is not None
    assert {now.pair.first, now.pair.second} == {one.pair.first, one.pair.second}
    page.decide_later()
    assert real_window.page is not page


def test_the_keys_are_no_letters_of_a_field(page: DuplicatesPage) -> None:
    field = QLineEdit(page)
    field.show()
    field.setFocus()
    QTest.keyClicks(field, "sdl")
    assert field.text() == "sdl"
    assert len(page.table.shown_keys()) == 2
    assert not page.db.read(lambda s: list(s.scalars(select(PairVerdict.verdict))))


def test_the_button_says_how_many(page: DuplicatesPage, real_window: Any) -> None:
    real_window.go("people")
    assert "2" in real_window.page._duplicates.text()
    real_window.page._duplicates.click()
    assert real_window.page is page


def test_an_office_without_duplicates(real_window: Any, qtbot: QtBot) -> None:
    real_window.go("duplicates", "", "organisation")
    page = real_window.page
    qtbot.waitUntil(lambda: not page.jobs.running, timeout=20_000)
    assert isinstance(page, DuplicatesPage)

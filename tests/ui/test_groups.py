"""Working groups in the window: found beside the people, members in terms, the mailing copied."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from mama_desktop.domain.rows import Found
from mama_desktop.domain.text import T
from mama_desktop.services import groups, people
from mama_desktop.ui import dialogs
from mama_desktop.ui.group_page import GroupPage
from mama_desktop.ui.groups_page import GroupsPage
from mama_desktop.ui.main_window import MainWindow


@pytest.fixture
def group(real_window: MainWindow) -> GroupPage:
    def make(session: Any) -> str:
        key = groups.add_group(session, "Komisija za mlade")
        for person in people.people(session).keys[:3]:
            groups.add_member(session, key, person, since=dt.date(2019, 1, 1))
        return key

    real_window.go("working_group", real_window.db.write(make, label=T("Test")))
    assert isinstance(real_window.page, GroupPage)
    return real_window.page


def _terms(page: GroupPage, **which: Any) -> Any:
    return page.db.read(groups.memberships, page._key, today=page.db.clock.today(), **which)


def test_people_and_groups_stand_side_by_side(real_window: MainWindow) -> None:
    real_window.go("people")
    page: Any = real_window.page
    from mama_desktop.ui.people_or_groups import PeopleOrGroups

    page.findChild(PeopleOrGroups).choose(1)
    assert isinstance(real_window.page, GroupsPage)
    before = real_window.page.table.rows.rowCount()
    real_window.page.new()
    assert real_window.page.table.rows.rowCount() == before + 1
    real_window.go("people")
    assert page.findChild(PeopleOrGroups).current == 0


def test_groups_are_a_command_and_a_hit_of_ctrl_k(group: GroupPage, real_window: MainWindow) -> None:
    palette = real_window.open_palette()
    palette.field.setText("working gr")
    words = [palette.hits.item(row).text() for row in range(palette.hits.count())]
    palette.field.setText("komisija za ml")
    hit = palette.hits.item(0).text()
    palette.close()
    assert any(word.startswith("Working groups") for word in words)
    assert hit.startswith("Komisija za mlade")


def test_a_member_is_added_by_a_new_name_and_taken_back(group: GroupPage, real_window: MainWindow) -> None:
    group.members.who.setText("Žiga Črnič")
    group.members.add()
    assert "Črnič Žiga" in [row[0] for row in _terms(group).rows]
    assert group.members.who.text() == ""
    real_window.undo()
    assert len(_terms(group).keys) == 3


def test_somebody_picked_is_that_person(group: GroupPage) -> None:
    key = group.db.read(people.people).keys[20]
    found = Found("person", key, "Kdor koli")
    group.members.who.set_value(found)
    group.members.add()
    assert key in group.db.read(groups.members, group._key, today=group.db.clock.today())


def test_terms_end_and_begin_anew(group: GroupPage) -> None:
    table = group.members.table
    table.select(list(table.rows.listing.keys[:1]))
    group.members._on_end({"until": dt.date(2020, 2, 29)})
    assert len(table.rows.listing.keys) == 2
    group.members.show_everybody(True)
    assert len(table.rows.listing.keys) == 3
    table.select([key for key, row in zip(table.rows.listing.keys, table.rows.listing.rows, strict=True) if row[-1]])
    group.members._on_renew({"since": dt.date(2020, 3, 1), "until": None})
    assert len(_terms(group, everybody=True).keys) == 5
    assert len(_terms(group).keys) == 2


def test_the_sheet_of_a_term_gives_its_days(group: GroupPage) -> None:
    table = group.members.table
    table.select(list(table.rows.listing.keys[:1]))
    group.members.end()
    popup: Any = QGuiApplication.instance().activePopupWidget()  # type: ignore[union-attr]  # a widget application
    popup.editors["until"].setText("1. 3. 2020")
    popup.give()
    assert len(_terms(group).keys) == 2


def test_the_mailing_is_copied(group: GroupPage) -> None:
    group.copy_emails()
    emails = group.db.read(groups.mailing, group._key, today=group.db.clock.today()).emails
    assert QGuiApplication.clipboard().text() == "; ".join(emails)
    assert emails


def test_deleting_says_what_goes_with_it(
    group: GroupPage, real_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def answer(_parent: Any, speak: Any, *_question: Any, details: Any = (), **_more: Any) -> int:
        said.extend(speak.say(line) for line in details)
        return 0

    monkeypatch.setattr(dialogs, "ask", answer)
    key = group._key
    real_window.go("groups")
    page: Any = real_window.page
    before = page.table.rows.rowCount()
    page._on_delete([key])
    assert any("3" in line for line in said)
    assert page.table.rows.rowCount() == before - 1
    real_window.undo()
    assert page.table.rows.rowCount() == before


def test_a_group_is_registered_for_an_event(group: GroupPage, real_window: MainWindow) -> None:
    from mama_desktop.services import events
    from mama_desktop.ui.add_to_event_page import AddToEventPage

    event = real_window.db.read(events.event_by_code, "2020-04-klub")
    group._on_event(event)
    page = real_window.page
    assert isinstance(page, AddToEventPage)
    assert len(page._candidates) == 3

"""Working groups: terms that follow one another, who gets the mail, what a deletion touches, and words for History."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.groups import Membership, WorkingGroup
from mama_desktop.domain.people import Person
from mama_desktop.domain.text import T
from mama_desktop.i18n import language
from mama_desktop.services import editing, groups, history, organisations, people, projects
from mama_desktop.store import journal, search
from mama_desktop.store.database import Database
from tests import factories

NOW = dt.datetime(2020, 3, 2, 9, 0)
TODAY = NOW.date()


def _group(session: Session, *names: str, since: dt.date | None = None) -> tuple[str, list[str]]:
    key = groups.add_group(session, "Delovna skupina za mobilnost")
    made = [factories.make_person(session, *name.split(), email=f"{name.split()[0].lower()}@mc.si") for name in names]
    return key, [groups.add_member(session, key, person.id, since=since) for person in made]


def _names(session: Session, key: str, **which: Any) -> list[str]:
    listing = groups.memberships(session, key, today=TODAY, **which)
    return sorted(row[listing.column("name")] for row in listing.rows)


def test_a_term_ends_and_its_member_is_a_former_one(session: Session) -> None:
    key, (ana, _bor) = _group(session, "Ana Novak", "Bor Kranjc", since=dt.date(2018, 1, 1))
    groups.end_terms(session, [ana], until=dt.date(2020, 3, 1))
    assert _names(session, key) == ["Kranjc Bor"]
    assert _names(session, key, everybody=True) == ["Kranjc Bor", "Novak Ana"]
    everybody = groups.memberships(session, key, today=TODAY, everybody=True)
    assert {row[-1] for row in everybody.rows} == {True, False}
    listing = groups.groups(session, today=TODAY)
    assert listing.rows[0][listing.column("members")] == 1
    card = groups.group_card(session, key, today=TODAY)
    assert card is not None
    assert (card.members, card.terms) == (1, 2)


def test_the_last_day_of_a_term_still_counts(session: Session) -> None:
    key, (ana,) = _group(session, "Ana Novak")
    groups.end_terms(session, [ana], until=TODAY)
    assert _names(session, key) == ["Novak Ana"]
    assert groups.members(session, key, today=TODAY + dt.timedelta(days=1)) == []


def test_a_new_term_ends_the_running_one_the_day_before_and_keeps_role_and_mail(session: Session) -> None:
    _key, (ana,) = _group(session, "Ana Novak", since=dt.date(2018, 1, 1))
    editing.change(session, "membership", [ana], "role", "chair", now=NOW)
    editing.change(session, "membership", [ana], "gets_mail", False, now=NOW)
    (second,) = groups.begin_terms(session, [ana], since=dt.date(2020, 1, 1), until=dt.date(2021, 12, 31))
    assert session.get_one(Membership, ana).until == dt.date(2019, 12, 31)
    begun = session.get_one(Membership, second)
    assert (begun.role, begun.gets_mail, begun.until) == ("chair", False, dt.date(2021, 12, 31))
    with pytest.raises(OfficeError, match="has to begin after"):
        groups.begin_terms(session, [second], since=dt.date(2019, 1, 1))


def test_nobody_is_a_member_twice_at_one_time_but_may_come_back(session: Session) -> None:
    key, (ana,) = _group(session, "Ana Novak", since=dt.date(2018, 1, 1))
    person = session.get_one(Membership, ana).person_id
    with pytest.raises(OfficeError, match="Ana Novak is a member"):
        groups.add_member(session, key, person, since=TODAY)
    groups.end_terms(session, [ana], until=dt.date(2019, 6, 30))
    groups.add_member(session, key, person, since=TODAY)
    assert groups.members(session, key, today=TODAY) == [person]
    assert session.scalar(select(func.count()).select_from(Membership)) == 2


def test_reversed_terms_are_refused_everywhere(session: Session) -> None:
    key, (ana,) = _group(session, "Ana Novak", since=TODAY)
    before = TODAY - dt.timedelta(days=3)
    with pytest.raises(OfficeError, match="before the beginning"):
        groups.end_terms(session, [ana], until=before)
    with pytest.raises(OfficeError, match="before the beginning"):
        editing.change(session, "membership", [ana], "until", before, now=NOW)
    with pytest.raises(OfficeError, match="before the beginning"):
        groups.add_member(session, key, factories.make_person(session).id, since=TODAY, until=before)


def test_the_mailing_has_each_address_once_and_names_who_has_none(session: Session) -> None:
    key, (ana, bor, cene) = _group(session, "Ana Žagar", "Bor Kranjc", "Cene Car")
    nobody = factories.make_person(session, "Darja", "Demšar", email="")
    groups.add_member(session, key, nobody.id, since=None)
    editing.change(session, "membership", [bor], "gets_mail", False, now=NOW)
    assert groups.mailing(session, key, today=TODAY) == groups.Mailing(("cene@mc.si", "ana@mc.si"), ("Darja Demšar",))
    groups.end_terms(session, [ana, cene], until=TODAY - dt.timedelta(days=1))
    assert groups.mailing(session, key, today=TODAY).emails == ()


def test_deleting_says_what_it_touches_and_leaves_the_people(session: Session) -> None:
    key, _ = _group(session, "Ana Novak", "Bor Kranjc")
    assert groups.touched_by_deleting(session, [key]) == {"terms": 2, "people": 2}
    groups.delete_groups(session, [key])
    assert session.scalar(select(func.count()).select_from(WorkingGroup)) == 0
    assert session.scalar(select(func.count()).select_from(Person)) == 2


def test_what_a_group_names_may_go(session: Session) -> None:
    key, (ana,) = _group(session, "Ana Novak")
    project = factories.make_project(session)
    editing.change(session, "working_group", [key], "project_id", project.id, now=NOW)
    projects.delete_projects(session, [project.id])
    session.expire_all()
    assert session.get_one(WorkingGroup, key).project_id is None
    centre = factories.make_organisation(session)
    session.get_one(Membership, ana).organisation_id = centre.id
    session.flush()
    with pytest.raises(OfficeError):
        organisations.delete_organisations(session, [centre.id])
    people.delete_people(session, [session.get_one(Membership, ana).person_id])
    assert groups.members(session, key, today=TODAY) == []


def test_groups_are_found_and_history_says_their_members(db: Database) -> None:
    key, (ana,) = db.write(_group, "Ana Novak", label=T("Test"))
    assert [hit.key for hit in db.read(search.find, "skupina mobiln")] == [key]
    db.write(editing.change, "membership", [ana], "role", "chair", now=NOW, label=T("Test"))
    number = db.read(journal.last_number)
    assert db.read(history.said_rows, number, words=language("en")) == [
        "Membership of a group “Ana Novak”: Role: member → chair"
    ]


def test_a_person_has_their_terms_the_running_one_first(session: Session) -> None:
    _key, (ana,) = _group(session, "Ana Novak", since=dt.date(2015, 1, 1))
    person = session.get_one(Membership, ana).person_id
    groups.end_terms(session, [ana], until=dt.date(2016, 1, 1))
    other = groups.add_group(session, "Skupina za prostor")
    groups.add_member(session, other, person, since=dt.date(2019, 1, 1))
    listing = groups.groups_of(session, person)
    assert [row[0] for row in listing.rows] == ["Skupina za prostor", "Delovna skupina za mobilnost"]


def test_a_group_needs_a_name(session: Session) -> None:
    with pytest.raises(OfficeError):
        groups.add_group(session, "  ")
    key, _ = _group(session)
    with pytest.raises(OfficeError):
        editing.change(session, "working_group", [key], "name_sl", "", now=NOW)

"""Adding many at once: whom there is to choose from, the preview and the deed agree, nothing twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.parties import Party
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.services import adding, capacity, deciding, groups, invitations
from mama_desktop.services.adding import Wish
from mama_desktop.services.counting import OverCapacity
from tests import factories

NOW = dt.datetime(2020, 3, 2, 9, 0)


def _centre(session: Session, *names: str) -> tuple[Organisation, list[str]]:
    centre = factories.make_organisation(session, "Mladinski center Krško", email="info@mc-krsko.si")
    people = [factories.make_person(session, *name.split(), organisation_id=centre.id) for name in names]
    return centre, [person.id for person in people]


def _of(session: Session, event: Any) -> list[Registration]:
    return list(session.scalars(select(Registration).where(Registration.event_id == event.id)))


def test_a_group_of_an_organisation_comes_with_new_people_as_one_party(session: Session) -> None:
    event = factories.make_event(session)
    centre, (ana, bor) = _centre(session, "Ana Novak", "Bor Kranjc")
    wish = Wish(
        "organisation", (ana, bor), ("Črt Šuštar", " "), centre.id, together=True, contact_id=ana, status="applied"
    )
    assert adding.preview(session, event.id, wish, now=NOW).new == 3
    done = adding.add(session, event.id, wish, now=NOW)
    party = session.scalars(select(Party)).one()
    rows = _of(session, event)
    assert len(done.keys) == len(rows) == 3
    assert {row.party_id for row in rows} == {party.id}
    assert {row.organisation_id for row in rows} == {centre.id}
    assert (party.contact_id, party.name) == (ana, "Mladinski center Krško")
    new = session.scalars(select(Person).where(Person.family_name == "Šuštar")).one()
    assert new.organisation_id == centre.id


def test_a_typed_name_of_somebody_there_is_that_person(session: Session) -> None:
    event = factories.make_event(session)
    centre, (ana,) = _centre(session, "Ana Novak")
    adding.add(session, event.id, Wish("organisation", (), ("novak ana",), centre.id), now=NOW)
    assert [row.person_id for row in _of(session, event)] == [ana]
    assert session.scalar(select(func.count()).select_from(Person)) == 1


def test_without_together_there_is_no_party(session: Session) -> None:
    event = factories.make_event(session)
    centre, people = _centre(session, "Ana Novak", "Bor Kranjc")
    adding.add(session, event.id, Wish("organisation", tuple(people), source_id=centre.id), now=NOW)
    assert {(row.party_id, row.source) for row in _of(session, event)} == {(None, "organisation")}


def test_who_is_registered_already_is_counted_apart_and_left_out(session: Session) -> None:
    event = factories.make_event(session)
    _, (ana, bor) = _centre(session, "Ana Novak", "Bor Kranjc")
    factories.make_registration(session, event, session.get_one(Person, ana))
    wish = Wish("people", (ana, bor))
    found = adding.preview(session, event.id, wish, now=NOW)
    assert (found.new, found.already) == (1, 1)
    done = adding.add(session, event.id, wish, now=NOW)
    assert (len(done.keys), done.already) == (1, ("Ana Novak",))
    assert [one.status for one in adding.candidates(session, event.id, [bor, ana])] == ["applied", "accepted"]


def test_the_preview_says_what_the_deed_would_refuse(session: Session) -> None:
    event = factories.make_event(session, capacity=2)
    centre, people = _centre(session, "Ana Novak", "Bor Kranjc", "Cene Car")
    capacity.save_quota(session, event.id, kind="organisation", places=1)
    wish = Wish("organisation", tuple(people), source_id=centre.id, status="accepted")
    found = adding.preview(session, event.id, wish, now=NOW)
    with pytest.raises(OverCapacity) as refused:
        adding.add(session, event.id, wish, now=NOW)
    said = {(one.kind, one.taken, one.places) for one in found.over}
    assert said == {("event", 3, 2), ("organisation", 3, 1)}
    assert said == {(one.kind, one.taken, one.places) for one in refused.value.exceeded}
    assert found.would_be == 3


def test_late_ones_and_those_behind_a_waiting_person_are_said_before(session: Session) -> None:
    event = factories.make_event(session, deadline=dt.date(2020, 3, 1), waiting_closes=True)
    waits = factories.make_registration(session, event, status="applied")
    deciding.decide(session, [waits.id], "waiting", now=NOW)
    _, (ana,) = _centre(session, "Ana Novak")
    found = adding.preview(session, event.id, Wish("people", (ana,)), now=NOW)
    assert (found.status, found.is_late) == ("waiting", True)
    assert adding.add(session, event.id, Wish("people", (ana,)), now=NOW).went_waiting
    assert not adding.preview(session, event.id, Wish("people", (ana,), status="invited"), now=NOW).is_late


def test_an_earlier_event_gives_the_accepted_those_who_came_or_all(session: Session) -> None:
    earlier = factories.make_event(session, starts_on=dt.date(2019, 4, 2))
    part = factories.make_session(session, earlier, confirmed_at=NOW)
    _, (ana, bor, cene) = _centre(session, "Ana Novak", "Bor Kranjc", "Cene Car")
    rows = [
        factories.make_registration(session, earlier, session.get_one(Person, key), status=status)
        for key, status in ((ana, "accepted"), (bor, "confirmed"), (cene, "declined"))
    ]
    factories.make_attendance(session, part, rows[1])
    found = {which: set(adding.participants(session, earlier.id, which)) for which in adding.WHICH}
    assert found == {"accepted": {ana, bor}, "present": {bor}, "all": {ana, bor, cene}}
    event = factories.make_event(session)
    wish = Wish("event", (bor,), source_id=earlier.id, status="invited")
    adding.add(session, event.id, wish, now=NOW)
    assert [(row.person_id, row.status, row.source) for row in _of(session, event)] == [
        (bor, "invited", "earlier-event")
    ]


def test_a_working_group_gives_its_members_of_that_day(session: Session) -> None:
    event = factories.make_event(session, starts_on=dt.date(2020, 6, 1))
    group = groups.add_group(session, "Svet mreže")
    _, (ana, bor) = _centre(session, "Ana Novak", "Bor Kranjc")
    groups.add_member(session, group, ana, since=None, until=dt.date(2020, 5, 31))
    groups.add_member(session, group, bor, since=dt.date(2020, 1, 1))
    assert adding.members_then(session, event.id, group, today=NOW.date()) == [bor]
    adding.add(session, event.id, Wish("group", (bor,), source_id=group, status="invited"), now=NOW)
    assert [(row.person_id, row.source) for row in _of(session, event)] == [(bor, "group")]


def test_the_answers_of_the_invited_are_counted(session: Session) -> None:
    event = factories.make_event(session)
    _, people = _centre(session, "Ana Novak", "Bor Kranjc", "Cene Car")
    done = adding.add(session, event.id, Wish("people", tuple(people), status="invited"), now=NOW)
    assert str(invitations.replies(session, event.id).words) == "3 without an answer"
    deciding.answer(session, done.keys[:1], "coming", now=NOW)
    deciding.answer(session, done.keys[1:2], "not-coming", now=NOW)
    found = invitations.replies(session, event.id)
    assert (found.invited, found.coming, found.not_coming, found.none) == (3, 1, 1, 1)

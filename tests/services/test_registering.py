"""Registering many at once: an organisation's group, an earlier event's people, a working group's members."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from mama_desktop.domain.groups import Membership, WorkingGroup
from mama_desktop.domain.registrations import Registration
from mama_desktop.services import parties, registering
from tests.factories import make_event, make_organisation, make_person, make_registration

NOW = dt.datetime(2020, 3, 2, 9, 0)


def names(session: Session, keys: tuple[str, ...]) -> list[str]:
    from mama_desktop.services.holdings import names_of

    return sorted(names_of(session, keys).values())


def test_an_organisations_group_keeps_its_contact_person(session: Session) -> None:
    event = make_event(session, deadline=dt.date(2020, 3, 1))
    krsko = make_organisation(session, email="mc@example.org")
    leader = make_person(session, "Vesna", "Kos", email="vesna@example.org")
    ana, bor = make_person(session), make_person(session, "Bor")
    make_registration(session, event, bor)
    done = registering.register_organisation_group(
        session, event.id, krsko.id, [ana.id, bor.id, ana.id], now=NOW, contact_id=leader.id
    )
    assert (names(session, done.keys), done.already, done.late) == (["Ana Novak"], ("Bor Novak",), 1)
    assert [str(words) for words in done.notices()] == [
        "Already registered and left out: Bor Novak", "1 registration came after the deadline.",
    ]  # fmt: skip
    row = session.get_one(Registration, done.keys[0])
    assert (row.organisation_id, row.party_id, row.source) == (krsko.id, done.party_id, "organisation")
    (party,) = parties.parties(session, event.id)
    assert (party.contact, party.contact_email, party.organisation) == (
        "Vesna Kos", "vesna@example.org", "Mladinski center Krško",
    )  # fmt: skip


def test_from_an_earlier_event(session: Session) -> None:
    earlier, event = make_event(session), make_event(session)
    ana, bor, eva = (make_person(session, name, "") for name in ("Ana", "Bor", "Eva"))
    make_registration(session, earlier, ana)
    make_registration(session, earlier, bor, status="confirmed")
    declined = make_registration(session, earlier, eva, status="declined")
    done = registering.from_earlier_event(session, event.id, earlier.id, now=NOW)
    assert (names(session, done.keys), done.status) == (["Ana", "Bor"], "invited")
    done = registering.from_earlier_event(session, event.id, earlier.id, [declined.id], now=NOW, status="applied")
    assert (names(session, done.keys), done.status) == (["Eva"], "applied")


def test_from_a_working_group_those_whose_term_runs(session: Session) -> None:
    event = make_event(session, starts_on=dt.date(2020, 4, 2))
    group = WorkingGroup(name_sl="Strokovni svet")
    session.add(group)
    session.flush()
    for name, since, until in (
        ("Ana", None, None), ("Bor", None, dt.date(2020, 4, 1)), ("Cene", dt.date(2020, 4, 2), dt.date(2020, 4, 2)),
        ("Dora", dt.date(2020, 4, 3), None),
    ):  # fmt: skip
        person = make_person(session, name, "").id
        session.add(Membership(group_id=group.id, person_id=person, since=since, until=until))
    session.flush()
    assert names(session, registering.from_group(session, event.id, group.id, now=NOW).keys) == ["Ana", "Cene"]

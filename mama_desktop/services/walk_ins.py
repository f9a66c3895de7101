"""Walk-ins: who signed on a blank line, a known person first, else a name and an organisation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from mama_desktop.domain.capacity import Exceeded
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.papers import Issue, IssueRow
from mama_desktop.domain.people import Person, name_key
from mama_desktop.domain.registrations import TAKES_PLACE, Registration
from mama_desktop.domain.text import T, clean, fold, sort_key
from mama_desktop.intake.names import order_of_names, split_full_name
from mama_desktop.services import attendance, deciding, organisations, people, registering


@dataclass(frozen=True)
class Known:
    """Somebody the office knows; registration_id when registered for this event, in whatever status."""

    person_id: str
    name: str
    organisation: str
    registration_id: str | None = None
    status: str = ""


def known_people(session: Session, event_id: str, typed: str, *, limit: int = 12) -> list[Known]:
    """People whose name holds all the typed words, in any order and without accents; those of this event first."""
    wanted = fold(typed).split()
    if not wanted:
        return []
    query = (
        select(
            Person.id, Person.family_name, Person.given_name, Organisation.name_sl, Registration.id, Registration.status
        )
        .outerjoin(Registration, (Registration.person_id == Person.id) & (Registration.event_id == event_id))
        .outerjoin(
            Organisation,
            or_(
                Organisation.id == Registration.organisation_id,
                Registration.id.is_(None) & (Organisation.id == Person.organisation_id),
            ),
        )
        .order_by(Registration.id.is_(None), Person.name_key)
        .limit(limit)
    )
    for word in wanted:
        query = query.where(Person.search.contains(word, autoescape=True))
    found = [
        Known(key, f"{family} {given}".strip(), organisation or "", registration, status or "")
        for key, family, given, organisation, registration, status in session.execute(query)
    ]
    return sorted(found, key=lambda k: (k.registration_id is None, sort_key(k.name)))


def add_walk_in(
    session: Session,
    event_id: str,
    session_id: str,
    *,
    who: str,
    now: dt.datetime,
    person_id: str | None = None,
    name: str = "",
    organisation: str = "",
    code: str = "",
    number: int | None = None,
    over: list[Exceeded] | None = None,
) -> str:
    """Somebody who signed without standing on the list; marked present. → the registration's key.

    person_id: a known person (see `known_people`). Otherwise `name` as it stands on the sheet ("Novak Ana") and
    `organisation`; a person of just this name and organisation is taken for the same.
    code, number: the blank line of the printed sheet, which from then on carries the name; without a number (no blank
    line is left) the sheet gets one more line below its last. over: is filled with what they exceed; at the door
    nobody is asked.
    """
    line = _blank_line(session, code, number) if code and number is not None else None
    over = [] if over is None else over
    if person_id is None:
        person_id = _person(session, name, organisation)
    registration = session.scalar(
        select(Registration).where(Registration.event_id == event_id, Registration.person_id == person_id)
    )
    if registration is None:
        # Whoever is here is one of us, however many places there were.
        done = registering.register_people(
            session, event_id, [person_id], now=now, status="accepted", source="walk-in", over_capacity=True,
            waits_behind=False,
        )  # fmt: skip
        over += done.over
        registration = session.get_one(Registration, done.keys[0])
        if organisation and not registration.organisation_id:
            registration.organisation_id = organisations.organisation_called(session, organisation)
    elif registration.status not in TAKES_PLACE:
        # Who came took part, whatever was decided before.
        over += deciding.decide(
            session, [registration.id], "accepted", now=now, over_capacity=True, whole_parties=False
        ).over
    session.flush()
    attendance.set_marks(session, session_id, {registration.id: "present"}, who=who, now=now)
    if line is None and code:
        line = _line_below(session, code, registration)
    if line is not None:
        name, organisation = _as_written(session, registration)
        _refuse_twice(session, line, registration, name)
        line.registration_id, line.name, line.organisation = registration.id, name, organisation
        session.flush()
    return registration.id


def _blank_line(session: Session, code: str, number: int) -> IssueRow:
    from mama_desktop.services.issues import find_issue

    issue = find_issue(session, code)
    line = session.scalar(select(IssueRow).where(IssueRow.issue_id == issue.id, IssueRow.number == number))
    if line is None:
        raise OfficeError(T("There is no line {number} on this sheet.", number=number), safe=T("Nothing was changed."))
    if line.name:
        raise OfficeError(
            T("On line {number} already stands {name}.", number=number, name=line.name),
            safe=T("Nothing was changed."),
            todo=T("Choose a blank line."),
        )
    return line


def _line_below(session: Session, code: str, registration: Registration) -> IssueRow | None:
    """One more line for who signed below the last one; None for somebody who stands on the sheet already."""
    from mama_desktop.services.issues import find_issue

    issue = find_issue(session, code)
    stands = select(IssueRow.id).where(IssueRow.issue_id == issue.id, IssueRow.registration_id == registration.id)
    if session.scalar(stands) is not None:
        return None
    # Numbers go on over a sheet and its supplements.
    base = issue.supplement_to or issue.id
    family = select(Issue.id).where(or_(Issue.id == base, Issue.supplement_to == base))
    last = session.scalar(select(func.max(IssueRow.number)).where(IssueRow.issue_id.in_(family))) or 0
    line = IssueRow(issue_id=issue.id, number=last + 1, page=issue.pages)
    session.add(line)
    return line


def _refuse_twice(session: Session, line: IssueRow, registration: Registration, name: str) -> None:
    other = session.scalar(
        select(IssueRow.number).where(IssueRow.issue_id == line.issue_id, IssueRow.registration_id == registration.id)
    )
    if other is not None:
        raise OfficeError(
            T("{name} is on the list already, on line {number}.", name=name, number=other),
            safe=T("Nothing was changed."),
        )


def _person(session: Session, name: str, organisation: str) -> str:
    name = clean(name)
    if not name:
        raise OfficeError(T("Please write the person's name."))
    organisation_id = organisations.organisation_called(session, organisation)
    same = session.scalars(
        select(Person.id).where(Person.name_key == name_key(name, ""), Person.organisation_id == organisation_id)
    ).all()
    if organisation_id and len(same) == 1:
        return same[0]
    # On the sheet the family name comes first; a common given name says when somebody typed it the other way.
    order, is_certain = order_of_names([name])
    given, family = split_full_name(name, order if is_certain else "family")
    return people.add_person(session, family_name=family, given_name=given, organisation_id=organisation_id)


def _as_written(session: Session, registration: Registration) -> tuple[str, str]:
    person = session.get_one(Person, registration.person_id)
    of = session.get(Organisation, registration.organisation_id) if registration.organisation_id else None
    return f"{person.family_name} {person.given_name}".strip(), of.name_sl if of else ""

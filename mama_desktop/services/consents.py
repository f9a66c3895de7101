"""Consents: recording and withdrawing them, and whose is missing."""

from __future__ import annotations

import datetime as dt
from calendar import isleap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from mama_desktop.domain import ages
from mama_desktop.domain.consents import PURPOSES, Consent, ConsentText
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person, age_of
from mama_desktop.domain.registrations import STATUSES, STAYS_AWAY, Registration
from mama_desktop.domain.text import T, clean, sort_key, verbatim
from mama_desktop.services import minors
from mama_desktop.services.consent_words import words_given
from mama_desktop.services.fields.consent import PARTICIPATION
from mama_desktop.services.guardians import GuardianRow, guardians_of, signed_by

GIVEN, REFUSED, WITHDRAWN, NONE = "given", "refused", "withdrawn", "none"
# What the paper for parents asks, in its order.
ON_PAPER = ("participation", "data", "photo", "publication")


@dataclass(frozen=True)
class ConsentRow:
    """One decision of a person. state: given, refused, withdrawn. event: its title, empty for a general one."""

    key: str
    purpose: str
    state: str
    event: str
    given_on: dt.date | None
    given_by: str
    source: str
    version: int | None
    withdrawn_on: dt.date | None
    attachment_id: str | None
    remarks: str


@dataclass(frozen=True)
class MinorRow:
    """A minor among the registered. states: purpose → state; missing: the purposes without which they cannot come."""

    registration_id: str
    person_id: str
    family_name: str
    given_name: str
    organisation: str
    age: ages.Age | None
    status: str
    guardians: tuple[GuardianRow, ...]
    states: dict[str, str]
    given_on: dt.date | None
    given_by: str
    attachment_id: str | None
    missing: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


def record(
    session: Session,
    person_ids: Sequence[str],
    purpose: str,
    given: bool | None,
    *,
    now: dt.datetime,
    event_id: str | None = None,
    given_on: dt.date | None = None,
    given_by_id: str | None = None,
    given_by_name: str = "",
    source: str = "by-hand",
    attachment_id: str | None = None,
    version: int | None = None,
) -> int:
    """What these people (or who signs for them) decided for a purpose; returns how many.

    given: True, False for a refusal, None takes back what was recorded for this event by mistake. A later decision
    withdraws an earlier consent; both stay. given_on: the day on the paper, today's when not said. version: of the
    words, as it stands on the paper; when not said, the words in use on that day. On a form and where nobody signs for
    them, those are the words of the participant. A paper older than the opposite decision that stands does not undo
    it: by hand it is refused, of a form it is passed over.
    """
    if purpose not in PURPOSES:
        raise OfficeError(T("“{value}” is not one of the choices.", value=purpose))
    day = given_on or now.date()
    if given and not (given_by_id or given_by_name.strip()) and source != "paper":
        _refuse_own(session, person_ids, purpose, day)
    own = source == "form" or (source != "paper" and not given_by_id and not given_by_name.strip())
    text = words_given(session, purpose, on=day, own=own, version=version) if given is not None else None
    for person_id in dict.fromkeys(person_ids):
        standing = list(session.scalars(_standing(person_id, purpose, event_id)))
        if given is None:
            for old in standing:
                session.delete(old)
            continue
        same = next((old for old in standing if old.given == given and old.given_by_name == clean(given_by_name)), None)
        if same is not None and (same.given_by_id or None) == (given_by_id or None):
            same.given_on = given_on or same.given_on
            same.attachment_id = attachment_id or same.attachment_id
            if version is not None and text is not None:
                same.text_id = text.id
            continue
        newer = next((old for old in standing if old.given != given and old.given_on and old.given_on > day), None)
        if newer is not None and source == "form":
            continue
        if newer is not None:
            raise OfficeError(
                T("A newer decision stands, of {day}.", day=newer.given_on),
                safe=T("Nothing was changed."),
                todo=T("If the older one counts all the same, withdraw the newer one or take it back first."),
            )
        for old in standing:
            if old.given:
                old.withdrawn_on = max(day, old.given_on or day)  # The same, by somebody else, on an older paper.
            else:
                session.delete(old)  # A refusal that became a consent on the same paper.
        session.add(
            Consent(
                person_id=person_id, event_id=event_id, purpose=purpose, given=given, given_on=day,
                given_by_id=given_by_id or None, given_by_name=clean(given_by_name), source=source,
                text_id=text.id if text else None, attachment_id=attachment_id, recorded_at=now,
            )
        )  # fmt: skip
    session.flush()
    return len(person_ids)


def withdraw(session: Session, keys: Sequence[str], *, on: dt.date) -> int:
    """Somebody takes a consent back; that it was given until then stays written."""
    changed = 0
    for consent in session.scalars(select(Consent).where(Consent.id.in_(keys))):
        if consent.given and consent.withdrawn_on is None:
            if consent.given_on and on < consent.given_on:
                raise OfficeError(
                    T("A consent cannot be withdrawn before the day it was given ({day}).", day=consent.given_on),
                    safe=T("Nothing was changed."),
                )
            consent.withdrawn_on = on
            changed += 1
    session.flush()
    return changed


def consents_of(session: Session, person_id: str, *, language: str = "sl") -> list[ConsentRow]:
    """Every decision of a person, the newest first."""
    query = (
        select(Consent, Event, ConsentText.version)
        .outerjoin(Event, Event.id == Consent.event_id)
        .outerjoin(ConsentText, ConsentText.id == Consent.text_id)
        .where(Consent.person_id == person_id)
        .order_by(Consent.recorded_at.desc(), Consent.id.desc())
    )
    return [
        ConsentRow(
            c.id, c.purpose, state_of(c), _title(event, language), c.given_on, signed_by(session, c), c.source, version,
            c.withdrawn_on, c.attachment_id, c.remarks,
        )
        for c, event, version in session.execute(query)
    ]  # fmt: skip


def state_of(consent: Consent) -> str:
    if consent.withdrawn_on is not None:
        return WITHDRAWN
    return GIVEN if consent.given else REFUSED


def states(session: Session, person_ids: Iterable[str], event_id: str | None) -> dict[str, dict[str, Consent]]:
    """For each person the decision that stands for each purpose: that for the event, else the general one."""
    found: dict[str, dict[str, Consent]] = {}
    wanted = list(person_ids)
    for start in range(0, len(wanted), 500):
        query = select(Consent).where(
            Consent.person_id.in_(wanted[start : start + 500]),
            or_(Consent.event_id.is_(None), Consent.event_id == event_id),
        )
        # General ones first, so that those of the event win; of several the last.
        query = query.order_by(Consent.event_id.is_not(None), Consent.recorded_at, Consent.id)
        for consent in session.scalars(query):
            found.setdefault(consent.person_id, {})[consent.purpose] = consent
    return found


def minors_of_event(session: Session, event_id: str, *, everybody: bool = False) -> list[MinorRow]:
    """The minors among those who are (or may yet be) coming, in Slovene order; with `everybody` the refused too.

    Somebody whose age cannot be told is no minor here; the list of people without a birth date is another.
    """
    event = session.get_one(Event, event_id)
    limit = minors.child_age(session)
    query = (
        select(Registration, Person, Organisation.name_sl)
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .where(Registration.event_id == event_id, _may_be_young(event, limit))
    )
    if not everybody:
        query = query.where(Registration.status.not_in(_NOT_COMING))
    young = []
    for registration, person, organisation in session.execute(query):
        age = age_of(person, event.starts_on)
        if ages.is_below(age, limit):
            young.append((registration, person, organisation, age))
    people = [person.id for _, person, _, _ in young]
    decided, guardians = states(session, people, event_id), guardians_of(session, people)
    rows = []
    for registration, person, organisation, age in young:
        known = decided.get(person.id, {})
        paper = known.get("participation")
        said = {purpose: state_of(known[purpose]) if purpose in known else NONE for purpose in PURPOSES}
        rows.append(
            MinorRow(
                registration.id, person.id, person.family_name, person.given_name, organisation or "", age,
                registration.status, tuple(guardians.get(person.id, ())), said, paper.given_on if paper else None,
                signed_by(session, paper) if paper else "", paper.attachment_id if paper else None,
                tuple(purpose for purpose in ("participation",) if said[purpose] != GIVEN),
            )
        )  # fmt: skip
    return sorted(rows, key=lambda row: (sort_key(row.family_name), sort_key(row.given_name)))


def count_missing(session: Session, event_id: str) -> int:
    """How many of the minors who are (or may yet be) coming have no consent of their parents; for the event's head."""
    event = session.get(Event, event_id)
    if event is None or event.starts_on is None:
        return 0
    limit = minors.child_age(session)
    coming = (Registration.event_id == event_id, Registration.status.not_in(_NOT_COMING))
    # With a birth date the database can count them; what is only known roughly goes through the rule of ages.
    born_later = Person.birth_date > _birthday(event.starts_on, limit)
    by_date = (
        select(func.count())
        .select_from(Registration)
        .join(Person, Person.id == Registration.person_id)
        .where(*coming, born_later, func.coalesce(PARTICIPATION, "none") != GIVEN)
    )
    query = (
        select(Person.id, Person.birth_date, Person.birth_year, Person.age_group, Person.age_group_on)
        .join(Registration, Registration.person_id == Person.id)
        .where(*coming, Person.birth_date.is_(None), _may_be_young(event, limit))
    )
    young = [
        person_id
        for person_id, born, year, group, said_on in session.execute(query)
        if ages.is_below(
            ages.age_on(event.starts_on, birth_date=born, birth_year=year, age_group=group, age_group_on=said_on), limit
        )
    ]
    decided = states(session, young, event_id)
    given = (decided.get(person_id, {}).get("participation") for person_id in young)
    roughly = sum(1 for consent in given if consent is None or state_of(consent) != GIVEN)
    return roughly + (session.scalar(by_date) or 0)


def may_decide_alone(session: Session, person_id: str, purpose: str, day: dt.date) -> bool:
    """Whether somebody's own consent is valid on that day: for coming along from the age of a grown-up, for anything
    else from the age of own consent (both are settings); True also when the age is not known."""
    person = session.get_one(Person, person_id)
    limit = minors.child_age(session) if purpose == "participation" else minors.own_consent_age(session)
    return not ages.is_below(age_of(person, day), limit)


def _refuse_own(session: Session, person_ids: Sequence[str], purpose: str, day: dt.date) -> None:
    young = [key for key in person_ids if not may_decide_alone(session, key, purpose, day)]
    if young:
        people = (session.get_one(Person, key) for key in young)
        raise OfficeError(
            T("This consent is not valid without a parent or guardian: {purpose}.", purpose=PURPOSES[purpose]),
            safe=T("Nothing was changed."),
            todo=T("Write the parent or guardian of the minor first; their consent is recorded then."),
            details=[verbatim(f"{p.given_name} {p.family_name}".strip()) for p in people],
        )


# Who certainly does not come needs no paper; who waits or is new may.
_NOT_COMING = STAYS_AWAY & {"declined", "cancelled"}
assert set(STATUSES) >= _NOT_COMING


def _birthday(day: dt.date, limit: int) -> dt.date:
    """Whoever is born after it has not completed `limit` years on `day`; 29 February completes a year on 1 March."""
    if (day.month, day.day) == (2, 29) and not isleap(day.year - limit):
        return dt.date(day.year - limit, 2, 28)
    return day.replace(year=day.year - limit)


def _may_be_young(event: Event, limit: int) -> ColumnElement[bool]:
    """Who may be below the limit on the first day, for the database; ages themselves are computed by the one rule."""
    year = (event.starts_on or dt.date.min).year
    return or_(
        Person.birth_date > dt.date(max(year - limit - 1, 1), 1, 1), Person.birth_year >= year - limit - 1,
        Person.age_group != "",
    )  # fmt: skip


def _standing(person_id: str, purpose: str, event_id: str | None) -> Any:
    return select(Consent).where(
        Consent.person_id == person_id, Consent.purpose == purpose, Consent.withdrawn_on.is_(None),
        Consent.event_id.is_(None) if event_id is None else Consent.event_id == event_id,
    )  # fmt: skip


def _title(event: Event | None, language: str) -> str:
    if event is None:
        return ""
    return (event.title_en if language == "en" else "") or event.title_sl

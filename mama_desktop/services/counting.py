"""Who takes a place at an event, against what it has places for: counted under a lock, before anything is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop import i18n
from mama_desktop.domain.capacity import (
    QUOTA_KINDS,
    ChosenOption,
    EventOption,
    Exceeded,
    Limits,
    Quota,
    Taker,
    counted,
    exceeded,
)
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import GENDERS, Person
from mama_desktop.domain.regions import REGIONS
from mama_desktop.domain.registrations import ROLES, TAKES_PLACE, Registration
from mama_desktop.domain.text import T, Text, verbatim


class OverCapacity(OfficeError):
    """More would come than there are places for; the office may want it: ask once, call again with over_capacity."""

    def __init__(self, exceeded: Sequence[Exceeded]) -> None:
        first = exceeded[0]
        what = (
            T("There are {places} places; with these it would be {taken}.", places=first.places, taken=first.taken)
            if first.kind == "event"
            else T("{name}: there are {places} places; with these it would be {taken}.",
                   name=_name(first), places=first.places, taken=first.taken)
        )  # fmt: skip
        super().__init__(
            what,
            safe=T("Nothing was changed."),
            todo=T("Choose fewer people, put somebody on the waiting list, or accept over capacity on purpose."),
            details=[T("{name}: {now}", name=_name(e), now=e.now) for e in exceeded],
        )
        self.exceeded = tuple(exceeded)

    def __reduce__(self) -> tuple[object, ...]:
        return (OverCapacity, (self.exceeded,))


def _name(over: Exceeded) -> Text:
    return over.name or named(over.kind, over.value, {}, "sl")


def lock_events(session: Session, event_ids: Iterable[str]) -> None:
    """Until the end of this write nobody else counts the places of these events (a file is locked as a whole)."""
    session.execute(select(Event.id).where(Event.id.in_(sorted(set(event_ids)))).order_by(Event.id).with_for_update())


def limits_of(session: Session, event_id: str) -> Limits:
    """What the event, its options and its quotas have places for."""
    quotas = select(Quota.kind, Quota.value, Quota.places).where(Quota.event_id == event_id)
    options = select(EventOption.id, EventOption.places).where(
        EventOption.event_id == event_id, EventOption.places.is_not(None)
    )
    return Limits(
        session.scalar(select(Event.capacity).where(Event.id == event_id)),
        {(kind, value): places for kind, value, places in session.execute(quotas)},
        {key: places for key, places in session.execute(options) if places is not None},
    )


def takers(
    session: Session, event_id: str, *, statuses: Collection[str] = TAKES_PLACE, keys: Collection[str] = ()
) -> dict[str, Taker]:
    """By key, the registrations of these statuses and those of `keys` whatever their status.

    Country and region are those of the sending organisation, without one of residence.
    """
    query = (
        select(
            Registration.id, Registration.organisation_id, Organisation.country, Person.country, Organisation.region,
            Person.region, Person.gender, Registration.role,
        )
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .where(Registration.event_id == event_id)
    )  # fmt: skip
    rows: list[Any] = list(session.execute(query.where(Registration.status.in_(list(statuses)))))
    for some in chunks(keys):
        rows += session.execute(query.where(Registration.id.in_(some), Registration.status.not_in(list(statuses))))
    options = options_chosen(session, event_id)
    return {
        key: Taker(
            key, organisation or "", of_organisation or of_person or "", its_region or region or "", gender, role,
            options.get(key, frozenset()),
        )
        for key, organisation, of_organisation, of_person, its_region, region, gender, role in rows
    }  # fmt: skip


def options_chosen(session: Session, event_id: str) -> dict[str, frozenset[str]]:
    """Registration → the options it has chosen."""
    query = (
        select(ChosenOption.registration_id, ChosenOption.option_id)
        .join(EventOption, EventOption.id == ChosenOption.option_id)
        .where(EventOption.event_id == event_id)
    )
    found: dict[str, set[str]] = defaultdict(set)
    for registration, option in session.execute(query):
        found[registration].add(option)
    return {key: frozenset(options) for key, options in found.items()}


def accepted(session: Session, event_id: str) -> int:
    """How many take a place of the event."""
    query = select(func.count()).where(Registration.event_id == event_id, Registration.status.in_(TAKES_PLACE))
    return session.scalar(query) or 0


def with_names(session: Session, over: Iterable[Exceeded], *, language: str = "sl") -> tuple[Exceeded, ...]:
    """The same, each with what a person calls it."""
    over = tuple(over)
    known = names(session, [e.value for e in over if e.kind in ("option", "organisation")], language)
    return tuple(replace(e, name=named(e.kind, e.value, known, language)) for e in over)


def names(session: Session, keys: Collection[str], language: str) -> dict[str, str]:
    """What options and organisations are called, by key."""
    found: dict[str, str] = {}
    for record in (EventOption, Organisation) if keys else ():
        query = select(record.id, record.name_sl, record.name_en).where(record.id.in_(keys))
        found |= {key: (en if language == "en" and en else sl) for key, sl, en in session.execute(query)}
    return found


def named(kind: str, value: str, names: dict[str, str], language: str) -> Text:
    """What a limit is called; `names`: of organisations and options by key."""
    if kind == "event":
        return T("Places of the event")
    if kind == "option":
        return verbatim(names.get(value, ""))
    if not value:
        return QUOTA_KINDS[kind]
    known: dict[str, dict[str, Text]] = {"region": dict(REGIONS), "gender": dict(GENDERS), "role": dict(ROLES)}
    words = (
        verbatim(i18n.language(language).country(value))
        if kind == "country"
        else known[kind].get(value, verbatim(value))
        if kind in known
        else verbatim(names.get(value, value))
    )
    return T("{what}: {which}", what=QUOTA_KINDS[kind], which=words)


def would_exceed(
    session: Session, event_id: str, keys: Collection[str], *, limits: Limits | None = None, language: str = "sl"
) -> tuple[Exceeded, ...]:
    """What would be over if these registrations took a place as well; who takes one already counts once."""
    limits = limits or limits_of(session, event_id)
    if limits.are_none:
        return ()
    now = takers(session, event_id)
    coming = [t for key, t in takers(session, event_id, statuses=(), keys=keys).items() if key not in now]
    return with_names(session, exceeded(limits, counted(now.values()), counted(coming)), language=language)


def registrations_by_key(session: Session, keys: Collection[str]) -> list[Registration]:
    """The records of these keys that are still there."""
    found: list[Registration] = []
    for some in chunks(keys):
        found += session.scalars(select(Registration).where(Registration.id.in_(some)))
    return found


def chunks(keys: Collection[str]) -> Iterable[list[str]]:
    """At most 500 at a time: what one statement may ask for."""
    wanted = list(keys)
    for start in range(0, len(wanted), 500):
        yield wanted[start : start + 500]

"""Consents and choices that a registration form asks for: among the answers on their way in, then where they belong.

On its way in each stands in words under a heading of its own, like any answer, so that it is compared, shown and
decided about; when the file is taken in, consents become consents and choices take their places.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop import i18n
from mama_desktop.domain.capacity import ChosenOption, EventOption
from mama_desktop.domain.consents import PURPOSES, Consent
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T, fold
from mama_desktop.services import capacity, consents
from mama_desktop.services.counting import registrations_by_key

_AGREE, _DISAGREE = T("I agree"), T("I do not agree")


@dataclass(frozen=True)
class Group:
    """Options offered together. heading: under which they travel. names: key of an option → its name in sl and en."""

    heading: str
    names: Mapping[str, tuple[str, str]]
    only_one: bool


def consent_heading(purpose: str) -> str:
    label = PURPOSES.get(purpose)
    return _say(T("Consent on the form: {purpose}", purpose=label)) if label is not None else purpose


def groups(session: Session, event_id: str) -> dict[str, Group]:
    """The options of an event: key of any of them → the group it belongs to."""
    query = select(EventOption).where(EventOption.event_id == event_id)
    together: dict[str, list[EventOption]] = {}
    for option in sorted(session.scalars(query), key=lambda one: (one.position, one.id)):
        together.setdefault(option.group_sl or option.group_en, []).append(option)
    found: dict[str, Group] = {}
    for name, options in together.items():
        names = {one.id: (one.name_sl, one.name_en or one.name_sl) for one in options}
        group = Group(name or _say(T("Choice on the form")), names, options[0].only_one)
        found |= dict.fromkeys(names, group)
    return found


def told(session: Session, event_id: str, people: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What is kept of consents and choices, as rows of a file say it.

    people: key of a registration → of its person. Returns key of a registration → heading → words, where any.
    """
    found: dict[str, dict[str, str]] = {}
    by_person = {person: key for key, person in people.items()}
    query = select(Consent.person_id, Consent.purpose, Consent.given).where(
        Consent.event_id == event_id, Consent.withdrawn_on.is_(None)
    )
    for person_id, purpose, given in session.execute(query):
        if person_id in by_person:
            found.setdefault(by_person[person_id], {})[consent_heading(purpose)] = _say(_AGREE if given else _DISAGREE)
    known = groups(session, event_id)
    chosen: dict[tuple[str, str], list[str]] = {}
    query_options = (
        select(ChosenOption.registration_id, ChosenOption.option_id)
        .join(EventOption, EventOption.id == ChosenOption.option_id)
        .where(EventOption.event_id == event_id)
        .order_by(EventOption.position, EventOption.id)
    )
    for registration_id, option_id in session.execute(query_options):
        group = known[option_id]
        chosen.setdefault((registration_id, group.heading), []).append(group.names[option_id][0])
    for (registration_id, heading), names in chosen.items():
        if registration_id in people:
            found.setdefault(registration_id, {})[heading] = "; ".join(names)
    return found


def settle(session: Session, event_id: str, *, now: dt.datetime) -> int:
    """Put what came in among the answers where it belongs; returns how many decisions and choices that were.

    What cannot be kept so (a place that is full, words that are none of the choices, the consent of somebody too young
    to give it) stays an extra answer.
    """
    headings = {consent_heading(purpose): purpose for purpose in PURPOSES}
    by_heading = {group.heading: group for group in groups(session, event_id).values()}
    wanted = headings.keys() | by_heading.keys()
    rows = session.execute(select(Registration.id, Registration.answers).where(Registration.event_id == event_id))
    keys = [key for key, said in rows if said and not wanted.isdisjoint(said)]
    settled = 0
    for registration in registrations_by_key(session, keys):
        left = dict(registration.answers)
        for heading, said in registration.answers.items():
            if heading in headings:
                done = _consent(session, registration, headings[heading], said, now)
            elif heading in by_heading:
                done = _choose(session, registration, by_heading[heading], said)
            else:
                continue
            if done:
                del left[heading]
                settled += 1
        if left != registration.answers:
            registration.answers = left
    session.flush()
    return settled


def _consent(session: Session, registration: Registration, purpose: str, said: Any, now: dt.datetime) -> bool:
    given = _given(said)
    if given is None:
        return not said
    sent = registration.applied_at or now
    starts_on = session.get_one(Event, registration.event_id).starts_on
    # A file copied later has a later day: who was too young on the first day of the event was so before it.
    day = min(sent.date(), starts_on or sent.date())
    if given and not consents.may_decide_alone(session, registration.person_id, purpose, day):
        return False
    consents.record(
        session, [registration.person_id], purpose, given, now=now, event_id=registration.event_id,
        given_on=sent.date(), source="form",
    )  # fmt: skip
    return True


def _given(said: Any) -> bool | None:
    words = fold(str(said))
    if words in {fold(i18n.language(code).say(_DISAGREE)) for code in i18n.LANGUAGES}:
        return False
    return True if words in {fold(i18n.language(code).say(_AGREE)) for code in i18n.LANGUAGES} else None


def _choose(session: Session, registration: Registration, group: Group, said: Any) -> bool:
    """The chosen options of a group as the form has them now; one that is full stays a wish among the answers."""
    if not said:
        return True
    by_name = {fold(name): key for key, names in group.names.items() for name in names}
    wanted = [by_name.get(fold(part.strip())) for part in str(said).split(";") if part.strip()]
    if None in wanted:
        return False
    mine = [key for key in capacity.options_of(session, registration.id) if key in group.names]
    try:
        for key in _known(wanted):
            with session.begin_nested():
                capacity.choose_option(session, registration.id, key)
    except OfficeError:
        return False
    for key in mine:
        if key not in wanted:
            capacity.leave_option(session, registration.id, key)
    session.flush()
    return True


def _known(keys: Iterable[str | None]) -> list[str]:
    return [key for key in keys if key is not None]


def _say(text: Any) -> str:
    return i18n.language("sl").say(text)

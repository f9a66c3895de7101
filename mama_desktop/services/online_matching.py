"""Whom the people of a meeting's report are: sure, or a question, among those registered and those the office knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mama_desktop.domain.people import email_key, name_key
from mama_desktop.domain.registrations import STATUSES
from mama_desktop.domain.text import T, Text
from mama_desktop.intake.meeting_reports import Attendee, is_device
from mama_desktop.services import known_people
from mama_desktop.services.known_people import Known, Organisations, Registered, traits_of
from mama_desktop.services.matching import REASONS, Traits, alike, choose, evidence, reasons, verdict

# Of one first name more than these are asked of nobody.
_MOST = 6


@dataclass(frozen=True)
class Candidate:
    """Somebody it may be. registration_id: None for who is not registered for the event."""

    person_id: str
    registration_id: str | None
    name: str
    detail: str
    why: tuple[Text, ...] = ()
    status: str = ""


@dataclass(frozen=True)
class Match:
    """registration_id: whom it surely is. options: whom it may be; one that is not registered comes as a walk-in."""

    registration_id: str | None = None
    options: tuple[Candidate, ...] = ()


class Registrations:
    """Who is registered for an event, ready to be looked up by name and e-mail."""

    def __init__(self, session: Session, event_id: str) -> None:
        self.registered = known_people.registered(session, event_id)
        self.people = known_people.by_key(session, self.registered)
        self.organisations = Organisations(session)
        self.by_name: dict[str, list[Known]] = {}
        self.by_email: dict[str, list[Known]] = {}
        self._by_word: dict[str, list[Known]] = {}
        for person in self.people.values():
            self.by_name.setdefault(person.name_key, []).append(person)
            if person.email_key:
                self.by_email.setdefault(person.email_key, []).append(person)
            for word in {w for name in person.name_key.split() for w in (name, name[:3])}:
                self._by_word.setdefault(word, []).append(person)

    def of(self, person: Known) -> Registered | None:
        return self.registered.get(person.id)

    def candidate(self, person: Known, why: Iterable[Text]) -> Candidate:
        ours = self.of(person)
        organisation = self.organisations.name_of(ours.organisation_id if ours else person.organisation_id)
        status = ours.status if ours else ""
        detail = " · ".join(filter(None, (organisation, person.email)))
        said = (*why, STATUSES[status] if ours else T("not registered"))
        return Candidate(person.id, ours.id if ours else None, person.name, detail, said, status)

    def alike(self, key: str) -> list[tuple[Known, str]]:
        """Those registered whose name resembles this one, and how."""
        found: dict[str, tuple[Known, str]] = {}
        words = key.split()
        for word in {w for name in words for w in (name, name[:3])}:
            for person in self._by_word.get(word, ()):
                if person.id not in found:
                    how = alike(key, person.name_key)
                    if not how and len(words) == 1 and words[0] in person.name_key.split():
                        how = "part"
                    found[person.id] = (person, how)
        return [(person, how) for person, how in found.values() if how]


def match(session: Session, event_id: str, attendees: Sequence[Attendee]) -> list[Match]:
    """For each of the report's people who it is among those registered for the event, else whom it may be."""
    there = Registrations(session, event_id)
    keys = [[key for name in one.names if (key := name_key(name, ""))] for one in attendees]
    left = {key for one in keys for key in one if " " in key} - there.by_name.keys()
    known = known_people.named(session, left)
    return [_match(one, theirs, there, known) for one, theirs in zip(attendees, keys, strict=True)]


def _match(one: Attendee, keys: Sequence[str], there: Registrations, known: dict[str, list[Known]]) -> Match:
    mail = email_key(one.email)
    options: dict[str, Candidate] = {}
    for key in keys:
        who, asked = _of_name(Traits(key, mail), there.by_name.get(key, ()), there)
        if who is not None:
            return Match(who)
        options |= {c.person_id: c for c in asked}
    behind = there.by_email.get(mail, ()) if mail else ()
    if not options and len(behind) == 1 and _may_be(one, keys, behind[0]):
        return Match(there.registered[behind[0].id].id)
    for person in behind:
        options.setdefault(person.id, there.candidate(person, (T("same e-mail"), T("another name"))))
    if not options:
        for key in keys:
            found = there.alike(key)
            if len(found) <= _MOST:
                options |= {p.id: there.candidate(p, (REASONS[how],)) for p, how in found}
    if not options:
        for key in keys:
            for person in known.get(key, ())[:_MOST]:
                found_of = evidence(Traits(key, mail), traits_of(person, None))
                options[person.id] = there.candidate(person, reasons(found_of))
    return Match(None, tuple(options.values()))


def _of_name(traits: Traits, people: Sequence[Known], there: Registrations) -> tuple[str | None, tuple[Candidate, ...]]:
    """The registration of whom a name surely means, or those it may mean (the rules of `matching`)."""
    found = {p.id: evidence(traits, traits_of(p, there.of(p))) for p in people}
    sure, asked = choose([(key, verdict(one)) for key, one in found.items()])
    if sure is not None:
        return there.registered[sure].id, ()
    return None, tuple(there.candidate(there.people[key], reasons(found[key])) for key in asked)


def _may_be(one: Attendee, keys: Sequence[str], person: Known) -> bool:
    """Whether a name and the e-mail of this person go together: a device, a part of the name, a slip of the pen."""
    if is_device(one.written) or one.written == one.email:
        return True
    theirs = set(person.name_key.split())
    return any(set(key.split()) & theirs or alike(key, person.name_key) for key in keys)

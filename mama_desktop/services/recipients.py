"""Who is written to: in which language, at which address, through whom, and who is left out and why."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from mama_desktop.domain import ages
from mama_desktop.domain.consents import Guardian
from mama_desktop.domain.events import Event
from mama_desktop.domain.groups import Membership
from mama_desktop.domain.letters import MAILING_KINDS
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.parties import Party
from mama_desktop.domain.people import Person, age_of
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T, Text, sort_key
from mama_desktop.i18n import language as language_of
from mama_desktop.services import consents, office
from mama_desktop.services.fields.group import is_current

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_BETWEEN = re.compile(r"[\s;,<>]+")
_CHUNK = 500


@dataclass(frozen=True)
class Audience:
    """Who was chosen: registrations of an event, people (of the list, of a group), or organisations."""

    event_id: str = ""
    registration_ids: tuple[str, ...] = ()
    person_ids: tuple[str, ...] = ()
    organisation_ids: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return self.registration_ids or self.person_ids or self.organisation_ids


@dataclass(frozen=True)
class Reader:
    """Somebody who reads a letter about another: a parent or guardian."""

    given_name: str
    family_name: str
    gender: str


@dataclass(frozen=True)
class Recipient:
    """One reader. key: of the registration, or of the person without one.

    mail_name, mail: who gets the mail and their addresses, none when nobody of theirs has one. through: why it goes
    to somebody else. why_language: why it is written in this language when nobody said so. post: lines of the address
    on paper, the name first; empty when no address is known. people: keys of those it is about, of a contact person.
    party_id: by which party they were registered. called: how a list and a file name one who stands for others.
    reader: who is greeted in their place.
    """

    key: str
    person_id: str | None
    registration_id: str | None
    organisation_id: str | None
    given_name: str
    family_name: str
    gender: str
    language: str
    organisation: str = ""
    mail_name: str = ""
    mail: tuple[str, ...] = ()
    through: Text | None = None
    why_language: Text | None = None
    post: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    party_id: str | None = None
    called: str = ""
    reader: Reader | None = None

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or self.organisation

    @property
    def file_name(self) -> str:
        """Family name first, as in every list."""
        return self.called or f"{self.family_name} {self.given_name}".strip() or self.organisation


@dataclass(frozen=True)
class LeftOut:
    """Somebody who is not written to. why: consent, or empty."""

    key: str
    name: str
    why: Text


def addresses_of(words: str) -> tuple[str, ...]:
    """The usable addresses in a field that may hold none, one or several."""
    return tuple(dict.fromkeys(part for part in _BETWEEN.split(words or "") if _ADDRESS.fullmatch(part)))


def recipients(
    session: Session, audience: Audience, *, kind: str, today: dt.date, language: str = ""
) -> tuple[list[Recipient], list[LeftOut]]:
    """Those who are written to, in Slovene order of their names, and who is left out.

    language: "sl" or "en" for everybody, empty for each one's own. What is written about a missing consent goes to the
    guardian who may sign, as far as one is known.
    """
    rows = _rows(session, audience)
    refused = who_refused(session, [row.person.id for row in rows], audience.event_id, today)
    home = str(office.setting(session, "office.country") or "SI")
    below = int(office.setting(session, "minors.child_age"))
    for_guardians = kind == "consent"
    young = [row.person for row in rows if row.is_younger_than(below)]
    children = [person.id for person in young if for_guardians or not addresses_of(person.email)]
    guardians = _guardians(session, children, on_paper=for_guardians)
    found, left = [], []
    # Namesakes in the order in which they were chosen; a database has none of its own.
    places = {key: place for place, key in enumerate(audience.keys)}
    rows.sort(key=lambda one: places[one.registration.id if one.registration else one.person.id])
    for row in sorted(rows, key=lambda one: (sort_key(one.person.family_name), sort_key(one.person.given_name))):
        made = _recipient(row, None if for_guardians else guardians.get(row.person.id), language, home)
        if for_guardians and (guardian := guardians.get(row.person.id)) is not None:
            made = _for_guardian(made, row.person, guardian, home)
        if kind in MAILING_KINDS and row.person.id in refused:
            left.append(LeftOut(made.key, made.name, T("does not want news and invitations")))
        else:
            found.append(made)
    return found, left


def of_group(session: Session, group_id: str, *, today: dt.date) -> tuple[str, ...]:
    """The people who get the mail of a working group now."""
    query = (
        select(Membership.person_id)
        .where(Membership.group_id == group_id, is_current(today), Membership.gets_mail)
        .order_by(Membership.id)
    )
    return tuple(dict.fromkeys(session.scalars(query)))


@dataclass(frozen=True)
class _Row:
    person: Person
    organisation: Organisation | None
    registration: Registration | None = None
    party: Party | None = None
    contact: Person | None = None
    starts_on: dt.date | None = None

    def is_younger_than(self, years: int) -> bool:
        if self.starts_on is None:
            return False
        p = self.person
        return ages.is_below(age_of(p, self.starts_on), years) is True


def _rows(session: Session, audience: Audience) -> list[_Row]:
    contact = aliased(Person)
    found: list[_Row] = []
    for some in _chunks(audience.registration_ids):
        query = (
            select(Person, Organisation, Registration, Party, contact, Event.starts_on)
            .select_from(Registration)
            .join(Person, Person.id == Registration.person_id)
            .join(Event, Event.id == Registration.event_id)
            .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
            .outerjoin(Party, Party.id == Registration.party_id)
            .outerjoin(contact, contact.id == Party.contact_id)
            .where(Registration.id.in_(some))
        )
        found += [_Row(*row) for row in session.execute(query)]
    for some in _chunks(() if audience.registration_ids else audience.person_ids):
        people = (
            select(Person, Organisation)
            .outerjoin(Organisation, Organisation.id == Person.organisation_id)
            .where(Person.id.in_(some))
        )
        found += [_Row(*row) for row in session.execute(people)]
    return found


def _recipient(row: _Row, guardian: Person | None, wanted: str, home: str) -> Recipient:
    person, organisation = row.person, row.organisation
    language, why = _language(person, organisation, wanted, home)
    made = Recipient(
        key=row.registration.id if row.registration else person.id,
        person_id=person.id,
        registration_id=row.registration.id if row.registration else None,
        organisation_id=organisation.id if organisation else None,
        given_name=person.given_name,
        family_name=person.family_name,
        gender=person.gender,
        language=language,
        organisation=name_of(organisation, language),
        why_language=why,
        post=post_lines(person, organisation, language, home),
        party_id=row.party.id if row.party else None,
    )
    own = addresses_of(person.email)
    party, contact = row.party, row.contact
    theirs = addresses_of(party.contact_email) or addresses_of(contact.email if contact else "") if party else ()
    if theirs and not (contact is not None and contact.id == person.id):
        name = full_name(contact) if contact else ""
        through = T("goes to the contact person of the group {group}", group=party.name if party else "")
        return replace(made, mail=theirs, mail_name=name, through=through)
    if not own and guardian is not None:
        through = T("a minor without an e-mail: goes to the guardian")
        return replace(made, mail=addresses_of(guardian.email), mail_name=full_name(guardian), through=through)
    return replace(made, mail=own, mail_name=made.name)


def _for_guardian(made: Recipient, child: Person, guardian: Person, home: str) -> Recipient:
    """The same letter in the guardian's hands: greeted, addressed at their home or the child's."""
    name, mail = full_name(guardian), addresses_of(guardian.email)
    post = post_lines(guardian, None, made.language, home) or post_lines(child, None, made.language, home, name)
    through = T("about a minor: goes to the guardian {name}", name=name)
    if not mail and made.mail:
        # Of the two, only the child (or who registered the child) can be reached by mail.
        return replace(made, post=post or made.post, reader=_reader(guardian))
    return replace(
        made, mail=mail, mail_name=name, through=through, post=post or made.post, reader=_reader(guardian)
    )  # fmt: skip


def _reader(person: Person) -> Reader:
    return Reader(person.given_name, person.family_name, person.gender)


def _language(
    person: Person, organisation: Organisation | None, wanted: str, home: str
) -> tuple[str, Text | None]:  # fmt: skip
    if wanted:
        return wanted, None
    if person.language in ("sl", "en"):
        return person.language, None
    country = (organisation.country if organisation else "") or person.country
    if country and country != home:
        return "en", T("no language is written; the country is not ours")
    return "sl", T("no language is written")


def name_of(organisation: Organisation | None, language: str) -> str:
    if organisation is None:
        return ""
    return (organisation.name_en if language == "en" and organisation.name_en else organisation.name_sl) or ""


def full_name(person: Person) -> str:
    return f"{person.given_name} {person.family_name}".strip()


def post_lines(
    person: Person | None, organisation: Organisation | None, language: str, home: str, name: str = ""
) -> tuple[str, ...]:
    """The address on an envelope: home when it is known, else the organisation's; empty when neither is."""
    name = name or (full_name(person) if person else "")
    at_home = person is not None and bool(person.street or person.postal_code) and bool(person.town)
    place: Any = person if at_home else organisation
    if place is None or not place.town:
        return ()
    lines = [name] if at_home else [name, name_of(organisation, language)]
    lines += [place.street, f"{place.postal_code} {place.town}".strip()]
    if place.country and place.country != home:
        # The universal postal rule: the country in the language of the sender's post, in capitals.
        lines.append(language_of("en").country(place.country).upper())
    return tuple(dict.fromkeys(line for line in lines if line))


def who_refused(session: Session, people: Sequence[str], event_id: str, today: dt.date) -> set[str]:
    """Who refused news and invitations, or withdrew the consent."""
    found = set()
    for person, by_purpose in consents.states(session, people, event_id or None).items():
        one = by_purpose.get("mailing")
        if one is not None and (not one.given or (one.withdrawn_on is not None and one.withdrawn_on <= today)):
            found.add(person)
    return found


def _guardians(session: Session, people: Sequence[str], *, on_paper: bool = False) -> dict[str, Person]:
    """For each of these the guardian who may sign and has an e-mail; on paper one without, when nobody has."""
    found: dict[str, Person] = {}
    others: dict[str, Person] = {}
    for some in _chunks(people):
        query = (
            select(Guardian.person_id, Person)
            .join(Person, Person.id == Guardian.guardian_id)
            .where(Guardian.person_id.in_(some), Guardian.is_legal)
            .order_by(Guardian.id)
        )
        for key, guardian in session.execute(query):
            if addresses_of(guardian.email):
                found.setdefault(key, guardian)
            elif on_paper:
                others.setdefault(key, guardian)
    return others | found


def _chunks(keys: Iterable[str]) -> Iterable[list[str]]:
    all_keys = list(dict.fromkeys(keys))
    return (all_keys[i : i + _CHUNK] for i in range(0, len(all_keys), _CHUNK))

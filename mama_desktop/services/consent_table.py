"""The table in which papers of parents are ticked off as they come back: a row for each minor of an event."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.consents import Consent, ConsentText
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.files import Attachment
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import STATUSES, Registration
from mama_desktop.domain.rows import FieldInfo, Found, Listing
from mama_desktop.domain.text import T, clean, fold
from mama_desktop.services import consent_words, consents, files, guardians, short_ids
from mama_desktop.services.consents import ON_PAPER, MinorRow
from mama_desktop.services.fields.consent import CONSENT_STATES
from mama_desktop.services.files import Brought

# What can be keyed in; a withdrawal is made on the person's card, with its day.
_DECISIONS = {key: CONSENT_STATES[key] for key in (consents.NONE, consents.GIVEN, consents.REFUSED)}
_SHOWN = {**_DECISIONS, consents.WITHDRAWN: CONSENT_STATES[consents.WITHDRAWN]}
FIELDS = (
    FieldInfo("family_name", T("Family name"), editable=False, width=130),
    FieldInfo("given_name", T("Given name"), editable=False, width=110),
    FieldInfo("age", T("Age"), "age", editable=False, width=60),
    FieldInfo("participation", T("Participation"), "choice", choices=_SHOWN, width=140),
    FieldInfo("data", T("Personal data"), "choice", choices=_SHOWN, width=140),
    FieldInfo("photo", T("Photos"), "choice", choices=_SHOWN, width=140),
    FieldInfo("publication", T("Publication"), "choice", choices=_SHOWN, width=140),
    FieldInfo("given_on", T("Signed on"), "date", width=110),
    FieldInfo("guardian", T("Parent or guardian"), "person", sensitivity="personal", width=170),
    FieldInfo("guardian_phone", T("Phone of the guardian"), "phone", sensitivity="personal", width=150),
    FieldInfo("version", T("Version of the words"), width=90),
    FieldInfo("scan", T("Scan"), "bool", editable=False, width=70),
    FieldInfo("organisation", T("Organisation"), editable=False, width=200),
    FieldInfo("status", T("Registration"), "choice", editable=False, choices=STATUSES, width=140),
)


def minors_table(session: Session, event_id: str) -> Listing:
    """The minors of an event; keys are those of their registrations."""
    rows = consents.minors_of_event(session, event_id)
    versions = _versions(session, event_id)
    return Listing(
        FIELDS, [row.registration_id for row in rows], [_shown(row, versions.get(row.person_id, {})) for row in rows]
    )


def decide(
    session: Session, keys: Sequence[str], purposes: Sequence[str], given: bool | None, *, now: dt.datetime,
    on: dt.date | None = None, by: str = "", version: str | int | None = None,
) -> int:  # fmt: skip
    """Tick off papers: these registrations' guardians decided so for these purposes.

    on: the day on the paper. by: the name on it, each one's guardian who may sign when not said. version: of the words
    on it, "2" or one for each sentence, those in use on that day when not said. A scan that was dropped before belongs
    to the consent.
    """
    if on is not None and on > now.date():
        raise OfficeError(
            T("The day {day} is yet to come: nobody can have signed on it.", day=on),
            safe=T("Nothing was changed."),
            todo=T("Write the day that stands beside the signature."),
        )
    versions = _read_versions(session, str(version)) if version is not None else {}
    for key in keys:
        registration = session.get_one(Registration, key)
        known = guardians.guardians_of(session, [registration.person_id]).get(registration.person_id, [])
        wanted = fold(by)
        signer = next((g.person_id for g in known if (fold(g.name) == wanted if wanted else g.is_legal)), None)
        scan = _latest_scan(session, key)
        for purpose in purposes:
            consents.record(
                session, [registration.person_id], purpose, given, now=now, event_id=registration.event_id,
                given_on=on, given_by_id=signer, given_by_name="" if signer else clean(by), source="paper",
                attachment_id=scan, version=versions.get(purpose),
            )  # fmt: skip
    return len(keys)


@dataclass(frozen=True)
class Proposed:
    """What would be kept with papers ticked off now. signers: of each, the guardian's name, empty when none is known;
    version: of the words in use on that day, as it stands on the paper ("1", or "2, 1, 1, 1" for each sentence)."""

    signers: tuple[str, ...]
    version: str


def proposed(session: Session, keys: Sequence[str], *, on: dt.date) -> Proposed:
    """Who signs for these registrations, and in which words, when a paper of that day is ticked off."""
    people = {r.id: r.person_id for r in session.scalars(select(Registration).where(Registration.id.in_(keys)))}
    known = guardians.guardians_of(session, list(people.values()))
    names = [next((g.name for g in known.get(people.get(key, ""), []) if g.is_legal), "") for key in keys]
    each = [str(consent_words.version_on(session, purpose, on)) for purpose in ON_PAPER]
    return Proposed(tuple(names), ", ".join(each) if len(set(each)) > 1 else each[0])


def change_cell(
    session: Session, keys: Sequence[str], field: str, value: Any, *, now: dt.datetime, on: dt.date | None = None,
    by: str = "", version: str | None = None,
) -> int:  # fmt: skip
    """A finished edit of a cell of the table, for one minor or several; on, by, version: of a decision, as `decide`."""
    if field in ON_PAPER:
        if value not in _DECISIONS:
            raise OfficeError(
                T("A withdrawal has its own day."),
                safe=T("The old value stays."),
                todo=T("Open the person, choose the consent under Consents, write the day and press Withdraw."),
            )
        given = {consents.GIVEN: True, consents.REFUSED: False}.get(value)
        return decide(session, keys, [field], given, now=now, on=on, by=by, version=version)
    for key in keys:
        registration = session.get_one(Registration, key)
        if field == "given_on":
            _set_day(session, registration, value)
        elif field == "version":
            _set_version(session, registration, str(value or ""))
        elif field == "guardian":
            _set_guardian(session, registration.person_id, value)
        elif field == "guardian_phone":
            _set_phone(session, registration.person_id, clean(str(value or "")))
    session.flush()
    return len(keys)


def attach_scan(
    session: Session, keys: Sequence[str], brought: Sequence[Brought], *, now: dt.datetime, who: str
) -> int:
    """Keep a scanned paper with these registrations and with the consents that stand on it."""
    for key in keys:
        added = files.add_files(session, "registration", key, brought, now=now, who=who, kind="consent")
        for consent in _of_event(session, session.get_one(Registration, key)):
            consent.attachment_id = added.keys[0]
    session.flush()
    return len(keys)


def attach_to(session: Session, keys: Sequence[str], brought: Sequence[Brought], *, now: dt.datetime, who: str) -> int:
    """Keep a scan with the person and with these decisions of theirs."""
    for consent in session.scalars(select(Consent).where(Consent.id.in_(keys))):
        added = files.add_files(session, "person", consent.person_id, brought, now=now, who=who, kind="consent")
        consent.attachment_id = added.keys[0]
    session.flush()
    return len(keys)


def find_paper(session: Session, event_id: str, said: str) -> tuple[str, str] | None:
    """(event, registration) of the code on a paper, typed or scanned: "MAMA:P:K7Q2-M9XT4:1" or "k7q2 m9xt4".

    A scanner that believes in another keyboard swaps Y and Z and writes other signs between. The event that is open
    is looked through first. None: no such paper.
    """
    code = re.sub(r"^\W*MAMA.P.", "", said.strip().upper())
    match = re.match(r"([0-9A-Z]{4})[^0-9A-Z]?([0-9A-Z]{5})(?:[^0-9A-Z]+[0-9]+)?$", code)
    if match is None:
        return None
    swapped = str.maketrans("YZ", "ZY")
    codes = {short_ids.as_short_id(words) for words in (match[1] + match[2], (match[1] + match[2]).translate(swapped))}
    codes.discard("")
    here = session.scalars(select(Registration.id).where(Registration.event_id == event_id))
    for key in here:
        if short_ids.short_id(key) in codes:
            return event_id, key
    found = next(iter(short_ids.resolve_all(session, "registration", codes).values()), None)
    return (session.get_one(Registration, found).event_id, found) if found else None


def _of_event(session: Session, registration: Registration) -> list[Consent]:
    query = select(Consent).where(
        Consent.person_id == registration.person_id, Consent.event_id == registration.event_id,
        Consent.withdrawn_on.is_(None),
    )  # fmt: skip
    return list(session.scalars(query))


def _set_day(session: Session, registration: Registration, day: dt.date | None) -> None:
    found = _of_event(session, registration)
    if not found:
        raise OfficeError(
            T("Nothing is ticked off for this minor yet."),
            safe=T("The old value stays."),
            todo=T("Tick off what the paper says first; its day follows."),
        )
    for consent in found:
        # With the day go the words that were in use on it, unless a later version stands on the paper.
        before = session.get(ConsentText, consent.text_id) if consent.text_id else None
        was = consent.given_on or (consent.recorded_at.date() if consent.recorded_at else None)
        if day and was and before and before.id == consent_words.words_given(session, consent.purpose, on=was).id:
            consent.text_id = consent_words.words_given(session, consent.purpose, on=day).id
        consent.given_on = day


def _set_version(session: Session, registration: Registration, said: str) -> None:
    versions = _read_versions(session, said)
    found = [consent for consent in _of_event(session, registration) if consent.purpose in ON_PAPER]
    if not found:
        raise OfficeError(
            T("Nothing is ticked off for this minor yet."),
            safe=T("The old value stays."),
            todo=T("Tick off what the paper says first; its version follows."),
        )
    for consent in found:
        number, day = versions[consent.purpose], consent.given_on or dt.date.max
        consent.text_id = consent_words.words_given(session, consent.purpose, on=day, version=number).id


def _read_versions(session: Session, said: str) -> dict[str, int]:
    """said: "2" for every purpose its second version, or the newest before it; "2, 1, 1, 1" each as on the paper."""
    numbers = [int(part) for part in re.findall(r"[0-9]{1,6}", said)]
    if len(numbers) not in (1, len(ON_PAPER)) or re.sub(r"[0-9,;/ \[\]]", "", said):
        raise OfficeError(
            T("“{value}” is no version of the words.", value=said),
            safe=T("The old value stays."),
            todo=T("Write the number in brackets on the paper, or one for each sentence: 2, 1, 1, 1."),
        )
    if len(numbers) == len(ON_PAPER):
        return dict(zip(ON_PAPER, numbers, strict=True))
    number = numbers[0]
    nearest = {purpose: consent_words.nearest_version(session, purpose, number) for purpose in ON_PAPER}
    return nearest if number > 0 and max(nearest.values()) == number else dict.fromkeys(ON_PAPER, number)


def _versions(session: Session, event_id: str) -> dict[str, dict[str, int]]:
    """Of those who decided for this event: key of a person → purpose → version of the words."""
    query = (
        select(Consent.person_id, Consent.purpose, ConsentText.version)
        .join(ConsentText, ConsentText.id == Consent.text_id)
        .where(Consent.event_id == event_id, Consent.withdrawn_on.is_(None), Consent.purpose.in_(ON_PAPER))
        .order_by(Consent.recorded_at, Consent.id)
    )
    found: dict[str, dict[str, int]] = {}
    for person_id, purpose, version in session.execute(query):
        found.setdefault(person_id, {})[purpose] = version
    return found


def _latest_scan(session: Session, registration_id: str) -> str | None:
    query = select(Attachment.id).where(Attachment.registration_id == registration_id, Attachment.kind == "consent")
    return session.scalar(query.order_by(Attachment.added_at.desc(), Attachment.id.desc()).limit(1))


def _set_guardian(session: Session, person_id: str, value: Found | str | None) -> None:
    """Somebody known who was picked, or a name: then a new person."""
    known = guardians.guardians_of(session, [person_id]).get(person_id, [])
    picked = value if isinstance(value, Found) else None
    name = picked.title if picked else clean(str(value or ""))
    if known and (name == known[0].name if picked is None else picked.key == known[0].person_id):
        return
    if not name:
        guardians.remove_guardians(session, [known[0].key] if known else [])
        return
    guardians.add_guardian(session, person_id, guardian_id=picked.key if picked else "", name=name)
    # The name that stood there was mended or replaced: it is shown no more.
    guardians.remove_guardians(session, [g.key for g in known[:1]])


def _set_phone(session: Session, person_id: str, phone: str) -> None:
    known = guardians.guardians_of(session, [person_id]).get(person_id, [])
    if not known:
        raise OfficeError(
            T("Write the name of the parent or guardian first, then the phone."), safe=T("Nothing was changed.")
        )
    session.get_one(Person, known[0].person_id).phone = phone


def _shown(row: MinorRow, versions: dict[str, int]) -> tuple[Any, ...]:
    first = row.guardians[0] if row.guardians else None
    each = [str(versions.get(purpose, "–")) for purpose in ON_PAPER]
    known = {number for number in each if number != "–"}
    version = ", ".join(each) if len(known) > 1 else next(iter(known), "")
    return (
        row.family_name, row.given_name, row.age, *(row.states[purpose] for purpose in ON_PAPER), row.given_on,
        first.name if first else row.given_by, first.phone if first else "", version, row.attachment_id is not None,
        row.organisation, row.status,
    )  # fmt: skip

"""Where a person belonged and how they were reached over time: what is changed on the person stays with its end."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Affiliation, Person
from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import fold
from mama_desktop.services import fields
from mama_desktop.store.journal import Change, RowChange

# Of a hundred: words as alike as this differ by a typing error.
_ALIKE = 85
# A change of one of these is worth remembering what stood there before.
KEPT = ("organisation_id", "function", "email", "phone")


def before_change(session: Session, person: Person, attribute: str, value: Any, *, today: dt.date) -> None:
    """Called before a person's attribute gets another value: keeps what stood there until today.

    Several corrections of one day are one line; what was empty leaves nothing, and so do a typing error that is mended
    and what was written the same day.
    """
    before = getattr(person, attribute) if attribute in KEPT else None
    if not before or before == value or _is_mended(session, attribute, before, value):
        return
    if _written_on(session, person.id, attribute, today):
        return
    latest = session.scalar(
        select(Affiliation)
        .where(Affiliation.person_id == person.id, Affiliation.until == today)
        .order_by(Affiliation.id.desc())
        .limit(1)
    )
    if latest is not None:
        return
    since = session.scalar(
        select(Affiliation.until)
        .where(Affiliation.person_id == person.id, Affiliation.until.is_not(None))
        .order_by(Affiliation.until.desc())
        .limit(1)
    )
    session.add(
        Affiliation(
            person_id=person.id, organisation_id=person.organisation_id, function=person.function, email=person.email,
            phone=person.phone, since=since, until=today,
        )
    )  # fmt: skip
    session.flush()


def _is_mended(session: Session, attribute: str, before: str, value: Any) -> bool:
    """Whether both values say the same thing, one of them with a typing error."""
    if not value:
        return False
    if attribute == "organisation_id":
        names = [session.get_one(Organisation, key).name_sl for key in (before, str(value))]
        return fold(names[0]) == fold(names[1])
    after = str(value)
    if attribute == "phone":
        before, after = _digits(before), _digits(after)
    if attribute == "email":
        # Of an address each half counts: the same name in another house is another address.
        halves = zip(before.partition("@")[::2], after.partition("@")[::2], strict=True)
        return all(_alike(one, other) for one, other in halves)
    return _alike(before, after)


def _alike(one: str, other: str) -> bool:
    one, other = fold(one), fold(other)
    return one == other or fuzz.ratio(one, other) >= _ALIKE


def _digits(phone: str) -> str:
    """Without the country's prefix and the zero, which are the same phone written in two ways."""
    digits = re.sub(r"[^0-9+]", "", phone)
    return re.sub(r"^(\+386|00386|0)", "", digits)


def _written_on(session: Session, person_id: str, attribute: str, day: dt.date) -> bool:
    """Whether what stands there was written on this day, as the journal has it."""
    midnight = dt.datetime.combine(day, dt.time())
    query = (
        select(RowChange.before, RowChange.after)
        .join(Change, Change.number == RowChange.number)
        .where(
            RowChange.table_name == Person.__tablename__, RowChange.key == person_id, Change.at >= midnight,
            Change.at < midnight + dt.timedelta(days=1),
        )
    )  # fmt: skip
    for before, after in session.execute(query):
        was, is_now = _row(before), _row(after)
        if is_now.get(attribute) and was.get(attribute) != is_now.get(attribute):
            return True
    return False


def _row(kept: Any) -> dict[str, Any]:
    found = json.loads(kept) if isinstance(kept, str) else kept
    return found if isinstance(found, dict) else {}


def affiliations(session: Session, person_id: str, *, language: str = "sl") -> Listing:
    """The former ones of a person, the latest first; the present one stands on the person."""
    query = (
        select(Affiliation.id)
        .select_from(Affiliation)
        .outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Affiliation.person_id == person_id)
        .order_by(Affiliation.until.desc(), Affiliation.id.desc())
    )
    registry = list(fields.AFFILIATION_FIELDS.values())
    return fields.listing(session, registry, query, Affiliation.id, language=language)


def add_affiliation(session: Session, person_id: str) -> str:
    """An empty line to be filled in by hand."""
    added = Affiliation(person_id=person_id)
    session.add(added)
    session.flush()
    return added.id


def delete_affiliations(session: Session, keys: Sequence[str]) -> int:
    for found in session.scalars(select(Affiliation).where(Affiliation.id.in_(keys))):
        session.delete(found)
    session.flush()
    return len(keys)

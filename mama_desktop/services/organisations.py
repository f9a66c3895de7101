"""Organisations: the list, one by name, and what stands in the way of deleting one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.groups import Membership
from mama_desktop.domain.office import StaffMember
from mama_desktop.domain.organisations import Organisation, name_key
from mama_desktop.domain.people import Person
from mama_desktop.domain.projects import Partner
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import Found, Listing
from mama_desktop.domain.text import T, Text, clean, fold, verbatim
from mama_desktop.services import deleting, fields, places
from mama_desktop.services.counted import counted


def organisations(session: Session, *, language: str = "sl", keys: Sequence[str] | None = None) -> Listing:
    """All organisations, or those of the given keys."""
    query = (
        select(Organisation.id)
        .select_from(Organisation)
        .outerjoin(StaffMember, StaffMember.id == Organisation.liaison_id)
    )
    if keys is not None:
        query = query.where(Organisation.id.in_(keys))
    registry = list(fields.ORGANISATION_FIELDS.values())
    return fields.listing(session, registry, query, Organisation.id, language=language)


def add_organisation(session: Session, name: str, *, town: str = "", postal_code: str = "", country: str = "") -> str:
    """Add an organisation; returns its key. The name is all that is needed."""
    name = clean(name)
    if not name:
        raise OfficeError(T("Please write the organisation's name."))
    added = Organisation(
        name_sl=name,
        town=clean(town),
        postal_code=postal_code,
        country=country,
        region=places.region_of(postal_code, town, country),
    )
    session.add(added)
    session.flush()
    return added.id


def find_organisation(session: Session, name: str) -> str | None:
    """The key of the one organisation of this name in any of its spellings; None when none or several."""
    return find_organisations(session, [name]).get(name)


def find_organisations(session: Session, names: Iterable[str]) -> dict[str, str]:
    """For each name that stands for exactly one organisation, its key."""
    wanted = {name: name_key(name) for name in names}
    keys = sorted({k for k in wanted.values() if k})
    known: dict[str, set[str]] = {}
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        query = select(Organisation.id, Organisation.name_key, Organisation.short_key).where(
            or_(Organisation.name_key.in_(some), Organisation.short_key.in_(some))
        )
        for found, long, short in session.execute(query):
            known.setdefault(long, set()).add(found)
            if short:
                known.setdefault(short, set()).add(found)
    return {name: next(iter(known[key])) for name, key in wanted.items() if len(known.get(key, ())) == 1}


def name_of(session: Session, key: str, *, language: str = "sl") -> str:
    """What an organisation is called; "" when there is none of this key."""
    found = session.get(Organisation, key) if key else None
    return "" if found is None else (found.name_en if language == "en" else "") or found.name_sl


def organisation_called(session: Session, name: str) -> str | None:
    """The key of the organisation of this name, added when there is none; None for an empty name."""
    if not clean(name):
        return None
    return find_organisation(session, name) or add_organisation(session, name)


def like(session: Session, beginning: str, *, limit: int = 12) -> list[Found]:
    """Organisations for completion while somebody types, by any part of the name."""
    query = select(Organisation.id, Organisation.name_sl, Organisation.town).where(
        Organisation.search.contains(fold(beginning), autoescape=True)
    )
    found = session.execute(query.order_by(Organisation.name_sl).limit(limit))
    return [Found("organisation", key, name, town) for key, name, town in found]


def touched_by_deleting(session: Session, keys: Sequence[str]) -> list[Text]:
    """In words what goes with these organisations, and what stays without them.

    OfficeError when somebody still belongs to one of them: such are not deleted.
    """
    _refuse_named(session, keys)
    return deleting.what_hangs_on(session, Organisation.__tablename__, keys).words(Organisation.__tablename__)


def _refuse_named(session: Session, keys: Sequence[str]) -> None:
    naming = {
        column.table.name: session.scalar(select(func.count()).where(column.in_(keys))) or 0
        for column in (
            Person.__table__.c.organisation_id, Registration.__table__.c.organisation_id,
            Partner.__table__.c.organisation_id, Membership.__table__.c.organisation_id,
        )
    }  # fmt: skip
    if any(naming.values()):
        raise OfficeError(
            T("These organisations cannot be deleted: people or registrations still belong to them."),
            safe=T("Nothing was deleted."),
            todo=T("First give those people another organisation, then delete."),
            details=[
                *(counted(table, number) for table, number in naming.items() if number),
                *(verbatim(n) for n in session.scalars(select(Organisation.name_sl).where(Organisation.id.in_(keys)))),
            ],
        )


def delete_organisations(session: Session, keys: Sequence[str]) -> int:
    """Delete organisations that nobody names; others are refused with what names them."""
    _refuse_named(session, keys)
    deleting.delete_with_all(session, Organisation.__tablename__, keys)
    return len(keys)

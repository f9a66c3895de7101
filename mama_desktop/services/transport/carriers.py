"""Carriers: their list, one by name, one's card, and what a deletion touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.rows import Found, Listing
from mama_desktop.domain.text import T, Text, clean, fold, sort_key
from mama_desktop.domain.vehicles import Carrier
from mama_desktop.services import deleting, fields

_MOST = 12


@dataclass(frozen=True)
class CarrierCard:
    """values: raw values of CARRIER_FIELDS."""

    id: str
    name: str
    values: dict[str, Any]


def carriers(session: Session, *, language: str = "sl", keys: Sequence[str] | None = None) -> Listing:
    """All carriers, or those of the given keys."""
    query = fields.carriers_query()
    query = query if keys is None else query.where(Carrier.id.in_(keys))
    return fields.listing(session, list(fields.CARRIER_FIELDS.values()), query, Carrier.id, language=language)


def carrier_card(session: Session, key: str, *, language: str = "sl") -> CarrierCard | None:
    """The card of one carrier; None when it was deleted meanwhile."""
    found = carriers(session, language=language, keys=[key])
    if not found.keys:
        return None
    values = {info.key: value for info, value in zip(found.fields, found.rows[0], strict=True)}
    return CarrierCard(key, str(values["name"]), values)


def add_carrier(session: Session, name: str, **values: Any) -> str:
    """Add a carrier; returns its key. The name is all that is needed."""
    name = clean(name)
    if not name:
        raise OfficeError(T("Please write the carrier's name."))
    added = Carrier(name=name, **values)
    session.add(added)
    session.flush()
    return added.id


def carrier_called(session: Session, name: str) -> str | None:
    """The key of the carrier called so, added when there is none; None for an empty name."""
    name = clean(name)
    if not name:
        return None
    wanted = fold(name)
    for key, known in session.execute(select(Carrier.id, Carrier.name)):
        if fold(known) == wanted:
            return str(key)
    return add_carrier(session, name)


def like(session: Session, beginning: str) -> list[Found]:
    """Carriers for completion while somebody types."""
    found = session.execute(
        select(Carrier.id, Carrier.name, Carrier.town).where(Carrier.search.contains(fold(beginning), autoescape=True))
    )
    hits = [Found("carrier", key, name, town) for key, name, town in found]
    return sorted(hits, key=lambda hit: sort_key(hit.title))[:_MOST]


def touched_by_deleting(session: Session, keys: Sequence[str]) -> list[Text]:
    """In words what stays without these carriers: their vehicles stay."""
    return deleting.what_hangs_on(session, Carrier.__tablename__, keys).words(Carrier.__tablename__)


def delete_carriers(session: Session, keys: Sequence[str]) -> int:
    """Delete carriers; their vehicles stay and no longer name them."""
    deleting.delete_with_all(session, Carrier.__tablename__, keys)
    return len(keys)

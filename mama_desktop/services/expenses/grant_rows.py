"""Travel grants as a table: a row for each registration, what the office says about it corrected in the cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.expenses import ORIGINS, TravelGrant
from mama_desktop.domain.projects import CERTAINTY
from mama_desktop.domain.rows import FieldInfo, Found, Listing
from mama_desktop.domain.text import T, Text, clean
from mama_desktop.domain.travel import MEANS
from mama_desktop.i18n import language as language_of
from mama_desktop.services.expenses import travel_grants
from mama_desktop.services.expenses.travel_grants import Grant
from mama_desktop.services.fields.field import Field, registry

_LONGEST_KM = 20_100.0
ASKS = {
    "no-place": T("no place"),
    "several": T("several places of that name"),
    "no-venue": T("no place of the event"),
    "edge": T("near an edge"),
    "no-rate": T("no rate"),
    "confirm": T("to be confirmed"),
}
_FIELDS = (
    FieldInfo("person", T("Person"), editable=False, width=170),
    FieldInfo("place", T("Place"), "town", width=130),
    FieldInfo("country", T("Country"), "country", width=100),
    FieldInfo("km", T("km one way"), "decimal", editable=False, width=90),
    FieldInfo("band", T("Distance band"), editable=False, width=130),
    FieldInfo("green", T("Green travel"), "bool", width=90),
    FieldInfo("amount", T("Amount"), "money", editable=False, width=100),
    FieldInfo("travel_days", T("Travel days"), "number", width=90),
    FieldInfo("notice", T("Notice"), editable=False, width=320),
    FieldInfo("organisation", T("Organisation"), editable=False, width=190),
    FieldInfo("event", T("Event"), editable=False, width=180),
    FieldInfo("origin", T("From where"), "choice", choices=ORIGINS, width=160),
    FieldInfo("venue", T("Venue’s town"), editable=False, width=120),
    FieldInfo("km_typed", T("km by the Commission’s calculator"), "decimal", width=120),
    FieldInfo("km_typed_on", T("Read on"), "date", width=100),
    FieldInfo("means", T("Means outward"), "choice", choices=MEANS, editable=False, width=140),
    FieldInfo("certainty", T("Certainty"), "choice", choices=CERTAINTY, editable=False, width=130),
    FieldInfo("green_note", T("Why green"), width=200),
    FieldInfo("source", T("Source"), editable=False, width=220),
    FieldInfo("asks", T("To look at"), "choices", choices=ASKS, editable=False, width=170),
)
FIELDS: dict[str, FieldInfo] = {info.key: info for info in _FIELDS}


def _field(info: FieldInfo) -> Field:
    return Field(info, (), writes=getattr(TravelGrant, info.key) if info.editable else None)


GRANT_FIELDS = registry(
    *map(_field, _FIELDS),
    # No column of the table, and yet History tells of it.
    _field(FieldInfo("remarks", T("Remarks"))),
)


def grants_table(
    session: Session, *, project_id: str = "", event_id: str = "", present_only: bool = False, language: str = "sl"
) -> Listing:
    """The people of all events of a project, or of one event; keys are registrations."""
    found = (
        travel_grants.grants_of_event(session, event_id, present_only=present_only)
        if event_id
        else travel_grants.grants_of_project(session, project_id, present_only=present_only)
    )
    say = cache(language_of(language).say)
    return Listing(_FIELDS, [grant.registration_id for grant in found], [_row(grant, say) for grant in found])


def _row(grant: Grant, say: Callable[[Text], str]) -> tuple[Any, ...]:
    worth = grant.worth
    return (
        grant.person, grant.place, grant.country, grant.km, say(worth.band.label) if worth else "", grant.green,
        grant.cents, grant.travel_days, " ".join(say(text) for text in grant.remarks), grant.organisation, grant.event,
        grant.origin, grant.venue, grant.km_typed, grant.km_typed_on, grant.means,
        worth.certainty[:1] if worth else "", grant.green_note, worth.source if worth else "",
        list(grant.asks),
    )  # fmt: skip


def change_grants(session: Session, keys: Sequence[str], field_key: str, value: Any, *, today: dt.date) -> int:
    """Give a field of these registrations' grants a value; a place makes it the place they come from."""
    if field_key not in FIELDS or not FIELDS[field_key].editable:
        raise OfficeError(T("This column is computed and cannot be changed here."))
    value = value.title if isinstance(value, Found) else value
    values: dict[str, Any] = {field_key: clean(value) if isinstance(value, str) else value}
    if field_key in ("place", "country"):
        values["origin"] = "other"
    elif field_key == "km_typed":
        if value is not None and not 0 <= float(value) <= _LONGEST_KM:
            raise OfficeError(T("Nothing on earth is farther than half way around it."), safe=T("The old value stays."))
        # When it was read is kept with it, as the calculator may say another thing tomorrow.
        values["km_typed_on"] = today if value is not None else None
    for key in keys:
        travel_grants.set_grant(session, key, **values)
    return len(keys)


def total_cents(listing: Listing) -> int:
    place = listing.column("amount")
    return sum(row[place] or 0 for row in listing.rows)


def without_rate(listing: Listing) -> int:
    """How many rows have no amount because the rates know none for the project."""
    place = listing.column("asks")
    return sum("no-rate" in (row[place] or ()) for row in listing.rows)


def open_questions(listing: Listing) -> Iterable[str]:
    """Keys of the rows that ask for something; that a short way is paid nothing asks for nothing."""
    place = listing.column("asks")
    return (key for key, row in zip(listing.keys, listing.rows, strict=True) if row[place])


def change_field(session: Session, keys: Sequence[str], field: Field, value: Any, *, now: dt.datetime) -> int:
    """The same as `change_grants`, as `editing.change` asks it."""
    return change_grants(session, keys, field.key, value, today=now.date())

"""Columns of a form about travel ("Kako pridete?", "Številka leta"): what they are called, and the legs they fill."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, select
from sqlalchemy.orm import Session

from mama_desktop.domain.base import Choices
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T, Text, clean
from mama_desktop.domain.travel import MEANS, TravelLeg
from mama_desktop.services.transport import legs
from mama_desktop.services.when import read_time

YES_NO: Choices = {"yes": T("yes"), "no": T("no")}
_ONE_WAY, _OTHER_WAY, _BOTH = ("there",), ("back",), ("there", "back")
_NUMBERS = frozenset({"luggage", "seats_offered"})


@dataclass(frozen=True)
class TravelColumn:
    """A column of a file that fills legs. ends: attribute of the leg for each direction it speaks of.

    kind: as the intake reads it (text, choice, number). choices: its values and their words.
    """

    label: Text
    ends: Mapping[str, str]
    kind: str = "text"
    choices: Mapping[str, Text] | None = None

    @property
    def attribute(self) -> str:
        return next(iter(self.ends.values()))


def _of(directions: Iterable[str], attribute: str) -> dict[str, str]:
    return dict.fromkeys(directions, attribute)


# What is asked without a direction is meant for both; whoever asks for both ways says so in the heading.
TRAVEL_COLUMNS: dict[str, TravelColumn] = {
    "travel_means": TravelColumn(T("Means of travel"), _of(_BOTH, "means"), "choice", MEANS),
    "travel_from": TravelColumn(T("Travels from"), {"there": "from_place", "back": "to_place"}),
    "travel_needs": TravelColumn(T("Needs transport"), _of(_BOTH, "needs_transport"), "choice", YES_NO),
    "travel_there_means": TravelColumn(T("Outward: means of travel"), _of(_ONE_WAY, "means"), "choice", MEANS),
    "travel_there_needs": TravelColumn(
        T("Outward: needs transport"), _of(_ONE_WAY, "needs_transport"), "choice", YES_NO
    ),
    "travel_there_time": TravelColumn(T("Outward: time"), _of(_ONE_WAY, "time")),
    "travel_there_number": TravelColumn(T("Outward: flight or train"), _of(_ONE_WAY, "number")),
    "travel_there_point": TravelColumn(T("Outward: station or airport"), _of(_ONE_WAY, "point")),
    "travel_back_to": TravelColumn(T("Return: to"), _of(_OTHER_WAY, "to_place")),
    "travel_back_means": TravelColumn(T("Return: means of travel"), _of(_OTHER_WAY, "means"), "choice", MEANS),
    "travel_back_needs": TravelColumn(
        T("Return: needs transport"), _of(_OTHER_WAY, "needs_transport"), "choice", YES_NO
    ),
    "travel_back_time": TravelColumn(T("Return: time"), _of(_OTHER_WAY, "time")),
    "travel_back_number": TravelColumn(T("Return: flight or train"), _of(_OTHER_WAY, "number")),
    "travel_back_point": TravelColumn(T("Return: station or airport"), _of(_OTHER_WAY, "point")),
    "travel_luggage": TravelColumn(T("Pieces of luggage"), _of(_BOTH, "luggage"), "number"),
    "travel_seats": TravelColumn(T("Offers seats"), _of(_BOTH, "seats_offered"), "number"),
    "travel_remarks": TravelColumn(T("Remarks on travel"), _of(_ONE_WAY, "remarks")),
}
_LONGEST = {
    name: column.type.length
    for name in ("from_place", "to_place", "point", "number")
    if isinstance((column := TravelLeg.__table__.columns[name]).type, String)
}


def tidy(values: dict[str, Any], answers: dict[str, str], heading_of: Any) -> None:
    """Values of these columns as they are compared and kept; what cannot be read so stays an extra answer.

    Hours are "07:50", a yes or no "yes" and "no". heading_of(key): the heading of an answer.
    """
    for key in [key for key in values if key in TRAVEL_COLUMNS]:
        column, value = TRAVEL_COLUMNS[key], values[key]
        if column.attribute == "needs_transport":
            values[key] = {True: "yes", False: "no"}.get(value, value)
        elif column.attribute == "time":
            said = _hour(value)
            if said is None:
                answers.setdefault(heading_of(key), str(values.pop(key)))
            else:
                values[key] = said
        elif column.attribute in _NUMBERS:
            if not isinstance(value, int) or not 0 <= value < 1000:
                answers.setdefault(heading_of(key), str(values.pop(key)))
        elif isinstance(value, str):
            most = _LONGEST.get(column.attribute)
            values[key] = clean(value)
            if most and len(values[key]) > most:
                answers.setdefault(heading_of(key), values.pop(key))


def told(session: Session, event_id: str) -> dict[str, dict[str, Any]]:
    """Registration → what its legs say, by the keys of these columns; only what is said."""
    query = (
        select(TravelLeg).join(Registration, Registration.id == TravelLeg.registration_id)
        .where(Registration.event_id == event_id)
    )  # fmt: skip
    found: dict[str, dict[str, Any]] = {}
    for leg in session.scalars(query):
        said = found.setdefault(leg.registration_id, {})
        for key, column in TRAVEL_COLUMNS.items():
            # Of what is asked for both ways the way there is compared.
            if next(iter(column.ends)) == leg.direction:
                value = _kept(getattr(leg, column.ends[leg.direction]))
                if value not in ("", None):
                    said[key] = value
    return found


def take(session: Session, wanted: Mapping[str, Mapping[str, Any]], *, now: dt.datetime) -> None:
    """Write what a file says into the legs of these registrations (registration → column → value)."""
    groups: dict[tuple[str, Any], list[str]] = {}
    for registration, values in wanted.items():
        for key, value in values.items():
            if key in TRAVEL_COLUMNS and value not in ("", None):
                groups.setdefault((key, value), []).append(registration)
    order = list(TRAVEL_COLUMNS)
    for (key, value), registrations in sorted(groups.items(), key=lambda one: (order.index(one[0][0]), str(one[0][1]))):
        column = TRAVEL_COLUMNS[key]
        said = dt.time.fromisoformat(value) if column.attribute == "time" else value
        for direction, attribute in column.ends.items():
            rows = [legs.leg_key(registration, direction) for registration in registrations]
            legs.set_field(session, rows, attribute, said, now=now)


def _hour(value: Any) -> str | None:
    if isinstance(value, dt.datetime):
        value = value.time()
    try:
        at = value if isinstance(value, dt.time) else read_time(str(value))
    except ValueError:
        return None
    return at.strftime("%H:%M") if at else None


def _kept(value: Any) -> Any:
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value

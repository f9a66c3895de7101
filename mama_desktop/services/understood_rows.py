"""A row as our fields hold it: what is put together, what comes back from our own lists, and what cannot be kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import String

from mama_desktop import i18n
from mama_desktop.domain.ages import band_edges
from mama_desktop.domain.base import Base
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person, email_key, name_key
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T, Text, fold
from mama_desktop.intake.candidates import Candidate
from mama_desktop.services import column_mapping
from mama_desktop.services.countries import country_of
from mama_desktop.services.fields import REGISTRATION_FIELDS
from mama_desktop.services.transport import travel_columns

# The tool's own number of a registration has no field of ours; it is kept as an extra answer under this heading.
TOOL_NUMBER = "ID"
_OLDEST = dt.date(1900, 1, 1)


def understood(source: Candidate, today: dt.date) -> tuple[dict[str, Any], dict[str, str]]:
    """The values and extra answers of a row as our fields hold them."""
    values, answers = dict(source.values), dict(source.answers)
    if not email_key(values.get("email") or ""):
        values.pop("email", None)
    if second := values.pop("street_2", ""):
        values["street"] = ", ".join(filter(None, (values.get("street"), second)))
    if number := values.pop("registration_id", ""):
        answers[TOOL_NUMBER] = str(number)
    for key in ("arrival", "departure"):
        if isinstance(values.get(key), dt.datetime):
            values[key] = values[key].date()
    if any(key.startswith(column_mapping.COMPUTED) for key in values):
        _of_computed(values, answers)
    if any(key in travel_columns.TRAVEL_COLUMNS for key in values):
        travel_columns.tidy(values, answers, _travel_heading)
    age = values.pop("age", None)
    if age is not None and not any(values.get(k) for k in ("birth_date", "birth_year", "age_group")):
        values["age_group"] = str(int(age))
    group = values.get("age_group", "")
    if group and band_edges(group) is None:
        answers.setdefault(_heading("age_group"), values.pop("age_group"))
    elif group:
        values["age_group_on"] = values["submitted_at"].date() if values.get("submitted_at") else today
    return values, answers


def _of_computed(values: dict[str, Any], answers: dict[str, str]) -> None:
    """What the program computes itself comes back with its own lists; in a stranger's file it is an answer."""
    found = {key: values.pop(key) for key in list(values) if key.startswith(column_mapping.COMPUTED)}
    band = found.get(column_mapping.AGE_BAND, "")
    if band and band_edges(band):
        values.setdefault("age_group", band)
    if region := found.get(column_mapping.REGION, ""):
        answers[_heading("region")] = region
    if country := found.get(column_mapping.ORGANISATION_COUNTRY, ""):
        values["organisation_country"] = country_of(country)
    source = found.get(column_mapping.SOURCE, "")
    if source and fold(source) not in column_mapping.own_sources():
        answers[_heading("source")] = source


def _heading(key: str) -> str:
    return i18n.language("sl").say(REGISTRATION_FIELDS[key].info.label)


def _travel_heading(key: str) -> str:
    return i18n.language("sl").say(travel_columns.TRAVEL_COLUMNS[key].label)


def problems_in(source: Candidate, values: dict[str, Any], too_long: dict[str, int], today: dt.date) -> Iterable[Text]:
    """Why the row cannot be taken in, or should be looked at first."""
    yield from (problem.text for problem in source.problems)
    if not source.blocked and not name_key(values.get("given_name", ""), values.get("family_name", "")):
        yield T("Nobody is named in this row.")
    arrival, departure = values.get("arrival"), values.get("departure")
    if arrival and departure and arrival > departure:
        yield T("The departure ({departure}) is before the arrival ({arrival}).", arrival=arrival, departure=departure)
    born = values.get("birth_date")
    if born and not _OLDEST <= born <= today:
        yield T("{day} is not a possible birth date.", day=born)
    for key, most in too_long.items():
        yield T(
            "“{column}” is longer than {most} characters: {value}…", column=REGISTRATION_FIELDS[key].info.label,
            most=most, value=values[key][:40],
        )  # fmt: skip


def longer_than_kept(values: dict[str, Any]) -> dict[str, int]:
    """Fields whose words are longer than the database keeps, with how long they may be."""
    long = [key for key, value in values.items() if type(value) is str and len(value) > _SHORTEST_LIMIT]
    return {key: _LONGEST[key] for key in long if key in _LONGEST and len(values[key]) > _LONGEST[key]}


def _longest(record: type[Base], names: Iterable[str]) -> dict[str, int]:
    columns = record.metadata.tables[record.__tablename__].columns
    types = {name: columns[name].type for name in names}
    return {name: kind.length for name, kind in types.items() if isinstance(kind, String) and kind.length}


_LONGEST = {
    **_longest(Person, ("family_name", "given_name", "email", "phone", "other_phone", "age_group", "street",
                        "postal_code", "town", "country", "language", "function")),
    **_longest(Registration, ("role", "status")),
    "organisation": _longest(Organisation, ("name_sl",))["name_sl"],
}  # fmt: skip
_SHORTEST_LIMIT = min(_LONGEST.values())

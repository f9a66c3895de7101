"""What a row of a file says otherwise than we do: never an empty value against ours, never a mere way of writing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from mama_desktop.domain.people import email_key
from mama_desktop.domain.registrations import may_follow
from mama_desktop.domain.text import fold
from mama_desktop.services.comparison import Change
from mama_desktop.services.fields import ANSWER
from mama_desktop.services.known_people import Known, Organisations, Registered, traits_of
from mama_desktop.services.matching import IMPOSSIBLE, OTHER, Traits, evidence, phone_key
from mama_desktop.services.places import region_label
from mama_desktop.services.source_rows import Said, plain_value
from mama_desktop.services.transport.travel_columns import TRAVEL_COLUMNS

# Keys of the registry of fields that a file may fill, as they stand on the person.
PERSON_TEXTS = (
    "family_name", "given_name", "email", "phone", "other_phone", "street", "postal_code", "town", "country",
    "function",
)  # fmt: skip
PERSON_VALUES = (*PERSON_TEXTS, "birth_date", "birth_year", "age_group", "gender", "language")
REGISTRATION_VALUES = (
    "role", "arrival", "departure", "diet", "allergies", "remarks", "emergency_name", "emergency_relation",
    "emergency_phone",
)  # fmt: skip
# What an empty cell may take away: never a name.
_MAY_BE_EMPTIED = ("email", "phone", "other_phone", "street", "function", "arrival", "departure", "diet", "allergies",
                   "remarks")  # fmt: skip
# A source's word is taken where somebody does not come, or does not come yet; the rest is the office's to decide.
STATUSES_TAKEN = frozenset({"cancelled", "declined", "waiting", "invited"})
# What nobody has decided by hand yet follows the file.
_UNDECIDED = frozenset({"invited", "applied", "waiting"})


def changes(
    values: Mapping[str, Any],
    answers: Mapping[str, str],
    person: Known,
    registration: Registered | None,
    *,
    traits: Traits,
    organisations: Organisations,
    said: Said | None = None,
    asked: frozenset[str] = frozenset(),
    corrected: bool = False,
) -> tuple[Change, ...]:
    """What would change with a known person and, where there is one, the registration.

    said: the row as the form had it the last time; asked: what its columns are about now. corrected: the row comes from
    our own list, mended outside, so that every difference is meant.
    """
    found = list(_of_person(values, person, registration, traits))
    if registration is not None:
        # Of our own list the region comes back, which is computed and no answer.
        region = fold(str(region_label(person.region)))
        told = {heading: words for heading, words in answers.items() if fold(words) != region}
        found += _of_registration(values, told, registration, organisations)
    if corrected:
        found = [replace(change, ticked=True) for change in found]
    elif said is not None:
        found = list(_since(found, said.values, organisations))
        found += _emptied(values, answers, said.values, person, registration, asked)
        found += _come_back(said, registration)
    return tuple(found)


def _since(found: Iterable[Change], said: Mapping[str, Any], organisations: Organisations) -> Iterator[Change]:
    """Of what the form says otherwise than we do: what it did not say the last time already."""
    for change in found:
        before = said.get(change.field) or ""
        if _says(change.field, before, change.after, organisations):
            continue
        if change.field == "status":
            yield change
        elif _says(change.field, before, change.before or "", organisations):
            yield replace(change, ticked=True)
        else:
            yield replace(change, ticked=False, clash=True, said_before=before)


def _says(key: str, one: Any, other: Any, organisations: Organisations) -> bool:
    """Whether two values say the same, as kept or as they are."""
    if other == "unknown":
        other = ""
    one, other = plain_value(one), plain_value(other)
    if not one or not other:
        return not one and not other
    if key == "organisation":
        return bool(one == other or organisations.mark(one) == organisations.mark(other))
    return _same(key, one, other)


def _emptied(
    values: Mapping[str, Any],
    answers: Mapping[str, str],
    said: Mapping[str, Any],
    person: Known,
    registration: Registered | None,
    asked: frozenset[str],
) -> Iterator[Change]:
    """What the form said and no longer says, though it still asks: proposed for the event, a question of the person."""
    if registration is None:
        return
    for key in _MAY_BE_EMPTIED:
        if key in said and key in asked and not values.get(key):
            of_person = key in PERSON_TEXTS
            ours = getattr(person if of_person else registration, key)
            if ours and (plain_value(ours) == said[key] or _same(key, plain_value(ours), said[key])):
                after: Any = [] if key == "diet" else None if key in ("arrival", "departure") else ""
                yield Change(key, ours, after, of_person=of_person, ticked=not of_person)
    for field, before in said.items():
        heading = field.removeprefix(ANSWER)
        if field != heading and not asked.isdisjoint((heading, field)) and not answers.get(heading):
            ours = registration.answers.get(heading)
            if ours and plain_value(ours) == before:
                yield Change(field, ours, "", of_person=False, ticked=True)


def _come_back(said: Said, registration: Registered | None) -> Iterator[Change]:
    """Who is in the form again after being gone, and was cancelled meanwhile."""
    if said.gone_at and registration is not None and registration.status == "cancelled":
        by_office = registration.cancelled_by == "office"
        yield Change("status", "cancelled", "applied", of_person=False, ticked=not by_office)


def _of_person(
    values: Mapping[str, Any], person: Known, registration: Registered | None, traits: Traits
) -> Iterator[Change]:
    if not is_same_name(values, person):
        ours, theirs = (person.given_name, person.family_name), (values.get("given_name"), values.get("family_name"))
        for key, before, after in zip(("given_name", "family_name"), ours, theirs, strict=True):
            if after and after != before:
                yield Change(key, before, after, of_person=True, ticked=False)
    for key in PERSON_VALUES[2:]:
        after = values.get(key)
        before = getattr(person, key)
        if not after or after == before or after == "unknown":
            continue
        if before in (None, "", "unknown"):
            # An age says nothing new of somebody whose birth is known.
            if not (key in ("birth_year", "age_group") and traits_of(person, registration).born):
                yield Change(key, before or "", after, of_person=True, ticked=True)
        elif not _same(key, before, after) and not (key == "age_group" and _age_fits(traits, person, registration)):
            yield Change(key, before, after, of_person=True, ticked=False)


def _of_registration(
    values: Mapping[str, Any], answers: Mapping[str, str], ours: Registered, organisations: Organisations
) -> Iterator[Change]:
    said_again = _later(values.get("submitted_at"), ours.applied_at)
    for key in REGISTRATION_VALUES:
        after = values.get(key)
        if after and not _same(key, before := getattr(ours, key), after):
            yield Change(key, before, after, of_person=False, ticked=not before or said_again)
    for key in TRAVEL_COLUMNS:
        after = values.get(key)
        if after and not _same(key, before := ours.travel.get(key, ""), after):
            yield Change(key, before, after, of_person=False, ticked=not before or said_again)
    name = values.get("organisation", "")
    if name and organisations.mark(name, values.get("organisation_town", "")) != ours.organisation_id:
        before = organisations.name_of(ours.organisation_id)
        yield Change("organisation", before, name, of_person=False, ticked=not before or said_again)
    status = values.get("status")
    if status and status != ours.status and may_follow(ours.status, status):
        ticked = status in ("cancelled", "declined") and ours.status in _UNDECIDED
        yield Change("status", ours.status, status, of_person=False, ticked=ticked)
    for heading, after in answers.items():
        before = ours.answers.get(heading)
        if after and fold(str(before or "")) != fold(after):
            yield Change(ANSWER + heading, before or "", after, of_person=False, ticked=not before or said_again)


def is_same_name(values: Mapping[str, Any], person: Known) -> bool:
    """Whether the file writes the name as we do, or worse: without accents, in capitals, family name first."""
    ours = (person.given_name, person.family_name)
    theirs = (values.get("given_name") or "", values.get("family_name") or "")
    if ours == theirs or ours == theirs[::-1]:
        return True
    same = sorted(map(_plain, ours)) == sorted(map(_plain, theirs))
    return same and ("".join(theirs).isascii() or not "".join(ours).isascii())


def _plain(name: str) -> str:
    return fold(name).replace("-", " ")


def _age_fits(traits: Traits, person: Known, registration: Registered | None) -> bool:
    return evidence(traits, traits_of(person, registration)).birth not in (IMPOSSIBLE, OTHER)


def _later(said: dt.datetime | None, ours: dt.datetime | None) -> bool:
    """Whether somebody has signed up again since; a list exported without seconds is not later."""
    return bool(said and ours and said.replace(second=0, microsecond=0) > ours)


def _same(key: str, before: Any, after: Any) -> bool:
    match key:
        case "email":
            return email_key(before) == email_key(after)
        case "phone" | "other_phone" | "emergency_phone":
            return before == after or phone_key(before) == phone_key(after) != ""
        case "diet":
            return set(before or ()) == set(after)
        case "postal_code":
            return str(before).replace(" ", "") == str(after).replace(" ", "")
        case _:
            return (
                fold(before) == fold(after) if isinstance(before, str) and isinstance(after, str) else before == after
            )

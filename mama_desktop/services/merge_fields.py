"""The fields of two people or organisations side by side: what differs, what shall stay, what is kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person, email_key
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T, Text, fold, words_of
from mama_desktop.services import fields, places
from mama_desktop.services.matching import phone_key

KEEP, GONE, BOTH = "keep", "gone", "both"
_EMPTY: tuple[Any, ...] = (None, "", [], {}, "unknown")
_REGISTRIES = {"person": fields.PERSON_FIELDS, "organisation": fields.ORGANISATION_FIELDS}
# What is of one piece comes from one record.
_TOGETHER = (("street", "postal_code", "town", "country"), ("organisation_id", "function"))
_NAMES = frozenset({"family_name", "given_name", "name_sl", "name_en", "short_name"})
_SWAPPED = ("family_name", "given_name")
_FOLLOWS = {"age_group": ("age_group_on",)}


@dataclass(frozen=True)
class MergeField:
    """One field of both. key: its column. shown_…: what a screen says of the values. chosen: KEEP, GONE or BOTH."""

    key: str
    info: FieldInfo
    kept: Any
    gone: Any
    shown_kept: Any
    shown_gone: Any
    chosen: str = KEEP

    @property
    def differs(self) -> bool:
        return bool(self.kept != self.gone)

    @property
    def can_choose(self) -> bool:
        """Whether both say something, and something else."""
        return self.differs and self.kept not in _EMPTY and self.gone not in _EMPTY and self.chosen != BOTH

    @property
    def value(self) -> Any:
        """What stays."""
        if self.chosen == BOTH:
            return "\n".join(dict.fromkeys(part for part in (self.kept, self.gone) if part))
        return self.gone if self.chosen == GONE else self.kept


def merge_fields(
    session: Session, noun: str, kept: Mapping[str, Any], gone: Mapping[str, Any], choices: Mapping[str, str], *,
    gone_is_newer: bool,
) -> tuple[MergeField, ...]:  # fmt: skip
    """Every field a person edits, with what is proposed (the fuller name, else the newer value) or was chosen."""
    record = Person if noun == "person" else Organisation
    made = []
    for known in _REGISTRIES[noun].values():
        if known.writes is None or known.record is not record or known.writes.key == "region":
            continue
        key = known.writes.key
        one, other = kept[key], gone[key]
        chosen = _proposed(key, one, other, gone_is_newer=gone_is_newer)
        if choices.get(key) in (KEEP, GONE) and chosen != BOTH:
            chosen = choices[key]
        shown = [_shown(session, known.info, value) for value in (one, other)]
        made.append(MergeField(key, known.info, one, other, shown[0], shown[1], chosen))
    return tuple(_of_one_piece(made, choices))


def _proposed(key: str, kept: Any, gone: Any, *, gone_is_newer: bool) -> str:
    if kept == gone or gone in _EMPTY:
        return KEEP
    if kept in _EMPTY or (key == "kind" and kept == "other") or (isinstance(kept, bool) and gone):
        return GONE
    if isinstance(kept, bool) or (key == "kind" and gone == "other"):
        return KEEP
    if key == "remarks":
        return BOTH
    if key in _NAMES:
        return GONE if _fullness(gone) > _fullness(kept) else KEEP
    return GONE if gone_is_newer else KEEP


def _fullness(name: str) -> tuple[int, bool, bool, int]:
    """More words, then one with šumniki and not shouted, then the longer."""
    return len(words_of(name)), fold(name) != name.lower(), not (name.isupper() or name.islower()), len(name)


def _of_one_piece(made: list[MergeField], choices: Mapping[str, str]) -> list[MergeField]:
    by_key = {field.key: field for field in made}
    if _are_swapped(by_key):
        # One of each would be a person called Kovač Kovač; the last choice is of both.
        asked = [side for key, side in choices.items() if key in _SWAPPED]
        for key in _SWAPPED:
            by_key[key] = replace(by_key[key], chosen=asked[-1] if asked else KEEP)
    for group in _TOGETHER:
        there = [by_key[key] for key in group if key in by_key]
        if any(field.key in choices for field in there) or not there or not there[0].can_choose:
            continue
        for field in there:
            by_key[field.key] = replace(field, chosen=there[0].chosen)
    return list(by_key.values())


def _are_swapped(by_key: Mapping[str, MergeField]) -> bool:
    """Whether the given name of one is the family name of the other, both ways."""
    if not by_key.keys() >= set(_SWAPPED):
        return False
    family, given = (by_key[key] for key in _SWAPPED)
    return fold(family.kept) == fold(given.gone) != fold(family.gone) == fold(given.kept)


def _shown(session: Session, info: FieldInfo, value: Any) -> Any:
    if info.kind == "organisation":
        return (session.scalar(select(Organisation.name_sl).where(Organisation.id == value)) or "") if value else ""
    if info.kind == "staff":
        from mama_desktop.domain.office import StaffMember

        return (session.scalar(select(StaffMember.name).where(StaffMember.id == value)) or "") if value else ""
    return value


def merged_values(
    noun: str, kept: Mapping[str, Any], gone: Mapping[str, Any], chosen: tuple[MergeField, ...]
) -> tuple[dict[str, Any], list[tuple[str, dict[str, Any]]], list[Text]]:
    """What the record that stays is given, the rows to add (an earlier affiliation), and that in words."""
    values = {field.key: field.value for field in chosen}
    for field in chosen:
        for follower in _FOLLOWS.get(field.key, ()):
            values[follower] = gone[follower] if field.chosen == GONE else kept[follower]
    values["region"] = places.region_of(
        values.get("postal_code") or "", values.get("town") or "", values.get("country") or ""
    )
    if noun != "person":
        return values, *_kept_of_organisation(kept, gone, values)
    return values, *_kept_of_person(kept, gone, chosen, values)


def _kept_of_organisation(
    kept: Mapping[str, Any], gone: Mapping[str, Any], values: dict[str, Any]
) -> tuple[list[tuple[str, dict[str, Any]]], list[Text]]:
    """The other spelling is worth keeping as a short name, where there is none."""
    dropped = kept["name_sl"] if values["name_sl"] != kept["name_sl"] else gone["name_sl"]
    if not values.get("short_name") and dropped != values["name_sl"] and len(dropped) <= 60:
        values["short_name"] = dropped
        return [], [T("The other name is kept as the short name: {name}", name=dropped)]
    return [], []


def _kept_of_person(
    kept: Mapping[str, Any], gone: Mapping[str, Any], chosen: tuple[MergeField, ...], values: dict[str, Any]
) -> tuple[list[tuple[str, dict[str, Any]]], list[Text]]:
    """A second phone goes into its field; a second e-mail, organisation or third phone into an earlier affiliation."""
    said: list[Text] = []
    phones = {phone_key(values[name] or "") for name in ("phone", "other_phone")}
    more = [
        row[name]
        for row in (kept, gone)
        for name in ("phone", "other_phone")
        if row[name] and phone_key(row[name]) not in phones
    ]
    more = list({phone_key(phone): phone for phone in more}.values())
    if more and not values.get("other_phone"):
        values["other_phone"] = more.pop(0)
        said.append(T("Kept as the other phone: {phone}", phone=values["other_phone"]))
    by_key = {field.key: field for field in chosen}
    loser = {name: (kept if by_key[name].chosen == GONE else gone)[name] for name in ("email", "organisation_id")}
    email = loser["email"] if email_key(loser["email"]) != email_key(values["email"]) else ""
    organisation = loser["organisation_id"] if loser["organisation_id"] != values["organisation_id"] else None
    if not (email or organisation or more):
        return [], said
    function = (kept if by_key["organisation_id"].chosen == GONE else gone)["function"] if organisation else ""
    row = {
        "person_id": kept["id"], "organisation_id": organisation, "function": function, "email": email,
        "phone": more[0] if more else "",
    }  # fmt: skip
    shown = by_key["organisation_id"]
    name = (shown.shown_kept if shown.chosen == GONE else shown.shown_gone) if organisation else ""
    parts = ", ".join(part for part in (name, email, row["phone"]) if part)
    return [("affiliation", row)], [*said, T("Kept as an earlier affiliation: {what}", what=parts)]

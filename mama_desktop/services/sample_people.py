"""The sample's invented people: siblings, namesakes, unknown birth dates and all their letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from mama_desktop.domain.text import words_of
from mama_desktop.services.places import region_of
from mama_desktop.services.sample_data import SAMPLE_DAY, data, key

PEOPLE = 400
YOUNG = frozenset({"youth", "youth-abroad"})
# Born so many years before the sample's day, by what they do.
_AGES = {"youth": (13, 28), "youth-abroad": (15, 27), "director": (30, 58), "official": (28, 62), "teacher": (26, 61)}
_WORKING_AGE = (23, 55)
_BANDS = ((0, 14, "13-14"), (15, 17, "15-17"), (18, 24, "18-24"), (25, 29, "25-29"), (30, 30, "30"), (31, 99, "31+"))
_STAGES = ((15, "child"), (19, "pupil"), (26, "student"), (99, "volunteer"))
INVENTED = "Izmišljena oseba."
# A family of two or three at one address; the last pair shares a parent's e-mail too.
_FAMILIES = ((60, 61), (75, 76, 77), (90, 91), (120, 121), (135, 136), (150, 151))
_SHARED_MAIL = ((75, 76, 77), (150, 151))
# Two of the club's young people are not of age yet.
_MINORS = {201: dt.date(2004, 5, 11), 393: dt.date(2002, 9, 30)}
# The second bears the first one's whole name and is somebody else.
_NAMESAKES = ((7, 100), (30, 165), (55, 190), (83, 140), (110, 395))


@dataclass(frozen=True)
class Somebody:
    """One invented person. `pool` says what they do, `organisation` is the key of its row in the sample's file."""

    pool: str
    organisation: str
    country: str
    values: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.values["id"])

    @property
    def name(self) -> str:
        return f"{self.values['given_name']} {self.values['family_name']}"

    @property
    def is_young(self) -> bool:
        return self.pool in YOUNG


@dataclass
class _Draft:
    pool: str
    organisation: dict[str, str] | None
    country: str
    gender: str
    given: str
    family: str
    function: str = ""


def everybody(organisations: list[dict[str, str]], staff: list[dict[str, str]]) -> list[Somebody]:
    """All 400 people, the office's own first."""
    names = data("names.json")
    chance = Random("mama-sample/people")
    drafts = list(_drafts(organisations, staff, names, chance))
    for first, second in _NAMESAKES:
        drafts[second].given, drafts[second].family = drafts[first].given, drafts[first].family
        drafts[second].gender = drafts[first].gender
    for family in _FAMILIES:
        for other in family[1:]:
            drafts[other].family = drafts[family[0]].family
    people = [_person(number, draft, names, chance) for number, draft in enumerate(drafts)]
    _make_families(people)
    for number, born in _MINORS.items():
        pupil = _function(drafts[number], SAMPLE_DAY.year - born.year - 1, names, Random(f"mama-sample/pupil/{number}"))
        unknown = {"birth_year": None, "age_group": "", "age_group_on": None}
        people[number].update(birth_date=born, function=pupil, **unknown)
    return [
        Somebody(draft.pool, draft.organisation["key"] if draft.organisation else "", draft.country, values)
        for draft, values in zip(drafts, people, strict=True)
    ]


def _drafts(
    organisations: list[dict[str, str]], staff: list[dict[str, str]], names: dict[str, Any], chance: Random
) -> Iterator[_Draft]:
    office = organisations[0]
    for member in staff:
        yield _Draft("staff", office, "SI", member["gender"], member["given"], member["family"], member["function"])
    made, taken = len(staff), {(member["given"], member["family"]) for member in staff}
    for group in names["population"]:
        for organisation in organisations[1:]:
            abroad = organisation["country"] != "SI"
            if organisation["kind"] in group["kinds"].split() and abroad == (group["country"] == "*"):
                for _ in range(group["each"]):
                    made += 1
                    yield _draft(group["role"], organisation, organisation["country"], names, chance, taken)
    while made < PEOPLE:
        made += 1
        yield _draft("youth", None, "SI", names, chance, taken)


def _draft(
    pool: str,
    organisation: dict[str, str] | None,
    country: str,
    names: dict[str, Any],
    chance: Random,
    taken: set[tuple[str, str]],
) -> _Draft:
    gender = chance.choices(("female", "male", "non-binary", "unknown"), (53, 41, 3, 3))[0]
    own = names[country]
    given_names = own[gender if gender in ("female", "male") else "neutral"].split()
    while True:
        name = chance.choice(given_names), chance.choice(own["family"].split())
        if name not in taken:
            taken.add(name)
            return _Draft(pool, organisation, country, gender, *name)


def _person(number: int, draft: _Draft, names: dict[str, Any], chance: Random) -> dict[str, Any]:
    organisation = draft.organisation or {"postal_code": "1000", "town": "Ljubljana", "key": ""}
    age = chance.randint(*_AGES.get(draft.pool, _WORKING_AGE))
    function = draft.function or _function(draft, age, names, chance)
    street = f"{chance.choice(names['streets'][draft.country].split('|'))} {chance.randint(1, 89)}"
    has_street, has_town, has_email = chance.random() < 0.8, chance.random() < 0.94, chance.random() < 0.92
    postal_code, town = (organisation["postal_code"], organisation["town"]) if has_town else ("", "")
    country = draft.country if has_town else ""
    email = ".".join("-".join(words_of(part)) for part in (draft.given, draft.family))
    return {
        "id": key("person", str(number)),
        "family_name": draft.family,
        "given_name": draft.given,
        # The number keeps namesakes' mailboxes apart.
        "email": f"{email}{number}@example.org" if has_email else "",
        "phone": f"{names['phones'][draft.country]} {number:03}" if chance.random() < 0.85 else "",
        **_birth(age, chance),
        "gender": draft.gender,
        "street": street if has_street and has_town else "",
        "postal_code": postal_code,
        "town": town,
        "country": country,
        "region": region_of(postal_code, town, country),
        "language": "sl" if draft.country == "SI" else "en",
        "organisation_id": key("organisation", organisation["key"]) if organisation["key"] else None,
        "function": function,
        "remarks": INVENTED,
    }


def _function(draft: _Draft, age: int, names: dict[str, Any], chance: Random) -> str:
    """What they are, in the form of their gender; children, pupils, students."""
    group = draft.pool
    if group in YOUNG:
        stage = next(stage for below, stage in _STAGES if age < below)
        group = stage + group.removeprefix("youth")
    form = draft.gender if draft.gender in ("female", "male") else "other"
    return str(chance.choice(names["functions"][group][form].split("|")))


def _birth(age: int, chance: Random) -> dict[str, Any]:
    """A birth date, only a year, only a stated age group, or nothing."""
    born = SAMPLE_DAY - dt.timedelta(days=age * 365 + chance.randint(20, 360))
    stated_on = dt.date(2020, 1, chance.randint(7, 31))
    known = chance.choices(("date", "year", "group", ""), (58, 14, 12, 16))[0]
    group = next(band for low, high, band in _BANDS if low <= age <= high)
    return {
        "birth_date": born if known == "date" else None,
        "birth_year": born.year if known == "year" else None,
        "age_group": group if known == "group" else "",
        "age_group_on": stated_on if known == "group" else None,
    }


def _make_families(people: list[dict[str, Any]]) -> None:
    """One address for each family; some share a parent's mailbox, which must not make them one person."""
    for family in _FAMILIES:
        eldest = people[family[0]]
        eldest["street"] = eldest["street"] or "Lipova ulica 7"
        if not eldest["town"]:
            eldest.update(postal_code="8270", town="Krško", country="SI", region=region_of("8270", "Krško", "SI"))
        for other in family[1:]:
            people[other].update(
                {name: eldest[name] for name in ("street", "postal_code", "town", "country", "region")}
            )
    for family in _SHARED_MAIL:
        for member in family:
            people[member]["email"] = f"druzina{family[0]}@example.org"

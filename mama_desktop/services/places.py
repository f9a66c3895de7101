"""Where a town lies: municipality and statistical region in Slovenia, towns to complete while typing."""

from __future__ import annotations

import csv
import gzip
import math
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from mama_desktop import resources
from mama_desktop.domain.regions import REGIONS
from mama_desktop.domain.text import T, Text, clean, fold

# A settlement in a neighbouring municipality is decided by a post only while it is this near to it.
_POST_REACH_KM = 20.0
_KM_PER_DEGREE = 111.2
_LEADING_CODE = re.compile(r"^(?:[A-Za-z]{1,3}[- ])?(\d{4,6})\s+(?=\D)")


@dataclass(frozen=True)
class Town:
    """A town to choose. `postal_code`, `municipality` and `region` (NUTS 3) are empty where they are not known."""

    name: str
    postal_code: str = ""
    municipality: str = ""
    region: str = ""
    country: str = "SI"


class Post(NamedTuple):
    """A Slovene post; `at` is latitude and longitude."""

    name: str
    municipality: str
    at: tuple[float, float]


class Settlement(NamedTuple):
    """One of the 6,007 Slovene settlements; `at` is latitude and longitude."""

    name: str
    municipality: str
    at: tuple[float, float]
    population: int


def region_of(postal_code: str, town: str, country: str) -> str:
    """The NUTS 3 code (2015) of a Slovene town's region, "" when it is abroad, ambiguous or not known."""
    municipality = municipality_of(postal_code, town, country)
    if municipality:
        return _regions()[municipality]
    # Two namesakes beside one post do not matter as long as both lie in one region.
    regions = {_regions()[m] for m in _near_the_post(*_split(postal_code, town), country)}
    return regions.pop() if len(regions) == 1 else ""


def municipality_of(postal_code: str, town: str, country: str) -> str:
    """The Slovene municipality of a town; an ambiguous town is decided by its postal code, else it is "" ."""
    if country.upper() not in ("", "SI"):
        return ""
    code, name = _split(postal_code, town)
    found = _municipalities_of(name)
    if len(found) == 1:
        return next(iter(found))
    post = slovene_posts().get(code)
    if not found:
        # A misspelt town with a Slovene post; without a country it could be any country with four digits.
        return post.municipality if post and (country or not name) else ""
    if post and post.municipality in found:
        return post.municipality
    near = _near_the_post(code, name, country)
    return near.pop() if len(near) == 1 else ""


def region_label(code: str) -> Text:
    """The name of a statistical region, the same in both languages; "not known" without one."""
    return REGIONS.get(code, T("not known"))


def town_of(postal_code: str) -> str:
    """The name of a Slovene post, "" when there is none of that number."""
    post = slovene_posts().get(postal_code.strip().upper().removeprefix("SI").strip("- "))
    return post.name if post else ""


def suggest_towns(prefix: str, limit: int = 10, country: str = "SI") -> tuple[Town, ...]:
    """Towns whose name (or post number) begins so, accent-blind: posts first, then the larger settlements."""
    wanted = fold(prefix)
    if not wanted:
        return ()
    if country.upper() in ("", "SI"):
        found = _matching(_slovene_towns(), wanted)
    else:
        found = _matching(_towns_abroad().get(country.upper(), ()), wanted)
    return tuple(dict.fromkeys(town for _, _, town in sorted(found, key=lambda entry: entry[1])))[:limit]


def _split(postal_code: str, town: str) -> tuple[str, str]:
    """Post number and folded town, also from "1000 Ljubljana" and "SI-1000 Ljubljana" in one cell."""
    code = postal_code.strip().upper().removeprefix("SI").strip("- ")
    town = clean(town)
    leading = _LEADING_CODE.match(town)
    if leading:
        code, town = code or leading.group(1), town[leading.end() :]
    return code, fold(town)


def _municipalities_of(town: str) -> frozenset[str]:
    """All municipalities a folded name could lie in; of "Koper/Capodistria" the first half counts too."""
    if not town:
        return frozenset()
    for name in (town, re.split(r"\s*/\s*|\s*,\s*|\s+[-–]\s+|\s*\(", town)[0], re.split("[-–]", town)[0].strip()):
        found = _by_name().get(name)
        if found:
            return frozenset(s.municipality for s in found)
    return frozenset()


def _near_the_post(code: str, town: str, country: str) -> set[str]:
    post = slovene_posts().get(code)
    if post is None or country.upper() not in ("", "SI"):
        return set()
    found = _by_name().get(town, ())
    return {s.municipality for s in found if _kilometres(s.at, post.at) <= _POST_REACH_KM}


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Flat distance, right to a percent over so few kilometres."""
    east = (one[1] - other[1]) * math.cos(math.radians(one[0]))
    return _KM_PER_DEGREE * math.hypot(one[0] - other[0], east)


def _table(*parts: str) -> list[dict[str, str]]:
    with resources.path("data", *parts).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=1)
def _regions() -> dict[str, str]:
    """Municipality → region."""
    return {r["municipality"]: r["nuts3"] for r in _table("si_municipalities.csv")}


@lru_cache(maxsize=1)
def slovene_posts() -> dict[str, Post]:
    """Post number → post."""
    rows = _table("si_postal_codes.csv")
    return {
        r["postal_code"]: Post(r["post"], r["municipality"], (float(r["latitude"]), float(r["longitude"])))
        for r in rows
    }


@lru_cache(maxsize=1)
def slovene_settlements() -> tuple[Settlement, ...]:
    """All of them, in the order of the register."""
    return tuple(
        Settlement(
            r["settlement"], r["municipality"], (float(r["latitude"]), float(r["longitude"])), int(r["population"] or 0)
        )
        for r in _table("si_settlements.csv")
    )


@lru_cache(maxsize=1)
def _by_name() -> dict[str, list[Settlement]]:
    found: dict[str, list[Settlement]] = {}
    for settlement in slovene_settlements():
        found.setdefault(fold(settlement.name), []).append(settlement)
    # A post or a municipality is a town too where no settlement bears its name ("Hoče - Slivnica").
    named = [Settlement(p.name, p.municipality, p.at, 0) for p in slovene_posts().values()]
    named += [Settlement(name, name, (0.0, 0.0), 0) for name in _regions()]
    for settlement in named:
        found.setdefault(fold(settlement.name), [settlement])
    return found


# Sorted by folded word; the second part is the order in which they are offered.
_Entries = tuple[tuple[str, tuple[int, int, str], Town], ...]


def _matching(entries: _Entries, wanted: str) -> list[tuple[str, tuple[int, int, str], Town]]:
    first = bisect_left(entries, wanted, key=lambda entry: entry[0])
    found = []
    for entry in entries[first:]:
        if not entry[0].startswith(wanted):
            break
        found.append(entry)
    return found


@lru_cache(maxsize=1)
def _slovene_towns() -> _Entries:
    entries = []
    posts: dict[tuple[str, str], str] = {}
    people = {(s.name, s.municipality): s.population for s in slovene_settlements()}
    for code, post in slovene_posts().items():
        region = _regions()[post.municipality]
        town = Town(post.name, code, post.municipality, region)
        # Ljubljana has a dozen posts: by name it is offered once, with its first number.
        if (post.name, post.municipality) not in posts:
            population = people.get((post.name, post.municipality), 0)
            entries.append((fold(post.name), (0, -population, post.name), town))
        posts.setdefault((post.name, post.municipality), code)
        entries.append((code, (0, int(code), ""), town))
    for s in slovene_settlements():
        if (s.name, s.municipality) not in posts:
            town = Town(s.name, "", s.municipality, _regions()[s.municipality])
            entries.append((fold(s.name), (1, -s.population, s.name), town))
    return tuple(sorted(entries, key=lambda entry: entry[:2]))


@lru_cache(maxsize=1)
def _towns_abroad() -> dict[str, _Entries]:
    found: dict[str, list[tuple[str, tuple[int, int, str], Town]]] = {}
    with gzip.open(resources.path("data", "places.csv.gz"), "rt", encoding="utf-8", newline="") as file:
        for _, name, country, _, _, _, population, others in list(csv.reader(file))[1:]:
            order, town = (1, -int(population or 0), name), Town(name, country=country)
            # "Wien" and "Dunaj" offer Vienna: the list knows one name for each place.
            for words in {fold(name), *(fold(other) for other in others.split("|") if other)}:
                found.setdefault(country, []).append((words, order, town))
    return {country: tuple(sorted(entries, key=lambda e: e[:2])) for country, entries in found.items()}

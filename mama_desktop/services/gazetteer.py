"""The list of the world's places by any of their names: the Slovene register and GeoNames, read once, quickly."""

from __future__ import annotations

import csv
import gzip
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from mama_desktop import resources
from mama_desktop.domain.geo import Coordinates
from mama_desktop.domain.text import fold
from mama_desktop.services import places


@dataclass(frozen=True)
class Place:
    """A place found: `name` as the list writes it, country (ISO 3166-1 alpha-2), degrees WGS 84.

    `municipality` is known in Slovenia only; `population` 0 is not known.
    """

    name: str
    country: str
    latitude: float
    longitude: float
    municipality: str = ""
    population: int = 0

    @property
    def at(self) -> Coordinates:
        return self.latitude, self.longitude

    @property
    def words(self) -> str:
        """ "Krško, SI": written so, it is found again as long as no namesake lies in the same country."""
        return f"{self.name}, {self.country}" if self.country else self.name


def slovene(folded: str) -> Sequence[Place]:
    """The Slovene settlements and posts of a folded name."""
    return _settlements().get(folded, ())


def listed(folded: str) -> list[Place]:
    """The places of the world's list that have a folded name among theirs, Slovene towns too (Marburg is Maribor)."""
    lines, first, further = _world()
    if not folded or folded not in first:
        return []
    rows = [_fields(lines[i]) for i in dict.fromkeys((first[folded], *further.get(folded, ())))]
    return [Place(r[1], r[2], float(r[4]), float(r[5]), _municipality(r), int(r[6] or 0)) for r in rows]


def beginning(folded: str, most: int = 300) -> list[Place]:
    """The places of the world's list one of whose names begins so, the largest first; for at most so many names."""
    names = _names_in_order()
    start = bisect_left(names, folded)
    found: dict[Place, None] = {}
    for name in names[start : start + most]:
        if not name.startswith(folded):
            break
        found.update(dict.fromkeys(listed(name)))
    return sorted(found, key=lambda place: -place.population)


def own_slovene_names(place: Place) -> Sequence[str]:
    """Folded Slovene names by which a town abroad is called at home as by its own: Dunaj, Gradec, Monakovo."""
    return _slovene_names().get((place.name, place.country), ())


def read() -> None:
    """Read everything (a quarter of a second) before somebody waits for it."""
    _world()
    _settlements()
    places.municipality_of("", "Ljubljana", "SI")


@lru_cache(maxsize=1)
def _settlements() -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for s in places.slovene_settlements():
        found.setdefault(fold(s.name), []).append(Place(s.name, "SI", *s.at, s.municipality, s.population))
    # A post is a town too where no settlement bears its name.
    for post in places.slovene_posts().values():
        found.setdefault(fold(post.name), [Place(post.name, "SI", *post.at, post.municipality)])
    return found


def _municipality(row: list[str]) -> str:
    return places.municipality_of("", row[1], "SI") if row[2] == "SI" else ""


def _fields(line: str) -> list[str]:
    # Only a handful of lines are quoted; splitting the others by hand is five times as fast.
    return next(csv.reader([line])) if '"' in line else line.split(",")


@lru_cache(maxsize=1)
def _world() -> tuple[list[str], dict[str, int], dict[str, list[int]]]:
    """The lines of the list, folded name → number of a line, and its further lines where namesakes are.

    Read once in a quarter of a second: names are folded all together, those in plain letters apart, which
    go faster (a test compares with each name folded by itself).
    """
    text = gzip.decompress(resources.path("data", "places.csv.gz").read_bytes()).decode("utf-8")
    lines = text.splitlines()[1:]
    plain: list[str] = []
    plain_of: list[int] = []
    names: list[str] = []
    lines_of: list[int] = []
    slovene = _slovene_names()
    towns = {name for name, _ in slovene}
    for number, line in enumerate(lines):
        row = _fields(line)
        if row[1] in towns:
            added = slovene.get((row[1], row[2]), ())
            plain += added
            plain_of += [number] * len(added)
        for name in (row[1], *row[7].split("|")) if row[7] else (row[1],):
            if name.isascii():
                plain.append(name)
                plain_of.append(number)
            else:
                names.append(name)
                lines_of.append(number)
    names = fold("|".join(names)).split("|") + fold("|".join(plain)).split("|")
    lines_of += plain_of
    first = dict(zip(names, lines_of, strict=True))
    further: dict[str, list[int]] = {}
    for name, number in zip(names, lines_of, strict=True):
        if first[name] != number:
            further.setdefault(name, []).append(number)
    return lines, first, further


@lru_cache(maxsize=1)
def _names_in_order() -> list[str]:
    return sorted(_world()[1])


@lru_cache(maxsize=1)
def _slovene_names() -> dict[tuple[str, str], list[str]]:
    """(Name, country) of a town abroad → its Slovene names, folded: those the list lacks, or gives to others too."""
    names: dict[tuple[str, str], list[str]] = {}
    with resources.path("data", "place_names_sl.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names.setdefault((row["name"], row["country"]), []).append(fold(row["slovene"]))
    return names

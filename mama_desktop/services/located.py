"""Where on the globe a place lies, by any of its names: for distances, travel grants and suggested routes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.geo import great_circle_km
from mama_desktop.domain.text import T, Text, clean, fold
from mama_desktop.services import gazetteer, places
from mama_desktop.services.countries import country_of
from mama_desktop.services.gazetteer import Place

# One of several namesakes is meant without asking when it weighs so many times as much as the next.
_OUTWEIGHS = 8.0
# What a place weighs is the number of its people, times: in Slovenia, by another of its names, far away, and
# written with the very accents of its own name.
_AT_HOME, _OTHER_NAME, _FAR, _TO_THE_LETTER = 15.0, 0.05, 0.01, 100.0
# Two entries of one country so near to each other are one town in two registers.
_SAME_TOWN_KM = 6.0
_POST_REACH_KM = 20.0
_NAMED = 6
_LEADING_CODE = re.compile(r"^(?:[A-Za-z]{1,3}[- ])?(\d{4,6})\s+(?=\D)")
_TYPED = re.compile(r"^\(?\s*(-?\d{1,2}\.\d+)\s*[,; ]\s*(-?\d{1,3}\.\d+)\s*\)?$")
_HALVES = re.compile(r"\s*/\s*|\s+[-–]\s+|\s*\(")
# Near enough that a guest comes from there by bus; the world beyond is in the list from 100,000 people only.
_NEAR = frozenset(
    "AD AL AM AT AZ BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GE GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME "
    "MK MT NL NO PL PT RO RS SE SI SJ SK SM TR UA VA XK".split()
)


@dataclass(frozen=True)
class Located:
    """One place, or several candidates among which only a person can choose, or neither."""

    place: Place | None = None
    candidates: tuple[Place, ...] = ()


def locate(name: str, postal_code: str = "", country: str = "") -> Located:
    """The place somebody wrote, in any of its languages, accent-blind (Dunaj = Wien = Vienna).

    The country may stand behind a comma ("Krško, SI", "Dunaj, Avstrija"), the post before the name ("1000 Ljubljana"),
    a Slovene municipality or post behind it ("Gorica, Puconci", "Gorica, 9201"); "46.05, 14.51" is a place by itself.
    """
    return _locate(clean(name), clean(postal_code).upper(), clean(country))


def located(name: str, postal_code: str = "", country: str = "") -> Place:
    """The same, refused in words (OfficeError) when it is unknown or could be several."""
    found = locate(name, postal_code, country)
    if found.place:
        return found.place
    words = name if not country else f"{name}, {country}"
    if not found.candidates:
        raise OfficeError(
            T("The place “{place}” is not in the list of places.", place=words),
            todo=T("Check how it is written, or name a larger town near it."),
        )
    raise OfficeError(
        T("There are several places called “{place}”.", place=words),
        todo=T("Say which one, for example: “{example}”.", example=how_to_say(found.candidates[0])),
        details=[_candidate(place) for place in found.candidates[:_NAMED]],
    )


def how_to_say(place: Place) -> str:
    """What to write so that this place is found and none of its namesakes."""
    if locate(place.words).place == place:
        return place.words
    by_municipality = f"{place.name}, {place.municipality}"
    if place.municipality and locate(by_municipality).place == place:
        return by_municipality
    return f"{place.latitude}, {place.longitude}"


def km_between(one: Place, other: Place) -> float:
    """The straight line (great circle) in kilometres, to a tenth: what is shown is what decides the band."""
    return round(great_circle_km(one.at, other.at), 1)


def warm_up() -> None:
    """Read the list of places (a quarter of a second) before somebody waits for it."""
    gazetteer.read()


def _candidate(place: Place) -> Text:
    written = how_to_say(place)
    named = written.startswith(place.name)
    return (
        T("“{written}”", written=written) if named else T("“{written}” ({place})", written=written, place=place.words)
    )


@lru_cache(maxsize=4096)
def _locate(name: str, code: str, country: str) -> Located:
    typed = _TYPED.match(name)
    if typed:
        north, east = float(typed[1]), float(typed[2])
        if abs(north) <= 90 and abs(east) <= 180:
            return Located(Place(name, country.upper() if len(country) == 2 else "", north, east))
        return Located()
    land = _land(country)
    if country and not land:
        return Located()
    code = code.removeprefix("SI").strip("- ")
    leading = _LEADING_CODE.match(name)
    if leading:
        code, name = code or leading[1], name[leading.end() :]
    within = ""
    if "," in name:
        name, _, behind = (part.strip() for part in name.rpartition(","))
        if behind.isdigit():
            code = code or behind
        elif _land(behind) and (not land or land == _land(behind)):
            land = _land(behind)
        else:
            within = fold(behind)
    return _chosen(name, code, land, within)


def _land(words: str) -> str:
    # Reading the countries' names in 16 languages takes as long as the list of places; a code needs none of them.
    if len(words) == 2 and words.isalpha() and words.isascii():
        return words.upper()
    return country_of(words) if words else ""


def _chosen(name: str, code: str, land: str, within: str) -> Located:
    post = places.slovene_posts().get(code) if land in ("", "SI") else None
    found = _called(name, land)
    if within:
        found = [p for p in found if fold(p.municipality) == within]
    if post is not None:
        near = [p for p in found if p.country == "SI" and great_circle_km(p.at, post.at) <= _POST_REACH_KM]
        at_home = [p for p in near if p.municipality == post.municipality]
        abroad = [p for p in found if p.country != "SI"]
        if not near and not abroad and (land or found or not name):
            # The post knows of no settlement of that name near it: a namesake at the other end of the country is
            # not meant, and the post itself is near enough.
            return Located(Place(post.name, "SI", *post.at, post.municipality))
        found = at_home or near or abroad
    return _weighed(found, name)


def _called(name: str, land: str) -> list[Place]:
    """All places of that name; of "Koper/Capodistria" the first half counts where the whole is unknown."""
    folded = fold(name)
    for words in dict.fromkeys((folded, _HALVES.split(folded)[0], re.split("[-–]", folded)[0].strip())):
        at_home = gazetteer.slovene(words) if land in ("", "SI") and words else ()
        listed = [p for p in gazetteer.listed(words) if land in ("", p.country)]
        if at_home:
            # By a foreign name a Slovene town is found only where no settlement bears that name itself.
            towns = [p for p in listed if p.country == "SI" and fold(p.name) == words]
            listed = [p for p in listed if p.country != "SI"]
            at_home = [_in_the_middle(p, towns) for p in at_home]
        if at_home or listed:
            return [*at_home, *listed]
    return []


def _in_the_middle(place: Place, towns: list[Place]) -> Place:
    """The settlement with the coordinates of its town hall, where the world's list has it; the register rounds them."""
    same = [t for t in towns if great_circle_km(place.at, t.at) <= _SAME_TOWN_KM]
    return replace(place, latitude=same[0].latitude, longitude=same[0].longitude) if same else place


def _weighed(found: list[Place], name: str) -> Located:
    if len(found) < 2:
        return Located(found[0] if found else None)
    weights = {p: _weight(p, name) for p in found}
    ranked = sorted(weights, key=lambda p: (-weights[p], p.country, p.municipality, p.name))
    # Between two hamlets a handful of people decides nothing.
    if weights[ranked[0]] >= _OUTWEIGHS * max(weights[ranked[1]], 100.0):
        return Located(ranked[0])
    return Located(None, tuple(ranked))


def _weight(place: Place, name: str) -> float:
    weight = float(place.population)
    folded = fold(name)
    if folded != fold(place.name) and folded not in gazetteer.own_slovene_names(place):
        weight *= _OTHER_NAME
    elif place.country == "SI":
        weight *= _AT_HOME
    if place.country not in _NEAR:
        weight *= _FAR
    return weight * (_TO_THE_LETTER if not name.isascii() and place.name.casefold() == name.casefold() else 1.0)

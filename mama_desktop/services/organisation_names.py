"""What the name of an organisation is made of: words of a kind ("mladinski center"), the place, its own words.

Short forms are written out, legal forms left out, endings taken off: "MC Krško", "M.C. v Krškem", "Mladinski center
Krško, zavod" come to the same.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from typing import NamedTuple

from mama_desktop import resources
from mama_desktop.domain.organisations import name_key
from mama_desktop.domain.text import fold, words_of

_LEGAL = frozenset(
    "zavod zavoda javni javnega drustvo drustva doo dd sp zbo zoo sop ustanova ustanove nvo ngo ev gmbh ltd llc inc "
    "asbl vzw onlus udruga socialno podjetje dno se so z b o d p s".split()
)
_SMALL = frozenset(
    "v na za pri in of the and for de la le du des der die das und u i s iz ob pod nad po kr krog".split()
)
# Words of a kind, by their stem, with the word they stand for: they tell a school from a youth centre, not two of them.
_KIND_WORDS = {
    stem: word
    for word, stems in {
        "mladinski": "mladinsk mladin mlad mladih mladost youth jugend young",
        "center": "center centr centre centar zentrum",
        "kulturni": "kulturn kultur culture cultural kultura",
        "klub": "klub club", "svet": "svet council", "zveza": "zvez union federation", "sola": "sol school",
        "osnovna": "osnovn primary elementary", "srednja": "srednj sredn secondary", "gimnazija": "gimnazij",
        "obcina": "obcin municipality", "mestna": "mestn city town", "fakulteta": "fakultet faculty",
        "univerza": "univerz university", "knjiznica": "knjiznic library", "dom": "dom", "hostel": "hostel",
        "organizacija": "organizacij organisation organization", "mreza": "mrez network", "studentski": "studentsk",
        "sportni": "sportn sport sports", "urad": "urad office", "ministrstvo": "ministrstv ministry",
        "zdruzenje": "zdruzenj association", "skupnost": "skupnost community", "dijaski": "dijask",
        "ljudska": "ljudsk", "vzgojni": "vzgojn", "zavod": "zavod",
    }.items()
    for stem in stems.split()
}  # fmt: skip
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}")
_ENDING = re.compile(r"(?:jskega|skega|ega|emu|ima|imi|ami|ih|im|em|om|ah|am|mi|ju|[aeiou])$")


class Parts(NamedTuple):
    """A name taken apart. own, places: stems; kinds: words of a kind; initials: of all its words."""

    whole: str
    kinds: frozenset[str]
    places: frozenset[str]
    own: frozenset[str]
    initials: str


@lru_cache(maxsize=50_000)
def parts_of(name: str) -> Parts:
    """The parts of one spelling of a name."""
    closed = _DOTTED.sub(lambda found: found.group().replace(".", "").replace(" ", "") + " ", fold(name))
    spelled = name_key(closed).split()
    words = [word for word in spelled if word not in _LEGAL and word not in _SMALL] or spelled
    stems = [(word, stem(word)) for word in words]
    kinds = frozenset(_KIND_WORDS[s] for _, s in stems if s in _KIND_WORDS)
    rest = [s for _, s in stems if s not in _KIND_WORDS]
    found = _places_in(rest)
    # "Mladinski center Krško" and "MCK": the first letters of what a person would read aloud.
    initials = "".join(word[0] for word in dict.fromkeys(words))
    return Parts(" ".join(sorted(set(words))), kinds, found, frozenset(rest) - found, initials)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A folded word without its ending: "krsko", "krskem", "krskega" are "krsk"; short words and numbers stay."""
    if len(word) <= 3 or word.isdigit():
        return word
    short = _ENDING.sub("", word)
    return short if len(short) >= 3 else word


@lru_cache(maxsize=20_000)
def place_of(town: str) -> frozenset[str]:
    """The stems of a town as written in its field: of "Ljubljana - Šentvid" or "1000 Ljubljana" those of Ljubljana."""
    first = re.split(r"\s[-–/]\s|[/,(]", town)[0]
    return frozenset(stem(word) for word in words_of(first) if not word[0].isdigit() and word not in _SMALL)


def same_place(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two towns are one, in any case: "Koper" and "Kopru", "Novo mesto" and "Novem mestu"."""
    return {s.replace("e", "") for s in one} == {s.replace("e", "") for s in other}


@lru_cache(maxsize=1)
def _known_places() -> dict[str, list[frozenset[str]]]:
    """The Slovene posts by the stem they begin with, the longest names first."""
    found: dict[str, set[frozenset[str]]] = {}
    with resources.path("data", "si_postal_codes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            stems = place_of(row["post"])
            for each in stems:
                found.setdefault(each, set()).add(stems)
    return {each: sorted(names, key=len, reverse=True) for each, names in found.items()}


def _places_in(stems: list[str]) -> frozenset[str]:
    there = frozenset(stems)
    for each in stems:
        for variant in (each, each[:-1] + "e" + each[-1] if len(each) > 3 else each):
            for name in _known_places().get(variant, ()):
                mine = frozenset(each if s == variant else s for s in name)
                if mine <= there:
                    return mine
    return frozenset()

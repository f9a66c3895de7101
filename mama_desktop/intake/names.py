"""Names of people as written in one column or two: cleaned, put in order, and out of capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from mama_desktop.domain.text import clean, fold
from mama_desktop.intake.vocabulary import given_names

# dr., mag., prof. … before a name, and degrees behind a comma, belong to no name.
_TITLE = re.compile(
    r"^((doc|prof|dr|mag|mr|mrs|ms|ga|gospa|g|gdc|ing|univ|dipl|msc|phd)\.\s*)+|^(ga|gospa|gospod)\s+", re.I
)
_DEGREE = re.compile(
    r",\s*((univ|dipl|mag|dr|prof|ing|spec|bsc|msc|phd|ma|ba|inž|soc|org|ekon|iur|jur|ped|psih)[\w.]*[\s.]*)+$", re.I
)
_PARTICLES = frozenset("van von de der den da di du dos del della la le af av zu ter bin al el mc mac st".split())
_WORD = re.compile(r"[^\W\d_]+")


def proper_case(name: str) -> str:
    """KOVAČ → Kovač, ana → Ana; mixed case stays, and so do two letters in capitals (MC, AB)."""
    # isupper and islower look at the letters only, and want at least one.
    if name.isupper() and is_shouted(name):
        return _WORD.sub(_first_up, name)
    if name.islower() and len(name) > 1:
        words = name.split(" ")
        return " ".join(w if w in _PARTICLES and len(words) > 1 else _WORD.sub(_first_up, w) for w in words)
    return name


def _first_up(match: re.Match[str]) -> str:
    return _capital(match.group())


def _capital(word: str) -> str:
    return word[0].upper() + word[1:].lower()


@lru_cache(maxsize=50_000)
def tidy_name(name: str) -> str:
    """Without titles and degrees, stray punctuation and numbers at the edges; apostrophes and hyphens stay."""
    bare = _DEGREE.sub("", clean(name))
    bare = _TITLE.sub("", bare)
    bare = re.sub(r"\s*[-‐–]\s*", "-", bare) if re.search(r"\w\s*[-‐–]\s*\w", bare) else bare
    return bare.strip(" .,;:*_/-\"'„“”()")


def split_full_name(name: str, order: str = "given") -> tuple[str, str]:
    """(given, family). order: "given" or "family", what stands first; a comma always follows the family name.

    "Ana Marija Kovač" is Ana Marija, Kovač where the second word is a common given name too; "Ana Kovač Novak" is
    Ana, Kovač Novak; particles go with the family name.
    """
    name = tidy_name(name)
    if "," in name:
        family, _, given = name.partition(",")
        return given.strip(), family.strip()
    words = name.split(" ")
    if len(words) == 1:
        return words[0], ""
    names = given_names()
    if order == "family":
        count = 1
        while count < len(words) - 1 and fold(words[-count - 1]) in names and fold(words[-count]) in names:
            count += 1
        return " ".join(words[-count:]), " ".join(words[:-count])
    count = 1
    while count < len(words) - 1 and fold(words[count]) in names and fold(words[0]) in names:
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def order_of_names(names: Iterable[str], *, heading_says: str = "") -> tuple[str, bool]:
    """("given" or "family" first, whether it is certain), from the heading or from common given names in the column."""
    if heading_says:
        return heading_says, True
    names_known = given_names()
    first = last = 0
    for name in names:
        if "," in name:
            continue
        words = tidy_name(name).split(" ")
        if len(words) < 2:
            continue
        begins, ends = fold(words[0]) in names_known, fold(words[-1]) in names_known
        first += begins and not ends
        last += ends and not begins
    if first == last == 0:
        return "given", False
    return ("family", last >= 2 * first) if last > first else ("given", first >= 2 * last)


def order_in_heading(heading: str) -> str:
    """What "Priimek in ime" or "First and last name" says about the order; "" when it says nothing."""
    words = re.findall(r"[a-z]+", fold(heading))
    given = next((i for i, w in enumerate(words) if w in ("ime", "first", "given", "name", "imena")), None)
    family = next((i for i, w in enumerate(words) if w in ("priimek", "prezime", "surname", "last", "family")), None)
    if given is None or family is None:
        return ""
    # "last name, first name" holds the word name early.
    first = next((i for i, w in enumerate(words) if w in ("first", "given")), None)
    if first is not None:
        given = first
    return "given" if given < family else "family"


def is_shouted(name: str) -> bool:
    """Whether it is all in capitals, and more than two letters (MC, AB)."""
    return name.isupper() and sum(1 for c in name if c.isalpha()) > 2

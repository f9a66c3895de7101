"""How two names of people resemble one another: the same, in another form, a slip of the pen, or another name."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from mama_desktop import resources
from mama_desktop.intake.vocabulary import given_names
from mama_desktop.services.blocking import skeleton


class Agreement(NamedTuple):
    """how: "same", "nickname", "slip", "part", "initial", "alike", "other", or "" when one is not known.

    share: how much of an agreement it is, 1 for the same, 0 for a name that only might be it.
    """

    how: str
    share: float


SILENT = Agreement("", 0.0)
SAME = Agreement("same", 1.0)
OTHER = Agreement("other", 0.0)
# What may be one name written twice; "alike" is only a likeness.
AGREES = frozenset({"same", "nickname", "slip", "part", "initial"})


@lru_cache(maxsize=1)
def nicknames() -> dict[str, frozenset[str]]:
    """Folded given name → the full names it stands for (itself when it is one), from resources/names/nicknames.txt."""
    found: dict[str, set[str]] = {}
    for line in resources.path("names", "nicknames.txt").read_text(encoding="utf-8").splitlines():
        full, _, forms = line.partition(":")
        if forms and not line.startswith("#"):
            for form in (full, *forms.split()):
                found.setdefault(form, set()).add(full)
    return {form: frozenset(fulls) for form, fulls in found.items()}


@lru_cache(maxsize=1)
def real_names() -> frozenset[str]:
    """Folded given names that people bear: the intake's, those with forms, and resources/names/given_names.txt."""
    lines = resources.path("names", "given_names.txt").read_text(encoding="utf-8").splitlines()
    more = {word for line in lines if not line.startswith("#") for word in line.split()}
    return given_names() | nicknames().keys() | more


@lru_cache(maxsize=400_000)
def given_agreement(one: str, other: str) -> Agreement:
    """Of two folded given names. Two common ones (Ana, Anja; Jan, Jana) are two people, however alike they look."""
    if one == other:
        return SAME if one else SILENT
    if not one or not other:
        return SILENT
    if are_forms(one, other):
        return Agreement("nickname", 0.7)
    if one in real_names() and other in real_names():
        return OTHER
    found = _written(one, other)
    if found.how == "slip" and len(one) == len(other) <= 5 and sorted(one) != sorted(other):
        # Tia and Mia, Lara and Lana: another letter in a short name makes another name.
        return Agreement("alike", 0.15)
    return found


@lru_cache(maxsize=400_000)
def family_agreement(one: str, other: str) -> Agreement:
    """Of two folded family names; a double one ("Novak Kos") holds each of its halves."""
    if one == other:
        return SAME if one else SILENT
    return _written(one, other) if one and other else SILENT


@lru_cache(maxsize=50_000)
def are_forms(one: str, other: str) -> bool:
    """Whether two given names are forms of one: Nejc of Jernej, Tone and Anton; not Lena and Alenka, both of Helena."""
    known = nicknames()
    ours, theirs = known.get(one), known.get(other)
    if ours is None or theirs is None:
        return False
    if one in theirs or other in ours:
        return True
    return not ours.isdisjoint(theirs) and not (one in given_names() and other in given_names())


def _written(one: str, other: str) -> Agreement:
    """The same name typed twice, or not."""
    if " " in one or " " in other:
        closed, other_closed = one.replace(" ", ""), other.replace(" ", "")
        if closed == other_closed:
            return Agreement("slip", 0.95)
        ours, theirs = one.split(), other.split()
        if sorted(ours) == sorted(theirs):
            return Agreement("slip", 0.95)
        shorter, longer = sorted((ours, theirs), key=len)
        if len(shorter) < len(longer) and all(word in longer for word in shorter) and max(map(len, shorter)) > 2:
            return Agreement("part", 0.6)
        one, other = closed, other_closed
    if (len(one) == 1 or len(other) == 1) and one[0] == other[0]:
        return Agreement("initial", 0.15)
    return _spelled(one, other)


def _spelled(one: str, other: str) -> Agreement:
    longer, shorter = max(len(one), len(other)), min(len(one), len(other))
    slips = OSA.distance(one, other, score_cutoff=4)
    likeness = 1 - slips / longer
    if slips == 1 and longer >= 4 and shorter >= 3:
        return Agreement("slip", 0.8 if longer >= 6 else 0.65)
    if slips == 2 and longer >= 6:
        return Agreement("slip", 0.65 if longer >= 8 else 0.5)
    if slips == 3 and longer >= 8:
        return Agreement("slip", 0.4)
    if shorter >= 4 and (one.startswith(other) or other.startswith(one)):
        return Agreement("slip", 0.4)
    if skeleton(one) == skeleton(other) or likeness >= 0.6 or JaroWinkler.similarity(one, other) >= 0.86:
        return Agreement("alike", 0.15)
    return OTHER

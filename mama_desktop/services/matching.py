"""Who is who: the rules by which a row of a file and a person we know are the same, might be, or are not.

Two names are the same when their `name_key` is: accent-blind, order-blind, capitals and punctuation left out. What
else is known of the two then decides, by the first line of `RULES` that fits:

    birth date      e-mail       phone        organisation   → verdict
    another         some of the three agrees, or a slip of the pen → perhaps
    another         –            –            –              → somebody else
    impossible age  –            –            –              → perhaps
    same            –            –            –              → the same
    –               same         –            –              → the same
    –               –            same         –              → likely
    –               –            –            same           → likely
    same year       not another  –            not another    → likely
    –               another      –            –              → perhaps
    –               –            –            another        → perhaps
    –               –            –            –              → only the name

An e-mail alone never makes two people one: siblings on a parent's address and a shared office mailbox have other names.
A phone that differs says nothing, people have several. Who is sought among many is decided by `choose`.
Similar names ("Kovač", "Kovčač"; Franc, Franci) are never the same, only perhaps: see `alike`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple, TypeVar

from rapidfuzz.distance import OSA

from mama_desktop.domain.ages import band_edges
from mama_desktop.domain.text import T, Text
from mama_desktop.intake.vocabulary import given_names

Who = TypeVar("Who", bound=Hashable)


class Verdict(IntEnum):
    """How sure it is that two of one name are one person."""

    SOMEBODY_ELSE = 0
    PERHAPS = 1
    ONLY_THE_NAME = 2
    LIKELY = 3
    THE_SAME = 4


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared. `born`: first and last possible day of birth, `born_exactly` when both come from a birth date
    or year ("day", "year"), "" when from an age. `phones`: as `phone_key`. `organisations`: any hashable marks."""

    name_key: str
    email_key: str = ""
    born: tuple[dt.date, dt.date] | None = None
    born_exactly: str = ""
    phones: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()


SAME, OTHER, SILENT = "same", "another", "–"
# Of the birth date besides: the same year; two dates that a slip of the pen apart; an age that cannot be.
SAME_YEAR, SLIP, IMPOSSIBLE = "same year", "slip", "impossible age"


class Evidence(NamedTuple):
    """What two of one name have in common: each SAME, OTHER or SILENT (birth also SAME_YEAR, SLIP, IMPOSSIBLE)."""

    birth: str = SILENT
    email: str = SILENT
    phone: str = SILENT
    organisation: str = SILENT

    @property
    def something_agrees(self) -> bool:
        return SAME in (self.email, self.phone, self.organisation)


@dataclass(frozen=True)
class Rule:
    """One line of the table above: what each may be ("" stands for anything), and what follows."""

    verdict: Verdict
    birth: str = ""
    email: str = ""
    phone: str = ""
    organisation: str = ""
    agrees: bool | None = None

    def fits(self, found: Evidence) -> bool:
        wanted = ((self.birth, found.birth), (self.email, found.email), (self.phone, found.phone),
                  (self.organisation, found.organisation))  # fmt: skip
        if any(want and not (have != want[1:] if want[0] == "!" else have == want) for want, have in wanted):
            return False
        return self.agrees is None or self.agrees == found.something_agrees


RULES: tuple[Rule, ...] = (
    Rule(Verdict.PERHAPS, birth=SLIP),
    Rule(Verdict.PERHAPS, birth=OTHER, agrees=True),
    Rule(Verdict.SOMEBODY_ELSE, birth=OTHER),
    Rule(Verdict.PERHAPS, birth=IMPOSSIBLE),
    Rule(Verdict.THE_SAME, birth=SAME),
    Rule(Verdict.THE_SAME, email=SAME),
    Rule(Verdict.LIKELY, phone=SAME),
    Rule(Verdict.LIKELY, organisation=SAME),
    Rule(Verdict.LIKELY, birth=SAME_YEAR, email="!" + OTHER, organisation="!" + OTHER),
    Rule(Verdict.PERHAPS, email=OTHER),
    Rule(Verdict.PERHAPS, organisation=OTHER),
    Rule(Verdict.ONLY_THE_NAME),
)
_NOT_DIGIT = re.compile(r"\D")


@lru_cache(maxsize=50_000)
def phone_key(phone: str) -> str:
    """The last eight digits, so that "041 123 456" and "+386 41 123 456" meet; empty for less than six."""
    digits = _NOT_DIGIT.sub("", phone)
    return digits[-8:] if len(digits) >= 6 else ""


def born_between(
    *,
    birth_date: dt.date | None = None,
    birth_year: int | None = None,
    age_group: str = "",
    age: int | None = None,
    day: dt.date | None = None,
) -> tuple[tuple[dt.date, dt.date] | None, str]:
    """The days between which somebody was born, and how exactly that is said: "day", "year" or ""."""
    if birth_date:
        return (birth_date, birth_date), "day"
    if birth_year and 1 < birth_year < 9999:
        return (dt.date(birth_year, 1, 1), dt.date(birth_year, 12, 31)), "year"
    edges = (age, age) if age is not None else band_edges(age_group) if age_group else None
    if edges is None or day is None or day.year - edges[1] - 1 < 1:
        return None, ""
    # Whole months on either side spare the question of 29 February.
    latest = day.year - edges[0]
    last = calendar.monthrange(latest, day.month)[1]
    return (dt.date(day.year - edges[1] - 1, day.month, 1), dt.date(latest, day.month, last)), ""


def evidence(one: Traits, other: Traits) -> Evidence:
    """What two people of one name have in common and what speaks against."""
    ours, theirs = one.organisations, other.organisations
    return Evidence(
        SILENT if one.born is None or other.born is None else _birth(one, other),
        _of_two(one.email_key, other.email_key),
        SILENT if one.phones.isdisjoint(other.phones) else SAME,
        SILENT if not (ours and theirs) else OTHER if ours.isdisjoint(theirs) else SAME,
    )


@lru_cache
def verdict(found: Evidence) -> Verdict:
    """What follows for two people of one name (the table at the top)."""
    return next(rule.verdict for rule in RULES if rule.fits(found))


def choose(found: Sequence[tuple[Who, Verdict]]) -> tuple[Who | None, tuple[Who, ...]]:
    """Among the people of one name: the one it is, or those of whom somebody has to choose; neither when it is nobody.

    The one who is surely the same; without such a one the only likely one; without likely ones the only one of that
    name of whom nothing else is known. Two who fit equally well, or one who fits only perhaps, are a question.
    """
    for sure in (Verdict.THE_SAME, Verdict.LIKELY):
        those = tuple(who for who, how in found if how is sure)
        if those:
            return (those[0], ()) if len(those) == 1 else (None, those)
    rest = tuple(who for who, how in found if how is not Verdict.SOMEBODY_ELSE)
    if len(rest) == 1 and any(how is Verdict.ONLY_THE_NAME for _, how in found):
        return rest[0], ()
    return None, rest


def alike(one: str, other: str) -> str:
    """How two different name keys resemble one another: "typo", "nickname", "part", or "" when they do not.

    Two common given names (Ana and Anja, Jan and Jana) are two people, however few letters they differ in.
    """
    if one == other:
        return ""
    if one.count(" ") != other.count(" ") and sorted(one.replace(" ", "")) == sorted(other.replace(" ", "")):
        # "Anamarija" and "Ana Marija".
        return "typo"
    ours, theirs = one.split(), other.split()
    left = [word for word in ours if word not in theirs]
    right = [word for word in theirs if word not in ours]
    if not left or not right:
        # "Ana Novak" within "Ana Marija Novak"; a single word says too little.
        return "part" if min(len(ours), len(theirs)) > 1 else ""
    if len(left) != len(right) or len(left) > 2:
        return ""
    ways = [_word_alike(a, b) for a, b in zip(left, right, strict=True)]
    if not all(ways) and len(left) == 2:
        ways = [_word_alike(left[0], right[1]), _word_alike(left[1], right[0])]
    return max(ways) if all(ways) else ""


def same_given_name(one: str, other: str) -> bool:
    """Whether two name keys share a common given name: a family name may change by marriage."""
    return bool(set(one.split()) & set(other.split()) & given_names())


@lru_cache(maxsize=20_000)
def _word_alike(one: str, other: str) -> str:
    if not _FORMS.get(one, _NONE).isdisjoint(_FORMS.get(other, _NONE)):
        return "nickname"
    shorter, longer = sorted((len(one), len(other)))
    if longer - shorter > 2 or (one in given_names() and other in given_names()):
        return ""
    allowed = 2 if shorter >= 7 else 1 if longer >= 4 else 0
    return "typo" if allowed and OSA.distance(one, other, score_cutoff=allowed) <= allowed else ""


def _of_two(one: str, other: str) -> str:
    return SILENT if not (one and other) else SAME if one == other else OTHER


def _birth(one: Traits, other: Traits) -> str:
    if one.born is None or other.born is None:
        return SILENT
    overlap = one.born[0] <= other.born[1] and other.born[0] <= one.born[1]
    if not (one.born_exactly and other.born_exactly):
        return SILENT if overlap else IMPOSSIBLE
    if one.born_exactly == other.born_exactly == "day":
        a, b = one.born[0], other.born[0]
        return SAME if a == b else SLIP if is_slip(a, b) else OTHER
    return SAME_YEAR if overlap else OTHER


def is_slip(one: dt.date, other: dt.date) -> bool:
    """Whether two dates differ as typing errors do: day and month swapped, or two of the three parts equal."""
    if (one.day, one.month, one.year) == (other.month, other.day, other.year):
        return True
    return (one.day == other.day) + (one.month == other.month) + (one.year == other.year) == 2


REASONS: dict[str, Text] = {
    "typo": T("almost the same name"),
    "nickname": T("the same name in another form"),
    "part": T("a part of the name is the same"),
    "given": T("the same given name, another family name"),
}


@lru_cache
def reasons(found: Evidence, how_alike: str = "") -> tuple[Text, ...]:
    """In words what speaks for and against, the name first."""
    said = [REASONS[how_alike] if how_alike else T("same name")]
    for have, words in (
        (found.birth, _BIRTH_WORDS),
        (found.email, {SAME: T("same e-mail"), OTHER: T("another e-mail")}),
        (found.phone, {SAME: T("same phone")}),
        (found.organisation, {SAME: T("same organisation"), OTHER: T("another organisation")}),
    ):
        if have in words:
            said.append(words[have])
    return tuple(said)


_BIRTH_WORDS = {
    SAME: T("same birth date"),
    SAME_YEAR: T("same birth year"),
    SLIP: T("almost the same birth date"),
    OTHER: T("another birth date"),
    IMPOSSIBLE: T("the age does not fit"),
}

# Forms of one given name that stand for one another in lists, folded.
NICKNAMES: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in (
        "ana anica ancka anka", "marija micka marica mici mimi marjeta", "franc france franci francek",
        "janez janko jani", "jozef joze joza pepi", "josip joze pepi", "aleksander aleks sandi saso sasa ales",
        "aleksandra sasa sandra aleks", "katarina katja kati katra katica", "elizabeta beti elza betka",
        "stanislav stane stanko slavko", "stanislava stanka slavka", "alojz lojze alojzij", "anton tone toni",
        "antonija tonka toni", "gregor grega", "tomaz tom tomo", "mihael miha mike", "matjaz matija mato",
        "valentin tine valent", "martin tine tin", "ignac nace ignacij", "jakob jaka", "andrej drejc", "jernej nejc",
        "dominik nik domen", "nikolaj niko nik", "nikola niko nik", "vladimir vlado", "kristina tina", "martina tina",
        "valentina tina", "helena lena alenka jelka", "magdalena majda lena alenka", "terezija rezka zinka rezi",
        "francka fani franciska", "barbara barbka", "natalija natasa", "bogdan bojan", "dragica draga", "jurij jure",
        "primoz prime", "urban urh", "ljudmila milka", "rozalija roza", "silvester silvo", "leopold polde",
        "robert rob bob", "william bill will", "elizabeth liz beth", "michael mike", "thomas tom", "katherine kate",
        "alexander alex", "maximilian max", "johannes johan hans",
    )
)  # fmt: skip
_NONE: frozenset[int] = frozenset()
# Word → numbers of its groups.
_FORMS = {
    word: frozenset(number for number, group in enumerate(NICKNAMES) if word in group)
    for group in NICKNAMES
    for word in group
}

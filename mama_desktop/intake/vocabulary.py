"""What headings are called: the words of Slovene and English forms and tools for each field the office takes in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from mama_desktop import resources
from mama_desktop.domain.text import fold


@dataclass(frozen=True)
class Target:
    """A field that a column may fill.

    kind: text, name, given_name, family_name, full_name, date, year, age_group, email, phone, country, postal_code,
    postal_and_town, town, gender, choice, diet, organisation, datetime, bool, number. headings: further names of it.
    """

    key: str
    kind: str
    headings: tuple[str, ...] = ()


KINDS = {
    "given_name": "given_name", "family_name": "family_name", "full_name": "full_name", "email": "email",
    "phone": "phone", "birth_date": "date", "birth_year": "year", "age": "number", "age_group": "age_group",
    "gender": "gender", "street": "text", "postal_code": "postal_code", "town": "town",
    "postal_and_town": "postal_and_town", "municipality": "text", "country": "country", "language": "text",
    "organisation": "organisation", "organisation_town": "town", "function": "text", "role": "choice", "diet": "diet",
    "allergies": "text", "arrival": "date", "departure": "date", "remarks": "text",
    "submitted_at": "datetime", "status": "choice", "registration_id": "text",
}  # fmt: skip

# What intake takes in when nobody says otherwise; services give their own list from the registry of fields.
TARGETS = tuple(Target(key, kind) for key, kind in KINDS.items())

# A heading that speaks of somebody or something else than the participant.
OTHERS = frozenset(
    "stars starsa starsev skrbnika skrbnik skrbnice mama oce parent parents guardian mentor mentorja mentorice "
    "nujni nujnem nujne emergency racun racuna invoice placnik placnika payer billing zaracunavanje dogodek "
    "dogodka event projekta project partner partnerja spremljevalec spremljevalca sopotnik sostanovalec "
    "sostanovalca roommate vodja vodje leader buyer narocnik narocnika tier izdelka sobo cimra cimer product "
    "seat".split()
)
# Words around the thing asked for.
_FILLER = frozenset(
    "vnesite vnesi vpisite vpisi navedite navedi napisite napisi izberite izberi oznacite prosimo prosim vas "
    "vase vasa vasi vaso vasega tvoje tvoj tvoja tvojo svoje svoj svojo kaksno kaksen kaksna kateri katera "
    "kateria je so ali ti vam nam za kontakt dosegljiv dosegljivi please enter your the what is are write "
    "select choose fill in of a an my moje moj neobvezno obvezno optional required npr celotno polno lahko "
    "kjer".split()
)
_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")
_SPLIT = re.compile(r"\s+[/|–—]\s+|\s*[/|]\s*(?=[A-ZČŠŽ][a-zčšž])|\s-\s|\n|\t")
_NUMBERING = re.compile(r"^(q?\d+[.):]\s*|[a-z]\)\s+)")
_PUNCTUATION = re.compile(r"[*?:!.,;\"'„“»«]+")


@lru_cache(maxsize=4096)
def readings_of(heading: str) -> tuple[str, ...]:
    """The ways a heading can be read, best first: whole, bilingual halves, without brackets, without polite words."""
    parts = [heading, *_SPLIT.split(heading)]
    bracket = re.search(r"\(([^)]*)\)", heading)
    bare = _BRACKETS.sub(" ", heading)
    parts += [bare, *_SPLIT.split(bare)]
    if bracket:
        parts.append(bracket.group(1))
    readings: list[str] = []
    for part in parts:
        folded = plain(part)
        words = [word for word in folded.split() if word not in _FILLER]
        for reading in (folded, " ".join(words)):
            if reading and reading not in readings:
                readings.append(reading)
    return tuple(readings)


def plain(heading: str) -> str:
    """Folded, without numbering and punctuation: "1. Ime in priimek *" is "ime in priimek"."""
    folded = _NUMBERING.sub("", fold(heading.replace("_", " ")))
    return " ".join(_PUNCTUATION.sub(" ", folded).replace("-", " ").replace("/", " ").split())


@lru_cache(maxsize=1)
def known() -> dict[str, str]:
    """Plain heading → key, of everything in resources/intake/headings.txt; the first key to claim a heading has it."""
    found: dict[str, str] = {}
    for line in _lines("headings.txt"):
        key, _, headings = line.partition(":")
        for heading in headings.split("|"):
            found.setdefault(plain(heading), key)
    return found


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Common given names, folded."""
    return frozenset(_lines("given_names.txt"))


def _lines(name: str) -> list[str]:
    text = resources.path("intake", name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=4096)
def is_known_heading(words: str) -> bool:
    """Whether a cell reads like one of these headings (used to find the heading row)."""
    if not words or len(words) > 200 or "@" in words:
        return False
    exact, of_lists = known(), list_headings()
    return any(one in exact or one in of_lists for one in readings_of(words)) or phrase_in(words) is not None


@lru_cache(maxsize=1)
def list_headings() -> frozenset[str]:
    """What an office calls the columns of its old lists ("termin", "projekt"), plain."""
    lines = (line.partition(":")[2] for line in _lines("beginning_headings.txt"))
    return frozenset(plain(heading) for line in lines for heading in line.split("|"))


@lru_cache(maxsize=4096)
def phrase_in(heading: str) -> tuple[str, int] | None:
    """The key of the longest known phrase inside a question, with its number of words.

    Single words count only when they cannot be part of an ordinary answer (telefon, not kraj).
    """
    words = readings_of(heading)[0].split() if readings_of(heading) else []
    exact = known()
    for size in range(min(6, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            phrase = " ".join(words[start : start + size])
            key = exact.get(phrase)
            if key and (size > 1 or phrase in _STRONG):
                return key, size
    return None


_STRONG = frozenset(
    "telefon telefonska mobitel gsm email mail priimek spol datum_rojstva starost alergije prehrana prehranske "
    "organizacija funkcija opombe drzava country gender diet allergies organisation organization phone surname "
    "obcina".split()
)


@lru_cache(maxsize=64)
def meanings(key: str) -> dict[str, str]:
    """Folded answer → value for a field, from resources/intake/values.txt."""
    found: dict[str, str] = {}
    for line in _lines("values.txt"):
        name, _, answers = line.partition(":")
        field, _, value = name.partition(".")
        if field == key:
            for answer in answers.split("|"):
                found.setdefault(plain(answer) or answer.strip(), value)
    return found

"""How likely two organisations are one, whose names arrive in twenty spellings; two of different towns never are.

The same way of counting as of people (`duplicate_scores`): what agrees counts in bits by how rare it is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from mama_desktop.domain.duplicates import OrganisationCard, Pair
from mama_desktop.domain.people import email_key
from mama_desktop.domain.text import T, Text, fold, words_of
from mama_desktop.services.duplicate_scores import POSSIBLE_FROM, SAME_FROM
from mama_desktop.services.matching import phone_key
from mama_desktop.services.organisation_names import Parts, parts_of, place_of, same_place

_BACKGROUND = 1_000
_MOST_WHEN_FORBIDDEN = 79
_NAME_OTHER, _WORD_TOO_MANY, _WORD_OTHER = -8.0, -1.5, -3.5
_SPELLED = 8.0
_TOWN_SAME, _TOWN_OTHER, _COUNTRY_OTHER, _KIND_OTHER = 4.0, -8.0, -6.0, -1.5
_EMAIL_SAME, _SITE_SAME, _PHONE_SAME, _STREET_SAME, _POST_SAME = 7.0, 4.0, 6.0, 4.0, 1.5
# Where everybody has a mailbox, it says nothing.
_PUBLIC = frozenset(
    "gmail.com siol.net yahoo.com hotmail.com outlook.com telemach.net t-2.net email.si guest.arnes.si arnes.si "
    "icloud.com live.com example.org example.com".split()
)


class Record(NamedTuple):
    """A card made ready for comparing."""

    key: str
    names: tuple[Parts, ...]
    place: frozenset[str]
    kind: str
    country: str
    postal_code: str
    street: str
    email: str
    phone: str


class _Name(NamedTuple):
    """What two spellings have in common: bits, how it is said, whether they may be one."""

    bits: float
    how: str
    may_be_one: bool


def record_of(card: OrganisationCard) -> Record:
    names = tuple(dict.fromkeys(parts_of(name) for name in card.names if words_of(name)))
    place = place_of(card.town) or next((name.places for name in names if name.places), frozenset())
    return Record(
        card.key, names, place, "" if card.kind == "other" else card.kind, card.country.upper(),
        fold(card.postal_code), " ".join(words_of(card.street)), email_key(card.email), phone_key(card.phone),
    )  # fmt: skip


class Frequencies:
    """How often a word stands in the names of all these organisations."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.most = len(records) + _BACKGROUND
        self.prior = math.log2(0.1 / (max(len(records), 200) / 2))
        self._counts = Counter(
            word for r in records for word in {word for name in r.names for word in name.own | name.places}
        )

    def bits(self, word: str) -> float:
        return math.log2(0.9 * self.most / max(self._counts[word], 1))


def compare(one: Record, other: Record, frequencies: Frequencies) -> Pair | None:
    """The pair these two make, or None when they are not worth a look."""
    if not one.names or not other.names:
        return None
    name = max((_names(a, b, frequencies) for a in one.names for b in other.names), key=lambda found: found.bits)
    said: list[Text] = [_WORDS[name.how]] if name.how else []
    against: list[Text] = []
    bits = name.bits + frequencies.prior + _places(one, other, said, against) + _contacts(one, other, said)
    other_town = bool(one.place and other.place) and not same_place(one.place, other.place)
    other_country = bool(one.country and other.country) and one.country != other.country
    if other_country:
        bits += _COUNTRY_OTHER
        against.append(T("another country"))
    if one.kind and other.kind and one.kind != other.kind:
        bits += _KIND_OTHER
        against.append(T("another kind of organisation"))
    score = round(100 / (1 + 2 ** (-bits / 3)))
    if score < POSSIBLE_FROM:
        return None
    forbidden = other_town or other_country or not name.may_be_one or bool(one.place) != bool(other.place)
    if forbidden:
        score = min(score, _MOST_WHEN_FORBIDDEN)
    return Pair(one.key, other.key, score, score >= SAME_FROM and not forbidden, tuple(said), tuple(against))


def _names(one: Parts, other: Parts, frequencies: Frequencies) -> _Name:
    if one.whole == other.whole:
        words = one.own | one.places
        return _Name(sum(map(frequencies.bits, words)) + _SPELLED if words else 5.0, "same", True)
    if (acronym := _acronym(one, other)) is not None:
        return acronym
    ours, theirs = set(one.own), set(other.own)
    bits, slips = 0.0, 0
    for word in ours & theirs:
        bits += frequencies.bits(word)
    ours, theirs = ours - theirs, theirs - ours
    for word in sorted(ours):
        near = next((w for w in sorted(theirs) if _a_slip(word, w)), None)
        if near is not None:
            ours.discard(word)
            theirs.discard(near)
            bits += 0.6 * min(frequencies.bits(word), frequencies.bits(near))
            slips += 1
    if one.places and other.places and same_place(one.places, other.places):
        bits += max(map(frequencies.bits, one.places))
    elif one.places and other.places:
        return _Name(_NAME_OTHER, "", False)
    bits += (_WORD_OTHER if ours and theirs else _WORD_TOO_MANY) * len(ours | theirs)
    kinds, all_kinds = len(one.kinds & other.kinds), len(one.kinds | other.kinds)
    share = kinds / all_kinds if all_kinds else 1.0
    if share == 1 and not (ours or theirs) and bits > 0:
        # The same kind, the same place, no word that only one of them has: spellings of one name.
        bits += _SPELLED - 4.0 * bool(slips)
    bits += 3.0 if share == 1 else 0.5 if share >= 0.5 else -2.0 if not (one.kinds and other.kinds) else _NAME_OTHER
    may_be_one = not (ours or theirs) and share == 1
    how = "" if bits <= 0 else "slip" if slips and may_be_one else "spelled" if may_be_one else "part"
    return _Name(bits, how, may_be_one)


def _acronym(one: Parts, other: Parts) -> _Name | None:
    """ "MCK" is what Mladinski center Krško is called for short: worth a look, never sure."""
    for short, long in ((one, other), (other, one)):
        if " " not in short.whole and 2 < len(short.whole) <= 6 and short.whole == long.initials:
            return _Name(10.0, "acronym", False)
    return None


def _a_slip(one: str, other: str) -> bool:
    longer = max(len(one), len(other))
    if one.isdigit() or other.isdigit() or longer < 5:
        return False
    return OSA.distance(one, other) <= (1 if longer < 8 else 2)


def _places(one: Record, other: Record, said: list[Text], against: list[Text]) -> float:
    bits = 0.0
    if one.place and other.place:
        if same_place(one.place, other.place):
            bits += _TOWN_SAME
            said.append(T("same town"))
        else:
            bits += _TOWN_OTHER
            against.append(T("another town"))
    if one.postal_code and one.postal_code == other.postal_code:
        bits += _POST_SAME
    if one.street and one.street == other.street and bits > 0:
        bits += _STREET_SAME
        said.append(T("same address"))
    return bits


def _contacts(one: Record, other: Record, said: list[Text]) -> float:
    bits = 0.0
    if one.email and other.email:
        if one.email == other.email:
            bits += _EMAIL_SAME
            said.append(T("same e-mail"))
        elif (site := one.email.partition("@")[2]) == other.email.partition("@")[2] and site not in _PUBLIC:
            bits += _SITE_SAME
            said.append(T("e-mail at the same address"))
    if one.phone and one.phone == other.phone:
        bits += _PHONE_SAME
        said.append(T("same phone"))
    return bits


_WORDS = {
    "same": T("same name"),
    "spelled": T("the same name in another spelling"),
    "slip": T("names almost the same"),
    "part": T("a part of the name is the same"),
    "acronym": T("one is the other's initials"),
}


def keys_of(record: Record) -> list[str]:
    """What it is looked up by."""
    keys = [f"m{record.email}" if record.email else "", f"p{record.phone}" if record.phone else ""]
    site = record.email.partition("@")[2]
    keys.append(f"@{site}" if site and site not in _PUBLIC else "")
    for name in record.names:
        keys.append(f"w{name.whole}")
        keys += [f"o{word[:5]}" for word in name.own]
        keys += [f"t{'+'.join(sorted(place))}|{kind}" for place in (name.places, record.place) if place
                 for kind in name.kinds or ("",)]  # fmt: skip
        keys += [f"i{name.initials}", f"i{name.whole}"]
    return [key for key in keys if key]


def narrower_keys(record: Record) -> list[str]:
    """What blocks that are too large are split by."""
    keys = ["t" + "+".join(sorted(record.place))] if record.place else []
    return keys + [f"o{word[:5]}" for name in record.names for word in name.own | name.places]

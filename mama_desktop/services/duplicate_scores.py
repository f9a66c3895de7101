"""How likely two people are one: what agrees counts by how rare it is, and a few plain rules may forbid "the same".

After Fellegi and Sunter (1969): each thing two records have in common adds the logarithm (base 2) of how much more
often it agrees within one person than between two. The share between two is taken from the records themselves: the
same rare family name says more than the same Novak. What a household shares (address, phone, a parent's e-mail) counts
once, not once each. The sum is set against the odds that any two of so many records are one.

Whatever the sum, two records are never "the same" (`is_same`) when
- both given names are known and one is no form or slip of the other (siblings, twins),
- both birth dates are known and differ by more than a slip of the pen (siblings), or the years by 12 or more (father
  and son of one name),
- nothing but the names agrees.
A number that belongs to one person (of a tax office, an insurance), where a list has one, outweighs the first two.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import OSA, JaroWinkler

from mama_desktop.domain.duplicates import Pair
from mama_desktop.services.duplicate_reasons import Found, reasons_of
from mama_desktop.services.duplicate_records import Record, keys_of, narrower_keys, record_of
from mama_desktop.services.name_agreement import (
    AGREES,
    SILENT,
    Agreement,
    family_agreement,
    given_agreement,
)

__all__ = ["Frequencies", "Record", "birth_agreement", "compare", "keys_of", "narrower_keys", "record_of"]
# Of 100: from here "the same"; from there on worth a look.
SAME_FROM = 80
POSSIBLE_FROM = 40
_MOST_WHEN_FORBIDDEN = 79
# A file of ten people says little about how rare a name is: it is judged as if so many more were there.
_BACKGROUND = 2_000
# Bits. What is said of two people when it does not agree, and the most that agreement may say.
_GIVEN_OTHER, _FAMILY_OTHER, _ONLY_ALIKE = -8.0, -6.0, -2.5
_SWAPPED = -1.0
_BIRTH_OTHER, _BIRTH_SLIP, _BIRTH_SWAPPED, _YEAR_SAME = -7.0, 6.0, 9.0, 4.5
_GENDER_OTHER, _GENDER_SAME = -2.0, 0.5
_NUMBER_SAME, _NUMBER_SLIP, _NUMBER_OTHER = 18.0, 9.0, -7.0
_HOUSEHOLD_MOST = 14.0
_TOWN_NEAR = 1.0
_STREET_OTHER, _TOWN_OTHER, _CONTACT_OTHER = -1.5, -0.7, -0.7
_A_GENERATION = 12
_NUMBER = re.compile(r"\d+")
_STREET_WORDS = frozenset(
    "ulica ul cesta c trg pot street st road rd avenue ave place pl court crescent circuit drive close way".split()
)


class Frequencies:
    """How often a value is met among the records, as bits of what its agreement says."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.most = len(records) + _BACKGROUND
        self._counts: dict[str, Counter[str]] = {}
        for name in ("given", "family", "birth", "postal_code", "town", "organisation"):
            self._counts[name] = Counter(getattr(record, name) for record in records)
        self._counts["street"] = Counter(f"{r.street} {r.number}" for r in records)
        self._counts["email"] = Counter(email for r in records for email in r.emails)
        self._counts["phone"] = Counter(phone for r in records for phone in r.phones)
        self._bits: dict[tuple[str, str], float] = {}
        # Of any two records, the odds that they are one: one in ten has a double.
        self.prior = math.log2(0.1 / (max(len(records), 500) / 2))

    def bits(self, what: str, value: str) -> float:
        known = self._bits.get((what, value))
        if known is None:
            count = max(self._counts[what][value], 1)
            known = self._bits[what, value] = math.log2(0.9 * self.most / count)
        return known


def compare(one: Record, other: Record, frequencies: Frequencies) -> Pair | None:
    """The pair these two make, or None when they are not worth a look."""
    found = Found()
    bits = _names(one, other, frequencies, found)
    numbers = bool(one.personal_number) and one.personal_number == other.personal_number
    if bits < -6 and not numbers:
        return None
    bits += _birth(one, other, frequencies, found)
    if bits < -4 and not numbers:
        return None
    bits += _household(one, other, frequencies, found) + _rest(one, other, frequencies, found)
    if _not_worth_a_look(found):
        return None
    bits += frequencies.prior
    score = round(100 / (1 + 2 ** (-bits / 3)))
    if score < POSSIBLE_FROM:
        return None
    forbidden = _forbidden(found)
    if forbidden:
        score = min(score, _MOST_WHEN_FORBIDDEN)
    speaks_for, against = reasons_of(one, other, found)
    return Pair(one.key, other.key, score, score >= SAME_FROM and not forbidden, speaks_for, against)


def _names(one: Record, other: Record, frequencies: Frequencies, found: Found) -> float:
    given, family = given_agreement(one.given, other.given), family_agreement(one.family, other.family)
    straight = _given_bits(one, other, given, frequencies) + _family_bits(one, other, family, frequencies)
    found.given, found.family = given, family
    if given.how == family.how == "same":
        return straight
    crossed_given = family_agreement(one.given, other.family)
    crossed_family = family_agreement(one.family, other.given)
    if crossed_given.how not in AGREES and crossed_family.how not in AGREES:
        return straight
    crossed = _SWAPPED + sum(
        _crossed_bits(agreement, a, b, frequencies)
        for agreement, a, b in (
            (crossed_given, one.given, other.family), (crossed_family, one.family, other.given),
        )
    )  # fmt: skip
    if crossed <= straight:
        return straight
    found.given, found.family, found.swapped = crossed_given, crossed_family, True
    return crossed


def _crossed_bits(agreement: Agreement, one: str, other: str, frequencies: Frequencies) -> float:
    if agreement is SILENT:
        return 0.0
    if agreement.how not in AGREES:
        return _GIVEN_OTHER
    rarest = min(frequencies.bits("given", one), frequencies.bits("family", one))
    return agreement.share * min(rarest, frequencies.bits("family", other), frequencies.bits("given", other))


def _given_bits(one: Record, other: Record, agreement: Agreement, frequencies: Frequencies) -> float:
    if agreement is SILENT:
        return 0.0
    if agreement.how in AGREES:
        return agreement.share * min(frequencies.bits("given", one.given), frequencies.bits("given", other.given))
    return _ONLY_ALIKE if agreement.how == "alike" else _GIVEN_OTHER


def _family_bits(one: Record, other: Record, agreement: Agreement, frequencies: Frequencies) -> float:
    if agreement is SILENT:
        return 0.0
    if agreement.how in AGREES:
        return agreement.share * min(frequencies.bits("family", one.family), frequencies.bits("family", other.family))
    return _ONLY_ALIKE if agreement.how == "alike" else _FAMILY_OTHER


def birth_agreement(one: str, other: str) -> str:
    """ "same", "swapped" (day and month), "slip", "year" (the same, more is not known), "other", or ""."""
    if not one or not other:
        return ""
    if len(one) < 8 or len(other) < 8:
        return "year" if one[:4] == other[:4] else "other"
    if one == other:
        return "same"
    if abs(int(one[:4]) - int(other[:4])) >= _A_GENERATION:
        return "other"
    if one[:4] == other[:4] and one[4:6] == other[6:] and one[6:] == other[4:6]:
        return "swapped"
    parts = (one[:4] == other[:4]) + (one[4:6] == other[4:6]) + (one[6:] == other[6:])
    return "slip" if parts == 2 or OSA.distance(one, other, score_cutoff=1) <= 1 else "other"


def _birth(one: Record, other: Record, frequencies: Frequencies, found: Found) -> float:
    found.birth = how = birth_agreement(one.birth, other.birth)
    if not how:
        return 0.0
    if how == "same":
        return min(frequencies.bits("birth", one.birth), 13.5)
    return {"swapped": _BIRTH_SWAPPED, "slip": _BIRTH_SLIP, "year": _YEAR_SAME, "other": _BIRTH_OTHER}[how]


def _household(one: Record, other: Record, frequencies: Frequencies, found: Found) -> float:
    bits = 0.0
    shared: list[str] = []
    for what, ours, theirs in (("email", one.emails, other.emails), ("phone", one.phones, other.phones)):
        if ours and theirs:
            common = ours & theirs
            if common:
                shared.append(what)
                bits += max(frequencies.bits(what, value) for value in common)
            else:
                found.other_contact = True
                bits += _CONTACT_OTHER
    town = _town(one, other, frequencies)
    street, how = _street(one, other, frequencies)
    if town < 0 and how:
        # There is a Lipova ulica 10 in every other town.
        street, how = 0.5, ""
    bits += street + town
    if how:
        shared.append(how)
    found.household = tuple(shared)
    return min(bits, _HOUSEHOLD_MOST)


def _street(one: Record, other: Record, frequencies: Frequencies) -> tuple[float, str]:
    if not one.street or not other.street:
        return 0.0, ""
    same_number = bool(one.number) and one.number == other.number
    if one.street == other.street:
        if same_number:
            return min(frequencies.bits("street", f"{one.street} {one.number}"), 9.0), "address"
        return (3.0, "street") if one.number and other.number else (5.0, "address")
    if JaroWinkler.similarity(one.street, other.street) > 0.8 and _without(one.street, other.street):
        return (6.0, "address") if same_number else (3.0, "street")
    return (0.5 if same_number else _STREET_OTHER), ""


def _without(one: str, other: str) -> bool:
    """Whether two streets are alike also without the words every street has."""
    ours, theirs = (" ".join(w for w in s.split() if w not in _STREET_WORDS) or s for s in (one, other))
    return OSA.normalized_similarity(ours, theirs) >= 0.7


def _town(one: Record, other: Record, frequencies: Frequencies) -> float:
    bits = 0.0
    if one.postal_code and other.postal_code:
        if one.postal_code == other.postal_code:
            bits = min(frequencies.bits("postal_code", one.postal_code), 6.0)
        else:
            bits = _TOWN_NEAR if OSA.distance(one.postal_code, other.postal_code, score_cutoff=1) <= 1 else _TOWN_OTHER
    if one.town and other.town:
        if one.town == other.town:
            bits = max(bits, min(frequencies.bits("town", one.town), 6.0))
        elif OSA.normalized_similarity(one.town, other.town) >= 0.7:
            bits = max(bits, 3.0)
        elif bits < _TOWN_NEAR or one.postal_code != other.postal_code:
            bits = 2 * _TOWN_OTHER
    return bits


def _rest(one: Record, other: Record, frequencies: Frequencies, found: Found) -> float:
    bits = 0.0
    if one.personal_number and other.personal_number:
        slips = OSA.distance(one.personal_number, other.personal_number, score_cutoff=1)
        found.number = ("same", "slip", "other")[min(slips, 2)]
        bits += {"same": _NUMBER_SAME, "slip": _NUMBER_SLIP, "other": _NUMBER_OTHER}[found.number]
    if one.organisation and one.organisation == other.organisation:
        found.same_organisation = True
        bits += min(frequencies.bits("organisation", one.organisation), 6.0)
    if one.gender and other.gender:
        found.other_gender = one.gender != other.gender
        bits += _GENDER_OTHER if found.other_gender else _GENDER_SAME
    return bits


def _forbidden(found: Found) -> bool:
    """The plain rules: what may be looked at by a person, but is never one by itself."""
    if found.number == "same":
        # A number that belongs to one person outweighs a name or a date typed wrong.
        return False
    if found.number == "slip" and found.given.how in AGREES and (found.family.how in AGREES or found.birth == "same"):
        # Numbers of twins lie side by side, but their given names do not agree.
        return False
    if found.given.how in ("other", "alike") or found.birth == "other":
        return True
    if found.family.how in ("other", "alike") and not (found.birth == "same" and found.household):
        # A family name changes by marriage; the given name, the birth date and the household do not all at once.
        return True
    if found.other_gender and found.given.how != "same":
        return True
    if found.given is SILENT and (found.birth != "same" or found.family.how not in AGREES):
        return True
    if found.given.how == "initial" and found.birth != "same":
        return True
    belongs = found.same_organisation and not found.other_contact
    return not (found.birth or found.household or belongs or found.number == "slip")


def _not_worth_a_look(found: Found) -> bool:
    """Siblings, and people who only share a given name: nobody wants to be asked about each family."""
    if found.number in ("same", "slip"):
        return False
    if found.given.how == "other":
        return True
    is_married = found.birth == "same" or bool({"email", "phone"} & set(found.household))
    return found.family.how == "other" and not is_married

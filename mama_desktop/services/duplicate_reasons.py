"""What was found of two people, and how it is said: what speaks for one person and what against."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from mama_desktop.domain.text import T, Text
from mama_desktop.services.duplicate_records import Record
from mama_desktop.services.name_agreement import AGREES, SILENT, Agreement


@dataclass(slots=True)
class Found:
    """What was found of one pair on the way."""

    given: Agreement = SILENT
    family: Agreement = SILENT
    swapped: bool = False
    birth: str = ""
    number: str = ""
    household: tuple[str, ...] = ()
    same_organisation: bool = False
    other_contact: bool = False
    other_gender: bool = False


_HOUSEHOLD_WORDS = {
    "email": T("same e-mail"),
    "phone": T("same phone"),
    "address": T("same address"),
    "street": T("same street"),
}
_NAME_WORDS = {
    "same": T("same name"),
    "nickname": T("the same name in another form"),
    "slip": T("names almost the same"),
    "part": T("a part of the name is the same"),
    "initial": T("only the initial of the name"),
    "alike": T("names alike"),
}
_BIRTH_WORDS = {
    "same": T("same birth date"),
    "swapped": T("birth date with day and month swapped"),
    "slip": T("almost the same birth date"),
    "year": T("same birth year"),
}


def reasons_of(one: Record, other: Record, found: Found) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """In words what speaks for the two being one, and what against."""
    said: list[Text] = []
    against: list[Text] = []
    hows = {found.given.how, found.family.how} - {""}
    if found.swapped:
        said.append(T("given and family name swapped"))
    if "other" in hows:
        if found.given.how == "other" and found.family.how in AGREES:
            said.append(T("same family name") if found.family.how == "same" else T("family names almost the same"))
            against.append(T("another given name"))
        elif found.family.how == "other" and found.given.how in AGREES:
            said.append(T("same given name"))
            against.append(T("another family name"))
        else:
            against.append(T("another name"))
    else:
        worst = next((how for how in ("alike", "initial", "part", "slip", "nickname", "same") if how in hows), "")
        if worst and not (found.swapped and worst == "same"):
            said.append(_slip_words(one, other) if worst == "slip" and not found.swapped else _NAME_WORDS[worst])
    if found.birth == "other":
        against.append(T("another birth date"))
    elif found.birth:
        said.append(_BIRTH_WORDS[found.birth])
    said += [_HOUSEHOLD_WORDS[what] for what in found.household]
    if found.number in ("same", "slip"):
        said.append(T("same personal number") if found.number == "same" else T("almost the same personal number"))
    elif found.number:
        against.append(T("another personal number"))
    if found.same_organisation:
        said.append(T("same organisation"))
    if found.other_gender:
        against.append(T("another gender"))
    return tuple(said), tuple(against)


def _slip_words(one: Record, other: Record) -> Text:
    distance = OSA.distance(f"{one.given} {one.family}", f"{other.given} {other.family}", score_cutoff=1)
    return T("names one letter apart") if distance == 1 else _NAME_WORDS["slip"]

"""A person's card made ready for comparing, and the keys by which it meets those worth comparing with."""

from __future__ import annotations

from typing import NamedTuple

from mama_desktop.domain.duplicates import PersonCard
from mama_desktop.domain.people import email_key
from mama_desktop.domain.text import fold, words_of
from mama_desktop.services.blocking import skeleton
from mama_desktop.services.matching import phone_key


class Record(NamedTuple):
    """A card made ready for comparing."""

    key: str
    given: str
    family: str
    birth: str
    emails: frozenset[str]
    phones: frozenset[str]
    street: str
    number: str
    postal_code: str
    town: str
    organisation: str
    gender: str
    personal_number: str


def record_of(card: PersonCard) -> Record:
    street = words_of(card.street)
    number = next((word for word in street if word[0].isdigit()), "")
    return Record(
        card.key,
        " ".join(words_of(card.given_name)),
        " ".join(words_of(card.family_name)),
        card.birth,
        frozenset(filter(None, map(email_key, card.emails))),
        frozenset(filter(None, map(phone_key, card.phones))),
        " ".join(word for word in street if word != number),
        number,
        fold(card.postal_code),
        " ".join(words_of(card.town)),
        card.organisation,
        "" if card.gender in ("unknown", "non-binary") else card.gender,
        "".join(words_of(card.personal_number)),
    )


def keys_of(record: Record) -> list[str]:
    """What it is looked up by: others with one of these are compared with it."""
    given, family = skeleton(record.given), skeleton(record.family)
    first, second = sorted((given, family))
    birth, year = record.birth, record.birth[:4]
    keys = [f"m{email}" for email in record.emails] + [f"p{phone}" for phone in record.phones]
    if record.personal_number:
        keys.append(f"#{record.personal_number}")
    keys += [f"l{email.partition('@')[0]}" for email in record.emails]
    if given and family:
        if record.organisation:
            keys.append(f"o{record.organisation}|{first}|{second}")
        keys += [f"n{first}|{second}", f"i{first[:2]}|{second[:2]}|{year}"]
    if len(birth) == 8:
        keys.append(f"b{year}{''.join(sorted((birth[4:6], birth[6:])))}")
    if record.street and record.number:
        keys.append(f"a{skeleton(record.street)[:4]}|{record.number}|{record.postal_code[:2]}")
        keys.append(f"s{skeleton(record.street)}|{record.number}")
    if record.postal_code:
        keys += [f"z{record.postal_code}|{name[:3]}" for name in {given, family} if name]
    if year:
        keys += [f"y{name}|{year}" for name in {given, family} if name]
        keys += [f"d{birth[4:]}|{name[:3]}" for name in {given, family} if name and len(birth) == 8]
    return keys


def narrower_keys(record: Record) -> list[str]:
    """What blocks that are too large are split by."""
    keys = [f"y{record.birth}" if record.birth else "", f"z{record.postal_code}" if record.postal_code else ""]
    keys.append(f"n{skeleton(record.given)}|{skeleton(record.family)}")
    return [key for key in keys if key]

"""Short codes of records, for a column of a list that leaves the house and comes back corrected.

A code is derived from the record's key alone, so it is never stored: "K7Q2-M9XT4". Eight characters have a million
million values, the ninth is a check character. I, L, O and U are not used, and the hyphen keeps a spreadsheet
from reading a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.projects import Project
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T

HEADING = T("ID")
"""What stands above the column, in every language the same word."""
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
_CODE = re.compile(rf"[{_LETTERS}]{{9}}")
_KEYS: dict[str, InstrumentedAttribute[str]] = {
    "registration": Registration.id,
    "person": Person.id,
    "organisation": Organisation.id,
    "project": Project.id,
    "event": Event.id,
}


def short_id(key: str) -> str:
    """The code of a record: always the same for the same key."""
    number = int.from_bytes(blake2b(key.encode(), digest_size=5).digest(), "big")
    code = "".join(_LETTERS[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{code[:4]}-{code[4:]}{_check(code)}"


def as_short_id(words: str) -> str:
    """The code that was typed or pasted, as we write it; "" when it is none (or has a typing error)."""
    code = re.sub(r"[\s\-–—_]", "", words).upper().translate(_MISREAD)
    if not _CODE.fullmatch(code) or _check(code[:8]) != code[8]:
        return ""
    return f"{code[:4]}-{code[4:]}"


def resolve(session: Session, noun: str, short: str) -> str | None:
    """The key of the record with this code; None when there is none, or more than one.

    noun: registration, person, organisation, project or event.
    """
    return resolve_all(session, noun, [short]).get(short)


def resolve_all(session: Session, noun: str, shorts: Iterable[str]) -> dict[str, str]:
    """The keys of many codes, read once; codes that lead nowhere are left out. Keyed by the code as it was given."""
    wanted = {short: code for short in shorts if (code := as_short_id(short))}
    if not wanted:
        return {}
    codes = set(wanted.values())
    found: dict[str, list[str]] = {}
    for key in session.scalars(select(_KEYS[noun])):
        code = short_id(key)
        if code in codes:
            found.setdefault(code, []).append(key)
    return {short: found[code][0] for short, code in wanted.items() if len(found.get(code, ())) == 1}


def _check(code: str) -> str:
    """Luhn's sum over 32 letters: finds every wrong character and nearly every swap of neighbours."""
    total = 0
    for place, letter in enumerate(reversed(code)):
        value = _LETTERS.index(letter) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return _LETTERS[-total % 32]

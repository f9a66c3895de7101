"""What a cell means for a field of a kind: the typed value, or why it cannot be taken, in the user's words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from collections.abc import Mapping as Dictionary
from functools import partial
from typing import Any, NamedTuple

from mama_desktop.domain.text import T, Text, fold
from mama_desktop.intake import names, places
from mama_desktop.intake.dates import parse_date, parse_moment
from mama_desktop.intake.mapping import Column
from mama_desktop.intake.meaning import NOTHING, SAYS_NOTHING, Meaning
from mama_desktop.intake.tables import Cell, as_text
from mama_desktop.intake.vocabulary import meanings, plain


class Setting(NamedTuple):
    """What reading a value depends on besides the cell."""

    proper_case: bool = True
    around: dt.date | None = None
    epoch_1904: bool = False
    choices: Dictionary[str, Dictionary[str, str]] = {}


Reader = Callable[[Cell], Meaning]
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[^\W_](?:[\w-]*\.)+[^\W\d_]{2,}", re.UNICODE)
_NOT_DIGITS = re.compile(r"\D+")
_LETTERS = re.compile(r"[^\W\d_]")
_BETWEEN = re.compile(r"[^\d+;,]+")
_AGE_GROUP = re.compile(r"(\d{1,2})\s*(?:-|–|—|do|to|and)\s*(\d{1,2})")
_OPEN_GROUP = re.compile(
    r"(?:nad|vec kot|over|above|od)\s*(\d{1,2})|(\d{1,2})\s*(?:\+|let in vec|in vec|and over|or more)"
)
_BELOW_GROUP = re.compile(r"(?:do|pod|manj kot|under|below|up to)\s*(\d{1,2})")
_YEAR = re.compile(r"(?<!\d)(19\d{2}|20\d{2})(?!\d)")
_WHOLE_DATE = re.compile(r"(\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{4}|\d{4}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{1,2})\.?")


def reader_for(column: Column, setting: Setting) -> Reader:
    """The function that reads this column's cells (never called with an empty one)."""
    key, order = column.key, column.dates.order if column.dates else "dmy"
    match column.kind:
        case "given_name" | "family_name" | "name":
            return partial(_name, key, setting.proper_case)
        case "full_name":
            return partial(_full_name, column.names or "given", setting.proper_case)
        case "date":
            return partial(_date, key, column.label, order, setting)
        case "datetime":
            return partial(_moment, key, column.label, order, setting)
        case "year" | "number":
            return partial(_year if column.kind == "year" else _number, key, column.label)
        case "choice" | "bool":
            return partial(_choice, key, _words_for(key if column.kind == "choice" else "bool", setting.choices))
        case "country":
            return partial(places.country, key)
        case "gender":
            return partial(_gender, key, _words_for("gender", setting.choices))
        case "diet":
            return partial(_diet, key, _words_for("diet", setting.choices))
        case "email" | "phone" | "postal_code" | "postal_and_town" | "age_group" | "town":
            return partial(_PLAIN_READERS[column.kind], key)
        case _:
            words = _words_for(key, setting.choices) if key == "language" else {}
            return partial(_choice, key, words) if words else partial(_text, key)


def _words_for(key: str, choices: Dictionary[str, Dictionary[str, str]]) -> dict[str, str]:
    """Folded answer → value: ours, then the office's own labels."""
    return meanings(key) | {plain(label): value for label, value in choices.get(key, {}).items()}


def _text(key: str, cell: Cell) -> Meaning:
    return Meaning(((key, as_text(cell)),))


def _name(key: str, proper: bool, cell: Cell) -> Meaning:
    name = names.tidy_name(as_text(cell))
    if fold(name) in SAYS_NOTHING or not any(c.isalpha() for c in name):
        return Meaning(keep=bool(name) and fold(name) not in SAYS_NOTHING)
    return Meaning(((key, names.proper_case(name) if proper else name),))


def _full_name(order: str, proper: bool, cell: Cell) -> Meaning:
    name = names.tidy_name(as_text(cell))
    if fold(name) in SAYS_NOTHING or not any(c.isalpha() for c in name):
        return Meaning(keep=bool(name) and fold(name) not in SAYS_NOTHING)
    given, family = names.split_full_name(name, order)
    if proper:
        # KOVAČ Ana: each part for itself; one word in capitals beside another that is not is a surname.
        given, family = names.proper_case(given), names.proper_case(family)
    notice = None
    if not family:
        notice = T("Only one name is given: “{name}”.", name=name)
    elif len(name.split(" ")) > 2 and "," not in name:
        notice = T("“{name}” was divided into {given} | {family}.", name=name, given=given, family=family)
    pairs = (("given_name", given), ("family_name", family)) if family else (("given_name", given),)
    return Meaning(pairs, notice=notice)


def _email(key: str, cell: Cell) -> Meaning:
    words = as_text(cell)
    if fold(words) in SAYS_NOTHING:
        return NOTHING
    found = _EMAIL.findall(words.replace("mailto:", ""))
    if not found:
        return Meaning(problem=T("“{value}” is not an e-mail address.", value=words), keep=True)
    address = found[0].strip(".").lower()
    if not address.partition("@")[0].isascii() or ".." in address:
        return Meaning(problem=T("“{value}” is not an e-mail address.", value=words), keep=True)
    if len(set(found)) > 1:
        return Meaning(((key, address),), notice=T("Of several e-mail addresses the first was taken."), keep=True)
    return Meaning(((key, address),), keep=len(words) > len(found[0]) + 12)


def _phone(key: str, cell: Cell) -> Meaning:
    words = as_text(cell)
    if fold(words) in SAYS_NOTHING:
        return NOTHING
    digits = _NOT_DIGITS.sub("", words)
    if not digits:
        return Meaning(problem=T("“{value}” is not a telephone number.", value=words), keep=True)
    if isinstance(cell, int | float):
        # As a number Excel drops the leading zero or plus: 40123456, 38640123456.
        if len(digits) == 8 and digits[0] in "1234567":
            return Meaning(((key, f"0{digits}"),))
        if digits.startswith(("386", "385")) and len(digits) in (11, 12):
            return Meaning(((key, f"+{digits}"),))
        return Meaning(((key, digits),))
    if _LETTERS.search(words):
        return Meaning(((key, words),))
    number = words.replace("(0)", " ") if words.startswith(("+", "00")) else words
    number = _BETWEEN.sub(" ", number).strip()
    if number.startswith("00"):
        number = f"+{number[2:].lstrip()}"
    problem = T("The telephone number “{value}” is too short.", value=words) if len(digits) < 6 else None
    return Meaning(((key, number),), notice=problem)


def _date(key: str, label: str, order: str, setting: Setting, cell: Cell) -> Meaning:
    birth = key == "birth_date"
    words = as_text(cell)
    if birth and re.fullmatch(r"(19|20)\d\d\.?", words):
        return Meaning((("birth_year", int(words[:4])),))
    day = parse_date(cell, order, around=None if birth else setting.around, epoch_1904=setting.epoch_1904)
    if day is None:
        if fold(words) in SAYS_NOTHING:
            return NOTHING
        year = _YEAR.search(words) if birth else None
        if year:
            # Of "poleti 2008" the year is all there is; "31. 2. 2008" is a slip, of which the year may be right.
            slip = _no_date(label, words) if _WHOLE_DATE.fullmatch(words) else None
            return Meaning((("birth_year", int(year.group())),), problem=slip, keep=True)
        return Meaning(problem=_no_date(label, words), keep=True)
    extra = isinstance(cell, dt.datetime) and cell.time() != dt.time()
    more = extra or ((isinstance(cell, str) and len(re.sub(r"[\d\s./:,-]|ob", "", cell)) > 10) or ":" in words)
    return Meaning(((key, day),), keep=more)


def _moment(key: str, label: str, order: str, setting: Setting, cell: Cell) -> Meaning:
    at = parse_moment(cell, order, around=setting.around)
    if at is None:
        return Meaning(problem=None if key == "submitted_at" else _no_date(label, as_text(cell)), keep=True)
    return Meaning(((key, at),))


def _no_date(label: str, words: str) -> Text:
    return T("“{value}” in the column “{column}” is not a date.", value=words, column=label)


def _year(key: str, label: str, cell: Cell) -> Meaning:
    words = as_text(cell)
    if isinstance(cell, dt.date):
        return Meaning(((key, cell.year),))
    match = _YEAR.search(words)
    if match:
        return Meaning(((key, int(match.group())),), keep=len(words) > 10)
    short = re.fullmatch(r"[’']?(\d\d)\.?", words)
    if short:
        year = int(short.group(1))
        return Meaning(((key, year + (1900 if year >= 30 else 2000)),))
    if fold(words) in SAYS_NOTHING:
        return NOTHING
    return Meaning(problem=T("“{value}” in the column “{column}” is not a year.", value=words, column=label), keep=True)


def _number(key: str, label: str, cell: Cell) -> Meaning:
    words = as_text(cell)
    match = re.search(r"-?\d+(?:[.,]\d+)?", words)
    if match:
        number = float(match.group().replace(",", "."))
        if key == "age" and 1900 <= number <= 2100:
            return Meaning((("birth_year", int(number)),))
        if key == "age" and _AGE_GROUP.search(fold(words)):
            return _age_group("age_group", cell)
        return Meaning(((key, int(number) if number.is_integer() else number),), keep=len(words) > 12)
    if fold(words) in SAYS_NOTHING:
        return NOTHING
    return Meaning(
        problem=T("“{value}” in the column “{column}” is not a number.", value=words, column=label), keep=True
    )


def _age_group(key: str, cell: Cell) -> Meaning:
    if isinstance(cell, dt.date):
        # Excel makes a day of 18-24 … 12-15; only the text could have told.
        return Meaning(keep=True)
    words = fold(as_text(cell))
    if match := _AGE_GROUP.search(words):
        return Meaning(((key, f"{int(match[1])}-{int(match[2])}"),))
    if match := _OPEN_GROUP.search(words):
        return Meaning(((key, f"{match[1] or match[2]}+"),))
    if match := _BELOW_GROUP.search(words):
        return Meaning(((key, f"0-{match[1]}"),))
    return Meaning(((key, as_text(cell)[:20]),), keep=len(as_text(cell)) > 20)


def _choice(key: str, words: Dictionary[str, str], cell: Cell) -> Meaning:
    said = plain(as_text(cell)) or as_text(cell)
    value = words.get(said)
    if value is None:
        return Meaning(keep=True)
    typed: Any = {"yes": True, "no": False}.get(value, value)
    return Meaning(((key, typed),))


def _gender(key: str, words: Dictionary[str, str], cell: Cell) -> Meaning:
    text = as_text(cell)
    value = (
        words.get(plain(text)) or words.get(plain(text.partition("(")[0])) or words.get(plain(text.partition("/")[0]))
    )
    if value is None:
        return Meaning(((key, "unknown"),), keep=True)
    return Meaning(((key, value),))


def _diet(key: str, words: Dictionary[str, str], cell: Cell) -> Meaning:
    """Kinds of meal; what is not only such words stays as an answer too."""
    text = as_text(cell)
    kinds: list[str] = []
    rest = False
    parts = [said for part in re.split(r"[;,/+\n]|\bin\b|\band\b", text) if (said := plain(part))]
    while parts:
        # One kind may be said with a comma within ("brez mesa, z ribami"): the longest known words come first.
        length = next((n for n in range(len(parts), 0, -1) if " ".join(parts[:n]) in words), 1)
        said, parts = " ".join(parts[:length]), parts[length:]
        value = words.get(said) or _inside(said, words)
        rest = rest or words.get(said) is None
        if value and value != "none" and value not in kinds:
            kinds.append(value)
    if rest and not kinds and len(text) > 1:
        kinds = ["other"]
    return Meaning(((key, kinds),), keep=rest)


def _inside(said: str, words: Dictionary[str, str]) -> str:
    """ "sem vegetarijanka" holds vegetarijanka; "brez laktoze" goes before "brez"."""
    for answer in sorted((w for w in words if len(w) > 4 and words[w] != "none"), key=len, reverse=True):
        if re.search(rf"\b{re.escape(answer)}", said):
            return words[answer]
    return ""


_PLAIN_READERS: dict[str, Callable[[str, Cell], Meaning]] = {
    "email": _email,
    "phone": _phone,
    "postal_code": places.postal_code,
    "postal_and_town": places.postal_and_town,
    "age_group": _age_group,
    "town": places.town,
}

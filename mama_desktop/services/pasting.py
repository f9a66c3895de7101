"""A block of cells from a spreadsheet onto our own: each checked by its field's rules, the good ones in one write."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.money import read_cents
from mama_desktop.domain.organisations import name_key
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import GIVES_BACK, STATUSES, TAKES_PLACE, Registration
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T, Text, clean, clean_lines, sort_key
from mama_desktop.i18n import LANGUAGES
from mama_desktop.i18n import language as language_of
from mama_desktop.intake.mapping import Column
from mama_desktop.intake.meaning import SAYS_NOTHING
from mama_desktop.intake.values import Setting, reader_for
from mama_desktop.intake.vocabulary import meanings, plain
from mama_desktop.services import counting, deciding, editing, organisations
from mama_desktop.services.deciding import Decided, OverCapacity
from mama_desktop.services.when import read_time

MOST_CELLS = 100_000
NAMES = ("given_name", "family_name")
# A phone number or a code that a spreadsheet must not read as a number or a formula.
_TEXT_MARK = re.compile(r"^'(?=[\d+=@-])")
_READ = {
    "date": "date", "datetime": "datetime", "year": "year", "number": "number", "decimal": "number",
    "email": "email", "phone": "phone", "country": "country", "bool": "bool",
}  # fmt: skip
_SPLIT = re.compile(r"[;,\n]")
# A cell in quotation marks to its very end; marks inside it are doubled.
_QUOTED = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\n]|\Z)')
_CELL_END = re.compile(r"[\t\n]")


@dataclass(frozen=True)
class Cell:
    """A cell to be changed: of which record, which field, to what.

    value: words as they were pasted, or, where not `typed`, a raw value of the field. row: as counted on the screen.
    """

    key: str
    field: FieldInfo
    value: Any
    row: int = 0
    typed: bool = True


@dataclass(frozen=True)
class Refused:
    """A cell that could not be taken, and why."""

    cell: Cell
    why: Text


@dataclass(frozen=True)
class Taken:
    """cells: how many stand now as asked. refused: those that do not, in the order they came. decided: the statuses."""

    cells: int
    refused: tuple[Refused, ...] = ()
    decided: tuple[Decided, ...] = ()


def parse_block(pasted: str) -> list[list[str]]:
    """Rows and columns of what a spreadsheet put on the clipboard: tabs, CRLF, quoted cells with line breaks."""
    text = pasted.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if not text:
        return [[""]]
    rows: list[list[str]] = [[]]
    place = 0
    while True:
        quoted = _QUOTED.match(text, place)
        # Excel and LibreOffice quote a cell only for its line breaks; an inch or a nickname is a mark like any other.
        plain_end = _CELL_END.search(text, place)
        end = quoted.end() if quoted else plain_end.start() if plain_end else len(text)
        rows[-1].append(quoted[1].replace('""', '"') if quoted else text[place:end])
        if end == len(text):
            break
        if text[end] == "\n":
            rows.append([])
        place = end + 1
    width = max(map(len, rows))
    return [[_TEXT_MARK.sub("", cell) for cell in row] + [""] * (width - len(row)) for row in rows]


def read_cells(cells: Iterable[Cell], *, now: dt.datetime) -> tuple[list[Cell], list[Refused]]:
    """The cells with typed values, and those whose words are no value of their field."""
    good: list[Cell] = []
    refused: list[Refused] = []
    for cell in cells:
        try:
            value = read(cell.field, cell.value, today=now.date()) if cell.typed else cell.value
            good.append(Cell(cell.key, cell.field, value, cell.row, typed=False))
        except OfficeError as error:
            refused.append(Refused(cell, error.what))
    return good, refused


def read(field: FieldInfo, words: str, *, today: dt.date) -> Any:
    """The raw value of pasted words, as people write it in a list. Raises OfficeError when it is none."""
    if not field.editable:
        raise OfficeError(T("This column is computed and cannot be changed here."))
    words = clean_lines(words) if field.kind == "long-text" else clean(words)
    if not words:
        return [] if field.kind == "choices" else None
    match field.kind:
        case "choices":
            return _several(field, words)
        case "time":
            return _time(field, words)
        case "money":
            return _money(field, words)
        case kind if field.choices and kind != "country":
            return _one(field, words)
        case kind if kind in _READ:
            return _as_intake(field, words, today)
        case _:
            return words


def take(
    session: Session,
    noun: str,
    cells: Sequence[Cell],
    *,
    now: dt.datetime,
    reason: str = "",
    cancelled_by: str = "",
    over_capacity: bool = False,
    whole_parties: bool | None = None,
) -> Taken:
    """Give each record its value; what the rules refuse stays as it was and is named. `cells` hold raw values.

    The same value of the same field goes to all its records at once; only where that is refused, one by one. A status
    is decided (`deciding.decide`, with its reason, and its questions SplitParty and OverCapacity).
    """
    groups: dict[tuple[str, Any], list[Cell]] = {}
    for cell in cells:
        groups.setdefault((cell.field.key, _hashable(cell.value)), []).append(cell)
    refused: list[Refused] = []
    decided: list[Decided] = []
    # Who leaves makes room for who comes.
    for group in sorted(groups.values(), key=lambda some: _is_status(noun, some[0]) and some[0].value in TAKES_PLACE):
        if _is_status(noun, group[0]):
            may = set(deciding.possible(session, [c.key for c in group], group[0].value))
            refused.extend(Refused(c, _cannot(session, c)) for c in group if c.key not in may)
            decided.append(deciding.decide(
                session, list(dict.fromkeys(c.key for c in group if c.key in may)), group[0].value, now=now,
                reason=reason, cancelled_by=cancelled_by, over_capacity=over_capacity, whole_parties=whole_parties,
            ))  # fmt: skip
        elif len(group) == 1 or _change(session, noun, group, now, over_capacity) is not None:
            tried = ((cell, _change(session, noun, [cell], now, over_capacity)) for cell in group)
            refused.extend(Refused(cell, why) for cell, why in tried if why is not None)
    places = {id(cell): place for place, cell in enumerate(cells)}
    refused.sort(key=lambda r: places[id(r.cell)])
    return Taken(len(cells) - len(refused), tuple(refused), tuple(decided))


@dataclass(frozen=True)
class Brought:
    """What a block would do besides changing cells. organisations: names of new ones. renamed: who is called what,
    and what they would be called, by the names they have now."""

    organisations: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()


def brought(session: Session, noun: str, cells: Sequence[Cell]) -> Brought:
    """What the office has to know of a block before it is taken, or at the latest with it. `cells` hold raw values."""
    named = {clean(c.value) for c in cells if c.field.kind == "organisation" and isinstance(c.value, str)} - {""}
    new = {name_key(name): name for name in sorted(named, key=sort_key, reverse=True)
           if organisations.find_organisation(session, name) is None}  # fmt: skip
    return Brought(tuple(sorted(new.values(), key=sort_key)), tuple(_renamed(session, noun, cells)))


def _renamed(session: Session, noun: str, cells: Sequence[Cell]) -> list[tuple[str, str]]:
    names = [c for c in cells if c.field.key in NAMES] if noun in ("person", "registration") else []
    if not names:
        return []
    keys = list(dict.fromkeys(c.key for c in names))
    owner = {key: key for key in keys}
    if noun == "registration":
        owner = {r.id: r.person_id for r in counting.registrations_by_key(session, keys)}
    people: dict[str, Person] = {}
    for some in counting.chunks(sorted(set(owner.values()))):
        people |= {p.id: p for p in session.scalars(select(Person).where(Person.id.in_(some)))}
    wanted: dict[str, dict[str, str]] = {}
    for cell in names:
        if owner.get(cell.key) in people:
            wanted.setdefault(owner[cell.key], {})[cell.field.key] = clean(str(cell.value or ""))
    found = []
    for person in (people[key] for key in wanted):
        now = (person.given_name, person.family_name)
        then = (wanted[person.id].get("given_name", now[0]), wanted[person.id].get("family_name", now[1]))
        if any(now) and now != then:
            found.append((" ".join(now).strip(), " ".join(then).strip()))
    return found


def given_back(noun: str, cells: Sequence[Cell]) -> list[str]:
    """The statuses among these cells for which a reason is asked."""
    return sorted({c.value for c in cells if _is_status(noun, c) and c.value in GIVES_BACK})


def _is_status(noun: str, cell: Cell) -> bool:
    return noun == "registration" and cell.field.key == "status" and cell.value in STATUSES


def _cannot(session: Session, cell: Cell) -> Text:
    registration = session.get(Registration, cell.key)
    if registration is None:
        return T("This registration was deleted meanwhile.")
    before = STATUSES[registration.status]
    return T("This step cannot follow: {before} → {after}.", before=before, after=STATUSES[cell.value])


def _change(session: Session, noun: str, cells: Sequence[Cell], now: dt.datetime, over_capacity: bool) -> Text | None:
    """Change them together; why not, when that is refused (and then nothing has changed)."""
    first = cells[0]
    keys = [c.key for c in cells]
    try:
        with session.begin_nested():
            editing.change(session, noun, keys, first.field.key, first.value, now=now, over_capacity=over_capacity)
    except OverCapacity:
        # Not wrong: the office is asked about all of it once.
        raise
    except OfficeError as error:
        return error.what
    return None


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _as_intake(field: FieldInfo, words: str, today: dt.date) -> Any:
    """As an import reads such a cell."""
    setting = Setting(around=None if field.key == "birth_date" else today)
    meaning = reader_for(Column(0, "", key=field.key, kind=_READ[field.kind]), setting)(words)
    if meaning.problem is not None:
        # That of a date or a number would name a column of a file.
        raise OfficeError(meaning.problem) if field.kind in ("email", "phone") else no_value(field, words)
    values = dict(meaning.values)
    if field.key in values:
        return values[field.key]
    if words.casefold() in SAYS_NOTHING:
        return None
    raise no_value(field, words)


def _one(field: FieldInfo, words: str) -> Any:
    value = said_in(field).get(plain(words) or words)
    if value is None:
        raise no_value(field, words)
    return value


def _several(field: FieldInfo, words: str) -> list[Any]:
    if words.casefold() in SAYS_NOTHING:
        return []
    known = said_in(field)
    whole = known.get(plain(words))
    if whole is not None:
        return [whole] if whole in field.choices else []
    found = []
    for part in filter(None, map(str.strip, _SPLIT.split(words))):
        value = known.get(plain(part))
        if value is None:
            raise no_value(field, part)
        found.append(value)
    return [choice for choice in field.choices if choice in found]


def said_in(field: FieldInfo) -> dict[str, Any]:
    """Plain words → choice: in both languages, by its key, and as people answer such a question."""
    return _said_in(field.key, tuple(field.choices.items()))


@lru_cache(maxsize=64)
def _said_in(key: str, choices: tuple[tuple[str, Text], ...]) -> dict[str, Any]:
    several = {"none": ""} if key == "diet" else {}
    known = {words: value for words, value in meanings(key).items() if value in dict(choices) or value in several}
    for choice, text in choices:
        known[plain(choice)] = choice
        known |= {plain(language_of(code).say(text)): choice for code in LANGUAGES}
    return known


def _time(field: FieldInfo, words: str) -> dt.time | None:
    try:
        return read_time(words)
    except ValueError:
        raise no_value(field, words) from None


def _money(field: FieldInfo, words: str) -> int | None:
    try:
        return read_cents(words)
    except ValueError:
        raise no_value(field, words) from None


def no_value(field: FieldInfo, words: str) -> OfficeError:
    shown = words if len(words) <= 40 else f"{words[:40]}…"
    if field.choices or field.kind in ("country", "bool"):
        return OfficeError(T("“{value}” is not one of the choices.", value=shown))
    return OfficeError(T("“{value}” is not possible in the column “{column}”.", value=shown, column=field.label))

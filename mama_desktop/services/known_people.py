"""The people and organisations a file may speak of, looked up for the whole file at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.organisations import Organisation, name_key
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import clean, fold
from mama_desktop.services import asked_columns, form_extras, questions
from mama_desktop.services.matching import Traits, alike, born_between, phone_key, same_given_name
from mama_desktop.services.transport import travel_columns

# SQLite takes 32,766 values in one statement, PostgreSQL 65,535.
_MANY = 20_000
# An address or a telephone behind which more people stand is an office's, and says nothing of one of them.
MOST_BEHIND_ONE = 50


class Known(NamedTuple):
    """A person of the workspace as far as a file may speak of one."""

    id: str
    family_name: str
    given_name: str
    email: str
    phone: str
    other_phone: str
    birth_date: dt.date | None
    birth_year: int | None
    age_group: str
    age_group_on: dt.date | None
    gender: str
    street: str
    postal_code: str
    town: str
    country: str
    region: str
    language: str
    organisation_id: str | None
    function: str
    name_key: str
    email_key: str

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class Registered(NamedTuple):
    """A registration for the event in question."""

    id: str
    person_id: str
    organisation_id: str | None
    status: str
    role: str
    arrival: dt.date | None
    departure: dt.date | None
    diet: list[str]
    allergies: str
    remarks: str
    emergency_name: str
    emergency_relation: str
    emergency_phone: str
    applied_at: dt.datetime | None
    answers: dict[str, Any]
    cancelled_by: str
    # What the legs of travel say, by the keys of the columns that fill them.
    travel: Mapping[str, Any] = {}


# Columns of the tables, not of the mapped classes: the mapper costs as much again for tens of thousands of rows.
_people = Person.metadata.tables["person"].c
_registrations = Registration.metadata.tables["registration"].c
_PERSON = [_people[name] for name in Known._fields]
_REGISTRATION = [_registrations[name] for name in Registered._fields if name != "travel"]


def named(session: Session, name_keys: Iterable[str]) -> dict[str, list[Known]]:
    """The people of these names."""
    found: dict[str, list[Known]] = {}
    for person in _where(session, _people.name_key, name_keys):
        found.setdefault(person.name_key, []).append(person)
    return found


def registered(session: Session, event_id: str) -> dict[str, Registered]:
    """Who is registered for the event, by the key of the person; answers in words, under their question's wording, the
    consents and choices of a form among them."""
    rows = session.execute(select(*_REGISTRATION).where(_registrations.event_id == event_id))
    legs = travel_columns.told(session, event_id)
    found = {row[1]: Registered._make((*row, legs.get(row[0], {}))) for row in rows}
    asked = questions.of_event(session, event_id)
    extras = form_extras.told(session, event_id, {one.id: key for key, one in found.items()})
    if not asked and not extras:
        return found
    return {
        key: one._replace(answers=asked_columns.told(one.answers, asked) | extras.get(one.id, {}))
        for key, one in found.items()
    }


def similar(session: Session, asked: Sequence[Traits]) -> list[list[tuple[Known, str]]]:
    """For each row whose name is not known: people who share an e-mail, a birth date or a telephone and whose name is
    alike, and how it is alike (see `matching.alike`; "given": by the given name alone, when two of the three agree)."""
    blocks = (
        _block(session, _people.email_key, {t.email_key for t in asked} - {""}, MOST_BEHIND_ONE),
        _block(session, _people.birth_date, {t.born[0] for t in asked if t.born and t.born_exactly == "day"}, _MANY),
        _behind_phones(session, {p for t in asked for p in t.phones if len(p) == 8}),
    )
    found = [_alike(traits, blocks) for traits in asked]
    people = {p.id: p for p in _where(session, _people.id, {key for some in found for key in some})}
    return [[(people[key], how) for key, how in some.items()] for some in found]


# Value → rows of (value, key, name key).
_Block = dict[Any, list[Any]]


def _block(session: Session, column: Any, values: set[Any], most: int, *only: ColumnElement[bool]) -> _Block:
    """The people behind each value, values behind which too many stand left out. only: among whom it is looked for."""
    found: _Block = defaultdict(list)
    for some in _chunks(values):
        query = select(column, _people.id, _people.name_key).where(*only, column.in_(some))
        for row in session.execute(query).all():
            found[row[0]].append(row)
    return {value: people for value, people in found.items() if len(people) <= most}


def _behind_phones(session: Session, numbers: set[str]) -> _Block:
    """The people behind each telephone, be it their first or their other one."""
    # Most have one telephone, and the words they are searched by end with its bare digits.
    last = func.substr(_people.search, func.length(_people.search) - 7)
    only_one = _block(session, last, numbers, _MANY, _people.phone != "", _people.other_phone == "")
    one, other = (
        _block(session, _last_digits(column), numbers, _MANY, _people.other_phone != "")
        for column in (_people.phone, _people.other_phone)
    )
    found: _Block = {}
    for number in only_one.keys() | one.keys() | other.keys():
        people = {row[1]: row for block in (only_one, one, other) for row in block.get(number, ())}
        if len(people) <= MOST_BEHIND_ONE:
            found[number] = list(people.values())
    return found


def _alike(traits: Traits, blocks: tuple[_Block, ...]) -> dict[str, str]:
    emails, days, phones = blocks
    day = traits.born[0] if traits.born and traits.born_exactly == "day" else None
    shared = [emails.get(traits.email_key, ()), days.get(day, ()), *(phones.get(p, ()) for p in traits.phones)]
    met: dict[str, str] = {}
    found: dict[str, str] = {}
    for people in shared:
        for _, key, name in people:
            if key not in met:
                how = met[key] = alike(traits.name_key, name)
            elif not (how := met[key]) and same_given_name(traits.name_key, name):
                how = "given"
            if how:
                found[key] = how
    return found


def by_key(session: Session, keys: Iterable[str]) -> dict[str, Known]:
    return {person.id: person for person in _where(session, _people.id, keys)}


def phones_of(person: Known) -> frozenset[str]:
    return frozenset(filter(None, (phone_key(person.phone), phone_key(person.other_phone))))


def traits_of(person: Known, registration: Registered | None) -> Traits:
    """What is compared of a person of the workspace."""
    born, exactly = born_between(
        birth_date=person.birth_date, birth_year=person.birth_year, age_group=person.age_group, day=person.age_group_on
    )
    theirs = (person.organisation_id, registration.organisation_id if registration else None)
    return Traits(
        person.name_key, person.email_key, born, exactly, phones_of(person), frozenset(o for o in theirs if o)
    )


class Organisations:
    """Every organisation by each of its spellings: short, long, English, words in any order."""

    def __init__(self, session: Session) -> None:
        self.names: dict[str, tuple[str, str]] = {}
        self._by_key: dict[str, list[str]] = {}
        self._asked: dict[tuple[str, str], str | None] = {}
        self._towns: dict[str, str] = {}
        query = select(
            Organisation.id, Organisation.name_sl, Organisation.name_en, Organisation.name_key, Organisation.short_key,
            Organisation.town,
        ).order_by(Organisation.id)  # fmt: skip
        for key, name_sl, name_en, long, short, town in session.execute(query):
            self.names[key] = (name_sl, name_en)
            self._towns[key] = fold(town)
            for spelling in {long, short, name_key(name_en), *map(_any_order, (long, name_key(name_en)))} - {""}:
                self._by_key.setdefault(spelling, []).append(key)

    def called(self, name: str, town: str = "") -> str | None:
        """The key of the organisation in any spelling; among namesakes the one of that town, else the oldest."""
        if (name, town) not in self._asked:
            key = name_key(name)
            found = self._by_key.get(key) or self._by_key.get(_any_order(key)) or []
            there = [f for f in found if town and self._towns[f] == fold(town)]
            self._asked[name, town] = next(iter(there or found), None)
        return self._asked[name, town]

    def add(self, key: str, name: str, town: str = "") -> None:
        """One that the file brings along, so that its next row finds it."""
        long = name_key(name)
        self.names[key], self._towns[key] = (name, ""), fold(town)
        for spelling in {long, _any_order(long)}:
            self._by_key.setdefault(spelling, []).append(key)
        self._asked.clear()

    def mark(self, name: str, town: str = "") -> str:
        """What stands for it in a comparison: its key, or its folded name while nobody knows it."""
        if not name:
            return ""
        found = self.called(name, town)
        if found is None:
            key = name_key(name)
            return f"?{key}" if key else ""
        return found

    def name_of(self, key: str | None) -> str:
        return self.names[key][0] if key in self.names else ""


def organisations_called(session: Session, said: Collection[tuple[str, str]]) -> dict[str, str]:
    """Each name (said with a town) → what that organisation is called with us, "" where nobody knows it yet."""
    if not said:
        return {}
    known = Organisations(session)
    return {
        name: known.name_of(known.called(clean(name), clean(town))) for name, town in said if known.mark(clean(name))
    }


def _any_order(key: str) -> str:
    """ "krsko mladinski center" is "mladinski center krsko"; marked, so that it never meets a plain key."""
    return "~" + " ".join(sorted(key.split())) if key else ""


def _where(session: Session, column: Any, values: Iterable[Any]) -> Iterator[Known]:
    for some in _chunks(values):
        yield from map(Known._make, session.execute(select(*_PERSON).where(column.in_(some))).all())


def _chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    wanted = sorted(values)
    for start in range(0, len(wanted), _MANY):
        yield wanted[start : start + _MANY]


def _last_digits(column: Any) -> ColumnElement[str]:
    """`phone_key` in SQL, for telephones of eight digits and more."""
    digits: ColumnElement[str] = column
    for sign in " -/().":
        digits = func.replace(digits, sign, "")
    return func.substr(digits, func.length(digits) - 7)

"""Search over everything while you type: people, organisations, vehicles, projects, events; accent-blind, in any order.

People are many: on SQLite they have an index of three-letter pieces, kept by triggers. Every word stands in it between
double spaces, so that the pieces "  a" and " an" find words beginning with one or two letters. On PostgreSQL pg_trgm
does the same where the server allows it. The other kinds are few and are read through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, or_, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import InstrumentedAttribute, Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.groups import WorkingGroup
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.projects import Project
from mama_desktop.domain.rows import Found
from mama_desktop.domain.text import fold, sort_key
from mama_desktop.domain.vehicles import Carrier, Vehicle

# Everything in the database that belongs to the search and not to the schema begins so.
PREFIX = "search_"
_SPACED = "'  ' || replace({}, ' ', '  ') || '  '"
_PHONE = re.compile(r"^\+?[\d\s()/.-]*\d{3}[\d\s()/.-]*$")
_NEXT_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 @._-'"
# How a word of the query may stand in the text: as a whole word, as the beginning of one, anywhere. Best first.
_STAGES = (" {} ", " {}", "{}")


def find(session: Session, words: str, limit: int = 30) -> list[Found]:
    """The records in which every word of `words` stands: whole words first, then beginnings, then any part."""
    wanted = _words(words)
    if not wanted:
        return []
    few = max(3, limit // 4)
    stages = list(_STAGES)
    if any(len(word) == 1 for word in wanted):
        # One letter in the middle of a word says nothing.
        del stages[2]
    if any(len(word) <= 2 or (word.isdigit() and len(word) < 8) for word in wanted):
        # Hardly a whole word yet; when every e-mail or number begins so, looking for whole ones would read them all.
        del stages[0]
    found: dict[str, Found] = {}
    ranks: dict[str, int] = {}
    finders: tuple[tuple[Callable[[Session, list[str], int], list[Found]], int], ...] = (
        (_events, few),
        (_projects, few),
        (_organisations, few),
        (_groups, few),
        (_vehicles, few),
        (_carriers, few),
        (_people, limit),
    )
    for finder, at_most in finders:
        mine = 0
        # Of the few kinds most hold no such word anywhere: one question says so instead of three.
        if finder is not _people and len(stages) > 1 and not finder(session, [stages[-1].format(w) for w in wanted], 1):
            continue
        for stage, pattern in enumerate(stages):
            if mine >= at_most:
                break
            for hit in finder(session, [pattern.format(w) for w in wanted], at_most):
                if hit.key not in found and mine < at_most:
                    found[hit.key] = hit
                    ranks[hit.key] = stage
                    mine += 1
    return sorted(found.values(), key=lambda hit: (_place(hit, wanted), ranks[hit.key]))[:limit]


def _place(hit: Found, wanted: list[str]) -> int:
    """What is called so comes before what only has the words somewhere: a name that begins with them, of a person any
    of the names; then one with words that begin so."""
    name = fold(hit.title)
    begins = all(any(part.startswith(word) for part in name.split()) for word in wanted)
    return 0 if name.startswith(" ".join(wanted)) or (begins and hit.kind == "person") else 1 if begins else 2


def install(connection: Connection) -> None:
    """Make the index of people and what keeps it."""
    if connection.dialect.name == "postgresql":
        _install_on_server(connection)
        return
    remove(connection)
    new = _SPACED.format("NEW.search")
    entry = "SELECT id FROM search_entry WHERE key = {}.id"
    for statement in (
        "CREATE TABLE search_entry (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE)",
        "CREATE VIRTUAL TABLE search_words USING fts5(words, tokenize = 'trigram', detail = 'none', content = '', "
        "contentless_delete = 1)",
        "INSERT INTO search_entry (key) SELECT id FROM person ORDER BY id",
        f"INSERT INTO search_words (rowid, words) SELECT e.id, {_SPACED.format('p.search')} FROM search_entry e "
        "JOIN person p ON p.id = e.key ORDER BY e.id",
        "CREATE TRIGGER search_person_insert AFTER INSERT ON person BEGIN "
        "INSERT INTO search_entry (key) VALUES (NEW.id); "
        f"INSERT INTO search_words (rowid, words) VALUES (({entry.format('NEW')}), {new}); END",
        "CREATE TRIGGER search_person_update AFTER UPDATE OF search ON person WHEN OLD.search <> NEW.search BEGIN "
        f"UPDATE search_words SET words = {new} WHERE rowid = ({entry.format('NEW')}); END",
        "CREATE TRIGGER search_person_delete AFTER DELETE ON person BEGIN "
        f"DELETE FROM search_words WHERE rowid = ({entry.format('OLD')}); "
        "DELETE FROM search_entry WHERE key = OLD.id; END",
    ):
        connection.exec_driver_sql(statement)


def remove(connection: Connection) -> None:
    """Drop the index, for the length of an upgrade; `install` fills it anew."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP INDEX IF EXISTS search_person_words")
        return
    for event in ("insert", "update", "delete"):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS search_person_{event}")
    for table in ("search_words", "search_entry"):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")


def is_in_place(connection: Connection) -> bool:
    """Whether the index and its three triggers stand (a server that does not allow pg_trgm has none)."""
    if connection.dialect.name == "postgresql":
        return True
    query = f"SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '{PREFIX}person_%'"
    return connection.exec_driver_sql(query).scalar() == 3


def _install_on_server(connection: Connection) -> None:
    # Extensions ask for a right the office may not have; search is then slower, and works.
    try:
        with connection.begin_nested():
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            connection.exec_driver_sql("CREATE INDEX search_person_words ON person USING gin (search gin_trgm_ops)")
    except DBAPIError:
        return


def _words(words: str) -> list[str]:
    if _PHONE.match(words.strip()):
        # However the number was typed, its digits stand in one piece, with or without the country's.
        digits = re.sub(r"\D", "", words).lstrip("0")
        return [digits] if digits else []
    return fold(words).split()[:8]


def _people(session: Session, patterns: list[str], limit: int) -> list[Found]:
    if session.get_bind().dialect.name == "sqlite":
        keys = _people_keys(session, patterns, limit)
    else:
        keys = list(session.scalars(select(Person.id).where(_like(Person.search, patterns)).limit(limit)))
    if not keys:
        return []
    query = (
        select(Person.id, Person.given_name, Person.family_name, Person.email, Organisation.name_sl)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(Person.id.in_(keys))
    )
    rows = sorted(session.connection().execute(query), key=lambda row: (sort_key(row[2]), sort_key(row[1])))
    return [Found("person", key, f"{given} {family}".strip(), org or email) for key, given, family, email, org in rows]


def _people_keys(session: Session, patterns: list[str], limit: int) -> list[str]:
    pieces: list[str] = []
    values: dict[str, Any] = {"limit": limit}
    checks = ""
    for number, pattern in enumerate(patterns):
        match len(pattern):
            case 2 if pattern[0] == " ":
                pieces.append(_quoted(f" {pattern}"))
            case 2:
                pieces.append("(" + " OR ".join(_quoted(pattern + c) for c in _NEXT_LETTERS) + ")")
            case length:
                pieces.extend(_quoted(pattern[i : i + 3]) for i in _telling(pattern, length - 2))
                # The pieces may stand apart from one another.
                checks += f" AND instr({_SPACED.format('p.search')}, :word{number})"
                values[f"word{number}"] = pattern
    query = (
        "SELECT p.id FROM search_words JOIN search_entry e ON e.id = search_words.rowid JOIN person p ON p.id = e.key "
        f"WHERE search_words MATCH :pieces{checks} LIMIT :limit"
    )
    return list(session.scalars(text(query), {**values, "pieces": " AND ".join(pieces)}))


def _telling(pattern: str, pieces: int) -> range:
    """Which pieces of a word are looked up: of an address those before the @, for behind it most are alike."""
    at = pattern.find("@")
    return range(pieces if at < 3 else min(at, pieces))


def _quoted(piece: str) -> str:
    return '"' + piece.replace('"', '""') + '"'


def _organisations(session: Session, patterns: list[str], limit: int) -> list[Found]:
    query = select(Organisation.id, Organisation.name_sl, Organisation.town)
    query = query.where(_like(Organisation.search, patterns))
    query = query.order_by(_is_first(Organisation.search, patterns), Organisation.is_member.desc()).limit(limit)
    return [Found("organisation", key, name, town) for key, name, town in session.connection().execute(query)]


def _groups(session: Session, patterns: list[str], limit: int) -> list[Found]:
    query = select(WorkingGroup.id, WorkingGroup.name_sl, Project.acronym).where(_like(WorkingGroup.search, patterns))
    query = query.outerjoin(Project, Project.id == WorkingGroup.project_id).order_by(WorkingGroup.name_sl).limit(limit)
    return [
        Found("working_group", key, name, project or "") for key, name, project in session.connection().execute(query)
    ]


def _vehicles(session: Session, patterns: list[str], limit: int) -> list[Found]:
    query = select(Vehicle.id, Vehicle.name, Vehicle.registration_number).where(_like(Vehicle.search, patterns))
    query = query.order_by(Vehicle.in_use.desc(), Vehicle.name).limit(limit)
    return [Found("vehicle", key, name, plate) for key, name, plate in session.connection().execute(query)]


def _carriers(session: Session, patterns: list[str], limit: int) -> list[Found]:
    query = select(Carrier.id, Carrier.name, Carrier.town).where(_like(Carrier.search, patterns))
    found = session.connection().execute(query.order_by(Carrier.name).limit(limit))
    return [Found("carrier", key, name, town) for key, name, town in found]


def _projects(session: Session, patterns: list[str], limit: int) -> list[Found]:
    query = select(Project.id, Project.title_sl, Project.grant_number).where(_like(Project.search, patterns))
    query = query.order_by(Project.starts_on.desc()).limit(limit)
    return [Found("project", key, title, grant) for key, title, grant in session.connection().execute(query)]


def _events(session: Session, patterns: list[str], limit: int) -> list[Found]:
    query = select(
        Event.id, Event.title_sl, Event.venue, Event.town, Event.starts_on, Event.ends_on, Event.precision
    ).where(_like(Event.search, patterns))
    query = query.order_by(_is_first(Event.search, patterns), Event.starts_on.desc()).limit(limit)
    found = []
    for key, title, venue, town, first, last, precision in session.connection().execute(query):
        place = ", ".join(part for part in (venue, "" if town in venue else town) if part)
        found.append(Found("event", key, title, place, (first, last, precision)))
    return found


def _is_first(column: InstrumentedAttribute[str], patterns: list[str]) -> ColumnElement[int]:
    """0 for texts that begin with the words, as they do with the name; 1 for others."""
    words = " ".join(pattern.strip() for pattern in patterns)
    return case((column.startswith(words, autoescape=True), 0), else_=1)


def _like(column: InstrumentedAttribute[str], patterns: Sequence[str]) -> ColumnElement[bool]:
    return and_(*(_one(column, pattern) for pattern in patterns))


def _one(column: InstrumentedAttribute[str], pattern: str) -> ColumnElement[bool]:
    word = pattern.strip()
    begins, ends = pattern.startswith(" "), pattern.endswith(" ")
    if not begins:
        return column.contains(word, autoescape=True)
    if not ends:
        return or_(column.startswith(word, autoescape=True), column.contains(pattern, autoescape=True))
    return or_(
        column == word,
        column.startswith(f"{word} ", autoescape=True),
        column.endswith(f" {word}", autoescape=True),
        column.contains(pattern, autoescape=True),
    )

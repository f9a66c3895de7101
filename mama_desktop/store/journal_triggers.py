"""The triggers that keep the journal: nothing can change a row of the office without leaving before and after.

They are made from the metadata, not by migrations: a migration that recreates a table loses its triggers without a
word, so they are put back at the end of every creation and upgrade, and their fingerprint is compared at every opening.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, Table

from mama_desktop.domain.everything import NOT_JOURNALLED
from mama_desktop.store.schema import METADATA, journalled, key_column

_PREFIX = "journal_"


def install(connection: Connection) -> None:
    """Make the journal's triggers as the metadata asks now, in place of those that stand."""
    remove(connection)
    for statement in statements(connection.dialect.name):
        # The percent signs of plpgsql are no placeholders.
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def remove(connection: Connection) -> None:
    """Drop the journal's triggers, for the length of an upgrade."""
    for name, table in present(connection):
        on_table = "" if connection.dialect.name == "sqlite" else f' ON "{table}"'
        connection.exec_driver_sql(f'DROP TRIGGER IF EXISTS "{name}"{on_table}')


def are_in_place(connection: Connection) -> bool:
    """Whether exactly the expected triggers stand (names; on SQLite also their text)."""
    if connection.dialect.name != "sqlite":
        expected = {s.split('"')[1] for s in statements("postgresql") if s.startswith("CREATE TRIGGER")}
        return {name for name, _ in present(connection)} == expected
    rows = connection.exec_driver_sql(
        f"SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '{_PREFIX}%' ORDER BY name"
    )
    return _fingerprint([row[0] for row in rows]) == _fingerprint(sorted(statements("sqlite"), key=_name))


def present(connection: Connection) -> list[tuple[str, str]]:
    """(trigger, table) of the journal's triggers that stand now."""
    if connection.dialect.name == "sqlite":
        query = f"SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '{_PREFIX}%'"
    else:
        query = (
            "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            f"WHERE NOT tgisinternal AND starts_with(tgname, '{_PREFIX}') "
            "AND relnamespace = current_schema()::regnamespace"
        )
    return [(row[0], row[1]) for row in connection.exec_driver_sql(query)]


def statements(dialect: str) -> list[str]:
    """Everything to be executed on a database without journal triggers."""
    kept_by_key = [METADATA.tables[name] for name in sorted(NOT_JOURNALLED) if name in METADATA.tables]
    if dialect == "sqlite":
        return [s for table in journalled() for s in _sqlite(table)] + [_sqlite_key_only(t) for t in kept_by_key]
    made = [_POSTGRESQL_FUNCTION]
    for table in journalled():
        key = key_column(table)
        for event, states in (("insert", "new"), ("update", "old new"), ("delete", "old")):
            made.append(_postgresql(table, event, states, f"'{key}', 'all'"))
    return made + [_postgresql(t, "insert", "new", f"'{key_column(t)}', 'key'") for t in kept_by_key]


def row_json(table: Table, alias: str) -> str:
    """SQLite's JSON of a whole row: two equal rows give two equal texts."""
    return "json_object(" + ", ".join(f"'{c.name}', {_plain(c.type.python_type, alias, c.name)}" for c in table.c) + ")"


def _plain(python_type: type, alias: str, name: str) -> str:
    return f'hex({alias}."{name}")' if python_type is bytes else f'{alias}."{name}"'


def _sqlite(table: Table) -> list[str]:
    name, key = table.name, key_column(table)
    new, old = row_json(table, "NEW"), row_json(table, "OLD")
    differs = " OR ".join(f'OLD."{c.name}" IS NOT NEW."{c.name}"' for c in table.c)
    return [
        _sqlite_trigger(name, "insert", "", f'NEW."{key}", NULL, {new}'),
        _sqlite_trigger(name, "update", f" WHEN {differs}", f'OLD."{key}", {old}, {new}'),
        _sqlite_trigger(name, "delete", "", f'OLD."{key}", {old}, NULL'),
        f'CREATE TRIGGER "{_PREFIX}{name}_key" BEFORE UPDATE OF "{key}" ON "{name}" WHEN OLD."{key}" <> NEW."{key}" '
        "BEGIN SELECT RAISE(ABORT, 'a key never changes'); END",
    ]


def _sqlite_trigger(table: str, event: str, condition: str, values: str) -> str:
    # Outside of a write open_change is empty, and the NOT NULL of row_change.number refuses the row.
    return (
        f'CREATE TRIGGER "{_PREFIX}{table}_{event}" AFTER {event.upper()} ON "{table}"{condition} BEGIN '
        "INSERT INTO row_change (number, table_name, key, before, after) "
        f"VALUES ((SELECT number FROM open_change), '{table}', {values}) "
        "ON CONFLICT (number, table_name, key) DO UPDATE SET after = excluded.after; END"
    )


def _sqlite_key_only(table: Table) -> str:
    key = key_column(table)
    return _sqlite_trigger(table.name, "insert", "", f'NEW."{key}", NULL, json_object(\'{key}\', NEW."{key}")')


def _postgresql(table: Table, event: str, states: str, arguments: str) -> str:
    referencing = " ".join(f"{s.upper()} TABLE AS {s}_rows" for s in states.split())
    return (
        f'CREATE TRIGGER "{_PREFIX}{table.name}_{event}" AFTER {event.upper()} ON "{table.name}" '
        f"REFERENCING {referencing} FOR EACH STATEMENT EXECUTE FUNCTION journal_rows({arguments})"
    )


# One statement, one entry into the journal, however many rows it changed.
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION journal_rows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    change integer := nullif(current_setting('mama.change', true), '')::integer;
    key text := quote_ident(TG_ARGV[0]);
    source text;
BEGIN
    IF TG_OP = 'INSERT' AND TG_ARGV[1] = 'key' THEN
        source := format('SELECT n.%1$s::text AS key, NULL::jsonb AS before, jsonb_build_object(%1$L, n.%1$s) AS after'
            ' FROM new_rows n', key);
    ELSIF TG_OP = 'INSERT' THEN
        source := format('SELECT n.%1$s::text AS key, NULL::jsonb AS before, to_jsonb(n) AS after'
            ' FROM new_rows n', key);
    ELSIF TG_OP = 'DELETE' THEN
        source := format('SELECT o.%1$s::text AS key, to_jsonb(o) AS before, NULL::jsonb AS after'
            ' FROM old_rows o', key);
    ELSE
        EXECUTE format('SELECT 1 FROM old_rows o WHERE NOT EXISTS (SELECT FROM new_rows n WHERE n.%1$s = o.%1$s)', key)
            INTO source;
        IF source IS NOT NULL THEN
            RAISE EXCEPTION 'a key never changes (%)', TG_TABLE_NAME;
        END IF;
        source := format('SELECT o.%1$s::text AS key, to_jsonb(o) AS before, to_jsonb(n) AS after'
            ' FROM old_rows o JOIN new_rows n ON n.%1$s = o.%1$s WHERE to_jsonb(o) <> to_jsonb(n)', key);
    END IF;
    IF change IS NULL THEN
        EXECUTE format('SELECT s.key FROM (%s) s LIMIT 1', source) INTO source;
        IF source IS NOT NULL THEN
            RAISE EXCEPTION 'outside of a write: % on %', TG_OP, TG_TABLE_NAME;
        END IF;
        RETURN NULL;
    END IF;
    EXECUTE format('INSERT INTO row_change (number, table_name, key, before, after)'
        ' SELECT $1, $2, s.key, s.before, s.after FROM (%s) s'
        ' ON CONFLICT (number, table_name, key) DO UPDATE SET after = excluded.after', source)
        USING change, TG_TABLE_NAME;
    RETURN NULL;
END $$
"""


def _name(statement: str) -> str:
    return statement.split('"')[1]


def _fingerprint(texts: list[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()

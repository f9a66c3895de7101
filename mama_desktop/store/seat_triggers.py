"""The triggers that keep seats hard: whatever program writes, a full vehicle refuses, and nobody is in two at a time.

Use cases look first and refuse in words; these stand below them, for two processes at once and for whatever is
forgotten. They are put back after every upgrade, like the journal's.
"""

from __future__ import annotations

from sqlalchemy import Connection

_PREFIX = "seat_"
# What the database says, and `troubles.py` recognises.
FULL, NO_WHEELCHAIR_PLACE, ELSEWHERE = "seat: full", "seat: no wheelchair place", "seat: elsewhere"

# Undo puts seats back before their trip is: a trip that cannot be seen yet, or is still called off, refuses nobody, so
# that whoever sat beyond the seats of a smaller vehicle comes back too. Use cases seat nobody in a trip called off.
_TAKEN = "(SELECT count(*) FROM seat s WHERE s.trip_id = NEW.trip_id AND s.id <> NEW.id)"
_IN_WHEELCHAIRS = "(SELECT count(*) FROM seat s WHERE s.trip_id = NEW.trip_id AND s.wheelchair AND s.id <> NEW.id)"
_CHECKS = (
    (FULL, f"{_TAKEN} >= (SELECT t.seats FROM trip t WHERE t.id = NEW.trip_id AND t.status <> 'cancelled')"),
    (
        NO_WHEELCHAIR_PLACE,
        f"NEW.wheelchair AND {_IN_WHEELCHAIRS} >= "
        "(SELECT t.wheelchair_places FROM trip t WHERE t.id = NEW.trip_id AND t.status <> 'cancelled')",
    ),
    (
        ELSEWHERE,
        "EXISTS (SELECT 1 FROM seat s JOIN trip t ON t.id = s.trip_id JOIN registration r ON r.id = s.registration_id, "
        "trip here, registration me WHERE here.id = NEW.trip_id AND me.id = NEW.registration_id "
        "AND r.person_id = me.person_id AND s.id <> NEW.id AND t.id <> here.id "
        "AND t.status <> 'cancelled' AND here.status <> 'cancelled' "
        "AND t.leaves_at < here.arrives_at AND here.leaves_at < t.arrives_at)",
    ),
)


def install(connection: Connection) -> None:
    """Make the triggers as they are meant now, in place of those that stand."""
    remove(connection)
    for statement in _statements(connection.dialect.name):
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def remove(connection: Connection) -> None:
    for name in present(connection):
        on_table = "" if connection.dialect.name == "sqlite" else " ON seat"
        connection.exec_driver_sql(f'DROP TRIGGER IF EXISTS "{name}"{on_table}')


def are_in_place(connection: Connection) -> bool:
    """Whether all of them stand; on SQLite with the words they have now."""
    if connection.dialect.name != "sqlite":
        return len(present(connection)) == 2
    query = f"SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '{_PREFIX}%'"
    return {row[0] for row in connection.exec_driver_sql(query)} == set(_statements("sqlite"))


def present(connection: Connection) -> list[str]:
    if connection.dialect.name == "sqlite":
        query = f"SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '{_PREFIX}%'"
    else:
        query = (
            "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal "
            f"AND starts_with(tgname, '{_PREFIX}') AND relnamespace = current_schema()::regnamespace"
        )
    return [row[0] for row in connection.exec_driver_sql(query)]


def _statements(dialect: str) -> list[str]:
    events = (("insert", "INSERT"), ("update", "UPDATE OF trip_id, registration_id, wheelchair"))
    if dialect == "sqlite":
        refusals = " ".join(f"SELECT RAISE(ABORT, '{said}') WHERE {when};" for said, when in _CHECKS)
        return [f'CREATE TRIGGER "{_PREFIX}{name}" BEFORE {event} ON seat BEGIN {refusals} END'
                for name, event in events]  # fmt: skip
    refusals = " ".join(
        f"IF {when} THEN RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation'; END IF;" for said, when in _CHECKS
    )
    function = (
        "CREATE OR REPLACE FUNCTION seat_is_free() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        # Two who take the last seat at the same moment wait for one another here.
        f"PERFORM 1 FROM trip WHERE id = NEW.trip_id FOR UPDATE; {refusals} RETURN NEW; END $$"
    )
    return [function] + [
        f'CREATE TRIGGER "{_PREFIX}{name}" BEFORE {event} ON seat FOR EACH ROW EXECUTE FUNCTION seat_is_free()'
        for name, event in events
    ]

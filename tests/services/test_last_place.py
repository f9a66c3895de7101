"""Two processes and one last place: whoever comes second is asked, on a file and on a server."""

from __future__ import annotations

import datetime as dt
import subprocess

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.registrations import TAKES_PLACE, Registration
from mama_desktop.domain.text import T
from mama_desktop.services import registering
from mama_desktop.store.database import Database
from tests.factories import make_event, make_person
from tests.store.processes import child

NOW = dt.datetime(2020, 3, 2, 9, 0)
# Between counting and writing each waits long enough for the other to count as well, if nothing kept it out.
_SLOW = """
    import datetime as dt, time
    from mama_desktop.services import counting, deciding, registering
    counted = counting.would_exceed
    def slowly(*args, **kwargs):
        found = counted(*args, **kwargs)
        time.sleep(1)
        return found
    counting.would_exceed = slowly
    db = open_workspace(sys.argv[1], actor=actor, window=False)
    print("ready", flush=True)
    sys.stdin.readline()
    now = dt.datetime(2020, 3, 2, 9)
    try:
        {what}
        print("in")
    except counting.OverCapacity as error:
        print(error.exceeded[0].now)
    db.close()
"""
ACCEPT = "db.write(deciding.decide, [sys.argv[3]], 'accepted', now=now, label=deciding.label_of)"
REGISTER = (
    "db.write(registering.register_people, sys.argv[2], [sys.argv[3]], now=now, status='accepted', "
    "label=registering.label_of)"
)


def both(db: Database, what: str, event: str, keys: list[str]) -> list[str]:
    """What each of two processes said that begin at the same moment."""
    two = [child(_SLOW.replace("{what}", what), db.location, event, key) for key in keys]
    for process in two:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in two:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    return sorted(_said(process) for process in two)


def _said(process: subprocess.Popen[str]) -> str:
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    return out.strip()


def taken(db: Database) -> int:
    query = select(func.count()).where(Registration.status.in_(TAKES_PLACE))
    return db.read(lambda s: s.scalar(query)) or 0


@pytest.fixture
def last_place(db: Database) -> tuple[str, list[str], list[str]]:
    """An event with two places of which one is taken: its key, two who have applied, two people unknown to it."""

    def begin(session: Session) -> tuple[str, list[str], list[str]]:
        event = make_event(session, capacity=2)
        first, *others = (make_person(session, name).id for name in ("Ana", "Bor", "Cene", "Dora", "Eva"))
        registering.register_people(session, event.id, [first], now=NOW, status="accepted")
        applied = registering.register_people(session, event.id, others[:2], now=NOW)
        return event.id, list(applied.keys), others[2:]

    return db.write(begin, label=T("Begin"))


def test_two_processes_accept_the_last_place(db: Database, last_place: tuple[str, list[str], list[str]]) -> None:
    event, applied, _ = last_place
    assert both(db, ACCEPT, event, applied) == ["3 / 2", "in"]
    assert taken(db) == 2


def test_two_processes_register_the_last_place(db: Database, last_place: tuple[str, list[str], list[str]]) -> None:
    event, _, people = last_place
    assert both(db, REGISTER, event, people) == ["3 / 2", "in"]
    assert taken(db) == 2

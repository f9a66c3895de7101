"""What every room's tests stand on: a migrated workspace made once and copied per test, on both databases."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from mama_desktop.services.taking_back import follow_the_rules
from mama_desktop.store.database import Actor, Database
from mama_desktop.store.workspace import create_workspace, open_workspace
from tests import postgres

ACTOR = Actor("Ana Kovač", "office-1")
_ABSENT = "PostgreSQL: NO SERVER BINARIES HERE - every test on it is skipped (Debian: apt-get install postgresql)"
_PRESENT = "PostgreSQL: a temporary cluster is made for the tests"
_number = itertools.count(1)

_ENGINES = (
    pytest.param("sqlite"),
    pytest.param("postgresql", marks=pytest.mark.skipif(postgres.binaries() is None, reason=_ABSENT)),
)


def pytest_report_header() -> str:
    return _PRESENT if postgres.binaries() else _ABSENT


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if postgres.binaries() is None:
        terminalreporter.write_line(_ABSENT, yellow=True, bold=True)


@pytest.fixture(scope="session")
def template_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new workspace's file, migrated and closed: copy it."""
    path = tmp_path_factory.mktemp("template") / "template.mama"
    create_workspace(path, actor=ACTOR).close()
    return path


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a temporary PostgreSQL server's own database."""
    if postgres.binaries() is None:
        pytest.skip(_ABSENT)
    with postgres.cluster() as address:
        yield address


@pytest.fixture(scope="session")
def new_server_database(server: str) -> Callable[[str], str]:
    """A function that makes a database (from a template, or empty) and gives its address."""
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")

    def make(template: str = "template0") -> str:
        name = f"test{next(_number)}"
        with engine.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
        engine.dispose()
        return str(make_url(server).set(database=name).render_as_string(hide_password=False))

    return make


@pytest.fixture(scope="session")
def server_template(new_server_database: Callable[[str], str]) -> str:
    """The name of a migrated database on the server: a template for others."""
    address = new_server_database("template0")
    create_workspace(address, actor=ACTOR).close()
    return make_url(address).database or ""


@pytest.fixture
def workspace_file(template_file: Path, tmp_path: Path) -> Path:
    """A migrated, empty workspace file of this test's own, closed."""
    return Path(shutil.copy(template_file, tmp_path / "office.mama"))


@pytest.fixture(params=_ENGINES)
def db(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated, empty, open workspace, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        location = str(request.getfixturevalue("workspace_file"))
    else:
        location = request.getfixturevalue("new_server_database")(request.getfixturevalue("server_template"))
    database = follow_the_rules(open_workspace(location, actor=ACTOR, window=False))
    yield database
    database.close()


@pytest.fixture
def sqlite_db(workspace_file: Path) -> Iterator[Database]:
    """A migrated, empty, open workspace file, for what both databases do alike (screens, papers)."""
    database = follow_the_rules(open_workspace(workspace_file, actor=ACTOR, window=False))
    yield database
    database.close()

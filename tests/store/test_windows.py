"""Two windows, a window and the command line, and a folder that travels between computers."""

from __future__ import annotations

import json
import shutil
import signal
from pathlib import Path

import pytest

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.store import lock
from mama_desktop.store.database import Actor
from mama_desktop.store.workspace import open_workspace
from tests.conftest import ACTOR
from tests.factories import make_person
from tests.store.processes import child, people, said


def test_a_second_window_only_reads(workspace_file: Path) -> None:
    first = open_workspace(workspace_file, actor=Actor("Ana Kovač", "office-1"), window=True)
    first.write(make_person, label=T("Add"))
    second = open_workspace(workspace_file, actor=Actor("Bor", "laptop"), window=True)
    assert second.read_only is not None
    assert (second.read_only.who, second.read_only.machine) == ("Ana Kovač", "office-1")
    assert second.read_only.since is not None
    assert people(second) == 1
    with pytest.raises(OfficeError, match="already open: Ana Kovač, on the computer office-1, since"):
        second.write(make_person, label=T("Add"))
    with pytest.raises(OfficeError):
        second.undo()
    first.write(make_person, label=T("Add"))
    assert second.poll()
    assert people(second) == 2
    second.close()
    first.close()
    assert not lock.lock_path(workspace_file).exists()
    third = open_workspace(workspace_file, actor=ACTOR, window=True)
    assert third.read_only is None
    third.close()


HOLD = """
    db = open_workspace(sys.argv[1], actor=actor, window=True)
    print("open", flush=True)
    sys.stdin.read()
"""


def test_a_crashed_window_frees_the_workspace(workspace_file: Path) -> None:
    other = child(HOLD, workspace_file)
    assert other.stdout is not None
    assert other.stdout.readline() == "open\n"
    mine = open_workspace(workspace_file, actor=ACTOR, window=True)
    assert mine.read_only is not None
    assert mine.read_only.who == "Bor Hribar"
    mine.close()
    other.send_signal(signal.SIGKILL)
    other.communicate()
    assert lock.lock_path(workspace_file).exists()
    mine = open_workspace(workspace_file, actor=ACTOR, window=True)
    assert mine.read_only is None
    mine.close()


BESIDE = """
    db = open_workspace(sys.argv[1], actor=actor, window=False)
    for number in range(20):
        db.write(make_person, "Cene", f"Number {number}", label=T("Add from the command line"))
    db.close()
    print("done")
"""


def test_the_command_line_works_beside_the_window(workspace_file: Path) -> None:
    window = open_workspace(workspace_file, actor=ACTOR, window=True)
    heard: list[frozenset[str]] = []
    window.subscribe(heard.append)
    other = child(BESIDE, workspace_file)
    for _ in range(20):
        window.write(make_person, label=T("Add"))
    assert said(other) == "done"
    window.poll()
    assert people(window) == 40
    assert not window.poll()
    assert heard[-1] == frozenset({"person"})
    # What the command line did is undone from the window, like anything else.
    while window.undo_label() is not None:
        window.undo()
    assert people(window) == 0
    window.close()


SLOW = """
    import time
    db = open_workspace(sys.argv[1], actor=actor, window=False)
    def slow(session):
        make_person(session)
        print("writing", flush=True)
        sys.stdin.readline()
    db.write(slow, label=T("Slow"))
    db.close()
"""


def test_a_long_write_of_another_process(workspace_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write waits its turn; when it takes too long it says so, and the next one works. Reading goes on."""
    monkeypatch.setattr("mama_desktop.store.engine.BUSY_TIMEOUT_S", 0.3)
    window = open_workspace(workspace_file, actor=ACTOR, window=True)
    other = child(SLOW, workspace_file)
    assert other.stdout is not None
    assert other.stdout.readline() == "writing\n"
    assert people(window) == 0
    with pytest.raises(OfficeError, match="storing something long"):
        window.write(make_person, label=T("Add"))
    other.communicate("go on\n", timeout=60)
    window.write(make_person, label=T("Add"))
    assert people(window) == 2
    window.close()


@pytest.mark.parametrize("folder", ["OneDrive", "OneDrive - Mreža MaMa", "Dropbox", "Dropbox (Osebno)", "Google Drive"])
def test_a_folder_that_a_service_copies(folder: str, template_file: Path, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir()
    path = Path(shutil.copy(template_file, tmp_path / folder / "office.mama"))
    db = open_workspace(path, actor=Actor("Ana", "office-1"), window=True)
    assert str(db.warnings[0]).startswith("This workspace lies in a folder that")
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
    db.write(make_person, label=T("Add"))
    db.close()
    # Another computer's lock comes over with the other files, though its lock on the file does not.
    left = {"who": "Bor", "computer": "laptop-2", "since": "2020-03-02T09:12:00", "pid": 1}
    lock.lock_path(path).write_text(json.dumps(left), "utf-8")
    db = open_workspace(path, actor=Actor("Ana", "office-1"), window=True)
    assert db.read_only is not None
    assert db.read_only.machine == "laptop-2"
    assert str(db.read_only.why).endswith("delete the file “office.mama.lock”.")
    db.close()

"""The command line: the same use cases, plain sentences, exit 0, 1 or 2."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from mama_desktop import resources
from mama_desktop.cli import main
from mama_desktop.services.workspaces import new_workspace
from tests.conftest import ACTOR

CLUB = "2020-04-klub"
FILE = str(resources.path("samples", "prijave-klub-mama.xlsx"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "vzorec.mama"
    new_workspace(path, actor=ACTOR, sample_too=True).close()
    return path


@pytest.fixture
def workspace(sample: Path, tmp_path: Path) -> str:
    path = tmp_path / "vzorec.mama"
    path.write_bytes(sample.read_bytes())
    return str(path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def _events(workspace: str) -> dict[str, dict[str, object]]:
    result = run("events", "--json", "-w", workspace)
    assert result.exit_code == 0
    return {row["code"]: row for row in json.loads(result.stdout)}


def test_a_new_workspace_is_made_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "pisarna.mama"
    assert run("new", str(path)).exit_code == 0
    assert json.loads(run("-w", str(path), "events", "--json").stdout) == []
    again = run("new", str(path))
    assert again.exit_code == 1
    assert again.stdout == ""
    assert "pisarna.mama" in again.stderr


def test_a_workspace_is_not_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    refused = run("new", str(tmp_path / "nikjer" / "pisarna.mama"))
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "ne obstaja" in refused.stderr


def test_a_refusal_names_what_there_is_to_choose_from(workspace: str, tmp_path: Path) -> None:
    out = str(tmp_path / "seznam.xlsx")
    refused = run("export", CLUB, "-o", out, "--template", "ni je", "-w", workspace)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "Za hotel" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_an_office_that_shares_one_begins_it_on_its_server(new_server_database: Callable[[str], str]) -> None:
    address = new_server_database("template0")
    assert run("new", address).exit_code == 0
    assert json.loads(run("-w", address, "events", "--json").stdout) == []


def test_events_for_machines(workspace: str) -> None:
    club = _events(workspace)[CLUB]
    assert set(club) == {"code", "title", "start", "end", "registered", "accepted", "present"}
    assert (club["start"], club["end"], club["accepted"], club["present"]) == ("2020-04-02", "2020-04-03", 60, None)


def test_the_workspace_is_accepted_before_and_after(workspace: str) -> None:
    assert run("-w", workspace, "events").stdout == run("events", "-w", workspace).stdout != ""


def test_import_says_what_it_would_do_and_then_does_it(workspace: str) -> None:
    trial = json.loads(run("-w", workspace, "import", CLUB, FILE, "--dry-run", "--json").stdout)
    assert trial["taken"] is None
    before = _events(workspace)[CLUB]["registered"]
    done = json.loads(run("-w", workspace, "import", CLUB, FILE, "--json").stdout)
    assert done["groups"]["new"] == trial["groups"]["new"] == done["taken"]["new"] > 10
    assert [p["row"] for p in done["problems"]] == [15, 27]
    assert all(p["reasons"] for p in done["problems"])
    assert _events(workspace)[CLUB]["registered"] == before + done["taken"]["new"]


def test_export_and_import_again_changes_nothing(workspace: str, tmp_path: Path) -> None:
    path = tmp_path / "seznam.xlsx"
    assert run("-w", workspace, "export", CLUB, "-o", str(path), "--language", "en").exit_code == 0
    assert openpyxl.load_workbook(path).worksheets[0].auto_filter.ref
    groups = json.loads(run("-w", workspace, "import", CLUB, str(path), "--dry-run", "--json").stdout)["groups"]
    assert (groups["new"], groups["changed"], groups["problem"], groups["possible"]) == (0, 0, 0, 0)
    assert groups["unchanged"] == 74


@pytest.mark.parametrize("template", ["hotel", "Za hotel", "bus-firm"])
def test_a_list_by_a_ready_template(workspace: str, tmp_path: Path, template: str) -> None:
    path = tmp_path / "seznam.xlsx"
    assert run("-w", workspace, "export", CLUB, "-o", str(path), "--template", template).exit_code == 0
    words = [str(cell.value) for row in openpyxl.load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert not any("@" in word for word in words)


@pytest.mark.parametrize("language", ["sl", "en", "both"])
def test_sign_in_sheets(workspace: str, tmp_path: Path, language: str) -> None:
    path = tmp_path / "lista.pdf"
    result = run("-w", workspace, "sign-in", CLUB, "-o", str(path), "--session", "1", "--language", language)
    assert result.exit_code == 0
    assert path.read_bytes().startswith(b"%PDF")


def test_documents_need_no_workspace_and_any_of_them_is_made(workspace: str, tmp_path: Path) -> None:
    keys = [d["key"] for d in json.loads(run("documents", "--json").stdout)]
    assert {"participant-list", "sign-in"} <= set(keys)
    path = tmp_path / "a.pdf"
    assert run("document", "sign-in", CLUB, "-o", str(path), "-w", workspace).exit_code == 0
    wrong = run("document", "nothing", CLUB, "-o", str(path), "-w", workspace)
    assert wrong.exit_code == 1
    assert "participant-list" in wrong.stderr


def test_backup_check_and_restore(workspace: str, tmp_path: Path) -> None:
    folder = tmp_path / "kopije"
    folder.mkdir()
    assert run("-w", workspace, "backup", "--folder", str(folder)).exit_code == 0
    (copy,) = folder.glob("*.mama")
    run("-w", workspace, "import", CLUB, FILE)
    changed = _events(workspace)[CLUB]["registered"]
    assert run("-w", workspace, "restore", str(copy)).exit_code == 0
    assert _events(workspace)[CLUB]["registered"] != changed
    assert run("check", "-w", workspace).exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("-w", "WORKSPACE", "export", "ni-takega", "-o", "OUT/a.xlsx"),
        ("-w", "WORKSPACE", "import", CLUB, "OUT/ni.xlsx"),
        ("-w", "WORKSPACE", "export", CLUB, "-o", "OUT/ni/take/mape.xlsx"),
        ("-w", "OUT/ni.mama", "events"),
    ],
)
def test_what_a_person_can_mend_is_one_sentence_and_exit_1(
    workspace: str, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    given = [a.replace("WORKSPACE", workspace).replace("OUT", str(tmp_path)) for a in arguments]
    done = subprocess.run([sys.executable, "-m", "mama_desktop", *given], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [("events",), ("export", CLUB), ("nothing",), ("-w",), ("import", CLUB)])
def test_wrong_usage_is_exit_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_without_a_display_the_window_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    result = run()
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1

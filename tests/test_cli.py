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
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop import resources
from mama_desktop.cli import main
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services import deciding
from mama_desktop.services.short_ids import short_id
from mama_desktop.services.workspaces import new_workspace
from mama_desktop.store.workspace import open_workspace
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
    misspelt = run("document", "letters", CLUB, "-o", str(tmp_path / "b.pdf"), "-w", workspace, "--option", "status=x")
    assert misspelt.exit_code == 1
    assert "statuses" in misspelt.stderr
    assert not (tmp_path / "b.pdf").exists()


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


FORM = ("Časovni žig", "Ime", "Priimek", "E-naslov", "Opombe")


def _form(path: Path, *rows: tuple[str, str, str]) -> str:
    """An export of a form: day, given name, remark."""
    lines = [f"2020-02-{day} 08:00:00,{given},Izmišljeni,{day}@example.org,{said}" for day, given, said in rows]
    path.write_text("\n".join([",".join(FORM), *lines]), encoding="utf-8")
    return str(path)


def test_import_says_who_withdrew_and_what_both_sides_changed(workspace: str, tmp_path: Path) -> None:
    everybody = [(f"{n:02}", name, "vlak") for n, name in enumerate(("Ana", "Eva", "Nik", "Tim", "Rok", "Lea"), 1)]
    first = _form(tmp_path / "Klub (Odgovori).csv", *everybody)
    fresh = json.loads(run("-w", workspace, "import", CLUB, first, "--json").stdout)
    assert (fresh["clash"], fresh["withdrawn"], fresh["perhaps_only_a_part"]) == ([], [], False)

    db = open_workspace(workspace, actor=ACTOR, window=False)
    db.write(_remark, "Ana", "z avtom", label=T("Test"))
    db.close()
    newer = _form(tmp_path / "Klub (Odgovori) (1).csv", ("01", "Ana", "peš"), *everybody[1:5])
    found = json.loads(run("-w", workspace, "import", CLUB, newer, "--dry-run", "--json").stdout)
    (clash,), (gone,) = found["clash"], found["withdrawn"]
    assert clash.pop("field") != ""
    assert clash == {
        "row": 2, "name": "Ana Izmišljeni", "said_before": "vlak", "ours": "z avtom", "theirs": "peš",
    }  # fmt: skip
    assert (gone["name"], gone["row"], gone["cancelled"]) == ("Lea Izmišljeni", None, False)
    assert "Klub (Odgovori).csv" in gone["reason"]
    assert found["perhaps_only_a_part"] is False

    part = _form(tmp_path / "Klub (Odgovori) (2).csv", *everybody[1:3])
    found = json.loads(run("-w", workspace, "import", CLUB, part, "--dry-run", "--json").stdout)
    assert (found["perhaps_only_a_part"], len(found["withdrawn"])) == (True, 4)


def test_import_over_capacity_has_to_be_asked_for(workspace: str, tmp_path: Path) -> None:
    run("-w", workspace, "import", CLUB, _form(tmp_path / "Klub (Odgovori).csv", ("01", "Ana", "vlak")))
    db = open_workspace(workspace, actor=ACTOR, window=False)
    key = db.read(_registration_of, "Ana").id
    db.write(deciding.decide, [key], "applied", now=db.clock.now(), label=T("Test"))
    db.close()
    own = tmp_path / "seznam.csv"
    own.write_text(f"ID,Priimek,Ime,Prijava\n{short_id(key)},Izmišljeni,Ana,sprejeta\n", encoding="utf-8")
    refused = run("-w", workspace, "import", CLUB, str(own))
    assert refused.exit_code != 0
    assert "61" in refused.output
    assert "--over-capacity" in refused.output
    assert _events(workspace)[CLUB]["accepted"] == 60
    done = json.loads(run("-w", workspace, "import", CLUB, str(own), "--over-capacity", "--json").stdout)
    assert (done["taken"]["changed"], done["taken"]["over_capacity"][0]["taken"]) == (1, 61)
    assert _events(workspace)[CLUB]["accepted"] == 61


def _registration_of(session: Session, given: str) -> Registration:
    query = select(Registration).join(Person, Person.id == Registration.person_id)
    theirs = query.where(Person.family_name == "Izmišljeni", Person.given_name == given)
    return session.scalars(theirs).one()


def _remark(session: Session, given: str, remarks: str) -> None:
    _registration_of(session, given).remarks = remarks


def test_a_list_of_people_from_the_command_line(workspace: str, tmp_path: Path) -> None:
    file = tmp_path / "osebe.csv"
    file.write_text("Ime;Priimek;Organizacija;E-pošta\nČisto;Novačić;Povsem nov center;novi@example.org\n", "utf-8")
    trial = json.loads(run("-w", workspace, "import", "--kind", "people", str(file), "--dry-run", "--json").stdout)
    assert (trial["groups"]["new"], trial["taken"], trial["unread"]) == (1, None, 0)
    assert trial["along"] == [{"kind": "organisation", "name": "Povsem nov center", "rows": 1, "added": True}]
    done = json.loads(run("-w", workspace, "import", "--kind", "people", str(file), "--json").stdout)
    assert done["taken"]["new"] == 1
    again = json.loads(run("-w", workspace, "import", "--kind", "people", str(file), "--json").stdout)
    assert (again["groups"]["same"], again["taken"]) == (1, None)
    assert run("-w", workspace, "import", "--kind", "people", "a", str(file)).exit_code == 2


def test_a_plan_from_the_command_line_adds_no_colleague_unasked(workspace: str, tmp_path: Path) -> None:
    file = tmp_path / "načrt.csv"
    file.write_text("Naziv;Termin;Odgovorna oseba\nČisto nov dogodek;nekoč;Neznana Oseba\n", "utf-8")
    done = json.loads(run("-w", workspace, "import", "--kind", "events", str(file), "--json").stdout)
    assert (done["taken"]["new"], done["unread"]) == (1, 1)
    assert done["along"] == [{"kind": "staff_member", "name": "Neznana Oseba", "rows": 1, "added": False}]

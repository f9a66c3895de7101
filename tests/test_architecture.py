"""What holds in every room: Qt only in the window, declared imports, short files, nothing of one machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 400
# The names under which a distribution is imported, where they are not its own name.
IMPORTED_AS = {
    "python-docx": {"docx"},
    "pyside6-essentials": {"PySide6", "shiboken6"},
    "python-calamine": {"python_calamine"},
    "charset-normalizer": {"charset_normalizer"},
    "pytest-qt": {"pytestqt"},
    "pytest-xdist": {"xdist"},
    "import-linter": {"importlinter"},
    # reportlab asks for it, and pictures on papers pass through it.
    "reportlab": {"reportlab", "PIL"},
}


@cache
def tracked() -> list[Path]:
    git = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if git.returncode:
        pytest.skip("not a git checkout")
    paths = [ROOT / name for name in git.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def python_files(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))


def imports_of(path: Path) -> Iterator[str]:
    """The top-level names a file imports, those inside functions included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def declared(*groups: str) -> set[str]:
    """The names that may be imported: of the dependencies, and of the given dependency groups."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = list(project["project"]["dependencies"])
    for extra in project["project"]["optional-dependencies"].values():
        asked += extra
    for group in groups:
        asked += project["dependency-groups"][group]
    names = {re.split(r"[\[<>=!~; ]", words)[0].lower() for words in asked}
    return {module for name in names for module in IMPORTED_AS.get(name, {name})}


def test_only_the_window_knows_qt() -> None:
    room = ROOT / "mama_desktop"
    elsewhere = [
        str(path.relative_to(ROOT))
        for path in python_files("mama_desktop")
        if room / "ui" not in path.parents and path != room / "app.py"
        if {"PySide6", "qtawesome", "qtpy"} & set(imports_of(path))
    ]
    assert elsewhere == []


@pytest.mark.parametrize(("room", "groups"), [("mama_desktop", ()), ("tests", ("dev",))])
def test_every_import_is_declared(room: str, groups: tuple[str, ...]) -> None:
    known = set(sys.stdlib_module_names) | {"mama_desktop", "tests"} | declared(*groups)
    strangers = {
        name: str(path.relative_to(ROOT))
        for path in python_files(room)
        for name in imports_of(path)
        if name not in known and name.lower() not in known
    }
    assert strangers == {}


def test_only_the_clock_asks_what_time_it_is() -> None:
    asked = re.compile(r"\b(date\.today|datetime\.(now|utcnow|today)|time\.(localtime|gmtime))\(")
    elsewhere = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in python_files("mama_desktop")
        if path != ROOT / "mama_desktop/domain/clock.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if asked.search(line)
    ]
    assert elsewhere == []


def test_files_stay_short() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in python_files("mama_desktop", "tests", "packaging")
        if "versions" not in path.parts  # a migration is as long as its tables
        if (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST_FILE
    }
    assert long == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in python_files("mama_desktop", "tests")
        if (tree := ast.parse(path.read_text(encoding="utf-8"))).body and not ast.get_docstring(tree)
    ]
    assert silent == []


def test_nothing_of_one_machine_is_in_the_project() -> None:
    # Written in two halves, so that this file does not find itself.
    registries = ["py" + "pi.org", "python" + "hosted", "--index" + "-url", "--find" + "-links"]
    places = ["/wo" + "rk/", "/ro" + "ot/", "file:" + "///opt"]
    foreign = re.compile("|".join(re.escape(words) for words in registries + places))
    found = []
    for path in tracked():
        if path.suffix in {".ttf", ".png", ".ico", ".icns", ".xlsx", ".xls", ".xlsb", ".ods", ".pdf", ".gz"}:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if match := foreign.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number} {match[0]}")
    assert found == []


def test_no_tracked_file_is_made_by_the_program() -> None:
    made = {".mo", ".pyc", ".mama", ".log"}
    assert [str(path.relative_to(ROOT)) for path in tracked() if path.suffix in made] == []

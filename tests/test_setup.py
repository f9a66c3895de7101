"""The set-up: locks that say everything with hashes, and scripts that a plain shell understands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["run", "dev", "package"]
PINNED = re.compile(r"^([a-z0-9.-]+)==(\S+)", re.MULTILINE)
linux_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no POSIX shell")


def lock(name: str) -> str:
    return (ROOT / f"packaging/lock/{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_hashes_and_nothing_else_stands_in_a_lock(name: str) -> None:
    entries = lock(name).replace("\\\n", " ").splitlines()
    pin = re.compile(r"\S+==\S+( ; [^#]+?)?\s+(--hash=sha256:[0-9a-f]{64}\s*)+")
    assert [line for line in entries if not pin.fullmatch(line)] == []


@pytest.mark.parametrize("name", ["dev", "package"])
def test_the_locks_agree(name: str) -> None:
    run, other = dict(PINNED.findall(lock("run"))), dict(PINNED.findall(lock(name)))
    assert run.items() <= other.items()


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    main = project["project"]
    asked = {
        "run": main["dependencies"] + main["optional-dependencies"]["server"] + groups["build"],
        "dev": groups["dev"],
        "package": groups["package"],
    }
    for name, wanted in asked.items():
        pinned = set(dict(PINNED.findall(lock(name))))
        names = {re.split(r"[\[<>=!~; ]", words)[0].lower() for words in wanted}
        assert names <= pinned, f"`make lock` after adding to pyproject.toml: {sorted(names - pinned)}"


@linux_only
@pytest.mark.parametrize("script", ["setup.sh", "lock.sh", "texts.sh", "package.sh"])
def test_scripts_are_posix(script: str) -> None:
    assert subprocess.run(["sh", "-n", script], cwd=ROOT / "packaging", check=False).returncode == 0
    assert os.access(ROOT / "packaging" / script, os.X_OK)


def test_the_readme_starts_with_the_two_commands() -> None:
    first_block = (ROOT / "README.md").read_text(encoding="utf-8").split("```")[1]
    assert "make run" in first_block
    assert "make test" in first_block

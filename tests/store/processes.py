"""Another process of this program beside the test, for what only two processes can show."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from mama_desktop.domain.people import Person
from mama_desktop.store.database import Database

ROOT = Path(__file__).parents[2]


def child(code: str, *arguments: object, **options: Any) -> subprocess.Popen[str]:
    """Another process of this program, with the workspace's doors imported."""
    imports = """
        import sys
        from mama_desktop.domain.errors import OfficeError
        from mama_desktop.domain.text import T
        from mama_desktop.store.database import Actor
        from mama_desktop.store.workspace import open_workspace
        from tests.factories import make_person
        actor = Actor("Bor Hribar", "laptop-2")
    """
    program = textwrap.dedent(imports) + textwrap.dedent(code)
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)], cwd=ROOT, text=True, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options,
    )  # fmt: skip


def said(process: subprocess.Popen[str]) -> str:
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    return out.strip()


def people(db: Database) -> int:
    return db.read(lambda s: s.scalar(select(func.count()).select_from(Person))) or 0

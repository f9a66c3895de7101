"""plan-transport as it is called: it prints the suggestion, and writes it only when asked to."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from sqlalchemy.orm import Session

from mama_desktop.cli import main
from mama_desktop.domain.text import T
from mama_desktop.services.transport import board
from mama_desktop.store.workspace import create_workspace, open_workspace
from tests.conftest import ACTOR
from tests.services.transport.test_proposing import an_event


def test_it_prints_and_writes_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "office.mama"
    db = create_workspace(path, actor=ACTOR)

    def made(session: Session) -> tuple[str, str]:
        from mama_desktop.domain.events import Event

        key = an_event(session, people=6)
        return key, session.get_one(Event, key).code

    key, code = db.write(made, label=T("test"))
    db.close()
    runner = CliRunner()
    shown = runner.invoke(main, ["-w", str(path), "plan-transport", code, "--language", "en", "--seconds", "0.2"])
    assert shown.exit_code == 0, shown.output
    assert "Suggested: 6 people seated" in shown.output
    written = runner.invoke(main, ["-w", str(path), "plan-transport", code, "--apply", "--json", "--seconds", "0.2"])
    assert written.exit_code == 0, written.output
    assert json.loads(written.output)["applied"] is True
    db = open_workspace(path, actor=ACTOR, window=False)
    assert db.read(board.board, key).here.seated == 6
    db.close()

"""Every window and every document as a picture, in both languages, light and dark: `python -m tests.shots [--out DIR]`.

A picture nobody could read (without fonts a label is two colours) fails. What the shell can do stands in `SCENES`, on
invented rows; the pages of the window (`ui/pictures.py`) and the documents follow on the sample.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.shots_papers import papers
from tests.shots_states import states

FEWEST_COLOURS = 24
SIZES = {"narrow": (1024, 640), "usual": (1280, 800), "wide": (1600, 1000)}


@dataclass
class Stage:
    """What a scene is played on: a language, a look, a size; windows it opens are closed after it."""

    app: Any
    theme: Any
    language: str
    look: str
    out: Path
    opened: list[Any] = field(default_factory=list)

    def settle(self) -> None:
        """Let everything be laid out and painted."""
        from PySide6.QtTest import QTest

        QTest.qWait(30)

    def shell(self, size: str = "usual", rows: int = 64, home: str = "events") -> Any:
        """The window with the invented page in every place."""
        from tests.ui.stage import make_window

        window = make_window(self.theme, language=self.language, rows=rows, home=home)
        window.resize(*SIZES[size])
        window.show()
        self.opened.append(window)
        self.settle()
        return window

    def close(self) -> None:
        for window in self.opened:
            window.close()
            window.deleteLater()
        self.opened.clear()


Scene = Callable[[Stage], Any]


def _table(stage: Stage) -> Any:
    window = stage.shell()
    window.page.table.view.selectRow(1)
    return window


def _narrow(stage: Stage) -> Any:
    window = stage.shell("narrow")
    window.page.table.sort_by(("family", False), ("given", True))
    window.page.table.set_wanted("status", ["accepted", "confirmed"])
    window.page.table.view.selectAll()
    return window


def _wide_compact(stage: Stage) -> Any:
    window = stage.shell("wide", rows=5000)
    window.page.table.set_compact(True)
    return window


def _empty(stage: Stage) -> Any:
    return stage.shell(rows=0)


def _filter_row(stage: Stage) -> Any:
    from mama_desktop.domain.filters import Filter

    window = stage.shell("narrow")
    table = window.page.table
    table.filters.show_row(True)
    table.filter_by("status", Filter(values=frozenset({"accepted", "waiting"})))
    table.filter_by("age", Filter(first=15, last=29))
    return window


def _frozen(stage: Stage) -> Any:
    window = stage.shell("narrow")
    table = window.page.table
    table.columns.set_frozen(2)
    stage.settle()
    table.view.horizontalScrollBar().setValue(260)
    table.select(["r3", "r4"])
    return window


def _nothing_fits(stage: Stage) -> Any:
    window = stage.shell()
    window.page.table.set_filter("tega ni")
    return window


def _notice(stage: Stage) -> Any:
    from mama_desktop.domain.text import T

    window = stage.shell()
    window.notice_done(T("Accept 3 registrations"))
    return window


def _editing(column: int, row: int = 3) -> Scene:
    def play(stage: Stage) -> Any:
        window = stage.shell()
        table = window.page.table
        index = table.rows.index(row, column)
        table.view.setCurrentIndex(index)
        table.view.scrollTo(index)
        table.edit_current()
        return window

    return play


def _calendar(stage: Stage) -> Any:
    from mama_desktop.ui.editors import DateEditor

    window = stage.shell()
    window.page.show_tab("details")
    editor = next(e for e in window.page.findChildren(DateEditor) if e.isVisible())
    editor.open_calendar()
    return _popup(stage)


def _read_only(stage: Stage) -> Any:
    """A second window on the same workspace."""
    from mama_desktop.domain.text import Text
    from mama_desktop.store.database import ReadOnly
    from tests.ui.invented import FakeDatabase
    from tests.ui.stage import make_window

    db = FakeDatabase()
    since = dt.datetime(2020, 3, 2, 8, 40)
    words = "The workspace is already open: {who}, on the computer {machine}, since {since}."
    why = Text(words, params={"who": "Ana Novak", "machine": "pisarna-1", "since": since})
    db.read_only = ReadOnly("Ana Novak", "pisarna-1", since, why)
    window = make_window(stage.theme, language=stage.language, db=db)
    window.resize(*SIZES["usual"])
    window.show()
    stage.opened.append(window)
    return window


def _columns(stage: Stage) -> Any:
    window = stage.shell()
    window.page.table.choose_columns()
    return _popup(stage)


def _column_filter(stage: Stage) -> Any:
    from PySide6.QtCore import QPoint

    window = stage.shell()
    headings = window.page.table.headings
    headings.customContextMenuRequested.emit(QPoint(headings.sectionViewportPosition(5) + 5, 5))
    return _popup(stage)


def _change_many(stage: Stage) -> Any:
    window = stage.shell()
    window.page.table.view.selectAll()
    window.page.table.doing.change_many()
    return _popup(stage)


def _palette(words: str) -> Scene:
    def play(stage: Stage) -> Any:
        palette = stage.shell().open_palette()
        palette.field.setText(words)
        return palette

    return play


def _file_menu(stage: Stage) -> Any:
    window = stage.shell()
    menu = window.navigation.file_button.menu()
    menu.popup(window.mapToGlobal(window.rect().topLeft()))
    return menu


def _dialog(which: str) -> Scene:
    def play(stage: Stage) -> Any:
        from tests.ui.stage import make_dialog

        dialog = make_dialog(which, stage.language)
        dialog.show()
        stage.opened.append(dialog)
        return dialog

    return play


def _form(size: str) -> Scene:
    def play(stage: Stage) -> Any:
        window = stage.shell(size)
        window.page.show_tab("details")
        return window

    return play


def _work(stage: Stage) -> Any:
    from tests.ui.stage import show_work

    window = stage.shell()
    show_work(window)
    return window


def _popup(stage: Stage) -> Any:
    stage.settle()
    return stage.app.activePopupWidget()


def _start(*, troubled: bool) -> Scene:
    """The window while no workspace is open."""

    def play(stage: Stage) -> Any:
        from tests.ui.stage import make_start

        window = make_start(stage.language, troubled=troubled)
        window.show()
        stage.opened.append(window)
        return window

    return play


SCENES: dict[str, Scene] = {
    "shell": _table,
    "shell-narrow": _narrow,
    "shell-wide-compact": _wide_compact,
    "shell-empty": _empty,
    "shell-filter-row": _filter_row,
    "shell-frozen": _frozen,
    "shell-nothing-fits": _nothing_fits,
    "shell-notice": _notice,
    "shell-work": _work,
    "shell-form": _form("usual"),
    "shell-form-narrow": _form("narrow"),
    "cell-words": _editing(2),
    "cell-choice": _editing(5),
    "cell-date": _editing(6),
    "cell-check-list": _editing(7),
    "cell-long-text": _editing(9, 11),
    "columns": _columns,
    "column-filter": _column_filter,
    "change-many": _change_many,
    "find": _palette("m"),
    "find-commands": _palette(""),
    "file-menu": _file_menu,
    "dialog-error": _dialog("error"),
    "dialog-question": _dialog("question"),
    "dialog-bug": _dialog("bug"),
    "help": _dialog("help"),
    "calendar": _calendar,
    "read-only": _read_only,
    "start": _start(troubled=False),
    "start-problem": _start(troubled=True),
}


def draw_sample(out: Path, only: str) -> int:
    """Every page of the window on the sample and in a new workspace, and every document."""
    from mama_desktop.demo import demo_views
    from mama_desktop.services.workspaces import new_workspace
    from mama_desktop.store.database import Actor
    from mama_desktop.ui.pictures import draw_views, views

    count = 0
    with tempfile.TemporaryDirectory() as made:
        db = new_workspace(Path(made) / "vzorec.mama", actor=Actor("Ana Novak", "pisarna"), sample_too=True)
        empty = new_workspace(Path(made) / "prazna.mama", actor=Actor("Ana Novak", "pisarna"))
        try:
            wanted = [view for view in [*demo_views(db), *states(db, Path(made))] if only in view.name]
            bare = [replace(view, name=f"empty-{view.name}") for view in views() if only in f"empty-{view.name}"]
            for language in ("sl", "en"):
                for look in ("light", "dark"):
                    count += sum(1 for _ in draw_views(db, wanted, out, language=language, look=look))
                    count += sum(1 for _ in draw_views(empty, bare, out, language=language, look=look))
            for name, picture in papers(Path(made), db):
                if only in name:
                    picture.save(out / f"{name}.png")
                    count += 1
        finally:
            db.close()
            empty.close()
    return count


def check(picture: Any, name: str) -> None:
    """A picture of fewer colours than letters need was drawn without fonts."""
    image = picture.toImage()
    step = max(image.width() // 400, 1)
    colours = {image.pixel(x, y) for x in range(0, image.width(), step) for y in range(image.height())}
    if len(colours) < FEWEST_COLOURS:
        raise SystemExit(f"{name}: only {len(colours)} colours; was it drawn without a font?")


def draw(stage: Stage, only: str = "") -> int:
    """Play every scene whose name holds `only`; returns how many pictures were written."""
    count = 0
    for name, scene in SCENES.items():
        if only not in name:
            continue
        widget = scene(stage)
        stage.settle()
        picture = widget.grab()
        check(picture, name)
        picture.save(str(stage.out / f"{name}-{stage.language}-{stage.look}.png"))
        count += 1
        popup = stage.app.activePopupWidget()
        if popup is not None:
            popup.close()
        stage.close()
        stage.settle()
    return count


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.shots", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/shots"))
    parser.add_argument("--only", default="", help="only pictures with this in their name")
    parser.add_argument("--scale", default="1", help="1.5 draws as on a screen set to 150 %%")
    given = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = given.scale
    from PySide6.QtWidgets import QApplication

    from mama_desktop.ui.theme import Theme

    given.out.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    theme = Theme(app, "light")
    count = 0
    for look in ("light", "dark"):
        theme.set_choice(look)
        for language in ("sl", "en"):
            count += draw(Stage(app, theme, language, look, given.out), given.only)
    count += draw_sample(given.out, given.only)
    print(f"{count} pictures in {given.out}")  # noqa: T201 this is a command
    return 0


if __name__ == "__main__":
    sys.exit(main())

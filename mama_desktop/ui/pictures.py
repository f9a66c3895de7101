"""Every page of the window as a PNG, drawn on a workspace without a display: for the demonstration and for a look."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QMessageLogContext, QSettings, QTimer, QtMsgType
from PySide6.QtCore import qInstallMessageHandler as send_messages_to
from PySide6.QtWidgets import QApplication, QWidget

from mama_desktop.store import search
from mama_desktop.store.database import Database
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.places import PLACES
from mama_desktop.ui.theme import Theme
from mama_desktop.ui.window_menu import FileCommands

_SETTLE_MS = 40
_LONGEST_MS = 20_000
TABS = ("details", "registrations", "form", "attendance", "transport", "documents", "files", "history")
TABS_OF = {
    "person": ("card", "details", "events", "former", "consents", "files", "history"),
    "organisation": ("details", "people", "events", "visits", "files", "history"),
    "working_group": ("members", "details", "history"),
    "project": ("details", "partners", "events", "grants", "files", "history"),
    "trip": ("stops", "people", "details", "history"),
}
LISTS = (
    "today",
    "events",
    "people",
    "organisations",
    "projects",
    "groups",
    "duplicates",
    "history",
    "new-event",
    "first-start",
    "restore",
)
TRANSPORT = ("trips", "vehicles", "carriers")
SETTINGS = (
    "office",
    "staff",
    "profiles",
    "sources",
    "registration",
    "papers",
    "rates",
    "rates:allowances",
    "backups",
    "window",
)


@dataclass(frozen=True)
class View:
    """One picture: its name, where the window goes for it, and what is done there first (`then`)."""

    name: str
    place: str
    key: str = ""
    view: str = ""
    then: Callable[[MainWindow], object] | None = None


def views(
    event: str = "",
    *,
    person: str = "",
    project: str = "",
    session: str = "",
    file: str = "",
    organisation: str = "",
    group: str = "",
    trip: str = "",
) -> list[View]:
    """Every page there is; those of a record for the keys that are given. file: a table to take in for the event."""
    known = {p.key for p in PLACES}
    found = [View(place, place) for place in LISTS]
    found += [View(f"settings-{tab}".replace(":", "-"), "settings", "", tab) for tab in SETTINGS]
    found += [View(f"transport-{tab}", "transport", "", tab) for tab in TRANSPORT]
    if event:
        found += [View(f"event-{tab}", "event", event, tab) for tab in TABS]
        found.append(View("event-transport-carpool", "event", event, "transport:carpool"))
        found.append(View("event-waiting", "event", event, "registrations:waiting"))
        found += [
            View(f"add-{way}", "add-to-event", event, way) for way in ("people", "organisation", "event", "group")
        ]
        found += [View("letters", "letters", event), View("letters-made", "letters", event, "made")]
    if event and file:
        found.append(View("import", "import", event, f"file:{file}"))
    if event:
        found.append(View("consents", "consents", event))
        found.append(View("online-attendance", "online-attendance", event))
    found += [View(f"import-list-{noun}", "import-list", noun) for noun in ("organisation", "person", "event")]
    if session:
        found.append(View("key-in", "key-in", session))
    of = {"person": person, "project": project, "organisation": organisation, "working_group": group, "trip": trip}
    for place, key in of.items():
        if key:
            found += [View(place if not n else f"{place}-{tab}", place, key, tab)
                      for n, tab in enumerate(TABS_OF[place])]  # fmt: skip
    return [v for v in found if v.place in known]


def draw_views(
    db: Database, wanted: Sequence[View], folder: Path, *, language: str, look: str, size: tuple[int, int] = (1280, 800)
) -> Iterator[Path]:
    """Draw pages into `folder` as name-language-look.png; gives each path when it is written."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication(["mama-desktop"])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as kept, _quiet_about_drawing():
        habits = QSettings(str(Path(kept) / "habits.ini"), QSettings.Format.IniFormat)
        habits.setValue("window/language", language)
        jobs = Jobs()
        window = MainWindow(
            db, jobs, habits, Theme(app, look), PLACES, find=partial(db.read, search.find), home="today",
            commands=FileCommands(back_up=_nothing),
        )  # fmt: skip
        window.resize(*size)
        window.show()
        for view in wanted:
            window.go(view.place, view.key, view.view)
            _settle(lambda: not jobs.running)
            if view.then is not None:
                view.then(window)
                _settle(lambda: not jobs.running)
            path = folder / f"{view.name}-{language}-{look}.png"
            _save(app.activePopupWidget() or app.activeModalWidget() or window, path)
            while (before := app.activePopupWidget() or app.activeModalWidget()) is not None:
                before.close()
            yield path
        palette = window.open_palette()
        palette.field.setText("ma")
        _settle()
        path = folder / f"find-{language}-{look}.png"
        _save(palette, path)
        yield path
        palette.close()
        window.close()
        jobs.close()
        window.deleteLater()


@contextmanager
def _quiet_about_drawing() -> Iterator[None]:
    """Qt says of every window that drawing without a display has no frame to resize: no news to anybody."""

    def pass_on(_kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
        if not words.startswith("This plugin does not support"):
            sys.stderr.write(f"{words}\n")

    before = send_messages_to(pass_on)
    try:
        yield
    finally:
        send_messages_to(before)


def _save(widget: QWidget, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not widget.grab().save(str(path)):
        raise OSError(f"cannot write {path}")


def _settle(is_done: Callable[[], bool] | None = None) -> None:
    """Let everything be laid out and painted, and work in the background come to its end."""
    deadline = QDeadlineTimer(_LONGEST_MS)
    while True:
        loop = QEventLoop()
        QTimer.singleShot(_SETTLE_MS, loop.quit)
        loop.exec()
        if is_done is None or is_done() or deadline.hasExpired():
            return


def _nothing() -> None:
    """Nothing to do in a picture."""

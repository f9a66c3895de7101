"""The scenes of `window.py`, played in the real window: `python -m tests.benchmarks.window_scenes SCENE WORKSPACE`."""

from __future__ import annotations

import gc
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import psutil  # type: ignore[import-untyped]  # it brings no stubs
from PySide6.QtCore import QEvent, QEventLoop, QObject, QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mama_desktop.domain.filters import Filter
from mama_desktop.store import search
from mama_desktop.store.database import Actor
from mama_desktop.store.workspace import open_workspace
from mama_desktop.ui import dialogs
from mama_desktop.ui.ahead import get_ready
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.places import PLACES
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.theme import Theme
from tests.benchmarks.large import large_key

_LATEST_MS = 20_000
_TYPED = (
    "novak ana",
    "žagar",
    "kovačič š",
    "040 123 456",
    "oseba77@example.org",
    "vzorec 12",
    "ova",
    "zz top",
    "dogodek 7",
)


class Taken(NamedTuple):
    """Seconds on the wall, and of the processor (which another program on the machine hardly lengthens)."""

    wall: float
    work: float


class _Painted(QObject):
    """Ends a loop when a widget has been painted and nothing more is waiting."""

    def __init__(self, loop: QEventLoop) -> None:
        super().__init__()
        self._loop = loop
        self.is_painted = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.is_painted:
            self.is_painted = True
            QTimer.singleShot(0, self._loop.quit)
        return False


def until_painted(do: Callable[[], Any], widget: Callable[[], QWidget]) -> Taken:
    """From the gesture until the widget it shows (known after it) has been painted and nothing waits."""
    loop = QEventLoop()
    painted = _Painted(loop)
    late = QTimer(singleShot=True, interval=_LATEST_MS)
    late.timeout.connect(loop.quit)
    late.start()
    start, worked = time.perf_counter(), time.process_time()
    do()
    shown = widget()
    shown.installEventFilter(painted)
    loop.exec()
    taken = Taken(time.perf_counter() - start, time.process_time() - worked)
    shown.removeEventFilter(painted)
    if not painted.is_painted:
        raise RuntimeError(f"{shown} was not painted")
    return taken


def click(window: MainWindow) -> dict[str, Taken]:
    """As a person does: the list of events is seen, then an event is clicked."""
    table = partial(_registrations_table, window)
    event = large_key("event", 0)
    window.go("events")
    QTest.qWait(300)
    first = until_painted(partial(window.go, "event", event), table)
    again, tab = [], []
    for _ in range(5):
        window.go("events")
        QTest.qWait(50)
        again.append(until_painted(partial(window.go, "event", event), table))
        window.page.show_tab("details")
        QTest.qWait(50)
        tab.append(until_painted(partial(window.page.show_tab, "registrations"), table))
    return {"first": first, "again": _middle(again), "tab": _middle(tab)}


def keystroke(window: MainWindow) -> dict[str, Any]:
    """Every letter of typical words, typed into the palette; the best of three for each beginning."""
    searching = [0.0]
    find = window._find

    def timed(words: str) -> Any:
        start = time.perf_counter()
        found = find(words)
        searching[0] = time.perf_counter() - start
        return found

    window._find = timed
    palette = window.open_palette()
    QTest.qWait(200)
    best: dict[str, tuple[Taken, float]] = {}
    for _ in range(3):
        for words in _TYPED:
            palette.field.clear()
            QTest.qWait(10)
            for letter in words:
                taken = until_painted(partial(palette.field.insert, letter), palette.hits.viewport)
                typed = palette.field.text()
                best[typed] = min(best.get(typed, (Taken(9.0, 9.0), 0.0)), (taken, searching[0]))
    slowest = max(best, key=best.__getitem__)
    return {
        "slowest": best[slowest][0], "slowest_words": slowest, "slowest_search": best[slowest][1],
        "median": _middle([taken for taken, _ in best.values()]),
        "most_work": max(taken.work for taken, _ in best.values()),
    }  # fmt: skip


def table(window: MainWindow) -> dict[str, Any]:
    """All people, as somebody looks for one of them: typing, filtering a column, scrolling, sorting."""
    opened = until_painted(partial(window.go, "people"), lambda: _page(window).table.view.viewport())
    rows: RowTable = _page(window).table
    view = rows.view.viewport()
    # Faster than any hand: nothing is ready yet.
    unready = until_painted(partial(rows.search.insert, "n"), lambda: view)
    rows.search.clear()
    QTest.qWait(1_500)
    best: dict[str, Taken] = {}
    for _ in range(3):
        for words in _TYPED:
            rows.search.clear()
            QTest.qWait(10)
            for letter in words:
                # What fits nowhere paints the page that says so.
                taken = until_painted(partial(rows.search.insert, letter), lambda: _seen(rows))
                best[rows.search.text()] = min(best.get(rows.search.text(), Taken(9.0, 9.0)), taken)
    rows.search.clear()
    rows.filters.show_row(True)
    column = _column_keystrokes(rows)
    rows.filters.show_row(False)
    rows.set_filters({})
    slowest = max(best, key=best.__getitem__)
    bar = rows.view.verticalScrollBar()
    pages = [
        min(until_painted(partial(bar.setValue, at + turn), lambda: view) for turn in (1, 2, 3))
        for at in range(0, bar.maximum() - 10, max(bar.maximum() // 25, 1))
    ]
    town, name = ("town", False), ("family_name", True)
    sorts = []
    for _ in range(3):
        rows.sort_by()
        QTest.qWait(50)
        sorts.append(until_painted(partial(rows.sort_by, town, name), lambda: view))
    return {
        "open": opened, "unready": unready, "slowest": best[slowest], "slowest_words": slowest,
        "median": _middle(list(best.values())), "column": column, "scroll": max(pages), "sort": min(sorts),
    }  # fmt: skip


def _column_keystrokes(rows: RowTable) -> Taken:
    """A name typed into the row of filters, letter by letter: the slowest, the best of three each."""
    best: dict[str, Taken] = {}
    for _ in range(3):
        rows.filter_by("family_name", None)
        QTest.qWait(10)
        for end in range(1, len("kovačič") + 1):
            words = "kovačič"[:end]
            taken = until_painted(partial(rows.filter_by, "family_name", Filter(words=words)), lambda: _seen(rows))
            best[words] = min(best.get(words, Taken(9.0, 9.0)), taken)
    return max(best.values())


def _seen(rows: RowTable) -> QWidget:
    """What a filter leaves in sight: the rows, or what is said without any."""
    shown = rows.view if rows.rows.rowCount() or rows.filters.has_row() else rows._empty
    return rows.view.viewport() if shown is rows.view else shown


def _page(window: MainWindow) -> Any:
    return window.page


def export(window: MainWindow) -> dict[str, float]:
    """The list of the largest event is exported from its Documents tab while a timer of 5 ms listens for gaps."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "list.xlsx")
        dialogs.save_file = lambda *_around, **_more: path
        gaps = _Gaps(window)
        window.go("event", large_key("event", 0), "documents")
        QTest.qWait(20)
        # The tab has been built; from here on only its preview is at work.
        gaps.begin()
        _until_idle(window)
        preview = gaps.largest()
        gaps.begin()
        start = time.perf_counter()
        window.page.export()
        gaps.begin()
        while not path.exists():
            QTest.qWait(5)
        taken, largest = time.perf_counter() - start, gaps.largest()
        _until_idle(window)
        assert path.stat().st_size > 1000
        gaps.begin()
        QTest.qWait(int(taken * 1000))
        return {"gap": largest, "preview_gap": preview, "idle_gap": gaps.largest(), "export": taken}


class _Gaps:
    """How long the event loop let a timer of 5 ms wait at the worst."""

    def __init__(self, window: MainWindow) -> None:
        self._last, self._largest = 0.0, 0.0
        self._timer = QTimer(window, interval=5)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        self._last, self._largest = time.perf_counter(), 0.0
        self._timer.start()

    def largest(self) -> float:
        self._tick()
        return self._largest

    def _tick(self) -> None:
        now = time.perf_counter()
        self._largest, self._last = max(self._largest, now - self._last), now


def _until_idle(window: MainWindow) -> None:
    while window._jobs.running:
        QTest.qWait(5)


def walk(window: MainWindow) -> dict[str, Any]:
    """Every place of the navigation, then the largest event: the resident memory after each."""
    places: dict[str, float] = {}
    for place in window._places.values():
        if not place.under:
            try:
                window.go(place.key)
            except ImportError:
                continue
            QTest.qWait(100)
            places[place.key] = _memory()
    window.go("event", large_key("event", 0))
    QTest.qWait(100)
    places["event"] = _memory()
    return {"places": places, "memory": max(places.values())}


def _registrations_table(window: MainWindow) -> QWidget:
    page: Any = window.page
    viewport: QWidget = page._lazy["registrations"].inside.table.view.viewport()
    return viewport


def _middle(taken: Sequence[Taken]) -> Taken:
    return Taken(statistics.median(t.wall for t in taken), statistics.median(t.work for t in taken))


def _memory() -> float:
    megabytes: float = psutil.Process().memory_info().rss / 2**20
    return megabytes


def play(scene: str, workspace: str) -> None:
    # As in the program's start.
    gc.set_threshold(50_000, 20, 100)
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        habits = QSettings(str(Path(folder, "habits.ini")), QSettings.Format.IniFormat)
        db = open_workspace(workspace, actor=Actor("Ana", "here"), window=True)
        jobs = Jobs()
        window = MainWindow(
            db, jobs, habits, Theme(app, "light"), PLACES, find=partial(db.read, search.find), home="today"
        )
        window.show()
        # As in the program: what follows is made while nobody has found the first button yet.
        get_ready(window)
        QTest.qWaitForWindowExposed(window)
        QTest.qWait(1_200)
        print(
            json.dumps(
                {"click": click, "keystroke": keystroke, "export": export, "walk": walk, "table": table}[scene](window)
            )
        )
        window.close()
        jobs.close()
        db.close()


if __name__ == "__main__":
    play(*sys.argv[1:])

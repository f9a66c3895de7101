"""Figures of the window: from click to painted table, Ctrl+K, no standing still during an export, start and memory.

Each scene is played by `window_scenes.py` in a process of its own, as a person would meet it; the workspaces are those
of `large.py`. What a first start compiles (Python's own cache) is compiled before anything is measured.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mama_desktop.domain.text import T
from mama_desktop.services import office
from mama_desktop.store.database import Actor
from mama_desktop.store.workspace import create_workspace
from tests.benchmarks.large import make_large
from tests.benchmarks.measuring import Figure, Measure, is_tiny, note, sized

_TIMES = 3
_STARTS = 5


def click() -> list[Figure]:
    """An event with 5,000 registrations, from the click to the painted table: the first click of a run, and later.

    The best of several runs, as other work on the machine does not count.
    """
    with _stage(people=20_000, crowd=5_000) as play:
        runs = [play("click") for _ in range(1 if is_tiny() else _TIMES)]
    first, again, tab = (min(run[k][0] for run in runs) * 1000 for k in ("first", "again", "tab"))
    for place, which in enumerate(("on the wall", "of the processor")):
        each = ", ".join(f"{k} {' '.join(f'{run[k][place] * 1000:.0f}' for run in runs)}" for k in runs[0])
        note(f"ms {which}: {each}")
    return [
        ("5,000 registrations, first click to painted table", first, 150.0, "ms"),
        ("the same event opened again", again, 150.0, "ms"),
        ("back to Registrations from another tab", tab, 150.0, "ms"),
    ]


def keystroke() -> list[Figure]:
    """Ctrl+K over 100,000 people: a letter typed until the hits are painted; slowest and median of typical words."""
    with _stage(people=100_000, crowd=1_000) as play:
        run = play("keystroke")
    note(f"slowest after typing “{run['slowest_words']}”; of this the search {run['slowest_search'] * 1000:.1f} ms")
    note(f"of the processor: median {run['median'][1] * 1000:.1f} ms, at most {run['most_work'] * 1000:.1f} ms")
    return [
        ("Ctrl+K over 100,000 people, median keystroke to painted hits", run["median"][0] * 1000, 10.0, "ms"),
        ("Ctrl+K over 100,000 people, slowest keystroke to painted hits", run["slowest"][0] * 1000, 10.0, "ms"),
    ]


def export() -> list[Figure]:
    """The longest time the window's event loop stands still while 10,000 registrations become a workbook."""
    with _stage(people=20_000, crowd=10_000) as play:
        runs = [play("export") for _ in range(1 if is_tiny() else _TIMES)]
    gap = statistics.median(run["gap"] for run in runs) * 1000
    note(f"gaps {_ms(runs, 'gap')}; as long without any work {_ms(runs, 'idle_gap')}; export {_s(runs, 'export')}")
    preview = statistics.median(run["preview_gap"] for run in runs) * 1000
    return [
        ("largest gap in the window during an export of 10,000", gap, 50.0, "ms"),
        ("largest gap while the preview of 10,000 is made", preview, 50.0, "ms"),
    ]


def start() -> list[Figure]:
    """From the start of the process to the painted, idle window: 150 events and 20,000 people; and its memory.

    The best of several starts: the disk's cache is warm, and other work on the machine does not count.
    """
    with _stage(people=20_000, crowd=5_000) as play:
        play("start")
        runs = [play("start") for _ in range(1 if is_tiny() else _STARTS)]
        walked = play("walk")
    note(f"starts {_s(runs, 'seconds')}; processor {_s(runs, 'processor')}; {min(r['memory'] for r in runs):.0f} MB")
    note("memory, place by place: " + ", ".join(f"{place} {mb:.0f}" for place, mb in walked["places"].items()))
    return [
        ("process start to usable window, 150 events and 20,000 people", min(r["seconds"] for r in runs), 1.5, "s"),
        ("memory of the window after a walk through all places", walked["memory"], 300.0, "MB"),
    ]


def table() -> list[Figure]:
    """A table of 50,000 people: each letter of typical words into its quick filter and into a column's, a page of
    scrolling, a sort by two columns; the best of three for each gesture, then the slowest of the gestures."""
    with _stage(people=50_000, crowd=1_000) as play:
        run = play("table")
    note(f"slowest after typing “{run['slowest_words']}”; median {run['median'][0] * 1000:.0f} ms")
    note(f"page shown in {run['open'][0]:.2f} s; a letter typed before it was ready {run['unready'][0] * 1000:.0f} ms")
    return [
        ("50,000 rows, slowest keystroke of the quick filter, painted", run["slowest"][0] * 1000, 100.0, "ms"),
        ("50,000 rows, slowest keystroke of a column's filter, painted", run["column"][0] * 1000, 100.0, "ms"),
        ("50,000 rows, slowest page of scrolling, painted", run["scroll"][0] * 1000, 33.0, "ms"),
        ("50,000 rows sorted by two columns, painted", run["sort"][0] * 1000, 500.0, "ms"),
    ]


FIGURES: list[Measure] = [click, keystroke, table, export, start]


@contextmanager
def _stage(*, people: int, crowd: int) -> Iterator[Any]:
    """Gives `play(scene)`: plays it on a workspace of this size in a clean process and returns what it measured."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = folder / "velika.mama"
        db = create_workspace(workspace, actor=Actor("Ana", "here"))
        people, crowd = sized(people), sized(crowd)
        size = {"people": people, "events": min(150, people), "registrations": crowd + people // 4, "crowd": crowd}
        db.write(make_large, **size, label=T("Large"))
        db.write(
            office.set_settings, {"office.name_sl": "Zavod Vzorec", "clock.stands_on": "2020-03-02"}, label=T("Office")
        )
        db.close()

        def play(scene: str) -> dict[str, Any]:
            return _play(scene, workspace, folder)

        play("start")
        yield play


def _play(scene: str, workspace: Path, folder: Path) -> dict[str, Any]:
    home = str(folder / "home")
    given = {
        **os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home,
        "XDG_DATA_HOME": home, "XDG_CACHE_HOME": home,
        # Offscreen a repaint waits 5 ms for nothing.
        "QT_QPA_UPDATE_IDLE_TIME": "0",
    }  # fmt: skip
    if given.pop("PYTHONDONTWRITEBYTECODE", ""):
        # An installed program finds its modules compiled.
        given.setdefault("PYTHONPYCACHEPREFIX", str(folder / "compiled"))
    if scene == "start":
        command = [sys.executable, "-m", "tests.benchmarks.window_start", str(workspace), repr(time.time())]
    else:
        command = [sys.executable, "-m", "tests.benchmarks.window_scenes", scene, str(workspace)]
    done = subprocess.run(command, env=given, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        raise RuntimeError(f"the scene {scene} ended with {done.returncode}:\n{done.stderr}")
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _ms(runs: list[dict[str, Any]], key: str) -> str:
    return " ".join(f"{run[key] * 1000:.0f}" for run in runs) + " ms"


def _s(runs: list[dict[str, Any]], key: str) -> str:
    return " ".join(f"{run[key]:.2f}" for run in runs) + " s"

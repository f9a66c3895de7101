"""The benchmarks: `python -m tests.benchmarks [--only NAME] [--tiny]` (`make bench`) prints a table, exit 1 when over.

Each module of this folder with a list `FIGURES` takes part. The figures are taken one after the other, in one run on
one machine; what needs a clean process starts its own. A ratio compares with the bare library in the same moment, so it
says the same on a slow machine; a limit in seconds or megabytes is meant for a quiet one.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import pkgutil
import platform
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks import measuring
from tests.benchmarks.measuring import Figure, Measure, is_tiny

_HEADINGS = ("figure", "measured", "limit", "")


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the figures, print the table; 1 when a limit was exceeded (a tiny run judges nothing)."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", default="", help="only figures with this in their name, as --list shows it")
    parser.add_argument("--list", action="store_true", help="print the names and go")
    parser.add_argument("--tiny", action="store_true", help="on tiny sizes, only to see whether everything runs")
    given = parser.parse_args(arguments)
    found = [(name, measure) for name, measure in collect() if given.only in name]
    if given.list or not found:
        print("\n".join(name for name, _ in found or collect()))
        return 0 if given.list else 2
    if given.tiny:
        measuring.make_tiny()
    try:
        figures = list(take(found))
        print("\n" + table(figures) + "\n\n" + machine())
    finally:
        measuring.make_tiny(1)
    over = [figure for figure in figures if is_over(figure)]
    return 1 if over and not given.tiny else 0


def collect() -> list[tuple[str, Measure]]:
    """("sheets.participant_list", the function) of every module here that has FIGURES, in the order of their names."""
    here = str(Path(__file__).parent)
    found = []
    for module in sorted(info.name for info in pkgutil.iter_modules([here]) if not info.name.startswith("_")):
        figures = getattr(importlib.import_module(f"tests.benchmarks.{module}"), "FIGURES", ())
        found += [(f"{module}.{measure.__name__}", measure) for measure in figures]
    return found


def take(measures: Sequence[tuple[str, Measure]]) -> Iterator[Figure]:
    for name, measure in measures:
        print(name, flush=True)
        yield from measure()
        # What one figure leaves behind is not looked through in the time of the next.
        gc.collect()


def is_over(figure: Figure) -> bool:
    _, measured, limit, _ = figure
    return measured > limit


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text in columns; without a tiny run's judgement."""
    rows = [_HEADINGS]
    for figure in figures:
        label, measured, limit, unit = figure
        judged = "OVER" if is_over(figure) else "ok"
        rows.append((label, _number(measured, unit), _number(limit, unit), "" if is_tiny() else judged))
    widths = [max(len(row[i]) for row in rows) for i in range(len(_HEADINGS))]
    lines = [
        "  ".join((row[0].ljust(widths[0]), row[1].rjust(widths[1]), row[2].rjust(widths[2]), row[3])).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "-" * (sum(widths) + 6), *lines[1:]])


def machine() -> str:
    """What it was measured on, and how busy that was."""
    busy = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} cores{busy}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"


def _number(value: float, unit: str) -> str:
    if unit == "×":
        return f"{value:.2f} ×"
    return f"{value:.0f} {unit}" if unit in ("ms", "MB") else f"{value:.2f} {unit}"


if __name__ == "__main__":
    # As the program does at its start.
    gc.set_threshold(50_000, 20, 100)
    sys.exit(main())

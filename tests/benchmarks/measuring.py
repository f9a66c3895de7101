"""What every figure is made of: its shape, the sizes it is measured at, and two works timed in turn."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

# What a figure is: its label, what was measured, its limit (measured and limit in the same unit) and the unit.
Figure = tuple[str, float, float, str]
Measure = Callable[[], list[Figure]]

# `--tiny` makes every size this many times smaller: a try whether everything runs, whose numbers say nothing.
_smaller = 1


def make_tiny(times: int = 200) -> None:
    """Divide every size from now on; 1 takes it back."""
    global _smaller
    _smaller = times


def is_tiny() -> bool:
    return _smaller > 1


def sized(count: int) -> int:
    """A size of the benchmark: as written, or its part in a tiny run (at least 20)."""
    return count if _smaller == 1 else max(count // _smaller, 20)


def seconds(work: Callable[[], object]) -> float:
    """Seconds on the wall."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def work_seconds(work: Callable[[], object]) -> float:
    """Seconds of this process on the processor: other work on the machine hardly counts."""
    start = time.process_time()
    work()
    return time.process_time() - start


def interleaved(mine: Callable[[], object], bare: Callable[[], object], times: int) -> tuple[float, float]:
    """Medians of both, run in turn, so that a busy moment of the machine meets both alike."""
    pairs = [(seconds(mine), seconds(bare)) for _ in range(times)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def ratio(label: str, mine: float, bare: float, limit: float) -> Figure:
    """A figure that is a ratio; the two times behind it are printed."""
    note(f"{label}: {mine:.2f} s against {bare:.2f} s")
    # On tiny sizes the bare work may take less than the clock can tell.
    return label, mine / max(bare, 1e-3), limit, "×"


def note(words: str) -> None:
    """A line beside the table: what stands behind a figure."""
    print(f"    {words}", flush=True)

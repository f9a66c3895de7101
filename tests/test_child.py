"""The child process: results, progress, cancel, limits, and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import psutil  # type: ignore[import-untyped]  # it brings no stubs
import pytest

from mama_desktop import child
from mama_desktop.domain.errors import Cancelled, OfficeError
from mama_desktop.domain.text import T

BROKEN = OfficeError(T("The file is damaged."))
LARGE = OfficeError(T("The file is too large."))


def double(number: int, *, more: int = 0) -> int:
    return number * 2 + more


def letters(count: int) -> Iterator[str]:
    yield from "abcdefgh"[:count]


def slowly(steps: int, report: child.Report) -> int:
    for step in range(steps):
        report(step, steps)
        time.sleep(0.05)
    return steps


def complain() -> None:
    raise OfficeError(T("Row {row} is wrong.", row=7), todo=T("Mend it."))


def stumble() -> None:
    raise KeyError("our own mistake")


def die() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def chatter() -> str:
    print("noise that must not reach the answers")  # noqa: T201 that is what is tested
    os.write(1, b"native noise")
    os.write(2, b"native complaint")
    return "done"


def eat(megabytes: int) -> int:
    return len(bytearray(megabytes * 2**20))


def wait_for_ever() -> None:
    time.sleep(600)


def own_pid_then_wait(path: str) -> None:
    with open(path + ".new", "w", encoding="ascii") as file:
        file.write(str(os.getpid()))
    os.replace(path + ".new", path)
    time.sleep(600)


def run(function: Callable[..., Any], *args: object, timeout_s: float = 20, memory_mb: int = 300, **kwargs: Any) -> Any:
    limits: Any = {"timeout_s": timeout_s, "memory_mb": memory_mb, "broken": BROKEN, "too_large": LARGE}
    return child.run(function, *args, **limits, **kwargs)


def test_gives_the_result() -> None:
    assert run(double, 4, more=1) == 9


def test_what_a_function_yields_comes_home_as_a_list() -> None:
    assert run(letters, 3) == ["a", "b", "c"]
    assert run(letters, 0) == []


def test_native_noise_does_not_disturb() -> None:
    assert run(chatter) == "done"


def test_progress_is_polled() -> None:
    seen: list[tuple[int, int]] = []
    assert run(slowly, 10, report=lambda done, total: seen.append((done, total))) == 10
    assert seen == sorted(seen)
    assert seen[-1][1] == 10


def test_cancel_ends_the_child(children: list[psutil.Process]) -> None:
    def report(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        run(wait_for_ever, report=report)


def test_office_error_comes_home_whole() -> None:
    with pytest.raises(OfficeError) as caught:
        run(complain)
    assert caught.value.what == T("Row {row} is wrong.", row=7)
    assert caught.value.what.params == {"row": 7}
    assert caught.value.todo == T("Mend it.")


def test_a_bug_in_the_child_is_a_bug_here() -> None:
    with pytest.raises(child.ChildError, match="our own mistake"):
        run(stumble)


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_crash_is_said_in_the_callers_words() -> None:
    with pytest.raises(OfficeError) as caught:
        run(die)
    assert caught.value is BROKEN


def test_too_much_memory() -> None:
    with pytest.raises(OfficeError) as caught:
        run(eat, 2000)
    assert caught.value is LARGE
    assert run(eat, 20) == 20 * 2**20


def test_too_much_time(children: list[psutil.Process]) -> None:
    with pytest.raises(OfficeError) as caught:
        run(wait_for_ever, timeout_s=0.3)
    assert caught.value is LARGE


def test_without_words_there_is_still_a_sentence() -> None:
    with pytest.raises(OfficeError, match="could not be finished"):
        child.run(wait_for_ever, timeout_s=0.2, memory_mb=200)


@pytest.fixture
def children() -> Iterator[list[psutil.Process]]:
    """Whatever the test does, no process of it is left."""
    me = psutil.Process()
    before = set(me.children(recursive=True))
    yield list(before)
    assert set(me.children(recursive=True)) <= before


def test_the_child_does_not_outlive_its_parent(tmp_path: object) -> None:
    path = f"{tmp_path}/pid"
    code = (
        "from mama_desktop import child\nfrom tests.test_child import own_pid_then_wait\n"
        f"child.run(own_pid_then_wait, {path!r}, timeout_s=60, memory_mb=300)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code])
    try:
        deadline = time.monotonic() + 20
        while not os.path.exists(path) and time.monotonic() < deadline:
            time.sleep(0.02)
        with open(path, encoding="ascii") as file:
            orphan = psutil.Process(int(file.read()))
    finally:
        parent.kill()
        parent.wait()
    orphan.wait(timeout=20)
    assert not orphan.is_running()


def test_a_child_brings_only_what_it_needs() -> None:
    """Every import is paid at each start: neither Qt nor the database nor Babel is among them."""
    loaded = run(loaded_modules)
    assert not {"PySide6", "sqlalchemy", "openpyxl", "babel", "psutil"} & set(loaded)


def loaded_modules() -> list[str]:
    # This very module brought psutil and pytest into the child; they are not the child's own doing.
    own = {"psutil", "pytest", "_pytest"}
    return sorted({name.split(".")[0] for name in sys.modules} - own)

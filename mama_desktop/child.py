"""Work that is heavy or cannot be trusted, done in a child process with limits, progress and cancel.

The child is this very program started again with `--child` (see `__main__.py`), so it works in a frozen build too.
A native parser may abort or eat all memory without raising anything: only the child dies of it.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from mama_desktop.domain.errors import Cancelled, OfficeError
from mama_desktop.domain.text import T

if TYPE_CHECKING:
    import queue

Report = Callable[[int, int], None]
FLAG = "--child"
_POLL_S = 0.05
_LENGTH = struct.Struct("!Q")
_log = logging.getLogger(__name__)


class ChildError(RuntimeError):
    """A bug met in the child: its type, its message and the child's own traceback."""


def run(
    function: Callable[..., Any],
    /,
    *args: Any,
    timeout_s: float,
    memory_mb: int,
    report: Report | None = None,
    broken: OfficeError | None = None,
    too_large: OfficeError | None = None,
    **kwargs: Any,
) -> Any:
    """The result of `function(*args, **kwargs)`, worked out in a child process.

    `function` stands at the top of a module and its arguments can be pickled. If it has a parameter named `report`, it
    is given one that takes (done, total); the parent's `report` is called with the latest of these about 20 times a
    second, and may raise `Cancelled`. A function that yields has its items sent home one by one and returned as a list,
    so that a large result does not hold up the window while it is unpacked.

    Raises the OfficeError raised in the child; `broken` when the child died; `too_large` (or `broken`) when it went
    beyond `timeout_s` or `memory_mb`; whatever `report` raised, after ending the child; ChildError for a bug.
    """
    dead = broken or OfficeError(T("The work could not be finished."), safe=T("Your data has not been changed."))
    child = _Child(timeout_s, memory_mb)
    try:
        child.ask(function, args, kwargs)
        return _listen(child, report, dead, too_large or dead)
    finally:
        child.end()


class _Child:
    """One running child: its process, the thread that reads its messages, and when it must be done."""

    def __init__(self, timeout_s: float, memory_mb: int) -> None:
        import queue
        import tempfile
        import time

        self.clock = time.monotonic
        self.deadline = self.clock() + timeout_s
        self.limits = (timeout_s, memory_mb)
        self.messages: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 closed in end(), it lives as long as the child
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        self.process = subprocess.Popen(
            _command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, env=_environment(),
            creationflags=flags, start_new_session=os.name == "posix",
        )  # fmt: skip
        self._watched: Any = None
        self._reader = threading.Thread(target=self._read, name="child-reader", daemon=True)
        self._reader.start()

    def ask(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        request = pickle.dumps((function, args, kwargs), protocol=pickle.HIGHEST_PROTOCOL)
        limits = pickle.dumps(self.limits)
        with contextlib.suppress(OSError):  # A child that died at once is noticed by the silence that follows.
            _send(self._stdin, limits)
            _send(self._stdin, request)

    @property
    def _stdin(self) -> BinaryIO:
        assert self.process.stdin is not None
        return self.process.stdin  # type: ignore[return-value]  # IO[bytes] of a pipe is a BinaryIO

    def _read(self) -> None:
        assert self.process.stdout is not None
        for message in _received(self.process.stdout):  # type: ignore[arg-type]  # IO[bytes] of a pipe is a BinaryIO
            self.messages.put(message)
        self.messages.put(b"")

    def next_message(self) -> bytes | None:
        """What the child sent, None when it sent nothing for a moment, nothing at all when it is gone."""
        import queue

        try:
            return self.messages.get(timeout=_POLL_S)
        except queue.Empty:
            return None

    def beyond_limits(self) -> bool:
        """Whether it took too long, or too much resident memory (the only such net where there is no RLIMIT_AS)."""
        seconds, megabytes = self.limits
        if self.clock() > self.deadline:
            _log.warning("The child process was ended after %s s", seconds)
            return True
        # It brings no type stubs, hence the import by name.
        psutil: Any = importlib.import_module("psutil")
        try:
            self._watched = self._watched or psutil.Process(self.process.pid)
            resident: int = self._watched.memory_info().rss
        except psutil.Error:
            return False
        if resident > megabytes * 2**20:
            _log.warning("The child process was ended above %s MB", megabytes)
            return True
        return False

    def end(self) -> None:
        """Kill the child if it still runs, and leave nothing behind: no process, no thread, no open file."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._reader.join()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self.errors.seek(0)
        said = self.errors.read(4000).decode("utf-8", "replace").strip()
        self.errors.close()
        if said:
            _log.info("The child process said: %s", said)


def _listen(child: _Child, report: Report | None, broken: OfficeError, too_large: OfficeError) -> Any:
    items: list[Any] = []
    progress = (0, 0)
    next_look = 0.0
    while True:
        message = child.next_message()
        if message == b"":
            raise _verdict(child, broken, too_large)
        if message:
            kind, content = pickle.loads(message)
            if kind in ("result", "items"):
                return items if kind == "items" else content
            if kind in ("error", "memory"):
                raise content if kind == "error" else too_large
            if kind == "item":
                items.append(content)
            else:
                progress = content
        if child.clock() < next_look:
            continue
        next_look = child.clock() + _POLL_S
        if report is not None:
            report(*progress)
        if child.beyond_limits():
            raise too_large


def _verdict(child: _Child, broken: OfficeError, too_large: OfficeError) -> OfficeError:
    """Why the child fell silent: Rust and C++ abort when memory is refused, and say so on standard error."""
    code = child.process.wait()
    child.errors.seek(0)
    said = child.errors.read(4000)
    _log.warning("The child process died with code %s", code)
    starved = any(sign in said for sign in (b"memory allocation", b"bad_alloc", b"MemoryError", b"capacity overflow"))
    return too_large if starved else broken


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    return [sys.executable, "-m", "mama_desktop", FLAG]


def _environment() -> dict[str, str]:
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    known = os.environ.get("PYTHONPATH")
    # One arena: each further one reserves 64 MB of the limited address space.
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, [root, known])),
        "MALLOC_ARENA_MAX": "1",
        "PYTHONIOENCODING": "utf-8",
    }


def _send(pipe: BinaryIO, message: bytes) -> None:
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def _received(pipe: BinaryIO) -> Iterator[bytes]:
    while len(head := pipe.read(_LENGTH.size)) == _LENGTH.size:
        (length,) = _LENGTH.unpack(head)
        message = pipe.read(length)
        if len(message) < length:
            return
        yield message


# From here on: the child's side.


def serve() -> None:
    """Be the child: take one piece of work from standard input, answer on standard output, and end."""
    asked = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever native code prints must not get among the answers.
    os.dup2(2, 1)
    incoming = _received(asked)
    limits = next(incoming, None)
    request = next(incoming, None)
    if limits is None or request is None:
        return
    _limit(*pickle.loads(limits))
    # The parent never writes again: when its end closes, it is gone, and so are we.
    threading.Thread(target=_die_with_parent, args=(asked,), daemon=True).start()
    lock = threading.Lock()

    def say(kind: str, content: Any = None) -> None:
        packed = pickle.dumps((kind, content), protocol=pickle.HIGHEST_PROTOCOL)
        with lock:
            _send(answers, packed)

    try:
        _work(request, say)
    except MemoryError:
        say("memory")
    except (OfficeError, Cancelled) as error:
        say("error", error)
    except Exception as error:
        import traceback

        say("error", ChildError(f"{type(error).__name__}: {error}\n{traceback.format_exc()}"))
    answers.flush()
    # Freeing a million cells one by one before leaving would only cost time.
    os._exit(0)


def _work(request: bytes, say: Callable[..., None]) -> None:
    function, args, kwargs = pickle.loads(request)
    code = getattr(function, "__code__", None)
    if code is not None and "report" in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]:
        kwargs["report"] = lambda done, total: say("progress", (done, total))
    result = function(*args, **kwargs)
    if isinstance(result, Iterator):
        for item in result:
            say("item", item)
        say("items")
    else:
        say("result", result)


def _limit(timeout_s: float, memory_mb: int) -> None:
    """Address space, processor time (the last net, should the parent be gone) and no core files, where they exist."""
    try:
        resource: Any = importlib.import_module("resource")
    except ImportError:  # Windows: the parent's polling is the net there.
        return
    seconds = int(timeout_s * (os.cpu_count() or 1)) + 5
    wanted = {"RLIMIT_AS": memory_mb * 2**20, "RLIMIT_CPU": seconds, "RLIMIT_CORE": 0}
    for name, limit in wanted.items():
        with contextlib.suppress(OSError, ValueError, AttributeError):
            resource.setrlimit(getattr(resource, name), (limit, limit))


def _die_with_parent(asked: BinaryIO) -> None:
    asked.read(1)
    os._exit(1)

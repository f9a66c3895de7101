"""The one door to what is kept: read, write, undo and redo, one gesture one transaction."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import functools
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from mama_desktop.domain.clock import Clock
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.office import Setting
from mama_desktop.domain.rows import ChangeInfo
from mama_desktop.domain.text import T, Text
from mama_desktop.store import journal, stored_files, troubles, undo
from mama_desktop.store.engine import WRITES
from mama_desktop.store.rules import Rules
from mama_desktop.store.schema import HEAD

R = TypeVar("R")
CLOCK_STANDS_ON = "clock.stands_on"


@dataclass(frozen=True)
class Actor:
    """Who sits at which computer."""

    who: str
    machine: str


@dataclass(frozen=True)
class ReadOnly:
    """Why nothing can be written: the window that has the workspace open, or (`who` empty) the reason in words."""

    who: str
    machine: str
    since: dt.datetime | None
    why: Text


class Database:
    """An open workspace. `store.workspace` opens them; one object may be used by several threads."""

    def __init__(
        self,
        engine: Engine,
        *,
        location: str,
        name: str,
        actor: Actor,
        read_only: ReadOnly | None = None,
        warnings: tuple[Text, ...] = (),
        key: str | None = None,
        on_close: Callable[[], None] | None = None,
    ) -> None:
        self.engine = engine
        self.location = location
        self.name = name
        self.actor = actor
        self.read_only = read_only
        self.warnings = warnings
        self.key = key
        # What the office's own rules say to an undo; whoever opens the workspace for the office gives them.
        self.rules: Rules | None = None
        self.clock = Clock()
        self._on_close = on_close
        self._writer = engine.execution_options(**{WRITES: True})
        # Where large contents lie; on a server, and under a passphrase, they lie in the database.
        beside = engine.dialect.name == "sqlite" and key is None
        self._info = {stored_files.FOLDER: stored_files.folder_of(Path(location))} if beside else {}
        self._listeners: list[Callable[[frozenset[str]], None]] = []
        self._turn = threading.Lock()
        self._writing = threading.local()
        self._seen = self.read(journal.last_number)
        self.clock = self.read(_clock)

    @property
    def dialect(self) -> str:
        """sqlite or postgresql."""
        return self.engine.dialect.name

    def read(self, query: Callable[..., R], /, *args: Any, **kwargs: Any) -> R:
        """The answer of `query(session, …)`, all of it from one moment; whatever tries to write raises."""
        with self._troubles(), _ReadSession(self.engine, expire_on_commit=False, info=self._info) as session:
            return query(session, *args, **kwargs)

    def write(
        self, use_case: Callable[..., R], /, *args: Any, label: Text | Callable[[R], Text],
        **kwargs: Any,
    ) -> R:  # fmt: skip
        """Do `use_case(session, …)` as one gesture: all of it is stored and can be undone as one, or nothing.

        `label` is what a person would call the gesture, or makes it from the result. Listeners then hear which tables
        changed, on the thread of the caller.
        """

        def gesture(session: Session) -> tuple[R, Text]:
            result = use_case(session, *args, **kwargs)
            return result, label if isinstance(label, Text) else label(result)

        return self._change(gesture)

    def begin_with(self, use_case: Callable[..., R], /, *args: Any, label: Text, **kwargs: Any) -> R:
        """The same for what a new workspace begins with: it stands in History and is never undone."""

        def gesture(session: Session) -> tuple[R, Text]:
            return use_case(session, *args, **kwargs), label

        return self._change(gesture, kind="begin")

    def undo(self, number: int | None = None) -> ChangeInfo:
        """Take back the latest change that stands, or the one chosen in History; gives what was undone."""
        return self._change(functools.partial(self._undo, number), kind="undo")

    def redo(self) -> ChangeInfo:
        """Do again what the latest undo took back; gives what was done again."""
        return self._change(self._redo, kind="redo")

    def undo_label(self) -> Text | None:
        """What `undo` would take back."""
        change = self.read(undo.to_undo, self._undoer())
        return journal.label_from_json(change.label) if change else None

    def redo_label(self) -> Text | None:
        """What `redo` would do again."""
        found = self.read(undo.to_redo, self._undoer())
        return journal.label_from_json(found[1].label) if found else None

    def subscribe(self, listener: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """Have `listener(tables)` called after each change; call what is returned to end it."""
        self._listeners.append(listener)

        def end() -> None:
            with contextlib.suppress(ValueError):
                self._listeners.remove(listener)

        return end

    def poll(self) -> bool:
        """Notice what others have written since; True (and listeners called) when they have."""
        news = self.read(_news, self._seen)
        self._announce(news)
        return bool(news.tables)

    def close(self) -> None:
        """Close every connection and give up the workspace; a closed database may be closed again."""
        self.engine.dispose()
        if self._on_close is not None:
            self._on_close()
            self._on_close = None

    def _change(self, gesture: Callable[[Session], tuple[R, Text]], *, kind: str = "do") -> R:
        if self.read_only is not None:
            raise OfficeError(self.read_only.why, safe=T("Nothing has been changed."))
        if getattr(self._writing, "now", False):
            raise RuntimeError("a write within a write: call the use case with the session you have")
        with self._turn:
            self._writing.now = True
            try:
                with self._troubles(), Session(self._writer, expire_on_commit=False, info=self._info) as session:
                    who, machine = self.actor.who, self.actor.machine
                    number = journal.begin_change(session, self.clock, who, machine, HEAD, kind=kind)
                    result, label = gesture(session)
                    journal.finish_change(session, number, label)
                    news = _news(session, self._seen)
                    session.commit()
            finally:
                self._writing.now = False
        self._announce(news)
        return result

    def _undo(self, number: int | None, session: Session) -> tuple[ChangeInfo, Text]:
        change = undo.to_undo(session, self._undoer()) if number is None else session.get(journal.Change, number)
        if change is None or change.undone_by is not None or change.kind != "do":
            raise OfficeError(T("There is nothing to undo."), safe=T("Nothing has been changed."))
        change.undone_by = _mark(session, "undo", change.number)
        lost = undo.apply_backwards(session, change, self.rules)
        done = dataclasses.replace(journal.info(change), notices=lost)
        return done, _with_lost(T("Undo: {label}", label=done.label), lost)

    def _redo(self, session: Session) -> tuple[ChangeInfo, Text]:
        found = undo.to_redo(session, self._undoer())
        if found is None:
            raise OfficeError(T("There is nothing to redo."), safe=T("Nothing has been changed."))
        undoing, undone = found
        undone.undone_by = None
        _mark(session, "redo", undone.number)
        lost = undo.apply_backwards(session, undoing, self.rules)
        done = dataclasses.replace(journal.info(undone), notices=lost)
        return done, _with_lost(T("Redo: {label}", label=done.label), lost)

    def _undoer(self) -> tuple[str, str] | None:
        # A workspace file has one window, so its user may take back what the command line did; a server has many.
        return (self.actor.who, self.actor.machine) if self.dialect == "postgresql" else None

    def _announce(self, news: _News) -> None:
        self._seen = max(self._seen, news.last)
        if news.clock is not None:
            self.clock = news.clock
        if news.tables:
            for listener in tuple(self._listeners):
                listener(news.tables)

    @contextlib.contextmanager
    def _troubles(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            trouble = troubles.of_database(error, self.name)
            if trouble is None or (not getattr(self._writing, "now", False) and "readonly" in str(error.orig)):
                raise
            raise trouble from error


@dataclass(frozen=True)
class _News:
    last: int
    tables: frozenset[str]
    clock: Clock | None


class _ReadSession(Session):
    def flush(self, objects: Any = None) -> None:
        del objects
        if self.new or self.deleted or any(self.is_modified(o) for o in self.dirty):
            raise RuntimeError("a read must not change anything: use Database.write")


def _news(session: Session, seen: int) -> _News:
    """What was changed after number `seen`; the clock when a setting was among it."""
    found = session.execute(select(journal.Change.number, journal.Change.tables).where(journal.Change.number > seen))
    changes = [(number, tables) for number, tables in found]
    tables = frozenset(t for _, names in changes for t in names)
    clock = _clock(session) if Setting.__tablename__ in tables else None
    return _News(max((number for number, _ in changes), default=seen), tables, clock)


def _with_lost(label: Text, lost: tuple[Text, ...]) -> Text:
    return T("{what}; not given back: {lost}", what=label, lost=lost[0]) if lost else label


def _mark(session: Session, kind: str, of: int) -> int:
    """Say of the change being written whom it undoes or redoes; gives its number."""
    number = journal.last_number(session)
    change = session.get_one(journal.Change, number)
    change.kind, change.of = kind, of
    return number


def _clock(session: Session) -> Clock:
    stands_on = session.scalar(select(Setting.value).where(Setting.key == CLOCK_STANDS_ON))
    return Clock(dt.date.fromisoformat(stands_on) if stands_on else None)

"""What a person can mend, in words of their language; everything else is our bug."""

from __future__ import annotations

from collections.abc import Sequence

from mama_desktop.domain.text import Text


class OfficeError(Exception):
    """Something the office can mend.

    what: what happened. safe: what is safe. todo: what to do next. details: further lines, folded away.
    """

    def __init__(
        self, what: Text, *, safe: Text | None = None, todo: Text | None = None, details: Sequence[Text] = ()
    ) -> None:
        super().__init__(str(what))
        self.what = what
        self.safe = safe
        self.todo = todo
        self.details = tuple(details)

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross the door of a child process, keyword arguments included.
        return (_rebuild, (type(self), self.what, self.safe, self.todo, self.details))


class Cancelled(Exception):
    """The person stopped a piece of work; nothing was kept of it."""


def _rebuild(
    kind: type[OfficeError], what: Text, safe: Text | None, todo: Text | None, details: tuple[Text, ...]
) -> OfficeError:
    return kind(what, safe=safe, todo=todo, details=details)

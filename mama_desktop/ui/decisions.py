"""Deciding as a person sees it: the reason asked, one question over capacity, what was freed and who has to be told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.registrations import GIVES_BACK, REPLIES
from mama_desktop.domain.text import TN, T, Text, verbatim
from mama_desktop.services import deciding
from mama_desktop.services.deciding import Decided, OverCapacity
from mama_desktop.ui import dialogs
from mama_desktop.ui.page import Page
from mama_desktop.ui.reason_popup import ReasonPopup

_MOST = 12


class Decisions(QObject):
    """`decided(Decided)` after each decision that was written."""

    decided = Signal(object)

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._page, self._parent = page, parent

    def decide(self, keys: Sequence[str], status: str, below: QWidget) -> None:
        """Give these a status; for a refusal or a cancellation the reason is asked for below the button."""
        if status not in GIVES_BACK:
            self.do(keys, status)
            return
        count, last = len(keys), str(self._page.shell.habits.value(f"reasons/{status}", ""))
        declines = status == "declined"
        title = (
            TN("Decline {count} registration", "Decline {count} registrations", count)
            if declines
            else TN("Cancel {count} registration", "Cancel {count} registrations", count)
        )
        popup = ReasonPopup(
            title, title, deciding.ready_reasons(self._page.speak.code, status), self._page.speak, self._parent,
            by_whom=not declines, last=last,
            hint=T("The reason is kept with the registration; letters can say it. It may stay empty."),
        )  # fmt: skip
        popup.given.connect(partial(self._on_reason, list(keys), status))
        popup.open_below(below)

    def _on_reason(self, keys: list[str], status: str, reason: str, by: str) -> None:
        self._page.shell.habits.setValue(f"reasons/{status}", reason)
        self.do(keys, status, reason=reason, by=by)

    def do(self, keys: Sequence[str], status: str, *, reason: str = "", by: str = "") -> Decided | None:
        """Decide now; over capacity only after the one question. None when nothing was written."""
        now = self._page.db.clock.now()
        return self.over_capacity_asked(
            partial(deciding.decide, keys=list(keys), status=status, now=now, reason=reason, cancelled_by=by),
            deciding.label_of,
        )  # fmt: skip

    def over_capacity_asked(
        self, use_case: Callable[..., Decided], label_of: Callable[[Decided], Text]
    ) -> Decided | None:
        """Write a decision; when it does not fit, ask once whether the office wants it all the same."""
        page = self._page
        try:
            done: Decided = page.db.write(use_case, label=label_of)
        except OverCapacity as error:
            if not ask_over(self._parent, page, error):
                page.refresh()
                return None
            written = page.write(partial(use_case, over_capacity=True), label=label_of)
            if written is None:
                return None
            done = written
        except OfficeError as error:
            page.shell.show_error(error)
            page.refresh()
            return None
        page.shell.notice_done(label_of(done))
        self.decided.emit(done)
        return done

    def answer(self, keys: Sequence[str], reply: str) -> None:
        """What invited people said."""
        page, count = self._page, len(keys)
        words = TN("{count} invited person: {reply}", "{count} invited people: {reply}", count, reply=REPLIES[reply])
        page.write(deciding.answer, list(keys), reply, now=page.db.clock.now(), label=words, tell=True)


def ask_over(parent: QWidget, page: Page, error: OverCapacity) -> bool:
    """The one question before more are accepted than there are places for."""
    first = error.exceeded[0]
    number = {"capacity": first.places, "number": first.taken}
    question = (
        T("There are {capacity} places; with these it would be {number}. Accept all the same?", **number)
        if first.kind == "event"
        else T("{name}: there are {capacity} places; with these it would be {number}. Accept all the same?",
               name=first.name or verbatim(first.value), **number)
    )  # fmt: skip
    details = [T("{name}: {now}", name=one.name or verbatim(one.value), now=one.now) for one in error.exceeded]
    more = T("This stays in the history. Beds and seats cannot be exceeded.")
    answer = dialogs.ask(
        parent, page.speak, question, T("Accept over capacity"), more=more,
        details=details if len(details) > 1 else (), dangerous=True,
    )  # fmt: skip
    return answer is not None


def freed_words(done: Decided, say: Callable[[Any], str]) -> str:
    """What a cancellation freed and who has to be told, in sentences; empty when there is nothing to say."""
    parts = []
    if done.released:
        names: dict[str, list[str]] = {}
        for one in done.released:
            names.setdefault(one.what or say(one.noun), []).append(one.person)
        said = [f"{what} ({', '.join(who[:_MOST])}{' …' if len(who) > _MOST else ''})" for what, who in names.items()]
        parts.append(say(T("Freed: {what}.", what="; ".join(said))))
    if done.to_tell and done.status in GIVES_BACK:
        told = ", ".join(done.to_tell[:_MOST]) + (" …" if len(done.to_tell) > _MOST else "")
        parts.append(say(T("To be told: {names}.", names=told)))
    return " ".join(parts)

"""Deciding as a person sees it: the reason asked, one question over capacity, what was freed and who has to be told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from mama_desktop.domain.registrations import GIVES_BACK, REPLIES
from mama_desktop.domain.text import TC, TN, T, Text
from mama_desktop.services import deciding, editing, parties
from mama_desktop.services.deciding import Decided, Released
from mama_desktop.ui import asking, dialogs
from mama_desktop.ui.page import Page
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.reason_popup import ReasonPopup

_MOST = 12
# What a button or a menu commands; the status is what comes of it.
DEEDS = {
    "accepted": TC("decision", "Accept"),
    "waiting": TC("decision", "Put on the waiting list"),
    "declined": TC("decision", "Decline"),
    "confirmed": TC("decision", "Confirm"),
    "cancelled": TC("decision", "Cancel the registration"),
    "applied": TC("decision", "Make new again"),
    "invited": TC("decision", "Mark as invited"),
}


class Decisions(QObject):
    """`decided(Decided)` after each decision that was written."""

    decided = Signal(object)

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._page, self._parent = page, parent

    def decide(self, keys: Sequence[str], status: str, below: QWidget) -> None:
        """Give these a status; for a refusal or a cancellation the reason is asked for below the button.

        Of a mixed choice those for whom the step is possible, after one question.
        """
        may = self._page.db.read(deciding.possible, list(keys), status)
        if may and len(may) < len(keys):
            if not self._asked_for_some(keys, may, status):
                return
            keys = may
        if may and status in GIVES_BACK:
            popup = self.ask_reason(status, len(keys), partial(self._on_reason, list(keys), status))
            open_at(popup, below)
        else:
            self.do(keys, status)

    def ask_reason(self, status: str, count: int, given: Callable[[str, str], Any]) -> ReasonPopup:
        """The sheet for a refusal or a cancellation, to be opened; `given(reason, by whom)`."""
        last = str(self._page.shell.habits.value(f"reasons/{status}", ""))
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
        popup.given.connect(partial(self._keep_reason, status))
        popup.given.connect(given)
        return popup

    def _asked_for_some(self, keys: Sequence[str], may: Sequence[str], status: str) -> bool:
        say = self._page.say
        question = T(
            "“{deed}” is possible for {some} of {all} chosen. Only for those?",
            deed=say(DEEDS[status]), some=len(may), all=len(keys),
        )  # fmt: skip
        answer = TN("For the {count} for whom it is possible", "For the {count} for whom it is possible", len(may))
        return dialogs.ask(self._parent, self._page.speak, question, answer) is not None

    def _keep_reason(self, status: str, reason: str, _by: str) -> None:
        self._page.shell.habits.setValue(f"reasons/{status}", reason)

    def _on_reason(self, keys: list[str], status: str, reason: str, by: str) -> None:
        self.do(keys, status, reason=reason, by=by)

    def do(self, keys: Sequence[str], status: str, *, reason: str = "", by: str = "") -> Decided | None:
        """Decide now; over capacity only after the one question. None when nothing was written."""
        now = self._page.db.clock.now()
        return self.over_capacity_asked(
            partial(deciding.decide, keys=list(keys), status=status, now=now, reason=reason, cancelled_by=by),
            deciding.label_of,
            fits=partial(deciding.what_fits, keys=list(keys)),
        )  # fmt: skip

    def over_capacity_asked(
        self,
        use_case: Callable[..., Decided],
        label_of: Callable[[Decided], Text],
        *,
        fits: Callable[..., deciding.Fits] | None = None,
    ) -> Decided | None:
        """Write a decision; when it does not fit or would split a party, ask once what the office wants."""
        done: Decided | None = asking.write(
            self._page, use_case, label=label_of, tell=True, parent=self._parent, fits=fits
        )
        if done is not None:
            self.decided.emit(done)
        return done

    def edit(
        self, keys: Sequence[str], field_key: str, value: Any, below: QWidget, *, label: Text, tell: bool = False
    ) -> None:
        """A finished edit of registrations, wherever they are shown; a status is decided, what is freed is said."""
        if field_key == "status":
            self.decide(keys, value, below)
            return
        freed: list[Released] = []
        now = self._page.db.clock.now()
        done = asking.write(
            self._page, editing.change, "registration", list(keys), field_key, value, now=now, freed=freed,
            label=label, tell=tell, parent=self._parent,
        )  # fmt: skip
        if done is not None and freed:
            told = self._page.db.read(parties.to_tell, list(keys), freed)
            self.decided.emit(Decided("", len(keys), tuple(freed), told, keys=tuple(keys)))

    def taken(self, decided: Sequence[Decided]) -> None:
        """What a block of pasted cells has decided."""
        for done in decided:
            self.decided.emit(done)

    def answer(self, keys: Sequence[str], reply: str) -> None:
        """What invited people said."""
        page, count = self._page, len(keys)
        words = TN("{count} invited person: {reply}", "{count} invited people: {reply}", count, reply=REPLIES[reply])
        page.write(deciding.answer, list(keys), reply, now=page.db.clock.now(), label=words, tell=True)


def open_at(popup: Popup, below: QWidget) -> None:
    """Below a button, or below the cell of a table that was edited."""
    if isinstance(below, QAbstractItemView):
        popup.open_at(below.viewport().mapToGlobal(below.visualRect(below.currentIndex()).bottomLeft()))
    else:
        popup.open_below(below)


def has_to_tell(done: Decided) -> bool:
    """Whether somebody has to be told of what was decided: then the office may want to write at once."""
    return bool(done.to_tell) and (done.status in GIVES_BACK or bool(done.released))


def freed_words(done: Decided, say: Callable[[Any], str]) -> str:
    """What a cancellation freed and who has to be told, in sentences; empty when there is nothing to say."""
    parts = []
    if done.released:
        names: dict[str, list[str]] = {}
        for one in done.released:
            names.setdefault(say(one.what or one.noun), []).append(one.person)
        said = [f"{what} ({', '.join(who[:_MOST])}{' …' if len(who) > _MOST else ''})" for what, who in names.items()]
        parts.append(say(T("Freed: {what}.", what="; ".join(said))))
    if has_to_tell(done):
        told = ", ".join(done.to_tell[:_MOST]) + (" …" if len(done.to_tell) > _MOST else "")
        parts.append(say(T("To be told: {names}.", names=told)))
    return " ".join(parts)

"""The menu of sets of questions: ready ones, own ones, those of another event; and what is here kept as a set."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services import question_sets
from mama_desktop.ui.icons import icon
from mama_desktop.ui.page import Page
from mama_desktop.ui.question_popups import FromEvent, KeepAsSet


class SetsMenu(QMenu):
    """`show_event`; `below`: the button it opens from, and the sheets of it. inserted: keys of questions, or None."""

    inserted = Signal(object)

    def __init__(self, page: Page, below: QWidget) -> None:
        super().__init__(below)
        self._page, self._below = page, below
        self._event, self._has_questions = "", False
        self.aboutToShow.connect(self._fill)

    def show_event(self, event_id: str, *, has_questions: bool) -> None:
        self._event, self._has_questions = event_id, has_questions

    def _fill(self) -> None:
        page = self._page
        self.clear()
        known = page.db.read(question_sets.sets)
        for is_ready in (True, False):
            for one in known:
                if one.is_ready == is_ready:
                    words = page.say(TN("{name} ({count} question)", "{name} ({count} questions)", one.count,
                                        name=one.name))  # fmt: skip
                    self.addAction(words).triggered.connect(partial(self._on_set, one.key, one.name))
            self.addSeparator()
        other = self.addAction(icon("calendar-days"), page.say(T("From another event …")))
        other.triggered.connect(self._on_from_event)
        keep = self.addAction(icon("bookmark"), page.say(T("Keep these questions as a set …")))
        keep.setEnabled(self._has_questions)
        keep.triggered.connect(self._on_keep)
        own = [one for one in known if not one.is_ready]
        if own:
            gone = self.addMenu(icon("trash-can"), page.say(T("Delete a set")))
            for one in own:
                gone.addAction(page.say(one.name)).triggered.connect(partial(self._on_delete, one.key, one.name))

    def _on_set(self, key: str, name: Text, *_checked: bool) -> None:
        words = T("Questions put in: “{name}”", name=name)
        self.inserted.emit(self._page.write(question_sets.insert_set, self._event, key, label=words))

    def _on_from_event(self) -> None:
        popup = FromEvent(self._page, self._event, self._below)
        popup.picked.connect(self._on_event_picked)
        popup.open_below(self._below)

    def _on_event_picked(self, event_id: str) -> None:
        words = T("Questions of another event")
        self.inserted.emit(self._page.write(question_sets.copy_questions, event_id, self._event, label=words))

    def _on_keep(self) -> None:
        popup = KeepAsSet(self._page, self._below)
        popup.named.connect(self._on_named)
        popup.open_below(self._below)

    def _on_named(self, name: str) -> None:
        words = T("Set of questions “{name}”", name=name)
        if self._page.write(question_sets.save_as_set, self._event, name, label=words):
            self._page.shell.notice_done(T("Kept as “{name}”", name=name))

    def _on_delete(self, key: str, name: Text, *_checked: bool) -> None:
        words = T("Delete the set of questions “{name}”", name=name)
        self._page.write(question_sets.delete_set, key, label=words, tell=True)

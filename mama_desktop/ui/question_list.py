"""The questions of a form in their order: what is asked, below it how; put in another order by mouse or keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
)

from mama_desktop.domain.questions import QUESTION_KINDS, QuestionRow
from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.services import questions
from mama_desktop.ui.icons import paint_icon
from mama_desktop.ui.ordered_choice import moved_by_keys
from mama_desktop.ui.theme import scaled, tokens
from mama_desktop.ui.two_lines import Index, TwoLines, line

ICONS = {
    "text": "font", "long-text": "align-left", "number": "hashtag", "date": "calendar-days", "bool": "circle-check",
    "choice": "list-ul", "choices": "list-check", "file": "paperclip", "field": "address-card",
}  # fmt: skip
_KEY, _KIND, _BELOW = (Qt.ItemDataRole.UserRole + n for n in range(3))


class QuestionList(QListWidget):
    """`chosen(key)`; `moved(key, place)`: a wish, which comes back with the next `show_questions`."""

    chosen = Signal(str)
    moved = Signal(str, int)

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self._speak = speak
        self._filling = False
        self.setObjectName("profiles")
        self.setAccessibleName(speak.say(T("Questions of the form")))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setItemDelegate(_Painter(self))
        self.currentItemChanged.connect(self._on_current)
        self.model().rowsMoved.connect(self._on_moved)

    def show_questions(self, rows: Sequence[QuestionRow], chosen: str) -> str:
        """Fill the list; returns the key that is chosen now."""
        at = self.verticalScrollBar().value()
        self._filling = True
        self.clear()
        by_key = {row.id: row for row in rows}
        for number, row in enumerate(rows, 1):
            words = f"{number}. {self._speak.say(row.label)}"
            below = " · ".join(self._told(row, by_key))
            item = QListWidgetItem(words)
            item.setData(_KEY, row.id)
            item.setData(_KIND, row.kind)
            item.setData(_BELOW, below)
            item.setToolTip(f"{words}\n{below}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words}, {below}")
            self.addItem(item)
        place = list(by_key).index(chosen) if chosen in by_key else 0
        self.setCurrentRow(place if rows else -1)
        self._filling = False
        self.verticalScrollBar().setValue(at)
        self.scrollToItem(self.currentItem())
        return self.current()

    def current(self) -> str:
        item = self.currentItem()
        return str(item.data(_KEY)) if item is not None else ""

    def step(self, by: int) -> None:
        """The same as Ctrl with an arrow key."""
        key = Qt.Key.Key_Up if by < 0 else Qt.Key.Key_Down
        self.keyPressEvent(QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.ControlModifier))

    def set_read_only(self, read_only: bool) -> None:
        mode = QAbstractItemView.DragDropMode
        self.setDragDropMode(mode.NoDragDrop if read_only else mode.InternalMove)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        may_move = self.dragDropMode() == QAbstractItemView.DragDropMode.InternalMove
        if not (may_move and moved_by_keys(self, event)):
            super().keyPressEvent(event)

    def _told(self, row: QuestionRow, by_key: dict[str, QuestionRow]) -> list[str]:
        """How it is asked, in a few words."""
        say = self._speak.say
        told = [say(QUESTION_KINDS[row.kind])]
        if row.required:
            told.append(say(T("required")))
        if row.accepted_only:
            told.append(say(T("only those accepted")))
        if row.sensitivity == "sensitive":
            told.append(say(T("sensitive")))
        earlier = by_key.get(row.shown_if_id or "")
        if earlier is not None:
            known = questions.condition_choices(earlier)
            wanted = ", ".join(say(known[key]) for key in row.shown_if if key in known)
            told.append(say(T("if “{question}”: {answers}", question=earlier.label, answers=wanted)))
        return told

    def _on_current(self, _now: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if not self._filling:
            self.chosen.emit(self.current())

    def _on_moved(self, _parent: Any, start: int, _end: int, _to: Any, row: int) -> None:
        if not self._filling:
            # Qt counts the target before the row is taken out.
            place = row if row < start else row - 1
            self.moved.emit(str(self.item(place).data(_KEY)), place)


class _Painter(TwoLines):
    indent = 38

    def beside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool) -> None:
        picture = QRect(rect.left() + 12, rect.top() + scaled(10), 14, 14)
        paint_icon(painter, picture, ICONS[index.data(_KIND)], "accent" if chosen else "muted")

    def below(self, painter: QPainter, room: QRect, index: Index) -> None:
        painter.setPen(tokens().color("muted"))
        line(painter, room, index.data(_BELOW))

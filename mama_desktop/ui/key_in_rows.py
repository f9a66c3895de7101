"""The rows of a signed sheet on the screen: its numbers and order, a mark in each, and the keys that change it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)  # fmt: skip

from mama_desktop.domain.attendance import MARKS
from mama_desktop.domain.text import T, Text, verbatim
from mama_desktop.services.attendance import KeyInRow
from mama_desktop.ui.headings import EDGE
from mama_desktop.ui.row_paint import paint_chip
from mama_desktop.ui.theme import tokens
from mama_desktop.ui.tones import tone_of

Index = QModelIndex | QPersistentModelIndex
Say = Callable[[Text | str], str]
_NO_PARENT = QModelIndex()
NUMBER, NAME, ORGANISATION, MARK, REMARK = range(5)
HEADINGS = (T("No."), T("Family and given name"), T("Organisation"), T("Attendance"), T("Remark"))
NEXT = {"present": "absent", "absent": "excused", "excused": "present"}
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_NUMBER_PAUSE_S = 1.2
# The letters that give a mark, by the language of the window.
LETTERS = {
    "sl": {"p": "present", "o": "absent", "u": "excused"},
    "en": {"p": "present", "a": "absent", "e": "excused"},
}


@dataclass(frozen=True)
class Line:
    """One line of the sheet; `mark` is what is keyed in or proposed, None on a line without a registration."""

    number: int
    registration_id: str | None
    name: str
    organisation: str
    mark: str | None
    remark: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.name


def line_of(row: KeyInRow, say: Say) -> Line:
    """A row as it is shown."""
    mark = (row.mark or row.proposed) if row.registration_id else None
    remark = say(row.remark) if row.remark is not None else ""
    return Line(row.number, row.registration_id, row.name, row.organisation, mark, remark)


class LinesModel(QAbstractTableModel):
    """The lines as Qt sees them."""

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._headings = [say(words) for words in HEADINGS]
        self.marks = {key: say(words) for key, words in MARKS.items()}
        self.lines: list[Line] = []

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these; what is selected stays selected while the sheet is the same."""
        same = [line.number for line in lines] == [line.number for line in self.lines]
        if same:
            self.lines = list(lines)
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, REMARK))
        else:
            self.beginResetModel()
            self.lines = list(lines)
            self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        line = self.lines[index.row()]
        match index.column():
            case 0:
                return str(line.number)
            case 1:
                return line.name
            case 2:
                return line.organisation
            case 3:
                return self.marks.get(line.mark or "", "")
            case _:
                return line.remark

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return None


class LinePainter(QStyledItemDelegate):
    """Number, name, organisation, the mark as a chip; a blank line shows that it waits for a name."""

    def __init__(self, model: LinesModel, view: QTableView, blank: str) -> None:
        super().__init__(view)
        self._model, self._view, self._blank = model, view, blank

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t = tokens()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        line, column = self._model.lines[index.row()], index.column()
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, t.color("accent_soft" if is_selected else "surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, t.color("line"))
        inner = rect.adjusted(EDGE, 0, -EDGE, -1)
        words = str(self._model.data(index) or "")
        if column == MARK and line.mark:
            paint_chip(painter, inner, words, *tone_of(line.mark))
        else:
            faint = column != NAME or line.registration_id is None
            if column == NAME and line.is_blank:
                words = self._blank if is_selected else ""
            painter.setPen(t.color("muted" if faint else "text"))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, _RIGHT if column == NUMBER else _LEFT, shown)
        # The ring goes round the whole row: a row is what the keys change.
        if index.row() == self._view.currentIndex().row() and self._view.hasFocus():
            painter.setPen(QPen(t.color("accent"), 2))
            painter.drawLine(rect.left(), rect.top() + 1, rect.right(), rect.top() + 1)
            painter.drawLine(rect.left(), rect.bottom() - 1, rect.right(), rect.bottom() - 1)
            if column == NUMBER:
                painter.drawLine(rect.left() + 1, rect.top() + 1, rect.left() + 1, rect.bottom() - 1)
            if column == REMARK:
                painter.drawLine(rect.right() - 1, rect.top() + 1, rect.right() - 1, rect.bottom() - 1)


class _Heading(QHeaderView):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)

    def sizeHint(self) -> Any:
        size = super().sizeHint()
        size.setHeight(max(34, self.fontMetrics().height() + 16))
        return size

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        t = tokens()
        painter.fillRect(rect, t.color("surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, t.color("line"))
        font = painter.font()
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(t.color("muted"))
        words = str(self.model().headerData(column, Qt.Orientation.Horizontal))
        inner = rect.adjusted(EDGE, 0, -EDGE, -1)
        painter.drawText(inner, _RIGHT if column == NUMBER else _LEFT, words)


class LinesView(QTableView):
    """Space goes on to the next mark, a letter gives one and steps down, digits jump to a number, a name on a blank
    line begins a walk-in."""

    marks_wished = Signal(dict)
    """registration → mark"""
    walk_in_began = Signal(str)

    def __init__(self, model: LinesModel, letters: dict[str, str], blank: str) -> None:
        super().__init__()
        self._model, self._letters = model, letters
        self.is_read_only = False
        self._digits, self._typed_at = "", 0.0
        self.setModel(model)
        self.setHorizontalHeader(_Heading(self))
        self.setItemDelegate(LinePainter(model, self, blank))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(max(30, self.fontMetrics().height() + 12))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        widest = max(self.fontMetrics().horizontalAdvance(words) for words in self._model.marks.values())
        widths = {NUMBER: 60, MARK: widest + 60}
        room = self.viewport().width() - sum(widths.values())
        widths[NAME], widths[REMARK] = room * 34 // 100, room * 27 // 100
        widths[ORGANISATION] = room - widths[NAME] - widths[REMARK]
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self.scrollTo(self.currentIndex())

    def current_line(self) -> Line | None:
        row = self.currentIndex().row()
        return self._model.lines[row] if 0 <= row < len(self._model.lines) else None

    def go_to(self, number: int) -> None:
        """The line with this printed number."""
        for row, line in enumerate(self._model.lines):
            if line.number == number:
                self.selectRow(row)
                self.scrollTo(self._model.index(row, NAME))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line, words = self.current_line(), event.text()
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if line is None or not plain or (not words.strip() and event.key() != Qt.Key.Key_Space):
            super().keyPressEvent(event)
        elif words.isdigit():
            self._jump(words)
        elif self.is_read_only:
            event.ignore()
        elif line.is_blank and words.strip() and words.isprintable():
            self.walk_in_began.emit(words)
        elif event.key() == Qt.Key.Key_Space:
            self._wish(NEXT[line.mark or "excused"])
        elif words.lower() in self._letters:
            self._wish(self._letters[words.lower()])
            self._step()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._step()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        no_keys = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if index.isValid() and index.column() == MARK and no_keys and not self.is_read_only:
            line = self._model.lines[index.row()]
            if line.registration_id and line.mark:
                self._wish(NEXT[line.mark])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._model.lines[index.row()].is_blank and not self.is_read_only:
            self.walk_in_began.emit("")
        else:
            # A quick second click on a mark means the next one again.
            self.mousePressEvent(event)

    def _wish(self, mark: str) -> None:
        chosen = {index.row() for index in self.selectionModel().selectedRows()} or {self.currentIndex().row()}
        lines = [self._model.lines[row] for row in sorted(chosen)]
        wished = {line.registration_id: mark for line in lines if line.registration_id and line.mark != mark}
        if wished:
            self.marks_wished.emit(wished)

    def _step(self) -> None:
        row = min(self.currentIndex().row() + 1, len(self._model.lines) - 1)
        self.selectRow(row)

    def _jump(self, digit: str) -> None:
        # Two digits typed one after the other are one number: 1, 7 is line 17.
        now = monotonic()
        self._digits = self._digits + digit if now - self._typed_at < _NUMBER_PAUSE_S else digit
        self._typed_at = now
        if int(self._digits) not in {line.number for line in self._model.lines}:
            self._digits = digit
        self.go_to(int(self._digits))


def key_words(letters: dict[str, str], say: Say) -> str:
    """What the keys do, on one line."""
    marks = ", ".join(f"{letter.upper()} {say(MARKS[mark])}" for letter, mark in letters.items())
    keys = (
        T("Space: next mark"),
        verbatim(marks),
        T("digits: go to that number"),
        T("Ctrl+N: a name not on the list"),
        T("Ctrl+Enter: confirm"),
    )
    return "  ·  ".join(say(words) for words in keys)

"""The row of filters under the headings: a field for each column, with a sheet of its own behind the arrow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.ui.filter_words import hint_of, read_filter, say_filter
from mama_desktop.ui.icons import icon
from mama_desktop.ui.row_view import RowView

_GAP = 3
# The arrow at the right and the edges of the field.
_BESIDE_WORDS = 36


class FilterCell(QLineEdit):
    """Typed words filter at once; Alt+Down or the arrow opens the sheet, Escape empties, Down goes to the rows."""

    asked = Signal(str, str)
    sheet_asked = Signal(str)
    left = Signal()
    entered = Signal(str)

    def __init__(self, field: FieldInfo, speak: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = field.key
        self.setObjectName("filterCell")
        self.setAccessibleName(speak.say(T("Filter: {column}", column=field.label)))
        self._hint = speak.say(hint_of(field))
        opener = self.addAction(icon("chevron-down", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        opener.setToolTip(speak.say(T("Choose what is shown")))
        opener.triggered.connect(self._on_opened)
        self.textEdited.connect(self._on_edited)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A hint that does not fit is "o…", which says nothing.
        fits = self.fontMetrics().horizontalAdvance(self._hint) + _BESIDE_WORDS <= self.width()
        self.setPlaceholderText(self._hint if fits else "")

    def show_words(self, words: str) -> None:
        """What the filter is now; what somebody is typing stays."""
        if not self.hasFocus() and self.text() != words:
            self.setText(words)
            self.setCursorPosition(0)
        self.setProperty("active", bool(words))
        self.style().polish(self)

    def _on_edited(self, words: str) -> None:
        self.asked.emit(self.key, words)

    def _on_opened(self) -> None:
        self.sheet_asked.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._on_opened()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._on_edited("")
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()
        self.entered.emit(self.key)


class FilterRow(QObject):
    """Stands in the headings' own height. `asked(field key, typed words)`, `sheet_asked(column)`."""

    changed = Signal()
    sheet_asked = Signal(int)

    def __init__(self, view: RowView, speak: Language, today: Callable[[], dt.date]) -> None:
        super().__init__(view)
        self._view, self._rows, self._speak, self._today = view, view.rows, speak, today
        self._headings = view.headings
        # What scrolls and what stands still are two strips, so that neither shines through the other.
        self._moving, self._still = _Strip(self._headings), _Strip(self._headings)
        self._cells: dict[str, FilterCell] = {}
        self.is_shown = False
        for signal in (
            self._headings.sectionResized, self._headings.sectionMoved, self._headings.geometriesChanged,
            self._headings.sectionCountChanged, self._headings.resized, view.horizontalScrollBar().valueChanged,
        ):  # fmt: skip
            signal.connect(self._place)
        self._rows.modelReset.connect(self._place)

    def show(self, shown: bool = True) -> None:
        self.is_shown = shown
        height = self._cell_height() + 2 * _GAP + 2 if shown else 0
        self._headings.set_filter_height(height)
        for strip in (self._moving, self._still):
            strip.setVisible(shown)
        self._place()

    def focus(self, column: int = -1) -> None:
        """Into the field of a column, the first one when that has none."""
        shown = self._headings.shown_columns()
        if shown:
            wanted = self._rows.field(column if column in shown else shown[0]).key
            self._cells[wanted].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def has_focus(self) -> bool:
        return any(cell.hasFocus() for cell in self._cells.values())

    def refresh(self) -> None:
        """Say the filters as they are now."""
        if self.is_shown:
            for key, cell in self._cells.items():
                field = next((f for f in self._rows.listing.fields if f.key == key), None)
                if field is not None:
                    cell.show_words(say_filter(field, self._rows.filter_of(key), self._speak))

    def x_of(self, key: str) -> int:
        return self._headings.x_of(self._column(key))

    def _cell_height(self) -> int:
        return max(28, self._headings.fontMetrics().height() + 10)

    def _column(self, key: str) -> int:
        return next((n for n, f in enumerate(self._rows.listing.fields) if f.key == key), -1)

    def _place(self, *_what: object) -> None:
        if not self.is_shown:
            return
        headings = self._headings
        frozen = headings.frozen_columns()
        edge, top, height = headings.frozen_width(), headings.title_height(), headings.height()
        self._still.setGeometry(0, top, edge, height - top - 1)
        self._moving.setGeometry(edge, top, max(headings.viewport().width() - edge, 0), height - top - 1)
        shown = headings.shown_columns()
        before: FilterCell | None = None
        wanted = set()
        for column in shown:
            field = self._rows.field(column)
            wanted.add(field.key)
            still = column in frozen
            cell = self._cells.get(field.key) or self._made(field)
            strip = self._still if still else self._moving
            if cell.parent() is not strip:
                cell.setParent(strip)
            x = headings.sectionPosition(column) if still else headings.sectionViewportPosition(column) - edge
            cell.setGeometry(x + _GAP, _GAP, headings.sectionSize(column) - 2 * _GAP, self._cell_height())
            cell.show()
            if before is not None:
                QWidget.setTabOrder(before, cell)
            before = cell
        for key, cell in self._cells.items():
            if key not in wanted:
                cell.hide()
        if before is not None:
            QWidget.setTabOrder(before, self._view)

    def _made(self, field: FieldInfo) -> FilterCell:
        cell = self._cells[field.key] = FilterCell(field, self._speak, self._moving)
        cell.show_words(say_filter(field, self._rows.filter_of(field.key), self._speak))
        cell.asked.connect(self._on_asked)
        cell.sheet_asked.connect(self._on_sheet)
        cell.left.connect(self._on_left)
        cell.entered.connect(self._on_entered)
        return cell

    def _on_asked(self, key: str, words: str) -> None:
        field = self._rows.field(self._column(key))
        self._rows.filter_by(key, read_filter(field, words, self._speak, self._today()))
        self.changed.emit()

    def _on_sheet(self, key: str) -> None:
        self.sheet_asked.emit(self._column(key))

    def _on_left(self) -> None:
        self._view.setFocus(Qt.FocusReason.TabFocusReason)
        if not self._view.currentIndex().isValid() and self._rows.rowCount():
            self._view.setCurrentIndex(self._rows.index(0, self._headings.shown_columns()[0]))

    def _on_entered(self, key: str) -> None:
        """The field that has the keys is in sight."""
        column, across = self._column(key), self._view.horizontalScrollBar()
        if column in self._headings.frozen_columns():
            return
        x, width = self._headings.sectionViewportPosition(column), self._headings.sectionSize(column)
        edge, end = self._headings.frozen_width(), self._headings.viewport().width()
        if x < edge:
            across.setValue(across.value() - (edge - x))
        elif x + width > end:
            across.setValue(across.value() + min(x + width - end, x - edge))


class _Strip(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("filterStrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.hide()

"""One side of the board: a tree that is walked by keys, chosen from, dragged out of and dropped on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from mama_desktop.ui.theme import scaled, tokens
from mama_desktop.ui.transport.board_lines import Line
from mama_desktop.ui.transport.board_model import BoardModel, keys_of
from mama_desktop.ui.transport.board_paint import MENU_WIDTH, BoardPainter


class BoardTree(QTreeView):
    """`dropped(keys, line)`, line None for the empty room below; `put_asked`, `out_asked` for M and Delete.

    `opened(line)` for Enter or a double click; `menu_asked(line, point)` for the right button, "…" or the menu key.
    """

    dropped = Signal(list, object)
    put_asked = Signal()
    out_asked = Signal()
    opened = Signal(object)
    menu_asked = Signal(object, QPoint)
    chosen_changed = Signal()

    def __init__(self, name: str, *, roomy: bool) -> None:
        super().__init__()
        self.rows = BoardModel(self)
        self.setModel(self.rows)
        self.painter = BoardPainter(self, roomy=roomy)
        self.setItemDelegate(self.painter)
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDropIndicatorShown(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.dragged_words = ""
        self._is_target = False
        self._closed: set[str] = set()
        self.expanded.connect(self._on_expanded)
        self.collapsed.connect(self._on_collapsed)
        self.selectionModel().selectionChanged.connect(self._on_selected)

    def set_movable(self, movable: bool) -> None:
        self.rows.may_move = movable
        mode = QAbstractItemView.DragDropMode
        self.setDragDropMode(mode.DragDrop if movable else mode.NoDragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)

    def close_line(self, key: str) -> None:
        """Have a line closed until somebody opens it."""
        self._closed.add(key)

    # What is shown

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Anew: what was open, chosen, current and where it was scrolled to stays."""
        chosen, top = set(self.chosen()), self.verticalScrollBar().value()
        current = self.current()
        row = self.currentIndex().row()
        self.selectionModel().blockSignals(True)
        self.rows.show_lines(lines)
        selection = QItemSelection()
        again = QModelIndex()
        for number, line in enumerate(self.rows.lines()):
            index = self.rows.index_of(number)
            if line.children:
                self.setExpanded(index, line.key not in self._closed)
            if line.rider and line.rider in chosen:
                selection.select(index, index)
            if current is not None and (line.kind, line.key) == (current.kind, current.key):
                again = index
        self.selectionModel().blockSignals(False)
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flag.ClearAndSelect)
        if not again.isValid() and current is not None:
            again = self._beside(current, row)
        if again.isValid():
            self.selectionModel().setCurrentIndex(again, flag.NoUpdate)
        self.verticalScrollBar().setValue(top)
        self.viewport().update()

    def _beside(self, gone: Line, row: int) -> QModelIndex:
        """Where the current line was, when it has left: the next one in its place."""
        for number, line in enumerate(self.rows.lines()):
            if line.spot == gone.spot and line.rider and self.rows.parent(self.rows.index_of(number)) == QModelIndex():
                last = max(self.rows.rowCount() - 1, 0)
                return self.rows.index(min(max(row, 0), last), 0)
            if line.spot == gone.spot and line.children and not line.rider:
                above = self.rows.index_of(number)
                below = self.rows.index(min(max(row, 0), self.rows.rowCount(above) - 1), 0, above)
                return below if below.isValid() else above
        return QModelIndex()

    def index_of(self, key: str) -> QModelIndex:
        """The line of that key."""
        for number, line in enumerate(self.rows.lines()):
            if line.key == key:
                return self.rows.index_of(number)
        return QModelIndex()

    # What is chosen

    def chosen(self) -> list[str]:
        """The registrations chosen, in the order of the list."""
        indexes = sorted(self.selectionModel().selectedIndexes(), key=lambda i: i.internalId())
        return [line.rider for index in indexes if (line := self.rows.line(index)) and line.rider]

    def choose(self, keys: Sequence[str]) -> None:
        wanted = set(keys)
        selection = QItemSelection()
        first = QModelIndex()
        for number, line in enumerate(self.rows.lines()):
            if line.rider in wanted:
                index = self.rows.index_of(number)
                selection.select(index, index)
                first = first if first.isValid() else index
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(first, flag.NoUpdate)
        self.selectionModel().select(selection, flag.ClearAndSelect)

    def current(self) -> Line | None:
        return self.rows.line(self.currentIndex())

    def _on_selected(self, *_what: object) -> None:
        self.chosen_changed.emit()

    def _on_expanded(self, index: QModelIndex) -> None:
        if line := self.rows.line(index):
            self._closed.discard(line.key)

    def _on_collapsed(self, index: QModelIndex) -> None:
        if line := self.rows.line(index):
            self._closed.add(line.key)

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line, key = self.current(), event.key()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key == Qt.Key.Key_Space and line is not None:
            self._on_space(line)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and plain and len(self.chosen()) > 1:
            # Several were gathered by Space: walking on does not lose them.
            self._walk(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape and self.chosen():
            self.clearSelection()
        elif plain and key == Qt.Key.Key_Delete:
            self.out_asked.emit()
        elif key == Qt.Key.Key_M and (plain or event.modifiers() == Qt.KeyboardModifier.ControlModifier):
            self.put_asked.emit()
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and line is not None:
            self._on_enter(line)
        else:
            super().keyPressEvent(event)

    def _on_space(self, line: Line) -> None:
        if line.rider:
            flag = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(self.currentIndex(), flag.Toggle)
        else:
            self.setExpanded(self.currentIndex(), not self.isExpanded(self.currentIndex()))

    def _walk(self, step: int) -> None:
        index = self.indexBelow(self.currentIndex()) if step > 0 else self.indexAbove(self.currentIndex())
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _on_enter(self, line: Line) -> None:
        if line.rider:
            self.put_asked.emit()
        else:
            self.opened.emit(line)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        line = self.rows.line(index)
        if event.button() == Qt.MouseButton.LeftButton and line is not None and not line.rider:
            self.setCurrentIndex(index)
            self.setFocus()
            room = self.visualRect(index)
            at = event.position().toPoint()
            if line.kind == "trip" and self.painter.with_menu and at.x() > room.right() - scaled(MENU_WIDTH + 6):
                self.menu_asked.emit(line, self.viewport().mapToGlobal(at))
            elif line.children:
                self.setExpanded(index, not self.isExpanded(index))
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        line = self.rows.line(self.indexAt(event.position().toPoint()))
        if line is not None:
            self.opened.emit(line)

    def _on_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if not self.viewport().rect().contains(at) or not index.isValid():
            index = self.currentIndex()
            at = self.visualRect(index).center()
        if line := self.rows.line(index):
            self.menu_asked.emit(line, self.viewport().mapToGlobal(at))

    # Dragging

    def startDrag(self, _actions: Qt.DropAction) -> None:
        keys = self.chosen()
        if not keys or not self.rows.may_move:
            return
        drag = QDrag(self)
        drag.setMimeData(self.rows.mimeData(self.selectionModel().selectedIndexes()))
        drag.setPixmap(self._picture(self.dragged_words))
        drag.setHotSpot(QPoint(-12, -8))
        drag.exec(Qt.DropAction.MoveAction)
        self._show_target(QModelIndex())

    def _picture(self, words: str) -> QPixmap:
        t, metrics = tokens(), self.fontMetrics()
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, scaled(320))
        ratio = self.devicePixelRatioF()
        wide, high = metrics.horizontalAdvance(words) + 24, metrics.height() + 12
        made = QPixmap(round(wide * ratio), round(high * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.color("accent"))
        painter.drawRoundedRect(QRect(0, 0, wide, high), 6, 6)
        painter.setPen(t.color("on_accent"))
        painter.setFont(self.font())
        painter.drawText(QRect(0, 0, wide, high), int(Qt.AlignmentFlag.AlignCenter), words)
        painter.end()
        return made

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.rows.may_move and keys_of(event.mimeData()):
            event.acceptProposedAction()
            # Else nothing scrolls while the mouse waits at an edge.
            self.setState(QAbstractItemView.State.DraggingState)
        else:
            # A file: the page takes it.
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if not (self.rows.may_move and keys_of(event.mimeData())):
            event.ignore()
            return
        super().dragMoveEvent(event)
        event.acceptProposedAction()
        index = self.indexAt(event.position().toPoint())
        line = self.rows.line(index)
        # Dropped on somebody means: where they are.
        target = index.parent() if line is not None and line.rider else index
        self._show_target(target, whole=not target.isValid() and line is not None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._show_target(QModelIndex())

    def dropEvent(self, event: QDropEvent) -> None:
        keys = keys_of(event.mimeData())
        line = self.rows.line(self.indexAt(event.position().toPoint()))
        # Stops the scrolling that a drag near an edge has begun.
        super().dragLeaveEvent(QDragLeaveEvent())
        self._show_target(QModelIndex())
        self.setState(QAbstractItemView.State.NoState)
        if keys and self.rows.may_move:
            event.acceptProposedAction()
            self.dropped.emit(keys, line)

    def _show_target(self, index: QModelIndex, *, whole: bool = False) -> None:
        """A line, or the whole list, as where what is dragged would go."""
        if self.painter.target != index or self._is_target != whole:
            self.painter.target, self._is_target = QPersistentModelIndex(index), whole
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._is_target:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(tokens().color("accent"), 2))
            painter.drawRoundedRect(self.viewport().rect().adjusted(1, 1, -1, -1), 7, 7)
            painter.end()

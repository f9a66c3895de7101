"""The lines of one side of the board as a tree for Qt; answers from memory, whatever number of people there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from mama_desktop.ui.transport.board_lines import Line

Index = QModelIndex | QPersistentModelIndex
MIME = "application/x-mama-registrations"
LINE = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()


class BoardModel(QAbstractItemModel):
    """Each index carries the number of its line in a flat list: no Python object hangs on Qt's pointers."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.may_move = True
        self._flat: list[Line] = []
        self._above: list[int] = []
        self._row: list[int] = []
        self._below: dict[int, list[int]] = {}

    def show_lines(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self._flat, self._above, self._row, self._below = [], [], [], {}
        self._take(lines, -1)
        self.endResetModel()

    def _take(self, lines: Sequence[Line], above: int) -> None:
        numbers = self._below.setdefault(above, [])
        for row, line in enumerate(lines):
            number = len(self._flat)
            self._flat.append(line)
            self._above.append(above)
            self._row.append(row)
            numbers.append(number)
            if line.children:
                self._take(line.children, number)

    def line(self, index: Index) -> Line | None:
        return self._flat[index.internalId()] if index.isValid() else None

    def lines(self) -> list[Line]:
        """All of them, as they stand below one another."""
        return self._flat

    def index_of(self, number: int) -> QModelIndex:
        """Of the line of that number in `lines()`."""
        return self.createIndex(self._row[number], 0, number)

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        numbers = self._below.get(parent.internalId() if parent.isValid() else -1, [])
        if column != 0 or not 0 <= row < len(numbers):
            return QModelIndex()
        return self.createIndex(row, 0, numbers[row])

    def parent(self, index: Index = _NOWHERE) -> Any:
        above = self._above[index.internalId()] if index.isValid() else -1
        return self.index_of(above) if above >= 0 else QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return len(self._below.get(parent.internalId() if parent.isValid() else -1, ()))

    def columnCount(self, _parent: Index = _NOWHERE) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index)
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.said or line.title
        return line if role == LINE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        line = self.line(index)
        if line is None:
            return flag.NoItemFlags
        flags = flag.ItemIsEnabled | flag.ItemIsSelectable
        if self.may_move:
            flags |= flag.ItemIsDropEnabled
            if line.rider:
                flags |= flag.ItemIsDragEnabled
        return flags

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        keys = [line.rider for index in indexes if (line := self.line(index)) and line.rider]
        return mime_of(keys)


def mime_of(keys: Sequence[str]) -> QMimeData:
    made = QMimeData()
    made.setData(MIME, "\n".join(keys).encode())
    return made


def keys_of(mime: QMimeData) -> list[str]:
    """The registrations that are dragged."""
    return bytes(mime.data(MIME).data()).decode().split() if mime.hasFormat(MIME) else []

"""A list of things to tick and to put in order: by mouse, or Space and Ctrl with the arrows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

_KEY = Qt.ItemDataRole.UserRole


def moved_by_keys(rows: QListWidget, event: QKeyEvent) -> bool:
    """Ctrl with an arrow key moves the current row; False for any other key."""
    step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
    if step is None or not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return False
    row = rows.currentRow()
    if 0 <= row + step < rows.count():
        # Qt counts the target before the row is taken out.
        target = row + step if step < 0 else row + 2
        rows.model().moveRow(rows.rootIndex(), row, rows.rootIndex(), target)
    return True


class OrderedChoice(QListWidget):
    """`changed` when the person ticked or moved something."""

    changed = Signal()

    def __init__(self, rows: int = 8) -> None:
        super().__init__()
        self.setObjectName("choices")
        self._rows = rows
        self._filling = False
        self._before: tuple[str, ...] = ()
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemChanged.connect(self._on_changed)
        self.model().rowsMoved.connect(self._on_changed)

    def fill(self, choices: Sequence[tuple[str, str]], chosen: Iterable[str]) -> None:
        """(key, words) of everything there is; the chosen ones stand first, in their order."""
        wanted = [key for key in dict.fromkeys(chosen) if key in dict(choices)]
        words = dict(choices)
        order = [*wanted, *(key for key, _ in choices if key not in wanted)]
        if order == [self.item(n).data(_KEY) for n in range(self.count())] and wanted == list(self.chosen()):
            return
        at, top = self.currentRow(), self.verticalScrollBar().value()
        self._filling = True
        self.clear()
        for key in order:
            item = QListWidgetItem(words[key])
            item.setData(_KEY, key)
            item.setToolTip(words[key])
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsDragEnabled
            )  # fmt: skip
            item.setCheckState(Qt.CheckState.Checked if key in wanted else Qt.CheckState.Unchecked)
            self.addItem(item)
        self.setCurrentRow(min(max(at, 0), self.count() - 1))
        self.verticalScrollBar().setValue(top)
        self._filling = False
        self._before = self.chosen()

    def chosen(self) -> tuple[str, ...]:
        """Keys of what is ticked, in order."""
        items = (self.item(n) for n in range(self.count()))
        return tuple(item.data(_KEY) for item in items if item.checkState() == Qt.CheckState.Checked)

    def sizeHint(self) -> QSize:
        return QSize(200, self._rows * max(self.sizeHintForRow(0), 28) + 14)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not moved_by_keys(self, event):
            super().keyPressEvent(event)

    def _on_changed(self, *_what: object) -> None:
        if not self._filling and self.chosen() != self._before:
            self._before = self.chosen()
            self.changed.emit()

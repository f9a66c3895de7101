"""What of a pasted block could not be taken: a short list, a click leads to the cell."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mama_desktop.domain.text import TN, T, Text
from mama_desktop.i18n import Language
from mama_desktop.services.pasting import Refused
from mama_desktop.ui.icons import icon
from mama_desktop.ui.widgets import button, label

_MOST_LINES = 6
_KEY = Qt.ItemDataRole.UserRole


class PasteReport(QWidget):
    """Stands below the table until it is closed or the next block comes. `chosen(key, field key)`."""

    chosen = Signal(str, str)
    closed = Signal()

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self._speak = speak
        self.setObjectName("pasteReport")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = label("", "fieldLabel", wrap=True)
        self._list = _Lines()
        self._list.setObjectName("choices")
        self._list.setIconSize(QSize(14, 14))
        self._list.setAccessibleName(speak.say(T("Cells that were not taken")))
        self._list.itemActivated.connect(self._on_chosen)
        self._list.itemClicked.connect(self._on_chosen)
        self._list.left.connect(self.close_report)
        top = QHBoxLayout()
        top.addWidget(self._words, 1)
        top.addWidget(button(speak.say(T("Close")), "xmark", self.close_report, kind="plain"))
        lay = QVBoxLayout(self)
        lay.setContentsMargins(12, 8, 12, 8)
        lay.setSpacing(4)
        lay.addLayout(top)
        lay.addWidget(self._list)
        self.hide()

    def show_refused(self, taken: int, refused: Sequence[Refused], remarks: Sequence[Text]) -> None:
        """Say how many cells were taken and list the others with their reasons."""
        say = self._speak.say
        good = TN("{count} cell taken.", "{count} cells taken.", taken)
        bad = TN("{count} cell not taken.", "{count} cells not taken.", len(refused))
        self._words.setText(say(T("{one} {two}", one=good, two=bad)) if refused else say(good))
        self._list.clear()
        for one in refused:
            cell = one.cell
            words = T("Row {row}, {column}: {why}", row=cell.row, column=cell.field.label, why=one.why)
            item = QListWidgetItem(icon("triangle-exclamation", "no"), say(words))
            item.setData(_KEY, (cell.key, cell.field.key))
            item.setToolTip(say(words))
            self._list.addItem(item)
        for remark in remarks:
            self._list.addItem(QListWidgetItem(icon("circle-info", "muted"), say(remark)))
        self._list.setFixedHeight(min(self._list.count(), _MOST_LINES) * max(self._list.sizeHintForRow(0), 28) + 14)
        self._list.setCurrentRow(0)
        self.show()

    def close_report(self) -> None:
        self.hide()
        self.closed.emit()

    def _on_chosen(self, item: QListWidgetItem) -> None:
        if (place := item.data(_KEY)) is not None:
            self.chosen.emit(*place)


class _Lines(QListWidget):
    left = Signal()

    def sizeHint(self) -> QSize:
        return QSize(200, 60)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

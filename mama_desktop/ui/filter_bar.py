"""What is filtered, seen at a glance above the table: a chip for each filter, a click lifts it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.ui.filter_words import say_filter
from mama_desktop.ui.icons import icon
from mama_desktop.ui.rows_model import RowsModel
from mama_desktop.ui.widgets import Flow, button, clear_layout, shortened


class FilterBar(QWidget):
    """`lifted(field key)` for one, `all_lifted()` for everything. Hidden while nothing is filtered."""

    lifted = Signal(str)
    all_lifted = Signal()

    def __init__(self, rows: RowsModel, speak: Language) -> None:
        super().__init__()
        self._rows, self._speak = rows, speak
        self._flow = Flow(6)
        self.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._shown: list[tuple[str, str]] = []
        self.hide()

    def refresh(self) -> None:
        fields = {f.key: f for f in self._rows.listing.fields}
        say = self._speak.say
        shown = [
            (
                key,
                say(T("{column}: {what}", column=fields[key].label, what=say_filter(fields[key], asked, self._speak))),
            )
            for key, asked in self._rows.filters.items()
            if key in fields
        ]
        if self._rows.only_words:
            shown.insert(0, ("", self._rows.only_words))
        if shown == self._shown:
            return
        self._shown = shown
        clear_layout(self._flow)
        for key, words in shown:
            chip = _Chip(key, words, say(T("Show all rows again: {filter}", filter=words)))
            chip.lifted.connect(self.lifted)
            self._flow.addWidget(chip)
        if shown:
            self._flow.addWidget(button(say(T("Lift all filters")), "", self.all_lifted.emit, kind="filterLift"))
        self.setVisible(bool(shown))


class _Chip(QPushButton):
    lifted = Signal(str)

    def __init__(self, key: str, words: str, tip: str) -> None:
        super().__init__(f"{shortened(words, 60)}  ")
        self._key = key
        self.setObjectName("filterChip")
        self.setIcon(icon("xmark", "accent"))
        self.setIconSize(QSize(11, 11))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.lifted.emit(self._key)

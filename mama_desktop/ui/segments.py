"""A few ways of looking at one thing, beside each other: one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from mama_desktop.ui.widgets import button


class Segments(QWidget):
    """`chosen(place)` when another one is chosen, by whomever."""

    chosen = Signal(int)

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(4)
        for place, said in enumerate(words):
            made = button(said, kind="segment")
            made.setCheckable(True)
            made.setChecked(place == 0)
            self._group.addButton(made, place)
            lay.addWidget(made)
        self._group.idToggled.connect(self._on_toggled)

    @property
    def current(self) -> int:
        return self._group.checkedId()

    def choose(self, place: int) -> None:
        self._group.button(place).setChecked(True)

    def set_words(self, place: int, words: str) -> None:
        self._group.button(place).setText(words)

    def _on_toggled(self, place: int, on: bool) -> None:
        if on:
            self.chosen.emit(place)

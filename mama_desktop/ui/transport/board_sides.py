"""The frame of one side of the board: its live counts above, its tree or what is said where nothing is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mama_desktop.ui.widgets import Chip, ChipButton, chip_label, clear_layout


class SideHead(QWidget):
    """The counts above one side, each a button that leads to those counted where there is a list of them."""

    def __init__(self, chosen: Callable[[str], None]) -> None:
        super().__init__()
        self._chosen = chosen
        self._shown: tuple[Chip, ...] = ()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(10, 6, 10, 6)
        self._line.setSpacing(8)

    def show_chips(self, *chips: Chip) -> None:
        if chips == self._shown:
            return
        self._shown = chips
        clear_layout(self._line)
        for chip in chips:
            if chip.view:
                made = ChipButton(chip)
                made.chosen.connect(self._chosen)
                self._line.addWidget(made)
            else:
                self._line.addWidget(chip_label(chip))
        self._line.addStretch(1)


def framed(head: QWidget, tree: QWidget, empty: QWidget) -> QFrame:
    frame = QFrame()
    frame.setObjectName("tableFrame")
    lay = QVBoxLayout(frame)
    lay.setContentsMargins(1, 1, 1, 1)
    lay.setSpacing(0)
    lay.addWidget(head)
    stack = QStackedWidget()
    stack.addWidget(tree)
    stack.addWidget(empty)
    lay.addWidget(stack, 1)
    return frame


def show_empty(frame: QFrame, *, empty: bool) -> None:
    stack = frame.findChild(QStackedWidget)
    assert stack is not None
    stack.setCurrentIndex(1 if empty else 0)

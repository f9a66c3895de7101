"""Several of many choices in an order of the office's own, as a field of a form: the columns of a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.ui.icons import icon
from mama_desktop.ui.ordered_choice import OrderedChoice
from mama_desktop.ui.widgets import button, label


class OrderEditor(QWidget):
    """An `Editor`: its value is the list of the ticked keys in their order. Tick, drag, or move by the buttons."""

    finished = Signal()

    def __init__(self, field: FieldInfo, speak: Language) -> None:
        super().__init__()
        self._choices = [(key, speak.say(text)) for key, text in field.choices.items()]
        say = speak.say
        self.list = OrderedChoice()
        self.list.setAccessibleName(say(field.label))
        self.list.changed.connect(self.finished)
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        for picture, words, step in (("arrow-up", T("Move up"), -1), ("arrow-down", T("Move down"), 1)):
            made = button("", do=partial(self.move_current, step))
            made.setIcon(icon(picture))
            made.setFixedWidth(40)
            made.setToolTip(say(words))
            made.setAccessibleName(say(words))
            buttons.addWidget(made)
        buttons.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addWidget(self.list, 1)
        across.addLayout(buttons)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(4)
        lay.addLayout(across)
        hint = say(T("Drag, or Ctrl with an arrow key, to change the order."))
        lay.addWidget(label(hint, "fieldHint", wrap=True))
        self.set_value([])

    def value(self) -> list[str]:
        return list(self.list.chosen())

    def set_value(self, value: Sequence[str] | None) -> None:
        """The chosen first in their order, the others below as declared."""
        self.list.fill(self._choices, value or ())

    def move_current(self, step: int) -> None:
        """The same as Ctrl with an arrow key in the list."""
        key = Qt.Key.Key_Up if step < 0 else Qt.Key.Key_Down
        self.list.keyPressEvent(QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.ControlModifier))

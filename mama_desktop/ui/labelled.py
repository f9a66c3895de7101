"""How a form or an options panel is laid out: labels above fields, headings above groups, one column that scrolls."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from mama_desktop.ui.widgets import label


def labelled(words: str, field: QWidget, hint: str = "") -> QWidget:
    """A field with its label above and, when there is something to explain, a small hint below."""
    made = QWidget()
    lay = QVBoxLayout(made)
    lay.setContentsMargins(0, 0, 0, 0)
    lay.setSpacing(4)
    name = label(words, "fieldLabel")
    name.setBuddy(field)
    field.setAccessibleName(words)
    lay.addWidget(name)
    lay.addWidget(field)
    if hint:
        lay.addWidget(label(hint, "fieldHint", wrap=True))
    return made


def group_heading(words: str) -> QLabel:
    """The heading of a group of fields."""
    made = label(words, "emptyTitle")
    made.setWordWrap(True)
    return made


class ScrollColumn(QScrollArea):
    """A column of widgets as wide as its place, scrolled only up and down."""

    def __init__(self, spacing: int = 12) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Tab goes to what is in it; Page up and down come here from there.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = QWidget()
        self._inside.setObjectName("column")
        self.lay = QVBoxLayout(self._inside)
        self.lay.setContentsMargins(0, 0, 8, 8)
        self.lay.setSpacing(spacing)
        self.lay.addStretch(1)
        self.setWidget(self._inside)
        # Whatever it stands on shows through: a page, a card, a sheet.
        self._inside.setAutoFillBackground(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def add(self, widget: QWidget) -> None:
        """One below the last."""
        self.lay.insertWidget(self.lay.count() - 1, widget)

    def clear(self) -> None:
        """Let everything in it go."""
        while self.lay.count() > 1:
            item = self.lay.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

"""The places at the left, with the brand (which opens the File menu) above and History and Settings below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout

from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.ui.icons import icon
from mama_desktop.ui.theme import scaled
from mama_desktop.ui.widgets import label

WIDTH = 208


@dataclass(frozen=True)
class NavEntry:
    """One place of the navigation; its words are said already."""

    key: str
    icon: str
    words: str
    at_bottom: bool = False


class Navigation(QFrame):
    chosen = Signal(str)

    def __init__(self, entries: Sequence[NavEntry], file_actions: Sequence[QAction | QMenu], speak: Language) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self.setFixedWidth(scaled(WIDTH))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, _PlaceButton] = {}
        lay = QVBoxLayout(self)
        lay.setContentsMargins(8, 12, 8, 12)
        lay.setSpacing(2)
        lay.addLayout(self._brand(file_actions, speak))
        lay.addSpacing(8)
        for entry in entries:
            if not entry.at_bottom:
                lay.addWidget(self._button(entry))
        lay.addStretch(1)
        for entry in entries:
            if entry.at_bottom:
                lay.addWidget(self._button(entry))

    def _brand(self, file_actions: Sequence[QAction | QMenu], speak: Language) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addWidget(label("MaMa Desktop", "brand"), 1)
        self.file_button = QToolButton()
        self.file_button.setObjectName("file")
        self.file_button.setIcon(icon("bars"))
        self.file_button.setIconSize(QSize(16, 16))
        self.file_button.setToolTip(speak.say(T("Workspace, language and look (Alt+F)")))
        self.file_button.setAccessibleName(speak.say(T("File menu")))
        self.file_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.file_button.setCursor(Qt.CursorShape.PointingHandCursor)
        menu = QMenu(self.file_button)
        for part in file_actions:
            if isinstance(part, QMenu):
                part.setParent(menu, part.windowFlags())
                menu.addMenu(part)
            else:
                menu.addAction(part)
        self.file_button.setMenu(menu)
        line.addWidget(self.file_button)
        return line

    def _button(self, entry: NavEntry) -> _PlaceButton:
        made = _PlaceButton(entry)
        made.asked.connect(self.chosen)
        self._group.addButton(made)
        self._buttons[entry.key] = made
        return made

    def show_place(self, key: str) -> None:
        if key in self._buttons:
            self._buttons[key].setChecked(True)


class _PlaceButton(QToolButton):
    asked = Signal(str)

    def __init__(self, entry: NavEntry) -> None:
        super().__init__()
        self._key = entry.key
        self.setText("  " + entry.words)
        self.setAccessibleName(entry.words)
        self.setIcon(icon(entry.icon, "muted", on="accent"))
        self.setIconSize(QSize(18, 18))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.asked.emit(self._key)

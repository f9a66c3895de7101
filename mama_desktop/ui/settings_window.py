"""Settings: what the window looks like on this computer; the workspace does not change by it."""

from __future__ import annotations

from typing import Any, Protocol, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T, verbatim
from mama_desktop.i18n import LANGUAGES
from mama_desktop.ui.editors import ChoiceEditor
from mama_desktop.ui.labelled import ScrollColumn, group_heading, labelled
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.theme import Theme
from mama_desktop.ui.widgets import label

_LANGUAGE = FieldInfo(
    "language", T("Language of the window"), "choice", choices={key: verbatim(name) for key, name in LANGUAGES.items()}
)
_THEME = FieldInfo(
    "theme", T("Look"), "choice",
    choices={"system": T("Like the system"), "light": T("Light"), "dark": T("Dark")},
)  # fmt: skip
_WIDEST = 420


class Window(Protocol):
    """What the window itself can do beyond being a page's Shell."""

    theme: Theme

    def set_language(self, code: str) -> None: ...
    def set_theme(self, choice: str) -> None: ...


class SettingsWindow(QWidget):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        say = page.say
        self.language = ChoiceEditor(_LANGUAGE, page.speak, None)
        self.language.finished.connect(self._on_language)
        self.theme = ChoiceEditor(_THEME, page.speak, None)
        self.theme.finished.connect(self._on_theme)
        self.compact = QCheckBox(say(T("Narrow rows in tables: more on one screen")))
        self.compact.clicked.connect(self._on_compact)
        column = ScrollColumn(spacing=16)
        inside = column.widget()
        assert inside is not None
        inside.setObjectName("page")
        inside.setMaximumWidth(_WIDEST)
        hint = say(T("Papers are made in any language, whatever language the window is in."))
        column.add(group_heading(say(T("This window"))))
        column.add(labelled(say(_LANGUAGE.label), self.language, hint))
        column.add(labelled(say(_THEME.label), self.theme))
        column.add(self.compact)
        about = say(T("These choices are kept on this computer, not in the workspace."))
        column.add(label(about, "fieldHint", wrap=True))
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(column)

    def refresh(self) -> None:
        self.language.set_value(self._page.speak.code)
        self.theme.set_value(str(self._page.shell.habits.value("window/theme", "system")))
        self.compact.setChecked(bool(self._page.shell.habits.value("window/compact", False, bool)))

    def _on_language(self) -> None:
        # The window is built anew, this very list with it: not while it is still speaking.
        code: Any = self.language.value()
        window = cast("Window", self._page.shell)
        QTimer.singleShot(0, lambda: window.set_language(code))

    def _on_theme(self) -> None:
        cast("Window", self._page.shell).set_theme(self.theme.value())

    def _on_compact(self, on: bool) -> None:
        self._page.shell.habits.setValue("window/compact", on)
        for table in self._page.window().findChildren(RowTable):
            table.set_compact(on)

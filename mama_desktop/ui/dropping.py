"""A place where files are dropped: while something hovers a calm frame in the accent stands around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

from mama_desktop.ui.brought import brought_files


class DropFrame(QFrame):
    """Lies over `place`, lets the mouse through, and hands dropped files to `bring`."""

    def __init__(self, place: QWidget, bring: Callable[[Sequence[Path]], None]) -> None:
        super().__init__(place)
        self._place, self._bring = place, bring
        self.setObjectName("drop")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        place.setAcceptDrops(True)
        place.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.DragEnter if isinstance(event, QDragEnterEvent) and brought_files(event.mimeData()):
                event.acceptProposedAction()
                self.setGeometry(self._place.rect())
                self.raise_()
                self.show()
                return True
            case QEvent.Type.DragLeave:
                self.hide()
            case QEvent.Type.Drop if isinstance(event, QDropEvent):
                self.hide()
                if found := brought_files(event.mimeData()):
                    event.acceptProposedAction()
                    self._bring(found)
                    return True
        return super().eventFilter(watched, event)


def let_files_through(form: QWidget) -> None:
    """A field would take the address of a dropped file for words; the place around it shall have the file."""
    editors: list[QWidget] = [*form.findChildren(QLineEdit), *form.findChildren(QPlainTextEdit)]
    for editor in editors:
        editor.setAcceptDrops(False)

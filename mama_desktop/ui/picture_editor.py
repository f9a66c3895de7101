"""A picture (a logo) as a field: seen as it is, chosen from a file or dropped here, removed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.ui import dialogs
from mama_desktop.ui.icons import paint_icon
from mama_desktop.ui.widgets import button, label


class PictureEditor(QWidget):
    """An `Editor`: its value is the bytes of a picture file, or None."""

    finished = Signal()

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self._speak = speak
        self._content: bytes | None = None
        say = speak.say
        self.preview = _Preview()
        self._choose = button(say(T("Choose a picture …")), "image", self.choose)
        self._remove = button(say(T("Remove")), "xmark", self.remove)
        self._hint = label(say(T("PNG or JPEG; you can also drop a file here.")), "fieldHint", wrap=True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._choose)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        beside = QVBoxLayout()
        beside.setSpacing(4)
        beside.addLayout(buttons)
        beside.addWidget(self._hint)
        beside.addStretch(1)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(16)
        lay.addWidget(self.preview, 0, Qt.AlignmentFlag.AlignTop)
        lay.addLayout(beside, 1)
        self.setAcceptDrops(True)
        self.set_value(None)

    def value(self) -> bytes | None:
        return self._content

    def set_value(self, value: bytes | None) -> None:
        self._content = value or None
        self.preview.set_content(self._content)
        self._remove.setVisible(self._content is not None)

    def choose(self) -> None:
        kinds = self._speak.say(T("Pictures (*.png *.jpg *.jpeg *.gif *.bmp *.tif *.tiff *.webp)"))
        for path in dialogs.choose_file(self, self._speak.say(T("Choose a picture")), kinds):
            self._take(path)

    def remove(self) -> None:
        self.set_value(None)
        self.finished.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls()[:1]:
            self._take(Path(url.toLocalFile()))

    def _take(self, path: Path) -> None:
        try:
            content = path.read_bytes()
        except OSError:
            return
        # Whether it is a picture the use case decides; if not, the old one comes back with the refresh.
        self._content = content
        self.preview.set_content(content)
        self.finished.emit()


class _Preview(QFrame):
    """The picture on white, as it will stand on paper."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(176, 80))
        self._image = QImage()

    def set_content(self, content: bytes | None) -> None:
        self._image = QImage.fromData(content) if content else QImage()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        from mama_desktop.ui.theme import tokens

        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(tokens().color("line"))
        painter.setBrush(Qt.GlobalColor.white if not self._image.isNull() else tokens().color("surface"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        if self._image.isNull():
            paint_icon(painter, QRect(76, 28, 24, 24), "image", "thumb")
        else:
            room = self.rect().adjusted(8, 8, -8, -8)
            size = self._image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(0, 0, size.width(), size.height())
            place.moveCenter(room.center())
            painter.drawImage(place, self._image)
        painter.end()

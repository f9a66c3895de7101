"""Icons of one set (Font Awesome 6 solid, through QtAwesome), coloured by tokens at the moment they are painted.

So an icon made once follows light and dark by itself, and is sharp on every scaling.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from mama_desktop.ui.theme import tokens

_SET = "fa6s"
_FILES = (_SET, "fontawesome6-solid-webfont-6.7.2.ttf", "fontawesome6-solid-webfont-charmap-6.7.2.json")


def icon(name: str, token: str = "muted", *, on: str = "") -> QIcon:
    """The icon of a Font Awesome 6 name ("people-group"), in a token's colour; `on`: the token while switched on."""
    return QIcon(_Engine(name, token, on or token))


def paint_icon(painter: QPainter, rect: QRect, name: str, token: str) -> None:
    """Paint the icon in the middle of `rect`."""
    glyphs = _glyphs(id(QApplication.instance()))
    font = glyphs.font(_SET, max(int(rect.height() * 0.92), 1))
    painter.save()
    painter.setFont(font)
    painter.setPen(tokens().color(token))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip), glyphs.charmap[_SET][name])
    painter.restore()


def is_known(name: str) -> bool:
    return name in _glyphs(id(QApplication.instance())).charmap[_SET]


@lru_cache(maxsize=1)
def _glyphs(_application: int) -> Any:
    # Only our set is loaded; qtawesome's own start loads all twelve fonts of 6 MB.
    from qtawesome.iconic_font import IconicFont

    return IconicFont(_FILES)


class _Engine(QIconEngine):
    def __init__(self, name: str, token: str, on: str) -> None:
        super().__init__()
        self._name, self._token, self._on = name, token, on

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        token = self._on if state == QIcon.State.On else self._token
        if mode == QIcon.Mode.Disabled:
            painter.setOpacity(0.5)
        paint_icon(painter, rect, self._name, token)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, _scale: float) -> QPixmap:
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return drawn

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token, self._on)

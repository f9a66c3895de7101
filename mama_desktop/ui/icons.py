"""Icons of one set (Font Awesome 6 solid, through QtAwesome), coloured by tokens at the moment they are painted.

So an icon made once follows light and dark by itself, and is sharp on every scaling.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from mama_desktop.ui.theme import tokens

_FONT = "fontawesome6-solid-webfont-6.7.2.ttf"
_NAMES = "fontawesome6-solid-webfont-charmap-6.7.2.json"


def icon(name: str, token: str = "muted", *, on: str = "") -> QIcon:
    """The icon of a Font Awesome 6 name ("people-group"), in a token's colour; `on`: the token while switched on."""
    return QIcon(_Engine(name, token, on or token))


def paint_icon(painter: QPainter, rect: QRect, name: str, token: str) -> None:
    """Paint the icon in the middle of `rect`."""
    glyphs = _glyphs(id(QApplication.instance()))
    font = QFont(glyphs.family)
    font.setPixelSize(max(int(rect.height() * 0.92), 1))
    painter.save()
    painter.setFont(font)
    painter.setPen(tokens().color(token))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip), glyphs.characters[name])
    painter.restore()


def is_known(name: str) -> bool:
    return name in _glyphs(id(QApplication.instance())).characters


@dataclass(frozen=True)
class _Glyphs:
    family: str
    characters: dict[str, str]


@lru_cache(maxsize=1)
def _glyphs(_application: int) -> _Glyphs:
    # Only the font and the list of names are taken from QtAwesome: importing it (and qtpy below it) costs 0.17 s of
    # the 1.5 s in which the window must stand, and its own start loads all twelve fonts of 6 MB.
    number = QFontDatabase.addApplicationFont(str(_folder() / _FONT))
    family = QFontDatabase.applicationFontFamilies(number)[0]
    names: dict[str, str] = json.loads((_folder() / _NAMES).read_text(encoding="utf-8"))
    return _Glyphs(family, {name: chr(int(code, 16)) for name, code in names.items()})


def _folder() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / "qtawesome" / "fonts"
    spec = find_spec("qtawesome")
    assert spec is not None, "QtAwesome is a dependency"
    assert spec.origin is not None
    return Path(spec.origin).parent / "fonts"


class _Engine(QIconEngine):
    def __init__(self, name: str, token: str, on: str) -> None:
        super().__init__()
        self._name, self._token, self._on = name, token, on

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        token = self._on if state == QIcon.State.On else self._token
        if mode == QIcon.Mode.Disabled and token == "on_accent":
            # A primary button that waits has a grey ground, on which nothing light is seen: the icon is as its words.
            token = "muted"
        elif mode == QIcon.Mode.Disabled:
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

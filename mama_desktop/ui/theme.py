"""The look as a value: colour tokens for light and dark, the palette, the one style sheet, the fonts.

Light, dark or system is chosen by the person; `Theme` sets our own palette and sheet (Qt's own colour scheme does
nothing offscreen) and follows the system at once. Like Qt's palette, the tokens now in force are one for the process:
whoever paints asks `tokens()` while painting and keeps nothing.
"""

from __future__ import annotations

import string
from dataclasses import dataclass, fields
from functools import lru_cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from mama_desktop import resources

CHOICES = ("system", "light", "dark")
_BODY_PT = 10.0
_SIZES = {"large_pt": 20, "title_pt": 17, "sheet_pt": 13, "group_pt": 12, "empty_pt": 11, "small_pt": 9}
"""Sizes of the style sheet beside a body of 10 points."""


@dataclass(frozen=True)
class Tokens:
    """Colours by what they are for; `*_soft` is the ground on which the colour stands."""

    bg: str
    surface: str
    side: str
    line: str
    text: str
    muted: str
    accent: str
    accent_soft: str
    on_accent: str
    accent_hover: str
    hover: str
    thumb: str
    ok: str
    ok_soft: str
    wait: str
    wait_soft: str
    no: str
    no_soft: str
    info: str
    info_soft: str
    neutral: str
    neutral_soft: str

    def color(self, name: str) -> QColor:
        return color_of(getattr(self, name))

    @staticmethod
    def color_of(value: str) -> QColor:
        return color_of(value)


@lru_cache
def color_of(value: str) -> QColor:
    """Parsed once: a table asks for the same few colours a thousand times a second."""
    return QColor(value)


LIGHT = Tokens(
    bg="#F6F7F9", surface="#FFFFFF", side="#EEF1F4", line="#E2E5EA", text="#1C2430", muted="#5B6675",
    accent="#0B6E69", accent_soft="#E0F1EF", on_accent="#FFFFFF", accent_hover="#095B57", hover="#F3F5F7",
    thumb="#C9CFD7",
    ok="#157340", ok_soft="#E1F4E8", wait="#8A5A00", wait_soft="#FDF0D2", no="#B3261E", no_soft="#FBE3E1",
    info="#1F5FBF", info_soft="#E2ECFB", neutral="#5B6675", neutral_soft="#EBEEF1",
)  # fmt: skip
DARK = Tokens(
    bg="#14181D", surface="#1B2027", side="#171B21", line="#303843", text="#E7EBF0", muted="#9AA6B4",
    accent="#4CC2B8", accent_soft="#16393A", on_accent="#06211F", accent_hover="#6BD2C9", hover="#222932",
    thumb="#3D4754",
    ok="#66D19E", ok_soft="#16321F", wait="#F0C264", wait_soft="#38290D", no="#F2928A", no_soft="#421F1E",
    info="#8AB8FF", info_soft="#1A2B4A", neutral="#9AA6B4", neutral_soft="#232A33",
)  # fmt: skip

_now = LIGHT


def tokens() -> Tokens:
    """The tokens now in force."""
    return _now


class Theme(QObject):
    """The person's choice (`system`, `light`, `dark`) and its painting on the whole application."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice if choice in CHOICES else "system"
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setFont(body_font())
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self._apply()

    @property
    def choice(self) -> str:
        return self._choice

    def set_choice(self, choice: str) -> None:
        self._choice = choice
        self._apply()

    def is_dark(self) -> bool:
        if self._choice == "system":
            return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._choice == "dark"

    def _on_system_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._choice == "system":
            self._apply()

    def _apply(self) -> None:
        global _now
        _now = DARK if self.is_dark() else LIGHT
        self._app.setPalette(palette(_now))
        self._app.setStyleSheet(style_sheet(_now, self._app.font().pointSizeF()))
        self.changed.emit()


def body_font() -> QFont:
    """The platform's font at 10 pt, larger where the system's own is larger: somebody asked for large text there.

    The bundled Noto Sans where the system has none, and in pictures.
    """
    font = QApplication.font()
    size = max(_BODY_PT, font.pointSizeF())
    if QGuiApplication.platformName() in ("offscreen", "minimal") or not QFontDatabase.families():
        for weight in ("Regular", "SemiBold", "Bold", "Italic"):
            QFontDatabase.addApplicationFont(str(resources.path("fonts", f"NotoSans-{weight}.ttf")))
        font = QFont("Noto Sans")
        size = _BODY_PT
    font.setPointSizeF(size)
    return font


def scaled(pixels: int) -> int:
    """Pixels meant for words of 10 points, in proportion to the body in force; never fewer."""
    return round(pixels * max(QApplication.font().pointSizeF(), _BODY_PT) / _BODY_PT)


def palette(t: Tokens) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: t.bg, role.WindowText: t.text, role.Base: t.surface, role.AlternateBase: t.bg, role.Text: t.text,
        role.Button: t.surface, role.ButtonText: t.text, role.BrightText: t.no, role.Highlight: t.accent_soft,
        role.HighlightedText: t.text, role.ToolTipBase: t.text, role.ToolTipText: t.bg, role.PlaceholderText: t.muted,
        role.Link: t.accent, role.LinkVisited: t.accent, role.Accent: t.accent, role.Light: t.surface,
        role.Midlight: t.line, role.Mid: t.line, role.Dark: t.muted, role.Shadow: t.line,
    }  # fmt: skip
    made = QPalette()
    for name, colour in colours.items():
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(t.muted))
    return made


def style_sheet(t: Tokens, body_pt: float = _BODY_PT) -> str:
    """The sheet in the colours of `t`; headings and hints keep their proportion to a body of `body_pt` points."""
    source = resources.path("look.qss").read_text(encoding="utf-8")
    values = {f.name: getattr(t, f.name) for f in fields(t)}
    shade = "dark" if t is DARK else "light"
    pictures = {name: resources.path(f"{name}-{shade}.svg").as_posix() for name in ("tick", "down", "up")}
    sizes = {name: f"{max(size * body_pt / _BODY_PT, 9):g}pt" for name, size in _SIZES.items()}
    return string.Template(source).substitute(values, **pictures, **sizes)

"""The quiet strip above the pages: a sample whose clock stands, a workspace that can only be read, a warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language
from mama_desktop.ui.icons import icon
from mama_desktop.ui.widgets import label

if TYPE_CHECKING:
    from mama_desktop.store.database import Database


def banner_words(db: Database, speak: Language) -> tuple[Text, str] | None:
    """(words, tone), or None when there is nothing to say."""
    if db.read_only is not None:
        return db.read_only.why, "wait"
    for warning in db.warnings:
        return warning, "wait"
    if db.clock.stands_on is not None:
        day = speak.long_date(db.clock.stands_on)
        return T("This is a sample with invented people. Its clock stands on {day}.", day=day), "info"
    return None


def make_banner(db: Database, speak: Language) -> QFrame | None:
    found = banner_words(db, speak)
    if found is None:
        return None
    words, tone = found
    strip = QFrame()
    strip.setObjectName("banner")
    strip.setProperty("tone", tone)
    sign = QLabel()
    sign.setPixmap(icon("circle-info" if tone == "info" else "triangle-exclamation", tone).pixmap(14, 14))
    lay = QHBoxLayout(strip)
    lay.setContentsMargins(24, 5, 24, 5)
    lay.setSpacing(8)
    lay.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    lay.addWidget(label(speak.say(words), wrap=True), 1)
    return strip

"""The look can be read: contrast of every pair that meets, every icon known, pictures drawn with letters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mama_desktop.ui.icons import is_known
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.theme import DARK, LIGHT, Theme, Tokens
from mama_desktop.ui.tones import TONES

# An icon of two words or more, as the second argument of a button or the first of an icon.
_ICON = re.compile(r'(?:icon\(|button\([^"]*"[^"]*"\)\), )"([a-z]+(?:-[a-z]+)*)"')
UI = Path(__file__).resolve().parents[2] / "mama_desktop" / "ui"


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read_on_every_ground(look: Tokens) -> None:
    for ground in (look.bg, look.surface, look.side):
        assert contrast(look.text, ground) >= 7
        assert contrast(look.muted, ground) >= 5.1
    assert contrast(look.on_accent, look.accent) >= 4.5
    for tone in ("ok", "wait", "no", "info", "neutral"):
        assert contrast(getattr(look, tone), getattr(look, f"{tone}_soft")) >= 4.5, tone


def test_every_icon_is_in_the_set(theme: Theme) -> None:
    used = {name for _, name in TONES.values()}
    for source in UI.glob("*.py"):
        used |= set(_ICON.findall(source.read_text(encoding="utf-8")))
    assert [name for name in sorted(used) if not is_known(name)] == []


def test_a_picture_has_letters(window: MainWindow, qtbot: QtBot) -> None:
    from tests.shots import check

    check(window.grab(), "window")

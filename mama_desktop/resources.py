"""The one door to resources/: the same in a checkout and in a frozen build."""

from __future__ import annotations

import sys
from pathlib import Path


def root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) / "resources" if frozen else Path(__file__).resolve().parent.parent / "resources"


def path(*parts: str) -> Path:
    """The path of a resource, e.g. path("fonts", "NotoSans-Regular.ttf")."""
    return root().joinpath(*parts)

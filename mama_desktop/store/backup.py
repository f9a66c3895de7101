"""stub."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any


def last_good(path: Path, *, key: str | None = None) -> Any:
    return None


def copy_before_upgrade(path: Path, at: dt.datetime, *, key: str | None = None) -> Path:
    return path

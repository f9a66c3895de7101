"""Does this build hold everything it needs? Imports every module and does the main job once in a temporary folder."""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from pathlib import Path

from mama_desktop import resources

# Imported only when first needed, so a frozen build could lack them without a word.
_LATE = (
    "alembic", "babel", "charset_normalizer", "openpyxl", "platformdirs", "psutil", "pypdfium2", "python_calamine",
    "qtawesome", "rapidfuzz", "reportlab", "sqlcipher3",
)  # fmt: skip
_PARTS = ("app", "child", "demo", "ui.import_page", "ui.documents_tab", "ui.key_in_page", "ui.settings_page")
_RESOURCES = (
    "fonts/NotoSans-Regular.ttf", "fonts/NotoSans-Bold.ttf", "locale", "data/si_postal_codes.csv", "data/sample",
    "samples", "look.qss",
)  # fmt: skip


def run_self_check() -> int:
    """0 when all is there; else 1 and one line on standard error for each thing that is not."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    missing = [name for name in (*_LATE, *(f"mama_desktop.{part}" for part in _PARTS)) if not _imports(name)]
    missing += [name for name in _RESOURCES if not resources.path(*name.split("/")).exists()]
    if not missing:
        missing += _main_job()
    for name in missing:
        sys.stderr.write(f"{name}\n")
    return 1 if missing else 0


def _imports(name: str) -> bool:
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True


def _main_job() -> list[str]:
    """What the main job should have made and did not."""
    from mama_desktop.demo import run_demo

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        for line in run_demo(out):
            sys.stdout.write(f"{line}\n")
        wanted = ("*.mama", "*.xlsx", "*.pdf", "pictures/*.png")
        return [pattern for pattern in wanted if not list(out.glob(pattern))]

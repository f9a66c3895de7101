"""What of Qt a build must hold: pictures it can read, plugins that load, and letters in what it draws."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QPluginLoader
from PySide6.QtGui import QImage, QImageReader

_WINDOWS = {"linux": ("qxcb", "qwayland"), "win32": ("qwindows",), "darwin": ("qcocoa",)}
_FEWEST_COLOURS = 24


def lacking_parts() -> Iterator[str]:
    """Kinds of pictures that cannot be read; in a bundle also plugins that are not there or do not load."""
    known = {bytes(kind.data()).decode() for kind in QImageReader.supportedImageFormats()}
    yield from (f"Qt cannot read {kind}" for kind in ("png", "jpeg", "svg") if kind not in known)
    if not getattr(sys, "frozen", False):
        return
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    wanted = _WINDOWS.get(sys.platform, ())
    yield from (f"no plugin {name}" for name in wanted if not list(folder.glob(f"platforms/*{name}*")))
    for path in sorted(folder.glob("*/*")):
        loader = QPluginLoader(str(path))
        # Wayland's own libraries must be those of the system's compositor; a system with X11 alone has none.
        if not loader.load() and "libwayland-" not in loader.errorString():
            yield loader.errorString()


def was_drawn_with_letters(path: Path) -> bool:
    """Letters have soft edges of many shades; without a font a picture has a handful of colours."""
    picture = QImage(str(path))
    colours = {picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 2)}
    return len(colours) >= _FEWEST_COLOURS

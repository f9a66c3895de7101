"""What a person brings by mouse or clipboard: files, or words that hold a table."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def brought_files(data: QMimeData | None) -> list[Path]:
    """Files of this computer that are dragged or were copied; links to the web are none. An empty clipboard is None."""
    return [] if data is None else [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def brought_words(data: QMimeData | None) -> str:
    """The words of the clipboard; as HTML when they are a table, so that its cells stay apart."""
    if data is None:
        return ""
    if data.hasHtml() and "<table" in data.html().lower():
        return data.html()
    return data.text()

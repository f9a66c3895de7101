"""The document `letters` as several files: mail drafts, or a file for each organisation, in a folder of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from mama_desktop.services import letter_making
from mama_desktop.services.papers_letters import wish_of
from mama_desktop.store.database import Database

_FILES = (".pdf", ".docx")


def is_apart(path: Path, options: Mapping[str, Any]) -> bool:
    """Whether letters to `path` become a folder: of drafts (a folder, no ending, .eml), or of one per organisation."""
    suffix = path.suffix.lower()
    is_split = suffix in _FILES and options.get("split") == "organisation"
    return is_split or suffix == ".eml" or path.is_dir() or not suffix


def make_apart(
    db: Database, event_id: str, path: Path, *, language: str, options: Mapping[str, Any]
) -> tuple[Path, ...]:  # fmt: skip
    """Make them and keep what was written. Returns every file.

    Into an existing folder comes a new one, named after the text; else the new one is called as `path` without its
    ending. Nothing that is there is written over.
    """
    wish = db.read(wish_of, event_id, language=language, options=options)
    folder, name = (path, wish.name) if path.is_dir() else (path.parent, path.stem)
    wish = replace(wish, name=name)
    suffix = path.suffix.lower()
    if suffix in _FILES and not path.is_dir():
        made = letter_making.make_by_organisation(db, wish, folder, suffix, _unheard)
    else:
        made = letter_making.make_drafts(db, wish, folder, _unheard)
    return tuple(sorted(made.path.iterdir()))


def _unheard(_done: int, _total: int) -> None:
    """The command line waits without a bar."""

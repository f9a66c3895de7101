"""The pages of every document of an event as pictures, for the shots."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any


def papers(folder: Path, db: Any) -> Iterator[tuple[str, Any]]:
    """The pages of every document that is made for an event, in both languages."""
    import pypdfium2

    from mama_desktop.demo import EVENT
    from mama_desktop.domain.errors import OfficeError
    from mama_desktop.services import documents

    for key, document in documents.DOCUMENTS.items():
        if document.target != "event" or ".pdf" not in document.suffixes:
            continue
        for language in ("sl", "en"):
            try:
                (path,) = documents.make(db, key, EVENT, folder / f"{key}-{language}.pdf", language=language)
            except OfficeError:
                # Of this event there is no such paper, as of attendance online.
                continue
            with pypdfium2.PdfDocument(path) as pages:
                for number in range(min(len(pages), 3)):
                    yield f"{key}-{language}-{number + 1}", pages[number].render(scale=2).to_pil()

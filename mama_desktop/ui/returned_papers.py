"""What comes back of a printed paper: that it is signed, and its scan."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, verbatim
from mama_desktop.services import declarations
from mama_desktop.services.documents import document_called
from mama_desktop.services.issues import IssueInfo
from mama_desktop.store.database import Database
from mama_desktop.ui import dialogs, kept_files
from mama_desktop.ui.page import Page
from mama_desktop.ui.scans import scans


def mark_returned(page: Page, issue: IssueInfo) -> None:
    """It came back signed today; pressed once more it did not."""
    day = None if issue.returned_on else page.db.clock.today()
    words = T("Paper {code} came back signed", code=issue.code)
    if day is None:
        words = T("Paper {code} did not come back", code=issue.code)
    page.write(declarations.mark_returned, issue.id, day, label=words, tell=True)


def attach_scan(page: Page, issue: IssueInfo) -> None:
    """Choose the scan of the signed paper; one that is there is opened."""
    if issue.scan:
        kept_files.open_copy(page, issue.scan)
        return
    say = page.say
    kinds = f"{say(T('Scans'))} (*.pdf *.jpg *.jpeg *.png *.tif *.tiff);;{say(T('All files'))} (*)"
    chosen: list[Path] = dialogs.choose_file(page, say(T("Attach a scan")), kinds)
    if not chosen:
        return
    try:
        brought = scans(chosen)
    except OfficeError as error:
        page.shell.show_error(error)
        return
    page.write(
        declarations.attach_scan, issue.id, brought, now=page.db.clock.now(), who=page.db.actor.who,
        label=T("Scan of the paper {code}", code=issue.code), tell=True,
    )  # fmt: skip


def kept_pdf(
    db: Database, key: str, event_id: str, language: str, options: Mapping[str, Any], target: str
) -> bytes:  # fmt: skip
    """A paper that is kept as an issue from now on, with its code; in a read-only view as in the preview."""
    document = document_called(key)
    assert document.keep is not None
    how: dict[str, Any] = {
        "language": language,
        "options": {**options, "suffix": ".pdf"},
        "now": db.clock.now(),
        "who": db.actor.who,
    }
    if db.read_only is not None:
        return db.read(document.make, event_id, **how).pdf()
    label = T("Print: {document}, {target}", document=document.title, target=verbatim(target))
    return db.write(document.keep, event_id, **how, label=label).pdf()

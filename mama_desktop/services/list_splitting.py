"""A participant list in one file for each organisation, with only its own people."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from mama_desktop.domain.text import T
from mama_desktop.i18n import language as language_of
from mama_desktop.services.papers_list import ListOptions, participant_list
from mama_desktop.services.papers_words import main_code
from mama_desktop.services.splitting import Share, shares
from mama_desktop.sheets.files import beside, safe_filename, write_through
from mama_desktop.sheets.pdf import print_pdf
from mama_desktop.sheets.xlsx import write_xlsx
from mama_desktop.store.database import Database

Report = Callable[[int, int], None]


def write_by_organisation(
    db: Database, event_id: str, path: Path, *, language: str, options: ListOptions, report: Report
) -> tuple[Path, ...]:
    """One list for each organisation beside `path`, whose name and ending they take: "list MC Krško.xlsx".

    Those without an organisation have a list of their own. All of them are made before the first takes its place.
    """
    code = main_code(language)
    found = db.read(shares, event_id, statuses=options.statuses, language=code)
    alone = language_of(code).say(T("without an organisation"))
    with tempfile.TemporaryDirectory(prefix="mama-") as folder:
        made: list[tuple[Path, Path]] = []
        taken: set[Path] = set()
        for number, share in enumerate(found):
            report(number, len(found))
            target = path.with_name(safe_filename(f"{path.stem} {share.name or alone}", path.suffix))
            while target in taken:
                target = beside(target) if target.exists() else target.with_stem(f"{target.stem} (2)")
            taken.add(target)
            temporary = Path(folder, f"{number}{path.suffix}")
            db.read(_write, event_id, share, temporary, language=language, options=options, now=db.clock.now())
            made.append((temporary, target))
        for temporary, target in made:
            write_through(target, partial(_bring, temporary))
    return tuple(target for _, target in made)


def _write(
    session: Session, event_id: str, share: Share, path: Path, *, language: str, options: ListOptions, now: dt.datetime
) -> None:
    book = participant_list(session, event_id, now=now, options=options, language=language, only=share)
    if path.suffix == ".pdf":
        path.write_bytes(print_pdf(book.sheets[0])[0])
    else:
        write_xlsx(book, path)


def _bring(made: Path, to: Path) -> None:
    shutil.copyfile(made, to)

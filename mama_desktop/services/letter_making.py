"""Making letters into files: a folder of mail drafts, one PDF or Word document, labels, one file an organisation."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import language as language_of
from mama_desktop.services import calendars, letters, papers_form, papers_letters
from mama_desktop.services.letters import Mailing, Wish, Written
from mama_desktop.services.mail_drafts import Enclosed, MailDraft, eml
from mama_desktop.sheets.files import beside, safe_filename, write_through
from mama_desktop.store.database import Database

Report = Callable[[int, int], None]
_TYPES = {
    ".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
    ".ics": "text/calendar",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """What was made. path: the file or the folder. count: letters in it. on_paper: how many of them wait as a PDF
    because nobody of theirs has an e-mail. letter_id: as it is kept, empty in a read-only view."""

    path: Path
    count: int
    on_paper: int = 0
    letter_id: str = ""


def make_drafts(db: Database, wish: Wish, folder: Path, report: Report) -> Made:
    """A draft for each reader into a new folder within `folder`, and one PDF for those without an e-mail."""
    now = db.clock.now()
    mailing = _composed(db, wish, now)
    with tempfile.TemporaryDirectory(prefix="mama-") as temporary:
        made = Path(temporary, "drafts")
        made.mkdir()
        _write_drafts(db, wish, mailing, made, now, report)
        on_paper = mailing.without_mail
        if on_paper:
            data = db.read(papers_letters.letters_as, wish, on_paper, ".pdf", now=now)
            Path(made, _said(T("Without an e-mail"), wish) + ".pdf").write_bytes(data)
        path = _bring_folder(made, folder / folder_name(wish))
    return Made(path, len(mailing.letters), len(on_paper), _keep(db, wish, mailing.letters, "eml", now))


def make_file(db: Database, wish: Wish, path: Path, report: Report, *, only_on_paper: bool = False) -> Made:
    """All letters in one PDF or Word document, as the ending of `path` says. only_on_paper: those without an e-mail."""
    now = db.clock.now()
    mailing = _composed(db, wish, now)
    chosen = mailing.without_mail if only_on_paper else mailing.letters
    data = db.read(papers_letters.letters_as, wish, chosen, path.suffix.lower(), now=now, report=report)
    write_through(path, lambda temporary: temporary.write_bytes(data))
    return Made(path, len(chosen), letter_id=_keep(db, wish, chosen, path.suffix.lower().removeprefix("."), now))


def make_by_organisation(db: Database, wish: Wish, folder: Path, suffix: str, report: Report) -> Made:
    """The letters in one file for each organisation, into a new folder within `folder`."""
    now = db.clock.now()
    mailing = _composed(db, wish, now)
    shares: dict[str, list[Written]] = {}
    for one in mailing.letters:
        shares.setdefault(one.recipient.organisation, []).append(one)
    with tempfile.TemporaryDirectory(prefix="mama-") as temporary:
        made = Path(temporary, "letters")
        made.mkdir()
        for number, (name, some) in enumerate(shares.items()):
            report(number, len(shares))
            data = db.read(papers_letters.letters_as, wish, some, suffix, now=now)
            _free(made, name or _said(T("without an organisation"), wish), suffix).write_bytes(data)
        path = _bring_folder(made, folder / folder_name(wish))
    return Made(path, len(mailing.letters), letter_id=_keep(db, wish, mailing.letters, suffix.removeprefix("."), now))


def make_labels(db: Database, wish: Wish, path: Path, report: Report, *, sheet: str, start: int) -> Made:
    """A label for each of them whose postal address is known."""
    now = db.clock.now()
    mailing = db.read(letters.compose, wish, now=now)
    chosen = [one for one in mailing.letters if one.recipient.post]
    if not chosen:
        raise OfficeError(
            T("Nobody of them has a postal address."), safe=T("Nothing was printed."),
            todo=T("Write the street, postal code and town of the people or of their organisations."),
        )  # fmt: skip
    report(0, 1)
    data = papers_letters.labels_of(chosen, sheet, start, title=wish.name)
    write_through(path, lambda temporary: temporary.write_bytes(data))
    return Made(path, len(chosen), letter_id=_keep(db, wish, chosen, "labels", now))


def keep_handed_over(db: Database, wish: Wish, mailing: Mailing, channel: str) -> str:
    """Keep what went to the mail program or the clipboard."""
    return _keep(db, wish, mailing.by_mail, channel, db.clock.now())


def folder_name(wish: Wish) -> str:
    return safe_filename(wish.name or _said(T("letters"), wish), "")


def _composed(db: Database, wish: Wish, now: dt.datetime) -> Mailing:
    mailing = db.read(letters.compose, wish, now=now)
    mailing.refuse_if_broken()
    return mailing


def _write_drafts(db: Database, wish: Wish, mailing: Mailing, folder: Path, now: dt.datetime, report: Report) -> None:
    files = tuple(_from_disk(path) for path in wish.files)
    calendar = {code: db.read(_calendar, wish, code, now) for code in ("sl", "en")} if wish.calendar else {}
    for number, one in enumerate(mailing.by_mail):
        report(number, len(mailing.by_mail))
        own = db.read(own_form, wish, one, now) if wish.own_form else ()
        enclosed = (*calendar.get(one.language, ()), *own, *files)
        _free(folder, one.recipient.file_name, ".eml").write_bytes(eml(draft_of(one, enclosed)))


def draft_of(one: Written, enclosed: Sequence[Enclosed] = ()) -> MailDraft:
    """One letter as a mail; what goes through somebody else says first whom it is for."""
    reader, blocks = one.recipient, one.blocks
    if reader.through is not None and not reader.people:
        blocks = (language_of(one.language).say(T("This message is for: {name}", name=reader.name)), *blocks)
    return MailDraft(reader.mail_name, reader.mail, one.subject, blocks, one.language, enclosed)


def _calendar(session: Session, wish: Wish, code: str, now: dt.datetime) -> tuple[Enclosed, ...]:
    if not wish.audience.event_id:
        return ()
    data = calendars.event_calendar(session, wish.audience.event_id, now=now, language=code)
    return (Enclosed(language_of(code).say(T("event")) + ".ics", data, calendars.MEDIA_TYPE),) if data else ()


def own_form(session: Session, wish: Wish, one: Written, now: dt.datetime) -> tuple[Enclosed, ...]:
    """The reader's own registration form, filled with what is known; of a contact person one for each of theirs."""
    keys = one.recipient.people if one.recipient.people else (one.recipient.registration_id or "",)
    keys = tuple(key for key in keys if key in wish.audience.registration_ids)
    title = language_of(one.language).say(T("registration form"))
    return tuple(
        Enclosed(
            safe_filename(title if len(keys) == 1 else f"{title} {number}", ".pdf"),
            papers_form.form_for(session, key, now=now, language=one.language), "application/pdf",
        )
        for number, key in enumerate(keys, 1)
    )  # fmt: skip


def _from_disk(path: Path) -> Enclosed:
    try:
        return Enclosed(path.name, path.read_bytes(), _TYPES.get(path.suffix.lower(), "application/octet-stream"))
    except OSError as error:
        raise OfficeError(
            T("The file “{name}” cannot be read.", name=path.name), safe=T("Nothing was made yet."),
            todo=T("Attach it again."),
        ) from error  # fmt: skip


def _free(folder: Path, name: str, suffix: str) -> Path:
    path = folder / safe_filename(name, suffix)
    return beside(path) if path.exists() else path


def _bring_folder(made: Path, wanted: Path) -> Path:
    """Give a finished folder its place: whole or not at all, and beside one that is there already.

    Like a file, it goes only into a folder that is there: a slip of the pen makes none.
    """
    if not wanted.parent.is_dir():
        raise OfficeError(
            T("The folder “{folder}” does not exist.", folder=str(wanted.parent)),
            safe=T("Nothing was written and nothing was changed."),
            todo=T("Choose another folder."),
        )
    path = beside(wanted) if wanted.exists() else wanted
    staged = path.with_name(f".{path.name}.part")
    try:
        shutil.copytree(made, staged)
        staged.rename(path)
    except OSError as error:
        raise OfficeError(
            T("The folder “{folder}” cannot be written.", folder=str(path)),
            safe=T("Nothing was written and nothing was changed."), todo=T("Choose another folder."),
        ) from error  # fmt: skip
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return path


def _keep(db: Database, wish: Wish, made: Sequence[Written], channel: str, now: dt.datetime) -> str:
    if db.read_only is not None:
        return ""
    work = partial(letters.keep, wish=wish, letters=made, channel=channel, now=now, who=db.actor.who)
    return db.write(work, label=letters.labelled(wish, len(made)))


def _said(words: Text, wish: Wish) -> str:
    return language_of(wish.language or "sl").say(words)

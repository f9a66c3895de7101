"""A list that is out of date made anew and kept, with a mail to its reader that says what has changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.papers import Issue
from mama_desktop.domain.text import T
from mama_desktop.services import documents, kept_states, office, papers_changes
from mama_desktop.services.mail_drafts import Enclosed, MailDraft
from mama_desktop.services.papers_words import tongue

_MEDIA = {
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def make_again(session: Session, issue_id: str, *, now: dt.datetime, who: str) -> str:
    """Make a kept list as it is now, in the same language and kind of file, and keep it; returns its key."""
    one = session.get_one(Issue, issue_id)
    keep = documents.document_called(one.document).keep
    assert keep is not None
    before = set(_of_list(session, one))
    options = {**one.options, "suffix": Path(one.file_name).suffix or ".pdf"}
    if one.subject:
        options["trip"] = one.subject
    keep(session, one.event_id, language=one.language, options=options, now=now, who=who)
    (made,) = set(_of_list(session, one)) - before
    return made


def changes_mail(session: Session, issue_id: str, *, now: dt.datetime, who: str) -> tuple[MailDraft, str]:
    """A mail to whoever has this list: what has changed, and the list of now enclosed, which is kept.

    Returns the draft and the key of the new list. Raises OfficeError when nothing has changed.
    """
    one = kept_states.kept_list(session, issue_id)
    if not one.changes:
        raise OfficeError(
            T("Nothing has changed since this list was made."),
            safe=T("Nothing was written."),
            todo=T("What was sent still holds."),
        )
    made = session.get_one(Issue, make_again(session, issue_id, now=now, who=who))
    speak = tongue(one.language)
    row = session.execute(select(Event.title_sl, Event.title_en).where(Event.id == one.event_id)).one()
    event = (row[1] or row[0]) if speak.code == "en" else row[0]
    subject, text = papers_changes.mail_words(one, event, speak)
    name, email = kept_states.reader_of(session, issue_id)
    content = office.file_content(session, made.file_hash) or b""
    enclosed = Enclosed(made.file_name, content, _MEDIA[Path(made.file_name).suffix])
    to = (email,) if email else ()
    return MailDraft(name, to, subject, (text,), speak.code, (enclosed,)), made.id


def _of_list(session: Session, one: Issue) -> list[str]:
    query = select(Issue.id).where(
        Issue.event_id == one.event_id, Issue.document == one.document, Issue.subject == one.subject
    )
    return list(session.scalars(query))

"""A question of kind "file": its answer is the key of a file of the registration, given and taken back in one write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.files import Attachment
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services import editing, files
from mama_desktop.services.fields import ANSWER
from mama_desktop.services.files import Brought


def attach(
    session: Session, registration: str, field_key: str, brought: Brought, *, now: dt.datetime, who: str,
    reduce: bool = False,
) -> str:  # fmt: skip
    """Keep a file with a registration and make it the answer of this field; gives the file's key.

    What was the answer before stays among the files. Raises OfficeError for an empty or too large file.
    """
    if session.get(Registration, registration) is None:
        raise OfficeError(T("This registration was deleted meanwhile."), safe=T("Nothing was added."))
    added = files.add_files(session, "registration", registration, [brought], now=now, who=who, kind="form",
                            reduce=reduce)  # fmt: skip
    editing.change(session, "registration", [registration], field_key, added.keys[0], now=now)
    return added.keys[0]


def empty(session: Session, registrations: Sequence[str], field_key: str, *, now: dt.datetime) -> int:
    """Take the answer back; the file stays among those of the registration."""
    return editing.change(session, "registration", registrations, field_key, None, now=now)


def file_of(session: Session, registration: str, field_key: str) -> str | None:
    """The key of the file that answers; None when nothing does, or the file was removed meanwhile."""
    found = session.get(Registration, registration)
    key = found.answers.get(field_key.removeprefix(ANSWER)) if found else None
    kept = session.get(Attachment, key) if isinstance(key, str) else None
    return kept.id if kept is not None and kept.registration_id == registration else None

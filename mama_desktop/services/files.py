"""Files kept with an event, a person, a project, an organisation or a registration."""

from __future__ import annotations

import datetime as dt
import mimetypes
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from mama_desktop.domain.consents import Consent
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.expenses import CostLine
from mama_desktop.domain.files import Attachment
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import T, clean
from mama_desktop.services import fields, office
from mama_desktop.services.pictures import smaller_picture
from mama_desktop.store import stored_files

# A scanned folder of papers is 20 to 50 MB; what is larger is a film and belongs elsewhere.
LARGEST = 150_000_000
# More than this is rather a folder dropped by mistake: asked first.
MANY, MUCH = 50, 500_000_000
MISSING = FieldInfo("missing", T("Missing"), "bool", editable=False, width=90)
_OWNER: dict[str, InstrumentedAttribute[str | None]] = {
    "event": Attachment.event_id,
    "person": Attachment.person_id,
    "project": Attachment.project_id,
    "organisation": Attachment.organisation_id,
    "registration": Attachment.registration_id,
    "vehicle": Attachment.vehicle_id,
    "travel_order": Attachment.order_id,
    "travel_claim": Attachment.claim_id,
}
_KINDS = {"image/": "photo"}


@dataclass(frozen=True)
class Added:
    """What became of files that were brought. twice: names of those that were there already. saved: bytes that the
    reduction of pictures saved."""

    keys: tuple[str, ...]
    twice: tuple[str, ...] = ()
    saved: int = 0


@dataclass(frozen=True)
class Brought:
    """A file as it comes: its name and its bytes; or, when these are laid already, their digest and number.

    saved: bytes that the reduction of a picture saved.
    """

    name: str
    content: bytes
    digest: str = ""
    size: int = 0
    saved: int = 0


def prepared(session: Session, one: Brought, *, reduce: bool = False) -> Brought:
    """The slow part of adding, before the write begins: made smaller on request, a large content laid on the disk.

    The session is only read. Raises OfficeError as `add_files`.
    """
    _refuse(one)
    content = smaller_picture(one.content) if reduce else one.content
    saved = len(one.content) - len(content)
    digest = stored_files.lay(session, content)
    return replace(one, content=b"" if digest else content, digest=digest or "", size=len(content), saved=saved)


def add_files(
    session: Session,
    noun: str,
    key: str,
    brought: Iterable[Brought],
    *,
    now: dt.datetime,
    who: str,
    kind: str = "",
    reduce: bool = False,
) -> Added:
    """Keep files with a record (`noun`: event, person, project, organisation, registration).

    kind: of ATTACHMENT_KINDS, guessed from the file when empty. reduce: photos are made smaller (2,400 pixels). What
    the record has already is not kept twice. Raises OfficeError for an empty or a too large file; nothing is kept then.
    """
    known = {(row.file_hash): row for row in session.scalars(select(Attachment).where(_of(noun, key)))}
    keys: list[str] = []
    twice: list[str] = []
    saved = 0
    for one in brought:
        ready = one if one.size else prepared(session, one, reduce=reduce)
        saved += ready.saved
        if ready.digest:
            digest = stored_files.keep_laid(session, ready.digest, ready.size)
        else:
            digest = office.store_file(session, ready.content)
        if digest in known:
            twice.append(one.name)
            keys.append(known[digest].id)
            continue
        media_type = mimetypes.guess_type(one.name)[0] or ""
        added = Attachment(
            kind=kind or next((k for start, k in _KINDS.items() if media_type.startswith(start)), "other"),
            name=_free_name(clean(one.name)[-255:] or "file", {row.name for row in known.values()}),
            media_type=media_type,
            size=ready.size,
            file_hash=digest,
            added_at=now,
            added_by=who,
            **{_OWNER[noun].key: key},
        )
        session.add(added)
        session.flush()
        known[digest] = added
        keys.append(added.id)
    return Added(tuple(keys), tuple(twice), saved)


def files_of(session: Session, noun: str, key: str, *, language: str = "sl") -> Listing:
    """The files of a record, the newest first; those of an event's registrations stand with the event.

    Where bytes are not where they should be (a workspace moved without its files), a last column marks those files.
    """
    query = select(Attachment.id).where(_of(noun, key)).order_by(Attachment.added_at.desc(), Attachment.id.desc())
    found = fields.listing(session, list(fields.ATTACHMENT_FIELDS.values()), query, Attachment.id, language=language)
    digests = {
        k: digest for k, digest in session.execute(select(Attachment.id, Attachment.file_hash).where(_of(noun, key)))
    }
    missing = stored_files.missing_of(session, digests.values())
    if not missing:
        return found
    rows = [(*row, digests[one] in missing) for one, row in zip(found.keys, found.rows, strict=True)]
    return Listing((*found.fields, MISSING), found.keys, rows)


def file_called(session: Session, key: str) -> Brought:
    """Name and bytes of a kept file. Raises OfficeError when its bytes are not where they should be."""
    found = session.get_one(Attachment, key)
    return Brought(found.name, office.file_content(session, found.file_hash) or b"")


def remove_files(session: Session, keys: Sequence[str]) -> int:
    """Take files off their record, and out of the answers they were; the bytes stay, so that undo brings them back."""
    gone = set(keys)
    # A consent that was given on this paper stays given.
    for consent in session.scalars(select(Consent).where(Consent.attachment_id.in_(keys))):
        consent.attachment_id = None
    # A cost stays, also without its receipt.
    for cost in session.scalars(select(CostLine).where(CostLine.attachment_id.in_(keys))):
        cost.attachment_id = None
    session.flush()
    for found in session.scalars(select(Attachment).where(Attachment.id.in_(keys))):
        if found.registration_id:
            registration = session.get_one(Registration, found.registration_id)
            left = {name: said for name, said in registration.answers.items() if not _names(said, gone)}
            if left != registration.answers:
                registration.answers = left
        session.delete(found)
    session.flush()
    return len(keys)


def can_be_reduced(sizes: Iterable[tuple[str, int]]) -> int:
    """How many of these files (name, bytes) are photos so large that making them smaller is worth a question."""
    return sum(1 for name, size in sizes if size > 1_500_000 and name.lower().endswith((".jpg", ".jpeg")))


def too_large(name: str) -> OfficeError:
    return OfficeError(
        T("“{name}” is larger than {most} MB.", name=name, most=LARGEST // 1_000_000),
        safe=T("Nothing was added."),
        todo=T("Keep films and other very large files in a folder, and write its name into the remarks."),
    )


def _names(said: object, keys: set[str]) -> bool:
    return isinstance(said, str) and said in keys


def _of(noun: str, key: str) -> ColumnElement[bool]:
    own = _OWNER[noun] == key
    if noun == "event":
        theirs = select(Registration.id).where(Registration.event_id == key)
        return or_(own, Attachment.registration_id.in_(theirs))
    if noun == "person":
        theirs = select(Registration.id).where(Registration.person_id == key)
        return or_(own, Attachment.registration_id.in_(theirs))
    return own


def _refuse(one: Brought) -> None:
    if not one.content:
        raise OfficeError(T("“{name}” is empty.", name=one.name), safe=T("Nothing was added."))
    if len(one.content) > LARGEST:
        raise too_large(one.name)


def _free_name(name: str, taken: set[str]) -> str:
    stem, dot, suffix = name.rpartition(".")
    if not dot:
        stem, suffix = name, ""
    number, free = 2, name
    while free in taken:
        free = f"{stem} ({number}){dot}{suffix}"
        number += 1
    return free

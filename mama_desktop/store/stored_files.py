"""The bytes of files: each content stored once by its SHA-256, the small in the database, the large beside it.

A large content (a scan, a photo) lies as `office-files/ab/abcdef…` beside `office.mama`, so that a backup copies it
once and not with every copy. On a server, and in a workspace with a passphrase, all contents lie in the database.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.papers import StoredFile
from mama_desktop.domain.text import TN, T, Text

# Logos and short papers stay within; what is larger would make every copy of the workspace larger.
LARGEST_WITHIN = 100_000
# The key under which a session knows the folder; missing where everything lies in the database.
FOLDER = "contents-folder"
_SUFFIX = "-files"
Report = Callable[[int, int], None]


def folder_of(workspace: Path) -> Path:
    """Where the large contents of a workspace file lie."""
    return workspace.with_name(workspace.stem + _SUFFIX)


def keep(session: Session, content: bytes) -> str:
    """Keep bytes once; gives their SHA-256. What lies beside is whole on the disk before the database knows of it."""
    digest = hashlib.sha256(content).hexdigest()
    is_beside = lay(session, content) is not None
    if session.get(StoredFile, digest) is None:
        session.add(StoredFile(hash=digest, content=None if is_beside else content, size=len(content)))
        session.flush()
    return digest


def lay(session: Session, content: bytes) -> str | None:
    """Lay a large content beside the workspace before a write begins, so that the write is short; gives its digest.

    None for what belongs into the database. Nothing in the database changes: what no write names does no harm.
    """
    folder: Path | None = session.info.get(FOLDER)
    if folder is None or len(content) <= LARGEST_WITHIN:
        return None
    digest = hashlib.sha256(content).hexdigest()
    # Also when the row is there: the file may have been lost, and here it comes again.
    _write(_path(folder, digest), content)
    return digest


def keep_laid(session: Session, digest: str, size: int) -> str:
    """Keep what `lay` has laid, within the write."""
    if session.get(StoredFile, digest) is None:
        session.add(StoredFile(hash=digest, content=None, size=size))
        session.flush()
    return digest


def content_of(session: Session, digest: str | None) -> bytes | None:
    """The bytes; None for no digest. Raises OfficeError when they should lie beside the workspace and do not."""
    stored = session.get(StoredFile, digest) if digest else None
    if stored is None or stored.content is not None:
        return stored.content if stored else None
    folder: Path | None = session.info.get(FOLDER)
    if folder is not None:
        with contextlib.suppress(OSError):
            content = _path(folder, stored.hash).read_bytes()
            if hashlib.sha256(content).hexdigest() == stored.hash:
                return content
    raise OfficeError(
        T("The content of this file is not where it should be, or is damaged."),
        safe=T("Everything else in the workspace is as it was."),
        todo=T(
            "Files lie in the folder “{folder}” beside the workspace and have to be moved along with it. If the folder "
            "is lost, restore a backup: it brings the files back.",
            folder=folder.name if folder else "",
        ),
    )


def beside(connection: Any) -> list[str]:
    """The digests whose bytes lie beside the workspace, of an open file of SQLite (a plain connection)."""
    if int(connection.execute("PRAGMA user_version").fetchone()[0]) < 2:
        return []  # Before the second revision everything lay within.
    return [row[0] for row in connection.execute("SELECT hash FROM stored_file WHERE content IS NULL")]


def copy_new(
    sources: Iterable[Path], target: Path, digests: Iterable[str], *, link: bool = False, report: Report | None = None
) -> None:
    """Copy into `target` what it does not have yet, each from the first of the folders that has it.

    link: on the same disk a second name will do, for a content never changes. A copy gets its name only once it is
    whole. report(done, total) in files may raise Cancelled: what was copied by then stays.
    """
    wanted = [digest for digest in digests if not _path(target, digest).exists()]
    looked = list(sources)
    for number, digest in enumerate(wanted):
        if report is not None:
            report(number, len(wanted))
        source = next((path for folder in looked if (path := _path(folder, digest)).exists()), None)
        if source is not None:
            _copy(source, _path(target, digest), link)


def missing_in(folders: Iterable[Path], digests: Iterable[str]) -> list[str]:
    """Those that lie in none of the folders."""
    looked = list(folders)
    return [digest for digest in digests if not any(_path(folder, digest).exists() for folder in looked)]


def lost(session: Session) -> list[str]:
    """Of the contents that should lie beside this workspace those that do not."""
    folder: Path | None = session.info.get(FOLDER)
    if folder is None:
        return []
    return missing_in([folder], session.scalars(select(StoredFile.hash).where(StoredFile.content.is_(None))))


def missing_of(session: Session, digests: Iterable[str]) -> frozenset[str]:
    """Of these contents those that should lie beside this workspace and do not, or not whole."""
    folder: Path | None = session.info.get(FOLDER)
    if folder is None:
        return frozenset()
    wanted = list(set(digests))
    found: set[str] = set()
    for start in range(0, len(wanted), 500):
        query = select(StoredFile.hash, StoredFile.size).where(
            StoredFile.hash.in_(wanted[start : start + 500]), StoredFile.content.is_(None)
        )
        found |= {digest for digest, size in session.execute(query) if _size(_path(folder, digest)) != size}
    return frozenset(found)


def lost_words(number: int, folder: Path) -> Text:
    return TN(
        "{count} file is missing in the folder “{folder}” beside the workspace.",
        "{count} files are missing in the folder “{folder}” beside the workspace.",
        number,
        folder=folder.name,
    )


def _path(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest


def _size(path: Path) -> int:
    """In bytes; -1 when it is not there."""
    with contextlib.suppress(OSError):
        return path.stat().st_size
    return -1


def _is_whole(path: Path, size: int) -> bool:
    with contextlib.suppress(OSError):
        if path.stat().st_size == size:
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == path.name
    return False


def _new_name(path: Path) -> Path:
    """Two that write the same content at once, threads or processes, never write into one file."""
    return path.with_name(f"{path.name}.{uuid.uuid4().hex[:12]}.new")


def _settle(folder: Path) -> None:
    """Have the names in a folder survive a power cut, where the system can do that."""
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _write(path: Path, content: bytes) -> None:
    if _is_whole(path, len(content)):
        return
    new = _new_name(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, path)
        _settle(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        # Windows refuses to replace what another program has open: it may have laid the very same there.
        if _is_whole(path, len(content)):
            return
        raise _no_room(path.parent.parent, error) from error


def _copy(source: Path, target: Path, link: bool) -> None:
    new = _new_name(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    if link:
        with contextlib.suppress(OSError):
            os.link(source, target)
            return
    try:
        shutil.copyfile(source, new)
        with new.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(new, target)
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)


def _no_room(folder: Path, error: OSError) -> OfficeError:
    full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
    return OfficeError(
        T("There is no room for the file in “{folder}”.", folder=str(folder))
        if full
        else T("The file could not be written into “{folder}”.", folder=str(folder)),
        safe=T("Nothing has been changed."),
        todo=T("Free some room on the disk, then add the file again.")
        if full
        else T("Check whether you may write into that folder, then add the file again."),
    )

"""What can go wrong with a workspace, each in words of the office; the database's own errors end here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, Text
from mama_desktop.store.seat_triggers import ELSEWHERE, FULL, NO_WHEELCHAIR_PLACE

_NOT_STORED = T("Everything stored before is safe; only the last step was not stored.")


class Damaged(OfficeError):
    """The workspace cannot be trusted; `backup` is the last good copy, if there is one."""

    backup: Path | None = None
    backup_at: dt.datetime | None = None


class NotAWorkspace(Damaged):
    """Not a file of ours, or one that is closed with another passphrase: the two cannot be told apart."""


def missing(name: str) -> OfficeError:
    return OfficeError(
        T("The workspace “{name}” is not there.", name=name),
        safe=T("Nothing has been changed."),
        todo=T("Check whether the disk or the network drive is connected, or open the workspace from another place."),
    )


def not_a_workspace(name: str) -> NotAWorkspace:
    return NotAWorkspace(
        T("“{name}” is not a workspace of this program, or the passphrase is not the right one.", name=name),
        safe=T("The file has not been changed."),
        todo=T("Choose another file, or type the passphrase again."),
    )


def damaged(name: str, *, details: Sequence[Text] = ()) -> Damaged:
    return Damaged(
        T("The workspace “{name}” is damaged.", name=name),
        safe=T("The file has not been changed; the backups beside it are untouched."),
        todo=T("Restore the last good backup, and keep the damaged file: somebody may still read something from it."),
        details=details,
    )


def newer(name: str) -> OfficeError:
    return OfficeError(
        T("The workspace “{name}” was made by a newer version of the program.", name=name),
        safe=T("The file has not been changed."),
        todo=T("Install the newest version of the program on this computer."),
    )


def older_and_read_only(name: str) -> OfficeError:
    return OfficeError(
        T("The workspace “{name}” must be upgraded first, but it can only be read here.", name=name),
        safe=T("The file has not been changed."),
        todo=T("Open it once where it may be written, or copy it into a folder of your own."),
    )


def cannot_write_here(name: str) -> OfficeError:
    return OfficeError(
        T("The file “{name}” or its folder can only be read.", name=name),
        safe=T("Nothing has been changed."),
        todo=T("Copy the workspace into a folder where you may write, or ask whoever looks after the computer."),
    )


def no_folder(folder: str) -> OfficeError:
    return OfficeError(
        T("The folder “{folder}” does not exist.", folder=folder),
        safe=T("Nothing has been changed."),
        todo=T("Choose another folder."),
    )


def already_there(name: str) -> OfficeError:
    return OfficeError(
        T("“{name}” already exists.", name=name),
        safe=T("It has not been changed."),
        todo=T("Choose another name, or open the existing workspace."),
    )


def disk_full() -> OfficeError:
    return OfficeError(
        T("There is no room left on the disk."),
        safe=_NOT_STORED,
        todo=T("Free some room on the disk and do the last step again."),
    )


def busy(server: bool = False) -> OfficeError:
    what = T("Somebody else is storing something long right now.")
    here = T("Another window or command is storing something long right now.")
    return OfficeError(what if server else here, safe=_NOT_STORED, todo=T("Wait a little and do the last step again."))


def disk_trouble() -> OfficeError:
    return OfficeError(
        T("The disk with the workspace does not answer."),
        safe=_NOT_STORED,
        todo=T("Check whether the disk or the network drive is connected, then do the last step again."),
    )


def server_gone() -> OfficeError:
    return OfficeError(
        T("The office's server does not answer."),
        safe=_NOT_STORED,
        todo=T("Check the network connection, then do the last step again."),
    )


def server_refuses(reason: Text) -> OfficeError:
    return OfficeError(
        T("The office's server does not let you do this."),
        safe=_NOT_STORED,
        todo=T("Ask whoever looks after the server."),
        details=(reason,),
    )


def of_database(error: DBAPIError, name: str) -> OfficeError | None:
    """The trouble behind a database's error; None when it is a bug of ours."""
    refused = next((trouble() for said, trouble in _SEATS.items() if said in str(error.orig)), None)
    if refused is not None:
        return refused
    state = getattr(error.orig, "sqlstate", None)
    if hasattr(error.orig, "sqlstate") or error.connection_invalidated:
        return _of_server(error, state)
    return of_sqlite(error.orig, name)


def seat_taken() -> OfficeError:
    return OfficeError(
        T("The vehicle is full: somebody else took the last seat a moment ago."),
        safe=T("Nobody lost a seat, and nothing was changed."),
        todo=T("Choose another vehicle, or one with more seats for this trip."),
    )


def no_wheelchair_place() -> OfficeError:
    return OfficeError(
        T("The vehicle has no free place for a wheelchair."),
        safe=T("Nobody lost a seat, and nothing was changed."),
        todo=T("Choose another vehicle, or correct its wheelchair places."),
    )


def seated_elsewhere() -> OfficeError:
    return OfficeError(
        T("Somebody would be in two vehicles at the same time."),
        safe=T("Everybody keeps the seat they have."),
        todo=T("Take them out of the other trip first, or change the times of the trips."),
    )


_SEATS = {FULL: seat_taken, NO_WHEELCHAIR_PLACE: no_wheelchair_place, ELSEWHERE: seated_elsewhere}


def of_sqlite(error: BaseException | None, name: str) -> OfficeError | None:
    """The trouble behind what SQLite itself said."""
    said = str(error).lower()
    for words, trouble in (
        ("database or disk is full", disk_full),
        ("database is locked", busy),
        ("disk i/o error", disk_trouble),
        ("unable to open database file", disk_trouble),
    ):
        if words in said:
            return trouble()
    for words, about in (
        ("malformed", damaged),
        ("corrupt", damaged),
        ("not a database", not_a_workspace),
        ("attempt to write a readonly database", cannot_write_here),
    ):
        if words in said:
            return about(name)
    return None


def _of_server(error: DBAPIError, state: str | None) -> OfficeError | None:
    match state:
        case "55P03":
            return busy(server=True)
        case "53100":
            return disk_full()
        case "42501":
            from mama_desktop.domain.text import verbatim

            return server_refuses(verbatim(str(error.orig)))
        case str() if state.startswith(("08", "57P", "28", "3D")):
            return server_gone()
        case None if type(error.orig).__name__ == "OperationalError":
            return server_gone()
        case _:
            return None

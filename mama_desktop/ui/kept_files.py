"""Files into the workspace and out of it, for every place where a person brings or opens one."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services import files
from mama_desktop.services.files import Brought
from mama_desktop.sheets.files import safe_filename
from mama_desktop.ui import dialogs
from mama_desktop.ui.jobs import Report
from mama_desktop.ui.page import Page

_LAST_FOLDER = "files/folder"
Ready = Callable[[list[Brought]], None]


def choose(page: Page, parent: QWidget, words: Text, *, several: bool) -> list[Path]:
    """Files from the disk, beginning where the last ones came from."""
    last = str(page.shell.habits.value(_LAST_FOLDER, "", str))
    every = f"{page.say(T('All files'))} (*)"
    chosen = dialogs.choose_file(parent, page.say(words), every, Path(last) if last else None, several=several)
    if chosen:
        page.shell.habits.setValue(_LAST_FOLDER, str(chosen[0].parent))
    return chosen


def bring(page: Page, parent: QWidget, paths: Sequence[Path], ready: Ready) -> None:
    """Ask what has to be asked, read beside the window one file after the other, hand over what can be added.

    Large contents are laid on the disk on the way, so that the write that follows is short and memory is free again.
    """
    try:
        sizes = [(path, path.stat().st_size) for path in paths if path.is_file()]
    except OSError:
        page.shell.notice(T("The files could not be read. Copy them to this computer first."))
        return
    if not sizes:
        page.shell.notice(T("Only files can be added, no folders."))
        return
    if large := next((path for path, size in sizes if size > files.LARGEST), None):
        page.shell.show_error(files.too_large(large.name))
        return
    reduce = _asked(page, parent, sizes)
    if reduce is not None:
        read = partial(_read, page, [path for path, _ in sizes], reduce)
        page.jobs.start(T("Add files"), read, done=partial(_on_read, page, ready))


def open_copy(page: Page, key: str) -> None:
    """Open a copy: what another program does to it stays outside of the workspace."""
    kept = kept_file(page, key)
    if kept is None:
        return
    name = safe_filename(Path(kept.name).stem, Path(kept.name).suffix)
    path = Path(tempfile.mkdtemp(dir=_opened_folder().name)) / name
    path.write_bytes(kept.content)
    dialogs.open_path(path)
    page.shell.notice_file(T("A copy was opened. Changes in it do not come back here."), path)


def kept_file(page: Page, key: str) -> Brought | None:
    """Name and bytes; None when they cannot be had, and that has been said."""
    try:
        return page.db.read(files.file_called, key)
    except OfficeError as error:
        page.shell.show_error(error)
        return None


def _asked(page: Page, parent: QWidget, sizes: Sequence[tuple[Path, int]]) -> bool | None:
    """Whether photos shall be made smaller; None when nothing shall be added."""
    much = sum(size for _, size in sizes)
    if len(sizes) > files.MANY or much > files.MUCH:
        question = TN("Add {count} file?", "Add {count} files?", len(sizes))
        more = T(
            "Together they are {size} MB. They are kept with the workspace and make its backups larger.",
            size=round(much / 1e6),
        )
        if dialogs.ask(parent, page.speak, question, T("Add files"), more=more) is None:
            return None
    number = files.can_be_reduced((path.name, size) for path, size in sizes)
    if not number:
        return False
    question = TN("{count} photo is large. Make it smaller?", "{count} photos are large. Make them smaller?", number)
    more = T("2,400 pixels are enough for a full page on paper. What the camera wrote (place, time) is left out.")
    answer = dialogs.ask(parent, page.speak, question, T("Make smaller"), T("Keep as it is"), more=more)
    return None if answer is None else answer == 0


def _read(page: Page, paths: Sequence[Path], reduce: bool, report: Report) -> list[Brought] | OfficeError:
    found = []
    for number, path in enumerate(paths):
        report(number, len(paths))
        try:
            one = Brought(path.name, path.read_bytes())
        except OSError:
            return OfficeError(
                T("“{name}” could not be read.", name=path.name),
                safe=T("Nothing was added."),
                todo=T("Close it in other programs, or copy it to this computer first."),
            )
        try:
            found.append(page.db.read(files.prepared, one, reduce=reduce))
        except OfficeError as error:
            return error
    return found


def _on_read(page: Page, ready: Ready, found: list[Brought] | OfficeError) -> None:
    if isinstance(found, OfficeError):
        page.shell.show_error(found)
    else:
        ready(found)


@cache
def _opened_folder() -> tempfile.TemporaryDirectory[str]:
    """Copies that were opened; they go with the program, for they may hold what is nobody's business."""
    return tempfile.TemporaryDirectory(prefix="mama-", ignore_cleanup_errors=True)

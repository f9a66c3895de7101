"""A folder of returned forms, or one of them: read in child processes, a bad file never spoiling the others."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from mama_desktop import child
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, Text
from mama_desktop.intake import refusals
from mama_desktop.intake.form_pdf import read_form_pdf
from mama_desktop.intake.form_xlsx import EmptyForm, NoForm, read_form_xlsx
from mama_desktop.intake.returned import Folder, NotTaken, Returned

MEMORY_MB = 500
MOST_FILES = 3_000
# Starting a child takes longer than reading a form, so one reads several; when it fails, each is read alone.
_AT_ONCE = 25
_SECONDS, _SECONDS_EACH = 9.0, 1.0
_DEEPEST = 6
_TABLES = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
# What lies in folders by itself.
_NOT_FILED = frozenset({"thumbs.db", "desktop.ini"})
_KINDS: tuple[tuple[tuple[str, ...], Text], ...] = (
    ((".png", ".jpg", ".jpeg", ".gif", ".heic", ".tif", ".tiff", ".webp", ".bmp"),
     T("It is a picture: a photographed or scanned form has to be entered by hand.")),
    ((".eml", ".msg"), T("It is an e-mail message: save the form that is attached to it.")),
    ((".zip", ".rar", ".7z"), T("It is a packed folder: unpack it first.")),
    ((".doc", ".docx", ".odt", ".rtf"), T("It is a text document, not one of our forms.")),
    ((".csv", ".tsv"), T("It is a table, but not one of our forms: take it in by itself.")),
)  # fmt: skip
_Result = tuple[tuple[Returned, ...], NotTaken | None]


def read_forms(path: str | os.PathLike[str], report: child.Report | None = None) -> Folder:
    """Every form in a folder and the folders within it, or the one file at `path`.

    `report` is called with (files read, files) and may raise Cancelled. Raises OfficeError when there is no such
    folder, nothing in it, or too much; what is wrong with single files is said in `Folder.left`.
    """
    root = Path(path).absolute()
    files, left = _listed(root)
    forms: list[Returned] = []
    done = 0
    for start in range(0, len(files), _AT_ONCE):
        some = files[start : start + _AT_ONCE]
        for found, not_taken in _read(some, done, len(files), report):
            forms += found
            left += [not_taken] if not_taken else []
        done += len(some)
    forms.sort(key=lambda one: (one.file, one.line))
    return Folder(root.name, tuple(forms), tuple(sorted(left, key=lambda one: one.file)))


def is_form(path: Path) -> bool:
    """Whether a single file is to be read as a form: any PDF is; a workbook, when it says that it is one of ours."""
    if path.suffix.lower() == ".pdf":
        return True
    return path.suffix.lower() in _TABLES and bool(
        child.run(
            looks_like_a_form, str(path.absolute()), timeout_s=_SECONDS, memory_mb=MEMORY_MB,
            broken=refusals.damaged(), too_large=refusals.too_large(),
        )
    )  # fmt: skip


def _listed(root: Path) -> tuple[list[tuple[str, str]], list[NotTaken]]:
    """(path, name within the folder) of the files that may be forms, and the others with what they are."""
    if root.is_file():
        return [(str(root), root.name)], []
    if not root.is_dir():
        raise refusals.missing()
    found, left = [], []
    for folder, folders, names in os.walk(root, onerror=_closed):
        depth = len(Path(folder).relative_to(root).parts)
        folders[:] = sorted(f for f in folders if not f.startswith((".", "__MACOSX"))) if depth < _DEEPEST else []
        for name in sorted(names):
            # "~$" is what Excel leaves beside an open workbook, "._" what macOS adds.
            if name.startswith((".", "~$")) or name.lower() in _NOT_FILED:
                continue
            path = Path(folder, name)
            shown = path.relative_to(root).as_posix()
            if path.suffix.lower() == ".pdf" or path.suffix.lower() in _TABLES:
                found.append((str(path), shown))
            else:
                left.append(NotTaken(shown, _other(path.suffix.lower())))
            if len(found) + len(left) > MOST_FILES:
                raise _too_many()
    if not found and not left:
        raise OfficeError(
            T("There is no file in the folder “{name}”.", name=root.name),
            safe=T("Nothing has been taken in; your data is as it was."),
            todo=T("Save the returned forms into it and try again."),
        )
    return found, left


def _other(suffix: str) -> Text:
    return next((words for suffixes, words in _KINDS if suffix in suffixes), T("It is not one of our forms."))


def _closed(error: OSError) -> None:
    raise refusals.closed() from error


def _too_many() -> OfficeError:
    return OfficeError(
        T("The folder holds more than {most} files.", most=MOST_FILES),
        safe=T("Nothing has been taken in; your data is as it was."),
        todo=T("Choose the folder in which only the returned forms are."),
    )


def _read(some: Sequence[tuple[str, str]], done: int, of: int, report: child.Report | None) -> list[_Result]:
    """The files of one child; when it dies or takes too long, each in a child of its own."""

    def tell(now: int, _of: int) -> None:
        if report is not None:
            report(done + now, of)

    try:
        return list(
            child.run(
                read_some, list(some), timeout_s=_SECONDS + _SECONDS_EACH * len(some), memory_mb=MEMORY_MB,
                report=tell, broken=refusals.damaged(), too_large=refusals.too_large(),
            )
        )  # fmt: skip
    except OfficeError:
        if len(some) == 1:
            reason = T("It cannot be read: it is damaged or far too large.")
            return [((), NotTaken(some[0][1], reason))]
    return [result for one in some for result in _read([one], done, of, report)]


# From here on: the child's side.


def read_some(files: Sequence[tuple[str, str]], report: child.Report) -> Iterator[_Result]:
    """For each (path, name): who is in the file, or why nobody is."""
    for number, (path, name) in enumerate(files):
        report(number, len(files))
        try:
            yield _one(Path(path), name), None
        except OfficeError as error:
            yield (), NotTaken(name, error.what)


def looks_like_a_form(path: str) -> bool:
    try:
        return bool(read_form_xlsx(Path(path)))
    except EmptyForm:
        return True
    except (NoForm, OfficeError):
        # What is broken is said by whoever reads it as a table.
        return False


def _one(path: Path, name: str) -> tuple[Returned, ...]:
    try:
        with path.open("rb") as file:
            head = file.read(1024)
    except FileNotFoundError as error:
        raise refusals.missing() from error
    except OSError as error:
        raise refusals.closed() from error
    if not head:
        raise refusals.empty()
    if b"%PDF-" in head:
        return (read_form_pdf(path, name),)
    if path.suffix.lower() == ".pdf":
        raise OfficeError(T("The file is damaged."))
    try:
        return tuple(read_form_xlsx(path, name))
    except NoForm as error:
        raise OfficeError(T("It is a table, but not one of our forms: take it in by itself.")) from error

"""Does this build hold everything it needs? Tries every import, reads every sample file and does the main job once."""

from __future__ import annotations

import contextlib
import dis
import importlib
import os
import pkgutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType

import mama_desktop
from mama_desktop import resources
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T

# What libraries ask for by name, so that nothing but the need shows that it is missing.
_BY_NAME = (
    "alembic.ddl.sqlite", "alembic.ddl.postgresql", "docx", "icalendar", "lxml.etree", "psutil", "psycopg",
    "psycopg_binary",
    "reportlab.graphics.barcode.qr", "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlite", "sqlcipher3.dbapi2",
)  # fmt: skip
_RESOURCES = (
    "fonts/NotoSans-Regular.ttf", "fonts/NotoSans-Bold.ttf", "fonts/NotoSans-SemiBold.ttf", "fonts/NotoSans-Italic.ttf",
    "data/si_postal_codes.csv", "data/places.csv.gz", "data/funder_profiles.json", "data/sample", "intake/headings.txt",
    "samples", "look.qss", "tick-dark.svg", "down-light.svg", "up-light.svg",
)  # fmt: skip
_OF_OTHER_SYSTEMS = {"fcntl", "msvcrt", "pwd", "resource", "winreg"}


def run_self_check() -> int:
    """0 when all is there; else 1 and one line on standard error for each thing that is not."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # A part that cannot be imported would only be met again, less clearly, in the work that needs it.
    lacking = [*_modules(), *_files(), *_words()] or [
        f"{check.__name__.strip('_')}: {trouble}"
        for check in (_samples, _countries, _payments, _main_job, _plugins)
        for trouble in _tried(check)
    ]
    for trouble in lacking:
        sys.stderr.write(f"{trouble}\n")
    return 1 if lacking else 0


def _tried(check: Callable[[], Iterator[str]]) -> list[str]:
    try:
        return list(check())
    except Exception:
        return [traceback.format_exc()]


def _modules() -> Iterator[str]:
    """Imports that fail: of every module of the program all that it names anywhere, also only inside a function."""
    wanted = {(name, "") for name in _BY_NAME}
    for found in pkgutil.walk_packages(mama_desktop.__path__, "mama_desktop."):
        if ".migrations" in found.name:  # read by Alembic as files, which the main job shows
            continue
        wanted.add((found.name, ""))
        spec = importlib.util.find_spec(found.name)
        code = getattr(spec and spec.loader, "get_code", lambda _name: None)(found.name)
        if code is None:
            yield f"{found.name} has no code"
            continue
        wanted |= set(_imports_of(code))
    # One library of the system that is missing makes many imports fail: it is named once.
    yield from dict.fromkeys(trouble for name, part in sorted(wanted) if (trouble := _trouble_of(name, part)))


def _imports_of(code: CodeType) -> Iterator[tuple[str, str]]:
    """(module, name taken from it or "") of everything that a piece of bytecode would import."""
    module = ""
    for step in dis.get_instructions(code):
        if step.opname == "IMPORT_NAME":
            module = str(step.argval)
            yield module, ""
        elif step.opname == "IMPORT_FROM":
            yield module, str(step.argval)
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from _imports_of(part)


def _trouble_of(name: str, part: str) -> str:
    """What the import of a module, or of something out of it, says when it fails; else nothing."""
    if name.partition(".")[0] in _OF_OTHER_SYSTEMS:
        return ""
    try:
        module = importlib.import_module(name)
        # `import a.b as c` is compiled as if b were taken from a.b.
        if part and not name.endswith(f".{part}") and not hasattr(module, part):
            importlib.import_module(f"{name}.{part}")
    except ImportError as error:
        return str(error)
    return ""


def _files() -> Iterator[str]:
    return (name for name in _RESOURCES if not resources.path(*name.split("/")).exists())


def _words() -> Iterator[str]:
    from mama_desktop.i18n import language

    if language("sl").say(T("Participant list")) == "Participant list":
        yield "the Slovene catalogue"


def _samples() -> Iterator[str]:
    """Every sample file is read as a file from outside is: by a child of this very program."""
    from mama_desktop.intake.opening import open_file

    for path in sorted(p for p in resources.path("samples").rglob("*") if p.is_file()):
        try:
            if not open_file(path).table.rows:
                yield f"{path.name}: no rows"
        except OfficeError as error:
            yield f"{path.name}: {error.what}"


def _countries() -> Iterator[str]:
    """Babel's languages are files: whoever leaves one out takes away the countries' names in it."""
    from mama_desktop.services.countries import country_of

    if country_of("Österreich") != "AT":
        yield "the names of countries"


def _payments() -> Iterator[str]:
    """The lists of banks and the schemas of payments are data of libraries: both are used once."""
    import datetime as dt

    from mama_desktop.services.expenses.iban import account_of
    from mama_desktop.sheets.sepa import VERSIONS, CreditTransfer, Debtor, sepa_file

    account = account_of("SI56 1910 0000 0123 438")
    if not account.bic:
        yield "the list of banks"
    # The check digits within a country's accounts are modules that schwifty looks for on the disk.
    with contextlib.suppress(OfficeError):
        account_of("SI29 1910 0000 0123 439")
        yield "the checks of accounts"
    day = dt.datetime(2020, 4, 2)
    transfer = CreditTransfer("Ana Zagar", account.iban, 100, "Pot", "1")
    for version in VERSIONS:
        sepa_file(
            Debtor("MaMa", account.iban), [transfer], execution_date=day.date(), message_id="1", made_at=day,
            version=version,
        )  # fmt: skip


def _main_job() -> Iterator[str]:
    """What the main job should have made and did not, or made unreadable."""
    from mama_desktop.demo import run_demo
    from mama_desktop.ui.qt_check import was_drawn_with_letters

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        for line in run_demo(out):
            sys.stdout.write(f"{line}\n")
        for pattern in ("*.mama", "*.xlsx", "*.pdf", "pictures/*.png"):
            if not list(out.glob(pattern)):
                yield f"no {pattern}"
        for path in out.glob("*.pdf"):
            if not _says(path, "Podpis"):
                yield f"{path.name} cannot be read"
        yield from (f"{p.name} shows no letters" for p in out.glob("pictures/*.png") if not was_drawn_with_letters(p))


def _says(path: Path, words: str) -> bool:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pages:
        page = pages[0]
        page.render(scale=1)
        return words in page.get_textpage().get_text_range()


def _plugins() -> Iterator[str]:
    from mama_desktop.ui.qt_check import lacking_parts

    return lacking_parts()

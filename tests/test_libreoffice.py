"""The exported list as another program sees it: LibreOffice keeps its formats, and everybody comes back."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from mama_desktop.services import documents, events, importing
from mama_desktop.services.workspaces import new_workspace
from tests.conftest import ACTOR

CLUB = "2020-04-klub"
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not here (Debian: libreoffice-calc-nogui)")


def _saved_by_libreoffice(path: Path, kind: str, folder: Path) -> Path:
    """The file opened and saved anew as `kind` (xlsx, ods)."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    out = folder / kind
    subprocess.run(
        [str(SOFFICE), profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return out / f"{path.stem}.{kind}"


def test_libreoffice_keeps_the_formats_and_everybody_comes_back(tmp_path: Path) -> None:
    db = new_workspace(tmp_path / "vzorec.mama", actor=ACTOR, sample_too=True)
    event = db.read(events.event_by_code, CLUB)
    path = tmp_path / "seznam.xlsx"
    documents.make(db, "participant-list", CLUB, path, language="sl")

    saved = _saved_by_libreoffice(path, "xlsx", tmp_path)
    sheet = openpyxl.load_workbook(saved).worksheets[0]
    heading = next(row for row in sheet.iter_rows() if row[0].value == "Priimek")
    assert sheet.auto_filter.ref
    # A conversion without a window drops frozen rows from any file, so those are not asked for here.
    assert heading[0].font.bold
    columns = {cell.value: cell.column for cell in heading}
    first = heading[0].row + 1
    cells = {name: sheet.cell(first, column) for name, column in columns.items()}
    phones = [sheet.cell(row, columns["Telefon"]).value for row in range(first, sheet.max_row + 1)]
    assert all(isinstance(phone, str) for phone in phones if phone is not None)
    assert any(str(phone).startswith("+386") for phone in phones)
    births = [sheet.cell(row, columns["Datum rojstva"]) for row in range(first, sheet.max_row + 1)]
    typed = [cell for cell in births if cell.value is not None]
    assert typed
    assert all(isinstance(cell.value, dt.datetime) and "yy" in cell.number_format.lower() for cell in typed)
    codes = [sheet.cell(row, columns["Poštna številka"]).value for row in range(first, sheet.max_row + 1)]
    assert all(isinstance(code, str) for code in codes if code is not None)
    assert cells["Priimek"].value

    for kind in ("xlsx", "ods"):
        again = importing.prepare(db, event, _saved_by_libreoffice(path, kind, tmp_path)).comparison.counts()
        assert (again["new"], again["changed"], again["possible"], again["problem"]) == (0, 0, 0, 0)
        assert again["unchanged"] == 74
    db.close()


def test_a_form_filled_in_comes_back_from_libreoffice(tmp_path: Path) -> None:
    db = new_workspace(tmp_path / "vzorec.mama", actor=ACTOR, sample_too=True)
    event = db.read(events.event_by_code, CLUB)
    path = tmp_path / "skupina.xlsx"
    documents.make(db, "registration-form-xlsx", CLUB, path, language="both")
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    names = next(row for row in page.iter_rows(max_row=12) if str(row[0].value).startswith("MAMA-FORM"))
    at = {cell.value: cell.column for cell in names}
    first = next(row for row in range(names[0].row, 20) if page.cell(row, 1).value == 1)
    for row, given in enumerate(("Živa", "Črt"), first):
        page.cell(row, at["given_name"], given)
        page.cell(row, at["family_name"], "Žagar Đurić")
        page.cell(row, at["c_publication"], "Soglašam / I agree")
    book.save(path)
    for kind in ("xlsx", "ods"):
        saved = _saved_by_libreoffice(path, kind, tmp_path)
        preview = importing.prepare(db, event, saved)
        assert preview.draft.is_forms
        assert [row.name for row in preview.comparison.group("new")] == ["Živa Žagar Đurić", "Črt Žagar Đurić"]
    db.close()

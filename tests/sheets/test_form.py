"""A registration form on paper and in a workbook: every question has its place, whatever its length."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from mama_desktop.domain.forms import MARK, FormIdentity, ascii_name, identity_of, key_of
from mama_desktop.sheets.form import Choice, Filled, Form, FormField, FormSection, FormWords
from mama_desktop.sheets.form_pdf import form_pdf, prefilled
from mama_desktop.sheets.form_xlsx import MOST, PREPARED, form_xlsx
from mama_desktop.sheets.sheet import Words

LONG = "Ime prireditve, na kateri ste nazadnje sodelovali, in v katerem mestu in letu je to bilo (če se še spomnite)"


def _choices(number: int) -> tuple[Choice, ...]:
    return tuple(Choice(f"c{n}", Words(f"Možnost {n}: žabe in čebele", f"Choice {n}")) for n in range(number))


def _form(fields: tuple[FormField, ...], **values: Any) -> Form:
    said = {name: Words(name) for name in FormWords.__dataclass_fields__}
    said |= {"yes": Words("da"), "no": Words("ne"), "agree": Words("Soglašam"), "disagree": Words("Ne soglašam")}
    about = FormSection(Words("O vas"), (FormField("given_name", Words("Ime"), required=True),
                                         FormField("family_name", Words("Priimek"), required=True)))  # fmt: skip
    asked = FormSection(Words("Vprašanja"), fields, ("Obvestilo o obdelavi podatkov.",))
    return Form(
        title=Words("Prijavnica"), sections=(about, asked), words=FormWords(**said), intro=("Izpolnite.",),
        identity=FormIdentity("e1", version="v1"), created=dt.datetime(2020, 3, 1), intro_xlsx=("Izpolnite.",),
        **values,
    )  # fmt: skip


KINDS = (
    FormField("q_long", Words(LONG), "long-text", Words("Nekaj stavkov.")),
    FormField("q_one", Words("Eno", "One"), "choice", choices=_choices(5)),
    FormField("q_many", Words("Več"), "choices", choices=_choices(7)),
    FormField("q_list", Words("Dolg seznam"), "choice", choices=_choices(45)),
    FormField("q_date", Words("Datum"), "date"),
    FormField("q_number", Words("Število"), "number"),
    FormField("q_bool", Words("Da ali ne"), "bool"),
    FormField("q_file", Words("Priloga"), "file"),
    FormField("c_photo", Words("Fotografiranje"), "agree"),
    FormField("c_data", Words("Obvestilo sem prebral/-a."), "tick", required=True),
)


def _boxes(pdf: bytes) -> dict[str, list[tuple[int, tuple[float, ...]]]]:
    found: dict[str, list[tuple[int, tuple[float, ...]]]] = {}
    for number, page in enumerate(PdfReader(BytesIO(pdf)).pages):
        for reference in page["/Annots"]:  # type: ignore[attr-defined]  # an array of the PDF
            widget = reference.get_object()
            name = str(widget.get("/T") or widget["/Parent"]["/T"])
            found.setdefault(name, []).append((number, tuple(float(x) for x in widget["/Rect"])))
    return found


def test_every_question_has_its_field_and_no_two_boxes_touch() -> None:
    many = tuple(
        FormField(f"q_{n}", Words(LONG if n % 7 == 0 else f"Vprašanje {n}"), KINDS[n % 3 + 3].kind, choices=_choices(6))
        for n in range(40)
    )
    pdf = form_pdf(_form(KINDS + many))
    boxes = _boxes(pdf)
    wanted = {"given_name", "family_name", MARK} | {one.name for one in (*KINDS, *many)} - {"q_file", "q_many"}
    assert wanted <= boxes.keys()
    assert {f"q_many__c{n}" for n in range(7)} <= boxes.keys()
    placed = [one for name, places in boxes.items() if name != MARK for one in places]
    for place, (page, (left, low, right, high)) in enumerate(placed):
        assert 0 < left < right < 595.3
        assert 40 < low < high < 842
        for other, (l2, b2, r2, h2) in placed[place + 1 :]:
            assert page != other or right <= l2 or r2 <= left or high <= b2 or h2 <= low


def test_the_form_is_empty_and_says_which_it_is() -> None:
    form = _form(KINDS)
    fields = PdfReader(BytesIO(form_pdf(form))).get_fields() or {}
    assert identity_of(str(fields[MARK]["/V"])) == form.identity
    assert {str(one.get("/V", "")) for name, one in fields.items() if name != MARK} <= {"", "/Off"}
    assert int(fields["given_name"]["/Ff"]) & 2
    assert fields["q_one"]["/TU"] == "Eno / One"


def test_a_filled_form_shows_its_letters() -> None:
    values: dict[str, Filled] = {
        "given_name": "Živa Đurđica", "family_name": "Čuček",
        "q_long": "Prva vrstica.\nDruga, čšž ČŠŽ ćđ. " + "a " * 600,
        "q_date": dt.date(2003, 4, 2), "q_one": "c3", "q_many": ("c1", "c6"), "q_list": "c44", "q_bool": False,
        "c_photo": True, "c_data": True, "unknown": "x",
    }  # fmt: skip
    pdf = prefilled(_form(KINDS), values)
    assert prefilled(_form(KINDS), values) == pdf
    fields = PdfReader(BytesIO(pdf)).get_fields() or {}
    assert (fields["family_name"]["/V"], fields["q_date"]["/V"]) == ("Čuček", "2. 4. 2003")
    assert (fields["q_one"]["/V"], fields["q_bool"]["/V"], fields["c_photo"]["/V"]) == ("/c3", "/no", "/yes")
    assert (fields["q_many__c1"]["/V"], fields["q_many__c2"]["/V"], fields["q_list"]["/V"]) == ("/Yes", "/Off", "c44")
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        shown = document[0].render(scale=2, may_draw_forms=True).to_pil().convert("L")
    with pypdfium2.PdfDocument(form_pdf(_form(KINDS))) as document:
        empty = document[0].render(scale=2).to_pil().convert("L")
    dark = [sum(count for grey, count in enumerate(one.histogram()) if grey < 90) for one in (shown, empty)]
    assert dark[0] > dark[1] + 2_000


@pytest.mark.parametrize("key", ["c1", "da, seveda", "č/š ž.(1)", "a__b~c", "100 %"])
def test_any_key_of_a_choice_survives_as_a_name(key: str) -> None:
    name = ascii_name(key)
    assert re.fullmatch(r"[\w%-]+", name, re.ASCII)
    assert key_of(name) == key


def test_the_workbook_has_rows_lists_and_checks() -> None:
    page = load_workbook(BytesIO(form_xlsx(_form(KINDS)))).worksheets[0]
    assert page.protection.sheet
    assert not page.protection.password
    (names,) = (row for row in page.iter_rows(max_row=12) if str(row[0].value).startswith(MARK))
    at = {cell.value: cell for cell in names[1:]}
    assert "q_file" not in at
    assert page.row_dimensions[names[0].row].hidden
    first = names[0].row + 3
    assert [page.cell(first + n, 1).value for n in (0, PREPARED - 1, PREPARED)] == [1, PREPARED, None]
    assert not page.cell(first, at["q_one"].column).protection.locked
    assert page.cell(first - 1, at["q_one"].column).protection.locked
    checks = {str(one.sqref).split(":")[0]: one for one in page.data_validations.dataValidation}
    for name, kind in (("q_one", "list"), ("q_date", "date"), ("q_number", "decimal"), ("q_many__c2", "list")):
        check = checks[f"{at[name].column_letter}{first}"]
        assert (check.type, str(check.sqref)) == (
            kind,
            f"{at[name].column_letter}{first}:{at[name].column_letter}{first + MOST - 1}",
        )
    assert all(len(one.prompt or "") < 256 and len(one.promptTitle or "") < 33 for one in checks.values())


def test_the_lists_of_the_workbook_hold_the_choices() -> None:
    book = load_workbook(BytesIO(form_xlsx(_form(KINDS))))
    assert [sheet.sheet_state for sheet in book.worksheets[2:]] == ["hidden", "hidden"]
    said = {str(column[0].value): len([cell for cell in column if cell.value]) for column in book["lists"].columns}
    assert said["Možnost 0: žabe in čebele / Choice 0"] in (5, 45)
    assert said["da"] in (1, 2)

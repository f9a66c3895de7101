"""Hostile and broken files: each ends in one clear sentence, within the limits, and nothing else happens."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from mama_desktop import i18n
from mama_desktop.domain.errors import OfficeError
from mama_desktop.intake import opening
from mama_desktop.intake.opening import open_file

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"


def book_of(sheet: str, *, before: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """A hand-made .xlsx whose only sheet is this XML."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE_REL}"><Relationship Id="r" Type="{_REL}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_REL}"><sheets><sheet name="A" sheetId="1" r:id="r"/></sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE_REL}"><Relationship Id="r" '
        f'Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?>{before}<worksheet {_MAIN}>{sheet}</worksheet>',
    }
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
        for name, content in (more or {}).items():
            package.writestr(name, content)
    return raw.getvalue()


def cell(place: str, words: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


_FIRST = row(1, cell("A1", "Ime"), cell("B1", "Priimek"))
_SECOND = row(2, cell("A2", "Ana"), cell("B2", "Kovač"))
SMALL = f"<sheetData>{_FIRST}{_SECOND}</sheetData>"


def good_book() -> bytes:
    book = Workbook()
    for line in (
        ["Ime", "Priimek", "E-pošta"],
        ["Ana", "Kovač", "ana@example.org"],
        ["Žiga", "Šuštar", "z@example.org"],
    ):
        book.active.append(line)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def truncated_book() -> bytes:
    return good_book()[:-400]


def cut_in_the_middle() -> bytes:
    return good_book()[:2000]


def bomb() -> bytes:
    """10 MB of the same cell, packed a thousandfold, forty times over."""
    filler = b" " * (20 * 2**20)
    return book_of(SMALL, more={f"xl/media/{n}.xml": filler for n in range(40)})


def bomb_in_the_sheet() -> bytes:
    return book_of(f"<sheetData>{row(1, cell('A1', 'x' * 400 * 2**20))}</sheetData>")


def lying_bomb() -> bytes:
    """The directory declares one byte, the sheet unpacks to 300 MB."""
    data = bytearray(book_of(f"<sheetData>{row(1, cell('A1', 'y' * 300 * 2**20))}</sheetData>"))
    start = data.rfind(b"PK\x01\x02")
    while start >= 0:
        data[start + 24 : start + 28] = struct.pack("<I", 1)
        start = data.rfind(b"PK\x01\x02", 0, start)
    return bytes(data)


def far_corner() -> bytes:
    """Two cells, in the first and the last of 17 billion places."""
    return book_of(f"<sheetData>{row(1, cell('A1', 'Ime'))}{row(1048576, cell('XFD1048576', 'x'))}</sheetData>")


def two_million_rows() -> bytes:
    body = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 300_000))
    return book_of(f"<sheetData>{body}</sheetData>")


def encrypted_book() -> bytes:
    """What Excel makes of a password: an OLE file with the package inside."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 2000


def cyclic_ole() -> bytes:
    """An old workbook whose allocation table leads in a circle."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIIII", header, 40, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    struct.pack_into("<109I", header, 76, 0, *([0xFFFFFFFF] * 108))
    table = struct.pack("<128I", 0xFFFFFFFD, 2, 1, *([0xFFFFFFFF] * 125))
    return bytes(header) + table + b"\0" * 1024


def entry_of_entries() -> bytes:
    """A billion laughs in the strings of a workbook."""
    laughs = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    return book_of(f"<sheetData>{row(1, cell('A1', '&j;'))}</sheetData>", before=laughs + "]>")


def encrypted_ods() -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", "<manifest><encryption-data/></manifest>")
        package.writestr("content.xml", b"\x01\x02")
    return raw.getvalue()


def word_document() -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    return raw.getvalue()


def repeated_ods() -> bytes:
    """One row that says it is there a billion times."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", "<manifest/>")
        package.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
            '<table:table table:name="A"><table:table-row table:number-rows-repeated="1000000000">'
            '<table:table-cell table:number-columns-repeated="16000" office:value-type="string"><text:p>x</text:p>'
            "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    return raw.getvalue()


DAMAGED = "damaged"
BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing.xlsx": (lambda: b"", "nothing in the file"),
    "spaces.csv": (lambda: b"  \r\n \r\n", "nothing in the file"),
    "truncated.xlsx": (truncated_book, DAMAGED),
    "half.xlsx": (cut_in_the_middle, DAMAGED),
    "noise.xls": (lambda: bytes(range(256)) * 40, DAMAGED),
    "ole noise.xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 40, DAMAGED),
    "cyclic.xls": (cyclic_ole, DAMAGED),
    "bomb.xlsx": (bomb, "too large"),
    "bomb in the sheet.xlsx": (bomb_in_the_sheet, "too large"),
    "lying bomb.xlsx": (lying_bomb, DAMAGED),
    "far corner.xlsx": (far_corner, "too large"),
    "many rows.xlsx": (two_million_rows, "too large"),
    "password.xlsx": (encrypted_book, "password"),
    "password.ods": (encrypted_ods, "password"),
    "repeated.ods": (repeated_ods, "could not be read"),
    "laughs.xlsx": (entry_of_entries, "damaged"),
    "letter.docx": (word_document, "text document"),
    "poster.pdf": (lambda: b"%PDF-1.7\n" + bytes(200), "PDF"),
    "picture.xlsx": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(200), "picture"),
    "page.xls": (lambda: b"<html><body><p>Prijavite se</p></body></html>", "No table"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_ends_in_one_clear_sentence(name: str, tmp_path: Path) -> None:
    make, words = BROKEN[name]
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(OfficeError) as caught:
        open_file(path)
    said = i18n.language("en").say(caught.value.what)
    assert words in said
    assert "\n" not in said
    assert caught.value.safe is not None
    assert caught.value.todo is not None


def test_limits_are_those_promised() -> None:
    assert opening.TIMEOUT_S < 10
    assert opening.MEMORY_MB <= 500


def test_entities_from_outside_are_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words", encoding="utf-8")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'
    path = tmp_path / "xxe.xlsx"
    path.write_bytes(book_of(SMALL.replace("Kovač", "&e;"), before=entity))
    try:
        reading = open_file(path)
    except OfficeError:
        return
    assert "secret words" not in str(reading)


def test_a_million_declared_rows_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "declared.xlsx"
    path.write_bytes(book_of('<dimension ref="A1:XFD1048576"/>' + SMALL))
    assert [row.values for row in open_file(path).table.rows] == [("Ana", "Kovač")]


def test_folder_and_missing(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="folder"):
        open_file(tmp_path)
    with pytest.raises(OfficeError, match="no longer there"):
        open_file(tmp_path / "gone.xlsx")


@pytest.mark.parametrize("name", ["workbook.csv", "workbook.xls", "workbook"])
def test_a_good_workbook_by_any_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(good_book())
    assert open_file(path).table.rows[1].values[1] == "Šuštar"


def test_any_beginning_of_a_good_file_is_read_or_refused(tmp_path: Path) -> None:
    """Wherever a download broke off: a table or a sentence."""
    whole = good_book()
    path = tmp_path / "part.xlsx"
    for size in range(200, len(whole), len(whole) // 12):
        path.write_bytes(whole[:size])
        with pytest.raises(OfficeError):
            open_file(path)

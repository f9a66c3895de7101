"""A smallest binary workbook (.xlsb) with one sheet of text, as nothing here can write one ([MS-XLSB])."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="{target}"/></Relationships>'
)


def xlsb_of(rows: Sequence[Sequence[str]], sheet: str = "Prijave") -> bytes:
    """The bytes of a workbook whose only sheet holds these texts."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as package:
        parts: dict[str, str | bytes] = {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELS.format(id="r1", kind="officeDocument", target="xl/workbook.bin"),
            "xl/workbook.bin": _workbook(sheet),
            "xl/_rels/workbook.bin.rels": _RELS.format(id="rId1", kind="worksheet", target="worksheets/sheet1.bin"),
            "xl/worksheets/sheet1.bin": _sheet(rows),
        }
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2020, 3, 1, 12, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return raw.getvalue()


def _workbook(sheet: str) -> bytes:
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide(sheet)
    return b"".join((
        _record(131), _record(143), _record(156, bundle), _record(144), _record(157, bytes(26)), _record(132),
    ))  # fmt: skip


def _sheet(rows: Sequence[Sequence[str]]) -> bytes:
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    parts = [_record(129), _record(148, size), _record(145)]
    for number, row in enumerate(rows):
        parts.append(_record(0, struct.pack("<I", number) + bytes(21)))
        parts += [_record(6, struct.pack("<II", place, 0) + _wide(words)) for place, words in enumerate(row) if words]
    return b"".join((*parts, _record(146), _record(130)))


def _wide(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def _record(kind: int, data: bytes = b"") -> bytes:
    head = bytes((kind,)) if kind < 128 else bytes((kind & 0x7F | 0x80, kind >> 7))
    size, left = b"", len(data)
    while True:
        size += bytes((left & 0x7F | (0x80 if left > 127 else 0),))
        left >>= 7
        if not left:
            return head + size + data

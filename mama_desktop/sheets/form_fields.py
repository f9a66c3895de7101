"""The fields of a PDF form: laid over drawn pages, filled in with any letters, known again by their names.

They are written as plain objects of the PDF (ISO 32000-1, 12.7): what a viewer shows of a value is drawn here in the
bundled typeface, because the fonts that every viewer has know no č.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from mama_desktop.domain.forms import MARK, OF, ascii_name
from mama_desktop.i18n import language
from mama_desktop.sheets.form import Filled, Form
from mama_desktop.sheets.form_layout import Place
from mama_desktop.sheets.pdf import A4, SIDE
from mama_desktop.sheets.typeface import LEADING, REGULAR, Line, fit, fonts, pieces, whole, wrap

_SIZE = 10.0
_PAD = 4.0
# Flags of fields (ISO 32000-1, tables 221, 226, 228, 230).
_READ_ONLY, _REQUIRED, _LINES, _RADIO, _LIST = 1, 1 << 1, 1 << 12, 1 << 15, 1 << 17
_PRINTED, _HIDDEN = 4, 2
_INK = "0.11 0.14 0.19 rg"
# Windows-1250 by glyph names: what somebody types is encoded so, šumniki of all our neighbours included.
_CODES = {
    0x8A: "Scaron", 0x8C: "Sacute", 0x8D: "Tcaron", 0x8E: "Zcaron", 0x8F: "Zacute", 0x9A: "scaron", 0x9C: "sacute",
    0x9D: "tcaron", 0x9E: "zcaron", 0x9F: "zacute", 0xA3: "Lslash", 0xA5: "Aogonek", 0xAA: "Scedilla",
    0xAF: "Zdotaccent", 0xB3: "lslash", 0xB9: "aogonek", 0xBA: "scedilla", 0xBC: "Lcaron", 0xBE: "lcaron",
    0xBF: "zdotaccent", 0xC0: "Racute", 0xC3: "Abreve", 0xC5: "Lacute", 0xC6: "Cacute", 0xC8: "Ccaron",
    0xCA: "Eogonek", 0xCC: "Ecaron", 0xCF: "Dcaron", 0xD0: "Dcroat", 0xD1: "Nacute", 0xD2: "Ncaron",
    0xD5: "Ohungarumlaut", 0xD8: "Rcaron", 0xD9: "Uring", 0xDB: "Uhungarumlaut", 0xE0: "racute", 0xE3: "abreve",
    0xE5: "lacute", 0xE6: "cacute", 0xE8: "ccaron", 0xEA: "eogonek", 0xEC: "ecaron", 0xEF: "dcaron", 0xF0: "dcroat",
    0xF1: "nacute", 0xF2: "ncaron", 0xF5: "ohungarumlaut", 0xF8: "rcaron", 0xF9: "uring", 0xFB: "uhungarumlaut",
}  # fmt: skip


def add_fields(drawn: bytes, places: Sequence[tuple[int, Place]], form: Form, values: Mapping[str, Filled]) -> bytes:
    """The drawn pages with a field at each place, and the form's identity in a hidden one."""
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=BytesIO(drawn))
    _Fields(writer, form, values).write(places)
    writer.add_metadata({f"/{MARK}": form.identity.mark()})
    data = BytesIO()
    writer.write(data)
    return data.getvalue()


def shown(value: Filled, code: str) -> str:
    """A value as it stands in a field of words: a day as people write it."""
    if isinstance(value, dt.date):
        return language(code).date(value)
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value)


class _Fields:
    """Gathers the fields of one form; `write` puts them into the file."""

    def __init__(self, writer: Any, form: Form, values: Mapping[str, Filled]) -> None:
        from pypdf import generic

        self.pdf = generic
        self.writer = writer
        self.form = form
        self.values = values
        self.fields: list[Any] = []
        self.groups: dict[str, Any] = {}

    def write(self, places: Sequence[tuple[int, Place]]) -> None:
        filled = [(place, words) for _, place in places if (words := self._words_in(place))]
        looks = iter(_drawn_values(filled))
        for number, place in places:
            page = self.writer.pages[number]
            if place.kind == "round":
                widget = self._ring(place, page)
            elif place.kind == "tick":
                widget = self._tick(place, page)
            else:
                widget = self._words(place, page, looks)
            self._on_page(page, widget)
        self._identity()
        pdf = self.pdf
        fonts_known = self._dict(Helv=self._helvetica(), ZaDb=self._add(self._font("ZapfDingbats")))
        self.writer.root_object[pdf.NameObject("/AcroForm")] = self._add(
            self._dict(
                Fields=pdf.ArrayObject(self.fields), DR=self._dict(Font=fonts_known),
                DA=pdf.create_string_object(f"/Helv {_SIZE:g} Tf {_INK}"),
            )
        )  # fmt: skip

    # One kind after the other

    def _words(self, place: Place, page: Any, looks: Any) -> Any:
        pdf = self.pdf
        size = 0 if place.kind == "lines" else _SIZE
        field = self._widget(place, page)
        self._named(field, place, "Ch" if place.kind == "list" else "Tx")
        flags = (_LIST if place.kind == "list" else _LINES if place.kind == "lines" else 0) | self._must(place)
        field.update(self._dict(Ff=flags, DA=pdf.create_string_object(f"/Helv {size:g} Tf {_INK}")))
        if place.kind == "list":
            pairs = [("", " "), *((ascii_name(key), words) for key, words in place.choices)]
            field[pdf.NameObject("/Opt")] = pdf.ArrayObject(
                pdf.ArrayObject([pdf.create_string_object(key), self._text(words)]) for key, words in pairs
            )
        words = self._words_in(place)
        stored = ascii_name(str(self.values[place.name])) if words and place.kind == "list" else words
        if words:
            field[pdf.NameObject("/V")] = self._text(stored)
        look = self._look(next(looks), place) if words else self._stream(b"/Tx BMC EMC", place)
        field[pdf.NameObject("/AP")] = self._dict(N=look)
        reference = self._add(field)
        self.fields.append(reference)
        return reference

    def _tick(self, place: Place, page: Any) -> Any:
        field = self._widget(place, page)
        self._named(field, place, "Btn")
        self._stated(field, place, on=self._is_on(place), mark="4")
        field.update(self._dict(Ff=self._must(place), V=self.pdf.NameObject("/Yes" if self._is_on(place) else "/Off")))
        reference = self._add(field)
        self.fields.append(reference)
        return reference

    def _ring(self, place: Place, page: Any) -> Any:
        """A circle of a group of which at most one is chosen."""
        pdf = self.pdf
        group = self.groups.get(place.name)
        if group is None:
            group = self._dict(Kids=pdf.ArrayObject(), V=pdf.NameObject("/Off"))
            self._named(group, place, "Btn")
            label = next((one.label.line for one in self.form.fields() if one.name == place.name), place.said)
            group.update(self._dict(Ff=_RADIO | self._must(place), TU=self._text(label)))
            self.groups[place.name] = group
            self.fields.append(self._add(group))
        widget = self._widget(place, page)
        on = self._is_on(place)
        self._stated(widget, place, on=on, mark="l")
        widget.update(self._dict(Parent=group.indirect_reference, TU=self._text(place.said)))
        if on:
            group[pdf.NameObject("/V")] = pdf.NameObject(f"/{place.state}")
        reference = self._add(widget)
        group["/Kids"].append(reference)
        return reference

    def _identity(self) -> None:
        pdf = self.pdf
        page = self.writer.pages[0]
        place = Place(MARK, "text", 0, 0, 0, 0, MARK)
        field = self._widget(place, page)
        self._named(field, place, "Tx")
        field.update(self._dict(F=_HIDDEN, Ff=_READ_ONLY, V=pdf.create_string_object(self.form.identity.mark())))
        field[pdf.NameObject("/DA")] = pdf.create_string_object(f"/Helv {_SIZE:g} Tf {_INK}")
        field[pdf.NameObject("/Rect")] = pdf.ArrayObject(pdf.FloatObject(0) for _ in range(4))
        reference = self._add(field)
        self.fields.append(reference)
        self._on_page(page, reference)

    # What is known already

    def _words_in(self, place: Place) -> str:
        """What stands in a field of words, as it is shown."""
        value = self.values.get(place.name)
        if place.kind in ("tick", "round") or value is None or value == "":
            return ""
        if place.kind == "list":
            return dict(place.choices).get(str(value), "")
        return shown(value, self.form.language)

    def _is_on(self, place: Place) -> bool:
        name, _, key = place.name.partition(OF)
        value = self.values.get(name)
        if place.kind == "tick":
            return key in {ascii_name(k) for k in value} if key and isinstance(value, tuple) else value is True
        said = {True: "yes", False: "no"}.get(value) if isinstance(value, bool) else value
        return isinstance(said, str) and said != "" and ascii_name(said) == place.state

    # Objects of the file

    def _dict(self, **entries: Any) -> Any:
        made = self.pdf.DictionaryObject()
        for name, value in entries.items():
            made[self.pdf.NameObject(f"/{name}")] = self.pdf.NumberObject(value) if isinstance(value, int) else value
        return made

    def _add(self, made: Any) -> Any:
        return self.writer._add_object(made)

    def _text(self, words: str) -> Any:
        return self.pdf.TextStringObject(words)

    def _must(self, place: Place) -> int:
        return _REQUIRED if place.required else 0

    def _widget(self, place: Place, page: Any) -> Any:
        pdf = self.pdf
        left, low = SIDE + place.x, A4[1] - place.y - place.high
        corners = (left, low, left + place.wide, low + place.high)
        return self._dict(
            Type=pdf.NameObject("/Annot"), Subtype=pdf.NameObject("/Widget"), F=_PRINTED, P=page.indirect_reference,
            Rect=pdf.ArrayObject(pdf.FloatObject(round(corner, 2)) for corner in corners),
        )  # fmt: skip

    def _named(self, field: Any, place: Place, kind: str) -> None:
        field.update(
            self._dict(
                FT=self.pdf.NameObject(f"/{kind}"), T=self.pdf.create_string_object(place.name),
                TU=self._text(place.said),
            )
        )  # fmt: skip

    def _stated(self, widget: Any, place: Place, *, on: bool, mark: str) -> None:
        """A box or a circle that is on or off; the mark is drawn, so that no font is needed for it."""
        pdf = self.pdf
        side = place.wide
        if place.kind == "tick":
            points = [(0.22, 0.52), (0.43, 0.26), (0.8, 0.78)]
            path = " ".join(f"{x * side:.2f} {y * side:.2f} {'l' if i else 'm'}" for i, (x, y) in enumerate(points))
            drawn = f"q 0.04 0.43 0.41 RG 1.6 w 1 J 1 j {path} S Q"
        else:
            drawn = f"q 0.04 0.43 0.41 rg {_disc(side / 2, side * 0.28)} f Q"
        states = self._dict(Off=self._stream(b"", place))
        states[pdf.NameObject(f"/{place.state}")] = self._stream(drawn.encode(), place)
        widget.update(
            self._dict(
                AS=pdf.NameObject(f"/{place.state}" if on else "/Off"), AP=self._dict(N=states),
                MK=self._dict(CA=pdf.create_string_object(mark)), DA=pdf.create_string_object("/ZaDb 0 Tf 0 g"),
            )
        )  # fmt: skip

    def _stream(self, content: bytes, place: Place, resources: Any = None) -> Any:
        pdf = self.pdf
        made = pdf.DecodedStreamObject()
        made.set_data(content)
        made.update(
            self._dict(
                Type=pdf.NameObject("/XObject"), Subtype=pdf.NameObject("/Form"),
                BBox=pdf.ArrayObject(pdf.FloatObject(round(n, 2)) for n in (0, 0, place.wide, place.high)),
                Resources=resources if resources is not None else self._dict(),
            )
        )  # fmt: skip
        return self._add(made)

    def _look(self, page: Any, place: Place) -> Any:
        """What was drawn on a small page, as the look of a field."""
        content = page.get_contents().get_data()
        resources = page["/Resources"].clone(self.writer)
        return self._stream(b"/Tx BMC q\n" + content + b"\nQ EMC", place, resources)

    def _on_page(self, page: Any, widget: Any) -> None:
        name = self.pdf.NameObject("/Annots")
        if name not in page:
            page[name] = self.pdf.ArrayObject()
        page[name].append(widget)

    def _font(self, name: str) -> Any:
        pdf = self.pdf
        return self._dict(
            Type=pdf.NameObject("/Font"), Subtype=pdf.NameObject("/Type1"), BaseFont=pdf.NameObject(f"/{name}")
        )

    def _helvetica(self) -> Any:
        pdf = self.pdf
        differences = pdf.ArrayObject()
        for code, name in _CODES.items():
            differences += [pdf.NumberObject(code), pdf.NameObject(f"/{name}")]
        font = self._font("Helvetica")
        font[pdf.NameObject("/Encoding")] = self._add(
            self._dict(
                Type=pdf.NameObject("/Encoding"), BaseEncoding=pdf.NameObject("/WinAnsiEncoding"),
                Differences=differences,
            )
        )  # fmt: skip
        return self._add(font)


def _disc(middle: float, radius: float) -> str:
    """A filled circle of four curves."""
    k, m, r = radius * 0.5523, middle, radius
    corners = [
        (m + r, m + k, m + k, m + r, m, m + r), (m - k, m + r, m - r, m + k, m - r, m),
        (m - r, m - k, m - k, m - r, m, m - r), (m + k, m - r, m + r, m - k, m + r, m),
    ]  # fmt: skip
    curves = " ".join(" ".join(f"{n:.2f}" for n in corner) + " c" for corner in corners)
    return f"{m + r:.2f} {m:.2f} m {curves}"


def _drawn_values(wanted: Sequence[tuple[Place, str]]) -> list[Any]:
    """A small page for each value, as large as its field, the words in the bundled typeface."""
    if not wanted:
        return []
    from pypdf import PdfReader
    from reportlab.pdfgen.canvas import Canvas

    fonts()
    data = BytesIO()
    canvas = Canvas(data, pageCompression=0, invariant=1, initialFontName=REGULAR, initialFontSize=_SIZE)
    for place, words in wanted:
        canvas.setPageSize((place.wide, place.high))
        canvas.setFillColorRGB(0.11, 0.14, 0.19)
        for x, y, line in _lines(place, words):
            canvas.setFont(REGULAR, line.size)
            canvas.drawString(x, y, "".join(run.text for run in line.runs))
        canvas.showPage()
    canvas.save()
    return list(PdfReader(data).pages)


def _lines(place: Place, words: str) -> list[tuple[float, float, Line]]:
    """Lines of a value with the place of each in its field, measured from the bottom left."""
    room = place.wide - 2 * _PAD
    if place.kind != "lines":
        # A space is no reason to break what stands on one line.
        lines, _ = fit(whole(" ".join(words.split())), room, place.high, (_SIZE, 9.0, 8.0, 7.0))
        return [(_PAD, (place.high - line.size) / 2 + line.size * 0.24, line) for line in lines[:1]]
    found: tuple[Line, ...] = ()
    for size in (_SIZE, 9.0, 8.0, 7.0, 6.0, 5.0):
        found = tuple(line for part in words.splitlines() for line in wrap(pieces(part or " "), room, size))
        if sum(line.size * LEADING for line in found) <= place.high - 4:
            break
    placed, y = [], place.high - 3
    for line in found:
        y -= line.size * LEADING
        placed.append((_PAD, y + line.size * 0.26, line))
    return placed

"""A registration form written as a PDF to be filled in on the screen or by hand, empty or with what is known."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from mama_desktop.sheets import blocks
from mama_desktop.sheets.form import Filled, Form
from mama_desktop.sheets.form_fields import add_fields
from mama_desktop.sheets.form_layout import Piece, Place, pages_of, pieces_of
from mama_desktop.sheets.pdf import A4, BOTTOM, SIDE, TOP, Pen, canvas_for
from mama_desktop.sheets.sheet import Sheet
from mama_desktop.sheets.typeface import fonts


def form_pdf(form: Form, values: Mapping[str, Filled] | None = None) -> bytes:
    """The form as a PDF with fields. values: name of a field → what stands in it already (see `prefilled`)."""
    drawn, places = _drawn(form)
    return add_fields(drawn, places, form, values or {})


def prefilled(form: Form, values: Mapping[str, Filled]) -> bytes:
    """Somebody's own form: what is known of them stands in it already, and may be mended by them."""
    known = {one.name for one in form.fields()}
    return form_pdf(form, {name: value for name, value in values.items() if name in known})


def _drawn(form: Form) -> tuple[bytes, list[tuple[int, Place]]]:
    """The pages without fields, and each box to fill in with the number of its page (from 0)."""
    fonts()
    sheet = _around(form)
    data = BytesIO()
    canvas: Any = canvas_for(sheet, data, A4)
    room = A4[0] - 2 * SIDE
    head, later = blocks.heading(sheet, room), blocks.short_heading(sheet, room)
    high = A4[1] - TOP - BOTTOM - blocks.foot(sheet, room, 1, 1).height - 9
    pages = pages_of(list(pieces_of(form, room)), high - head.height, high - later.height)
    placed: list[tuple[int, Place]] = []
    for number, parts in enumerate(pages):
        pen = Pen(canvas, SIDE, A4[1])
        top = later if number else head
        pen.put(top, TOP)
        y = TOP + top.height
        for part in parts:
            _put(pen, part, y)
            placed += [(number, place.moved(0, y)) for place in part.places]
            y += part.height
        foot = blocks.foot(sheet, room, number + 1, len(pages))
        pen.put(foot, A4[1] - BOTTOM - foot.height)
        pen.done()
        canvas.showPage()
    canvas.save()
    return data.getvalue(), placed


def _put(pen: Pen, part: Piece, y: float) -> None:
    for x, top, wide, high, shade in part.fills:
        pen.fill(x, y + top, wide, high, shade)
    pen.put(part, y)
    for place in part.places:
        if place.kind == "round":
            pen.ring(place.x, y + place.y, place.wide)
        else:
            pen.frame(place.x, y + place.y, place.wide, place.high)


def _around(form: Form) -> Sheet:
    """What the heading and the foot of a page are made of."""
    return Sheet(
        key="registration-form", title=form.title, columns=(), language=form.language, facts=form.facts,
        heading_right=form.dates, funding=form.funding, logos_left=form.logos_left, logos_right=form.logos_right,
        footer_left=form.footer_left, page_word=form.page_word, author=form.author, created=form.created,
    )  # fmt: skip

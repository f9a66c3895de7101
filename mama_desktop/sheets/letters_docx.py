"""Letters as a Word document: each begins a page, with the office's logo above and its address below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from mama_desktop.domain.text import clean_lines
from mama_desktop.sheets.letter import LetterSheet, LetterTable

_FONT = "Calibri"
Report = Callable[[int, int], None]


def letters_docx(letters: Sequence[LetterSheet], *, title: str = "", report: Report | None = None) -> bytes:
    """All letters in one document, as bytes. report(done, total) may raise to stop."""
    from docx import Document
    from docx.shared import Mm, Pt

    document = Document()
    document.core_properties.title = title[:255]
    document.core_properties.author = letters[0].head[0] if letters and letters[0].head else ""
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(11)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.15
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(40), Mm(26)
    section.header_distance = section.footer_distance = Mm(12)
    if letters:
        _around(section, letters[0])
    for number, letter in enumerate(letters):
        if report is not None:
            report(number, len(letters))
        _letter(document, letter, first=number == 0)
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def _around(section: Any, letter: LetterSheet) -> None:
    """Logos above, the office and the funder's sentence below; the same for every letter."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm, Pt, RGBColor

    head = section.header.paragraphs[0]
    head.paragraph_format.tab_stops.clear_all()
    head.paragraph_format.tab_stops.add_tab_stop(Mm(165), WD_TAB_ALIGNMENT.RIGHT)
    for logo in letter.logos_left:
        head.add_run().add_picture(BytesIO(logo), height=Mm(11.5))
    if letter.logos_right:
        # The style of a header has a tab in the middle before the one at the right.
        head.add_run("\t\t")
    for logo in letter.logos_right:
        head.add_run().add_picture(BytesIO(logo), height=Mm(11.5))
    foot = section.footer.paragraphs[0]
    lines = ["  ·  ".join(letter.head), *letter.funding]
    for number, words in enumerate(line for line in lines if line):
        paragraph = foot if number == 0 else section.footer.add_paragraph()
        run = paragraph.add_run(_safe(words))
        run.font.size, run.font.color.rgb = Pt(8 if number == 0 else 7), RGBColor(0x5B, 0x66, 0x75)


def _letter(document: Any, letter: LetterSheet, *, first: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    start: Any = None
    for line in letter.address or ("",):
        paragraph = document.add_paragraph(_safe(line))
        start = start or paragraph
    if not first:
        start.paragraph_format.page_break_before = True
    if letter.place_date:
        paragraph = document.add_paragraph(_safe(letter.place_date))
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.space_before = Pt(36)
    subject = document.add_paragraph()
    run = subject.add_run(_safe(letter.subject))
    run.bold, run.font.size = True, Pt(13)
    subject.paragraph_format.space_before, subject.paragraph_format.space_after = Pt(18), Pt(12)
    subject.paragraph_format.keep_with_next = True
    for block in letter.blocks:
        if isinstance(block, LetterTable):
            _table(document, block)
            continue
        for line in block.split("\n"):
            document.add_paragraph(_safe(line))


def _table(document: Any, table: LetterTable) -> None:
    from docx.shared import Pt

    made = document.add_table(rows=0, cols=len(table.headings))
    made.style = "Table Grid"
    for number, row in enumerate((table.headings, *table.rows)):
        for cell, words in zip(made.add_row().cells, row, strict=True):
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(_safe(words))
            run.bold, run.font.size = number == 0, Pt(10)


def _safe(words: str) -> str:
    """Without the control characters that XML does not hold."""
    return words if words.isprintable() else clean_lines(words)

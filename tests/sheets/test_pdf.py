"""The paper: nothing past its cell, no word broken, every page complete, numbers that can be found again."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ImageFont

from mama_desktop import resources
from mama_desktop.domain.errors import OfficeError
from mama_desktop.sheets.pages import page_count, page_image, page_images, page_sizes
from mama_desktop.sheets.pdf import SIDE, Printed, print_pdf, write_pdf
from mama_desktop.sheets.qr import qr_runs
from mama_desktop.sheets.sheet import Column, Group, Name, Sheet, Words, choose_columns
from mama_desktop.sheets.table import MM, PAD, lay_out, measure, share, sizes_of, wishes
from mama_desktop.sheets.typeface import Piece, fit, pieces, width
from tests.sheets.samples import PEOPLE, participants, sign_in

ROOM = 180 * MM


def texts(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def check(sheet: Sheet) -> tuple[list[str], Printed]:
    data, printed = print_pdf(sheet)
    pages = texts(data)
    assert len(pages) == printed.pages
    return pages, printed


def test_every_page_is_complete() -> None:
    pages, printed = check(sign_in(52, staff=3))
    assert printed.pages == 4
    for i, text in enumerate(pages, 1):
        for words in ("Lista prisotnosti", "Attendance list", "Priimek in ime", "Family and given name", "Podpis"):
            assert words in text
        assert f"stran {i} od 4 / page {i} of 4" in text
        assert "četrtek, 2. april 2020" in text
        assert "Present on this page" in text
        assert "K7Q2M" in text
        assert "Urad Republike Slovenije za mladino" in text
    assert "Skupaj / Total" in pages[-1]
    assert "Organizator (ime, podpis, žig)" in pages[-1]
    assert not any("Skupaj / Total" in text for text in pages[:-1])


def test_letters_are_searchable() -> None:
    (text, *_), _ = check(sign_in(8, both=False))
    for words in ("Bizjak Žan", "Čater Špela", "Ćosić Dario", "Đurić Đorđe", "Göteborg", "Šuštar"):
        assert words in text


def test_one_language_leaves_the_other_out() -> None:
    (text, *_), _ = check(sign_in(3, both=False))
    assert "Attendance" not in text
    assert "stran 1 od 1" in text


def test_numbers_and_pages_come_back() -> None:
    _, printed = check(sign_in(40, staff=3, numbers_from=101))
    people = [row for row in printed.rows if row.at is not None]
    assert [row.at for row in people] == list(range(43))
    assert [row.number for row in printed.rows] == list(range(101, 101 + len(printed.rows)))
    assert [row.page for row in printed.rows] == sorted(row.page for row in printed.rows)
    blanks = [row for row in printed.rows if row.at is None]
    assert len(blanks) >= 4
    assert blanks[-1].page == printed.pages


def test_a_row_keeps_the_number_it_carries() -> None:
    sheet = sign_in(2)
    rows = tuple((number, *row[1:]) for number, row in zip((12, 30), sheet.groups[0].rows, strict=True))
    _, printed = check(sign_in(0, groups=(Group(rows),)))
    assert [row.number for row in printed.rows[:3]] == [12, 30, 31]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_rows_fill_one_page(count: int) -> None:
    _, printed = check(sign_in(count))
    assert printed.pages == 1
    assert len(printed.rows) > 12


def test_every_length_around_a_full_page() -> None:
    for count in range(10, 40):
        _, printed = check(sign_in(count, blank_rows=0))
        assert [row.at for row in printed.rows if row.at is not None] == list(range(count))
        last = [row for row in printed.rows if row.page == printed.pages]
        assert last, f"{count} people leave an empty table on the last page"


def test_blank_pages_for_an_event_without_registrations() -> None:
    pages, printed = check(sign_in(0, blank_rows=0, blank_pages=3))
    assert printed.pages == len(pages) == 3
    assert all(row.at is None for row in printed.rows)
    assert [row.number for row in printed.rows] == list(range(1, len(printed.rows) + 1))


def test_a_band_never_stands_alone_at_the_foot() -> None:
    for count in range(10, 20):
        pages, printed = check(sign_in(count, staff=2, blank_rows=0))
        first_of_staff = printed.rows[count]
        assert "Predavatelji in osebje" in pages[first_of_staff.page - 1]


def test_blank_rows_under_their_own_band() -> None:
    (text, *_), _ = check(sign_in(3, staff=2, blank_title=Words("Brez prijave", "Walk-ins")))
    assert text.index("Speakers and staff") < text.index("Brez prijave / Walk-ins")


def test_five_thousand_rows() -> None:
    _, printed = check(sign_in(5_000))
    assert sum(row.at is not None for row in printed.rows) == 5_000


def cells_of(sheet: Sheet, room: float = ROOM) -> None:
    """Every cell of a sheet within its width and height, no word of it broken."""
    measures = measure(sheet)
    for sizes in sizes_of(sheet):
        widths = share(wishes(measures, sizes), room)
        assert sum(widths) <= room + 0.01
        layout = lay_out(sheet, widths, sizes, 700, 700, 60)
        for box in (box for page in layout.pages for box in page):
            for wide, cell in zip(widths, box.cells, strict=False):
                assert all(line.width <= wide - 2 * PAD + 0.01 for line in cell.lines)
                assert sum(line.size for line in cell.lines) * 1.2 <= box.height
        for wide, cell in zip(widths, layout.header, strict=True):
            assert all(line.width <= wide - 2 * PAD + 0.01 for line in cell.lines)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.text(alphabet="abcčšžćđABC -'/@.", max_size=60),
            st.text(max_size=30),
            st.text(alphabet="abc čž", max_size=200),
        ),
        max_size=6,
    ),
    st.integers(1, 4),
)
def test_any_name_stays_in_its_cell(names: list[tuple[str, str, str]], days: int) -> None:
    rows = tuple((None, Name(family, given), place, place, *((None,) * days)) for family, given, place in names)
    cells_of(sign_in(0, days=days, groups=(Group(rows),)))


@given(st.text(alphabet="abcčšž -–/@.1", max_size=80), st.floats(20, 300))
def test_no_word_is_broken(text: str, room: float) -> None:
    lines, _ = fit(pieces(text), room, 30, (8.6, 7.0))
    said = "".join("".join(run.text for run in line.runs) for line in lines)
    if "…" not in said:
        assert re.sub(r"\s", "", said) == re.sub(r"\s", "", text)
    # A line ends at a space, or after a hyphen, slash or @ inside.
    words = text.split()
    at, inside = 0, 0
    for line in lines:
        for part in "".join(run.text for run in line.runs).split():
            inside += len(part)
            if inside == len(words[at]):
                at, inside = at + 1, 0
            else:
                assert "…" in said or part[-1] in "-–/@", (text, part)


def test_words_shrink_before_they_are_cut() -> None:
    long = "Wolfeschlegelsteinhausenbergerdorff"
    (line,), fits = fit(pieces(long, True), 110, 30, (8.6, 6.6))
    assert fits
    assert line.runs[0].text == long
    assert line.width <= 110
    (first, second), _ = fit(pieces("neza.zelo-dolgi-naslov@mladinski-center.example.org"), 100, 30, (8.6, 6.6))
    assert first.runs[0].text.endswith("@")
    assert second.runs[0].text == "mladinski-center.example.org"
    (cut,), _ = fit(pieces("a" * 200), 60, 30, (8.6, 6.6))
    assert cut.runs[0].text.endswith("…")


def test_drawn_letters_stay_inside_their_columns(tmp_path: Path) -> None:
    sheet = sign_in(24, days=4, orientation="landscape")
    data, _ = print_pdf(sheet)
    measures = measure(sheet)
    room = 267 * MM
    widths = share(wishes(measures, sizes_of(sheet)[0]), room)
    edges = [SIDE + sum(widths[:i]) for i in range(len(widths) + 1)]
    document = pypdfium2.PdfDocument(data)
    organisations = {word for _, organisation, _ in PEOPLE for word in organisation.split() if len(word) > 6}
    seen = 0
    for page in document:
        text = page.get_textpage()
        for word in organisations:
            searcher = text.search(word, match_case=True)
            while found := searcher.get_next():
                left, bottom, _, _ = text.get_charbox(found[0])
                _, _, right, _ = text.get_charbox(found[0] + found[1] - 1)
                if 110 < bottom < 420 and edges[2] - 1 < left < edges[3]:
                    seen += 1
                    assert edges[2] + PAD - 1 <= left < right <= edges[3] - PAD + 1
    document.close()
    assert seen > 20


def test_four_days_lie_on_their_side_when_they_must() -> None:
    data, _ = print_pdf(sign_in(5, days=4))
    wide, high = page_sizes(data)[0]
    assert wide > high
    data, _ = print_pdf(sign_in(5))
    wide, high = page_sizes(data)[0]
    assert high > wide


def test_signature_cells_are_high_enough() -> None:
    sheet = sign_in(30)
    widths = share(wishes(measure(sheet), sizes_of(sheet)[0]), ROOM)
    layout = lay_out(sheet, widths, sizes_of(sheet)[0], 600, 600, 50)
    assert all(box.height >= 9 * MM for page in layout.pages for box in page if box.cells)
    assert widths[-1] >= 36 * MM - 0.01


def test_document_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "lista.pdf"
    printed = write_pdf(sign_in(3), path)
    raw = path.read_bytes()
    assert printed.pages == 1
    assert b"/Lang (sl-SI)" in raw
    assert raw.count(b"/FontFile2") == 2
    assert b"Helvetica" not in raw
    document = pypdfium2.PdfDocument(path)
    about = document.get_metadata_dict()
    document.close()
    assert about["Title"].startswith("Lista prisotnosti / Attendance list · Klub MaMa in Zbor MaMa 2020")
    assert about["Author"] == "Zavod Mladinska mreža MaMa"
    assert about["CreationDate"].startswith("D:20200330091200+02")


def test_the_same_sheet_makes_the_same_bytes() -> None:
    assert print_pdf(sign_in(30))[0] == print_pdf(sign_in(30))[0]


def test_a_list_to_be_read() -> None:
    sheet = participants(*(participants().groups[0].rows * 60), orientation="landscape")
    pages, printed = check(sheet)
    assert printed.pages > 1
    assert len(printed.rows) == 60
    assert "Dogodek" in pages[0]
    assert "Dogodek" not in pages[1]
    assert all("Priimek" in text for text in pages)
    assert "4. 3. 1999" in pages[0]
    assert "1.234,50 €" in pages[0]
    cells_of(sheet, 267 * MM)


def test_an_empty_list_has_a_header_and_nothing_else() -> None:
    (text,), printed = check(participants(groups=()))
    assert printed.rows == ()
    assert "Priimek" in text


def test_a_text_longer_than_a_page() -> None:
    columns = (Column("a", Words("A")), Column("b", Words("B"), width=20))
    _, printed = check(Sheet("x", Words("X"), columns, (Group((("beseda " * 9000, "b"), ("a", "b"))),)))
    assert [row.at for row in printed.rows] == [0, 1]


def test_ticks_and_notes_in_signature_cells() -> None:
    columns = (
        Column("name", Words("Ime")),
        Column("here", Words("Tu"), "tick"),
        Column("s", Words("Podpis"), "signature"),
    )
    rows = ((Name("Žagar"), True, None), (Name("Čuk"), None, "odsoten"))
    (text,), _ = check(Sheet("x", Words("X"), columns, (Group(rows),)))
    assert "odsoten" in text


def test_a_logo_that_is_no_picture_is_said_in_words() -> None:
    with pytest.raises(OfficeError, match="logo"):
        print_pdf(sign_in(1, logos_left=(b"not a picture",)))


def test_chosen_columns_in_the_chosen_order() -> None:
    sheet = choose_columns(sign_in(2), ("town", "name", "nothing"))
    assert [column.key for column in sheet.columns] == ["town", "name"]
    assert sheet.groups[0].rows[0] == (PEOPLE[0][2], PEOPLE[0][0])


def test_qr_has_its_finder_corners() -> None:
    side, runs = qr_runs("MAMA:K7Q2M:12")
    assert side == 21
    for row in (0, 6):
        assert (row, 0, 7) in runs
    assert (side - 1, 0, 7) in runs


def test_measured_as_the_font_says() -> None:
    # Pillow's basic layout needs no library of the system, and knows no kerning, as the sheets know none.
    basic = ImageFont.Layout.BASIC
    font = ImageFont.truetype(str(resources.path("fonts", "NotoSans-Regular.ttf")), 1000, layout_engine=basic)
    for word in ("Žagar", "mladinski", "Šuštar"):
        assert width(word) == pytest.approx(font.getlength(word) / 1000, rel=0.01)
    assert pieces("a b") == (Piece("a", False, True, width("a")), Piece("b", False, True, width("b")))


def test_pictures_of_pages() -> None:
    data, _ = print_pdf(sign_in(30))
    assert page_count(data) == 2
    first = page_image(data, 0, 0.5)
    assert (first.width, first.height) == (298, 421)
    assert len(first.rgba) == first.width * first.height * 4
    assert len({first.rgba[i : i + 4] for i in range(0, len(first.rgba), 4)}) > 20
    assert sum(1 for _ in page_images(data, 0.2)) == 2
    with pytest.raises(IndexError):
        page_image(data, 2)

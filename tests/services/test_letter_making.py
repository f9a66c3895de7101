"""Letters as files: drafts read back by the mail library, calendars, Word, label sheets, links for the mail program."""

from __future__ import annotations

import datetime as dt
import email
import io
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import Cancelled, OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.text import T
from mama_desktop.services import documents, letter_making, letter_texts, letters_kept
from mama_desktop.services.calendars import event_calendar
from mama_desktop.services.letter_handing import handings
from mama_desktop.services.letters import Wish
from mama_desktop.services.mail_drafts import Enclosed, MailDraft, eml
from mama_desktop.services.mail_program import LONGEST_LINK, batches, hand_over
from mama_desktop.services.recipients import Audience, addresses_of
from mama_desktop.sheets.labels import label_sheets, labels_pdf
from mama_desktop.sheets.letter import LetterSheet, LetterTable
from mama_desktop.sheets.letter_pdf import letters_pdf
from mama_desktop.sheets.letters_docx import letters_docx
from mama_desktop.sheets.pages import page_count
from mama_desktop.store.database import Database
from tests.factories import make_event, make_organisation, make_person, make_registration

NOW = dt.datetime(2020, 3, 2, 9, 0)


def _read(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def _text(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_a_draft_opens_as_a_draft_with_its_letters_and_files() -> None:
    table = LetterTable(("Ime",), (("Črt Žnidaršič <3",),))
    enclosed = (
        Enclosed("vabilo žoge.ics", b"BEGIN:VCALENDAR", "text/calendar"),
        Enclosed("a.pdf", b"%PDF", "application/pdf"),
    )
    data = eml(
        MailDraft(
            "Črt Žnidaršič",
            ("crt@example.org",),
            "Šola čez žico",
            ("Pozdravljeni,\n\nčšž & <b>", table),
            "sl",
            enclosed,
        )
    )
    message = _read(data)
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == "Šola čez žico"
    assert message["To"].addresses[0].display_name == "Črt Žnidaršič"
    assert message["To"].addresses[0].addr_spec == "crt@example.org"
    assert "From" not in message
    assert _text(message, "plain").startswith("Pozdravljeni,\n\nčšž & <b>\n\n1. Črt Žnidaršič <3")
    assert "čšž &amp; &lt;b&gt;" in _text(message, "html")
    assert "<td" in _text(message, "html")
    files = {one.get_filename(): one for one in message.iter_attachments()}
    assert set(files) == {"vabilo žoge.ics", "a.pdf"}
    assert files["a.pdf"].get_content() == b"%PDF"
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    data.decode("ascii")


@given(st.text(max_size=60), st.text(max_size=200))
def test_no_subject_or_name_breaks_the_head_of_a_mail(subject: str, name: str) -> None:
    subject, name = (words.encode("utf-8", "ignore").decode() for words in (subject, name))
    message = _read(eml(MailDraft(name, ("a@example.org",), subject, ("x",))))
    assert message["To"].addresses[0].addr_spec == "a@example.org"
    assert set(message.keys()) == {"X-Unsent", "To", "Subject", "Content-Language", "MIME-Version", "Content-Type"}


@pytest.mark.parametrize(
    ("typed", "usable"),
    [
        ("ana@example.org", ("ana@example.org",)),
        ("ana@example.org; bor@example.org", ("ana@example.org", "bor@example.org")),
        ("Ana <ana@example.org>", ("ana@example.org",)),
        ("anonymous", ()), ("ana@", ()), ("ana@example", ()), ("ančka@example.org", ()), ("", ()),
    ],
)  # fmt: skip
def test_only_usable_addresses(typed: str, usable: tuple[str, ...]) -> None:
    assert addresses_of(typed) == usable


def _calendar(session: Session, **values: Any) -> Any:
    event = make_event(session, venue="Mladinski center", town="Krško", **values)
    data = event_calendar(session, event.id, now=NOW)
    assert data is not None
    (entry,) = Calendar.from_ical(data).walk("VEVENT")
    assert entry["UID"] == f"{event.id}@mama-desktop"
    return entry


def test_an_event_with_hours_in_the_calendar(session: Session) -> None:
    entry = _calendar(
        session, title_sl="Šola čez žico", ends_on=dt.date(2020, 4, 3), starts_at=dt.time(10), ends_at=dt.time(17, 30),
        precision="time", bring_sl="copate, čaj; žogo",
    )  # fmt: skip
    assert str(entry["SUMMARY"]) == "Šola čez žico"
    # Summer time: 10.00 in Ljubljana is 8.00 in UTC.
    assert entry["DTSTART"].dt == dt.datetime(2020, 4, 2, 8, 0, tzinfo=dt.UTC)
    assert entry["DTEND"].dt == dt.datetime(2020, 4, 3, 15, 30, tzinfo=dt.UTC)
    assert str(entry["LOCATION"]) == "Mladinski center, Krško"
    assert str(entry["DESCRIPTION"]) == "S seboj prinesite: copate, čaj; žogo"


def test_whole_days_abroad_and_only_a_month(session: Session) -> None:
    entry = _calendar(session, ends_on=dt.date(2020, 4, 3))
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (dt.date(2020, 4, 2), dt.date(2020, 4, 4))
    abroad = _calendar(session, country="FI", precision="time", starts_at=dt.time(9), ends_at=dt.time(12))
    assert abroad["DTSTART"].dt == dt.datetime(2020, 4, 2, 9, 0)
    month = make_event(session, precision="month")
    assert event_calendar(session, month.id, now=NOW) is None
    unknown = make_event(session, starts_on=None)
    assert event_calendar(session, unknown.id, now=NOW) is None


def _sheet(name: str, **more: Any) -> LetterSheet:
    told: dict[str, Any] = {
        "address": (name, "Cesta 1", "8270 Krško"), "subject": f"Zadeva {name}",
        "blocks": (f"Spoštovani, {name}", LetterTable(("Ime", "Kraj"), (("Črt", "Krško"),))), "head": ("Mreža MaMa",),
        "funding": ("Sofinancira Urad.",), **more,
    }  # fmt: skip
    return LetterSheet(**told)


def test_letters_for_word_are_read_back() -> None:
    from docx import Document

    document = Document(io.BytesIO(letters_docx([_sheet("Ana Čuk"), _sheet("Bor Žagar\x0b")], title="Dopisi")))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert words.count("Cesta 1") == 2
    assert "Zadeva Ana Čuk" in words
    second = next(one for one in document.paragraphs if one.text.startswith("Bor"))
    assert second.paragraph_format.page_break_before
    assert document.tables[0].cell(1, 0).text == "Črt"
    assert "Mreža MaMa" in document.sections[0].footer.paragraphs[0].text


def test_a_long_letter_goes_on_to_a_second_page_that_says_so() -> None:
    import pypdfium2

    long = _sheet("Ana", blocks=("\n\n".join(f"Odstavek {n}, ki pove nekaj več." for n in range(60)),))
    pdf = letters_pdf([_sheet("Bor"), long])
    assert page_count(pdf) >= 4
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    assert "Zadeva Bor" in pages[0]
    assert "1 / " not in pages[0]
    assert f"1 / {len(pages) - 1}" in pages[1]
    assert "Odstavek 59" in pages[-1]


@pytest.mark.parametrize("key", label_sheets())
def test_labels_stand_where_the_labels_are(key: str) -> None:
    import pypdfium2

    sheet = label_sheets()[key]
    assert sheet.columns * sheet.width + (sheet.columns - 1) * sheet.gap <= 210
    assert sheet.rows * sheet.height <= 297
    start = 3
    names = [f"Oseba{n:03}" for n in range(sheet.count)]
    pdf = labels_pdf(
        [(name, "Zelo dolga ulica narodnih herojev 125 b", "8270 Krško") for name in names], sheet, start=start
    )
    pages = list(pypdfium2.PdfDocument(pdf))
    assert len(pages) == 2
    for number, name in enumerate(names):
        page, place = divmod(number + start - 1, sheet.count)
        text = pages[page].get_textpage()
        left, bottom, right, top = text.get_charbox(text.search(name).get_next()[0])
        x, y = sheet.place(place)
        millimetre = 72 / 25.4
        assert x * millimetre <= left <= right <= (x + sheet.width) * millimetre
        assert y * millimetre <= 297 * millimetre - top <= 297 * millimetre - bottom <= (y + sheet.height) * millimetre
    with pytest.raises(OfficeError):
        labels_pdf([("Ana",)], sheet, start=sheet.count + 1)


def test_the_known_margins_of_a_sheet() -> None:
    assert label_sheets()["63.5x38.1"].place(0) == pytest.approx((7.25, 15.15))
    assert label_sheets()["70x36"].place(4) == pytest.approx((70.0, 40.5))


@given(st.lists(st.from_regex(r"[a-z]{1,20}@[a-z]{1,12}\.si", fullmatch=True), max_size=250), st.text(max_size=300))
def test_a_link_is_never_too_long_and_nobody_is_lost(addresses: list[str], text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    given_ = hand_over(addresses, subject="Šola & žoga?", text=text)
    wanted = list(dict.fromkeys(addresses))
    assert len(given_.link) <= LONGEST_LINK
    if given_.link:
        asked = parse_qs(urlsplit(given_.link).query, keep_blank_values=True)
        to = [urlsplit(given_.link).path] if len(wanted) == 1 else asked["bcc"][0].split(",")
        assert to == wanted
        assert asked["subject"] == ["Šola & žoga?"]
    else:
        assert "; ".join(given_.batches).split("; ") == (wanted or [""])


def test_batches_are_of_equal_size() -> None:
    made = batches([f"a{n}@example.org" for n in range(250)])
    assert [batch.count("@") for batch in made] == [84, 84, 82]
    assert batches([]) == ()


def _event_with_people(db: Database) -> tuple[str, tuple[str, ...]]:
    def fill(session: Session) -> tuple[str, tuple[str, ...]]:
        event = make_event(session, "2020-04-klub", title_sl="Klub", ends_on=dt.date(2020, 4, 3))
        centre = make_organisation(session, "MC Krško", street="Cesta 1", postal_code="8270", town="Krško")
        people = [
            make_person(session, "Ana", "Čuk", email="ana@example.org", gender="female", organisation_id=centre.id),
            make_person(session, "Bor", "Kos", organisation_id=centre.id),
            make_person(session, "Ana", "Čuk", email="druga@example.org", language="en"),
        ]
        return event.id, tuple(make_registration(session, event, one).id for one in people)

    found: tuple[str, tuple[str, ...]] = db.write(fill, label=T("x"))
    return found


def _wish(db: Database, event: str, keys: tuple[str, ...], text: str = "acceptance", **more: Any) -> Wish:
    chosen = db.read(letter_texts.letter_text, text)
    return Wish(Audience(event, keys), chosen.subjects, chosen.bodies, chosen.kind, "2020-04-klub sprejem", **more)


def _unheard(_done: int, _total: int) -> None:
    """Nobody watches."""


def test_a_folder_of_drafts_and_a_letter_for_who_has_no_mail(sqlite_db: Database, tmp_path: Path) -> None:
    event, keys = _event_with_people(sqlite_db)
    agenda = tmp_path / "načrt.txt"
    agenda.write_text("program", encoding="utf-8")
    wish = _wish(sqlite_db, event, keys, calendar=True, own_form=True, files=(agenda,))
    made = letter_making.make_drafts(sqlite_db, wish, tmp_path, _unheard)
    assert sorted(path.name for path in made.path.iterdir()) == ["Brez e-naslova.pdf", "Čuk Ana (2).eml", "Čuk Ana.eml"]
    assert (made.count, made.on_paper) == (3, 1)
    message = _read((made.path / "Čuk Ana.eml").read_bytes())
    assert [one.get_filename() for one in message.iter_attachments()] == ["dogodek.ics", "prijavnica.pdf", "načrt.txt"]
    assert "Spoštovana gospa Čuk" in _text(message, "plain")
    (row,) = sqlite_db.read(letters_kept.of_event, event)
    assert (row.count, row.channel, row.made_by) == (3, "eml", "Ana Kovač")
    again = letter_making.make_drafts(sqlite_db, wish, tmp_path, _unheard)
    assert again.path.name == "2020-04-klub sprejem (2)"


def test_a_cancelled_mailing_leaves_nothing(sqlite_db: Database, tmp_path: Path) -> None:
    event, keys = _event_with_people(sqlite_db)

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        letter_making.make_drafts(sqlite_db, _wish(sqlite_db, event, keys), tmp_path / "", stop)
    with pytest.raises(OfficeError):
        letter_making.make_file(
            sqlite_db, Wish(Audience(event, keys), {"sl": "[Kaj]"}, {"sl": "x"}), tmp_path / "a.pdf", _unheard
        )
    assert [path for path in tmp_path.iterdir() if path.suffix != ".mama" and "office" not in path.name] == []
    assert sqlite_db.read(letters_kept.of_event, event) == []


def test_a_file_for_each_organisation(sqlite_db: Database, tmp_path: Path) -> None:
    event, keys = _event_with_people(sqlite_db)
    made = letter_making.make_by_organisation(sqlite_db, _wish(sqlite_db, event, keys), tmp_path, ".pdf", _unheard)
    assert sorted(path.name for path in made.path.iterdir()) == ["MC Krško.pdf", "brez organizacije.pdf"]
    assert page_count((made.path / "MC Krško.pdf").read_bytes()) == 2


def test_letters_labels_and_split_lists_are_documents(sqlite_db: Database, tmp_path: Path) -> None:
    import openpyxl

    event, _ = _event_with_people(sqlite_db)
    for name in ("a.pdf", "a.docx"):
        documents.make(sqlite_db, "letters", "2020-04-klub", tmp_path / name, options={"text": "invitation"})
    documents.make(sqlite_db, "labels", "2020-04-klub", tmp_path / "l.pdf", options={"sheet": "105x37", "start": "5"})
    assert (tmp_path / "a.docx").read_bytes()[:2] == b"PK"
    assert [row.channel for row in sqlite_db.read(letters_kept.of_event, event)] == ["labels", "docx", "pdf"]
    made = documents.make(
        sqlite_db, "participant-list", "2020-04-klub", tmp_path / "seznam.xlsx", options={"split": "organisation"}
    )
    assert [path.name for path in made] == ["seznam MC Krško.xlsx", "seznam brez organizacije.xlsx"]
    words = [str(cell.value) for row in openpyxl.load_workbook(made[0]).worksheets[0] for cell in row]
    assert "Kos" in words
    assert "druga@example.org" not in words


def test_the_mail_program_gets_each_language_apart(sqlite_db: Database) -> None:
    event, keys = _event_with_people(sqlite_db)
    _, found = sqlite_db.read(handings, _wish(sqlite_db, event, keys), now=NOW)
    assert [(one.language, one.addresses) for one in found] == [
        ("sl", ("ana@example.org",)), ("en", ("druga@example.org",)),
    ]  # fmt: skip
    assert found[0].given.link.startswith("mailto:ana@example.org?subject=Va%C5%A1a%20prijava")
    plain = Wish(
        Audience(event, keys), {"sl": "Klub"}, {"sl": "[Pozdrav],\n\ndobimo se [Datum dogodka]."}, language="sl"
    )
    (handed,) = sqlite_db.read(handings, plain, now=NOW)[1]
    asked = parse_qs(urlsplit(handed.given.link).query)
    assert asked["body"] == ["Pozdravljeni,\r\n\r\ndobimo se 2.–3. april 2020."]
    own = Wish(Audience(event, keys), {"sl": "Klub"}, {"sl": "[Ime]"}, language="sl")
    assert not sqlite_db.read(handings, own, now=NOW)[1][0].is_common


def test_undo_takes_a_mailing_back(sqlite_db: Database, tmp_path: Path) -> None:

    event, keys = _event_with_people(sqlite_db)
    letter_making.make_file(sqlite_db, _wish(sqlite_db, event, keys), tmp_path / "a.pdf", _unheard)
    assert sqlite_db.read(letters_kept.of_event, event)
    sqlite_db.undo()
    assert sqlite_db.read(letters_kept.of_event, event) == []
    assert sqlite_db.read(lambda session: session.query(Event).count()) == 1


def test_like_a_file_drafts_go_only_into_a_folder_that_is_there(sqlite_db: Database, tmp_path: Path) -> None:
    event, keys = _event_with_people(sqlite_db)
    with pytest.raises(OfficeError, match="does not exist"):
        letter_making.make_drafts(sqlite_db, _wish(sqlite_db, event, keys), tmp_path / "Pisma", _unheard)
    assert not (tmp_path / "Pisma").exists()

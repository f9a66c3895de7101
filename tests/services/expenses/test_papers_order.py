"""The travel order on paper, read back: both sides, both languages, to be filled in by hand, cancelled."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.expenses import TravelOrder
from mama_desktop.domain.text import T
from mama_desktop.services import documents, office
from mama_desktop.services.expenses import order_edits, settlements, travel_orders
from mama_desktop.services.expenses.papers_order import make_orders, orders_named
from mama_desktop.services.expenses.travel_orders import Wish
from mama_desktop.services.files import Brought
from mama_desktop.services.paper import Paper
from mama_desktop.store.database import Database
from tests.factories import make_event, make_person

NOW = dt.datetime(2020, 4, 1, 9)


def text_of(paper: Paper) -> list[str]:
    with pypdfium2.PdfDocument(paper.pdf()) as found:
        pages = [" ".join(found[n].get_textpage().get_text_bounded().split()) for n in range(len(found))]
    return [page.replace("\u00a0", " ") for page in pages]


def make(session: Session, key: str, language: str = "sl", **options: str) -> list[str]:
    return text_of(make_orders(session, key, language=language, options=options, now=NOW, who="Maja"))


@pytest.fixture
def order(session: Session) -> str:
    """Đurđica is sent to Koper for a long day, with an advance."""
    office.set_settings(
        session,
        {"office.name_sl": "Mreža MaMa", "office.town": "Ljubljana", "office.representative": "Maja Zupan"},
    )
    person = make_person(session, "Đurđica", "Žagar", street="Cesta 1", town="Celje", function="vodja")
    event = make_event(session, "2020-04-klub", title_sl="Klub", title_en="Club", town="Koper",
                       starts_on=dt.date(2020, 4, 2), starts_at=dt.time(6), ends_at=dt.time(20))  # fmt: skip
    wish = Wish(person.id, event.id, means="own-car", advance_cents=5_000)
    key = travel_orders.issue_order(session, wish, now=NOW)
    session.get_one(TravelOrder, key).registration_number = "CE AB-123"
    return key


def settle(session: Session, key: str) -> None:
    order = session.get_one(TravelOrder, key)
    order.km, order.report = 210.0, "Vse je bilo opravljeno."
    order_edits.take_plan(session, key)
    line = settlements.add_cost(session, key, kind="toll", what="vinjeta", amount_cents=150_000)
    settlements.keep_receipt(session, line, [Brought("vinjeta.pdf", b"%PDF-1.4 x")], now=NOW, who="Maja")
    travel_orders.set_status(session, key, "settled", now=NOW)


def test_the_front_says_who_is_sent_where_when_and_by_whom(session: Session, order: str) -> None:
    (front,) = make(session, order, part="order")
    for words in (
        "Potni nalog št. 1/2020", "Izdan 1. 4. 2020", "Đurđica Žagar", "vodja", "Cesta 1", "Maja Zupan",
        "2. 4. 2020 ob 6.00", "2. 4. 2020 ob 20.00", "Klub", "Ljubljana – Koper – Ljubljana", "14 ur",
        "lastni avtomobil", "CE AB-123", "Mreža MaMa", "da, 21,39 € za cel dan", "50,00 €", "Akontacijo prejel/-a",
    ):  # fmt: skip
        assert words in front, words


def test_the_back_is_the_settlement_to_the_cent(session: Session, order: str) -> None:
    settle(session, order)
    _, back = make(session, order)
    for words in (
        "Obračun potnega naloga št. 1/2020", "14 ur", "210 km", "0,37 €", "77,70 €", "21,39 €", "1.500,00 €",
        "1.599,09 €", "1.549,09 €", "Za izplačilo", "Vse je bilo opravljeno.", "cestnina ali vinjeta: vinjeta",
    ):  # fmt: skip
        assert words in back, words
    # The receipt has a number of its own.
    assert "2. 4. 2020 1 1.500,00 €" in back or " 1 1.500,00 €" in back


def test_in_english_the_lines_are_english_too(session: Session, order: str) -> None:
    settle(session, order)
    front, back = make(session, order, "en")
    assert "Travel order No. 1/2020" in front
    assert "Club" in front
    for words in ("Mileage, own car", "Per diem at home, over 12 to 24 hours", "€1,549.09", "To be paid out"):
        assert words in back, words


def test_an_unsettled_back_is_left_open_to_be_filled_in(session: Session, order: str) -> None:
    _, back = make(session, order)
    assert "Strošek: dnevnica, kilometrina" in back
    assert "Poročilo s poti" in back
    assert "0,00 €" not in back


def test_who_gives_back_reads_how_much(session: Session, order: str) -> None:
    order_edits.take_plan(session, order)
    _, back = make(session, order)
    assert "Za vračilo" in back
    assert "28,61 €" in back


def test_a_cancelled_order_says_so_and_has_no_back(session: Session, order: str) -> None:
    travel_orders.carry(session, [order], "cancelled", now=NOW)
    made = make_orders(session, order, language="sl", options={}, now=NOW, who="")
    (front,) = text_of(made)
    assert "PREKLICANO" in front
    assert any("cancelled" in str(one) for one in made.warnings)


def test_a_long_settlement_goes_on_over_the_pages(session: Session, order: str) -> None:
    order_edits.take_plan(session, order)
    for number in range(60):
        settlements.add_cost(session, order, kind="ticket", what=f"vlak {number}", amount_cents=100)
    pages = make(session, order)
    assert len(pages) >= 3
    assert all(any(f"vlak {number} " in page for page in pages) for number in range(60))
    assert "Za izplačilo" in pages[-1] or "Za izplačilo" in pages[-2]


def test_doubtful_rates_are_said_where_one_approves(session: Session, order: str) -> None:
    found = session.get_one(TravelOrder, order)
    found.left_at, found.returned_at = dt.datetime(2024, 4, 2, 6), dt.datetime(2024, 4, 2, 20)
    settlements.settle(session, order)
    _, back = make(session, order)
    assert "Za potrditev" in back


def test_orders_are_named_by_number_event_or_key(session: Session, order: str) -> None:
    assert orders_named(session, "1/2020") == orders_named(session, "2020-04-klub") == orders_named(session, order)
    for words in ("7/2020", "1/2021", "nekaj", ""):
        with pytest.raises(OfficeError, match="no travel order"):
            orders_named(session, words)


def test_it_is_made_from_outside_by_its_number(db: Database, tmp_path: Path) -> None:
    def begin(session: Session) -> None:
        travel_orders.issue_order(session, Wish(make_person(session, "Ana").id), now=NOW)

    db.write(begin, label=T("New travel order"))
    (made,) = documents.make(db, "travel-order", "1/2020", tmp_path / "nalog.pdf")
    assert made.read_bytes().startswith(b"%PDF")

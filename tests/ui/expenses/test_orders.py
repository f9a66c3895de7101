"""Travel orders in the real window: written, settled, approved, cancelled and taken back, by actions and fields."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from mama_desktop.domain.expenses import TravelOrder
from mama_desktop.domain.rows import Found
from mama_desktop.domain.text import T
from mama_desktop.services.expenses import order_rows, travel_orders
from mama_desktop.services.expenses.papers_order import orders_named
from mama_desktop.services.expenses.travel_orders import Wish
from mama_desktop.ui.editors import as_editor
from mama_desktop.ui.expenses.new_order_popup import NewOrderPopup
from mama_desktop.ui.expenses.order_deeds import CANCEL
from mama_desktop.ui.expenses.order_page import OrderPage
from mama_desktop.ui.expenses.orders_tab import EVENT, OrdersTab
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.reason_popup import ReasonPopup
from tests.factories import make_event, make_person

NOW = dt.datetime(2020, 3, 2, 9)


def write_one(session: Session) -> tuple[str, str, str]:
    """Zala, an event in Koper, and her order."""
    person = make_person(session, "Zala", "Ančnik", town="Celje")
    event = make_event(session, "2020-03-koper", title_sl="Koper", town="Koper", starts_on=dt.date(2020, 3, 4),
                       starts_at=dt.time(6), ends_at=dt.time(20))  # fmt: skip
    return person.id, event.id, travel_orders.issue_order(session, Wish(person.id, event.id, means="own-car"), now=NOW)


@pytest.fixture
def known(real_window: MainWindow) -> tuple[str, str, str]:
    return real_window.db.write(write_one, label=T("New travel order"))


def orders_tab(window: MainWindow, view: str = "orders") -> OrdersTab:
    window.go("transport", "", view)
    page: Any = window.page
    tab = page.current()
    assert isinstance(tab, OrdersTab)
    return tab


def order_page(window: MainWindow, key: str, tab: str = "") -> OrderPage:
    window.go("travel_order", key, tab)
    assert isinstance(window.page, OrderPage)
    return window.page


def kept(window: MainWindow, key: str) -> TravelOrder:
    found: TravelOrder = window.db.read(lambda s: s.get_one(TravelOrder, key))
    return found


def type_in(form: Any, key: str, words: str) -> None:
    editor = form._form.editor(key)
    editor.setFocus()
    editor.setText(words)
    editor.finished.emit()


def test_a_new_order_is_written_from_person_and_event(
    real_window: MainWindow, known: tuple[str, str, str], qtbot: QtBot
) -> None:
    person, event, _ = known
    tab = orders_tab(real_window, f"orders:{EVENT}{event}")
    assert tab.table.shown_keys() == [known[2]]
    tab.new(Found("person", person, "Zala Ančnik"))
    (popup,) = tab.findChildren(NewOrderPopup)
    assert popup.of_event.currentData() == event
    popup.give()
    page = real_window.page
    assert isinstance(page, OrderPage)
    order = kept(real_window, page._key)
    assert (order.event_id, order.person_id, order.number) == (event, person, kept(real_window, known[2]).number + 1)
    assert "Zala Ančnik" in page._title.text()
    real_window.db.undo()
    qtbot.waitUntil(lambda: not isinstance(real_window.page, OrderPage))


def test_without_a_person_nothing_is_written(real_window: MainWindow, known: tuple[str, str, str]) -> None:
    del known
    tab = orders_tab(real_window)
    before = len(tab.table.rows.listing.keys)
    tab.new()
    (popup,) = tab.findChildren(NewOrderPopup)
    popup.give()
    assert popup._wrong.text() == "Choose who is sent."
    popup.who.setText("Nihče Neznan")
    popup.give()
    assert "no person" in popup._wrong.text()
    popup.close()
    tab.refresh()
    assert len(tab.table.rows.listing.keys) == before


def test_a_settlement_is_keyed_in_settled_and_approved(real_window: MainWindow, known: tuple[str, str, str]) -> None:
    key = known[2]
    page = order_page(real_window, key)
    # Settling leads to where it is keyed in first.
    page.go_on()
    assert (page.tab, kept(real_window, key).status) == ("settlement", "issued")
    page.take_plan()
    type_in(page.settled, "km", "210")
    fields: Any = page.costs.fields
    as_editor(fields["kind"]).set_value("toll")
    fields["what"].setText("vinjeta")
    fields["amount_cents"].setText("15,00")
    page.costs.add()
    listing = page.costs.table.rows.listing
    amounts = [row[listing.column("amount_cents")] for row in listing.rows]
    assert amounts == [2_139, 7_770, 1_500]
    assert any(label.text() == "€114.09" for label in page.findChildren(type(page.costs.told)))
    page.go_on()
    page.go_on()
    assert kept(real_window, key).status == "approved"
    assert page.costs._line.isHidden()
    assert not page.settled._form.editor("km").isEnabled()  # type: ignore[union-attr]  # the form is built
    tab = orders_tab(real_window, "orders:to-pay")
    assert key in tab.table.shown_keys()
    real_window.db.undo()
    assert kept(real_window, key).status == "settled"


def test_a_day_and_hour_is_typed_and_a_wrong_one_is_said(real_window: MainWindow, known: tuple[str, str, str]) -> None:
    page = order_page(real_window, known[2], "settlement")
    type_in(page.settled, "left_at", "4. 3. 2020 ob 5.30")
    assert kept(real_window, known[2]).left_at == dt.datetime(2020, 3, 4, 5, 30)
    type_in(page.settled, "returned_at", "kmalu")
    shown: Any = page.settled._form
    assert not shown._shown["returned_at"].error.isHidden()
    type_in(page.settled, "returned_at", "3. 3. 2020 ob 8.00")
    assert "before" in shown._shown["returned_at"].error.text()
    assert kept(real_window, known[2]).returned_at is None


def test_a_cancelled_order_stays_and_is_closed(real_window: MainWindow, known: tuple[str, str, str]) -> None:
    page = order_page(real_window, known[2])
    page.deeds.do(CANCEL)
    (popup,) = page.findChildren(ReasonPopup)
    popup.reason.setText("odpadlo")
    popup.give()
    assert kept(real_window, known[2]).status == "cancelled"
    assert kept(real_window, known[2]).remarks == "odpadlo"
    assert page.step.isHidden()
    tab = orders_tab(real_window)
    assert not tab.table.deletes_rows
    assert known[2] in tab.table.shown_keys()


def test_the_paper_is_seen_before_it_leaves(
    real_window: MainWindow, known: tuple[str, str, str], tmp_path: Path
) -> None:
    page = order_page(real_window, known[2])
    page.print_out()
    assert page.tab == "paper"
    assert page.paper.preview.pages.count == 2
    page.paper.sides.choose(1)
    assert page.paper.preview.pages.count == 1
    page.paper.language.choose(1)
    source = page.paper._paper().source()
    assert source.file_name.startswith("Travel order")
    source.write_to(tmp_path / source.file_name)
    assert (tmp_path / source.file_name).read_bytes().startswith(b"%PDF")


def test_only_what_the_journey_has_is_asked(real_window: MainWindow, known: tuple[str, str, str]) -> None:
    page = order_page(real_window, known[2], "settlement")
    shown: Any = page.settled._form
    assert shown._shown["border_out_at"].isHidden()
    assert shown._shown["odometer_start"].isHidden()

    def abroad(session: Session) -> None:
        order = session.get_one(TravelOrder, known[2])
        order.country, order.means = "HR", "office-car"

    real_window.db.write(abroad, label=T("Travel order"))
    assert not shown._shown["border_out_at"].isHidden()
    assert not shown._shown["odometer_start"].isHidden()


def test_the_sample_has_orders_that_can_be_found(real_window: MainWindow) -> None:
    tab = orders_tab(real_window)
    key = real_window.db.read(orders_named, "1/2020")
    assert key in tab.table.shown_keys()
    card = real_window.db.read(order_rows.order_card, key)
    assert card is not None
    assert card.to_pay_cents == 8_712

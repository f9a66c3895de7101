"""Claims and payments in the real window: made, keyed in, decided, paid and taken back, by actions and fields."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.expenses import TravelClaim
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services import files, office
from mama_desktop.services.expenses import accounts, claim_rows, claims
from mama_desktop.services.files import Brought
from mama_desktop.ui import dialogs
from mama_desktop.ui.editors import as_editor
from mama_desktop.ui.expenses.approve_less import ApproveLess
from mama_desktop.ui.expenses.claim_page import ClaimPage
from mama_desktop.ui.expenses.claims_tab import ClaimsTab
from mama_desktop.ui.expenses.payment_popup import PaymentPopup
from mama_desktop.ui.expenses.payments_tab import DONE, PaymentsTab
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.reason_popup import ReasonPopup
from mama_desktop.ui.settings_page import SettingsPage
from tests.factories import make_event, make_person, make_registration

IBAN = "SI56 1910 0000 0123 438"
NOW = dt.datetime(2020, 4, 6, 9)


def gather(session: Session) -> tuple[str, list[str]]:
    """An event with three people, two of whom have claims."""
    office.set_settings(session, {"office.name_sl": "Mreža MaMa", "office.iban": IBAN})
    event = make_event(session, town="Krško")
    people = [make_person(session, name, town="Celje", country="SI") for name in ("Ana", "Bor", "Cene")]
    rows = [make_registration(session, event, person) for person in people]
    return event.id, claims.make_claims(session, [row.id for row in rows[:2]], now=NOW)


@pytest.fixture
def known(real_window: MainWindow) -> tuple[str, list[str]]:
    return real_window.db.write(gather, label=T("Event"))


def claims_tab(window: MainWindow) -> ClaimsTab:
    window.go("transport", "", "claims")
    page: Any = window.page
    tab = page.current()
    assert isinstance(tab, ClaimsTab)
    return tab


def payments_tab(window: MainWindow) -> PaymentsTab:
    window.go("transport", "", "payments")
    page: Any = window.page
    tab = page.current()
    assert isinstance(tab, PaymentsTab)
    return tab


def claim_page(window: MainWindow, key: str) -> ClaimPage:
    window.go("travel_claim", key)
    page = window.page
    assert isinstance(page, ClaimPage)
    return page


def claim(window: MainWindow, key: str) -> TravelClaim:
    found: TravelClaim = window.db.read(lambda s: s.get_one(TravelClaim, key))
    return found


def type_cost(page: ClaimPage, what: str, amount: str, km: str = "") -> None:
    fields: Any = page.costs.fields
    fields["what"].setText(what)
    fields["amount_cents"].setText(amount)
    fields["quantity"].setText(km)
    page.costs.add()


def test_claims_are_made_for_an_event(
    real_window: MainWindow, known: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    event, _ = known
    tab = claims_tab(real_window)
    monkeypatch.setattr(dialogs, "ask", lambda *_args, **_more: 0)
    tab.make_for(event)
    listing = tab.table.rows.listing
    name, at = listing.column("name"), listing.column("event")
    made = {row[name] for row in listing.rows if row[at] == "Klub"}
    assert made == {"Novak Ana", "Novak Bor", "Novak Cene"}
    assert len(tab.table.selected_keys()) == 3


def test_a_claim_is_keyed_in_and_approved(real_window: MainWindow, known: tuple[str, list[str]]) -> None:
    key = known[1][0]
    page = claim_page(real_window, key)
    type_cost(page, "vlak Celje–Krško", "12,50")
    type_cost(page, "do postaje", "", "10")
    listing = page.costs.table.rows.listing
    amount = listing.column("amount_cents")
    assert [row[amount] for row in listing.rows] == [1250, 370]
    assert claim(real_window, key).status == "returned"
    assert as_editor(page.costs.fields["what"]).value() in ("", None)
    page.signed.click()
    page.go_on()
    assert (claim(real_window, key).status, claim(real_window, key).approved_cents) == ("approved", 1620)
    assert page.costs._line.isHidden()


def test_a_cost_without_an_amount_is_said_and_nothing_is_kept(
    real_window: MainWindow, known: tuple[str, list[str]]
) -> None:
    page = claim_page(real_window, known[1][0])
    type_cost(page, "vlak", "")
    assert page.costs.told.text()
    type_cost(page, "vlak", "veliko")
    assert page.costs.told.text()
    assert page.costs.table.rows.listing.keys == []


def test_an_account_is_checked_while_it_is_typed(
    real_window: MainWindow, known: tuple[str, list[str]], qtbot: QtBot
) -> None:
    page = claim_page(real_window, known[1][0])
    strip = page.account
    qtbot.keyClicks(strip.iban, "SI56 1910 0000 0123 439")
    assert strip.told.objectName() == "fieldError"
    strip.iban.editingFinished.emit()
    person = real_window.db.read(lambda s: s.get_one(Registration, claim(real_window, known[1][0]).registration_id))
    assert real_window.db.read(accounts.account_of_person, person.person_id).iban == ""
    strip.iban.clear()
    qtbot.keyClicks(strip.iban, IBAN)
    assert strip.told.objectName() == "muted"
    strip.iban.editingFinished.emit()
    assert real_window.db.read(accounts.account_of_person, person.person_id).iban == "SI56191000000123438"
    assert (strip.iban.text(), strip.iban.isReadOnly()) == ("SI56 •••• 3438", True)
    strip.toggle()
    assert strip.iban.text() == IBAN
    assert not strip.iban.isReadOnly()


def test_less_is_approved_with_a_reason(real_window: MainWindow, known: tuple[str, list[str]], qtbot: QtBot) -> None:
    key = known[1][0]
    page = claim_page(real_window, key)
    type_cost(page, "vlak", "30")
    page.signed.click()
    page.approve_less()
    popup = page.findChild(ApproveLess)
    assert popup is not None
    popup.amount.setText("20")
    popup.give()
    assert claim(real_window, key).status == "returned"
    popup.reason.setText("brez vozovnice nazaj")
    popup.give()
    assert (claim(real_window, key).approved_cents, claim(real_window, key).reason) == (2000, "brez vozovnice nazaj")


def test_many_are_refused_with_one_reason(real_window: MainWindow, known: tuple[str, list[str]]) -> None:
    tab = claims_tab(real_window)
    tab.table.select(known[1])
    tab.deeds.do("refuse")
    popup = tab.findChild(ReasonPopup)
    assert popup is not None
    popup.reason.setText("ni računov")
    popup.give()
    assert {claim(real_window, key).reason for key in known[1]} == {"ni računov"}
    real_window.undo()
    assert {claim(real_window, key).status for key in known[1]} == {"made"}


def test_a_receipt_dropped_on_the_claim_is_kept_with_it(real_window: MainWindow, known: tuple[str, list[str]]) -> None:
    key = known[1][0]
    real_window.db.write(
        files.add_files, "travel_claim", key, [Brought("vozovnica.pdf", b"%PDF-1.4")], now=NOW, who="", kind="receipt",
        label=T("File"),
    )  # fmt: skip
    page = claim_page(real_window, key)
    page.show_tab("receipts")
    assert len(page.files.table.rows.listing.keys) == 1


def test_an_account_somebody_else_has_is_said_and_kept(
    real_window: MainWindow, known: tuple[str, list[str]], qtbot: QtBot
) -> None:
    first, second = (claim_page(real_window, key).account._known.person_id for key in known[1][:2])
    real_window.db.write(accounts.set_account, first, iban=IBAN, label=T("Account"))
    others = real_window.db.read(accounts.shared_with, second, IBAN)
    assert any(name.startswith("Ana ") for name in others)
    strip = claim_page(real_window, known[1][1]).account
    qtbot.keyClicks(strip.iban, IBAN)
    strip.iban.editingFinished.emit()
    assert others[0] in strip.told.text()
    assert strip.told.objectName() == "muted"
    assert real_window.db.read(accounts.account_of_person, second).iban == "SI56191000000123438"


def test_without_an_account_of_the_office_a_payment_leads_to_it(
    real_window: MainWindow, known: tuple[str, list[str]]
) -> None:
    real_window.db.write(office.set_settings, {"office.iban": ""}, label=T("Setting"))
    key = known[1][0]
    page = claim_page(real_window, key)
    type_cost(page, "vlak", "30")
    page.signed.click()
    page.go_on()
    real_window.db.write(accounts.set_account, page.account._known.person_id, iban=IBAN, label=T("Account"))
    tab = payments_tab(real_window)
    tab.waiting.select([key])
    tab.new()
    popup = tab.findChild(PaymentPopup)
    assert popup is not None
    popup.to_settings.click()
    settings = real_window.page
    assert isinstance(settings, SettingsPage)
    assert (settings.tab, settings.office.form.editor("office.iban").isVisible()) == ("office", True)


def test_what_is_approved_is_paid_and_taken_back(
    real_window: MainWindow, known: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key = known[1][0]
    page = claim_page(real_window, key)
    type_cost(page, "vlak", "30")
    page.signed.click()
    page.go_on()
    real_window.db.write(accounts.set_account, page.account._known.person_id, iban=IBAN, label=T("Account"))
    tab = payments_tab(real_window)
    tab.waiting.select([key])
    tab.new()
    popup = tab.findChild(PaymentPopup)
    assert popup is not None
    assert popup.with_file.isChecked()
    as_editor(popup.day).set_value(dt.date(2019, 1, 1))
    popup.give()
    assert not popup.wrong.isHidden()
    as_editor(popup.day).set_value(real_window.db.clock.today() + dt.timedelta(days=2))
    popup.give()
    assert tab.segments.current == DONE
    assert tab.inside.rows.listing.keys == [key]
    target = tmp_path / "placilo.xml"
    monkeypatch.setattr(dialogs, "save_file", lambda *_args: target)
    tab.save_file()
    assert b"SI56191000000123438" in target.read_bytes()
    tab.mark_paid()
    assert claim(real_window, key).status == "paid"
    assert not tab.back.isEnabled()
    tab.mark_unpaid()
    monkeypatch.setattr(dialogs, "ask", lambda *_args, **_more: 0)
    tab.take_back()
    assert (claim(real_window, key).status, claim(real_window, key).payment_id) == ("approved", None)
    assert key in real_window.db.read(claim_rows.payables_table).keys


def test_a_decided_claim_keeps_its_cells(
    real_window: MainWindow, known: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    key = known[1][0]
    page = claim_page(real_window, key)
    type_cost(page, "vlak", "30")
    page.signed.click()
    page.go_on()
    shown: list[OfficeError] = []
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, _speak, error: shown.append(error))
    tab = claims_tab(real_window)
    tab.table.edit_requested.emit(key, "route", "drugam")
    assert len(shown) == 1
    assert claim(real_window, key).route != "drugam"

"""What is approved and waits to be paid, and the payments made of it: for the bank, for the accountant, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.money import euros
from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services import documents, office
from mama_desktop.services.expenses import claim_rows, payments
from mama_desktop.services.expenses.papers_payments import PAYMENTS
from mama_desktop.services.expenses.payables import CLAIM
from mama_desktop.services.expenses.payments import Made
from mama_desktop.sheets.files import safe_filename, write_through
from mama_desktop.ui import dialogs
from mama_desktop.ui.expenses.payment_popup import PaymentPopup
from mama_desktop.ui.jobs import Report
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.saving import ask_where, save_with
from mama_desktop.ui.segments import Segments
from mama_desktop.ui.table_tools import equip
from mama_desktop.ui.widgets import button

WAITING, DONE = range(2)


class PaymentsTab(QWidget):
    """`show_view(key)`: a payment, or the key of a claim or order that waits."""

    add_words: Text | None = T("Make a payment")

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        say, may = page.say, page.db.read_only is None
        self.segments = Segments([say(T("Waiting to be paid")), say(T("Payments"))])
        self.segments.chosen.connect(self._on_segment)
        self.waiting = self._table(
            "payables", T("Waiting to be paid"), "circle-check",
            T("Nothing waits to be paid. Approved claims and settled travel orders will stand here."),
        )  # fmt: skip
        self.made = self._table(
            "payments", T("Payments"), "money-check", T("No payment was made yet. Choose what is to be paid first.")
        )
        self.bank = button(say(T("File for the bank")), "download", self.save_file)
        self.accountant = button(say(T("List for the accountant")), "file-excel", self.save_list)
        self.paid = button(say(T("Mark as paid")), "check", self.mark_paid)
        self.unpaid = button(say(T("Not paid after all")), "rotate-left", self.mark_unpaid)
        self.back = button(say(T("Take back")), "xmark", self.take_back)
        self.made.add_left(self.bank, self.accountant)
        if may:
            self.made.add_left(self.paid, self.unpaid, self.back)
        self.waiting.opened.connect(self._on_open_waiting)
        self.inside = RowTable(
            "payment-amounts", page.speak, page.shell.habits, today=page.db.clock.today, toolbar=False
        )
        self.inside.view.setAccessibleName(say(T("Amounts of the payment")))
        self.inside.set_empty("list", say(T("Choose a payment: what stands in it is shown here.")))
        self.inside.set_read_only(True)
        self.inside.opened.connect(self._on_open_amount)
        self.waiting.selection_changed.connect(self._on_selection)
        self.made.selection_changed.connect(self._on_selection)
        self._tools = {
            table: equip(page, table, of=of, noun="", title=partial(say, title))
            for table, of, title in (
                (self.waiting, "payables", T("Waiting to be paid")), (self.made, "payments", T("Payments")),
            )
        }  # fmt: skip
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.waiting)
        both = QSplitter(Qt.Orientation.Vertical)
        both.addWidget(self.made)
        both.addWidget(self.inside)
        both.setSizes([300, 200])
        both.setChildrenCollapsible(False)
        self._stack.addWidget(both)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self.segments)
        top.addStretch(1)
        lay.addLayout(top)
        lay.addWidget(holder, 1)
        self._on_selection()

    def _table(self, of: str, title: Text, picture: str, words: Text) -> RowTable:
        page, say = self._page, self._page.say
        hint = T("Search by name, project, purpose …")
        table = RowTable(of, page.speak, page.shell.habits, search_hint=say(hint), today=page.db.clock.today)
        table.view.setAccessibleName(say(title))
        table.set_empty(picture, say(words))
        table.set_read_only(True)
        return table

    # What the page asks

    def refresh(self) -> None:
        db, code, say = self._page.db, self._page.speak.code, self._page.say
        waiting = db.read(claim_rows.payables_table, language=code)
        self.waiting.set_listing(waiting)
        self.made.set_listing(db.read(claim_rows.payments_table, language=code))
        words = TN("Waiting to be paid: {count}", "Waiting to be paid: {count}", len(waiting.keys))
        self.segments.set_words(WAITING, say(words))
        self._on_selection()

    def show_view(self, view: str) -> None:
        self.refresh()
        if view in self.made.rows.listing.keys:
            self.segments.choose(DONE)
            self.made.select([view])
        elif view in self.waiting.rows.listing.keys:
            self.segments.choose(WAITING)
            self.waiting.select([view])

    def table(self) -> RowTable:
        return self.made if self.segments.current == DONE else self.waiting

    def export(self) -> None:
        self._tools[self.table()].export.to_excel()

    def focus_filter(self) -> None:
        self.table().focus_filter()

    def edit(self) -> None:
        """Nothing here is changed in its cell."""

    def selection_words(self) -> str:
        return self.table().selection_words()

    # Making a payment

    def new(self) -> None:
        """Of the chosen, or of everything that can be paid."""
        page = self._page
        if page.db.read_only is not None:
            return
        self.segments.choose(WAITING)
        keys = self.waiting.selected_keys() or self._ready()
        if not keys:
            page.shell.notice(T("Nothing that waits can be paid yet: accounts are missing, or nothing is approved."))
            return
        today = page.db.clock.today()
        day = today + dt.timedelta(days=1)
        has_account = bool(page.db.read(office.setting, "office.iban"))
        words = TN("{count} amount, together {total}", "{count} amounts, together {total}", len(keys),
                   total=self._money(self._sum(keys)))  # fmt: skip
        popup = PaymentPopup(page, words, day, has_account, self)
        popup.wished.connect(partial(self.make, keys))
        popup.open_below(self.segments)

    def make(self, keys: Sequence[str], day: dt.date, bank_file: bool, version: str) -> None:
        page = self._page
        made: Made | None = page.write(
            payments.make_payment, list(keys), pay_on=day, now=page.db.clock.now(), who=page.db.actor.who,
            bank_file=bank_file, version=version, label=TN("Payment of {count} amount", "Payment of {count} amounts",
                                                           len(keys)), tell=True,
        )  # fmt: skip
        if made is not None:
            self.show_view(made.id)

    def _ready(self) -> list[str]:
        listing = self.waiting.rows.listing
        missing = listing.column("missing")
        return [key for key, row in zip(listing.keys, listing.rows, strict=True) if not row[missing]]

    def _sum(self, keys: Sequence[str]) -> int:
        listing, wanted = self.waiting.rows.listing, set(keys)
        place = listing.column("cents")
        return sum(row[place] for key, row in zip(listing.keys, listing.rows, strict=True) if key in wanted)

    # What a payment is for

    def save_file(self) -> None:
        page = self._page
        for key in self.made.selected_keys()[:1]:
            try:
                name, data = page.db.read(payments.payment_file, key)
            except OfficeError as error:
                page.shell.show_error(error)
                return
            path = ask_where(page, name)
            if path is None:
                return
            try:
                write_through(path, partial(_write, data))
            except OfficeError as error:
                page.shell.show_error(error)
                return
            page.shell.notice_file(T("The file for the bank is written."), path)

    def save_list(self) -> None:
        """With whole accounts: asked first, as for every sensitive column."""
        page = self._page
        keys = self.made.selected_keys()[:1]
        if not keys:
            return
        question = T("The list shows whole accounts. Give it only to whoever pays.")
        if dialogs.ask(self, page.speak, question, T("Make the list")) is None:
            return
        mark = str(self._value(self.made.rows.listing, keys[0], "message_id"))
        name = safe_filename(f"{mark} {page.say(T('Payments of travel costs')).lower()}", ".xlsx")
        save_with(page, name, partial(self._write_list, keys[0]), T("The list for the accountant is written."))

    def _write_list(self, key: str, path: Path, _report: Report) -> None:
        page = self._page
        page.db.read(
            documents.make_document, key=PAYMENTS, target_id="", path=path, now=page.db.clock.now(),
            language=page.speak.code, options={"payment": key}, keep=False,
        )  # fmt: skip

    def mark_paid(self) -> None:
        page, keys = self._page, self.made.selected_keys()
        if keys:
            words = TN("{count} payment marked as paid", "{count} payments marked as paid", len(keys))
            now = page.db.clock.now()
            page.write(payments.mark_paid, keys, on=now.date(), now=now, label=words, tell=True)

    def mark_unpaid(self) -> None:
        page, keys = self._page, self.made.selected_keys()
        if keys:
            words = TN("{count} payment not paid after all", "{count} payments not paid after all", len(keys))
            page.write(payments.mark_unpaid, keys, now=page.db.clock.now(), label=words, tell=True)

    def take_back(self) -> None:
        page, keys = self._page, self.made.selected_keys()
        if not keys:
            return
        question = TN("Take {count} payment back?", "Take {count} payments back?", len(keys))
        more = T("What stands in it waits to be paid again. Make sure that the bank has not got its file.")
        if dialogs.ask(self, page.speak, question, T("Take back"), more=more, dangerous=True) is not None:
            words = TN("{count} payment taken back", "{count} payments taken back", len(keys))
            page.write(payments.take_back, keys, label=words, tell=True)

    # The rest

    def _on_segment(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self._on_selection()

    def _on_open_waiting(self, key: str) -> None:
        self._go_to(self.waiting, key)

    def _on_open_amount(self, key: str) -> None:
        self._go_to(self.inside, key)

    def _go_to(self, table: RowTable, key: str) -> None:
        kind = self._value(table.rows.listing, key, "kind")
        self._page.shell.go("travel_claim" if kind == CLAIM else "travel_order", key)

    def _show_inside(self, keys: Sequence[str]) -> None:
        payment = keys[0] if len(keys) == 1 else "-"
        self.inside.set_listing(
            self._page.db.read(claim_rows.payables_table, language=self._page.speak.code, payment_id=payment)
        )

    def _on_selection(self) -> None:
        keys = self.made.selected_keys()
        listing = self.made.rows.listing
        paid = [bool(self._value(listing, key, "paid_on")) for key in keys]
        files = [bool(self._value(listing, key, "file_name")) for key in keys]
        self._show_inside(keys)
        self.bank.setEnabled(len(keys) == 1 and files[0])
        no_file = T("This payment has no file for the bank. Take it back and make it again with one.")
        self.bank.setToolTip(self._page.say(no_file) if len(keys) == 1 and not files[0] else "")
        self.accountant.setEnabled(len(keys) == 1)
        self.paid.setEnabled(False in paid)
        self.unpaid.setEnabled(True in paid)
        self.back.setEnabled(bool(keys) and True not in paid)
        self._page.shell.say_selection(self.selection_words())

    def _value(self, listing: Listing, key: str, field_key: str) -> object:
        return listing.rows[list(listing.keys).index(key)][listing.column(field_key)]

    def _money(self, cents: int) -> str:
        return self._page.speak.money(euros(cents) or 0)


def _write(data: bytes, path: Path) -> None:
    path.write_bytes(data)

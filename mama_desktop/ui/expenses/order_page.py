"""One travel order in two parts: the order, and its settlement; its paper, its receipts, what was changed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mama_desktop.domain.expenses import ORDER_STATUSES
from mama_desktop.domain.money import euros
from mama_desktop.domain.orders import OFFICE_CAR, OPEN, absence_words
from mama_desktop.domain.text import TC, T
from mama_desktop.i18n import Language
from mama_desktop.services.expenses import order_edits, order_rows
from mama_desktop.services.expenses.order_rows import OrderCard
from mama_desktop.store.database import Database
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.expenses.deed_menu import DeedMenu
from mama_desktop.ui.expenses.order_cost_table import OrderCostTable
from mama_desktop.ui.expenses.order_deeds import APPROVE, DEEDS, PAY, SETTLE, UNSETTLE, OrderDeeds
from mama_desktop.ui.expenses.order_paper import OrderPaper
from mama_desktop.ui.files_panel import FilesPanel
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.page import Shell
from mama_desktop.ui.record_form import RecordForm
from mama_desktop.ui.record_page import RecordPage
from mama_desktop.ui.theme import scaled
from mama_desktop.ui.tones import tone_of
from mama_desktop.ui.widgets import Chip, button, clear_layout, label, shortened

_ORDER = (
    (T("Who is sent"), ("person", "post", "home_address", "ordered_by", "issued_on")),
    (T("The journey"), ("event_id", "project_id", "leaves_at", "returns_at", "purpose", "route", "task", "country")),
    (T("By what"), ("vehicle_id", "means", "registration_number")),
    (T("Costs"), ("payer", "advance_cents", "per_diem")),
    (None, ("remarks",)),
)
_SETTLED = (
    (T("The journey as it was"), ("left_at", "returned_at", "border_out_at", "border_back_at")),
    (T("Kilometres"), ("km", "odometer_start", "odometer_end")),
    (T("Free meals"), ("breakfasts", "lunches", "dinners")),
    (None, ("report",)),
)
_BORDER, _ODOMETER = ("border_out_at", "border_back_at"), ("odometer_start", "odometer_end")
# The next step of each status: what the primary button says and does.
_NEXT = {"issued": SETTLE, "settled": APPROVE, "approved": PAY}
_RIGHT = Qt.AlignmentFlag.AlignRight


class OrderPage(RecordPage):
    """`open(key, tab)`: order (first), settlement, paper, files, history."""

    table = "travel_order"
    kinds = frozenset({
        "travel_order", "cost_line", "attachment", "payment", "person", "event", "project", "vehicle", "allowance_rate",
    })  # fmt: skip
    help_topic = "travel-orders"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell, _ORDER, frozenset({"route", "purpose"}))
        say = self.say
        self._card: OrderCard | None = None
        self._more = button(say(T("Other steps")), "list-check")
        self.deeds = OrderDeeds(self, self._status, self._more)
        self.menu = DeedMenu(self, self.deeds, DEEDS, UNSETTLE, self._more)
        self._more.setMenu(self.menu)
        self.add_button(say(T("Print")), "print", self.print_out)
        if db.read_only is None:
            self.add_to_head(self._more)
            self.step = self.add_button("", "check", self.go_on, primary=True)
        self.settled = RecordForm(self, "travel_order", _SETTLED)
        self.costs = OrderCostTable(self)
        self.paper = OrderPaper(self)
        self._files = FilesPanel(self, "travel_order")
        self._order_said, order_tab = self._below_callouts(self._form)
        self._settled_said, settled_tab = self._settlement()
        self.add_tab("order", say(TC("travel order", "Order")), order_tab)
        self.add_tab("settlement", say(T("Settlement")), settled_tab)
        self.add_tab("paper", say(T("On paper")), self.paper)
        self.add_tab("files", say(T("Receipts and tickets")), self._files)
        self.add_tab("history", say(T("History")), self._history)

    def _below_callouts(self, widget: QWidget) -> tuple[QVBoxLayout, QWidget]:
        holder = QWidget()
        lay = QVBoxLayout(holder)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        said = QVBoxLayout()
        said.setSpacing(6)
        lay.addLayout(said)
        lay.addWidget(widget, 1)
        return said, holder

    def _settlement(self) -> tuple[QVBoxLayout, QWidget]:
        right = QWidget()
        lay = QVBoxLayout(right)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        said = QVBoxLayout()
        said.setSpacing(6)
        lay.addLayout(said)
        lay.addWidget(self.costs, 1)
        self._sums = QGridLayout()
        self._sums.setHorizontalSpacing(16)
        self._sums.setVerticalSpacing(2)
        sums = QHBoxLayout()
        sums.addStretch(1)
        sums.addLayout(self._sums)
        lay.addLayout(sums)
        self.settled.setFixedWidth(scaled(292))
        right.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        holder = QWidget()
        across = QHBoxLayout(holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(16)
        across.addWidget(self.settled)
        across.addWidget(right, 1)
        return said, holder

    # What the frame asks

    def open(self, key: str, view: str) -> None:
        self._key = key or self._key
        self.show_tab(view or "order")

    def refresh(self) -> None:
        code = self.speak.code
        card = self.db.read(order_rows.order_card, self._key, language=code)
        if card is None:
            # Its writing was undone while it was open.
            self.shell.go("transport", "", "orders")
            return
        self._card = card
        say, values = self.say, card.values
        number = say(T("Travel order {number}", number=card.number))
        self.set_where((say(T("Transport")), "transport", "", "orders"), (number, ""))
        self.set_title(f"{number} – {values['person']}")
        self.set_about(values["purpose"] or values["event"], values["route"], self._when(values))
        choices = self.db.read(order_rows.choices_of, self._key, language=code)
        self._form.show_record(self._key, values, choices)
        self.settled.show_record(self._key, values)
        self._show_fields(card)
        self.costs.show_order(self._key, card.status in OPEN)
        self._files.show_record(self._key)
        self._show_said(card)
        self._show_sums(card)
        self._show_chips(card)
        self._show_step(card)
        self.tab_changed(self.tab)

    def tab_changed(self, key: str) -> None:
        super().tab_changed(key)
        if key == "paper" and self._key:
            self.paper.show_order(self._key)

    def edit(self) -> None:
        if self.tab == "settlement":
            self.settled.focus_first()
        else:
            self.show_tab("order")
            self._form.focus_first()

    def new(self) -> None:
        """Another cost."""
        self.show_tab("settlement")
        self.costs.fields["what"].setFocus()

    def print_out(self) -> None:
        """Seen first, page by page, then printed from there."""
        if self.tab == "paper":
            self.paper.print_shown()
        else:
            self.show_tab("paper")

    # What is shown

    def _when(self, values: dict[str, Any]) -> str:
        first, last = values["leaves_at"], values["returns_at"]
        return self.speak.date_range(first.date(), (last or first).date()) if first else ""

    def _show_fields(self, card: OrderCard) -> None:
        """Only what this journey has: a border abroad, an odometer in the office's car; closed ones are not edited."""
        is_open = card.status in OPEN and self.db.read_only is None
        for form in (self._form, self.settled):
            form.set_editable(is_open)
        for key in _BORDER:
            self.settled.set_field_visible(key, card.is_abroad)
        for key in _ODOMETER:
            self.settled.set_field_visible(key, card.values["means"] == OFFICE_CAR)

    def _show_said(self, card: OrderCard) -> None:
        say = self.say
        clear_layout(self._order_said)
        if card.status == "cancelled":
            self._order_said.addWidget(Callout("no", say(T("This travel order is cancelled."))))
        elif card.said:
            self._order_said.addWidget(Callout("wait", "\n".join(say(one) for one in card.said)))
        clear_layout(self._settled_said)
        if card.status == "issued" and card.absence is None:
            callout = Callout("info", say(T("How was the journey? The hours follow from the order where it was so.")))
            if self.db.read_only is None and card.values["leaves_at"] and card.values["returns_at"]:
                callout.add(button(say(T("As ordered")), "check", self.take_plan))
            self._settled_said.addWidget(callout)
        for tone, texts in (("wait", card.doubts), ("no", card.missing), ("no", (card.wrong,) if card.wrong else ())):
            if texts:
                self._settled_said.addWidget(Callout(tone, "\n".join(say(one) for one in texts)))

    def _show_sums(self, card: OrderCard) -> None:
        clear_layout(self._sums)
        back = card.to_pay_cents < 0
        rows = [(T("Costs together"), card.total_cents), (T("Advance received"), card.advance_cents)]
        rows.append((T("To be returned by the traveller") if back else T("To be paid out to the traveller"),
                     abs(card.to_pay_cents)))  # fmt: skip
        for row, (words, cents) in enumerate(rows):
            kind = "cardTitle" if row == 2 else ""
            self._sums.addWidget(label(self.say(words), kind or "muted"), row, 0)
            amount = label(self._money(cents), kind)
            self._sums.addWidget(amount, row, 1)
            self._sums.setAlignment(amount, _RIGHT)

    def _show_chips(self, card: OrderCard) -> None:
        say = self.say
        tone, _ = tone_of(card.status)
        chips = [Chip(say(ORDER_STATUSES[card.status]), tone)]
        if card.absence is not None and card.absence.total_seconds() > 0:
            words = T("away {time}", time=absence_words(card.absence))
            chips.append(Chip(say(words), "neutral", "settlement"))
        if card.total_cents:
            words = T("costs {amount}", amount=self._money(card.total_cents))
            chips.append(Chip(say(words), "neutral", "settlement"))
        if card.advance_cents:
            words = T("advance {amount}", amount=self._money(card.advance_cents))
            chips.append(Chip(say(words), "info", "field:advance_cents"))
        if card.in_payment:
            chips.append(Chip(say(T("in payment {mark}", mark=card.in_payment)), "info"))
        if card.event_id:
            chips.append(Chip(shortened(card.event, 40), "neutral", "event"))
        self.set_chips(chips, self._on_chip)

    def _show_step(self, card: OrderCard) -> None:
        if self.db.read_only is not None:
            return
        deed = _NEXT.get(card.status, "")
        self.step.setVisible(bool(deed) and not (deed == PAY and card.in_payment))
        if deed:
            words = self.say(DEEDS[deed][0])
            self.step.setText("  " + words)
            self.step.setAccessibleName(words)

    def _on_chip(self, view: str) -> None:
        if view == "event" and self._card is not None:
            self.shell.go("event", self._card.event_id)
        elif view.startswith("field:"):
            self.show_tab("order")
            self._form.focus_field(view.removeprefix("field:"))
        else:
            self.show_tab(view)

    # What the person does

    def go_on(self) -> None:
        """The next step; what is missing for it is shown where it is keyed in."""
        if self._card is None:
            return
        deed = _NEXT[self._card.status]
        if deed == SETTLE and self._card.absence is None:
            self.show_tab("settlement")
            self.settled.focus_first()
            return
        self.deeds.do(deed)

    def take_plan(self) -> None:
        self.write(order_edits.take_plan, self._key, label=T("The journey was as ordered"))

    def _status(self) -> dict[str, str]:
        return {self._key: self._card.status} if self._card is not None else {}

    def _money(self, cents: int) -> str:
        return self.speak.money(euros(cents) or 0)

"""One claim: keyed in from the paper, what may be paid of it, the decision; its details, receipts and history."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from mama_desktop.domain.claims import OPEN
from mama_desktop.domain.expenses import CLAIM_STATUSES
from mama_desktop.domain.money import euros
from mama_desktop.domain.rows import ChangeInfo
from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.services import editing, history
from mama_desktop.services.expenses import claim_decisions, claim_rows
from mama_desktop.services.expenses.claim_rows import ClaimCard
from mama_desktop.services.expenses.papers_claim import CLAIM
from mama_desktop.services.fields.claim import CLAIM_FIELDS
from mama_desktop.store.database import Database
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.dropping import DropFrame
from mama_desktop.ui.expenses.account_strip import AccountStrip
from mama_desktop.ui.expenses.approve_less import ApproveLess
from mama_desktop.ui.expenses.claim_costs import ClaimCosts
from mama_desktop.ui.expenses.claim_deeds import APPROVE, DEEDS, RETURN, UNDO_RETURN, ClaimDeeds
from mama_desktop.ui.expenses.deed_menu import DeedMenu
from mama_desktop.ui.files_panel import FilesPanel
from mama_desktop.ui.history_list import HistoryList
from mama_desktop.ui.icons import icon
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.page import Page, Shell
from mama_desktop.ui.record_form import RecordForm
from mama_desktop.ui.tones import tone_of
from mama_desktop.ui.widgets import Chip, button, clear_layout, shortened

_GROUPS = (
    (None, ("route", "means", "km", "most_cents", "returned_on", "signed", "green_declared")),
    (None, ("remarks",)),
)


class ClaimPage(Page):
    """`open(key, tab)`: key-in (first), details, receipts, history."""

    kinds = frozenset({
        "travel_claim", "cost_line", "bank_account", "payment", "attachment", "registration", "person", "event",
        "travel_grant", "travel_leg",
    })  # fmt: skip
    help_topic = "claims"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell)
        self._key = ""
        self._card: ClaimCard | None = None
        say = self.say
        self._decide = button(say(T("Decide")), "list-check")
        self.deeds = ClaimDeeds(self, self._status, self._decide)
        self.menu = DeedMenu(self, self.deeds, DEEDS, UNDO_RETURN, self._decide)
        self._decide.setMenu(self.menu)
        self.add_button(say(T("Print")), "print", self.print_out)
        if db.read_only is None:
            self.add_to_head(self._decide)
            self.less = self.menu.addAction(icon("scissors"), say(T("Approve less …")))
            self.less.triggered.connect(self.approve_less)
            self.approve = self.add_button(say(T("Approve")), "check", self.go_on, primary=True)
        self.account = AccountStrip(self)
        self.costs = ClaimCosts(self)
        self.form = RecordForm(self, "travel_claim", _GROUPS, wide=frozenset({"route"}))
        self.files = FilesPanel(self, "travel_claim")
        self.history = HistoryList(self, self._changes)
        self.add_tab("key-in", say(T("Key-in")), self._key_in())
        self.add_tab("details", say(T("Details")), self.form)
        self.add_tab("receipts", say(T("Receipts and tickets")), self.files)
        self.add_tab("history", say(T("History")), self.history)
        if db.read_only is None:
            DropFrame(self, self.bring)

    def _key_in(self) -> QWidget:
        body = QWidget()
        lay = QVBoxLayout(body)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(10)
        self.signed = QCheckBox(self.say(T("The paper is signed")))
        self.green = QCheckBox(self.say(T("Green travel is declared on it")))
        self.signed.clicked.connect(self._on_signed)
        self.green.clicked.connect(self._on_green)
        ticks = QHBoxLayout()
        ticks.setSpacing(24)
        for box in (self.signed, self.green):
            box.setEnabled(self.db.read_only is None)
            ticks.addWidget(box)
        ticks.addStretch(1)
        self._said = QVBoxLayout()
        self._said.setSpacing(6)
        lay.addWidget(self.account)
        lay.addLayout(ticks)
        lay.addLayout(self._said)
        lay.addWidget(self.costs, 1)
        return body

    # What the frame asks

    def open(self, key: str, view: str) -> None:
        self._key = key or self._key
        self.show_tab(view or "key-in")

    def refresh(self) -> None:
        card = self.db.read(claim_rows.claim_card, self._key, language=self.speak.code)
        if card is None:
            # Deleted, here or by somebody else, while it was open.
            self.shell.go("transport", "", "claims")
            return
        self._card = card
        say, values = self.say, card.values
        self.set_where((say(T("Transport")), "transport", "", "claims"), (shortened(values["event"]), "event",
                       card.event_id), (card.person, ""))  # fmt: skip
        self.set_title(card.person)
        self.set_about(say(T("Claim for travel costs")), values["route"])
        self._show_chips(card)
        is_open = card.status in OPEN
        self.account.show_person(card.account)
        self.costs.show_claim(self._key, is_open)
        for box, on in ((self.signed, values["signed"]), (self.green, values["green_declared"])):
            box.setChecked(bool(on))
            box.setEnabled(is_open and self.db.read_only is None)
        clear_layout(self._said)
        for words in card.said:
            self._said.addWidget(Callout("wait", say(words)))
        self.form.show_record(self._key, values)
        self.files.show_record(self._key)
        self._show_buttons(card)
        self.tab_changed(self.tab)

    def _show_chips(self, card: ClaimCard) -> None:
        say, money = self.say, self._money
        tone, _ = tone_of(card.status)
        chips = [Chip(say(CLAIM_STATUSES[card.status]), tone)]
        chips.append(Chip(say(T("claimed {amount}", amount=money(card.claimed_cents))), "neutral", "key-in"))
        if card.most_cents is not None:
            over = card.claimed_cents > card.most_cents
            chips.append(
                Chip(
                    say(T("at most {amount}", amount=money(card.most_cents))), "wait" if over else "neutral", "details"
                )
            )
        if (approved := card.values["approved_cents"]) is not None:
            chips.append(Chip(say(T("approved {amount}", amount=money(approved))), "ok"))
        if card.values["payment"]:
            chips.append(Chip(say(T("in payment {mark}", mark=card.values["payment"])), "info", "payment"))
        if card.values["reason"]:
            chips.append(Chip(shortened(card.values["reason"]), "no"))
        self.set_chips(chips, self._on_chip)

    def _show_buttons(self, card: ClaimCard) -> None:
        if self.db.read_only is not None:
            return
        made, returned = card.status == "made", card.status == "returned"
        words = self.say(T("Came back signed") if made else T("Approve"))
        self.approve.setText("  " + words)
        self.approve.setAccessibleName(words)
        self.approve.setVisible(made or returned)
        self.less.setEnabled(returned and card.claimed_cents > 0)

    def _on_chip(self, view: str) -> None:
        if view == "payment" and self._card is not None:
            self.shell.go("transport", "", f"payments:{self._card.payment_id}")
        else:
            self.show_tab(view)

    def tab_changed(self, key: str) -> None:
        if key == "history" and self._key:
            self.history.refresh()

    def edit(self) -> None:
        self.show_tab("key-in")
        self.costs.table.edit_current()

    def new(self) -> None:
        self.show_tab("key-in")
        self.costs.fields["what"].setFocus()

    def print_out(self) -> None:
        if self._card is not None:
            self.shell.go("event", self._card.event_id, f"documents:{CLAIM}:{self._card.registration_id}")

    # Deciding

    def go_on(self) -> None:
        """The next step of this claim."""
        if self._card is not None:
            self.deeds.do(RETURN if self._card.status == "made" else APPROVE)

    def approve_less(self, *_checked: bool) -> None:
        card = self._card
        if card is None:
            return
        limit = card.claimed_cents if card.most_cents is None else min(card.claimed_cents, card.most_cents)
        popup = ApproveLess(self.speak.number(euros(limit) or 0, 2), self.speak, self)
        popup.given.connect(self._on_less)
        popup.open_below(self._decide)

    def _on_less(self, cents: int, reason: str) -> None:
        self.write(
            claim_decisions.approve, [self._key], cents=cents, reason=reason, now=self.db.clock.now(),
            who=self.db.actor.who, label=T("Approve less"), tell=True,
        )  # fmt: skip

    def _on_signed(self, on: bool) -> None:
        self._change("signed", on)

    def _on_green(self, on: bool) -> None:
        self._change("green_declared", on)

    def _change(self, field_key: str, value: Any) -> None:
        label = T("Change: {field}", field=CLAIM_FIELDS[field_key].info.label)
        now = self.db.clock.now()
        self.write(editing.change, "travel_claim", [self._key], field_key, value, now=now, label=label)

    def bring(self, paths: Sequence[Path]) -> None:
        """Scans and receipts dropped anywhere on the page."""
        self.show_tab("receipts")
        self.files.bring(paths)

    def _status(self) -> dict[str, str]:
        return {self._key: self._card.status} if self._card is not None else {}

    def _changes(self, limit: int) -> list[ChangeInfo]:
        return self.db.read(history.changes_of_record, "travel_claim", self._key)[:limit]

    def _money(self, cents: int) -> str:
        return self.speak.money(euros(cents) or 0)

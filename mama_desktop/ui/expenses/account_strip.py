"""Where somebody is paid: the account checked while it is typed, masked until it is asked for; the tax number."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mama_desktop.domain.claims import tax_number_fault
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, Text
from mama_desktop.services.expenses import accounts
from mama_desktop.services.expenses.accounts import KeptAccount
from mama_desktop.services.expenses.iban import account_of, compact, grouped
from mama_desktop.ui.labelled import labelled
from mama_desktop.ui.page import Page
from mama_desktop.ui.theme import scaled
from mama_desktop.ui.widgets import button, label

# As many characters as the shortest account has (Norway); before that nobody has finished typing.
_SHORTEST = 15
_NAMED = 3


class AccountStrip(QWidget):
    """`show_person(account, name)`; writes what is typed when it is right, and says under the field what is wrong."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._known = KeptAccount("")
        self._shown = False
        say, may = page.say, page.db.read_only is None
        self.iban = QLineEdit()
        self.iban.setMinimumWidth(scaled(300))
        self.iban.textEdited.connect(self._on_typed)
        self.iban.editingFinished.connect(self._on_iban)
        self.iban.setPlaceholderText("SI56 …")
        self.reveal = button(say(T("Show")), "eye", self.toggle)
        self.tax = QLineEdit()
        self.tax.setMaximumWidth(scaled(150))
        self.tax.editingFinished.connect(self._on_tax)
        self.holder = QLineEdit()
        self.holder.editingFinished.connect(self._on_holder)
        for field in (self.iban, self.tax, self.holder):
            field.setReadOnly(not may)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(labelled(say(T("Bank account (IBAN)")), self.iban), 2)
        holder = QVBoxLayout()
        holder.addStretch(1)
        holder.addWidget(self.reveal)
        line.addLayout(holder)
        line.addWidget(labelled(say(T("Tax number")), self.tax))
        line.addWidget(labelled(say(T("Holder, if somebody else")), self.holder), 1)
        self.told = label("", "muted", wrap=True)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(4)
        lay.addLayout(line)
        lay.addWidget(self.told)

    def show_person(self, known: KeptAccount) -> None:
        if known.person_id != self._known.person_id:
            self._shown = False
        if known == self._known and self.iban.text():
            return
        self._known = known
        self._show()

    def toggle(self) -> None:
        """The whole account, or masked again."""
        self._shown = not self._shown
        self._show()
        if self._shown:
            self.iban.setFocus()

    def _show(self) -> None:
        known, say = self._known, self._page.say
        hidden = bool(known.iban) and not self._shown
        self.reveal.setVisible(bool(known.iban))
        words = say(T("Show")) if hidden else say(T("Hide"))
        self.reveal.setText("  " + words)
        self.reveal.setAccessibleName(words)
        self.iban.setReadOnly(hidden or self._page.db.read_only is not None)
        self.iban.setText(known.masked if hidden else known.grouped)
        masked_tax = "••••" if hidden and known.tax_number else known.tax_number
        self.tax.setText(masked_tax)
        self.tax.setReadOnly(hidden or self._page.db.read_only is not None)
        if not self.holder.hasFocus():
            self.holder.setText(known.holder)
        self._say(self._bank(known.iban) if known.iban else None)

    def _bank(self, iban: str) -> Text | None:
        try:
            found = account_of(iban)
        except OfficeError:
            return None
        others = self._page.db.read(accounts.shared_with, self._known.person_id, found.iban)
        if others:
            # Brothers and sisters share one; a copied line does not.
            return T("Same account as {names}.", names=", ".join(others[:_NAMED]))
        if not found.in_sepa:
            return T("This account is in a country outside SEPA: the bank's file cannot take it.")
        return T("Account checked: {bank}", bank=found.bank) if found.bank else T("Account checked.")

    def _on_typed(self, words: str) -> None:
        """What is wrong is said while it is typed, once there is enough of it."""
        if len(compact(words)) < _SHORTEST:
            self._say(None)
            return
        try:
            account_of(words)
        except OfficeError as error:
            self._say(error.what, wrong=True)
        else:
            self._say(self._bank(words))

    def _on_iban(self) -> None:
        typed = compact(self.iban.text())
        if self.iban.isReadOnly() or typed == self._known.iban:
            return
        try:
            if typed:
                account_of(typed)
        except OfficeError as error:
            self._say(error.what, wrong=True)
            return
        self.iban.setText(grouped(typed))
        self._write(T("Bank account"), iban=typed)

    def _on_tax(self) -> None:
        if self.tax.isReadOnly() or self.tax.text().strip() == self._known.tax_number:
            return
        if fault := tax_number_fault(self.tax.text()):
            self._say(fault, wrong=True)
            return
        self._write(T("Tax number"), tax_number=self.tax.text())

    def _on_holder(self) -> None:
        if self.holder.text().strip() != self._known.holder:
            self._write(T("Holder of the account"), holder=self.holder.text())

    def _write(self, words: Text, **values: Any) -> None:
        write = partial(accounts.set_account, person_id=self._known.person_id, **values)
        self._page.write(write, label=T("Change: {field}", field=words))

    def _say(self, words: Text | None, *, wrong: bool = False) -> None:
        self.told.setObjectName("fieldError" if wrong else "muted")
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)
        self.told.setText(self._page.say(words) if words is not None else "")
        self.told.setVisible(words is not None)

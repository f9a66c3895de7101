"""The costs of one claim: a table corrected in the cells, and a line below it in which the next one is keyed in."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mama_desktop.domain.text import TN, T
from mama_desktop.services import editing
from mama_desktop.services.expenses import claim_costs, claim_rows
from mama_desktop.services.fields.claim import CLAIM_COST_FIELDS
from mama_desktop.ui.editors import as_editor, make_editor
from mama_desktop.ui.labelled import labelled
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.said import Unreadable
from mama_desktop.ui.theme import scaled
from mama_desktop.ui.widgets import button, label

_WIDTHS = {"kind": 150, "day": 120, "quantity": 90, "amount_cents": 100}


class ClaimCosts(QWidget):
    """`show_claim(key, is_open)`; Enter in the line adds the cost and goes on to the next."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._claim = page, ""
        say = page.say
        self.table = RowTable("claim-costs", page.speak, page.shell.habits, today=page.db.clock.today, toolbar=False)
        self.table.view.setAccessibleName(say(T("Costs")))
        self.table.set_empty("receipt", say(T("Nothing is keyed in yet. Write below what stands on the paper.")))
        self.table.edit_requested.connect(self._on_edit)
        self.table.delete_requested.connect(self._on_delete)
        self.table.deletes_rows = True
        self._line = QWidget()
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        self.fields: dict[str, QWidget] = {}
        for key, field in CLAIM_COST_FIELDS.items():
            editor = make_editor(field.info, page.speak, page.db.clock.today())
            if isinstance(editor, QLineEdit):
                editor.returnPressed.connect(self.add)
            if key in _WIDTHS:
                editor.setMaximumWidth(scaled(_WIDTHS[key]))
            self.fields[key] = editor
            line.addWidget(labelled(say(field.info.label), editor), 0 if key in _WIDTHS else 1)
        as_editor(self.fields["kind"]).set_value("ticket")
        self.fields["amount_cents"].setToolTip(say(T("Kilometres of an own car are worth the rate of the day.")))
        adding = QVBoxLayout()
        adding.addStretch(1)
        self.add_button = button(say(T("Add")), "plus", self.add)
        adding.addWidget(self.add_button)
        line.addLayout(adding)
        self.told = label("", "fieldError", wrap=True)
        self.told.hide()
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        lay.addWidget(self.table, 1)
        lay.addWidget(self._line)
        lay.addWidget(self.told)

    def show_claim(self, key: str, is_open: bool) -> None:
        self._claim = key
        may = is_open and self._page.db.read_only is None
        self.table.set_read_only(not may)
        self._line.setVisible(may)
        self.table.set_listing(self._page.db.read(claim_rows.cost_table, key, language=self._page.speak.code))

    def add(self) -> None:
        """Enter: keep the line, empty it for the next one."""
        page = self._page
        try:
            said = {key: as_editor(editor).value() for key, editor in self.fields.items()}
        except Unreadable:
            self._say(page.say(T("This cannot be read. Check what you typed.")))
            return
        if not said["amount_cents"] and not said["quantity"]:
            self._say(page.say(T("A cost needs an amount.")))
            self.fields["amount_cents"].setFocus()
            return
        kind = "mileage" if said["quantity"] and not said["amount_cents"] else said["kind"]
        checked = {
            key: editing.checked(CLAIM_COST_FIELDS[key].info, said[key]) for key in ("day", "quantity", "amount_cents")
        }
        self._say("")
        key = page.write(
            claim_costs.add_cost, self._claim, kind=kind, what=str(said["what"] or ""), day=checked["day"],
            km=checked["quantity"], amount_cents=checked["amount_cents"], now=page.db.clock.now(),
            label=T("Cost keyed in"),
        )  # fmt: skip
        if key is None:
            return
        for name in ("what", "quantity", "amount_cents"):
            as_editor(self.fields[name]).set_value(None)
        self.fields["what"].setFocus()

    def _say(self, words: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def _on_edit(self, key: str, field_key: str, value: Any) -> None:
        page, info = self._page, CLAIM_COST_FIELDS[field_key].info
        label_ = T("Change: {field}", field=info.label)
        page.write(editing.change, "cost_line", [key], field_key, value, now=page.db.clock.now(), label=label_)

    def _on_delete(self, keys: list[str]) -> None:
        if keys and self._page.db.read_only is None:
            words = TN("Delete {count} cost", "Delete {count} costs", len(keys))
            self._page.write(claim_costs.remove_costs, keys, label=words, tell=True)

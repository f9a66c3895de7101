"""The costs of a settlement: what follows from rates above what was keyed in, each with its receipt."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import TN, T
from mama_desktop.services import editing
from mama_desktop.services.expenses import order_rows, settlements
from mama_desktop.services.fields.orders import KEYED_KINDS, ORDER_COST_FIELDS
from mama_desktop.services.files import Brought
from mama_desktop.ui import kept_files
from mama_desktop.ui.dropping import DropFrame
from mama_desktop.ui.editors import as_editor, make_editor
from mama_desktop.ui.labelled import labelled
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.said import Unreadable
from mama_desktop.ui.theme import scaled
from mama_desktop.ui.widgets import button, label

_KEYED = (
    FieldInfo("kind", T("Kind"), "choice", choices=KEYED_KINDS),
    ORDER_COST_FIELDS["what"].info,
    ORDER_COST_FIELDS["day"].info,
    ORDER_COST_FIELDS["amount_cents"].info,
)
_WIDTHS = {"kind": 140, "day": 110, "amount_cents": 90}
_ONE_LINE_FROM = 600
_SHOWN = ("kind", "what", "day", "number", "rate", "amount_cents", "receipt")


class OrderCostTable(QWidget):
    """`show_order(key, is_open)`; Enter in the line below adds the cost and goes on to the next."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._order = page, ""
        say = page.say
        self.table = RowTable("order-costs", page.speak, page.shell.habits, today=page.db.clock.today, toolbar=False)
        self.table.view.setAccessibleName(say(T("Costs")))
        self.table.columns.is_shown_at_first = _SHOWN.__contains__
        self.table.set_empty(
            "receipt",
            say(T("Key in when the journey began and ended: per diems and mileage follow. Tickets are added below.")),
        )
        self.table.edit_requested.connect(self._on_edit)
        self.table.delete_requested.connect(self._on_delete)
        self.table.deletes_rows = True
        self.table.doing.row_menu.append(self._add_to_menu)
        self._line = QWidget()
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._line)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        rows = (QHBoxLayout(), QHBoxLayout())
        self.fields: dict[str, QWidget] = {}
        for place, info in enumerate(_KEYED):
            editor = make_editor(info, page.speak, page.db.clock.today())
            if isinstance(editor, QLineEdit):
                editor.returnPressed.connect(self.add)
            if info.key in _WIDTHS:
                editor.setFixedWidth(scaled(_WIDTHS[info.key]))
            self.fields[info.key] = editor
            rows[place // 2].addWidget(labelled(say(info.label), editor), 0 if info.key in _WIDTHS else 1)
        for row in rows:
            row.setSpacing(8)
        self._lines.addLayout(rows[0], 1)
        self._lines.addLayout(rows[1])
        line = rows[1]
        as_editor(self.fields["kind"]).set_value("ticket")
        adding = QVBoxLayout()
        adding.addStretch(1)
        self.add_button = button(say(T("Add")), "plus", self.add)
        adding.addWidget(self.add_button)
        line.addLayout(adding)
        line.addStretch(1)
        self.told = label("", "fieldError", wrap=True)
        self.told.hide()
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        lay.addWidget(self.table, 1)
        lay.addWidget(self._line)
        lay.addWidget(self.told)
        if page.db.read_only is None:
            DropFrame(self, self.bring_receipt)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window what is keyed in takes two lines."""
        super().resizeEvent(event)
        wide = self.width() >= scaled(_ONE_LINE_FROM)
        self._lines.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def show_order(self, key: str, is_open: bool) -> None:
        self._order = key
        may = is_open and self._page.db.read_only is None
        self.table.set_read_only(not may)
        self._line.setVisible(may)
        self.table.set_listing(self._page.db.read(order_rows.cost_rows, key, language=self._page.speak.code))

    def add(self) -> None:
        """Enter: keep the cost, empty the line for the next one."""
        page = self._page
        try:
            said = {key: as_editor(editor).value() for key, editor in self.fields.items()}
        except Unreadable:
            self._say(page.say(T("This cannot be read. Check what you typed.")))
            return
        if not said["amount_cents"]:
            self._say(page.say(T("A cost needs an amount.")))
            self.fields["amount_cents"].setFocus()
            return
        self._say("")
        key = page.write(
            settlements.add_cost, self._order, kind=said["kind"] or "ticket", what=str(said["what"] or ""),
            day=said["day"], amount_cents=said["amount_cents"], label=T("Cost keyed in"),
        )  # fmt: skip
        if key is not None:
            for name in ("what", "amount_cents"):
                as_editor(self.fields[name]).set_value(None)
            self.fields["what"].setFocus()

    # Receipts

    def attach(self) -> None:
        """Choose a file as the receipt of the current cost."""
        if self.table.current_key() and (
            chosen := kept_files.choose(self._page, self, T("Attach a receipt"), several=False)
        ):
            self.bring_receipt(chosen)

    def bring_receipt(self, paths: Sequence[Path]) -> None:
        """A file dropped on the costs is the receipt of the current one."""
        if line := self.table.current_key():
            kept_files.bring(self._page, self, list(paths)[:1], partial(self._on_read, line))
        else:
            self._page.shell.notice(T("Choose the cost this receipt belongs to first."))

    def open_receipt(self) -> None:
        key = self._page.db.read(settlements.receipt_of, self.table.current_key())
        if key:
            kept_files.open_copy(self._page, key)

    def _on_read(self, line: str, found: list[Brought]) -> None:
        page = self._page
        page.write(
            settlements.keep_receipt, line, found, now=page.db.clock.now(), who=page.db.actor.who,
            label=T("Attach a receipt"), tell=True,
        )  # fmt: skip

    def _add_to_menu(self, menu: QMenu) -> None:
        key = self.table.current_key()
        if not key:
            return
        has_one = bool(self._page.db.read(settlements.receipt_of, key))
        menu.addSeparator()
        for words, do, possible in (
            (T("Attach a receipt …"), self.attach, self._line.isVisible()),
            (T("Open the receipt"), self.open_receipt, has_one),
        ):  # fmt: skip
            action = QAction(self._page.say(words), menu)
            action.setEnabled(possible)
            action.triggered.connect(do)
            menu.addAction(action)

    # What the table tells

    def _on_edit(self, key: str, field_key: str, value: Any) -> None:
        page, info = self._page, ORDER_COST_FIELDS[field_key].info
        words = T("Change: {field}", field=info.label)
        page.write(editing.change, "order_cost", [key], field_key, value, now=page.db.clock.now(), label=words)

    def _on_delete(self, keys: list[str]) -> None:
        if keys and self._page.db.read_only is None:
            words = TN("Delete {count} cost", "Delete {count} costs", len(keys))
            self._page.write(settlements.remove_costs, keys, label=words, tell=True)

    def _say(self, words: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))

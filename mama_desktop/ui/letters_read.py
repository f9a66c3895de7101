"""What somebody was written, as it was then: the letters in their order, and the words of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from mama_desktop.domain.letters import CHANNELS, LETTER_KINDS
from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import T
from mama_desktop.services.letters_kept import LetterRow
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable

_FIELDS = (
    FieldInfo("made_at", T("Made on"), "date", editable=False, width=110),
    FieldInfo("sent_at", T("Sent on"), "date", editable=False, width=110),
    FieldInfo("kind", T("Kind"), "choice", editable=False, choices=LETTER_KINDS, width=150),
    FieldInfo("subject", T("Subject"), editable=False, width=280),
    FieldInfo("reader", T("To"), editable=False, width=180),
    FieldInfo("address", T("Address"), editable=False, width=240),
    FieldInfo("event", T("Event"), editable=False, width=220),
    FieldInfo("channel", T("How"), "choice", editable=False, choices=CHANNELS, width=150),
    FieldInfo("made_by", T("By"), editable=False, width=140),
)


class LettersRead(QWidget):
    """`show_letters(rows)`; `name` remembers the widths of the columns."""

    def __init__(self, page: Page, name: str) -> None:
        super().__init__()
        self._rows: dict[str, LetterRow] = {}
        say = page.say
        self.table = RowTable(name, page.speak, page.shell.habits, today=page.db.clock.today, toolbar=False)
        self.table.set_empty("envelope-open-text", say(T("Nothing has been written to them yet.")))
        self.table.set_read_only(True)
        self.table.selection_changed.connect(self._on_selection)
        self.body = QPlainTextEdit()
        self.body.setReadOnly(True)
        self.body.setTabChangesFocus(True)
        self.body.setAccessibleName(say(T("What was written")))
        self.body.setPlaceholderText(say(T("Choose a letter to read it as it was sent.")))
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self.body)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(split)

    def show_letters(self, rows: Sequence[LetterRow]) -> None:
        self._rows = {row.id: row for row in rows}
        shown = [
            (r.made_at.date(), r.sent_at.date() if r.sent_at else None, r.kind, r.subject, r.reader,
             " · ".join(r.address.split("\n")), r.event, r.channel, r.made_by)
            for r in rows
        ]  # fmt: skip
        self.table.set_listing(Listing(_FIELDS, list(self._rows), shown))
        self.body.setVisible(bool(rows))
        self._on_selection()

    def _on_selection(self) -> None:
        chosen = self._rows.get(next(iter(self.table.selected_keys()), ""))
        words = "\n\n".join(part for part in (chosen.subject, chosen.body) if part) if chosen else ""
        if self.body.toPlainText() != words:
            self.body.setPlainText(words)

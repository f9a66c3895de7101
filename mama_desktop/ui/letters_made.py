"""What was written for an event: each mailing with how many, when and by whom, and what each reader was written."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QPlainTextEdit, QVBoxLayout, QWidget

from mama_desktop.domain.letters import CHANNELS, LETTER_KINDS
from mama_desktop.domain.text import TN, T
from mama_desktop.services import letters_kept
from mama_desktop.services.letters_kept import LetterRow, MailingRow
from mama_desktop.ui import dialogs
from mama_desktop.ui.labelled import ScrollColumn
from mama_desktop.ui.page import Page
from mama_desktop.ui.widgets import Chip, EmptyPage, button, chip_label, label


class LettersMade(QWidget):
    """`show_event(key)`; left the mailings, right their readers and what the chosen one was written."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._event, self._open = page, "", ""
        self._rows: list[LetterRow] = []
        say = page.say
        self.cards: dict[str, QFrame] = {}
        self._column = ScrollColumn(8)
        self._column.setFixedWidth(330)
        self.readers = QListWidget()
        self.readers.setObjectName("choices")
        self.readers.setAccessibleName(say(T("Readers")))
        self.readers.setMaximumHeight(180)
        self.readers.currentRowChanged.connect(self._on_reader)
        self.body = QPlainTextEdit()
        self.body.setReadOnly(True)
        self.body.setTabChangesFocus(True)
        self.body.setAccessibleName(say(T("What was written")))
        self._head = label("", "muted", wrap=True)
        self._empty = EmptyPage()
        self._empty.set_content("envelope-open-text", say(T("Nobody has been written to yet from here.")))
        right = QWidget()
        inside = QVBoxLayout(right)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self.readers)
        inside.addWidget(self._head)
        inside.addWidget(self.body, 1)
        self._shown = QWidget()
        across = QHBoxLayout(self._shown)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(16)
        across.addWidget(self._column)
        across.addWidget(right, 1)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(self._shown, 1)
        lay.addWidget(self._empty, 1)

    def show_event(self, event_id: str) -> int:
        """Read the mailings of an event (of none for an empty key); returns how many there are."""
        self._event = event_id
        found = self._page.db.read(letters_kept.of_event, event_id)
        self._column.clear()
        self.cards = {}
        for row in found:
            self.cards[row.id] = self._card(row)
            self._column.add(self.cards[row.id])
        self._shown.setVisible(bool(found))
        self._empty.setVisible(not found)
        if found:
            self.open_mailing(self._open if self._open in self.cards else found[0].id)
        return len(found)

    def open_mailing(self, key: str) -> None:
        self._open = key
        self._rows = self._page.db.read(letters_kept.readers, key)
        self.readers.clear()
        for row in self._rows:
            self.readers.addItem("  ·  ".join(part for part in (row.reader, row.address) if part))
        self.readers.setCurrentRow(0)
        self._on_reader(0)

    def _card(self, row: MailingRow) -> QFrame:
        say, page = self._page.say, self._page
        card = QFrame()
        card.setObjectName("card")
        lay = QVBoxLayout(card)
        lay.setContentsMargins(12, 10, 12, 10)
        lay.setSpacing(4)
        title = row.name or say(LETTER_KINDS.get(row.kind, T("letter")))
        lay.addWidget(label(title, "cardTitle", wrap=True))
        when = [say(T("{when}", when=row.made_at)), row.made_by]
        lay.addWidget(label("  ·  ".join(part for part in when if part), "muted", wrap=True))
        chips = QHBoxLayout()
        chips.setSpacing(6)
        counted = TN("{count} reader", "{count} readers", row.count)
        chips.addWidget(chip_label(Chip(say(counted), "neutral")))
        chips.addWidget(chip_label(self._state(row)))
        chips.addStretch(1)
        lay.addLayout(chips)
        lay.addWidget(label(say(CHANNELS.get(row.channel, T("letter"))), "muted"))
        answers = QHBoxLayout()
        answers.setSpacing(8)
        answers.addWidget(button(say(T("Open")), do=partial(self.open_mailing, row.id)))
        if page.db.read_only is None and row.channel != "labels":
            words = T("Mark as sent") if row.sent < row.count else T("Not sent yet")
            answers.addWidget(button(say(words), do=partial(self._on_sent, row)))
        answers.addStretch(1)
        if page.db.read_only is None:
            gone = button("", "trash", partial(self._on_delete, row), kind="plain")
            gone.setToolTip(say(T("Take “{name}” out of the list", name=title)))
            gone.setAccessibleName(gone.toolTip())
            answers.addWidget(gone)
        lay.addLayout(answers)
        return card

    def _state(self, row: MailingRow) -> Chip:
        say = self._page.say
        if row.sent >= row.count and row.count:
            return Chip(say(T("sent")), "ok")
        if row.sent:
            return Chip(say(TN("{count} sent", "{count} sent", row.sent)), "info")
        return Chip(say(T("made")), "info")

    def _on_reader(self, place: int) -> None:
        if not 0 <= place < len(self._rows):
            self._head.setText("")
            self.body.setPlainText("")
            return
        row, say = self._rows[place], self._page.say
        sent = say(T("sent on {day}", day=row.sent_at.date())) if row.sent_at else ""
        self._head.setText("  ·  ".join(part for part in (row.subject, sent) if part))
        self._head.setVisible(bool(self._head.text()))
        self.body.setPlainText(row.body)

    def _on_sent(self, row: MailingRow) -> None:
        at = self._page.db.clock.now() if row.sent < row.count else None
        words = T("Mark as sent") if at else T("Not sent yet")
        self._page.write(letters_kept.mark_sent, row.id, at=at, label=words, tell=True)
        self.show_event(self._event)

    def _on_delete(self, row: MailingRow) -> None:
        page = self._page
        question = TN("Forget that {count} letter was made?", "Forget that {count} letters were made?", row.count)
        more = T("The files that were made stay where they are. You can undo this afterwards.")
        if dialogs.ask(self, page.speak, question, T("Forget it"), more=more, dangerous=True) is None:
            return
        page.write(letters_kept.delete_mailing, row.id, label=T("Take a mailing out of the list"), tell=True)
        self.show_event(self._event)

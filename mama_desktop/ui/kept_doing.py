"""What is done with a kept list: marked as sent, told to its reader when it has changed, made anew."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mama_desktop.domain.text import T, verbatim
from mama_desktop.i18n import Language
from mama_desktop.services import kept_again, kept_lists, kept_states
from mama_desktop.services.kept_states import KeptInfo
from mama_desktop.services.mail_drafts import eml
from mama_desktop.sheets.files import safe_filename
from mama_desktop.ui.documents_made import Source
from mama_desktop.ui.labelled import labelled
from mama_desktop.ui.leaving import Leaving
from mama_desktop.ui.page import Page
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.widgets import button, label


class SentPopup(Popup):
    """To whom? `given(name)` by Enter or the button; nobody is not taken."""

    given = Signal(str)

    def __init__(self, title: str, to: str, speak: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMinimumWidth(460)
        self.lay.addWidget(label(title, "cardTitle", wrap=True))
        self.to = QLineEdit(to)
        self.to.setMaxLength(300)
        self.to.returnPressed.connect(self.give)
        self.lay.addWidget(labelled(speak.say(T("To whom")), self.to))
        self.do = button(speak.say(T("Mark as sent")), "paper-plane", self.give, kind="primary")
        self.lay.addWidget(self.do, 0, Qt.AlignmentFlag.AlignRight)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.to.setFocus()
        self.to.selectAll()

    def give(self) -> None:
        if self.to.text().strip():
            self.given.emit(self.to.text().strip())
            self.close()


def do(page: Page, leaving: Leaving, what: str, one: KeptInfo, beside: QWidget) -> str:
    """One of the wishes of `KeptCard` but the note; returns the key of the list that is in front from now on."""
    if what == "again":
        return make_again(page, one) or one.id
    if what == "mail":
        open_mail(page, leaving, one)
    elif what == "sent":
        ask_sent(page, one, beside)
    else:
        mark_not_sent(page, one)
    return one.id


def ask_sent(page: Page, one: KeptInfo, beside: QWidget) -> SentPopup:
    """Ask to whom a list was sent; whom it usually goes to is written already."""
    name, email = page.db.read(kept_states.reader_of, one.id)
    to = name if not email or email in name else f"{name} <{email}>"
    popup = SentPopup(page.say(T("Mark as sent")) + f": {one.code}", to, page.speak, page)
    popup.given.connect(partial(mark_sent, page, one))
    popup.open_below(beside)
    return popup


def mark_sent(page: Page, one: KeptInfo, to: str) -> None:
    page.write(
        kept_lists.mark_sent, one.id, to=to, at=page.db.clock.now(),
        label=T("List {code} was sent to {to}", code=one.code, to=verbatim(to)), tell=True,
    )  # fmt: skip


def mark_not_sent(page: Page, one: KeptInfo) -> None:
    page.write(
        kept_lists.mark_sent, one.id, to="", at=None, label=T("List {code} was not sent", code=one.code), tell=True
    )


def make_again(page: Page, one: KeptInfo) -> str | None:
    """The list as it is now, kept beside the old one; returns its key."""
    made: str | None = page.write(
        kept_again.make_again, one.id, now=page.db.clock.now(), who=page.db.actor.who,
        label=T("Make the list {code} anew", code=one.code), tell=True,
    )  # fmt: skip
    return made


def open_mail(page: Page, leaving: Leaving, one: KeptInfo) -> None:
    """The mail to the reader with what has changed and the list of now, opened in the mail program to be sent."""
    db = page.db

    def made() -> bytes:
        draft, _ = db.write(
            kept_again.changes_mail, one.id, now=db.clock.now(), who=db.actor.who,
            label=T("Mail with the changes of the list {code}", code=one.code),
        )  # fmt: skip
        return eml(draft)

    name = safe_filename(f"{Path(one.file_name).stem} +", ".eml")
    leaving.open(Source(name, made))

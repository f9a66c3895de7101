"""The paper in hand: whose it is, when and by whom it was signed, in which words; seen before anything is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import TN, T
from mama_desktop.services import consent_table
from mama_desktop.ui.editors import DateEditor
from mama_desktop.ui.labelled import labelled
from mama_desktop.ui.page import Page
from mama_desktop.ui.said import Unreadable
from mama_desktop.ui.widgets import Elided, Flow, button

_SIGNED_ON = FieldInfo("given_on", T("Signed on"), "date")
_MOST = 3


@dataclass(frozen=True)
class PaperSaid:
    """What stands on the paper. by: empty for each one's own guardian; version: None for the words of that day."""

    on: dt.date
    by: str
    version: str | None


class PaperStrip(QFrame):
    """`show_rows` puts the chosen rows in front; `agreed`, `no_photos`, `scan_wished`, `code_read` are asked of it."""

    agreed = Signal()
    no_photos = Signal()
    scan_wished = Signal()
    code_read = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setObjectName("card")
        self._page = page
        self._keys: tuple[str, ...] = ()
        self._version = ""
        say = page.say
        self.whose = Elided("", "cardTitle")
        self.code = QLineEdit()
        self.code.setPlaceholderText(say(T("Code of the paper")))
        self.code.setToolTip(say(T("The code at the bottom of the paper, typed or read by a scanner")))
        self.day = DateEditor(_SIGNED_ON, page.speak, page.db.clock.today(), None)
        self.by = QLineEdit()
        self.by.setPlaceholderText(say(T("Name of the parent or guardian")))
        self.version = QLineEdit()
        self.version.setToolTip(say(T("The number in brackets after each sentence of the paper")))
        self.all_button = button(say(T("Agreed to everything")), "check-double", self.agreed.emit)
        self.photo_button = button(say(T("Agreed, no photos")), "camera", self.no_photos.emit)
        self.scan_button = button(say(T("Attach a scan")), "paperclip", self.scan_wished.emit)
        for made, words, keys in (
            (self.all_button, T("Agreed to everything"), "Alt+1"), (self.photo_button, T("Agreed, no photos"), "Alt+2"),
        ):  # fmt: skip
            made.setToolTip(say(T("{words} ({keys})", words=words, keys=keys)))
        self._build()
        self.code.returnPressed.connect(self.code_read)
        self.day.editingFinished.connect(self._propose)
        self.reset()

    def _build(self) -> None:
        say = self._page.say
        fields = Flow(12)
        for words, editor, width in (
            (T("Code of the paper"), self.code, 150), (T("Signed on"), self.day, 140), (T("Signed by"), self.by, 220),
            (T("Version of the words"), self.version, 150),
        ):  # fmt: skip
            part = labelled(say(words), editor)
            editor.setAccessibleName(say(words))
            part.setFixedWidth(width)
            fields.addWidget(part)
        self.code.setAccessibleName(self.code.toolTip())
        doing = QHBoxLayout()
        doing.setSpacing(8)
        doing.addWidget(self.whose, 1)
        for made in (self.all_button, self.photo_button, self.scan_button):
            doing.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(12, 8, 12, 10)
        lay.setSpacing(8)
        lay.addLayout(fields)
        lay.addLayout(doing)

    def reset(self) -> None:
        """Another event: today is proposed again."""
        self.day.set_value(self._page.db.clock.today())
        self._keys = ()

    def show_rows(self, keys: Sequence[str], names: Sequence[str]) -> None:
        """names: of the chosen minors, in the order of their keys."""
        same, self._keys = tuple(keys) == self._keys, tuple(keys)
        say = self._page.say
        if len(names) == 1:
            words = say(T("Paper of: {name}", name=names[0]))
        elif names:
            words = say(TN("{count} paper: {names}", "{count} papers: {names}", len(names), names=_few(names)))
        else:
            words = say(T("Choose whose paper is back and say what it says; drop the scan here."))
        self.whose.setText(words)
        for made in (self.all_button, self.photo_button, self.scan_button, self.by, self.version):
            made.setEnabled(bool(keys))
        if not same or not keys:
            self.by.setModified(False)
            self.version.setModified(False)
        self._propose()

    def _propose(self) -> None:
        """What would be kept now; what somebody typed stays."""
        day = self._day()
        found = self._page.db.read(consent_table.proposed, self._keys, on=day or self._page.db.clock.today())
        if not self.version.isModified():
            self._version = found.version if self._keys else ""
            self.version.setText(self._version)
        several = len(self._keys) > 1
        self.by.setReadOnly(several)
        if several:
            self.by.setText(_few([name or self._page.say(T("no name written")) for name in found.signers]))
            self.by.setCursorPosition(0)
            self.by.setToolTip(self.by.text())
        elif not self.by.isModified():
            self.by.setText("".join(found.signers))
            self.by.setToolTip("")

    def said(self) -> PaperSaid | None:
        """None, and said in words, when the day cannot be read."""
        day = self._day()
        if day is None:
            self._page.shell.notice(T("Write the day on which the paper was signed."))
            self.day.setFocus()
            return None
        by = "" if len(self._keys) > 1 else self.by.text().strip()
        version = self.version.text().strip()
        return PaperSaid(day, by, version if version and version != self._version else None)

    def _day(self) -> dt.date | None:
        try:
            day: dt.date | None = self.day.value()
        except Unreadable:
            return None
        return day


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST]) + (" …" if len(names) > _MOST else "")

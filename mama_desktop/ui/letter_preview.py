"""The letter as one person will read it: to whom it goes, in which language, and from one to the next."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import LANGUAGES, Language
from mama_desktop.services.letters import Mailing, Written
from mama_desktop.services.papers_letters import warnings_of
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.widgets import Elided, button, label

_MOST = 4


class LetterPreview(QWidget):
    """`show_mailing` keeps the person in front, when they are still among those written to."""

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self._speak = speak
        say = speak.say
        self.mailing = Mailing(())
        self.current = 0
        self.before = button("", "chevron-left", self._on_before)
        self.after = button("", "chevron-right", self._on_after)
        for one, words in ((self.before, T("Previous person")), (self.after, T("Next person"))):
            one.setFixedWidth(36)
            one.setText("")
            one.setToolTip(say(words))
            one.setAccessibleName(say(words))
        self.place = label("", "muted")
        self.to, self.how = Elided("", "cardTitle"), label("", "muted", wrap=True)
        self.subject = label("", "emptyTitle", wrap=True)
        self.body = QPlainTextEdit()
        self.body.setReadOnly(True)
        self.body.setFrameShape(QFrame.Shape.NoFrame)
        self.body.setTabChangesFocus(True)
        self.body.setAccessibleName(say(T("The letter as this person will read it")))
        self._warnings = Callout("wait")
        self._build()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.to, 1)
        top.addWidget(self.place)
        top.addWidget(self.before)
        top.addWidget(self.after)
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 12, 8)
        inside.setSpacing(6)
        inside.addLayout(top)
        inside.addWidget(self.how)
        inside.addWidget(self.subject)
        inside.addWidget(self.body, 1)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        lay.addWidget(self._warnings)
        lay.addWidget(card, 1)

    def show_mailing(self, mailing: Mailing) -> None:
        key = self.letter.recipient.key if self.letter else ""
        self.mailing = mailing
        keys = [one.recipient.key for one in mailing.letters]
        self.current = keys.index(key) if key in keys else 0
        self._warnings.tell("\n".join(self._speak.say(one) for one in warnings_of(mailing, on_paper=False)[:_MOST]))
        self._show()

    def wait(self) -> None:
        """Other people were chosen: nothing is shown until their letters are written."""
        self.mailing = Mailing(())
        self._warnings.tell("")
        self._show()
        self.body.setPlainText(self._speak.say(T("Writing the letters")) + " …")

    @property
    def letter(self) -> Written | None:
        return self.mailing.letters[self.current] if self.current < len(self.mailing.letters) else None

    def step(self, by: int) -> None:
        if self.mailing.letters:
            self.current = (self.current + by) % len(self.mailing.letters)
            self._show()

    def _show(self) -> None:
        one, say, count = self.letter, self._speak.say, len(self.mailing.letters)
        self.before.setEnabled(count > 1)
        self.after.setEnabled(count > 1)
        number, all_of_them = self._speak.number(self.current + 1), self._speak.number(count)
        self.place.setText(say(T("{number} of {count}", number=number, count=all_of_them)) if count else "")
        if one is None:
            for part in (self.to, self.how, self.subject):
                part.setText("")
            why = (T("There is nobody to write to."), self.mailing.nobody, self.mailing.todo)
            self.body.setPlainText("\n\n".join(say(words) for words in why if words is not None))
            return
        self.to.setText(one.recipient.called or one.recipient.name)
        self.how.setText(self._how(one))
        self.subject.setText(one.subject)
        self.body.setPlainText(one.text)
        self.body.verticalScrollBar().setValue(0)

    def _how(self, one: Written) -> str:
        say, reader = self._speak.say, one.recipient
        parts: list[str] = []
        if reader.mail:
            parts.append(say(T("Goes to {name}: {addresses}", name=reader.mail_name, addresses=", ".join(reader.mail))))
        else:
            parts.append(say(T("No e-mail: gets a letter on paper")))
        if reader.through is not None:
            parts.append(say(reader.through))
        why: Text | None = T("nothing is written in the other language") if one.instead else reader.why_language
        tongue = LANGUAGES[one.language]
        parts.append(f"{tongue} ({say(why)})" if why is not None else tongue)
        return "  ·  ".join(parts)

    def _on_before(self) -> None:
        self.step(-1)

    def _on_after(self) -> None:
        self.step(1)

"""One kept list among the printed papers: to whom it went, whether it still holds, and what to do when it does not."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from mama_desktop.domain.text import TN, T, Text
from mama_desktop.i18n import Language
from mama_desktop.services import papers_changes
from mama_desktop.services.kept_states import KEPT, MADE, OUT_OF_DATE, REPLACED, SENT, STATES, KeptInfo
from mama_desktop.ui.paper_card import PaperCard
from mama_desktop.ui.sign_in_options import LANGUAGES
from mama_desktop.ui.widgets import Chip, button, chip_label, label

_TONES = {MADE: "info", SENT: "ok", OUT_OF_DATE: "wait", REPLACED: "muted"}
# So many changes are told on the card; the note tells all.
_MOST = 10


class KeptCard(PaperCard):
    """`wished(what, issue id)`: "sent", "not-sent", "note", "mail", "again", "open"."""

    wished = Signal(str, str)

    def __init__(self, one: KeptInfo, speak: Language, *, may: bool) -> None:
        super().__init__(one.id)
        say = speak.say
        top = QHBoxLayout()
        top.addWidget(label(one.code, "emptyTitle"))
        top.addStretch(1)
        top.addWidget(chip_label(Chip(say(STATES[one.state]), _TONES[one.state])))
        what = [say(KEPT[one.document].title), one.title, say(T("issue {number}", number=one.number)),
                say(LANGUAGES[one.language])]  # fmt: skip
        pages = say(TN("{count} page", "{count} pages", one.pages))
        made = say(T("made {when}, {who}", when=one.made_at, who=one.made_by or "—"))
        sent = say(T("sent {when} to: {to}", when=one.sent_at, to=one.sent_to)) if one.sent_at else say(T("not sent"))
        lay = QVBoxLayout(self)
        lay.setContentsMargins(14, 10, 12, 10)
        lay.setSpacing(2)
        lay.addLayout(top)
        lay.addWidget(label("  ·  ".join(part for part in what if part), "", wrap=True))
        lay.addWidget(label(f"{pages}  ·  {made}", "muted", wrap=True))
        lay.addWidget(label(sent, "muted", wrap=True))
        self._few, self._all = _summary(one, speak), _told(one, speak)
        self.told = label(self._few, "", wrap=True)
        lay.addSpacing(4)
        lay.addWidget(self.told)
        self.buttons: dict[str, QPushButton] = {}
        for key, words, picture in self._offered(one, may=may):
            self.buttons[key] = button(say(words), picture, partial(self.wished.emit, key, one.id))
            lay.addWidget(self.buttons[key])
        self.setAccessibleName(", ".join([one.code, *(part for part in what if part), say(STATES[one.state])]))
        self.set_current(False)

    @staticmethod
    def _offered(one: KeptInfo, *, may: bool) -> list[tuple[str, Text, str]]:
        found = []
        if one.changes:
            found.append(("note", T("Note of changes"), "file-lines"))
            if may:
                found.append(("mail", T("Mail with the changes"), "envelope"))
                found.append(("again", T("Make it anew"), "rotate"))
        if may:
            found.append(
                ("not-sent", T("Not sent after all"), "rotate-left") if one.sent_at
                else ("sent", T("Mark as sent"), "paper-plane")
            )  # fmt: skip
        return found

    def set_current(self, current: bool) -> None:
        self.mark_current(current)
        for one in self.buttons.values():
            one.setVisible(current)
        self.told.setText(self._all if current else self._few)
        self.told.setVisible(bool(self._few))


def _summary(one: KeptInfo, speak: Language) -> str:
    return speak.say(papers_changes.summary(one.changes)) if one.changes else ""


def _told(one: KeptInfo, speak: Language) -> str:
    """The count of what has changed, and the first changes in words."""
    if not one.changes:
        return ""
    said = papers_changes.lines(one.changes, speak)
    more = len(said) - _MOST
    told = [_summary(one, speak), *said[:_MOST]]
    return "\n".join([*told, *([speak.say(TN("and {count} more", "and {count} more", more))] if more > 0 else [])])

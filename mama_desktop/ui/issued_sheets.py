"""The sheets already printed for an event, each with its code and whether it is still up to date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from mama_desktop.domain.text import TN, T
from mama_desktop.i18n import Language
from mama_desktop.services.issues import IssueInfo
from mama_desktop.services.kept_states import KeptInfo
from mama_desktop.services.papers_online import DECLARATION_TITLE
from mama_desktop.services.papers_sign_in import DOCUMENT
from mama_desktop.ui.issue_words import issue_name, part_words
from mama_desktop.ui.kept_card import KeptCard
from mama_desktop.ui.paper_card import PaperCard
from mama_desktop.ui.sign_in_options import LANGUAGES
from mama_desktop.ui.widgets import Chip, button, chip_label, clear_layout, label


class IssuedSheets(QWidget):
    """`chosen(issue id)`: another one is in front; `key_in_wished(code)`; of an issue id: `supplement_wished`,
    `returned_wished` (it came back signed, or did not after all) and `scan_wished` (attach one, open the one there);
    `kept_wished(what, issue id)` of a kept list, as `KeptCard.wished`."""

    chosen = Signal(str)
    key_in_wished = Signal(str)
    supplement_wished = Signal(str)
    returned_wished = Signal(str)
    scan_wished = Signal(str)
    kept_wished = Signal(str, str)

    def __init__(self, speak: Language, *, may: bool = True) -> None:
        super().__init__()
        self._speak, self._may = speak, may
        self._lay = QVBoxLayout(self)
        self._lay.setContentsMargins(0, 0, 0, 0)
        self._lay.setSpacing(8)
        self.cards: dict[str, PaperCard] = {}
        self.current = ""

    def show_issues(
        self, issues: Sequence[IssueInfo], sessions: Mapping[str, str], kept: Mapping[str, KeptInfo] | None = None
    ) -> None:
        """sessions: key → name; kept: issue → what is known of it as a kept list. The one in front stays there; else
        the newest comes to the front."""
        had_keys = self.isAncestorOf(self.window().focusWidget() or self)
        clear_layout(self._lay)
        self.cards = {}
        for one in issues:
            if kept and one.id in kept:
                list_card = KeptCard(kept[one.id], self._speak, may=self._may)
                list_card.chosen.connect(self.choose)
                list_card.wished.connect(self.kept_wished)
                self.cards[one.id] = list_card
                self._lay.addWidget(list_card)
                continue
            names = [sessions[key] for key in one.sessions if key in sessions]
            card = IssueCard(one, names, self._speak, may=self._may)
            card.chosen.connect(self.choose)
            card.key_in_wished.connect(self.key_in_wished)
            card.supplement_wished.connect(self.supplement_wished)
            card.returned_wished.connect(self.returned_wished)
            card.scan_wished.connect(self.scan_wished)
            self.cards[one.id] = card
            self._lay.addWidget(card)
        self._lay.addStretch(1)
        if self.current not in self.cards:
            self.current = next(iter(self.cards), "")
        self._mark()
        if had_keys and self.current:
            # The button that was pressed went away with its card.
            self.cards[self.current].show()
            self.cards[self.current].setFocus()

    def show_added(self, added: Mapping[str, int], *, can_print: bool) -> None:
        """Issue → how many people have been added since."""
        for key, card in self.cards.items():
            if isinstance(card, IssueCard):
                card.show_added(added.get(key), can_print=can_print)

    def choose(self, key: str) -> None:
        self.current = key
        self._mark()
        self._lay.activate()
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and key in self.cards:
            above.ensureWidgetVisible(self.cards[key], 0, 8)
        self.chosen.emit(key)

    def _mark(self) -> None:
        for key, card in self.cards.items():
            card.set_current(key == self.current)


class IssueCard(PaperCard):
    """One printing of a sheet that is signed."""

    key_in_wished = Signal(str)
    supplement_wished = Signal(str)
    returned_wished = Signal(str)
    scan_wished = Signal(str)

    def __init__(self, issue: IssueInfo, sessions: Sequence[str], speak: Language, *, may: bool) -> None:
        super().__init__(issue.id)
        self._id, self._code, self._speak = issue.id, issue.code, speak
        say = speak.say
        code = label(issue.code, "emptyTitle")
        self._state = QHBoxLayout()
        top = QHBoxLayout()
        top.addWidget(code)
        top.addStretch(1)
        top.addLayout(self._state)
        self._is_sign_in, self._may = issue.document == DOCUMENT, may
        what = [
            "" if self._is_sign_in else say(DECLARATION_TITLE),
            issue_name(issue, speak),
            part_words(issue.part, speak),
            ", ".join(sessions),
            say(LANGUAGES[issue.language]),
        ]
        counted = say(TN("{count} person", "{count} people", issue.people))
        pages = say(TN("{count} page", "{count} pages", issue.pages))
        made = say(T("printed {when}, {who}", when=issue.made_at, who=issue.made_by or "—"))
        lay = QVBoxLayout(self)
        lay.setContentsMargins(14, 10, 12, 10)
        lay.setSpacing(2)
        lay.addLayout(top)
        lay.addWidget(label("  ·  ".join(part for part in what if part), "", wrap=True))
        lay.addWidget(label(f"{counted}  ·  {pages}", "muted", wrap=True))
        lay.addWidget(label(made, "muted", wrap=True))
        back = (
            say(T("came back signed on {day}", day=issue.returned_on)) if issue.returned_on else say(T("not back yet"))
        )
        state = [back, say(T("scan attached") if issue.scan else T("no scan"))]
        lay.addWidget(label("  ·  ".join(state), "muted", wrap=True))
        words = T("Did not come back") if issue.returned_on else T("Came back signed")
        self.returned_button = button(say(words), "file-signature", self._on_returned)
        self.scan_button = button(say(T("Open the scan") if issue.scan else T("Attach a scan")), "paperclip",
                                  self._on_scan)  # fmt: skip
        self._has_scan = bool(issue.scan)
        self.key_in_button = button(say(T("Key in attendance")), "keyboard", self._on_key_in)
        self.added_button = button(say(T("Print only those added since")), "user-plus", self._on_supplement)
        self._can_add = False
        lay.addSpacing(4)
        lay.addWidget(self.key_in_button)
        lay.addWidget(self.added_button)
        lay.addWidget(self.returned_button)
        lay.addWidget(self.scan_button)
        self.setAccessibleName(f"{issue.code}, {', '.join(part for part in what if part)}")

    def show_added(self, added: int | None, *, can_print: bool) -> None:
        clear_layout(self._state)
        self._can_add = bool(added) and can_print and self._is_sign_in
        self.set_current(self.is_current)
        if added is None:
            return
        say = self._speak.say
        if added:
            words = TN("{count} added since", "{count} added since", added)
            self._state.addWidget(chip_label(Chip(say(words), "wait")))
        else:
            self._state.addWidget(chip_label(Chip(say(T("up to date")), "ok")))

    def set_current(self, current: bool) -> None:
        self.mark_current(current)
        self.key_in_button.setVisible(current and self._is_sign_in)
        self.returned_button.setVisible(current and self._may)
        self.scan_button.setVisible(current and (self._may or self._has_scan))
        self.added_button.setVisible(current and self._can_add)

    def _on_key_in(self) -> None:
        self.key_in_wished.emit(self._code)

    def _on_returned(self) -> None:
        self.returned_wished.emit(self._id)

    def _on_scan(self) -> None:
        self.scan_wished.emit(self._id)

    def _on_supplement(self) -> None:
        self.supplement_wished.emit(self._id)

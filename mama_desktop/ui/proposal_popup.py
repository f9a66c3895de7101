"""Who of the waiting list could come now: names, parties together, who is passed over; the office decides."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from mama_desktop.domain.text import TN, T
from mama_desktop.i18n import Language
from mama_desktop.services.waiting_order import Proposal
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.widgets import button, label

_PROPOSAL = Qt.ItemDataRole.UserRole


class ProposalPopup(Popup):
    """`accepted(keys)` of what stays ticked; nothing happens before."""

    accepted = Signal(list)

    def __init__(self, proposals: Sequence[Proposal], speak: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._speak = speak
        say = speak.say
        self.setMinimumWidth(440)
        self.lay.addWidget(label(say(T("There is room for these of the waiting list")), "cardTitle", wrap=True))
        hint = T("In the order of the list; who comes together is proposed together. Untick who should go on waiting.")
        self.lay.addWidget(label(say(hint), "muted", wrap=True))
        self.list = QListWidget()
        self.list.setObjectName("choices")
        self.list.setAccessibleName(say(T("Proposed to be accepted")))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for proposal in proposals:
            item = QListWidgetItem(_words(proposal, speak))
            item.setData(_PROPOSAL, proposal)
            item.setToolTip("\n".join(proposal.names))
            flag = Qt.ItemFlag
            item.setFlags(flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(min(max(len(proposals), 2), 8) * 30 + 14)
        self.list.itemChanged.connect(self._on_changed)
        self.lay.addWidget(self.list)
        passed = list(dict.fromkeys(name for one in proposals for name in one.passes_over))
        if passed:
            words = T("Wait longer, but there is not room for all of them: {names}.", names=", ".join(passed))
            self.lay.addWidget(label(say(words), "warning", wrap=True))
        self.do = button("", "check", self.accept, kind="primary")
        self.lay.addWidget(self.do, 0, Qt.AlignmentFlag.AlignRight)
        self._on_changed()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.list.setFocus()

    def keys(self) -> list[str]:
        """The registrations of what is ticked."""
        items = [self.list.item(row) for row in range(self.list.count())]
        ticked = [item.data(_PROPOSAL) for item in items if item.checkState() == Qt.CheckState.Checked]
        return [key for proposal in ticked for key in proposal.keys]

    def _on_changed(self, _item: QListWidgetItem | None = None) -> None:
        number = len(self.keys())
        words = self._speak.say(TN("Accept {count} person", "Accept {count} people", number))
        self.do.setText("  " + words)
        self.do.setAccessibleName(words)
        self.do.setEnabled(number > 0)

    def accept(self) -> None:
        keys = self.keys()
        self.close()
        self.accepted.emit(keys)


def _words(proposal: Proposal, speak: Language) -> str:
    if len(proposal.keys) == 1:
        return f"{proposal.number}.  {proposal.names[0]}"
    words = TN("{name}, {count} person", "{name}, {count} people", len(proposal.keys), name=proposal.party)
    return f"{proposal.number}.  {speak.say(words)}: {', '.join(proposal.names)}"

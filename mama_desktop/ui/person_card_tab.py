"""The card of a person for the moment when the phone rings: how they are reached, what comes next, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mama_desktop.domain.registrations import GIVES_BACK, STATUSES
from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.i18n import Language
from mama_desktop.services.person_card import PersonCard
from mama_desktop.services.person_events import NextEvent
from mama_desktop.services.transport.travel_said import TRAVEL
from mama_desktop.ui.contact_popup import ContactPopup
from mama_desktop.ui.labelled import ScrollColumn
from mama_desktop.ui.options_popup import OptionsPopup
from mama_desktop.ui.page import Page
from mama_desktop.ui.tones import tone_of
from mama_desktop.ui.widgets import Chip, Elided, Flow, button, chip_label, label

# The table on the Events tab holds all of them.
MOST_EVENTS = 6


class PersonCardTab(ScrollColumn):
    """`show_card(card, events, letter, groups)` builds it anew; `correct(registration)` leads to where it is mended.

    lines: the button that corrects a line of how the person is reached, by its first field.
    """

    def __init__(self, page: Page, correct: Callable[[str], None]) -> None:
        super().__init__(16)
        self._page, self._correct = page, correct
        self.lines: dict[str, QPushButton] = {}

    def show_card(self, card: PersonCard, coming: list[NextEvent], letter: Text | None, member_of: Listing) -> None:
        self.clear()
        self.lines.clear()
        self.add(self._contact(card, letter, member_of))
        say = self._page.say
        self.add(label(say(T("Next events")), "groupTitle"))
        for one in coming[:MOST_EVENTS]:
            self.add(self._event(one))
        if not coming:
            self.add(label(say(T("Not registered for any event that is still to come.")), "muted", wrap=True))
        if left := len(coming[MOST_EVENTS:]):
            words = say(TN("and {count} more event", "and {count} more events", left))
            across = QHBoxLayout()
            across.addWidget(button(words, "arrow-right", self._show_events, kind="plain"))
            across.addStretch(1)
            holder = QWidget()
            across.setContentsMargins(0, 0, 0, 0)
            holder.setLayout(across)
            self.add(holder)

    def _show_events(self, *_checked: bool) -> None:
        self._page.show_tab("events")

    def _contact(self, card: PersonCard, letter: Text | None, member_of: Listing) -> QWidget:
        page, values = self._page, card.values
        speak = page.speak
        may = page.db.read_only is None
        # Words of a line, what stands there, and the fields it is corrected in.
        rows: list[tuple[Text, str, tuple[str, ...]]] = [
            (T("Phone"), ", ".join(p for p in (values["phone"], values["other_phone"]) if p), ("phone", "other_phone")),
            (T("E-mail"), values["email"], ("email",)),
            (T("Organisation"), ", ".join(p for p in (card.organisation, values["function"]) if p),
             ("organisation", "function")),
            (T("Address"), _address(values), ("street", "postal_code", "town", "country")),
            (T("Birth date"), speak.date(values["birth_date"]) if values["birth_date"] else "", ("birth_date",)),
            (T("Working groups"), self._groups(member_of), ()),
            (T("Last letter"), speak.say(letter) if letter is not None else "", ()),
        ]  # fmt: skip
        frame, lay = _card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        # How somebody is reached can be written down while they say it, so those lines are there even when empty.
        shown = [row for row in rows if row[1] or (may and row[2][:1] in (("phone",), ("email",)))]
        for number, (words, value, keys) in enumerate(shown):
            grid.addWidget(label(page.say(words), "muted"), number, 0, Qt.AlignmentFlag.AlignVCenter)
            said = label(value, "cardTitle" if words == T("Phone") else "", wrap=True)
            said.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            said.setAccessibleName(f"{page.say(words)}: {value}")
            grid.addWidget(said, number, 1)
            if keys and may:
                mend = button(page.say(T("Correct") if value else T("Add")), "pen" if value else "plus", kind="plain")
                mend.setAccessibleName(page.say(T("{noun}: {field}", noun=T("Correct"), field=words)))
                mend.clicked.connect(partial(self._correct_line, card, keys, mend))
                grid.addWidget(mend, number, 2, Qt.AlignmentFlag.AlignTop)
                self.lines[keys[0]] = mend
        if not shown:
            grid.addWidget(label(page.say(T("Nothing is known of this person yet but the name.")), "muted"), 0, 0)
        lay.addLayout(grid)
        return frame

    def _correct_line(self, card: PersonCard, keys: Sequence[str], below: QWidget, *_checked: bool) -> None:
        popup = ContactPopup(self._page, card.id, card.values, keys, self)
        popup.adjustSize()
        # The button stands at the right edge: the sheet ends where it ends.
        popup.open_at(below.mapToGlobal(QPoint(below.width() - popup.width(), below.height() + 4)))

    def _groups(self, member_of: Listing) -> str:
        """The groups they are in now, each with their role."""
        today, speak = self._page.db.clock.today(), self._page.speak
        roles = next((info.choices for info in member_of.fields if info.key == "role"), {})
        said = []
        for name, role, since, until in member_of.rows:
            if (since is None or since <= today) and (until is None or until >= today):
                word = speak.say(roles[role]) if role in roles else role
                said.append(f"{name} ({word})" if word else name)
        return ", ".join(said)

    def _event(self, one: NextEvent) -> QWidget:
        page = self._page
        say, speak = page.say, page.speak
        frame, lay = _card()
        top = QHBoxLayout()
        top.setSpacing(12)
        title = Elided(one.title, "cardTitle")
        top.addWidget(title, 1)
        tone, _ = tone_of(one.status)
        top.addWidget(chip_label(Chip(say(STATUSES[one.status]), tone)))
        open_it = button(say(T("Open the event")), "arrow-right", partial(self._open, one.event_id), kind="plain")
        open_it.setAccessibleName(say(T("Open the event {title}", title=one.title)))
        if page.db.read_only is None:
            mend = button(say(T("Correct")), "pen", partial(self._mend, one.registration_id), kind="plain")
            mend.setAccessibleName(say(T("Correct what is written of {title}", title=one.title)))
            mend.setToolTip(say(T("Arrival, departure, diet, allergies and the emergency contact")))
            top.addWidget(mend)
        top.addWidget(open_it)
        lay.addLayout(top)
        lay.addWidget(label(_when(speak, one), "muted", wrap=True))
        # One way to the travel details is enough for both directions.
        travel_line = next((line for line in one.lines if line.field == TRAVEL), None)
        for line in one.lines:
            across = QHBoxLayout()
            across.setSpacing(8)
            name = label(f"{say(line.label)}:", "muted")
            across.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
            said = label(", ".join(say(v) for v in line.values), wrap=True)
            # Beside a button, which is higher, its first line stays level with the name.
            said.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            across.addWidget(said, 1)
            beside = None
            if line.field == "options" and page.db.read_only is None and one.status not in GIVES_BACK:
                beside = button(say(T("Change")), "pen", kind="plain")
                beside.setAccessibleName(say(T("Change the options chosen for {title}", title=one.title)))
                beside.clicked.connect(partial(self._change_options, one, beside))
            elif line is travel_line:
                beside = button(say(T("Travel details")), "route", partial(self._open_travel, one), kind="plain")
                beside.setAccessibleName(say(T("Travel details for {title}", title=one.title)))
            if beside is not None:
                across.addWidget(beside, 0, Qt.AlignmentFlag.AlignTop)
                # The words of a button stand in its middle: those beside it stand on the same line.
                above = max(0, (beside.sizeHint().height() - name.fontMetrics().height()) // 2)
                for words in (name, said):
                    words.setContentsMargins(0, above, 0, 0)
            lay.addLayout(across)
        if one.missing:
            chips, flow = QWidget(), Flow(8)
            flow.add([chip_label(Chip(say(words), "wait")) for words in one.missing])
            chips.setLayout(flow)
            lay.addWidget(chips)
        return frame

    def _mend(self, registration_id: str, *_checked: bool) -> None:
        self._correct(registration_id)

    def _change_options(self, one: NextEvent, below: QWidget, *_checked: bool) -> None:
        OptionsPopup(self._page, one.registration_id, one.event_id, self).open_below(below)

    def _open_travel(self, one: NextEvent, *_checked: bool) -> None:
        self._page.shell.go("event", one.event_id, f"transport:legs:of:{one.registration_id}")

    def _open(self, event_id: str, *_checked: bool) -> None:
        self._page.shell.go("event", event_id, "registrations")


def _card() -> tuple[QFrame, QVBoxLayout]:
    frame = QFrame()
    frame.setObjectName("card")
    lay = QVBoxLayout(frame)
    lay.setContentsMargins(16, 12, 16, 12)
    lay.setSpacing(6)
    return frame, lay


def _when(speak: Language, one: NextEvent) -> str:
    when = speak.event_dates(*one.when) or speak.say(T("date not known yet"))
    if one.starts_at is not None:
        when = speak.say(T("{day} at {time}", day=when, time=one.starts_at))
    return " · ".join(part for part in (when, one.place) if part)


def _address(values: dict[str, str]) -> str:
    town = f"{values['postal_code'] or ''} {values['town'] or ''}".strip()
    return ", ".join(part for part in (values["street"], town) if part)

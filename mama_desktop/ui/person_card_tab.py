"""The card of a person for the moment when the phone rings: how they are reached, what comes next, what is missing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mama_desktop.domain.registrations import GIVES_BACK, STATUSES
from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language
from mama_desktop.services.person_card import PersonCard
from mama_desktop.services.person_events import NextEvent
from mama_desktop.services.transport.travel_said import TRAVEL
from mama_desktop.ui.labelled import ScrollColumn
from mama_desktop.ui.options_popup import OptionsPopup
from mama_desktop.ui.page import Page
from mama_desktop.ui.tones import tone_of
from mama_desktop.ui.widgets import Chip, Elided, Flow, button, chip_label, label


class PersonCardTab(ScrollColumn):
    """`show_card(card, events, letter, groups)` builds it anew; `correct(registration)` leads to where it is mended."""

    def __init__(self, page: Page, correct: Callable[[str], None]) -> None:
        super().__init__(16)
        self._page, self._correct = page, correct

    def show_card(self, card: PersonCard, coming: list[NextEvent], letter: Text | None, member_of: Listing) -> None:
        self.clear()
        self.add(self._contact(card, letter, member_of))
        say = self._page.say
        self.add(label(say(T("Next events")), "groupTitle"))
        for one in coming:
            self.add(self._event(one))
        if not coming:
            self.add(label(say(T("Not registered for any event that is still to come.")), "muted", wrap=True))

    def _contact(self, card: PersonCard, letter: Text | None, member_of: Listing) -> QWidget:
        page, values = self._page, card.values
        speak = page.speak
        rows: list[tuple[Text, str]] = [
            (T("Phone"), ", ".join(p for p in (values["phone"], values["other_phone"]) if p)),
            (T("E-mail"), values["email"]),
            (T("Organisation"), ", ".join(p for p in (card.organisation, values["function"]) if p)),
            (T("Address"), _address(values)),
            (T("Birth date"), speak.date(values["birth_date"]) if values["birth_date"] else ""),
            (T("Working groups"), self._groups(member_of)),
            (T("Last letter"), speak.say(letter) if letter is not None else ""),
        ]
        frame, lay = _card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for number, (words, value) in enumerate((w, v) for w, v in rows if v):
            grid.addWidget(label(page.say(words), "muted"), number, 0, Qt.AlignmentFlag.AlignTop)
            shown = label(value, "cardTitle" if words == T("Phone") else "", wrap=True)
            shown.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            shown.setAccessibleName(f"{page.say(words)}: {value}")
            grid.addWidget(shown, number, 1)
        if not any(v for _, v in rows):
            grid.addWidget(label(page.say(T("Nothing is known of this person yet but the name.")), "muted"), 0, 0)
        lay.addLayout(grid)
        return frame

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
            # Beside a button, which is higher than words, both stand in its middle.
            high = line is travel_line or line.field not in ("", TRAVEL)
            across.addWidget(name, 0, Qt.AlignmentFlag.AlignVCenter if high else Qt.AlignmentFlag.AlignTop)
            across.addWidget(label(", ".join(say(v) for v in line.values), wrap=True), 1)
            if line.field == "options" and page.db.read_only is None and one.status not in GIVES_BACK:
                change = button(say(T("Change")), "pen", kind="plain")
                change.setAccessibleName(say(T("Change the options chosen for {title}", title=one.title)))
                change.clicked.connect(partial(self._change_options, one, change))
                across.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
            if line is travel_line:
                travel = button(say(T("Travel details")), "route", partial(self._open_travel, one), kind="plain")
                travel.setAccessibleName(say(T("Travel details for {title}", title=one.title)))
                across.addWidget(travel, 0, Qt.AlignmentFlag.AlignTop)
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

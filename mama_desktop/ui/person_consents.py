"""Consents and guardians of one person: recorded, withdrawn with a day, added and removed."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from mama_desktop.domain.consents import CONSENT_SOURCES, PURPOSES, RELATIONS
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.rows import FieldInfo, Found, Listing
from mama_desktop.domain.text import TN, T
from mama_desktop.services import consent_table, consents, guardians, person_events
from mama_desktop.services.fields.consent import CONSENT_STATES
from mama_desktop.ui import dialogs
from mama_desktop.ui.editors import DateEditor, PickEditor
from mama_desktop.ui.guardian_asking import meant, people_like
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.said import Unreadable
from mama_desktop.ui.scans import scans
from mama_desktop.ui.widgets import Flow, button, label

_STATES = {key: CONSENT_STATES[key] for key in ("given", "refused", "withdrawn")}
_CONSENTS = (
    FieldInfo("purpose", T("Purpose"), "choice", editable=False, choices=PURPOSES, width=190),
    FieldInfo("state", T("Decision"), "choice", editable=False, choices=_STATES, width=160),
    FieldInfo("event", T("Event"), editable=False, width=220),
    FieldInfo("given_on", T("On"), "date", editable=False, width=110),
    FieldInfo("given_by", T("Signed by"), editable=False, width=160),
    FieldInfo("source", T("Source"), "choice", editable=False, choices=CONSENT_SOURCES, width=150),
    FieldInfo("version", T("Version of the words"), "number", editable=False, width=90),
    FieldInfo("withdrawn_on", T("Withdrawn on"), "date", editable=False, width=120),
    FieldInfo("scan", T("Scan"), "bool", editable=False, width=70),
)
_DAY = FieldInfo("day", T("On"), "date")
_WHO = FieldInfo("person", T("Parent or guardian"), "person")
_GUARDIANS = (
    FieldInfo("name", T("Parent or guardian"), editable=False, width=220),
    FieldInfo("relation", T("Relation"), "choice", choices=RELATIONS, width=170),
    FieldInfo("is_legal", T("May sign"), "bool", width=100),
    FieldInfo("phone", T("Phone"), "phone", editable=False, width=150),
    FieldInfo("email", T("E-mail"), "email", editable=False, width=220),
)


class PersonConsents(QWidget):
    """`show_person(key)` gives how many decisions are kept."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._person = page, ""
        self._guardian_people: dict[str, str] = {}
        say, may = page.say, page.db.read_only is None
        habits, today = page.shell.habits, page.db.clock.today
        self.purpose = QComboBox()
        self.purpose.setAccessibleName(say(T("Purpose")))
        for key, words in PURPOSES.items():
            self.purpose.addItem(say(words), key)
        self.for_event = QComboBox()
        self.for_event.setAccessibleName(say(T("In general, or for one event")))
        self.for_event.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.for_event.setMinimumContentsLength(18)
        self.day = DateEditor(_DAY, page.speak, today(), None)
        self.day.setAccessibleName(say(T("Day on which it was given or withdrawn")))
        self.day.setToolTip(self.day.accessibleName())
        self.day.setMaximumWidth(150)
        self._given = button(say(T("Gives consent")), "check", partial(self.record, True))
        self._refused = button(say(T("Refuses")), "xmark", partial(self.record, False))
        self._withdraw = button(say(T("Withdraw")), "rotate-left", self.withdraw)
        self._attach = button(say(T("Attach a scan")), "paperclip", self.attach)
        self.consents = RowTable("person-consents", page.speak, habits, today=today, toolbar=False)
        self.consents.set_empty("file-signature", say(T("No consent is kept of this person.")))
        self.consents.set_read_only(True)
        self.consents.selection_changed.connect(self._show_buttons)
        self.name = PickEditor(_WHO, page.speak, lambda _kind, beginning: people_like(page, beginning), None)
        self.name.setPlaceholderText(say(T("Given name and family name …")))
        self.name.setAccessibleName(say(T("Parent or guardian to add")))
        self.name.setMaximumWidth(320)
        self.name.returnPressed.connect(self.add_guardian)
        self._add = button(say(T("Add a guardian")), "plus", self.add_guardian)
        self._remove = button(say(T("Remove")), "xmark", self.remove_guardians)
        self.guardians = RowTable("person-guardians", page.speak, habits, today=today, toolbar=False)
        self.guardians.set_empty("people-roof", say(T("Here are the parents or guardians of a minor.")))
        self.guardians.set_read_only(not may)
        self.guardians.edit_requested.connect(self._on_edit)
        self.guardians.delete_requested.connect(self._on_delete)
        self.guardians.opened.connect(self._on_opened)
        self.guardians.selection_changed.connect(self._show_buttons)
        self._children = label("", "muted", wrap=True)
        self._build(may)

    def _build(self, may: bool) -> None:
        say = self._page.say
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(10)
        what, second = QWidget(), QHBoxLayout()
        flow = Flow(8)
        flow.add([self.purpose, self.for_event, self.day, self._given, self._refused, self._withdraw, self._attach])
        what.setLayout(flow)
        second.setSpacing(8)
        second.addWidget(self.name, 1)
        second.addWidget(self._add)
        second.addWidget(self._remove)
        second.addStretch(1)
        lay.addWidget(what)
        if not may:
            for widget in (what, self.name, self._add, self._remove):
                widget.hide()
        lay.addWidget(self.consents, 3)
        lay.addWidget(label(say(T("Parents and guardians")), "groupTitle"))
        lay.addLayout(second)
        lay.addWidget(self.guardians, 2)
        lay.addWidget(self._children)

    def show_person(self, key: str) -> int:
        page = self._page
        if key != self._person:
            self.name.clear()
            self.day.set_value(page.db.clock.today())
        self._show_events(key)
        self._person = key
        rows = page.db.read(consents.consents_of, key, language=page.speak.code)
        shown = [
            (r.purpose, r.state, r.event, r.given_on, r.given_by, r.source, r.version, r.withdrawn_on,
             r.attachment_id is not None)
            for r in rows
        ]  # fmt: skip
        self.consents.set_listing(Listing(_CONSENTS, [r.key for r in rows], shown))
        found = page.db.read(guardians.guardians_of, [key]).get(key, [])
        self._guardian_people = {g.key: g.person_id for g in found}
        self.guardians.set_listing(
            Listing(
                _GUARDIANS, [g.key for g in found], [(g.name, g.relation, g.is_legal, g.phone, g.email) for g in found]
            )
        )
        children = page.db.read(guardians.children_of, key)
        names = ", ".join(name for _, name in children)
        self._children.setText(page.say(T("Answers for: {names}", names=names)) if names else "")
        self._children.setVisible(bool(names))
        self._show_buttons()
        return len(rows)

    def _show_events(self, key: str) -> None:
        """In general first, then the events of the person; what is chosen stays chosen."""
        before = self.for_event.currentData() if key == self._person else ""
        self.for_event.clear()
        self.for_event.addItem(self._page.say(T("in general")), "")
        for event_id, title in self._page.db.read(person_events.events_of, key, language=self._page.speak.code):
            self.for_event.addItem(title, event_id)
        self.for_event.setCurrentIndex(max(self.for_event.findData(before), 0))

    def _chosen_day(self) -> dt.date | None:
        """The day that is written; an empty one is today, one that cannot be read is said and gives None."""
        try:
            day: dt.date | None = self.day.value()
        except Unreadable:
            self._page.shell.notice(T("This cannot be read. Check what you typed."))
            self.day.setFocus()
            return None
        return day or self._page.db.clock.today()

    def record(self, given: bool, *_checked: bool) -> None:
        """A decision in general or for the chosen event, on the day that is written."""
        page, day = self._page, self._chosen_day()
        if day is None:
            return
        purpose = str(self.purpose.currentData())
        label_ = T("Consent: {purpose}", purpose=PURPOSES[purpose])
        page.write(
            consents.record, [self._person], purpose, given, now=page.db.clock.now(), given_on=day,
            event_id=self.for_event.currentData() or None, given_by_id=self._signer(purpose, day), label=label_,
            tell=True,
        )  # fmt: skip

    def _signer(self, purpose: str, day: dt.date) -> str | None:
        """The first guardian who may sign, for somebody too young to decide alone."""
        page = self._page
        if page.db.read(consents.may_decide_alone, self._person, purpose, day):
            return None
        found = page.db.read(guardians.guardians_of, [self._person]).get(self._person, [])
        return next((g.person_id for g in found if g.is_legal), None)

    def withdraw(self) -> None:
        page, keys, day = self._page, self.consents.selected_keys(), self._chosen_day()
        if keys and day is not None:
            page.write(consents.withdraw, keys, on=day, label=T("Withdraw a consent"), tell=True)

    def attach(self) -> None:
        """A scan to the chosen decisions: of the paper, or of the letter that withdraws it."""
        page, keys = self._page, self.consents.selected_keys()
        say = page.say
        kinds = f"{say(T('Scans'))} (*.pdf *.jpg *.jpeg *.png *.tif *.tiff);;{say(T('All files'))} (*)"
        chosen = dialogs.choose_file(page, say(T("Attach a scan")), kinds) if keys else []
        if not chosen:
            return
        try:
            brought = scans(chosen)
        except OfficeError as error:
            page.shell.show_error(error)
            return
        page.write(
            consent_table.attach_to, keys, brought, now=page.db.clock.now(), who=page.db.actor.who,
            label=TN("Scan of {count} consent", "Scan of {count} consents", len(keys)), tell=True,
        )  # fmt: skip

    def add_guardian(self) -> None:
        who = self.name.value()
        if not who:
            self.name.setFocus()
            return
        found = meant(self._page, who, children=frozenset({self._person}))
        if found is None:
            return
        key, name = (found.key, "") if isinstance(found, Found) else ("", found)
        write = self._page.write
        if write(guardians.add_guardian, self._person, guardian_id=key, name=name, label=T("New guardian")):
            self.name.clear()

    def remove_guardians(self) -> None:
        self._on_delete(self.guardians.selected_keys())

    def _on_delete(self, keys: list[str]) -> None:
        if keys and self._page.db.read_only is None:
            self._page.write(guardians.remove_guardians, keys, label=T("Remove a guardian"), tell=True)

    def _on_edit(self, key: str, field: str, value: Any) -> None:
        self._page.write(guardians.change_guardian, key, **{field: value}, label=T("Relation of a guardian"))

    def _on_opened(self, key: str) -> None:
        self._page.shell.go("person", self._guardian_people[key])

    def _show_buttons(self) -> None:
        may = self._page.db.read_only is None
        for made in (self._withdraw, self._attach):
            made.setVisible(may and bool(self.consents.selected_keys()))
        self._remove.setVisible(may and bool(self.guardians.selected_keys()))

"""The four ways to people who are added to an event; each says whom there is to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from mama_desktop.domain.rows import FieldInfo, Found
from mama_desktop.domain.text import T
from mama_desktop.services import adding, events, groups, organisations
from mama_desktop.store.search import find
from mama_desktop.ui.choose_event import ChooseEvent
from mama_desktop.ui.editors import PickEditor
from mama_desktop.ui.page import Page
from mama_desktop.ui.segments import Segments
from mama_desktop.ui.theme import scaled
from mama_desktop.ui.widgets import Elided, button, label

_PERSON = FieldInfo("person", T("Person"), "person")
_ORGANISATION = FieldInfo("organisation", T("Organisation"), "organisation")

_FIELD = 34


class Way(QWidget):
    """`offered()` when there are other people to choose from: see `people` and `names`."""

    offered = Signal()
    ticks = True
    """Whether those offered are chosen at first."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.event_id, self.source = page, "", ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_event(self, event_id: str) -> None:
        self.event_id = event_id

    def people(self) -> list[str]:
        """The keys of the people offered."""
        return []

    def names(self) -> list[str]:
        """The names of new people."""
        return []

    def source_name(self) -> str:
        """The organisation that new people get."""
        return ""

    def begin(self, source: str) -> None:
        """Turn to a source by its key, and take the keys."""


class KnownPeople(Way):
    """One after the other, found while typing."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._picked: list[str] = []
        self.who = PickEditor(_PERSON, page.speak, self._complete, None)
        self.who.setPlaceholderText(page.say(T("Name, e-mail or phone of the person …")))
        self.who.setAccessibleName(page.say(T("Person to put on the list")))
        self.who.setMaximumWidth(460)
        self.who.finished.connect(self._on_picked)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(self.who, 1)
        lay.addStretch(1)

    def people(self) -> list[str]:
        return list(self._picked)

    def begin(self, source: str) -> None:
        self._picked = [source] if source else []
        self.who.clear()
        self.who.setFocus()

    def _complete(self, _kind: str, beginning: str) -> list[Found]:
        return [hit for hit in self.page.db.read(find, beginning, 40) if hit.kind == "person"][:10]

    def _on_picked(self) -> None:
        who = self.who.value()
        if isinstance(who, Found) and who.key:
            if who.key not in self._picked:
                self._picked.append(who.key)
            self.who.clear()
            self.offered.emit()


class OfOrganisation(Way):
    """Its people, and new ones by name in a line each."""

    ticks = False

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        say = page.say
        self.who = PickEditor(_ORGANISATION, page.speak, self._complete, None)
        self.who.setPlaceholderText(say(T("Name of the organisation …")))
        self.who.setAccessibleName(say(T("Organisation that sends them")))
        self.who.finished.connect(self._on_picked)
        self.new = QPlainTextEdit()
        self.new.setPlaceholderText(say(T("given name and family name, one person in a line")))
        self.new.setAccessibleName(say(T("New people")))
        self.new.setTabChangesFocus(True)
        self.new.document().setDocumentMargin(0)
        self._fit()
        self.new.textChanged.connect(self._on_typed)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(12)
        for words, field in ((T("Organisation"), self.who), (T("New people"), self.new)):
            name = label(say(words), "fieldLabel")
            name.setBuddy(field)
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(name)
            column.addWidget(field)
            column.addStretch(1)
            lay.addLayout(column, 1)

    def people(self) -> list[str]:
        return self.page.db.read(adding.people_of, self.source) if self.source else []

    def names(self) -> list[str]:
        return [line.strip() for line in self.new.toPlainText().splitlines() if line.strip()] if self.source else []

    def source_name(self) -> str:
        return self.page.db.read(organisations.name_of, self.source, language=self.page.speak.code)

    def begin(self, source: str) -> None:
        self.source = source
        self.new.clear()
        if source:
            self.who.set_value(Found("organisation", source, self.source_name()))
        else:
            self.who.clear()
        self.who.setFocus()

    def _complete(self, _kind: str, beginning: str) -> list[Found]:
        return self.page.db.read(organisations.like, beginning)

    def _fit(self) -> None:
        """As many lines as are written, at most four: the list below needs the room."""
        lines = min(max(self.new.blockCount(), 1), 4)
        # With one line it is as high as the field beside it.
        more = (lines - 1) * self.new.fontMetrics().lineSpacing()
        self.new.setFixedHeight(max(self.who.sizeHint().height(), scaled(_FIELD)) + more)

    def _on_typed(self) -> None:
        self._fit()
        self.offered.emit()

    def _on_picked(self) -> None:
        who = self.who.value()
        key = who.key if isinstance(who, Found) else ""
        if not key and isinstance(who, str):
            key = self.page.db.read(organisations.find_organisation, who) or ""
        if key != self.source:
            self.source = key
            self.offered.emit()


class FromEvent(Way):
    """Those who were accepted, who came, or everybody of an earlier event."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        say = page.say
        self.choose = button(say(T("Choose the event")), "calendar-days", self._on_choose)
        self.chosen = Elided(say(T("no event chosen yet")), "muted")
        self.which = Segments((say(T("Accepted")), say(T("Who came")), say(T("All"))))
        self.which.chosen.connect(self._on_which)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(12)
        lay.addWidget(self.choose)
        lay.addWidget(self.chosen, 1)
        lay.addWidget(self.which)

    def people(self) -> list[str]:
        which = adding.WHICH[self.which.current]
        return self.page.db.read(adding.participants, self.source, which) if self.source else []

    def begin(self, source: str) -> None:
        self._show(source)
        self.choose.setFocus()

    def _show(self, source: str) -> None:
        self.source = source
        head = self.page.db.read(events.event_head, source) if source else None
        words = head.title(self.page.speak.code) if head else self.page.say(T("no event chosen yet"))
        self.chosen.setText(words)

    def _on_choose(self) -> None:
        popup = ChooseEvent(self.page, self, past_first=True, without=self.event_id)
        popup.chosen.connect(self._on_chosen)
        popup.open_below(self.choose)

    def _on_chosen(self, key: str) -> None:
        self._show(key)
        self.offered.emit()

    def _on_which(self, _place: int) -> None:
        if self.source:
            self.offered.emit()


class FromGroup(Way):
    """The members of a working group on the first day of the event."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.which = QComboBox()
        self.which.setAccessibleName(page.say(T("Working group")))
        self.which.setMaximumWidth(460)
        self.which.activated.connect(self._on_chosen)
        self._hint = label(page.say(T("those who are members on the first day of the event")), "muted", wrap=True)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(12)
        lay.addWidget(self.which, 1)
        lay.addWidget(self._hint, 1)

    def people(self) -> list[str]:
        page = self.page
        today = page.db.clock.today()
        return page.db.read(adding.members_then, self.event_id, self.source, today=today) if self.source else []

    def begin(self, source: str) -> None:
        self.which.clear()
        self.which.addItem(self.page.say(T("Choose the working group")), "")
        names = self.page.db.read(groups.group_names, language=self.page.speak.code)
        for key, name in names.items():
            self.which.addItem(name, key)
        self.which.setCurrentIndex(max(self.which.findData(source), 0))
        self.source = str(self.which.currentData())
        self.which.setFocus()

    def _on_chosen(self, _place: int) -> None:
        self.source = str(self.which.currentData())
        self.offered.emit()


def make_ways(page: Page) -> Sequence[tuple[str, Way]]:
    return (
        ("people", KnownPeople(page)), ("organisation", OfOrganisation(page)), ("event", FromEvent(page)),
        ("group", FromGroup(page)),
    )  # fmt: skip

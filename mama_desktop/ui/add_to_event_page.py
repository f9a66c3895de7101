"""Add to the event: several people we know, an organisation's group, an earlier event's people, a working group."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from mama_desktop.domain.registrations import STATUSES
from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import TN, T, Text, verbatim
from mama_desktop.i18n import Language
from mama_desktop.services import adding, events, people, registering
from mama_desktop.services.adding import Candidate, Preview, Wish
from mama_desktop.services.counting import OverCapacity
from mama_desktop.services.registering import RegisteredPeople
from mama_desktop.store.database import Database
from mama_desktop.ui import asking
from mama_desktop.ui.add_together import AddTogether
from mama_desktop.ui.add_ways import Way, make_ways
from mama_desktop.ui.asking import ask_over
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.page import Page, Shell
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.segments import Segments
from mama_desktop.ui.widgets import SearchField, button, shortened

_NEW = "new:"
# Of what there is too little of, so many are named; the table needs the room.
_MOST = 4
_STATES = {
    "new-person": T("new person"), "not-yet": T("is added"), "left-out": T("not chosen"),
    **STATUSES,
}  # fmt: skip
_FIELDS = (
    FieldInfo("take", T("Add"), "bool", width=80),
    FieldInfo("name", T("Name"), editable=False, width=240),
    FieldInfo("organisation", T("Organisation"), editable=False, width=260),
    FieldInfo("state", T("At this event"), "choice", choices=_STATES, editable=False, width=190),
    FieldInfo("email", T("E-mail"), "email", "personal", editable=False, width=230),
)
_WAY_WORDS = (T("Several people"), T("An organisation's group"), T("From an earlier event"), T("From a working group"))


class AddToEventPage(Page):
    """`open(event, way)`: way is people, organisation, event or group, with the key of a source as in "group:KEY"."""

    kinds = frozenset({"event", "registration", "person", "organisation", "working_group", "membership"})
    help_topic = "adding"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell)
        self._event = ""
        self._asked: tuple[str, str] | None = None
        self._candidates: list[Candidate] = []
        self._ticked: dict[str, bool] = {}
        self.set_title(self.say(T("Add to the event")))
        self.segments = Segments([self.say(words) for words in _WAY_WORDS])
        self.ways: dict[str, Way] = dict(make_ways(self))
        self._stack = QStackedWidget()
        for way in self.ways.values():
            self._stack.addWidget(way)
            way.offered.connect(self._on_offered)
        self.search = SearchField(self.say(T("Search in the list …")))
        self._all = button(self.say(T("Tick all")), "square-check", partial(self.tick_all, True))
        self._none = button(self.say(T("Untick all")), "square-minus", partial(self.tick_all, False))
        self.table = RowTable("add-to-event", speak, shell.habits, today=db.clock.today, toolbar=False)
        self.table.view.setAccessibleName(self.say(T("People to add")))
        self.table.edit_requested.connect(self._on_ticked)
        self.table.opened.connect(self._on_opened)
        self.search.textChanged.connect(self.table.set_filter)
        self.search.left_downwards.connect(self.table.focus_rows)
        self.how = AddTogether(speak)
        self.how.changed.connect(self._show_preview)
        self._do: QPushButton = self.add_button(self.say(T("Add")), "user-plus", self.add, primary=True)
        self.segments.chosen.connect(self._on_way)
        self._build()

    def _build(self) -> None:
        body = QWidget()
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for made in (self.search, self._all, self._none):
            bar.addWidget(made)
        bar.addStretch(1)
        line = QHBoxLayout()
        line.addWidget(self.segments)
        line.addStretch(1)
        lay = QVBoxLayout(body)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(12)
        lay.addLayout(line)
        lay.addWidget(self._stack)
        lay.addLayout(bar)
        lay.addWidget(self.table, 1)
        lay.addWidget(self.how)
        self.set_body(body)

    # What the frame asks

    def open(self, key: str, view: str) -> None:
        self._event = key or self._event
        way, _, source = (view or "people").partition(":")
        self._asked = (way if way in self.ways else "people", source)

    def refresh(self) -> None:
        head = self.db.read(events.event_head, self._event, language=self.speak.code)
        if head is None:
            self.shell.go("events")
            return
        title = head.title(self.speak.code)
        self.set_where(
            (self.say(T("Events")), "events"), (shortened(title), "event", self._event, "registrations"),
            (self.say(T("Add to the event")), ""),
        )  # fmt: skip
        when = self.speak.event_dates(head.starts_on, head.ends_on, head.precision)
        self.set_about(title, when, head.town)
        for way in self.ways.values():
            way.set_event(self._event)
        if self._asked is not None:
            (way_key, source), self._asked = self._asked, None
            self._begin(way_key, source)
        else:
            self._on_offered()

    def _begin(self, way: str, source: str) -> None:
        place = list(self.ways).index(way)
        self.segments.blockSignals(True)
        self.segments.choose(place)
        self.segments.blockSignals(False)
        self._show_way(place, source)

    def _on_way(self, place: int) -> None:
        self._show_way(place, "")

    def _show_way(self, place: int, source: str) -> None:
        self._ticked.clear()
        self._stack.setCurrentIndex(place)
        key = list(self.ways)[place]
        self.how.set_way(key)
        empty = {
            "people": ("users", T("Find the people above; everyone you choose comes onto this list.")),
            "organisation": ("building", T("Choose the organisation; its people stand here to be ticked.")),
            "event": ("calendar-days", T("Choose an earlier event; its people stand here to be ticked.")),
            "group": ("people-roof", T("Choose a working group; its members stand here to be ticked.")),
        }[key]
        self.table.set_empty(empty[0], self.say(empty[1]))
        self.way.begin(source)
        self._on_offered()

    @property
    def way(self) -> Way:
        return list(self.ways.values())[self._stack.currentIndex()]

    # The list

    def _on_offered(self) -> None:
        if not self._event:
            return
        self._stack.setFixedHeight(self.way.sizeHint().height())
        found = self.db.read(adding.candidates, self._event, self.way.people(), language=self.speak.code)
        typed = [Candidate(_NEW + name, name, self.way.source_name()) for name in self.way.names()]
        self._candidates = [*typed, *found]
        for one in self._candidates:
            self._ticked.setdefault(one.person_id, not one.status and (self.way.ticks or one in typed))
        self.how.show_contacts(found)
        self._show_rows()

    def _show_rows(self) -> None:
        rows = [
            (None if one.status else self._is_taken(one), one.name, one.organisation, self._state(one), one.email)
            for one in self._candidates
        ]
        self.table.set_listing(Listing(_FIELDS, [one.person_id for one in self._candidates], rows))
        for made in (self.search, self._all, self._none):
            made.setVisible(len(rows) > 1)
        self._show_preview()

    def _is_taken(self, one: Candidate) -> bool:
        return not one.status and self._ticked.get(one.person_id, False)

    def _state(self, one: Candidate) -> str:
        if one.status:
            return one.status
        if not self._is_taken(one):
            return "left-out"
        return "new-person" if one.person_id.startswith(_NEW) else "not-yet"

    def _on_ticked(self, key: str, _field: str, value: Any) -> None:
        one = next((c for c in self._candidates if c.person_id == key), None)
        if one is not None and one.status:
            words = T("{name} is registered already: {status}.", name=one.name, status=STATUSES[one.status])
            self.shell.notice(words)
            return
        self._ticked[key] = bool(value)
        self._show_rows()

    def tick_all(self, on: bool, *_checked: bool) -> None:
        """Everybody who is shown; who is hidden by the search stays as they are."""
        for key in self.table.shown_keys():
            self._ticked[key] = on
        self._show_rows()

    def _on_opened(self, key: str) -> None:
        self._on_ticked(key, "take", not self._ticked.get(key, False))

    # Preview and deed

    def wish(self) -> Wish:
        taken = [one.person_id for one in self._candidates if self._is_taken(one)]
        return Wish(
            way=list(self.ways)[self._stack.currentIndex()],
            person_ids=tuple(key for key in taken if not key.startswith(_NEW)),
            new_names=tuple(key.removeprefix(_NEW) for key in taken if key.startswith(_NEW)),
            source_id=self.way.source,
            status=str(self.how.status.currentData()),
            together=self.how.together.isChecked(),
            contact_id=self.how.contact.currentData(),
            contact_email=self.how.email.text().strip(),
        )

    def _show_preview(self) -> None:
        found = self.db.read(adding.preview, self._event, self.wish(), now=self.db.clock.now())
        words = self.say(TN("Add {count} person", "Add {count} people", found.new) if found.new else T("Add"))
        self._do.setText("  " + words)
        self._do.setAccessibleName(words)
        self._do.setEnabled(found.new > 0 and self.db.read_only is None)
        asked = str(self.how.status.currentData())
        already = sum(1 for one in self._candidates if one.status)
        said, look = _said(found, already, asked)
        if not found.new and already < len(self._candidates) and self.db.read_only is None:
            said.insert(0, T("Tick whom you want to add; then “Add” at the top right adds them together."))
        self.how.say_words(" ".join(map(self.say, said)), "\n".join(map(self.say, look)))

    def add(self) -> None:
        wish, now = self._who_is_meant(self.wish()), self.db.clock.now()
        if wish is None:
            return
        use_case = partial(adding.add, event_id=self._event, wish=wish, now=now)
        try:
            done: RegisteredPeople | None = self.db.write(use_case, label=registering.label_of)
        except OverCapacity as error:
            if not ask_over(self, self, error):
                return
            done = self.write(partial(use_case, over_capacity=True), label=registering.label_of)
        if done is None:
            return
        self._ticked.clear()
        words: Text = registering.label_of(done)
        for notice in done.notices():
            words = T("{first}. {second}", first=words, second=notice)
        self.shell.go("event", self._event, "registrations")
        self.shell.notice_done(words)

    def _who_is_meant(self, wish: Wish) -> Wish | None:
        """Names typed as new that the office knows: each is asked about, so that nobody is there twice."""
        ids: list[str] = list(wish.person_ids)
        names: list[str] = []
        for name in wish.new_names:
            known = self.db.read(people.named, name)
            key = asking.known_one(self, self, known) if known else ""
            if key is None:
                return None
            (ids if key else names).append(key or name)
        return replace(wish, person_ids=tuple(dict.fromkeys(ids)), new_names=tuple(names))

    def focus_filter(self) -> None:
        self.search.setFocus()

    def new(self) -> None:
        self.way.begin(self.way.source)


def _said(found: Preview, already: int, asked: str) -> tuple[list[Text], list[Text]]:
    """What comes of it, and what to look at first."""
    said: list[Text] = []
    if found.new:
        said.append(
            TN("{count} person is added as: {status}.", "{count} people are added as: {status}.", found.new,
               status=STATUSES[found.status])
        )  # fmt: skip
    if found.new and found.status == "waiting" != asked:
        said.append(T("Somebody is already waiting for a place: who registers now goes on the waiting list."))
    if already:
        said.append(TN("{count} is registered already.", "{count} are registered already.", already))
    look: list[Text] = []
    if found.new and found.over:
        # What there is too little of stands below the sentence it belongs to, a line each.
        over = [T("{name}: {now}.", name=one.name or verbatim(one.value), now=one.now) for one in found.over[:_MOST]]
        look += [T("More than there are places for:"), *(T("• {what}", what=one) for one in over)]
    if found.new and found.is_late:
        look.append(T("The deadline has passed: they are marked as late."))
    return said, look

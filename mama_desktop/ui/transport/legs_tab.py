"""Who travels how: both directions of everybody who comes, edited in the table, and whom to ask for what is missing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from mama_desktop.domain.filters import Filter
from mama_desktop.domain.rows import Found, Listing
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.domain.travel import DIRECTIONS
from mama_desktop.services import completing, editing, registrations
from mama_desktop.services.fields import TRAVEL_DEFAULT
from mama_desktop.services.place_suggestions import suggest_places
from mama_desktop.services.transport import legs
from mama_desktop.services.transport.travel_answers import take_from_answers
from mama_desktop.ui import asking
from mama_desktop.ui.page import Page
from mama_desktop.ui.registrations_bar import NARROW, show_pictures_only
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.segments import Segments
from mama_desktop.ui.table_menu import Entry, add_entries
from mama_desktop.ui.table_tools import equip
from mama_desktop.ui.transport.arrivals_tab import change_words
from mama_desktop.ui.widgets import button

INCOMPLETE, OF = "incomplete", "of"
_WAYS = (None, *DIRECTIONS)
_MISSING = {"missing": Filter(empty=False)}


class LegsTab(QWidget):
    """`set_event`, then `refresh`; `show_view("incomplete")` is what a line of Today opens."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._event, self._incomplete = page, "", 0
        say = page.say
        self.table = RowTable(
            "travel", page.speak, page.shell.habits, search_hint=say(T("Search by name, place, flight …")),
            complete=self._complete, today=page.db.clock.today,
        )  # fmt: skip
        self.table.view.setAccessibleName(say(T("Travel details")))
        self.table.columns.is_shown_at_first = TRAVEL_DEFAULT.__contains__
        self.table.set_empty("route", say(T("Here is how people travel. Nobody has a place at this event yet.")))
        self.table.set_read_only(page.db.read_only is not None)
        self.table.has_change_button = False
        self.table.sort_by(("family_name", False), ("given_name", False), ("direction", False))
        self.ways = Segments([say(T("Both ways")), say(T("Outward")), say(T("Return"))])
        self.ways.chosen.connect(self._on_way)
        self._missing = button("", "circle-question", self.toggle_incomplete)
        self._missing.setCheckable(True)
        self._ask = button(say(T("Ask")), "envelope", self.ask)
        self._fill = button(say(T("Fill in")), "wand-magic-sparkles")
        menu = QMenu(self._fill)
        add_entries(menu, say, self._fill_entries())
        self._fill.setMenu(menu)
        self.table.add_left(self.ways, self._missing)
        # What the page is for stays in the first line, however narrow the window is.
        self.table.add_right(self._ask)
        if page.db.read_only is None:
            self.table.add_left(self._fill)
        self._connect()
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(self.table)

    def _connect(self) -> None:
        self.table.edit_requested.connect(self._on_edit)
        self.table.change_many_requested.connect(self._on_change_many)
        self.table.opened.connect(self._on_opened)
        self.table.refused.connect(self._on_refused)
        self.table.paste_requested.connect(self._on_paste)
        self.table.selection_changed.connect(self._on_selection)
        self.table.shown_changed.connect(self._on_selection)
        self.table.doing.row_menu.append(self._add_to_menu)
        self.tools = equip(self._page, self.table, of="travel", noun="travel_leg", title=self._title)

    def _title(self) -> str:
        return f"{self._page.accessibleName()} – {self._page.say(T('Travel details'))}"

    def set_event(self, event_id: str) -> None:
        if event_id != self._event:
            self._event = event_id
            self.ways.choose(0)
            self.table.set_filters({})

    def refresh(self) -> None:
        page = self._page
        listing = page.db.read(legs.travel_of_event, self._event, language=page.speak.code)
        self._incomplete = _count_incomplete(listing)
        self.table.set_listing(listing)
        words = T("Incomplete details ({number})", number=page.speak.number(self._incomplete))
        self._missing.setText("  " + page.say(words))
        self._show_buttons()

    # What is shown

    def show_view(self, view: str) -> None:
        """ "incomplete": those whose details are not complete; "of:<registration>": both ways of one person."""
        what, _, registration = view.partition(":")
        if what == INCOMPLETE:
            self.table.set_filters(dict(_MISSING))
        elif what == OF and registration:
            self.table.set_filters({})
            keys = legs.both_directions([registration])
            self.table.show_only(keys, self._page.say(T("One person")))
            self.table.go_to_cell(keys[0], "means")

    def toggle_incomplete(self) -> None:
        self.table.set_filters({} if self._shows_incomplete() else dict(_MISSING))

    def _shows_incomplete(self) -> bool:
        asked = self.table.rows.filters.get("missing")
        return asked is not None and asked.empty is False

    def _on_way(self, place: int) -> None:
        way = _WAYS[place]
        self.table.set_wanted("direction", None if way is None else (way,))

    # Edits

    def _on_edit(self, key: str, field_key: str, value: Any) -> None:
        self._change([key], field_key, value)

    def _on_change_many(self, keys: list[str], field_key: str, value: Any) -> None:
        self._change(keys, field_key, value, tell=True)

    def _change(self, keys: list[str], field_key: str, value: Any, *, tell: bool = False) -> None:
        field = next(f for f in self.table.rows.listing.fields if f.key == field_key)
        words = change_words(field.label, len(keys))
        now = self._page.db.clock.now()
        asking.write(self._page, editing.change, "travel_leg", keys, field_key, value, now=now, label=words, tell=tell)

    def _fill_entries(self) -> list[Entry | None]:
        return [
            (T("They come from their home town and return there"), "house", "", self.take_home, True),
            (T("They return as they came"), "arrows-left-right", "", self.the_same_back, True),
            (T("From the answers to the registration form"), "rectangle-list", "", self.from_answers, True),
        ]

    def _add_to_menu(self, menu: QMenu) -> None:
        if self._page.db.read_only is None:
            menu.addSeparator()
            add_entries(menu, self._page.say, self._fill_entries())
        add_entries(menu, self._page.say, [(T("Ask"), "envelope", "", self.ask, True)])

    def take_home(self) -> None:
        """For those who are chosen, else for all who are shown: only where nothing is said."""
        self._fill_in(
            legs.take_home,
            lambda n: TN("Home town taken for {count} journey", "Home town taken for {count} journeys", n),
        )

    def the_same_back(self) -> None:
        self._fill_in(
            legs.the_same_back,
            lambda n: TN("{count} way back as they came", "{count} ways back as they came", n),
        )

    def from_answers(self) -> None:
        """What they have answered already; the answers stay."""
        people = legs.registrations_of(self._meant())
        self._say_filled(
            self._page.write(take_from_answers, self._event, people, now=self._page.db.clock.now(), label=_taken_words),
            _taken_words,
        )

    def _fill_in(self, use_case: Callable[..., int], words: Callable[[int], Text]) -> None:
        keys = self._meant()
        if not keys:
            return
        self._say_filled(self._page.write(partial(use_case, keys=keys), label=words), words)

    def _say_filled(self, filled: int | None, words: Callable[[int], Text]) -> None:
        if filled:
            self._page.shell.notice_done(words(filled))
        elif filled == 0:
            self._page.shell.notice(T("Nothing was empty that could be filled in."))

    def ask(self) -> None:
        """Write to those who are chosen, else to all who are shown; the ready text asks how they travel."""
        people = legs.registrations_of(self._meant())
        if people:
            self._page.shell.go("letters", self._event, "text:travel:" + ",".join(people))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the rows have it: the direction is a column too."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self.ways.setVisible(not narrow)
        show_pictures_only((self._ask, self._fill), narrow)

    def _meant(self) -> list[str]:
        return self.table.selected_keys() or self.table.shown_keys()

    # What the table tells

    def _on_opened(self, key: str) -> None:
        person = self._page.db.read(registrations.person_of, legs.registrations_of([key])[0])
        if person:
            self._page.shell.go("person", person)

    def _on_refused(self, words: str) -> None:
        self._page.shell.notice(T("{words}", words=words))

    def _on_paste(self, words: str) -> None:
        self._page.shell.go("import", self._event, "paste:" + words)

    def _on_selection(self) -> None:
        self._show_buttons()
        self._page.shell.say_selection(self.selection_words())

    def _show_buttons(self) -> None:
        shown = self._shows_incomplete()
        self._missing.setChecked(shown)
        self._missing.setVisible(bool(self._incomplete) or shown)
        people = len(legs.registrations_of(self._meant()))
        self._ask.setEnabled(bool(people))
        self._ask.setToolTip(self._page.say(_ask_words(people)))
        self._fill.setEnabled(bool(people))

    # What the keys of the page ask

    def selection_words(self) -> str:
        return self.table.selection_words()

    def focus_filter(self) -> None:
        self.table.focus_filter()

    def edit(self) -> None:
        self.table.edit_current()

    def export(self) -> None:
        self.tools.export.to_excel()

    def _complete(self, kind: str, beginning: str) -> list[Found]:
        if kind == "town":
            return suggest_places(beginning)
        return self._page.db.read(completing.complete, kind, beginning, language=self._page.speak.code)


def _taken_words(people: int) -> Text:
    return TN("Travel of {count} person taken from the answers", "Travel of {count} people taken from the answers",
              people)  # fmt: skip


def _ask_words(people: int) -> Text:
    return TN("Ask {count} person how they travel", "Ask {count} people how they travel", people)


def _count_incomplete(listing: Listing) -> int:
    """Of how many people, not of how many directions."""
    place = listing.column("missing")
    rows = zip(listing.keys, listing.rows, strict=True)
    return len(legs.registrations_of(key for key, row in rows if row[place]))

"""The registrations of an event: the table, deciding many at once, the waiting list, adding, taking in from a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from mama_desktop.domain.rows import Found
from mama_desktop.domain.text import TN, T
from mama_desktop.services import completing, deciding, questions, registrations
from mama_desktop.services.deciding import Decided
from mama_desktop.services.fields import ANSWER, REGISTRATION_DEFAULT
from mama_desktop.ui import dialogs
from mama_desktop.ui.add_menu import add_menu
from mama_desktop.ui.add_person import AddPerson
from mama_desktop.ui.decide_menu import DecideMenu
from mama_desktop.ui.decide_strip import DecideStrip
from mama_desktop.ui.decisions import Decisions, freed_words, has_to_tell
from mama_desktop.ui.file_answers import FileAnswers
from mama_desktop.ui.free_places import FreePlaces
from mama_desktop.ui.page import Page
from mama_desktop.ui.registration_columns import ALWAYS_READ, READY, default_columns_first, to_follow, values
from mama_desktop.ui.registrations_bar import NARROW, WIDE, rows_with_invited, show_pictures_only, to_delete
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.table_menu import Entry
from mama_desktop.ui.table_tools import equip
from mama_desktop.ui.waiting_list import WaitingListView
from mama_desktop.ui.widgets import button

# Long enough for a hand that goes on choosing, short enough to be called at once.
_STRIP_AFTER_MS = 120
# The table is painted, and a first key may have been pressed.
_REST_AFTER_MS = 250
# Below this height the strip keeps to its first line, so that there are rows to choose from.
_LOW = 440

# Before the keys of registrations in a view of the page: exactly these are shown.
KEYS = "keys"


class RegistrationsTab(QWidget):
    """`set_event`, then `refresh`; `show_only(status)` is what a count of Today or a chip opens."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._event, self._waits, self._invited = page, "", 0, 0
        say = page.say
        self.decisions = Decisions(page, self)
        self.decisions.decided.connect(self._on_was_decided)
        self.table = RowTable(
            "registrations", page.speak, page.shell.habits, search_hint=say(T("Name, organisation, town …")),
            complete=self._complete, today=page.db.clock.today,
        )  # fmt: skip
        self._sensitive: frozenset[str] = frozenset()
        self._is_new = True
        self._telling: frozenset[str] = frozenset()
        self.table.columns.is_shown_at_first = self._is_shown_at_first
        self._decide = button(say(T("Decide")), "list-check")
        self.menu = DecideMenu(page, self.table, self.decisions, self._decide)
        self._decide.setMenu(self.menu)
        if page.db.read_only is not None:
            # Never `setVisible(True)`: without a parent it would be a window for a moment.
            self._decide.hide()
        self._waiting_button = button(say(T("Waiting list")), "hourglass-half", self.show_waiting)
        self._waiting_button.hide()
        self._write = button(say(T("Write")), "envelope", self.write_to)
        self.table.add_left(self._decide, self._write, self._waiting_button)
        self._import = button(say(T("Import registrations")), "file-import", self.take_in)
        self._add = button(say(T("Add")), "plus")
        self._add.setMenu(add_menu(self, say, self.add, self.add_many))
        if page.db.read_only is None:
            self.table.add_right(self._import, self._add)
        self.table.set_read_only(page.db.read_only is not None)
        words = say(T("Nobody has registered yet. Take in the file of the registration form, or add people by hand."))
        self.table.set_empty("inbox", words, say(T("Import registrations")))
        self.table.sort_by(("family_name", False), ("given_name", False))
        self._connect()
        self.strip = DecideStrip(page.speak)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_STRIP_AFTER_MS)
        self._soon.timeout.connect(self.show_strip)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_AFTER_MS)
        self._rest.timeout.connect(self._on_rest)
        self.table.search.textEdited.connect(self.read_rest)
        self.waiting = WaitingListView(page, self.decisions)
        self.waiting.opened.connect(self._on_opened)
        self.waiting.left.connect(self.show_all)
        self.free = FreePlaces(page, self.decisions)
        self.free.list_asked.connect(self.show_waiting)
        self._build()

    def _connect(self) -> None:
        self.table.edit_requested.connect(self._on_edit)
        self.table.change_many_requested.connect(self._on_change_many)
        self.table.delete_requested.connect(self._on_delete)
        self.table.deletes_rows = True
        self.table.has_change_button = False
        self.table.doing.delete_words = to_delete
        self.table.doing.row_menu.append(self.menu.add_to)
        self.table.doing.table_entries.insert(0, self._more_entries)
        self.table.opened.connect(self._on_opened)
        self.table.first_step.connect(self.take_in)
        self.table.refused.connect(self._on_refused)
        self.table.paste_requested.connect(self._on_paste)
        self.table.selection_changed.connect(self._on_selection)
        self.table.shown_changed.connect(self._on_selection)
        self.tools = equip(self._page, self.table, of="registrations", noun="registration", title=self._list_title)
        if self.tools.writes is not None:
            self.tools.writes.decisions = self.decisions
        self.file_answers = FileAnswers(self._page, self.table)

    def _list_title(self) -> str:
        """Of what is exported as it is shown."""
        return f"{self._page.accessibleName()} – {self._page.say(T('Registrations'))}"

    def _build(self) -> None:
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.waiting)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        lay.addWidget(self.free)
        lay.addWidget(holder, 1)
        lay.addWidget(self.strip)

    def set_event(self, event_id: str) -> None:
        if event_id != self._event:
            self._event = event_id
            self._is_new = True
            self.table.set_filters({})
            self._stack.setCurrentIndex(0)
            self.menu.set_event(event_id)
            self.waiting.set_event(event_id)
            self.free.set_event(event_id)

    def refresh(self) -> None:
        """The columns on the screen at once; all the others a moment later, when nobody waits for them."""
        self._show(self.on_screen())
        self._rest.start()

    def read_rest(self) -> None:
        """The columns that are not on the screen, for searching, for views and for what is exported."""
        if self._rest.isActive():
            self._rest.stop()
            self._show(None)

    def _on_rest(self) -> None:
        if self._event:
            self._show(None)

    def on_screen(self) -> set[str]:
        """Keys of the fields that are shown, sorted or filtered by, or looked at whatever is shown."""
        table = self.table
        shown = table.columns.wanted() or set(REGISTRATION_DEFAULT)
        return shown | set(table.rows.filters) | {key for key, _ in table.rows.sorted_by} | ALWAYS_READ

    def _show(self, only: set[str] | None) -> None:
        page = self._page
        listing = page.db.read(registrations.registrations, self._event, language=page.speak.code, only=only)
        self._sensitive = frozenset(f.key for f in listing.fields if f.sensitivity == "sensitive")
        listing, self._telling = default_columns_first(listing)
        self.table.set_listing(listing)
        # Another event with the same fields brings no other columns, and yet other ones may say something.
        self.table.columns.follow(to_follow(self._telling, hide=self._is_new))
        statuses = values(listing, "status")
        self._waits, self._invited = statuses.count("waiting"), statuses.count("invited")
        number = page.speak.number(self._waits)
        self._waiting_button.setText("  " + page.say(T("Waiting list ({number})", number=number)))
        self._show_buttons()
        is_opening, self._is_new = self._is_new and only is not None, False
        if not is_opening:
            # When an event is opened, a proposal may come a moment later than the table.
            self.free.refresh(self._waits)
        if self._stack.currentIndex():
            self.waiting.refresh()
        self._soon.start()

    def _is_shown_at_first(self, key: str) -> bool:
        """What an office looks at first and what the form asked besides; the others wait under Columns."""
        asked = key.startswith(ANSWER) and key not in self._sensitive
        return key in REGISTRATION_DEFAULT or key in self._telling or asked

    def show_only(self, *statuses: str) -> None:
        if statuses == ("waiting",):
            self.show_waiting()
            return
        self._stack.setCurrentIndex(0)
        if statuses == ("owing",):
            self._show_owing()
            return
        if statuses[:1] == (KEYS,):
            self.table.set_filters({})
            self.table.show_only(list(statuses[1:]), self._page.say(T("Just taken in")))
            return
        if statuses and statuses[0] in READY:
            self.table.set_filters(dict(READY[statuses[0]]))
            return
        self.table.set_wanted("status", statuses or None)

    def _show_owing(self) -> None:
        """Whoever owes an answer of the form, and nobody else."""
        owing = self._page.db.read(questions.missing_answers, self._event)
        self.table.set_filters({})
        words = self._page.say(T("A required answer is missing"))
        self.table.show_only([one.registration_id for one in owing], words)

    def show_waiting(self) -> None:
        """The waiting list in its order instead of the table."""
        self.strip.hide()
        self._stack.setCurrentIndex(1)
        self.waiting.refresh()
        self.waiting.list.setFocus()
        self._page.shell.say_selection(self.selection_words())

    def show_all(self) -> None:
        self._stack.setCurrentIndex(0)
        self.table.focus_rows()
        self._on_selection()

    def take_in(self) -> None:
        self._page.shell.go("import", self._event)

    def selection_words(self) -> str:
        if self._stack.currentIndex():
            return ""
        words, rows = self.table.selection_words(), self.table.rows
        if not self._invited or self.table.selected_keys() or rows.rowCount() < len(rows.listing.rows):
            return words
        return rows_with_invited(words, rows.rowCount(), self._invited, self._page.speak)

    # Deciding

    def _on_was_decided(self, done: Decided) -> None:
        self.free.say_freed(freed_words(done, self._page.say), done.keys if has_to_tell(done) else ())

    def show_strip(self) -> None:
        """Who is chosen, against the places: read a moment after the choosing, so that choosing never stops."""
        page, keys = self._page, self.table.selected_keys()
        if not keys or self._stack.currentIndex() or not self._event:
            self.strip.show_strip(None)
            return
        was_hidden = self.strip.isHidden()
        self.strip.show_strip(page.db.read(deciding.strip, self._event, keys, language=page.speak.code))
        if was_hidden:
            # The table has just become lower.
            QTimer.singleShot(0, self.table.view, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        self.table.view.scrollTo(self.table.view.currentIndex())

    # Edits

    def _on_edit(self, key: str, field_key: str, value: Any) -> None:
        self._change([key], field_key, value)

    def _on_change_many(self, keys: list[str], field_key: str, value: Any) -> None:
        self._change(keys, field_key, value, tell=True)

    def _change(self, keys: Sequence[str], field_key: str, value: Any, *, tell: bool = False) -> None:
        field = next(f for f in self.table.rows.listing.fields if f.key == field_key)
        many = TN(
            "{field}: {count} registration changed", "{field}: {count} registrations changed", len(keys),
            field=field.label,
        )  # fmt: skip
        words = T("Registration: {field}", field=field.label) if len(keys) == 1 else many
        self.decisions.edit(keys, field_key, value, self.table.view, label=words, tell=tell)

    def _on_delete(self, keys: list[str]) -> None:
        page = self._page
        if page.db.read_only is not None:
            return
        question = TN("Delete {count} registration?", "Delete {count} registrations?", len(keys))
        more = T(
            "Attendance goes with it; the people stay. You can undo this afterwards. To keep a record, cancel instead."
        )
        held = page.db.read(registrations.touched_by_removing, keys)
        if dialogs.ask(self, page.speak, question, T("Delete"), more=more, details=held, dangerous=True) is None:
            return
        words = TN("Delete {count} registration", "Delete {count} registrations", len(keys))
        if page.write(registrations.remove, keys, label=words) is not None:
            done = TN("{count} registration is deleted.", "{count} registrations are deleted.", len(keys))
            page.shell.notice_done(done)

    # Adding

    def add(self) -> None:
        popup = AddPerson(self._page, self._event, self)
        popup.registered.connect(self._on_registered)
        popup.open_below(self._add)

    def add_many(self, way: str, *_checked: bool) -> None:
        self._page.shell.go("add-to-event", self._event, way)

    def _on_registered(self, key: str) -> None:
        """The new row is in sight and has the keys: the next step is to decide it."""
        self.show_all()
        self.table.select([key])
        self.table.view.setFocus()
        if self.menu.of_status([key], "waiting"):
            words = T("Somebody is already waiting for a place: who registers now goes on the waiting list.")
            self._page.shell.notice(words)

    def _on_opened(self, key: str) -> None:
        person = self._page.db.read(registrations.person_of, key)
        if person:
            self._page.shell.go("person", person)

    def _on_refused(self, words: str) -> None:
        self._page.shell.notice(T("{words}", words=words))

    def _on_paste(self, words: str) -> None:
        self._page.shell.go("import", self._event, "paste:" + words)

    def _on_selection(self) -> None:
        self._show_buttons()
        self._soon.start()
        self._page.shell.say_selection(self.selection_words())

    def _show_buttons(self) -> None:
        """Nothing moves while somebody chooses: what needs somebody chosen is grey until then."""
        some = len(self.table.selected_keys())
        self._decide.setEnabled(bool(some))
        count = some or len(self.table.shown_keys())
        self._write.setEnabled(bool(count))
        self._write.setToolTip(self._page.say(TN("Write to {count} person", "Write to {count} people", count)))
        self._waiting_button.setVisible(bool(self._waits) and self.width() >= WIDE)

    def _more_entries(self) -> list[Entry | None]:
        """Behind "More", what has no room among the buttons."""
        if not self._waits or self._waiting_button.isVisible():
            return []
        words = T("Waiting list ({number})", number=self._page.speak.number(self._waits))
        return [None, (words, "hourglass-half", "", self.show_waiting, True)]

    def _fit_buttons(self) -> None:
        show_pictures_only((self._import, self.tools.views.button), self.width() < NARROW)
        self._waiting_button.setVisible(bool(self._waits) and self.width() >= WIDE)

    def write_to(self) -> None:
        """A letter or mail to those who are chosen, else to all who are shown."""
        keys = self.table.selected_keys() or self.table.shown_keys()
        if keys:
            self._page.shell.go("letters", self._event, "registrations:" + ",".join(keys))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.strip.set_low(self.height() < _LOW)
        self._fit_buttons()

    def _complete(self, kind: str, beginning: str) -> list[Found]:
        return self._page.db.read(completing.complete, kind, beginning, language=self._page.speak.code)

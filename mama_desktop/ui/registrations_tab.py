"""The registrations of an event: the table, deciding many at once, adding, taking in from a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from operator import itemgetter
from typing import Any

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from mama_desktop.domain.registrations import STATUSES
from mama_desktop.domain.rows import Found, Listing
from mama_desktop.domain.text import TN, T
from mama_desktop.services import editing, organisations, places, registrations
from mama_desktop.services.fields import ANSWER, REGISTRATION_DEFAULT, REGISTRATION_FIELDS
from mama_desktop.ui import dialogs
from mama_desktop.ui.add_person import AddPerson
from mama_desktop.ui.icons import icon
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.widgets import button

# The steps an office takes most, in the order of the day.
_STEPS = ("accepted", "waiting", "declined", "confirmed", "cancelled", "applied")
_ICONS = {
    "accepted": "check", "waiting": "hourglass-half", "declined": "xmark", "confirmed": "check-double",
    "cancelled": "user-xmark", "applied": "inbox",
}  # fmt: skip


class RegistrationsTab(QWidget):
    """`set_event`, then `refresh`; `show_only(status)` is what a count of Today or a chip opens."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._event = page, ""
        say = page.say
        self.table = RowTable(
            "registrations", page.speak, page.shell.habits, search_hint=say(T("Search by name, organisation, town …")),
            complete=self._complete, today=page.db.clock.today,
        )  # fmt: skip
        self._sensitive: frozenset[str] = frozenset()
        self.table.columns.is_shown_at_first = self._is_shown_at_first
        self._decide = button(say(T("Decide")), "list-check")
        self._decide.setMenu(self._decide_menu())
        self._decide.hide()
        self.table.add_left(self._decide)
        self._import = button(say(T("Import registrations")), "file-import", self.take_in)
        self._add = button(say(T("Add")), "plus", self.add)
        if page.db.read_only is None:
            self.table.add_right(self._import, self._add)
        self.table.set_read_only(page.db.read_only is not None)
        words = say(T("Nobody has registered yet. Take in the file of the registration form, or add people by hand."))
        self.table.set_empty("inbox", words, say(T("Import registrations")))
        self.table.sort_by(("family_name", False), ("given_name", False))
        self.table.edit_requested.connect(self._on_edit)
        self.table.change_many_requested.connect(self._on_change_many)
        self.table.delete_requested.connect(self._on_delete)
        self.table.opened.connect(self._on_opened)
        self.table.first_step.connect(self.take_in)
        self.table.refused.connect(self._on_refused)
        self.table.paste_requested.connect(self._on_paste)
        self.table.selection_changed.connect(self._on_selection)
        self.table.shown_changed.connect(self._on_selection)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(self.table)

    def set_event(self, event_id: str) -> None:
        if event_id != self._event:
            self._event = event_id
            self.table.set_wanted("status", None)
            self.table.set_filter("")

    def refresh(self) -> None:
        page = self._page
        listing = page.db.read(registrations.registrations, self._event, language=page.speak.code)
        self._sensitive = frozenset(f.key for f in listing.fields if f.sensitivity == "sensitive")
        self.table.set_listing(_default_columns_first(listing))

    def _is_shown_at_first(self, key: str) -> bool:
        """What an office looks at first and what the form asked besides; the others wait under Columns."""
        return key in REGISTRATION_DEFAULT or (key.startswith(ANSWER) and key not in self._sensitive)

    def show_only(self, *statuses: str) -> None:
        self.table.set_wanted("status", statuses or None)

    def take_in(self) -> None:
        self._page.shell.go("import", self._event)

    def selection_words(self) -> str:
        return self.table.selection_words()

    # Deciding

    def _decide_menu(self) -> QMenu:
        menu = QMenu(self)
        for status in _STEPS:
            action = menu.addAction(icon(_ICONS[status]), self._page.say(STATUSES[status]))
            action.triggered.connect(partial(self._on_decided, status))
        return menu

    def _on_decided(self, status: str, *_checked: bool) -> None:
        keys = self.table.selected_keys()
        if not keys or not self._may_be_too_many(keys, status):
            return
        page = self._page
        label_of = partial(_decided, status)
        page.write(registrations.set_status, keys, status, now=page.db.clock.now(), label=label_of, tell=True)
        # On to the next rows by keyboard, not back through the buttons above.
        self.table.view.setFocus()

    def _may_be_too_many(self, keys: Sequence[str], status: str) -> bool:
        """Over capacity only on purpose: one question, which stays in the history by its label."""
        if status not in ("accepted", "confirmed"):
            return True
        counts = self._page.db.read(registrations.counts, self._event)
        place = self.table.rows.listing.column("status")
        chosen = set(keys)
        rows = zip(self.table.rows.listing.keys, self.table.rows.listing.rows, strict=True)
        more = sum(1 for key, row in rows if key in chosen and row[place] not in ("accepted", "confirmed"))
        if counts.capacity is None or counts.accepted + more <= counts.capacity:
            return True
        question = T(
            "There are {capacity} places; with these it would be {number}. Accept all the same?",
            capacity=counts.capacity, number=counts.accepted + more,
        )  # fmt: skip
        return dialogs.ask(self, self._page.speak, question, T("Accept over capacity"), dangerous=True) is not None

    # Edits

    def _on_edit(self, key: str, field_key: str, value: Any) -> None:
        if field_key == "status" and not self._may_be_too_many([key], value):
            self.refresh()
            return
        self._change([key], field_key, value)

    def _on_change_many(self, keys: list[str], field_key: str, value: Any) -> None:
        if field_key == "status" and not self._may_be_too_many(keys, value):
            return
        self._change(keys, field_key, value, tell=True)

    def _change(self, keys: Sequence[str], field_key: str, value: Any, *, tell: bool = False) -> None:
        page = self._page
        field = next(f for f in self.table.rows.listing.fields if f.key == field_key)
        many = TN(
            "{field}: {count} registration changed", "{field}: {count} registrations changed", len(keys),
            field=field.label,
        )  # fmt: skip
        words = T("Registration: {field}", field=field.label) if len(keys) == 1 else many
        page.write(
            editing.change, "registration", keys, field_key, value, now=page.db.clock.now(), label=words, tell=tell
        )

    def _on_delete(self, keys: list[str]) -> None:
        page = self._page
        if page.db.read_only is not None:
            return
        question = TN("Delete {count} registration?", "Delete {count} registrations?", len(keys))
        more = T(
            "Attendance goes with it; the people stay. You can undo this afterwards. To keep a record, cancel instead."
        )
        if dialogs.ask(self, page.speak, question, T("Delete"), more=more, dangerous=True) is None:
            return
        words = TN("Delete {count} registration", "Delete {count} registrations", len(keys))
        page.write(registrations.remove, keys, label=words, tell=True)

    def add(self) -> None:
        popup = AddPerson(self._page, self._event, self)
        popup.registered.connect(self._on_registered)
        popup.open_below(self._add)

    def _on_registered(self, key: str) -> None:
        """The new row is in sight and has the keys: the next step is to decide it."""
        self.table.select([key])
        self.table.view.setFocus()

    def _on_opened(self, key: str) -> None:
        person = self._page.db.read(registrations.person_of, key)
        if person:
            self._page.shell.go("person", person)

    def _on_refused(self, words: str) -> None:
        self._page.shell.notice(T("{words}", words=words))

    def _on_paste(self, words: str) -> None:
        self._page.shell.go("import", self._event, "paste:" + words)

    def _on_selection(self) -> None:
        some = bool(self.table.selected_keys()) and self._page.db.read_only is None
        self._decide.setVisible(some)
        self._page.shell.say_selection(self.selection_words())

    def _complete(self, kind: str, beginning: str) -> list[Found]:
        if kind == "town":
            return [Found(kind, t.postal_code, t.name, t.postal_code) for t in places.suggest_towns(beginning)]
        return self._page.db.read(organisations.like, beginning)


def _decided(status: str, count: int) -> Any:
    return TN("{count} registration: {status}", "{count} registrations: {status}", count, status=STATUSES[status])


def _default_columns_first(listing: Listing) -> Listing:
    """The fields an office looks at first; the others follow and wait in the column chooser."""
    wanted = [k for k in REGISTRATION_DEFAULT if k in REGISTRATION_FIELDS]
    order = sorted(
        range(len(listing.fields)),
        key=lambda i: wanted.index(listing.fields[i].key) if listing.fields[i].key in wanted else len(wanted) + i,
    )
    # One call of C for each row: it stands between the click and the table.
    rows = list(map(itemgetter(*order), listing.rows))
    return Listing(tuple(listing.fields[i] for i in order), listing.keys, rows)

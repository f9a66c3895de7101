"""Places of an event besides its own number: options somebody may choose, and how many may come from one place."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from mama_desktop.domain.capacity import QUOTA_KINDS
from mama_desktop.domain.people import GENDERS
from mama_desktop.domain.regions import REGIONS
from mama_desktop.domain.registrations import ROLES
from mama_desktop.domain.rows import FieldInfo, Found, Listing
from mama_desktop.domain.text import TN, T, sort_key
from mama_desktop.i18n import country_names
from mama_desktop.services import capacity, editing, organisations
from mama_desktop.ui import dialogs
from mama_desktop.ui.editors import PickEditor
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.widgets import button, label

_OPTION_FIELDS = (
    FieldInfo("group_sl", T("Group of options"), width=170),
    FieldInfo("name_sl", T("Option"), width=230),
    FieldInfo("places", T("Places"), "number", width=80),
    FieldInfo("taken", T("Taken"), "number", editable=False, width=80),
    FieldInfo("wished", T("Wished for"), "number", editable=False, width=100),
    FieldInfo("only_one", T("Only one of its group"), "bool", width=160),
    FieldInfo("group_en", T("Group in English"), width=150),
    FieldInfo("name_en", T("Name in English"), width=200),
)
_QUOTA_FIELDS = (
    FieldInfo("name", T("For whom"), editable=False, width=420),
    FieldInfo("places", T("Places"), "number", width=90),
    FieldInfo("taken", T("Taken"), "number", editable=False, width=90),
)
_PLACES = FieldInfo("places", T("Places"), "number")
_ORGANISATION = FieldInfo("organisation", T("Organisation"), "organisation")
_MOST_ROWS = 8


class _Places(QWidget):
    """A table in a form: as high as its rows, with what adds and removes them. An `Editor` that never edits itself."""

    finished = Signal()

    def __init__(self, page: Page, name: str, hint: str) -> None:
        super().__init__()
        self.page, self.event_id = page, ""
        self.table = RowTable(name, page.speak, page.shell.habits, today=page.db.clock.today, toolbar=False)
        self.table.set_read_only(page.db.read_only is not None)
        self.table.edit_requested.connect(self.edit)
        self.table.delete_requested.connect(self.delete)
        self.table.selection_changed.connect(self._show_remove)
        self.hint = label(hint, "fieldHint", wrap=True)
        self.remove_button = button(page.say(T("Remove")), "xmark", self._on_remove)
        self.bar = QHBoxLayout()
        self.bar.setSpacing(8)
        self.holder = QWidget()
        self.holder.setLayout(self.bar)
        self.bar.setContentsMargins(0, 0, 0, 0)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        lay.addWidget(self.hint)
        lay.addWidget(self.table)
        lay.addWidget(self.holder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.holder.setVisible(page.db.read_only is None)

    def value(self) -> None:
        return None

    def set_value(self, _value: object) -> None:
        """What stands here is read by `show_event`."""

    def show_rows(self, listing: Listing) -> None:
        self.table.set_listing(listing)
        rows = len(listing.keys)
        height = self.table.view.verticalHeader().defaultSectionSize()
        self.table.setVisible(rows > 0)
        self.table.setFixedHeight(min(rows, _MOST_ROWS) * height + 62)
        self._show_remove()

    def edit(self, key: str, field_key: str, value: Any) -> None:
        raise NotImplementedError

    def delete(self, keys: list[str]) -> None:
        raise NotImplementedError

    def _on_remove(self) -> None:
        self.delete(self.table.selected_keys())

    def _show_remove(self) -> None:
        self.remove_button.setVisible(bool(self.table.selected_keys()))


class Options(_Places):
    """Workshops, excursions, kinds of rooms: each with its places, in groups of which one may take only one."""

    def __init__(self, page: Page) -> None:
        hint = page.say(T("Workshops, excursions, kinds of rooms: what people choose and what may be full."))
        super().__init__(page, "event-options", hint)
        self.table.view.setAccessibleName(page.say(T("Options")))
        self.add_button = button(page.say(T("Add an option")), "plus", self.add)
        for made in (self.add_button, self.remove_button):
            self.bar.addWidget(made)
        self.bar.addStretch(1)

    def show_event(self, event_id: str) -> None:
        self.event_id = event_id
        found = self.page.db.read(capacity.options, event_id, self.page.speak.code)
        rows = [tuple(getattr(one, f.key) for f in _OPTION_FIELDS) for one in found]
        self.show_rows(Listing(_OPTION_FIELDS, [one.id for one in found], rows))

    def add(self) -> None:
        """In the group of the last one: whoever adds a workshop adds several."""
        label_text = T("New option")
        rows = self.table.rows.listing.rows
        group = {f.key: rows[-1][n] for n, f in enumerate(_OPTION_FIELDS) if "group" in f.key} if rows else {}
        key = self.page.write(
            capacity.save_option, self.event_id, name_sl=self.page.say(label_text), **group, label=label_text
        )
        if key:
            self.show_event(self.event_id)
            self.table.select([key])
            place = next(n for n, f in enumerate(_OPTION_FIELDS) if f.key == "name_sl")
            self.table.view.setCurrentIndex(self.table.rows.index(self.table.rows.row_of(key), place))
            self.table.view.setFocus()
            self.table.edit_current()

    def edit(self, key: str, field_key: str, value: Any) -> None:
        found = self.page.db.read(capacity.options, self.event_id, self.page.speak.code)
        row = next((one for one in found if one.id == key), None)
        field = next(f for f in _OPTION_FIELDS if f.key == field_key)
        if row is None:
            return
        kept = ("name_sl", "name_en", "group_sl", "group_en", "places", "only_one")

        def change(session: Any) -> None:
            values = {name: getattr(row, name) for name in kept} | {field_key: editing.checked(field, value)}
            capacity.save_option(session, self.event_id, key=key, **values)

        self.page.write(change, label=T("Option {name}: {field}", name=row.name, field=field.label))
        self.show_event(self.event_id)

    def delete(self, keys: list[str]) -> None:
        page = self.page
        if not keys or page.db.read_only is not None:
            return
        touched = sum(page.db.read(capacity.touched_by_deleting_option, key) for key in keys)
        if touched:
            question = TN("Delete {count} option?", "Delete {count} options?", len(keys))
            more = TN(
                "{count} person has chosen it; the choice goes with it. You can undo this afterwards.",
                "{count} people have chosen it; their choices go with it. You can undo this afterwards.",
                touched,
            )
            if dialogs.ask(self, page.speak, question, T("Delete"), more=more, dangerous=True) is None:
                return

        def remove(session: Any) -> None:
            for key in keys:
                capacity.delete_option(session, key)

        page.write(remove, label=TN("Delete {count} option", "Delete {count} options", len(keys)), tell=True)
        self.show_event(self.event_id)


class Quotas(_Places):
    """At most so many from one organisation, country, region, of one gender or role, or of each of them."""

    def __init__(self, page: Page) -> None:
        hint = page.say(T("At most so many from one organisation, one country, one region …"))
        super().__init__(page, "event-quotas", hint)
        say = page.say
        self.table.view.setAccessibleName(say(T("Quotas")))
        self.kind = QComboBox()
        self.kind.setAccessibleName(say(T("What is limited")))
        for key, words in QUOTA_KINDS.items():
            self.kind.addItem(say(words), key)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.which = QComboBox()
        self.which.setAccessibleName(say(T("For whom")))
        self.which.setMaxVisibleItems(14)
        self.who = PickEditor(_ORGANISATION, page.speak, self._complete, None)
        self.who.setPlaceholderText(say(T("each organisation, or a name …")))
        self.who.setAccessibleName(say(T("For whom")))
        self._value = QStackedWidget()
        self._value.addWidget(self.who)
        self._value.addWidget(self.which)
        self._value.setMinimumWidth(220)
        self.places = QLineEdit()
        self.places.setPlaceholderText(say(T("places")))
        self.places.setAccessibleName(say(T("Places")))
        self.places.setMaximumWidth(90)
        self.places.returnPressed.connect(self.add)
        self.add_button = button(say(T("Add a quota")), "plus", self.add)
        for made in (self.kind, self._value, self.places, self.add_button, self.remove_button):
            self.bar.addWidget(made, 1 if made is self._value else 0)
        self._on_kind(0)

    def show_event(self, event_id: str) -> None:
        self.event_id = event_id
        say = self.page.say
        found = self.page.db.read(capacity.quotas, event_id, self.page.speak.code)
        rows = [(say(one.name) if one.value else say(T("{what}, each", what=one.name)), one.places, one.taken)
                for one in found]  # fmt: skip
        self.show_rows(Listing(_QUOTA_FIELDS, [one.id for one in found], rows))

    def add(self) -> None:
        kind = str(self.kind.currentData())
        who = self.who.value()
        value = (who.key if isinstance(who, Found) else "") if kind == "organisation" else self.which.currentData()
        if not self.places.text().strip() or (kind == "organisation" and isinstance(who, str)):
            (self.who if isinstance(who, str) else self.places).setFocus()
            return

        def save(session: Any) -> str:
            places = editing.checked(_PLACES, self.places.text().strip())
            return capacity.save_quota(session, self.event_id, kind=kind, value=str(value or ""), places=places)

        if self.page.write(save, label=T("New quota: {what}", what=QUOTA_KINDS[kind])):
            self.places.clear()
            self.who.clear()
            self.show_event(self.event_id)

    def edit(self, key: str, _field_key: str, value: Any) -> None:
        found = self.page.db.read(capacity.quotas, self.event_id, self.page.speak.code)
        row = next((one for one in found if one.id == key), None)
        if row is None or value in (None, ""):
            self.show_event(self.event_id)
            return

        def change(session: Any) -> None:
            places = editing.checked(_PLACES, value)
            capacity.save_quota(session, self.event_id, kind=row.kind, value=row.value, places=places, key=key)

        self.page.write(change, label=T("Quota: {what}", what=row.name))
        self.show_event(self.event_id)

    def delete(self, keys: list[str]) -> None:
        if not keys or self.page.db.read_only is not None:
            return

        def remove(session: Any) -> None:
            for key in keys:
                capacity.delete_quota(session, key)

        words = TN("Delete {count} quota", "Delete {count} quotas", len(keys))
        self.page.write(remove, label=words, tell=True)
        self.show_event(self.event_id)

    def _on_kind(self, _place: int) -> None:
        kind = str(self.kind.currentData())
        self._value.setCurrentIndex(0 if kind == "organisation" else 1)
        say = self.page.say
        self.which.clear()
        self.which.addItem(say(T("each")), "")
        if kind == "country":
            names = country_names()[self.page.speak.code]
            for code, words in sorted(names.items(), key=lambda item: sort_key(item[1])):
                self.which.addItem(words, code)
        for key, text in {"region": REGIONS, "gender": GENDERS, "role": ROLES}.get(kind, {}).items():
            if key not in ("", "unknown"):
                self.which.addItem(say(text), key)

    def _complete(self, _kind: str, beginning: str) -> list[Found]:
        return self.page.db.read(organisations.like, beginning)

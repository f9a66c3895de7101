"""The members of a working group: of now or everybody ever, added by name, their terms ended and renewed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mama_desktop.domain.rows import FieldInfo, Found
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services import editing, groups, organisations
from mama_desktop.store.search import find
from mama_desktop.ui.editors import PickEditor, as_editor, make_editor
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.said import Unreadable
from mama_desktop.ui.segments import Segments
from mama_desktop.ui.term_popup import SINCE, UNTIL, TermPopup
from mama_desktop.ui.widgets import button, label

_WHO = FieldInfo("person", T("Person"), "person")


class GroupMembers(QWidget):
    """`show_group` shows one; `opened` rows lead to the person."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._group = page, ""
        say, writes = page.say, page.db.read_only is None
        self.who = PickEditor(_WHO, page.speak, self._complete, None)
        self.who.setPlaceholderText(say(T("Name, e-mail or phone of the person …")))
        self.who.setAccessibleName(say(T("Person to add as a member")))
        self.who.setMaximumWidth(420)
        self.since = make_editor(SINCE, page.speak, page.db.clock.today())
        self.since.setMaximumWidth(150)
        self._add = button(say(T("Add as a member")), "plus", self.add)
        for field in (self.who, self.since):
            assert isinstance(field, QLineEdit)
            field.returnPressed.connect(self.add)
        self.which = Segments((say(T("Members now")), say(T("Everybody ever"))))
        self.which.chosen.connect(self._on_which)
        self.table = RowTable(
            "group-members", page.speak, page.shell.habits, search_hint=say(T("Name, organisation …")),
            complete=self._complete_cell, today=page.db.clock.today,
        )  # fmt: skip
        self.table.set_empty("users", say(T("Nobody is a member yet. Add the first one by name above.")))
        self.table.set_read_only(not writes)
        self._end = button(say(T("End the term")), "calendar-xmark", self.end)
        self._renew = button(say(T("New term")), "arrows-rotate", self.renew)
        self._remove = button(say(T("Remove")), "xmark", self.remove)
        self._remove.setToolTip(
            say(T("Take the entry away as if it had never been. Who leaves the group ends a term."))
        )
        self.table.add_left(self.which)
        self.table.add_left(self._end, self._renew, self._remove)
        self.table.sort_by(("name", False))
        self.table.edit_requested.connect(self._on_edit)
        self.table.change_many_requested.connect(self._on_change_many)
        self.table.delete_requested.connect(self._on_delete)
        self.table.opened.connect(self._on_opened)
        self.table.selection_changed.connect(self._show_actions)
        self.table.shown_changed.connect(self._show_actions)
        self.table.refused.connect(self._on_refused)
        adding = QWidget()
        bar = QHBoxLayout(adding)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(8)
        bar.addWidget(self.who, 1)
        since = label(say(T("since")), "fieldLabel")
        since.setBuddy(self.since)
        bar.addWidget(since)
        bar.addWidget(self.since)
        bar.addWidget(self._add)
        bar.addStretch(1)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(12)
        lay.addWidget(adding)
        lay.addWidget(self.table, 1)
        adding.setVisible(writes)
        self._show_actions()

    def show_group(self, key: str) -> None:
        if key != self._group:
            self.who.clear()
            as_editor(self.since).set_value(self._today())
            self.table.set_filter("")
        self._group = key
        listing = self._page.db.read(
            groups.memberships, key, today=self._today(), everybody=self.which.current == 1,
            language=self._page.speak.code,
        )  # fmt: skip
        self.table.set_listing(listing)
        self._show_actions()

    def show_everybody(self, everybody: bool) -> None:
        self.which.choose(int(everybody))

    def _today(self) -> dt.date:
        return self._page.db.clock.today()

    def _on_which(self, _place: int) -> None:
        if self._group:
            self.show_group(self._group)

    # Adding

    def add(self) -> None:
        who = self.who.value()
        if not who:
            self.who.setFocus()
            return
        try:
            since = as_editor(self.since).value()
        except Unreadable:
            self.since.setFocus()
            return
        name = who.title if isinstance(who, Found) else who
        label_of = T("New member of a group: {name}", name=name)
        if key := self._page.write(groups.add_member_called, self._group, who, since=since, label=label_of):
            self.who.clear()
            self.table.select([key])
            self.who.setFocus()

    def _complete(self, _kind: str, beginning: str) -> list[Found]:
        return [hit for hit in self._page.db.read(find, beginning, 40) if hit.kind == "person"][:8]

    def _complete_cell(self, _kind: str, beginning: str) -> list[Found]:
        return self._page.db.read(organisations.like, beginning)

    # Terms

    def end(self) -> None:
        count = len(self.table.selected_keys())
        self._ask(
            TN("End the term of {count} member", "End the terms of {count} members", count),
            T("The last day on which they are members. The term stays in the history of the group."),
            T("End the term"), {UNTIL: self._today()}, self._on_end, self._end,
        )  # fmt: skip

    def renew(self) -> None:
        count = len(self.table.selected_keys())
        self._ask(
            TN("A new term for {count} member", "A new term for {count} members", count),
            T("A term that still runs ends on the day before. Role and mail stay as they are."),
            T("Begin the new term"), {SINCE: self._today(), UNTIL: None}, self._on_renew, self._renew,
        )  # fmt: skip

    def _ask(
        self, title: Text, hint: Text, do: Text, fields: dict[FieldInfo, dt.date | None],
        then: Callable[[dict[str, Any]], None], below: QWidget,
    ) -> None:  # fmt: skip
        popup = TermPopup(title, hint, do, fields, self._page.speak, self._today(), self)
        popup.given.connect(then)
        popup.open_below(below)

    def _on_end(self, values: dict[str, Any]) -> None:
        keys = self.table.selected_keys()
        if values["until"] is None or not keys:
            return
        words = TN("End the term of {count} member", "End the terms of {count} members", len(keys))
        self._page.write(groups.end_terms, keys, until=values["until"], label=words, tell=True)

    def _on_renew(self, values: dict[str, Any]) -> None:
        keys = self.table.selected_keys()
        if values["since"] is None or not keys:
            return
        words = TN("A new term for {count} member", "A new term for {count} members", len(keys))
        begun = self._page.write(
            groups.begin_terms, keys, since=values["since"], until=values["until"], label=words, tell=True
        )
        if begun:
            self.table.select(begun)

    def remove(self) -> None:
        self._on_delete(self.table.selected_keys())

    def _on_delete(self, keys: list[str]) -> None:
        if keys and self._page.db.read_only is None:
            words = TN("Remove {count} member from the group", "Remove {count} members from the group", len(keys))
            self._page.write(groups.remove_terms, keys, label=words, tell=True)

    # Edits

    def _on_edit(self, key: str, field_key: str, value: Any) -> None:
        self._change([key], field_key, value, tell=False)

    def _on_change_many(self, keys: list[str], field_key: str, value: Any) -> None:
        self._change(keys, field_key, value, tell=True)

    def _change(self, keys: list[str], field_key: str, value: Any, *, tell: bool) -> None:
        page, field = self._page, editing.REGISTRIES["membership"][field_key].info
        words = T("Member of a group: {field}", field=field.label)
        now = page.db.clock.now()
        page.write(editing.change, "membership", keys, field_key, value, now=now, label=words, tell=tell)

    def _on_opened(self, key: str) -> None:
        if person := self._page.db.read(groups.person_of, key):
            self._page.shell.go("person", person)

    def _on_refused(self, words: str) -> None:
        self._page.shell.notice(T("{words}", words=words))

    def _show_actions(self) -> None:
        some = bool(self.table.selected_keys()) and self._page.db.read_only is None
        for made in (self._end, self._renew, self._remove):
            made.setVisible(some)
        self._page.shell.say_selection(self.table.selection_words())

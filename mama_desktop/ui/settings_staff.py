"""Settings: the people of the office, and which of them sits at this computer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T
from mama_desktop.services import office, staff
from mama_desktop.store.database import Database
from mama_desktop.ui.editors import ChoiceEditor
from mama_desktop.ui.labelled import labelled
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.widgets import button

_HERE = FieldInfo("here", T("I sit at this computer"), "reference")


def sit_here(habits: QSettings, db: Database, key: str) -> None:
    """Remember who sits at this computer: what is "mine", and who stands in History from now on."""
    name = db.read(staff.staff_name, key)
    habits.setValue("office/sits_here", key)
    habits.setValue("office/sits_here_name", name)
    if name:
        db.actor = replace(db.actor, who=name)


class SettingsStaff(QWidget):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        say = page.say
        self.here = ChoiceEditor(_HERE, page.speak, None)
        self.here.finished.connect(self._on_here)
        self.name = QLineEdit()
        self.name.setPlaceholderText(say(T("Given and family name …")))
        self.name.setAccessibleName(say(T("Name of a new colleague")))
        self.name.setMaximumWidth(360)
        self.name.returnPressed.connect(self.add)
        self._add = button(say(T("Add a colleague")), "user-plus", self.add)
        self.table = RowTable("staff", page.speak, page.shell.habits, today=page.db.clock.today, toolbar=False)
        self.table.set_empty("user", say(T("Here are the people of your office. Add the first one above.")))
        self.table.set_read_only(page.db.read_only is not None)
        self.table.edit_requested.connect(self._on_edit)
        self.table.refused.connect(self._on_refused)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.name, 1)
        bar.addWidget(self._add)
        bar.addStretch(1)
        hint = say(T("“Only mine” shows this person's events, and History says who made a change."))
        self._here = labelled(say(_HERE.label), self.here, hint)
        self._here.setMaximumWidth(520)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 4, 0, 0)
        lay.setSpacing(16)
        lay.addWidget(self._here)
        lay.addLayout(bar)
        lay.addWidget(self.table, 1)
        for widget in (self.name, self._add):
            widget.setVisible(page.db.read_only is None)

    def refresh(self) -> None:
        listing = self._page.db.read(staff.staff_listing)
        self.table.set_listing(listing)
        self.here.clear()
        self.here.addItem(self._page.say(T("nobody chosen")), "")
        for key, row in zip(listing.keys, listing.rows, strict=True):
            if row[3]:
                self.here.addItem(row[0], key)
        place = self.here.findData(self._page.shell.sits_here())
        self.here.setCurrentIndex(max(place, 0))

    def add(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.name.setFocus()
            return
        if self._page.write(office.add_staff, name, label=T("New colleague: {name}", name=name)):
            self.name.clear()
            self.name.setFocus()

    def _on_here(self) -> None:
        sit_here(self._page.shell.habits, self._page.db, self.here.currentData() or "")

    def _on_edit(self, key: str, field_key: str, value: Any) -> None:
        field = next(f for f in staff.STAFF_FIELDS if f.key == field_key)
        label = T("Staff: {field}", field=field.label)
        self._page.write(staff.change_staff, key, field_key, value, label=label)
        if key == self._page.shell.sits_here():
            sit_here(self._page.shell.habits, self._page.db, key)

    def _on_refused(self, words: str) -> None:
        self._page.shell.notice(T("{words}", words=words))

"""The partners of a project: who leads, who takes part, from which country; added by their name."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mama_desktop.domain.rows import FieldInfo, Found
from mama_desktop.domain.text import TN, T
from mama_desktop.services import editing, organisations, project_card, projects
from mama_desktop.ui.editors import PickEditor
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.widgets import button

_WHO = FieldInfo("organisation", T("Organisation"), "organisation")


class ProjectPartners(QWidget):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._project = page, ""
        say = page.say
        self.who = PickEditor(_WHO, page.speak, self._complete, None)
        self.who.setPlaceholderText(say(T("Name of the organisation …")))
        self.who.setAccessibleName(say(T("Organisation to add as a partner")))
        self.who.setMaximumWidth(420)
        self.who.returnPressed.connect(self.add)
        self._add = button(say(T("Add as a partner")), "plus", self.add)
        self._remove = button(say(T("Remove from the project")), "xmark", self.remove)
        self.table = RowTable(
            "project-partners", page.speak, page.shell.habits, today=page.db.clock.today, toolbar=False
        )
        self.table.set_empty("building", say(T("Here are the lead partner and the partners of the project.")))
        self.table.set_read_only(page.db.read_only is not None)
        self.table.edit_requested.connect(self._on_edit)
        self.table.delete_requested.connect(self._on_delete)
        self.table.opened.connect(self._on_opened)
        self.table.selection_changed.connect(self._show_remove)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.who, 1)
        bar.addWidget(self._add)
        bar.addStretch(1)
        bar.addWidget(self._remove)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(12)
        lay.addLayout(bar)
        lay.addWidget(self.table, 1)
        for widget in (self.who, self._add):
            widget.setVisible(page.db.read_only is None)
        self._show_remove()

    def show_project(self, key: str) -> int:
        """Show the partners; returns how many there are."""
        if key != self._project:
            self.who.clear()
        self._project = key
        listing = self._page.db.read(project_card.partner_rows, key)
        self.table.set_listing(listing)
        self._show_remove()
        return len(listing.keys)

    def add(self) -> None:
        if who := self.who.value():
            label = T("New partner of a project")
            if self._page.write(project_card.add_partner, self._project, who, label=label):
                self.who.clear()
                self.who.setFocus()
        else:
            self.who.setFocus()

    def remove(self) -> None:
        self._on_delete(self.table.selected_keys())

    def _on_delete(self, keys: list[str]) -> None:
        if not keys or self._page.db.read_only is not None:
            return

        def remove_all(session: Any) -> None:
            for key in keys:
                projects.remove_partner(session, self._project, key)

        label = TN("Remove {count} partner from the project", "Remove {count} partners from the project", len(keys))
        self._page.write(remove_all, label=label, tell=True)

    def _on_edit(self, key: str, field_key: str, value: Any) -> None:
        if field_key == "role":
            self._page.write(projects.set_partner, self._project, key, value, label=T("Role of a partner"))
        else:
            now = self._page.db.clock.now()
            label = T("Country of an organisation")
            self._page.write(editing.change, "organisation", [key], field_key, value, now=now, label=label)

    def _on_opened(self, key: str) -> None:
        self._page.shell.go("organisation", key)

    def _show_remove(self) -> None:
        self._remove.setVisible(bool(self.table.selected_keys()) and self._page.db.read_only is None)

    def _complete(self, _kind: str, beginning: str) -> list[Found]:
        return self._page.db.read(organisations.like, beginning)

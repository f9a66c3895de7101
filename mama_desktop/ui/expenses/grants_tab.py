"""Distances and travel grants of a project's people: corrected in the cell, with what is to be asked and the total."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox, QMenu, QVBoxLayout

from mama_desktop.domain.money import euros
from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import TN, T
from mama_desktop.services import documents, registrations
from mama_desktop.services.expenses import grant_rows, papers_grants
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.icons import icon
from mama_desktop.ui.jobs import Report
from mama_desktop.ui.leaving import Leaving
from mama_desktop.ui.page import Page
from mama_desktop.ui.transport.table_tab import TableTab
from mama_desktop.ui.widgets import button, label

_NO_RATE = T(
    "Some amounts are missing: the rates have none for this project’s programme, action and year. "
    "Check these of the project, or add the rates under Settings."
)


class GrantsTab(TableTab):
    """`show_project(key)` is called by the project's page before `refresh`."""

    noun = "travel_grant"
    of = "grants"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._project = ""
        self.build(
            title=T("Travel grants"),
            search_hint=T("Search by name, place …"),
            empty=(
                "route",
                T("Here is from where, how far and for how much the people of this project’s events travel."),
                None,
            ),
        )
        self.present = QCheckBox(self.say(T("Only who was there")))
        self.present.setMinimumHeight(34)
        self.present.toggled.connect(self._on_present)
        self.present.setMinimumHeight(34)
        self._total = label("")
        self._total.setMinimumHeight(34)
        self._for_funder = button(self.say(T("For the funder")), "file-export")
        menu = QMenu(self._for_funder)
        menu.addAction(icon("file-pdf"), self.say(T("List for the funder as PDF")), partial(self.save_list, ".pdf"))
        menu.addAction(
            icon("file-excel"), self.say(T("List for the funder in Excel")), partial(self.save_list, ".xlsx")
        )
        self._for_funder.setMenu(menu)
        self.callout = Callout("wait")
        if isinstance(lay := self.layout(), QVBoxLayout):
            lay.insertWidget(0, self.callout)
        self.table.add_left(self._for_funder, self.present, self._total)

    def show_project(self, project_id: str) -> None:
        self._project = project_id

    def listing(self) -> Listing:
        if not self._project:
            return Listing((), [], [])
        return self.db.read(
            grant_rows.grants_table, project_id=self._project, present_only=self.present.isChecked(),
            language=self.speak.code,
        )  # fmt: skip

    def refresh(self) -> None:
        if not self._project:
            return
        listing = self.listing()
        self.table.deletes_rows = False
        self.table.set_listing(listing)
        asked = len(list(grant_rows.open_questions(listing)))
        words = T("Together {amount}", amount=self.speak.money(euros(grant_rows.total_cents(listing)) or 0))
        said = [self.say(words)]
        if asked:
            said.append(self.say(TN("{count} to look at", "{count} to look at", asked)))
        self._total.setText("  ·  ".join(said) if listing.keys else "")
        self.callout.tell(self.say(_NO_RATE) if grant_rows.without_rate(listing) else "", "wait")

    def opened(self, key: str) -> None:
        """The person, by their registration."""
        person = self.db.read(registrations.person_of, key)
        if person:
            self._page.shell.go("person", person)

    def save_list(self, suffix: str) -> None:
        """The list of all of them with facts, total and sources, as the funder gets it."""
        page, project = self._page, self._project
        if not self.table.rows.listing.keys:
            page.shell.notice(T("Nobody has a place at the events of this project yet."))
            return
        name = self.db.read(papers_grants.file_name, project, language=self.speak.code) + suffix

        def write(path: Path, _report: Report) -> None:
            page.db.read(
                documents.make_document, key=papers_grants.GRANTS, target_id=project, path=path,
                now=page.db.clock.now(), language=page.speak.code, options={"present": self.present.isChecked()},
                keep=False,
            )  # fmt: skip

        Leaving(page).export(name, write)

    def _change(self, keys: Sequence[str], field_key: str, value: Any, *, tell: bool = False) -> None:
        label_of = grant_rows.FIELDS[field_key].label
        words = TN("Change of {field} in {count} row", "Change of {field} in {count} rows", len(keys), field=label_of)
        self._page.write(
            grant_rows.change_grants, list(keys), field_key, value, today=self.db.clock.today(), label=words, tell=tell
        )

    def _on_present(self, _chosen: bool) -> None:
        self.refresh()

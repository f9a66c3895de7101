"""What a table shows, to Excel or to PDF as it stands on the screen; beside the window, with the result to open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services.papers_table import table_sheet, write_table
from mama_desktop.sheets.files import safe_filename
from mama_desktop.sheets.sheet import Sheet
from mama_desktop.ui.filter_words import say_filter
from mama_desktop.ui.jobs import Report
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.saving import save_with
from mama_desktop.ui.sensitive import asked_sensitive, is_sensitive
from mama_desktop.ui.table_menu import Entry


class TableExport:
    """`title()` gives the heading of the list and the file's name; `has_ids`: whether its rows are records we know."""

    def __init__(self, page: Page, table: RowTable, title: Callable[[], str], *, has_ids: bool) -> None:
        self._page, self._table, self._title, self._has_ids = page, table, title, has_ids
        table.more.append(self.entries)
        table.doing.table_entries.append(self.table_entries)

    def entries(self) -> list[Entry | None]:
        """For the menu "More" and the menu of a row."""
        some = self._table.chosen.row_count()
        words = TN("Only the {count} chosen row to Excel", "Only the {count} chosen rows to Excel", some)
        return [(words, "file-excel", "", self.chosen_to_excel, True)] if some > 1 else []

    def table_entries(self) -> list[Entry | None]:
        """For the menu "More"."""
        entries: list[Entry | None] = [
            None,
            (T("Export to Excel, as it is shown"), "file-excel", "Ctrl+E", self.to_excel, True),
            (T("Export to PDF, as it is shown"), "file-pdf", "", self.to_pdf, True),
        ]
        if self._has_ids:
            words = T("To Excel with the ID column, to be corrected and taken in again")
            entries.append((words, "file-excel", "", self.with_ids, True))
        return entries

    def to_excel(self) -> None:
        """Ctrl+E."""
        self._save(".xlsx")

    def to_pdf(self) -> None:
        self._save(".pdf")

    def chosen_to_excel(self) -> None:
        self._save(".xlsx", only_chosen=True)

    def with_ids(self) -> None:
        self._save(".xlsx", with_ids=True)

    def sheet(self, *, only_chosen: bool = False, with_ids: bool = False, sensitive: bool = True) -> Sheet:
        """The visible columns in their order, the filtered rows in theirs. sensitive: also columns that are so."""
        rows, speak = self._table.rows, self._page.speak
        columns = [c for c in self._table.columns.shown_places() if sensitive or not is_sensitive(rows.field(c))]
        wanted = self._table.chosen.rows() if only_chosen else range(rows.rowCount())
        places = [rows.order[row] for row in wanted]
        is_confidential = any(is_sensitive(rows.field(c)) for c in columns)
        confidential = [(T("Confidential"), speak.say(T("with sensitive data; only for those who need it")))]
        confidential = confidential if is_confidential else []
        return table_sheet(
            [rows.field(c) for c in columns],
            [tuple(rows.listing.rows[place][c] for c in columns) for place in places],
            title=self._title(),
            about=[*confidential, *self._about()],
            keys=[rows.listing.keys[place] for place in places] if with_ids else None,
            language=speak.code,
            now=self._page.db.clock.now(),
        )

    def _about(self) -> list[tuple[Text, str]]:
        """What is filtered, so that nobody takes a part for the whole."""
        rows, speak = self._table.rows, self._page.speak
        fields = {field.key: field for field in rows.listing.fields}
        said = [
            (fields[key].label, say_filter(fields[key], asked, speak))
            for key, asked in rows.filters.items()
            if key in fields
        ]
        if rows.only_words:
            said.insert(0, (T("Shown"), rows.only_words))
        words = self._table.search.text().strip()
        return [*said, (T("Search"), words)] if words else said

    def _asked_sensitive(self) -> bool | None:
        rows, page = self._table.rows, self._page
        return asked_sensitive(page, page.speak, [rows.field(c) for c in self._table.columns.shown_places()])

    def _save(self, ending: str, **how: Any) -> None:
        if not self._table.rows.rowCount():
            self._page.shell.notice(T("There are no rows to export."))
            return
        sensitive = self._asked_sensitive()
        if sensitive is None:
            return
        sheet = self.sheet(**how, sensitive=sensitive)
        name = safe_filename(f"{self._title()} {self._page.db.clock.today().isoformat()}", ending)

        def work(path: Path, report: Report) -> None:
            write_table(sheet, path, report)

        save_with(self._page, name, work, _saved)


def _saved(path: Path) -> Text:
    return T("“{name}” is saved.", name=path.name)

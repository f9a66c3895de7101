"""What is done with the chosen cells of a table: copied, pasted over, filled, emptied, deleted; and its menus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from mama_desktop.domain.text import TN, T, Text
from mama_desktop.i18n import Language
from mama_desktop.ui.sensitive import asked_sensitive, is_sensitive
from mama_desktop.ui.table_copy import copy_cells, copy_rows, emails_of, put_words
from mama_desktop.ui.table_menu import Entry, add_entries, passing_menu
from mama_desktop.ui.widgets import button

if TYPE_CHECKING:
    from mama_desktop.ui.row_table import RowTable


class TableActions(QObject):
    """`button` opens what can be done besides; what would change cells goes out as the table's `cells_requested`."""

    def __init__(self, table: RowTable, speak: Language) -> None:
        super().__init__(table)
        self._table, self._speak = table, speak
        self._view, self._rows, self._chosen = table.view, table.rows, table.view.chosen
        self.row_menu: list[Callable[[QMenu], None]] = []
        """What the page puts into the menu of a row, after what concerns the cell."""
        self.table_entries: list[Callable[[], list[Entry | None]]] = []
        """What concerns the whole table: behind "More", and not in the menu of a row."""
        self.delete_words: Callable[[int], Text] = rows_to_delete
        """What deleting so many rows is called in the menu."""
        words = speak.say(T("More"))
        self.button = button("", "ellipsis", self.open_more)
        self.button.setText("")
        self.button.setFixedWidth(44)
        self.button.setToolTip(words)
        self.button.setAccessibleName(words)
        view = table.view
        view.copy_asked.connect(self.copy)
        view.paste_asked.connect(self.paste)
        view.fill_asked.connect(self.fill_down)
        view.delete_asked.connect(self.delete)
        view.customContextMenuRequested.connect(self._open_menu)

    # Copying

    def copy(self, with_headings: bool = False) -> None:
        """The chosen cells; whole rows (or all of them, when nothing is chosen) with headings, for Excel and Word.

        Sensitive columns go along only when it is wanted, as in an export; one cell alone is taken as meant.
        """
        shown = self._table.columns.shown_places()
        if not self._chosen.ranges() or self._chosen.are_whole_rows(shown):
            columns = self._may_leave(shown)
            if columns:
                copy_rows(self._rows, self._chosen.rows() or range(self._rows.rowCount()), columns, self._speak)
            return
        cells = self._chosen.cells(shown)
        if sum(map(len, cells.values())) > 1:
            columns = self._may_leave([c for c in shown if any(c in some for some in cells.values())])
            cells = {row: left for row, some in cells.items() if (left := [c for c in some if c in columns])}
        if cells:
            copy_cells(self._rows, cells, self._speak, with_headings=with_headings)

    def _may_leave(self, columns: Sequence[int]) -> list[int]:
        """Of these columns those that go onto the clipboard; none when nothing shall."""
        fields = [self._rows.field(c) for c in columns]
        answer = asked_sensitive(self._table, self._speak, fields)
        if answer is None:
            return []
        return [c for c, field in zip(columns, fields, strict=True) if answer or not is_sensitive(field)]

    def copy_with_headings(self) -> None:
        self.copy(True)

    def copy_emails(self) -> None:
        """Of the chosen rows, or of all that are shown: each once, for a mail program."""
        rows = self._chosen.rows() if self._chosen.row_count() > 1 else range(self._rows.rowCount())
        emails, without = emails_of(self._rows, rows)
        if emails:
            put_words("; ".join(emails))
        said = TN("{count} e-mail copied.", "{count} e-mails copied.", len(emails))
        none = TN("{count} row has none.", "{count} rows have none.", without)
        self._table.told.emit(T("{one} {two}", one=said, two=none) if without else said)

    def _has_emails(self) -> bool:
        return any(field.kind == "email" for field in self._rows.listing.fields)

    # Changing

    def paste(self, pasted: str) -> None:
        """Onto the current cell; a list with headings is for the page to take in."""
        from mama_desktop.ui.table_blocks import is_list_with_headings, pasted_block

        if not pasted.strip():
            return
        at_a_cell = self._view.currentIndex().isValid() and self._table.takes_cells
        if not at_a_cell or is_list_with_headings(pasted, self._rows.listing.fields, self._speak):
            self._table.paste_requested.emit(pasted)
        elif self._may_change():
            block = pasted_block(self._view, pasted)
            self._chosen.choose(block.place)
            self._table.cells_requested.emit(block, T("Paste"))

    def change_many(self) -> None:
        """One value for all chosen rows."""
        from mama_desktop.ui.change_many import ChangeMany

        table, place = self._table, self._view.currentIndex().column()
        popup = ChangeMany(
            self._rows.listing.fields, place, table.selected_keys(), table.editing, self._speak, table
        )  # fmt: skip
        popup.changed.connect(table.change_many_requested)
        popup.open_below(table.bar)

    def fill_down(self) -> None:
        """Ctrl+D: what the first chosen cell of a column holds, for all chosen cells below it."""
        from mama_desktop.ui.table_blocks import filled_block

        if self._table.takes_cells and self._chosen.row_count() > 1 and self._may_change():
            self._table.cells_requested.emit(filled_block(self._view), T("Fill down"))

    def delete(self, rows: bool) -> None:
        """Delete empties cells; whole rows, and with Ctrl any, are deleted."""
        whole = self._chosen.are_whole_rows(self._table.columns.shown_places())
        if self._table.takes_cells and not rows and not whole:
            from mama_desktop.ui.table_blocks import emptied_block

            if self._may_change():
                self._table.cells_requested.emit(emptied_block(self._view), T("Empty cells"))
        elif keys := self._table.selected_keys():
            self._table.delete_requested.emit(keys)

    def delete_rows(self) -> None:
        self.delete(True)

    def _may_change(self) -> bool:
        if self._rows.is_read_only:
            self._table.told.emit(T("The workspace is open for reading only; nothing was changed."))
        return not self._rows.is_read_only

    # Menus

    def open_more(self) -> None:
        menu = passing_menu(self._table)
        self._add_common(menu)
        for others in self.table_entries:
            add_entries(menu, self._speak.say, others())
        menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height() + 4)))

    def _open_menu(self, at: QPoint) -> None:
        menu = passing_menu(self._table)
        self.fill_menu(menu)
        menu.popup(self._view.viewport().mapToGlobal(at))

    def fill_menu(self, menu: QMenu) -> None:
        """The row's menu; the table's own actions (`QWidget.addAction`) stand among them."""
        table, may = self._table, not self._rows.is_read_only
        entries: list[Entry | None] = [
            (T("Edit the cell"), "pen", "F2", table.edit_current, may),
            (T("Choose the whole row"), "list-check", "Shift+Space", self._chosen.choose_whole_rows, True),
        ]
        add_entries(menu, self._speak.say, entries)
        for action in table.actions():
            menu.addAction(action)
        for fill in self.row_menu:
            fill(menu)
        menu.addSeparator()
        self._add_common(menu)
        if may and table.deletes_rows:
            add_entries(menu, self._speak.say, [
                None, (self.delete_words(self._chosen.row_count()), "trash", "Ctrl+Delete", self.delete_rows,
                       bool(self._chosen.ranges())),
            ])  # fmt: skip

    def _add_common(self, menu: QMenu) -> None:
        table = self._table
        can = self._chosen.row_count() > 1 and not self._rows.is_read_only
        entries: list[Entry | None] = [
            (T("Change many"), "pen", "", self.change_many, can),
            (T("Fill down"), "arrow-down", "Ctrl+D", self.fill_down, can and table.takes_cells),
            None,
            (T("Copy"), "copy", "Ctrl+C", self.copy, True),
            (T("Copy with headings"), "copy", "Ctrl+Shift+C", self.copy_with_headings, True),
        ]
        if self._has_emails():
            entries.append((T("Copy e-mails"), "at", "", self.copy_emails, True))
        for others in table.more:
            entries += others()
        add_entries(menu, self._speak.say, entries)


def rows_to_delete(count: int) -> Text:
    """For a table whose rows have no name of their own."""
    return T("Delete the row") if count < 2 else TN("Delete {count} row", "Delete {count} rows", count)

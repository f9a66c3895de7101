"""Cells that are answered by a file: given by F2, double click, menu or drop; opened by Enter; emptied by Delete."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QKeyEvent, QMouseEvent

from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T
from mama_desktop.services import file_answers
from mama_desktop.services.files import Brought
from mama_desktop.ui import kept_files
from mama_desktop.ui.brought import brought_files
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.table_menu import Entry

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FileAnswers(QObject):
    """Watches the keys and the mouse of a table whose rows are registrations."""

    def __init__(self, page: Page, table: RowTable) -> None:
        super().__init__(table)
        self._page, self._table = page, table
        self._view, self._may = table.view, page.db.read_only is None
        self._view.installEventFilter(self)
        self._view.viewport().installEventFilter(self)
        self._view.viewport().setAcceptDrops(self._may)
        table.more.append(self._entries)
        table.edited_elsewhere.connect(self.attach)

    # What can be done

    def attach(self) -> None:
        """Choose a file for the current cell."""
        index = self._current()
        if index is None or not self._is_for_one():
            return
        place = self._place(index)
        if chosen := kept_files.choose(self._page, self._table, T("Attach a file"), several=False):
            self.bring(*place, chosen)

    def bring(self, key: str, field: FieldInfo, paths: Sequence[Path]) -> None:
        """This file is the answer of this registration to this question."""
        if len(paths) != 1:
            self._page.shell.notice(T("A question is answered by one file. Drop the others on the tab Files."))
            return
        kept_files.bring(self._page, self._table, paths, partial(self._on_read, key, field))

    def open_file(self) -> None:
        index = self._current()
        if index is not None and (kept := self._kept(index)):
            kept_files.open_copy(self._page, kept)

    def empty(self) -> None:
        """The chosen cells of the column are without an answer again."""
        index = self._current()
        if index is None:
            return
        page, (_, field) = self._page, self._place(index)
        keys = [self._table.rows.key(row) for row in self._view.chosen.rows()] or [self._place(index)[0]]
        keys = [key for key in keys if page.db.read(file_answers.file_of, key, field.key)]
        if not keys:
            return
        label = T("Registration: {field}", field=field.label)
        done = page.write(file_answers.empty, keys, field.key, now=page.db.clock.now(), label=label)
        if done is not None:
            page.shell.notice_done(
                T("The answer is empty. The file itself stays under Files until it is removed there.")
            )

    def _on_read(self, key: str, field: FieldInfo, found: list[Brought]) -> None:
        page = self._page
        label = T("Registration: {field}", field=field.label)
        added = page.write(
            file_answers.attach, key, field.key, found[0], now=page.db.clock.now(), who=page.db.actor.who, label=label
        )
        if added is not None:
            page.shell.notice_done(T("“{name}” is attached.", name=found[0].name))

    # Where

    def _current(self) -> QModelIndex | None:
        index = self._view.currentIndex()
        return index if self._is_for_a_file(index) else None

    def _is_for_a_file(self, index: QModelIndex) -> bool:
        return index.isValid() and self._table.rows.field(index.column()).kind == "file"

    def _place(self, index: QModelIndex) -> tuple[str, FieldInfo]:
        return self._table.rows.key(index.row()), self._table.rows.field(index.column())

    def _kept(self, index: QModelIndex) -> str | None:
        key, field = self._place(index)
        return self._page.db.read(file_answers.file_of, key, field.key)

    def _is_for_one(self) -> bool:
        """One signed paper is not the answer of several people."""
        one = self._view.chosen.row_count() < 2
        if not self._may:
            self._page.shell.notice(T("The workspace is open for reading only; nothing was changed."))
        elif not one:
            self._page.shell.notice(T("A file is attached to one person at a time. Choose a single row."))
        return one and self._may

    def _entries(self) -> list[Entry | None]:
        index = self._current()
        if index is None:
            return []
        there = self._kept(index) is not None
        one = self._view.chosen.row_count() < 2
        return [
            None,
            (T("Attach a file …"), "paperclip", "F2", self.attach, self._may and one),
            (T("Open the file"), "up-right-from-square", "Enter", self.open_file, there),
            (T("Empty the answer"), "xmark", "Delete", self.empty, self._may and there),
        ]

    # Keys, mouse and drops: of these cells only, everything else goes on to the table

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The kind first: while a window closes the view may be gone already, and only others come then.
        match event.type():
            case QEvent.Type.KeyPress if isinstance(event, QKeyEvent) and watched is self._view:
                return self._key(event)
            case QEvent.Type.MouseButtonDblClick if isinstance(event, QMouseEvent) and watched is not self._view:
                return self._double_click(event)
            case QEvent.Type.DragEnter | QEvent.Type.DragMove if isinstance(event, QDragMoveEvent):
                return watched is not self._view and self._dragged(event)
            case QEvent.Type.Drop if isinstance(event, QDropEvent):
                return watched is not self._view and self._dropped(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        index = self._current()
        if index is None or self._view.is_editing():
            return False
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in _ENTER:
            self._open_or_attach(index)
        elif plain and event.key() == Qt.Key.Key_Delete and self._is_the_column_chosen(index) and self._may:
            self.empty()
        else:
            return False
        return True

    def _is_the_column_chosen(self, index: QModelIndex) -> bool:
        """Whole rows and blocks of several columns are the table's own business."""
        columns = self._view.headings.shown_columns()
        return all(list(some) == [index.column()] for some in self._view.chosen.cells(columns).values())

    def _double_click(self, event: QMouseEvent) -> bool:
        index = self._view.indexAt(event.position().toPoint())
        if not self._is_for_a_file(index):
            return False
        self._view.chosen.go_to(index)
        self._open_or_attach(index)
        return True

    def _open_or_attach(self, index: QModelIndex) -> None:
        if self._kept(index):
            self.open_file()
        else:
            self.attach()

    def _dragged(self, event: QDragMoveEvent) -> bool:
        asks_for_files = any(field.kind == "file" for field in self._table.rows.listing.fields)
        if not asks_for_files or not brought_files(event.mimeData()):
            # Where no column takes a file, the frame of the whole page does.
            return False
        event.acceptProposedAction()
        index = self._view.indexAt(event.position().toPoint())
        if self._is_for_a_file(index):
            # The cell that would take it is seen.
            self._view.chosen.go_to(index)
        return True

    def _dropped(self, event: QDropEvent) -> bool:
        paths = brought_files(event.mimeData())
        if not paths:
            return False
        index = self._view.indexAt(event.position().toPoint())
        if self._is_for_a_file(index):
            event.acceptProposedAction()
            self._view.chosen.go_to(index)
            self.bring(*self._place(index), paths)
        else:
            self._page.dropEvent(event)
        return True

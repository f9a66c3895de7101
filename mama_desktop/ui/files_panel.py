"""The files of a record: dropped or chosen, listed, opened, saved elsewhere, taken off again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services import editing, files
from mama_desktop.services.files import Added, Brought
from mama_desktop.sheets.files import write_through
from mama_desktop.ui import dialogs, kept_files
from mama_desktop.ui.dropping import DropFrame
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.widgets import button


class FilesPanel(QWidget):
    """`noun`: event, person, project, organisation. `show_record(key)` gives how many files there are."""

    def __init__(self, page: Page, noun: str) -> None:
        super().__init__()
        self._page, self._noun, self._key = page, noun, ""
        say = page.say
        may = page.db.read_only is None
        self._add = button(say(T("Add files")), "paperclip", self.add)
        self._open = button(say(T("Open")), "up-right-from-square", self.open_chosen)
        self._save = button(say(T("Save a copy")), "download", self.save_chosen)
        self._remove = button(say(T("Remove")), "xmark", self.remove_chosen)
        self.table = RowTable(f"{noun}-files", page.speak, page.shell.habits, today=page.db.clock.today, toolbar=False)
        words = T("Drop scans, photos, receipts or agendas here. They are kept with the workspace and in its backups.")
        self.table.set_empty("paperclip", say(words), say(T("Add files")) if may else "")
        self.table.set_read_only(not may)
        self.table.edit_requested.connect(self._on_edit)
        self.table.change_many_requested.connect(self._on_change_many)
        self.table.delete_requested.connect(self._remove_keys)
        self.table.opened.connect(self._on_opened)
        self.table.first_step.connect(self.add)
        self.table.selection_changed.connect(self._on_selection)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for made in (self._add, self._open, self._save, self._remove):
            bar.addWidget(made)
        bar.addStretch(1)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(12)
        lay.addLayout(bar)
        lay.addWidget(self.table, 1)
        self._add.setVisible(may)
        if may:
            DropFrame(self, self.bring)
        self._on_selection()

    # As a tab of an event

    def set_event(self, event_id: str) -> None:
        self._key = event_id

    def refresh(self) -> None:
        self.show_record(self._key)

    def selection_words(self) -> str:
        return self.table.selection_words()

    def show_record(self, key: str) -> int:
        self._key = key
        listing = self._page.db.read(files.files_of, self._noun, key, language=self._page.speak.code)
        self.table.set_listing(listing)
        self._on_selection()
        return len(listing.keys)

    # Adding

    def add(self) -> None:
        if chosen := kept_files.choose(self._page, self, T("Add files"), several=True):
            self.bring(chosen)

    def bring(self, paths: Sequence[Path]) -> None:
        """Read beside the window, ask about large photos, keep all of them in one gesture."""
        kept_files.bring(self._page, self, paths, partial(self._on_read, self._key))

    def _on_read(self, key: str, found: list[Brought]) -> None:
        page = self._page
        added: Added | None = page.write(
            files.add_files, self._noun, key, found, now=page.db.clock.now(), who=page.db.actor.who,
            label=TN("Add {count} file", "Add {count} files", len(found)),
        )  # fmt: skip
        if added is None:
            return
        page.shell.notice_done(_words_of(added))
        self.table.select(list(added.keys))

    # What is chosen

    def open_chosen(self) -> None:
        for key in self.table.selected_keys()[:5]:
            self._on_opened(key)

    def _on_opened(self, key: str) -> None:
        kept_files.open_copy(self._page, key)

    def save_chosen(self) -> None:
        """One file under a name, several into a folder, where nothing is written over."""
        page, keys = self._page, self.table.selected_keys()
        path = folder = None
        if len(keys) == 1:
            if (kept := kept_files.kept_file(page, keys[0])) is None:
                return
            kinds = f"{page.say(T('All files'))} (*)"
            path = dialogs.save_file(self, page.say(T("Save a copy")), Path.home() / kept.name, kinds)
        elif keys:
            folder = dialogs.choose_folder(self, page.say(T("Save copies into the folder")))
        if path is None and folder is None:
            return
        for key in keys:
            if (kept := kept_files.kept_file(page, key)) is None:
                return
            try:
                write_through(path or _free((folder or Path()) / kept.name), partial(_write, kept.content))
            except OfficeError as error:
                page.shell.show_error(error)
                return
        page.shell.notice(TN("{count} file saved", "{count} files saved", len(keys)))

    def remove_chosen(self) -> None:
        self._remove_keys(self.table.selected_keys())

    def _remove_keys(self, keys: list[str]) -> None:
        if keys and self._page.db.read_only is None:
            words = TN("Remove {count} file", "Remove {count} files", len(keys))
            self._page.write(files.remove_files, keys, label=words, tell=True)

    def _on_edit(self, key: str, field_key: str, value: Any) -> None:
        self._on_change_many([key], field_key, value)

    def _on_change_many(self, keys: list[str], field_key: str, value: Any) -> None:
        page = self._page
        label = TN("Describe {count} file", "Describe {count} files", len(keys))
        page.write(editing.change, "attachment", keys, field_key, value, now=page.db.clock.now(), label=label)

    def _on_selection(self) -> None:
        some = bool(self.table.selected_keys())
        for made in (self._open, self._save):
            made.setVisible(some)
        self._remove.setVisible(some and self._page.db.read_only is None)
        self._page.shell.say_selection(self.selection_words())


def _words_of(added: Added) -> Text:
    number = len(added.keys) - len(added.twice)
    if not number:
        return TN("{count} file is here already.", "{count} files are here already.", len(added.twice))
    if added.saved:
        return TN(
            "{count} file added, made {saved} MB smaller", "{count} files added, made {saved} MB smaller", number,
            saved=round(added.saved / 1e6, 1),
        )  # fmt: skip
    return TN("{count} file added", "{count} files added", number)


def _write(content: bytes, path: Path) -> None:
    path.write_bytes(content)


def _free(path: Path) -> Path:
    number, free = 2, path
    while free.exists():
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return free

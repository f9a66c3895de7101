"""An event page as it should feel, on invented rows: every part of the shell at once."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import TN, T
from mama_desktop.ui.form import Form
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.widgets import Chip, button
from tests.ui.invented import FIELDS, make_listing


class InventedPage(Page):
    kinds = frozenset({"registration"})
    listing: Listing = make_listing(64)
    refreshed = 0

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # the arguments of Page, handed on as they come
        self.set_where((self.say(T("Events")), "events"), (self.say(T("Regular work")), ""))
        self.set_title("Klub MaMa in Zbor MaMa 2020")
        self.set_about("2.–3. april 2020", "Mladinski center Krško", self.say(T("in person")), "Ana Novak")
        self.add_button(self.say(T("Export to Excel")), "file-excel", self.export)
        self.add_button(self.say(T("Print the sign-in sheet")), "print", self.print_out, primary=True)
        self.table = RowTable("registrations", self.speak, self.shell.habits, today=self.db.clock.today)
        self.table.add_right(button(self.say(T("Import registrations")), "file-import"))
        self.table.add_right(button(self.say(T("Add")), "plus"))
        self.table.set_empty("inbox", self.say(T("Nobody has registered yet.")), self.say(T("Import registrations")))
        self.table.selection_changed.connect(self._on_selection)
        self.form = Form(self.speak, today=self.db.clock.today)
        self.form.add_group(T("Person"), FIELDS[:4])
        self.form.add_group(T("Registration"), FIELDS[4:])
        self.form.set_values(dict(zip((f.key for f in FIELDS), make_listing(8).rows[7], strict=True)))
        self.form.set_error("arrival", T("This cannot be read. Check what you typed."))
        self.add_tab("details", self.say(T("Details")), self.form)
        self.add_tab("registrations", self.say(T("Registrations")), self.table)
        for key, words in (("attendance", T("Attendance")), ("documents", T("Documents")), ("history", T("History"))):
            self.add_tab(key, self.say(words), QLabel())
        self.show_tab("registrations")

    def refresh(self) -> None:
        self.refreshed += 1
        count = len(self.listing.rows)
        self.table.set_listing(self.listing)
        self.set_chips([
            Chip(self.say(TN("{count} registration", "{count} registrations", count))),
            Chip("58 / 60", "ok"), Chip("1", "info"), Chip("3", "wait"), Chip("2", "no"),
        ])  # fmt: skip

    def selection_words(self) -> str:
        return self.table.selection_words()

    def focus_filter(self) -> None:
        self.table.focus_filter()

    def _on_selection(self) -> None:
        self.shell.say_selection(self.selection_words())

"""The list of people or organisations: what looks alike among them, writing to them, taking in an old list."""

from __future__ import annotations

from mama_desktop.domain.text import T
from mama_desktop.ui.duplicates_known import button_words
from mama_desktop.ui.list_page import ListPage
from mama_desktop.ui.table_menu import Entry


class KnownPage(ListPage):
    """A subclass builds its table, then adds these buttons with `add_known_buttons`."""

    def add_known_buttons(self) -> None:
        self._duplicates = self.add_button(self.say(T("Duplicates")), "user-group", self.show_duplicates)
        self.table.more.append(self._merge_entries)
        self.write_button = self.add_button(self.say(T("Write")), "envelope", self.write_to)

    def refresh(self) -> None:
        super().refresh()
        words = self.say(button_words(self.shell.habits, self.db, self.noun))
        self._duplicates.setText("  " + words)
        self._duplicates.setAccessibleName(words)

    def _merge_entries(self) -> list[Entry | None]:
        can = len(self.table.selected_keys()) == 2 and self.db.read_only is None
        return [None, (T("Merge these two …"), "code-merge", "", self.merge_chosen, can)]

    def merge_chosen(self) -> None:
        """The two who are chosen, side by side with what merging them will do."""
        keys = self.table.selected_keys()
        if len(keys) == 2:
            self.shell.go("duplicates", ",".join(keys), self.noun)

    def import_list(self) -> None:
        self.shell.go("import-list", self.noun)

    def show_duplicates(self) -> None:
        self.shell.go("duplicates", "", self.noun)

    def write_to(self) -> None:
        """A letter or mail to those who are chosen, else to all who are shown."""
        keys = self.table.selected_keys() or self.table.shown_keys()
        if keys:
            self.shell.go("letters", "", f"{self.place}:" + ",".join(keys))

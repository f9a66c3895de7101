"""The carriers: firms from which the office hires buses."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services.transport import carriers
from mama_desktop.ui.page import Page
from mama_desktop.ui.transport.table_tab import TableTab


class CarriersTab(TableTab):
    noun = "carrier"
    of = "carriers"
    add_words = T("Add a carrier")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.build(
            title=T("Carriers"),
            search_hint=T("Search by name, contact, town …"),
            empty=("building", T("Here are the firms from which you hire buses."), self.add_words),
        )
        self.table.sort_by(("name", False))

    def listing(self) -> Listing:
        return self.db.read(carriers.carriers, language=self.speak.code)

    def new(self) -> None:
        label = T("New carrier")
        if self.may_write and (key := self._page.write(carriers.add_carrier, self.say(label), label=label)):
            self.table.set_filters({})
            self.refresh()
            self.table.select([key])
            self.table.edit_current()

    def opened(self, key: str) -> None:
        self._page.shell.go("carrier", key)

    def question(self, count: int) -> Text:
        return TN("Delete {count} carrier?", "Delete {count} carriers?", count)

    def touched(self, keys: Sequence[str]) -> Sequence[Text]:
        return self.db.read(carriers.touched_by_deleting, keys)

    def delete_use_case(self) -> Callable[..., int]:
        return carriers.delete_carriers

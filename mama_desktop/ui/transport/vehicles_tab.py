"""The vehicles: own vans, hired buses, cars of volunteers; everything about them corrected in the cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services.transport import vehicles
from mama_desktop.ui.page import Page
from mama_desktop.ui.transport.table_tab import TableTab


class VehiclesTab(TableTab):
    noun = "vehicle"
    of = "vehicles"
    add_words = T("Add a vehicle")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.build(
            title=T("Vehicles"),
            search_hint=T("Search by name, driver, registration number …"),
            empty=(
                "van-shuttle",
                T("Here are the vehicles: your own van, buses you hire, the cars of volunteers."),
                self.add_words,
            ),
        )
        self.table.sort_by(("name", False))

    def listing(self) -> Listing:
        return self.db.read(vehicles.vehicles, language=self.speak.code)

    def new(self) -> None:
        label = T("New vehicle")
        if self.may_write and (key := self._page.write(vehicles.add_vehicle, self.say(label), label=label)):
            self.table.set_filters({})
            self.refresh()
            self.table.select([key])
            self.table.edit_current()

    def opened(self, key: str) -> None:
        self._page.shell.go("vehicle", key)

    def question(self, count: int) -> Text:
        return TN("Delete {count} vehicle?", "Delete {count} vehicles?", count)

    def touched(self, keys: Sequence[str]) -> Sequence[Text]:
        return self.db.read(vehicles.touched_by_deleting, keys, today=self.db.clock.today())

    def delete_use_case(self) -> Callable[..., int]:
        return vehicles.delete_vehicles

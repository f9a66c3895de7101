"""One carrier: its vehicles, its details, what was changed."""

from __future__ import annotations

from typing import Any

from mama_desktop.domain.text import TN, T
from mama_desktop.i18n import Language
from mama_desktop.services import editing
from mama_desktop.services.transport import carriers, vehicles
from mama_desktop.store.database import Database
from mama_desktop.ui import asking
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.page import Shell
from mama_desktop.ui.record_page import RecordPage
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.table_tools import equip
from mama_desktop.ui.widgets import Chip, shortened

_GROUPS = (
    (None, ("name", "organisation")),
    (T("Contact"), ("contact_person", "phone", "email", "town")),
    (None, ("remarks",)),
)


class CarrierPage(RecordPage):
    """`open(key, tab)`: vehicles, details (first), history."""

    table = "carrier"
    kinds = frozenset({"carrier", "vehicle", "organisation", "trip"})
    help_topic = "vehicles"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell, _GROUPS, frozenset({"name"}))
        may, say = db.read_only is None, self.say
        self.vehicles = RowTable("carrier-vehicles", speak, shell.habits, today=db.clock.today)
        self.vehicles.set_empty(
            "van-shuttle", say(T("This carrier has no vehicles yet.")), say(T("Add a vehicle")) if may else ""
        )
        self.vehicles.set_read_only(not may)
        self.vehicles.edit_requested.connect(self._on_vehicle)
        self.vehicles.opened.connect(self._on_opened)
        self.vehicles.first_step.connect(self.new)
        self._tools = equip(self, self.vehicles, of="carrier-vehicles", noun="vehicle", title=self.accessibleName)
        if may:
            self.add_button(say(T("Add a vehicle")), "plus", self.new, primary=True)
        self.add_tab("details", say(T("Details")), self._form)
        self.add_tab("vehicles", say(T("Vehicles")), self.vehicles)
        self.add_tab("history", say(T("History")), self._history)

    def refresh(self) -> None:
        card = self.db.read(carriers.carrier_card, self._key, language=self.speak.code)
        if card is None:
            # Deleted, here or by somebody else, while it was open.
            self.shell.go("transport", "", "carriers")
            return
        values = card.values
        self.set_where((self.say(T("Transport")), "transport", "", "carriers"), (shortened(card.name), ""))
        self.set_title(card.name)
        self.set_about(values["town"], values["contact_person"], values["phone"], values["email"])
        self._form.show_record(self._key, values)
        found = self.db.read(vehicles.vehicles, language=self.speak.code, carrier_id=self._key)
        self.vehicles.set_listing(found)
        words = TN("{count} vehicle", "{count} vehicles", len(found.keys))
        self.set_chips([Chip(self.say(words), "neutral", "vehicles")], self._on_chip)
        self.tab_changed(self.tab)

    def new(self) -> None:
        """A vehicle of this carrier."""
        if self.db.read_only is not None:
            return
        self.show_tab("vehicles")
        label = T("New vehicle")
        if key := self.write(
            vehicles.add_vehicle, self.say(label), label=label, kind="bus", seats=49, carrier_id=self._key
        ):
            self.refresh()
            self.vehicles.select([key])
            self.vehicles.edit_current()

    def export(self) -> None:
        self.show_tab("vehicles")
        self._tools.export.to_excel()

    def focus_filter(self) -> None:
        self.show_tab("vehicles")
        self.vehicles.focus_filter()

    def _on_vehicle(self, key: str, field: str, value: Any) -> None:
        info = next(f for f in self.vehicles.rows.listing.fields if f.key == field)
        label = T("Vehicle: {field}", field=info.label)
        asking.write(self, editing.change, "vehicle", [key], field, value, now=self.db.clock.now(), label=label)

    def _on_opened(self, key: str) -> None:
        self.shell.go("vehicle", key)

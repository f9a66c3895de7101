"""One vehicle: what it is booked for, its details, what it drove, its files, what was changed."""

from __future__ import annotations

from mama_desktop.domain.text import TN, T
from mama_desktop.domain.vehicles import VEHICLE_KINDS
from mama_desktop.i18n import Language
from mama_desktop.services.transport import vehicles
from mama_desktop.store.database import Database
from mama_desktop.ui.files_panel import FilesPanel
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.page import Shell
from mama_desktop.ui.palette import Command
from mama_desktop.ui.record_page import RecordPage
from mama_desktop.ui.transport.vehicle_bookings import VehicleBookings
from mama_desktop.ui.widgets import Chip, shortened

_GROUPS = (
    (None, ("name", "kind", "registration_number", "in_use")),
    (T("Room"), ("seats", "wheelchair_places", "luggage")),
    (T("Whose it is"), ("carrier", "owner")),
    (T("Driver"), ("driver_name", "driver_phone")),
    (T("Price"), ("price_cents", "price_per_km_cents")),
    (T("Where it stands"), ("home_place",)),
    (None, ("remarks",)),
)
_YEARS = 3


class VehiclePage(RecordPage):
    """`open(key, tab)`: bookings (first), details, files, history."""

    table = "vehicle"
    kinds = frozenset({"vehicle", "carrier", "person", "trip", "trip_stop", "seat", "event", "attachment"})
    help_topic = "vehicles"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell, _GROUPS, frozenset({"name"}))
        self.bookings = VehicleBookings(self)
        self._files = FilesPanel(self, "vehicle")
        self.add_tab("bookings", self.say(T("Bookings")), self.bookings)
        self.add_tab("details", self.say(T("Details")), self._form)
        self.add_tab("files", self.say(T("Files")), self._files)
        self.add_tab("history", self.say(T("History")), self._history)

    def open(self, key: str, view: str) -> None:
        super().open(key, view or "bookings")

    def refresh(self) -> None:
        card = self.db.read(vehicles.vehicle_card, self._key, language=self.speak.code)
        if card is None:
            # Deleted, here or by somebody else, while it was open.
            self.shell.go("transport", "", "vehicles")
            return
        values, say = card.values, self.say
        self.set_where((say(T("Transport")), "transport", "", "vehicles"), (shortened(card.name), ""))
        self.set_title(card.name)
        self.set_about(say(VEHICLE_KINDS[values["kind"]]), values["registration_number"], values["carrier"] or "",
                       values["owner"], values["driver_name"], values["driver_phone"])  # fmt: skip
        self._form.show_record(self._key, values)
        self.bookings.show_vehicle(self._key)
        self._files.show_record(self._key)
        chips = [] if values["in_use"] else [Chip(say(T("out of use")), "wait", "field:in_use")]
        seats = values["seats"]
        chips.append(Chip(say(TN("{count} seat", "{count} seats", seats)), "neutral", "field:seats"))
        if places := values["wheelchair_places"]:
            words = TN("{count} place for a wheelchair", "{count} places for wheelchairs", places)
            chips.append(Chip(say(words), "neutral", "field:wheelchair_places"))
        for one in self.db.read(vehicles.driven, self._key)[:_YEARS]:
            km = self.speak.number(round(one.km))
            words = TN("{year}: {count} trip, {km} km", "{year}: {count} trips, {km} km", one.trips, year=str(one.year),
                       km=km)  # fmt: skip
            chips.append(Chip(say(words), "info", "bookings"))
        self.set_chips(chips, self._on_chip)
        self.tab_changed(self.tab)

    def new(self) -> None:
        self.show_tab("bookings")
        self.bookings.book()

    def export(self) -> None:
        self.show_tab("bookings")
        self.bookings.tools.export.to_excel()

    def focus_filter(self) -> None:
        self.show_tab("bookings")
        self.bookings.table.focus_filter()

    def selection_words(self) -> str:
        return self.bookings.table.selection_words() if self.tab == "bookings" else ""

    def commands(self) -> list[Command]:
        if self.db.read_only is not None:
            return []
        return [Command(self.say(T("Book the vehicle")), self.new, "calendar-plus")]

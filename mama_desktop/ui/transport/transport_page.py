"""The place Transport: trips, vehicles, carriers, travel orders, claims and payments, a tab each.

A tab is a widget made by a class or function of its own file, called with the page: one line in `_TABS`. It has
`refresh()`, `show_view(view)` (a record's key or the name of a view), `export()`, `focus_filter()`, `edit()`, `new()`,
`selection_words()` and `add_words`, what its button for something new says (None: nothing is added there).
"""

from __future__ import annotations

import importlib
from typing import Protocol, cast

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language
from mama_desktop.store.database import Database
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.page import Page, Shell

_TABS: tuple[tuple[str, Text, str, str], ...] = (
    ("trips", T("Trips"), "transport.trips_tab", "TripsTab"),
    ("vehicles", T("Vehicles"), "transport.vehicles_tab", "VehiclesTab"),
    ("carriers", T("Carriers"), "transport.carriers_tab", "CarriersTab"),
    ("orders", T("Travel orders"), "expenses.orders_tab", "OrdersTab"),
    ("claims", T("Claims"), "expenses.claims_tab", "ClaimsTab"),
    ("payments", T("Payments"), "expenses.payments_tab", "PaymentsTab"),
)


class TransportTabWidget(Protocol):
    """What every tab can do."""

    add_words: Text | None

    def refresh(self) -> None: ...
    def show_view(self, view: str) -> None: ...
    def export(self) -> None: ...
    def focus_filter(self) -> None: ...
    def edit(self) -> None: ...
    def new(self) -> None: ...
    def selection_words(self) -> str: ...


class TransportPage(Page):
    """`open("", "vehicles")` shows a tab, `open("", "trips:without a vehicle")` one of its views or records."""

    kinds = frozenset({
        "trip", "trip_stop", "seat", "vehicle", "carrier", "event", "registration", "person", "organisation",
        "travel_order", "travel_claim", "cost_line", "payment", "bank_account",
    })  # fmt: skip
    help_topic = "vehicles"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell)
        self.set_title(self.say(T("Transport")))
        self._holders: dict[str, QWidget] = {}
        self._made: dict[str, TransportTabWidget] = {}
        self._add = self.add_button("", "plus", self.new, primary=True)
        for key, words, _, _ in _TABS:
            holder = QWidget()
            lay = QVBoxLayout(holder)
            lay.setContentsMargins(0, 0, 0, 0)
            self._holders[key] = holder
            self.add_tab(key, self.say(words), holder)
        self._show_add()

    def current(self) -> TransportTabWidget:
        """The tab that is shown, built when it is first seen."""
        key = self.tab
        if key not in self._made:
            module, name = next((module, name) for one, _, module, name in _TABS if one == key)
            made = getattr(importlib.import_module(f"mama_desktop.ui.{module}"), name)(self)
            lay = self._holders[key].layout()
            assert lay is not None
            lay.addWidget(made)
            self._made[key] = cast("TransportTabWidget", made)
        return self._made[key]

    # What the frame asks

    def open(self, key: str, view: str) -> None:
        tab, _, which = view.partition(":")
        self.show_tab(tab)
        if key or which:
            self.current().show_view(key or which)

    def refresh(self) -> None:
        self.current().refresh()
        self._show_add()

    def tab_changed(self, key: str) -> None:
        del key
        self.refresh()

    def new(self) -> None:
        if self.db.read_only is None:
            self.current().new()

    def export(self) -> None:
        self.current().export()

    def focus_filter(self) -> None:
        self.current().focus_filter()

    def edit(self) -> None:
        self.current().edit()

    def selection_words(self) -> str:
        return self._made[self.tab].selection_words() if self.tab in self._made else ""

    def _show_add(self) -> None:
        made = self._made.get(self.tab)
        words = made.add_words if made is not None else None
        self._add.setVisible(self.db.read_only is None and words is not None)
        if words is not None:
            # The two blanks are the room between picture and words, as in every button.
            self._add.setText("  " + self.say(words))
            self._add.setAccessibleName(self.say(words))

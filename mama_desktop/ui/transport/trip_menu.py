"""What can be done with a trip from the board: opened, brought back, printed, called off, deleted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from mama_desktop.domain.text import TN, T
from mama_desktop.services.transport import trips
from mama_desktop.services.transport.trips import TripInfo
from mama_desktop.ui import dialogs
from mama_desktop.ui.icons import icon
from mama_desktop.ui.page import Page


class TripMenu:
    """Makes the menu of a trip anew each time: what it offers hangs on the trip's state."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        self._page, self._parent = page, parent

    def menu_of(self, trip: TripInfo) -> QMenu:
        say, menu = self._page.say, QMenu(self._parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        writes = self._page.db.read_only is None
        self._add(menu, say(T("Open the trip")), "bus", partial(self._page.shell.go, "trip", trip.id))
        back = self._way_back(trip)
        if back:
            self._add(
                menu, say(T("Open the way back")), "arrow-right-arrow-left", partial(self._page.shell.go, "trip", back)
            )
        elif writes and trip.direction == "there" and trip.status != "cancelled":
            self._add(menu, say(T("Make the way back")), "arrow-right-arrow-left", partial(self.bring_back, trip))
        menu.addSeparator()
        for paper, words in (
            ("manifest", T("Manifest")),
            ("driver-sheet", T("Driver’s sheet")),
            ("bus-firm-list", T("List for the bus firm")),
        ):
            self._add(menu, say(words), "print", partial(self._print, trip, paper))
        if writes:
            menu.addSeparator()
            if trip.status != "cancelled":
                self._add(menu, say(T("Call off the trip")), "ban", partial(self.call_off, trip))
            self._add(menu, say(T("Delete the trip")), "trash", partial(self.delete, trip))
        return menu

    def _way_back(self, trip: TripInfo) -> str:
        """The trip that brings this outward one back, "" while there is none: a second one is never made by mistake."""
        if trip.direction != "there" or not trip.event_id:
            return ""
        others = self._page.db.read(trips.trips_of_event, trip.event_id)
        return next((o.id for o in others if o.return_of_id == trip.id and o.status != "cancelled"), "")

    def bring_back(self, trip: TripInfo) -> str | None:
        """The way back with the same stops and people; its page opens, where the time is said."""
        label = T("Way back of {name}", name=trip.name)
        key: str | None = self._page.write(trips.return_trip, trip.id, label=label, tell=True)
        if key:
            self._page.shell.go("trip", key)
        return key

    def call_off(self, trip: TripInfo) -> None:
        if not trip.taken or self._sure(trip, T("Call off the trip")):
            self._page.write(trips.call_off, trip.id, label=T("Call off the trip {name}", name=trip.name), tell=True)

    def delete(self, trip: TripInfo) -> None:
        if not trip.taken or self._sure(trip, T("Delete the trip")):
            self._page.write(trips.delete_trip, trip.id, label=T("Delete the trip {name}", name=trip.name), tell=True)

    def _sure(self, trip: TripInfo, deed: Any) -> bool:
        question = TN(
            "{count} person sits in “{name}” and will be without transport.",
            "{count} people sit in “{name}” and will be without transport.", trip.taken, name=trip.name,
        )  # fmt: skip
        return dialogs.ask(self._parent, self._page.speak, question, deed, dangerous=True) == 0

    def _print(self, trip: TripInfo, paper: str) -> None:
        self._page.shell.go("event", trip.event_id or "", f"documents:{paper}:{trip.id}")

    def _add(self, menu: QMenu, words: str, picture: str, do: Callable[[], Any]) -> None:
        action = QAction(icon(picture), words, menu)
        action.triggered.connect(do)
        menu.addAction(action)

"""Travel orders of all events in one table: which are to be settled, approved, paid; written, printed, carried on."""

from __future__ import annotations

from collections.abc import Mapping

from mama_desktop.domain.rows import Found, Listing
from mama_desktop.domain.text import T, Text
from mama_desktop.services.expenses import order_rows
from mama_desktop.ui.decisions import open_at
from mama_desktop.ui.expenses.deed_menu import DeedMenu
from mama_desktop.ui.expenses.new_order_popup import NewOrderPopup
from mama_desktop.ui.expenses.order_deeds import DEEDS, UNSETTLE, OrderDeeds
from mama_desktop.ui.expenses.order_paper import OrderSource
from mama_desktop.ui.leaving import Leaving
from mama_desktop.ui.page import Page
from mama_desktop.ui.segments import Segments
from mama_desktop.ui.transport.table_tab import TableTab
from mama_desktop.ui.widgets import button

_WAYS: Mapping[str, tuple[str, ...] | None] = {
    "all": None, "open": ("issued",), "to-approve": ("settled",), "to-pay": ("approved",),
}  # fmt: skip
EVENT, PROJECT = "event:", "project:"
"""Before the key of an event or a project, in the view that shows only its orders."""


class OrdersTab(TableTab):
    noun = "travel_order"
    of = "travel-orders"
    add_words: Text | None = T("New travel order")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.build(
            title=T("Travel orders"),
            search_hint=T("Search by person, event, route …"),
            empty=(
                "file-signature",
                T("Here are the travel orders of staff and of whoever is sent by the office, with their settlements."),
                self.add_words,
            ),
        )
        say = self.say
        self.ways = Segments([say(T("All")), say(T("To settle")), say(T("To approve")), say(T("To pay"))])
        self.ways.chosen.connect(self._on_way)
        self._next = button(say(T("Next step")), "list-check")
        self.deeds = OrderDeeds(page, self._chosen, self._next)
        self.menu = DeedMenu(page, self.deeds, DEEDS, UNSETTLE, self._next)
        self._next.setMenu(self.menu)
        self._print = button(say(T("Print")), "print", self.print_chosen)
        self.leaving = Leaving(page)
        self.table.add_left(self.ways)
        if self.may_write:
            self.table.add_left(self._next)
            self.table.doing.row_menu.append(self.menu.add_to)
        self.table.add_left(self._print)
        self.table.has_change_button = False
        self.table.selection_changed.connect(self._show_buttons)
        self.table.sort_by(("year", True), ("number", True))
        self._event = ""
        self._show_buttons()

    def listing(self) -> Listing:
        return self.db.read(order_rows.orders_table, language=self.speak.code)

    def show_view(self, view: str) -> None:
        """A record, "event:key" or "project:key" for its orders, "open", "to-approve", "to-pay"."""
        self._event = ""
        if view.startswith((EVENT, PROJECT)):
            self.refresh()
            which, _, key = view.partition(":")
            found = self.db.read(
                order_rows.orders_of, event_id=key if which == "event" else "",
                project_id=key if which == "project" else "", language=self.speak.code,
            )  # fmt: skip
            self._event = key if which == "event" else ""
            self.ways.choose(0)
            self.table.show_only(found.keys, found.name)
        elif view in _WAYS:
            self.refresh()
            self.ways.choose(list(_WAYS).index(view))
        else:
            super().show_view(view)

    def opened(self, key: str) -> None:
        self._page.shell.go("travel_order", key)

    def new(self, person: Found | None = None) -> None:
        if not self.may_write:
            return
        popup = NewOrderPopup(self._page, self, event_id=self._event, person=person)
        popup.made.connect(self.opened)
        open_at(popup, self.table.view)

    def print_chosen(self) -> None:
        """The chosen orders as one PDF, to the printer."""
        if keys := self.table.selected_keys():
            source = OrderSource(self._page, keys)
            self.leaving.print(source.source(), source.pages())

    def _on_way(self, place: int) -> None:
        self.table.set_wanted("status", list(_WAYS.values())[place])

    def _chosen(self) -> dict[str, str]:
        listing = self.table.rows.listing
        place = listing.column("status")
        chosen = set(self.table.selected_keys())
        return {key: row[place] for key, row in zip(listing.keys, listing.rows, strict=True) if key in chosen}

    def _show_buttons(self) -> None:
        some = bool(self.table.selected_keys())
        for made in (self._next, self._print):
            made.setEnabled(some)

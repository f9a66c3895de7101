"""Settings: the rates of travel grants, mileage and per diems, corrected in the cell, given back as shipped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services.expenses import rate_rows
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.page import Page
from mama_desktop.ui.segments import Segments
from mama_desktop.ui.transport.table_tab import TableTab
from mama_desktop.ui.widgets import button

_SAID_AT_MOST = 3


class _RatesTable(TableTab):
    """What the two tables of rates have in common; `noun` is the record, `of` the name of the table."""

    title: Text
    search_hint: Text

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.build(
            title=self.title,
            search_hint=self.search_hint,
            empty=("coins", T("There are no rates."), None),
        )
        self.doubts = Callout("wait")
        lay = self.layout()
        assert isinstance(lay, QVBoxLayout)
        lay.setSpacing(12)
        lay.insertWidget(0, self.doubts)
        self.add = button(self.say(T("Add a rate")), "plus", self.new)
        self.give_back = button(self.say(T("As shipped")), "rotate-left", self.as_shipped)
        self.give_back.setToolTip(self.say(T("Take the office’s corrections of the chosen rates back")))
        self.table.add_left(self.add, self.give_back)
        for made in (self.add, self.give_back):
            made.setVisible(self.may_write)
        self._show_what_can_be_given_back()

    def refresh(self) -> None:
        super().refresh()
        found = self.db.read(rate_rows.doubts, self.noun)
        said = [self.say(doubt) for doubt in found[:_SAID_AT_MOST]]
        left = len(found) - len(said)
        if left:
            said.append(self.say(TN("and {count} more", "and {count} more", left)))
        self.doubts.tell(" ".join(said))
        self._show_what_can_be_given_back()

    def opened(self, key: str) -> None:
        """Where nothing can be edited a double click opens nothing."""

    def new(self) -> None:
        """A copy of the rate the cursor is on, to be put right in its cells."""
        if not self.may_write:
            return
        like, today = self.table.current_key(), self.db.clock.today()
        key = self._page.write(rate_rows.add_rate, self.noun, like, today=today, label=T("New rate"))
        if key:
            self._show([key])

    def as_shipped(self) -> None:
        keys = self._corrected()
        if keys:
            label = TN("As shipped: {count} rate", "As shipped: {count} rates", len(keys))
            self._page.write(rate_rows.as_shipped, self.noun, keys, label=label, tell=True)

    def question(self, count: int) -> Text:
        return TN("Delete {count} rate?", "Delete {count} rates?", count)

    def touched(self, keys: Sequence[str]) -> Sequence[Text]:
        rate_rows.refuse_shipped(self.noun, keys)
        return ()

    def delete_use_case(self) -> Callable[..., int]:
        return partial(rate_rows.delete_rates, noun=self.noun)

    def _show(self, keys: Sequence[str]) -> None:
        self.table.set_filters({})
        self.refresh()
        self.table.select(keys)
        self.table.view.setFocus()

    def _corrected(self) -> list[str]:
        listing = self.table.rows.listing
        if not listing.keys:
            return []
        place, chosen = listing.column("state"), set(self.table.selected_keys())
        return [
            key
            for key, row in zip(listing.keys, listing.rows, strict=True)
            if key in chosen and row[place] == "corrected"
        ]

    def _on_selection(self) -> None:
        super()._on_selection()
        self._show_what_can_be_given_back()

    def _show_what_can_be_given_back(self) -> None:
        # The selection is told of before the buttons are made.
        if hasattr(self, "give_back"):
            self.give_back.setEnabled(bool(self._corrected()))


class TravelRates(_RatesTable):
    noun = rate_rows.TRAVEL
    of = "travel-rates"
    title = T("Travel rates by distance")
    search_hint = T("Search by programme, year …")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.next_call = button(self.say(T("For the next call")), "copy", self.copy_to_next_call)
        self.next_call.setToolTip(self.say(T("The newest of the chosen rates once more for the year after it")))
        self.table.add_left(self.next_call)
        self.next_call.setVisible(self.may_write)

    def listing(self) -> Listing:
        return self.db.read(rate_rows.travel_rate_rows, language=self.speak.code)

    def copy_to_next_call(self) -> None:
        """Of the chosen rates, or of all that are shown."""
        keys = self.table.selected_keys()
        keys = keys if len(keys) > 1 else self.table.shown_keys()
        made = self._page.write(rate_rows.copy_to_next_call, keys, label=T("Rates for the next call"), tell=True)
        if made:
            self._show(made)


class Allowances(_RatesTable):
    noun = rate_rows.ALLOWANCE
    of = "allowances"
    title = T("Mileage and per diems")
    search_hint = T("Search by country, day …")

    def listing(self) -> Listing:
        return self.db.read(rate_rows.allowance_rows, language=self.speak.code)


class SettingsRates(QWidget):
    """Two tables beside each other; `current` has the keys."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.travel, self.allowances = TravelRates(page), Allowances(page)
        self.segments = Segments([page.say(self.travel.title), page.say(self.allowances.title)])
        self._stack = QStackedWidget()
        self._stack.addWidget(self.travel)
        self._stack.addWidget(self.allowances)
        self.segments.chosen.connect(self._on_chosen)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 4, 0, 0)
        lay.setSpacing(12)
        choice = QHBoxLayout()
        choice.addWidget(self.segments)
        choice.addStretch(1)
        lay.addLayout(choice)
        lay.addWidget(self._stack, 1)

    def show_table(self, name: str) -> None:
        """ "allowances", or anything else for travel by distance."""
        self.segments.choose(1 if name == self.allowances.of else 0)

    @property
    def current(self) -> _RatesTable:
        return self.allowances if self.segments.current else self.travel

    def refresh(self) -> None:
        self.current.refresh()

    def _on_chosen(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.current.refresh()

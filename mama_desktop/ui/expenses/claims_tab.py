"""Claims of participants for travel costs, of all events in one table: made, printed, keyed in, decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mama_desktop.domain.registrations import TAKES_PLACE
from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services import deleting
from mama_desktop.services.expenses import claim_rows, claims
from mama_desktop.services.expenses.papers_claim import CLAIM
from mama_desktop.ui import dialogs
from mama_desktop.ui.choose_event import ChooseEvent
from mama_desktop.ui.decisions import open_at
from mama_desktop.ui.expenses.claim_deeds import DEEDS, UNDO_RETURN, ClaimDeeds
from mama_desktop.ui.expenses.claims_made import make_claims
from mama_desktop.ui.expenses.deed_menu import DeedMenu
from mama_desktop.ui.page import Page
from mama_desktop.ui.transport.table_tab import TableTab
from mama_desktop.ui.widgets import button


class ClaimsTab(TableTab):
    noun = "travel_claim"
    of = "claims"
    add_words: Text | None = T("Make claims")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.build(
            title=T("Claims for travel costs"),
            search_hint=T("Search by name, event, route …"),
            empty=(
                "file-invoice",
                T("Here are the claims of participants for their travel: made for an event, keyed in on return."),
                self.add_words,
            ),
        )
        say = self.say
        self._decide = button(say(T("Decide")), "list-check")
        self.deeds = ClaimDeeds(page, self._chosen, self._decide)
        self.menu = DeedMenu(page, self.deeds, DEEDS, UNDO_RETURN, self._decide)
        self._decide.setMenu(self.menu)
        self._open = button(say(T("Key in")), "keyboard", self.open_chosen)
        self._print = button(say(T("Print")), "print", self.print_chosen)
        if self.may_write:
            self.table.add_left(self._open, self._decide)
            self.table.doing.row_menu.append(self.menu.add_to)
        self.table.add_left(self._print)
        self.table.has_change_button = False
        self.table.selection_changed.connect(self._show_buttons)
        self._show_buttons()

    def listing(self) -> Listing:
        return self.db.read(claim_rows.claims_table, language=self.speak.code)

    def opened(self, key: str) -> None:
        self._page.shell.go("travel_claim", key)

    def open_chosen(self) -> None:
        if keys := self.table.selected_keys():
            self.opened(keys[0])

    def print_chosen(self) -> None:
        """The papers of the chosen, seen first, page by page, among the documents of their event."""
        keys = self.table.selected_keys()
        found = self.db.read(claim_rows.registrations_of, keys)
        if not found:
            return
        event, registrations = found[0]
        if len(found) > 1:
            self._page.shell.notice(T("Claims of several events were chosen: those of the first event are shown."))
        self._page.shell.go("event", event, f"documents:{CLAIM}:{','.join(registrations)}")

    # Making

    def new(self) -> None:
        if not self.may_write:
            return
        popup = ChooseEvent(self._page, self, past_first=True)
        popup.chosen.connect(self.make_for)
        open_at(popup, self.table.view)

    def make_for(self, event_id: str) -> None:
        """Claims for everybody who has a place at the event."""
        keys = self.db.read(claim_rows.who_may_claim, event_id, sorted(TAKES_PLACE))
        if not keys:
            self._page.shell.notice(T("Nobody has a place at this event yet."))
            return
        question = TN(
            "Make claims for {count} person who has a place?", "Make claims for {count} people who have a place?",
            len(keys),
        )  # fmt: skip
        more = T("For some of them only, choose them among the registrations of the event.")
        if dialogs.ask(self._page, self.speak, question, T("Make claims"), more=more) is None:
            return
        make_claims(self._page, keys)
        self.table.select(list(self.db.read(claim_rows.claims_of, keys).values()))

    # Deleting

    def question(self, count: int) -> Text:
        return TN("Delete {count} travel claim?", "Delete {count} travel claims?", count)

    def touched(self, keys: Sequence[str]) -> Sequence[Text]:
        self.db.read(claims.refuse_kept, keys)
        return self.db.read(deleting.what_hangs_on, "travel_claim", keys).words("travel_claim")

    def delete_use_case(self) -> Callable[..., int]:
        return claims.delete_claims

    # The rest

    def _chosen(self) -> dict[str, str]:
        listing = self.table.rows.listing
        place = listing.column("status")
        chosen = set(self.table.selected_keys())
        return {key: row[place] for key, row in zip(listing.keys, listing.rows, strict=True) if key in chosen}

    def _show_buttons(self) -> None:
        some = bool(self.table.selected_keys())
        for made in (self._open, self._decide, self._print):
            made.setEnabled(some)

"""The steps of travel orders: settled, approved, paid, cancelled, and each taken back; as a menu and as calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services.expenses import travel_orders
from mama_desktop.ui.decisions import open_at
from mama_desktop.ui.page import Page
from mama_desktop.ui.reason_popup import ReasonPopup

SETTLE, APPROVE, PAY, CANCEL, UNPAY, UNAPPROVE, UNSETTLE, REVIVE = (
    "settle", "approve", "pay", "cancel", "unpay", "unapprove", "unsettle", "revive",
)  # fmt: skip
DEEDS: dict[str, tuple[Text, str, str, tuple[str, ...]]] = {
    # words, picture, the status it leads to, the statuses it starts from
    SETTLE: (T("Settle"), "calculator", "settled", ("issued",)),
    APPROVE: (T("Approve"), "check", "approved", ("settled",)),
    PAY: (T("Paid in cash"), "coins", "paid", ("approved",)),
    CANCEL: (T("Cancel the order …"), "ban", "cancelled", ("issued", "settled")),
    UNSETTLE: (T("Not settled after all"), "rotate-left", "issued", ("settled",)),
    UNAPPROVE: (T("Take the approval back"), "rotate-left", "settled", ("approved",)),
    UNPAY: (T("Not paid after all"), "rotate-left", "approved", ("paid",)),
    REVIVE: (T("Not cancelled after all"), "rotate-left", "issued", ("cancelled",)),
}
_DONE: dict[str, Callable[[int], Text]] = {
    SETTLE: lambda n: TN("{count} travel order settled", "{count} travel orders settled", n),
    APPROVE: lambda n: TN("{count} travel order approved", "{count} travel orders approved", n),
    PAY: lambda n: TN("{count} travel order paid in cash", "{count} travel orders paid in cash", n),
    CANCEL: lambda n: TN("{count} travel order cancelled", "{count} travel orders cancelled", n),
    UNSETTLE: lambda n: TN("{count} travel order not settled", "{count} travel orders not settled", n),
    UNAPPROVE: lambda n: TN("Approval of {count} travel order taken back",
                            "Approvals of {count} travel orders taken back", n),
    UNPAY: lambda n: TN("{count} travel order not paid after all", "{count} travel orders not paid after all", n),
    REVIVE: lambda n: TN("{count} travel order valid again", "{count} travel orders valid again", n),
}  # fmt: skip
_READY = (T("The journey was called off."), T("Somebody else went."), T("It was written by mistake."))


class OrderDeeds:
    """Carries the steps out for a page. `orders()`: the chosen orders with their statuses."""

    def __init__(self, page: Page, orders: Callable[[], dict[str, str]], below: QWidget) -> None:
        self._page, self._orders, self._below = page, orders, below

    def of(self, deed: str) -> list[str]:
        """The chosen orders that can take the step."""
        starts = DEEDS[deed][3]
        return [key for key, status in self._orders().items() if status in starts]

    def do(self, deed: str, *_checked: bool) -> None:
        keys = self.of(deed)
        if not keys or self._page.db.read_only is not None:
            return
        if deed == CANCEL:
            self._ask_why(keys)
        else:
            self._carry(deed, keys)

    def _carry(self, deed: str, keys: Sequence[str], reason: str = "") -> None:
        page = self._page
        page.write(
            travel_orders.carry, list(keys), DEEDS[deed][2], now=page.db.clock.now(), who=page.db.actor.who,
            reason=reason, label=_DONE[deed](len(keys)), tell=True,
        )  # fmt: skip

    def _ask_why(self, keys: Sequence[str]) -> None:
        page = self._page
        title = TN("Why is {count} travel order cancelled?", "Why are {count} travel orders cancelled?", len(keys))
        hint = T("Its number stays taken, and whoever audits finds it.")
        popup = ReasonPopup(
            title, T("Cancel the order"), [page.say(one) for one in _READY], page.speak, self._below, hint=hint
        )
        popup.given.connect(partial(self._on_reason, list(keys)))
        open_at(popup, self._below)

    def _on_reason(self, keys: Sequence[str], reason: str, _by: str) -> None:
        self._carry(CANCEL, keys, reason)

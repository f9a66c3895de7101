"""What can be decided about claims: come back, approved, refused, paid by hand, taken back; as a menu and as calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from mama_desktop.domain.claims import may_follow
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services.expenses import claim_decisions as decisions
from mama_desktop.ui.decisions import open_at
from mama_desktop.ui.page import Page
from mama_desktop.ui.reason_popup import ReasonPopup

RETURN, APPROVE, REFUSE, PAY, UNDO_RETURN, REOPEN, UNPAY = (
    "return", "approve", "refuse", "pay", "undo-return", "reopen", "unpay",
)  # fmt: skip
DEEDS: dict[str, tuple[Text, str, str, tuple[str, ...]]] = {
    # words, picture, the status it leads to, the statuses it starts from
    RETURN: (T("Came back signed"), "file-signature", "returned", ("made",)),
    APPROVE: (T("Approve"), "check", "approved", ("returned",)),
    REFUSE: (T("Refuse …"), "xmark", "refused", ("made", "returned")),
    PAY: (T("Paid in cash"), "coins", "paid", ("approved",)),
    UNDO_RETURN: (T("Has not come back after all"), "rotate-left", "made", ("returned",)),
    REOPEN: (T("Take the decision back"), "rotate-left", "returned", ("approved", "refused")),
    UNPAY: (T("Not paid after all"), "rotate-left", "approved", ("paid",)),
}
_READY = (
    T("There are no tickets or receipts."),
    T("The claim came too late."),
    T("The person was not at the event."),
    T("Somebody else has paid the travel."),
)


def possible(deed: str, statuses: Sequence[str]) -> bool:
    """Whether any claim of these statuses can take this step."""
    _, _, to, starts = DEEDS[deed]
    return any(status in starts and may_follow(status, to) for status in statuses)


class ClaimDeeds:
    """Carries the steps out for a page. `keys()`: the chosen claims with their statuses."""

    def __init__(self, page: Page, keys: Callable[[], dict[str, str]], below: QWidget) -> None:
        self._page, self._keys, self._below = page, keys, below

    def of(self, deed: str) -> list[str]:
        """The chosen claims that can take the step."""
        return [key for key, status in self._keys().items() if possible(deed, [status])]

    def do(self, deed: str, *_checked: bool) -> None:
        keys, page = self.of(deed), self._page
        if not keys or page.db.read_only is not None:
            return
        now, who = page.db.clock.now(), page.db.actor.who
        count = len(keys)
        match deed:
            case "return":
                words = TN("{count} claim came back", "{count} claims came back", count)
                page.write(decisions.set_returned, keys, now=now, label=words, tell=True)
            case "approve":
                words = TN("{count} claim approved", "{count} claims approved", count)
                page.write(decisions.approve, keys, now=now, who=who, label=words, tell=True)
            case "refuse":
                self._ask_why(keys)
            case "pay":
                words = TN("{count} claim paid in cash", "{count} claims paid in cash", count)
                page.write(decisions.pay_by_hand, keys, on=now.date(), label=words, tell=True)
            case "undo-return":
                words = TN("{count} claim has not come back", "{count} claims have not come back", count)
                page.write(decisions.set_not_returned, keys, label=words, tell=True)
            case "reopen":
                words = TN("Decision on {count} claim taken back", "Decisions on {count} claims taken back", count)
                page.write(decisions.set_returned, keys, now=now, signed=False, label=words, tell=True)
            case "unpay":
                words = TN("{count} claim not paid after all", "{count} claims not paid after all", count)
                page.write(decisions.take_back_paid, keys, label=words, tell=True)

    def _ask_why(self, keys: Sequence[str]) -> None:
        say = self._page.say
        title = TN("Why is {count} claim refused?", "Why are {count} claims refused?", len(keys))
        popup = ReasonPopup(
            title, T("Refuse"), [say(one) for one in _READY], self._page.speak, self._below, needed=True
        )  # fmt: skip
        popup.given.connect(partial(self._refuse, list(keys)))
        open_at(popup, self._below)

    def _refuse(self, keys: Sequence[str], reason: str, _by: str) -> None:
        page = self._page
        words = TN("{count} claim refused", "{count} claims refused", len(keys))
        page.write(
            decisions.refuse, keys, reason=reason, now=page.db.clock.now(), who=page.db.actor.who, label=words,
            tell=True,
        )  # fmt: skip

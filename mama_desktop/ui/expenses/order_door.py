"""The door from an event or a project to its travel orders: a count that opens them in the place Transport."""

from __future__ import annotations

from mama_desktop.domain.text import TN
from mama_desktop.services.expenses import order_rows
from mama_desktop.ui.page import Page
from mama_desktop.ui.widgets import Chip

ORDERS = "orders:"
"""Before the view of such a chip; the whole is a view of the place Transport."""


def order_chips(page: Page, *, event_id: str = "", project_id: str = "") -> list[Chip]:
    """One chip, or none where there is no travel order."""
    number = page.db.read(order_rows.count_of, event_id=event_id, project_id=project_id)
    view = f"{ORDERS}event:{event_id}" if event_id else f"{ORDERS}project:{project_id}"
    words = page.say(TN("{count} travel order", "{count} travel orders", number))
    return [Chip(words, "neutral", view)] if number else []

"""Making claims for chosen registrations, from wherever they are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QMenu

from mama_desktop.domain.text import TN
from mama_desktop.services.expenses import claim_rows, claims
from mama_desktop.services.expenses.papers_claim import CLAIM
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.table_menu import add_entries


def make_claims(page: Page, registration_ids: Sequence[str]) -> None:
    """Make claims for registrations, and say it with a way back."""
    words = TN("{count} claim made", "{count} claims made", len(registration_ids))
    page.write(claims.make_claims, list(registration_ids), now=page.db.clock.now(), label=words, tell=True)


def add_claims(page: Page, table: RowTable, menu: QMenu) -> None:
    """Into the menu of registrations: claims for the chosen, then their papers in front."""
    keys = table.selected_keys()
    if keys and page.db.read_only is None:
        words = TN("Claim for travel costs of {count} person", "Claims for travel costs of {count} people", len(keys))
        menu.addSeparator()
        add_entries(menu, page.say, [(words, "file-invoice", "", partial(_make_and_show, page, keys), True)])


def _make_and_show(page: Page, registration_ids: list[str]) -> None:
    make_claims(page, registration_ids)
    if event := page.db.read(claim_rows.event_of, registration_ids[0]):
        page.shell.go("event", event, f"documents:{CLAIM}:{','.join(registration_ids)}")

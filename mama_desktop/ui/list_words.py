"""What the page that takes in an old list says: its titles, where to drop what, and how many rows become what."""

from __future__ import annotations

from collections.abc import Mapping

from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services.beginning import CHANGED, NEW_ONE, POSSIBLE, PROBLEM, REPEATED, SAME
from mama_desktop.services.list_fields import EVENT, ORGANISATION, PERSON

TITLES = {
    ORGANISATION: T("Import a list of organisations"), PERSON: T("Import a list of people"),
    EVENT: T("Import a plan of events"),
}  # fmt: skip
HINTS = {
    ORGANISATION: T("Drop the list of organisations here: names, addresses, contacts, in whatever columns it has."),
    PERSON: T("Drop the list of people here: names, organisations, e-mails, in whatever columns it has."),
    EVENT: T("Drop the plan here: title, month or date, project, place, who is responsible."),
}
KINDS = T(
    "Excel, LibreOffice or CSV as it is; or cells from Excel and a table from an e-mail, pasted with Ctrl+V. "
    "You will see what would happen before anything is stored."
)


def counted(counts: Mapping[str, int]) -> dict[str, Text]:
    """The pills of a preview, in their order."""
    return {
        NEW_ONE: TN("{count} new", "{count} new ones", counts[NEW_ONE]),
        CHANGED: TN("{count} with changes", "{count} with changes", counts[CHANGED]),
        SAME: TN("{count} known, nothing new", "{count} known, nothing new", counts[SAME]),
        POSSIBLE: TN("{count} possible match", "{count} possible matches", counts[POSSIBLE]),
        PROBLEM: TN("{count} row with a problem", "{count} rows with a problem", counts[PROBLEM]),
        REPEATED: TN("{count} row left out", "{count} rows left out", counts[REPEATED]),
    }

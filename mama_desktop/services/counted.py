"""How many records of a kind, in words: "3 registrations"."""

from __future__ import annotations

from collections.abc import Callable

from mama_desktop.domain.text import TN, Text

_COUNTED: dict[str, Callable[[int], Text]] = {
    "person": lambda n: TN("{count} person", "{count} people", n),
    "organisation": lambda n: TN("{count} organisation", "{count} organisations", n),
    "project": lambda n: TN("{count} project", "{count} projects", n),
    "event": lambda n: TN("{count} event", "{count} events", n),
    "registration": lambda n: TN("{count} registration", "{count} registrations", n),
    "attendance": lambda n: TN("{count} attendance mark", "{count} attendance marks", n),
    "session": lambda n: TN("{count} session", "{count} sessions", n),
    "issue": lambda n: TN("{count} printed sheet", "{count} printed sheets", n),
    "issue_row": lambda n: TN("{count} line of printed sheets", "{count} lines of printed sheets", n),
    "list_template": lambda n: TN("{count} list template", "{count} list templates", n),
    "affiliation": lambda n: TN("{count} earlier affiliation", "{count} earlier affiliations", n),
    "guardian": lambda n: TN("{count} guardianship", "{count} guardianships", n),
    "consent": lambda n: TN("{count} consent", "{count} consents", n),
    "attachment": lambda n: TN("{count} file", "{count} files", n),
    "membership": lambda n: TN("{count} group membership", "{count} group memberships", n),
    "party": lambda n: TN("{count} party", "{count} parties", n),
    "partner": lambda n: TN("{count} partnership", "{count} partnerships", n),
    "letter": lambda n: TN("{count} letter", "{count} letters", n),
    "letter_recipient": lambda n: TN("{count} letter sent", "{count} letters sent", n),
    "chosen_option": lambda n: TN("{count} chosen option", "{count} chosen options", n),
    "event_option": lambda n: TN("{count} option", "{count} options", n),
    "question": lambda n: TN("{count} question", "{count} questions", n),
    "quota": lambda n: TN("{count} quota", "{count} quotas", n),
    "source_row": lambda n: TN("{count} row of a form", "{count} rows of a form", n),
    "carrier": lambda n: TN("{count} carrier", "{count} carriers", n),
    "vehicle": lambda n: TN("{count} vehicle", "{count} vehicles", n),
    "trip": lambda n: TN("{count} trip", "{count} trips", n),
    "trip_stop": lambda n: TN("{count} stop", "{count} stops", n),
    "seat": lambda n: TN("{count} seat held", "{count} seats held", n),
    "travel_leg": lambda n: TN("{count} direction of travel", "{count} directions of travel", n),
    "travel_grant": lambda n: TN("{count} note on a travel grant", "{count} notes on travel grants", n),
    "travel_claim": lambda n: TN("{count} travel claim", "{count} travel claims", n),
    "travel_order": lambda n: TN("{count} travel order", "{count} travel orders", n),
    "cost_line": lambda n: TN("{count} line of costs", "{count} lines of costs", n),
    "bank_account": lambda n: TN("{count} bank account", "{count} bank accounts", n),
    "working_group": lambda n: TN("{count} working group", "{count} working groups", n),
}


def counted(table: str, count: int) -> Text:
    """The words for so many rows of a table; "3 other records" of a table that has no words of its own."""
    words = _COUNTED.get(table)
    return words(count) if words else TN("{count} other record", "{count} other records", count)

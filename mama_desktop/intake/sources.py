"""Which tool a table comes from, and which of its rows are no registrations (refunded, cancelled, abandoned)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from mama_desktop.domain.text import T, Text, fold
from mama_desktop.intake.tables import RawRow, Table, as_text
from mama_desktop.intake.vocabulary import plain

NAMES = {
    "google-forms": T("Google Forms"),
    "microsoft-forms": T("Microsoft Forms"),
    "1ka": T("1KA"),
    "eventbrite": T("Eventbrite"),
    "pretix": T("pretix"),
    "indico": T("Indico"),
    "indico-import": T("Indico (for import)"),
    "salto": T("SALTO or TCA"),
    "list": T("own list"),
    "forms": T("returned registration forms"),
}
# Columns that the tool fills by itself: a question of the same name asked of the participant counts more.
_TOOLS_OWN = {
    "microsoft-forms": frozenset(
        "id|start time|completion time|email|name|zacetni cas|cas dokoncanja|e posta|ime".split("|")
    ),
    # Of the order; the attendee has an address of his or her own.
    "pretix": frozenset({"email"}),
    "google-forms": frozenset("email address|username|e postni naslov|e naslov|email|uporabnisko ime".split("|")),
}
_REFUNDED = ("refunded", "vrnjeno", "not attending", "deleted", "cancelled", "canceled", "transferred")
_CANCELLED = (
    "canceled",
    "cancelled",
    "c",
    "preklicano",
    "preklicana",
    "odpovedano",
    "storniert",
    "expired",
    "poteklo",
    "e",
)
_WITHDRAWN = ("withdrawn", "rejected", "umaknjena", "umaknjeno", "zavrnjena", "zavrnjeno")
_KA_STATUS = {
    "5": "", "6": "", "4": T("only opened the questionnaire"), "3": T("only saw the introduction"),
    "2": T("the invitation did not arrive"), "1": T("did not answer"), "0": T("the invitation was not sent"),
}  # fmt: skip
# The columns by which a tool itself tells its rows apart; the first of these sets that is there.
_NUMBERS = {
    "microsoft-forms": (("id",),),
    "1ka": (("recnum",), ("record number",), ("uid",)),
    "eventbrite": (("attendee #",), ("barcode #",)),
    "pretix": (("order code", "position id"), ("pseudonymization id",)),
    "indico": (("id",),),
}


class Dismissed(NamedTuple):
    """Why a row is no registration. word: what the tool says of somebody who was registered and has withdrawn, was
    refunded or cancelled; "" where nobody ever was."""

    reason: Text
    word: str = ""


Skip = Callable[[RawRow], Dismissed | None]


def source_of(table: Table) -> str:
    """The key of the tool (see NAMES); "list" when it is nobody's."""
    plains = [plain(heading) for heading in table.headings]
    have = set(plains)
    if table.variables or {"recnum", "lurker"} & have or {"ustreznost", "prazna"} <= have:
        return "1ka"
    if not table.heading_lines:
        return "indico-import" if _is_indico_import(table) else "list"
    if plains[0] in ("timestamp", "casovni zig"):
        return "google-forms"
    if plains[0] == "id" and {"start time", "completion time", "zacetni cas", "cas dokoncanja"} & set(plains[:4]):
        return "microsoft-forms"
    if {"event slug", "position id"} <= have or {"order code", "pseudonymization id"} <= have:
        return "pretix"
    if "attendee status" in have or {"order #", "ticket type"} <= have or "attendee #" in have:
        return "eventbrite"
    if {"registration state", "checked in"} & have and plains[0] == "id":
        return "indico"
    if "family name" in have and ("country of residence" in have or "role in the organisation" in have):
        return "salto"
    return "list"


def _is_indico_import(table: Table) -> bool:
    if len(table.headings) != 6 or not table.rows:
        return False
    return sum(1 for row in table.rows if "@" in as_text(row.values[5])) * 10 >= len(table.rows) * 9


def is_tools_own(source: str, heading: str, index: int) -> bool:
    """Whether the tool itself fills this column (the account's name and e-mail, times)."""
    return index < 6 and plain(heading) in _TOOLS_OWN.get(source, ())


def skip_of(table: Table, source: str) -> Skip:
    """The rule that says why a row is no registration, and whether somebody has withdrawn; None for every other row."""
    places = {plain(heading): index for index, heading in reversed(list(enumerate(table.headings)))}
    if source == "1ka":
        return _skip_unfinished(table, places)
    rule = {
        "eventbrite": ("attendee status", _REFUNDED),
        "pretix": ("status", _CANCELLED),
        "indico": ("registration state", _WITHDRAWN),
    }.get(source)
    if rule is None or rule[0] not in places:
        return lambda _row: None
    column, words = places[rule[0]], rule[1]

    def skip(row: RawRow) -> Dismissed | None:
        said = as_text(row.values[column])
        if fold(said) not in words:
            return None
        return Dismissed(T("{source} says “{status}”.", source=NAMES[source], status=said), said)

    return skip


def _skip_unfinished(table: Table, places: dict[str, int]) -> Skip:
    """1KA: relevant are status 5 and 6 that are not empty (facts.md 7.3)."""
    named = {name: index for index, name in reversed(list(enumerate(table.variables))) if name}
    status = named.get("status", places.get("status"))
    lurker = named.get("lurker", places.get("prazna", places.get("lurker")))

    def skip(row: RawRow) -> Dismissed | None:
        if lurker is not None and as_text(row.values[lurker]) == "1":
            return Dismissed(T("1KA says that the questionnaire is empty."))
        said = as_text(row.values[status]) if status is not None else ""
        meaning = _KA_STATUS.get(said, "")
        return Dismissed(T("1KA says: {status}.", status=meaning)) if isinstance(meaning, Text) else None

    return skip


def number_of(table: Table, source: str) -> Callable[[RawRow], str]:
    """The rule that gives the tool's own number of a row; "" where the tool has none."""
    places = {plain(heading): index for index, heading in reversed(list(enumerate(table.headings)))}
    named = {name: index for index, name in reversed(list(enumerate(table.variables))) if name}
    for names in _NUMBERS.get(source, ()):
        columns = [named.get(name, places.get(name, -1)) for name in names]
        if min(columns) >= 0:
            return lambda row: "-".join(as_text(row.values[column]) for column in columns)
    return lambda _row: ""

"""An old list as tables: what its columns mean, what becomes of its rows, which values it says otherwise."""

from __future__ import annotations

from typing import Any

from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language
from mama_desktop.services import list_fields
from mama_desktop.services.beginning import CHANGED, NEW_ONE, POSSIBLE, PROBLEM, REPEATED, SAME, ListDraft, ListPreview
from mama_desktop.services.beginning_lookup import PROJECT, STAFF, Along, Named
from mama_desktop.services.when import When, said_when
from mama_desktop.ui.said import sayer

STATES: dict[str, Text] = {
    NEW_ONE: T("new"), CHANGED: T("with changes"), SAME: T("known, nothing new"), POSSIBLE: T("possible match"),
    PROBLEM: T("problem"), REPEATED: T("left out"),
}  # fmt: skip
_ALONG: dict[str, Text] = {
    list_fields.ORGANISATION: T("organisation"), STAFF: T("colleague in the office"), PROJECT: T("project"),
}  # fmt: skip
_NAMES = {
    list_fields.EVENT: T("Title"),
    list_fields.ORGANISATION: list_fields.label_of(list_fields.ORGANISATION, "name_sl"),
}
LEFT = "-"
_SHOWN = {
    list_fields.ORGANISATION: ("town", "postal_code", "email", "phone", "contact_person", "liaison"),
    list_fields.PERSON: ("organisation", "function", "email", "phone", "town"),
    list_fields.EVENT: ("when", "project", "town", "venue", "responsible", "kind"),
}


def column_rows(draft: ListDraft, speak: Language) -> Listing:
    """A row for each column of the list: its heading, which field it fills, examples."""
    choices = {LEFT: T("leave out")} | {key: info.label for key, info in list_fields.list_fields(draft.noun).items()}
    fields = (
        FieldInfo("heading", T("Column of the list"), editable=False, width=240),
        FieldInfo("field", T("What it is"), "choice", choices=choices, width=220),
        FieldInfo("samples", T("For example"), editable=False, width=420),
    )
    rows = [
        (column.label, column.key or LEFT, "  ·  ".join(_plain(sample, speak) for sample in column.samples))
        for column in draft.mapping.columns
    ]
    return Listing(fields, [str(column.index) for column in draft.mapping.columns], rows)


def preview_rows(preview: ListPreview, speak: Language) -> Listing:
    """Every row of the list with what becomes of it."""
    noun = preview.draft.noun
    known = list_fields.list_fields(noun)
    keys = [key for key in _SHOWN[noun] if any(key in row.values for row in preview.rows)]
    fields = (
        FieldInfo("line", T("Row"), "number", editable=False, width=64),
        FieldInfo("group", T("What becomes of it"), "choice", editable=False, choices=STATES, width=160),
        FieldInfo("name", _NAMES.get(noun, T("Name")), editable=False, width=240),
        *(FieldInfo(key, known[key].label, editable=False, width=170) for key in keys),
        *([FieldInfo("unread", T("Cannot be read"), editable=False, width=260)] if preview.unread() else []),
        FieldInfo("remark", T("Remark"), editable=False, width=340),
    )
    rows = []
    for row in preview.rows:
        said = " ".join(speak.say(words) for words in (*row.problems, *row.notices))
        values = (said_value(noun, key, row.values.get(key), speak) for key in keys)
        unread = [" ".join(speak.say(words) for words in row.unread)] if preview.unread() else []
        rows.append((row.line, row.group, row.name, *values, *unread, said))
    return Listing(fields, [str(row.line) for row in preview.rows], rows)


def change_rows(preview: ListPreview, speak: Language) -> Listing:
    """A row for each value that the list says otherwise."""
    noun, empty = preview.draft.noun, speak.say(T("(empty)"))
    fields = (
        FieldInfo("line", T("Row"), "number", editable=False, width=64),
        FieldInfo("name", T("Name"), editable=False, width=220),
        FieldInfo("take", T("Take over"), "bool", width=110),
        FieldInfo("field", T("Field"), editable=False, width=160),
        FieldInfo("before", T("Here it says"), editable=False, width=230),
        FieldInfo("after", T("In the list"), editable=False, width=230),
    )
    keys, rows = [], []
    for row in preview.group(CHANGED):
        for change in row.changes:
            before = change.before
            if isinstance(change.after, Named) and before:
                before = T("somebody or something else")
            keys.append(f"{row.line} {change.field}")
            rows.append((
                row.line, row.name, preview.decisions.takes(row, change),
                speak.say(list_fields.label_of(noun, change.field)),
                said_value(noun, change.field, before, speak) or empty,
                said_value(noun, change.field, change.after, speak) or empty,
            ))  # fmt: skip
    return Listing(fields, keys, rows)


def along_key(one: Along) -> str:
    return " ".join(one.key)


def along_rows(preview: ListPreview, speak: Language) -> Listing:
    """A row for each name in the list that nobody knows here."""
    fields = (
        FieldInfo("taken", T("Add"), "bool", width=70),
        FieldInfo("kind", T("What it is"), "choice", editable=False, choices=_ALONG, width=150),
        FieldInfo("name", T("In the list"), editable=False, width=250),
        FieldInfo("rows", T("In how many rows"), "number", editable=False, width=130),
        FieldInfo("otherwise", T("If not added"), editable=False, width=160),
    )
    remarks = speak.say(T("the words go into the remarks"))
    rows = [(one.taken, one.kind, one.name, one.rows, "" if one.taken else remarks) for one in preview.along]
    return Listing(fields, [along_key(one) for one in preview.along], rows)


def said_value(noun: str, key: str, value: Any, speak: Language) -> str:
    """A value of the list in the reader's words."""
    if value is None or value == "":
        return ""
    if isinstance(value, Text):
        return speak.say(value)
    if isinstance(value, Named):
        return value.name if value.key else speak.say(T("{name} (new)", name=value.name))
    if isinstance(value, When):
        return said_when(value, speak)
    return sayer(list_fields.list_fields(noun)[key], speak)(value)


def _plain(sample: Any, speak: Language) -> str:
    return speak.date(sample) if hasattr(sample, "isoformat") else str(sample)

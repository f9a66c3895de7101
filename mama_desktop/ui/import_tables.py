"""The preview's groups as tables: new registrations, what would change, rows with a problem, rows that stay out."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from dataclasses import replace
from typing import Any

from mama_desktop.domain.registrations import STATUSES
from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import TC, T, Text, verbatim
from mama_desktop.i18n import Language
from mama_desktop.services import column_mapping
from mama_desktop.services.fields import ANSWER, REGISTRATION_FIELDS
from mama_desktop.services.import_draft import Preview
from mama_desktop.services.taking_in import NEW, TAKE, Change, Row
from mama_desktop.services.transport.travel_columns import TRAVEL_COLUMNS
from mama_desktop.ui.said import sayer

_LINE = FieldInfo("line", T("Row"), "number", editable=False, width=64)
_NAME = FieldInfo("name", T("Name"), editable=False, width=190)
_NOTICE = FieldInfo("notice", T("Remark"), editable=False, width=260)
_KNOWN: dict[str, Text] = {"known": TC("of a person", "known"), "new": T("new person")}
_PERSON = FieldInfo("person", T("Person"), "choice", editable=False, choices=_KNOWN, width=130)
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FIRST = ("organisation", "email", "phone", "birth_date", "birth_year", "age_group", "gender", "town")


def new_rows(preview: Preview, speak: Language) -> Listing:
    """Everybody who would be registered anew, with all that the file says of them."""
    rows = [row for row in preview.comparison.group("new") if row.source is not None]
    values = [row.source.values for row in rows if row.source is not None]
    answers = [row.source.answers for row in rows if row.source is not None]
    used = list(dict.fromkeys(key for one in values for key in one if not key.endswith("_name")))
    keys = [key for key in _FIRST if key in used] + [key for key in used if key not in _FIRST and _is_shown(key)]
    headings = list(dict.fromkeys(heading for one in answers for heading in one))
    fields = [_LINE, _NAME, _PERSON, *map(_new_field, keys), *(_answer_field(h) for h in headings), _NOTICE]
    listed = []
    for row, own, said in zip(rows, values, answers, strict=True):
        person = "known" if row.person is not None else "new"
        notice = " ".join(speak.say(words) for words in row.notices)
        cells = (_organisation(preview, own.get(key), speak) if key == "organisation" else _plain(own.get(key))
                 for key in keys)  # fmt: skip
        told = (_in_readers_form(said.get(heading, ""), speak) for heading in headings)
        listed.append((row.line, row.name, person, *cells, *told, notice))
    return Listing(tuple(fields), [str(row.line) for row in rows], listed)


def _new_field(key: str) -> FieldInfo:
    # Two names of an organisation stand in its cell: the file's and ours.
    return replace(_field(key), width=290) if key == "organisation" else _field(key)


def _organisation(preview: Preview, said: Any, speak: Language) -> Any:
    """As the file calls it, and which of ours that is, or that it would be made."""
    known = preview.organisations.get(said) if said else None
    if known is None or known == said:
        return said
    if not known:
        return speak.say(T("{name} (new organisation)", name=said))
    return speak.say(T("{said} → {known}", said=said, known=known))


def changed_values(preview: Preview, speak: Language) -> Listing:
    """One line for each value that the file says otherwise, or that we have not had."""
    fields = (
        _LINE,
        _NAME,
        FieldInfo("take", T("Take over"), "bool", width=96),
        FieldInfo("field", T("Field"), editable=False, width=150),
        FieldInfo("before", T("Before"), editable=False, width=210),
        FieldInfo("after", T("After"), editable=False, width=210),
    )
    keys, listed = [], []
    for row in preview.comparison.rows:
        if row.group not in ("registered", "new"):
            continue
        for change in row.changes:
            if change.clash:
                continue
            say = _sayer(change, speak)
            taken = preview.is_ticked(row.line, change.field, change.ticked)
            before = say(change.before) or speak.say(T("(empty)"))
            keys.append(f"{row.line} {change.field}")
            label = speak.say(_label(change.field))
            after = say(change.after) or speak.say(T("(empty)"))
            listed.append((row.line, row.name, taken, label, before, after))
    return Listing(fields, keys, listed)


def clash_values(preview: Preview, speak: Language) -> Listing:
    """One line for each value that was changed here and in the form: ours and theirs, and what the form said before."""
    fields = (
        # So narrow that all of it is seen in the smallest window; what is cut off is said by its tool tip.
        replace(_LINE, width=56),
        replace(_NAME, width=106),
        FieldInfo("field", T("Field"), editable=False, width=86),
        FieldInfo("keep", T("Keep"), "bool", width=66),
        FieldInfo("ours", T("Ours"), editable=False, width=118),
        FieldInfo("take", T("Take"), "bool", width=66),
        FieldInfo("theirs", T("The form now"), editable=False, width=114),
        FieldInfo("said", T("The form before"), editable=False, width=114),
    )
    keys, listed, empty = [], [], speak.say(T("(empty)"))
    for row, change in preview.clashes():
        say = _sayer(change, speak)
        taken = preview.decisions.ticks.get((row.line, change.field))
        before = _said_before(change, say) or empty
        keys.append(f"{row.line} {change.field}")
        listed.append((
            row.line, row.name, speak.say(_label(change.field)), taken is False, say(change.before) or empty,
            taken is True, say(change.after) or empty, before,
        ))  # fmt: skip
    return Listing(fields, keys, listed)


def withdrawn_people(preview: Preview, speak: Language) -> Listing:
    """Whom the form no longer has, or of whom the tool says that they have withdrawn."""
    fields = (
        replace(_NAME, width=132),
        FieldInfo("cancel", T("Cancel the registration"), "bool", width=165),
        FieldInfo("status", T("Registration"), "choice", editable=False, choices=STATUSES, width=160),
        FieldInfo("reason", T("Why"), editable=False, width=300),
        FieldInfo("detail", T("Organisation and e-mail"), editable=False, width=230),
    )
    people = preview.comparison.withdrawn
    listed = [
        (one.name, preview.decisions.cancels(one), one.status, speak.say(one.reason), one.detail) for one in people
    ]
    return Listing(fields, [one.registration_id for one in people], listed)


def problem_rows(preview: Preview, speak: Language) -> Listing:
    """Each row with a problem, why, and whether it goes in all the same."""
    fields = (
        _LINE,
        _NAME,
        FieldInfo("take", T("Take in all the same"), "bool", width=160),
        FieldInfo("reason", T("Why not"), editable=False, width=460),
    )
    rows = preview.comparison.group("problem")
    listed = [(row.line, row.name, _taken(preview, row), " ".join(speak.say(p) for p in row.problems)) for row in rows]
    return Listing(fields, [str(row.line) for row in rows], listed)


def left_out_rows(preview: Preview, speak: Language) -> Listing:
    """Rows that stay out: signed up again further down, left out before, or no registrations at all."""
    comparison = preview.comparison
    left = comparison.group("left")
    take = [FieldInfo("take", T("Take in all the same"), "bool", width=160)] if left else []
    fields = (_LINE, _NAME, *take, FieldInfo("reason", T("Why not"), editable=False, width=460))
    rows = [*left, *comparison.group("repeated"), *comparison.group("skipped")]
    listed = []
    for row in rows:
        taken = [_taken(preview, row) if row.group == "left" else None] if left else []
        listed.append((row.line, row.name, *taken, _why(row, speak)))
    return Listing(fields, [str(row.line) for row in rows], listed)


def _taken(preview: Preview, row: Row) -> bool | None:
    # Nothing to tick where nobody is named: there is no one to take in.
    return None if row.blocked else preview.decisions.people.get(row.line) in (TAKE, NEW)


def _why(row: Row, speak: Language) -> str:
    if row.replaced_by is not None:
        return speak.say(T("The same person signed up again in row {row}; that one counts.", row=row.replaced_by))
    return " ".join(speak.say(words) for words in row.problems)


def _is_shown(key: str) -> bool:
    return key in REGISTRATION_FIELDS or key in column_mapping.labels()


def _field(key: str) -> FieldInfo:
    known = REGISTRATION_FIELDS.get(key)
    travel = TRAVEL_COLUMNS.get(key)
    if travel is not None and travel.choices:
        return FieldInfo(key, travel.label, "choice", editable=False, choices=dict(travel.choices))
    if known is None:
        return FieldInfo(key, column_mapping.labels().get(key, verbatim(key)), editable=False)
    info = known.info
    kind = "choice" if info.choices and info.kind == "choice" else info.kind
    return FieldInfo(key, info.label, kind, info.sensitivity, False, info.choices, info.width)


def _in_readers_form(words: str, speak: Language) -> str:
    """An answer; a day that a workbook gave is kept as ISO text and said as the reader writes days."""
    if len(words) == 10 and _ISO_DAY.fullmatch(words):
        with contextlib.suppress(ValueError):
            return speak.date(dt.date.fromisoformat(words))
    return words


def _answer_field(heading: str) -> FieldInfo:
    return FieldInfo(ANSWER + heading, verbatim(heading), editable=False, width=180)


def _label(field_key: str) -> Text:
    if field_key.startswith(ANSWER):
        return verbatim(field_key.removeprefix(ANSWER))
    return _field(field_key).label


def _sayer(change: Change, speak: Language) -> Any:
    if change.field.startswith(ANSWER):
        return lambda value: "" if value is None else _in_readers_form(str(value), speak)
    return sayer(_field(change.field), speak)


def _said_before(change: Change, say: Any) -> str:
    """What the form said before: kept as plain words, a day as ISO text."""
    before = change.said_before
    if isinstance(before, str) and _field(change.field).kind in ("date", "datetime"):
        before = dt.date.fromisoformat(before[:10])
    return str(say(before)) if before else ""


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date()
    return list(value) if isinstance(value, tuple | set | frozenset) else value

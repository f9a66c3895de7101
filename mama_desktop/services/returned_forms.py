"""Returned registration forms as a table for the import: each column known by what the form asked, each row by file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop import child, i18n
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.forms import CONSENT, OF, OPTION, QUESTION
from mama_desktop.domain.people import LANGUAGES
from mama_desktop.domain.questions import QuestionRow
from mama_desktop.domain.text import T, Text, fold, verbatim
from mama_desktop.intake.forms_folder import is_form, read_forms
from mama_desktop.intake.opening import open_file
from mama_desktop.intake.returned import Answered, Folder, Returned
from mama_desktop.intake.tables import Cell, RawRow, Reading, Table
from mama_desktop.services import column_mapping, fields, form_extras, papers_form, questions
from mama_desktop.services.form_extras import Group
from mama_desktop.store.database import Database

Report = child.Report
_YES, _NO = T("yes"), T("no")
_AGREE, _DISAGREE = T("I agree"), T("I do not agree")


def open_any(db: Database, event_id: str, path: Path, report: Report | None = None) -> Reading:
    """What a person brings: a folder of returned forms, one form, or any table.

    Raises OfficeError when it cannot be read at all; what is wrong with single forms stands in the reading.
    """
    if path.is_dir() or (path.is_file() and _may_be_form(path) and is_form(path)):
        folder = read_forms(path, report)
        if path.is_file() and not folder.forms:
            raise OfficeError(
                T("“{name}” is not taken in.", name=path.name),
                safe=T("Nothing has been taken in; your data is as it was."),
                todo=folder.left[0].reason,
            )
        return db.read(reading_of, event_id, folder)
    return open_file(path, report)


def _may_be_form(path: Path) -> bool:
    return path.suffix.lower() in (".pdf", ".xlsx", ".xlsm", ".xls", ".ods")


@dataclass(frozen=True)
class _Column:
    """name: of the form's field. heading, key: as the table has them. words: an answer in our words."""

    name: str
    heading: str
    key: str
    words: Callable[[Answered, Returned], Cell]


def reading_of(session: Session, event_id: str, folder: Folder) -> Reading:
    """The forms of a folder as one table of one sheet; forms of another event are left out, and said."""
    asked = {one.id: one for one in questions.of_event(session, event_id)}
    ours: list[Returned] = []
    left: list[tuple[str, Text]] = [(one.file, one.reason) for one in folder.left]
    for form in folder.forms:
        trouble = _trouble(session, event_id, form, asked)
        if trouble is None:
            ours.append(form)
        elif (_place(form), trouble) not in left:
            left.append((_place(form), trouble))
    versions = papers_form.versions(session, event_id)
    columns = _columns(ours, asked, form_extras.groups(session, event_id))
    # A single workbook keeps its own numbers of rows; of many files they are counted.
    alone = len({form.file for form in ours}) == 1 and all(form.line for form in ours)
    rows, files, remarks = [], [], []
    for number, form in enumerate(ours, 1):
        line = form.line if alone else number
        rows.append(RawRow(line, tuple(_cell(column, form) for column in columns)))
        files.append((line, _place(form)))
        if not alone:
            remarks.append((line, verbatim(_place(form))))
        if form.identity is not None and form.identity.version not in versions:
            remarks.append((line, _older(form)))
    after = max((row.line for row in rows), default=0)
    named = tuple((after + number, name, why) for number, (name, why) in enumerate(left, 1))
    table = Table(
        "", (), tuple(column.heading for column in columns), tuple(rows), keys=tuple(column.key for column in columns),
        files=tuple(files), remarks=tuple(remarks), left=named,
    )  # fmt: skip
    return Reading(folder.name, "forms", (table,))


def _place(form: Returned) -> str:
    """The file, and the row of a workbook."""
    if not form.line:
        return form.file
    return i18n.language("sl").say(T("{file}, row {row}", file=form.file, row=form.line))


def _trouble(session: Session, event_id: str, form: Returned, asked: Mapping[str, QuestionRow]) -> Text | None:
    """Why a form is not for this event."""
    if form.identity is None:
        own = [name.removeprefix(QUESTION) for name in form.values if name.startswith(QUESTION)]
        if own and not any(key in asked for key in own):
            return T("It is a form, but not of this event.")
        return None
    if form.identity.event_id == event_id:
        return None
    other = session.execute(select(Event.title_sl, Event.code).where(Event.id == form.identity.event_id)).one_or_none()
    if other is None:
        return T("It is the form of an event that is not in this workspace.")
    return T("It is the form of another event: {event} ({code}).", event=other.title_sl, code=other.code)


def _older(form: Returned) -> Text:
    made = form.identity.made if form.identity is not None else ""
    if not made:
        return T("Filled in on another version of the form: the questions have changed since.")
    day = i18n.language("sl").date(_day(made))
    return T("Filled in on the form of {day}: the questions have changed since.", day=day)


def _day(iso: str) -> dt.date:
    try:
        return dt.date.fromisoformat(iso)
    except ValueError:
        return dt.date(1900, 1, 1)


def _cell(column: _Column, form: Returned) -> Cell:
    if column.name == _SENT:
        return form.sent or ""
    if column.name == _TONGUE:
        code = form.identity.language if form.identity is not None else ""
        return i18n.language("sl").say(LANGUAGES[code]) if code in LANGUAGES else ""
    value = form.values.get(column.name)
    return "" if value is None else column.words(value, form)


_SENT, _TONGUE = " sent", " language"


def _columns(
    forms: Iterable[Returned], asked: Mapping[str, QuestionRow], groups: Mapping[str, Group]
) -> tuple[_Column, ...]:
    """Every field of these forms, as they come on the form."""
    labels: dict[str, str] = {}
    for form in forms:
        for name in (*form.labels, *form.values):
            if OF not in name:
                labels.setdefault(name, form.labels.get(name, "") or name)
    columns = [_column(name, label, asked, groups) for name, label in labels.items()]
    say = i18n.language("sl").say
    if not any(column.key == "language" for column in columns):
        columns.append(_Column(_TONGUE, say(fields.REGISTRATION_FIELDS["language"].info.label), "language", _plain))
    columns.append(_Column(_SENT, say(fields.REGISTRATION_FIELDS["applied_at"].info.label), "submitted_at", _plain))
    return tuple(columns)


def _column(name: str, label: str, asked: Mapping[str, QuestionRow], groups: Mapping[str, Group]) -> _Column:
    say = i18n.language("sl").say
    if name.startswith(QUESTION) and (question := asked.get(name.removeprefix(QUESTION))) is not None:
        sl, en = question.choices_in("sl"), question.choices_in("en")
        words = _chosen(name, {key: (sl[key], en[key]) for key in sl})
        if question.kind == "bool":
            words = _decided(_YES, _NO)
        return _Column(name, question.label_in("sl"), column_mapping.key_of_question(question), words)
    if name.startswith(CONSENT):
        heading = form_extras.consent_heading(name.removeprefix(CONSENT))
        return _Column(name, heading, "", _decided(_AGREE, _DISAGREE))
    if name.startswith(OPTION):
        group = groups.get(name.removeprefix(OPTION))
        if group is None:
            return _Column(name, label, "", _chosen(name, {}))
        return _Column(name, group.heading, "", _chosen(name, group.names))
    field = fields.REGISTRATION_FIELDS.get(name)
    if field is None:
        return _Column(name, label, "", _chosen(name, {}))
    info = field.info
    in_both = {key: (say(text), i18n.language("en").say(text)) for key, text in info.choices.items()}
    words = _decided(_YES, _NO) if info.kind == "bool" else _chosen(name, in_both)
    return _Column(name, say(info.label), name, words)


def _plain(value: Answered, _form: Returned) -> Cell:
    return "; ".join(value) if isinstance(value, tuple) else value


def _chosen(name: str, choices: Mapping[str, tuple[str, str]]) -> Callable[[Answered, Returned], Cell]:
    """Choices in our Slovene words, whether they come by their keys or in the words of either language or of both.

    choices: key → its words in Slovene and English. What is none of them stays as it was written.
    """
    by_words = {fold(said): sl for sl, en in choices.values() for said in (sl, en, f"{sl} / {en}")}

    def words(value: Answered, form: Returned) -> Cell:
        if isinstance(value, tuple):
            return "; ".join(_of_key(key, form) for key in value)
        if not isinstance(value, str) or not value:
            return value
        if form.by_key and value in choices:
            return choices[value][0]
        if form.by_key and f"{name}{OF}{value}" in form.labels:
            return form.labels[f"{name}{OF}{value}"]
        return by_words.get(fold(value), value)

    def _of_key(key: str, form: Returned) -> str:
        # A choice that the question no longer has keeps the words it had on the form.
        return choices[key][0] if key in choices else form.labels.get(f"{name}{OF}{key}", "") or key

    return words


def _decided(yes: Text, no: Text) -> Callable[[Answered, Returned], Cell]:
    """Yes or no in our words, from a state of a PDF or from the words of a workbook in any of its languages."""
    sl, en = i18n.language("sl").say, i18n.language("en").say
    refusals = {fold(words) for text in (no, _NO, _DISAGREE) for words in (sl(text), en(text))}
    consents = {fold(words) for text in (yes, _YES, _AGREE) for words in (sl(text), en(text))}

    def words(value: Answered, _form: Returned) -> Cell:
        if isinstance(value, bool):
            return sl(yes if value else no)
        said = {fold(part) for part in str(value).split(" / ")} if not isinstance(value, tuple) else set()
        if said & refusals:
            return sl(no)
        return sl(yes) if said & consents or said & {"x", "1"} else _plain(value, _form)

    return words

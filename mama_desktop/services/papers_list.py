"""The participant list of an event: chosen columns with typed values, and a second sheet of counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain import ages
from mama_desktop.domain.registrations import STATUSES, TAKES_PLACE
from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import T, Text, sort_key
from mama_desktop.i18n import language as language_of
from mama_desktop.services import fields, papers_about, papers_counts, registrations
from mama_desktop.services.papers_about import About
from mama_desktop.services.papers_words import codes_of, main_code, words
from mama_desktop.services.splitting import Share
from mama_desktop.sheets.sheet import Book, Column, Fact, Group, Kind, Row, Sheet, Value

LIST = "participant-list"
ACCEPTED = tuple(key for key in STATUSES if key in TAKES_PLACE)
_KINDS: dict[str, Kind] = {
    "date": "date", "datetime": "datetime", "time": "time", "number": "integer", "year": "integer",
    "bool": "yesno", "age": "integer", "decimal": "number",
}  # fmt: skip
_WIDTHS = {"date": 25.0, "datetime": 36.0}
# What fits on a page, for a list on paper when nobody chose its columns.
ON_PAPER = ("family_name", "given_name", "organisation", "town", "age", "status", "role", "phone", "email")
MOST_ON_PAPER = 12
# Read for the order of the rows and for the counts, whether they stand on the list or not.
_ALWAYS = (
    "family_name", "given_name", "status", "gender", "age", "country", "organisation_country", "organisation",
)  # fmt: skip


@dataclass(frozen=True)
class ListOptions:
    """columns: keys of fields and "answer:<heading>" in their order. statuses: who is on it, everybody when empty.

    for_outsiders: counts only of what the list itself shows (a bus firm needs no ages).
    """

    columns: tuple[str, ...]
    statuses: tuple[str, ...] = ()
    for_outsiders: bool = False


def participant_list(
    session: Session,
    event_id: str,
    *,
    now: dt.datetime,
    options: ListOptions | None = None,
    language: str = "sl",
    only: Share | None = None,
) -> Book:
    """The list and its counts as a workbook of two sheets; people in Slovene order of their names.

    Without options everything but sensitive fields, all statuses. language: "sl", "en", or "both" for headings in
    both and values in Slovene. only: the people of one organisation, whose name stands in the heading.
    """
    known = papers_about.about(session, event_id)
    options = options or everything(session, event_id)
    chosen = registrations.chosen_fields(session, event_id, options.columns)
    shown = [f.key for f in chosen]
    found = registrations.registrations(
        session,
        event_id,
        keys=[*shown, *_ALWAYS],
        statuses=options.statuses or None,
        language=main_code(language),
    )
    if only is not None:
        found = _of(found, set(only.keys))
    bands = tuple(known.profile.age_bands or ages.DEFAULT_BANDS)
    rows = _rows(found, _order(found), [_said(f.info, language, bands) for f in chosen])
    sheet = Sheet(
        key=LIST,
        title=words(T("Participant list"), language),
        columns=tuple(_column(f.info, language) for f in chosen),
        groups=(Group(tuple(rows)),),
        language=main_code(language),
        facts=(*facts(known, language, now), *_organisation_fact(only, language)),
        tab=words(T("Participants"), language).first,
        orientation="auto",
        funding=papers_about.funding(known, language),
        footer_left=known.event.code,
        page_word=papers_about.page_word(language),
        author=known.organiser_sl,
        created=now,
    )
    groups = frozenset(shown) if options.for_outsiders else None
    counts = papers_counts.counts_sheet(session, known, found, bands, sheet, language, only=groups)
    return Book((sheet, counts))


def _column(info: FieldInfo, paper: str) -> Column:
    kind = _KINDS.get(info.kind, "text")
    if info.kind == "number" and info.key.startswith(fields.ANSWER):
        # What the program counts is whole; what somebody answers need not be.
        kind = "number"
    # A date needs the same room in every list, also while nobody has one.
    return Column(info.key, words(info.label, paper), kind, _WIDTHS.get(info.kind))


def _of(found: Listing, keys: set[str]) -> Listing:
    kept = [(key, row) for key, row in zip(found.keys, found.rows, strict=True) if key in keys]
    return Listing(found.fields, [key for key, _ in kept], [row for _, row in kept])


def _organisation_fact(only: Share | None, paper: str) -> tuple[Fact, ...]:
    return (Fact(words(T("Organisation"), paper), only.name, strong=True),) if only is not None and only.name else ()


def everything(session: Session, event_id: str) -> ListOptions:
    """All fields that are not sensitive, then the answers of the registration form that are not."""
    infos = [f.info for f in fields.REGISTRATION_FIELDS.values()] + registrations.answer_infos(session, event_id)
    return ListOptions(tuple(info.key for info in infos if info.sensitivity != "sensitive"))


def facts(known: About, paper: str, now: dt.datetime) -> tuple[Fact, ...]:
    """The title block: event, project with its number, date, venue, organiser, made on."""
    event = known.event
    said = [_dates(known, code) for code in codes_of(paper)]
    date = (Fact(words(T("Date"), paper), " / ".join(dict.fromkeys(said))),) if event.starts_on else ()
    made = language_of(main_code(paper)).date_time(now)
    return (
        papers_about.event_fact(known, paper),
        *papers_about.project_fact(known, paper),
        *date,
        *papers_about.venue_fact(known, paper),
        *papers_about.organiser_fact(known, paper),
        Fact(words(T("Made on"), paper), made),
    )


def _dates(known: About, code: str) -> str:
    event, say = known.event, language_of(code)
    if event.starts_on is None:
        return ""
    return say.month(event.starts_on) if event.precision == "month" else say.date_range(event.starts_on, event.ends_on)


def _order(found: Listing) -> list[int]:
    family, given = found.column("family_name"), found.column("given_name")
    keys = [(sort_key(row[family] or row[given]), sort_key(row[given])) for row in found.rows]
    return sorted(range(len(keys)), key=keys.__getitem__)


def _rows(found: Listing, order: Sequence[int], say: Sequence[Callable[[Any], Value] | None]) -> list[Row]:
    """The rows in their order; column by column, because most columns stay as they are."""
    if not order or not say:
        return []
    columns = list(zip(*(found.rows[i] for i in order), strict=True))
    said: list[Sequence[Value]] = []
    for at, change in enumerate(say):
        # The group is said in the bands of the funder, so it is made from the age.
        column = columns[found.column("age") if found.fields[at].key == "age_band" else at]
        said.append([change(value) for value in column] if change else column)
    return list(zip(*said, strict=True))


def _said(info: FieldInfo, paper: str, bands: tuple[str, ...]) -> Callable[[Any], Value] | None:
    """How a value of this field is said on the list; None where it stands as it is."""
    code = main_code(paper)
    if info.key == "age_band":
        labels = _choice({b: ages.band_label(b) for b in (*bands, ages.TO_CHECK, ages.UNKNOWN)}, code)
        return lambda age: labels(ages.band_of(age, bands))
    match info.kind:
        case "choice":
            return _choice(info.choices, code)
        case "choices":
            one = _choice(info.choices, code)
            return lambda values: ", ".join(str(one(value)) for value in values or ())
        case "country":
            return lambda value: language_of(code).country(value) if value else None
        case "age":
            return _age
        case _:
            return None


def _choice(choices: dict[str, Text], code: str) -> Callable[[Any], Value]:
    said: dict[Any, Value] = {key: language_of(code).say(text) for key, text in choices.items()}
    return lambda value: said.get(value, value)


def _age(age: ages.Age | None) -> Value:
    """A number when it is known to the year, else from–to."""
    if age is None:
        return None
    return age.low if age.low == age.high else str(age)

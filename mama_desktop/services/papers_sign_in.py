"""The sign-in sheet of an event: who stands on it, in which order, in which columns and languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from mama_desktop import i18n
from mama_desktop.domain.text import TC, TN, T, Text, sort_key
from mama_desktop.services import papers_about
from mama_desktop.services.papers_about import About
from mama_desktop.services.papers_people import ALIASES, DEFAULT_COLUMNS, SIGN_IN_COLUMNS, Person, people_to_sign
from mama_desktop.services.papers_words import codes_of, day_words, main_code, pair, range_words, short_day, words
from mama_desktop.services.sessions import SessionRow, planned_sessions, session_name
from mama_desktop.sheets.sheet import Column, Fact, Group, Name, Row, Sheet, Total, Words

DOCUMENT = "sign-in"
# More signature columns than this are not signed in comfortably; a longer event gets several sheets.
MOST_DAYS = 5
ROWS_ON_A_PAGE, MOST_BLANK_PAGES = 16, 20
AWAY = "—"


@dataclass(frozen=True)
class SignInOptions:
    """How a sheet is made; None leaves the funder's profile or the office's settings to decide.

    columns: keys of SIGN_IN_COLUMNS in their order. one_sheet: one sheet with a signature column per day.
    split: "" one list for all, "origin" local and international apart, "organisation" one list for each.
    blank_pages: wholly blank pages at the end; for an event without registrations their number.
    """

    columns: tuple[str, ...] | None = None
    one_sheet: bool | None = None
    split: str | None = None
    blank_rows: int | None = None
    blank_pages: int | None = None


@dataclass(frozen=True)
class SheetRow:
    """Who stands on a line, as it is written there."""

    registration_id: str
    name: str
    organisation: str
    is_staff: bool = False


@dataclass(frozen=True)
class SignInSheet:
    """One list to be signed. part: which people ("" all, "local", "international", "unknown", an organisation's
    name); rows: in the order of `sheet`'s rows."""

    sheet: Sheet
    sessions: tuple[SessionRow, ...]
    part: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True)
class SignIn:
    """All sheets asked for, and what should be looked at before they are printed."""

    sheets: tuple[SignInSheet, ...]
    language: str
    options: SignInOptions
    warnings: tuple[Text, ...] = ()


def sign_in(
    session: Session,
    event_id: str,
    *,
    now: dt.datetime,
    sessions: Sequence[str] = (),
    language: str = "",
    options: SignInOptions | None = None,
    leave_out: Collection[str] = (),
    number_from: int = 1,
) -> SignIn:
    """The sign-in sheets of an event as they would be printed now; nothing is stored.

    sessions: keys of the sessions wanted, all when empty. language: "sl", "en" or "both", the profile's when empty.
    leave_out: registrations that already stand on an earlier sheet (a supplement begins at `number_from`).
    """
    known = papers_about.about(session, event_id)
    paper = language or known.default_language()
    options = _decided(options or SignInOptions(), known)
    rows = planned_sessions(session, event_id)
    # A day that is not stored yet is named by its date.
    chosen = [row for row in rows if (row.id or row.day.isoformat()) in sessions] if sessions else rows
    people = [p for p in people_to_sign(session, known, paper) if p.registration_id not in set(leave_out)]
    warnings = papers_about.warnings(known, paper) + _own_warnings(known, people, options)
    if not chosen:
        warnings.append(T("The event has no date yet: the sheet is printed without one."))
    parts = _parts(people, options.split or "", paper)
    sheets = []
    for together in _together(chosen, bool(options.one_sheet)):
        for part, name, theirs in parts:
            there = [p for p in theirs if not together or any(p.is_there(row.day) for row in together)]
            if there or not people or not part:
                sheets.append(_sheet(known, paper, options, together, part, name, there, number_from, now))
    return SignIn(tuple(sheets), paper, options, tuple(warnings))


def _decided(options: SignInOptions, known: About) -> SignInOptions:
    """The options with everything that was left open decided by the profile and the settings."""
    profile = known.profile
    default = (*DEFAULT_COLUMNS, "email") if profile.email_on_sheet else DEFAULT_COLUMNS
    columns = options.columns or tuple(profile.sign_in_columns or ()) or default
    allowed = dict.fromkeys(ALIASES.get(key, key) for key in columns)
    allowed = dict.fromkeys(["name", *(key for key in allowed if key in SIGN_IN_COLUMNS)])
    if not profile.email_on_sheet:
        allowed.pop("email", None)
    one_sheet = profile.one_sheet_for_days if options.one_sheet is None else options.one_sheet
    split = ("origin" if profile.split_local else "") if options.split is None else options.split
    blank_rows = options.blank_rows if options.blank_rows is not None else int(known.office["paper.blank_rows"] or 0)
    return replace(options, columns=tuple(allowed), one_sheet=one_sheet, split=split, blank_rows=max(0, blank_rows))


def _own_warnings(known: About, people: Sequence[Person], options: SignInOptions) -> list[Text]:
    found: list[Text] = []
    if known.event.format == "online":
        found.append(T("The event is online: funders usually ask for the organiser's declaration, not for signatures."))
    asked = set(options.columns or ())
    unknown = sum(p.origin == "unknown" for p in people)
    if unknown and (options.split == "origin" or "origin" in asked):
        found.append(
            TN(
                "For {count} person neither an organisation's nor their own country is known: local or international?",
                "For {count} people neither an organisation's nor their own country is known: local or international?",
                unknown,
            )
        )
    return found


def _parts(people: Sequence[Person], split: str, paper: str) -> list[tuple[str, str, list[Person]]]:
    """(key, name, people) of the lists wanted; without people the blank lists are those of the split."""
    if split == "origin":
        of = {key: [p for p in people if p.origin == key] for key in ("local", "international", "unknown")}
        wanted = [key for key in of if of[key]] or ["local", "international"]
        return [(key, words(ORIGIN_GROUPS[key], paper).line, of[key]) for key in wanted]
    if split == "organisation" and people:
        names = sorted({p.organisation for p in people}, key=lambda name: (not name, sort_key(name)))
        none = words(TC("participants", "without an organisation"), paper).line
        return [(name or "-", name or none, [p for p in people if p.organisation == name]) for name in names]
    return [("", words(TC("participants", "all"), paper).line, list(people))]


ORIGIN_GROUPS = {
    "local": TC("participants", "local"),
    "international": TC("participants", "international"),
    "unknown": TC("participants", "country not known"),
}


def _together(rows: Sequence[SessionRow], one_sheet: bool) -> list[tuple[SessionRow, ...]]:
    """Which sessions share a sheet; [()] for an event without a date."""
    if not rows:
        return [()]
    if not one_sheet:
        return [(row,) for row in rows]
    sheets = -(-len(rows) // MOST_DAYS)
    size = -(-len(rows) // sheets)
    return [tuple(rows[i : i + size]) for i in range(0, len(rows), size)]


def _sheet(
    known: About,
    paper: str,
    options: SignInOptions,
    together: tuple[SessionRow, ...],
    part: str,
    name: str,
    people: Sequence[Person],
    number_from: int,
    now: dt.datetime,
) -> SignInSheet:
    keys = options.columns or DEFAULT_COLUMNS
    columns = [
        Column("number", Words(""), "line_number"),
        *(
            Column(key, words(SIGN_IN_COLUMNS[key][0], paper), width=_width(key, len(keys), len(together)))
            for key in keys
        ),
        *_signature_columns(together, paper),
    ]
    guests, staff = [p for p in people if not p.is_staff], [p for p in people if p.is_staff]
    groups = [Group(tuple(_row(p, keys, together) for p in guests))] if guests else []
    if staff:
        groups.append(Group(tuple(_row(p, keys, together) for p in staff), words(T("Speakers and staff"), paper)))
    left, right = papers_about.logos(known)
    totals = (
        Total(words(T("Present on this page"), paper), each_page=True),
        Total(words(T("Total"), paper)),
    )
    signs = known.profile.organiser_signs
    sheet = Sheet(
        key=DOCUMENT,
        title=words(T("Attendance list"), paper),
        columns=tuple(columns),
        groups=tuple(groups),
        language=main_code(paper),
        heading_right=_dates(together, paper),
        facts=_facts(known, together, name, paper),
        totals=totals,
        signatures=(words(T("Organiser (name, signature, stamp)"), paper),) if signs else (),
        notices=papers_about.notices(known, paper),
        funding=papers_about.funding(known, paper),
        logos_left=left,
        logos_right=right,
        row_height_mm=10.5,
        numbers_from=number_from,
        blank_rows=(options.blank_rows or 0) if people else 0,
        blank_pages=_blank_pages(known, options, bool(people)),
        blank_title=words(T("Others present"), paper),
        footer_left=footer(known.event.code, together, T("preview"), paper),
        page_word=papers_about.page_word(paper),
        author=known.organiser_sl,
        created=now,
    )
    rows = tuple(
        SheetRow(p.registration_id, str(Name(p.family, p.given)), p.organisation, p.is_staff) for p in (*guests, *staff)
    )
    return SignInSheet(sheet, together, part, rows)


def _width(key: str, columns: int, signatures: int) -> float | None:
    """Room for a name written by hand on a blank line, while the page has it (millimetres)."""
    if key != "name" or columns + signatures > 5:
        return None
    return 46.0 if columns + signatures < 5 else 38.0


def _row(person: Person, keys: Sequence[str], together: Sequence[SessionRow]) -> Row:
    signatures = [None if person.is_there(row.day) else AWAY for row in together] or [None]
    return (None, *(SIGN_IN_COLUMNS[key][1](person) for key in keys), *signatures)


def _blank_pages(known: About, options: SignInOptions, has_people: bool) -> int:
    if has_people or options.blank_pages:
        return options.blank_pages or 0
    expected = -(-(known.event.capacity or 1) // ROWS_ON_A_PAGE)
    return min(max(1, expected), MOST_BLANK_PAGES)


def _signature_columns(together: Sequence[SessionRow], paper: str) -> list[Column]:
    if len(together) < 2:
        return [Column("signature", words(T("Signature"), paper), "signature")]
    columns = []
    for i, row in enumerate(together, 1):
        said = [
            f"{short_day(row.day, code)}, {session_name(row, code)}"
            if row.kind != "day"
            else f"{i18n.language(code).weekday(row.day)}, {short_day(row.day, code)}"
            for code in codes_of(paper)
        ]
        columns.append(Column(f"signature-{i}", Words(*said), "signature"))
    return columns


def _dates(together: Sequence[SessionRow], paper: str) -> Words:
    if not together:
        blank = words(T("Date"), paper)
        return Words(f"{blank.line}: ____________")
    return (
        range_words(together[0].day, together[-1].day, paper)
        if len(together) > 1
        else day_words(together[0].day, paper)
    )


def _facts(known: About, together: Sequence[SessionRow], people: str, paper: str) -> tuple[Fact, ...]:
    left = [
        papers_about.event_fact(known, paper),
        *papers_about.project_fact(known, paper),
        *papers_about.organiser_fact(known, paper),
    ]
    right = [*papers_about.venue_fact(known, paper)]
    named = _session_names(together, paper, only_parts=True)
    if named:
        right.append(Fact(words(T("Session"), paper), named))
    if time := _hours(known, together, paper):
        right.append(Fact(words(T("Time"), paper), time))
    right.append(Fact(words(T("Participants"), paper), people))
    return (*left, *right)


def _session_names(together: Sequence[SessionRow], paper: str, *, only_parts: bool = False) -> str:
    if len(together) != 1 or (only_parts and together[0].kind == "day" and not together[0].title_sl):
        return ""
    row = together[0]
    return pair(paper, session_name(row, "sl"), session_name(row, "en")).line


def _hours(known: About, together: Sequence[SessionRow], paper: str) -> str:
    """The session's own hours; else the event's, of which the beginning is the first day's and the end the last's."""
    if len(together) != 1:
        return ""
    row, event = together[0], known.event
    if row.starts_at or row.ends_at or row.kind != "day":
        return papers_about.hours(row.starts_at, row.ends_at, paper)
    first = event.starts_at if row.day == event.starts_on else None
    last = event.ends_at if row.day == (event.ends_on or event.starts_on) else None
    return papers_about.hours(first, last, paper)


def footer(event_code: str, together: Sequence[SessionRow], issue: Text, paper: str) -> str:
    """ "2020-04-klub · 1. dan / day 1 · izdaja 2 / issue 2, 30. 3. 2020"."""
    names = _session_names(together, paper) if together and (together[0].days > 1 or together[0].kind != "day") else ""
    said = [words(issue, code).first for code in codes_of(paper)]
    return " · ".join(part for part in (event_code, names, " / ".join(dict.fromkeys(said))) if part)

"""The sign-in sheet of an event: who stands on it, in which order, in which columns and languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from mama_desktop import i18n
from mama_desktop.domain import ages
from mama_desktop.domain.registrations import ROLES, SPEAKERS_AND_STAFF, TAKES_PLACE, is_there
from mama_desktop.domain.text import TC, TN, T, Text, sort_key
from mama_desktop.services import papers_about, registrations
from mama_desktop.services.fields import ORIGINS
from mama_desktop.services.papers_about import About
from mama_desktop.services.papers_words import codes_of, day_words, main_code, pair, range_words, short_day, words
from mama_desktop.services.sessions import SessionRow, planned_sessions, session_name
from mama_desktop.sheets.sheet import Column, Fact, Group, Name, Row, Sheet, Total, Value, Words

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


@dataclass(frozen=True)
class Person:
    """What a sheet may say of somebody."""

    registration_id: str
    family: str
    given: str
    organisation: str
    organisation_town: str
    organisation_country: str
    town: str
    country: str
    email: str
    phone: str
    function: str
    role: str
    origin: str
    age: ages.Age | None
    arrival: dt.date | None
    departure: dt.date | None
    words: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def is_staff(self) -> bool:
        return self.role in SPEAKERS_AND_STAFF

    def is_there(self, day: dt.date) -> bool:
        return is_there(day, self.arrival, self.departure)


def _place(town: str, country: str) -> str:
    return ", ".join(part for part in (town, country) if part)


# What may stand on a sheet that others see. Health, diet, full birth dates and personal numbers never do (facts 2.2).
SIGN_IN_COLUMNS: dict[str, tuple[Text, Callable[[Person], Value]]] = {
    "name": (T("Family and given name"), lambda p: Name(p.family, p.given)),
    "organisation": (T("Organisation"), lambda p: p.organisation),
    "organisation_place": (
        T("Organisation, town"),
        lambda p: ", ".join(part for part in (p.organisation, p.organisation_town) if part),
    ),
    # The place of the sending organisation, as annexes ask; of residence where there is no organisation.
    "place": (
        T("Town, country"),
        lambda p: (
            _place(p.organisation_town, p.organisation_country) if p.organisation_town else _place(p.town, p.country)
        ),
    ),
    "residence": (T("Place of residence"), lambda p: _place(p.town, p.country)),
    "function": (T("Function"), lambda p: p.function),
    "role": (T("Role"), lambda p: p.words.get("role", "")),
    "origin": (T("Local or international"), lambda p: p.words.get("origin", "")),
    "age_band": (T("Age group"), lambda p: p.words.get("age_band", "")),
    "email": (T("E-mail"), lambda p: p.email),
    "phone": (T("Phone"), lambda p: p.phone),
}
DEFAULT_COLUMNS = ("name", "organisation", "place")
# Other names under which a profile may ask for the same.
_ALIASES = {
    "family_name": "name", "given_name": "name", "town_country": "place", "organisation_town": "place",
    "organisation_country": "place", "organisation_address": "place", "town": "residence", "country": "residence",
    "local": "origin", "international": "origin",
}  # fmt: skip


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
    chosen = [row for row in rows if row.id in set(sessions)] if sessions else rows
    people = [p for p in _people(session, known, paper) if p.registration_id not in set(leave_out)]
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
    allowed = dict.fromkeys(_ALIASES.get(key, key) for key in columns)
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


def _people(session: Session, known: About, paper: str) -> list[Person]:
    """Accepted and confirmed, in Slovene order."""
    keys = (
        "family_name", "given_name", "organisation", "organisation_town", "organisation_country", "town", "country",
        "email", "phone", "function", "role", "origin", "age", "arrival", "departure",
    )  # fmt: skip
    code = main_code(paper)
    found = registrations.registrations(session, known.event.id, keys=keys, statuses=sorted(TAKES_PLACE), language=code)
    bands = tuple(known.profile.age_bands or ages.DEFAULT_BANDS)
    origins = {key: words(text, paper).line for key, text in ORIGINS.items()}
    roles = {key: words(text, paper).line for key, text in ROLES.items()}
    band_words: dict[str, str] = {}
    people = []
    for key, row in zip(found.keys, found.rows, strict=True):
        at = dict(zip(keys, row, strict=True))
        band = ages.band_of(at["age"], bands)
        if band not in band_words:
            band_words[band] = words(ages.band_label(band), paper).line
        said = {"role": roles.get(at["role"], ""), "origin": origins[at["origin"]], "age_band": band_words[band]}
        texts = {name: at[name] or "" for name in keys if name not in ("age", "arrival", "departure")}
        people.append(
            Person(
                key, texts["family_name"], texts["given_name"], texts["organisation"], texts["organisation_town"],
                texts["organisation_country"], texts["town"], texts["country"], texts["email"], texts["phone"],
                texts["function"], texts["role"], texts["origin"], at["age"],
                at["arrival"], at["departure"], said,
            )
        )  # fmt: skip
    return sorted(people, key=lambda p: (sort_key(p.family or p.given), sort_key(p.given), p.registration_id))


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
        *(Column(key, words(SIGN_IN_COLUMNS[key][0], paper)) for key in keys),
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

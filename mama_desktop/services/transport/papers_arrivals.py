"""Arrivals and departures on paper and in Excel: by day, hour and point, with phone, number and who meets them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import TC, TN, T, Text
from mama_desktop.domain.travel import DIRECTIONS, MEANS
from mama_desktop.i18n import language as language_of
from mama_desktop.services import papers_about
from mama_desktop.services.paper import Paper
from mama_desktop.services.papers_about import About
from mama_desktop.services.papers_words import codes_of, main_code, tongue, words
from mama_desktop.services.transport.arrivals import arrivals
from mama_desktop.sheets.files import safe_filename
from mama_desktop.sheets.sheet import Book, Column, Fact, Group, Name, Row, Sheet, Total, Words

ARRIVALS, ARRIVALS_TITLE = "arrivals", T("Arrivals and departures")
TITLES: dict[str, Text] = {"there": T("Arrivals"), "back": T("Departures")}
_CONFIDENTIAL = T("Confidential: for those who meet people only. Destroy it after the event.")
_POINTS: dict[str, Text] = {"there": T("Where they arrive"), "back": T("Where they leave")}
_ENDS: dict[str, Text] = {"there": TC("of a journey", "From"), "back": TC("of a journey", "To")}


def make_arrivals(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """A sheet for the arrivals and one for the departures of each day. options: day (2020-04-02), direction (there,
    back): only those."""
    del who
    paper = language or "sl"
    day, direction = wanted(options)
    known = papers_about.about(session, event_id)
    rows = arrival_rows(session, event_id, options, paper)
    found = dict.fromkeys((row["day"], row["direction"]) for row in rows)
    sheets = tuple(
        arrivals_sheet(known, wave, [r for r in rows if (r["day"], r["direction"]) == wave], paper, now)
        for wave in found
    )
    if not sheets:
        empty = (day or known.event.starts_on, direction or "there")
        sheets = (arrivals_sheet(known, empty, [], paper, now),)
    title = words(TITLES[direction] if direction else ARRIVALS_TITLE, paper).first.lower()
    on = f" {day.isoformat()}" if day else ""
    return Paper(Book(sheets), safe_filename(f"{known.event.code} {title}{on}", ""), _warnings(rows))


def arrival_rows(
    session: Session, event_id: str, options: Mapping[str, Any], paper: str
) -> list[dict[str, Any]]:  # fmt: skip
    """What stands on the list, in its order: values by the keys of the fields, and the row's key as "key"."""
    day, direction = wanted(options)
    listing = arrivals(session, event_id, day=day, direction=direction, language=main_code(paper))
    names = [f.key for f in listing.fields]
    return [
        dict(zip(names, row, strict=True), key=key) for key, row in zip(listing.keys, listing.rows, strict=True)
    ]  # fmt: skip


def wanted(options: Mapping[str, Any]) -> tuple[dt.date | None, str]:
    """The day and the direction that the options ask for; OfficeError when they cannot be understood."""
    return _day(options.get("day")), _direction(options.get("direction"))


def arrivals_sheet(
    known: About, wave: tuple[dt.date | None, str], rows: Sequence[Mapping[str, Any]], paper: str, now: dt.datetime
) -> Sheet:
    """One day of one direction: by the hour, people without an hour in a band of their own at the end."""
    speak, (day, direction) = tongue(paper), wave
    at_an_hour = [row for row in rows if row["time"] is not None]
    without = [row for row in rows if row["time"] is None]
    groups = [Group(tuple(_row(row, paper) for row in at_an_hour))] if at_an_hour or not without else []
    if without:
        groups.append(Group(tuple(_row(row, paper) for row in without), words(T("Time not known"), paper)))
    title = words(TITLES[direction], paper)
    on = Words(*(language_of(c).long_date(day, weekday=True) for c in codes_of(paper))) if day else Words("")
    office_phone = str(known.office["office.phone"])
    return Sheet(
        key=ARRIVALS,
        title=title,
        columns=(
            Column("time", words(T("Time"), paper), "time", 15),
            Column("point", words(_POINTS[direction], paper), "text", 46),
            Column("means", words(T("How"), paper), "text", 38),
            Column("name", words(T("Name"), paper), "text", 44),
            Column("other_end", words(_ENDS[direction], paper), "text", 32),
            Column("phone", words(T("Phone"), paper), "text", 32),
            Column("met_by", words(T("Who meets them") if direction == "there" else T("Who takes them"), paper),
                   "text", 40),
            Column("remarks", words(T("Remark"), paper), "text", 26),
        ),
        groups=tuple(groups),
        language=main_code(paper),
        heading_right=on,
        facts=(
            papers_about.event_fact(known, paper),
            *papers_about.venue_fact(known, paper),
            *((Fact(words(T("Phone of the office"), paper), office_phone),) if office_phone else ()),
        ),
        totals=(Total(words(T("People on the list"), paper), str(len(rows))),),
        notices=(words(_CONFIDENTIAL, paper).line,),
        orientation="landscape",
        tab=" ".join(part for part in (title.first, speak.date(day) if day else "") if part),
        row_height_mm=7.2,
        filled=False,
        footer_left=" · ".join((known.event.code, title.first, speak.date_time(now))),
        page_word=papers_about.page_word(paper),
        author=known.organiser_sl,
        created=now,
    )  # fmt: skip


def how(row: Mapping[str, Any], paper: str) -> str:
    """letalo LX 1234."""
    means = tongue(paper).say(MEANS[row["means"]]) if row["means"] in MEANS else ""
    return " ".join(part for part in (means, row["number"]) if part)


def _row(row: Mapping[str, Any], paper: str) -> Row:
    speak = tongue(paper)
    said = [speak.say(T("wheelchair"))] if row["wheelchair"] else []
    if row["luggage"]:
        said.append(speak.say(TN("{count} piece of luggage", "{count} pieces of luggage", row["luggage"])))
    said += [row["remarks"]] if row["remarks"] else []
    return (
        row["time"], row["point"], how(row, paper),
        Name(row["family_name"], row["given_name"]), row["other_end"], row["phone"] or row["other_phone"],
        row["met_by"], ", ".join(said),
    )  # fmt: skip


def _warnings(rows: Sequence[Mapping[str, Any]]) -> tuple[Text, ...]:
    without = sum(row["time"] is None for row in rows)
    if not without:
        return ()
    return (
        TN(
            "Of {count} journey the time is not known; it stands at the end.",
            "Of {count} journeys the time is not known; they stand at the end.",
            without,
        ),
    )


def _day(words_: Any) -> dt.date | None:
    if not words_:
        return None
    try:
        return dt.date.fromisoformat(str(words_))
    except ValueError:
        raise OfficeError(
            T("“{words}” is not a day.", words=str(words_)), todo=T("Write it like 2020-04-02.")
        ) from None


def _direction(words_: Any) -> str:
    if words_ and words_ not in DIRECTIONS:
        raise OfficeError(
            T("There is no direction “{words}”.", words=str(words_)), todo=T("These are possible: there, back.")
        )
    return str(words_ or "")

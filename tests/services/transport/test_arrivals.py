"""Arrivals and departures by day, hour and point, on the screen and on paper; what the card and Today say of travel."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.letters import LetterRecipient
from mama_desktop.domain.text import T
from mama_desktop.i18n import language
from mama_desktop.services import documents, kept_lists, kept_states, letters, person_events, today
from mama_desktop.services.letters import Wish
from mama_desktop.services.recipients import Audience
from mama_desktop.services.transport import arrivals, legs
from mama_desktop.services.transport.arrivals import Wave
from mama_desktop.services.transport.papers_arrivals import make_arrivals
from mama_desktop.sheets.sheet import Book
from mama_desktop.store.database import Database
from tests.factories import (
    make_event,
    make_leg,
    make_person,
    make_registration,
    make_seat,
    make_stop,
    make_trip,
)

FIRST, LAST = dt.date(2020, 4, 2), dt.date(2020, 4, 4)
NOW = dt.datetime(2020, 3, 10, 9)


def an_event(session: Session) -> tuple[str, dict[str, str]]:
    """Ana flies in early, Bor rides in the bus, of Cene nothing is known, Dana came the day before."""
    event = make_event(session, code="2020-04-pot", town="Koper", starts_on=FIRST, ends_on=LAST)
    people = {}
    for name in ("Ana", "Bor", "Cene", "Dana"):
        person = make_person(session, given_name=name, phone="040 123 456")
        people[name] = make_registration(session, event, person, status="confirmed")
    make_leg(
        session, people["Ana"], means="plane", time=dt.time(7, 50), number="LX 1234", point="Brnik",
        from_place="Skopje", met_by="Maja Zupan",
    )  # fmt: skip
    make_leg(session, people["Dana"], means="train", day=FIRST - dt.timedelta(days=1), time=dt.time(18), point="Koper")
    trip = make_trip(
        session, event, name="Celje – Koper", seats=8, driver_name="Ivo Voznik", driver_phone="031 000 111",
        leaves_at=dt.datetime(2020, 4, 2, 6, 30), arrives_at=dt.datetime(2020, 4, 2, 9, 15),
    )  # fmt: skip
    stop = make_stop(session, trip, "Celje", at=dt.datetime(2020, 4, 2, 6, 30), meeting_point="pred postajo")
    make_seat(session, trip, people["Bor"], stop)
    return event.id, {name: one.id for name, one in people.items()}


def test_by_day_hour_and_point_those_without_an_hour_at_the_end(session: Session) -> None:
    event, people = an_event(session)
    listing = arrivals.arrivals(session, event, direction="there")
    assert listing.keys == [legs.leg_key(people[name], "there") for name in ("Dana", "Ana", "Bor", "Cene")]
    names = [f.key for f in listing.fields]
    rows = [dict(zip(names, row, strict=True)) for row in listing.rows]
    assert [row["time"] for row in rows] == [dt.time(18), dt.time(7, 50), dt.time(9, 15), None]
    assert [row["point"] for row in rows] == ["Koper", "Brnik", "Koper", ""]
    assert [row["met_by"] for row in rows] == [
        "", "Maja Zupan", "Celje – Koper, Ivo Voznik, 031 000 111", "",
    ]  # fmt: skip
    assert arrivals.waves(arrivals.arrivals(session, event)) == [
        Wave(FIRST - dt.timedelta(days=1), "there", 1), Wave(FIRST, "there", 3), Wave(LAST, "back", 4),
    ]  # fmt: skip


def test_a_sheet_for_each_day_and_direction(session: Session) -> None:
    event, _ = an_event(session)
    paper = make_arrivals(session, event, language="sl", options={}, now=NOW, who="")
    assert isinstance(paper.content, Book)
    assert [sheet.tab for sheet in paper.content.sheets] == [
        "Prihodi 1. 4. 2020", "Prihodi 2. 4. 2020", "Odhodi 4. 4. 2020",
    ]  # fmt: skip
    second = paper.content.sheets[1]
    assert [len(group.rows) for group in second.groups] == [2, 1]
    assert second.groups[1].title is not None
    assert second.groups[1].title.first == "Ura ni znana"
    assert second.groups[0].rows[0][:3] == (dt.time(7, 50), "Brnik", "letalo LX 1234")
    assert paper.warnings
    only = make_arrivals(session, event, language="en", options={"day": "2020-04-04"}, now=NOW, who="")
    assert isinstance(only.content, Book)
    assert [sheet.title.first for sheet in only.content.sheets] == ["Departures"]
    for wrong in ({"day": "jutri"}, {"direction": "gor"}):
        with pytest.raises(OfficeError):
            make_arrivals(session, event, language="sl", options=wrong, now=NOW, who="")


def test_an_event_of_nobody_makes_an_empty_sheet(session: Session) -> None:
    event = make_event(session)
    paper = make_arrivals(session, event.id, language="both", options={}, now=NOW, who="")
    assert paper.pdf().startswith(b"%PDF")


def test_it_is_a_document_like_any_other(sqlite_db: Database, tmp_path: Path) -> None:
    sqlite_db.write(lambda s: an_event(s)[0], label=T("Event"))
    documents.make(sqlite_db, "arrivals", "2020-04-pot", tmp_path / "a.pdf", language="en")
    documents.make(sqlite_db, "arrivals", "2020-04-pot", tmp_path / "a.xlsx", options={"direction": "there"})
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Prihodi 1. 4. 2020", "Prihodi 2. 4. 2020"]
    words = {cell for row in book["Prihodi 2. 4. 2020"].iter_rows(values_only=True) for cell in row if cell}
    assert "Novak Ana" in words
    assert dt.time(7, 50) in words


def test_the_card_says_stop_and_time_or_their_own_way(session: Session) -> None:
    _, people = an_event(session)
    from mama_desktop.domain.registrations import Registration

    def card(name: str) -> tuple[list[str], list[str]]:
        person = session.get_one(Registration, people[name]).person_id
        (event,) = person_events.next_events(session, person, now=NOW)
        say = language("sl").say
        lines = [", ".join(map(say, line.values)) for line in event.lines if line.field == "travel"]
        return lines, [say(words) for words in event.missing]

    assert card("Bor")[0] == ["Celje – Koper, vstopno mesto: Celje, pred postajo, 2. 4. 2020 ob 6.30"]
    assert card("Ana")[0] == ["letalo, LX 1234, od kod: Skopje, 2. 4. 2020 ob 7.50, Brnik"]
    assert card("Ana")[1] == ["podatki o poti tja: kraj ni najden", "podatki o poti nazaj: kako potuje, kraj"]
    assert card("Cene") == ([], ["podatki o poti tja: kako potuje, kraj", "podatki o poti nazaj: kako potuje, kraj"])


def test_nothing_is_missing_where_nobody_asks_how_people_travel(session: Session) -> None:
    event = make_event(session, code="2020-04-tu", starts_on=FIRST)
    comes = make_registration(session, event, make_person(session), status="confirmed")
    (shown,) = person_events.next_events(session, comes.person_id, now=NOW)
    assert shown.missing == ()
    assert "no-travel" not in {section.key for section in today.today(session, day=NOW.date())}


def test_today_counts_people_whose_details_are_missing(session: Session) -> None:
    an_event(session)
    (section,) = [one for one in today.today(session, day=NOW.date()) if one.key == "no-travel"]
    assert [(line.code, line.number, line.kind) for line in section.lines] == [("2020-04-pot", 4, "travel")]


def test_whoever_was_written_the_question_stands_as_asked(session: Session) -> None:
    event, people = an_event(session)
    wish = Wish(
        Audience(event, (people["Cene"], people["Ana"])), kind="travel", subjects={"sl": "Pot"}, bodies={"sl": "?"}
    )
    made = letters.compose(session, wish, now=NOW)
    letters.keep(session, wish, made.letters, "eml", now=NOW, who="Maja")
    assert len(list(session.scalars(select(LetterRecipient)))) == 2
    listing = legs.travel_of_event(session, event)
    place, asked = listing.column("status"), listing.column("asked_at")
    found = {key: (row[place], row[asked]) for key, row in zip(listing.keys, listing.rows, strict=True)}
    assert found[legs.leg_key(people["Cene"], "there")] == ("asked", NOW)
    assert found[legs.leg_key(people["Cene"], "back")] == ("asked", NOW)
    assert found[legs.leg_key(people["Bor"], "back")] == ("unknown", None)


def test_the_list_is_kept_and_goes_out_of_date(sqlite_db: Database, tmp_path: Path) -> None:
    event, people = sqlite_db.write(an_event, label=T("Event"))
    for day in ("2020-04-02", "2020-04-04"):
        documents.make(sqlite_db, "arrivals", "2020-04-pot", tmp_path / f"{day}.pdf", options={"day": day})
    kept = sqlite_db.read(kept_states.kept_of_event, event)
    assert {one.state for one in kept} == {kept_states.MADE}
    sqlite_db.write(
        kept_lists.mark_sent, kept[0].id, to="Maja", at=sqlite_db.clock.now() + dt.timedelta(minutes=1), label=T("x")
    )
    sqlite_db.write(
        legs.set_field, [legs.leg_key(people["Ana"], way) for way in ("there", "back")], "time", dt.time(11, 5),
        now=NOW, label=T("Time"),
    )  # fmt: skip
    now = sqlite_db.read(kept_states.kept_of_event, event)
    assert {one.state for one in now if one.sent_at} == {kept_states.OUT_OF_DATE}
    sent = next(one for one in now if one.sent_at)
    assert sent.changes.count("changed") == 1
    assert [change.after for change in sent.changes.found] == ["11.05"]

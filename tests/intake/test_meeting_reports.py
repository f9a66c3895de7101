"""Reports of online meetings: what stands in them, cleaned and added up."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mama_desktop.domain.errors import OfficeError
from mama_desktop.intake import meeting_reports, meeting_rows
from mama_desktop.intake.meeting_reports import Attendee, MeetingReport, readings, union
from tests.intake import samples_meetings as samples

DAY = dt.date(2020, 4, 2)


def report(
    tmp_path: Path, data: bytes | str, name: str = "porocilo.csv", days: tuple[dt.date, ...] = (DAY,)
) -> MeetingReport:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return meeting_reports.read_report(str(path), days)


def people(found: MeetingReport) -> dict[str, Attendee]:
    return {one.name: one for one in found.attendees}


def minutes(found: MeetingReport) -> dict[str, int | None]:
    return {one.name: one.minutes for one in found.attendees}


def test_zoom_joins_are_added_up_and_the_waiting_room_is_left_out(tmp_path: Path) -> None:
    found = report(tmp_path, samples.FILES["zoom-udelezenci.csv"])
    assert (found.kind, found.title, found.waited) == ("zoom", "Klub MaMa na spletu", 1)
    assert found.starts == dt.datetime(2020, 4, 2, 9, 55)
    assert found.ends == dt.datetime(2020, 4, 2, 12, 5)
    assert minutes(found) == {"Maja Zupan": 130, "Ana Novak": 110, "Ane": 15, "Črt Žagar": 120, "Guest": 10}
    assert people(found)["Ana Novak"].email == "ana@example.org"
    assert people(found)["Ana Novak"].names == ("Ana Novak", "MC Krško")
    assert len(people(found)["Ana Novak"].spans) == 2
    assert people(found)["Guest"].names == ()


def test_zoom_with_totals_only(tmp_path: Path) -> None:
    found = report(tmp_path, samples.ZOOM_TOTALS)
    assert minutes(found) == {"Ana Novak": 110, "Črt Žagar": 120}
    assert not found.has_times


@pytest.mark.parametrize("text", [samples.TEAMS, samples.TEAMS_SL, samples.TEAMS_FOREIGN])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_teams_in_any_language(tmp_path: Path, text: str, encoding: str) -> None:
    found = report(tmp_path, text.encode(encoding))
    assert found.kind == "teams"
    assert {k: m for k, m in minutes(found).items() if k != "Maja Zupan"} == {"Ana Novak": 110, "Črt Žagar": 13}
    ana = people(found)["Ana Novak"]
    assert ana.spans[0][0] == dt.datetime(2020, 4, 2, 10)
    assert ana.spans[-1][1] == dt.datetime(2020, 4, 2, 12)


def test_teams_tells_of_single_joins_and_of_the_meeting(tmp_path: Path) -> None:
    found = report(tmp_path, samples.FILES["teams-prisotnost.csv"])
    assert found.title == "Klub MaMa na spletu"
    assert (found.starts, found.ends) == (dt.datetime(2020, 4, 2, 9, 55), dt.datetime(2020, 4, 2, 12, 5, 10))
    assert len(people(found)["Ana Novak"].spans) == 2


def test_the_older_form_of_teams(tmp_path: Path) -> None:
    found = report(tmp_path, samples.TEAMS_OLD)
    assert found.kind == "teams"
    # Ana never left: she was there to the end.
    assert minutes(found) == {"Maja Zupan": 125, "Ana Novak": 110, "Črt Žagar": 13}


@pytest.mark.parametrize("name", ["meet.csv", "meet.xlsx"])
def test_meet(tmp_path: Path, name: str) -> None:
    found = report(tmp_path, samples.meet_xlsx() if name.endswith("xlsx") else samples.MEET, name)
    assert found.kind == "meet"
    # Joined and exited are whole; what counts is not more than what Meet says.
    assert people(found)["Ana Novak"].spans == ((dt.datetime(2020, 4, 2, 10), dt.datetime(2020, 4, 2, 12)),)
    assert minutes(found) == {"Ana Novak": 110, "Črt Žagar": 12}


def test_meet_with_the_meeting_above_and_hours_alone(tmp_path: Path) -> None:
    text = (
        "Meeting title,Date,Start time,End time\nKlub,2020-04-02,09:00,12:00\n\n"
        "Name,Email,Duration,Time joined,Time exited\nAna Novak,ana@example.org,32m,9:00:12,9:32:01\n"
    )
    found = report(tmp_path, text, days=())
    assert found.title == "Klub"
    assert people(found)["Ana Novak"].spans == ((dt.datetime(2020, 4, 2, 9, 0, 12), dt.datetime(2020, 4, 2, 9, 32, 1)),)


def test_a_list_with_a_column_of_who_was_there(tmp_path: Path) -> None:
    found = report(tmp_path, samples.FILES["seznam-prisotnih.csv"])
    assert found.kind == "list"
    assert {a.name: a.present for a in found.attendees} == {
        "Ana Novak": True, "Črt Žagar": True, "Eva Kos": False, "Jan Bizjak": False,
    }  # fmt: skip
    assert people(found)["Ana Novak"].organisation == "MC Krško"


def test_two_devices_are_one_presence(tmp_path: Path) -> None:
    text = (
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n"
        "Ana Novak,ana@example.org,2020-04-02 10:00:00,2020-04-02 11:00:00,60\n"
        "Novak Ana,ana@example.org,2020-04-02 10:30:00,2020-04-02 11:30:00,60\n"
    )
    assert minutes(report(tmp_path, text)) == {"Ana Novak": 90}


def test_the_days_of_the_event_decide_what_comes_first(tmp_path: Path) -> None:
    text = "Name (Original Name),User Email,Join Time,Leave Time\nAna,,04/03/2020 10:00,04/03/2020 11:00\n"
    for day in (dt.date(2020, 4, 3), dt.date(2020, 3, 4)):
        assert report(tmp_path, text, days=(day,)).attendees[0].spans[0][0].date() == day


def test_midnight_and_noon(tmp_path: Path) -> None:
    text = "Name,Join Time,Leave Time\nAna Novak,4/2/20 12:30:00 PM,4/3/20 12:15:00 AM\n"
    assert report(tmp_path, text).attendees[0].minutes == 11 * 60 + 45


@pytest.mark.parametrize("text", ["Ime;Priimek\nAna;Novak\n", "to je navadno besedilo\nin še ena vrstica\n"])
def test_what_is_no_report_is_said(tmp_path: Path, text: str) -> None:
    with pytest.raises(OfficeError, match="neither"):
        report(tmp_path, text)


def test_a_report_is_read_in_a_child_process(tmp_path: Path) -> None:
    path = tmp_path / "zoom.csv"
    path.write_bytes(samples.FILES["zoom-udelezenci.csv"])
    assert len(meeting_reports.open_report(path, (DAY,)).attendees) == 5


def test_several_reports_are_one(tmp_path: Path) -> None:
    first = report(tmp_path, samples.FILES["zoom-udelezenci.csv"])
    second = report(tmp_path, samples.FILES["zoom-udelezenci.csv"], "drugo.csv")
    both = meeting_reports.united([first, second])
    assert minutes(both) == minutes(first)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ana Novak", ("Ana Novak",)),
        ("Ana Novak (she/her)", ("Ana Novak",)),
        ("Ana Novak (ona/njo) - MC Krško", ("Ana Novak", "MC Krško")),
        ("Anči (Ana Novak)", ("Anči", "Ana Novak")),
        ("Novak, Ana", ("Ana Novak",)),
        ("Ana Novak, MC Krško", ("Ana Novak", "MC Krško")),
        ("[MC Krško] Ana Novak (Unverified)", ("Ana Novak", "MC Krško")),
        ("Ana's iPhone", ("Ana",)),
        ("iPhone od Ane", ("Ane",)),
        ("iPhone", ()),
        ("Guest", ()),
        ("Gost (Gost)", ()),
        ("Eva Kos-Bizjak", ("Eva Kos-Bizjak",)),
        ("", ()),
    ],
)
def test_names(written: str, names: tuple[str, ...]) -> None:
    assert readings(written) == names


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("1h 2m 3s", 62), ("1 hr 2 min", 62), ("58 min", 58), ("1:02:03", 62), ("1:02", 62), ("62", 62), (62, 62),
        ("45s", 1), ("1 ura 2 min", 62), ("2 uri", 120), ("12m 30s", 13), ("1h2m3s", 62), ("0m 20s", 0), ("", None),
        ("nekaj", None), (dt.timedelta(minutes=62), 62), ("1,5", 2),
    ],
)  # fmt: skip
def test_durations(words: object, whole: int | None) -> None:
    assert meeting_rows.minutes_in(words) == whole  # type: ignore[arg-type]  # every kind of cell


@pytest.mark.parametrize(
    ("said", "there"),
    [("da", True), ("DA!", True), ("x", True), ("1", True), (1, True), ("✓", True), ("Prisotna", True), ("ne", False),
     ("", False), ("0", False), (0, False), ("odsoten", False), ("morda", None), (True, True)],
)  # fmt: skip
def test_present(said: object, there: bool | None) -> None:
    assert meeting_rows.is_present(said) == there  # type: ignore[arg-type]  # every kind of cell


moments = st.integers(0, 500).map(lambda n: dt.datetime(2020, 4, 2) + dt.timedelta(minutes=n))


@given(st.lists(st.tuples(moments, moments).map(lambda pair: (min(pair), max(pair)))))
def test_a_union_counts_every_minute_once(spans: list[tuple[dt.datetime, dt.datetime]]) -> None:
    joined = union(spans)
    there = {a + dt.timedelta(minutes=n) for a, b in spans for n in range(int((b - a).total_seconds() // 60))}
    assert meeting_reports.minutes_of(joined) == len(there)
    assert all(one[1] < other[0] for one, other in pairwise(joined))

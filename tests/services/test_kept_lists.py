"""Lists kept as issued: what they said, to whom they went, when they are out of date, and the note of changes."""

from __future__ import annotations

import datetime as dt
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.papers import Issue
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.i18n import language
from mama_desktop.services import documents, issues, kept_again, kept_lists, kept_states, papers_changes
from mama_desktop.services.kept_lists import Change, Line, Said, compare
from mama_desktop.services.kept_states import KeptInfo, kept_of_event
from mama_desktop.services.mail_drafts import eml
from mama_desktop.services.transport import seats, stops, trips
from mama_desktop.store.database import Database
from tests.services.test_papers_consent import pages
from tests.services.transport.test_papers import an_event, event

__all__ = ("event",)
NOW = dt.datetime(2020, 3, 30, 10)
LATER = dt.datetime(2020, 3, 31, 9)


def keep(session: Session, event: str, key: str = "bus-firm-list", **options: Any) -> list[KeptInfo]:
    how = documents.DOCUMENTS[key].keep
    assert how is not None
    how(session, event, language="sl", options=options, now=NOW, who="Ana")
    return kept_of_event(session, event)


def bus(session: Session, event: str) -> trips.TripInfo:
    return trips.trips_of_event(session, event)[0]


def rider(session: Session, event: str, given_name: str) -> str:
    from mama_desktop.services.transport.passengers import loads

    return next(p.registration_id for load in loads(session, event) for p in load.people if p.given_name == given_name)


def test_a_list_is_kept_with_its_code_and_is_up_to_date(session: Session, event: str) -> None:
    (one,) = keep(session, event)
    assert (one.document, one.state, one.number, one.pages) == ("bus-firm-list", "made", 1, 1)
    assert one.title == "Maribor – Koper · tja"
    printed = issues.printed_again(session, one.id).pdf
    assert one.code in pages(_paper(printed))[0]
    assert one.file_name.endswith(".pdf")


def _paper(data: bytes) -> Any:
    from mama_desktop.services.paper import Paper

    return Paper(data, "x")


def test_each_trip_is_a_list_of_its_own(session: Session, event: str) -> None:
    found = keep(session, event, "manifest")
    assert {one.subject for one in found} == {trip.id for trip in trips.trips_of_event(session, event)}
    assert len({one.code for one in found}) == 2


def test_sent_then_out_of_date_when_somebody_goes(session: Session, event: str) -> None:
    (one,) = keep(session, event)
    kept_lists.mark_sent(session, one.id, to="Prevozi Hribar", at=LATER)
    (sent,) = kept_of_event(session, event)
    assert (sent.state, sent.sent_to, sent.sent_at) == ("sent", "Prevozi Hribar", LATER)
    seats.unseat(session, [rider(session, event, "Črt")])
    (old,) = kept_of_event(session, event)
    assert old.state == "out-of-date"
    said = papers_changes.lines(old.changes, language("sl"))
    assert "Celje, Vstopi: 2 → 1" in said
    assert "Koper, Izstopi: 3 → 2" in said
    # No name came in by the way of the note.
    assert "Črt" not in " ".join(said)


def test_what_comes_back_is_up_to_date_again(session: Session, event: str) -> None:
    (one,) = keep(session, event)
    key, celje = rider(session, event, "Črt"), bus(session, event).stops[1]
    seats.unseat(session, [key])
    assert kept_of_event(session, event)[0].state == "out-of-date"
    seats.seat(session, [key], bus(session, event).id, stop_id=celje.id)
    assert kept_of_event(session, event)[0].state == "made"
    assert not kept_states.kept_list(session, one.id).changes


def test_the_manifest_tells_of_people_stops_and_times(session: Session, event: str) -> None:
    keep(session, event, "manifest", trip="1")
    trip = bus(session, event)
    ana, crt = rider(session, event, "Ana"), rider(session, event, "Črt")
    seats.unseat(session, [crt])
    seats.seat(session, [ana], trip.id, stop_id=trip.stops[1].id)
    stops.set_time(session, trip.stops[0].id, dt.datetime(2020, 4, 2, 5))
    (old,) = kept_of_event(session, event)
    said = papers_changes.lines(old.changes, language("sl"))
    assert "– Črt Zupan (Celje)" in said
    assert "Ana Novak, Vstopno mesto: Maribor → Celje" in said
    assert any(one.startswith("Maribor, Čas: ") and one.endswith("→ 5.00") for one in said)
    assert old.changes.count("removed") == 1
    assert old.changes.count("added") == 0


def test_a_stop_in_another_order_is_said_once(session: Session, event: str) -> None:
    keep(session, event, "driver-sheet", trip="1")
    stops.move_stop(session, bus(session, event).stops[1].id, 1)
    (old,) = kept_of_event(session, event)
    moved = [one for one in old.changes.found if one.how == "moved"]
    assert len(moved) == 1


def test_a_trip_called_off_or_deleted_makes_its_list_out_of_date(session: Session, event: str) -> None:
    first, _ = sorted(keep(session, event, "manifest"), key=lambda one: one.title)
    trips.call_off(session, first.subject)
    old = kept_states.kept_list(session, first.id)
    assert any(one.after == "odpovedana" for one in old.changes.found), old.changes
    trips.delete_trip(session, first.subject)
    gone = next(one for one in kept_of_event(session, event) if one.id == first.id)
    assert gone.state == "out-of-date"
    assert {one.how for one in gone.changes.found} == {"removed"}


def test_a_later_list_replaces_an_unsent_one_but_not_what_somebody_holds(session: Session, event: str) -> None:
    (first,) = keep(session, event)
    second, replaced = keep(session, event)
    assert (second.number, replaced.id, replaced.state) == (2, first.id, "replaced")
    kept_lists.mark_sent(session, first.id, to="Prevozi Hribar", at=LATER)
    assert [one.state for one in kept_of_event(session, event)] == ["made", "sent"]
    kept_lists.mark_sent(session, second.id, to="Prevozi Hribar", at=LATER + dt.timedelta(hours=1))
    assert [one.state for one in kept_of_event(session, event)] == ["sent", "replaced"]
    kept_lists.mark_sent(session, second.id, to="", at=None)
    assert [one.state for one in kept_of_event(session, event)] == ["made", "sent"]


def test_sent_to_nobody_or_too_early_is_refused(session: Session, event: str) -> None:
    (one,) = keep(session, event)
    with pytest.raises(OfficeError, match="to whom"):
        kept_lists.mark_sent(session, one.id, to="  ", at=LATER)
    with pytest.raises(OfficeError, match="before it was made"):
        kept_lists.mark_sent(session, one.id, to="Firma", at=NOW - dt.timedelta(minutes=1))
    with pytest.raises(OfficeError, match="not there any more"):
        kept_lists.mark_sent(session, "x", to="Firma", at=LATER)


def test_the_note_is_a_page_for_each_list_that_is_out_of_date(session: Session, event: str) -> None:
    keep(session, event, "manifest")
    (firm, *_) = keep(session, event)
    with pytest.raises(OfficeError, match="Nothing has changed"):
        note(session, event)
    seats.unseat(session, [rider(session, event, "Črt")])
    said = pages(note(session, event))
    assert len(said) == 2
    assert any("Zupan" in page and "odstranjeno" in page for page in said)
    (one,) = pages(note(session, event, list=firm.code.lower()))
    assert firm.code in one
    assert "Zupan" not in one


def note(session: Session, event: str, **options: Any) -> Any:
    return papers_changes.make_note(session, event, language="", options=options, now=LATER, who="Ana")


def test_the_mail_says_what_changed_and_encloses_the_list_of_now(session: Session, event: str) -> None:
    (one,) = keep(session, event)
    with pytest.raises(OfficeError, match="Nothing has changed"):
        kept_again.changes_mail(session, one.id, now=LATER, who="Ana")
    kept_lists.mark_sent(session, one.id, to="Prevozi Hribar", at=LATER)
    seats.unseat(session, [rider(session, event, "Ana")])
    draft, made = kept_again.changes_mail(session, one.id, now=LATER, who="Ana")
    mail = message_from_bytes(eml(draft), policy=default)
    assert "prevozi@example.org" in mail["To"]
    body = mail.get_body(("plain",))
    assert body is not None
    assert "Maribor, Vstopi: 1 → —" in body.get_content()
    (enclosed,) = mail.iter_attachments()
    assert enclosed.get_content() == issues.printed_again(session, made).pdf
    new, old = kept_of_event(session, event)
    assert (new.id, new.state, old.state) == (made, "made", "out-of-date")


def test_a_workbook_is_kept_as_it_went_out(session: Session, event: str) -> None:
    (one,) = keep(session, event, suffix=".xlsx")
    assert one.file_name.endswith(".xlsx")
    assert issues.printed_again(session, one.id).pdf.startswith(b"PK")
    seats.unseat(session, [rider(session, event, "Ana")])
    assert kept_again.make_again(session, one.id, now=LATER, who="Ana")
    assert kept_of_event(session, event)[0].file_name.endswith(".xlsx")


def test_nothing_is_keyed_in_from_a_list(session: Session, event: str) -> None:
    (one,) = keep(session, event)
    with pytest.raises(OfficeError, match="nothing is keyed in"):
        issues.find_issue(session, one.code)


def test_keeping_is_undone_and_old_files_stay(sqlite_db: Database) -> None:
    db = sqlite_db
    key = db.write(an_event, label=T("Test"))
    (one,) = db.write(keep, key, label=T("Print"))
    db.write(kept_lists.mark_sent, one.id, to="Firma", at=LATER, label=T("Sent"))
    before = db.read(issues.printed_again, one.id).pdf
    db.write(_rename, key, label=T("Test"))
    assert db.read(issues.printed_again, one.id).pdf == before
    assert db.read(kept_of_event, key)[0].state == "out-of-date"
    db.undo()
    assert db.read(kept_of_event, key)[0].state == "sent"
    db.undo()
    assert db.read(kept_of_event, key)[0].state == "made"
    db.undo()
    assert db.read(kept_of_event, key) == []


def _rename(session: Session, event_id: str) -> None:
    session.get_one(Registration, rider(session, event_id, "Ana")).status = "cancelled"
    seats.unseat(session, [rider(session, event_id, "Ana")])


def test_only_kept_lists_are_compared_and_once_each(
    session: Session, event: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(4):
        keep(session, event, "bus-firm-list")
    asked: list[str] = []
    kind = kept_states.KEPT["bus-firm-list"]

    def says(*given_: Any) -> Said | None:
        asked.append(given_[2])
        return kind.says(*given_)

    monkeypatch.setitem(kept_states.KEPT, "bus-firm-list", kept_states.KeptKind(kind.title, says))
    assert len(kept_of_event(session, event)) == 4
    assert len(asked) == 1


def test_what_was_stored_is_read_back(session: Session, event: str) -> None:
    (one,) = keep(session, event)
    said = kept_lists.read(session.get_one(Issue, one.id).said)
    assert kept_lists.read(kept_lists.stored(said)) == said
    assert said.lines


def a_list(keys: list[int], words: dict[int, str] | None = None) -> Said:
    told = words or {}
    lines = tuple(Line(str(k), "stop", f"Stop {k}", {"time": told.get(k, "")}) for k in keys)
    return Said("", {"stop": "Stops"}, {"time": "Time"}, lines, ("stop",))


def test_the_words_of_a_change() -> None:
    found = compare(a_list([1, 2, 3], {2: "8.00"}), a_list([1, 3, 2, 4], {2: "8.15"})).found
    assert found == (
        Change("moved", "Stops", "Stop 3", after="Stop 1", key="3"),
        Change("changed", "Stops", "Stop 2", "Time", "8.00", "8.15", "2"),
        Change("added", "Stops", "Stop 4", key="4"),
    )


orders = st.lists(st.integers(0, 8), unique=True, max_size=8)


@given(orders, orders)
def test_a_comparison_tells_everything_and_nothing_else(before: list[int], after: list[int]) -> None:
    found = compare(a_list(before), a_list(after)).found
    assert {int(one.key) for one in found if one.how == "added"} == set(after) - set(before)
    assert {int(one.key) for one in found if one.how == "removed"} == set(before) - set(after)
    moved = {int(one.key) for one in found if one.how == "moved"}
    # Without the moved ones both are in one order, and there are never more than needed.
    assert [k for k in before if k in after and k not in moved] == [k for k in after if k in before and k not in moved]
    assert bool(moved) == ([k for k in before if k in after] != [k for k in after if k in before])
    assert not compare(a_list(after), a_list(after))

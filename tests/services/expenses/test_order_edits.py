"""Edits of travel orders and what follows from them, on SQLite and PostgreSQL; numbers when two write at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.expenses import CostLine, TravelOrder
from mama_desktop.domain.files import Attachment
from mama_desktop.domain.orders import absence_words
from mama_desktop.domain.rows import Found
from mama_desktop.domain.text import T
from mama_desktop.services import deleting, editing, files, history
from mama_desktop.services.expenses import order_edits, order_rows, payables, settlements, travel_orders
from mama_desktop.services.expenses.travel_orders import Wish
from mama_desktop.services.files import Brought
from mama_desktop.store.database import Database
from tests.factories import make_event, make_person, make_vehicle
from tests.services.test_last_place import both

NOW = dt.datetime(2020, 4, 1, 9)
# Between looking up the last number and writing each waits long enough for the other, if nothing kept it out.
_SLOW = """
    import datetime as dt, time
    from mama_desktop.domain.text import T
    from mama_desktop.services.expenses import travel_orders
    known = travel_orders.next_number
    def slowly(*args):
        found = known(*args)
        time.sleep(1)
        return found
    travel_orders.next_number = slowly
    db = open_workspace(sys.argv[1], actor=actor, window=False)
    print("ready", flush=True)
    sys.stdin.readline()
    wish = travel_orders.Wish(sys.argv[3])
    db.write(travel_orders.issue_order, wish, now=dt.datetime(2020, 4, 1, 9), label=T("New travel order"))
    print("in")
    db.close()
"""


def change(session: Session, key: str, field: str, value: Any) -> TravelOrder:
    editing.change(session, "travel_order", [key], field, value, now=NOW)
    return session.get_one(TravelOrder, key)


@pytest.fixture
def order(session: Session) -> str:
    """Ana is sent to Koper in a volunteer's car."""
    person = make_person(session, "Ana", street="Cesta 1", postal_code="3000", town="Celje")
    event = make_event(session, town="Koper", starts_on=dt.date(2020, 4, 2))
    car = make_vehicle(session, kind="volunteer-car", registration_number="CE AB-123")
    return travel_orders.issue_order(session, Wish(person.id, event.id, vehicle_id=car.id), now=NOW)


def lines(session: Session, key: str) -> list[tuple[str, int]]:
    return [(line.kind, line.amount_cents) for line in travel_orders.lines_of(session, key)]


def test_the_settlement_follows_every_edit(session: Session, order: str) -> None:
    change(session, order, "left_at", dt.datetime(2020, 4, 2, 6))
    assert lines(session, order) == []
    change(session, order, "returned_at", "2. 4. 2020 ob 20.00")
    assert lines(session, order) == [("per-diem", 2_139)]
    change(session, order, "km", 210)
    assert lines(session, order) == [("per-diem", 2_139), ("mileage", 7_770)]
    change(session, order, "breakfasts", 1)
    assert lines(session, order)[0] == ("per-diem", 1_925)
    change(session, order, "per_diem", False)
    assert lines(session, order) == [("mileage", 7_770)]
    # In the office's car no kilometres are paid.
    change(session, order, "means", "office-car")
    assert lines(session, order) == []


def test_a_return_before_the_departure_is_refused_and_nothing_is_written(session: Session, order: str) -> None:
    change(session, order, "left_at", dt.datetime(2020, 4, 2, 6))
    with pytest.raises(OfficeError, match="before the departure"), session.begin_nested():
        change(session, order, "returned_at", dt.datetime(2020, 4, 2, 5))
    assert session.get_one(TravelOrder, order).returned_at is None


def test_words_that_are_no_day_and_hour_are_refused(session: Session, order: str) -> None:
    for words in ("jutri", "2. 4. 2020", "25.99"):
        with pytest.raises(OfficeError, match="no day and hour"):
            change(session, order, "leaves_at", words)


def test_a_number_stays_in_its_year(session: Session, order: str) -> None:
    assert change(session, order, "issued_on", dt.date(2020, 12, 31)).issued_on == dt.date(2020, 12, 31)
    with pytest.raises(OfficeError, match="belongs to its year"):
        change(session, order, "issued_on", dt.date(2021, 1, 1))
    person = make_person(session, "Bor")
    last_year = travel_orders.issue_order(session, Wish(person.id, issued_on=dt.date(2019, 12, 30)), now=NOW)
    late = session.get_one(TravelOrder, last_year)
    assert (late.year, late.number) == (2019, 1)


def test_another_person_brings_post_and_address(session: Session, order: str) -> None:
    bor = make_person(session, "Bor", street="Pot 2", postal_code="1000", town="Ljubljana", function="prostovoljec")
    changed = change(session, order, "person", Found("person", bor.id, "Bor Novak"))
    assert (changed.person_id, changed.post, changed.home_address) == (bor.id, "prostovoljec", "Pot 2, 1000 Ljubljana")
    with pytest.raises(OfficeError):
        change(session, order, "person", "")


def test_an_odometer_gives_the_kilometres(session: Session, order: str) -> None:
    change(session, order, "odometer_start", 120_500)
    assert change(session, order, "odometer_end", 120_710).km == 210
    with pytest.raises(OfficeError, match="odometer"):
        change(session, order, "odometer_end", 120_000)


def test_a_vehicle_says_by_what_one_travels(session: Session, order: str) -> None:
    van = make_vehicle(session, "Kombi", kind="van", registration_number="LJ KO-111")
    changed = change(session, order, "vehicle_id", van.id)
    assert (changed.means, changed.registration_number) == ("office-car", "LJ KO-111")


def test_the_plan_is_taken_over_where_nothing_is_keyed_in(session: Session, order: str) -> None:
    change(session, order, "returns_at", dt.datetime(2020, 4, 2, 20))
    change(session, order, "left_at", dt.datetime(2020, 4, 2, 5))
    order_edits.take_plan(session, order)
    found = session.get_one(TravelOrder, order)
    assert (found.left_at, found.returned_at) == (dt.datetime(2020, 4, 2, 5), dt.datetime(2020, 4, 2, 20))
    assert lines(session, order) == [("per-diem", 2_139)]


def test_costs_are_corrected_but_not_those_that_follow(session: Session, order: str) -> None:
    order_edits.take_plan(session, order)
    line = settlements.add_cost(session, order, kind="toll", what="vinjeta", amount_cents=1_500)
    editing.change(session, "order_cost", [line], "amount_cents", 1_600, now=NOW)
    assert ("toll", 1_600) in lines(session, order)
    computed = session.scalars(select(CostLine.id).where(CostLine.computed)).first()
    assert computed is not None
    with pytest.raises(OfficeError, match="follows from a rate"):
        editing.change(session, "order_cost", [computed], "amount_cents", 1, now=NOW)
    with pytest.raises(OfficeError, match="follow from the hours"):
        editing.change(session, "order_cost", [line], "kind", "mileage", now=NOW)
    assert settlements.remove_costs(session, [line]) == 1


def test_a_receipt_stays_with_its_cost_until_it_is_removed(session: Session, order: str) -> None:
    line = settlements.add_cost(session, order, kind="ticket", what="vlak", amount_cents=990)
    settlements.keep_receipt(session, line, [Brought("vlak.pdf", b"%PDF-1.4 x")], now=NOW, who="Maja")
    (row,) = order_rows.cost_rows(session, order).rows
    assert "vlak.pdf" in row
    key = settlements.receipt_of(session, line)
    assert session.get_one(Attachment, key).order_id == order
    files.remove_files(session, [key])
    assert settlements.receipt_of(session, line) == ""
    assert lines(session, order) == [("ticket", 990)]


def test_what_is_closed_is_only_read(session: Session, order: str) -> None:
    order_edits.take_plan(session, order)
    for status in ("settled", "approved"):
        travel_orders.carry(session, [order], status, now=NOW, who="Maja")
    with pytest.raises(OfficeError, match="closed"):
        change(session, order, "km", 100)
    assert change(session, order, "remarks", "dogovorjeno").remarks == "dogovorjeno"


def test_a_cancelled_order_keeps_its_number_and_says_why(session: Session, order: str) -> None:
    travel_orders.carry(session, [order], "cancelled", now=NOW, reason="Potovanje je odpadlo.")
    found = session.get_one(TravelOrder, order)
    assert (found.status, found.remarks) == ("cancelled", "Potovanje je odpadlo.")
    assert travel_orders.next_number(session, 2020) == 2
    assert order_rows.count_of(session, event_id=found.event_id or "") == 0


def test_an_approved_settlement_waits_to_be_paid(session: Session, order: str) -> None:
    change(session, order, "returns_at", dt.datetime(2020, 4, 2, 20))
    change(session, order, "advance_cents", 1_000)
    order_edits.take_plan(session, order)
    for status in ("settled", "approved"):
        travel_orders.carry(session, [order], status, now=NOW, who="Maja")
    (one,) = payables.payables(session)
    card = order_rows.order_card(session, order)
    assert card is not None
    # Ten hours or more: from 8 to 20 h is twelve hours, so 10.68 less the advance.
    assert (one.key, one.cents) == (order, card.to_pay_cents) == (order, 68)


def test_who_gives_back_of_the_advance_is_not_paid(session: Session, order: str) -> None:
    change(session, order, "advance_cents", 50_000)
    order_edits.take_plan(session, order)
    for status in ("settled", "approved"):
        travel_orders.carry(session, [order], status, now=NOW)
    card = order_rows.order_card(session, order)
    assert card is not None
    assert card.to_pay_cents < 0
    assert payables.payables(session) == []


def test_abroad_the_border_counts_and_what_is_in_doubt_is_said(session: Session, order: str) -> None:
    change(session, order, "country", "HR")
    change(session, order, "left_at", dt.datetime(2020, 4, 2, 6))
    change(session, order, "returned_at", dt.datetime(2020, 4, 3, 6))
    whole = lines(session, order)
    change(session, order, "border_out_at", dt.datetime(2020, 4, 2, 8))
    change(session, order, "border_back_at", dt.datetime(2020, 4, 2, 20))
    card = order_rows.order_card(session, order, language="en")
    assert card is not None
    assert card.is_abroad
    assert lines(session, order) != whole
    assert card.doubts


def test_absence_is_said_in_days_and_hours() -> None:
    assert str(absence_words(dt.timedelta(days=2, hours=4, minutes=15))) == "2 days, 4 hours, 15 minutes"
    assert str(absence_words(dt.timedelta(hours=1))) == "1 hour"
    assert str(absence_words(dt.timedelta())) == "0 hours"


def test_the_table_shows_all_orders_of_an_event_or_a_project(session: Session, order: str) -> None:
    event = session.get_one(TravelOrder, order).event_id or ""
    other = travel_orders.issue_order(session, Wish(make_person(session, "Bor").id), now=NOW)
    assert set(order_rows.orders_table(session).keys) == {order, other}
    assert order_rows.orders_of(session, event_id=event).keys == (order,)
    choices = order_rows.choices_of(session, order)
    assert event in choices["event"]


def test_history_names_the_order_and_its_fields(db: Database) -> None:
    def begin(session: Session) -> str:
        return travel_orders.issue_order(session, Wish(make_person(session, "Ana").id), now=NOW)

    key = db.write(begin, label=T("New travel order"))
    db.write(editing.change, "travel_order", [key], "route", "Celje – Koper – Celje", now=NOW, label=T("Travel order"))
    changes = db.read(history.changes_of_record, "travel_order", key)
    assert len(changes) == 2
    db.undo()
    assert db.read(lambda s: s.get_one(TravelOrder, key).route) == ""


def test_two_processes_never_write_the_same_number(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.services.test_last_place._SLOW", _SLOW)
    people = db.write(lambda s: [make_person(s, name).id for name in ("Ana", "Bor")], label=T("Begin"))
    assert both(db, "", "", people) == ["in", "in"]
    numbers = db.read(lambda s: list(s.scalars(select(TravelOrder.number).order_by(TravelOrder.number))))
    assert numbers == [1, 2]


def test_whoever_has_an_order_is_not_deleted_and_an_event_leaves_it(session: Session, order: str) -> None:
    found = session.get_one(TravelOrder, order)
    # Only issued, or cancelled: the number stays either way.
    with pytest.raises(OfficeError, match="hangs on it: 1/2020"):
        deleting.delete_with_all(session, "person", [found.person_id])
    travel_orders.carry(session, [order], "cancelled", now=NOW)
    with pytest.raises(OfficeError, match="hangs on it: 1/2020"):
        deleting.delete_with_all(session, "person", [found.person_id])
    assert travel_orders.next_number(session, 2020) == 2
    assert found.event_id is not None
    deleting.delete_with_all(session, "event", [found.event_id])
    session.refresh(found)
    assert order_rows.orders_table(session).keys == [order]

"""Travel orders and their settlement, to the cent, on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.expenses import TravelOrder
from mama_desktop.services import office
from mama_desktop.services.expenses import settlements, travel_orders
from mama_desktop.services.expenses.travel_orders import Wish
from tests.factories import make_event, make_person, make_vehicle

NOW = dt.datetime(2020, 4, 1, 9)


def an_order(session: Session, **values: object) -> TravelOrder:
    office.set_settings(session, {"office.town": "Ljubljana", "office.representative": "Maja Zupan"})
    person = make_person(session, street="Cesta 1", postal_code="3000", town="Celje", function="vodja programa")
    event = make_event(session, town="Koper", starts_on=dt.date(2020, 4, 2), starts_at=dt.time(9), ends_at=dt.time(16))
    car = make_vehicle(session, kind="volunteer-car", registration_number="CE AB-123")
    key = travel_orders.issue_order(session, Wish(person.id, event.id, vehicle_id=car.id), now=NOW)
    order = session.get_one(TravelOrder, key)
    for name, value in values.items():
        setattr(order, name, value)
    session.flush()
    return order


def test_an_order_is_prefilled_and_numbered_per_year(session: Session) -> None:
    first = an_order(session)
    assert (first.year, first.number, first.issued_on) == (2020, 1, dt.date(2020, 4, 1))
    assert (first.route, first.means, first.registration_number) == (
        "Ljubljana – Koper – Ljubljana",
        "own-car",
        "CE AB-123",
    )
    assert (first.home_address, first.post, first.ordered_by) == ("Cesta 1, 3000 Celje", "vodja programa", "Maja Zupan")
    assert (first.leaves_at, first.returns_at) == (dt.datetime(2020, 4, 2, 9), dt.datetime(2020, 4, 2, 16))
    assert travel_orders.next_number(session, 2020) == 2
    assert travel_orders.next_number(session, 2021) == 1


def test_a_settlement_follows_the_rates_of_its_day(session: Session) -> None:
    order = an_order(
        session,
        left_at=dt.datetime(2020, 4, 2, 6),
        returned_at=dt.datetime(2020, 4, 2, 20),
        km=210.0,
        advance_cents=5_000,
    )
    settlements.add_cost(session, order.id, kind="toll", what="vinjeta", amount_cents=1_500)
    found = settlements.settle(session, order.id)
    # Fourteen hours: 21.39; 210 km at 0.37: 77.70; the toll.
    assert [line.amount_cents for line in found.lines] == [2_139, 7_770, 1_500]
    assert (found.total_cents, found.to_pay_cents) == (11_409, 6_409)
    assert found.absence == dt.timedelta(hours=14)
    order.returned_at = dt.datetime(2020, 4, 2, 11)
    again = settlements.settle(session, order.id)
    # Five hours give no per diem; the line keyed in by hand stays.
    assert [(line.kind, line.amount_cents) for line in again.lines] == [("mileage", 7_770), ("toll", 1_500)]


def test_what_has_no_rate_is_said_and_not_reckoned(session: Session) -> None:
    order = an_order(
        session, country="JP", means="plane", left_at=dt.datetime(2020, 4, 2, 6), returned_at=dt.datetime(2020, 4, 4, 6)
    )
    found = settlements.settle(session, order.id)
    assert found.lines == ()
    assert found.missing


def test_steps_follow_one_another(session: Session) -> None:
    order = an_order(session)
    with pytest.raises(OfficeError, match="cannot follow"):
        travel_orders.set_status(session, order.id, "paid", now=NOW)
    with pytest.raises(OfficeError, match="departure and the return"):
        travel_orders.set_status(session, order.id, "settled", now=NOW)
    order.left_at, order.returned_at = dt.datetime(2020, 4, 2, 6), dt.datetime(2020, 4, 2, 20)
    travel_orders.set_status(session, order.id, "settled", now=NOW)
    travel_orders.set_status(session, order.id, "approved", now=NOW, who="Maja")
    assert (order.approved_by, order.approved_on) == ("Maja", NOW.date())
    with pytest.raises(OfficeError, match="closed"):
        settlements.settle(session, order.id)
    travel_orders.set_status(session, order.id, "paid", now=NOW)
    assert order.paid_on == NOW.date()


def test_an_order_written_late_is_pointed_out(session: Session) -> None:
    order = an_order(session, issued_on=dt.date(2020, 4, 5))
    assert travel_orders.warnings_of(order)
    order.issued_on = dt.date(2020, 4, 4)
    assert not travel_orders.warnings_of(order)

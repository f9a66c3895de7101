"""The sample's transport: vehicles, who travels how, trips partly filled, bookings, claims and travel orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.expenses import BankAccount, CostLine, TravelClaim, TravelOrder
from mama_desktop.domain.registrations import TAKES_PLACE
from mama_desktop.domain.travel import TravelLeg
from mama_desktop.domain.trips import Seat, Trip, TripStop
from mama_desktop.domain.vehicles import Carrier, Vehicle
from mama_desktop.i18n import language
from mama_desktop.services.expenses.settlements import allowances_of
from mama_desktop.services.sample_data import add, data, day_of, key
from mama_desktop.services.sample_events import PlannedEvent
from mama_desktop.services.transport import roads, stops

Rows = list[dict[str, Any]]
People = Mapping[str, Mapping[str, Any]]
CLUB, FROM_NOTHING, NEAR = "2020-04-klub", "2020-04-osnove", "2020-03-euyou-spoznavni-mkc"
_ASKED_AT = dt.datetime(2020, 2, 27, 9, 30)
_AIRPORT = "Letališče Jožeta Pučnika Ljubljana"


def complete(session: Session, planned: list[PlannedEvent], registrations: Rows, people: Rows) -> None:
    """Everything of transport, once people, events and registrations are there."""
    told = data("transport.json")
    known = {one["id"]: one for one in people}
    events = {event.code: event.values for event in planned}
    coming = {code: _coming(registrations, event["id"]) for code, event in events.items()}
    by_name = {f"{one['given_name']} {one['family_name']}": one["id"] for one in reversed(people)}
    add(session, Carrier, ({**_without(row, "key"), "id": key("carrier", row["key"])} for row in told["carriers"]))
    add(session, Vehicle, (_vehicle(row, by_name) for row in told["vehicles"]))
    legs = [leg for code in (CLUB, FROM_NOTHING, NEAR) for leg in _legs(events[code], coming[code], known)]
    add(session, TravelLeg, legs)
    vehicles = {row["key"]: row for row in told["vehicles"]}
    for row in told["trips"]:
        _add_trip(session, row, events[row["event"]], coming[row["event"]], vehicles[row["vehicle"]], legs, by_name)
    add(session, Trip, (_booking(row, vehicles[row["vehicle"]]) for row in told["bookings"]))
    _add_claims(session, told["claims"], coming, by_name)
    _add_orders(session, told["orders"], events, known, by_name, vehicles)


def _coming(registrations: Rows, event_id: str) -> Rows:
    return [row for row in registrations if row["event_id"] == event_id and row["status"] in TAKES_PLACE]


def _without(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def _vehicle(row: dict[str, Any], by_name: Mapping[str, str]) -> dict[str, Any]:
    return {
        **_without(row, "key", "carrier", "owner"),
        "id": key("vehicle", row["key"]),
        "carrier_id": key("carrier", row["carrier"]) if "carrier" in row else None,
        "owner_id": by_name[row["owner"]] if "owner" in row else None,
    }


def _legs(event: Mapping[str, Any], coming: Rows, known: People) -> Rows:
    """Both ways of everybody; a few have not answered yet, a few were not asked."""
    legs = []
    for number, row in enumerate(coming):
        person = known[row["person_id"]]
        if number % 17 == 5:
            continue
        for direction in ("there", "back"):
            said = {} if number % 10 == 3 or not person["town"] else _travel(number, event, person, direction)
            legs.append({
                "id": key("leg", row["id"], direction),
                "registration_id": row["id"],
                "direction": direction,
                "status": "known" if said else "asked",
                "asked_at": _ASKED_AT,
                **said,
            })  # fmt: skip
    return legs


def _travel(number: int, event: Mapping[str, Any], person: Mapping[str, Any], direction: str) -> dict[str, Any]:
    there = direction == "there"
    home = roads.located(person["town"], person["country"], person["postal_code"])
    venue = roads.located(event["town"], event["country"], event["postal_code"])
    first, last = (home, venue) if there else (venue, home)
    said: dict[str, Any] = {
        "from_place": first.name, "from_country": first.country, "from_latitude": first.latitude,
        "from_longitude": first.longitude, "to_place": last.name, "to_country": last.country,
        "to_latitude": last.latitude, "to_longitude": last.longitude,
        "day": event["starts_on"] if there else event.get("ends_on") or event["starts_on"],
    }  # fmt: skip
    if person["country"] not in ("SI", "HR"):
        said |= {"means": "plane", "number": "LH 1726" if there else "LH 1727", "point": _AIRPORT, "luggage": 1,
                 "time": dt.time(7, 50) if there else dt.time(18, 25), "needs_transport": True}  # fmt: skip
    elif home.key == venue.key:
        said |= {"means": "on-foot", "needs_transport": False}
    elif number % 6 == 4:
        said |= {"means": "own-car", "needs_transport": False, "seats_offered": number % 4}
    elif number % 6 == 1:
        said |= {"means": "train", "needs_transport": False, "point": f"Železniška postaja {event['town']}",
                 "time": dt.time(9, 12) if there else dt.time(14, 38)}  # fmt: skip
    else:
        said |= {"means": "event-bus", "needs_transport": True, "luggage": number % 3}
    return said


def _add_trip(
    session: Session,
    row: dict[str, Any],
    event: Mapping[str, Any],
    coming: Rows,
    vehicle: Mapping[str, Any],
    legs: Rows,
    by_name: Mapping[str, str],
) -> None:
    trip, back = key("trip", row["key"]), row["direction"] == "back"
    anchor = dt.datetime.fromisoformat(row["anchor"])
    places = [event["town"], *row["stops"]] if back else [*row["stops"], event["town"]]
    registered = {one["person_id"]: one["id"] for one in coming}
    driver = registered.get(by_name[row["driver"]]) if "driver" in row else None
    near_stops = {place: key("stop", row["key"], str(n)) for n, place in enumerate(places, 1)}
    seats = _seats(row, near_stops, legs, {one["id"] for one in coming} - {driver}, vehicle["seats"])
    leader = row.get("leader", "")
    first = seats[0]["registration_id"] if leader == "first" and seats else registered.get(by_name.get(leader, ""))
    add(session, Trip, [{
        "id": trip, "event_id": event["id"], "name": f"{places[0]} – {places[-1]}", "direction": row["direction"],
        "status": row.get("status", "planned"), "day": anchor.date(), "vehicle_id": key("vehicle", row["vehicle"]),
        "seats": vehicle["seats"], "wheelchair_places": vehicle.get("wheelchair_places", 0),
        "driver_name": "" if "no_driver" in row else vehicle.get("driver_name", ""), "driver_id": driver,
        "driver_phone": "" if "no_driver" in row else vehicle.get("driver_phone", ""), "leader_id": first,
        "return_of_id": key("trip", row["return_of"]) if "return_of" in row else None,
        "price_cents": vehicle.get("price_cents"), "remarks": row.get("remarks", ""),
        "position": row["position"],
    }])  # fmt: skip
    rows = [_stop(trip, n, place, row, event) for n, place in enumerate(places, 1)]
    rows[0 if back else -1].update(at=anchor, at_by_hand=True)
    add(session, TripStop, rows)
    stops.follow(session, trip)
    add(session, Seat, seats)


def _stop(trip: str, number: int, place: str, row: dict[str, Any], event: Mapping[str, Any]) -> dict[str, Any]:
    is_venue = place == event["town"]
    at = roads.located(place, "SI", event["postal_code"] if is_venue else "")
    return {
        "id": key("stop", row["key"], str(number)), "trip_id": trip, "position": number, "place": place,
        "country": "SI", "latitude": at.latitude, "longitude": at.longitude, "is_venue": is_venue,
        "minutes": 0 if is_venue else 5,
        "meeting_point": event["venue"] if is_venue else row.get("meeting", {}).get(place, ""),
    }  # fmt: skip


def _seats(row: dict[str, Any], near_stops: Mapping[str, str], legs: Rows, may: set[str], places: int) -> Rows:
    """Whoever needs transport from a town where it stops, as many as there are seats, or as are to be shown."""
    end = "from_place" if row["direction"] == "there" else "to_place"
    wanted = [
        leg for leg in legs
        if leg["direction"] == row["direction"] and leg.get("needs_transport") and leg["registration_id"] in may
        and leg[end] in near_stops
    ]  # fmt: skip
    return [
        {
            "id": key("seat", row["key"], leg["registration_id"]),
            "trip_id": key("trip", row["key"]),
            "registration_id": leg["registration_id"],
            "stop_id": near_stops[leg[end]],
        }
        for leg in wanted[: min(places, row.get("most", places))]
    ]


def _booking(row: dict[str, Any], vehicle: Mapping[str, Any]) -> dict[str, Any]:
    begin, end = dt.datetime.fromisoformat(row["from"]), dt.datetime.fromisoformat(row["to"])
    return {
        **_without(row, "key", "from", "to", "vehicle"),
        "id": key("trip", row["key"]), "direction": "other", "vehicle_id": key("vehicle", row["vehicle"]),
        "seats": vehicle["seats"], "day": begin.date(), "leaves_at": begin, "arrives_at": end,
    }  # fmt: skip


def _add_claims(session: Session, told: Rows, coming: Mapping[str, Rows], by_name: Mapping[str, str]) -> None:
    claims, lines, accounts = [], [], []
    for row in told:
        person = by_name[row["person"]]
        claim = key("claim", row["event"], person)
        registration = next(one["id"] for one in coming[row["event"]] if one["person_id"] == person)
        days = {name: day_of(row.get(name)) for name in ("made_on", "returned_on", "approved_on")}
        kept = _without(row, "event", "person", "costs", "account")
        claims.append({**kept, **days, "id": claim, "registration_id": registration})
        lines += _costs(row["costs"], claim, "claim_id")
        if "account" in row:
            accounts.append({"id": key("account", person), "person_id": person, "holder": row["person"],
                             **row["account"]})  # fmt: skip
    add(session, TravelClaim, claims)
    add(session, BankAccount, accounts)
    add(session, CostLine, lines)


def _add_orders(
    session: Session,
    told: Rows,
    events: Mapping[str, Mapping[str, Any]],
    known: People,
    by_name: Mapping[str, str],
    vehicles: Mapping[str, Mapping[str, Any]],
) -> None:
    times = ("leaves_at", "returns_at", "left_at", "returned_at")
    for row in told:
        event, person = events[row["event"]], known[by_name[row["person"]]]
        order, issued = key("order", str(row["number"])), day_of(row["issued_on"])
        vehicle = vehicles.get(row.get("vehicle", ""), {})
        add(session, TravelOrder, [{
            "registration_number": vehicle.get("registration_number", ""),
            **_without(row, "person", "event", "vehicle", "costs"),
            **{name: dt.datetime.fromisoformat(row[name]) for name in times if name in row},
            "id": order, "year": issued.year if issued else 0, "issued_on": issued,
            "settled_on": day_of(row.get("settled_on")), "person_id": person["id"], "post": person["function"],
            "home_address": ", ".join(filter(None, (person["street"], person["town"]))), "ordered_by": "Ana Novak",
            "event_id": event["id"], "project_id": event["project_id"], "purpose": event["title_sl"],
            "vehicle_id": key("vehicle", row["vehicle"]) if vehicle else None, "payer": "Zavod Mladinska mreža MaMa",
        }])  # fmt: skip
        computed = allowances_of(session, session.get_one(TravelOrder, order)).lines
        lines = [
            {
                "id": key("cost", order, "computed", str(n)), "order_id": order, "position": n, "kind": line.kind,
                "what": language("sl").say(line.what), "day": line.day, "quantity": line.quantity, "unit": line.unit,
                "amount_cents": line.amount_cents, "computed": True, "certainty": line.certainty,
                "source": line.source,
            }
            for n, line in enumerate(computed, 1)
        ]  # fmt: skip
        add(session, CostLine, [*lines, *_costs(row["costs"], order, "order_id", after=len(lines))])


def _costs(told: Iterable[list[Any]], owner: str, column: str, *, after: int = 0) -> Rows:
    return [
        {
            "id": key("cost", owner, str(n)), column: owner, "position": n + after, "kind": kind, "day": day_of(day),
            "what": what, "amount_cents": cents,
        }
        for n, (kind, day, what, cents) in enumerate(told, 1)
    ]  # fmt: skip

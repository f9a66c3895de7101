"""A suggestion of transport told: both plans side by side, each vehicle's stops, who stays behind and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from mama_desktop.domain.text import TN, T, Text, verbatim
from mama_desktop.i18n import Language
from mama_desktop.planning.proposal import Figures, Proposal, TripFigures
from mama_desktop.services.transport.applying import Applied
from mama_desktop.services.transport.proposing import Asked


def lines(asked: Asked, proposal: Proposal, words: Language, *, applied: Applied | None = None) -> Iterator[Text]:
    """For people, line by line."""
    if not asked.riders and not asked.left_out:
        yield T("Nobody is waiting for transport.")
        return
    yield T("Today: {figures}", figures=said(proposal.present, words))
    yield T("Suggested: {figures}", figures=said(proposal.figures, words))
    if proposal.is_present:
        yield T("Nothing better than today's plan was found.")
    for trip in proposal.figures.trips:
        offer = asked.offer(trip.vehicle)
        yield T("{vehicle}: {people} of {seats} seats, {km} km", vehicle=offer.name, people=trip.people,
                seats=offer.seats, km=words.number(trip.km, 0))  # fmt: skip
        for place, at, people in stops(asked, trip):
            time, names = words.time(at), ", ".join(people)
            yield (verbatim(f"  {time}  {place}: {names}") if people else verbatim(f"  {time}  {place}"))
    for name, why in behind(asked, proposal):
        yield T("Without a seat: {name} ({why})", name=name, why=why)
    if applied is not None:
        yield T("The suggestion is written into the plan; Ctrl+Z takes it back in the program.")


def said(figures: Figures, words: Language) -> Text:
    """People, vehicles, kilometres, minutes, empty seats and cost of a plan in a line."""
    return T(
        "{people}, {vehicles}, {km} km, {minutes} min, {empty}, {cost}",
        people=TN("{count} person seated", "{count} people seated", figures.people),
        vehicles=TN("{count} vehicle", "{count} vehicles", figures.vehicles),
        km=words.number(figures.km, 0),
        minutes=words.number(figures.minutes, 0),
        empty=TN("{count} empty seat", "{count} empty seats", figures.empty_seats),
        cost=words.money(Decimal(figures.cost_cents) / 100),
    )


def stops(asked: Asked, trip: TripFigures) -> list[tuple[str, dt.time, list[str]]]:
    """(place, time of leaving, names) of each stop of a suggested trip in the order of the drive."""
    return [
        (
            asked.places[stop.place].name,
            stop.leaves.time(),
            [asked.riders[person].name for person in stop.travellers if person in asked.riders],
        )
        for stop in trip.stops
    ]


def behind(asked: Asked, proposal: Proposal) -> list[tuple[str, Text]]:
    """(name, why) of everybody without a seat, those who were not in the question at the end."""
    found = [(asked.riders[person].name, one.words) for one in proposal.unplaced for person in one.travellers]
    return found + [(asked.names.get(key, ""), why) for key, why in asked.left_out]


def as_json(asked: Asked, proposal: Proposal, words: Language, *, applied: Applied | None = None) -> dict[str, Any]:
    """For machines: figures of both plans, trips, who stays behind. Cost in euros."""
    return {
        "direction": asked.direction,
        "at": asked.at.isoformat(),
        "present": _figures(proposal.present),
        "suggested": _figures(proposal.figures),
        "is_present": proposal.is_present,
        "trips": [
            {
                "vehicle": asked.offer(trip.vehicle).name,
                "people": trip.people,
                "empty_seats": trip.empty_seats,
                "km": round(trip.km, 1),
                "stops": [
                    {"place": place, "time": f"{at:%H:%M}", "people": people}
                    for place, at, people in stops(asked, trip)
                ],
            }
            for trip in proposal.figures.trips
        ],
        "without": [{"name": name, "why": words.say(why)} for name, why in behind(asked, proposal)],
        "applied": applied is not None,
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "people": figures.people,
        "vehicles": figures.vehicles,
        "km": round(figures.km, 1),
        "minutes": round(figures.minutes),
        "empty_seats": figures.empty_seats,
        "cost": figures.cost_cents / 100,
    }

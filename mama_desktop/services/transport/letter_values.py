"""What a letter may say of somebody's transport: trip, stop, times, vehicle and leader, there and back."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.i18n import language as language_of
from mama_desktop.services.placeholders import Placeholder
from mama_desktop.services.transport.papers_trip import stop_words, vehicle_words
from mama_desktop.services.transport.passengers import Load, Passenger, loads

GROUP = "trip"
PLACEHOLDERS = (
    Placeholder("trip_there", T("Trip there"), GROUP),
    Placeholder("stop_there", T("Stop there"), GROUP),
    Placeholder("departure_there", T("Departure there"), GROUP),
    Placeholder("arrival_there", T("Arrival there"), GROUP),
    Placeholder("vehicle_there", T("Vehicle there"), GROUP),
    Placeholder("leader_there", T("Leader on the way there"), GROUP),
    Placeholder("leader_phone_there", T("Phone of the leader on the way there"), GROUP),
    Placeholder("trip_back", T("Trip back"), GROUP),
    Placeholder("stop_back", T("Stop back"), GROUP),
    Placeholder("departure_back", T("Departure back"), GROUP),
    Placeholder("arrival_back", T("Arrival back"), GROUP),
    Placeholder("vehicle_back", T("Vehicle back"), GROUP),
    Placeholder("leader_back", T("Leader on the way back"), GROUP),
    Placeholder("leader_phone_back", T("Phone of the leader on the way back"), GROUP),
)


def trip_values(
    session: Session, event_id: str, registration_ids: Collection[str], code: str
) -> dict[str, dict[str, str]]:  # fmt: skip
    """Registration → placeholder → words; nobody who has no seat. Of leaders without a phone the driver's stands."""
    say, wanted = language_of(code), set(registration_ids)
    found: dict[str, dict[str, str]] = {}
    for load in loads(session, event_id):
        if load.trip.direction == "other":
            continue
        for one in load.people:
            if one.registration_id in wanted:
                found.setdefault(one.registration_id, {}).update(_said(load, one, say))
    return found


def not_expected(session: Session, event_id: str) -> set[str]:
    """Placeholders nobody misses: of a direction without trips all, of others vehicle and leader, who come later."""
    ways = {load.trip.direction for load in loads(session, event_id)} if event_id else set()
    return {
        one.key
        for one in PLACEHOLDERS
        if one.key.rpartition("_")[2] not in ways or one.key.startswith(("vehicle_", "leader_"))
    }


def _said(load: Load, one: Passenger, say: Language) -> dict[str, str]:
    trip, way = load.trip, load.trip.direction
    stop = next((stop for stop in trip.stops if stop.id == one.stop_id), None)
    # There they get on at their stop and off at the end; going home the other way round.
    if way == "back":
        leaves, arrives = trip.leaves_at, stop.at if stop else None
    else:
        leaves, arrives = stop.at if stop else None, trip.arrives_at
    leads = (trip.leader_name, trip.leader_phone) if trip.leader_phone else (trip.driver_name, trip.driver_phone)
    if not leads[1]:
        leads = (trip.leader_name or trip.driver_name, "")
    said = {
        "trip": trip.name,
        "stop": stop_words(stop) if stop else "",
        "departure": say.date_time(leaves) if leaves else "",
        "arrival": say.date_time(arrives) if arrives else "",
        "vehicle": vehicle_words(load),
        "leader": leads[0],
        "leader_phone": leads[1],
    }
    return {f"{key}_{way}": words for key, words in said.items()}

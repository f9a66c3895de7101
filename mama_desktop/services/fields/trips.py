"""The fields of a trip, of one of its stops, and of a seat in it."""

from __future__ import annotations

from mama_desktop.domain import trips
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T
from mama_desktop.domain.trips import RoadDistance, Seat, Trip, TripStop
from mama_desktop.services.fields.field import Field, computed, plain, registry

# Where the time of a stop comes from, and the kilometres to it.
FROM = {"hand": T("by hand"), "follows": T("follows")}
ROADS = {"typed": T("typed"), "estimated": T("estimated"), "unknown": T("place not found")}

TRIP_FIELDS = registry(
    plain(Trip.name, T("Name of the trip"), width=220),
    computed("direction", T("Direction"), (Trip.direction,), None, "choice", choices=trips.TRIP_DIRECTIONS, width=100),
    plain(Trip.status, T("Status"), "choice", choices=trips.TRIP_STATUSES, width=110),
    plain(Trip.day, T("Day"), "date"),
    plain(Trip.vehicle_id, T("Vehicle"), "vehicle", width=160),
    plain(Trip.seats, T("Seats for passengers"), "number", width=90),
    plain(Trip.wheelchair_places, T("Places for wheelchairs"), "number", width=90),
    plain(Trip.driver_id, T("Participant who drives"), "driver", width=160),
    plain(Trip.driver_name, T("Driver"), width=160),
    plain(Trip.driver_phone, T("Driver’s phone"), "phone", sensitivity="personal", width=130),
    plain(Trip.leader_id, T("Leader, one of the people"), "leader", width=160),
    plain(Trip.leader_name, T("Leader, somebody else"), width=160),
    plain(Trip.leader_phone, T("Leader’s phone"), "phone", sensitivity="personal", width=130),
    plain(Trip.price_cents, T("Price"), "money", width=100),
    plain(Trip.km, T("Kilometres"), "decimal", width=90),
    plain(Trip.remarks, T("Remarks"), "long-text", width=220),
)

TRIP_STOP_FIELDS = registry(
    computed("position", T("No."), (TripStop.position,), None, "number", width=56),
    plain(TripStop.place, T("Stop"), "town", width=140),
    plain(TripStop.meeting_point, T("Meeting point"), width=170),
    Field(FieldInfo("at", T("Arrives"), "time", width=70), (TripStop.at,), writes=TripStop.at),
    Field(
        FieldInfo("at_by_hand", T("The time"), "choice", choices=FROM, width=84), (TripStop.at_by_hand,),
        writes=TripStop.at_by_hand,
    ),
    computed("people", T("People"), (), None, "number", width=66),
    Field(FieldInfo("km", T("Km to here"), "decimal", width=90), (), writes=RoadDistance.km),
    Field(FieldInfo("drive_minutes", T("Drive, min"), "number", width=92), (), writes=RoadDistance.minutes),
    computed("road", T("Distance"), (), None, "choice", choices=ROADS, width=90),
    plain(TripStop.minutes, T("Stands, min"), "number", width=100),
    computed("notice", T("Notice"), (), None, width=260),
    plain(TripStop.remarks, T("Remarks"), width=200),
)  # fmt: skip

SEAT_FIELDS = registry(
    computed("at", T("Time"), (TripStop.at,), None, "time", width=80),
    plain(Seat.stop_id, T("Stop"), "stop", width=170),
    computed("family_name", T("Family name"), (Person.family_name,), None, width=140),
    computed("given_name", T("Given name"), (Person.given_name,), None, width=120),
    plain(Seat.boarded, T("Boarded"), "bool", width=90),
    computed("minor", T("Minor"), (), None, "choice", choices={"minor": T("minor")}, width=110),
    computed("phone", T("Phone"), (Person.phone,), None, "phone", sensitivity="personal", width=140),
    computed("call", T("Whom to call"), (), None, sensitivity="personal", width=160),
    computed("call_phone", T("Their phone"), (), None, "phone", sensitivity="personal", width=140),
    computed("organisation", T("Organisation"), (Organisation.name_sl,), None, width=220),
    plain(Seat.wheelchair, T("Wheelchair"), "bool", editable=False, width=110),
    plain(Seat.remarks, T("Remarks"), width=200),
)  # fmt: skip

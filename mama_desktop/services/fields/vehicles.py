"""The fields of vehicles and of the carriers they are hired from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T
from mama_desktop.domain.trips import Trip
from mama_desktop.domain.vehicles import VEHICLE_KINDS, Carrier, Vehicle
from mama_desktop.services.fields.field import Field, computed, name_in, plain, registry


def _full_name(_language: str, given_name: str | None, family_name: str | None) -> str:
    return f"{given_name or ''} {family_name or ''}".strip()


_TRIPS_OF_VEHICLE = (
    select(func.count())
    .where(Trip.vehicle_id == Vehicle.id, Trip.status != "cancelled")
    .correlate(Vehicle)
    .scalar_subquery()
)
_VEHICLES_OF_CARRIER = (
    select(func.count()).where(Vehicle.carrier_id == Carrier.id, Vehicle.in_use).correlate(Carrier).scalar_subquery()
)
VEHICLE_FIELDS = registry(
    plain(Vehicle.name, T("Name of the vehicle"), width=180),
    plain(Vehicle.kind, T("Kind"), "choice", choices=VEHICLE_KINDS, width=150),
    plain(Vehicle.seats, T("Seats"), "number", width=80),
    Field(FieldInfo("carrier", T("Carrier"), "carrier", width=190), (Carrier.name,), writes=Vehicle.carrier_id),
    plain(Vehicle.driver_name, T("Driver"), sensitivity="personal", width=140),
    plain(Vehicle.driver_phone, T("Driver’s phone"), "phone", sensitivity="personal", width=135),
    plain(Vehicle.price_cents, T("Price of a trip"), "money", width=110),
    plain(Vehicle.in_use, T("In use"), "bool", width=80),
    plain(Vehicle.price_per_km_cents, T("Price per km"), "money", width=105),
    plain(Vehicle.registration_number, T("Registration number"), width=140),
    plain(Vehicle.wheelchair_places, T("Wheelchairs"), "number", width=105),
    plain(Vehicle.luggage, T("Pieces of luggage"), "number", width=110),
    Field(
        FieldInfo("owner", T("Owner"), "person", "personal", width=160), (Person.given_name, Person.family_name),
        _full_name, writes=Vehicle.owner_id,
    ),
    plain(Vehicle.home_place, T("Starts from"), "town", width=140),
    computed("trips", T("Trips"), (_TRIPS_OF_VEHICLE,), None, "number", width=80),
    plain(Vehicle.remarks, T("Remarks"), "long-text", width=220),
)  # fmt: skip
CARRIER_FIELDS = registry(
    plain(Carrier.name, T("Name of the carrier"), width=260),
    plain(Carrier.contact_person, T("Contact person"), sensitivity="personal", width=160),
    plain(Carrier.phone, T("Phone"), "phone", width=150),
    plain(Carrier.email, T("E-mail"), "email", width=210),
    plain(Carrier.town, T("Town"), "town", width=140),
    Field(
        FieldInfo("organisation", T("Organisation"), "organisation", width=200),
        (Organisation.name_sl, Organisation.name_en), name_in, writes=Carrier.organisation_id,
    ),
    computed("vehicles", T("Vehicles in use"), (_VEHICLES_OF_CARRIER,), None, "number", width=110),
    plain(Carrier.remarks, T("Remarks"), "long-text", width=260),
)  # fmt: skip


def vehicles_query() -> Select[Any]:
    """What the fields of vehicles need, joined."""
    query = select(Vehicle.id).select_from(Vehicle).outerjoin(Carrier, Carrier.id == Vehicle.carrier_id)
    return query.outerjoin(Person, Person.id == Vehicle.owner_id)


def carriers_query() -> Select[Any]:
    """What the fields of carriers need, joined."""
    return select(Carrier.id).select_from(Carrier).outerjoin(Organisation, Organisation.id == Carrier.organisation_id)

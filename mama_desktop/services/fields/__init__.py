"""The one registry of fields: tables, filters, lists, exports and imports all read it."""

from __future__ import annotations

from mama_desktop.services.fields.affiliation import AFFILIATION_FIELDS
from mama_desktop.services.fields.answers import (
    ANSWER,
    ANSWERS,
    answer_field,
    chosen,
    heading_field,
    is_key,
    with_answers_apart,
)
from mama_desktop.services.fields.attachment import ATTACHMENT_FIELDS
from mama_desktop.services.fields.event import EVENT_DETAILS, EVENT_FIELDS
from mama_desktop.services.fields.field import Field, listing
from mama_desktop.services.fields.group import GROUP_DETAILS, GROUP_FIELDS, MEMBERSHIP_FIELDS
from mama_desktop.services.fields.organisation import ORGANISATION_DETAILS, ORGANISATION_FIELDS
from mama_desktop.services.fields.person import BANDS, PERSON_FIELDS
from mama_desktop.services.fields.project import PROJECT_FIELDS
from mama_desktop.services.fields.registration import (
    ORIGINS,
    REGISTRATION_DEFAULT,
    REGISTRATION_FIELDS,
    options_field,
    registrations_query,
)
from mama_desktop.services.fields.travel import TRAVEL_DEFAULT, TRAVEL_FIELDS, travel_query
from mama_desktop.services.fields.trips import SEAT_FIELDS, TRIP_FIELDS, TRIP_STOP_FIELDS
from mama_desktop.services.fields.vehicles import CARRIER_FIELDS, VEHICLE_FIELDS, carriers_query, vehicles_query

__all__ = (
    "AFFILIATION_FIELDS",
    "ANSWER",
    "ANSWERS",
    "ATTACHMENT_FIELDS",
    "BANDS",
    "CARRIER_FIELDS",
    "EVENT_DETAILS",
    "EVENT_FIELDS",
    "GROUP_DETAILS",
    "GROUP_FIELDS",
    "MEMBERSHIP_FIELDS",
    "ORGANISATION_DETAILS",
    "ORGANISATION_FIELDS",
    "ORIGINS",
    "PERSON_FIELDS",
    "PROJECT_FIELDS",
    "REGISTRATION_DEFAULT",
    "REGISTRATION_FIELDS",
    "SEAT_FIELDS",
    "TRAVEL_DEFAULT",
    "TRAVEL_FIELDS",
    "TRIP_FIELDS",
    "TRIP_STOP_FIELDS",
    "VEHICLE_FIELDS",
    "Field",
    "answer_field",
    "carriers_query",
    "chosen",
    "heading_field",
    "is_key",
    "listing",
    "options_field",
    "registrations_query",
    "travel_query",
    "vehicles_query",
    "with_answers_apart",
)  # fmt: skip

"""Transport: legs, vehicles, trips, seats, rates, travel paid back; lists kept as they were sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    op.create_table(
        "allowance_rate",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("certainty", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allowance_rate")),
    )
    with op.batch_alter_table("allowance_rate", schema=None) as batch_op:
        batch_op.create_index("ix_allowance_rate_item_country", ["item", "country"], unique=False)

    op.create_table(
        "road_distance",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("first", sa.String(length=140), nullable=False),
        sa.Column("second", sa.String(length=140), nullable=False),
        sa.Column("km", sa.Double(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=False),
        sa.CheckConstraint("km >= 0", name=op.f("ck_road_distance_km")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_road_distance")),
        sa.UniqueConstraint("first", "second", name=op.f("uq_road_distance_first_second")),
    )
    op.create_table(
        "travel_rate",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("programme", sa.String(length=120), nullable=False),
        sa.Column("action", sa.String(length=120), nullable=False),
        sa.Column("call_year_from", sa.Integer(), nullable=False),
        sa.Column("call_year_to", sa.Integer(), nullable=True),
        sa.Column("km_from", sa.Double(), nullable=False),
        sa.Column("km_below", sa.Double(), nullable=True),
        sa.Column("standard_cents", sa.Integer(), nullable=True),
        sa.Column("green_cents", sa.Integer(), nullable=True),
        sa.Column("certainty", sa.String(length=1), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travel_rate")),
    )
    with op.batch_alter_table("travel_rate", schema=None) as batch_op:
        batch_op.create_index("ix_travel_rate_programme_action", ["programme", "action"], unique=False)

    op.create_table(
        "payment",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("message_id", sa.String(length=35), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("pay_on", sa.Date(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("total_cents", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_hash"],
            ["stored_file.hash"],
            name=op.f("fk_payment_file_hash_stored_file"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("message_id", name=op.f("uq_payment_message_id")),
    )
    op.create_table(
        "carrier",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.Column("contact_person", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("town", sa.String(length=120), nullable=False),
        sa.Column("remarks", sa.String(), nullable=False),
        sa.Column("search", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_carrier_organisation_id_organisation"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carrier")),
    )
    with op.batch_alter_table("carrier", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_carrier_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "bank_account",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("holder", sa.String(length=200), nullable=False),
        sa.Column("iban", sa.String(length=34), nullable=False),
        sa.Column("bic", sa.String(length=11), nullable=False),
        sa.Column("tax_number", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_bank_account_person_id_person"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_account")),
        sa.UniqueConstraint("person_id", name=op.f("uq_bank_account_person_id")),
    )
    op.create_table(
        "vehicle",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("carrier_id", sa.String(length=32), nullable=True),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("wheelchair_places", sa.Integer(), nullable=False),
        sa.Column("luggage", sa.Integer(), nullable=True),
        sa.Column("driver_name", sa.String(length=200), nullable=False),
        sa.Column("driver_phone", sa.String(length=60), nullable=False),
        sa.Column("registration_number", sa.String(length=20), nullable=False),
        sa.Column("home_place", sa.String(length=120), nullable=False),
        sa.Column("home_country", sa.String(length=2), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=True),
        sa.Column("price_per_km_cents", sa.Integer(), nullable=True),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("remarks", sa.String(), nullable=False),
        sa.Column("search", sa.String(), nullable=False),
        sa.CheckConstraint("seats >= 0", name=op.f("ck_vehicle_seats")),
        sa.CheckConstraint("wheelchair_places >= 0", name=op.f("ck_vehicle_wheelchair_places")),
        sa.ForeignKeyConstraint(
            ["carrier_id"],
            ["carrier.id"],
            name=op.f("fk_vehicle_carrier_id_carrier"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["person.id"], name=op.f("fk_vehicle_owner_id_person"), initially="IMMEDIATE", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle")),
    )
    with op.batch_alter_table("vehicle", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vehicle_carrier_id"), ["carrier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_vehicle_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "travel_order",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("home_address", sa.String(length=300), nullable=False),
        sa.Column("ordered_by", sa.String(length=200), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=True),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("route", sa.String(length=500), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("leaves_at", sa.DateTime(), nullable=True),
        sa.Column("returns_at", sa.DateTime(), nullable=True),
        sa.Column("means", sa.String(length=20), nullable=False),
        sa.Column("vehicle_id", sa.String(length=32), nullable=True),
        sa.Column("registration_number", sa.String(length=20), nullable=False),
        sa.Column("payer", sa.String(length=200), nullable=False),
        sa.Column("per_diem", sa.Boolean(), nullable=False),
        sa.Column("advance_cents", sa.Integer(), nullable=False),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.Column("returned_at", sa.DateTime(), nullable=True),
        sa.Column("border_out_at", sa.DateTime(), nullable=True),
        sa.Column("border_back_at", sa.DateTime(), nullable=True),
        sa.Column("km", sa.Double(), nullable=True),
        sa.Column("odometer_start", sa.Integer(), nullable=True),
        sa.Column("odometer_end", sa.Integer(), nullable=True),
        sa.Column("breakfasts", sa.Integer(), nullable=False),
        sa.Column("lunches", sa.Integer(), nullable=False),
        sa.Column("dinners", sa.Integer(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.String(length=120), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("payment_id", sa.String(length=32), nullable=True),
        sa.Column("remarks", sa.String(), nullable=False),
        sa.CheckConstraint("advance_cents >= 0", name=op.f("ck_travel_order_advance_cents")),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_travel_order_event_id_event"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["payment.id"],
            name=op.f("fk_travel_order_payment_id_payment"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_travel_order_person_id_person"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_travel_order_project_id_project"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["vehicle_id"],
            ["vehicle.id"],
            name=op.f("fk_travel_order_vehicle_id_vehicle"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travel_order")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_travel_order_year_number")),
    )
    with op.batch_alter_table("travel_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_travel_order_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_travel_order_payment_id"), ["payment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_travel_order_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_travel_order_project_id"), ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_travel_order_vehicle_id"), ["vehicle_id"], unique=False)

    op.create_table(
        "travel_claim",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("registration_id", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("route", sa.String(length=300), nullable=False),
        sa.Column("means", sa.String(length=20), nullable=False),
        sa.Column("km", sa.Double(), nullable=True),
        sa.Column("most_cents", sa.Integer(), nullable=True),
        sa.Column("approved_cents", sa.Integer(), nullable=True),
        sa.Column("green_declared", sa.Boolean(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.String(length=120), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("payment_id", sa.String(length=32), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("remarks", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["payment.id"],
            name=op.f("fk_travel_claim_payment_id_payment"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_travel_claim_registration_id_registration"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travel_claim")),
        sa.UniqueConstraint("registration_id", name=op.f("uq_travel_claim_registration_id")),
    )
    with op.batch_alter_table("travel_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_travel_claim_payment_id"), ["payment_id"], unique=False)

    op.create_table(
        "travel_grant",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("registration_id", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("km_typed", sa.Double(), nullable=True),
        sa.Column("km_typed_on", sa.Date(), nullable=True),
        sa.Column("green", sa.Boolean(), nullable=True),
        sa.Column("green_note", sa.String(length=300), nullable=False),
        sa.Column("travel_days", sa.Integer(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_travel_grant_registration_id_registration"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travel_grant")),
        sa.UniqueConstraint("registration_id", name=op.f("uq_travel_grant_registration_id")),
    )
    op.create_table(
        "travel_leg",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("registration_id", sa.String(length=32), nullable=False),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("from_place", sa.String(length=120), nullable=False),
        sa.Column("from_country", sa.String(length=2), nullable=False),
        sa.Column("from_latitude", sa.Double(), nullable=True),
        sa.Column("from_longitude", sa.Double(), nullable=True),
        sa.Column("to_place", sa.String(length=120), nullable=False),
        sa.Column("to_country", sa.String(length=2), nullable=False),
        sa.Column("to_latitude", sa.Double(), nullable=True),
        sa.Column("to_longitude", sa.Double(), nullable=True),
        sa.Column("point", sa.String(length=120), nullable=False),
        sa.Column("means", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("time", sa.Time(), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("needs_transport", sa.Boolean(), nullable=True),
        sa.Column("wheelchair", sa.Boolean(), nullable=False),
        sa.Column("luggage", sa.Integer(), nullable=True),
        sa.Column("seats_offered", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=True),
        sa.Column("met_by", sa.String(length=120), nullable=False),
        sa.Column("remarks", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_travel_leg_registration_id_registration"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travel_leg")),
        sa.UniqueConstraint("registration_id", "direction", name=op.f("uq_travel_leg_registration_id_direction")),
    )
    with op.batch_alter_table("travel_leg", schema=None) as batch_op:
        batch_op.create_index("ix_travel_leg_day_direction", ["day", "direction"], unique=False)

    op.create_table(
        "trip",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("vehicle_id", sa.String(length=32), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("wheelchair_places", sa.Integer(), nullable=False),
        sa.Column("driver_name", sa.String(length=200), nullable=False),
        sa.Column("driver_phone", sa.String(length=60), nullable=False),
        sa.Column("driver_id", sa.String(length=32), nullable=True),
        sa.Column("leader_id", sa.String(length=32), nullable=True),
        sa.Column("leader_name", sa.String(length=200), nullable=False),
        sa.Column("leader_phone", sa.String(length=60), nullable=False),
        sa.Column("leaves_at", sa.DateTime(), nullable=True),
        sa.Column("arrives_at", sa.DateTime(), nullable=True),
        sa.Column("return_of_id", sa.String(length=32), nullable=True),
        sa.Column("price_cents", sa.Integer(), nullable=True),
        sa.Column("km", sa.Double(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=False),
        sa.CheckConstraint("seats >= 0", name=op.f("ck_trip_seats")),
        sa.CheckConstraint("wheelchair_places >= 0", name=op.f("ck_trip_wheelchair_places")),
        sa.ForeignKeyConstraint(
            ["driver_id"],
            ["registration.id"],
            name=op.f("fk_trip_driver_id_registration"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_trip_event_id_event"), initially="IMMEDIATE", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["leader_id"],
            ["registration.id"],
            name=op.f("fk_trip_leader_id_registration"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["return_of_id"],
            ["trip.id"],
            name=op.f("fk_trip_return_of_id_trip"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["vehicle_id"],
            ["vehicle.id"],
            name=op.f("fk_trip_vehicle_id_vehicle"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trip")),
    )
    with op.batch_alter_table("trip", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trip_driver_id"), ["driver_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_trip_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_trip_leader_id"), ["leader_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_trip_return_of_id"), ["return_of_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_trip_vehicle_id"), ["vehicle_id"], unique=False)

    op.create_table(
        "trip_stop",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("trip_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("meeting_point", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.Column("at_by_hand", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("is_venue", sa.Boolean(), nullable=False),
        sa.Column("remarks", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["trip_id"], ["trip.id"], name=op.f("fk_trip_stop_trip_id_trip"), initially="IMMEDIATE", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trip_stop")),
    )
    with op.batch_alter_table("trip_stop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trip_stop_trip_id"), ["trip_id"], unique=False)

    op.create_table(
        "cost_line",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("claim_id", sa.String(length=32), nullable=True),
        sa.Column("order_id", sa.String(length=32), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("quantity", sa.Double(), nullable=True),
        sa.Column("unit", sa.Integer(), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("computed", sa.Boolean(), nullable=False),
        sa.Column("certainty", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("attachment_id", sa.String(length=32), nullable=True),
        sa.CheckConstraint("(claim_id IS NULL) <> (order_id IS NULL)", name=op.f("ck_cost_line_of_one")),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_cost_line_amount_cents")),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_cost_line_attachment_id_attachment"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["travel_claim.id"],
            name=op.f("fk_cost_line_claim_id_travel_claim"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["travel_order.id"],
            name=op.f("fk_cost_line_order_id_travel_order"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_line")),
    )
    with op.batch_alter_table("cost_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cost_line_attachment_id"), ["attachment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cost_line_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cost_line_order_id"), ["order_id"], unique=False)

    op.create_table(
        "seat",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("trip_id", sa.String(length=32), nullable=False),
        sa.Column("registration_id", sa.String(length=32), nullable=False),
        sa.Column("stop_id", sa.String(length=32), nullable=True),
        sa.Column("wheelchair", sa.Boolean(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("boarded", sa.Boolean(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_seat_registration_id_registration"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["stop_id"],
            ["trip_stop.id"],
            name=op.f("fk_seat_stop_id_trip_stop"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["trip_id"], ["trip.id"], name=op.f("fk_seat_trip_id_trip"), initially="IMMEDIATE", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("trip_id", "registration_id", name=op.f("uq_seat_trip_id_registration_id")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_registration_id"), ["registration_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_seat_stop_id"), ["stop_id"], unique=False)

    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("claim_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("order_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("vehicle_id", sa.String(length=32), nullable=True))
        batch_op.create_index(batch_op.f("ix_attachment_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_order_id"), ["order_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_vehicle_id"), ["vehicle_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_attachment_vehicle_id_vehicle"),
            "vehicle",
            ["vehicle_id"],
            ["id"],
            initially="IMMEDIATE",
            deferrable=True,
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_attachment_order_id_travel_order"),
            "travel_order",
            ["order_id"],
            ["id"],
            initially="IMMEDIATE",
            deferrable=True,
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_attachment_claim_id_travel_claim"),
            "travel_claim",
            ["claim_id"],
            ["id"],
            initially="IMMEDIATE",
            deferrable=True,
        )

    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("latitude", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("longitude", sa.Double(), nullable=True))

    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.add_column(sa.Column("subject", sa.String(length=32), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column(
                "said",
                sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"),
                server_default="{}",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("sent_to", sa.String(length=300), server_default="", nullable=False))
        batch_op.add_column(sa.Column("sent_at", sa.DateTime(), nullable=True))

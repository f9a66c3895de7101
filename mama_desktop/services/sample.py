"""The sample workspace: the network's plan for January-June 2020 with invented people, the same every time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.attendance import Attendance
from mama_desktop.domain.events import Event
from mama_desktop.domain.events import Session as EventSession
from mama_desktop.domain.office import Setting, StaffMember
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.parties import Party
from mama_desktop.domain.people import Person
from mama_desktop.domain.projects import Partner, Project
from mama_desktop.domain.registrations import Registration
from mama_desktop.services import (
    funders,
    sample_club,
    sample_events,
    sample_network,
    sample_people,
    sample_registrations,
    sample_transport,
)
from mama_desktop.services.places import region_of
from mama_desktop.services.sample_data import SAMPLE_DAY, add, data, day_of, key, rows


@dataclass(frozen=True)
class Counts:
    """How much the sample holds."""

    organisations: int
    people: int
    projects: int
    events: int
    registrations: int


def make_sample(session: Session, *, today: dt.date = SAMPLE_DAY) -> Counts:
    """Fill an empty workspace with the sample, its clock standing on `today`."""
    office = data("office.json")
    settings = {**office["settings"], "clock.stands_on": today.isoformat(), "sample.is_sample": True}
    add(session, Setting, ({"key": name, "value": value} for name, value in settings.items()))
    add(session, StaffMember, (_staff_member(member) for member in office["staff"]))
    funders.ensure_profiles(session)
    organisations = rows("organisations.csv")
    everybody = sample_people.everybody(organisations, office["staff"])
    # The first of an organisation's people in the sample leads it.
    heads = {s.organisation: s.name for s in reversed(everybody)}
    planned = sample_events.planned_events(organisations, today)
    centres = [_organisation(n, row, heads) for n, row in enumerate(organisations)]
    sample_network.look_after(centres, planned)
    centres += sample_network.alike_organisations(centres)
    add(session, Organisation, centres)
    projects = data("projects.json")
    add(session, Project, (_project(row) for row in projects))
    add(session, Partner, (partner for row in projects for partner in _partners(row)))
    people = [*(somebody.values for somebody in everybody), *sample_network.more_people(everybody)]
    add(session, Person, people)
    add(session, Event, (event.values for event in planned))
    staff_names = {key("staff", m["key"]): f"{m['given']} {m['family']}" for m in office["staff"]}
    registrations, marks = sample_registrations.registrations(planned, everybody, today, staff_names)
    # Only now: what was keyed in is written into the sessions.
    add(session, EventSession, (values for event in planned for values in event.sessions))
    for record, needed in sample_club.deepen(registrations).items():
        add(session, record, needed)
    add(session, Party, sample_club.parties())
    add(session, Registration, registrations)
    add(session, Attendance, marks)
    sample_network.complete(session, planned, registrations)
    session.flush()
    sample_club.complete(session, registrations)
    session.flush()
    sample_transport.complete(session, planned, registrations, people)
    session.flush()
    return Counts(len(centres), len(people), len(projects), len(planned), len(registrations))


def _staff_member(member: dict[str, str]) -> dict[str, Any]:
    return {
        "id": key("staff", member["key"]),
        "name": f"{member['given']} {member['family']}",
        "email": f"{member['key']}@example.org",
        "phone": "+386 70 000 000",
        "is_active": True,
    }


def _organisation(number: int, row: dict[str, str], heads: dict[str, str]) -> dict[str, Any]:
    remarks = "Izmišljena organizacija." if row["invented"] == "1" else "Ljudje in stiki v vzorcu so izmišljeni."
    names = ("name_sl", "name_en", "short_name", "kind", "postal_code", "town", "country")
    return {
        **{name: row[name] for name in names},
        "id": key("organisation", row["key"]),
        "email": f"{row['key']}@example.org",
        "phone": f"+386 70 001 {number:03}" if row["country"] == "SI" else "",
        "contact_person": heads.get(row["key"], ""),
        "is_member": row["is_member"] == "1",
        "region": region_of(row["postal_code"], row["town"], row["country"]),
        "remarks": remarks,
    }


def _project(row: dict[str, Any]) -> dict[str, Any]:
    apart = ("key", "profile", "lead", "partners", "starts_on", "ends_on")
    return {
        **{name: value for name, value in row.items() if name not in apart},
        "id": key("project", row["key"]),
        "starts_on": day_of(row["starts_on"]),
        "ends_on": day_of(row["ends_on"]),
        "profile_id": funders.shipped_profile_id(row["profile"]),
    }


def _partners(row: dict[str, Any]) -> Sequence[dict[str, Any]]:
    roles = [(row["lead"], "lead")] if row["lead"] else []
    roles += [(partner, "partner") for partner in row["partners"]]
    return [
        {
            "id": key("partner", row["key"], organisation),
            "project_id": key("project", row["key"]),
            "organisation_id": key("organisation", organisation),
            "role": role,
        }
        for organisation, role in roles
    ]

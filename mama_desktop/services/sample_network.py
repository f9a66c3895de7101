"""The sample's network over time: working groups, who looks after a centre, former work, records that look alike."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.events import VISITS
from mama_desktop.domain.groups import Membership, WorkingGroup
from mama_desktop.domain.people import Affiliation
from mama_desktop.domain.registrations import TAKES_PLACE
from mama_desktop.services.sample_data import add, data, day_of, key
from mama_desktop.services.sample_events import PlannedEvent
from mama_desktop.services.sample_people import INVENTED, Somebody

Rows = list[dict[str, Any]]
_ROLES = ("chair", "deputy", "secretary")
_MOST_IN_OLD_GROUP = 6


def look_after(organisations: Rows, planned: list[PlannedEvent]) -> None:
    """Whoever visits a member for the office is its liaison; members joined one after another."""
    visited = {
        event.values["organisation_id"]: event.values["responsible_id"]
        for event in reversed(planned)
        if event.values["kind"] in VISITS and event.values.get("organisation_id")
    }
    members = [row for row in organisations if row["is_member"]]
    for number, row in enumerate(members):
        row["liaison_id"] = visited.get(row["id"])
        row["member_since"] = dt.date(2005 + number, 3 + number % 8, 1)


def alike_organisations(organisations: Rows) -> Rows:
    """The same centres once more, as somebody wrote them."""
    by_id = {row["id"]: row for row in organisations}
    return [
        {
            **by_id[key("organisation", told["like"])], "id": key("organisation", told["key"]), "is_member": False,
            "name_sl": told["name_sl"], "name_en": "", "short_name": told["short_name"], "email": told["email"],
            "phone": "", "contact_person": "", "remarks": "Izmišljena organizacija.",
        }
        for told in data("network.json")["alike_organisations"]
    ]  # fmt: skip


def more_people(everybody: list[Somebody]) -> Rows:
    """The guardians of the club's minors, and people written twice."""
    by_id = {somebody.id: somebody.values for somebody in everybody}
    made: Rows = []
    number = 0
    for child in data("club.json")["minors"]:
        own = by_id[key("person", child["person"])]
        for one in child["guardians"]:
            number += 1
            made.append({
                **{name: own[name] for name in ("street", "postal_code", "town", "country", "region", "language")},
                **{name: one[name] for name in ("given_name", "family_name", "gender")},
                "id": key("person", one["key"]),
                "email": f"stars{number}@example.org" if number % 2 else "",
                "phone": f"+386 70 004 {number:03}",
                "remarks": INVENTED,
            })  # fmt: skip
    for told in data("network.json")["alike_people"]:
        own = by_id[key("person", told["like"])]
        said = {name: value for name, value in told.items() if name not in ("key", "like", "organisation")}
        if "birth_date" in said:
            said["birth_date"] = day_of(said["birth_date"])
        organisation = key("organisation", told["organisation"]) if told["organisation"] else None
        made.append({**own, **said, "id": key("person", told["key"]), "organisation_id": organisation})
    return made


def complete(session: Session, planned: list[PlannedEvent], registrations: Rows) -> None:
    """Groups with their terms, and where people were before."""
    told = data("network.json")
    event_ids = {event.code: event.values["id"] for event in planned}
    add(session, WorkingGroup, (_group(group) for group in told["groups"]))
    add(session, Membership, (
        term
        for group in told["groups"]
        for term in _terms(group, event_ids[group["meets"]], registrations, told["former_members"])
    ))  # fmt: skip
    add(session, Affiliation, (_affiliation(one) for one in told["affiliations"]))


def _group(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": key("group", told["key"]),
        "name_sl": told["name_sl"],
        "name_en": told["name_en"],
        "project_id": key("project", told["project"]) if told["project"] else None,
        "responsible_id": key("staff", told["responsible"]),
        "starts_on": day_of(told["starts_on"]),
        "ends_on": day_of(told.get("ends_on")),
        "remarks": told.get("remarks", ""),
    }


def _terms(told: dict[str, Any], event_id: str, registrations: Rows, former: dict[str, list[str]]) -> Rows:
    """Who comes to the group's meetings belongs to it; some have left, and one does not want its mail."""
    there = [r for r in registrations if r["event_id"] == event_id and r["status"] in TAKES_PLACE]
    until = day_of(told.get("ends_on"))
    members = [r for r in there if r["role"] == "participant"][: _MOST_IN_OLD_GROUP if until else None]
    since = day_of(told["starts_on"])
    terms = [
        {
            "id": key("membership", told["key"], row["person_id"]),
            "group_id": key("group", told["key"]),
            "person_id": row["person_id"],
            "organisation_id": row["organisation_id"],
            "role": _ROLES[place] if place < len(_ROLES) else "member",
            "since": since,
            "until": until,
            "gets_mail": place != len(members) - 1,
        }
        for place, row in enumerate(members)
    ]
    begun = {term["person_id"] for term in terms}
    for number in former.get(told["key"], ()):
        person = key("person", number)
        if person not in begun:
            terms.append({
                "id": key("membership", told["key"], person, "former"),
                "group_id": key("group", told["key"]),
                "person_id": person,
                "since": since,
                "until": dt.date(2019, 12, 31),
            })  # fmt: skip
    return terms


def _affiliation(told: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: told[name] for name in ("function", "email", "phone")},
        "id": key("affiliation", told["person"], told["organisation"]),
        "person_id": key("person", told["person"]),
        "organisation_id": key("organisation", told["organisation"]),
        "since": day_of(told["since"]),
        "until": day_of(told["until"]),
    }

"""The sample's registrations and who was there: finished events keyed in, some sheets still on a desk."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from itertools import accumulate
from random import Random
from typing import Any

from mama_desktop.domain.registrations import TAKES_PLACE, is_there
from mama_desktop.services.sample_data import data, key
from mama_desktop.services.sample_events import PlannedEvent
from mama_desktop.services.sample_people import Somebody

# How far the registrations of an event are, by its state: weights of the statuses.
_STATUSES: dict[str, dict[str, int]] = {
    "done": {"confirmed": 60, "accepted": 27, "cancelled": 9, "declined": 4},
    "not-keyed": {"confirmed": 60, "accepted": 30, "cancelled": 7, "declined": 3},
    "soon": {"confirmed": 38, "accepted": 42, "applied": 8, "cancelled": 6, "invited": 6},
    "decide": {"accepted": 63, "confirmed": 18, "applied": 12, "declined": 3, "cancelled": 4},
    "new": {"applied": 22, "accepted": 30, "invited": 40, "declined": 2, "cancelled": 6},
    "invited": {"invited": 68, "accepted": 12, "confirmed": 10, "declined": 10},
    "visit": {"accepted": 45, "confirmed": 35, "invited": 20},
    "off": {"accepted": 70, "confirmed": 20, "cancelled": 10},
}
_MARKS = {"present": 90, "absent": 6, "excused": 4}
# Kinds at which young people are the ones who come.
_FOR_THE_YOUNG = frozenset({"local-event", "youth-exchange"})
_WITH_QUESTIONS = frozenset({"2020-04-klub", "2020-04-osnove"})

Rows = list[dict[str, Any]]


def registrations(
    planned: list[PlannedEvent], everybody: list[Somebody], today: dt.date, staff_names: dict[str, str]
) -> tuple[Rows, Rows]:
    """All registrations and attendance marks; sessions whose key-in was confirmed are told so in place."""
    made: Rows = []
    marks: Rows = []
    texts = data("names.json")
    for event in planned:
        chance = Random(f"mama-sample/{event.code}")
        who = _who(event, everybody)
        statuses = _statuses(event.state, len(who), chance)
        rows = [
            _registration(event, somebody, role, status, today, texts, chance)
            for (somebody, role), status in zip(who, statuses, strict=True)
        ]
        _keep_to_capacity(event, rows)
        made += rows
        if event.state in ("done", "not-keyed"):
            marks += _attendance(event, rows, today, staff_names, chance)
    return made, marks


def _who(event: PlannedEvent, everybody: list[Somebody]) -> list[tuple[Somebody, str]]:
    """People by the event's mix ("youth=12 worker=2 own=6"), each once, with the role they come in."""
    # A standing group meets again with the same members.
    name = event.code[len("2020-02-") :] if event.values["kind"] == "working-group" else event.code
    chance = Random(f"mama-sample/who/{name}")
    chosen: list[tuple[Somebody, str]] = []
    taken: set[str] = set()
    want_young = event.values["kind"] in _FOR_THE_YOUNG
    for part in event.mix.split():
        pool, number = part.split("=")
        wanted = event.own if pool == "own" else pool
        people = [s for s in everybody if s.pool == wanted or (s.organisation == wanted and s.pool != "staff")]
        people = [s for s in people if s.id not in taken]
        chance.shuffle(people)
        if pool not in ("youth", "worker", "director"):
            people.sort(key=lambda s: s.is_young != want_young)
        picked = people[: int(number)]
        elders = [s for s in people[int(number) :] if not s.is_young]
        if event.values["kind"] == "youth-exchange" and elders and all(s.is_young for s in picked):
            picked[0] = elders[0]
        for place, somebody in enumerate(picked):
            taken.add(somebody.id)
            chosen.append((somebody, _role(event, somebody, pool, place)))
    return chosen


def _role(event: PlannedEvent, somebody: Somebody, pool: str, place: int) -> str:
    kind = event.values["kind"]
    if somebody.pool == "staff":
        return "staff"
    if kind == "youth-exchange":
        return "participant" if somebody.is_young else "group-leader"
    if kind == "local-event" and pool == "own":
        return ("volunteer" if place < 2 else "participant") if somebody.is_young else "staff"
    if kind == "training" and pool == "expert":
        return "trainer"
    if kind in ("conference", "multiplier-event") and pool in ("official", "expert") and place < 3:
        return "speaker"
    return "guest" if event.code == "2020-06-obletnica" and pool == "official" else "participant"


def _statuses(state: str, number: int, chance: Random) -> list[str]:
    """As many of each status as its weight asks for, give or take one, in any order."""
    weights = _STATUSES[state]
    bounds = list(accumulate(weights.values()))
    start = chance.random()
    marks = [(place + start) / number * bounds[-1] for place in range(number)]
    statuses = [list(weights)[bisect_right(bounds, mark)] for mark in marks]
    chance.shuffle(statuses)
    return statuses


def _registration(
    event: PlannedEvent,
    somebody: Somebody,
    role: str,
    status: str,
    today: dt.date,
    texts: dict[str, Any],
    chance: Random,
) -> dict[str, Any]:
    if role in ("staff", "trainer", "speaker") and status not in TAKES_PLACE:
        status = "confirmed"
    applied_at, since = _times(event, status, today, chance)
    arrival, departure = _stay(event, somebody, chance)
    # What somebody eats does not change from one event to the next.
    taste = Random(f"mama-sample/taste/{somebody.id}")
    diet = taste.choice(texts["diets"]) if taste.random() < 0.2 else []
    allergy = taste.choice(texts["allergies"]) if taste.random() < 0.04 else ""
    fed = event.values["format"] != "online" and event.values["kind"] not in ("liaison-visit", "field-visit")
    asks = event.code in _WITH_QUESTIONS and role == "participant" and chance.random() < 0.7
    return {
        "id": key("registration", event.code, somebody.id),
        "event_id": event.values["id"],
        "person_id": somebody.id,
        "organisation_id": somebody.values["organisation_id"],
        "status": status,
        "status_since": since,
        "role": role,
        "active": True if role == "participant" and chance.random() < 0.05 else None,
        "arrival": arrival,
        "departure": departure,
        "diet": list(diet) if fed else [],
        "allergies": allergy if fed and event.values.get("ends_on") else "",
        "remarks": chance.choice(texts["remarks"]) if fed and chance.random() < 0.06 else "",
        "source": "sample",
        "applied_at": applied_at,
        **_reply(event, somebody, status, since),
        "answers": {question: chance.choice(said) for question, said in texts["answers"].items()} if asks else {},
    }


def _reply(event: PlannedEvent, somebody: Somebody, status: str, since: dt.datetime | None) -> dict[str, Any]:
    """Whether the invited have answered: a good third has, most of them that they come."""
    if status != "invited" or since is None:
        return {}
    luck = Random(f"mama-sample/reply/{event.code}/{somebody.id}").random()
    if luck > 0.36:
        return {}
    return {"reply": "coming" if luck < 0.26 else "not-coming", "replied_at": since + dt.timedelta(hours=5)}


def _times(
    event: PlannedEvent, status: str, today: dt.date, chance: Random
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """When they applied and since when the status stands, both before the sample's morning."""
    start: dt.date = event.values["starts_on"]
    last = min(event.values.get("deadline") or start, start - dt.timedelta(days=1), today - dt.timedelta(days=1))
    applied = dt.datetime.combine(last - dt.timedelta(days=chance.randint(0, 24)), dt.time(chance.randint(7, 21)))
    applied += dt.timedelta(minutes=chance.randint(0, 59), seconds=chance.randint(0, 59))
    if status == "invited":
        return None, dt.datetime.combine(applied.date(), dt.time(10))
    if status == "applied":
        return applied, applied
    since = applied + dt.timedelta(days=chance.randint(0, 4), minutes=chance.randint(20, 600))
    return applied, min(since, dt.datetime.combine(today, dt.time(8)))


def _stay(event: PlannedEvent, somebody: Somebody, chance: Random) -> tuple[dt.date | None, dt.date | None]:
    """Guests from afar say when they come and go; some come on the second day or leave before the last."""
    start, end = event.values["starts_on"], event.values.get("ends_on")
    if end is None:
        return None, None
    day = dt.timedelta(days=1)
    luck = chance.random()
    if somebody.country != event.values["country"]:
        return (start - day if luck < 0.4 else start), (end + day if luck > 0.7 else end)
    return (start + day if luck < 0.1 else None), (end - day if luck > 0.92 else None)


def _keep_to_capacity(event: PlannedEvent, rows: Rows) -> None:
    """Whoever would be one too many waits."""
    capacity, accepted = event.values["capacity"], 0
    for row in rows:
        if row["status"] in TAKES_PLACE:
            accepted += 1
            if capacity is not None and accepted > capacity:
                row["status"], row["waiting_position"] = "waiting", accepted - capacity


def _attendance(event: PlannedEvent, rows: Rows, today: dt.date, staff_names: dict[str, str], chance: Random) -> Rows:
    """Marks of the sessions that are over; of sheets still on a desk only the newest has been begun."""
    marks = []
    who = staff_names[event.values["responsible_id"]]
    for session in event.sessions:
        day = session["day"]
        keyed_at = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(9, 15))
        is_done = event.state == "done"
        if is_done:
            session["confirmed_at"], session["confirmed_by"] = keyed_at, who
        there = [r for r in rows if r["status"] in TAKES_PLACE and is_there(day, r["arrival"], r["departure"])]
        begun = len(there) if is_done else len(there) // 2 if (today - day).days == 3 else 0
        for row in there[:begun]:
            mark = chance.choices(list(_MARKS), list(_MARKS.values()))[0]
            marks.append({
                "id": key("mark", session["id"], row["id"]),
                "session_id": session["id"],
                "registration_id": row["id"],
                "mark": mark,
                "keyed_at": keyed_at,
                "keyed_by": who,
            })  # fmt: skip
    return marks

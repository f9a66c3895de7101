"""The sample's events: the plan's own and the series repeated in the centres, with their sessions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from mama_desktop.domain.events import VISITS, days_of
from mama_desktop.services.sample_data import data, day_of, key, rows

_TEXTS = ("title_sl", "title_en", "kind", "format", "status", "precision", "venue", "postal_code", "town", "country")
# Sheets come back from the field within a few days; until then they lie on a desk.
_DESK_DAYS = 6
_NEAR_DAYS = 21


@dataclass(frozen=True)
class PlannedEvent:
    """An event of the sample. `mix`: how many of which people; `state`: how far its registrations are."""

    values: dict[str, Any]
    sessions: list[dict[str, Any]]
    mix: str
    state: str
    own: str = ""

    @property
    def code(self) -> str:
        return str(self.values["code"])


def planned_events(organisations: list[dict[str, str]], today: dt.date) -> list[PlannedEvent]:
    """Every event of the plan, in the order of their dates."""
    places = {row["key"]: row for row in organisations}
    planned = [_event(row) for row in rows("events.csv")]
    for series in data("series.json"):
        planned += [_visit(series, visit.split(), places, today) for visit in series["visits"].split("|")]
    return sorted(planned, key=lambda event: (event.values["starts_on"], event.code))


def _event(row: dict[str, str]) -> PlannedEvent:
    values = {
        **{name: row[name] for name in _TEXTS},
        "id": key("event", row["code"]),
        "code": row["code"],
        "project_id": key("project", row["project"]),
        "starts_on": day_of(row["starts_on"]),
        "ends_on": day_of(row["ends_on"]),
        "starts_at": _time(row["starts_at"]),
        "ends_at": _time(row["ends_at"]),
        "capacity": int(row["capacity"]) if row["capacity"] else None,
        "deadline": day_of(row["deadline"]),
        "responsible_id": key("staff", row["responsible"]),
        "remarks": row["remarks"],
        "online_link": "https://example.org/posvet" if row["format"] != "in-person" else "",
        **data("notes.json").get(row["code"], {}),
    }
    return PlannedEvent(values, _sessions(values, row["sessions"]), row["mix"], row["state"])


def _visit(series: dict[str, Any], words: list[str], places: dict[str, dict[str, str]], today: dt.date) -> PlannedEvent:
    """One of a series: "koper 2020-01-08 spela", with a status as fourth word where it is not the usual one."""
    where, when, responsible, *status = words
    place, start = places[where], day_of(when)
    assert start is not None
    is_month = len(when) == 7
    is_over = start < today
    near = start <= today + dt.timedelta(days=_NEAR_DAYS)
    usual = "finished" if is_over else "confirmed" if near and not is_month else "planned"
    first, last = (_time(at) for at in series["hours"].split("-"))
    code = f"{start:%Y-%m}-{series['code'].format(slug=where.removeprefix('obcina-'))}"
    deadline_days = series["deadline_days"]
    values = {
        "id": key("event", code),
        "code": code,
        "title_sl": series["title_sl"].format(at_sl=place["at_sl"]),
        "title_en": series["title_en"].format(at_en=place["at_en"]),
        "kind": series["kind"],
        "format": "in-person",
        "status": status[0] if status else usual,
        "project_id": key("project", series["project"]),
        "starts_on": start,
        "starts_at": None if is_month else first,
        "ends_at": None if is_month else last,
        "precision": "month" if is_month else "time",
        "venue": place["name_sl"],
        "postal_code": place["postal_code"],
        "town": place["town"],
        "country": place["country"],
        "capacity": series["capacity"],
        "deadline": start - dt.timedelta(days=deadline_days) if deadline_days and not is_month else None,
        "responsible_id": key("staff", responsible),
        "organisation_id": key("organisation", where) if series["kind"] in VISITS else None,
    }
    if is_over:
        state = "done" if start < today - dt.timedelta(days=_DESK_DAYS) else "not-keyed"
    else:
        # Nobody applies to a visit: the people of the place are asked to be there.
        state = "visit" if series["kind"] in VISITS else "soon" if near else "new"
    mix = f"own={series['own']} {series['mix']}".strip()
    # Nobody is asked yet where only the month is known.
    mix = "" if is_month else mix
    return PlannedEvent(values, _sessions(values, ""), mix, "off" if status else state, where)


def _sessions(values: dict[str, Any], described: str) -> list[dict[str, Any]]:
    """The sessions as described in the file, else one for each day; none while only the month is known."""
    start, end = values["starts_on"], values.get("ends_on")
    if values["precision"] == "month":
        return []
    made = []
    if described:
        for part in described.split(";"):
            when, title_sl, title_en = part.split("|")
            *own_day, hours = when.split()
            first, last = (_time(at) for at in hours.split("-"))
            kind = "day" if own_day else "half-day"
            made.append((day_of(own_day[0]) if own_day else start, first, last, kind, title_sl, title_en))
    else:
        days = days_of(start, end)
        for day in days:
            first = values["starts_at"] if day == days[0] else dt.time(9)
            last = values["ends_at"] if day == days[-1] else dt.time(17)
            made.append((day, first, last, "day", "", ""))
    return [
        {
            "id": key("session", values["code"], str(position)),
            "event_id": values["id"],
            "position": position,
            "kind": kind,
            "title_sl": title_sl,
            "title_en": title_en,
            "day": day,
            "starts_at": first,
            "ends_at": last,
        }
        for position, (day, first, last, kind, title_sl, title_en) in enumerate(made, start=1)
    ]


def _time(words: str) -> dt.time | None:
    return dt.time.fromisoformat(words) if words else None

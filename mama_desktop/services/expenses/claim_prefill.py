"""What is known of a claim before anybody claims: the route, the kilometres, the means, and the most that is paid."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.projects import Project
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import Text
from mama_desktop.domain.travel_bands import travel_amount
from mama_desktop.services import counting
from mama_desktop.services.expenses import rates
from mama_desktop.services.expenses.travel_grants import Grant, grants_of_event


@dataclass(frozen=True)
class Prefill:
    """What stands on a claim from the first day. km: one way; band: in words.

    most_cents: None where the project has no rate or a place is not known. standard_cents: the most without a green
    declaration. remarks: what the office must know about it.
    """

    registration_id: str
    route: str = ""
    means: str = ""
    km: float | None = None
    band: Text | None = None
    most_cents: int | None = None
    standard_cents: int | None = None
    green: bool = False
    remarks: tuple[Text, ...] = ()


def prefilled(session: Session, registration_ids: Collection[str]) -> dict[str, Prefill]:
    """Registration → what is known; somebody who has no place at the event (any more) has an empty one."""
    events: set[str] = set()
    for some in counting.chunks(registration_ids):
        events.update(session.scalars(select(Registration.event_id).where(Registration.id.in_(some)).distinct()))
    wanted = set(registration_ids)
    found = {key: Prefill(key) for key in registration_ids}
    for event_id in sorted(events):
        event = session.get_one(Event, event_id)
        project = session.get(Project, event.project_id) if event.project_id else None
        for grant in grants_of_event(session, event_id):
            if grant.registration_id in wanted:
                found[grant.registration_id] = _prefill(session, grant, project)
    return found


def _prefill(session: Session, grant: Grant, project: Project | None) -> Prefill:
    worth = grant.worth
    standard = grant.cents
    if worth is not None and worth.as_green and project is not None:
        standard = travel_amount(
            worth.km, rates.travel_rates(session), programme=project.programme, action=project.action,
            call_year=project.call_year,
        ).cents  # fmt: skip
    return Prefill(
        grant.registration_id, _route(grant), grant.means, grant.km, worth.band.label if worth else None, grant.cents,
        standard, bool(worth and worth.as_green), grant.remarks,
    )  # fmt: skip


def _route(grant: Grant) -> str:
    """There and back, as it is written on a claim."""
    if not grant.place or not grant.venue or grant.place == grant.venue:
        return grant.place
    return f"{grant.place} – {grant.venue} – {grant.place}"

"""Registering one person or many: from a list, from an organisation, from an earlier event, from a working group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mama_desktop.domain.capacity import Exceeded
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.groups import Membership
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import TAKES_PLACE, Registration, is_late
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services import counting, deciding, parties, waiting_list, waiting_order
from mama_desktop.services.counting import OverCapacity


@dataclass(frozen=True)
class RegisteredPeople:
    """What was registered. keys: of the new registrations; already: names of who was registered before and is left out.

    status: what they got; asked: what was asked for (who comes while somebody waits goes behind). over: what they
    exceed on purpose.
    """

    keys: tuple[str, ...]
    already: tuple[str, ...] = ()
    status: str = "applied"
    asked: str = "applied"
    late: int = 0
    party_id: str | None = None
    over: tuple[Exceeded, ...] = ()

    @property
    def went_waiting(self) -> bool:
        return self.status == "waiting" != self.asked

    def notices(self) -> list[Text]:
        """What has to be said besides how many there are."""
        said = []
        if self.already:
            said.append(T("Already registered and left out: {names}", names=", ".join(self.already)))
        if self.went_waiting:
            said.append(T("Somebody is already waiting for a place: who registers now goes on the waiting list."))
        if self.late:
            said.append(
                TN(
                    "{count} registration came after the deadline.", "{count} registrations came after the deadline.",
                    self.late,
                )
            )  # fmt: skip
        return said


def register_people(
    session: Session,
    event_id: str,
    person_ids: Sequence[str],
    *,
    now: dt.datetime,
    status: str = "applied",
    source: str = "by-hand",
    role: str = "participant",
    contact_id: str | None = None,
    contact_email: str = "",
    party_name: str = "",
    organisation_id: str | None = None,
    organisations: dict[str, str | None] | None = None,
    applied_at: dt.datetime | None = None,
    over_capacity: bool = False,
    waits_behind: bool = True,
) -> RegisteredPeople:
    """Register these people, each once; who is registered already is left out and named.

    contact_id, party_name: they come together as a party with this contact person. organisation_id: whom they
    represent (else each person's own; `organisations`: by person). waits_behind: who comes while somebody waits goes
    on the waiting list, where the event closes so. Raises OverCapacity when a status that takes a place does not fit.
    """
    counting.lock_events(session, [event_id])
    event = session.get_one(Event, event_id)
    wanted = list(dict.fromkeys(person_ids))
    known = set(session.scalars(select(Registration.person_id).where(Registration.event_id == event_id)))
    people = _people(session, wanted)
    new = [people[key] for key in wanted if key in people and key not in known]
    given = waiting_list.newcomers(session, event_id, status) if waits_behind else status
    party = None
    if new and (contact_id or party_name):
        party = parties.make_party(
            session, event_id, name=party_name, contact_id=contact_id, contact_email=contact_email,
            organisation_id=organisation_id,
        )  # fmt: skip
    applied = applied_at or now
    added = [
        Registration(
            event_id=event_id,
            person_id=person.id,
            organisation_id=organisation_id or (organisations or {}).get(person.id) or person.organisation_id,
            status="applied" if given in TAKES_PLACE or given == "waiting" else given,
            status_since=now,
            role=role,
            source=source,
            applied_at=None if given == "invited" else applied,
            party_id=party,
        )
        for person in new
    ]
    session.add_all(added)
    session.flush()
    over = _given(session, event_id, added, given, over_capacity=over_capacity)
    return RegisteredPeople(
        keys=tuple(r.id for r in added),
        already=tuple(_name(people[key]) for key in wanted if key in people and key in known),
        status=given,
        asked=status,
        late=sum(is_late(r.applied_at, event.deadline) for r in added),
        party_id=party,
        over=over,
    )


def register_organisation_group(
    session: Session,
    event_id: str,
    organisation_id: str,
    person_ids: Sequence[str],
    *,
    now: dt.datetime,
    contact_id: str | None = None,
    contact_email: str = "",
    status: str = "applied",
    party_name: str = "",
    over_capacity: bool = False,
) -> RegisteredPeople:
    """Register the people an organisation sends, as a party; its contact person is kept and gets the mail.

    Without a contact person the mail goes to `contact_email`, else to the organisation's own address.
    """
    organisation = session.get_one(Organisation, organisation_id)
    email = contact_email or ("" if contact_id else organisation.email)
    return register_people(
        session, event_id, person_ids, now=now, status=status, source="organisation", contact_id=contact_id,
        contact_email=email, party_name=party_name or organisation.name_sl, organisation_id=organisation_id,
        over_capacity=over_capacity,
    )  # fmt: skip


def from_earlier_event(
    session: Session,
    event_id: str,
    earlier_id: str,
    keys: Sequence[str] | None = None,
    *,
    now: dt.datetime,
    status: str = "invited",
    over_capacity: bool = False,
) -> RegisteredPeople:
    """Register who took part in an earlier event: these of its registrations, else all accepted and confirmed."""
    if earlier_id == event_id:
        raise OfficeError(T("Please choose another event."), safe=T("Nothing was changed."))
    query = select(Registration.person_id, Registration.organisation_id).where(Registration.event_id == earlier_id)
    if keys is None:
        query = query.where(Registration.status.in_(TAKES_PLACE))
        rows = [(p, o) for p, o in session.execute(query.order_by(Registration.id))]
    else:
        rows = [
            (p, o) for some in counting.chunks(keys) for p, o in session.execute(query.where(Registration.id.in_(some)))
        ]
    return register_people(
        session, event_id, [person for person, _ in rows], now=now, status=status, source="earlier-event",
        organisations=_still_theirs(session, dict(rows)), over_capacity=over_capacity,
    )  # fmt: skip


def from_group(
    session: Session,
    event_id: str,
    group_id: str,
    *,
    now: dt.datetime,
    day: dt.date | None = None,
    person_ids: Sequence[str] | None = None,
    status: str = "invited",
    over_capacity: bool = False,
) -> RegisteredPeople:
    """Register the members of a working group whose term runs on the event's first day (or on `day`)."""
    day = day or session.scalar(select(Event.starts_on).where(Event.id == event_id)) or now.date()
    current = (
        select(Membership.person_id, Membership.organisation_id)
        .where(
            Membership.group_id == group_id,
            or_(Membership.since.is_(None), Membership.since <= day),
            or_(Membership.until.is_(None), Membership.until >= day),
        )
        .order_by(Membership.id)
    )
    rows = [(p, o) for p, o in session.execute(current) if person_ids is None or p in person_ids]
    return register_people(
        session, event_id, [person for person, _ in rows], now=now, status=status, source="group",
        organisations=dict(rows), over_capacity=over_capacity,
    )  # fmt: skip


def line_up(session: Session, event_id: str, keys: Sequence[str], *, now: dt.datetime) -> list[Text]:
    """New registrations that a file has brought take their place in the queue; gives what has to be said of it.

    Where one waiting person closes the event, those who only applied go behind who waits already.
    """
    queue, ours = waiting_order.waiting(session, event_id), set(keys)
    if not queue:
        return []
    closed = any(w.key not in ours for w in queue) and waiting_list.closes(session, event_id)
    added = [r for r in counting.registrations_by_key(session, keys) if r.status in ("applied", "waiting")]
    behind = [r for r in added if r.status == "waiting" or closed]
    applied = [r for r in behind if r.status == "applied"]
    for registration in applied:
        registration.status, registration.status_since = "waiting", now
    order = {key: place for place, key in enumerate(keys)}
    waiting_order.append(session, event_id, sorted(behind, key=lambda r: order[r.id]))
    if not applied:
        return []
    return [
        TN(
            "Somebody is already waiting for a place, so {count} new registration went on the waiting list.",
            "Somebody is already waiting for a place, so {count} new registrations went on the waiting list.",
            len(applied),
        )
    ]


def label_of(registered: RegisteredPeople) -> Text:
    """What a person would call the gesture."""
    number = len(registered.keys)
    if registered.went_waiting:
        what = TN("{count} person put on the waiting list", "{count} people put on the waiting list", number)
    elif registered.status == "invited":
        what = TN("{count} person invited", "{count} people invited", number)
    else:
        what = TN("{count} person registered", "{count} people registered", number)
    return deciding.over_words(what, registered.over)


def already_registered(name: str) -> OfficeError:
    return OfficeError(
        T("{name} is already registered for this event.", name=name),
        safe=T("Nothing was changed."),
        todo=T("Find the registration in the table and change it there."),
    )


def _given(
    session: Session, event_id: str, added: Sequence[Registration], status: str, *, over_capacity: bool
) -> tuple[Exceeded, ...]:
    """Who came as new gets the status asked for, counted before it is given."""
    over: tuple[Exceeded, ...] = ()
    if status in TAKES_PLACE:
        over = counting.would_exceed(session, event_id, [r.id for r in added])
        if over and not over_capacity:
            raise OverCapacity(over)
    for registration in added:
        registration.status = status
    session.flush()
    if status == "waiting":
        waiting_order.append(session, event_id, added)
    return over


def _people(session: Session, keys: Sequence[str]) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for some in counting.chunks(keys):
        found |= {p.id: p for p in session.scalars(select(Person).where(Person.id.in_(some)))}
    return found


def _still_theirs(session: Session, before: dict[str, str | None]) -> dict[str, str | None]:
    """Whom they represented then, only where the person has no organisation of their own now."""
    people = _people(session, list(before))
    return {key: of for key, of in before.items() if key in people and people[key].organisation_id is None}


def _name(person: Person) -> str:
    return f"{person.given_name} {person.family_name}".strip()

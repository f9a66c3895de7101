"""The options people have chosen as a field of their registrations: what it offers, and how it is corrected."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mama_desktop.domain.capacity import ChosenOption, EventOption, Exceeded, counted
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.questions import said
from mama_desktop.domain.registrations import GIVES_BACK, TAKES_PLACE
from mama_desktop.domain.text import T
from mama_desktop.services import capacity, counting, fields
from mama_desktop.services.counting import OverCapacity


def set_options(
    session: Session, keys: Sequence[str], wanted: Collection[str], *, over_capacity: bool = False
) -> tuple[Exceeded, ...]:
    """Give each of these registrations exactly these options; what they had besides is let go of.

    Of a group with only one the newly wished takes the place of the one chosen before. Raises OverCapacity when an
    option is full (nobody who only keeps what they have is counted), OfficeError for two new ones of such a group, and
    for who is declined or cancelled; gives what is exceeded on purpose.
    """
    registrations = counting.registrations_by_key(session, keys)
    events = {r.event_id for r in registrations}
    counting.lock_events(session, events)
    known = {o.id: o for o in session.scalars(select(EventOption).where(EventOption.event_id.in_(events)))}
    if set(wanted) - known.keys():
        raise OfficeError(T("This option was deleted meanwhile."), safe=T("The old value stays."))
    if len(events) > 1 and wanted:
        raise ValueError("options of several events")
    had = {key: chosen for event in events for key, chosen in counting.options_chosen(session, event).items()}
    more: Counter[str] = Counter()
    for registration in registrations:
        before = had.get(registration.id, frozenset())
        after = _one_of_each_group(known, before, wanted)
        if registration.status in GIVES_BACK and after - before:
            raise capacity.holds_nothing()
        gone = before - after
        if gone:
            session.execute(
                delete(ChosenOption).where(
                    ChosenOption.registration_id == registration.id, ChosenOption.option_id.in_(sorted(gone))
                )
            )
        for option in sorted(after - before):
            session.add(ChosenOption(option_id=option, registration_id=registration.id))
        if registration.status in TAKES_PLACE:
            more.update(after - before)
            more.subtract(gone)
    # Counted after the change and before the write ends: whoever let go of a place has made room for another.
    session.flush()
    full: list[Exceeded] = []
    for event in events:
        taken = counted(counting.takers(session, event).values()) if +more else Counter()
        for key, grown in more.items():
            places, now = known[key].places, taken["option", key]
            if grown > 0 and places is not None and now > places:
                full.append(Exceeded("option", key, now, places))
    over_now = counting.with_names(session, full)
    if over_now and not over_capacity:
        raise OverCapacity(over_now)
    return over_now


def options_field(session: Session, event_id: str, *, with_places: bool = True) -> dict[str, fields.Field]:
    """The options of an event as a field of its registrations, which say for each whether it is full; none, no field.

    with_places: False where nobody chooses yet, and nothing needs to be counted.
    """
    query = select(EventOption).where(EventOption.event_id == event_id).order_by(EventOption.position, EventOption.id)
    found = list(session.scalars(query))
    if not found:
        return {}
    choices = {o.id: said({"sl": o.name_sl, "en": o.name_en}) for o in found}
    remarks = {}
    if with_places and any(o.places is not None for o in found):
        remarks = {row.id: words for row in capacity.options(session, event_id) if (words := row.remark) is not None}
    return {"options": fields.options_field(choices, remarks)}


def _one_of_each_group(
    known: Mapping[str, EventOption], before: Collection[str], wanted: Collection[str]
) -> frozenset[str]:
    """What is chosen when somebody who had `before` wishes for these: of a group with only one the newly wished."""
    kept = set(wanted)
    groups: dict[str, list[str]] = defaultdict(list)
    for key in kept:
        if known[key].only_one and known[key].group_sl:
            groups[known[key].group_sl].append(key)
    for name, keys in groups.items():
        new = [key for key in keys if key not in before]
        if len(new) > 1 or (len(keys) > 1 and not new):
            raise OfficeError(T("Of “{group}” only one may be chosen.", group=name), safe=T("The old value stays."))
        kept -= set(keys) - set(new) if new else set()
    return frozenset(kept)

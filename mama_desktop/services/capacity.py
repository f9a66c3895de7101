"""Options and quotas of an event: adding and changing them, choosing an option, and what is over."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.capacity import QUOTA_KINDS, ChosenOption, EventOption, Exceeded, Quota, counted
from mama_desktop.domain.capacity import exceeded as over
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.registrations import TAKES_PLACE, Registration
from mama_desktop.domain.text import T, Text, clean, verbatim
from mama_desktop.services import counting
from mama_desktop.services.counting import OverCapacity

__all__ = (
    "Exceeded", "OptionRow", "OverCapacity", "QuotaRow", "choose_option", "copy_limits", "delete_option",
    "delete_quota", "exceeded", "holds_nothing", "leave_option", "options", "options_of", "quotas", "save_option",
    "save_quota", "touched_by_deleting_option",
)  # fmt: skip


@dataclass(frozen=True)
class OptionRow:
    """An option as a screen shows it. taken: by who takes a place; wished: by who has chosen it and takes none yet."""

    id: str
    position: int
    group: str
    name: str
    places: int | None
    taken: int
    wished: int
    only_one: bool
    group_sl: str = ""
    group_en: str = ""
    name_sl: str = ""
    name_en: str = ""

    @property
    def now(self) -> str:
        """ "12 / 10", or "12" for an option without a number of places."""
        return str(self.taken) if self.places is None else f"{self.taken} / {self.places}"

    @property
    def remark(self) -> Text | None:
        """What whoever chooses has to know: "12 / 10, full"; None for an option without a number of places."""
        if self.places is None:
            return None
        return T("{now}, full", now=self.now) if self.taken >= self.places else verbatim(self.now)


@dataclass(frozen=True)
class QuotaRow:
    """A quota as a screen shows it. value: empty for each of its kind; taken: of the one value, or the most of any."""

    id: str
    kind: str
    value: str
    name: Text
    places: int
    taken: int


def options(session: Session, event_id: str, language: str = "sl") -> list[OptionRow]:
    """The options of an event in their order, with who takes their places."""
    session.flush()
    takes = Registration.status.in_(TAKES_PLACE)
    query = (
        select(
            EventOption,
            func.count(ChosenOption.id).filter(takes),
            func.count(ChosenOption.id).filter(~takes),
        )
        .outerjoin(ChosenOption, ChosenOption.option_id == EventOption.id)
        .outerjoin(Registration, Registration.id == ChosenOption.registration_id)
        .where(EventOption.event_id == event_id)
        .group_by(EventOption.id)
        .order_by(EventOption.position, EventOption.id)
    )
    english = language == "en"
    return [
        OptionRow(
            o.id, o.position, (english and o.group_en) or o.group_sl, (english and o.name_en) or o.name_sl, o.places,
            taken, wished, o.only_one, o.group_sl, o.group_en, o.name_sl, o.name_en,
        )
        for o, taken, wished in session.execute(query)
    ]  # fmt: skip


def save_option(
    session: Session,
    event_id: str,
    *,
    key: str | None = None,
    name_sl: str,
    name_en: str = "",
    group_sl: str = "",
    group_en: str = "",
    places: int | None = None,
    only_one: bool = True,
    position: int | None = None,
) -> str:
    """Add an option, or (`key`) change it; returns its key. Fewer places than taken throws nobody out: `exceeded`."""
    name_sl = clean(name_sl) or clean(name_en)
    if not name_sl:
        raise OfficeError(T("Please write what the option is called."))
    _refuse_negative(places)
    counting.lock_events(session, [event_id])
    option = session.get(EventOption, key) if key else None
    if option is None:
        last = session.scalar(select(func.max(EventOption.position)).where(EventOption.event_id == event_id))
        option = EventOption(event_id=event_id, position=(last or 0) + 1, name_sl=name_sl)
        session.add(option)
    option.name_sl, option.name_en = name_sl, clean(name_en)
    option.group_sl, option.group_en = clean(group_sl), clean(group_en)
    option.places, option.only_one = places, only_one
    if position is not None:
        option.position = position
    session.flush()
    return option.id


def touched_by_deleting_option(session: Session, key: str) -> int:
    """How many have chosen this option."""
    return session.scalar(select(func.count()).where(ChosenOption.option_id == key)) or 0


def delete_option(session: Session, key: str) -> int:
    """Delete an option with everybody's choice of it; returns how many had chosen it."""
    touched = touched_by_deleting_option(session, key)
    session.execute(delete(ChosenOption).where(ChosenOption.option_id == key))
    session.execute(delete(EventOption).where(EventOption.id == key))
    return touched


def options_of(session: Session, registration_id: str) -> list[str]:
    """The keys of the options a registration has chosen."""
    query = (
        select(ChosenOption.option_id)
        .join(EventOption, EventOption.id == ChosenOption.option_id)
        .where(ChosenOption.registration_id == registration_id)
    )
    return list(session.scalars(query.order_by(EventOption.position)))


def choose_option(
    session: Session, registration_id: str, option_id: str, *, over_capacity: bool = False
) -> tuple[Exceeded, ...]:
    """Choose an option for somebody; of a group with only one it takes the place of the one chosen before.

    For who takes no place of the event yet it is a wish. Raises OverCapacity when the option is full; gives what is
    exceeded on purpose.
    """
    registration = session.get_one(Registration, registration_id)
    option = session.get_one(EventOption, option_id)
    if option.event_id != registration.event_id:
        raise ValueError("an option of another event")
    if registration.status in ("declined", "cancelled"):
        raise holds_nothing()
    counting.lock_events(session, [option.event_id])
    before = options_of(session, registration_id)
    if option_id in before:
        return ()
    if option.only_one and option.group_sl:
        same = select(EventOption.id).where(
            EventOption.event_id == option.event_id, EventOption.group_sl == option.group_sl, EventOption.only_one
        )
        session.execute(
            delete(ChosenOption).where(
                ChosenOption.registration_id == registration_id, ChosenOption.option_id.in_(same)
            )
        )
    full: tuple[Exceeded, ...] = ()
    if registration.status in TAKES_PLACE and option.places is not None:
        taken = counted(counting.takers(session, option.event_id).values())["option", option_id] + 1
        if taken > option.places:
            full = counting.with_names(session, [Exceeded("option", option_id, taken, option.places)])
            if not over_capacity:
                raise OverCapacity(full)
    session.add(ChosenOption(option_id=option_id, registration_id=registration_id))
    session.flush()
    return full


def leave_option(session: Session, registration_id: str, option_id: str) -> None:
    """Let go of an option."""
    session.execute(
        delete(ChosenOption).where(ChosenOption.registration_id == registration_id, ChosenOption.option_id == option_id)
    )


def quotas(session: Session, event_id: str, language: str = "sl") -> list[QuotaRow]:
    """The quotas of an event, those for each first."""
    taken = counted(counting.takers(session, event_id).values())
    query = select(Quota).where(Quota.event_id == event_id).order_by(Quota.kind, Quota.value)
    found = list(session.scalars(query))
    own = {(q.kind, q.value) for q in found}
    names = counting.names(session, [q.value for q in found if q.kind == "organisation"], language)

    def most(quota: Quota) -> int:
        if quota.value:
            return taken[quota.kind, quota.value]
        each = (n for of, n in taken.items() if of[0] == quota.kind and of not in own)
        return max(each, default=0)

    return [
        QuotaRow(q.id, q.kind, q.value, counting.named(q.kind, q.value, names, language), q.places, most(q))
        for q in found
    ]


def save_quota(
    session: Session, event_id: str, *, kind: str, value: str = "", places: int, key: str | None = None
) -> str:
    """Set how many places one value (or, without one, each) of a kind has; returns its key. Nobody is thrown out."""
    if kind not in QUOTA_KINDS:
        raise ValueError(kind)
    _refuse_negative(places)
    counting.lock_events(session, [event_id])
    same = session.scalar(select(Quota).where(Quota.event_id == event_id, Quota.kind == kind, Quota.value == value))
    quota = session.get(Quota, key) if key else same
    if quota is not None and same is not None and same is not quota:
        raise OfficeError(
            T("There is such a quota already."), safe=T("Nothing was changed."), todo=T("Change the one that is there.")
        )
    if quota is None:
        quota = Quota(event_id=event_id, kind=kind, value=value, places=places)
        session.add(quota)
    quota.kind, quota.value, quota.places = kind, value, places
    session.flush()
    return quota.id


def delete_quota(session: Session, key: str) -> None:
    """Take a quota away."""
    session.execute(delete(Quota).where(Quota.id == key))


def copy_limits(session: Session, event_id: str, to_event_id: str) -> None:
    """The options and quotas of an event for another one; a quota that one has already stays as it is there."""
    has = select(Quota.kind, Quota.value).where(Quota.event_id == to_event_id)
    there = {(kind, value) for kind, value in session.execute(has)}
    for record in (EventOption, Quota):
        kept = [c.key for c in record.__mapper__.column_attrs if c.key not in ("id", "event_id")]
        for row in session.scalars(select(record).where(record.event_id == event_id).order_by(record.id)):
            if isinstance(row, Quota) and (row.kind, row.value) in there:
                continue
            session.add(record(event_id=to_event_id, **{key: getattr(row, key) for key in kept}))
    session.flush()


def exceeded(
    session: Session, event_id: str, keys: Collection[str] = (), *, language: str = "sl"
) -> tuple[Exceeded, ...]:
    """What is over: now, or (with `keys`) what these would make over if they took a place as well."""
    session.flush()
    if keys:
        return counting.would_exceed(session, event_id, keys)
    limits = counting.limits_of(session, event_id)
    if limits.are_none:
        return ()
    taken = counted(counting.takers(session, event_id).values())
    return counting.with_names(session, over(limits, taken), language=language)


def holds_nothing() -> OfficeError:
    """Of an option for who is declined or cancelled."""
    return OfficeError(
        T("This registration is declined or cancelled and can hold no place of an option."),
        safe=T("Nothing was changed."),
        todo=T("First give it another status."),
    )


def _refuse_negative(places: int | None) -> None:
    if places is not None and not 0 <= places < 10**6:
        raise OfficeError(T("The number {value} is not possible here.", value=places), safe=T("The old value stays."))

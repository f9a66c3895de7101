"""Working groups: their list, the terms of their members, their mailing, and what a deletion touches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.groups import MEMBER_ROLES, Membership, WorkingGroup
from mama_desktop.domain.office import StaffMember
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.projects import Project
from mama_desktop.domain.rows import FieldInfo, Found, Listing
from mama_desktop.domain.text import T, clean, sort_key, verbatim
from mama_desktop.services import fields, people
from mama_desktop.services.fields.group import (
    GROUP_DETAILS,
    GROUP_FIELDS,
    MEMBERSHIP_FIELDS,
    is_current,
    members_on,
)

_IS_NOW = FieldInfo("is_current", T("Member now"), "bool", editable=False, width=100)
_OF_PERSON = (
    FieldInfo("group", T("Working group"), editable=False, width=300),
    FieldInfo("role", T("Role"), "choice", choices=MEMBER_ROLES, editable=False, width=140),
    FieldInfo("since", T("Since"), "date", editable=False),
    FieldInfo("until", T("Until"), "date", editable=False),
)


@dataclass(frozen=True)
class GroupCard:
    """One group as its page shows it. values: raw values of the form's fields; members: how many there are now."""

    id: str
    values: dict[str, Any]
    project: str
    responsible: str
    members: int
    terms: int

    def name(self, language: str) -> str:
        english = self.values["name_en"] if language == "en" else ""
        return str(english or self.values["name_sl"])


@dataclass(frozen=True)
class Mailing:
    """Who gets the group's mail now. emails: each once, in the order of names; without: names that have none."""

    emails: tuple[str, ...] = ()
    without: tuple[str, ...] = field(default=())


def _groups_query() -> Any:
    return (
        select(WorkingGroup.id)
        .select_from(WorkingGroup)
        .outerjoin(Project, Project.id == WorkingGroup.project_id)
        .outerjoin(StaffMember, StaffMember.id == WorkingGroup.responsible_id)
    )


def groups(session: Session, *, today: dt.date, language: str = "sl") -> Listing:
    """All working groups with how many members they have on the day."""
    shown = [members_on(today) if f.key == "members" else f for f in GROUP_FIELDS.values()]
    query = _groups_query().order_by(WorkingGroup.name_sl)
    return fields.listing(session, shown, query, WorkingGroup.id, language=language)


def group_names(session: Session, *, language: str = "sl") -> dict[str, str]:
    """Key to name of every group, in the order of names, for choosing one."""
    found = session.execute(select(WorkingGroup.id, WorkingGroup.name_sl, WorkingGroup.name_en))
    names = {key: name_en if language == "en" and name_en else name_sl for key, name_sl, name_en in found}
    return dict(sorted(names.items(), key=lambda item: sort_key(item[1])))


def group_card(session: Session, key: str, *, today: dt.date, language: str = "sl") -> GroupCard | None:
    """The card of one group; None when it was deleted meanwhile."""
    shown = [*GROUP_FIELDS.values(), *GROUP_DETAILS.values()]
    listing = fields.listing(
        session, shown, _groups_query().where(WorkingGroup.id == key), WorkingGroup.id, language=language
    )
    if not listing.keys:
        return None
    values = {info.key: value for info, value in zip(listing.fields, listing.rows[0], strict=True)}
    terms = session.scalar(select(func.count()).where(Membership.group_id == key)) or 0
    return GroupCard(
        key,
        values,
        values["project"] or "",
        values["responsible"] or "",
        len(members(session, key, today=today)),
        terms,
    )


def memberships(
    session: Session, group_id: str, *, today: dt.date, everybody: bool = False, language: str = "sl"
) -> Listing:
    """The terms of the members who are there on the day, or of everybody who ever was (`everybody`).

    Keys are those of the terms; the last field says whether a term runs on the day.
    """
    query = (
        select(Membership.id)
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.group_id == group_id)
    )
    if not everybody:
        query = query.where(is_current(today))
    shown = list(MEMBERSHIP_FIELDS.values())
    found = fields.listing(session, shown, query, Membership.id, language=language)
    if not everybody:
        return found
    running = set(session.scalars(select(Membership.id).where(Membership.group_id == group_id, is_current(today))))
    rows = [(*row, key in running) for key, row in zip(found.keys, found.rows, strict=True)]
    return Listing((*found.fields, _IS_NOW), found.keys, rows)


def members(session: Session, group_id: str, *, today: dt.date) -> list[str]:
    """The keys of the people who are members on the day, each once, in the order of names."""
    query = (
        select(Person.id, Person.family_name, Person.given_name)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.group_id == group_id, is_current(today))
    )
    found = {row.id: (sort_key(row.family_name), sort_key(row.given_name)) for row in session.execute(query)}
    return sorted(found, key=lambda key: found[key])


def mailing(session: Session, group_id: str, *, today: dt.date) -> Mailing:
    """The addresses of the present members who get the group's mail, and who of them has none."""
    query = (
        select(Person.given_name, Person.family_name, Person.email)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.group_id == group_id, is_current(today), Membership.gets_mail)
    )
    found = sorted(session.execute(query), key=lambda row: (sort_key(row.family_name), sort_key(row.given_name)))
    emails = dict.fromkeys(row.email.strip() for row in found if row.email.strip())
    without = dict.fromkeys(f"{row.given_name} {row.family_name}".strip() for row in found if not row.email.strip())
    return Mailing(tuple(emails), tuple(without))


def groups_of(session: Session, person_id: str, *, language: str = "sl") -> Listing:
    """The terms of a person in all groups, the latest first; keys are those of the groups."""
    query = (
        select(
            WorkingGroup.id, WorkingGroup.name_sl, WorkingGroup.name_en, Membership.role, Membership.since,
            Membership.until,
        )
        .join(Membership, Membership.group_id == WorkingGroup.id)
        .where(Membership.person_id == person_id)
    )  # fmt: skip
    latest = sorted(session.execute(query), key=lambda row: (row.until is None, row.since or dt.date.min), reverse=True)
    rows = [
        (row.name_en if language == "en" and row.name_en else row.name_sl, row.role, row.since, row.until)
        for row in latest
    ]
    return Listing(_OF_PERSON, [row.id for row in latest], rows)


def add_group(session: Session, name: str) -> str:
    """Add a working group; returns its key. The name is all that is needed."""
    name = clean(name)
    if not name:
        raise OfficeError(T("Please write the name of the working group."))
    added = WorkingGroup(name_sl=name)
    session.add(added)
    session.flush()
    return added.id


def add_member(
    session: Session,
    group_id: str,
    person_id: str,
    *,
    since: dt.date | None,
    until: dt.date | None = None,
    role: str = "member",
) -> str:
    """Begin a term of a person in a group; returns its key. Who is a member in that time already is refused by name."""
    person = session.get_one(Person, person_id)
    _refuse_reversed(since, until)
    terms = session.scalars(
        select(Membership).where(Membership.group_id == group_id, Membership.person_id == person_id)
    )
    if any(_overlap(term, since, until) for term in terms):
        raise OfficeError(
            T("{name} is a member of this group at that time already.", name=_named(person)),
            safe=T("Nothing was changed."),
            todo=T("End the running term first, or begin a new one."),
        )
    added = Membership(
        group_id=group_id, person_id=person_id, organisation_id=person.organisation_id, role=role, since=since,
        until=until,
    )  # fmt: skip
    session.add(added)
    session.flush()
    return added.id


def add_member_called(session: Session, group_id: str, who: Found | str, *, since: dt.date | None) -> str:
    """Begin a term of somebody picked, or called by a name: the one person of it, or a new one when nobody has it."""
    if isinstance(who, Found) and who.key:
        return add_member(session, group_id, who.key, since=since)
    name = clean(who.title if isinstance(who, Found) else who)
    known = people.named(session, name)
    if len(known) > 1:
        raise OfficeError(
            T("Several people are called {name}.", name=name),
            safe=T("Nothing was changed."),
            todo=T("Choose the right one from the list that opens while you type."),
            details=[verbatim(one) for _, one in known],
        )
    given_name, _, family_name = name.partition(" ")
    key = known[0][0] if known else people.add_person(session, given_name=given_name, family_name=family_name)
    return add_member(session, group_id, key, since=since)


def end_terms(session: Session, keys: Sequence[str], *, until: dt.date) -> int:
    """Let terms end with the day; a term that begins later is refused. Returns how many changed."""
    changed = 0
    for term in session.scalars(select(Membership).where(Membership.id.in_(keys))):
        _refuse_reversed(term.since, until)
        changed += term.until != until
        term.until = until
    session.flush()
    return changed


def begin_terms(session: Session, keys: Sequence[str], *, since: dt.date, until: dt.date | None = None) -> list[str]:
    """Give the people of these terms a new one in the same role; a term that runs then ends the day before."""
    _refuse_reversed(since, until)
    begun = []
    for key in keys:
        before = session.get_one(Membership, key)
        day_before = since - dt.timedelta(days=1)
        if before.since is not None and before.since > day_before:
            raise OfficeError(
                T("The new term has to begin after the term before it ({since}).", since=before.since),
                safe=T("Nothing was changed."),
            )
        if before.until is None or before.until > day_before:
            before.until = day_before
        session.flush()
        begun.append(add_member(session, before.group_id, before.person_id, since=since, until=until, role=before.role))
        after = session.get_one(Membership, begun[-1])
        after.gets_mail = before.gets_mail
        after.organisation_id = before.organisation_id or after.organisation_id
    session.flush()
    return begun


def person_of(session: Session, key: str) -> str | None:
    """The key of the person of a term; None when it was taken away meanwhile."""
    return session.scalar(select(Membership.person_id).where(Membership.id == key))


def remove_terms(session: Session, keys: Sequence[str]) -> int:
    """Take terms away as if they had never been; the people stay."""
    session.execute(delete(Membership).where(Membership.id.in_(keys)))
    return len(keys)


def touched_by_deleting(session: Session, keys: Sequence[str]) -> dict[str, int]:
    """How many terms of how many people go with these groups."""
    query = select(func.count(), func.count(Membership.person_id.distinct())).where(Membership.group_id.in_(keys))
    terms, people = session.execute(query).one()
    return {"terms": terms, "people": people}


def delete_groups(session: Session, keys: Sequence[str]) -> int:
    """Delete groups with the terms of their members; the people stay."""
    session.execute(delete(Membership).where(Membership.group_id.in_(keys)))
    session.execute(delete(WorkingGroup).where(WorkingGroup.id.in_(keys)))
    return len(keys)


def _overlap(term: Membership, since: dt.date | None, until: dt.date | None) -> bool:
    first, last = since or dt.date.min, until or dt.date.max
    return (term.since or dt.date.min) <= last and first <= (term.until or dt.date.max)


def _refuse_reversed(since: dt.date | None, until: dt.date | None) -> None:
    if since and until and since > until:
        raise OfficeError(
            T("The end ({last}) is before the beginning ({first}).", first=since, last=until),
            safe=T("The old value stays."),
        )


def _named(person: Person) -> str:
    return f"{person.given_name} {person.family_name}".strip()

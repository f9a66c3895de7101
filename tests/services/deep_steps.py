"""Steps of an office day that go in depth: places, parties, questions, papers of parents, groups, letters, merging."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.capacity import QUOTA_KINDS, ChosenOption, EventOption, Quota
from mama_desktop.domain.duplicates import VERDICTS
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.groups import Membership, WorkingGroup
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.parties import Party
from mama_desktop.domain.people import Affiliation, Person
from mama_desktop.domain.questions import QUESTION_KINDS, Question, QuestionSet
from mama_desktop.domain.registrations import CANCELLED_BY, REPLIES, STATUSES, Registration
from mama_desktop.domain.text import T
from mama_desktop.services import (
    affiliations,
    capacity,
    deciding,
    duplicates,
    editing,
    fields,
    groups,
    importing,
    merging,
    parties,
    pasting,
    question_sets,
    questions,
    registering,
    waiting_blocks,
    waiting_list,
)
from tests.services import paper_steps
from tests.services.paper_steps import NOW, TODAY
from tests.services.paper_steps import maybe as _maybe

if TYPE_CHECKING:
    from tests.services.test_undo_everything import Day


def steps(day: Day, folder: Path) -> tuple[Callable[[], object], ...]:
    """Every step of this file and of `paper_steps`, for a day; files are written into `folder`."""
    own = (
        decide, decide, answer, option, option, choose, choose, quota, small, move, promote, party, together,
        register_many, from_group, from_earlier, group, member, terms, question, question, question_set, answered,
        paper_steps.consent, paper_steps.papers, paper_steps.guardian, paper_steps.file, paper_steps.letter,
        paper_steps.text, paper_steps.view, merge, merge, verdict, affiliation, paste, remove,
    )  # fmt: skip
    return (*(partial(step, day) for step in own), partial(newer_export, day, folder))


def decide(day: Day) -> None:
    status = day.random.choice([*STATUSES, "accepted", "cancelled", "waiting"])
    day.do(
        deciding.decide, day.some(Registration, 6), status, now=NOW, reason=day.word(), over_capacity=_maybe(day),
        cancelled_by=day.random.choice(list(CANCELLED_BY)) if status == "cancelled" else "",
    )  # fmt: skip


def answer(day: Day) -> None:
    day.do(deciding.answer, day.some(Registration, 4), day.random.choice(list(REPLIES)), now=NOW)


def option(day: Day) -> None:
    (event,) = day.some(Event)
    key = day.do(capacity.save_option, event, name_sl=day.word(), places=day.random.choice([None, 1, 2]))
    if _maybe(day, 0.3):
        day.do(capacity.save_option, event, key=key, name_sl=day.word(), places=1, only_one=False)
    if _maybe(day, 0.2):
        day.do(capacity.copy_limits, event, *day.some(Event))


def choose(day: Day) -> None:
    (chosen,) = day.some(EventOption)
    event = day.db.read(lambda s: s.get_one(EventOption, chosen).event_id)
    keys = day.db.read(lambda s: sorted(s.scalars(select(Registration.id).where(Registration.event_id == event))))
    for key in day.random.sample(keys, min(3, len(keys))):
        day.do(capacity.choose_option, key, chosen, over_capacity=_maybe(day, 0.3))
    if _maybe(day, 0.2):
        held = day.db.read(lambda s: s.get_one(ChosenOption, *day.some(ChosenOption)))
        day.do(capacity.leave_option, held.registration_id, held.option_id)


def quota(day: Day) -> None:
    kind = day.random.choice(list(QUOTA_KINDS))
    day.do(capacity.save_quota, *day.some(Event), kind=kind, places=day.random.randint(1, 5))


def small(day: Day) -> None:
    """An event with few places, where people have to wait."""
    day.do(editing.change, "event", day.some(Event), "capacity", day.random.randint(1, 4), now=NOW)
    day.do(waiting_blocks.set_closes, *day.some(Event), day.random.choice([True, False, None]))


def _waiting(day: Day) -> tuple[str, list[str]]:
    query = select(Registration.event_id, Registration.id).where(Registration.status == "waiting")
    found = day.db.read(lambda s: sorted((str(event), str(key)) for event, key in s.execute(query)))
    if not found:
        return "", []
    event, _ = day.random.choice(found)
    return event, [key for of, key in found if of == event]


def move(day: Day) -> None:
    event, keys = _waiting(day)
    if keys:
        day.do(waiting_list.move, day.random.choice(keys), day.random.randint(1, len(keys)), reason=day.word())
        day.do(waiting_blocks.move_block, event, keys[:1], 0, reason=day.word())


def promote(day: Day) -> None:
    event, keys = _waiting(day)
    if keys:
        day.do(waiting_list.promote, event, keys[:2], now=NOW, over_capacity=_maybe(day))


def party(day: Day) -> None:
    (event,) = day.some(Event)
    keys = day.db.read(lambda s: sorted(s.scalars(select(Registration.id).where(Registration.event_id == event))))
    key = day.do(parties.make_party, event, name=day.word(), contact_email="a@example.org")
    day.do(parties.put_together, keys[:3], key)
    day.do(parties.change_party, key, remarks=day.word())


def together(day: Day) -> None:
    (key,) = day.some(Party)
    event = day.db.read(lambda s: s.get_one(Party, key).event_id)
    keys = day.db.read(lambda s: sorted(s.scalars(select(Registration.id).where(Registration.event_id == event))))
    day.do(parties.put_together, day.random.sample(keys, min(2, len(keys))), day.random.choice([None, key]))


def register_many(day: Day) -> None:
    people = day.some(Person, 4)
    if _maybe(day):
        day.do(
            registering.register_organisation_group, *day.some(Event), *day.some(Organisation), people, now=NOW,
            contact_id=people[0], status="accepted", over_capacity=_maybe(day),
        )  # fmt: skip
    else:
        day.do(registering.register_people, *day.some(Event), people, now=NOW, status="applied")


def from_group(day: Day) -> None:
    day.do(registering.from_group, *day.some(Event), *day.some(WorkingGroup), now=NOW, day=TODAY)


def from_earlier(day: Day) -> None:
    event, earlier = day.some(Event, 2)[0], day.some(Event, 1)[0]
    day.do(registering.from_earlier_event, event, earlier, now=NOW)


def group(day: Day) -> None:
    key = day.do(groups.add_group, day.word())
    for person in day.some(Person, 4):
        day.do(groups.add_member, key, person, since=dt.date(2020, 1, 1))
    day.do(editing.change, "working_group", [key], "remarks", day.word(), now=NOW)


def member(day: Day) -> None:
    day.do(groups.add_member_called, *day.some(WorkingGroup), day.word(), since=TODAY)


def terms(day: Day) -> None:
    keys = day.some(Membership, 3)
    doing: list[Callable[..., Any]] = [
        partial(groups.end_terms, keys=keys, until=TODAY), partial(groups.remove_terms, keys=keys),
        partial(groups.begin_terms, keys=keys, since=dt.date(2020, 6, 1)),
    ]  # fmt: skip
    day.do(day.random.choice(doing))


def question(day: Day) -> None:
    (event,) = day.some(Event)
    kind = day.random.choice([kind for kind in QUESTION_KINDS if kind != "field"])
    choices = [{"sl": "da", "en": "yes"}, {"sl": day.word()}] if kind in ("choice", "choices") else []
    key = day.do(questions.save, event, kind=kind, label_sl=day.word(), choices=choices, required=_maybe(day))
    if _maybe(day, 0.3):
        day.do(questions.move, key, 0)
    if _maybe(day, 0.3):
        own = day.random.choice(["diet", "emergency_name"])
        day.do(questions.save, event, kind="field", field_key=own)
    if _maybe(day, 0.2):
        day.do(questions.delete, *day.some(Question), keep_answers=_maybe(day))


def question_set(day: Day) -> None:
    event, other = day.some(Event)[0], day.some(Event)[0]
    day.do(question_sets.insert_set, event, "travel")
    day.do(question_sets.save_as_set, event, day.word())
    day.do(question_sets.copy_questions, event, other)
    if _maybe(day):
        (key,) = day.some(QuestionSet)
        day.do(question_sets.insert_set, other, key)
        day.do(question_sets.delete_set, key)


def _asked(day: Day) -> tuple[str, list[str]]:
    (key,) = day.some(Question)
    event = day.db.read(lambda s: s.get_one(Question, key).event_id)
    found = select(Registration.id).where(Registration.event_id == event)
    return key, day.db.read(lambda s: sorted(s.scalars(found)))[:5]


def answered(day: Day) -> None:
    key, keys = _asked(day)
    value = day.random.choice([True, "7", day.word(), "2020-04-01", ["c1"], "c1", None])
    day.do(editing.change, "registration", keys, fields.ANSWER + key, value, now=NOW)


def paste(day: Day) -> None:
    keys = day.some(Registration, 5)
    columns = [fields.REGISTRATION_FIELDS[key] for key in ("town", "remarks", "arrival", "emergency_phone")]
    words = ("Krško", day.word(), "31. 2. 2020", "040 123 456")
    cells = [
        pasting.Cell(key, field.info, said, row)
        for row, key in enumerate(keys)
        for field, said in zip(columns, words, strict=True)
    ]
    typed, _ = pasting.read_cells(cells, now=NOW)
    day.do(pasting.take, "registration", typed, now=NOW)


def merge(day: Day) -> None:
    noun, record = day.random.choice([("person", Person), ("organisation", Organisation)])
    keep, *others = day.some(record, 2)
    if not others:
        raise OfficeError(T("There is nothing to choose."))
    gone = others[0]

    def one(session: Session) -> str:
        return merging.carry_out(session, merging.plan_merge(session, noun, keep, gone), now=NOW, who="Ana")

    day.do(one)


def verdict(day: Day) -> None:
    first, second = day.some(Person, 2)
    day.do(duplicates.decide, "person", first, second, day.random.choice(list(VERDICTS)), now=NOW, who="Ana")


def affiliation(day: Day) -> None:
    (person,) = day.some(Person)
    day.do(editing.change, "person", [person], "organisation", day.word(), now=NOW)
    day.do(affiliations.add_affiliation, person)
    if _maybe(day, 0.3):
        day.do(affiliations.delete_affiliations, day.some(Affiliation, 2))


def remove(day: Day) -> None:
    what, record = day.random.choice([
        (groups.delete_groups, WorkingGroup), (capacity.delete_option, EventOption), (capacity.delete_quota, Quota),
        (questions.delete, Question),
    ])  # fmt: skip
    keys = day.some(record)
    day.do(what, keys if what is groups.delete_groups else keys[0])


def newer_export(day: Day, folder: Path) -> None:
    """The same form twice: somebody is new, somebody changed, somebody is gone."""
    path = folder / "prijave.csv"
    (event,) = day.some(Event)
    lines = [f"Oseba{n},Priimek{n},oseba{n}@example.org,{day.random.choice(['Krško', 'Koper'])}" for n in range(6)]
    for kept in (lines[:4], lines[1:]):
        path.write_text("\n".join(["Ime,Priimek,E-naslov,Kraj", *kept]), encoding="utf-8")
        importing.take_in_defaults(day.db, importing.prepare(day.db, event, path))
        lines[2] = lines[2].replace("Krško", "Celje").replace("Koper", "Celje")

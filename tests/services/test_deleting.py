"""A deletion takes along what hangs on the record, says so before, and is undone to the byte: of every table."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.expenses import CostLine, TravelOrder
from mama_desktop.domain.files import Attachment
from mama_desktop.domain.text import T
from mama_desktop.services import deleting, events, organisations, people
from mama_desktop.store.database import Database
from tests.services.full_records import fill_everything
from tests.store.test_undo import state

LABEL = T("Test")


def _without_orders(session: Session) -> None:
    session.execute(update(Attachment).values(order_id=None))
    session.execute(delete(CostLine).where(CostLine.order_id.is_not(None)))
    session.execute(delete(TravelOrder))


@pytest.mark.parametrize(("use_case", "noun"), [(people.delete_people, "person"), (events.delete_events, "event")])
def test_a_record_on_which_everything_hangs_is_deleted_and_brought_back(
    db: Database, use_case: object, noun: str
) -> None:
    made = db.write(fill_everything, label=LABEL)
    db.write(_without_orders, label=LABEL)
    before = state(db)
    keys = [made[noun]]
    found = db.read(deleting.what_hangs_on, noun, keys)
    assert callable(use_case)
    db.write(use_case, keys, label=LABEL)
    after = state(db)
    for table, gone in found.gone.items():
        assert gone.isdisjoint(after[table]), table
    db.undo()
    assert state(db) == before


def test_the_words_name_each_kind_with_its_number(db: Database) -> None:
    made = db.write(fill_everything, label=LABEL)
    with pytest.raises(OfficeError, match="travel order"):
        db.read(people.touched_by_deleting, [made["person"]])
    # Without the order, which stands for an audit, the rest is named.
    db.write(_without_orders, label=LABEL)
    said = [str(line) for line in db.read(people.touched_by_deleting, [made["person"]])]
    assert len(said) == 2
    assert said[0].startswith("This is deleted as well: ")
    assert "2 registrations" in said[0]
    assert "consent" in said[0]
    assert said[1].startswith("This stays, but without a link to what is deleted: ")


def test_a_template_of_an_event_goes_with_it_and_never_becomes_the_offices(db: Database) -> None:
    from mama_desktop.domain.papers import ListTemplate

    def fill(session: Session) -> str:
        event = events.add_event(session, "Klub", starts_on=dt.date(2020, 4, 2))
        session.add(ListTemplate(name="Seznam", event_id=event))
        return event

    event = db.write(fill, label=LABEL)
    db.write(events.delete_events, [event], label=LABEL)
    assert db.read(lambda s: list(s.scalars(select(ListTemplate.id)))) == []


def test_an_organisation_with_people_is_refused_one_with_papers_only_is_not(db: Database) -> None:
    made = db.write(fill_everything, label=LABEL)
    with pytest.raises(OfficeError):
        db.write(organisations.delete_organisations, [made["organisation"]], label=LABEL)

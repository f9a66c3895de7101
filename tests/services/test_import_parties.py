"""A list that accepts only some of a group that waits together: asked, and the rest of the file goes in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.text import T
from mama_desktop.i18n import language
from mama_desktop.services import deciding, import_draft, importing, parties
from mama_desktop.services.import_draft import Preview
from mama_desktop.services.import_parties import APART, LEAVE, TOGETHER
from mama_desktop.services.taking_in import Taken
from mama_desktop.store.database import Database
from tests.factories import make_event
from tests.services.source_forms import ANA, EVA, ZAN, Line, preview, registration, take

NOW = dt.datetime(2020, 3, 2, 9, 0)
DONE = T("Test")
STATUS = ("Ime", "Priimek", "E-naslov", "Majica", "Status")


def all_ticked(preview: Preview) -> Preview:
    """With every status of the list taken, as somebody does who keeps the list outside."""
    for row in preview.comparison.rows:
        for change in row.changes:
            preview = preview.ticked(row.line, change.field, True)
    return preview


def said(row: Line, status: str, **more: str) -> Line:
    return {**row, "Status": status, **more}


@pytest.fixture
def event(db: Database, tmp_path: Path) -> str:
    """Ana, Žan and Eva came by a list; Ana and Žan wait as a family."""
    event = db.write(lambda s: make_event(s).id, label=DONE)
    take(db, event, tmp_path, *(said(row, "prijavljen") for row in (ANA, ZAN, EVA)), headings=STATUS)

    def wait(session: Session) -> None:
        keys = [registration(db, given).id for given in ("Ana", "Žan")]
        deciding.decide(session, keys, "waiting", now=NOW)
        parties.gather(session, event, keys, name="Družina Kos")

    db.write(wait, label=DONE)
    return event


@pytest.fixture
def newer(db: Database, event: str, tmp_path: Path) -> Preview:
    """The newer list accepts Ana and Eva, and Ana has another shirt."""
    rows = (said(ANA, "sprejeta", Majica="XL"), said(ZAN, "prijavljen"), said(EVA, "sprejeta"))
    return all_ticked(preview(db, event, tmp_path, *rows, headings=STATUS))


def statuses(db: Database) -> list[str]:
    return [registration(db, given).status for given in ("Ana", "Žan", "Eva")]


def store(db: Database, preview: Preview) -> Taken:
    return importing.take_in_defaults(db, preview)


def test_the_group_is_named_with_who_would_come_and_who_would_wait(newer: Preview) -> None:
    (split,) = newer.splits()
    assert split.party.name == "Družina Kos"
    assert (split.names(split.coming), split.names(split.staying)) == (("Ana Kovač",), ("Žan Đurić",))
    assert newer.open_splits() == 1


def test_undecided_they_wait_on_the_rest_goes_in_and_they_are_asked_about_again(
    db: Database, event: str, newer: Preview, tmp_path: Path
) -> None:
    taken = store(db, newer)
    assert statuses(db) == ["waiting", "waiting", "accepted"]
    assert registration(db, "Ana").answers["Majica"] == "XL"
    assert "Ana Kovač" in " ".join(map(language("sl").say, taken.notes))
    rows = (said(ANA, "sprejeta", Majica="XL"), said(ZAN, "prijavljen"), said(EVA, "sprejeta"))
    again = preview(db, event, tmp_path, *rows, headings=STATUS)
    assert (again.splits(), all_ticked(again).open_splits()) == ((), 1)


def test_kept_together_all_of_them_come_and_one_undo_takes_it_back(db: Database, newer: Preview) -> None:
    party = newer.splits()[0].party.id
    decided = newer.unsplit(party, TOGETHER)
    assert (decided.open_splits(), sum(decided.counts())) == (0, 3)
    store(db, decided)
    assert statuses(db) == ["accepted", "accepted", "accepted"]
    db.undo()
    assert statuses(db) == ["waiting", "waiting", "applied"]


def test_taken_apart_needs_a_reason_and_keeps_it(db: Database, newer: Preview) -> None:
    party = newer.splits()[0].party.id
    assert newer.unsplit(party, APART, "  ").open_splits() == 1
    store(db, newer.unsplit(party, APART, "Žan pride pozneje"))
    assert statuses(db) == ["accepted", "waiting", "accepted"]
    assert registration(db, "Ana").reason == "Žan pride pozneje"
    assert registration(db, "Eva").reason == ""


def test_left_on_purpose_the_rest_of_their_rows_goes_in(db: Database, newer: Preview) -> None:
    taken = store(db, newer.unsplit(newer.splits()[0].party.id, LEAVE))
    assert statuses(db) == ["waiting", "waiting", "accepted"]
    assert registration(db, "Ana").answers["Majica"] == "XL"
    assert taken.changed == 2


def test_a_group_whose_others_leave_is_not_split(db: Database, event: str, tmp_path: Path) -> None:
    rows = (said(ANA, "sprejeta"), said(ZAN, "odjavljen"), said(EVA, "prijavljen"))
    made = all_ticked(preview(db, event, tmp_path, *rows, headings=STATUS))
    assert made.splits() == ()
    store(db, made)
    assert statuses(db)[0] == "accepted"


def test_kept_together_is_counted_against_the_places(db: Database, event: str, newer: Preview) -> None:
    def two_places(session: Session) -> None:
        session.get_one(Event, event).capacity = 2

    db.write(two_places, label=DONE)
    decided = newer.unsplit(newer.splits()[0].party.id, TOGETHER)
    with pytest.raises(deciding.OverCapacity) as refused:
        store(db, decided)
    assert refused.value.exceeded[0].now == "3 / 2"
    db.write(import_draft.store, decided, NOW, over_capacity=True, label=DONE)
    assert statuses(db) == ["accepted", "accepted", "accepted"]

"""Options corrected in a cell, on a card or by pasting: full ones are asked about, a group's only one moves."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.i18n import language
from mama_desktop.services import capacity, chosen_options, editing, pasting, registrations
from mama_desktop.services.counting import OverCapacity
from mama_desktop.services.pasting import Cell
from mama_desktop.store.database import Database
from tests.factories import make_event, make_person, make_registration

NOW = dt.datetime(2020, 3, 2, 9, 0)
DONE = T("Test")


class Camp:
    """Two workshops of which one may be chosen (the first with one place), an excursion, three accepted people."""

    def __init__(self, session: Session) -> None:
        event = make_event(session)
        self.event = event.id
        save = capacity.save_option
        self.photo = save(session, event.id, name_sl="Fotografija", name_en="Photo", group_sl="Delavnica", places=1)
        self.dance = save(session, event.id, name_sl="Ples", group_sl="Delavnica")
        self.trip = save(session, event.id, name_sl="Izlet", places=2)
        self.people = [
            make_registration(session, event, make_person(session, name, "Kos"), status="accepted").id
            for name in ("Ana", "Bine", "Cene")
        ]


@pytest.fixture
def camp(db: Database) -> Camp:
    return db.write(Camp, label=DONE)


def of(db: Database, key: str) -> list[str]:
    return db.read(capacity.options_of, key)


def change(db: Database, keys: list[str], value: list[str], **more: bool) -> None:
    db.write(editing.change, "registration", keys, "options", value, now=NOW, label=DONE, **more)


def test_a_cell_gives_and_takes_and_undo_gives_back(db: Database, camp: Camp) -> None:
    ana = camp.people[0]
    change(db, [ana], [camp.photo, camp.trip])
    assert of(db, ana) == [camp.photo, camp.trip]
    change(db, [ana], [camp.trip])
    assert of(db, ana) == [camp.trip]
    db.undo()
    assert of(db, ana) == [camp.photo, camp.trip]


def test_of_a_group_with_only_one_the_new_one_takes_the_place_of_the_old_one(db: Database, camp: Camp) -> None:
    ana = camp.people[0]
    change(db, [ana], [camp.photo])
    change(db, [ana], [camp.photo, camp.dance])
    assert of(db, ana) == [camp.dance]
    with pytest.raises(OfficeError, match="only one"):
        change(db, [camp.people[1]], [camp.photo, camp.dance])
    assert of(db, camp.people[1]) == []


def test_a_full_option_is_asked_about_once_and_nothing_is_written(db: Database, camp: Camp) -> None:
    change(db, camp.people[:1], [camp.photo])
    with pytest.raises(OverCapacity) as refused:
        change(db, camp.people[1:], [camp.photo])
    assert [(e.value, e.now) for e in refused.value.exceeded] == [(camp.photo, "3 / 1")]
    assert [of(db, key) for key in camp.people] == [[camp.photo], [], []]
    change(db, camp.people[1:2], [camp.photo], over_capacity=True)
    # Whoever only keeps what they have is asked nothing, full as it is.
    change(db, camp.people[:1], [camp.photo, camp.trip])
    assert of(db, camp.people[0]) == [camp.photo, camp.trip]


def test_a_place_may_pass_from_one_to_another(db: Database, camp: Camp) -> None:
    change(db, camp.people[:1], [camp.photo])

    def swap(session: Session) -> None:
        chosen_options.set_options(session, camp.people[:1], [camp.dance])
        chosen_options.set_options(session, camp.people[1:2], [camp.photo])

    db.write(swap, label=DONE)
    assert [of(db, key) for key in camp.people] == [[camp.dance], [camp.photo], []]


def test_who_takes_no_place_wishes_and_who_is_cancelled_holds_nothing(db: Database, camp: Camp) -> None:
    change(db, camp.people[:1], [camp.photo])
    bine, cene = camp.people[1:]
    db.write(registrations.set_status, [bine], "applied", now=NOW, label=DONE)
    change(db, [bine], [camp.photo])
    assert of(db, bine) == [camp.photo]
    db.write(registrations.set_status, [cene], "cancelled", now=NOW, label=DONE)
    with pytest.raises(OfficeError, match="declined or cancelled"):
        change(db, [cene], [camp.trip])
    change(db, [cene], [])


def test_the_table_offers_the_options_of_its_event_and_says_which_are_full(db: Database, camp: Camp) -> None:
    change(db, camp.people[:1], [camp.photo, camp.trip])
    listing = db.read(registrations.registrations, camp.event)
    info = listing.fields[listing.column("options")]
    assert (info.kind, info.editable, list(info.choices)) == ("choices", True, [camp.photo, camp.dance, camp.trip])
    say = language("sl").say
    assert [say(words) for words in info.remarks.values()] == ["1 / 1, ni več mest", "1 / 2"]
    assert language("en").say(info.choices[camp.photo]) == "Photo"
    found = dict(zip(listing.keys, (row[listing.column("options")] for row in listing.rows), strict=True))
    assert found == dict(zip(camp.people, ([camp.photo, camp.trip], [], []), strict=True))


def test_an_event_without_options_has_nothing_to_choose(db: Database) -> None:
    event = db.write(lambda s: make_event(s).id, label=DONE)
    listing = db.read(registrations.registrations, event)
    assert listing.fields[listing.column("options")].editable is False


def test_a_pasted_column_of_options_is_taken_and_what_is_none_is_named(db: Database, camp: Camp) -> None:
    listing = db.read(registrations.registrations, camp.event)
    info = listing.fields[listing.column("options")]
    words = ("photo, Izlet", "Plavanje", "ples")
    cells = [Cell(key, info, said, row) for row, (key, said) in enumerate(zip(camp.people, words, strict=True))]
    good, refused = pasting.read_cells(cells, now=NOW)
    taken = db.write(pasting.take, "registration", good, now=NOW, label=DONE)
    assert (taken.cells, [one.cell.row for one in refused]) == (2, [1])
    assert [of(db, key) for key in camp.people] == [[camp.photo, camp.trip], [], [camp.dance]]

"""What a person holds is let go with the registration, and an undo gives it back only where it is still free."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.capacity import ChosenOption
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T, verbatim
from mama_desktop.i18n import language
from mama_desktop.services import capacity, deciding, editing, registrations, releasing
from mama_desktop.services.holdings import Released
from mama_desktop.store.database import Database
from mama_desktop.store.history import changes
from tests.factories import make_event, make_person, make_registration
from tests.services.test_undo_everything import state

NOW = dt.datetime(2020, 3, 2, 9, 0)
DONE = T("Step")


def last(db: Database) -> int:
    return db.read(changes, 1)[0].number


@pytest.fixture
def workshop(db: Database) -> tuple[str, str, str, str]:
    """An event whose workshop has one place, which Ana holds; Bor is accepted too: event, option, Ana, Bor."""

    def begin(session: Session) -> tuple[str, str, str, str]:
        event = make_event(session, capacity=2)
        ana, bor = (make_registration(session, event, make_person(session, name)) for name in ("Ana", "Bor"))
        option = capacity.save_option(session, event.id, name_sl="Delavnica", places=1)
        capacity.choose_option(session, ana.id, option)
        return event.id, option, ana.id, bor.id

    return db.write(begin, label=DONE)


def held(db: Database, registration: str) -> list[str]:
    return db.read(lambda s: [str(r.what) for r in releasing.held(s, [registration])])


def status(db: Database, registration: str) -> str:
    found: str = db.read(lambda s: s.get_one(Registration, registration).status)
    return found


def test_cancelling_lets_go_says_so_and_undo_gives_it_back(db: Database, workshop: tuple[str, str, str, str]) -> None:
    _, _, ana, _ = workshop
    before = state(db)
    done = db.write(deciding.decide, [ana], "cancelled", now=NOW, reason="Bolezen.", label=deciding.label_of)
    assert [(r.person, str(r.what)) for r in done.released] == [("Ana Novak", "Delavnica")]
    assert done.to_tell == ("Ana Novak",)
    assert held(db, ana) == []
    after = state(db)
    assert db.undo().notices == ()
    assert state(db) == before
    db.redo()
    assert state(db) == after


def test_what_was_let_go_is_said_in_the_language_of_the_window(
    db: Database, workshop: tuple[str, str, str, str]
) -> None:
    event, option, ana, _ = workshop
    db.write(capacity.save_option, event, key=option, name_sl="Delavnica", name_en="Workshop", places=1, label=DONE)
    (one,) = db.read(releasing.held, [ana])
    assert language("en").say(one.words) == "Ana Novak: place of an option “Workshop”"
    assert "»Delavnica«" in language("sl").say(one.words)


def test_undo_does_not_give_a_place_twice(db: Database, workshop: tuple[str, str, str, str]) -> None:
    _, option, ana, bor = workshop
    db.write(deciding.decide, [ana], "cancelled", now=NOW, label=deciding.label_of)
    cancelling = last(db)
    db.write(capacity.choose_option, bor, option, label=T("Bor takes the workshop"))
    taking, before = last(db), state(db)
    done = db.undo(cancelling)
    assert [str(words) for words in done.notices] == ["Ana Novak: place of an option “Delavnica”"]
    assert str(db.read(changes, 1)[0].label).endswith("not given back: Ana Novak: place of an option “Delavnica”")
    assert status(db, ana) == "accepted"
    assert (held(db, ana), held(db, bor)) == ([], ["Delavnica"])
    # Exactly as it was; and the other's choice can be taken back as well, down to the beginning.
    db.redo()
    assert state(db) == before
    db.undo(cancelling)
    db.undo(taking)
    db.undo()
    assert db.undo_label() is None
    assert db.read(lambda s: list(s.scalars(select(ChosenOption.id)))) == []


def test_undo_gives_back_what_is_free_again(db: Database, workshop: tuple[str, str, str, str]) -> None:
    _, option, ana, bor = workshop
    db.write(deciding.decide, [ana], "declined", now=NOW, label=deciding.label_of)
    declining = last(db)
    db.write(capacity.choose_option, bor, option, label=DONE)
    db.write(capacity.leave_option, bor, option, label=DONE)
    assert db.undo(declining).notices == ()
    assert held(db, ana) == ["Delavnica"]


def test_undo_never_gives_the_event_one_too_many(db: Database, workshop: tuple[str, str, str, str]) -> None:
    event, _, ana, _ = workshop
    db.write(deciding.decide, [ana], "cancelled", now=NOW, label=deciding.label_of)
    cancelling = last(db)
    late = db.write(make_late, event, label=DONE)
    db.write(deciding.decide, [late], "accepted", now=NOW, label=deciding.label_of)
    with pytest.raises(OfficeError, match=r"cannot be taken back: .* \(Places of the event: 3 / 2\)"):
        db.undo(cancelling)
    assert status(db, ana) == "cancelled"
    # In order everything is found as it was left.
    db.undo()
    db.undo(cancelling)
    assert status(db, ana) == "accepted"


def make_late(session: Session, event: str) -> str:
    return registrations.register_new(session, event, family_name="Kos", given_name="Cene", now=NOW)


def test_undo_in_order_brings_back_what_was_over_on_purpose(db: Database, workshop: tuple[str, str, str, str]) -> None:
    _, option, ana, bor = workshop
    db.write(capacity.choose_option, bor, option, over_capacity=True, label=DONE)
    before = state(db)
    db.write(deciding.decide, [ana], "cancelled", now=NOW, label=deciding.label_of)
    assert db.undo().notices == ()
    assert state(db) == before


class Beds:
    """A bed for each night, as a later capability will hold it; here only in memory."""

    noun = T("bed")
    table = "no_table"

    def __init__(self, nights: dict[str, set[dt.date]]) -> None:
        self.nights = nights

    def held(
        self, session: Session, registration_ids: Collection[str], *, days: Sequence[dt.date] | None = None
    ) -> list[Released]:
        del session
        found = []
        for key in registration_ids:
            nights = self.nights.get(key, set())
            nights = nights if days is None else nights & set(days)
            if nights:
                found.append(Released(self.noun, verbatim("12"), key, "Ana", tuple(sorted(nights)), ("Hotel Čatež",)))
        return found

    def release(
        self, session: Session, registration_ids: Collection[str], *, days: Sequence[dt.date] | None = None
    ) -> list[Released]:
        released = self.held(session, registration_ids, days=days)
        for one in released:
            self.nights[one.registration_id] -= set(one.days)
        return released

    def still_free(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> set[str]:
        raise AssertionError(f"no rows of this: {session, rows}")

    def words_of(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> list[Released]:
        raise AssertionError(f"no rows of this: {session, rows}")


def test_a_shorter_stay_lets_go_of_its_days(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = (dt.date(2020, 4, day) for day in (2, 3, 4))
    event = make_event(session, starts_on=first, ends_on=third)
    ana = make_registration(session, event)
    option = capacity.save_option(session, event.id, name_sl="Delavnica", places=1)
    capacity.choose_option(session, ana.id, option)
    beds = Beds({ana.id: {first, second, third}})
    monkeypatch.setattr(releasing, "HOLDINGS", [*releasing.HOLDINGS, beds])
    freed: list[Released] = []
    editing.change(session, "registration", [ana.id], "arrival", second, now=NOW, freed=freed)
    assert [(str(r.what), r.days) for r in freed] == [("12", (first,))]
    editing.change(session, "registration", [ana.id], "departure", second, now=NOW, freed=freed)
    assert [r.days for r in freed] == [(first,), (third,)]
    # A longer stay gives nothing back by itself, and lets go of nothing.
    editing.change(session, "registration", [ana.id], "arrival", None, now=NOW, freed=freed)
    assert len(freed) == 2
    done = deciding.decide(session, [ana.id], "cancelled", now=NOW, cancelled_by="participant")
    assert [(r.noun, str(r.what), r.days) for r in done.released] == [
        (T("place of an option"), "Delavnica", ()), (Beds.noun, "12", (second,)),
    ]  # fmt: skip
    assert done.to_tell == ("Ana Novak", "Hotel Čatež")


def test_deleting_lets_go(session: Session) -> None:
    event = make_event(session)
    ana = make_registration(session, event)
    option = capacity.save_option(session, event.id, name_sl="Delavnica")
    capacity.choose_option(session, ana.id, option)
    registrations.remove(session, [ana.id])
    assert capacity.options(session, event.id)[0].taken == 0

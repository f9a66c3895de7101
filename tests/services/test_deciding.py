"""Deciding: which step may follow, never one too many unintended, and what is said of it afterwards."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.registrations import STATUSES, Registration
from mama_desktop.services import capacity, deciding, editing, parties, registrations, waiting_list
from mama_desktop.services.deciding import OverCapacity, SplitParty
from tests.factories import make_event, make_organisation, make_person, make_registration

NOW = dt.datetime(2020, 3, 2, 9, 0)


def applied(session: Session, event: Event, number: int, **values: object) -> list[str]:
    """Registrations of Oseba 1, Oseba 2 …; `status` and other values as given."""
    return [
        make_registration(session, event, make_person(session, "Oseba", str(n)), **{"status": "applied", **values}).id
        for n in range(1, number + 1)
    ]


def test_what_a_party_would_exceed_is_known_before_it_is_asked_about(session: Session) -> None:
    event = make_event(session, capacity=2)
    keys = applied(session, event, 3)
    found = deciding.over_with(session, keys)
    assert found is not None
    assert (found.kind, found.taken, found.places) == ("event", 3, 2)
    assert deciding.over_with(session, keys[:2]) is None


def status(session: Session, key: str) -> str:
    return session.get_one(Registration, key).status


def test_one_too_many_is_refused_with_its_numbers_and_taken_on_purpose(session: Session) -> None:
    event = make_event(session, capacity=2)
    keys = applied(session, event, 3)
    with pytest.raises(OverCapacity, match="There are 2 places; with these it would be 3") as caught:
        deciding.decide(session, keys, "accepted", now=NOW)
    assert [(e.kind, e.taken, e.places, e.now) for e in caught.value.exceeded] == [("event", 3, 2, "3 / 2")]
    assert {status(session, key) for key in keys} == {"applied"}
    done = deciding.decide(session, keys, "accepted", now=NOW, over_capacity=True)
    assert (done.changed, done.now) == (3, "3 / 2")
    assert str(deciding.label_of(done)) == "3 registrations accepted (over capacity, 3 / 2)"
    # Who has a place already may confirm it; nobody is added.
    done = deciding.decide(session, keys[:1], "confirmed", now=NOW)
    assert (done.over, str(deciding.label_of(done))) == ((), "Oseba 1: registration confirmed")


def test_the_error_crosses_processes_whole(session: Session) -> None:
    event = make_event(session, capacity=0)
    with pytest.raises(OverCapacity) as caught:
        deciding.decide(session, applied(session, event, 1), "accepted", now=NOW)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.exceeded, again.what, again.details) == (
        caught.value.exceeded, caught.value.what, caught.value.details,
    )  # fmt: skip


def test_every_way_to_a_status_counts(session: Session) -> None:
    event = make_event(session, capacity=1)
    first, second = applied(session, event, 2)
    registrations.set_status(session, [first], "accepted", now=NOW)
    with pytest.raises(OverCapacity):
        registrations.set_status(session, [second], "accepted", now=NOW)
    with pytest.raises(OverCapacity):
        editing.change(session, "registration", [second], "status", "confirmed", now=NOW)
    with pytest.raises(OverCapacity):
        registrations.register(session, event.id, make_person(session).id, now=NOW, status="accepted")
    editing.change(session, "registration", [second], "status", "accepted", now=NOW, over_capacity=True)
    assert registrations.counts(session, event.id).accepted == 2


def test_quotas_of_one_value_and_of_each(session: Session) -> None:
    event = make_event(session)
    krsko, koper = (make_organisation(session, name) for name in ("Krško", "Koper"))
    capacity.save_quota(session, event.id, kind="organisation", places=1)
    capacity.save_quota(session, event.id, kind="organisation", value=koper.id, places=2)
    ours = applied(session, event, 2, organisation_id=krsko.id)
    theirs = applied(session, event, 3, organisation_id=koper.id)
    nobodys = applied(session, event, 2)
    deciding.decide(session, [ours[0], *theirs[:2], *nobodys], "accepted", now=NOW)
    for key, name, now in ((ours[1], "Krško", "2 / 1"), (theirs[2], "Koper", "3 / 2")):
        with pytest.raises(OverCapacity) as caught:
            deciding.decide(session, [key], "accepted", now=NOW)
        (over,) = caught.value.exceeded
        assert (str(over.name), over.now) == (f"places per organisation: {name}", now)
    rows = [(str(q.name), q.places, q.taken) for q in capacity.quotas(session, event.id)]
    assert sorted(rows) == [("places per organisation", 1, 1), ("places per organisation: Koper", 2, 2)]


def test_options_are_wishes_before_they_take_a_place(session: Session) -> None:
    event = make_event(session)
    option = capacity.save_option(session, event.id, name_sl="Delavnica", name_en="Workshop", places=1)
    first, second = applied(session, event, 2)
    for key in (first, second):
        assert capacity.choose_option(session, key, option) == ()
    deciding.decide(session, [first], "accepted", now=NOW)
    (row,) = capacity.options(session, event.id, "en")
    assert (row.name, row.now, row.wished) == ("Workshop", "1 / 1", 1)
    with pytest.raises(OverCapacity, match="Delavnica: there are 1 places; with these it would be 2"):
        deciding.decide(session, [second], "accepted", now=NOW)
    third = make_registration(session, event)
    with pytest.raises(OverCapacity):
        capacity.choose_option(session, third.id, option)
    (over,) = capacity.choose_option(session, third.id, option, over_capacity=True)
    assert over.now == "2 / 1"
    assert capacity.touched_by_deleting_option(session, option) == 3
    assert capacity.delete_option(session, option) == 3
    assert capacity.options(session, event.id) == []


def test_of_a_group_one_takes_at_most_one(session: Session) -> None:
    event = make_event(session)
    one, two = (
        capacity.save_option(session, event.id, name_sl=name, group_sl="Sobe", places=1) for name in ("Ena", "Dve")
    )
    ana = make_registration(session, event)
    capacity.choose_option(session, ana.id, one)
    capacity.choose_option(session, ana.id, two)
    assert capacity.options_of(session, ana.id) == [two]


def test_lowering_a_capacity_throws_nobody_out_and_says_what_is_over(session: Session) -> None:
    event = make_event(session, capacity=3)
    option = capacity.save_option(session, event.id, name_sl="Delavnica", places=3)
    keys = applied(session, event, 3, status="accepted")
    for key in keys:
        capacity.choose_option(session, key, option)
    assert capacity.exceeded(session, event.id) == ()
    editing.change(session, "event", [event.id], "capacity", 2, now=NOW)
    capacity.save_option(session, event.id, key=option, name_sl="Delavnica", places=1)
    assert {(e.kind, str(e.name), e.now) for e in capacity.exceeded(session, event.id)} == {
        ("event", "Places of the event", "3 / 2"), ("option", "Delavnica", "3 / 1"),
    }  # fmt: skip
    assert {status(session, key) for key in keys} == {"accepted"}
    # Deciding about somebody else is not in the way of it, but nobody more comes in.
    late = applied(session, event, 1)
    deciding.decide(session, late, "declined", now=NOW)


def test_reasons_stay_with_who_does_not_come(session: Session) -> None:
    event = make_event(session)
    (key,) = applied(session, event, 1, status="accepted")
    deciding.decide(session, [key], "cancelled", now=NOW, reason="Bolezen.", cancelled_by="participant")
    row = session.get_one(Registration, key)
    assert (row.reason, row.cancelled_by, row.status_since) == ("Bolezen.", "participant", NOW)
    # A better reason may follow later; who comes after all has none.
    deciding.decide(session, [key], "cancelled", now=NOW, reason="Prevoz.")
    assert (row.reason, row.cancelled_by) == ("Prevoz.", "participant")
    deciding.decide(session, [key], "accepted", now=NOW)
    assert (row.reason, row.cancelled_by) == ("", "")
    for language in ("sl", "en"):
        assert deciding.ready_reasons(language, "declined")
        assert deciding.ready_reasons(language, "cancelled")
    assert deciding.ready_reasons("sl", "accepted") == []
    assert len(deciding.ready_reasons("sl", "declined")) == len(deciding.ready_reasons("en", "declined"))


def test_answers_of_the_invited(session: Session) -> None:
    event = make_event(session)
    yes, no, silent = applied(session, event, 3, status="invited")
    deciding.decide(session, [yes], "confirmed", now=NOW)
    assert editing.change(session, "registration", [no], "reply", "not-coming", now=NOW) == 1
    found = [session.get_one(Registration, key) for key in (yes, no, silent)]
    assert [(r.reply, r.replied_at) for r in found] == [("coming", NOW), ("not-coming", NOW), ("none", None)]
    assert found[1].status == "invited"


def test_a_step_that_cannot_follow_refuses_all(session: Session) -> None:
    event = make_event(session)
    (new,) = applied(session, event, 1)
    (declined,) = applied(session, event, 1, status="declined")
    with pytest.raises(OfficeError, match="cannot follow: declined → cancelled"):
        deciding.decide(session, [new, declined], "cancelled", now=NOW)
    assert status(session, new) == "applied"


def test_a_freed_place_is_proposed_never_given(session: Session) -> None:
    event = make_event(session, capacity=1)
    (ana,) = applied(session, event, 1, status="accepted")
    waiting = applied(session, event, 2)
    deciding.decide(session, waiting, "waiting", now=NOW)
    done = deciding.decide(session, [ana], "cancelled", now=NOW)
    assert [(p.keys, p.number, p.names) for p in done.proposals] == [((waiting[0],), 1, ("Oseba 1",))]
    assert status(session, waiting[0]) == "waiting"
    waiting_list.promote(session, event.id, done.proposals[0].keys, now=NOW)
    assert status(session, waiting[0]) == "accepted"
    assert waiting_list.proposals(session, event.id) == ()


def test_the_contact_person_of_a_party_is_told(session: Session) -> None:
    event = make_event(session)
    keys = applied(session, event, 2, status="accepted")
    leader = make_person(session, "Vesna", "Vodja", email="vesna@example.org")
    party = parties.make_party(session, event.id, contact_id=leader.id)
    parties.put_together(session, keys, party)
    assert deciding.decide(session, keys, "cancelled", now=NOW).to_tell == ("Vesna Vodja",)
    (row,) = parties.parties(session, event.id)
    assert (row.name, row.contact_email, row.people) == ("Vesna Vodja", "vesna@example.org", 2)
    parties.put_together(session, keys, None)
    assert parties.parties(session, event.id) == []


def test_the_strip_shows_the_chosen_group(session: Session) -> None:
    earlier = make_event(session, starts_on=dt.date(2019, 5, 1))
    event = make_event(session, capacity=2)
    krsko = make_organisation(session, "Krško", country="SI", region="SI036")
    capacity.save_quota(session, event.id, kind="gender", value="female", places=1)
    ana, eva = (make_person(session, name, gender="female", birth_date=dt.date(2000, 1, 1)) for name in ("Ana", "Eva"))
    make_registration(session, earlier, ana)
    make_registration(session, event, make_person(session, "Cene", gender="male"), status="confirmed")
    keys = [make_registration(session, event, p, status="applied", organisation_id=krsko.id).id for p in (ana, eva)]
    strip = deciding.strip(session, event.id, keys)
    assert (strip.chosen, strip.coming, strip.accepted, strip.now, strip.is_over) == (2, 2, 1, "3 / 2", True)
    assert [(t.value, t.chosen, t.together) for t in strip.organisations] == [("Krško", 2, 2)]
    assert [(t.value, str(t.label)) for t in strip.countries] == [("SI", "Slovenija")]
    assert [str(t.label) for t in strip.regions] == ["Posavska"]
    assert [(t.value, t.chosen) for t in strip.genders] == [("female", 2)]
    assert [(t.value, t.chosen) for t in strip.ages] == [("18-24", 2)]
    assert [(t.value, t.chosen) for t in strip.returning] == [("returning", 1), ("first-time", 1)]
    assert [(e.kind, e.now) for e in strip.quotas] == [("gender", "2 / 1")]


def test_the_strip_says_regions_by_number_and_what_is_not_known_in_words(session: Session) -> None:
    event = make_event(session)
    places = [
        make_organisation(session, name, country="SI", region=region)
        for name, region in (("Maribor", "SI032"), ("Krško", "SI036"))
    ]
    keys = [
        make_registration(session, event, make_person(session, name), organisation_id=place.id if place else None).id
        for name, place in (("Ana", places[0]), ("Eva", places[1]), ("Nik", places[1]), ("Tim", None))
    ]
    strip = deciding.strip(session, event.id, keys)
    assert [(str(t.label), t.chosen) for t in strip.regions] == [("Posavska", 2), ("Podravska", 1), ("not known", 1)]
    assert [(str(t.label), t.chosen) for t in strip.countries][-1] == ("not known", 1)


@pytest.mark.parametrize("to", STATUSES)
def test_nobody_stands_in_the_queue_who_does_not_wait(session: Session, to: str) -> None:
    event = make_event(session)
    (key,) = applied(session, event, 1)
    deciding.decide(session, [key], "waiting", now=NOW)
    if to in ("invited", "waiting"):
        return
    deciding.decide(session, [key], to, now=NOW)
    assert session.get_one(Registration, key).waiting_position is None


def test_a_waiting_party_is_never_split_in_silence(session: Session) -> None:
    event = make_event(session, capacity=2)
    family = applied(session, event, 3)
    party = parties.make_party(session, event.id, name="Družina Kos")
    parties.put_together(session, family, party)
    deciding.decide(session, family, "waiting", now=NOW)
    with pytest.raises(SplitParty, match="Družina Kos") as caught:
        deciding.decide(session, family[:1], "accepted", now=NOW)
    assert (sorted(caught.value.keys), caught.value.parties) == (sorted(family), ("Družina Kos",))
    assert pickle.loads(pickle.dumps(caught.value)).keys == caught.value.keys
    with pytest.raises(SplitParty):
        editing.change(session, "registration", family[:2], "status", "confirmed", now=NOW)
    with pytest.raises(SplitParty):
        registrations.set_status(session, family[1:], "accepted", now=NOW)
    # Nobody is left behind when the party leaves the list in another way.
    assert deciding.decide(session, family[2:], "cancelled", now=NOW).changed == 1
    event.capacity = 1
    with pytest.raises(OverCapacity):
        deciding.decide(session, family[:1], "accepted", now=NOW, whole_parties=True)
    event.capacity = 2
    assert deciding.decide(session, family[:1], "accepted", now=NOW, whole_parties=True).changed == 2


def test_one_of_a_waiting_party_on_purpose(session: Session) -> None:
    event = make_event(session, capacity=2)
    family = applied(session, event, 3)
    parties.put_together(session, family, parties.make_party(session, event.id, name="Družina Kos"))
    deciding.decide(session, family, "waiting", now=NOW)
    assert deciding.decide(session, family[1:2], "accepted", now=NOW, whole_parties=False).changed == 1
    assert [status(session, key) for key in family] == ["waiting", "accepted", "waiting"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("invited", "waiting"), ("applied", "invited"), ("cancelled", "invited"), ("declined", "confirmed")],
)
def test_what_an_office_mends(session: Session, before: str, after: str) -> None:
    (key,) = applied(session, make_event(session), 1, status=before)
    deciding.decide(session, [key], after, now=NOW)
    assert status(session, key) == after


def test_for_whom_a_step_is_possible(session: Session) -> None:
    event = make_event(session)
    new, declined = (*applied(session, event, 1), *applied(session, event, 1, status="declined"))
    assert deciding.possible(session, [declined, new], "cancelled") == [new]
    assert deciding.possible(session, [declined, new], "accepted") == [declined, new]


def test_an_edit_of_who_somebody_is_fills_no_quota_in_silence(session: Session) -> None:
    event = make_event(session, capacity=9, starts_on=dt.date(2020, 5, 1))
    krsko, koper = (make_organisation(session, name, country="SI") for name in ("Krško", "Koper"))
    for kind, value in (("organisation", krsko.id), ("gender", "female"), ("role", "speaker"), ("country", "HR")):
        capacity.save_quota(session, event.id, kind=kind, value=value, places=0)
    (key,) = applied(session, event, 1, status="accepted", organisation_id=koper.id)
    (waits,) = applied(session, event, 1, status="applied", organisation_id=koper.id)
    person = session.get_one(Registration, key).person_id
    edits: list[tuple[str, str, str, object]] = [
        ("registration", key, "organisation", "Krško"), ("registration", key, "role", "speaker"),
        ("registration", key, "gender", "female"), ("person", person, "gender", "female"),
        ("organisation", koper.id, "country", "HR"),
    ]  # fmt: skip
    for noun, of, field, new in edits:
        with pytest.raises(OverCapacity), session.begin_nested():
            editing.change(session, noun, [of], field, new, now=NOW)
    editing.change(session, "registration", [waits], "role", "speaker", now=NOW)
    editing.change(session, "registration", [key], "role", "speaker", now=NOW, over_capacity=True)
    # What is over already keeps nobody from correcting something else.
    editing.change(session, "registration", [key], "remarks", "Pride pozneje", now=NOW)
    event.starts_on = event.ends_on = dt.date(2020, 2, 1)
    editing.change(session, "registration", [key], "gender", "female", now=NOW)


def test_as_many_as_fit_come_the_others_wait_parties_whole(session: Session) -> None:
    event = make_event(session, capacity=4)
    taken, *keys = applied(session, event, 6)
    deciding.decide(session, [taken], "accepted", now=NOW)
    late, one, two, three, last = keys
    for day, key in enumerate([one, two, three, last, late], 1):
        session.get_one(Registration, key).applied_at = NOW + dt.timedelta(days=day)
    parties.put_together(session, [one, two], parties.make_party(session, event.id, name="Družina"))
    parties.put_together(session, [three, last], parties.make_party(session, event.id, name="Skupina"))
    fits = deciding.what_fits(session, keys)
    # The group of two does not fit beside the family; who came last does.
    assert (fits.coming, fits.waiting) == ((one, two, late), (three, last))
    assert fits.coming_names == ("Oseba 3", "Oseba 4", "Oseba 2")
    done = deciding.decide(session, keys, "accepted", now=NOW, as_many_as_fit=True)
    assert (done.changed, done.waiting, done.now) == (3, 2, "4 / 4")
    assert str(deciding.label_of(done)) == "3 registrations accepted, 2 registrations put on the waiting list"
    assert [status(session, key) for key in keys] == ["accepted"] * 3 + ["waiting"] * 2
    assert [w.key for w in waiting_list.waiting(session, event.id)] == [three, last]


def test_who_waits_already_comes_first_and_quotas_hold(session: Session) -> None:
    event = make_event(session, capacity=3)
    krsko = make_organisation(session, "Krško")
    capacity.save_quota(session, event.id, kind="organisation", value=krsko.id, places=1)
    ours = applied(session, event, 2, organisation_id=krsko.id, applied_at=NOW)
    (other, waits) = applied(session, event, 2, applied_at=NOW - dt.timedelta(days=1))
    deciding.decide(session, [waits], "waiting", now=NOW)
    fits = deciding.what_fits(session, [*ours, other, waits])
    assert fits.coming[:2] == (waits, other)
    assert set(fits.coming[2:]) | set(fits.waiting) == set(ours)
    assert len(fits.waiting) == 1


def test_when_nobody_fits_all_go_on_the_list(session: Session) -> None:
    event = make_event(session, capacity=0)
    keys = applied(session, event, 2)
    done = deciding.decide(session, keys, "accepted", now=NOW, as_many_as_fit=True)
    assert (done.changed, done.waiting, done.now) == (0, 2, "0 / 0")
    assert str(deciding.label_of(done)) == "2 registrations put on the waiting list"


def test_every_status_has_its_deed() -> None:
    for key in STATUSES:
        assert str(deciding.decided_words(key, 1)) != str(deciding.decided_words(key, 2))

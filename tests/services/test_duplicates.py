"""Who is taken for one person: siblings, twins, father and son never; swapped names, slips and nicknames are."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mama_desktop.domain.duplicates import OrganisationCard, Pair, PersonCard
from mama_desktop.domain.errors import Cancelled
from mama_desktop.domain.text import T
from mama_desktop.intake.vocabulary import given_names
from mama_desktop.services import duplicates
from mama_desktop.services.duplicate_scores import birth_agreement
from mama_desktop.services.name_agreement import are_forms, given_agreement, nicknames
from mama_desktop.store.database import Database
from tests.factories import make_organisation, make_person

NOW = dt.datetime(2020, 3, 2, 9, 0)
ANA = PersonCard(
    "1", "Ana", "Žagar", "20050412", ("zagar@example.org",), ("+386 41 123 456",), "Lipova ulica 10", "8270", "Krško",
    "mc", "female",
)  # fmt: skip
NAMES = sorted(name for name in given_names() if len(name) > 2)
DATES = st.dates(dt.date(1940, 1, 1), dt.date(2015, 12, 31))


def pair(one: PersonCard, other: PersonCard, *more: PersonCard) -> Pair | None:
    found = duplicates.find_pairs([one, other, *more])
    return next((p for p in found if {p.first, p.second} == {one.key, other.key}), None)


def is_same(one: PersonCard, other: PersonCard) -> bool:
    found = pair(one, other)
    return found is not None and found.is_same


def reasons(found: Pair | None) -> set[str]:
    assert found is not None
    return {str(words) for words in (*found.reasons, *found.against)}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"given_name": "Žagar", "family_name": "Ana"}, "given and family name swapped"),
        ({"family_name": "Zagar"}, "same name"),
        ({"family_name": "Žagr"}, "names one letter apart"),
        ({"given_name": "Anica"}, "the same name in another form"),
        ({"birth": "20051204"}, "birth date with day and month swapped"),
        ({"birth": "20050413"}, "almost the same birth date"),
        ({"emails": (), "phones": (), "street": "", "town": "", "postal_code": ""}, "same birth date"),
    ],
)
def test_one_person_written_in_two_ways(changes: dict[str, Any], reason: str) -> None:
    found = pair(ANA, replace(ANA, key="2", **changes))
    assert found is not None
    assert found.is_same
    assert reason in reasons(found)


def test_nicknames_of_the_list_are_folded_and_symmetric() -> None:
    known = nicknames()
    assert len(known) > 300
    assert all(name.isascii() and name.isalpha() and name == name.lower() for name in known)
    for one, other in (
        ("nejc", "jernej"),
        ("tone", "anton"),
        ("meta", "marjeta"),
        ("joze", "josip"),
        ("bob", "robert"),
    ):
        assert are_forms(one, other)
        assert are_forms(other, one)
    assert not are_forms("ana", "jernej")


def test_two_common_names_are_two_people_however_alike() -> None:
    for one, other in (("ana", "anja"), ("jan", "jana"), ("luka", "lucija")):
        assert given_agreement(one, other).how == "other"


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(NAMES), st.sampled_from(NAMES), DATES, DATES)
def test_siblings_and_twins_are_never_one(one: str, other: str, born: dt.date, born_too: dt.date) -> None:
    """The same family name, address, phone and a parent's e-mail: another given name is another person."""
    if one == other or are_forms(one, other):
        return
    for second in (born, born_too):
        first = replace(ANA, given_name=one, birth=f"{born:%Y%m%d}", gender="")
        assert not is_same(first, replace(first, key="2", given_name=other, birth=f"{second:%Y%m%d}"))
    unborn = replace(ANA, given_name=one, birth="", gender="")
    assert not is_same(unborn, replace(unborn, key="2", given_name=other))


@pytest.mark.parametrize("names", ["Tia Mia", "Lara Lana", "Zala Žana", "Neja Naja", "Tim Tom", "Marija Marina",
                                   "Nal Val", "Xara Xala", "Mateja Matej", "Julija Julijan"])  # fmt: skip
def test_twins_with_names_alike_are_never_one(names: str) -> None:
    one, other = names.split()
    twin = replace(ANA, given_name=one, gender="")
    assert not is_same(twin, replace(twin, key="2", given_name=other))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(NAMES), DATES, DATES)
def test_father_and_son_of_one_name_are_never_one(name: str, born: dt.date, born_too: dt.date) -> None:
    if abs(born.year - born_too.year) < 12:
        return
    father = replace(ANA, given_name=name, birth=f"{born:%Y%m%d}")
    assert not is_same(father, replace(father, key="2", birth=f"{born_too:%Y%m%d}"))
    assert not is_same(father, replace(father, key="2", birth=f"{born_too:%Y}"))


@settings(max_examples=200, deadline=None)
@given(DATES, DATES)
def test_another_birth_date_is_never_one_unless_it_is_a_slip(born: dt.date, born_too: dt.date) -> None:
    one, other = f"{born:%Y%m%d}", f"{born_too:%Y%m%d}"
    how = birth_agreement(one, other)
    assert how == birth_agreement(other, one)
    assert is_same(replace(ANA, birth=one), replace(ANA, key="2", birth=other)) == (how != "other")
    if sum(a != b for a, b in zip(one, other, strict=True)) > 4 and how != "swapped":
        assert how == "other"


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(NAMES), st.text("abcdefghiklmnoprstuvzčšž", min_size=4, max_size=9), DATES)
def test_a_pair_is_the_same_from_either_side(name: str, family: str, born: dt.date) -> None:
    one = replace(ANA, given_name=name, family_name=family, birth=f"{born:%Y%m%d}")
    other = replace(one, key="2", given_name=family, family_name=name, emails=())
    found, back = pair(one, other), pair(other, one)
    assert found is not None
    assert back is not None
    assert (found.score, found.is_same) == (back.score, back.is_same)


def test_a_name_alone_is_worth_a_look_but_never_the_same() -> None:
    one = PersonCard("1", "Tadej", "Škrlj Brglez")
    assert not is_same(one, replace(one, key="2"))
    assert pair(one, replace(one, key="2")) is not None


def test_a_rare_name_says_more_than_a_common_one() -> None:
    crowd = [PersonCard(f"c{n}", "Ana", "Novak", f"19{50 + n % 50}0{n % 9 + 1}1{n % 9}") for n in range(200)]
    rare = PersonCard("1", "Ana", "Škrlj", emails=("a@example.org",))
    common = PersonCard("3", "Ana", "Novak", emails=("n@example.org",))
    rare_pair = pair(rare, replace(rare, key="2"), *crowd)
    common_pair = pair(common, replace(common, key="4"), *crowd)
    assert rare_pair is not None
    assert common_pair is None or common_pair.score < rare_pair.score


def test_the_same_address_of_another_town_is_no_address() -> None:
    one = PersonCard("1", "Ana", "Kovač", street="Lipova ulica 10", postal_code="3000", town="Celje")
    other = replace(one, key="2", postal_code="9000", town="Murska Sobota")
    assert not is_same(one, other)
    assert is_same(one, replace(one, key="2"))


def test_marriage_changes_a_family_name() -> None:
    assert is_same(ANA, replace(ANA, key="2", family_name="Potočnik"))
    assert not is_same(ANA, replace(ANA, key="2", family_name="Potočnik", birth=""))


def test_the_search_runs_in_a_child_and_can_be_stopped() -> None:
    cards = [replace(ANA, key=str(n)) for n in range(3)]
    assert len(duplicates.search(cards)) == 3

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        duplicates.search(cards, stop)


SPELLINGS = (
    "MC Krško", "Mladinski center Krško", "M.C. Krško", "Mladinski center v Krškem", "MLADINSKI CENTER KRŠKO",
    "MC Krsko - Mladinski center Krško, zavod", "Javni zavod Mladinski center Krško", "Krški mladinski center",
    "Mladinski centar Krsko", "Youth Centre Krško", "mc krsko", "MC  KRŠKO, so. p.", "Zavod MC Krško",
)  # fmt: skip


def test_an_organisation_in_all_its_spellings_is_one() -> None:
    cards = [OrganisationCard(str(n), (name,)) for n, name in enumerate(SPELLINGS)]
    found = duplicates.find_pairs(cards)
    assert len(found) == len(SPELLINGS) * (len(SPELLINGS) - 1) // 2
    assert all(p.is_same for p in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MC Krško", "MC Kranj"), ("Mladinski center Krško", "Mladinski center"), ("MC Kranj", "MC Kranjska Gora"),
        ("Osnovna šola Leskovec pri Krškem", "Osnovna šola Jurija Dalmatina Krško"), ("MC Krško", "Občina Krško"),
        ("Mladinski center Vzorec 1", "Mladinski center Vzorec 2"), ("MC Maribor", "MKC Maribor"),
    ],
)  # fmt: skip
def test_other_organisations_stay_apart(one: str, other: str) -> None:
    found = duplicates.find_pairs([OrganisationCard("1", (one,)), OrganisationCard("2", (other,))])
    assert not any(p.is_same for p in found)


@given(st.sampled_from((SPELLINGS[0], "Mladinski center", "Zavod Voluntariat")), st.booleans())
def test_organisations_of_two_towns_are_never_one(name: str, with_contacts: bool) -> None:
    contacts = {"email": "info@mc.si", "phone": "07 488 0000"} if with_contacts else {}
    one = OrganisationCard("1", (name,), town="Krško", country="SI", **contacts)
    assert not any(p.is_same for p in duplicates.find_pairs([one, replace(one, key="2", town="Brežice")]))


def test_what_was_decided_is_remembered(db: Database) -> None:
    keys = [db.write(make_person, "Ana", "Žagar", email="a@x.si", label=T("Test")).id for _ in range(3)]
    first, second, third = sorted(keys)
    pairs = duplicates.find_pairs(db.read(duplicates.people_cards))
    assert len(db.read(duplicates.to_decide, "person", pairs)) == 3
    label = T("Test")
    db.write(duplicates.decide, "person", second, first, "different", now=NOW, who="Ana", label=label)
    db.write(duplicates.decide, "person", first, third, "later", now=NOW, label=label)
    left = db.read(duplicates.to_decide, "person", pairs)
    assert [(x.pair.first, x.pair.second, x.is_later) for x in left] == [
        (second, third, False),
        (first, third, True),
    ]
    db.write(duplicates.decide, "person", first, third, "different", now=NOW, label=label)
    assert len(db.read(duplicates.to_decide, "person", pairs)) == 1


def test_different_comes_again_only_when_one_of_both_changed_much(db: Database) -> None:
    one, other = (db.write(make_person, "Ana", name, email="a@x.si", label=T("Test")).id for name in ("Kos", "Koš"))
    pairs = duplicates.find_pairs(db.read(duplicates.people_cards))
    db.write(duplicates.decide, "person", one, other, "different", now=NOW, label=T("Test"))

    def rename(session: object, name: str) -> None:
        from sqlalchemy.orm import Session

        from mama_desktop.domain.people import Person

        assert isinstance(session, Session)
        session.get_one(Person, one).family_name = name

    db.write(rename, "Koss", label=T("Test"))
    assert db.read(duplicates.to_decide, "person", pairs) == []
    db.write(rename, "Zupančič Debevec", label=T("Test"))
    assert len(db.read(duplicates.to_decide, "person", pairs)) == 1


def test_organisations_of_the_workspace(db: Database) -> None:
    for name in ("MC Krško", "Mladinski center Krško"):
        db.write(make_organisation, name, town="Krško", label=T("Test"))
    (found,) = duplicates.search(db.read(duplicates.organisation_cards))
    assert found.is_same

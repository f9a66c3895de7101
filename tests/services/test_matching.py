"""The rules of who is who: each line of the table by an example, and what holds for any two names."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mama_desktop.domain.people import name_key
from mama_desktop.services.matching import (
    IMPOSSIBLE,
    OTHER,
    RULES,
    SAME,
    SAME_YEAR,
    SILENT,
    SLIP,
    Evidence,
    Traits,
    Verdict,
    alike,
    born_between,
    choose,
    evidence,
    is_slip,
    phone_key,
    reasons,
    verdict,
)  # fmt: skip

SOMEBODY, PERHAPS, ONLY_NAME, LIKELY, THE_SAME = Verdict
NAME = "ana novak"
evidences = st.builds(
    Evidence,
    birth=st.sampled_from([SAME, OTHER, SILENT, SAME_YEAR, SLIP, IMPOSSIBLE]),
    email=st.sampled_from([SAME, OTHER, SILENT]),
    phone=st.sampled_from([SAME, SILENT]),
    organisation=st.sampled_from([SAME, OTHER, SILENT]),
)
days = st.dates(dt.date(1920, 1, 1), dt.date(2020, 1, 1))
words = st.text(st.sampled_from("abcčdđeghijklmnoprsštuvzžöåABCČŠŽ"), min_size=1, max_size=9)


def traits(
    born: str = "", email: str = "", phone: str = "", organisation: str = "", *, year: int = 0, age: int | None = None
) -> Traits:
    between, exactly = born_between(
        birth_date=dt.date.fromisoformat(born) if born else None,
        birth_year=year or None,
        age=age,
        day=dt.date(2020, 3, 2),
    )
    marks = frozenset({organisation} if organisation else ())
    return Traits(NAME, email, between, exactly, frozenset({phone} if phone else ()), marks)


EXAMPLES: list[tuple[Traits, Traits, Verdict]] = [
    # A slip of the pen in the birth date; another birth date, but the address is the same: somebody has to look.
    (traits("2000-05-06"), traits("2000-06-05"), PERHAPS),
    (traits("2000-05-06", "a@x.si"), traits("1971-11-30", "a@x.si"), PERHAPS),
    (traits("2000-05-06"), traits("1971-11-30"), SOMEBODY),
    (traits("2000-05-06", "a@x.si"), traits("1971-11-30", "b@x.si"), SOMEBODY),
    (traits(age=16), traits("1971-11-30", "a@x.si"), PERHAPS),
    # The same day of birth outweighs a new address and a new organisation.
    (traits("2000-05-06", "a@x.si", "", "mc"), traits("2000-05-06", "b@x.si", "", "os"), THE_SAME),
    (traits("", "a@x.si", "", "mc"), traits("", "a@x.si", "", "os"), THE_SAME),
    (traits("", "a@x.si", "41123456"), traits("", "b@x.si", "41123456"), LIKELY),
    (traits("", "a@x.si", "", "mc"), traits("", "b@x.si", "", "mc"), LIKELY),
    (traits(year=2000), traits("2000-05-06"), LIKELY),
    (traits("", "a@x.si", year=2000), traits("2000-05-06", "b@x.si"), PERHAPS),
    (traits("", "a@x.si"), traits("", "b@x.si"), PERHAPS),
    (traits("", "", "", "mc"), traits("", "a@x.si", "", "os"), PERHAPS),
    (traits("", "a@x.si", "41123456"), traits("2000-05-06", "", "70000001"), ONLY_NAME),
    (traits(), traits(), ONLY_NAME),
]


@pytest.mark.parametrize(("one", "other", "expected"), EXAMPLES)
def test_each_rule_by_an_example(one: Traits, other: Traits, expected: Verdict) -> None:
    assert verdict(evidence(one, other)) is expected
    assert verdict(evidence(other, one)) is expected


def test_every_rule_has_an_example() -> None:
    used = {next(i for i, rule in enumerate(RULES) if rule.fits(evidence(a, b))) for a, b, _ in EXAMPLES}
    assert used == set(range(len(RULES)))


@given(evidences)
def test_there_is_a_verdict_and_a_reason_for_everything(found: Evidence) -> None:
    assert verdict(found) in Verdict
    assert str(reasons(found)[0]) == "same name"


@given(evidences)
def test_another_birth_date_is_never_taken_for_the_same_person(found: Evidence) -> None:
    if found.birth in (OTHER, SLIP, IMPOSSIBLE):
        assert verdict(found) <= Verdict.PERHAPS


@given(evidences)
def test_more_that_agrees_never_makes_two_people_less_alike(found: Evidence) -> None:
    for agreeing in (found._replace(birth=SAME), found._replace(email=SAME), found._replace(phone=SAME)):
        assert verdict(agreeing) >= verdict(found)


@given(words, words)
def test_names_meet_in_any_order_without_accents_and_in_capitals(given_name: str, family_name: str) -> None:
    key = name_key(given_name, family_name)
    assert name_key(family_name, given_name) == key
    assert name_key(given_name.upper(), family_name.upper()) == key
    assert name_key(f"{given_name}  {family_name}", "") == key
    assert alike(key, key) == ""


@given(words, words, words, words)
def test_alike_is_the_same_from_both_sides(a: str, b: str, c: str, d: str) -> None:
    one, other = name_key(a, b), name_key(c, d)
    assert bool(alike(one, other)) == bool(alike(other, one))


@given(days, days)
def test_a_day_in_a_year_agrees_with_the_year_only(one: dt.date, other: dt.date) -> None:
    in_year, day = traits(year=one.year), traits(other.isoformat())
    assert evidence(in_year, day).birth == (SAME_YEAR if one.year == other.year else OTHER)
    assert is_slip(one, other) == is_slip(other, one)


@given(days, st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)))
def test_a_true_age_never_speaks_against_anybody(born: dt.date, day: dt.date) -> None:
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    between, exactly = born_between(age=age, day=day)
    assert between is not None
    assert between[0] <= born <= between[1]
    assert exactly == ""


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Ana Novak", "Ana Novk", "typo"),
        ("Špela Kovač", "Spela Kovvač", "typo"),
        ("Franc Kos", "Franci Kos", "nickname"),
        ("Katarina Zupan", "Katja Zupan", "nickname"),
        ("Ana Novak", "Ana Marija Novak", "part"),
        ("Ana Kos Novak", "Ana Kos", "part"),
        ("AnaMarija Kos", "Ana Marija Kos", "typo"),
        # Siblings: two common names are two people, however alike.
        ("Ana Novak", "Anja Novak", ""),
        ("Jan Novak", "Jana Novak", ""),
        ("Nik Kos", "Nika Kos", ""),
        ("Žiga Kos", "Živa Kos", ""),
        ("Ana Novak", "Ana Kovač", ""),
        ("Ana", "Ana Novak", ""),
        ("Tim Rus", "Eva Kos", ""),
    ],
)
def test_names_that_are_alike(one: str, other: str, how: str) -> None:
    assert alike(name_key(one, ""), name_key(other, "")) == how


def test_a_telephone_meets_itself_in_every_spelling() -> None:
    assert {phone_key(p) for p in ("041 123 456", "+386 41 123 456", "00386/41-123-456", "38641123456")} == {"41123456"}
    assert phone_key("112") == ""


def test_choosing_among_people_of_one_name() -> None:
    assert choose([("a", THE_SAME), ("b", LIKELY)]) == ("a", ())
    assert choose([("a", THE_SAME), ("b", THE_SAME)]) == (None, ("a", "b"))
    assert choose([("a", LIKELY), ("b", ONLY_NAME), ("c", PERHAPS)]) == ("a", ())
    assert choose([("a", ONLY_NAME)]) == ("a", ())
    assert choose([("a", ONLY_NAME), ("b", SOMEBODY)]) == ("a", ())
    assert choose([("a", ONLY_NAME), ("b", PERHAPS)]) == (None, ("a", "b"))
    assert choose([("a", PERHAPS)]) == (None, ("a",))
    assert choose([("a", SOMEBODY)]) == (None, ())

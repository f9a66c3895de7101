"""Placeholders: whatever is typed survives, what is known is filled, what is not is pointed out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mama_desktop.domain.text import T
from mama_desktop.services import placeholders
from mama_desktop.services.placeholder_values import greeting
from mama_desktop.services.placeholders import Placeholder, escaped, fill, parts, problems, written
from mama_desktop.sheets.letter import LetterTable

KNOWN = placeholders.known([
    Placeholder("given_name", T("Given name"), "person"), Placeholder("town", T("Town"), "person"),
    Placeholder("people", T("List of people"), "organisation"),
])  # fmt: skip
_TYPED = st.text(st.sampled_from("[]|{}ab č\n»«[]") | st.characters(exclude_categories=["Cs"]))


@given(_TYPED)
def test_any_text_survives_when_its_brackets_are_typed_twice(text: str) -> None:
    assert fill(escaped(text), KNOWN, {}, "unknown").text == text
    assert problems(escaped(text), KNOWN) == []


@given(_TYPED, st.sampled_from(["female", "male", "non-binary", "unknown"]))
def test_nothing_typed_breaks_it_and_parts_lose_nothing(text: str, gender: str) -> None:
    fill(text, KNOWN, {"town": "Krško"}, gender)
    assert "".join(text[one.start : one.end] for one in parts(text)) == text


@given(_TYPED)
def test_a_value_stands_as_it_is_whatever_is_in_it(value: str) -> None:
    expected = "Iz: " + value if value else ""
    assert fill("Iz: [Town]", KNOWN, {"town": value}, "male").text == expected


@pytest.mark.parametrize(
    ("typed", "gender", "said"),
    [
        ("[Ime] iz [kraj]", "female", "Ana iz Krško"),
        ("[given_name] [GIVEN NAME]", "female", "Ana Ana"),
        ("Si [bila|bil|tam]?", "female", "Si bila?"),
        ("Si [bila|bil|tam]?", "male", "Si bil?"),
        ("Si [bila|bil|tam]?", "non-binary", "Si tam?"),
        ("Si [bila|bil|tam]?", "unknown", "Si tam?"),
        ("[a||]x", "male", "x"),
        ("[[Ime]] [Ime]", "male", "[Ime] Ana"),
        ("{Ime} {{0}} %s", "male", "{Ime} {{0}} %s"),
        ("[Neznano] [Ime]", "male", "[Neznano] Ana"),
    ],
)
def test_filling(typed: str, gender: str, said: str) -> None:
    assert fill(typed, KNOWN, {"given_name": "Ana", "town": "Krško"}, gender).text == said


def test_a_line_of_empty_placeholders_goes_with_one_of_the_empty_lines_around_it() -> None:
    filled = fill("Ena\n\nKraj: [Kraj]\n\nDve\n[Kraj][Ime]", KNOWN, {"given_name": "Ana"}, "male")
    assert filled.text == "Ena\n\nDve\nAna"
    assert filled.empty == ("town",)


def test_a_table_stands_for_itself_and_in_a_sentence_for_its_names() -> None:
    table = LetterTable(("Ime", "Kraj"), (("Ana Novak", "Krško"), ("Bor Kos", "")))
    filled = fill("Pred\n[Seznam oseb]\nPo", KNOWN, {"people": table}, "male")
    assert filled.blocks == ("Pred", table, "Po")
    assert filled.text == "Pred\n1. Ana Novak · Krško\n2. Bor Kos\nPo"
    assert fill("Pridejo [Seznam oseb].", KNOWN, {"people": table}, "male").text == "Pridejo Ana Novak, Bor Kos."


def test_what_is_unknown_is_pointed_out_where_it_stands() -> None:
    found = problems("Dragi [Imee], [a|b] [Ime]", KNOWN)
    assert [(one.start, one.end) for one in found] == [(6, 12), (14, 19)]


def test_a_name_that_would_break_its_brackets_is_put_in_by_its_key() -> None:
    assert written(KNOWN.offered[0], "sl") == "[Ime]"
    assert written(Placeholder("answer:1", T("{words}", words="a|b]"), "answers"), "sl") == "[answer:1]"


@pytest.mark.parametrize(
    ("given_name", "family", "gender", "sl", "en"),
    [
        ("Ana", "Novak", "female", "Spoštovana gospa Novak", "Dear Ms Novak"),
        ("Marko", "Kovač", "male", "Spoštovani gospod Kovač", "Dear Mr Kovač"),
        ("Žan", "Šuštar", "non-binary", "Pozdravljeni, Žan Šuštar", "Dear Žan Šuštar"),
        ("Nik", "Rus", "unknown", "Pozdravljeni, Nik Rus", "Dear Nik Rus"),
        ("Ana", "", "female", "Pozdravljeni, Ana", "Dear Ana"),
        ("", "", "male", "Pozdravljeni", "Dear all"),
    ],
)
def test_greetings(given_name: str, family: str, gender: str, sl: str, en: str) -> None:
    assert greeting(given_name, family, gender, "sl") == sl
    assert greeting(given_name, family, gender, "en") == en

"""EMŠO, IBAN and health are found; an EMŠO never gets through."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mama_desktop.intake.sensitive import MASKED_EMSO, birth_year_of, emso_in, examine, is_emso, is_iban, mask
from tests.intake.emso import make_emso

BORN = st.dates(dt.date(1910, 1, 1), dt.date(2025, 12, 31))


def test_known_numbers() -> None:
    assert is_emso("0101006500006")
    assert is_emso("0304985500001")
    assert not is_emso("0101006500005")
    assert not is_emso("3113006500006")


@given(BORN, st.booleans(), st.integers(0, 400))
def test_every_emso_is_found_also_without_its_zero(born: dt.date, woman: bool, number: int) -> None:
    emso = make_emso(born, woman=woman, number=number)
    assert is_emso(emso)
    assert emso_in(int(emso)) == emso
    assert birth_year_of(emso.lstrip("0")) == born.year or not emso.startswith("0") or emso.startswith("00")
    assert emso not in mask(f"Moj EMŠO je {emso}, hvala.")
    assert mask(emso) == MASKED_EMSO


@given(BORN, st.integers(0, 9))
def test_another_check_digit_is_no_emso(born: dt.date, digit: int) -> None:
    emso = make_emso(born)
    changed = f"{emso[:12]}{digit}"
    assert is_emso(changed) == (changed == emso)


@given(st.text(max_size=40))
def test_masking_leaves_ordinary_text(words: str) -> None:
    if not any(c.isdigit() for c in words):
        assert mask(words) == words


def test_ordinary_numbers_stay() -> None:
    for words in ("040 123 456", "+386 40 123 456", "3830012345678", "Trubarjeva 5, 1000 Ljubljana"):
        assert mask(words) == words


def test_iban() -> None:
    assert is_iban("SI56 1920 0123 4567 892") == is_iban("SI56192001234567892")
    assert is_iban("SI56263300012039086")
    assert not is_iban("SI56263300012039087")
    assert "263300012039086" not in mask("nakažite na SI56 2633 0001 2039 086")
    assert "2633" in mask("nakažite na SI56 2633 0001 2039 086", iban=False)


@pytest.mark.parametrize(("heading", "kind"), [
    ("Alergije", "health"), ("Zdravstvene posebnosti", "health"), ("EMŠO", "emso"), ("TRR", "iban"),
    ("Do you have any disability?", "health"), ("Ime", ""), ("Kako ste izvedeli?", ""), ("Številka čevljev", ""),
])  # fmt: skip
def test_headings(heading: str, kind: str) -> None:
    finding = examine(heading, ["nekaj"])
    assert (finding.kind if finding else "") == kind


def test_columns_by_their_values() -> None:
    numbers = [make_emso(dt.date(1990, 1, day)) for day in range(1, 9)]
    finding = examine("Številka", [*numbers[:7], int(numbers[7])])
    assert finding is not None
    assert (finding.kind, finding.count) == ("emso", 8)
    mangled = examine("Podatek", ["3,05E+12", "1.01E+11"])
    assert mangled is not None
    assert mangled.kind == "emso"

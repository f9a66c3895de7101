"""Words: folding, Slovene order, cleaning, and texts said later."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from mama_desktop.domain.text import TN, T, clean, fold, sort_key, words_of
from mama_desktop.i18n import language

# ICU 78 with CLDR 48, locale sl.
IN_ORDER = (
    "Ana", "Cvetko", "Čuk", "Ćosić", "Dolenc", "Drnovšek", "Đurić", "Erjavec", "kovac", "Kovač", "Kovačič",
    "Sušnik", "Šuštar", "Zupan", "Žagar",
)  # fmt: skip


def test_names_stand_in_slovene_order() -> None:
    shuffled = random.Random(1).sample(IN_ORDER, len(IN_ORDER))
    assert tuple(sorted(shuffled, key=sort_key)) == IN_ORDER


def test_a_shorter_name_and_a_second_name_come_in_order() -> None:
    names = ["Novak Tina", "Novaković Ana", "Novak Ana", "Nova"]
    assert sorted(names, key=sort_key) == ["Nova", "Novak Ana", "Novak Tina", "Novaković Ana"]


def test_foreign_accents_sort_with_their_letter() -> None:
    assert sorted(["Ozbolt", "Öberg", "Oblak", "Pe"], key=sort_key) == ["Öberg", "Oblak", "Ozbolt", "Pe"]


def test_fold_is_accent_blind_and_knows_d_with_stroke() -> None:
    assert fold("  ĐURIĆ  Žagar ČŠ ") == "duric zagar cs"
    assert fold("Ðurić") == fold("Đurić")
    assert words_of("O'Neill-Novak, d.o.o.") == ["o", "neill", "novak", "d", "o", "o"]


@given(st.text())
def test_fold_is_stable(words: str) -> None:
    assert fold(fold(words)) == fold(words)


@given(st.text())
def test_clean_leaves_one_line_without_control_characters(words: str) -> None:
    cleaned = clean(words)
    assert cleaned == clean(cleaned)
    assert "\n" not in cleaned
    assert "  " not in cleaned
    assert "Ð" not in cleaned


def test_slovene_has_four_plural_forms() -> None:
    def said(n: int) -> str:
        return language("sl").say(TN("Restored: {count} event.", "Restored: {count} events.", n))

    assert [said(n).split()[-1] for n in (1, 2, 3, 4, 5, 0, 11, 100, 101, 102, 103, 105)] == [
        "dogodek.", "dogodka.", "dogodki.", "dogodki.", "dogodkov.", "dogodkov.", "dogodkov.", "dogodkov.",
        "dogodek.", "dogodka.", "dogodki.", "dogodkov.",
    ]  # fmt: skip


def test_a_text_says_the_texts_and_dates_inside_it() -> None:
    inner = T("This step cannot follow: {before} → {after}.", before=T("accepted"), after=T("invited"))
    assert language("sl").say(inner) == "Ta korak ni mogoč: sprejeta → vabljen/-a."
    assert str(T("under {age}", age=13)) == "under 13"

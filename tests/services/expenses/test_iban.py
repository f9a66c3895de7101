"""Bank accounts: what is wrong with one is said in words; what is right is kept one way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mama_desktop.domain.errors import OfficeError
from mama_desktop.i18n import language
from mama_desktop.services.expenses.iban import account_of, compact, grouped, masked

GOOD = "SI56191000000123438"


@pytest.mark.parametrize(
    "words",
    [
        GOOD, GOOD.lower(), "SI56 1910 0000 0123 438", " si56 1910-0000-0123-438 ", "IBAN SI56 1910 0000 0123 438",
        "IBAN: SI56191000000123438", "TRR: SI56 1910 0000 0123 438", "SI56\u00a01910\u00a00000\u00a00123\u00a0438",
    ],
)  # fmt: skip
def test_one_account_however_it_is_written(words: str) -> None:
    found = account_of(words)
    assert (found.iban, found.bic, found.country, found.in_sepa) == (GOOD, "SZKBSI2X", "SI", True)
    assert "BANKA" in found.bank


def test_accounts_abroad() -> None:
    assert account_of("HR12 1001 0051 8630 0016 0").country == "HR"
    assert account_of("DE89 3704 0044 0532 0130 00").bic == "COBADEFF"
    # A bank that the list does not know is no fault.
    assert account_of("SI56170001234567828").bic == ""


@pytest.mark.parametrize(
    ("words", "slovene", "todo"),
    [
        ("", "Številke računa ni.", "SI56 1910 0000 0123 438"),
        ("ni podatka", "To ni IBAN: ta se začne z dvema črkama države in dvema števkama.", "SI56"),
        ("191000000123438", "Na začetku računa manjka država.", "Zapišite ga z SI56: SI56 1910 0000 0123 438"),
        ("19100-0000123438", "Na začetku računa manjka država.", "SI56 1910 0000 0123 438"),
        ("TRR 19100-0000123438", "Na začetku računa manjka država.", "SI56 1910 0000 0123 438"),
        ("191000000123439", "Ena od števk računa je napačna: kontrolni števki se ne ujemata.", "kartico"),
        ("SI56191000000123439", "Ena od števk računa je napačna: kontrolni števki se ne ujemata.", "kartico"),
        # The IBAN's own digits agree; those within a Slovene account do not.
        ("SI29191000000123439", "Ena od števk računa je napačna: kontrolni števki se ne ujemata.", "kartico"),
        ("SI5619100000012343", "Račun ima premalo ali preveč znakov.", "kartico"),
        ("SI561910000001234381", "Račun ima premalo ali preveč znakov.", "kartico"),
        ("SI5619100000012343O", "Takega računa ni: črke in števke ne ustrezajo njegovi državi.", "kartico"),
        ("QQ56191000000123438", "Takega računa ni: črke in števke ne ustrezajo njegovi državi.", "kartico"),
    ],
)
def test_what_is_wrong_is_said(words: str, slovene: str, todo: str) -> None:
    with pytest.raises(OfficeError) as refused:
        account_of(words)
    say = language("sl").say
    assert say(refused.value.what) == slovene
    assert refused.value.todo is not None
    assert todo in say(refused.value.todo)
    assert language("en").say(refused.value.what) != slovene


@given(st.integers(4, 18), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_noticed(place: int, digit: str) -> None:
    wrong = GOOD[:place] + digit + GOOD[place + 1 :]
    if wrong == GOOD:
        assert account_of(wrong).iban == GOOD
        return
    with pytest.raises(OfficeError):
        account_of(wrong)


@given(st.text(max_size=40))
def test_anything_typed_is_an_account_or_refused(words: str) -> None:
    try:
        found = account_of(words)
    except OfficeError:
        return
    assert found.iban == compact(words)


def test_written_and_shown() -> None:
    assert grouped(GOOD.lower()) == "SI56 1910 0000 0123 438"
    assert masked(grouped(GOOD)) == "SI56 •••• 3438"
    assert [masked(words) for words in ("", "1234", "SI56 1234")] == ["", "••••", "••••"]

"""Words on the clipboard: nothing somebody typed runs as a formula, numbers stay as they are."""

from __future__ import annotations

import pytest

from mama_desktop.ui import table_copy


@pytest.mark.parametrize("words", ["=1+1", "@SUM(A1)", "+1+cmd|' /C calc'!A0", "-2+A1", "- brez glutena", "+SUM(A1)"])
def test_what_may_run_is_quoted(words: str) -> None:
    assert table_copy._plain(words) == f"'{words}"


@pytest.mark.parametrize("words", ["+386 41 123 456", "+386 (0)7/49 12 345", "-12", "-5,50", "-", "Ana", "", "a=b"])
def test_numbers_and_plain_words_stay(words: str) -> None:
    assert table_copy._plain(words) == words

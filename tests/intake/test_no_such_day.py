"""A birth date that does not exist is a problem, whatever of it can be read; a year alone is none."""

from __future__ import annotations

import pytest

from mama_desktop.intake.candidates import Candidate, candidates
from mama_desktop.intake.headings import recognise
from mama_desktop.intake.tables import RawRow, Table
from mama_desktop.services import column_mapping


def read(words: str) -> Candidate:
    table = Table("", (1,), ("Ime", "Priimek", "Datum rojstva"), (RawRow(2, ("Ana", "Kos", words)),))
    mapping = recognise(table, column_mapping.targets())
    (row,) = candidates(table, mapping, choices=column_mapping.choices()).rows
    return row


@pytest.mark.parametrize("words", ["31. 2. 2008", "31.2.2008", "31. 2. 2008.", "2008-02-31", "30/13/2008"])
def test_a_day_that_does_not_exist_is_named(words: str) -> None:
    row = read(words)
    assert [(one.text.params["value"], one.label, one.blocking) for one in row.problems] == [
        (words, "Datum rojstva", False)
    ]
    assert (row.values["birth_year"], row.answers) == (2008, {"Datum rojstva": words})


@pytest.mark.parametrize("words", ["2008", "leta 2008", "29. 2. 2008"])
def test_a_year_or_a_day_that_exists_is_none(words: str) -> None:
    assert read(words).problems == ()

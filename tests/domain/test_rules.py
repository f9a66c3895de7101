"""Codes of events, steps of registrations, presence, keys."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mama_desktop.domain.base import new_key
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import days_of, event_code
from mama_desktop.domain.organisations import name_key as organisation_key
from mama_desktop.domain.papers import issue_code
from mama_desktop.domain.people import email_key, name_key
from mama_desktop.domain.registrations import STATUSES, is_active, is_international, is_there, may_follow
from mama_desktop.domain.text import T

APRIL = dt.date(2020, 4, 2)


def test_event_codes_are_short_readable_and_unique() -> None:
    assert event_code("Klub MaMa in Zbor MaMa 2020", APRIL, set()) == "2020-04-klub"
    assert event_code("Klub MaMa", APRIL, {"2020-04-klub"}) == "2020-04-klub-2"
    assert event_code("Študijski obisk", None, set()) == "studijski"
    assert event_code("2020", APRIL, set()) == "2020-04-dogodek"


@given(st.text(max_size=60), st.sets(st.sampled_from(["2020-04-klub", "2020-04-dogodek"])))
def test_a_code_is_always_free_and_plain(title: str, taken: set[str]) -> None:
    code = event_code(title, APRIL, taken)
    assert code not in taken
    assert code.isascii()
    assert len(code) <= 60


def test_days_of_an_event() -> None:
    assert days_of(APRIL, APRIL + dt.timedelta(days=1)) == [APRIL, dt.date(2020, 4, 3)]
    assert days_of(APRIL, None) == [APRIL]


def test_names_match_in_any_order_and_spelling() -> None:
    assert name_key("Ana", "Žagar") == name_key("žagar", "ANA") == "ana zagar"
    assert email_key(" Anonymous ") == ""
    assert email_key("Ana@Example.org") == "ana@example.org"
    assert organisation_key("MC Krško") == organisation_key("Mladinski center Krsko")


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_may_always_stay(status: str) -> None:
    assert may_follow(status, status)


def test_steps() -> None:
    assert may_follow("applied", "accepted")
    assert may_follow("cancelled", "applied")
    assert not may_follow("declined", "cancelled")
    assert not may_follow("accepted", "invited")


def test_presence_by_arrival_and_departure() -> None:
    assert is_there(APRIL, APRIL, APRIL)
    assert not is_there(APRIL, dt.date(2020, 4, 3), None)
    assert not is_there(APRIL, None, dt.date(2020, 4, 1))
    assert is_there(APRIL, None, None)


def test_roles_and_origin() -> None:
    assert is_active("speaker", None)
    assert not is_active("participant", None)
    assert not is_active("speaker", False)
    assert is_international(venue_country="SI", organisation_country="HR", person_country="SI") is True
    assert is_international(venue_country="SI", organisation_country="", person_country="SI") is False
    assert is_international(venue_country="SI", organisation_country="", person_country="") is None


def test_keys_are_made_in_order_of_time_and_codes_without_look_alikes() -> None:
    keys = [new_key() for _ in range(200)]
    assert len(set(keys)) == 200
    assert all(len(k) == 32 and k[12] == "7" for k in keys)
    assert not set("".join(issue_code() for _ in range(200))) & set("ILO01")


def test_an_office_error_keeps_its_words_when_it_crosses_a_process() -> None:
    import pickle

    error = OfficeError(T("Nothing was changed."), safe=T("The old value stays."), todo=T("This cannot stay empty."))
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.what, copy.safe, copy.todo) == (error.what, error.safe, error.todo)

"""A choice of a document that it has not, or with no value of it, is refused: never a letter to the wrong people."""

from __future__ import annotations

import pytest

from mama_desktop.domain.errors import OfficeError
from mama_desktop.services.document_options import _OPTIONS, read_options
from mama_desktop.services.documents import DOCUMENTS


@pytest.mark.parametrize(
    ("key", "given", "read"),
    [
        ("letters", "text=invitation", {"text": "invitation"}),
        ("letters", "statuses=accepted, waiting", {"statuses": ("accepted", "waiting")}),
        ("participant-list", "columns=family_name,answer:Majica", {"columns": ("family_name", "answer:Majica")}),
        ("sign-in", "sessions=12", {"sessions": ("12",)}),
        ("sign-in", "one_sheet=da", {"one_sheet": True}),
        ("consents", "missing=0", {"missing": False}),
        ("consents", "blank=3", {"blank": 3}),
        ("registration-form", "consents=photo", {"consents": ("photo",)}),
        ("registration-form", "consents=", {"consents": ()}),
        ("online-declaration", "platform=Zoom = naš", {"platform": "Zoom = naš"}),
    ],
)
def test_words_become_the_values_a_document_takes(key: str, given: str, read: dict[str, object]) -> None:
    assert read_options(key, [given]) == read


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("letters", "status=accepted"),
        ("letters", "statuses=acepted"),
        ("letters", "split=organization"),
        ("participant-list", "columns=family_nam"),
        ("registration-form", "audience=all"),
        ("registration-form-xlsx", "consents=photos"),
        ("consents", "blank=x"),
        ("consents", "blank=-1"),
        ("consents", "missing=maybe"),
        ("emergency", "anything=1"),
        ("labels", ""),
    ],
)
def test_what_is_no_choice_is_refused(key: str, given: str) -> None:
    with pytest.raises(OfficeError):
        read_options(key, [given])


def test_only_documents_there_are_have_choices() -> None:
    assert _OPTIONS.keys() <= DOCUMENTS.keys()


def test_a_letter_says_to_whom() -> None:
    assert read_options("letters", ["text=consent", "to=all"]) == {"text": "consent", "to": "all"}
    with pytest.raises(OfficeError, match="no value"):
        read_options("letters", ["to=vsem"])

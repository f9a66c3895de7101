"""The choices of a document in the words of the command line: which each document has, and what their values mean."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from mama_desktop.domain.consents import PURPOSES
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.forms import ACCEPTED, EVERYBODY
from mama_desktop.domain.registrations import STATUSES
from mama_desktop.domain.text import T, verbatim
from mama_desktop.domain.travel import DIRECTIONS
from mama_desktop.domain.trips import TRIP_DIRECTIONS
from mama_desktop.services import fields
from mama_desktop.services.documents import document_called
from mama_desktop.services.fields.answers import ANSWER
from mama_desktop.services.papers_letters import ALL, MISSING_CONSENT
from mama_desktop.services.papers_people import SIGN_IN_COLUMNS

_Read = Callable[[str], Any]
_YES, _NO = frozenset("yes true 1 da".split()), frozenset("no false 0 ne".split())
_MOST = 500
_NOTHING = T("Nothing was written and nothing was changed.")


def _words(value: str) -> str:
    return value


def _one_of(known: Collection[str]) -> _Read:
    def read(value: str) -> str:
        if value not in known:
            raise ValueError(", ".join(known))
        return value

    return read


def _several_of(known: Collection[str] = (), *, also: str = "") -> _Read:
    """Parts divided by commas; of any words where nothing is known. also: how words begin that are taken besides."""

    def read(value: str) -> tuple[str, ...]:
        parts = tuple(part.strip() for part in value.split(",") if part.strip())
        if known and any(part not in known and not (also and part.startswith(also)) for part in parts):
            raise ValueError(", ".join(known))
        return parts

    return read


def _number(value: str) -> int:
    if not value.isdecimal() or int(value) > _MOST:
        raise ValueError(f"0–{_MOST}")
    return int(value)


def _yes_or_no(value: str) -> bool:
    if value.lower() not in _YES | _NO:
        raise ValueError("yes, no")
    return value.lower() in _YES


_STATUSES = _several_of(STATUSES)
_FORM = {"audience": _one_of((EVERYBODY, ACCEPTED)), "consents": _several_of(PURPOSES)}
_LETTER = {"text": _words, "statuses": _STATUSES, "split": _one_of(("organisation", "party")),
           "to": _one_of((MISSING_CONSENT, ALL))}  # fmt: skip
_TRIPS = {"trip": _words, "direction": _one_of(TRIP_DIRECTIONS), "carrier": _words}
_OPTIONS: dict[str, dict[str, _Read]] = {
    "participant-list": {
        "template": _words, "columns": _several_of(fields.REGISTRATION_FIELDS, also=ANSWER), "statuses": _STATUSES,
        "split": _one_of(("organisation",)),
    },
    "sign-in": {
        "sessions": _several_of(), "columns": _several_of(SIGN_IN_COLUMNS), "one_sheet": _yes_or_no,
        "split": _one_of(("", "origin", "organisation")), "blank_rows": _number, "blank_pages": _number,
    },
    "registration-form": _FORM,
    "registration-form-xlsx": _FORM,
    "consents": {"registrations": _several_of(), "missing": _yes_or_no, "blank": _number},
    "arrivals": {"day": _words, "direction": _one_of(DIRECTIONS)},
    "online-declaration": {"platform": _words, "only_online": _yes_or_no},
    "manifest": _TRIPS,
    "driver-sheet": _TRIPS,
    "bus-firm-list": {**_TRIPS, "names": _yes_or_no},
    "travel-claim": {"registrations": _several_of(), "blank": _number, "green": _yes_or_no},
    "payments": {"payment": _words},
    "green-declaration": {"registrations": _several_of(), "blank": _number, "green": _yes_or_no},
    "note-of-changes": {"list": _words},
    "travel-grants": {"present": _yes_or_no},
    "letters": _LETTER,
    "labels": {**_LETTER, "sheet": _words, "start": _words},
}  # fmt: skip


def read_options(key: str, given: Sequence[str]) -> dict[str, Any]:
    """ "missing=yes" … as the document of this key takes them; a name it has not, or no value of it, is refused."""
    title, known = document_called(key).title, _OPTIONS.get(key, {})
    found: dict[str, Any] = {}
    for one in given:
        name, _, value = (part.strip() for part in one.partition("="))
        if name not in known:
            raise OfficeError(
                T("“{document}” has no choice called “{name}”.", document=title, name=name),
                safe=_NOTHING,
                todo=T("Its choices: {names}", names=", ".join(known)) if known else T("It has no choices."),
            )
        try:
            found[name] = known[name](value)
        except ValueError as possible:
            raise OfficeError(
                T("“{value}” is no value of “{name}”.", value=value, name=name),
                safe=_NOTHING,
                todo=T("Possible: {values}", values=verbatim(str(possible))),
            ) from None
    return found

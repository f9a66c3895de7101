"""What the intake has to know of our fields, and what it was taught about files of one shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop import i18n
from mama_desktop.domain.office import RememberedMapping
from mama_desktop.domain.questions import QuestionRow
from mama_desktop.domain.registrations import SOURCES
from mama_desktop.domain.text import T, Text, fold, verbatim
from mama_desktop.intake.headings import assign, recognise
from mama_desktop.intake.mapping import Mapping as Columns
from mama_desktop.intake.tables import Table, as_text
from mama_desktop.intake.vocabulary import KINDS, Target
from mama_desktop.services import asked_columns, short_ids
from mama_desktop.services.fields import ANSWER, REGISTRATION_FIELDS
from mama_desktop.services.transport.travel_columns import TRAVEL_COLUMNS

# Our fields whose columns the intake reads under another name or kind than its own words suggest.
_AS_KEY = {"applied_at": "submitted_at"}
_AS_KIND = {"arrival": "date", "departure": "date", "language": "choice", "other_phone": "phone", "active": "bool"}
# What the program computes, or knows of a registration by itself: understood when it comes back (see `comparing`).
COMPUTED = "computed:"
_COMPUTED = (
    "age_band", "region", "organisation_country", "origin", "sessions_present", "source", "source_line",
)  # fmt: skip
AGE_BAND, REGION, SOURCE = COMPUTED + "age_band", COMPUTED + "region", COMPUTED + "source"
ORGANISATION_COUNTRY = COMPUTED + "organisation_country"
_LOOKED_AT = 400
# The short ID of our own lists, by which a row says whose it is.
SHORT_ID = "short_id"
REASON = T("Why it was not taken in")
_LINE_NUMBER = T("No.")
# Kept as extra answers under their own headings, because no field of ours holds them.
_NO_FIELD = frozenset({"municipality", "registration_id", "street_2"})


def targets(asked: Sequence[QuestionRow] = ()) -> tuple[Target, ...]:
    """Every field a column may fill, with our own labels in both languages as further headings.

    asked: the questions of the event, whose wordings are headings too.
    """
    return asked_columns.own_targets(asked, _targets()) if asked else _targets()


def key_of_question(question: QuestionRow) -> str:
    """The target of a column that answers a question: by its wording, as files of one shape come for many events."""
    return asked_columns.target_key(question)


@lru_cache(maxsize=1)
def _targets() -> tuple[Target, ...]:
    found = {key: Target(key, kind) for key, kind in KINDS.items() if key not in _NO_FIELD}
    for key, label in labels().items():
        kind = _AS_KIND.get(key) or KINDS.get(key) or ("age_group" if key == AGE_BAND else "text")
        kind = TRAVEL_COLUMNS[key].kind if key in TRAVEL_COLUMNS else kind
        found[key] = Target(key, kind, _in_both(label))
    return tuple(found.values())


def labels() -> dict[str, Text]:
    """What a person sees for each target."""
    found: dict[str, Text] = {
        _AS_KEY.get(key, COMPUTED + key if key in _COMPUTED else key): field.info.label
        for key, field in REGISTRATION_FIELDS.items()
    }
    more = {
        "full_name": T("Name and surname"),
        "postal_and_town": T("Postal code and town"),
        COMPUTED + "reason": REASON,
        COMPUTED + "number": _LINE_NUMBER,
        SHORT_ID: T("ID from our own list"),
    }
    return found | {key: column.label for key, column in TRAVEL_COLUMNS.items()} | more


def label_of_field(key: str) -> Text:
    """What a person calls a field or an extra answer ("answer:…")."""
    if key.startswith(ANSWER):
        return verbatim(key.removeprefix(ANSWER))
    field = REGISTRATION_FIELDS.get(key)
    return field.info.label if field is not None else labels().get(key, verbatim(key))


@lru_cache(maxsize=1)
def choices() -> dict[str, dict[str, str]]:
    """Field → our words for each choice, in both languages → its value, so that our own lists are read back."""
    known = {
        key: field.info.choices
        for key, field in REGISTRATION_FIELDS.items()
        if field.info.choices and field.info.editable
    } | {key: column.choices for key, column in TRAVEL_COLUMNS.items() if column.choices}
    return {
        key: {word: value for value, label in choices.items() for word in _in_both(label)}
        for key, choices in known.items()
    }


@lru_cache(maxsize=1)
def own_titles() -> frozenset[str]:
    """What stands above our own participant list, in either language or in both."""
    said = _in_both(T("Participant list"))
    return frozenset({*said, " / ".join(said)})


@lru_cache(maxsize=1)
def own_sources() -> frozenset[str]:
    """What stands in our column "Source", folded."""
    return frozenset(fold(word) for label in SOURCES.values() for word in _in_both(label))


def with_short_ids(table: Table, mapping: Columns, known: Sequence[Target]) -> Columns:
    """The mapping with the column of our IDs, told by what stands in it: a form has a column “ID” too.

    known: the targets it was made with. A table with our IDs and mostly our headings is read to the letter.
    """
    place = next((column.index for column in mapping.columns if _holds_ids(table, column.index)), None)
    if place is None:
        return mapping
    if not mapping.is_own:
        ours = {heading for target in known for heading in target.headings}
        others = [heading for index, heading in enumerate(table.headings) if index != place and heading]
        if sum(heading in ours for heading in others) * 2 > len(others):
            mapping = recognise(table, known, is_own=True)
    target = next(target for target in known if target.key == SHORT_ID)
    return assign(table, mapping, place, target)


def _holds_ids(table: Table, place: int) -> bool:
    filled = [words for row in table.rows[:_LOOKED_AT] if (words := as_text(row.values[place]))]
    # "Attending" could be read as one of them: as we write them, with the hyphen.
    ours = sum(1 for words in filled if words[4:5] == "-" and short_ids.as_short_id(words))
    return ours * 2 > len(filled)


def remember(session: Session, fingerprint: str, mapping: Mapping[str, Any]) -> None:
    """Keep what the user decided (`Mapping.remember()`) for files of this shape."""
    known = session.get(RememberedMapping, fingerprint)
    if known is None:
        session.add(RememberedMapping(fingerprint=fingerprint, columns=dict(mapping)))
    elif known.columns != mapping:
        known.columns = dict(mapping)


def remembered(session: Session, fingerprint: str) -> dict[str, Any] | None:
    """What was decided the last time for a file of this shape; None for a new one."""
    known = session.get(RememberedMapping, fingerprint)
    return dict(known.columns) if known else None


def _in_both(label: Text) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i18n.language(code).say(label) for code in i18n.LANGUAGES))

"""Which fields an office's old list may fill, for each noun: their labels, kinds, headings and choices."""

from __future__ import annotations

from functools import lru_cache

from mama_desktop import i18n
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T, Text
from mama_desktop.intake.lists import synonyms
from mama_desktop.intake.vocabulary import Target
from mama_desktop.services import fields

ORGANISATION, PERSON, EVENT = "organisation", "person", "event"
NOUNS = (ORGANISATION, PERSON, EVENT)
SHORT_ID = "short_id"
_KEYS = {
    ORGANISATION: (
        "name_sl", "short_name", "name_en", "kind", "is_member", "street", "postal_code", "town", "country",
        "contact_person", "email", "phone", "member_since", "member_until", "remarks",
    ),
    PERSON: (
        "family_name", "given_name", "organisation", "function", "email", "phone", "other_phone", "birth_date",
        "birth_year", "gender", "street", "postal_code", "town", "country", "language", "remarks",
    ),
    EVENT: (
        "title_sl", "title_en", "kind", "status", "format", "venue", "street", "postal_code", "town", "country",
        "capacity", "deadline", "online_link", "remarks",
    ),
}  # fmt: skip
_REGISTRIES = {
    ORGANISATION: fields.ORGANISATION_FIELDS, PERSON: fields.PERSON_FIELDS,
    EVENT: fields.EVENT_FIELDS | fields.EVENT_DETAILS,
}  # fmt: skip
_MORE = {
    ORGANISATION: (
        FieldInfo("postal_and_town", T("Postal code and town")), FieldInfo("liaison", T("Liaison")),
        FieldInfo(SHORT_ID, T("ID from our own list")),
    ),
    PERSON: (
        FieldInfo("full_name", T("Name and surname")), FieldInfo("postal_and_town", T("Postal code and town")),
        FieldInfo(SHORT_ID, T("ID from our own list")),
    ),
    EVENT: (
        FieldInfo("when", T("When")), FieldInfo("project", T("Project")),
        FieldInfo("responsible", T("Responsible person")),
        FieldInfo(SHORT_ID, T("ID from our own list")),
    ),
}  # fmt: skip
_KINDS = {
    "email": "email", "phone": "phone", "other_phone": "phone", "postal_code": "postal_code", "country": "country",
    "postal_and_town": "postal_and_town", "full_name": "full_name", "given_name": "given_name",
    "family_name": "family_name", "birth_year": "year", "gender": "gender", "capacity": "number",
    "when": "cell", "is_member": "cell",
}  # fmt: skip


def list_fields(noun: str) -> dict[str, FieldInfo]:
    """Key → field, in the order in which a person would look for them; `when`, `project` … hold words of the list."""
    return _list_fields(noun)


@lru_cache(maxsize=3)
def _list_fields(noun: str) -> dict[str, FieldInfo]:
    found = [_REGISTRIES[noun][key].info for key in _KEYS[noun]]
    return {info.key: info for info in (*found[:1], *_MORE[noun][:-1], *found[1:], _MORE[noun][-1])}


@lru_cache(maxsize=3)
def list_targets(noun: str) -> tuple[Target, ...]:
    """What a column may fill, with our labels in both languages and the customary headings."""
    return tuple(
        Target(key, _kind(info), (*_in_both(info.label), *synonyms().get(f"{noun}.{key}", ()),
                                  *(("ID",) if key == SHORT_ID else ())))
        for key, info in list_fields(noun).items()
    )  # fmt: skip


@lru_cache(maxsize=3)
def list_choices(noun: str) -> dict[str, dict[str, str]]:
    """Field → our words for each choice, in both languages, and its key → its value."""
    return {
        key: {word: value for value, label in info.choices.items() for word in (*_in_both(label), value)}
        for key, info in list_fields(noun).items()
        if info.choices
    }


def label_of(noun: str, key: str) -> Text:
    return list_fields(noun)[key].label


def _kind(info: FieldInfo) -> str:
    if info.key in _KINDS:
        return _KINDS[info.key]
    return {"date": "date", "choice": "choice", "town": "town"}.get(info.kind, "text")


def _in_both(label: Text) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i18n.language(code).say(label) for code in i18n.LANGUAGES))

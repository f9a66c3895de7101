"""The counts behind a participant list: on the list, accepted, and present, by each thing that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain import ages, people
from mama_desktop.domain.registrations import STATUSES, TAKES_PLACE
from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import T, Text, sort_key
from mama_desktop.i18n import language as language_of
from mama_desktop.services import attendance
from mama_desktop.services.papers_about import About
from mama_desktop.services.papers_words import main_code, words
from mama_desktop.sheets.sheet import Column, Group, Row, Sheet, Value

_NONE = ""


def counts_sheet(
    session: Session,
    known: About,
    found: Listing,
    bands: Sequence[str],
    listed: Sheet,
    paper: str,
    *,
    only: frozenset[str] | None = None,
) -> Sheet:
    """Counts of the people on the list; `only`: fields by which they may be counted (None: all).

    Present is said only when the event has a confirmed session; before that it reads "not keyed in".
    """
    code = main_code(paper)
    there = attendance.present_registrations(session, known.event.id)
    at = {f.key: i for i, f in enumerate(found.fields)}
    status = [row[at["status"]] in TAKES_PLACE for row in found.rows]
    present = [key in there for key in found.keys] if there is not None else None

    def counted(picked: Sequence[int]) -> tuple[Value, Value, Value]:
        accepted = sum(status[i] for i in picked)
        came: Value = sum(present[i] for i in picked) if present is not None else _not_keyed_in(code)
        return len(picked), accepted, came

    groups = [Group(((language_of(code).say(T("Total")), *counted(range(len(found.rows)))),))]
    for key, title, value, order in _groupings(at, bands, code):
        if only is not None and key not in only:
            continue
        picked: dict[str, list[int]] = {}
        for i, row in enumerate(found.rows):
            picked.setdefault(value(row), []).append(i)
        rows: list[Row] = [(name, *counted(picked[raw])) for raw, name in order(picked)]
        groups.append(Group(tuple(rows), words(title, paper)))
    return Sheet(
        key="participant-counts",
        title=words(T("Counts"), paper),
        columns=(
            Column("what", words(T("Counted by"), paper)),
            Column("listed", words(T("On this list"), paper), "integer"),
            Column("accepted", words(T("Accepted and confirmed"), paper), "integer"),
            Column("present", words(T("Present"), paper), "integer"),
        ),
        groups=tuple(groups),
        language=listed.language,
        facts=listed.facts,
        tab=words(T("Counts"), paper).first,
        orientation="portrait",
        footer_left=listed.footer_left,
        page_word=listed.page_word,
        author=listed.author,
        created=listed.created,
    )


Order = Callable[[dict[str, list[int]]], list[tuple[str, str]]]


def _groupings(
    at: dict[str, int], bands: Sequence[str], code: str
) -> list[tuple[str, Text, Callable[[Any], str], Order]]:
    """(field, title, raw value of a row, the order and names of what occurs)."""
    say = language_of(code)
    unknown = say.say(T("not known"))

    def country(row: Any) -> str:
        return str(row[at["country"]] or row[at["organisation_country"]] or _NONE)

    def band(row: Any) -> str:
        return ages.band_of(row[at["age"]], tuple(bands))

    def listed(choices: dict[str, Text]) -> Order:
        return lambda picked: [(key, say.say(text)) for key, text in choices.items() if key in picked]

    def named(name: Callable[[str], str]) -> Order:
        def order(picked: dict[str, list[int]]) -> list[tuple[str, str]]:
            names = [(raw, name(raw) if raw else unknown) for raw in picked]
            return sorted(names, key=lambda pair: (not pair[0], sort_key(pair[1])))

        return order

    band_names = {b: ages.band_label(b) for b in (*bands, ages.TO_CHECK, ages.UNKNOWN)}
    return [
        ("status", T("By registration"), lambda row: str(row[at["status"]]), listed(STATUSES)),
        ("gender", T("By gender"), lambda row: str(row[at["gender"]] or "unknown"), listed(people.GENDERS)),
        ("age_band", T("By age on the first day of the event"), band, listed(band_names)),
        ("country", T("By country of residence, else of the organisation"), country, named(say.country)),
        ("organisation", T("By organisation"), lambda row: str(row[at["organisation"]] or _NONE), named(str)),
    ]


def _not_keyed_in(code: str) -> str:
    from mama_desktop.domain.attendance import NOT_KEYED_IN

    return language_of(code).say(NOT_KEYED_IN)

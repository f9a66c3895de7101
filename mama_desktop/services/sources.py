"""Where lists come from: what each column of a form means is remembered, under a name, for its next export."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from mama_desktop import i18n
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.office import RememberedMapping
from mama_desktop.domain.sources import SourceRow
from mama_desktop.domain.text import T, clean, fold, sort_key, verbatim
from mama_desktop.intake.mapping import Mapping as Columns
from mama_desktop.intake.sources import NAMES
from mama_desktop.intake.vocabulary import plain
from mama_desktop.services import column_mapping, list_fields

LEFT_OUT = "left_out"
_LONGEST_NAME = 120
# Of the headings of both files together so many have to be the same: of one tool and name, or of one tool.
_ENOUGH_OF_ONE_NAME, _ENOUGH = 0.5, 0.8
# Below that it is asked, of the forms of the same event; from there on it is more likely the same than another.
_WORTH_ASKING, _LIKELY = 0.5, 0.6
_TAIL = re.compile(
    r"[\s_\-–(\[]+(odgovori|responses?|obrazec|form|izvoz|export|kopija|copy|koncno|final|nov[aoi]?|\d{1,4}([.\-_]\s?\d{1,4})*)"
    r"[\s)\]]*$"
)


@dataclass(frozen=True)
class Profile:
    """A form as it is remembered. fingerprint: its key. tool: one of intake's NAMES. noun: what its rows are.
    shapes: fingerprints of the headings it came with. columns: what `Mapping.remember` gave, and more."""

    fingerprint: str
    name: str
    tool: str
    noun: str
    stem: str
    shapes: frozenset[str]
    columns: Mapping[str, Any] = field(hash=False)

    def knows(self, label: str) -> bool:
        return any(column["label"] == label for column in self.columns.get("columns", ()))


@dataclass(frozen=True)
class ProfileRow:
    """A line of the list in Settings. columns: how many; event: of which it was taken in last, "" for none."""

    fingerprint: str
    name: str
    tool: str
    noun: str
    columns: int
    used_at: dt.datetime | None
    event_id: str
    event: str


@dataclass(frozen=True)
class ProfileColumn:
    """A remembered column: its heading and the key of the field it fills ("" for an answer)."""

    label: str
    key: str
    left_out: bool


def profile_for(session: Session, mapping: Columns, file_name: str, noun: str = "registration") -> Profile | None:
    """The form this file is an export of: with the same headings, or most of them of one tool and (nearly) one name."""
    known = [_profile(one) for one in session.scalars(select(RememberedMapping).where(RememberedMapping.noun == noun))]
    shape = key_of(mapping.fingerprint, noun)
    stem = stem_of(file_name)
    same = [one for one in known if shape == one.fingerprint or shape in one.shapes]
    if same:
        return max(same, key=lambda one: (bool(stem) and one.stem == stem, one.fingerprint == shape))
    headings = {plain(column.label) for column in mapping.columns} - {""}
    near = [(_likeness(one, headings), one) for one in known if one.tool == mapping.source]
    enough = [
        (share, one)
        for share, one in near
        if share >= (_ENOUGH_OF_ONE_NAME if stem and stem == one.stem else _ENOUGH) and len(headings) > 2
    ]
    return max(enough, key=lambda found: found[0])[1] if enough else None


def perhaps_newer_of(
    session: Session, mapping: Columns, event_id: str, noun: str = "registration"
) -> tuple[Profile, bool] | None:
    """Of a file that no form was found for: the form of this event that shares at least half of its headings, and
    whether it is likely a newer export of it. None when there is none."""
    headings = {plain(column.label) for column in mapping.columns} - {""}
    taken_in = set(session.scalars(select(SourceRow.fingerprint).where(SourceRow.event_id == event_id).distinct()))
    found: list[tuple[float, bool, Profile]] = []
    for one in session.scalars(select(RememberedMapping).where(RememberedMapping.noun == noun)):
        if one.fingerprint in taken_in or one.columns.get("event") == event_id:
            profile = _profile(one)
            found.append((_likeness(profile, headings), profile.tool == mapping.source, profile))
    share, _, best = max(found, key=lambda one: one[:2], default=(0.0, False, None))
    return (best, share >= _LIKELY) if best is not None and share >= _WORTH_ASKING and len(headings) > 2 else None


def form_called(session: Session, name: str, noun: str = "registration") -> Profile:
    """A remembered form by its name; an unknown one is refused with the names there are."""
    known = [_profile(one) for one in session.scalars(select(RememberedMapping).where(RememberedMapping.noun == noun))]
    found = next((one for one in known if fold(one.name) == fold(name)), None)
    if found is None:
        names = sorted((one.name for one in known if one.name), key=sort_key)
        raise OfficeError(
            T("There is no form called “{name}”.", name=name),
            safe=T("Nothing was written and nothing was changed."),
            todo=T("These forms are known:") if names else None,
            details=[verbatim(one) for one in names],
        )
    return found


def remember(
    session: Session,
    mapping: Columns,
    words: Mapping[str, Any],
    *,
    file_name: str,
    name: str,
    event_id: str,
    now: dt.datetime,
    known: Profile | None = None,
    noun: str = "registration",
) -> str:
    """Keep what the columns of a file mean, under the form's name; returns the key of the profile.

    words: what `Mapping.remember` gave, with the columns left out. Columns the form had before and this export lacks
    stay remembered.
    """
    shape = key_of(mapping.fingerprint, noun)
    key = known.fingerprint if known else shape
    kept = session.get(RememberedMapping, key)
    past: Mapping[str, Any] = kept.columns if kept is not None else {}
    here = {column["label"] for column in words.get("columns", ())}
    gone = [column for column in past.get("columns", ()) if column["label"] not in here]
    columns = {
        **words,
        "columns": [*words.get("columns", ()), *gone],
        LEFT_OUT: [*words.get(LEFT_OUT, ()), *(one for one in past.get(LEFT_OUT, ()) if one not in here)],
        "source": mapping.source,
        "file": stem_of(file_name) or past.get("file", ""),
        "shapes": sorted({shape, *past.get("shapes", ())}),
        "event": event_id,
    }
    if kept is None:
        kept = RememberedMapping(fingerprint=key, columns=columns, noun=noun)
        session.add(kept)
    elif kept.columns != columns:
        kept.columns = columns
    kept.name = kept.name or _free_name(session, name, key)
    kept.used_at = now
    session.flush()
    return key


def proposed_name(tool: str, file_name: str, *, language: str = "sl") -> str:
    """ "Google Forms – Konferenca" for "Konferenca (Odgovori).xlsx"."""
    say = i18n.language(language).say
    shown = _bare(PurePath(file_name).stem)
    source = say(NAMES[tool]) if tool != "list" else ""
    return " – ".join(filter(None, (source, shown)))[:_LONGEST_NAME] or say(T("pasted list"))


def profiles(session: Session, *, language: str = "sl") -> list[ProfileRow]:
    """Every remembered form, in the order of their names."""
    events = {
        key: (english or slovene) if language == "en" else slovene
        for key, slovene, english in session.execute(select(Event.id, Event.title_sl, Event.title_en))
    }
    found = []
    for one in session.scalars(select(RememberedMapping)):
        event = str(one.columns.get("event", ""))
        tool = str(one.columns.get("source", "list"))
        name = one.name or proposed_name(tool, str(one.columns.get("file", "")), language=language)
        count = len(one.columns.get("columns", ()))
        known = event if event in events else ""
        found.append(
            ProfileRow(one.fingerprint, name, tool, one.noun, count, one.used_at, known, events.get(event, ""))
        )
    return sorted(found, key=lambda row: (sort_key(row.name), row.fingerprint))


def columns_of(session: Session, fingerprint: str) -> list[ProfileColumn]:
    """What each column of a form means; empty when it was forgotten."""
    kept = session.get(RememberedMapping, fingerprint)
    if kept is None:
        return []
    left_out = set(kept.columns.get(LEFT_OUT, ()))
    columns: Sequence[Mapping[str, Any]] = kept.columns.get("columns", ())
    return [ProfileColumn(one["label"], one["key"], one["label"] in left_out) for one in columns]


def rows_kept(session: Session, fingerprint: str) -> int:
    """How many rows of the form are kept for comparing its next export."""
    return session.scalar(select(func.count()).where(SourceRow.fingerprint == fingerprint)) or 0


def rename(session: Session, fingerprint: str, name: str) -> None:
    name = clean(name)[:_LONGEST_NAME]
    if not name:
        raise OfficeError(T("Please write a name."), safe=T("The old value stays."))
    kept = session.get_one(RememberedMapping, fingerprint)
    if _free_name(session, name, fingerprint) != name:
        raise OfficeError(T("There is a form called “{name}” already.", name=name), safe=T("Nothing was changed."))
    kept.name = name
    session.flush()


def assign_column(session: Session, fingerprint: str, label: str, key: str, *, left_out: bool = False) -> None:
    """A column means another field the next time the form comes. key: "" to keep it as an answer."""
    kept = session.get_one(RememberedMapping, fingerprint)
    targets = list_fields.list_targets(kept.noun) if kept.noun in list_fields.NOUNS else column_mapping.targets()
    kinds = {target.key: target.kind for target in targets}
    columns = []
    for column in kept.columns.get("columns", ()):
        past: dict[str, Any] = dict(column)
        if past["label"] == label:
            past |= {"key": key, "kind": kinds.get(key, ""), "names": past["names"] if key == "full_name" else ""}
        elif key and past["key"] == key:
            # Each field is filled by one column.
            past |= {"key": "", "kind": "", "names": ""}
        columns.append(past)
    others = [one for one in kept.columns.get(LEFT_OUT, ()) if one != label]
    kept.columns = {**kept.columns, "columns": columns, LEFT_OUT: [*others, label] if left_out else others}
    session.flush()


def forget(session: Session, fingerprint: str) -> None:
    """The form is not recognised any more; its rows that were kept for comparing go too, the registrations stay."""
    session.execute(delete(SourceRow).where(SourceRow.fingerprint == fingerprint))
    session.execute(delete(RememberedMapping).where(RememberedMapping.fingerprint == fingerprint))


def forget_registrations(session: Session, keys: Iterable[str], *, people_too: bool = False) -> None:
    """Registrations are about to be deleted: what the form said of them stays without them, so that nobody comes back
    unasked; people_too: the people are deleted as well, and nothing of what they said is kept."""
    mine = SourceRow.registration_id.in_(list(keys))
    if people_too:
        session.execute(delete(SourceRow).where(mine))
    else:
        session.execute(update(SourceRow).where(mine).values(registration_id=None))


def key_of(fingerprint: str, noun: str) -> str:
    """The key of a profile: one shape of file may hold registrations for one and people for another."""
    return fingerprint if noun == "registration" else f"{noun}:{fingerprint}"


def stem_of(file_name: str) -> str:
    """What the names of all exports of one form share: "konferenca" of "Konferenca (Odgovori) 2020-02-21.xlsx"."""
    return fold(_bare(PurePath(file_name).stem))


def _bare(stem: str) -> str:
    stem = clean(stem.replace("_", " "))
    while (found := _TAIL.search(fold(stem))) and found.start() and len(fold(stem)) == len(stem):
        stem = stem[: found.start()].rstrip(" -–(")
    return stem


def _profile(one: RememberedMapping) -> Profile:
    columns: Mapping[str, Any] = one.columns
    return Profile(
        one.fingerprint, one.name, str(columns.get("source", "list")), one.noun, str(columns.get("file", "")),
        frozenset(columns.get("shapes", ())), columns,
    )  # fmt: skip


def _likeness(one: Profile, headings: set[str]) -> float:
    theirs = {plain(column["label"]) for column in one.columns.get("columns", ())} - {""}
    return len(theirs & headings) / len(theirs | headings) if theirs else 0.0


def _free_name(session: Session, name: str, besides: str) -> str:
    query = select(RememberedMapping.name).where(RememberedMapping.fingerprint != besides)
    taken = {fold(one) for one in session.scalars(query)}
    free, number = name, 2
    while fold(free) in taken:
        free, number = f"{name[: _LONGEST_NAME - 5]} ({number})", number + 1
    return free

"""The words people consent to: those of the paper for parents and those a participant reads on a form, by version."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop import resources
from mama_desktop.domain.consents import PURPOSES, Consent, ConsentText
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, clean

_OWN = ":own"


@dataclass(frozen=True)
class Wording:
    """The words in use of a purpose. own: as said by the participant on a form; else by parents on paper.

    since: None for the words the program came with, which somebody who looks after data has yet to confirm.
    """

    purpose: str
    own: bool
    version: int
    since: dt.date | None
    text_sl: str
    text_en: str
    is_shipped: bool


def current_words(session: Session, purpose: str, *, own: bool = False) -> tuple[int, str, str]:
    """(version, Slovene, English) of the wording in use; reads only."""
    newest = next(iter(texts(session, purpose, own=own)), None)
    if newest is not None:
        return newest.version, newest.text_sl, newest.text_en
    return 1, *_shipped(purpose, own)


def wordings(session: Session, *, own: bool) -> list[Wording]:
    """The words in use for every purpose, for the Settings."""
    found = []
    for purpose in PURPOSES:
        newest = next(iter(texts(session, purpose, own=own)), None)
        version, text_sl, text_en = current_words(session, purpose, own=own)
        is_shipped = (text_sl, text_en) == _shipped(purpose, own)
        since = newest.since if newest else None
        found.append(Wording(purpose, own, version, since, text_sl, text_en, is_shipped))
    return found


def texts(session: Session, purpose: str, *, own: bool = False) -> list[ConsentText]:
    """The wordings of a purpose that are kept, the newest first; the words the program came with are version 1."""
    query = select(ConsentText).where(ConsentText.purpose == _key(purpose, own)).order_by(ConsentText.version.desc())
    return list(session.scalars(query))


def new_wording(
    session: Session, purpose: str, text_sl: str, text_en: str, *, on: dt.date, own: bool = False
) -> int:  # fmt: skip
    """Other words from now on; returns the version. Who consented to the former words consented to those.

    Words of an earlier day may be printed already, so they stay; what was changed today and not used yet is mended.
    """
    text_sl, text_en = clean(text_sl), clean(text_en)
    if not text_sl or not text_en:
        raise OfficeError(
            T("A consent needs its words in both languages."),
            safe=T("The old value stays."),
            todo=T("Write the Slovene and the English words; papers may be printed in either."),
        )
    newest = _kept(session, purpose, own)[0]
    if (text_sl, text_en) == (newest.text_sl, newest.text_en):
        return newest.version
    used = session.scalar(select(Consent.id).where(Consent.text_id == newest.id).limit(1)) is not None
    if used or newest.since != on:
        newest = ConsentText(purpose=_key(purpose, own), version=newest.version + 1, since=on)
        session.add(newest)
    newest.text_sl, newest.text_en = text_sl, text_en
    session.flush()
    return newest.version


def words_given(
    session: Session, purpose: str, *, on: dt.date, own: bool = False, version: int | None = None
) -> ConsentText:
    """The words somebody consented to: of the version on the paper; when it is not said, those in use on that day."""
    kept = _kept(session, purpose, own)
    if version is None:
        return next((text for text in kept if text.since is None or text.since <= on), kept[-1])
    found = next((text for text in kept if text.version == version), None)
    if found is None:
        raise OfficeError(
            T("There is no version {number} of these words: {purpose}.", number=version, purpose=PURPOSES[purpose]),
            safe=T("The old value stays."),
            todo=T("The version stands in brackets after each sentence on the paper."),
        )
    return found


def version_on(session: Session, purpose: str, day: dt.date) -> int:
    """The version of the words parents were shown on that day; reads only."""
    kept = texts(session, purpose)
    known = [text.version for text in kept if text.since is None or text.since <= day]
    return known[0] if known else kept[-1].version if kept else 1


def nearest_version(session: Session, purpose: str, version: int) -> int:
    """The newest version of a purpose that is no newer than this one: purposes change their words one by one."""
    known = [text.version for text in _kept(session, purpose, False)]
    return max((number for number in known if number <= version), default=min(known))


@lru_cache(maxsize=1)
def shipped_texts() -> dict[str, Any]:
    """resources/consents/texts.json: texts and own_texts by purpose and language, source, certainty."""
    found: dict[str, Any] = json.loads(resources.path("consents", "texts.json").read_text("utf-8"))
    return found


def _kept(session: Session, purpose: str, own: bool) -> Sequence[ConsentText]:
    """As `texts`, with the words the program came with kept when nothing is yet: never empty."""
    kept = texts(session, purpose, own=own)
    if not kept:
        text_sl, text_en = _shipped(purpose, own)
        kept = [ConsentText(purpose=_key(purpose, own), version=1, text_sl=text_sl, text_en=text_en)]
        session.add(kept[0])
        session.flush()
    return kept


def _shipped(purpose: str, own: bool) -> tuple[str, str]:
    said = shipped_texts()["own_texts" if own else "texts"][purpose]
    return said["sl"], said["en"]


def _key(purpose: str, own: bool) -> str:
    return purpose + _OWN if own else purpose

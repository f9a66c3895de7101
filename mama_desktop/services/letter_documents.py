"""The documents `letters` and `labels` of an event, as the registry of documents makes and keeps them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.services import papers_letters
from mama_desktop.services.paper import Make, Paper
from mama_desktop.services.papers_letters import LABELS, LETTERS
from mama_desktop.sheets.files import safe_filename


def _lettered(key: str, *, kept: bool) -> Make:
    """options: as `papers_letters.wish_of` says; of labels also sheet (its size) and start (the first free label)."""

    def make_them(
        session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
    ) -> Paper:
        data, name, warnings = papers_letters.made_for_event(
            session, event_id, key, language=language, options=options, now=now, who=who, kept=kept
        )
        code = session.scalar(select(Event.code).where(Event.id == event_id)) or ""
        return Paper(data, safe_filename(f"{code} {name.lower()}", ""), warnings)

    return make_them


make_letters, keep_letters = _lettered(LETTERS, kept=False), _lettered(LETTERS, kept=True)
make_labels, keep_labels = _lettered(LABELS, kept=False), _lettered(LABELS, kept=True)

"""Whose row it is by the ID that our own lists carry: the people meant, and what is wrong with the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from mama_desktop.domain.text import T, Text
from mama_desktop.services import short_ids
from mama_desktop.services.known_people import Registered


class Identities:
    """`found`: for each row (key of the person or "", problems), in the order of the IDs given ("" for none)."""

    def __init__(self, session: Session, registered: Mapping[str, Registered], ids: Sequence[str]) -> None:
        self.found: list[tuple[str, tuple[Text, ...]]] = [("", ())] * len(ids)
        given = [str(words).strip() for words in ids]
        if not any(given):
            return
        here = {short_ids.short_id(ours.id): key for key, ours in registered.items()}
        codes = [short_ids.as_short_id(words) for words in given]
        # A list of people carries the IDs of people.
        elsewhere = {code for code in codes if code and code not in here}
        people = short_ids.resolve_all(session, "person", elsewhere)
        others = short_ids.resolve_all(session, "registration", elsewhere - people.keys()) if elsewhere else {}
        times = Counter(code for code in codes if code)
        for place, (words, code) in enumerate(zip(given, codes, strict=True)):
            if not words:
                continue
            key = here.get(code) or people.get(code) or ""
            if not code:
                problem = T("“{id}” is not an ID of ours; perhaps it was mistyped.", id=words[:40])
            elif times[code] > 1:
                problem = T("The ID {id} stands in several rows.", id=code)
            elif key:
                self.found[place] = key, ()
                continue
            elif code in others:
                problem = T("The ID {id} belongs to a registration for another event.", id=code)
            else:
                problem = T("The ID {id} belongs to nobody here; perhaps it was deleted.", id=code)
            self.found[place] = "", (problem,)

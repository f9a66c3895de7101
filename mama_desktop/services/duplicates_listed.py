"""The pairs that look like one as a list: the same ones first, then, apart, those only possible."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mama_desktop.domain.duplicates import OrganisationCard, Pair, PersonCard
from mama_desktop.domain.text import TN, Text, verbatim
from mama_desktop.i18n import Language
from mama_desktop.services import duplicates
from mama_desktop.services.duplicate_scores import POSSIBLE_FROM, SAME_FROM
from mama_desktop.services.people_file import people_of_file
from mama_desktop.store.database import Database


@dataclass(frozen=True)
class Listed:
    """What was found; `names`: by the key of a record, how a person tells it from others."""

    records: int
    pairs: tuple[Pair, ...]
    names: dict[str, str]

    @property
    def same(self) -> list[Pair]:
        return [pair for pair in self.pairs if pair.is_same]

    @property
    def possible(self) -> list[Pair]:
        return [pair for pair in self.pairs if not pair.is_same]

    def as_json(self, words: Language) -> dict[str, Any]:
        """records, same_from, possible_from, and two lists of pairs: duplicates and possible."""
        return {
            "records": self.records,
            "same_from": SAME_FROM,
            "possible_from": POSSIBLE_FROM,
            "duplicates": [self._json(pair, words) for pair in self.same],
            "possible": [self._json(pair, words) for pair in self.possible],
        }

    def _json(self, pair: Pair, words: Language) -> dict[str, Any]:
        return {
            "first": pair.first,
            "second": pair.second,
            "score": pair.score,
            "first_name": self.names[pair.first],
            "second_name": self.names[pair.second],
            "reasons": [words.say(reason) for reason in pair.reasons],
            "against": [words.say(reason) for reason in pair.against],
        }

    def lines(self) -> Iterator[Text]:
        """For people: a heading and a line each."""
        yield TN("{count} duplicate", "{count} duplicates", len(self.same))
        yield from map(self._line, self.same)
        yield TN("{count} possible match", "{count} possible matches", len(self.possible))
        yield from map(self._line, self.possible)

    def _line(self, pair: Pair) -> Text:
        return verbatim(f"{pair.score:>4}  {self.names[pair.first]}  =  {self.names[pair.second]}")


def of_workspace(db: Database, noun: str) -> Listed:
    """The pairs of the workspace nobody has decided about yet; noun: person or organisation."""
    cards = db.read(duplicates.CARDS[noun])
    waiting = db.read(duplicates.to_decide, noun, duplicates.search(cards))
    return _listed(cards, [one.pair for one in waiting])


def of_file(path: str | os.PathLike[str]) -> Listed:
    """The pairs among the rows of a list of people; each is called by its own ID, or by its line."""
    cards = people_of_file(path)
    return _listed(cards, duplicates.search(cards))


def _listed(cards: Sequence[duplicates.Card], pairs: Sequence[Pair]) -> Listed:
    wanted = {key for pair in pairs for key in (pair.first, pair.second)}
    return Listed(len(cards), tuple(pairs), {card.key: _called(card) for card in cards if card.key in wanted})


def _called(card: duplicates.Card) -> str:
    if isinstance(card, OrganisationCard):
        return ", ".join(part for part in (card.names[0] if card.names else "", card.town) if part)
    assert isinstance(card, PersonCard)
    name = f"{card.given_name} {card.family_name}".strip()
    return ", ".join(part for part in (name, _born(card.birth), card.town) if part)


def _born(birth: str) -> str:
    """ "19970302" → "2. 3. 1997", also what is no day of any calendar; a year stays."""
    return f"{int(birth[6:])}. {int(birth[4:6])}. {birth[:4]}" if len(birth) == 8 and birth.isdecimal() else birth

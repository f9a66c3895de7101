"""Duplicates among people and organisations: the search for pairs, and what was decided about them before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop import child
from mama_desktop.domain.duplicates import OrganisationCard, Pair, PairVerdict, PersonCard
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Affiliation, Person
from mama_desktop.domain.text import T
from mama_desktop.services import duplicate_scores, organisation_scores
from mama_desktop.services.blocking import candidates

Card = PersonCard | OrganisationCard
Report = Callable[[int, int], None]
TIMEOUT_S = 300.0
MEMORY_MB = 2_000
# More pairs than this nobody looks through in one go; the surest come first.
MOST = 50_000
_STEP = 500
# Values in one statement.
_MANY = 10_000
# A decision stands while both records read much as they did then (0 to 100, see rapidfuzz.fuzz.ratio).
_STILL_THE_SAME = 75


@dataclass(frozen=True)
class ToDecide:
    """A pair that waits for a person. first, second: what they are called; is_later: it was put off before."""

    pair: Pair
    is_later: bool = False
    first: str = ""
    second: str = ""


def people_cards(session: Session, keys: Sequence[str] | None = None) -> list[PersonCard]:
    """All people of the workspace, or these, as compared; earlier e-mails and phones count as the present ones do."""
    earlier: dict[str, tuple[list[str], list[str]]] = {}
    for key, email, phone in session.execute(select(Affiliation.person_id, Affiliation.email, Affiliation.phone)):
        emails, phones = earlier.setdefault(key, ([], []))
        emails.append(email)
        phones.append(phone)
    query = select(
        Person.id, Person.given_name, Person.family_name, Person.birth_date, Person.birth_year, Person.email,
        Person.phone, Person.other_phone, Person.street, Person.postal_code, Person.town, Person.organisation_id,
        Person.gender,
    ).order_by(Person.id)  # fmt: skip
    if keys is not None:
        query = query.where(Person.id.in_(keys))
    cards = []
    for key, given, family, born, year, email, phone, other, street, postal, town, office, gender in session.execute(
        query
    ):
        emails, phones = earlier.get(key, ([], []))
        birth = f"{born:%Y%m%d}" if born else f"{year:04}" if year else ""
        cards.append(
            PersonCard(
                key, given, family, birth, tuple(e for e in (email, *emails) if e),
                tuple(p for p in (phone, other, *phones) if p), street, postal, town, office or "", gender,
            )
        )  # fmt: skip
    return cards


def organisation_cards(session: Session, keys: Sequence[str] | None = None) -> list[OrganisationCard]:
    """All organisations of the workspace, or these, as compared."""
    query = select(Organisation).order_by(Organisation.id)
    if keys is not None:
        query = query.where(Organisation.id.in_(keys))
    return [
        OrganisationCard(
            o.id, tuple(n for n in (o.name_sl, o.name_en, o.short_name) if n), o.kind, o.street, o.postal_code,
            o.town, o.country, o.email, o.phone,
        )
        for o in session.scalars(query)
    ]  # fmt: skip


CARDS: dict[str, Callable[..., Sequence[Card]]] = {"person": people_cards, "organisation": organisation_cards}


def find_pairs(cards: Sequence[Card], *, report: Report | None = None) -> list[Pair]:
    """The pairs among these people or organisations that look like one, the surest first; at most `MOST`.

    Runs beside the window through `search`, here for small numbers and tests.
    """
    found = sorted(_pairs(cards, report), key=lambda pair: (-pair.score, pair.first, pair.second))
    return found[:MOST]


def _pairs(cards: Sequence[Card], report: Report | None) -> Iterator[Pair]:
    scores: Any = organisation_scores if cards and isinstance(cards[0], OrganisationCard) else duplicate_scores
    records = [scores.record_of(card) for card in cards]
    frequencies = scores.Frequencies(records)
    keys = [scores.keys_of(record) for record in records]
    narrower = [scores.narrower_keys(record) for record in records]
    for number, earlier in enumerate(candidates(keys, narrower)):
        if report is not None and number % _STEP == 0:
            report(number, len(records))
        for other in earlier:
            pair = scores.compare(records[other], records[number], frequencies)
            if pair is not None:
                yield pair


def search(cards: Sequence[Card], report: Report | None = None) -> list[Pair]:
    """The same in a child process with limits on time and memory; `report` may raise Cancelled."""
    if len(cards) < 2:
        return []
    too_large = OfficeError(
        T("There are too many records to look for duplicates in one go."), safe=T("Nothing was changed.")
    )
    found: list[Pair] = child.run(
        find_pairs, list(cards), timeout_s=TIMEOUT_S, memory_mb=MEMORY_MB, report=report, too_large=too_large
    )
    return found


# What was decided


def to_decide(session: Session, noun: str, pairs: Iterable[Pair]) -> list[ToDecide]:
    """The pairs nobody has decided about, the surest first, then those put off; "different" does not come again
    unless one of both was changed much since, and a pair of which one is gone is left out."""
    pairs = list(pairs)
    decided = {
        (verdict.first, verdict.second): verdict
        for verdict in session.scalars(select(PairVerdict).where(PairVerdict.noun == noun))
    }
    wanted = sorted({key for pair in pairs for key in (pair.first, pair.second)})
    cards = {card.key: card for card in CARDS[noun](session, wanted if len(wanted) <= _MANY else None)}
    now = {key: _as_read(card) for key, card in cards.items()}
    fresh: list[ToDecide] = []
    later: list[ToDecide] = []
    for pair in pairs:
        if pair.first not in now or pair.second not in now:
            continue
        verdict = decided.get(_in_order(pair.first, pair.second))
        if verdict is None or _changed_much(verdict, now):
            fresh.append(ToDecide(pair, False, name_of(cards[pair.first]), name_of(cards[pair.second])))
        elif verdict.verdict == "later":
            later.append(ToDecide(pair, True, name_of(cards[pair.first]), name_of(cards[pair.second])))
    return fresh + later


def chosen_pair(session: Session, noun: str, first: str, second: str) -> ToDecide | None:
    """Two records a person wants to see side by side, whether they look alike or not; None when one of them is gone.

    Their score is 0: how rare a name is among two says nothing.
    """
    cards = {card.key: card for card in CARDS[noun](session, (first, second))}
    if first == second or first not in cards or second not in cards:
        return None
    alike = find_pairs([cards[first], cards[second]])
    pair = Pair(first, second, 0, False, *((alike[0].reasons, alike[0].against) if alike else ()))
    return ToDecide(pair, False, name_of(cards[first]), name_of(cards[second]))


def decide(
    session: Session, noun: str, first: str, second: str, verdict: str, *, now: dt.datetime, who: str = ""
) -> str:
    """Remember "different" or "later" of two records; a later decision takes the place of an earlier one. Its key."""
    if verdict not in ("different", "later"):
        raise ValueError(verdict)
    one, other = _in_order(first, second)
    cards = {card.key: card for card in CARDS[noun](session, (one, other))}
    seen = {key: _as_read(card) for key, card in cards.items()}
    known = session.scalar(
        select(PairVerdict).where(PairVerdict.noun == noun, PairVerdict.first == one, PairVerdict.second == other)
    )
    if known is None:
        known = PairVerdict(noun=noun, first=one, second=other, verdict=verdict, decided_at=now)
        session.add(known)
    known.verdict, known.decided_at, known.decided_by, known.seen = verdict, now, who, seen
    session.flush()
    return known.id


def name_of(card: Card) -> str:
    """What a person calls it."""
    if isinstance(card, OrganisationCard):
        return card.names[0] if card.names else ""
    return f"{card.given_name} {card.family_name}".strip()


def _in_order(first: str, second: str) -> tuple[str, str]:
    return (first, second) if first <= second else (second, first)


def _as_read(card: Card) -> str:
    """What of a record a decision was made on."""
    if isinstance(card, PersonCard):
        return f"{card.given_name} {card.family_name} {card.birth}".strip().casefold()
    return f"{card.names[0] if card.names else ''} {card.town}".strip().casefold()


def _changed_much(verdict: PairVerdict, now: dict[str, str]) -> bool:
    return any(
        key in verdict.seen and fuzz.ratio(verdict.seen[key], now[key]) < _STILL_THE_SAME
        for key in (verdict.first, verdict.second)
    )

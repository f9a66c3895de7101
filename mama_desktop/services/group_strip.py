"""The strip beside a decision: who the chosen people are, against the places there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop import i18n
from mama_desktop.domain.capacity import Exceeded
from mama_desktop.domain.parties import Party
from mama_desktop.domain.regions import REGIONS
from mama_desktop.domain.registrations import TAKES_PLACE, Registration
from mama_desktop.domain.text import T, Text, verbatim
from mama_desktop.services import counting, fields


@dataclass(frozen=True)
class Tally:
    """One value with how many of the chosen have it, and how many there would be with those accepted already."""

    value: str
    label: Text
    chosen: int
    together: int


@dataclass(frozen=True)
class Strip:
    """The chosen group. coming: how many of them take no place yet; accepted, capacity: of the event now.

    quotas, options: what would be over if all of them were accepted. split_parties: of which only some are chosen.
    """

    chosen: int
    coming: int
    accepted: int
    capacity: int | None
    organisations: tuple[Tally, ...] = ()
    countries: tuple[Tally, ...] = ()
    regions: tuple[Tally, ...] = ()
    genders: tuple[Tally, ...] = ()
    ages: tuple[Tally, ...] = ()
    returning: tuple[Tally, ...] = ()
    quotas: tuple[Exceeded, ...] = ()
    options: tuple[Exceeded, ...] = ()
    split_parties: tuple[str, ...] = ()

    @property
    def would_be(self) -> int:
        return self.accepted + self.coming

    @property
    def now(self) -> str:
        """ "61 / 60" if all of them were accepted; "61" for an event without a number of places."""
        return str(self.would_be) if self.capacity is None else f"{self.would_be} / {self.capacity}"

    @property
    def is_over(self) -> bool:
        return self.capacity is not None and self.would_be > self.capacity

    @property
    def too_many(self) -> int:
        """How many would have to be taken back from what is chosen or accepted; 0 when all fit."""
        return max(self.would_be - self.capacity, 0) if self.capacity is not None else 0

    @property
    def free(self) -> int | None:
        """Places that would still be free; None for an event without a number of places."""
        return max(self.capacity - self.would_be, 0) if self.capacity is not None else None


_SHOWN = ("status", "organisation", "gender", "age_band", "returning")


def strip(session: Session, event_id: str, keys: Sequence[str], *, language: str = "sl") -> Strip:
    """The chosen registrations against capacity, quotas and options, and who they are."""
    shown = fields.chosen(fields.REGISTRATION_FIELDS, _SHOWN)
    found = fields.listing(session, shown, fields.registrations_query(event_id), Registration.id, language=language)
    chosen, words = set(keys), i18n.language(language)
    rows = dict(zip(found.keys, found.rows, strict=True))
    mine = [rows[key] for key in keys if key in rows]
    others = [row for key, row in rows.items() if key not in chosen and row[0] in TAKES_PLACE]

    def tally(values: Sequence[str], also: Sequence[str], labels: dict[str, Text]) -> tuple[Tally, ...]:
        counts, together = Counter(values), Counter([*values, *also])
        ready = [value for value in labels if value in counts]
        more = [value for value, _ in counts.most_common() if value not in labels]
        return tuple(Tally(v, labels.get(v) or _named(v), counts[v], together[v]) for v in ready + more)

    def of(key: str) -> tuple[Tally, ...]:
        place = _SHOWN.index(key)
        return tally(
            [row[place] or "" for row in mine], [row[place] or "" for row in others], found.fields[place].choices
        )

    over = counting.would_exceed(session, event_id, keys, language=language)
    known = counting.limits_of(session, event_id)
    people = counting.takers(session, event_id, keys=keys).values()
    groups = [[p for p in people if p.key in chosen], [p for p in people if p.key not in chosen]]
    countries = [[p.country for p in some] for some in groups]
    by_number = Counter(code for code in countries[0] if code).most_common()
    codes = {code: verbatim(words.country(code)) for code, _ in by_number}
    regions = Counter(p.region for p in groups[0] if p.region in REGIONS).most_common()
    return Strip(
        chosen=len(mine),
        coming=sum(row[0] not in TAKES_PLACE for row in mine),
        accepted=sum(row[0] in TAKES_PLACE for row in rows.values()),
        capacity=known.capacity,
        organisations=of("organisation"),
        countries=tally(countries[0], countries[1], codes),
        regions=tally(
            [p.region for p in groups[0]], [p.region for p in groups[1]], {r: REGIONS[r] for r, _ in regions}
        ),
        genders=of("gender"),
        ages=of("age_band"),
        returning=of("returning"),
        quotas=tuple(e for e in over if e.kind not in ("event", "option")),
        options=tuple(e for e in over if e.kind == "option"),
        split_parties=_split(session, event_id, chosen),
    )


def _named(value: str) -> Text:
    return verbatim(value) if value else T("not known")


def _split(session: Session, event_id: str, chosen: set[str]) -> tuple[str, ...]:
    query = (
        select(Party.id, Party.name, Registration.id)
        .join(Registration, Registration.party_id == Party.id)
        .where(Party.event_id == event_id, Registration.status.in_(["applied", "waiting", "invited"]))
    )
    inside: dict[str, list[bool]] = {}
    names: dict[str, str] = {}
    for party, name, key in session.execute(query):
        names[party] = name
        inside.setdefault(party, []).append(key in chosen)
    return tuple(names[party] for party, some in inside.items() if any(some) and not all(some))

"""Erasmus+ travel: the band a distance falls into, and what is paid for it by programme, action and call year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from mama_desktop.domain.text import T, Text, fold, in_both

# The Commission's bands since 2014 (facts.md 1.1), each from its first kilometre up to the next one's; its texts say
# "10-99 km, 100-499 km" and leave 99.6 km open: the lower bound belongs to the band (reading: to be confirmed).
EDGES_KM: tuple[float, ...] = (10, 100, 500, 2000, 3000, 4000, 8000)
# So near to an edge the Commission's calculator, with its own coordinates, may come out on the other side.
NEAR_AN_EDGE = 0.01


@dataclass(frozen=True)
class Band:
    """Distances one way from `km_from` (included) to `km_below` (not included; None: no upper end)."""

    km_from: float
    km_below: float | None

    @property
    def key(self) -> str:
        """As the Commission writes it: 0-9, 10-99, 100-499, … 8000+."""
        return f"{self.km_from:g}+" if self.km_below is None else f"{self.km_from:g}-{self.km_below - 1:g}"

    @property
    def label(self) -> Text:
        if self.km_below is None:
            return T("{km} km and more", km=_grouped(self.km_from))
        return T("{first}–{last} km", first=_grouped(self.km_from), last=_grouped(self.km_below - 1))


BANDS = tuple(Band(low, high) for low, high in zip((0, *EDGES_KM), (*EDGES_KM, None), strict=True))


@dataclass(frozen=True)
class BandRate:
    """One row of a table of rates, in cents per participant for the whole return journey.

    km_below None: no upper end. Without a standard amount nothing is paid; without a green one the standard applies.
    """

    programme: str
    action: str
    call_year_from: int
    call_year_to: int | None
    km_from: float
    km_below: float | None
    standard_cents: int | None
    green_cents: int | None
    certainty: str = "C"
    source: str = ""


@dataclass(frozen=True)
class TravelDayRule:
    """How many travel days are funded at most in some call years."""

    programme: str
    action: str
    call_year_from: int
    call_year_to: int | None
    standard_days: int
    green_days: int
    certainty: str = "C"
    source: str = ""


@dataclass(frozen=True)
class TravelAmount:
    """What a distance is worth.

    near_edge: the edge (km) within 1 % of it. cents: None where the project has no rate, 0 where nothing is paid.
    as_green: the green amount was taken. certainty "" without a rate, else A, B or C (to be confirmed).
    """

    km: float
    band: Band
    near_edge: float | None
    cents: int | None
    green: bool = False
    as_green: bool = False
    certainty: str = ""
    source: str = ""

    @property
    def to_be_confirmed(self) -> bool:
        return self.certainty.startswith("C")

    @property
    def remarks(self) -> tuple[Text, ...]:
        """What the office must know about it, in plain sentences."""
        said = []
        if self.cents is None:
            said.append(T("The project has no travel rate."))
        elif not self.cents:
            said.append(T("Nothing is paid for this distance."))
        elif self.green and not self.as_green:
            said.append(T("There is no green amount for this distance: the standard one applies."))
        if self.near_edge is not None:
            said.append(
                T(
                    "The edge at {km} km is less than {percent} away: check it in the Commission's calculator.",
                    percent="1 %",
                    km=_grouped(self.near_edge),
                )
            )
        if self.to_be_confirmed:
            said.append(T("The amount is to be confirmed."))
        return tuple(said)


def band_of(km: float) -> Band:
    """The Commission's band of a distance one way, in kilometres."""
    if not km >= 0:
        raise ValueError(f"no distance: {km}")
    return next(band for band in BANDS if band.km_below is None or km < band.km_below)


def edge_near(km: float, edges: Iterable[float] = EDGES_KM) -> float | None:
    """The edge of a band that lies within 1 % of itself from this distance, None when there is none."""
    return next((edge for edge in edges if edge and abs(km - edge) <= NEAR_AN_EDGE * edge), None)


def rate_of(
    rates: Iterable[BandRate], *, km: float, programme: str, action: str, call_year: int | None
) -> BandRate | None:
    """The row of a distance, never the nearest one. The newest wins where the office let two years overlap."""
    here = [r for r in _of_project(rates, programme, action, call_year) if _holds(r, km)]
    return max(here, key=lambda r: (len(r.action), r.call_year_from), default=None)


def travel_amount(
    km: float,
    rates: Iterable[BandRate],
    *,
    programme: str,
    action: str,
    call_year: int | None,
    green: bool = False,
) -> TravelAmount:
    """What a participant may get for the journey there and back; the distance is one way and never doubled."""
    rates = _of_project(rates, programme, action, call_year)
    band, edge = band_of(km), edge_near(km)
    if not rates:
        return TravelAmount(km, band, edge, None, green)
    row = rate_of(rates, km=km, programme=programme, action=action, call_year=call_year)
    if row is None:
        # The project has rates, and none of them begins so near: below 10 km there is no travel grant.
        first = rates[0]
        return TravelAmount(km, band, edge, 0, green, certainty=first.certainty, source=first.source)
    as_green = green and row.green_cents is not None and row.standard_cents is not None
    cents = row.green_cents if as_green else row.standard_cents
    own_band = Band(row.km_from, row.km_below)
    return TravelAmount(
        km, own_band, edge_near(km, _edges(rates)), cents or 0, green, as_green, row.certainty, row.source
    )


def travel_days(
    rules: Iterable[TravelDayRule], *, programme: str, action: str, call_year: int | None
) -> TravelDayRule | None:
    """How many travel days are funded at most; None where nothing is known for the project's call year."""
    return max(_of_project(rules, programme, action, call_year), key=lambda r: r.call_year_from, default=None)


_Row = TypeVar("_Row", BandRate, TravelDayRule)


def _of_project(rows: Iterable[_Row], programme: str, action: str, call_year: int | None) -> list[_Row]:
    if call_year is None:
        return []
    return [
        row
        for row in rows
        if fold(row.programme) == fold(programme)
        # The actions of youth (KA152, KA153-YOU …) are parts of key action 1 and take its rates.
        and fold(action).startswith(fold(row.action))
        and row.call_year_from <= call_year
        and (row.call_year_to is None or call_year <= row.call_year_to)
    ]


def _holds(row: BandRate, km: float) -> bool:
    return row.km_from <= km and (row.km_below is None or km < row.km_below)


def _edges(rates: list[BandRate]) -> list[float]:
    """The edges of the table that is used: the office may have typed others than the Commission's."""
    return sorted({r.km_from for r in rates} | {r.km_below for r in rates if r.km_below is not None})


def _grouped(km: float) -> Text:
    words = f"{km:,.10g}"
    return in_both(words.translate(str.maketrans(",.", ".,")), words)

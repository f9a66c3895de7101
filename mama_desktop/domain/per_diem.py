"""Per diems (dnevnice) of a trip at home or abroad: by hours, with free meals deducted. The numbers are data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mama_desktop.domain.allowances import (
    PER_CENT,
    AllowanceLine,
    AllowanceRow,
    Allowances,
    DoubtfulPeriod,
    certainty_on,
    half_up,
    rate_on,
    to_be_confirmed,
)
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import TN, T, Text, verbatim

DAY = dt.timedelta(hours=24)
MEALS: dict[str, Text] = {"breakfast": T("breakfast"), "lunch": T("lunch"), "dinner": T("dinner")}
# How the hours of a trip abroad are counted: all by the country's rate, or from border to border.
WHOLE_TRIP, BORDER = "whole-trip", "border"


@dataclass(frozen=True)
class HourBand:
    """Over so many hours up to so many (included): percent of the rate of `item`, less a percent for each free meal."""

    over_hours: int
    to_hours: int
    item: str
    percent: int
    deductions: Mapping[str, int]


@dataclass(frozen=True)
class BandTable:
    """Bands of hours at home or abroad. least_percent: so much stays, however many meals are free."""

    bands: tuple[HourBand, ...]
    least_percent: int
    certainty: str
    source: str

    def of(self, time: dt.timedelta) -> HourBand | None:
        hour = dt.timedelta(hours=1)
        return next((b for b in self.bands if b.over_hours * hour < time <= b.to_hours * hour), None)


@dataclass(frozen=True)
class PerDiemRules:
    """counting: the way taken when none is named; ways: way → (certainty, source)."""

    home: BandTable
    abroad: BandTable
    counting: str
    ways: Mapping[str, tuple[str, str]]
    doubtful: tuple[DoubtfulPeriod, ...]


@dataclass(frozen=True)
class Trip:
    """A journey by the office's wall clock. `country` of the destination, `country_name` for the lines' words.

    meals: of each period of 24 hours from departure, the meals (keys of MEALS) that somebody else paid;
    spread_meals() makes it from how many there were.
    """

    leaves_at: dt.datetime
    returns_at: dt.datetime
    country: str = "SI"
    country_name: Text | None = None
    border_out_at: dt.datetime | None = None
    border_back_at: dt.datetime | None = None
    meals: Sequence[Collection[str]] = ()


@dataclass(frozen=True)
class _Period:
    """At most 24 hours of a trip; `day` decides which rate is valid."""

    day: dt.date
    time: dt.timedelta
    abroad: bool
    meals: tuple[str, ...] = ()


def rules_from(data: Mapping[str, Any]) -> PerDiemRules:
    """The rules as resources/data/per_diem_rules.json writes them down."""
    counting = data["counting"]
    return PerDiemRules(
        home=_table(data["home"]),
        abroad=_table(data["abroad"]),
        counting=counting["default"],
        ways={way: (about["certainty"], about["source"]) for way, about in counting["ways"].items()},
        doubtful=tuple(
            DoubtfulPeriod(
                dt.date.fromisoformat(d["from"]), dt.date.fromisoformat(d["to"]), tuple(d["items"]), d["source"]
            )
            for d in data["doubtful"]
        ),
    )


def spread_meals(breakfasts: int, lunches: int, dinners: int) -> tuple[frozenset[str], ...]:
    """So many free meals over the days of a trip: one of each a day, from the first day on."""
    counts = {"breakfast": breakfasts, "lunch": lunches, "dinner": dinners}
    return tuple(frozenset(m for m, n in counts.items() if n > day) for day in range(max(counts.values())))


def per_diems(trip: Trip, rates: Sequence[AllowanceRow], rules: PerDiemRules, counting: str = "") -> Allowances:
    """The per diems of a trip: each 24 hours from departure a whole one, the remainder by its band of hours.

    Each period takes the rate valid on the day it begins. Every per diem is rounded to a cent (half up) after the
    deductions, then multiplied. Raises OfficeError where the times contradict each other.
    """
    periods = _with_meals(_periods(trip, counting or rules.counting), trip.meals)
    lines: list[AllowanceLine] = []
    warnings: dict[dt.date, Text] = {}
    missing: dict[str, Text] = {}
    for period in periods:
        table = rules.abroad if period.abroad else rules.home
        band = table.of(period.time)
        if band is None:
            continue
        country = trip.country if period.abroad else "SI"
        rate = rate_on(rates, band.item, country, period.day)
        if rate is None:
            name = _name(trip) if period.abroad else T("Slovenia")
            words = T("There is no per diem for {country} on {day}.", country=name, day=period.day)
            missing.setdefault(str(words), words)
            continue
        way, way_source = rules.ways[counting or rules.counting] if trip.country != "SI" else ("A", "")
        certainty = max(certainty_on(rate, period.day, rules.doubtful), table.certainty, way)
        if certainty == "C":
            warnings.setdefault(period.day, to_be_confirmed(period.day))
        source = "; ".join(dict.fromkeys(filter(None, (rate.source, table.source, way_source))))
        unit = _unit(rate, band, period.meals, table)
        what = _what(trip, period, band)
        _add(lines, AllowanceLine("per-diem", what, 1, unit, unit // PER_CENT, period.day, certainty, source))
    too_many = sum(map(len, trip.meals)) - sum(len(p.meals) for p in periods)
    said = [*warnings.values()]
    if too_many:
        said.append(TN("{count} free meal is more than the trip has days for.",
                       "{count} free meals are more than the trip has days for.", too_many))  # fmt: skip
    return Allowances(tuple(lines), tuple(said), tuple(missing.values()))


def _table(data: Mapping[str, Any]) -> BandTable:
    bands = tuple(HourBand(**band) for band in data["bands"])
    return BandTable(bands, data["least_percent"], data["certainty"], f"{data['source']} ({data['year']})")


def _periods(trip: Trip, counting: str) -> list[_Period]:
    if trip.returns_at < trip.leaves_at:
        raise OfficeError(T("The return is before the departure."), todo=T("Correct the days and hours of the trip."))
    if trip.country == "SI" or counting == WHOLE_TRIP:
        return list(_split(trip.leaves_at, trip.returns_at - trip.leaves_at, abroad=trip.country != "SI"))
    out, back = trip.border_out_at, trip.border_back_at
    if out is None or back is None:
        raise OfficeError(
            T("It is not known when the border was crossed."), todo=T("Key in both crossings, there and back.")
        )
    if not trip.leaves_at <= out <= back <= trip.returns_at:
        raise OfficeError(
            T("The border was crossed outside the trip."), todo=T("Correct the days and hours of the trip.")
        )
    at_home = (out - trip.leaves_at) + (trip.returns_at - back)
    return [*_split(out, back - out, abroad=True), *_split(trip.leaves_at, at_home, abroad=False)]


def _split(begins: dt.datetime, time: dt.timedelta, *, abroad: bool) -> Iterator[_Period]:
    while time > dt.timedelta():
        yield _Period(begins.date(), min(time, DAY), abroad)
        begins, time = begins + DAY, time - DAY


def _with_meals(periods: list[_Period], meals: Sequence[Collection[str]]) -> list[_Period]:
    return [
        replace(p, meals=tuple(m for m in MEALS if m in meals[i])) if i < len(meals) else p
        for i, p in enumerate(periods)
    ]


def _unit(rate: AllowanceRow, band: HourBand, meals: Collection[str], table: BandTable) -> int:
    """One per diem in hundredths of a cent, rounded to a whole cent."""
    deducted = min(sum(band.deductions.get(meal, 0) for meal in meals), 100 - table.least_percent)
    return half_up(rate.amount * band.percent * (100 - deducted), 100 * 100 * PER_CENT) * PER_CENT


def _what(trip: Trip, period: _Period, band: HourBand) -> Text:
    hours = {"over": band.over_hours, "to": band.to_hours}
    if period.abroad:
        what = T("Per diem, {country}, over {over} to {to} hours", country=_name(trip), **hours)
    else:
        what = T("Per diem at home, over {over} to {to} hours", **hours)
    free = [MEALS[m] for m in period.meals if band.deductions.get(m)]
    if not free:
        return what
    words = free[0]
    for meal in free[1:]:
        words = T("{first}, {second}", first=words, second=meal)
    return T("{what}; free: {meals}", what=what, meals=words)


def _name(trip: Trip) -> Text:
    return trip.country_name or verbatim(trip.country)


def _add(lines: list[AllowanceLine], line: AllowanceLine) -> None:
    """Equal per diems that follow each other are one line."""
    last = lines[-1] if lines else None
    if last and replace(last, quantity=1, amount_cents=line.amount_cents, day=line.day) == line:
        lines[-1] = replace(last, quantity=last.quantity + 1, amount_cents=last.amount_cents + line.amount_cents)
    else:
        lines.append(line)

"""Bands of distance and what they are worth: every edge, and what no table says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mama_desktop.domain.travel_bands import (
    BANDS,
    BandRate,
    TravelAmount,
    band_of,
    edge_near,
    rate_of,
    travel_amount,
    travel_days,
)
from mama_desktop.i18n import language
from mama_desktop.services.expenses.shipped import shipped_travel_days, shipped_travel_rates

EDGES = [
    (0, "0-9"), (9.9, "0-9"), (9.99, "0-9"), (10, "10-99"), (99.9, "10-99"), (100, "100-499"), (499.9, "100-499"),
    (500, "500-1999"), (1999.9, "500-1999"), (2000, "2000-2999"), (2999.9, "2000-2999"), (3000, "3000-3999"),
    (3999.9, "3000-3999"), (4000, "4000-7999"), (7999.9, "4000-7999"), (8000, "8000+"), (20015, "8000+"),
]  # fmt: skip
# Facts 1.1: standard and green in euros, by band.
AMOUNTS = {
    2014: {"0-9": 0, "10-99": 0, "100-499": 180, "500-1999": 275, "2000-2999": 360, "3000-3999": 530, "4000-7999": 820,
           "8000+": 1100},
    2019: {"0-9": 0, "10-99": 20, "100-499": 180, "500-1999": 275, "2000-2999": 360, "3000-3999": 530,
           "4000-7999": 820, "8000+": 1500},
    2022: {"0-9": 0, "10-99": 23, "100-499": 180, "500-1999": 275, "2000-2999": 360, "3000-3999": 530,
           "4000-7999": 820, "8000+": 1500},
    2025: {"0-9": 0, "10-99": 28, "100-499": 211, "500-1999": 309, "2000-2999": 395, "3000-3999": 580,
           "4000-7999": 1188, "8000+": 1735},
}  # fmt: skip
GREEN = {
    2022: {"100-499": 210, "500-1999": 320, "2000-2999": 410, "3000-3999": 610},
    2025: {"10-99": 56, "100-499": 285, "500-1999": 417, "2000-2999": 535, "3000-3999": 785, "4000-7999": 1188,
           "8000+": 1735},
}  # fmt: skip


def amount(
    km: float, year: int | None, *, green: bool = False, action: str = "KA1", programme: str = "Erasmus+"
) -> TravelAmount:
    return travel_amount(km, shipped_travel_rates(), programme=programme, action=action, call_year=year, green=green)


@pytest.mark.parametrize(("km", "key"), EDGES)
@pytest.mark.parametrize("year", sorted(AMOUNTS))
def test_every_edge_of_every_table(km: float, key: str, year: int) -> None:
    assert band_of(km).key == key
    standard = amount(km, year)
    assert (standard.cents, standard.as_green) == (AMOUNTS[year][key] * 100, False)
    green = amount(km, year, green=True)
    wanted = GREEN.get(year, {}).get(key)
    assert green.as_green is (wanted is not None)
    # Without a green amount the standard one applies.
    assert green.cents == (AMOUNTS[year][key] if wanted is None else wanted) * 100


@pytest.mark.parametrize(
    ("year", "action", "programme"),
    [(2013, "KA1", "Erasmus+"), (2016, "KA1", "Erasmus+"), (2017, "KA1", "Erasmus+"), (2027, "KA1", "Erasmus+"),
     (None, "KA1", "Erasmus+"), (2025, "KA2", "Erasmus+"), (2025, "", "Erasmus+"), (2025, "KA1", "CERV"),
     (2025, "KA1", "")],
)  # fmt: skip
def test_without_a_row_there_is_no_rate_and_never_the_nearest(year: int | None, action: str, programme: str) -> None:
    found = amount(500, year, action=action, programme=programme)
    assert (found.cents, found.certainty, found.band.key) == (None, "", "500-1999")
    assert str(found.remarks[0]) == "The project has no travel rate."


@pytest.mark.parametrize("action", ["KA1", "ka1", "KA152", "KA153-YOU", "KA105"])
def test_the_actions_of_key_action_1_take_its_rates(action: str) -> None:
    assert amount(150, 2024, action=action, programme="erasmus+").cents == 21100


def test_what_is_assumed_is_to_be_confirmed() -> None:
    assert [amount(150, year).to_be_confirmed for year in (2014, 2022, 2024, 2025, 2026)] == [False] * 4 + [True]


@pytest.mark.parametrize(
    ("km", "edge"),
    [(9.89, None), (9.9, 10), (10.1, 10), (10.2, None), (98.9, None), (99, 100), (101, 100), (101.1, None),
     (2969.9, None), (2970, 3000), (2997, 3000), (3030, 3000), (3031, None), (7920, 8000), (8080.1, None), (0, None)],
)  # fmt: skip
def test_near_an_edge(km: float, edge: float | None) -> None:
    assert edge_near(km) == edge
    assert amount(km, 2025).near_edge == edge


def test_the_office_s_own_bands_have_edges_of_their_own() -> None:
    own = [
        BandRate("Own", "A", 2020, None, 0, 50, 1000, None, "B"),
        BandRate("Own", "A", 2020, None, 50, None, 5000, 0),
    ]
    near = travel_amount(49.8, own, programme="Own", action="A", call_year=2026)
    assert (near.cents, near.near_edge, near.band.key) == (1000, 50, "0-49")
    # A green amount of zero is an amount.
    far = travel_amount(60, own, programme="Own", action="A", call_year=2026, green=True)
    assert (far.cents, far.as_green, far.band.key) == (0, True, "50+")


def test_the_newest_row_wins_where_two_overlap() -> None:
    rows = [BandRate("E", "KA1", y, None, 0, None, y, None) for y in (2021, 2024, 2023)]
    found = rate_of(rows, km=5, programme="E", action="KA1", call_year=2025)
    assert found is not None
    assert found.standard_cents == 2024


@given(st.floats(0, 25_000, allow_nan=False), st.floats(0, 25_000), st.integers(2014, 2026), st.booleans())
def test_farther_never_pays_less_and_green_never_less_than_standard(
    one: float, other: float, year: int, green: bool
) -> None:
    near, far = sorted((one, other))
    less, more = amount(near, year, green=green).cents, amount(far, year, green=green).cents
    assert (less is None) is (more is None) is (year in (2016, 2017))
    assert (less or 0) <= (more or 0)
    assert (amount(near, year).cents or 0) <= (amount(near, year, green=True).cents or 0)


@given(st.floats(0, 1e6))
def test_every_distance_lies_in_exactly_one_band(km: float) -> None:
    assert [b for b in BANDS if b.km_from <= km and (b.km_below is None or km < b.km_below)] == [band_of(km)]


@pytest.mark.parametrize("km", [-1.0, float("nan")])
def test_no_distance_has_no_band(km: float) -> None:
    with pytest.raises(ValueError, match="no distance"):
        band_of(km)


@pytest.mark.parametrize(
    ("year", "days"), [(2020, None), (2021, (2, 4)), (2022, (2, 6)), (2025, (2, 6)), (2026, (2, 6)), (None, None)]
)
def test_travel_days(year: int | None, days: tuple[int, int] | None) -> None:
    rule = travel_days(shipped_travel_days(), programme="Erasmus+", action="KA153", call_year=year)
    assert (rule and (rule.standard_days, rule.green_days)) == days


def test_said_in_both_languages() -> None:
    slovene, english = language("sl").say, language("en").say
    assert [slovene(b.label) for b in BANDS][3:] == [
        "500–1.999 km", "2.000–2.999 km", "3.000–3.999 km", "4.000–7.999 km", "8.000 km in več",
    ]  # fmt: skip
    assert english(BANDS[3].label) == "500–1,999 km"
    assert [english(words) for words in amount(2997, 2026, green=True).remarks] == [
        "The edge at 3,000 km is less than 1 % away: check it in the Commission's calculator.",
        "The amount is to be confirmed.",
    ]
    assert [slovene(words) for words in amount(4100, 2022, green=True).remarks] == [
        "Za to razdaljo ni zelenega zneska: velja običajni.",
    ]
    assert [slovene(words) for words in amount(7, 2022).remarks] == ["Za to razdaljo se ne izplača nič."]
    assert slovene(amount(7, 2017).remarks[0]) == "Projekt nima postavke za potne stroške."

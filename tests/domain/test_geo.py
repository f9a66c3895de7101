"""Great circles: known distances, and what any distance obeys."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mama_desktop.domain.geo import EARTH_RADIUS_KM, great_circle_km

LJUBLJANA = (46.0569, 14.5058)
points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("to", "km"),
    [((45.5469, 13.7294), 82.7), ((46.5547, 15.6459), 103.6), (LJUBLJANA, 0.0)],
)
def test_the_distances_computed_elsewhere(to: tuple[float, float], km: float) -> None:
    assert great_circle_km(LJUBLJANA, to) == pytest.approx(km, abs=0.05)


def test_the_ends_of_the_earth() -> None:
    half_way_round = math.pi * EARTH_RADIUS_KM
    assert great_circle_km((90, 0), (-90, 0)) == pytest.approx(half_way_round)
    assert great_circle_km((0, -179.5), (0, 179.5)) == pytest.approx(half_way_round / 180)


@given(points, points)
def test_there_is_as_far_as_back_and_never_further_than_half_way_round(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    km = great_circle_km(one, other)
    assert km == pytest.approx(great_circle_km(other, one), abs=1e-6)
    assert 0 <= km <= math.pi * EARTH_RADIUS_KM + 1e-6

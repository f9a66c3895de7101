"""The estimate of roads: against known distances, never shorter in time for more kilometres, typed pairs first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mama_desktop.planning.roads import Drive, Place, drives, driving_minutes, estimate

LJUBLJANA = Place("Ljubljana", 46.0569, 14.5058)
KOPER = Place("Koper", 45.5469, 13.7294)
MARIBOR = Place("Maribor", 46.5547, 15.6459)
REYKJAVIK = Place("Reykjavik", 64.1466, -21.9426)


def test_a_drive_is_somewhat_longer_and_takes_the_time_of_its_parts() -> None:
    drive = estimate(LJUBLJANA, KOPER)
    assert (drive.km, drive.typed) == (107.5, False)
    assert drive.minutes == pytest.approx(15 + 20 + 52.5 + 7.5 / 95 * 60)
    assert driving_minutes(0) == 0.0
    assert driving_minutes(5) == 7.5


@given(st.floats(0, 5_000), st.floats(0, 500))
def test_more_kilometres_never_take_less_time(km: float, more: float) -> None:
    assert driving_minutes(km + more) >= driving_minutes(km)


def test_what_was_typed_wins_in_both_directions() -> None:
    typed = {("Koper", "Ljubljana"): (106.0, 75.0), ("Koper", "Maribor"): (230.0, None),
             ("Maribor", "Koper"): (235.0, 150.0), ("Koper", "Hut"): (40.0, 60.0)}  # fmt: skip
    found = drives([LJUBLJANA, KOPER, MARIBOR], typed)
    assert found["Ljubljana", "Koper"] == found["Koper", "Ljubljana"] == Drive(106.0, 75.0, typed=True)
    assert found["Koper", "Maribor"] == Drive(230.0, driving_minutes(230.0), typed=True)
    assert found["Maribor", "Koper"] == Drive(235.0, 150.0, typed=True)
    assert not found["Ljubljana", "Maribor"].typed
    # A place without coordinates can be driven to where somebody typed the way.
    assert found["Hut", "Koper"].km == 40.0
    assert ("Hut", "Ljubljana") not in found

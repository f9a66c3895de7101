"""Distances on the globe, the way funders measure them: along the great circle."""

from __future__ import annotations

import math

# The mean radius of the earth, as distance calculators take it (IUGG: 6,371.0088 km).
EARTH_RADIUS_KM = 6371.0
Coordinates = tuple[float, float]


def great_circle_km(one: Coordinates, other: Coordinates) -> float:
    """Kilometres between two points (latitude, longitude in degrees WGS 84), by the haversine formula."""
    north, east = math.radians(one[0]), math.radians(one[1])
    to_north, to_east = math.radians(other[0]), math.radians(other[1])
    half = (
        math.sin((to_north - north) / 2) ** 2
        + math.cos(north) * math.cos(to_north) * math.sin((to_east - east) / 2) ** 2
    )
    # Rounding may carry two opposite ends of the earth a hair above 1.
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))

"""Places to choose from while somebody types where a person comes from: at home first, then abroad."""

from __future__ import annotations

from mama_desktop.domain.rows import Found
from mama_desktop.domain.text import clean, fold
from mama_desktop.services import gazetteer, places

_SHORTEST_ABROAD = 3
_AT_HOME, _ABROAD = 7, 5


def suggest_places(beginning: str) -> list[Found]:
    """What may be meant; the title is what `located.locate` finds again, with its country where it lies abroad."""
    wanted = fold(beginning)
    if not wanted:
        return []
    found = [Found("town", "", town.name, town.postal_code) for town in places.suggest_towns(beginning, _AT_HOME)]
    if len(wanted) < _SHORTEST_ABROAD:
        return found
    abroad = [place for place in gazetteer.beginning(wanted) if place.country != "SI"][:_ABROAD]
    named = {place for place in gazetteer.listed(wanted) if place.country != "SI"}
    for place in abroad:
        # Whoever types Dunaj means it so.
        name = clean(beginning) if place in named else place.name
        found.append(Found("town", "", f"{name}, {place.country}"))
    return list(dict.fromkeys(found))

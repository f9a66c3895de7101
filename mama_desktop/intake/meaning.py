"""What reading one cell gives, shared by the readers of values and of places."""

from __future__ import annotations

from typing import Any, NamedTuple

from mama_desktop.domain.text import Text


class Meaning(NamedTuple):
    """values: pairs of key and typed value. problem: why the cell could not be taken. notice: what was done to it.
    keep: whether the words of the cell also stay as an extra answer, since the value does not hold all of them."""

    values: tuple[tuple[str, Any], ...] = ()
    problem: Text | None = None
    notice: Text | None = None
    keep: bool = False


NOTHING = Meaning()
# What people type where they have nothing to say.
SAYS_NOTHING = frozenset(
    {"", "anonymous", "anonimno", "/", "-", "--", "n/a", "ni", "nimam", "x", "ne", "none", "ni podatka"}
)

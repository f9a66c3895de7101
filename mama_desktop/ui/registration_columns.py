"""Which columns of the registrations an office looks at first."""

from __future__ import annotations

from collections.abc import Collection
from operator import itemgetter
from typing import Any

from mama_desktop.domain.filters import Filter
from mama_desktop.domain.rows import Listing
from mama_desktop.services.fields import REGISTRATION_DEFAULT, REGISTRATION_FIELDS

# Shown at first only where they say something, right after the status.
_TELLING = ("is_late", "reply", "party")
# What the tab itself looks at, whatever is on the screen.
ALWAYS_READ = frozenset({"status", "email", *_TELLING})


def values(listing: Listing, key: str) -> list[Any]:
    place = listing.column(key)
    return [row[place] for row in listing.rows]


def default_columns_first(listing: Listing) -> tuple[Listing, frozenset[str]]:
    """The fields an office looks at first; the others follow and wait in the column chooser.

    Beside it which of `_TELLING` say something here.
    """
    wanted = [k for k in REGISTRATION_DEFAULT if k in REGISTRATION_FIELDS]
    after = wanted.index("status") + 1
    wanted[after:after] = [k for k in _TELLING if k not in wanted]
    place_of = {f.key: i for i, f in enumerate(listing.fields)}
    telling = frozenset(k for k in _TELLING if k in place_of and _says_something(listing, place_of[k]))
    order = sorted(
        range(len(listing.fields)),
        key=lambda i: wanted.index(listing.fields[i].key) if listing.fields[i].key in wanted else len(wanted) + i,
    )
    # One call of C for each row: it stands between the click and the table.
    rows = list(map(itemgetter(*order), listing.rows))
    return Listing(tuple(listing.fields[i] for i in order), listing.keys, rows), telling


def to_follow(telling: Collection[str], *, hide: bool) -> dict[str, bool]:
    """Which of `_TELLING` are shown now; hidden only when an event is opened, never while somebody works in it."""
    return {key: key in telling for key in _TELLING if hide or key in telling}


def _says_something(listing: Listing, place: int) -> bool:
    return any(row[place] not in (None, "", False, "none") for row in listing.rows)


# What lines of Today open besides those of one status.
READY = {
    "late": {"status": Filter(values=frozenset({"applied"})), "is_late": Filter(values=frozenset({"late"}))},
    "no-answer": {"status": Filter(values=frozenset({"invited"})), "reply": Filter(values=frozenset({"none"}))},
}

"""Moving people on the board as the office does it: with those they travel with, all that fit, said and undoable."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import TN, T, Text, verbatim
from mama_desktop.domain.travel import MEANS
from mama_desktop.services.transport import board as boards
from mama_desktop.services.transport import connections, moving
from mama_desktop.services.transport.board import Board
from mama_desktop.services.transport.moving import Spot
from mama_desktop.services.transport.seats import VehicleFull
from mama_desktop.ui import dialogs
from mama_desktop.ui.page import Page

_TOGETHER = "transport/together"


def together(page: Page) -> bool:
    """Whether somebody moved takes along their party, guardians and minors; remembered."""
    return str(page.shell.habits.value(_TOGETHER, "true")) == "true"


def set_together(page: Page, on: bool) -> None:
    page.shell.habits.setValue(_TOGETHER, "true" if on else "false")


def with_companions(page: Page, shown: Board, keys: Sequence[str]) -> list[str]:
    """These people, and behind them whom they take along."""
    return [*keys, *moving.companions(shown, keys)] if keys and together(page) else list(keys)


def names_of(shown: Board, keys: Sequence[str]) -> list[str]:
    names = {r.id: r.name for r in shown.riders()}
    return [names[key] for key in keys if key in names]


def words_of_many(names: Sequence[str]) -> Text:
    """ "Ana Novak", "Ana Novak and 2 more"."""
    if len(names) < 2:
        return verbatim(names[0] if names else "")
    return TN("{name} and {count} more", "{name} and {count} more", len(names) - 1, name=names[0])


def put(page: Page, shown: Board, keys: Sequence[str], spot: Spot, parent: QWidget) -> int:
    """Put these people on a spot; asks where more want in than there are seats. Returns how many were moved."""
    wanted = _who_moves(shown, keys, spot)
    if not wanted:
        return 0
    try:
        return _write(page, shown, wanted, spot)
    except VehicleFull as full:
        fit = moving.those_who_fit(shown, wanted, spot.trip_id or "", full.free)
        there = {r.id for r in shown.seated.get(spot.trip_id or "", ())}
        coming = [key for key in fit if key not in there]
        if not coming or not _asked_first(page, shown, coming, len(wanted) - len(fit), full, parent):
            if not coming:
                page.shell.show_error(full)
            page.refresh()
            return 0
        try:
            return _write(page, shown, fit, spot)
        except OfficeError as error:
            page.shell.show_error(error)
    except OfficeError as error:
        page.shell.show_error(error)
    page.refresh()
    return 0


def _write(page: Page, shown: Board, keys: Sequence[str], spot: Spot) -> int:
    label = moving.label(names_of(shown, keys), place_words(shown, spot))
    moved: int = page.db.write(moving.move, shown.event_id, shown.direction, keys, spot, label=label)
    page.shell.notice_done(_with_missed(page, shown, keys, label))
    return moved


def _with_missed(page: Page, shown: Board, keys: Sequence[str], label: Text) -> Text:
    """What was done, and whom of them the trip would not meet: it leaves their stop before they have landed."""
    if not any(rider.due for rider in shown.riders() if rider.id in set(keys)):
        return label
    now = page.db.read(boards.board, shown.event_id, shown.direction, language=page.speak.code)
    missed = connections.missed(now, set(keys))
    if not missed:
        return label
    rider, stop = missed[0]
    what = T("{means} {time}", means=MEANS[rider.means], time=rider.due)
    at = stop.at if shown.direction == "back" else stop.leaves
    time = at.time() if at else None
    words = (
        T("Too late for {name} ({what}): the trip is in {place} at {time}.", name=rider.name, what=what,
          place=stop.place, time=time)
        if shown.direction == "back"
        else T("Too early for {name} ({what}): the trip leaves {place} at {time}.", name=rider.name, what=what,
               place=stop.place, time=time)
    )  # fmt: skip
    if len(missed) > 1:
        more = TN("and {count} more", "and {count} more", len(missed) - 1)
        return T("{one}. {two} ({three})", one=label, two=words, three=more)
    return T("{one}. {two}", one=label, two=words)


def _asked_first(
    page: Page, shown: Board, coming: Sequence[str], left: int, full: VehicleFull, parent: QWidget
) -> bool:
    answer = dialogs.ask(
        parent, page.speak, full.what,
        TN("Put in the first {count}, leave the others", "Put in the first {count}, leave the others", len(coming)),
        more=TN(
            "{count} person would stay where they are.", "{count} people would stay where they are.", left
        ),
        details=[verbatim(name) for name in names_of(shown, coming)],
    )  # fmt: skip
    return answer == 0


def _who_moves(shown: Board, keys: Sequence[str], spot: Spot) -> list[str]:
    """Who is on the spot already does not move."""
    riders = {r.id: r for r in shown.riders()}
    found = []
    for key in dict.fromkeys(keys):
        rider = riders.get(key)
        if rider is None or rider.drives:
            continue
        if spot.trip_id is None:
            here = rider.trip_id is None and rider.own_way == spot.own_way
        else:
            here = rider.trip_id == spot.trip_id and (
                rider.stop_id == spot.stop_id if spot.stop_id else rider.stop_id is not None
            )
        if not here:
            found.append(key)
    return found


def place_words(shown: Board, spot: Spot) -> Text:
    """What a spot is called in the history: "Celje – Koper", "Celje – Koper, Žalec"."""
    trip = shown.trip(spot.trip_id)
    if trip is None:
        return T("on their own way") if spot.own_way else T("without transport")
    stop = next((s for s in trip.stops if s.id == spot.stop_id), None)
    return verbatim(trip.name) if stop is None else verbatim(f"{trip.name}, {stop.place}")

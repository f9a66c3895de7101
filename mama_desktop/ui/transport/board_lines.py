"""What the board says, line by line: those without transport at the left, trips with stops and people at the right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mama_desktop.domain.text import TN, T, Text, verbatim, words_of
from mama_desktop.domain.travel import MEANS
from mama_desktop.i18n import Language
from mama_desktop.services.transport import connections
from mama_desktop.services.transport.board import Board, Rider
from mama_desktop.services.transport.moving import Spot
from mama_desktop.services.transport.stops import StopInfo
from mama_desktop.services.transport.trips import TripInfo

MINOR, WHEELCHAIR, DRIVER = "child-reaching", "wheelchair", "id-card"


@dataclass(frozen=True)
class Line:
    """One line as it is painted. kind: section, trip, stop, person. rider: the registration of a person.

    right: short words at the right in `tone`; marks: icons behind the title, each said in words in `said`.
    """

    kind: str
    key: str
    title: str
    spot: Spot
    detail: str = ""
    right: str = ""
    tone: str = "neutral"
    marks: tuple[str, ...] = ()
    said: str = ""
    rider: str = ""
    faded: bool = False
    children: tuple[Line, ...] = ()


def waiting_lines(board: Board, speak: Language, wanted: str = "") -> list[Line]:
    """Those without transport, and below them, closed at first, those who need none; `wanted`: words of a filter."""
    say = speak.say
    without = _fitting(board.without, wanted)
    own = _fitting(board.own_way, wanted)
    found = [_waiting(r, speak, Spot()) for r in without]
    if not board.without:
        words = say(T("Everybody who needs transport has a seat."))
        found.append(Line("section", "nobody", words, Spot(), said=words))
    if board.own_way:
        spot = Spot(own_way=True)
        found.append(
            Line(
                "section", "own-way", say(T("On their own way")), spot, right=speak.number(len(own)),
                children=tuple(_own(r, board, speak, spot) for r in own),
                said=say(TN("{count} person needs no transport", "{count} people need no transport", len(own))),
            )
        )  # fmt: skip
    return found


def trip_lines(board: Board, speak: Language, wanted: str = "") -> list[Line]:
    """The trips of the direction, each with its stops and people; a filter leaves out people, never stops."""
    return [_trip(trip, board, speak, wanted) for trip in board.trips]


def _trip(trip: TripInfo, board: Board, speak: Language, wanted: str) -> Line:
    say = speak.say
    riders = _fitting(board.seated.get(trip.id, ()), wanted)
    at: dict[str | None, list[Rider]] = {}
    for rider in riders:
        at.setdefault(rider.stop_id, []).append(rider)
    children = [_stop(stop, trip, at.get(stop.id, ()), board, speak) for stop in trip.stops]
    undecided = at.get(None, ())
    if undecided:
        count = TN("{count} person", "{count} people", len(undecided))
        children.append(
            Line(
                "stop", f"{trip.id}/none", say(T("Stop not chosen yet")), Spot(trip.id), right=str(len(undecided)),
                tone="wait", children=tuple(_seated(r, board, speak, Spot(trip.id)) for r in undecided),
                said=say(T("{one}, {two}", one=T("Stop not chosen yet"), two=count)),
            )
        )  # fmt: skip
    words, tone = _fullness(trip)
    when = times(trip.leaves_at, trip.arrives_at, speak)
    gone = board.away.get(trip.id, ())
    away = say(T("{name} does not come any more", name=", ".join(gone))) if gone else ""
    vehicle = trip.vehicle or say(T("no vehicle yet"))
    driver = say(T("driver {name}", name=trip.driver_name)) if trip.driver_name else ""
    detail = "  ·  ".join(p for p in (away, when or say(T("no times yet")), vehicle, driver) if p)
    return Line(
        "trip", trip.id, trip.name, Spot(trip.id), detail, say(words), tone,
        said=f"{trip.name}, {detail}, {say(_full_words(trip))}", children=tuple(children),
        faded=trip.status == "cancelled",
    )  # fmt: skip


def _fullness(trip: TripInfo) -> tuple[Text, str]:
    if trip.status == "cancelled":
        return T("called off"), "no"
    if trip.over:
        return T("{taken} / {seats}, {over} over", taken=trip.taken, seats=trip.seats, over=trip.over), "no"
    full = trip.taken >= trip.seats
    return verbatim(f"{trip.taken} / {trip.seats}"), "wait" if full else "ok"


def _full_words(trip: TripInfo) -> Text:
    if trip.status == "cancelled":
        return T("called off")
    words = TN(
        "{taken} of {count} seat taken", "{taken} of {count} seats taken", trip.seats, taken=trip.taken
    )  # fmt: skip
    if trip.over:
        return T("{one}, {two}", one=words, two=TN("{count} person over", "{count} people over", trip.over))
    return words


def _stop(stop: StopInfo, trip: TripInfo, riders: Sequence[Rider], board: Board, speak: Language) -> Line:
    say = speak.say
    spot = Spot(trip.id, None if stop.is_venue else stop.id)
    at = speak.time(stop.at.time()) if stop.at else ""
    title = f"{at}  {stop.place}".strip()
    about = stop.meeting_point or (say(T("venue")) if stop.is_venue else "")
    count = say(TN("{count} person", "{count} people", len(riders))) if riders else ""
    return Line(
        "stop", stop.id, title, spot, about, str(len(riders)) if riders else "",
        said=", ".join(p for p in (stop.place, at, about, count) if p),
        children=tuple(_seated(r, board, speak, spot) for r in riders),
    )  # fmt: skip


def _waiting(rider: Rider, speak: Language, spot: Spot) -> Line:
    say = speak.say
    nearest = rider.nearest
    near = _near(rider, speak)
    parts = (due_words(rider, speak), _place(rider, speak), rider.organisation, rider.party)
    detail = "  ·  ".join(p for p in parts if p)
    said = [say(T("nearest stop {place}, {km} km", place=nearest.place, km=round(nearest.km)))] if nearest else []
    return _person(rider, speak, spot, detail, near, said)


def _own(rider: Rider, board: Board, speak: Language, spot: Spot) -> Line:
    say = speak.say
    how = say(MEANS[rider.means]) if rider.means in MEANS else ""
    trip = board.trip(rider.trip_id) if rider.drives else None
    if trip is not None:
        how = say(T("drives {trip}", trip=trip.name))
    detail = "  ·  ".join(p for p in (how, _place(rider, speak), rider.organisation) if p)
    return _person(rider, speak, spot, detail, "", [])


def _seated(rider: Rider, board: Board, speak: Language, spot: Spot) -> Line:
    say = speak.say
    over = rider.id in board.over
    parts = (due_words(rider, speak), _place(rider, speak), rider.organisation, rider.party)
    words = say(T("over the seats")) if over else _near(rider, speak) if rider.stop_id is None else ""
    missed = bool(rider.due) and _is_missed(rider, board)
    if missed and not over:
        words = say(T("arrives too late") if board.direction == "back" else T("leaves too early"))
    bad = over or missed
    return _person(rider, speak, spot, "  ·  ".join(p for p in parts if p), words, [], tone="no" if bad else "neutral")


def _person(
    rider: Rider, speak: Language, spot: Spot, detail: str, right: str, said: Sequence[str], tone: str = "neutral"
) -> Line:
    marks = [
        (picture, words)
        for picture, words, shown in (
            (MINOR, T("minor"), rider.minor),
            (WHEELCHAIR, T("wheelchair"), rider.wheelchair),
            (DRIVER, T("driver"), rider.drives),
        )
        if shown
    ]
    in_words = [speak.say(words) for _, words in marks]
    behind = said or ([right] if right else [])
    return Line(
        "person", rider.id, rider.name, spot, detail, right, tone, tuple(picture for picture, _ in marks),
        ", ".join(p for p in (rider.name, *in_words, detail.replace("  ·  ", ", "), *behind) if p), rider.id,
    )  # fmt: skip


def _is_missed(rider: Rider, board: Board) -> bool:
    trip = board.trip(rider.trip_id)
    stop = next((s for s in trip.stops if s.id == rider.stop_id), None) if trip else None
    return stop is not None and connections.misses(rider, stop, board.direction)


def due_words(rider: Rider, speak: Language) -> str:
    """ "plane 7.50", of whoever has a plane, train or bus of their own at a known hour."""
    if rider.due is None:
        return ""
    return speak.say(T("{means} {time}", means=MEANS[rider.means], time=rider.due))


def _near(rider: Rider, speak: Language) -> str:
    """ "Celje 12 km"; of somebody who lives where it stops only the place."""
    nearest = rider.nearest
    if nearest is None:
        return ""
    km = round(nearest.km)
    return f"{nearest.place} {speak.number(km)} km" if km else nearest.place


def _place(rider: Rider, speak: Language) -> str:
    if not rider.place.name:
        return speak.say(T("place not known"))
    if rider.place.at is None:
        return speak.say(T("{place} (place not found)", place=rider.place.name))
    return rider.place.name


def _fitting(riders: Sequence[Rider], wanted: str) -> list[Rider]:
    asked = words_of(wanted)
    if not asked:
        return list(riders)
    return [r for r in riders if _fits(r, asked)]


def _fits(rider: Rider, asked: Sequence[str]) -> bool:
    words = words_of(f"{rider.name} {rider.organisation} {rider.place.name} {rider.party}")
    return all(any(word.startswith(one) for word in words) for one in asked)


def times(leaves: dt.datetime | None, arrives: dt.datetime | None, speak: Language) -> str:
    """ "2. 4. 2020, 7.15–9.00" """
    if leaves is None or arrives is None:
        return ""
    both = dict.fromkeys((speak.time(leaves.time()), speak.time(arrives.time())))
    return f"{speak.date(leaves.date())}, {'–'.join(both)}"


def people_of(line: Line) -> Iterator[str]:
    """The registrations below a line, or of it."""
    if line.rider:
        yield line.rider
    for child in line.children:
        yield from people_of(child)

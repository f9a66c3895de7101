"""The search for better routes with OR-Tools. It holds the interpreter while it searches: run it in a child process."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from mama_desktop.planning.blocks import Block, Unit
from mama_desktop.planning.ground import NEVER, Ground
from mama_desktop.planning.inserting import Routes, put_in
from mama_desktop.planning.proposal import Reason

# After so many steps for each node the search has found what it finds. On a machine that is fast enough it ends there,
# not by the clock, and so gives the same proposal twice.
STEPS_PER_NODE = 60
_REPORT_S = 0.1
# A cent in the solver's money, beside which 10 m and a second weigh 1: cost first, then kilometres, then minutes.
_CENT = 1_000
_METRES = 10
# Takes the part of the time that is over, 0 to 1.
Tell = Callable[[float], None]


class _Nodes:
    """Which node is what: 0 the venue, then the units, then where vehicles end. None: a drive ends at its last stop."""

    def __init__(self, ground: Ground, units: Sequence[Unit]) -> None:
        self.units = units
        starts = [vehicle.start for vehicle in ground.vehicles.values()]
        ends = list(dict.fromkeys(starts))
        self.places = [ground.problem.venue, *(unit.place for unit in units), *ends]
        self.end_of = [1 + len(units) + ends.index(start) for start in starts]
        self.number_of = {unit: number for number, unit in enumerate(units, 1)}
        self.count = len(self.places)

    def drives(self, ground: Ground) -> list[list[tuple[int, int] | None]]:
        """Metres and seconds (standing included) from node to node."""
        last = len(self.units)
        rows: list[list[tuple[int, int] | None]] = []
        for a, from_place in enumerate(self.places):
            row: list[tuple[int, int] | None] = []
            for b, to_place in enumerate(self.places):
                if b == 0 or a > last or (a == 0 and b > last):
                    # Nobody drives to the venue or from an end; from the venue to an end an unused vehicle "drives".
                    row.append((0, 0))
                    continue
                drive = (0, 0) if to_place is None else ground.drive(str(from_place), to_place)
                stands = a > 0 and (b > last or from_place != to_place)
                row.append(None if drive is None else (drive[0], drive[1] + stands * ground.stand))
            rows.append(row)
        return rows


def search(
    ground: Ground, blocks: Sequence[Block], routes: Routes, seconds: float, tell: Tell, priced: bool = True
) -> Routes | None:
    """Better routes with these blocks than the given ones, which keep the rules; None where there is nothing to do.

    seconds: at most so long. tell: called now and then. priced: False looks for short drives only, as it is prices that
    keep somebody behind in routes that nobody wants to change.
    """
    vehicles = list(ground.vehicles.values())
    # Whoever no vehicle could take even alone only costs time.
    able = {
        block: [
            number
            for number, vehicle in enumerate(vehicles)
            if block.units[0] in routes[vehicle.key] or not isinstance(put_in(ground, vehicle, [], block), Reason)
        ]
        for block in blocks
    }
    nodes = _Nodes(ground, [unit for block in blocks if able[block] for unit in block.units])
    if not nodes.units:
        return None
    # Imported here, as only the child needs it. It brings no marker of its types.
    from ortools.constraint_solver import pywrapcp  # type: ignore[import-untyped]
    from ortools.constraint_solver import routing_enums_pb2 as enums

    # The library's own loading is no search.
    began = time.monotonic()
    manager = pywrapcp.RoutingIndexManager(nodes.count, len(vehicles), [0] * len(vehicles), nodes.end_of)
    model = pywrapcp.RoutingModel(manager)
    drives = nodes.drives(ground)
    _add_times(ground, model, manager, nodes, drives)
    _add_loads(ground, model, nodes)
    worst = _add_costs(ground, model, drives, priced)
    for block in able:
        _add_block(model, manager, nodes, block, able[block], worst)

    limits = pywrapcp.DefaultRoutingSearchParameters()
    limits.local_search_metaheuristic = enums.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    limits.solution_limit = STEPS_PER_NODE * len(nodes.units) + 200
    left = max(0.01, seconds - (time.monotonic() - began))
    limits.time_limit.FromMilliseconds(int(left * 1000))
    # What it tries beside single moves must not eat a short time whole.
    limits.lns_time_limit.FromMilliseconds(50)
    model.CloseModelWithParameters(limits)
    model.AddAtSolutionCallback(_teller(began, seconds, tell))
    known = [
        [manager.NodeToIndex(nodes.number_of[unit]) for unit in routes[vehicle.key] if unit in nodes.number_of]
        for vehicle in vehicles
    ]
    start = model.ReadAssignmentFromRoutes(known, True)
    if start is None:
        return None
    found = model.SolveFromAssignmentWithParameters(start, limits)
    return None if found is None else _read(model, manager, found, nodes, vehicles)


def _add_costs(ground: Ground, model: Any, drives: list[list[tuple[int, int] | None]], priced: bool) -> int:
    """Give every vehicle its prices; what a plan can cost at most comes back."""
    worst = 1
    matrices: dict[float, int] = {}
    for number, vehicle in enumerate(ground.vehicles.values()):
        per_km, fixed = (vehicle.per_km_cents, vehicle.fixed_cents * _CENT) if priced else (0.0, 0)
        if per_km not in matrices:
            matrix = [[_price(drive, per_km) for drive in row] for row in drives]
            matrices[per_km] = model.RegisterTransitMatrix(matrix)
            worst += sum(max(row) for row in matrix)
        model.SetArcCostEvaluatorOfVehicle(matrices[per_km], number)
        model.SetFixedCostOfVehicle(fixed, number)
        worst += fixed
    return worst


def _price(drive: tuple[int, int] | None, per_km_cents: float) -> int:
    # Unknown drives are refused by the time; they need a price all the same, one that leaves `worst` small.
    metres, seconds = drive or (0, 0)
    return round(per_km_cents * metres * _CENT / 1000) + metres // _METRES + seconds


def _add_times(
    ground: Ground, model: Any, manager: Any, nodes: _Nodes, drives: list[list[tuple[int, int] | None]]
) -> None:
    """Seconds since the venue: somebody's ride at their node, the vehicle's whole drive at its end."""
    matrix = [[NEVER if drive is None else drive[1] for drive in row] for row in drives]
    spans = [max(0, min(ground.span(vehicle), NEVER - 1)) for vehicle in ground.vehicles.values()]
    model.AddDimensionWithVehicleCapacity(model.RegisterTransitMatrix(matrix), 0, spans, True, "time")
    time_of = model.GetDimensionOrDie("time")
    for unit, number in nodes.number_of.items():
        time_of.CumulVar(manager.NodeToIndex(number)).SetMax(min(unit.allowed.seconds, NEVER - 1))


def _add_loads(ground: Ground, model: Any, nodes: _Nodes) -> None:
    vehicles = ground.vehicles.values()
    rest = [0] * (nodes.count - 1 - len(nodes.units))
    loads: list[tuple[str, list[int], list[int]]] = [
        ("seats", [unit.size for unit in nodes.units], [vehicle.seats for vehicle in vehicles]),
        ("wheelchairs", [u.wheelchairs for u in nodes.units], [vehicle.wheelchair_places for vehicle in vehicles]),
        ("luggage", [u.luggage for u in nodes.units], [NEVER if v.luggage is None else v.luggage for v in vehicles]),
    ]
    for name, demands, capacities in loads:
        if any(demands):
            load = model.RegisterUnaryTransitVector([0, *demands, *rest])
            model.AddDimensionWithVehicleCapacity(load, 0, capacities, True, name)


def _add_block(model: Any, manager: Any, nodes: _Nodes, block: Block, able: list[int], worst: int) -> None:
    """Whoever stays behind costs more, a head, than any drive; units of a block are in one vehicle, or none of them."""
    if not able:
        return
    indices = [manager.NodeToIndex(nodes.number_of[unit]) for unit in block.units]
    for index, unit in zip(indices, block.units, strict=True):
        # A node without a disjunction cannot be left out.
        if not block.fixed:
            model.AddDisjunction([index], worst * unit.size)
        # SetAllowedVehiclesForIndex takes no Python list (9.15); vehicle -1 is that of whoever stays behind.
        model.VehicleVar(index).SetValues(able if block.fixed else [-1, *able])
        if index != indices[0]:
            model.solver().Add(model.VehicleVar(indices[0]) == model.VehicleVar(index))


def _teller(began: float, seconds: float, tell: Tell) -> Callable[[], None]:
    said = began

    def told() -> None:
        nonlocal said
        now = time.monotonic()
        if now - said >= _REPORT_S:
            said = now
            tell(min(1.0, (now - began) / seconds))

    return told


def _read(model: Any, manager: Any, found: Any, nodes: _Nodes, vehicles: Sequence[Any]) -> Routes:
    routes: Routes = {}
    for number, vehicle in enumerate(vehicles):
        units = []
        index = found.Value(model.NextVar(model.Start(number)))
        while not model.IsEnd(index):
            units.append(nodes.units[manager.IndexToNode(index) - 1])
            index = found.Value(model.NextVar(index))
        routes[vehicle.key] = units
    return routes

"""How parties are cut: few nodes, and never more than may be."""

from __future__ import annotations

import datetime as dt

from mama_desktop.planning import blocks
from mama_desktop.planning.blocks import blocks_of
from mama_desktop.planning.ground import Ground
from mama_desktop.planning.problem import Bond, Party, Problem, Traveller, Vehicle
from mama_desktop.planning.roads import Drive


def ground(*parties: Party, seats: int = 8) -> Ground:
    roads = {(a, b): Drive(10, 10) for a in "VAB" for b in "VAB"}
    return Ground(
        Problem("there", "V", dt.datetime(2020, 4, 2, 10), parties, (Vehicle("van", seats), Vehicle("v", 4)), roads)
    )


def party(key: str, count: int, *bonds: Bond, wheelchairs: int = 0) -> Party:
    return Party(key, "A", tuple(Traveller(f"{key}{n}", n < wheelchairs) for n in range(count)), bonds)


def test_a_large_party_is_cut_to_the_largest_vehicle_a_bound_one_is_not() -> None:
    assert [block.size for block in blocks_of(ground(party("a", 18)))] == [8, 8, 2]
    assert [block.size for block in blocks_of(ground(party("a", 18, Bond.GROUP)))] == [18]


def test_somebody_in_a_wheelchair_is_on_their_own_unless_bound() -> None:
    assert sorted(block.size for block in blocks_of(ground(party("a", 5, wheelchairs=1)))) == [1, 4]
    assert [block.wheelchairs for block in blocks_of(ground(party("a", 5, Bond.GUARDIAN, wheelchairs=1)))] == [1]


def test_many_small_parties_of_one_place_share_nodes() -> None:
    asked = ground(*(party(f"p{n}", 1) for n in range(blocks.MANY + 50)), party("b", 2, Bond.GROUP), seats=16)
    found = blocks_of(asked)
    assert len(found) == blocks.MANY + 51
    assert {block.size for block in found if not block.splittable} == {2}
    asked = ground(*(party(f"p{n}", 1) for n in range(blocks.MANY + 50)), party("b", 2, Bond.GROUP), seats=49)
    asked.vehicles["v"] = Vehicle("v", 16)
    fewer = blocks_of(asked)
    assert len(fewer) == (blocks.MANY + 50) // 4 + 1
    assert sum(block.size for block in fewer) == blocks.MANY + 52

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.errors import UsageError
from purport.model.networks import Network
from purport.network import frustration
from purport.network.balance import balance
from purport.network.frustration import least
from purport.network.reduction import blocks, kernel
from tests.conftest import ROOT
from tests.network.made import edge, nodes_of, planted, signed

SHARED = ROOT.parent / "shared" / "data" / "networks"
NAMES = "cow-46-49 cow-56-59 cow-66-69 cow-76-79 cow-86-89 cow-96-99 tribes".split()


def small_networks() -> st.SearchStrategy[Network]:
    ends = st.sampled_from("abcdefgh")
    pair = st.tuples(ends, ends).filter(lambda two: two[0] < two[1])
    edges = st.dictionaries(pair, st.sampled_from((-1, -1, 0, 1)), max_size=20)
    return edges.map(lambda found: signed(((a, b, sign) for (a, b), sign in found.items()), more="ij"))


def against(network: Network, camps: dict[str, int]) -> list[tuple[str, str]]:
    return [
        (e.holder, e.target) for e in network.edges if e.sign and (camps[e.holder] != camps[e.target]) == (e.sign > 0)
    ]


def brute_force(network: Network) -> int:
    ids = [node.id for node in network.nodes]
    return min(
        len(against(network, dict(zip(ids, (0, *rest), strict=True)))) for rest in product((0, 1), repeat=len(ids) - 1)
    )


@given(small_networks())
def test_it_is_what_trying_all_gives(network: Network) -> None:
    found = balance(network)
    assert found.proved
    assert found.frustration == found.bound == brute_force(network) == len(found.frustrated)
    assert sorted(found.frustrated) == sorted(against(network, dict(found.camps)))
    assert found.edges == sum(edge.sign != 0 for edge in network.edges)
    assert set(found.camps) == {node.id for node in network.nodes}


@given(small_networks(), st.sets(st.sampled_from("abcdefgh")))
def test_turning_the_signs_of_all_edges_of_some_changes_no_frustration(network: Network, some: set[str]) -> None:
    turned = signed(
        (e.holder, e.target, e.sign * (-1 if (e.holder in some) != (e.target in some) else 1)) for e in network.edges
    )
    assert balance(turned).frustration == balance(network).frustration


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.sampled_from((-3, -2, -1, 1, 2))), max_size=24))
def test_reductions_and_blocks_lose_nothing(rows: list[tuple[int, int, int]]) -> None:
    edges = [(min(a, b), max(a, b), weight) for a, b, weight in rows if a != b]
    ends = sorted({end for a, b, _ in edges for end in (a, b)})

    def cost(camps: dict[int, int]) -> int:
        return sum(abs(w) for a, b, w in edges if (camps[a] != camps[b]) == (w > 0))

    best = min(cost(dict(zip(ends, camps, strict=True))) for camps in product((0, 1), repeat=len(ends)))
    core = kernel(edges)
    parts = blocks(core.edges)
    assert sorted(row for part in parts for row in part) == sorted(core.edges)
    solved = [least(part, time.monotonic() + 60) for part in parts]
    assert core.settled + sum(value for _, value, _ in solved) == best
    assert all(value == bound for _, value, bound in solved)


def test_camp_0_is_that_of_the_actor_with_the_most_edges() -> None:
    pairs = [("b", "c", 1), ("c", "d", -1), ("c", "e", -1), ("x", "y", -1), ("m", "n", 0)]
    found = balance(signed(pairs, more=["z"]))
    assert found.camps == {"b": 0, "c": 0, "d": 1, "e": 1, "x": 0, "y": 1, "m": 0, "n": 0, "z": 0}
    assert (found.frustration, found.edges, found.index) == (0, 4, 0.0)


def test_triads_by_their_signs() -> None:
    pairs = [("a", "b", 1), ("b", "c", 1), ("a", "c", 1), ("a", "d", -1), ("b", "d", -1), ("c", "d", 1), ("a", "e", 0)]
    found = balance(signed(pairs))
    assert found.triads == {"+++": 1, "++-": 2, "+--": 1, "---": 0}
    assert found.frustrated == (("c", "d"),)
    assert balance(signed([("a", "b", -1), ("b", "c", -1), ("a", "c", -1)])).triads["---"] == 1


def test_nothing_and_what_is_directed() -> None:
    assert balance(Network((), (), directed=False)).proved
    with pytest.raises(UsageError, match="fold the ties"):
        balance(Network(tuple(nodes_of("ab").values()), (edge("a", "b", 1),)))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the networks are not on this machine (../shared/data/networks)")
@pytest.mark.parametrize("name", NAMES)
def test_known_networks(name: str) -> None:
    network = read(SHARED / f"{name}.csv")
    known = json.loads((SHARED / "exact.json").read_text(encoding="utf-8"))[name]
    start = time.process_time()
    found = balance(network)
    assert time.process_time() - start < 2
    assert (len(network.nodes), found.edges) == (known["nodes"], known["edges"])
    assert found.proved
    assert found.frustration == known["frustration"]


def read(path: Path) -> Network:
    with path.open(encoding="utf-8") as file:
        return signed((row["a"], row["b"], int(row["sign"])) for row in csv.DictReader(file))


@pytest.mark.parametrize("flipped", [0.1, 0.15])
def test_planted_coalitions_are_found_and_proved(flipped: float) -> None:
    network = planted(300, 900, flipped, seed=1)
    start = time.process_time()
    found = balance(network)
    assert time.process_time() - start < 10  # seconds; 1.3 at most on an idle machine
    assert found.proved
    assert found == balance(network, seconds=60)


def test_what_cannot_be_proved_in_time_has_a_bound() -> None:
    found = balance(planted(300, 900, 0.3, seed=1), seconds=0.5)
    assert not found.proved
    assert 0 <= found.bound < found.frustration < 225  # how near the bound comes in the time depends on the machine
    assert len(found.frustrated) == found.frustration


def test_a_network_that_needs_branching_is_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    network = planted(25, 200, 0.5, seed=3)
    found = balance(network, seconds=60)
    assert found.proved
    assert found.frustration == 70
    monkeypatch.setattr(frustration, "NODES", 1)  # the bound without: 66
    ended = balance(network, seconds=60)
    assert not ended.proved
    assert 66 <= ended.bound < 70
    assert ended == balance(network, seconds=120)


def test_nothing_is_printed_by_the_solver() -> None:
    made, solve = "from tests.network.made import planted as p", "from purport.network.balance import balance"
    code = f"{made}; {solve}; balance(p(30, 90, .2, 1))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

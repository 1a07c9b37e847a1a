from __future__ import annotations

import math
import random
import time
from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.errors import UsageError
from purport.model.networks import Edge, Node, Tie
from purport.network.aggregate import aggregated, chosen, folded, least_for, windows
from purport.network.columns import Ties
from tests.network.made import nodes_of, tie

NODES = nodes_of("a b c d".split())
DAYS = ["", "2031", "2031-04", "2031-04-02", "2031-05-01", "2032-01-01"]


def some_ties() -> st.SearchStrategy[list[Tie]]:
    actor = st.sampled_from("abcdx")
    one = st.tuples(actor, actor, st.sampled_from((-1, 0, 1)), st.sampled_from("pqrs"), st.sampled_from(DAYS))
    return st.lists(one, max_size=30).map(
        lambda rows: [
            tie(
                holder,
                target,
                sign,
                document=doc,
                copies=doc.replace("q", "p"),
                published=day,
                id=f"t{i:02d}",
            )
            for i, (holder, target, sign, doc, day) in enumerate(rows)
        ]
    )


def naively(ties: list[Tie], directed: bool, least: int) -> list[Edge]:
    between: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    for one in ties:
        if one.holder != one.target and {one.holder, one.target} <= set(NODES):
            pair = (one.holder, one.target) if directed else tuple(sorted((one.holder, one.target)))
            between[pair].append(one)  # type: ignore[index]
    edges = []
    for (holder, target), own in sorted(between.items()):
        own.sort(key=lambda one: (one.published, one.id))
        sums: Counter[str] = Counter()
        for one in own:
            sums[one.copies] += one.sign
        counts = {way: sum((said > 0) - (said < 0) == way for said in sums.values()) for way in (-1, 0, 1)}
        documents = len(sums)
        dates = [one.published for one in own if one.published] or [""]
        sign = (counts[1] > counts[-1]) - (counts[1] < counts[-1])
        certain = sum(one.certainty == "CT+" for one in own) / len(own)
        if documents >= least:
            told = (counts[1], counts[-1], counts[0], documents, 0.0, certain, dates[0], dates[-1])
            edges.append(Edge(holder, target, sign, *told, tuple(one.id for one in own)))
    return edges


@given(some_ties(), st.booleans(), st.integers(1, 3), st.randoms(use_true_random=False))
def test_it_is_what_counting_by_hand_gives_in_any_order(
    ties: list[Tie], directed: bool, least: int, luck: random.Random
) -> None:
    reckon = aggregated if directed else folded
    network = reckon(ties, NODES, least=least, resamples=5)
    assert [edge._replace(steady=0.0) for edge in network.edges] == naively(ties, directed, least)
    assert network.directed == directed
    assert [node.id for node in network.nodes] == sorted({id for e in network.edges for id in (e.holder, e.target)})
    luck.shuffle(ties)
    assert reckon(ties, NODES, least=least, resamples=5) == network


def test_reprints_count_once_and_a_document_by_what_it_says_more_often() -> None:
    ties = [
        tie("a", "b", -1, document="wire", copies="wire"),
        tie("a", "b", -1, document="reprint", copies="wire"),
        tie("a", "b", 1, document="other", copies=""),
        tie("a", "b", -1, document="other", copies=""),
        tie("a", "b", 1, document="third", copies="", id="z1"),
        tie("a", "b", 1, document="third", copies="", id="z2"),
        tie("a", "b", -1, document="third", copies="", id="z3"),
    ]
    (edge,) = aggregated(ties, NODES).edges
    assert (edge.sign, edge.positive, edge.negative, edge.neutral, edge.documents) == (0, 1, 1, 1, 3)


def test_two_that_blame_each_other_in_one_document_are_one_document_when_folded() -> None:
    ties = [tie("b", "a", -1, document="p"), tie("a", "b", -1, document="p"), tie("a", "b", 1, document="q")]
    assert len(aggregated(ties, NODES).edges) == 2
    (edge,) = folded(ties, NODES).edges
    assert (edge.holder, edge.target, edge.negative, edge.positive, edge.documents, edge.sign) == ("a", "b", 1, 1, 2, 0)


def test_how_steady_a_sign_is() -> None:
    ties = [tie("a", "b", -1, document="lone")]
    ties += [tie("a", "c", -1, document=f"c{i}") for i in range(12)]
    ties += [tie("a", "d", 1 if i < 7 else -1, document=f"d{i}") for i in range(12)]
    steady = {edge.target: edge.steady for edge in aggregated(ties, NODES, resamples=2000).edges}
    assert steady["b"] == pytest.approx(1 - math.exp(-1), abs=0.04)
    assert steady["c"] > 0.99
    assert 0.5 < steady["d"] < 0.75
    again = {edge.target: edge.steady for edge in aggregated(ties, NODES, resamples=2000).edges}
    assert again == steady
    assert {e.target: e.steady for e in aggregated(ties, NODES, resamples=2000, seed=1).edges} != steady
    assert all(math.isnan(edge.steady) for edge in aggregated(ties, NODES, resamples=0).edges)


def test_counts_that_make_no_sense_are_said() -> None:
    for wrong in ({"least": 0}, {"resamples": -1}):
        with pytest.raises(UsageError, match="no sense"):
            aggregated([], NODES, **wrong)
    assert aggregated([], NODES).edges == ()


@given(some_ties(), st.integers(0, 8))
def test_as_few_documents_are_asked_of_an_edge_as_leave_no_more_edges_than_can_be_seen(
    ties: list[Tie], most: int
) -> None:
    least = least_for(ties, NODES, most)
    left = aggregated(ties, NODES, least=least, resamples=0).edges
    assert len(left) <= most or len({edge.documents for edge in left}) == 1
    assert left or not aggregated(ties, NODES, resamples=0).edges
    if least > 1:
        assert len(aggregated(ties, NODES, least=least - 1, resamples=0).edges) > most


@given(some_ties(), st.sampled_from("abcdxyz"), st.sampled_from("abcdxyz"))
def test_ties_are_found_by_their_actors(ties: list[Tie], one: str, other: str) -> None:
    own = Ties.of(ties)
    assert [*own.between(one, other)] == [tie for tie in ties if (tie.holder, tie.target) == (one, other)]
    assert [*own.touching(one)] == [tie for tie in ties if one in (tie.holder, tie.target)]
    some = own[1:]
    assert [*some.touching(other)] == [tie for tie in ties[1:] if other in (tie.holder, tie.target)]


def test_choosing() -> None:
    ties = [
        tie("a", "b", 1, published="2031-04-02", outlet="Herald", voucher="c"),
        tie("a", "b", 1, published="2031", outlet="herald", kind="deed"),
        tie("a", "b", 1, published="", voucher=""),
        tie("a", "b", 1, published="2031-05"),
    ]

    def which(**asked: object) -> list[int]:
        found = list(chosen(ties, **asked))  # type: ignore[arg-type]
        return [i for i, one in enumerate(ties) if one in found]

    assert which() == [0, 1, 2, 3]
    assert which(since="2031-04-03") == [1, 3]
    assert which(until="2031-04") == [0, 1]
    assert which(since="2032") == []
    assert which(outlets=["HERALD"]) == [0, 1]
    assert which(vouched_by=["c", ""]) == [0, 2]
    assert which(kinds={"deed"}) == [1]
    for wrong in ("last year", "2031-4", "2031-13"):
        with pytest.raises(UsageError, match="is not a date"):
            chosen(ties, since=wrong)


def test_windows() -> None:
    ties = [tie("a", "b", 1, published=day) for day in ("2032-01-01", *DAYS[:5])]
    labels = {months: [(label, len(own)) for label, own in windows(ties, months)] for months in (1, 3, 6, 12)}
    assert labels == {
        1: [("2031-04", 2), ("2031-05", 1), ("2032-01", 1)],
        3: [("2031-Q2", 3), ("2032-Q1", 1)],
        6: [("2031-H1", 3), ("2032-H1", 1)],
        12: [("2031", 4), ("2032", 1)],
    }
    with pytest.raises(UsageError, match="take 1, 3, 6 or 12"):
        windows(ties, 5)


def test_two_hundred_thousand_ties_are_quickly_counted() -> None:
    made = random.Random(3)
    nodes: dict[str, Node] = nodes_of([f"a{i:03d}" for i in range(300)])
    ids = list(nodes)
    ties = [
        tie(
            ids[int(300 * made.random() ** 2)],
            ids[int(300 * made.random() ** 2)],
            made.choice((-1, -1, 0, 1)),
            document=f"d{made.randrange(40_000)}",
            published=f"2031-{made.randrange(1, 13):02d}",
            id=f"{i:06d}",
        )
        for i in range(200_000)
    ]
    for resamples, limit in ((0, 4.0), (200, 8.0)):  # seconds of the processor; about 0.6 and 1.2 on an idle machine
        start = time.process_time()
        aggregated(ties, nodes, resamples=resamples)
        assert time.process_time() - start < limit

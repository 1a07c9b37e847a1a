from __future__ import annotations

import csv
import random
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.errors import UsageError
from purport.export.drawing import folded_lines, wide
from purport.export.graphs import gexf, graphml
from purport.export.layout import layout
from purport.export.network_rows import edge_rows, node_rows
from purport.export.networks import NETWORK_EXPORTS
from purport.export.picture import picture
from purport.export.tables import edges_table, nodes_table
from purport.export.timeline import timeline
from purport.model.networks import Balance, Network, Node
from purport.network.balance import balance
from tests.network.made import edge, nodes_of, planted, signed, tie

HOSTILE = '=HYPERLINK("x")<script>alert(1)</script>&\x00\x0b\u202e\ud800\n\'"'
GEXF = "{http://gexf.net/1.3}"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
SVG = "{http://www.w3.org/2000/svg}"


def network(directed: bool = False) -> Network:
    made = signed(
        [("ardania", "halm", 1), ("ardania", "velmark", -1), ("halm", "velmark", 0), ("ostrel", "velmark", 1)],
        more=["zaret"],
    )
    nodes = (*made.nodes[:-1], Node("zaret", HOSTILE, "person"))
    edges = (made.edges[0]._replace(first="2031", last="2032-02", steady=float("nan")), *made.edges[1:])
    return Network(nodes, edges, directed)


@pytest.fixture(scope="module")
def found() -> Balance:
    return balance(network())


@given(st.text(), st.booleans())
def test_whatever_names_say_all_is_well_formed(name: str, directed: bool) -> None:
    made = Network((Node("a", name, name), Node("b", "Halm", "state")), (edge("a", "b", -1),), directed)
    camps = Balance({"a": 0, "b": 1}, 0, 0, (), 1)
    for written in (gexf(made, camps), graphml(made, None), picture(made, camps, name), picture(made, title=name)):
        ElementTree.fromstring(written)
    ElementTree.fromstring(timeline("a", [tie("a", "b", 1)], {node.id: node for node in made.nodes}))


@pytest.mark.parametrize("format", NETWORK_EXPORTS)
def test_every_format_is_the_same_twice(format: str, found: Balance, tmp_path: Path) -> None:
    for number, camps in enumerate((found, None)):
        folder = tmp_path / str(number)
        folder.mkdir()
        written = [path.read_bytes() for path in NETWORK_EXPORTS[format](network(), camps, folder)]
        assert written == [path.read_bytes() for path in NETWORK_EXPORTS[format](network(), camps, folder)]
        assert all(written)
        NETWORK_EXPORTS[format](Network((), (), directed=True), None, folder)
    with pytest.raises(UsageError, match="cannot be written"):
        NETWORK_EXPORTS[format](network(), found, tmp_path / "nowhere")


def test_gexf_has_positive_weights_signs_dates_and_camps(found: Balance) -> None:
    root = ElementTree.fromstring(gexf(network(), found))
    graph = root.find(f"{GEXF}graph")
    assert graph is not None
    assert (root.get("version"), graph.get("defaultedgetype"), graph.get("timeformat")) == ("1.3", "undirected", "date")
    edges = list(graph.iter(f"{GEXF}edge"))
    assert [float(one.get("weight", "0")) for one in edges] == [3.0] * 4
    assert [(one.get("start"), one.get("end")) for one in edges][:2] == [
        ("2031-01-01", "2032-02-29"),
        ("2031-04-02", "2031-06-30"),
    ]
    told = [{value.get("for"): value.get("value") for value in one.iter(f"{GEXF}attvalue")} for one in edges]
    assert [one["sign"] for one in told] == ["1", "-1", "0", "1"]
    assert [one.get("frustrated") for one in told] == ["no", "no", None, "no"]
    nodes = {one.get("id"): one for one in graph.iter(f"{GEXF}node")}
    camps = {id: {v.get("for"): v.get("value") for v in one.iter(f"{GEXF}attvalue")} for id, one in nodes.items()}
    assert {id: one["camp"] for id, one in camps.items()} == {id: str(camp) for id, camp in found.camps.items()}
    assert "\x00" not in str(nodes["zaret"].get("label"))
    directed = ElementTree.fromstring(gexf(network(directed=True), None)).find(f"{GEXF}graph")
    assert directed is not None
    assert directed.get("defaultedgetype") == "directed"


def test_graphml_declares_what_it_gives(found: Balance) -> None:
    root = ElementTree.fromstring(graphml(network(), found))
    declared = {one.get("id"): one.get("attr.type") for one in root.iter(f"{GRAPHML}key")}
    given_keys = {one.get("key") for one in root.iter(f"{GRAPHML}data")}
    assert given_keys <= set(declared)
    assert declared["edge-sign"] == "int"
    (first, *_) = root.iter(f"{GRAPHML}edge")
    told = {one.get("key"): one.text for one in first}
    assert told["edge-sign"] == "1"
    assert told["edge-weight"] == "3.0"
    assert "edge-steady" not in told  # it was not asked for
    assert told["edge-ties"] == "ardania>halm"


def test_csv_is_run_by_no_spreadsheet(found: Balance, tmp_path: Path) -> None:
    nodes, edges = NETWORK_EXPORTS["csv"](network(), found, tmp_path)
    with nodes.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["camp"] for row in rows] == [str(found.camps[row["id"]]) for row in rows]
    assert rows[-1]["name"].startswith("'=HYPERLINK")
    with edges.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["sign"] for row in rows] == ["1", "-1", "0", "1"]
    assert (rows[0]["steady"], rows[1]["steady"]) == ("", "0.95")
    assert rows[0]["holder_name"] == "Ardania"


def test_parquet_has_the_same_as_the_rows(found: Balance, tmp_path: Path) -> None:
    nodes, edges = NETWORK_EXPORTS["parquet"](network(), found, tmp_path)
    assert pq.read_table(nodes).equals(nodes_table(node_rows(network(), found)))
    read = pq.read_table(edges)
    assert read.equals(edges_table(edge_rows(network(), found)))
    assert read["sign"].to_pylist() == [1, -1, 0, 1]
    assert read["ties"].to_pylist()[0] == ["ardania>halm"]
    assert read["steady"].to_pylist()[0] is None


def test_a_picture_needs_nothing_and_shows_signs_in_two_ways(found: Balance) -> None:
    drawn = picture(network(directed=True), found)
    assert not re.search(r"<script|href|@import|url\(|<style|<image|foreignObject", drawn.replace("&lt;script", ""))
    root = ElementTree.fromstring(drawn)
    paths = [one for one in root.iter(f"{SVG}path") if "Q" in str(one.get("d"))]
    looks = {(one.get("stroke"), one.get("stroke-dasharray")) for one in paths}
    assert len(looks) == len({colour for colour, _ in looks}) == len({dash for _, dash in looks}) == 3
    texts = [one.text for one in root.iter(f"{SVG}text")]
    assert {"Coalition A (2 actors)", "Coalition B (2 actors)"} <= set(texts)
    assert "In neither: no edge with a sign (1 actor)" in texts
    assert "0 edges of 3 with a sign against the coalitions, the fewest possible" in str(texts[1])


def test_edges_that_are_not_steady_are_thin() -> None:
    made = signed([("a", "b", 1), ("c", "d", 1)])
    made = replace(made, edges=(made.edges[0]._replace(documents=9, steady=0.79), made.edges[1]))
    paths = [one for one in ElementTree.fromstring(picture(made)).iter(f"{SVG}path") if "Q" in str(one.get("d"))]
    thin, thick = (float(one.get("stroke-width", "0")) for one in paths)
    assert (thin, thick > 2) == (1.0, True)


def test_too_many_actors_are_left_out_and_it_says_so() -> None:
    made = planted(80, 240, 0.1, seed=2)
    drawn = picture(made, balance(made))
    assert "the 60 with the most edges are shown, 20 left out" in drawn
    names = [one.text for one in ElementTree.fromstring(drawn).iter(f"{SVG}title")]
    assert sum(str(name).endswith("(state)") for name in names) == 60
    assert drawn == picture(made, balance(made))


@given(st.integers(1, 60), st.integers(0, 5), st.integers(0, 100))
def test_nothing_overlaps(count: int, few: int, seed: int) -> None:
    made = random.Random(seed)
    ids = [f"n{i:02d}" for i in range(count)]
    sizes = {id: (made.uniform(30, 150), made.uniform(25, 70)) for id in ids}
    groups = [ids[few:][::2], ids[few:][1::2], ids[:few]]
    edges = []
    for _ in range(2 * count if count > 1 else 0):
        one, other = sorted(made.sample(ids, 2))
        edges.append(edge(one, other, made.choice((-1, 0, 1))))
    plan = layout(groups, sizes, edges)
    assert set(plan.places) == set(ids)
    for one, other in combinations(ids, 2):
        far = [abs(a - b) for a, b in zip(plan.places[one], plan.places[other], strict=True)]
        needed = [(a + b) / 2 for a, b in zip(sizes[one], sizes[other], strict=True)]
        assert any(way >= need - 2 for way, need in zip(far, needed, strict=True)), (one, other)
    for group, room in zip(groups, plan.rooms, strict=True):
        for id in group:
            assert room is not None
            (x, y), (width, height) = plan.places[id], sizes[id]
            assert room.left <= x - width / 2 + 1
            assert x + width / 2 <= room.left + room.width + 1
            assert room.top <= y - height / 2 + 1
            assert y + height / 2 <= room.top + room.height + 1


def test_long_names_are_folded_and_cut() -> None:
    name = "People's Committee for the Defence of the River and of the Villages that Lie Beyond It"
    lines = folded_lines(name, 130)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(wide(line) <= 130 for line in lines)
    assert folded_lines("X" * 99, 130)[0].endswith("…")
    assert folded_lines("", 130) == [""]
    assert folded_lines("Halm") == ["Halm"]


def test_a_timeline_has_a_row_for_each_counterpart() -> None:
    nodes = nodes_of(["ardania", "halm", "velmark"])
    ties = [
        tie("ardania", "halm", 1, document="p", published="2031-04-02"),
        tie("ardania", "halm", 1, document="q", copies="p", published="2031-04-09"),
        tie("ardania", "halm", 1, document="r", published="2031-04-03"),
        tie("velmark", "ardania", -1, document="p", published="2031"),
        tie("velmark", "ardania", 0, document="s", published="2032-03"),
        tie("velmark", "ardania", 0, document="t", published=""),
        tie("velmark", "halm", -1, document="u"),
    ]
    drawn = timeline("ardania", ties, nodes)
    root = ElementTree.fromstring(drawn)
    texts = [one.text for one in root.iter(f"{SVG}text")]
    assert texts[0] == "Ardania: for and against, over time"
    assert texts[1] == "3 documents, as they have it; 1 without a date not shown"
    assert [text for text in texts if text in ("Halm", "Velmark")] == ["Halm", "Velmark"]
    assert "2" in texts  # two documents of about one day, one of them a reprint
    assert {"Apr 2031", "2032"} <= set(texts)
    assert drawn == timeline("ardania", reversed(ties), nodes)
    assert "documents" in timeline("halm", [], nodes)
    with pytest.raises(UsageError, match="no actor"):
        timeline("nobody", ties, nodes)

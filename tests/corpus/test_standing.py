"""How actors stand to each other in the examples, against what is told by hand; and the networks that they make."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import purport
from purport import store as stores
from purport.network.stances import StanceColumns, origins_of
from purport.store import stances as stance_rows
from purport.store.stances import keep_said
from tests.conftest import ROOT

FOLDER = ROOT / "examples" / "stances"
OUTLETS = ("Ardinform", "Hill Guard channel", "Halyard Wire", "The Skerrin Lantern")

Row = tuple[str, str, str, str, str]
"""Document, holder, target, sign, on whose word."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[purport.Corpus]:
    path = tmp_path_factory.mktemp("stances") / "corpus.db"
    with purport.open(path) as found:
        found.add(
            [FOLDER],
            metadata=ROOT / "examples" / "stances-metadata.csv",
            actors=ROOT / "examples" / "world.csv",
            workers=2,
        )
        yield found


def gold() -> set[Row]:
    lines = (ROOT / "examples" / "stances.tsv").read_text("utf-8").splitlines()
    return {(d, h, t, s, v) for d, h, t, s, v in (line.split("\t") for line in lines if not line.startswith("#"))}


def found(corpus: purport.Corpus) -> set[Row]:
    stems = {row.id: Path(row.paths[0]).stem for row in corpus.documents() if row.paths}
    told = {row.id: row for row in corpus.evidence([row.id for row in stance_rows(corpus.store)])}
    rows: set[Row] = set()
    for row in stance_rows(corpus.store):
        one = told[row.id]
        if one.sign and one.holder and one.target:
            holder = "outlet" if row.holder is None else one.holder
            named = corpus.standing.name_of(row.voucher, "") if row.voucher else one.chain[-1]
            rows.add((stems[row.document], holder, one.target, str(one.sign), "outlet" if row.own else named))
    return rows


def test_stances_are_those_that_are_told_by_hand(corpus: purport.Corpus) -> None:
    wanted, got = gold(), found(corpus)
    right = len(wanted & got)
    f1 = 2 * right / (len(wanted) + len(got))
    for what, rows in (("wrong", got - wanted), ("missed", wanted - got)):
        print(f"{what}:", *sorted(rows), sep="\n    ")
    assert f1 >= 0.9, f"F1 {f1:.3f}"


def test_a_copied_wire_story_counts_once(corpus: purport.Corpus) -> None:
    [wire] = [row.id for row in corpus.documents() if "halyard-1.txt" in row.paths[0]]
    [copy] = [row.id for row in corpus.documents() if "lantern-1.txt" in row.paths[0]]
    groups = {tie.document: tie.copies for tie in corpus.standing.ties}
    assert groups[wire] == groups[copy]
    assert len(set(groups.values())) == len(groups) - 1
    network = purport.network(corpus)
    names = network.names()
    [edge] = [e for e in network.edges if (names[e.holder], names[e.target]) == ("Concord of Nations", "Hill Guard")]
    assert (edge.negative, edge.documents) == (1, 1)
    assert len(edge.ties) == 2


@pytest.mark.parametrize("outlet", OUTLETS)
def test_the_two_camps_come_out_in_each_outlets_telling(corpus: purport.Corpus, outlet: str) -> None:
    network = purport.network(corpus, outlets=outlet, directed=False)
    names = network.names()
    balance = purport.balance(network)
    camps = {names[one]: camp for one, camp in balance.camps.items()}
    assert balance.proved
    assert camps["Velmark"] == camps["Hill Guard"] != camps["Ardania"] == camps["Third Brigade"] == camps["Hesperin"]
    if outlet in ("Ardinform", "Hill Guard channel"):
        assert camps[outlet] == camps["Ardania" if outlet == "Ardinform" else "Hill Guard"]


def test_what_a_source_says_and_what_the_text_says_are_two_edges(corpus: purport.Corpus) -> None:
    names = {node.name: node.id for node in purport.network(corpus).nodes}
    velmark, guard = names["Velmark"], names["Hill Guard"]

    def documents(**told: str) -> int:
        edges = purport.network(corpus, **told).edges  # type: ignore[arg-type]
        return sum(edge.documents for edge in edges if (edge.holder, edge.target) == (velmark, guard))

    assert documents(vouched_by="outlet") == 6
    assert documents(vouched_by="Hollan Reth") == 3
    assert documents(vouched_by="Mara Denk") == 2
    assert documents(vouched_by="Petra Valk") == 0


def test_nobody_is_an_edge_on_what_is_denied_planned_or_supposed(corpus: purport.Corpus) -> None:
    got = {(holder, target, sign, voucher) for _, holder, target, sign, voucher in found(corpus)}
    assert ("Velmark", "Skerrin", "1", "outlet") not in got  # "would have helped"
    assert ("Hesperin", "Ardania", "1", "Halyard Wire") not in got  # "may help"
    assert not {row for row in got if row[:2] == ("Velmark", "Hill Guard") and row[2] == "-1"}  # "denied that it had"


def test_a_copied_sentence_counts_once_in_a_document_that_is_no_copy(tmp_path: Path) -> None:
    told = "The government of Ardania condemned the government of Velmark for the shelling of the Tamsin bridge."
    texts = {
        "a": ("2031-03-04", f"{told} Flour in the town will last nine days, the baker said."),
        "b": ("2031-03-05", f"{told.upper()} Rain is expected along the coast until the weekend."),
        "c": ("2031-03-06", "Ardania condemned Velmark again on Thursday. Builders found a row of jars."),
    }
    table = tmp_path / "table.csv"
    table.write_text("\n".join(["file,date", *(f"{name}.txt,{day}" for name, (day, _) in texts.items())]))
    for name, (_, text) in texts.items():
        (tmp_path / f"{name}.txt").write_text(text if name != "b" else text.replace(told.upper(), f"{told}  "))
    with purport.open(tmp_path / "store.db") as corpus:
        corpus.add(sorted(tmp_path.glob("?.txt")), metadata=table, workers=1)
        ids = {Path(row.paths[0]).stem: row.id for row in corpus.documents()}
        copies = {tie.document: tie.copies for tie in corpus.standing.ties}
        assert copies == {ids["a"]: ids["a"], ids["b"]: ids["a"], ids["c"]: ids["c"]}
        [edge] = [one for one in purport.network(corpus).edges if one.negative]
        assert (edge.negative, edge.documents, len(edge.ties)) == (2, 2, 3)
        rows = [row._replace(said=0) for row in stance_rows(corpus.store)]
        assert origins_of(StanceColumns.of(rows)) == {}
        with stores.Store(corpus.path, write=True) as store:  # as an earlier build has left it
            store.connection.execute("UPDATE stance SET said = -1")
            assert {row.said for row in stance_rows(store)} == {row.said for row in stance_rows(corpus.store)}
            keep_said(store)
            assert {said for (said,) in store.query("SELECT said FROM stance")} == {
                row.said for row in stance_rows(corpus.store)
            }

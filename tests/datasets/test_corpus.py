"""A dataset answers what the store answers that it is gathered into."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import purport
from purport import Corpus
from purport import store as stores
from purport.corpus.review import REJECT
from purport.datasets import DatasetCorpus, gather, read_dataset
from purport.errors import StoreError, UsageError
from purport.model.document import Metadata
from purport.model.rows import Review
from purport.runtime import extras
from tests.datasets.conftest import files_of, small_dataset

QUESTIONS: dict[str, Callable[[Corpus], Any]] = {
    "statements": lambda corpus: corpus.statements(),
    "all statements": lambda corpus: corpus.statements(all=True, unsaid=True),
    "some statements": lambda corpus: corpus.statements(limit=7),
    "those of an actor": lambda corpus: corpus.statements(by="Denk"),
    "those of an id": lambda corpus: corpus.statements(by=corpus.actors()[1].id),
    "those of a name that takes sides": lambda corpus: corpus.statements(by="the terrorist Stavik", all=True),
    "those about a place": lambda corpus: corpus.statements(about="Skerrin"),
    "those about words": lambda corpus: corpus.statements(about="bread"),
    "words": lambda corpus: corpus.statements(search='"eastern span" shells', all=True),
    "beginnings of words": lambda corpus: corpus.statements(search="shell*"),
    "acts": lambda corpus: corpus.statements(act=["denies", "accuse"]),
    "kinds": lambda corpus: corpus.statements(kind="direct"),
    "blocks": lambda corpus: corpus.statements(kind="block"),
    "an outlet": lambda corpus: corpus.statements(outlet="ardinform"),
    "a month": lambda corpus: corpus.statements(since="2031-03-10", until="2031-03"),
    "a document": lambda corpus: corpus.statements(document="lantern-bridge"),
    "claims": lambda corpus: corpus.claims(),
    "all claims": lambda corpus: corpus.claims(all=True, with_reporting=True),
    "some claims": lambda corpus: corpus.claims(limit=9, since="2031-03-05"),
    "claims of an actor": lambda corpus: corpus.claims(by="Denk", all=True),
    "claims of an outlet": lambda corpus: corpus.claims(by="Ardinform", all=True),
    "claims about a place": lambda corpus: corpus.claims(about="Velmark"),
    "what was done": lambda corpus: corpus.claims(predicate="shell", all=True),
    "what was not done": lambda corpus: corpus.claims(polarity="negative", all=True),
    "how certain it is": lambda corpus: corpus.claims(certainty="CT-", all=True),
    "frames": lambda corpus: corpus.claims(frame="intended", all=True),
    "actors": lambda corpus: corpus.actors(),
    "actors of a type": lambda corpus: corpus.actors(type="role", limit=4),
    "actors called so": lambda corpus: corpus.actors(search="Dénk"),
    "one actor": lambda corpus: corpus.actor("Mara Denk"),
    "its links": lambda corpus: corpus.links("Mara Denk"),
    "names": lambda corpus: list(corpus.names()),
    "documents": lambda corpus: corpus.documents(),
    "outlets": lambda corpus: corpus.outlets(),
    "further fields": lambda corpus: corpus.extra_fields(),
    "records": lambda corpus: list(corpus.records()),
    "a network": lambda corpus: corpus.network(),
    "a network of one outlet": lambda corpus: corpus.network(outlets=["Ardinform"], least=1, directed=False),
    "evidence": lambda corpus: corpus.evidence(sorted(corpus._seen(True).stances().ids)[:12]),
    "what is in it": lambda corpus: replace(corpus.info(), path="", size=0, version=0, kept_in=""),
    "problems": lambda corpus: corpus.problems(),
    "a name that nobody has": lambda corpus: refused(lambda: corpus.statements(by="Nobody Such"), corpus),
    "words that are nowhere": lambda corpus: refused(lambda: corpus.claims(about="xyzzy"), corpus),
    "an outlet that is none": lambda corpus: refused(lambda: corpus.statements(outlet="Ardin"), corpus),
}


def refused(ask: Callable[[], object], corpus: Corpus | None = None) -> str:
    with pytest.raises(UsageError) as told:
        ask()
    return str(told.value).removeprefix(f"{corpus.path}: " if corpus is not None else "")


@pytest.fixture(scope="module")
def pair(example_dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Corpus, Corpus]]:
    """A dataset, and the store that it is gathered into."""
    folder = tmp_path_factory.mktemp("pair")
    dataset = Path(shutil.copytree(example_dataset, folder / "dataset"))
    gather(dataset, folder / "s.db")
    with purport.open(folder / "s.db") as store, purport.open(dataset) as asked:
        assert isinstance(asked, DatasetCorpus)
        yield store, asked


@pytest.mark.parametrize("question", list(QUESTIONS))
def test_it_answers_what_the_store_answers(pair: tuple[Corpus, Corpus], question: str) -> None:
    store, dataset = pair
    wanted = QUESTIONS[question](store)
    assert QUESTIONS[question](dataset) == wanted
    if not isinstance(wanted, str | dict) and question not in ("problems", "further fields"):
        assert len(wanted) if hasattr(wanted, "__len__") else wanted


def test_what_was_left_out_is_told_as_a_store_tells_it(pair: tuple[Corpus, Corpus]) -> None:
    for question in ("those of an actor", "what was done", "claims", "statements"):
        wanted, found = (QUESTIONS[question](one) for one in pair)
        assert vars(wanted) == vars(found)
    assert pair[0].statements(about="bread").note == pair[1].statements(about="bread").note != ""


def test_copies_in_several_shards_are_one_document(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    for number in range(12):
        path = texts / f"{number}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Die Brücke {number % 5} steht noch, sagte Mara Denk. " * 9)
    (texts / "broken.pdf").write_bytes(b"%PDF-1.4")
    table = tmp_path / "table.csv"
    table.write_text(
        "file,outlet,author,published,desk\n1.txt,ARDINFORM,,2031-04,north\n6.txt,Ardinform,Orla Venn,,east\n"
        "11.txt,The Lantern,,2031-04-02,\n3.txt,The Lantern,,2031-05,west\n"
    )
    folder, store = small_dataset(tmp_path / "ds", 400), tmp_path / "s.db"
    done = read_dataset(folder, [texts], metadata=table, told=Metadata(language="de"))
    assert done.planned > 4
    gather(folder, store)
    with purport.open(store) as corpus, DatasetCorpus(folder) as asked:
        assert len(corpus.documents()) == 5
        for question in ("documents", "outlets", "further fields", "problems", "records"):
            assert QUESTIONS[question](asked) == QUESTIONS[question](corpus) != []
        for row in corpus.documents():
            assert asked.rows.sightings(row.id) == corpus.store.sightings(row.id)
        assert replace(asked.info(), path="", size=0, version=0, kept_in="") == replace(
            corpus.info(), path="", size=0, version=0, kept_in=""
        )


def test_what_people_judged_in_a_store_holds_for_the_dataset(pair: tuple[Corpus, Corpus], tmp_path: Path) -> None:
    store, dataset = pair
    path = Path(shutil.copy(store.path, tmp_path / "judged.db"))
    rows = store.statements()
    with stores.Store(path, write=True) as own:
        gone = [
            Review(0, one.id, "attribution", one.document, REJECT, (), 0, "", "Ilin", "", "") for one in rows[2:9:3]
        ]
        assert stores.review(own, gone) == len(gone)
    with purport.open(path) as judged:
        judged.merge("Aurel Stavik", "Ilian Denk", who="Ilin")
        judged.rename("Mara Denk", "Minister Denk", who="Ilin")
    with purport.open(path) as judged, DatasetCorpus(dataset.path, path) as asked:
        for question in ("statements", "claims", "actors", "those of an actor", "a network", "names", "evidence"):
            assert QUESTIONS[question](asked) == QUESTIONS[question](judged), question
        assert len(asked.statements()) == len(rows) - len(gone)
        assert asked.statements(as_found=True) == rows
        assert asked.actor("Minister Denk").name == "Minister Denk"
    with pytest.raises(StoreError):
        DatasetCorpus(dataset.path, tmp_path / "nothing.db")


def test_what_needs_a_store_says_so(pair: tuple[Corpus, Corpus], tmp_path: Path) -> None:
    _, dataset = pair
    for ask in (
        lambda: dataset.stories(),
        lambda: dataset.passages(),
        lambda: dataset.export("csv", tmp_path),
        lambda: dataset.merge("Mara Denk", "Ilian Denk"),
        lambda: dataset.rename("Mara Denk", "Minister Denk"),
    ):
        assert "make a store of it: purport gather" in refused(ask)
    assert "read into it with" in refused(lambda: dataset.add([tmp_path]))
    assert "no document" in refused(lambda: dataset.record("0" * 16))
    assert dataset.verify() == dataset.quick_check() == []


def test_nothing_is_written_where_the_tables_are_there(pair: tuple[Corpus, Corpus]) -> None:
    path = pair[1].path
    before = files_of(path / "tables")
    with purport.open(path) as again:
        assert len(again.statements()) == len(pair[0].statements())
    assert files_of(path / "tables") == before


def test_without_the_extra_it_is_one_line(example_dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(extras, "import_module", missing)
    with purport.open(example_dataset) as asked, pytest.raises(UsageError, match=r"pip install 'purport\[cluster\]'"):
        asked.statements()


@pytest.mark.parametrize(
    "name",
    ["Mara Denk", "Denk", "denk", "Velmark", "Foreign Ministry", "Ministry", "the guard", "Reth", "nobody at all", "…",
     "Minister Denk", "0123456789abcdef", "Skerrin"],
)  # fmt: skip
def test_who_is_meant_by_a_name_is_told_by_the_tables_as_by_all_actors(
    example_dataset: Path, example_store: Path, name: str
) -> None:
    def meant(corpus: Corpus) -> object:
        try:
            return corpus.standing.find(name)
        except UsageError as error:
            return str(error)

    with DatasetCorpus(example_dataset) as one, purport.open(example_store) as other:
        assert meant(one) == meant(other)


@pytest.mark.parametrize(
    "name", ["Denk", "Velmark", "Mara Denk", "Ministry", "guard", "Reth", "nobody at all", "Ardania"]
)
def test_an_actor_and_its_links_are_those_of_the_store(example_dataset: Path, example_store: Path, name: str) -> None:
    def told(corpus: Corpus) -> object:
        try:
            return corpus.dominant(name), list(corpus.links(name))
        except UsageError as error:
            return str(error)

    with DatasetCorpus(example_dataset) as one, purport.open(example_store) as other:
        assert told(one) == told(other)
        assert "_all_actors" not in vars(one)


def test_a_network_is_made_of_the_tables_alone(example_dataset: Path, example_store: Path) -> None:
    with DatasetCorpus(example_dataset) as one, purport.open(example_store) as other:
        names = [row.name for row in other.actors(limit=8)] + ["outlet"]
        for name in names:
            assert one.network(vouched_by=[name]) == other.network(vouched_by=[name])
        ties = [tie for edge in other.network().edges for tie in edge.ties][:40]
        assert list(one.evidence(ties)) == list(other.evidence(ties))
        assert "_all_actors" not in vars(one)
        first = other.actors(limit=1)[0]
        assert one.standing.find(first.id) == one.standing.find(first.id[:7]) == other.standing.find(first.name)

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import purport
from purport.corpus.actors import Cast
from purport.errors import UsageError
from purport.export.brat import read_standoff
from purport.export.formats import EXPORTS, Material
from purport.export.tables import documents_table, statements_table
from purport.model.document import Metadata
from purport.model.record import Record
from purport.model.rows import Actor, ActorLink, Claim, DocumentRow, QuotationTelling, Statement
from purport.store import Sighting, Store, claims, documents, statements
from tests.made import TEXT, record

FORMULA = '=HYPERLINK("http://evil.example","Denk")'


@pytest.fixture(scope="module")
def corpus(example_store: Path) -> Iterator[purport.Corpus]:
    with purport.open(example_store) as opened:
        yield opened


def test_jsonl_has_the_names_of_the_design(corpus: purport.Corpus, tmp_path: Path) -> None:
    (path,) = corpus.export("jsonl", tmp_path)
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]
    assert [one["document"]["id"] for one in records] == sorted(row.id for row in corpus.documents())
    for told, kept in zip(records, corpus.records(), strict=True):
        assert set(told) >= {"document", "attributions", "run"}
        names = {"id", "text", "outlet", "title", "author", "published", "url", "sha256"}
        assert set(told["document"]) >= names
        assert told["document"]["text"] == kept.document.text
        for one, found in zip(told["attributions"], kept.attributions, strict=True):
            parts = {"source", "cue", "content"}
            names = {"id", "kind", "act", "inside", "holder", "confidence", *parts}
            more = {name for name in ("imputed", "reason") if getattr(found, name)}
            assert set(one) == names | more
            for part in parts:
                words = [told["document"]["text"][start:end] for start, end in one[part]]
                assert " … ".join(words) == kept.text(getattr(found, part))
            assert one["inside"] is None or one["inside"] in {other["id"] for other in told["attributions"]}
        vouchers = {other["id"] for other in told["attributions"]} | {None}
        names = {"id", "predicate", "subject", "object", "triples", "certainty", "held", "endorsed", "frame", "voucher"}
        for claim, kept_claim in zip(told["propositions"], kept.propositions, strict=True):
            assert set(claim) >= names | {"chain", "time", "place", "confidence"}
            assert claim["voucher"] in vouchers
            assert {held["by"] for held in claim["held"]} <= vouchers
            assert claim["held"][0] == {"by": claim["voucher"], "certainty": claim["certainty"]}
            assert all(len(triple) == 3 and all(triple) for triple in claim["triples"])
            assert bool(claim["chain"]) == (claim["voucher"] is not None)
            for part in ("predicate", "subject", "object"):
                words = [told["document"]["text"][start:end] for start, end in claim[part]]
                assert " … ".join(words) == kept.text(getattr(kept_claim, part))
        assert told["run"]["version"] == purport.__version__


def test_csv_is_read_by_a_program_and_run_by_none(tmp_path: Path) -> None:
    hostile = [
        FORMULA,
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "a\rb",
        'q"uote',
        "a,b",
        "nul\x00",
        "＝1",
        "\n=1",
        "x\r\ny",
    ]
    with Store(tmp_path / "made.db", write=True) as store:
        for number, words in enumerate(hostile):
            told = Metadata(outlet=words, title=words, author=words, url=words, published="2031")
            store.add(record(f"{TEXT}Note {number}."), Sighting(f"{words}/{number}.txt", "", told))
    with purport.open(tmp_path / "made.db") as corpus:
        kinds: tuple[tuple[Sequence[object], type], ...] = (
            (corpus.documents(), DocumentRow),
            (corpus.statements(all=True), Statement),
            (corpus.claims(all=True), Claim),
        )
        *written, actors, links, stories, passages, quotations = corpus.export("csv", tmp_path / "out")
        for path, (rows, kind) in zip(written, kinds, strict=True):
            with path.open(encoding="utf-8", newline="") as file:
                header, *cells = csv.reader(file, strict=True)
            assert header == [field.name for field in fields(kind)]
            assert len(cells) == len(rows) == len(hostile)
            assert {len(row) for row in cells} == {len(header)}
            for row in cells:
                assert not [cell for cell in row if cell[:1] in tuple("=+-@\t\r\n＝＋－＠") and cell]
            outlets = {row[header.index("outlet")] for row in cells}
            assert {f"'{FORMULA}", "a\nb", 'q"uote', "nul\ufffd", "a,b"} <= outlets
        assert len(stories.read_text().splitlines()) > len(hostile)
        with passages.open(encoding="utf-8", newline="") as file:
            assert len(list(csv.DictReader(file))) == len(corpus.passages())
        for path, kind in ((actors, Actor), (links, ActorLink), (quotations, QuotationTelling)):
            assert path.read_text().splitlines() == [",".join(field.name for field in fields(kind))]


def test_parquet_is_the_arrow_table(corpus: purport.Corpus, tmp_path: Path) -> None:
    first, second, third, fourth, fifth, *further = corpus.export("parquet", tmp_path)
    stories, passages, quotations = (pq.read_table(path) for path in further)
    assert stories["document"].to_pylist() == [id for row in corpus.stories(all=True) for id in row.documents]
    assert passages.to_pylist() == [asdict(one) for one in corpus.passages()]
    assert set(quotations["quotation"].to_pylist()) == {row.quotation.id for row in corpus.quotations()}
    assert quotations.schema.field("other_speaker").type == pa.bool_()
    assert pq.read_table(fourth).equals(corpus.actors().to_arrow())
    assert set(pq.read_table(fifth)["actor_id"].to_pylist()) >= {row.id for row in corpus.actors()}
    assert pq.read_table(first).equals(corpus.documents_table())
    assert pq.read_table(second).equals(corpus.statements(unsaid=True, all=True).to_arrow())
    assert pq.read_table(third).equals(corpus.claims(with_reporting=True, all=True).to_arrow())
    assert len(corpus.claims(all=True).to_pandas()) > 500
    frame = corpus.statements().to_pandas()
    assert len(frame) == len(corpus.statements()) > 200
    one = corpus.statements()[0]
    assert frame["content"][0] == one.content
    assert [list(pair) for pair in frame["content_spans"][0]] == [[s.start, s.end] for s in one.content_spans]
    assert statements_table([]).num_rows == documents_table([]).num_rows == 0


def test_brat_is_a_text_and_its_places_for_each_document(corpus: purport.Corpus, tmp_path: Path) -> None:
    written = corpus.export("brat", tmp_path)
    assert len(written) == 2 * 22 == len(list(tmp_path.iterdir()))
    texts = {one.document.text.encode(): one for one in corpus.records()}
    for path in written:
        if path.suffix == ".txt":
            found = texts.pop(path.read_bytes())
            places = read_standoff(path.with_suffix(".ann").read_text(encoding="utf-8"))
            assert len(places) == len(found.attributions)
    assert texts == {}
    assert (tmp_path / "halyard-bridge.ann").exists()
    assert (tmp_path / "posts-1.txt").exists()


def test_a_folder_or_format_that_cannot_be_is_refused(corpus: purport.Corpus, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "taken" / "records.jsonl").mkdir(parents=True)
    for format, folder in (
        ("xml", "x"),
        ("jsonl", "file"),
        ("jsonl", "file/x"),
        ("jsonl", "taken"),
        ("csv", "x" * 300),
    ):
        with pytest.raises(UsageError) as refused:
            corpus.export(format, tmp_path / folder)
        assert "\n" not in str(refused.value)


@pytest.mark.parametrize("format", EXPORTS)
def test_an_export_that_fails_leaves_what_was_there(tmp_path: Path, format: str) -> None:
    def failing(rows: list[object]) -> Iterator[object]:
        yield from rows
        raise RuntimeError("in the middle")

    with Store(tmp_path / "made.db", write=True) as store:
        store.add(record(), Sighting("a.txt"))
        cast = Cast.of(store)
        whole = Material(
            store.records,
            lambda: documents(store),
            lambda: statements(store),
            lambda: claims(store),
            cast.actors,
            cast.all_links,
        )
        out = tmp_path / "out"
        out.mkdir()
        before = {path: path.read_bytes() for path in EXPORTS[format](whole, out)}
        rows = (
            [*store.records()],
            [*documents(store)],
            [*statements(store)],
            [*claims(store)],
            [*cast.actors()],
            [*cast.all_links()],
        )
        broken = Material(*(lambda rows=some: failing(rows) for some in rows))  # type: ignore[arg-type]
        with pytest.raises(RuntimeError):
            EXPORTS[format](broken, out)
        assert {path: path.read_bytes() for path in out.iterdir()} == before


KILLED = """
import os, signal, sys
from pathlib import Path
from purport.export.formats import EXPORTS, Material
from tests.made import record
def records():
    for n in range(2000):
        yield record()
    os.kill(os.getpid(), signal.SIGKILL)
EXPORTS["jsonl"](Material(records, list, list, list, list, list), Path(sys.argv[1]))
"""


def test_an_export_that_is_killed_leaves_no_half_file(tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").write_text("before\n")
    root = Path(__file__).parent.parent.parent
    done = subprocess.run([sys.executable, "-c", KILLED, tmp_path], cwd=root, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    assert (tmp_path / "records.jsonl").read_text() == "before\n"
    (left,) = (path for path in tmp_path.iterdir() if path.name != "records.jsonl")
    assert left.name.startswith(".")
    with purport.open(tmp_path / "made.db") as corpus:
        with Store(corpus.path, write=True) as store:
            store.add(record(), Sighting("a.txt"))
        corpus.export("jsonl", tmp_path)
    assert not left.exists()
    assert os.path.getsize(tmp_path / "records.jsonl") > 100  # noqa: PTH202


def test_what_a_writer_adds_meanwhile_is_not_in_an_export(tmp_path: Path) -> None:
    """An export is of one moment: documents, records and statements agree."""
    path = tmp_path / "made.db"
    with Store(path, write=True) as store:
        store.add(record(), Sighting("a.txt"))
        with purport.open(path) as corpus:
            inner = corpus.store.records

            def records() -> Iterator[Record]:
                store.add(record(f"{TEXT}Added meanwhile."), Sighting("b.txt"))
                yield from inner()

            corpus.store.records = records  # type: ignore[method-assign]
            assert len(corpus.export("brat", tmp_path / "out")) == 2
        assert len(store.ids()) == 2

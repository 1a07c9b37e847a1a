from __future__ import annotations

from pathlib import Path

import pytest

import purport
from tests.conftest import EXAMPLES


def test_a_text_yields_its_record() -> None:
    text = "The minister denied that the bridge had been hit."
    record = purport.read_text(text, outlet="Ardinform", published="2 April 2031")
    (one,) = record.attributions
    assert (record.text(one.source), one.act, record.text(one.content)) == (
        "The minister",
        "deny",
        "that the bridge had been hit",
    )
    assert record.document.metadata == purport.Metadata(outlet="Ardinform", published="2031-04-02")
    assert purport.read_text(text).document.id == record.document.id


@pytest.mark.parametrize("text", ["", "   ", "123", "half a \ud800 pair", "\ufeffDenk said so.", "\x00"])
def test_a_text_that_is_none_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(purport.ReadError) as refused:
        purport.read_text(text)
    assert "\n" not in str(refused.value)


def test_offsets_are_those_of_the_text_itself() -> None:
    text = "😀\r\nMara Denk said:\r\n\r\n“It fell.”\u2028e\u0301\n"
    assert purport.read_text(text).document.text == text


def test_a_file_yields_its_record_and_one_of_many_documents_does_not() -> None:
    record = purport.read(EXAMPLES / "corpus" / "halyard" / "halyard-bridge.txt", outlet="Halyard Wire")
    assert record.document.metadata.outlet == "Halyard Wire"
    assert record.attributions
    with pytest.raises(purport.ReadError, match="holds 3 documents"):
        purport.read(EXAMPLES / "corpus" / "hill-guard" / "posts.jsonl")
    with pytest.raises(purport.ReadError, match="cannot be opened"):
        purport.read("missing.txt")
    for text in ("Orrin Sel said no.\nHe left.", "Orrin Sel said no. " * 500):
        with pytest.raises(purport.ReadError, match="read_text"):
            purport.read(text)
    with pytest.raises(purport.UsageError):
        purport.read(EXAMPLES / "corpus" / "halyard" / "halyard-bridge.txt", published="soon")


def test_a_corpus_is_asked(example_store: Path) -> None:
    with purport.open(example_store) as corpus:
        rows = corpus.statements(by="Corvane")
        assert 0 < len(rows) < len(corpus.statements())
        assert isinstance(rows[:1], purport.Statements)
        assert rows[0] == next(iter(rows))
        first = corpus.documents()[0]
        assert corpus.find(first.id) == corpus.find(first.id[:6]) == first.id
        name = corpus.find("halyard-bridge")
        assert (
            name
            == corpus.find("halyard-bridge.txt")
            == corpus.find(str(EXAMPLES / "corpus/halyard/halyard-bridge.txt"))
        )
        assert corpus.record(name).document.id == name
        for called, reason in (
            ("nobody", "no document is called"),
            ("", "no document"),
            ("posts", "3 documents are called"),
        ):
            with pytest.raises(purport.UsageError, match=reason):
                corpus.find(called)
        for row in corpus.statements():
            text = corpus.record(row.document).document.text if row.document == name else ""
            for words, spans in ((row.source, row.source_spans), (row.content, row.content_spans)) if text else ():
                assert words == " … ".join(" ".join(span.of(text).split()) for span in spans)


def test_a_store_that_is_not_there_is_made_by_adding(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Reth said no.")
    for name in ("new.db", "empty.db"):
        path = tmp_path / name
        if name == "empty.db":
            path.touch()
        with purport.open(path) as corpus:
            with pytest.raises(purport.StoreError, match="there is no store here"):
                corpus.documents()
            assert corpus.add([tmp_path / "a.txt"]).new == 1
            assert len(corpus.documents()) == 1
        corpus.close()
    with purport.open(tmp_path / "new.db") as corpus, pytest.raises(purport.UsageError, match="takes a list"):
        corpus.add(str(tmp_path / "a.txt"))


def test_the_public_names_are_there() -> None:
    for name in purport.__all__:
        assert getattr(purport, name) is not None
    assert sorted(purport.__all__) == purport.__all__


def test_a_document_within_a_file_is_found_by_the_name_of_the_file(tmp_path: Path) -> None:
    mail = "From: Ada <ada@velmark.example>\nSubject: Dam\n\nDenk denied that the dam had burst.\n"
    (tmp_path / "note.eml").write_text(mail, encoding="utf-8")
    with purport.open(tmp_path / "s.db") as corpus:
        corpus.add([tmp_path / "note.eml"], workers=1)
        assert corpus.find("note.eml") == corpus.documents()[0].id

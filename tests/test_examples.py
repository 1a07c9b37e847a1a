"""The example corpus: its gold is what its sources say, and purport reads exactly the gold texts."""

from __future__ import annotations

from examples.check_gold import differences
from examples.make_corpus import gold, made, sources
from purport.model.vocabulary import ACTS


def test_files_are_what_the_sources_make() -> None:
    # The bytes of DOCX and PDF also depend on the versions of the libraries that write them.
    stale = [path.name for path, data in made() if path.suffix not in (".docx", ".pdf") and path.read_bytes() != data]
    assert stale == []


def test_purport_reads_the_gold_texts() -> None:
    assert differences() == []


def test_acts_and_numbers() -> None:
    for source in sources():
        found = gold(source)
        assert [one.attribution.number for one in found] == list(range(1, len(found) + 1)), source.stem
        assert {one.attribution.act for one in found} <= ACTS, source.stem
        for one in found:
            spans = (*one.attribution.source, *one.attribution.cue, *one.attribution.content)
            words = [source.text[start:end] for start, end in spans]
            assert all(word == word.strip() and "\n" not in word for word in words), (source.stem, words)

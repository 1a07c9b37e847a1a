from __future__ import annotations

import string
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from purport import Block, Document, SourceMap, Span, read_text
from purport.analyse import parse, sections
from purport.analyse.parser import english
from purport.analyse.parser.english import LONGEST, WORDS
from purport.extract.attribution.find import attributions
from purport.model.document import Segment, Unit, trimmed


def document(text: str) -> Document:
    whole = trimmed(text, 0, len(text))
    blocks = (Block(whole),) if whole else ()
    return Document(text, blocks, SourceMap(Unit.LINE, (Segment(0, 1, 0),), "utf-8"), "text", text.encode())


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=string.ascii_letters + " .,\r\n\u00a0“”’é😀\u0301\u200bالسد", max_size=80))
def test_tokens_are_words_of_the_text_in_order(text: str) -> None:
    analysis = parse(document(text))
    last = 0
    for number, token in enumerate(analysis.tokens):
        assert token.i == number
        assert last <= token.start < token.end <= len(text)
        assert analysis.sentences[token.sentence].first <= token.i < analysis.sentences[token.sentence].last
        assert analysis.tokens[token.head].sentence == token.sentence
        last = token.end


def test_no_sentence_spans_two_blocks() -> None:
    text = "The road to Skerrin\n\nThe minister spoke"
    blocks = (Block(Span(0, 19)), Block(Span(21, 39)))
    analysis = parse(Document(text, blocks, SourceMap(Unit.LINE, (Segment(0, 1, 0),), "utf-8"), "text", text.encode()))
    assert [s.block for s in analysis.sentences] == [0, 1]


def test_a_very_long_block_is_cut_at_a_stop() -> None:
    text = "The dam is safe. " * (2 * LONGEST // 17 + 10)
    analysis = parse(document(text))
    ends = {analysis.word(s.last - 1) for s in analysis.sentences}
    assert ends == {"."}


def test_a_very_long_sentence_is_cut_at_a_mark() -> None:
    analysis = parse(document("towns and roads, " * WORDS))
    sizes = [s.last - s.first for s in analysis.sentences]
    assert sum(sizes) == len(analysis.tokens) == 4 * WORDS
    assert max(sizes) <= WORDS < 2 * min(sizes[:-1])
    assert {analysis.word(s.last - 1) for s in analysis.sentences} == {","}
    for token in analysis.tokens:
        assert analysis.tokens[token.head].sentence == token.sentence
        assert token.dep != "ROOT" or token.head == token.i


def test_lemmas_that_the_pipeline_gets_wrong_are_mended() -> None:
    analysis = parse(document("She hopes and hoped that the frog hopped."))
    assert [t.lemma for t in analysis.tokens if t.pos == "VERB"] == ["hope", "hope", "hop"]


def test_sections_are_the_whole_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join(f"Denk said on day {n} that the dam was safe. “It holds,” she said." for n in range(40))
    whole = read_text(text, language="en").document
    monkeypatch.setattr(english, "SECTION", 500)
    parts = list(sections(whole))
    assert len(parts) > 2
    assert [t[1:3] for part in parts for t in part.tokens] == [t[1:3] for t in parse(whole).tokens]
    # The tagger is shown what stands around a sentence, which such short sections cut off; the rules are not.
    found = [one for part in parts for one in attributions(replace(part, tagged=None))]
    assert found == list(attributions(parse(whole, tagger=False)))


def test_a_section_does_not_begin_amid_a_quotation(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join(["“The dam is safe, and it was safe when it was built by our fathers."] * 8)
    document = read_text(text, language="en").document
    monkeypatch.setattr(english, "SECTION", 300)
    assert len(list(sections(document))) == 1


def test_a_block_too_long_for_one_section_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Denk said that the dam was safe. " * 600
    document = read_text(text, language="en").document
    monkeypatch.setattr(english, "LONGEST", 4_000)
    monkeypatch.setattr(english, "SECTION", 2_000)
    parts = list(sections(document))
    assert len(parts) > 2
    found = [one for part in parts for one in attributions(part)]
    assert len({one.id for one in found}) == len(found) == 600


def test_the_pipelines_own_tokenizer_is_that_of_the_language() -> None:
    ours: Any = english._pipeline().tokenizer
    theirs: Any = spacy.load(english.PIPELINE, exclude=["ner"]).tokenizer
    assert ours.rules == theirs.rules
    for told in ("prefix_search", "suffix_search", "infix_finditer", "url_match"):
        assert getattr(ours, told).__self__ == getattr(theirs, told).__self__
    assert ours.token_match == theirs.token_match


def test_the_command_line_of_spacy_is_not_loaded_and_works_where_it_is_asked_for() -> None:
    code = (
        "import sys; from purport.analyse.parser import english; english._pipeline(); "
        "print('spacy.cli' in sys.modules, 'requests' in sys.modules); "
        f"import spacy; print(spacy.info({english.PIPELINE!r}, silent=True)['lang'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "en"]

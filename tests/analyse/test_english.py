from __future__ import annotations

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from purport import Block, Document, SourceMap, Span
from purport.analyse import parse
from purport.analyse.english import LONGEST
from purport.document import Segment, Unit, trimmed


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


def test_lemmas_that_the_pipeline_gets_wrong_are_mended() -> None:
    analysis = parse(document("She hopes and hoped that the frog hopped."))
    assert [t.lemma for t in analysis.tokens if t.pos == "VERB"] == ["hope", "hope", "hop"]

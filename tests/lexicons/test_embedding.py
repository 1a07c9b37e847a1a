from __future__ import annotations

import pytest

import purport
from purport.extract.factuality.evaluate import Factuality
from purport.lexicons.embedding import EmbeddingRow, embeddings, parse_embeddings
from purport.lexicons.nominals import NominalRow, nominals, parse_nominals
from purport.syntax.phrases import Parse
from tests.ruled import analysed


def test_there_are_many_and_each_has_its_example() -> None:
    assert len(embeddings()) >= 200
    assert all(row.example.count("[E:") == 1 for row in embeddings())


@pytest.mark.parametrize("row", embeddings(), ids=lambda row: f"{row.lemma} ({row.pos}) {','.join(sorted(row.takes))}")
def test_the_example_comes_out_as_the_row_says(row: EmbeddingRow) -> None:
    before, marked = row.example.split("[E:")
    word, after = marked.split("]", 1)
    text = before + word + after
    analysis = analysed(text)
    parse = Parse(analysis)
    index = next(token.i for token in analysis.tokens if token.start == len(before))
    assert parse.lower(index) == word.lower()
    outlook = Factuality(analysis).outlook(index)
    expected = row.affirmed if "will" not in text.split() else 0
    assert outlook.certainty == expected
    assert outlook.frame == row.frame or row.presupposed or "will" in text.split()


@pytest.mark.parametrize("row", nominals().values(), ids=lambda row: row.lemma)
def test_a_noun_for_an_act_is_a_proposition(row: NominalRow) -> None:
    record = purport.read_text(row.example, language="en")
    assert any(record.text(one.predicate).lower().startswith(row.lemma[:6]) for one in record.propositions)


@pytest.mark.parametrize(
    "line, message",
    [
        ("able\tadj\tto\ts+\t-", "7 columns"),
        ("able\tadv\tto\ts+\t-\tplain\tHe [E:is].", "'adv'"),
        ("able\tadj\tto\t?\t-\tplain\tHe [E:is].", "'\\?'"),
        ("able\tadj\tto\ts+\t-\tplain\tHe is.", "no example"),
        ("able\tadj\tto\ts+\t-\tplain\tHe [E:is].\nable\tadj\tto\ts+\t-\tplain\tHe [E:is].", "repeated"),
    ],
)
def test_a_malformed_row_is_named(line: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"embedding.tsv, line .*{message}"):
        parse_embeddings(line)


def test_a_malformed_noun_is_named() -> None:
    with pytest.raises(ValueError, match=r"nominals.tsv, line 2: .*out of order"):
        parse_nominals("siege\tof\tThe siege.\nraid\ton\tThe raid.")
    with pytest.raises(ValueError, match="3 columns"):
        parse_nominals("siege\tof")

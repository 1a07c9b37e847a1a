from __future__ import annotations

import pytest

import purport
from purport.extract.factuality.evaluate import Factuality
from purport.lexicons.embedding import EmbeddingRow, embeddings
from purport.lexicons.nominals import NominalRow, nominals
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

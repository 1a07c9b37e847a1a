"""The table of what words do by being said: each row's example does its act, its near miss does not."""

from __future__ import annotations

import re

import pytest

from purport.extract.attribution.in_its_words import by_table, sentences
from purport.lexicons.performed import PerformedRow, performed


def acts(text: str) -> set[str | None]:
    quoted = re.findall(r"“(.+?)”", text.replace("[", "").replace("]", ""))
    return {by_table(words, question=question) for words, question in sentences(" ".join(quoted))}


@pytest.mark.parametrize("row", performed(), ids=lambda row: f"{row.act}: {row.words}")
def test_each_row_does_its_act_and_not_more(row: PerformedRow) -> None:
    assert row.act in acts(row.example)
    assert row.act not in acts(row.near_miss)
    marked = re.findall(r"\[(.+?)\]", row.example)
    assert len(marked) == 1
    told = sentences(marked[0])
    assert len(told) == 1
    assert row.pattern.search(f"{told[0][0]} "), "what is marked is what the row asks for"


def test_sentences_are_read_without_marks_and_short_forms() -> None:
    said = "“I can’t say. We’re late: Won't you come, Reth?”"
    assert sentences(said) == [("i can not say", False), ("we are late", False), ("will not you come reth", True)]


def test_what_is_negated_or_supposed_does_nothing() -> None:
    assert acts("“I am not at all sorry for it.”") == {None}
    assert acts("“If it is not for sale, keep it.”") == {None}
    assert acts("“Never say that you have my word.”") == {None}

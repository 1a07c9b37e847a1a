"""Which places count: a surname alone, where one whole name alone has it."""

from __future__ import annotations

from bench.surnames import frequent, places


def test_a_surname_counts_where_one_whole_name_alone_has_it() -> None:
    text = "Mara Kest left. Kest said no. Mr. Kest and Kest Bank met. Ms. Kest's aide stayed."
    assert [text[at : at + 4] for at in places(text, "Mara Kest")] == ["Kest"] * 3
    assert places(text + " Olga Kest came.", "Mara Kest") == []
    assert places("Kest said no.", "Mara Kest") == []


def test_those_in_most_texts_come_first() -> None:
    texts = ["Mara Kest", "Mara Kest and Ivo Orn", "Ivo Orn", "Mara Kest"]
    assert frequent(texts, ["Ivo Orn", "Mara Kest", "Kest"]) == ["Mara Kest", "Ivo Orn"]

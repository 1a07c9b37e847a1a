from __future__ import annotations

from bench import openie


def test_a_tuple_is_its_own_best_match() -> None:
    one = ("was sold to", "the railway", "Dave Johnson", "in 1987")
    assert openie.carb_match(one, one) == (1.0, 1.0)
    figures = openie.carb({"s": [one]}, {"s": [one]})
    assert (figures.precision, figures.recall, figures.f1) == (1.0, 1.0, 1.0)


def test_carb_counts_words_and_matches_once() -> None:
    gold = ("sold", "the railway", "a bridge")
    assert openie.carb_match(gold, ("sold", "the old railway", "a bridge")) == (5 / 6, 1.0)
    assert openie.carb_match(gold, ("bought", "the railway", "a bridge")) == (0.0, 0.0)
    twice = openie.carb({"s": [gold]}, {"s": [gold, gold]})
    assert (twice.precision, twice.recall) == (0.5, 1.0)


def test_who_says_may_stand_behind_what_is_said() -> None:
    assert openie.carb_match(("said", "Denk", "it rains"), ("said", "it rains", "Denk")) == (1.0, 1.0)


def test_wire_wants_a_word_in_each_part() -> None:
    gold: openie.WireTuple = (["Denk"], ["closed"], ["the", "gate"], [["at", "noon"]])
    assert openie.wire_match(gold, (["Denk"], ["closed"], ["the", "gate"], [])) == (1.0, 4 / 6)
    assert openie.wire_match(gold, (["Denk"], ["opened"], ["the", "gate"], [])) is None


def test_what_is_found_is_in_the_sentence() -> None:
    found = openie.extracted("Velmark shelled the bridge and the dam in March .")
    assert ("shelled", "Velmark", "the bridge", "in March") in found
    assert ("shelled", "Velmark", "the dam", "in March") in found

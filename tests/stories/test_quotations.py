"""Quotations that travel: which are one, what was left out or altered, and who had them first."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.stories.quotations import Quoted, Telling, Travelling, marked, quotations

FULL = "We will not open the gates of the Orrin dam before the river falls, and nobody will order us to do it."


def quoted(document: str, *pieces: str, speaker: str = "p1", name: str = "Mara Denk", day: str = "") -> Quoted:
    """Words of a document, whose pieces stand a hundred code points apart."""
    places = [(100 * number, words) for number, words in enumerate(pieces)]
    return Quoted.of(document, places, f"s-{document}", speaker=speaker, name=name, published=day)


def beside_full(*pieces: str, **known: str) -> Telling:
    """How words are told beside the full quotation."""
    [one] = quotations([quoted("a", FULL, day="2031-03-04"), quoted("b", *pieces, day="2031-03-05", **known)])
    return one.tellings[1]


@pytest.mark.parametrize(
    "words, how",
    [
        (FULL, "whole"),
        (FULL.upper().replace(",", " –"), "whole"),
        ("We will not open the gates of the Orrin dam", "trimmed"),
        ("We will not open the gates … before the river falls", "trimmed"),
        ("We will not open the gates ... before the river falls", "trimmed"),
        ("We [the keepers] will not open the gates of the Orrin dam", "trimmed"),
        ("nobody will order us to do it", "trimmed"),
        ("We will open the gates of the Orrin dam before the river falls", "altered"),
        ("We will not open the gates of the Orrin dam before the flood falls", "altered"),
        ("nobody will ever order us to do it", "altered"),
    ],
)
def test_how_a_quotation_is_told(words: str, how: str) -> None:
    assert beside_full(words).how == how


@pytest.mark.parametrize(
    "words, shown",
    [
        ("We will open the gates of the Orrin dam", "We will [-not-] open the gates of the Orrin dam"),
        ("We will never open the gates of the Orrin dam", "We will [-not-]{+never+} open the gates of the Orrin dam"),
        ("nobody will order us to do it, ever", "nobody will order us to do it, {+ever+}"),
    ],
)
def test_changes_are_marked(words: str, shown: str) -> None:
    assert marked(beside_full(words)) == shown


def test_a_change_has_its_place_in_the_document() -> None:
    telling = beside_full("We will not open the gates", "of the Orrin dam before the flood falls")
    [change] = telling.changes
    assert (change.start, change.end, change.here, change.there) == (128, 133, "flood", "river")
    assert (telling.quoted.start, telling.quoted.end) == (0, 139)


def test_another_speaker_is_told_and_a_surname_alone_is_none() -> None:
    assert beside_full(FULL, speaker="p2", name="Orlo Reth").other_speaker
    assert not beside_full(FULL, speaker="p2", name="Denk").other_speaker
    assert not beside_full(FULL, speaker="", name="").other_speaker


@pytest.mark.parametrize(
    "words",
    [
        "We will not do it",  # too short to be anybody's
        "They will not close the road to the mill before the snow falls",
        "Something else was said about the weather today",
    ],
)
def test_other_words_are_another_quotation(words: str) -> None:
    assert quotations([quoted("a", FULL), quoted("b", words)]) == []


def test_one_document_alone_is_no_travelling() -> None:
    assert quotations([quoted("a", FULL), quoted("a", FULL + " So be it.")]) == []


def test_a_fragment_is_found_in_a_speech() -> None:
    speech = " ".join(f"word{number} of the opening" for number in range(400)) + " " + FULL + " Thank you all."
    [one] = quotations([quoted("speech", speech), quoted("news", "nobody will order us to do it")])
    assert {telling.quoted.document: telling.how for telling in one.tellings} == {
        "speech": "fullest",
        "news": "trimmed",
    }


@pytest.mark.parametrize(
    "days, first",
    [
        (("2031-03-04", "2031-03-05"), "a"),
        (("2031-03-06", "2031-03-05"), "b"),
        (("2031-03-04", "2031-03-04"), None),
        (("2031-03-04", ""), None),
    ],
)
def test_who_had_it_first(days: tuple[str, str], first: str | None) -> None:
    [one] = quotations([quoted("a", FULL, day=days[0]), quoted("b", FULL, day=days[1])])
    assert one.first == first


def test_a_fixed_phrase_of_very_many_is_none() -> None:
    assert quotations([quoted(f"d{number}", "thank you for your kind attention today") for number in range(100)]) == []


def test_the_same_few_words_again_and_again_are_none() -> None:
    round_and_round = " ".join(["north", "south", "bridge"] * 700)
    assert quotations([quoted("a", round_and_round), quoted("b", round_and_round)]) == []


_LINES = st.lists(st.sampled_from([*FULL.split(), "never", "[we]", "…", "..."]), min_size=1, max_size=25)


@given(st.lists(_LINES, min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_the_order_does_not_matter_and_places_hold(lines: list[list[str]], mixed: random.Random) -> None:
    every = [quoted(f"d{number}", " ".join(line)) for number, line in enumerate(lines)]
    found = quotations(every)
    mixed.shuffle(every)
    assert quotations(every) == found
    for one in found:
        _holds(one)


def _holds(one: Travelling) -> None:
    assert sum(telling.how == "fullest" for telling in one.tellings) == 1
    for telling in one.tellings:
        for change in telling.changes:
            assert telling.quoted.text[change.start : change.end] == change.here
            assert change.here or change.there

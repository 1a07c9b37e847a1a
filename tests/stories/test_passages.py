"""Passages planted in other texts, with words changed, are found at their places."""

from __future__ import annotations

import random
import time

import pytest

from purport.stories import Passage, StoryText, passages

SENTENCES = (
    "Eleven shells fell on the eastern span between five and six in the morning and cut the road to the valley.",
    "A senior official who asked not to be named said the army had moved two batteries to the north bank earlier.",
    "Observers could not confirm who had opened the sluice, though two drivers told them that a wheel was turning.",
    "The prisoners crossed on the old ferry, five for four, while their mothers waited behind a rope on the landing.",
    "Nobody in the capital would say whether the plan had ever been written down, or shown to a single general.",
    "Flour in the town will last nine days, the baker said, and after that people must walk across the frozen marsh.",
    "The envoy read out four points, put the paper back into his coat, and asked both sides to think until evening.",
    "Farmers below the dam lost their seed corn, their goats and a school that had been painted only last summer.",
)
FILLER = (
    "Tickets for the cup are sold out.",
    "A new library opens on Friday beside the old market hall.",
    "Rain is expected along the coast until the weekend, with strong winds later.",
    "The orchestra will play three concerts, all of them free for pupils.",
    "Builders found a row of Roman jars under the railway station.",
    "Beekeepers report a poor spring and ask for sugar at a lower price.",
)


def changed(sentence: str, seed: int) -> str:
    """The sentence with two of its words replaced and one cut."""
    words = sentence.split()
    chance = random.Random(seed)
    for place, instead in zip(
        sorted(chance.sample(range(2, len(words) - 2), 3), reverse=True), ("indeed", "", "quite"), strict=True
    ):
        words[place : place + 1] = [instead] if instead else []
    return " ".join(words)


def around(sentence: str, seed: int) -> tuple[str, int, int]:
    """A text of other sentences with this one in it, and where it stands."""
    lines = list(FILLER)
    random.Random(seed).shuffle(lines)
    before = " ".join(lines[:3]) + "\n\n"
    return before + sentence + "\n\n" + " ".join(lines[3:]), len(before), len(before) + len(sentence)


@pytest.mark.parametrize("seed", range(6))
def test_planted_sentences_are_found_at_their_places(seed: int) -> None:
    source = StoryText("a", "\n".join(SENTENCES))
    planted = found = 0
    for number, sentence in enumerate(SENTENCES):
        text, start, end = around(changed(sentence, seed * 31 + number), seed)
        planted += end - start
        for one in passages([source, StoryText("b", text)]):
            assert one.b_start >= start - 2
            assert one.b_end <= end + 2
            assert abs(one.a_start - source.text.index(sentence)) <= len(sentence)
            found += min(one.b_end, end) - max(one.b_start, start)
    assert found >= 0.9 * planted


def test_unrelated_texts_share_nothing() -> None:
    given = [StoryText(filler, f"{one} {filler}") for one, filler in zip(SENTENCES, FILLER, strict=False)]
    assert passages(given) == []


def test_a_copied_sentence_is_one_passage_with_its_code_points() -> None:
    one, other = f"“Né” 😀 {SENTENCES[0]}", f"{FILLER[0]} {SENTENCES[0].upper()} {FILLER[1]}"
    (found,) = passages([StoryText("b", other), StoryText("a", one)])
    assert found == Passage(
        "a", 7, len(one) - 1, "b", len(FILLER[0]) + 1, len(FILLER[0]) + len(SENTENCES[0]), 1.0, None
    )


def test_sentences_in_another_order_are_each_found() -> None:
    there = " ".join(SENTENCES[:3])
    back = " ".join(reversed(SENTENCES[:3]))
    found = passages([StoryText("a", there), StoryText("b", back)])
    assert sum(one.a_end - one.a_start for one in found) > 0.9 * len(there)
    assert len({(one.a_start, one.b_start) for one in found}) == len(found)


@pytest.mark.parametrize(
    "phrase",
    [
        "Mara Denk, Minister of Information of the Republic of Ardania and Commander of the Order of the White Heron",
        "The President of the Council of Ministers of the Federal Republic of Velmark, Colonel Bram Tessel of Orrin",
        "she told reporters on Monday that she would not say more than that",
    ],
)
def test_titles_names_and_fixed_phrases_are_left_out(phrase: str) -> None:
    given = [StoryText("a", f"{FILLER[0]} {phrase}. {FILLER[1]}"), StoryText("b", f"{FILLER[2]} {phrase}. {FILLER[3]}")]
    assert passages(given) == []


def test_what_an_outlet_puts_under_everything_is_left_out() -> None:
    notice = (
        "Readers who wish to send letters to this newspaper should write their names and streets clearly on the back."
    )
    given = [StoryText(str(n), f"{one} {notice}", outlet="Lantern") for n, one in enumerate(FILLER)]
    assert passages(given) == []


def test_who_had_it_first() -> None:
    def first(**told: str) -> str | None:
        one = StoryText("a", SENTENCES[0], outlet="Lantern", published="2031-03-04")
        text = f"{told.pop('credit', '')}{SENTENCES[0]}"
        (found,) = passages([one, StoryText("b", text, **told)])
        return found.first

    assert first(published="2031-03-05") == "a"
    assert first(published="2031-03-03") == "b"
    assert first(published="2031-03-04") is None
    assert first() is None
    assert first(published="2031-03-03", outlet="Halyard Wire", credit="SKERRIN (Lantern) - ") == "a"
    assert first(outlet="Halyard Wire", author="Lantern") == "a"


@pytest.mark.parametrize(
    "outlet, before, behind",
    [
        ("The Skerrin Lantern", "SKERRIN (The Skerrin Lantern) - ", ""),
        ("Halyard Wire", "TAMSIN (HW) — ", ""),
        ("Halyard Wire", "TAMSIN (Halyard) — ", ""),
        ("Halyard Wire", "", "\n\nSource: Halyard Wire"),
        ("Halyard Wire", "", "\n\n— Halyard Wire"),
        ("the Skerrin Lantern", "By The Skerrin Lantern\n\n", ""),
        ("Ministry of Defence of Velmark", "", " The Ministry of Defence of Velmark said so in a statement on Monday."),
        ("Hill Guard", "In a lengthy piece: ", "\nThe Hill Guard put out its press release at noon."),
    ],
)
def test_who_is_credited_had_it_first(outlet: str, before: str, behind: str) -> None:
    one = StoryText("a", SENTENCES[0], outlet=outlet, published="2031-03-05")
    (found,) = passages([one, StoryText("b", f"{before}{SENTENCES[0]}{behind}", published="2031-03-04")])
    assert found.first == "a"


@pytest.mark.parametrize(
    "words",
    [" The Ministry of Health said so in a statement.", " (Wire)", " Halyard Wire was not asked. A statement came."],
)
def test_who_is_only_named_is_not_credited(words: str) -> None:
    one = StoryText("a", SENTENCES[0], outlet="Halyard Wire", published="2031-03-05")
    (found,) = passages([one, StoryText("b", f"{SENTENCES[0]}{words}", published="2031-03-04")])
    assert found.first == "b"


def test_the_order_of_the_texts_does_not_matter() -> None:
    given = [StoryText(str(n), " ".join(SENTENCES[n : n + 3])) for n in range(6)]
    assert passages(given) == passages(reversed(given))


@pytest.mark.parametrize("unit", ["the bridge fell and ", "a ", "one two three four five six seven ", "bridge\n"])
def test_hostile_repetition_is_quick(unit: str) -> None:
    given = [StoryText(str(n), unit * 60_000) for n in range(3)]
    begun = time.perf_counter()
    passages(given)
    assert time.perf_counter() - begun < 15


@pytest.mark.parametrize("least", [-0.1, 1.1])
def test_a_similarity_that_makes_no_sense_is_refused(least: float) -> None:
    with pytest.raises(ValueError, match="similarity"):
        passages([], least)

"""Stories from words, names and dates, told in the invented world."""

from __future__ import annotations

import random
import time

import pytest

from purport.stories import StoryText, stories
from purport.stories.vectors import stem

BRIDGE = (
    "Shells hit the Tamsin bridge at dawn. Ardania accused Velmark of shelling the only crossing for trucks.",
    "Velmark denied that its guns had fired on the Tamsin bridge. The shells cut the road for trucks, Ardania said.",
    "The mayor of Skerrin says flour will last nine days after shells cut the Tamsin bridge, the crossing for trucks.",
)
DAM = (
    "Water from the Greywater dam drowned three villages below the wheel gate, the observers of the Concord wrote.",
    "The minister said a sluice gate at the Greywater dam was opened and the water took three villages.",
    "Villages below the Greywater dam stood under water; nobody would say who had opened the gate.",
)
TALKS = (
    "Envoys met in Abelund for talks on a ceasefire. Corvane read a text of four points to the delegations.",
    "Ceasefire talks opened in Abelund without a handshake. Corvane showed both delegations a text of four points.",
)
FERRY = ("A football club from Hesperin won the cup on penalties before nine thousand people.",)
EVENTS = (BRIDGE, DAM, TALKS, FERRY)


def texts(*, published: str = "") -> list[StoryText]:
    return [
        StoryText(f"{event}-{number}", text, published=published)
        for event, told in enumerate(EVENTS)
        for number, text in enumerate(told)
    ]


def groups(given: list[StoryText], threshold: float = 0.2) -> set[tuple[str, ...]]:
    return {tuple(sorted(one.documents)) for one in stories(given, threshold)}


def test_texts_on_one_event_are_one_story() -> None:
    wanted = {tuple(f"{event}-{number}" for number in range(len(told))) for event, told in enumerate(EVENTS)}
    assert groups(texts()) == wanted


def test_the_order_of_reading_does_not_matter() -> None:
    first = stories(texts())
    for seed in range(5):
        mixed = texts()
        random.Random(seed).shuffle(mixed)
        assert stories(mixed) == first


def test_every_text_is_in_exactly_one_story_even_one_without_a_word() -> None:
    given = [*texts(), StoryText("empty", ""), StoryText("marks", "?! …")]
    told = [id for one in stories(given) for id in one.documents]
    assert sorted(told) == sorted(one.id for one in given)
    assert stories([]) == []


def test_a_membership_has_its_reason() -> None:
    story = next(one for one in stories(texts(), 0.2) if "1-0" in one.documents)
    member = story.members[0]
    assert {"Greywater", "dam"} <= set(member.words)
    assert 0 < member.similarity <= 1
    assert member.reason.startswith("shares ")
    alone = next(one for one in stories(texts(), 0.2) if one.documents == ("3-0",))
    assert alone.members[0].reason == "the only one that tells it"


def test_a_story_has_its_days_and_the_title_of_its_most_typical_document() -> None:
    given = [
        StoryText("a", BRIDGE[0], "Shells on the Tamsin bridge", "2031-03-04"),
        StoryText("b", BRIDGE[1], "", "2031-03-05T10:00:00"),
        StoryText("c", BRIDGE[2]),
        *texts()[3:],
    ]
    (story,) = [one for one in stories(given, 0.2) if "a" in one.documents]
    assert story.documents == ("a", "b", "c")
    assert (story.first, story.last, story.title) == ("2031-03-04", "2031-03-05", "Shells on the Tamsin bridge")


def test_the_same_words_months_later_are_another_story() -> None:
    later = [StoryText(f"later {one.id}", one.text, published="2031-06-04") for one in texts()]
    found = groups([*texts(published="2031-03-04"), *later])
    assert not any(len({id.startswith("later") for id in one}) > 1 for one in found)


def test_a_long_affair_is_a_chain_of_stories() -> None:
    days = [f"2031-03-{day:02}" for day in range(1, 31, 2)]
    given = [StoryText(f"day {day}", BRIDGE[0], published=day) for day in days]
    found = stories([*given, *texts()[3:]])
    spans = [(one.first, one.last) for one in found if one.documents[0].startswith("day")]
    assert len(spans) > 1
    assert all(int(last[-2:]) - int(first[-2:]) <= 14 for first, last in spans)


def test_reprints_by_the_hundred_and_one_long_repetitive_text_are_quick() -> None:
    given = [StoryText(f"copy {number:03}", BRIDGE[0]) for number in range(400)]
    given.append(StoryText("hostile", "bridge " * 400_000))
    begun = time.perf_counter()
    found = groups([*given, *texts()[3:]])
    assert time.perf_counter() - begun < 20
    assert max(map(len, found)) >= 400


@pytest.mark.parametrize("threshold", [0, -1, 1.5])
def test_a_threshold_that_makes_no_sense_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold"):
        stories(texts(), threshold)


@pytest.mark.parametrize(
    "one, other",
    [
        ("shells", "shell"),
        ("shelling", "shelled"),
        ("ministries", "ministry"),
        ("mayor’s", "mayor"),
        ("agree", "agrees"),
    ],
)
def test_endings_do_not_count(one: str, other: str) -> None:
    assert stem(one) == stem(other)

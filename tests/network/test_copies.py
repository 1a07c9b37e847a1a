from __future__ import annotations

import random
import time
from unittest.mock import Mock

from hypothesis import given
from hypothesis import strategies as st

from purport.network.copies import Sketches, copies, sketch_in, sketch_out, sketched

PARAGRAPHS = """\
The interior ministry of Ardania said on Tuesday that its border guards had turned back two convoys near the village
of Ostrel, and that nobody had been hurt in the course of the operation, which lasted until the evening.

Velmark's foreign minister, Mara Denk, rejected the account within the hour. She told reporters in the capital that
the lorries carried flour and medicine, and that her government would lodge a protest with the river council.

A spokesman for the council said it had received letters from both governments and would send three observers to the
crossing before the end of the week. He declined to say which of the accounts he thought more likely.

Residents of Ostrel reached by telephone said the road had been shut since dawn. One shopkeeper said that shots had
been heard, although she could not tell from which bank of the river they had come or who had fired them.

The two states have disputed the crossing since the treaty of Halm lapsed four years ago. Talks on a new treaty were
broken off in March after Ardania accused its neighbour of moving boundary stones by night.
""".split("\n\n")
STORY = "Guards turn back convoys\n\nOSTREL, 2 April (River Wire) - " + "\n\n".join(PARAGRAPHS)
REPRINT = "Convoys sent back at Ostrel crossing, says ministry\n\n" + "\n\n".join(PARAGRAPHS)
ANEW = (
    "Our correspondent, who came to the crossing in the afternoon, saw lorries parked along the bank and soldiers "
    "smoking beside them; a sergeant would give no answer to her questions about the morning, or his name."
)
CHANGED = "\n\n".join(["Ardania sends lorries home", *PARAGRAPHS[:3], ANEW, PARAGRAPHS[4]])
OTHER = (
    "Flour for the villages beyond the river never arrived on Tuesday, when soldiers of Ardania stopped the lorries "
    "that carried it. Mara Denk, who speaks for Velmark abroad, called that an outrage. "
    '"The lorries carried flour and medicine," she said, "and that her government would lodge a protest with the river '
    'council" was, she added, only a beginning. In the town hall of Ostrel the mayor had little to say about the shots '
    "that some had heard. Observers are expected by the week's end; they will find a shut road, and two armies that "
    "each tell a story of their own about who began it, and why, and how much flour there was."
)


def test_a_story_reprinted_is_a_copy_and_another_report_is_none() -> None:
    texts = {"d": STORY, "b": REPRINT, "c": CHANGED, "a": OTHER, "e": STORY.upper().replace(",", "")}
    assert copies(texts.items()) == {"d": "b", "b": "b", "c": "b", "e": "b", "a": "a"}


def test_short_texts_are_copies_only_if_they_are_the_same() -> None:
    texts = {
        "a": "Ardania denied it.",
        "b": "ARDANIA DENIED IT",
        "c": "Velmark denied it.",
        "d": "",
        "e": "",
        "f": "...",
    }
    assert copies(texts.items()) == {"a": "a", "b": "a", "c": "c", "d": "d", "e": "e", "f": "f"}
    yes = "The council of the river said on Monday that it would send observers to the crossing."
    assert copies([("a", yes), ("b", yes.replace("would", "wouldn't"))]) == {"a": "a", "b": "b"}
    assert copies([]) == {}


@given(st.permutations(["a", "b", "c", "d", "e", "f"]), st.integers(0, 4))
def test_order_does_not_matter(order: list[str], seed: int) -> None:
    made = random.Random(seed)
    texts = {"a": STORY, "b": OTHER, "c": REPRINT, "d": CHANGED, "e": "", "f": " ".join(made.sample(STORY.split(), 90))}
    assert copies((id, texts[id]) for id in order) == copies(texts.items())


def test_many_documents_with_groups_of_near_copies() -> None:
    made = random.Random(5)
    words = [f"{a}{b}" for a in "ba de fi go lu".split() for b in "kal mer nis tov ruk sen".split()]
    texts, groups = {}, {}
    for number in range(1_000):
        body = [made.choice(words) for _ in range(300)]
        for again in range(3):
            id = f"{number:05d}-{again}"
            start = made.randrange(200)
            texts[id] = " ".join([*body[:start], *(made.choice(words) for _ in range(50)), *body[start + 50 :]])
            groups[id] = f"{number:05d}-0"
    start_time = time.process_time()
    found = copies(texts.items())
    assert time.process_time() - start_time < 20  # seconds; about 1.5 on an idle machine
    assert sum(found[id] == groups[id] for id in texts) > 0.99 * len(texts)
    assert all(groups[id] == groups[key] for id, key in found.items())


def test_documents_that_come_in_later_are_joined_as_if_all_had_come_at_once() -> None:
    made = random.Random(5)
    body = [f"w{made.randrange(500)}" for _ in range(300)]
    texts = [
        (f"{n:02d}", " ".join([*body[: 250 - n], *(f"x{made.randrange(500)}" for _ in range(n))])) for n in range(9)
    ]
    texts += [("empty", ""), ("other", " ".join(f"y{made.randrange(500)}" for _ in range(200)))]
    sketches = Sketches()
    for one in texts:
        assert one[0] not in sketches
        sketches.add([(one[0], sketched(one[1]))])
        assert one[0] in sketches
    read = Mock(side_effect=dict(texts).__getitem__)
    assert sketches.groups(read) == copies(texts)
    compared = read.call_count
    assert compared > 0
    assert sketches.groups(read) == copies(texts)
    assert read.call_count == compared  # what was compared is known
    assert len(set(copies(texts).values())) < len(texts)
    kept = texts[3:]
    sketches.keep([id for id, _ in kept])
    assert sketches.groups(read) == copies(kept)


def test_a_sketch_is_kept_as_bytes() -> None:
    for text in (STORY, "", "Ardania denied it."):
        one, other = sketched(text), sketch_in(sketch_out(sketched(text)))
        assert (one is None) == (other is None) == (text == "")
        if one is not None and other is not None:
            assert one.whole == other.whole
            assert one.bands.tolist() == other.bands.tolist()

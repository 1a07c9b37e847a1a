from __future__ import annotations

import pytest

from purport.lexicons import CueRow, cues
from tests.marked import parse
from tests.ruled import ruled

MISSED = 0.35
"""Share of the lexicon's examples in which the rules may find another cue or none: nouns with of-phrases, adverbs,
noun phrases after weak verbs. The learned tagger is measured on the same examples."""


@pytest.mark.parametrize(
    "text, act",
    [
        ("Denk denied that the bridge had been hit.", "deny"),
        ("Denk did not confirm that the bridge had been hit.", "withhold"),
        ("Denk could not say whether the bridge had been hit.", "withhold"),
        ("Denk does not believe that the bridge was hit.", "doubt"),
        ("Denk did not deny that the bridge had been hit.", "deny"),
        ("Denk would not admit that the bridge had been hit.", "deny"),
        ("“Who fired?” Denk asked.", "ask"),
        ("Denk warned that the river would rise.", "warn"),
    ],
)
def test_act_and_negation(text: str, act: str) -> None:
    assert [one.act for one in ruled(text).attributions] == [act]


def test_every_cue_of_the_lexicon_has_its_act_in_its_example() -> None:
    rows = cues()
    record = ruled("\n\n".join(parse(row.example)[0] for row in rows))
    text = record.document.text
    found: dict[int, list[tuple[int, int, str]]] = {}
    for one in record.attributions:
        for span in one.cue:
            found.setdefault(text.count("\n\n", 0, span.start), []).append((span.start, span.end, one.act))
    missed: list[CueRow] = []
    wrong: list[tuple[str, str]] = []
    start = 0
    for number, row in enumerate(rows):
        plain, (expected, *_) = parse(row.example)
        places = [(start + s, start + e) for s, e in expected.cue]
        here = [act for s, e, act in found.get(number, []) if any(s < last and first < e for first, last in places)]
        if not here:
            missed.append(row)
        elif row.act not in here:
            wrong.append((row.lemma, here[0]))
        start += len(plain) + 2
    assert len(missed) <= MISSED * len(rows), [row.lemma for row in missed]
    assert len(wrong) <= 0.05 * len(rows), wrong

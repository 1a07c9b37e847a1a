"""What the parser gets wrong is mended so that it says what the sentence says."""

from __future__ import annotations

import pytest

import purport


@pytest.mark.parametrize(
    "text, source, cue",
    [
        ("A captured bandit confessed in February that the chief had ordered it.", "A captured bandit", "confessed"),
        ("In Halvenna the other envoy said that the dam was safe.", "the other envoy", "said"),
        ("Ardania on Tuesday said that the dam was safe.", "Ardania", "said"),
    ],
)  # fmt: skip
def test_who_says_it(text: str, source: str, cue: str) -> None:
    record = purport.read_text(text)
    assert (source, cue) in {(record.text(one.source), record.text(one.cue)) for one in record.attributions}


def test_who_is_listed_is_named_beside_the_many() -> None:
    record = purport.read_text("The officials, including Mara Denk and Orlo Reth, said that the dam was safe.")
    named = {one.span.of(record.document.text) for one in record.mentions}
    assert {"The officials", "Mara Denk", "Orlo Reth"} <= named

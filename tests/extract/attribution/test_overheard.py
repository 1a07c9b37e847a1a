"""Whose word a clause is that a cue brings in, where nothing else found it."""

from __future__ import annotations

import pytest

from purport import read_text


@pytest.mark.parametrize(
    "text, source, content",
    [
        ("The mill burned. That, at least, is what Admiral Koss maintains.", "Admiral Koss", "The mill burned"),
        ("The mill burned. So says the miller.", "the miller", "The mill burned"),
        ("The guns, it is claimed, were sold by Velmark.", "", "The guns … were sold by Velmark"),
        (
            "The Amber League's charge that the ministry had forged ballots drew laughter on the government benches.",
            "The Amber League's",
            "that the ministry had forged ballots",
        ),
        ("Gunman 'fled to Orsk'", "", "'fled to Orsk'"),
    ],
)
def test_it_is_somebodys_word(text: str, source: str, content: str) -> None:
    record = read_text(text, language="en")
    assert (source, content) in {(record.text(one.source), record.text(one.content)) for one in record.attributions}
    inside = [one for one in record.propositions if record.text(one.predicate).split()[-1:] and one.voucher is not None]
    assert inside


def test_a_slogan_is_nobodys() -> None:
    record = read_text("'Go home': how a slogan won the valley", language="en")
    assert record.attributions == ()

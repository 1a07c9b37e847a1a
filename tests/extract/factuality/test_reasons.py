"""What decided an outlook is named with the claim."""

from __future__ import annotations

import pytest

from purport import read_text


@pytest.mark.parametrize(
    "text, verb, reasons",
    [
        ("The dam leaked.", "leaked", ()),
        ("The dam may burst.", "may burst", ("modal: may",)),
        ("The dam did not burst.", "did not burst", ("negation: not",)),
        ("The army failed to shell the port.", "shell", ("embedding.tsv: fail",)),
        ("Few ministers left the hall.", "left", ("operators.tsv: few",)),
        ("Denk denied that the dam leaked.", "leaked", ("act: deny", "cues.tsv: deny")),
        ("If the dam leaks, the keepers will flee.", "leaks", ("modal: will", "condition")),
    ],
)
def test_reasons(text: str, verb: str, reasons: tuple[str, ...]) -> None:
    record = read_text(text, language="en")
    [claim] = [one for one in record.propositions if record.text(one.predicate, " ") == verb]
    assert claim.why == reasons

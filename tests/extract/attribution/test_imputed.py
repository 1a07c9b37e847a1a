"""What the text says of a source that has not said it itself is no statement."""

from __future__ import annotations

import pytest

from tests.extract.attribution.test_said import found


@pytest.mark.parametrize(
    "text",
    [
        "The militia planned to burn the mill.",
        "Ardania had hoped to split the clans.",
        "The Directory wanted to break the strike before winter.",
        "The footage shows that the bridge was down.",
        "The bridge speaks volumes about the mayor's taste.",
        "The situation underscores that the dam is weak.",
        "The landslide has claimed nine lives.",
        "The board knows that the dam is weak.",
        "Roots of the old elm threaten the chapel wall.",
        "The mediator persuaded the warlord to release both doctors.",
        "The keeper remembered to lock the gate.",
        "Two newcomers challenged the mayor for the party's nomination.",
        "Lawyer Hana Quill challenged the incumbent in last spring's election and lost.",
        "Police questioned three men on Monday.",
        "The mayor still appeals to crowds in the delta.",
    ],
)
def test_what_the_text_imputes_is_no_statement(text: str) -> None:
    record, every = found(text)
    assert [one for one in every if one.listed] == []
    assert all(one.imputed for one in every)
    assert all(claim.voucher is None for claim in record.propositions)

"""What nouns tell that somebody says, read with the model that ships."""

from __future__ import annotations

import pytest

from purport import read_text


@pytest.mark.parametrize(
    "text, source, cue, act",
    [
        ("A warning from the Guild of Pilots that the channel was silting up went unread.", "Guild", "warning", "warn"),
        ("The demand by the union that Northwater reinstate the stewards is open.", "union", "demand", "demand"),
        ("The minister's rebuke of the coastguard was the sharpest in years.", "minister", "rebuke", "criticise"),
        ("A plea from the parents to the kidnappers was broadcast hourly.", "parents", "plea", "request"),
        ("The miners' accusation against Ambry was read out.", "miners", "accusation", "accuse"),
        ("The claim that Esk robbed the mail comes from a rival.", "rival", "claim", "assert"),
    ],
)
def test_whose_noun_it_is_says_so(text: str, source: str, cue: str, act: str) -> None:
    record = read_text(text, language="en")
    told = [(record.text(one.source), record.text(one.cue), one.act) for one in record.attributions if one.listed]
    assert any(source in who and cue in how and done == act for who, how, done in told), told


def test_what_is_demanded_is_no_fact() -> None:
    record = read_text("The demand by the union that Northwater reinstate the stewards is open.", language="en")
    text = record.document.text
    wanted = [one for one in record.propositions if any("reinstate" in span.of(text) for span in one.predicate)]
    assert all(one.certainty.name == "UU" and one.voucher is not None for one in wanted)


@pytest.mark.parametrize(
    "text",
    [
        "Word in the bazaar is that Fenn minted false coins.",
        "Legend has it that Fenn minted false coins.",
        "Fenn, the story goes, minted false coins.",
    ],
)
def test_what_goes_round_is_not_the_texts_own(text: str) -> None:
    record = read_text(text, language="en")
    words = record.document.text
    minted = [one for one in record.propositions if any("minted" in span.of(words) for span in one.predicate)]
    assert minted
    assert all(one.voucher is not None for one in minted)
    assert not any(record.text(one.source) for one in record.attributions)


def test_a_story_of_somebodys_is_that_persons() -> None:
    record = read_text("Denk's story is that Fenn minted false coins.", language="en")
    assert "Denk's" in {record.text(one.source) for one in record.attributions}

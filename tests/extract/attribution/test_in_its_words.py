"""What words do by being said, in whole sentences and behind labels."""

from __future__ import annotations

import pytest

from purport import read_text
from purport.model.record import Certainty


def acts(text: str, source: str) -> list[str]:
    found = read_text(text, language="en").attributions
    return [one.act for one in found if any(source in span.of(text) for span in one.source)]


@pytest.mark.parametrize(
    "text, source, act",
    [
        ("“I am deeply sorry for the pain we caused,” Denk told the families.", "Denk", "admit"),
        ("“You lied to this chamber, and you lied to the widows,” Reth said.", "Reth", "accuse"),
        ("“If you cross the river we will burn your boats,” the colonel told the envoys.", "colonel", "threaten"),
        ("“Print that and I will see you in court,” Tessel told the editor.", "Tessel", "threaten"),
        ("“You have my word: the bridge will stand by May,” Denk told the villagers.", "Denk", "promise"),
        ("“Withdraw your troops from the ford at once,” the League wrote to the command.", "League", "demand"),
        ("“Could you please send us two doctors?” the abbess wrote to the board.", "abbess", "request"),
        ("“Why did nobody call us?” Reth said to the owner.", "Reth", "ask"),
        ("“Out of the question,” Reth replied.", "Reth", "reject"),
        ("“You are quite right,” Reth replied.", "Reth", "agree"),
        ("“I have nothing to add,” the coroner told reporters.", "coroner", "withhold"),
        ("“The story is simply untrue,” Denk said.", "Denk", "deny"),
        ("“The dam is safe,” Denk said.", "Denk", "assert"),
        ("“We did not fire,” Denk said.", "Denk", "assert"),
        ("Beware of forged tickets, the railway told its passengers.", "railway", "warn"),
        ("Denk said that he was sorry for the delay.", "Denk", "assert"),
    ],
)
def test_what_is_done_with_words_that_are_only_said(text: str, source: str, act: str) -> None:
    assert act in acts(text, source)


def test_a_speech_does_no_single_act() -> None:
    speech = "Thank you for coming. " + "The council met on Monday and the gate was open. " * 12
    (one, *_) = read_text(f"“{speech.strip()}” Denk said.", language="en").attributions
    assert one.act == "assert"


def test_what_else_is_said_stays_said() -> None:
    record = read_text("“No deal. The soldiers burned the mill,” Denk said.", language="en")
    assert "reject" in {one.act for one in record.attributions}
    burned = [
        one for one in record.propositions if "burned" in {span.of(record.document.text) for span in one.predicate}
    ]
    assert [one.certainty for one in burned] == [Certainty.CT_PLUS]
    assert all(one.voucher is not None for one in burned)


@pytest.mark.parametrize(
    "text, source, act",
    [
        ("The settlers made no request to the governor for corn.", "settlers", "request"),
        ("The vintner is not in the least afraid of another fire.", "vintner", "fear"),
        ("“I can't promise you anything,” Denk told the parents.", "I", "promise"),
    ],
)
def test_what_is_negated_is_no_act(text: str, source: str, act: str) -> None:
    assert act not in acts(text, source)


@pytest.mark.parametrize(
    "text, source, act",
    [
        ("The treasurer made no secret of having borrowed from the chest.", "treasurer", "admit"),
        ("Having declined the offer of half the cargo, the captain was put in a boat.", "captain", "reject"),
        ("Denk accepted the terms of the truce.", "Denk", "agree"),
        ("Denk accepted the blame for the wreck.", "Denk", "admit"),
        ("@Reth: Governor, open the shelters.", "Reth", "demand"),
    ],
)
def test_the_words_of_the_cue_tell(text: str, source: str, act: str) -> None:
    assert act in acts(text, source)

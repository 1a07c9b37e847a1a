"""What is a statement: somebody has said it, and not the text of him."""

from __future__ import annotations

import pytest

from purport import Attribution, Record, read_text


def found(text: str) -> tuple[Record, list[Attribution]]:
    record = read_text(text, language="en")
    return record, list(record.attributions)


@pytest.mark.parametrize(
    "text",
    [
        "Denk said she hoped to leave Orsk.",
        "“We plan to leave Orsk,” Denk said.",
        "I hope to leave Orsk.",
        "The report shows that the bridge was down.",
        "The inquiry found that the bridge was down.",
        "The campaign pointed out that the bridge was down.",
        "The ministry could not resist pointing out that the bridge was down.",
    ],
)
def test_what_a_source_says_of_itself_is_one(text: str) -> None:
    _, every = found(text)
    assert any(one.listed for one in every)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody accused the skipper of theft.",
        "The board did not say that the dam was weak.",
        "Should Ferrant accuse the clerk, the court will hear both.",
        "Unless the shipyard promises higher wages, the welders will walk out.",
        "The voters should know that the dam is weak.",
        "Tell the farmers that the dam is weak.",
        "Hardly any deputies criticised the budget.",
        "The chief of police came close to admitting that her men had started the fire.",
    ],
)
def test_what_nobody_has_said_is_no_statement(text: str) -> None:
    _, every = found(text)
    assert [one for one in every if one.listed and one.act not in ("withhold", "doubt")] == []


@pytest.mark.parametrize(
    "text, act",
    [
        ("The board did not say who had opened the gate.", "withhold"),
        ("The board refused to say who had opened the gate.", "withhold"),
        ("The board would not confirm that the gate was open.", "withhold"),
        ("The colonel told his men to burn the bridge.", "demand"),
        ("The guild insisted that the board reopen the quarry.", "demand"),
        ("The monitors voiced doubts that the count was honest.", "doubt"),
        ("The miners' accusation against Ambry was read out.", "accuse"),
    ],
)
def test_acts_of_what_is_left(text: str, act: str) -> None:
    _, every = found(text)
    assert act in {one.act for one in every if one.listed}


def test_the_claims_of_what_is_imputed_are_planned_on_the_texts_own_word() -> None:
    record, _ = found("The militia planned to burn the mill.")
    [claim] = [one for one in record.propositions if "burn" in record.text(one.predicate)]
    assert (claim.voucher, claim.certainty, claim.frame) == (None, "Uu", "intended")


@pytest.mark.parametrize(
    "text, speaker, act",
    [
        ("The state railway admitted that the brakes were faulty.", "railway", "admit"),
        ("The port authority, a former aide told the hearing, approved the transfers.", "aide", "assert"),
        ("Premier Denk did not hesitate to accuse the bank of hiding the logs.", "Denk", "accuse"),
        ("The mayor resisted calls to resign.", "mayor", "reject"),
        ("The bishop appealed that the guns be silent.", "bishop", "request"),
        ("The opposition questioned the report.", "opposition", "doubt"),
        ("The union questioned the charter of the port.", "union", "doubt"),
        ("The auditor asked the assembly to publish the accounts.", "auditor", "request"),
        ("The miners asked for water.", "miners", "request"),
        ("The mayor asked how to open the gate.", "mayor", "ask"),
        ("The opposition challenged the minister to publish the logs.", "opposition", "demand"),
        ("Her lawyers expect Judge Wray to reject the plea.", "Wray", ""),
        ("The minister faces demands to resign.", "minister", ""),
    ],
)
def test_who_does_what_with_words(text: str, speaker: str, act: str) -> None:
    record, every = found(text)
    theirs = [one for one in every if one.source and record.text(one.source).endswith(speaker)]
    assert theirs[0].act == act
    assert theirs[0].imputed is False


@pytest.mark.parametrize(
    "text, act",
    [
        ("Velmark said that the dam was open. Officials denied it.", "deny"),
        ("Reth said the army had shelled the town. The army rejected this outright.", "reject"),
        ("Reth said the army had shelled the town. A spokeswoman later confirmed it.", "confirm"),
        ("The guild said that the gates were open. Valk disputes that.", "deny"),
    ],
)
def test_a_stand_to_what_a_pronoun_names_is_a_statement(text: str, act: str) -> None:
    _, every = found(text)
    assert [one.act for one in every if one.listed][-1] == act


@pytest.mark.parametrize("text", ["Denk said it.", "Nobody denied it.", "Did Denk deny it?", "Denk has not denied it."])
def test_what_says_nothing_itself_is_none(text: str) -> None:
    _, every = found(text)
    assert [one for one in every if one.listed] == []

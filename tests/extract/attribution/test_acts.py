from __future__ import annotations

import pytest

from purport import read_text
from purport.lexicons import CueRow, cues
from tests.marked import parse
from tests.ruled import ruled

MISSED = 0.35
"""Share of the lexicon's examples in which the rules may find another cue or none: nouns with of-phrases, adverbs,
noun phrases after weak verbs. The learned tagger is measured on the same examples."""


@pytest.mark.parametrize(
    "text, act",
    [
        ("Few ministers denied that the vote was bought.", "withhold"),
        ("At no point did Denk deny that the vote was bought.", "withhold"),
        ("Did Denk deny that the vote was bought?", ""),
        ("Had Denk denied that the vote was bought, nobody would have believed her.", ""),
        ("Denk may deny that the vote was bought.", ""),
        ("Denk will deny that the vote was bought.", ""),
        ("It is absurd to suggest that the vote was bought.", ""),
        ("Denk would only say that the vote was closed.", "assert"),
        ("Prime Minister Lena May said that the vote was closed.", "assert"),
        ("Denk denied that the vote was bought.", "deny"),
    ],
)
def test_an_act_is_done_where_the_text_says_so(text: str, act: str) -> None:
    [one] = [one for one in read_text(text, language="en").attributions if one.content[-1].of(text).count("vote")][:1]
    assert one.act == act


@pytest.mark.parametrize(
    "text, act",
    [
        ("“Release the envoys,” Denk said.", "demand"),
        ("“Do not drink the water,” the council said.", "demand"),
        ("“Please leave the square,” an officer told the crowd.", "request"),
        ("“Look, we tried,” Denk said.", "assert"),
        ("“Levels fell,” Denk said.", "assert"),
        ("“Hand over the mayor or we hang the clerk,” Denk said.", "threaten"),
        ("“The guards leave or we strike,” Denk said.", "threaten"),
        ("“It was late or we were lost,” Denk said.", "assert"),
        ("Denk insisted on the return of the boats.", "demand"),
        ("The guild pointed the finger at Velmark.", "accuse"),
    ],
)
def test_an_order_in_the_words_that_are_said_is_an_order(text: str, act: str) -> None:
    assert read_text(text, language="en").attributions[0].act == act


@pytest.mark.parametrize(
    "text, act",
    [
        ("Denk denied that the bridge had been hit.", "deny"),
        ("Denk did not confirm that the bridge had been hit.", "withhold"),
        ("Denk could not say whether the bridge had been hit.", "withhold"),
        ("Denk does not believe that the bridge was hit.", "doubt"),
        ("Denk did not deny that the bridge had been hit.", "withhold"),
        ("Denk would not admit that the bridge had been hit.", "withhold"),
        ("The envoy could not rule out that the list was forged.", "withhold"),
        ("The envoy did not accuse either army of cutting the cable.", ""),
        ("The keepers did not know that the gate was weak.", "withhold"),
        ("The mayor was not aware that the gate was weak.", "withhold"),
        ("The general did not regret that the mill had been burned.", "withhold"),
        ("The board has not apologised for the flood.", "withhold"),
        ("Nobody has acknowledged that the siren failed.", ""),
        ("Neither the board nor the mayor acknowledged that the siren had failed.", ""),
        ("The inquiry does not doubt that the letter was forged.", "believe"),
        ("The envoy was not convinced that the list was complete.", "doubt"),
        ("Velmark refuses to accept the count of the dead.", "reject"),
        ("The board failed to mention that the siren was broken.", ""),
        ("The board did not fail to mention that the siren was broken.", "assert"),
        ("The envoy avoided saying that the talks were over.", ""),
        ("The inquiry stopped short of accusing the keepers of neglect.", ""),
        ("The envoy refrained from blaming the keepers for the flood.", ""),
        ("Reth left Abelund without confirming that a list existed.", "withhold"),
        ("The envoy said no to a second meeting.", "reject"),
        ("The board said no gate had been opened.", "assert"),
        ("The keepers say no one heard the siren.", "assert"),
        ("Denk swore that she had never seen the letter.", "assert"),
        ("The keepers swear they shut the gate.", "assert"),
        ("Denk swore that she would find the letter.", "promise"),
        ("“Who fired?” Denk asked.", "ask"),
        ("Denk warned that the river would rise.", "warn"),
    ],
)
def test_act_and_negation(text: str, act: str) -> None:
    assert [one.act for one in read_text(text, language="en").attributions] == [act]
    assert {one.act for one in ruled(text).attributions} <= {act}


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


@pytest.mark.parametrize(
    "quotation, act",
    [
        ("This is a lie,", "deny"),
        ("It is all lies,", "deny"),
        ("That is simply not true,", "deny"),
        ("Not a word of it is true,", "deny"),
        ("There is no truth in the story,", "deny"),
        ("It is not true that soldiers fired at the mill,", "deny"),
        ("It is a lie that soldiers fired at the mill,", "deny"),
        ("It is true that soldiers fired at the mill,", "assert"),
        ("It is not a lie,", "assert"),
        ("They are false promises,", "assert"),
        ("This is a war,", "assert"),
        ("We condemn the raid on the mill,", "criticise"),
        ("I promise you that the ferry will sail,", "promise"),
        ("We do not condemn the raid,", "assert"),
        ("We condemned the raid in May,", "assert"),
        ("We know the raid well,", "assert"),
    ],
)
def test_what_is_only_said_may_be_done_by_its_own_words(quotation: str, act: str) -> None:
    record = read_text(f"“{quotation}” Tomas Ilin said on Monday.", language="en")
    [one] = [one for one in record.attributions if record.text(one.cue) == "said"]
    assert one.act == act


@pytest.mark.parametrize(
    "text, source",
    [
        ("Premier Wrayburn gave the islanders his word that the ferry would sail again.", "Premier Wrayburn"),
        ("The council gave the mayor warning that the river was rising.", "The council"),
        ("The envoy gave the chairman no assurances that the talks would resume.", "The envoy"),
    ],
)
def test_who_gives_word_is_who_speaks_and_not_to_whom_it_is_given(text: str, source: str) -> None:
    record = read_text(text, language="en")
    assert {record.text(one.source) for one in record.attributions} == {source}


@pytest.mark.parametrize(
    "text, acts",
    [
        ("The Orchard Party wishes to thank the volunteers.", ["praise"]),
        ("The council wishes to apologise to the families for the delay.", ["admit"]),
        ("The council wishes to deny that the dam leaked.", ["deny"]),
        ("The council would like to thank the ferrymen.", ["praise"]),
        ("The council does not wish to thank the ferrymen.", []),
        ("The council wishes to build a second dam.", []),
        ("The bishops hope to congratulate the winner.", []),
        ("Tessel refused to be drawn on the arrests.", ["withhold"]),
    ],
)
def test_who_wishes_to_thank_thanks(text: str, acts: list[str]) -> None:
    record = read_text(text, language="en")
    assert [one.act for one in record.attributions if one.act and not one.imputed] == acts

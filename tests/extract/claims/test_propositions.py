from __future__ import annotations

import pytest

import purport
from purport.model.record import Certainty, Frame
from tests.claims import Case, asserted, cases, faults
from tests.conftest import ROOT

CASES = list(cases(ROOT / "examples" / "claims.txt"))
LEAST = 0.95


def _known(one: Case) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(reason=one.reason, strict=True)] if one.reason else []


@pytest.mark.parametrize("case", [pytest.param(one, id=one.text[:60], marks=_known(one)) for one in CASES])
def test_what_is_claimed_and_on_whose_word(case: Case) -> None:
    assert faults(purport.read_text(case.text, language="en"), case) == []


def test_there_are_enough_cases_and_few_that_fail() -> None:
    assert len(CASES) >= 100
    assert sum(not one.reason for one in CASES) / len(CASES) >= LEAST


@pytest.mark.parametrize("case", [one for one in CASES if one.reason], ids=lambda one: one.text[:60])
def test_where_it_fails_it_still_does_not_assert_what_is_denied(case: Case) -> None:
    denied = [one for one in case.expected if one.certainty != "CT+"]
    record = purport.read_text(case.text, language="en")
    assert asserted(record, Case(case.text, tuple(denied))) == []


def test_the_text_holds_nothing_of_what_others_say() -> None:
    record = purport.read_text("Velmark falsely claimed that the mayor had fled. Denk said that he had not.")
    fled = next(one for one in record.propositions if record.text(one.predicate) == "had fled")
    [said, false] = fled.held
    assert fled.voucher is not None
    assert (said.by, said.certainty) == (fled.voucher, Certainty.CT_PLUS)
    assert (false.by, false.certainty) == (None, Certainty.CT_MINUS)


def test_negation_is_kept_apart() -> None:
    record = purport.read_text("No battery of Velmark fired on the bridge.", language="en")
    [fired] = [one for one in record.propositions if record.text(one.predicate) == "fired"]
    assert record.text(fired.negation) == "No"
    assert (fired.certainty, fired.frame) == (Certainty.CT_MINUS, Frame.PLAIN)


@pytest.mark.parametrize(
    "text, frame",
    [
        ("The army planned to shell the town.", Frame.INTENDED),
        ("The army did not plan to shell the town.", Frame.PLAIN),
        ("Denk ordered the army to shell the town.", Frame.ORDERED),
        ("Denk never ordered the army to shell the town.", Frame.PLAIN),
        ("The army tried to shell the town.", Frame.ATTEMPTED),
        ("The army has not tried to shell the town.", Frame.PLAIN),
    ],
)
def test_what_nobody_planned_is_no_plan(text: str, frame: Frame) -> None:
    record = purport.read_text(text, language="en")
    [shell] = [one for one in record.propositions if record.text(one.predicate) == "shell"]
    assert (shell.frame, shell.certainty.value_of <= 0) == (frame, True)


def test_triples_are_plain_and_keep_what_embeds_them() -> None:
    record = purport.read_text("Velmark and Ardania had sought to divide the valley in 2030.", language="en")
    [divide] = [one for one in record.propositions if record.text(one.predicate) == "divide"]
    text = record.document.text
    told = [
        tuple(" ".join(span.of(text) for span in part) for part in (t.subject, t.relation, t.object))
        for t in divide.triples
    ]
    assert ("Velmark", "had sought to divide", "the valley") in told
    assert ("Ardania", "had sought to divide", "the valley") in told
    assert divide.certainty is Certainty.UU


def test_places_and_times_belong_to_what_took_place_there_and_then() -> None:
    record = purport.read_text(
        "Soldiers freed Mosul on Tuesday. The envoy spoke in Iraq. Iran protested.", published="2031-03-12"
    )
    freed, spoke, protested = (
        next(one for one in record.propositions if record.text(one.predicate) == word)
        for word in ("freed", "spoke", "protested")
    )
    assert [(time.type, time.value) for time in freed.times] == [("DATE", "2031-03-11")]
    assert [(place.name, place.code) for place in freed.places] == [("Mosul", "IQ")]
    assert [place.name for place in spoke.places] == ["Iraq"]
    assert protested.places == ()


def test_he_is_the_one_who_was_named() -> None:
    record = purport.read_text("Hollan Reth crossed the river. He freed the prisoners.", language="en")
    [freed] = [one for one in record.propositions if record.text(one.predicate) == "freed"]
    assert record.text(freed.refers) == "Hollan Reth"


def test_a_title_is_told_once_of_each_who_has_it_and_by_each_who_tells_it() -> None:
    text = "General Bram Reth left. General Reth came back. General Lena Reth stayed. “General Reth slept,” Denk said."
    record = purport.read_text(text, language="en")
    titles = [one for one in record.propositions if one.implied and record.text(one.object) == "General"]
    assert [(record.text(one.subject), one.voucher is None) for one in titles] == [
        ("Bram Reth", True),
        ("Lena Reth", True),
        ("Reth", False),
    ]


@pytest.mark.parametrize(
    "text, by_text",
    [
        ("The minister regretted that the guards had beaten the poet.", True),
        ("The council forgot that the guards had beaten the poet.", True),
        ("The minister said that the guards had beaten the poet.", False),
        ("The minister learned only later that the guards had beaten the poet.", True),
        ("The minister learned from a clerk that the guards had beaten the poet.", False),
    ],
)
def test_what_a_cue_takes_for_granted_is_held_by_the_text_too(text: str, by_text: bool) -> None:
    record = purport.read_text(text, language="en")
    [beaten] = [one for one in record.propositions if record.text(one.predicate) == "had beaten"]
    assert any(held.by is None and held.certainty == "CT+" for held in beaten.held) is by_text


@pytest.mark.parametrize(
    "text, by_text",
    [
        ("The mayor has yet to explain why the guards beat the poet.", True),
        ("The mayor did not say when the guards beat the poet.", True),
        ("The mayor did not say whether the guards beat the poet.", False),
        ("The mayor did not say that the guards beat the poet.", False),
    ],
)
def test_what_is_only_asked_why_took_place(text: str, by_text: bool) -> None:
    record = purport.read_text(text, language="en")
    [beaten] = [one for one in record.propositions if record.text(one.predicate) == "beat"]
    assert any(held.by is None and held.certainty == "CT+" for held in beaten.held) is by_text


def test_a_plain_fact_leaves_out_what_tells_only_how() -> None:
    record = purport.read_text("Guards mistakenly detained a bishop. The levee nearly held the flood.", language="en")
    facts = [record.text(triple.relation) for one in record.propositions for triple in one.triples]
    assert facts == ["detained", "nearly held"]
    assert record.text(record.propositions[0].predicate) == "mistakenly detained"


def test_a_question_within_quotation_marks_ends_with_them() -> None:
    record = purport.read_text("“Who drew up the list, and did Denk sign it?” asked Orlo.", language="en")
    [signed] = [one for one in record.propositions if record.text(one.predicate).endswith("sign")]
    assert (signed.certainty, signed.frame) == ("Uu", "question")


@pytest.mark.parametrize("adverb, certainty", [("falsely", "CT-"), ("wrongly", "CT-"), ("clearly", "CT+")])
def test_what_a_picture_falsely_shows_is_not_so(adverb: str, certainty: str) -> None:
    record = purport.read_text(f"A doctored video {adverb} shows soldiers looting the museum.", language="en")
    [looting] = [one for one in record.propositions if record.text(one.predicate) == "looting"]
    assert (looting.certainty, looting.voucher) == (certainty, None)


@pytest.mark.parametrize(
    "text, predicate",
    [
        ("Not until the third night did the palace release the names.", "did … release"),
        ("Not only did the palace release the names, it printed them.", "did … release"),
        ("The palace did not release the names.", "did not release"),
    ],
)
def test_not_until_is_no_part_of_the_act(text: str, predicate: str) -> None:
    record = purport.read_text(text, language="en")
    assert predicate in [record.text(one.predicate) for one in record.propositions]
    until = [record.text(triple.relation) for one in record.propositions for triple in one.triples]
    assert not any("until" in words and "Not" not in words for words in until)


@pytest.mark.parametrize(
    "text",
    [
        "“Release the envoys,” Denk said.",
        "“Stop the pumps,” the captain told them.",
        "“Leave the valley by noon or we open the sluice,” the colonel told them.",
    ],
)
def test_an_order_is_no_act_of_who_gives_it(text: str) -> None:
    record = purport.read_text(text, language="en")
    [ordered] = [one for one in record.propositions if one.frame == "ordered"]
    assert (ordered.subject, ordered.certainty) == ((), "Uu")


def test_what_a_refusal_names_in_passing_is_held_by_the_text_too() -> None:
    record = purport.read_text("Denk refused to visit the bridge that militiamen mined in March.", language="en")
    [mined] = [one for one in record.propositions if record.text(one.predicate) == "mined"]
    assert any(held.by is None and held.certainty == "CT+" for held in mined.held)

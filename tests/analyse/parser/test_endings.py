"""The later part of a sentence hangs where it belongs."""

from __future__ import annotations

import pytest

from purport import read_text
from tests.analyse.parser.test_openings import claims


@pytest.mark.parametrize(
    "text, source, cue, content",
    [
        (
            "The bridge was dynamited by retreating sappers, the joint command announced in its noon bulletin.",
            "the joint command",
            "announced",
            "The bridge was dynamited by retreating sappers",
        ),
        ("An innkeeper swears that they crossed the lake.", "An innkeeper", "swears", "that they crossed the lake"),
    ],
)
def test_who_says_so_last_or_with_a_rare_word(text: str, source: str, cue: str, content: str) -> None:
    record = read_text(text, language="en")
    (one,) = record.attributions
    assert (record.text(one.source), record.text(one.cue), record.text(one.content)) == (source, cue, content)


def test_what_was_announced_is_no_speaker() -> None:
    record = read_text("The town was shelled, a new kind of crime reported on Monday.", language="en")
    assert not any(one.source for one in record.attributions)


@pytest.mark.parametrize(
    "text, subject, verb, certain",
    [
        ("The envoy managed at the second attempt to deliver it.", "The envoy", "deliver", "CT+"),
        ("There is not a shred of evidence that the archbishop blessed the guns.", "the archbishop", "blessed", "Uu"),
        ("There is no scrap of proof that the envoy took it.", "the envoy", "took", "Uu"),
        ("No fewer than nine deputies tore up their cards.", "No fewer than nine deputies", "tore up", "CT+"),
        ("The Chancery never so much as read the plea, let alone paid them a pension.", "The Chancery", "paid", "CT-"),
        ("The police and not the army fired on the crowd.", "The police", "fired", "CT+"),
        ("Nowhere on the recording do the guards strike the clerk.", "the guards", "do … strike", "CT-"),
        ("The mutineers were moments from storming the tower when tanks came.", "The mutineers", "storming", "CT-"),
        ("Fear of an annexation of the islets by Karsk has emptied the inns.", "Karsk", "annexation", "Uu"),
        ("In all likelihood the brigades laid the charges.", "the brigades", "laid", "PR+"),
        ("Denk's insistence that the crew had saved every boy convinced nobody.", "the crew", "had saved", "CT+"),
        ("Lest looters strip the museum, its director shut it.", "looters", "strip", "Uu"),
        ("Not once did the envoy shell the town; he sat still.", "the envoy", "did … shell", "CT-"),
        ("The mothers talked the chief into releasing the boys.", "the chief", "releasing", "CT+"),
        ("The diplomats resented the fact that Velmark had bugged the house.", "Velmark", "had bugged", "CT+"),
    ],
)  # fmt: skip
def test_what_is_so(text: str, subject: str, verb: str, certain: str) -> None:
    assert (subject, verb, certain) in claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "Doctors complained that bandages were short, whereupon the general slapped one.",
        "“We need bandages,” the doctor said, whereupon the general slapped one.",
        "“We need bandages,” the doctor declared, after which the general slapped one.",
    ],
)
def test_what_comes_of_a_complaint_is_no_part_of_it(text: str) -> None:
    record = read_text(text, language="en")
    (slapped,) = (one for one in record.propositions if record.text(one.predicate) == "slapped")
    assert (slapped.voucher, slapped.certainty.value) == (None, "CT+")


@pytest.mark.parametrize(
    "text",
    [
        "The police and not the army fired on the crowd.",
        "Police, and not soldiers, opened the gates.",
        "The gates were opened by the guards and not by soldiers.",
    ],
)
def test_who_is_taken_out_of_a_list_did_nothing(text: str) -> None:
    record = read_text(text, language="en")
    words = [record.text(one.subject) + " " + record.text(one.object) for one in record.propositions]
    assert not any("army" in one or "soldiers" in one for one in words)


@pytest.mark.parametrize(
    "text, source",
    [
        ("The staff has opened an inquiry into allegations by the Orrin bishops that soldiers burned it.", "bishops"),
        ("The board dismissed reports from the villagers that soldiers burned it.", "villagers"),
    ],
)
def test_what_is_alleged_is_no_clause_about_who_alleges_it(text: str, source: str) -> None:
    record = read_text(text, language="en")
    by = {one.id: record.text(one.source) for one in record.attributions}
    (act,) = (one for one in record.propositions if record.text(one.predicate) == "burned")
    assert source in by[act.voucher or ""]


def test_nobody_disputes_what_is_so() -> None:
    text = "Nobody in the capital disputes that Denk signed the order; the quarrel is over who asked for it."
    assert ("Denk", "signed", "CT+") in claims(text)


@pytest.mark.parametrize(
    "text, subject",
    [
        ("The truce was breached not by Velmark but by one of its allies.", "one of its allies"),
        ("The truce was breached by Ardania and not by Velmark.", "Ardania"),
    ],
)
def test_who_did_not_do_it_is_not_named_for_it(text: str, subject: str) -> None:
    assert {one for one, verb, _ in claims(text) if verb == "was breached"} == {subject}


def test_unlike_somebody_is_no_part_of_a_name() -> None:
    told = claims("The new governor, unlike her predecessor, published her taxes.")
    assert ("The new governor", "published", "CT+") in told


def test_an_earlier_version_of_a_text_is_not_the_text() -> None:
    record = read_text("An earlier version of this article said that Denk had signed the order.", language="en")
    (act,) = (one for one in record.propositions if record.text(one.predicate) == "had signed")
    assert act.voucher is not None

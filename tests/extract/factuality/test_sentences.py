"""What one sentence makes of the sentence before it."""

from __future__ import annotations

import pytest

from purport import read_text


@pytest.mark.parametrize(
    "text, certainty",
    [
        ("The general fled to Orsk. This is false.", "CT-"),
        ("The general fled to Orsk. The story is a hoax.", "CT-"),
        ("The general fled to Orsk. That is made up.", "CT-"),
        ("The general fled to Orsk. It is not true.", "CT-"),
        ("The general fled to Orsk. The claim is misleading.", "Uu"),
        ("The general fled to Orsk. This is not false.", "CT+"),
        ("The general fled to Orsk. It is a long way.", "CT+"),
        ("Did the general fled to Orsk? No.", "CT-"),
        ("The general fled to Orsk. So they say.", "CT+"),
    ],
)
def test_the_sentence_before_is_judged(text: str, certainty: str) -> None:
    record = read_text(text, language="en")
    [claim] = [one for one in record.propositions if record.text(one.predicate).endswith("fled")]
    assert claim.certainty == certainty


@pytest.mark.parametrize(
    "verdict, certainty",
    [("Verdict: False.", "CT-"), ("Our rating: Mostly false.", "Uu"), ("Verdict: True.", "CT+")],
)
def test_a_claim_that_is_checked_is_somebodys_and_the_verdict_the_texts(verdict: str, certainty: str) -> None:
    record = read_text(f"Claim: The general fled to Orsk.\n\n{verdict}", language="en")
    [claim] = [one for one in record.propositions if record.text(one.predicate).endswith("fled")]
    [voucher] = [one for one in record.attributions if one.id == claim.voucher]
    assert (voucher.kind, voucher.source) == ("block", ())
    assert [(one.by is None, one.certainty) for one in claim.held] == [(False, "Uu"), (True, certainty)]


def test_an_answer_is_the_questions() -> None:
    record = read_text("Is it true that the house abolished the tax? Yes. It did so in May.", language="en")
    [claim] = [one for one in record.propositions if "abolished" in record.text(one.predicate)]
    assert (claim.certainty, claim.voucher) == ("CT+", None)


@pytest.mark.parametrize(
    "text, certainty",
    [
        ("That the keeper sold the mill is simply untrue.", "CT-"),
        ("That the keeper sold the mill is a lie.", "CT-"),
        ("That the keeper sold the mill was never proven.", "Uu"),
        ("That the keeper sold the mill is well known.", "CT+"),
    ],
)
def test_a_clause_is_what_is_said_of_it(text: str, certainty: str) -> None:
    record = read_text(text, language="en")
    [claim] = [one for one in record.propositions if record.text(one.predicate).endswith("sold")]
    assert claim.certainty == certainty


@pytest.mark.parametrize(
    "text, by_text",
    [
        ("Denk said that the general fled to Orsk. That is false.", "CT-"),
        ("Denk told a rally in Orlo that the general fled. Not true.", "CT-"),
        ("A post by the singer Ilin says that the general fled to Orsk. Our rating: unproven.", "Uu"),
        ("Denk said that the general fled to Orsk. That is true.", None),
        ("Denk said that the general fled to Orsk. That is a long way.", None),
    ],
)
def test_a_verdict_on_what_somebody_said_leaves_the_saying(text: str, by_text: str | None) -> None:
    record = read_text(text, language="en")
    [claim] = [one for one in record.propositions if record.text(one.predicate).endswith("fled")]
    [voucher] = [one for one in record.attributions if one.id == claim.voucher]
    assert voucher.act == "assert"
    assert claim.certainty == "CT+"
    told = [held.certainty for held in claim.held if held.by is None]
    assert told == ([by_text] if by_text is not None else [])


@pytest.mark.parametrize(
    "text, who, certainty",
    [
        ("Asked whether the general had fled, Mara Denk answered: “Yes, he did.”", "Mara Denk", "CT+"),
        ("Asked if the general had fled, Mara Denk said: “No. He is here.”", "Mara Denk", "CT-"),
        ("Asked whether the general had fled, Mara Denk answered: “Yesterday I was away.”", "", "Uu"),
    ],
)
def test_who_answers_vouches_for_the_answer(text: str, who: str, certainty: str) -> None:
    record = read_text(text, language="en")
    [claim] = [one for one in record.propositions if record.text(one.predicate).endswith("fled")]
    [voucher] = [one for one in record.attributions if one.id == claim.voucher]
    assert (record.text(voucher.source), claim.certainty) == (who, certainty)

"""A sentence that opens with a clause, with "it was" or like a headline says what it says."""

from __future__ import annotations

import pytest

from purport import read_text


def claims(text: str) -> set[tuple[str, str, str]]:
    """Who does what, and whether it is so by whoever says it: subject, verb, "CT+" and the like."""
    record = read_text(text, language="en")
    return {
        (record.text(one.subject), record.text(one.predicate), one.held[0].certainty.value)
        for one in record.propositions
    }


@pytest.mark.parametrize(
    "text, subject, verb",
    [
        ("That Velmark shelled the clinic is false.", "Velmark", "shelled"),
        ("That Hesperin sank the ferry is a lie.", "Hesperin", "sank"),
        ("That Denk took bribes is untrue.", "Denk", "took"),
    ],
)
def test_a_clause_that_is_the_subject_is_told_from_what_is_said_of_it(text: str, subject: str, verb: str) -> None:
    assert (subject, verb, "CT-") in claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "That army crossed the river and was beaten.",
        "That man shelled the clinic.",
    ],
)
def test_that_before_a_noun_points_at_it(text: str) -> None:
    assert all(certain == "CT+" for _, _, certain in claims(text))


@pytest.mark.parametrize(
    "text, subject, verb, certain",
    [
        ("It was the ministry, not the bank, that seized the accounts.", "the ministry", "seized", "CT+"),
        ("It was Denk, the minister, who ordered the raid.", "Denk", "ordered", "CT+"),
        ("It was the rebels, and not the army, who opened the gates.", "the rebels", "opened", "CT+"),
        ("It was the coastguard and not the army that sprayed the quay.", "the coastguard", "sprayed", "CT+"),
        ("It was not the army but the police who fired on the crowd.", "the police", "fired", "CT+"),
        ("It was not the army that fired on the crowd.", "the army", "fired", "CT-"),
        ("Was it the army that fired?", "the army", "fired", "Uu"),
        ("The mayor denied that it was the guards who burned the mill.", "the guards", "burned", "CT-"),
    ],
)  # fmt: skip
def test_who_did_it_is_named_by_it_was(text: str, subject: str, verb: str, certain: str) -> None:
    found = claims(text)
    assert (subject, verb, certain) in found
    assert not any(one.startswith(("It", "it")) or "not" in one for one, _, _ in found)


def test_a_thing_of_a_kind_is_still_one() -> None:
    assert ("It", "was", "CT+") in claims("It was a mistake that cost lives.")


@pytest.mark.parametrize(
    "text, subject, verb",
    [
        ("Flood waters breach Larnek dam; thousands flee", "Flood waters", "breach"),
        ("Flood waters breach Larnek dam; thousands flee", "thousands", "flee"),
        ("Ferry sinks off Larnek; 40 feared dead", "Ferry", "sinks off"),
    ],
)
def test_a_headline_has_verbs(text: str, subject: str, verb: str) -> None:
    assert (subject, verb, "CT+") in claims(text)


def test_a_number_fears_nothing() -> None:
    assert not any(one.source for one in read_text("Ferry sinks off Larnek; 40 feared dead").attributions)


def test_what_stands_behind_a_semicolon_is_not_said_before_it() -> None:
    record = read_text("Denk said the talks had gone well; an hour later, Velmark recalled its envoy.", language="en")
    (recalled,) = (one for one in record.propositions if record.text(one.predicate) == "recalled")
    assert recalled.voucher is None


def test_what_a_source_goes_on_to_say_behind_a_semicolon_is_its_own() -> None:
    text = "Denk said that the talks had gone well; that Velmark had recalled its envoy; that the port was open."
    record = read_text(text, language="en")
    assert all(one.voucher for one in record.propositions if "recalled" in record.text(one.predicate))


@pytest.mark.parametrize(
    "text, subject",
    [
        ("Madam Speaker, the party opposite closed forty clinics.", "the party opposite"),
        ("Fellow delegates, the board of Velmark closed forty clinics.", "the board of Velmark"),
    ],
)
def test_who_is_addressed_did_not_do_it(text: str, subject: str) -> None:
    assert (subject, "closed", "CT+") in claims(text)


def test_who_has_two_names_is_not_addressed() -> None:
    said = {one for one, verb, _ in claims("Mr President, the leader of the group, closed forty clinics.")}
    assert any(one.startswith("Mr President") for one in said)

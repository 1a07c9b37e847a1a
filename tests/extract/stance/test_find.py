from __future__ import annotations

import pytest

import purport
from purport.model.record import Basis, Record


def shown(record: Record, basis: Basis | None = None) -> set[tuple[str, str, int, str]]:
    """Holder, target, sign and voucher's words; "voice" and "own" where the text speaks for itself."""
    names = {one.id: one.name or one.names[0] for one in record.entities}
    sources = {one.id: record.text(one.source) for one in record.attributions}
    return {
        (
            "voice" if one.holder is None else names[one.holder],
            names[one.target],
            one.sign,
            "own" if one.voucher is None else sources[one.voucher],
        )
        for one in record.stances
        if basis is None or one.basis is basis
    }


def deeds(text: str) -> set[tuple[str, str, int, str]]:
    return shown(purport.read_text(text, language="en"), Basis.DEED)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Velmark armed the Lowen Guard.", {("Velmark", "Lowen Guard", 1, "own")}),
        ("The Lowen Guard was armed by Velmark.", {("Velmark", "Lowen Guard", 1, "own")}),
        ("Velmark trained, armed and paid the Lowen Guard.", {("Velmark", "Lowen Guard", 1, "own")}),
        (
            "Velmark and Ardania attacked the Lowen Guard.",
            {("Velmark", "Lowen Guard", -1, "own"), ("Ardania", "Lowen Guard", -1, "own")},
        ),
        ("Mara Denk thwarted Velmark's plans.", {("Mara Denk", "Velmark", -1, "own")}),
        ("Mara Denk eliminated a threat to Ardania.", {("Mara Denk", "Ardania", 1, "own")}),
        ("Velmark's guns shelled Ardania.", {("Velmark", "Ardania", -1, "own")}),
        ("Velmark imposed sanctions on Ardania.", {("Velmark", "Ardania", -1, "own")}),
        ("Mara Denk said that Velmark had armed the Lowen Guard.", {("Velmark", "Lowen Guard", 1, "Mara Denk")}),
        (
            "Mara Denk accused Velmark of arming the Lowen Guard.",
            {("Mara Denk", "Velmark", -1, "own"), ("Velmark", "Lowen Guard", 1, "Mara Denk")},
        ),
        ("Mara Denk was the first envoy to visit Velmark.", {("Mara Denk", "Velmark", 0, "own")}),
    ],
)
def test_a_deed_shows_how_its_doer_stands(text: str, expected: set[tuple[str, str, int, str]]) -> None:
    assert deeds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Velmark did not arm the Lowen Guard.",
        "Velmark plans to arm the Lowen Guard.",
        "Velmark will arm the Lowen Guard.",
        "Velmark may have armed the Lowen Guard.",
        "Velmark refused to arm the Lowen Guard.",
        "Velmark tried to arm the Lowen Guard.",
        "If Velmark armed the Lowen Guard, the valley would burn.",
        "Had Velmark armed the Lowen Guard, the valley would have burned.",
        "Did Velmark arm the Lowen Guard?",
        "Mara Denk denied that Velmark had armed the Lowen Guard.",
        "Mara Denk doubts that Velmark armed the Lowen Guard.",
        "There is no evidence that Velmark armed the Lowen Guard.",
        "Mara Denk ordered Velmark to arm the Lowen Guard.",
        "Velmark's guns shelled Velmark.",
    ],
)
def test_what_is_not_said_to_be_done_shows_nothing(text: str) -> None:
    assert deeds(text) == set()


@pytest.mark.parametrize(
    "text, expected",
    [
        ("The brutal army of Velmark crossed the bridge.", {("voice", "Velmark", -1, "own")}),
        ("Mara Denk bravely crossed the bridge.", {("voice", "Mara Denk", 1, "own")}),
        ("Tomas Orlo is a liar.", {("voice", "Tomas Orlo", -1, "own")}),
        ('"Tomas Orlo is a liar," Mara Denk said.', {("Mara Denk", "Tomas Orlo", -1, "own")}),
        ("Tomas Orlo is not a liar.", set()),
        ("Is Tomas Orlo a liar?", set()),
    ],
)
def test_loaded_words_show_how_whoever_uses_them_stands(text: str, expected: set[tuple[str, str, int, str]]) -> None:
    assert shown(purport.read_text(text, language="en"), Basis.WORDS) == expected


def test_every_stance_has_its_place_and_voucher() -> None:
    text = "The Zionist regime helped Mara Denk, Tomas Orlo said. The heroic Denk praised Velmark."
    record = purport.read_text(text, language="en")
    assert record.stances
    known = {one.id for one in record.attributions}
    for one in record.stances:
        assert record.text((one.evidence,)) in text
        assert one.voucher is None or one.voucher in known
        assert 0 < one.confidence <= 1
        for span in (*one.holder_spans, *one.target_spans):
            assert span.of(text).strip() == span.of(text) != ""
    assert {one.basis for one in record.stances} >= {Basis.NAME, Basis.DEED}


def test_reading_again_gives_the_same() -> None:
    text = "Velmark attacked Ardania. Mara Denk condemned the brutal Velmark army, and Tomas Orlo backed Denk."
    assert purport.read_text(text).stances == purport.read_text(text).stances

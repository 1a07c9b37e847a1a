from __future__ import annotations

import pytest

from purport.lexicons import shipped_lexicon
from purport.resolve.document.names import read_name, same_person, seat, sounded, state_of

SHIPPED = shipped_lexicon()


@pytest.mark.parametrize(
    "words, core, titles",
    [
        ("Prime Minister Mara Denk", "Mara Denk", ("prime minister",)),
        ("General Orlo's", "Orlo", ("general",)),
        ("Sen. Hollan Reth,", "Hollan Reth", ("sen.",)),
        ("12-30 Lieutenant General Hollan Reth", "Hollan Reth", ("lieutenant general",)),
        ("Leader of the Blue Revolution", "Leader of the Blue Revolution", ()),
        ("Minister", "Minister", ()),
        ("Vermont Sen. Hollan Reth", "Hollan Reth", ("sen.",)),
        ("its longtime leader Mara Denk", "Mara Denk", ()),
        ("Minister of information Mara Denk", "Mara Denk", ("minister of information",)),
        ("Observers without Borders", "Observers without Borders", ()),
        ("Organisation for the Prohibition of Gates", "Organisation for the Prohibition of Gates", ()),
        ("van der Reth", "van der Reth", ()),
        ("Denk", "Denk", ()),
        ("“Denk”", "Denk", ()),
    ],
)
def test_titles_and_marks_are_apart_from_the_name(words: str, core: str, titles: tuple[str, ...]) -> None:
    name = read_name(words.split(), SHIPPED)
    assert (name.words, name.titles) == (core, titles)


@pytest.mark.parametrize(
    "words, known",
    [
        ("the UN", "United Nations"),
        ("U.S.", "United States"),
        ("the Islamic Republic", "Iran"),
        ("ISIL's", "Islamic State of Iraq and the Levant"),
    ],
)
def test_whom_the_lexicon_knows_is_found_under_any_of_its_names(words: str, known: str) -> None:
    row = read_name(words.split(), SHIPPED).row
    assert row is not None
    assert row.name == known


@pytest.mark.parametrize("words", ["Denk", "Supreme Court", "Congress", "Velmark", "us"])
def test_an_unknown_or_ambiguous_name_is_nobodys(words: str) -> None:
    assert read_name(words.split(), SHIPPED).row is None


@pytest.mark.parametrize(
    "words, tone, core",
    [("Martyr Reth", "laudatory", "Reth"), ("Tyrant Orlo", "hostile", "Orlo"), ("Commander Reth", "", "Reth")],
)
def test_words_that_take_a_side_are_told_and_left_out(words: str, tone: str, core: str) -> None:
    name = read_name(words.split(), SHIPPED)
    assert (name.tone, name.words) == (tone, core)


def test_a_partisan_name_keeps_its_neutral_one() -> None:
    name = read_name(["the", "Zionist", "regime"], SHIPPED)
    assert name.row is not None
    assert (name.tone, name.row.name, name.words) == ("hostile", "Israel", "Zionist regime")
    suffixed = read_name(["the", "Iranian", "regime"], SHIPPED)
    assert suffixed.row is not None
    assert (suffixed.tone, suffixed.row.name) == ("hostile", "Iran")


@pytest.mark.parametrize(
    "one, other, same",
    [
        ("Reth", "Hollan Reth", True),
        ("H. Reth", "Hollan Reth", True),
        ("Qasem Reth", "Ghasem Reth", True),
        ("Hassan Reth", "Hussein Reth", False),
        ("Mara Denk", "Hollan Denk", False),
        ("Denk", "Reth", False),
        ("Mara Denk", "Mara Lisa Denk", True),
        ("Mara", "Mara Denk", True),
        ("Skerrin", "Skerrin United", False),
    ],
)
def test_names_of_one_person(one: str, other: str, same: bool) -> None:
    assert same_person(one.split(), other.split()) is same
    assert same_person(other.split(), one.split()) is same


@pytest.mark.parametrize("spellings", [("Qasem", "Qassem", "Ghasem", "Kasem"), ("Yusuf", "Yousef", "Youssef")])
def test_spellings_of_one_sound(spellings: tuple[str, ...]) -> None:
    consonants = {"".join(c for c in sounded(one) if c not in "aeiou") for one in spellings}
    assert len(consonants) == 1


def test_adjectives_and_seats_belong_to_states() -> None:
    iranian, kremlin = state_of("Iranian", SHIPPED), seat("Kremlin", SHIPPED)
    assert iranian is not None
    assert kremlin is not None
    assert (iranian.name, kremlin.name) == ("Iran", "Russia")
    assert state_of("table", SHIPPED) is seat("Skerrin", SHIPPED) is None

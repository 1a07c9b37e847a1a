"""Who is who within a text: what is cut off a name, who holds an office, whom a short name means."""

from __future__ import annotations

import pytest

import purport
from purport import Record


def named(record: Record) -> dict[str, str]:
    """The type of each who has a name."""
    return {one.name: one.type for one in record.entities if one.name and one.type != "other"}


def of(record: Record, words: str, nth: int = 0) -> str:
    """The id of whom the nth mention that begins with these words names."""
    text = record.document.text
    return [one.entity for one in record.mentions if one.span.of(text).startswith(words)][nth]


def said(record: Record, words: str) -> str:
    """The name of whom it is that says words."""
    names = {one.id: one.name for one in record.entities}
    one = next(a for a in record.attributions if words in record.text(a.content))
    return names[one.holder] if one.holder else ""


@pytest.mark.parametrize(
    "text, name",
    [
        ("Rival Mara Denk said that she would sue.", "Mara Denk"),
        ("The 68-year-old Mara Denk said that she would sue.", "Mara Denk"),
        ("Orrin Steel CEO Hollan Reth said that he would sue.", "Hollan Reth"),
        ("Radio Skerrin's Anna Reth said that she would sue.", "Anna Reth"),
        ("Both Anna Reth and Hollan Denk sued.", "Anna Reth"),
    ],
)
def test_what_only_stands_before_a_name_is_cut_off(text: str, name: str) -> None:
    assert named(purport.read_text(text, language="en")).get(name) == "person"


def test_a_headline_makes_no_names_that_the_body_does_not_confirm() -> None:
    text = "Olga Reth Slams Denk Over Missing Millions\n\nOlga Reth said on Monday that the banker Simon Denk had it."
    assert set(named(purport.read_text(text, language="en"))) == {"Olga Reth", "Simon Denk"}


@pytest.mark.parametrize("word", ["Monday", "March", "Christmas", "Oct.", "Yes"])
def test_days_and_small_words_are_nobody(word: str) -> None:
    assert not named(purport.read_text(f"The snow fell. {word} was cold. It is still {word}, they say.", language="en"))


DEPUTIES = """Deputy Interior Minister Ida Reth came. The interior minister, Simon Denk, was ill. The deputy interior
minister said that it was late."""


@pytest.mark.parametrize(
    "text, words, name",
    [
        ("Foreign Minister Mara Denk came. The foreign minister said that it was late.", "it was late", "Mara Denk"),
        ("Sen. Anton Reth came. Nadia Denk, the chair, left. The senator said that it was late.", "late", "Anton Reth"),
        (DEPUTIES, "it was late", "Ida Reth"),
    ],
)
def test_a_role_is_who_holds_it_in_the_text(text: str, words: str, name: str) -> None:
    assert said(purport.read_text(text, language="en"), words) == name


@pytest.mark.parametrize(
    "text",
    [
        "Finance Minister Mara Denk left. The health minister said that drugs were stolen.",
        "Former minister Mara Denk left. The minister said that drugs were stolen.",
    ],
)
def test_another_office_is_another(text: str) -> None:
    assert said(purport.read_text(text, language="en"), "drugs were stolen") != "Mara Denk"


@pytest.mark.parametrize(
    "text, one, other",
    [
        ("The Food Board of Skerrin (FBS) met. The FBS was late.", "The Food Board", "The FBS"),
        (
            "The Conservative Party of Velmark lost. The Conservatives blamed the storm.",
            "The Conserv",
            "The Conservatives",
        ),
        ("Ida Reth, also known as Frank Denk, was held. Denk had sold fake tickets.", "Ida Reth", "Denk"),
        ("Reth, Olga; Denk, Simon.\n\nOlga Reth opened the meeting.", "Reth, Olga", "Olga Reth"),
        ("Israel Reth, a farmer, sued. Israel said that it was late.", "Israel Reth", "Israel said"[:6]),
    ],
)
def test_a_short_or_other_name_is_whose_it_is(text: str, one: str, other: str) -> None:
    record = purport.read_text(text, language="en")
    last = [m.entity for m in record.mentions if m.span.of(record.document.text).startswith(other)][-1]
    assert of(record, one) == last


def test_a_town_is_not_its_club_nor_the_enemy_who_speaks() -> None:
    record = purport.read_text("Skerrin Rovers lost on Sunday. The mayor of Skerrin consoled the team.", language="en")
    assert of(record, "Skerrin Rovers") != of(record, "Skerrin", -1)
    text = "Communique issued by the Hill Front\n\nThe enemy burned two of our villages. We answered at dawn."
    record = purport.read_text(text, language="en")
    assert of(record, "The enemy") != of(record, "We")


def test_a_state_that_no_list_knows_is_none_the_less_a_land() -> None:
    text = "Velmark closed its border with Ardania on Monday. The parliament of Velmark ratified the treaty."
    assert named(purport.read_text(text, language="en"))["Velmark"] in ("state", "place")


@pytest.mark.parametrize(
    "text, one, other",
    [
        ("Olga Reth came. Hollan, her son, stayed. Reth wept. Mrs. Reth left.", "Olga Reth", "Mrs. Reth"),
        ("Oren Korrel Jr. fled. Guards said Korrel had a gun.", "Oren Korrel Jr.", "Korrel had"),
        ("Korrel was ill. Hollan Korrel III came.", "Hollan Korrel III", "Korrel was"),
        ("Tara Reid came. Reid wept. “I am fine,” Reid said.", "Tara Reid", "Reid wept"),
        ("Olga Denk came. “Hard hats for Olga,” they sang. Denk laughed.", "Olga Denk", "Denk laughed"),
        ("“I left,” said Orrin resident Whit Symms. Symms is a baker. Symms wept.", "Orrin resident", "Symms is"),
        ("Chuck Oster, a baker, left. Oster was ill. Oster wept.", "Chuck Oster", "Oster was"),
        ("Jorva Denk came. “Jorva for mayor,” they sang. Denk laughed.", "Jorva Denk", "Jorva for"),
        ("Olga Denk came. Denk wept. Her husband, Simon Denk, stayed. Denk left.", "Olga Denk", "Denk left"),
    ],
)
def test_a_part_of_a_name_is_whose_it_is(text: str, one: str, other: str) -> None:
    record = purport.read_text(text, language="en")
    start = text.index(other)
    found = [m.entity for m in record.mentions if m.span.start == start]
    assert of(record, one) in found


@pytest.mark.parametrize(
    "text, name, type_",
    [
        ("Republican front-runner Mara Denk said that she would sue.", "Mara Denk", "person"),
        ("The newly founded Institute for a Modern Ferry was closed.", "Institute for a Modern Ferry", "organisation"),
        ("Denk Slams Bridge\n\nMara Denk said on Monday that it was late. Denk wept.", "Mara Denk", "person"),
        ("The Federal Ferry Commission was asked on Monday.", "Federal Ferry Commission", "government"),
        ("Ostervald reported on Monday that the ferry was old. Ostervald was founded in 1902.", "Ostervald", "outlet"),
    ],
)
def test_what_a_name_is(text: str, name: str, type_: str) -> None:
    assert named(purport.read_text(text, language="en")).get(name) == type_

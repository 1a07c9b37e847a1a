from __future__ import annotations

from collections import Counter

import pytest

from purport.lexicons import shipped_lexicon
from purport.lexicons.places import places

SHIPPED = shipped_lexicon()
AMBIGUOUS = {
    "ABC", "ABC News", "Congo", "Congress", "House of Commons", "Korea", "Ministry of Defence", "PTI", "RSF", "Senate",
    "Supreme Court",
}  # fmt: skip
"""Names that two actors bear and that only the text can decide."""
SHARED = {"Congolese", "Dominican", "Dominicans", "Korean", "Koreans", "Palestinian", "Sahrawi", "Tibetan"}
"""Adjectives of two states, or of a place and a people."""


def test_there_are_many_of_each_type() -> None:
    found: Counter[str] = Counter(row.type for row in SHIPPED.actors)
    assert found["state"] == 193 + 2
    least = {"government": 60, "organisation": 110, "armed group": 70, "outlet": 110, "place": 10}
    assert all(found[kind] >= number for kind, number in least.items())
    assert found["people"] + found["movement"] >= 30


def test_every_code_is_one_of_the_gazetteer() -> None:
    codes = {row.code for rows in places().values() for row in rows}
    assert {row.of for row in SHIPPED.actors} - codes == {""}
    states = [row.of for row in SHIPPED.actors if row.type == "state"]
    assert len(set(states)) == len(states)


def test_every_state_has_the_gazetteer_s_name_for_its_code() -> None:
    by_code = {row.of: row for row in SHIPPED.actors if row.type == "state"}
    for name, rows in places().items():
        if rows[0].kind == "country" and (state := by_code.get(rows[0].code)) and rows[0].name == name:
            known = {state.name, *state.aliases, *(f"The {state.name}",)}
            assert name in known or name == "Palestinian Territory"


def test_every_state_has_a_word_for_its_people() -> None:
    without = [row.name for row in SHIPPED.actors if row.type == "state" and not row.adjectives]
    assert without == ["Holy See"]


def test_only_what_is_truly_ambiguous_names_two() -> None:
    assert {name for name, rows in SHIPPED.named.items() if len(rows) > 1} == AMBIGUOUS
    assert {name for name, rows in SHIPPED.adjectives.items() if len(rows) > 1} == SHARED
    assert all(len(rows) == 1 for rows in SHIPPED.metonyms.values())
    assert not SHIPPED.named.keys() & SHIPPED.metonyms.keys()
    assert not SHIPPED.named.keys() & SHIPPED.adjectives.keys()


def test_an_article_is_part_of_no_name_but_of_these() -> None:
    found = {one for row in SHIPPED.actors for one in (*row.aliases, *row.adjectives, *row.metonyms)}
    assert {one for one in found if one.lower().startswith("the ")} == {
        "The Hill", "The National", "The Punch", "The Sun",
    }  # fmt: skip


@pytest.mark.parametrize(
    "alias, name",
    [
        ("Da'esh", "Islamic State of Iraq and the Levant"),
        ("Ansarullah", "Houthis"),
        ("Islamic Republic of Iran", "Iran"),
        ("Burma", "Myanmar"),
        ("Pentagon", "United States Department of Defense"),
        ("New York Times", "The New York Times"),
        ("Resistance Axis", "Axis of Resistance"),
    ],
)
def test_an_alias_leads_to_the_neutral_name(alias: str, name: str) -> None:
    assert [row.name for row in SHIPPED.named[alias]] == [name]


def test_a_place_stands_for_the_government_not_the_state() -> None:
    assert [row.name for row in SHIPPED.metonyms["Kremlin"]] == ["Russia"]
    assert "Kremlin" not in SHIPPED.named
    assert [row.name for row in SHIPPED.adjectives["Iranians"]] == ["Iran"]


def test_what_a_contested_group_is_stands_with_who_says_so() -> None:
    held = {row.name: row.held for row in SHIPPED.actors}
    assert all(
        "itself" in held[name] for name in ("Hamas", "Kurdistan Workers' Party", "Liberation Tigers of Tamil Eelam")
    )

from __future__ import annotations

from collections import Counter

import pytest

from purport.lexicons.actors import TYPES, actors, adjectives, metonyms, named, parse_actors
from purport.lexicons.places import places

AMBIGUOUS = {
    "ABC", "ABC News", "Congo", "Congress", "House of Commons", "Korea", "Ministry of Defence", "PTI", "RSF", "Senate",
    "Supreme Court",
}  # fmt: skip
"""Names that two actors bear and that only the text can decide."""
SHARED = {"Congolese", "Dominican", "Dominicans", "Korean", "Koreans", "Palestinian", "Sahrawi", "Tibetan"}
"""Adjectives of two states, or of a place and a people."""


def test_there_are_many_of_each_type() -> None:
    found = Counter(row.type for row in actors())
    assert found["state"] == 193 + 2
    least = {"government": 60, "organisation": 110, "armed group": 70, "outlet": 110, "place": 10}
    assert all(found[kind] >= number for kind, number in least.items())
    assert found["people"] + found["movement"] >= 30


def test_every_code_is_one_of_the_gazetteer() -> None:
    codes = {row.code for rows in places().values() for row in rows}
    assert {row.of for row in actors()} - codes == {""}
    states = [row.of for row in actors() if row.type == "state"]
    assert len(set(states)) == len(states)


def test_every_state_has_the_gazetteer_s_name_for_its_code() -> None:
    by_code = {row.of: row for row in actors() if row.type == "state"}
    for name, rows in places().items():
        if rows[0].kind == "country" and (state := by_code.get(rows[0].code)) and rows[0].name == name:
            known = {state.name, *state.aliases, *(f"The {state.name}",)}
            assert name in known or name == "Palestinian Territory"


def test_every_state_has_a_word_for_its_people() -> None:
    without = [row.name for row in actors() if row.type == "state" and not row.adjectives]
    assert without == ["Holy See"]


def test_only_what_is_truly_ambiguous_names_two() -> None:
    assert {name for name, rows in named().items() if len(rows) > 1} == AMBIGUOUS
    assert {name for name, rows in adjectives().items() if len(rows) > 1} == SHARED
    assert all(len(rows) == 1 for rows in metonyms().values())
    assert not named().keys() & metonyms().keys()
    assert not named().keys() & adjectives().keys()


def test_an_article_is_part_of_no_name_but_of_these() -> None:
    found = {one for row in actors() for one in (*row.aliases, *row.adjectives, *row.metonyms)}
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
    assert [row.name for row in named()[alias]] == [name]


def test_a_place_stands_for_the_government_not_the_state() -> None:
    assert [row.name for row in metonyms()["Kremlin"]] == ["Russia"]
    assert "Kremlin" not in named()
    assert [row.name for row in adjectives()["Iranians"]] == ["Iran"]


def test_what_a_contested_group_is_stands_with_who_says_so() -> None:
    held = {row.name: row.held for row in actors()}
    assert all(
        "itself" in held[name] for name in ("Hamas", "Kurdistan Workers' Party", "Liberation Tigers of Tamil Eelam")
    )


ROW = "Velmark\tstate\tVE\tKingdom of Velmark\tVelmarkian\tAbelund\t"


def test_a_row_is_read() -> None:
    (row,) = parse_actors("# comment\n" + ROW)
    assert (row.name, row.type, row.of, row.aliases) == ("Velmark", "state", "VE", ("Kingdom of Velmark",))
    assert (row.adjectives, row.metonyms, row.held) == (("Velmarkian",), ("Abelund",), "")
    assert row.type in TYPES


@pytest.mark.parametrize(
    "line, message",
    [
        ("Velmark\tstate\tVE", "7 columns"),
        (ROW.replace("state", "country"), "'country'"),
        (ROW.replace("VE\t", "Ve\t", 1), "'Ve' is no code"),
        (ROW.replace("state", "place"), "is no state and has metonyms"),
        (ROW.replace("Kingdom of", "the"), "'the Velmark' is no name"),
        (ROW.replace("Kingdom of Velmark", "Vel;"), "'' is no name"),
        (ROW.replace("Kingdom of Velmark", "Velmark"), "a name twice"),
        (ROW + "a kingdom", "does not say who holds what"),
        (ROW + "\n" + ROW, "repeated"),
        (ROW + "\nArdania\tstate\t\t\t\t\t", "out of order"),
    ],
)
def test_a_malformed_row_is_named(line: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"actors.tsv, line .*{message}"):
        parse_actors(line)

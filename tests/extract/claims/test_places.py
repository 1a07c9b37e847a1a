from __future__ import annotations

import pytest

import purport
from purport.extract.claims.places import toponyms
from purport.lexicons.places import places
from tests.ruled import analysed


def named(text: str) -> list[tuple[str, str, str]]:
    analysis = analysed(text)
    return [(one.span.of(text), one.name, one.code) for one in toponyms(analysis)]


def test_the_gazetteer_knows_places_by_their_names() -> None:
    [mosul] = [row for row in places()["Mosul"] if row.code == "IQ"]
    assert abs(mosul.latitude - 36.34) < 0.2
    assert abs(mosul.longitude - 43.13) < 0.2
    assert len(places()) > 30_000


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Soldiers entered Mosul in Iraq.", [("Mosul", "Mosul", "IQ"), ("Iraq", "Iraq", "IQ")]),
        ("He was born in Paris.", [("Paris", "Paris", "FR")]),
        ("He was born in Paris, Texas.", [("Paris", "Paris", "US"), ("Texas", "Texas", "US")]),
        ("The US denied it.", [("US", "United States", "US")]),
        ("The mayor of Tripoli in Lebanon spoke.", [("Tripoli", "Tripoli", "LB"), ("Lebanon", "Lebanon", "LB")]),
        ("He spoke in Moscow.", [("Moscow", "Moscow", "RU")]),
        ("He spoke in Maryland.", [("Maryland", "Maryland", "US")]),
        ("Hillary Clinton spoke.", []),
        ("This was an attack on Obama.", []),
        ("Mara Denk spoke in Skerrin.", []),
    ],
)
def test_which_place_is_meant(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert named(text) == expected


def test_other_places_of_the_name_are_counted() -> None:
    [paris] = toponyms(analysed("He was born in Paris."))
    assert paris.others > 1


@pytest.mark.parametrize(
    "text, code",
    [
        ("The guild won Alabama, Arkansas and Louisiana. It leads in Georgia.", "US"),
        ("The guild left Tbilisi. It leads in Georgia.", "GE"),
        ("It leads in Georgia.", "GE"),
    ],
)
def test_a_division_beside_others_of_its_country_is_meant(text: str, code: str) -> None:
    assert [got for word, _, got in named(text) if word == "Georgia"] == [code]


def test_hopes_are_not_put_where_they_are_put_on() -> None:
    record = purport.read_text("The guild pinned its hopes on Aleppo.", language="en")
    assert not any(one.places for one in record.propositions)


@pytest.mark.parametrize("text", ["He spoke in Portsmouth, N.H., on Monday.", "He spoke in Portsmouth, New Hampshire."])
def test_what_a_place_lies_in_may_be_shortened(text: str) -> None:
    [portsmouth] = [one for one in toponyms(analysed(text)) if one.name == "Portsmouth"]
    assert (portsmouth.code, round(portsmouth.latitude)) == ("US", 43)


def test_who_is_born_outside_a_land_is_not_born_in_it() -> None:
    record = purport.read_text("Denk was born outside Spain.", language="en")
    assert not any(one.places for one in record.propositions)

from __future__ import annotations

import pytest

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
        ("Hillary Clinton spoke.", []),
        ("Mara Denk spoke in Skerrin.", []),
    ],
)
def test_which_place_is_meant(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert named(text) == expected


def test_other_places_of_the_name_are_counted() -> None:
    [paris] = toponyms(analysed("He was born in Paris."))
    assert paris.others > 1

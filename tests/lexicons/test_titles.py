from __future__ import annotations

import pytest

from purport.lexicons.titles import KINDS, TitleRow, titles


def test_there_are_many_of_each_kind() -> None:
    assert len(titles()) >= 200
    assert {row.kind for row in titles().values()} == set(KINDS)


@pytest.mark.parametrize(
    "title, kind, gender",
    [
        ("Lieutenant General", "rank", ""),
        ("Prime Minister", "office", ""),
        ("Sen.", "office", ""),
        ("Mr.", "honorific", "m"),
        ("Grand Ayatollah", "religious", "m"),
        ("Queen", "noble", "f"),
        ("Professor", "profession", ""),
    ],
)
def test_a_title_is_found_in_lower_case(title: str, kind: str, gender: str) -> None:
    assert titles()[title.lower()] == TitleRow(title, kind, gender)

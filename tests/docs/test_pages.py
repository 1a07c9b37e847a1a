"""Each page of `purport serve` has its pictures, small enough to be kept."""

from __future__ import annotations

import pytest

from docs.make_pages import FOLDER, PAGE, SHOWN, kinds_of, told

LARGEST = 120_000
"""Bytes of a picture."""


def test_the_page_is_what_would_be_written() -> None:
    assert PAGE.read_text("utf-8") == told()


@pytest.mark.parametrize("name", SHOWN)
def test_each_page_has_its_pictures(name: str) -> None:
    for kind in kinds_of(name):
        picture = FOLDER / f"{name}-{kind}.webp"
        assert picture.read_bytes()[8:12] == b"WEBP"
        assert picture.stat().st_size < LARGEST


def test_there_is_no_picture_of_anything_else() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{n}-{k}.webp" for n in SHOWN for k in kinds_of(n)}

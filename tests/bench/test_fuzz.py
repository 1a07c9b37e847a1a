"""Layouts changed at random are read without a fault, and a fault is told."""

from __future__ import annotations

import random

import pytest

from bench import fuzz


@pytest.mark.parametrize("name", fuzz.FORMATS)
def test_a_few_documents_of_each_format_have_no_fault(name: str) -> None:
    paths = sorted(path for suffix in fuzz.FORMATS[name] for path in fuzz.ROOT.glob(f"*/*{suffix}"))
    chance = random.Random(7)
    for number in range(1, 9):
        path = chance.choice(paths)
        data = (fuzz.packed if name == "docx" else fuzz.changed)(path.read_bytes(), chance)
        assert fuzz.tried(data, path.name, number) == ""


def test_what_is_raised_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_text: str, _blocks: object) -> list[object]:
        raise IndexError("out of range")

    monkeypatch.setattr(fuzz, "KINDS", (broken,))
    assert fuzz.tried(b"Runa Sel: The mine is closed.", "x.txt", 1) == "IndexError: out of range"


def test_the_same_seed_makes_the_same_documents() -> None:
    data = b"one\ntwo\nthree\nfour"
    assert fuzz.changed(data, random.Random(3)) == fuzz.changed(data, random.Random(3)) != data

"""This build is no worse than its floors; where a gold is not on this machine, the test says so and is skipped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import figures, floors
from bench.accuracy import GOLD
from bench.figures import MEASUREMENTS, Measurement
from bench.floors import Better, Measured
from docs.figures import PAGES, used


@pytest.mark.timeout(400)
@pytest.mark.parametrize("name", [name for name, row in MEASUREMENTS.items() if not row.slow])
def test_no_figure_is_worse_than_its_floor(name: str) -> None:
    row = MEASUREMENTS[name]
    if not row.gold():
        pytest.skip(f"the gold is not part of this project and not on this machine ({row.home})")
    found = row.measure()
    print(*(f"{figure}: {one.value:.4f}" for figure, one in found.items()), sep="\n")
    assert floors.faults(found, row.digest(), floors.load()) == []


def test_the_gold_of_what_is_measured_by_hand_is_the_same() -> None:
    kept = floors.load()
    for name, row in MEASUREMENTS.items():
        if row.slow and row.gold():
            own = [one for one in kept.values() if one.command == row.command]
            assert own, name
            assert all(one.gold == row.digest() for one in own), name


def test_every_figure_in_the_pages_has_a_floor() -> None:
    kept = floors.load()
    assert {name for path in PAGES for name in used(path.read_text("utf-8"))} <= set(kept)
    assert {one.command for one in kept.values()} == {row.command for row in MEASUREMENTS.values()}
    assert all(f"{gold} relation F1" in kept for gold in GOLD)


def test_every_floor_lets_pass_what_was_measured() -> None:
    kept = floors.load()
    assert list(kept) == sorted(kept)
    assert [name for name, one in kept.items() if not one.low <= one.measured <= one.high] == []


@pytest.fixture
def invented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """One figure, whose value is the list's last, on a gold of one file, with floors of its own."""
    values = [0.8]
    (tmp_path / "gold.txt").write_text("Velmark denied it.")
    (tmp_path / "floors.json").write_text("{}")
    row = Measurement(tmp_path, ("gold.txt",), "python -m x", lambda: {"x F1": Measured(values[-1])})
    monkeypatch.setattr(figures, "MEASUREMENTS", {"x": row})
    for name in ("load", "save"):
        monkeypatch.setattr(getattr(floors, name), "__defaults__", (tmp_path / "floors.json",))
    return values


def test_floors_are_raised_and_lowered_by_the_command(
    invented: list[float], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert figures.main([]) == 1
    assert "has no floor" in capsys.readouterr().out
    assert figures.main(["--raise"]) == 0
    assert floors.load()["x F1"].low == 0.795
    invented.append(0.7)
    assert figures.main(["--raise"]) == 1
    assert floors.load()["x F1"].low == 0.795
    assert figures.main(["--lower", "x"]) == 2
    assert figures.main(["--lower", "--reason", "another parser", "x"]) == 0
    [kept] = floors.load().values()
    assert (kept.low, kept.better) == (0.695, Better.HIGHER)
    assert [one["reason"] for one in kept.reasons] == ["another parser"]
    (tmp_path / "gold.txt").write_text("Velmark denied nothing.")
    assert figures.main([]) == 1
    assert "the gold is another one" in capsys.readouterr().out
    assert figures.main(["--raise", "x"]) == 1
    assert figures.main(["--gold", "--reason", "a case more", "x"]) == 0
    assert [list(one) for one in json.loads((tmp_path / "floors.json").read_text())["x F1"]["reasons"]] == [
        ["was", "now", "reason"],
        ["gold was", "reason"],
    ]


def test_a_gold_that_is_not_here_is_said(
    invented: list[float], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gold.txt").unlink()
    assert figures.main([]) == 0
    assert "x: not on this machine" in capsys.readouterr().out
    assert figures.main(["y"]) == 2
    assert invented == [0.8]

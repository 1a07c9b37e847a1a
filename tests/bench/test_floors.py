from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from bench.floors import Better, Floor, Measured, digest, faults, load, lowered, raised, regolded, save

KEPT = {
    "up": Floor(0.5, math.inf, 0.01, 0.51, "g", "c"),
    "down": Floor(-math.inf, 0.02, 0.001, 0.019, "g", "c"),
    "between": Floor(0.95, 1.05, 0.0, 1.0, "g", "c"),
}


@pytest.mark.parametrize(
    "name, value, right",
    [
        ("up", 0.5, True), ("up", 0.499, False), ("down", 0.02, True), ("down", 0.021, False),
        ("between", 0.95, True), ("between", 1.06, False), ("between", 0.94, False),
    ],
)  # fmt: skip
def test_a_figure_is_checked_the_way_it_should_go(name: str, value: float, right: bool) -> None:
    assert (faults({name: Measured(value)}, "g", KEPT) == []) is right


def test_a_figure_without_a_floor_or_on_another_gold_is_a_fault() -> None:
    [line] = faults({"new": Measured(0.5)}, "g", KEPT)
    assert line == "new is 0.5 and has no floor; python -m bench.figures --raise sets it"
    [line] = faults({"up": Measured(0.9)}, "another", KEPT)
    assert line.startswith("up: the gold is another one")


def test_raising_only_raises() -> None:
    found = {"up": Measured(0.4), "down": Measured(0.5), "between": Measured(1.2)}
    new = raised(found, "g", "c", KEPT)
    assert {name: (one.low, one.high) for name, one in new.items()} == {
        name: (one.low, one.high) for name, one in KEPT.items()
    }
    assert new["up"].measured == 0.4
    better = raised({"up": Measured(0.9, {"recall": 0.87654}), "down": Measured(0.0)}, "g", "c", KEPT)
    assert (better["up"].low, better["up"].also, better["down"].high) == (0.89, {"recall": 0.8765}, 0.001)
    with pytest.raises(ValueError, match="up: the gold is another one"):
        raised({"up": Measured(0.9)}, "another", "c", KEPT)


def test_lowering_wants_a_reason_and_keeps_it() -> None:
    found = {"up": Measured(0.4), "down": Measured(0.01), "between": Measured(1.2)}
    new = lowered(found, "a smaller parser", KEPT)
    assert (new["up"].low, new["between"].low, new["between"].high) == (0.39, 0.95, 1.2)
    assert new["down"] == KEPT["down"]
    assert new["up"].reasons == ({"was": "at least 0.5", "now": "at least 0.39", "reason": "a smaller parser"},)
    with pytest.raises(ValueError, match="with a reason only"):
        lowered(found, " ", KEPT)


def test_another_gold_wants_a_reason_and_changes_no_value() -> None:
    new = regolded(["up", "new"], "another", "ten cases more", KEPT)
    assert (new["up"].gold, new["up"].low) == ("another", 0.5)
    assert new["up"].reasons == ({"gold was": "g", "reason": "ten cases more"},)
    assert new["down"] == KEPT["down"]
    with pytest.raises(ValueError, match="with a reason only"):
        regolded(["up"], "another", "", KEPT)


def test_floors_are_written_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    save(KEPT, path)
    assert load(path) == KEPT
    assert [one.better for one in load(path).values()] == [Better.WITHIN, Better.LOWER, Better.HIGHER]
    assert list(json.loads(path.read_text())) == ["between", "down", "up"]


@pytest.mark.parametrize("wrong", [{"better": "wider"}, {"value": "much"}, {"gold": None}])
def test_a_malformed_floor_is_refused_by_its_name(wrong: dict[str, object], tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    save(KEPT, path)
    told = json.loads(path.read_text())
    told["up"] = {key: value for key, value in {**told["up"], **wrong}.items() if value is not None}
    path.write_text(json.dumps(told))
    with pytest.raises(ValueError, match=r"floors\.json, up: malformed"):
        load(path)


def test_a_digest_is_of_names_and_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text(name)
    first = digest([tmp_path / "a", tmp_path / "b"], tmp_path)
    assert digest([tmp_path / "b", tmp_path / "a"], tmp_path) == first
    assert digest([tmp_path / "a"], tmp_path) != first
    (tmp_path / "b").write_text("c")
    assert digest([tmp_path / "a", tmp_path / "b"], tmp_path) != first

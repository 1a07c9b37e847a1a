"""Every operator earns its place in real text, or says why it is kept."""

from __future__ import annotations

from bench import rules
from purport.lexicons.operators import operators


def kept() -> list[tuple[str, str, int, int, int]]:
    lines = rules.KEPT.read_text("utf-8").splitlines()
    assert lines[1].split("\t") == list(rules.COLUMNS)
    found = []
    for line in lines[2:]:
        kind, name, *counts = line.split("\t")
        texts, fires, changes = map(int, counts)
        found.append((kind, name, texts, fires, changes))
    return found


def test_every_operator_was_counted_and_earns_its_place() -> None:
    table = kept()
    assert {name for kind, name, *_ in table if kind == "operator"} == {row.id for row in operators()}
    assert rules.faults(table) == []


def test_a_row_that_never_fires_is_a_fault() -> None:
    table = [(kind, name, 0, 0, 0) for kind, name, *_ in kept() if name == "few"]
    assert any("few" in fault for fault in rules.faults(table))


def test_what_fires_and_what_it_changes_is_counted() -> None:
    found = rules.counted("Few ministers left the hall. The clerk wrote a letter.")
    assert found["operator", "few", "fires"] == 1
    assert found["operator", "few", "changes"] == 1
    assert found["operator", "few", "texts"] == 1
    assert not any(name == "cleft" for _, name, _ in found)

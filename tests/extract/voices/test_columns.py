"""The columns of a plain text, by the places at which parts of its lines begin."""

from __future__ import annotations

import time

from purport.extract.voices.columns import grids

TEXT = """The notes stand on the right.

The mine was closed in May.    (red)
                               Not all of it.

The gate is new.               (green)
                               It was paid for twice.
"""


def shown(text: str) -> list[list[tuple[str, ...]]]:
    return [
        [tuple(cell.of(text) if cell else "" for cell in row.cells) for part in grid for row in part if not row.blank]
        for grid in grids(text)
    ]


def test_parts_that_begin_one_below_the_other_are_columns() -> None:
    assert shown(TEXT) == [
        [
            ("The mine was closed in May.", "(red)"),
            ("", "Not all of it."),
            ("The gate is new.", "(green)"),
            ("", "It was paid for twice."),
        ]
    ]


def test_bars_are_gutters_and_stand_in_no_cell() -> None:
    assert shown("The mine was shut. | It is open.\nThe gate is new.   | It is old.\n")[0][1] == (
        "The gate is new.",
        "It is old.",
    )


def test_running_text_has_no_columns() -> None:
    assert not shown("The mine was closed in May.  The gate is new.\nNobody has been there since the flood.\n")


def test_a_key_above_a_record_has_columns_of_its_own() -> None:
    text = (
        "KEY\n  M-1    Runa Sel, smith\n\n"
        "05:07  M-1   the gate is shut\n05:09  M-2   it is open\n05:11  M-1   since May\n"
    )
    assert ("05:07", "M-1", "the gate is shut") in shown(text)[0]


def test_many_lines_take_no_long_time() -> None:
    start = time.perf_counter()
    shown("".join(f"{'x' * (n % 40 + 1)}   {'y' * (n % 17 + 1)}   z\n" for n in range(20_000)))
    assert time.perf_counter() - start < 10

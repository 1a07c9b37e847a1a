from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.read.layout import blocks_of

WRAPPED = (
    "The ministry said on Tuesday that its patrols had seen nothing unusual\n"
    "on the border with Velmark, and that it would say more when it knew\n"
    "more about the matter.\n"
)


def shown(text: str) -> list[str]:
    return [f"{block.kind[0]}:{block.span.of(text)}" for block in blocks_of(text)]


CASES = [
    ("One.\n\nTwo.", ["p:One.", "p:Two."]),
    ("One.\r\n \r\nTwo.", ["p:One.", "p:Two."]),
    ("The minister denied\nit all.", ["p:The minister denied\nit all."]),
    ("Denk denies charge\n\nShe said no.", ["h:Denk denies charge", "p:She said no."]),
    ("Denk denies charge.\n\nShe said no.", ["p:Denk denies charge.", "p:She said no."]),
    ("Charge denied\n======\nShe said no.", ["h:Charge denied", "p:She said no."]),
    ("She said no.\n\nMara Denk", ["p:She said no.", "p:Mara Denk"]),
    ("She came:\n- first;\n- last.", ["p:She came:", "i:first;", "i:last."]),
    ("Q: Why?\nA: No reason.\nMARA DENK: None.", ["p:Q: Why?", "p:A: No reason.", "p:MARA DENK: None."]),
    ("3 March 2031\n\nShe said no.", ["p:3 March 2031", "p:She said no."]),
    ("----\n\nShe said no.\n\n****", ["p:She said no."]),
    ("", []),
    (" \n\t\n", []),
]


@pytest.mark.parametrize("text, expected", CASES)
def test_blocks(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


def test_wrapped_lines_are_joined() -> None:
    assert shown(WRAPPED) == [f"p:{WRAPPED.strip()}"]


def test_a_heading_does_not_run_into_wrapped_text() -> None:
    assert shown(f"What was said\n{WRAPPED}") == ["h:What was said", f"p:{WRAPPED.strip()}"]


def test_a_dash_at_the_start_of_a_wrapped_line_is_no_item() -> None:
    text = WRAPPED.replace("on the border with", "- on the border of")
    assert shown(text) == [f"p:{text.strip()}"]


def test_a_masthead_of_short_lines_is_not_one_paragraph() -> None:
    lines = ["Ministry of Defence of Velmark", "Press release", "No. 14"]
    parts = [block.partition(":")[2] for block in shown("\n".join(lines) + f"\n\n{WRAPPED}{WRAPPED}")]
    assert parts[:3] == lines


def test_long_lines_are_paragraphs() -> None:
    lines = [f"Paragraph {n} of the report says at some length what number {n} has to say of it." * 2 for n in range(4)]
    assert shown("\n".join(lines)) == [f"p:{line}" for line in lines]


@given(st.text(st.sampled_from(list("aB.:- =1\n\r\t\u2028\0*")), max_size=80))
def test_blocks_are_in_order_and_trimmed(text: str) -> None:
    end = 0
    for block in blocks_of(text):
        assert block.span.start >= end
        assert block.span.of(text) == block.span.of(text).strip()
        end = block.span.end

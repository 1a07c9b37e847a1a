from __future__ import annotations

import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.errors import ReadError
from purport.model.document import Document
from purport.read import lines as module
from purport.read.files import read_bytes
from purport.read.lines import Lines, TooLongError
from purport.read.options import Options

TEXTS = st.lists(st.sampled_from(["a", "bc ", "\r", "\n", "\r\n", "é", "😀", "\u2028", "字"]), max_size=40).map("".join)


class Small(io.BytesIO):
    """A stream that gives a byte or three at a time."""

    def __init__(self, data: bytes, step: int) -> None:
        super().__init__(data)
        self.step = step

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(self.step, size if size and size > 0 else self.step))


@given(TEXTS, st.sampled_from(["utf-8", "utf-16-le", "utf-32-be", "gb18030"]), st.integers(1, 7), st.integers(1, 9))
def test_lines_are_those_of_the_whole_text(text: str, encoding: str, step: int, head: int) -> None:
    data = text.encode(encoding)
    before, module._HEAD = module._HEAD, 4 * head
    try:
        by_any = list(Lines(Small(data, step), "a", encoding, 1000, any_end=True))
        by_lf = list(Lines(Small(data, step), "a", encoding, 1000, any_end=False))
    finally:
        module._HEAD = before
    assert by_lf == text.replace("\n", "\n\0").rstrip("\0").split("\0") if text else not by_lf
    assert "".join(by_any) == text
    assert all(line.rstrip("\r\n").count("\r") + line.rstrip("\r\n").count("\n") == 0 for line in by_any)
    assert "\r" not in [line for line, after in pairwise(by_any) if after == "\n"]


def test_a_line_that_is_too_long_is_passed_over() -> None:
    lines = Lines(io.BytesIO(b"a\n" + b"b" * 3_000_000 + b"\nc"), "a", None, 1000, any_end=True)
    assert next(lines) == "a\n"
    with pytest.raises(TooLongError):
        next(lines)
    assert list(lines) == ["c"]


def test_a_byte_that_is_wrong_far_behind_the_head_is_kept_and_noted() -> None:
    rows = b'{"text": "Mara Denk denied it."}\n' * 50_000
    found = list(read_bytes(rows + b'{"text": "Mara Denk \x93denied\x94 it."}\n', "a.jsonl"))
    assert len(found) == 50_001
    last = found[-1]
    assert isinstance(last, Document)
    assert last.text == "Mara Denk \ufffddenied\ufffd it."
    assert last.notes == ("2 bytes or units are not valid utf-8 and stand as U+FFFD",)
    assert last.source.endswith(b'\x93denied\x94 it."}')


def test_a_head_is_not_cut_inside_a_character() -> None:
    row = '{"text": "Márá Dénk dénied ít: “nó”."}\n'.encode()
    found = list(read_bytes(row * (2_500_000 // len(row)), "a.jsonl"))
    assert all(isinstance(one, Document) and "encoding=utf-8" in one.selector for one in found)


def test_a_wrong_encoding_is_one_error() -> None:
    data = '{"text": "No."}\n'.encode("utf-32-le") + b"\xff\xff\xff\xff" * 9
    with pytest.raises(ReadError, match="is not in the encoding"):
        list(read_bytes(data, "a.jsonl", Options(encoding="utf-32-le")))

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.errors import ReadError
from purport.read.decode import decode, plain_text

ALPHABET = st.sampled_from(
    [*"ab .\t", "\r\n", "\r", "\n", "é", "م", "ش", "e\u0301", "😀", "𝒜", "\u2028", "\ufeff", "字"]
)
TEXTS = st.lists(ALPHABET, min_size=1, max_size=60).map("".join)
ENCODINGS = {
    "utf-8": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff", "utf-32-le": b"\xff\xfe\x00\x00", "gb18030": b"",
}  # fmt: skip


def places(data: bytes, encoding: str | None) -> None:
    """Every character of the text decodes from the bytes between its place and the next one's."""
    text, source_map, _ = plain_text(data, "x.txt", encoding)
    assert source_map.encoding is not None
    offsets = [source_map.place(at, text).offset for at in range(len(text))] + [len(data)]
    for at, char in enumerate(text):
        start, end = offsets[at], offsets[at + 1]
        assert start is not None
        assert end is not None
        assert data[start:end].decode(source_map.encoding) == char


@given(TEXTS, st.sampled_from(sorted(ENCODINGS)))
def test_places_of_text_with_its_encoding_given(text: str, encoding: str) -> None:
    places(text.encode(encoding), encoding)


@given(TEXTS, st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]))
def test_places_of_text_with_a_mark(text: str, encoding: str) -> None:
    data = (b"\xef\xbb\xbf" if encoding == "utf-8" else ENCODINGS[encoding]) + text.encode(encoding)
    assert plain_text(data, "x.txt")[0] == text
    places(data, None)


@given(TEXTS)
def test_places_of_utf_8_found_out(text: str) -> None:
    if not text.startswith("\ufeff"):
        places(text.encode(), None)


@given(st.lists(st.sampled_from([b"a", b"\n", b"\r\n", b"\xff", b"\xc3", "é".encode(), "😀".encode()]), max_size=40))
def test_lossy_utf_8_keeps_its_places(parts: list[bytes]) -> None:
    data = b"\xef\xbb\xbf" + b"".join(parts)
    text, source_map, _ = plain_text(data, "x.txt")
    offsets = [source_map.place(at, text).offset or 0 for at in range(len(text))] + [len(data)]
    for at, char in enumerate(text):
        if char != "\ufffd":
            assert data[offsets[at] : offsets[at + 1]].decode() == char


@pytest.mark.parametrize(
    "data, encoding, text",
    [
        (b"caf\xe9 \x93no\x94, he said to all of the people in the room", "cp1252", "café “no”, he said to all"),
        ("Мара Денк отрицает это обвинение и не говорит больше ничего.".encode("cp1251"), "cp1251", "Мара Денк"),
        ("No, said Denk.".encode("utf-16-le"), "utf-16-le", "No, said"),
        ("No, said Denk.".encode("utf-16-be"), "utf-16-be", "No, said"),
        ("“No”, said Denk – twice.".encode() + b"\xff", "utf-8", "“No”, said Denk – twice.\ufffd"),
    ],
    ids=["cp1252", "cp1251", "utf-16-le", "utf-16-be", "damaged"],
)
def test_encoding_is_found_out(data: bytes, encoding: str, text: str) -> None:
    found = decode(data, "x.txt")
    assert found.encoding == encoding
    assert found.text.startswith(text)


def test_lines_are_counted_by_their_ends() -> None:
    text, source_map, _ = plain_text(b"a\r\nb\rc\n\nd\xe2\x80\xa8e", "x.txt")
    assert [source_map.place(text.index(c), text).number for c in "abcde"] == [1, 2, 3, 5, 5]


def test_a_long_line_is_read_and_searched_in_time() -> None:
    data = "“Ja” sagte er. ".encode() * 400_000
    begun = time.monotonic()
    text, source_map, _ = plain_text(data, "x.txt")
    for at in range(0, len(text), 1000):
        source_map.place(at, text)
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\x01\x02\x03\x04abc"])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"x\.txt: is binary"):
        decode(data, "x.txt")


def test_few_nuls_are_kept() -> None:
    assert "\0" in decode(b"word " * 500 + b"\0", "x.txt").text


def test_wrong_encoding_is_noted() -> None:
    text, _, notes = plain_text("a“b”\nc".encode(), "x.txt", "ascii")
    assert text == "a\ufffdb\ufffd\nc"
    assert "are not valid ascii" in notes[0]

"""Captions are read as sentences, each with the line of the file that it stands in."""

from __future__ import annotations

import pytest

from purport.errors import ReadError
from purport.model.document import BlockKind, Document
from purport.read.files import read_bytes


def document(data: str, name: str) -> Document:
    found = next(iter(read_bytes(data.encode(), name)))
    assert isinstance(found, Document)
    return found


SRT = """1
00:00:01,000 --> 00:00:03,000
<i>RUNA SEL: The mine
was closed.</i>

2
00:00:03,100 --> 00:00:05,000
Nobody was hurt.

3
00:00:05,100 --> 00:00:07,000
KAI KOLL: It rained.
"""
VTT = """WEBVTT

NOTE made by hand

00:01.000 --> 00:03.000
<v Runa Sel>The mine was closed.</v>

00:03.000 --> 00:05.000
<v Kai Koll>It was
<b>open</b>.</v>
"""


def test_subrip() -> None:
    found = document(SRT, "film.srt")
    words = ["RUNA SEL:", "The mine was closed.", "Nobody was hurt.", "KAI KOLL:", "It rained."]
    assert [one.span.of(found.text) for one in found.blocks] == words
    assert found.blocks[0].kind is BlockKind.LABEL
    places = [str(found.source_map.place(one.span.start, found.text)) for one in found.blocks]
    assert places == ["line 3", "line 3", "line 8", "line 12", "line 12"]


def test_voices_of_webvtt_are_labels() -> None:
    found = document(VTT, "film.vtt")
    assert [(one.kind, one.span.of(found.text)) for one in found.blocks] == [
        (BlockKind.LABEL, "Runa Sel"),
        (BlockKind.PARAGRAPH, "The mine was closed."),
        (BlockKind.LABEL, "Kai Koll"),
        (BlockKind.PARAGRAPH, "It was open ."),
    ]


def test_a_file_without_captions_is_refused() -> None:
    with pytest.raises(ReadError, match="no caption"):
        document("Nobody was hurt.", "film.srt")

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from purport.analyse.models.pieces import AFTER, BEFORE, LENGTH, Pieces, Window, laid_out, pieces, windows
from purport.analyse.models.tagger import model
from purport.analyse.parser.english import cut
from purport.analyse.parser.name_placeholders import Shown
from purport.analyse.parser.plain_view import plain
from purport.model.document import Document
from purport.read.files import read_bytes

LENGTHS = st.lists(st.one_of(st.integers(1, 40), st.integers(1, 900)), max_size=40)


def numbered(lengths: list[int]) -> Pieces:
    block = np.repeat(np.arange(len(lengths)), lengths).astype(np.int64)
    n = np.arange(len(block), dtype=np.int64)
    return Pieces(n + 1000, n, n + 1, block, np.ones(len(block), np.bool_))


@given(LENGTHS)
def test_cores_are_every_piece_once_and_windows_fit(lengths: list[int]) -> None:
    found = numbered(lengths)
    at = 0
    for window in windows(found.block):
        assert window.first == at < window.last
        assert window.begin <= window.first
        assert window.last <= window.end <= len(found)
        at = window.last
        ids, place = laid_out(found, window, (1, 2))
        assert len(ids) <= LENGTH
        assert (ids[0], ids[-1]) == (1, 2)
        assert ids[place].tolist() == found.ids[window.begin : window.end].tolist()
    assert at == len(found)


@given(LENGTHS)
def test_a_block_is_cut_only_where_it_does_not_fit(lengths: list[int]) -> None:
    found = numbered(lengths)
    ends = set(np.cumsum(lengths).tolist())
    for window in windows(found.block):
        if window.last not in ends:
            assert lengths[int(found.block[window.last])] > LENGTH - BEFORE - AFTER - 2
        before = set(found.block[window.begin : window.first].tolist())
        marks = len(before - {int(found.block[window.first])})
        assert window.first - window.begin + marks <= BEFORE


def test_a_block_ends_with_a_mark() -> None:
    ids, place = laid_out(numbered([2, 1, 3]), Window(0, 6, 0, 6), (7, 8))
    assert ids.tolist() == [7, 1000, 1001, 8, 1002, 8, 1003, 1004, 1005, 8]
    assert place.tolist() == [1, 2, 4, 6, 7, 8]


def test_pieces_know_their_place_whatever_the_dress() -> None:
    one = model()
    assert one is not None
    shown = []
    for text in ("“No,” Denk said.\r\n\r\nThe dam\r\nis safe.", '"No," Denk said.\n\nThe dam is safe.'):
        document = next(iter(read_bytes(text.encode(), "a.txt")))
        assert isinstance(document, Document)
        found = cut(document, one.tokenizer)
        shown.append(found.ids.tolist())
        words = [document.text[s:e].lower() for s, e in zip(found.start, found.end, strict=True)]
        assert words[1:4] == ["no", ",", words[3]]
        assert words[-4:] == ["dam", "is", "safe", "."]
    assert shown[0] == shown[1]


@given(st.data())
def test_what_is_shown_is_one_piece_in_its_place(data: st.DataObject) -> None:
    one = model()
    assert one is not None
    words = data.draw(
        st.lists(st.sampled_from(["Velmark", "the", "Hallvenna's", "dam", "O'Dennit", ",", "-"]), min_size=1)
    )
    text = " ".join(words)
    bounds = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    shown = [Shown(a, b, "smith") for a, b in zip(bounds[::2], bounds[1::2], strict=False) if text[a:b].strip()]
    found = pieces([(7, plain(text, 0, len(text)), shown)], one.tokenizer)
    places = list(zip(found.start.tolist(), found.end.tolist(), strict=True))
    assert places == sorted(places)
    assert all(a < b <= c for (a, b), (c, _) in zip(places, [*places[1:], (len(text), 0)], strict=True))
    instead = [n for n, piece in enumerate(found.ids) if piece == one.tokenizer.vocabulary["smith"]]
    assert [places[n] for n in instead] == [(a, b) for a, b, _ in shown]
    assert found.first[instead].all()

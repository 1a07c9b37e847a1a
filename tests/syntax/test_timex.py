from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import purport
from purport.model.document import Block, BlockKind, Span
from purport.syntax.timex import timexes

TODAY = "2031-03-12"  # a Wednesday


def found(text: str, published: str | None = TODAY, *, future: bool = False) -> list[tuple[str, str, str]]:
    blocks = [Block(Span(0, len(text)), BlockKind.PARAGRAPH)]
    return [(x.span.of(text), x.type, x.value) for x in timexes(text, blocks, published, lambda _: future)]


@pytest.mark.parametrize(
    "text, words, kind, value",
    [
        ("On 2031-03-04 it fell.", "2031-03-04", "DATE", "2031-03-04"),
        ("On March 4, 2031 it fell.", "March 4, 2031", "DATE", "2031-03-04"),
        ("On the 4th of March 2031 it fell.", "4th of March 2031", "DATE", "2031-03-04"),
        ("On 4 March it fell.", "4 March", "DATE", "2031-03-04"),
        ("It fell on December 30.", "December 30", "DATE", "2030-12-30"),
        ("It fell in March 2029.", "March 2029", "DATE", "2029-03"),
        ("It fell in March.", "March", "DATE", "2031-03"),
        ("It fell in 2029.", "2029", "DATE", "2029"),
        ("It fell in the 1990s.", "the 1990s", "DATE", "199"),
        ("It fell in the summer of 2030.", "the summer of 2030", "DATE", "2030-SU"),
        ("It fell on Monday.", "Monday", "DATE", "2031-03-10"),
        ("It fell on Monday morning.", "Monday morning", "TIME", "2031-03-10TMO"),
        ("It fell last Friday.", "last Friday", "DATE", "2031-03-07"),
        ("They meet next Friday.", "next Friday", "DATE", "2031-03-14"),
        ("It fell yesterday.", "yesterday", "DATE", "2031-03-11"),
        ("It fell yesterday evening.", "yesterday evening", "TIME", "2031-03-11TEV"),
        ("It fell last week.", "last week", "DATE", "2031-W10"),
        ("It fell last month.", "last month", "DATE", "2031-02"),
        ("It falls next year.", "next year", "DATE", "2032"),
        ("It fell two days ago.", "two days ago", "DATE", "2031-03-10"),
        ("It fell three weeks ago.", "three weeks ago", "DATE", "2031-W08"),
        ("It fell five years ago.", "five years ago", "DATE", "2026"),
        ("It burned for two days.", "for two days", "DURATION", "P2D"),
        ("It burned for twenty-one days.", "for twenty-one days", "DURATION", "P21D"),
        ("It burned for decades.", "for decades", "DURATION", "PXY"),
        ("A six-month truce.", "six-month", "DURATION", "P6M"),
        ("They shell it every day.", "every day", "SET", "P1D"),
        ("They meet every Monday.", "every Monday", "SET", "XXXX-WXX-1"),
        ("It fell at 14:30.", "14:30", "TIME", "2031-03-12T14:30"),
        ("It fell at 3 p.m. sharp.", "3 p.m.", "TIME", "2031-03-12T15:00"),
        ("It fell at noon.", "at noon", "TIME", "2031-03-12T12:00"),
        ("Now it falls.", "Now", "DATE", "PRESENT_REF"),
        ("In the second quarter of 2030 it fell.", "the second quarter of 2030", "DATE", "2030-Q2"),
    ],
)
def test_value(text: str, words: str, kind: str, value: str) -> None:
    assert found(text) == [(words, kind, value)]


def test_what_is_to_come_lies_ahead() -> None:
    assert found("The talks will begin on Friday.", future=True) == [("Friday", "DATE", "2031-03-14")]
    assert found("The talks began on Friday.") == [("Friday", "DATE", "2031-03-07")]


def test_an_anchor_is_the_date_named_last() -> None:
    text = "On March 4, 2029 the bridge fell. The next day Denk spoke, and two weeks later the river rose."
    assert [value for *_, value in found(text, None)] == ["2029-03-04", "2029-03-05", "2029-W12"]


def test_without_a_date_nothing_is_made_up() -> None:
    assert found("It fell on Tuesday, on 4 March and yesterday.", None) == [
        ("Tuesday", "DATE", "XXXX-WXX-2"),
        ("4 March", "DATE", "XXXX-03-04"),
        ("yesterday", "DATE", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "They may march on.",
        "1,200 men and 3,050 guns.",
        "A second list was found.",
        "The monday club.",
        "Page 14 of 20.",
    ],
)
def test_no_time(text: str) -> None:
    assert found(text) == []


@given(st.text(st.sampled_from("on in at the 0123456789:-., MarchTuesdaylastweekyearago\n“é😀"), max_size=80))
def test_any_text_gives_places_in_order_and_apart(text: str) -> None:
    end = 0
    for one in timexes(text, [Block(Span(0, len(text)), BlockKind.PARAGRAPH)] if text else [], TODAY):
        assert end <= one.span.start < one.span.end <= len(text)
        assert one.type in ("DATE", "TIME", "DURATION", "SET")
        end = one.span.end


@pytest.mark.parametrize(
    "text",
    [
        "The Orrin Daily wrote that it fell.",
        "It was told by The Daily Lantern.",
        "She left Orrin Nightly News in May 2031.",
        "He spoke on Larry Kest Now, a show.",
    ],
)
def test_a_word_of_time_in_a_name_is_none(text: str) -> None:
    document = purport.read_text(text, language="en").document
    assert [one.value for one in timexes(text, document.blocks, None)] in ([], ["2031-05"])


@pytest.mark.parametrize(
    "text", ["Today Mara Denk spoke.", "The dam broke. Today, the Council met.", "The daily march ended."]
)
def test_a_word_of_time_beside_a_name_is_one(text: str) -> None:
    document = purport.read_text(text, language="en").document
    assert len(list(timexes(text, document.blocks, None))) == 1

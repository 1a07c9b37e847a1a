from __future__ import annotations

import time

import pytest

from purport.syntax.definitions import definitions, marked_nicknames


@pytest.mark.parametrize(
    "text, short, long",
    [
        ("The Food Board of Skerrin (FBS) met.", "FBS", "Food Board of Skerrin"),
        ("The FBS (Food Board of Skerrin) met.", "FBS", "Food Board of Skerrin"),
        ("The Dockers' Union, or DU, met.", "DU", "Dockers' Union"),
        ("The Port Labour Office's (PLO's) cranes came.", "PLO", "Port Labour Office"),
        ("Community Seed Agencies (CSAs) were closed.", "CSA", "Community Seed Agencies"),
        ("The Ministry of Dams (“MoD”) denied it.", "MoD", "Ministry of Dams"),
        ("The FBS, the Food Board of Skerrin, met.", "FBS", "Food Board of Skerrin"),
        ("FBS stands for Food Board of Skerrin.", "FBS", "Food Board of Skerrin"),
        ("The Hill Peasants' League (DUP, from its initials in Lirenian) met.", "DUP", "Hill Peasants' League"),
    ],
)
def test_letters_are_what_the_text_says_they_stand_for(text: str, short: str, long: str) -> None:
    assert definitions(text).letters == {short: long}


@pytest.mark.parametrize(
    "text",
    [
        "Mara Denk (DP) said so.",
        "The dam burst (see FIG 2).",
        "The council met (UN observers were there).",
        "The mayor (Ida Reth) spoke.",
    ],
)
def test_letters_that_stand_for_nothing_beside_them_are_not_explained(text: str) -> None:
    assert not definitions(text).letters


def test_a_short_name_in_quotation_marks_is_of_the_name_before_it() -> None:
    told = definitions('The Skerrin Relief Fund (the "Fund") and Orrin Steel Works ("Orrin") signed.')
    assert told.short == {"Fund": "Skerrin Relief Fund", "Orrin": "Orrin Steel Works"}


@pytest.mark.parametrize(
    "text, other, name",
    [
        ("Hollan Reth, better known as “Comet”, left.", "Comet", "Hollan Reth"),
        ("Hassan al-Reth, alias Abu Stavik, led them.", "Abu Stavik", "Hassan al-Reth"),
        ('Ida Reth, a.k.a. "Zero", was held.', "Zero", "Ida Reth"),
        ("Ida Reth, nicknamed “the Fox”, was held.", "Fox", "Ida Reth"),
        ('Harold "Buck" Reth spoke.', "Buck", "Harold Reth"),
        ("Susan (Sue) Reth spoke.", "Sue", "Susan Reth"),
    ],
)
def test_another_name_is_of_whom_it_is_brought_in_beside(text: str, other: str, name: str) -> None:
    assert definitions(text).other == {other: name}


@pytest.mark.parametrize(
    "text", ["Hollan Reth, called Denk a liar.", "Denk, born Catholic, left.", 'He read "Blue Hill" News.']
)
def test_what_only_looks_like_another_name_is_none(text: str) -> None:
    assert not definitions(text).other


def test_a_nickname_is_cut_with_the_space_behind_it() -> None:
    text = 'Rep. Harold "Buck" Reth spoke.'
    [(start, end, nick, name)] = marked_nicknames(text, 0, len(text))
    assert (text[:start] + text[end:], nick, name) == ("Rep. Harold Reth spoke.", "Buck", "Harold Reth")


@pytest.mark.parametrize(
    "piece", ["(A", "Aa (AA) ", "Aa, ", 'Xo "Yo" Zo ', "A of the ", "Aa known as ", "Aa ", "Aa, Bb; "]
)
def test_hostile_text_takes_no_time(piece: str) -> None:
    begin = time.process_time()
    definitions(piece * (200_000 // len(piece)))
    assert time.process_time() - begin < 5

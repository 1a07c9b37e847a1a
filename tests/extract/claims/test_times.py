"""Which act an expression of time dates."""

from __future__ import annotations

import pytest

import purport


def dated(text: str) -> dict[str, list[str]]:
    """The times of each claim, by its verb."""
    record = purport.read_text(text, language="en")
    return {
        record.text(one.predicate): [time.span.of(text) for time in one.times]
        for one in record.propositions
        if one.predicate
    }


@pytest.mark.parametrize(
    "text, verb, times",
    [
        ("The union met the minister on Monday.", "met", ["Monday"]),
        ("Denk spoke at Tuesday's rally.", "spoke", ["Tuesday"]),
        ("The council sponsored the 2031 bill.", "sponsored", []),
        ("He shaped the Dams Act of 2031.", "shaped", []),
        ("Guards shot the 40-year-old driver.", "shot", []),
        ("Orrin has grown since the floods of 2031.", "has grown", ["2031"]),
        ("The dam broke at the end of May 2031.", "broke", ["May 2031"]),
        ("The ferry sank four hours after the vote.", "sank", []),
        ("The festival follows a 12 year cycle.", "follows", []),
        ("The union condemned Monday's raid.", "condemned", []),
        ("Guards killed ten people on Monday.", "killed", ["Monday"]),
        ("The rally drew more people than last year.", "drew", []),
        ("The gap has narrowed from last autumn.", "has narrowed", []),
        ("The ban applies from Monday.", "applies", ["Monday"]),
        ("Denk's tweet yesterday was all about the dam.", "was", []),
        ("The situation today is tense.", "is", ["today"]),
        ("Following Monday's debate the guild left.", "left", []),
        ("Denk thought so until recently.", "thought", []),
        ("The rate was 28 percent, compared with 33 percent last month.", "was", []),
        ("Volunteers tested the ferry for Monday night.", "tested", []),
        ("The school is shut for now.", "is shut", ["now"]),
        ("Denk ran the bank from 2010 to 2014.", "ran", ["2010", "2014"]),
        ("Children get daily lessons.", "get", []),
        ("Denk has a rally planned for Thursday in Orrin.", "planned", []),
        ("Denk had her second clash with the guild in a week.", "had", []),
        ("The mayor lost the four-year fight.", "lost", []),
        ("Guards left in the wake of the raids in Orsk last month.", "left", []),
        ("Sel, now a consultant in Orrin, left.", "left", []),
        ("The school stayed shut until Monday.", "stayed shut", []),
        ("Denk raised the money since last summer.", "raised", []),
        ("Orrin has raised money since 2014.", "has raised", ["2014"]),
        ("That is more than the whole turnout four years ago.", "is", []),
        ("Guards killed more than 100 weavers on Monday.", "killed", ["Monday"]),
        ("Since Denk's article on fuels in May, Orrin has changed its mind.", "has changed", []),
        ("Denk won the contest known as Super Tuesday.", "won", []),
        ("The vote was moved to Thursday.", "was moved", []),
        ("The envoys met ahead of Tuesday's vote.", "met", []),
        ("A few weeks after Denk announced the ban, guards left.", "announced", []),
        ("Weavers earn $15 an hour.", "earn", []),
        ("Its farming economy in the 1950s has blossomed.", "has blossomed", []),
        ("The war in 2014 killed thousands.", "killed", ["2014"]),
        ("The court gave them thirty days.", "gave", []),
    ],
)
def test_what_a_time_dates(text: str, verb: str, times: list[str]) -> None:
    assert dated(text)[verb] == times

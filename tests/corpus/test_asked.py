from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

import purport
from purport.corpus.asked import acts_of, offered, outlet_of, period_of
from purport.errors import UsageError
from purport.model.vocabulary import ACTS


def test_every_act_is_meant_by_its_own_forms() -> None:
    for act in sorted(ACTS):
        for form in (act, act.upper(), f" {act} ", f"{act.removesuffix('e')}ing"):
            assert acts_of(form) == (act,)
    assert acts_of(None) == acts_of([]) == ()
    assert acts_of(["deny", "denies", "accuse"]) == ("deny", "accuse")


def test_names_are_offered_in_words() -> None:
    assert offered([]) == ""
    assert offered(["A"]) == "; did you mean 'A'?"
    assert offered(["A", "B", "C"]) == "; did you mean 'A', 'B' or 'C'?"


def test_outlets_that_are_nothing_like_it_are_listed() -> None:
    assert outlet_of("the lantern ", ["The Lantern"]) == "The Lantern"
    with pytest.raises(UsageError, match="there are The Lantern, Wire"):
        outlet_of("zzz", ["Wire", "The Lantern"])
    with pytest.raises(UsageError, match="no document has an outlet"):
        outlet_of("zzz", [])


@pytest.mark.parametrize(
    "asked, expected",
    [
        (None, None), ("2031-04", "2031-04"), (2031, "2031"), (date(2031, 4, 2), "2031-04-02"),
        (datetime(2031, 4, 2, 9), "2031-04-02"),
    ],
)  # fmt: skip
def test_dates_come_in_any_form(asked: object, expected: str | None) -> None:
    assert period_of(asked, "since") == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("asked", [True, 2031.5, b"2031", ["2031"]])
def test_what_is_no_date_is_refused(asked: object) -> None:
    with pytest.raises(UsageError, match="is no date"):
        period_of(asked, "since")  # type: ignore[arg-type]


@pytest.mark.parametrize("since", ["2031-03-12", date(2031, 3, 12), datetime(2031, 3, 12)])
def test_statements_since_a_date(example_store: Path, since: str | date) -> None:
    with purport.open(example_store) as corpus:
        found = corpus.statements(since=since)
        assert found == corpus.statements(since="2031-03-12")
        assert 0 < len(found) < len(corpus.statements(since=2031))

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.errors import UsageError
from purport.read.dates import iso_date, users_date

CASES = [
    ("2031-04-02", "2031-04-02"),
    ("2031-04", "2031-04"),
    ("2031", "2031"),
    ("2031-13", None),
    ("2031-02-30", None),
    ("2031-04-02T10:15:00Z", "2031-04-02T10:15:00+00:00"),
    ("2031-04-02 10:15", "2031-04-02T10:15:00"),
    ("2031-04-02T10:15:00.1234567+0200", "2031-04-02T10:15:00.123456+02:00"),
    ("20310402", "2031-04-02"),
    ("2031/4/2", "2031-04-02"),
    ("2 April 2031", "2031-04-02"),
    ("2nd of April, 2031", "2031-04-02"),
    ("Wed, 02 Apr 2031 10:00:00 +0000", "2031-04-02"),
    ("April 2, 2031", "2031-04-02"),
    ("Sept. 2, 2031 at 5:30 p.m.", "2031-09-02"),
    ("April 2031", "2031-04"),
    ("13/04/2031", "2031-04-13"),
    ("04/13/2031", "2031-04-13"),
    ("04/04/2031", "2031-04-04"),
    ("03/04/2031", None),
    ("2 April", None),
    ("April", None),
    ("yesterday", None),
    ("0001-01-01", None),
    ("Tue, 04 Mar 2031 10:00:00 +0100", "2031-03-04"),
    ("Tue, 4 Mar 2031 10:00 +0100 (CET)", "2031-03-04"),
    ("20310304101500", "2031-03-04T10:15:00"),
    ("20311304101500", None),
    ("20310304251500", None),
    ("1932897600", "2031-04-02T12:00:00+00:00"),
    ("1932897600.0", "2031-04-02T12:00:00+00:00"),
    ("1932897600123", "2031-04-02T12:00:00+00:00"),
    ("700000000", "1992-03-07T20:26:40+00:00"),
    ("600000000", None),
    ("4200000000", None),
    ("123456789012345", None),
    ("Tue Mar 04 10:00:00 +0000 2031", "2031-03-04T10:00:00+00:00"),
    ("Tue Mar  4 10:00:00 2031", "2031-03-04T10:00:00"),
    ("Tue Mar 34 10:00:00 +0000 2031", None),
    ("Tue Mar 04 30:00:00 +0000 2031", None),
    ("", None),
]


@pytest.mark.parametrize("text, expected", CASES)
def test_iso_date(text: str, expected: str | None) -> None:
    assert iso_date(text) == expected


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_not(text: str) -> None:
    found = iso_date(text)
    assert found is None or iso_date(found) == found


def test_a_users_bad_date_is_an_error() -> None:
    with pytest.raises(UsageError, match="03/04/2031"):
        users_date("03/04/2031")

from __future__ import annotations

import apsw
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from purport.errors import UsageError
from purport.store.search import match
from purport.store.tokens import BREAK, sought, tokens

WORDS = st.text(st.sampled_from("abAé É\u0301ßİ.,-'\"“*_0٣ق\x00\n "), max_size=14)


def test_words_are_without_case_accents_and_marks() -> None:
    assert tokens("Émile Corvane’s dam, 12.5 “naïve”") == " emile corvane s dam 12 5 naive "
    assert tokens("... “”") == ""
    assert sought('dam "was not" shel*') == [" dam ", " was not ", " shel"]
    assert sought("Mara Denk", phrase=True) == [" mara denk "]
    assert sought("shell", phrase=True, beginning=True) == [" shell"]


@pytest.mark.parametrize("asked", ["", "...", '""', "\x00"])
def test_nothing_to_search_for_is_refused(asked: str) -> None:
    with pytest.raises(UsageError, match="there is no word in"):
        sought(asked)


@settings(deadline=None, max_examples=400)
@given(text=WORDS, other=WORDS, asked=WORDS, phrase=st.booleans(), beginning=st.booleans())
@example("a b", "c", "b c", True, False)
@example("ab", "", "a", False, True)
def test_they_find_what_the_index_finds(text: str, other: str, asked: str, phrase: bool, beginning: bool) -> None:
    connection = apsw.Connection(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE t USING fts5 (one, two, content = '', tokenize = 'unicode61 remove_diacritics 2')"
    ).fetchall()
    connection.execute("INSERT INTO t (rowid, one, two) VALUES (1, ?, ?)", (text, other)).fetchall()
    try:
        expression = match(asked, phrase=phrase, beginning=beginning)
    except UsageError:
        with pytest.raises(UsageError):
            sought(asked, phrase=phrase, beginning=beginning)
        return
    found = bool(connection.execute("SELECT 1 FROM t WHERE t MATCH ?", (expression,)).fetchall())
    connection.close()
    words = BREAK.join((tokens(text), tokens(other)))
    try:
        parts = sought(asked, phrase=phrase, beginning=beginning)
    except UsageError:
        assert not found
        return
    assert all(part in words for part in parts) == found

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from purport.errors import UsageError
from purport.store import Filter, Sighting, Store, count, statements
from purport.store.search import match
from tests.made import HOSTILE_TEXT, attribution, bare
from tests.store import wanting


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    text = "Émile Corvane said that Mara Denk had denied it. قال ناطق باسم الوزارة إن الجسر سليم 😀"
    one = bare(text)
    found = attribution(one.document, [(0, 13)], [(14, 18)], [(19, len(text))])
    with Store(tmp_path_factory.mktemp("search") / "made.db", write=True) as opened:
        opened.add(bare(text, [found]), Sighting("a.txt"))
        yield opened


HOSTILE = [
    '"', '""', "'", "(", ")", "((((", "NEAR", "NEAR(", 'NEAR("a" "b", 3)', "*", "**", "a*b*", "^", "^a", ":",
    "source:", "source : a", "{source} : a",
    "-", "-a", "--", "a -b", "AND", "OR", "NOT", "AND AND", "a AND", "NOT a", "a OR OR b",
    "\x00", "a\x00b", '"a\x00"', "😀", "😀😀", "قال", "إن الجسر", "%", "_", "\\", ";", "'; DROP TABLE document; --",
    "a+b", "+", "a" * 10_000, "a " * 5_000, '"' * 9_999, "(" * 10_000, "a* " * 3_000, '"a b" ' * 1_500, "²", "½",
    "ⅷ", "\u0301", "é\u0301", "\u202e", "\ufeff", "", " ", "\n", "𐐷", "a" + "\u0301" * 1000,
    "\ue000", "𞤀", "ǅ", "㍿", "٣",
]  # fmt: skip


@pytest.mark.parametrize("field", ["by", "about", "search", "outlet", "document", "act", "kind"])
@pytest.mark.parametrize("asked", HOSTILE, ids=lambda asked: ascii(asked[:12]))
def test_whatever_is_typed_is_searched_for_or_refused(store: Store, field: str, asked: str) -> None:
    wanted = wanting(field, asked)
    try:
        found = count(store, wanted)
    except UsageError:
        assert field in ("by", "about", "search")
        return
    assert len(list(statements(store, wanted))) == found <= 1


@given(HOSTILE_TEXT)
@settings(max_examples=200, deadline=None)
def test_any_text_is_searched_for_or_refused(store: Store, asked: str) -> None:
    for field in ("by", "about", "search"):
        try:
            count(store, wanting(field, asked))
        except UsageError:
            assert not any(char.isascii() and char.isalnum() for char in asked)


def test_bytes_of_another_encoding_are_refused(store: Store) -> None:
    for field in Filter.__dataclass_fields__.keys() - {"unsaid", "least", "without", "accepted"}:
        with pytest.raises(UsageError, match=r"is no text|is not a date"):
            wanting(field, "caf\udce9")
    assert count(store) == 1


@pytest.mark.parametrize(
    "asked,found",
    [
        ("emile", True),
        ("ÉMILE corvane", True),
        ("corvane emile", True),
        ('"corvane emile"', False),
        ('"emile corvane"', True),
        ('"EMILE CORVANE" denied', True),
        ('"emile corvane" confirmed', False),
        ("corv*", True),
        ("corv", False),
        ('"mara den"', False),
        ('"mara den', False),
        ("denied AND", False),
        ("قال", True),
        ("الوزاره", False),
        ("emile 😀", True),
        ("it's", False),
        ("no-one", False),
        ("mara-denk", True),
    ],
)
def test_words_are_found_whole_whatever_their_case_and_accents(store: Store, asked: str, found: bool) -> None:
    assert count(store, Filter(search=asked)) == found


@pytest.mark.parametrize(
    "field,asked,found",
    [
        ("by", "Corvane", True),
        ("by", "emile corvane", True),
        ("by", "corvane emile", False),
        ("by", "Denk", False),
        ("by", '"Émile Corvane"', True),
        ("by", "Corv*", True),
        ("about", "mara denk", True),
        ("about", "denk mara", False),
        ("about", "Corvane", False),
    ],
)
def test_a_name_is_a_phrase_of_its_part(store: Store, field: str, asked: str, found: bool) -> None:
    assert count(store, wanting(field, asked)) == found


@pytest.mark.parametrize("asked", ["", " ", "😀", "'\"", "*"])
def test_nothing_to_search_for_is_said(asked: str) -> None:
    with pytest.raises(UsageError, match="there is no word in"):
        match(asked)

from __future__ import annotations

import time

import pytest

from purport.lexicons import shipped_lexicon
from purport.resolve.document.own_lexicon import own_lexicon

SHIPPED = shipped_lexicon()


@pytest.mark.parametrize(
    "text, name",
    [
        ("The Institute of Chartered Engineers (ICE) met. ICE warned.", "ICE"),
        ("The Labour Party of Velmark won. Labour cheered.", "Labour"),
        ("Velmark's Senate voted. The Senate rose.", "Senate"),
        ("The Supreme Court of Ardania ruled. The Supreme Court sat.", "Supreme Court"),
        ("The Cinema Information Archive opened. CIA staff said so.", "CIA"),
    ],
)
def test_the_text_s_own_word_bars_what_the_lexicon_says(text: str, name: str) -> None:
    assert name in SHIPPED.named
    assert name not in own_lexicon(text, SHIPPED).named


@pytest.mark.parametrize(
    "text, name",
    [
        ("The Central Intelligence Agency (CIA) met. The CIA denied it.", "CIA"),
        ("U.S. Immigration and Customs Enforcement (ICE) met. ICE denied it.", "ICE"),
        ("The Labour Party in Britain won. Labour cheered.", "Labour"),
        ("The US Senate voted. The Senate rose.", "Senate"),
        ("The Senate rose.", "Senate"),
        ("The Central Intelligence Agency met. The CIA denied it.", "CIA"),
        ("The Senate of Velmark voted as the Senate of the United States had.", "Senate"),
    ],
)
def test_what_the_lexicon_means_too_stays(text: str, name: str) -> None:
    assert own_lexicon(text, SHIPPED).named[name] == SHIPPED.named[name]


def test_a_text_that_explains_nothing_is_read_with_the_lexicon_itself() -> None:
    assert own_lexicon("The CIA denied it.", SHIPPED) is SHIPPED


@pytest.mark.parametrize("piece", ["Velmarkian Senate {n} ", 'Xo{n} "Yo" Zo{n} ', "Aa{n}, Bb{n}; ", "Aa Bb{n} (AB) "])
def test_hostile_text_takes_no_time(piece: str) -> None:
    text = "".join(piece.format(n=f"a{number}") for number in range(200_000 // len(piece)))
    begin = time.process_time()
    own_lexicon(text, SHIPPED)
    assert time.process_time() - begin < 5

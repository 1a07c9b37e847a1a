from __future__ import annotations

import pytest

import purport
from purport.errors import UsageError

TEXT = "Mara Denk condemned Velmark, and Tomas Orlo thanked the Hill Guard."


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def test_a_sentence_tells_who_stands_how_to_whom() -> None:
    assert purport.stance(TEXT, at("Mara Denk"), at("Velmark")).sign == -1
    assert purport.stance(TEXT, at("Tomas Orlo"), at("the Hill Guard")).sign == 1
    assert purport.stance(TEXT, at("Velmark"), at("Tomas Orlo")).sign == 0


def test_what_is_asked_the_other_way_round_is_another_question() -> None:
    there, back = (
        purport.stance(TEXT, *pair) for pair in ((at("Mara Denk"), at("Velmark")), (at("Velmark"), at("Mara")))
    )
    assert there.sign == -1
    assert back.sign == 0


def test_the_tone_toward_one_is_whoevers() -> None:
    assert purport.tone("Tomas Orlo is a liar and a coward.", (0, 10)).sign == -1
    assert purport.tone("Tomas Orlo is a brave and honest man.", (0, 10)).sign == 1


def test_the_sign_is_the_likeliest_of_the_three() -> None:
    for view in (purport.stance(TEXT, at("Mara Denk"), at("Velmark")), purport.tone(TEXT, at("Velmark"))):
        assert sum(view.probabilities) == pytest.approx(1)
        assert view.confidence == max(view.probabilities) == view.probabilities[view.sign + 1]


def test_names_make_no_difference() -> None:
    first = purport.stance("Ardania blamed Velmark.", (0, 7), (15, 22))
    assert purport.stance("Hesperin blamed the Hill Guard.", (0, 8), (16, 30)).sign == first.sign
    one, other = "Denk blamed Orlo.", "Orlo blamed Denk."
    assert purport.stance(one, (0, 4), (12, 16)) == purport.stance(other, (0, 4), (12, 16))


@pytest.mark.parametrize("place", [(0, 0), (5, 3), (-1, 4), (0, 1000), (9, 10)])
def test_a_place_that_is_none_is_refused(place: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match=r"is no place in a text of 67 characters; give \(start, end\)"):
        purport.tone(TEXT, place)


def test_places_that_overlap_are_refused() -> None:
    with pytest.raises(UsageError, match="overlap"):
        purport.stance(TEXT, (0, 9), (5, 20))


def test_a_long_text_is_looked_at_around_its_actors() -> None:
    text = "Nothing was said. " * 200 + "Denk blamed Orlo." + " Nothing was said." * 200
    start = text.index("Denk")
    assert purport.stance(text, (start, start + 4), (start + 12, start + 16)).sign == -1

from __future__ import annotations

import pytest

from purport.stories.texts import StoryText
from purport.stories.versions import versions

FIRST = (
    "The Tamsin bridge was closed on Monday after engineers found cracks in its eastern span, the council of Skerrin "
    "said. Lorries are sent by the northern road, which adds an hour to the way to the port."
)
LATER = "The minister of works is to speak in the afternoon. A second inspection is under way at the mill bridge."
OTHER = (
    "Bakers in the lower town queued for flour before dawn, and the mills of the valley asked for lorries that did not "
    "come, since the road from the port was closed by the council for the third day."
)


def text(id: str, words: str, outlet: str = "Lantern", published: str = "") -> StoryText:
    return StoryText(id, words, outlet=outlet, published=published)


def test_what_an_outlet_published_again_is_one_article() -> None:
    given = [
        text("c", f"{FIRST} {LATER}", published="2031-03-05"),
        text("a", FIRST.replace("Monday", "Tuesday").replace("eastern", "western"), "LANTERN ", "2031-03-04"),
        text("b", OTHER, published="2031-03-05"),
        text("d", FIRST, outlet="Halyard Wire", published="2031-03-04"),
        text("e", FIRST),
    ]
    assert versions(given) == [("a", "c", "e")]
    assert versions(reversed(given)) == versions(given)


@pytest.mark.parametrize("outlet", ["", " "])
def test_of_an_outlet_that_is_not_known_nothing_is_said(outlet: str) -> None:
    assert versions([text("a", FIRST, outlet), text("b", FIRST, outlet)]) == []


def test_short_notes_and_other_articles_are_none() -> None:
    assert versions([text("a", "The bridge is closed."), text("b", "The bridge is closed.")]) == []
    assert versions([text("a", FIRST), text("b", OTHER)]) == []
    assert versions([]) == []


def test_a_thousand_are_compared_quickly() -> None:
    given = [text(f"{number:04}", f"{FIRST} {OTHER} {number}") for number in range(1000)]
    [found] = versions(given)
    assert len(found) == 1000

"""The stories and passages of the example corpus, by the events that its README lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import purport
from purport.corpus.likeness import texts_of
from purport.corpus.stories import StoryRow
from purport.store import quoted_words
from purport.stories import passages, quotations, stories
from purport.stories.quotations import Quoted

EVENTS = (
    {
        "halyard-bridge.txt", "lantern-bridge.html", "ardinform-bridge.html", "velmark-defence-bridge.txt",
        "posts.jsonl, row 1",
    },
    {"ardania-information-dam.docx", "ardinform-dam.txt", "lantern-dam.html", "concord-note-7.pdf"},
    {"halyard-prisoners.txt", "lantern-prisoners.md", "bulletins.csv, row 1"},
    {"lantern-offensive.txt", "ardinform-offensive.pdf", "posts.jsonl, row 2"},
    {"halyard-talks.html", "lantern-interview.docx", "bulletins.csv, row 2"},
    {"ardinform-commander.txt", "posts.jsonl, row 3", "halyard-commander.txt", "lantern-commander.txt"},
)  # fmt: skip
"""The documents of each event."""


@pytest.fixture(scope="module")
def corpus(example_store: Path) -> Iterator[purport.Corpus]:
    with purport.open(example_store) as corpus:
        yield corpus


@pytest.fixture(scope="module")
def names(corpus: purport.Corpus) -> dict[str, str]:
    return {row.id: Path(row.paths[0]).name for row in corpus.documents()}


def groups(rows: list[StoryRow], names: dict[str, str]) -> list[set[str]]:
    return [{names[id] for id in row.documents} for row in rows]


def test_the_events_of_the_examples_are_stories(corpus: purport.Corpus, names: dict[str, str]) -> None:
    found = groups(corpus.stories(), names)
    assert found == [*EVENTS[:2], EVENTS[3], EVENTS[2], *EVENTS[4:]]


def test_all_documents_are_in_exactly_one_story(corpus: purport.Corpus, names: dict[str, str]) -> None:
    told = [name for one in groups(corpus.stories(all=True), names) for name in one]
    assert sorted(told) == sorted(names.values())


def test_a_row_has_its_days_outlets_and_actors(corpus: purport.Corpus) -> None:
    row = corpus.stories()[0]
    assert (row.first, row.last) == ("2031-03-04", "2031-03-04")
    assert {"Ardinform", "Halyard Wire", "The Skerrin Lantern", "Ministry of Defence of Velmark"} <= set(row.outlets)
    assert {"Velmark", "Ardania"} <= set(row.actors)
    assert list(row.told()) == ["id", "title", "from", "to", "documents", "outlets", "actors"]
    members = corpus.members(row)
    assert tuple(one.document for one in members) == row.documents
    assert tuple(one.similarity for one in members) == row.similarities
    assert all(one.reason.startswith("shares ") for one in members)
    assert all(one.versions == () for one in corpus.stories())  # nobody published anything again
    again = replace(row, versions=(row.documents[1:3],))
    assert [again.version_of(id) for id in row.documents[:4]] == [None, (1, 2), (2, 2), None]


@pytest.mark.parametrize(
    "asked, events",
    [
        ({"about": "Nadia Koll"}, [2]),
        ({"outlet": "halyard wire"}, [0, 2, 4, 5]),
        ({"since": "2031-03-18"}, [2, 4, 5]),
        ({"until": "2031-03-05"}, [0]),
        ({"since": 2032}, []),
        ({"search": "ferry prisoners"}, [2]),
        ({"min_outlets": 4, "min_documents": 4}, [0, 1, 5]),
    ],
)
def test_stories_are_asked_for(
    corpus: purport.Corpus, names: dict[str, str], asked: dict[str, object], events: list[int]
) -> None:
    found = groups(corpus.stories(**asked), names)  # type: ignore[arg-type]  # some of its options
    assert sorted(number for number, event in enumerate(EVENTS) if any(event <= one for one in found)) == events
    assert len(found) == len(events)


@pytest.mark.parametrize(
    "asked, message",
    [
        ({"about": "Nadia Kol"}, "nobody is called 'Nadia Kol'; did you mean 'Nadia Koll'"),
        ({"outlet": "Halyard Wyre"}, "no outlet is called 'Halyard Wyre'; did you mean 'Halyard Wire'"),
        ({"since": "May"}, "is not a date"),
        ({"min_documents": 0}, "give 1 or more"),
        ({"threshold": 2.0}, "threshold"),
    ],
)
def test_what_makes_no_sense_is_refused(corpus: purport.Corpus, asked: dict[str, object], message: str) -> None:
    with pytest.raises(purport.UsageError, match=message):
        corpus.stories(**asked)  # type: ignore[arg-type]  # some of its options


def test_the_copies_of_the_bridge_are_passages(corpus: purport.Corpus, names: dict[str, str]) -> None:
    found = corpus.passages()
    pairs = {frozenset((names[one.a], names[one.b])) for one in found}
    bridge = ("halyard-bridge.txt", "lantern-bridge.html", "ardinform-bridge.html")
    assert pairs == {frozenset(pair) for pair in (bridge[:2], bridge[1:], bridge[::2])}
    texts = {row.id: corpus.record(row.id).document.text for row in corpus.documents()}
    for one in found:
        assert texts[one.a][one.a_start : one.a_end].split()[0] == texts[one.b][one.b_start : one.b_end].split()[0]
        if {names[one.a], names[one.b]} == set(bridge[:2]):
            assert names[one.first or ""] == "halyard-bridge.txt"  # the Lantern names Halyard Wire as its author
    with pytest.raises(purport.UsageError, match="similarity"):
        corpus.passages(least=2)


def test_the_least_sure_memberships_come_first(corpus: purport.Corpus) -> None:
    found = corpus.memberships()
    likes = [like for _, _, like in found]
    assert likes == sorted(likes)
    assert len(found) == sum(len(one.documents) for one in corpus.stories())


def test_another_threshold_makes_other_stories_of_what_is_kept(corpus: purport.Corpus) -> None:
    sizes = [len(corpus.stories(all=True, threshold=value)) for value in (0.2, 0.36, 0.8)]
    assert sizes[0] < sizes[1] < sizes[2]


def test_a_story_is_found_by_its_id_and_by_a_document(corpus: purport.Corpus) -> None:
    row = corpus.stories()[0]
    assert corpus.story(row.id).documents == row.documents
    assert corpus.story(row.documents[1][:10]).id == row.id
    with pytest.raises(purport.UsageError, match="no story, and no document of one, is called 'bridge'"):
        corpus.story("bridge")
    assert row.id not in [one.id for one in corpus.near_stories(row)]


def swapped(text: str) -> str:
    """The two countries put for one another; their names are of one length, so that places stay."""
    return re.sub("Ardania|Velmark", lambda found: "Velmark" if found[0] == "Ardania" else "Ardania", text)


def test_swapping_the_countries_changes_nothing(corpus: purport.Corpus) -> None:
    texts = list(texts_of(corpus.store, [row.id for row in corpus.documents()]))
    other = [
        replace(one, text=swapped(one.text), title=swapped(one.title), outlet=swapped(one.outlet)) for one in texts
    ]
    assert [one.documents for one in stories(other)] == [one.documents for one in stories(texts)]
    assert passages(other) == passages(texts)
    rows = {row.id: row for row in corpus.documents()}
    quoted = [
        Quoted.of(row.document, row.pieces, row.statement, published=rows[row.document].published or "")
        for row in quoted_words(corpus.store)
    ]
    turned = [replace(one, text=swapped(one.text)) for one in quoted]
    assert len(quotations(quoted)) > 1
    for one, instead in zip(quotations(quoted), quotations(turned), strict=True):
        assert [(t.quoted.statement, t.how) for t in one.tellings] == [
            (t.quoted.statement, t.how) for t in instead.tellings
        ]

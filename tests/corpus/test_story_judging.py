"""What people decide of stories: it holds when documents are read again, and can be taken back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import purport


@pytest.fixture
def corpus(example_store: Path, tmp_path: Path) -> purport.Corpus:
    shutil.copy(example_store, tmp_path / "store.db")
    return purport.open(tmp_path / "store.db")


def groups(corpus: purport.Corpus) -> list[frozenset[str]]:
    return [frozenset(one.documents) for one in corpus.stories(all=True)]


def test_stories_are_merged_and_that_is_taken_back(corpus: purport.Corpus) -> None:
    before = groups(corpus)
    one, other = corpus.stories()[:2]
    assert corpus.merge_stories(one.id, other.documents[0], who="A  Reader", note="one affair") == 1
    assert frozenset(one.documents + other.documents) in groups(corpus)
    (made,) = corpus.story_judgements()
    assert (made.deed, made.who, made.note) == ("together", "A Reader", "one affair")
    assert corpus.undo_story() == 2
    assert groups(corpus) == before
    assert corpus.undo_story(2) == 3  # taking back can be taken back
    assert frozenset(one.documents + other.documents) in groups(corpus)


def test_documents_are_taken_out(corpus: purport.Corpus) -> None:
    row = max(corpus.stories(), key=lambda one: len(one.documents))
    out = row.documents[0]
    corpus.split_story(row.id, out[:12])
    assert frozenset(row.documents[1:]) in groups(corpus)
    assert out in corpus.story(out).documents
    assert not set(row.documents[1:]) & set(corpus.story(out).documents)


def test_documents_are_moved(corpus: purport.Corpus) -> None:
    one, other = corpus.stories()[:2]
    corpus.move_documents(other.id, *one.documents[:2])
    assert frozenset((*other.documents, *one.documents[:2])) in groups(corpus)
    assert frozenset(one.documents[2:]) in groups(corpus)


def test_what_was_judged_holds_for_documents_that_come_later(corpus: purport.Corpus) -> None:
    one, other = corpus.stories()[:2]
    corpus.merge_stories(one.id, other.id)
    name, text = "later.txt", "The mill in Skerrin was sold to a baker for nothing, its clerk wrote in the book."
    corpus.add([], data={name: text.encode()})
    assert any({*one.documents, *other.documents} <= own for own in groups(corpus))


@pytest.mark.parametrize("deed", ["merge", "split"])
def test_the_contrary_of_a_judgement_is_refused_with_its_number(corpus: purport.Corpus, deed: str) -> None:
    one, other = corpus.stories()[:2]
    if deed == "merge":
        corpus.split_story(one.id, one.documents[0])
        with pytest.raises(purport.UsageError, match="judgement 1 says that some of these documents do not tell one"):
            corpus.merge_stories(one.documents[0], one.documents[1])
    else:
        corpus.merge_stories(one.id, other.id)
        with pytest.raises(purport.UsageError, match="judgement 1 says that some of these documents tell one event"):
            corpus.split_story(one.documents[0], *one.documents)
    assert len(corpus.story_judgements()) == 1


def test_what_makes_no_sense_is_refused(corpus: purport.Corpus) -> None:
    one, other = corpus.stories()[:2]
    cases: list[tuple[Callable[[], int], str]] = [
        (lambda: corpus.merge_stories(one.id, one.documents[0]), "one story already"),
        (lambda: corpus.split_story(one.id, *one.documents), "but not all"),
        (lambda: corpus.split_story(one.id, other.documents[0]), "0 documents of the story are called"),
        (lambda: corpus.move_documents(one.id, one.documents[0]), "of the story .* already"),
        (lambda: corpus.move_documents(one.id, one.documents[0], other.documents[0]), "of several stories"),
        (lambda: corpus.undo_story(), "nothing to take back"),
        (lambda: corpus.undo_story(7), "no judgement 7 of a story"),
    ]
    for wrong, told in cases:
        with pytest.raises(purport.UsageError, match=told):
            wrong()
    assert corpus.story_judgements() == []


def test_a_move_takes_nothing_along_and_is_one_judgement(corpus: purport.Corpus) -> None:
    before = groups(corpus)
    one, other = corpus.stories()[:2]
    moved = one.documents[:1] * 2  # named twice is named once
    assert corpus.move_documents(other.id, *moved) == 1
    wanted = [own for own in before if own not in (frozenset(one.documents), frozenset(other.documents))]
    assert set(groups(corpus)) == {
        *wanted, frozenset((*other.documents, moved[0])), frozenset(one.documents[1:])
    }  # fmt: skip
    corpus.undo_story()
    assert groups(corpus) == before


def test_the_contrary_is_refused_among_several(corpus: purport.Corpus) -> None:
    one, other = corpus.stories()[:2]
    corpus.split_story(one.id, one.documents[0])
    with pytest.raises(purport.UsageError, match="judgement 1 says"):
        corpus.merge_stories(other.id, one.documents[1], one.documents[0])
    corpus.merge_stories(other.id, one.documents[1])
    corpus.undo_story(1)
    with pytest.raises(purport.UsageError, match="no judgement 1 of a story"):
        corpus.undo_story(1)
    assert corpus.undo_story(3) == 4  # the first stands again: it is not the contrary of what was merged since
    assert one.documents[0] not in corpus.story(other.documents[0]).documents


def test_what_stands_for_a_story_may_be_forgotten(corpus: purport.Corpus) -> None:
    one, other = corpus.stories()[:2]
    corpus.merge_stories(one.id, other.id)
    central = corpus.story_judgements()[0]
    corpus.forget([central.one[0], central.other[0]])
    left = {*one.documents, *other.documents} - {central.one[0], central.other[0]}
    assert any(left <= own for own in groups(corpus))

"""Actors across the documents of examples/actors, against gold by hand: B-cubed, and none of the traps merged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import purport
from bench.clusters import Counts, counts, scores
from purport.model.record import Record
from tests.conftest import EXAMPLES

B3_LEAST = 0.95
TRAPS = [
    {"Mara Denk", "Ilian Denk", "a minister called Denk"},
    {"Aurel Stavik the son", "Aurel Stavik the father"},
    {"Skerrin (town)", "Skerrin (club)", "The Skerrin Lantern"},
    {"Velmark (country)", "Velmark (newspaper)", "Velmark Press"},
]
"""What has a name, or a part of one, in common and is not one."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A mention and who or what it is."""

    document: str
    words: str
    nth: int
    actor: str


def gold() -> list[Gold]:
    lines = (EXAMPLES / "actors.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [Gold(document, words, int(nth), actor) for document, words, nth, actor in rows]


def place(text: str, one: Gold) -> tuple[int, int]:
    found = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(one.words)}(?!\w)", text)]
    assert len(found) >= one.nth, one
    return found[one.nth - 1]


def entity(record: Record, one: Gold) -> str | None:
    """What is held to be named there: by the shortest mention that holds the words."""
    start, end = place(record.document.text, one)
    around = [m for m in record.mentions if m.span.start <= start and end <= m.span.end]
    exact = [m for m in around if (m.span.start, m.span.end) == (start, end)]
    return min(exact or around, key=lambda m: m.span.end - m.span.start).entity if around else None


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[purport.Corpus]:
    with purport.open(tmp_path_factory.mktemp("actors") / "actors.db") as opened:
        assert opened.add([EXAMPLES / "actors"], workers=1).new == 14
        yield opened


def said(corpus: purport.Corpus) -> dict[Gold, str]:
    """For each gold mention the id of the actor that it is held to be; of one that is not found, a name of its own."""
    records = {Path(row.paths[0]).stem: corpus.record(row.id) for row in corpus.documents()}
    actors = {link.entity: one.id for one in corpus.cast.judged.clusters for link in one.links}
    return {
        one: actors[found] if (found := entity(records[one.document], one)) is not None else f"none {number}"
        for number, one in enumerate(gold())
    }


def test_actors_across_documents_are_those_of_the_gold(corpus: purport.Corpus) -> None:
    wanted: dict[str, set[Gold]] = defaultdict(set)
    found: dict[str, set[Gold]] = defaultdict(set)
    for one, actor in said(corpus).items():
        wanted[one.actor].add(one)
        found[actor].add(one)
    figures = scores(sum([counts(wanted.values(), found.values())], Counts()))["B3"]
    wrong = [
        sorted((one.document, one.words) for one in actor) for actor in found.values() if actor not in wanted.values()
    ]
    assert figures.f1 >= B3_LEAST, (figures, wrong)


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: min(trap))
def test_no_trap_is_merged(corpus: purport.Corpus, trap: set[str]) -> None:
    held: dict[str, set[str]] = defaultdict(set)
    for one, actor in said(corpus).items():
        if one.actor in trap:
            held[actor].add(one.actor)
    assert [actors for actors in held.values() if len(actors) > 1] == []


def test_every_spelling_order_acronym_and_title_leads_to_one(corpus: purport.Corpus) -> None:
    talvari = corpus.actor("Kassem Talvari")
    assert talvari.documents == 3
    assert corpus.actor("Reth Hollan").documents == 2
    assert corpus.actor("SRF").name == "Sorrel Relief Fund"
    assert corpus.actor("Petra Valk").documents == 3
    assert len({row.document for row in corpus.statements(by="Qasem Talvari")}) >= 2


def test_a_judgement_settles_who_a_surname_is(corpus: purport.Corpus) -> None:
    before = corpus.actor("Mara Denk")
    (alone,) = (row for row in corpus.actors(search="Denk") if row.name == "Denk")
    corpus.merge("Mara Denk", alone.id)
    assert corpus.actor("Mara Denk").documents == before.documents + 1
    assert corpus.actor(alone.id).id == before.id  # the id that it had leads on
    corpus.undo()
    assert corpus.actor("Mara Denk") == before

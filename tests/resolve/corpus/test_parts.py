from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.actors import synthetic
from purport.model.rows import EntityRow
from purport.resolve.corpus.entities import Listed
from purport.resolve.corpus.folding import fold_name
from purport.resolve.corpus.link import Cluster, clusters
from purport.resolve.corpus.parts import parts
from purport.resolve.corpus.words import Told


def one_by_one(rows: Sequence[EntityRow]) -> tuple[list[Cluster], int]:
    """The actors of entities whose parts are gone through one by one, and how many parts there are."""
    listed = Listed(rows)
    told = Told.by(listed)
    part_of, own = parts(listed, told), defaultdict[object, list[EntityRow]](list)
    for row in rows:
        name = fold_name(row.name)
        own[row.known or (part_of[name] if name else row.id)].append(row)
    found = [one for some in own.values() for one in clusters(some, told)]
    return sorted(found, key=lambda one: one.key), len(own)


def test_parts_of_a_large_corpus_give_what_all_of_it_gives() -> None:
    rows = list(synthetic(6000))
    found, number = one_by_one(rows)
    assert found == clusters(rows)
    assert number > 300


NAMES = (
    "Denk;Mara Denk;M. Denk;Mara L. Denk;Maara Denk;Denk Mara;Mara Denk Jr.;SRF;Sorrel Relief Fund;the SRF;…;;al;Jr.;X."
    ";Minister;Minister Denk;Velmark;prime minister of Velmark;newspaper Velmark;Denk FC;Denk Ltd;newspaper Denk"
    ";Bill Denk;William Denk;Wm Denck;Denck;Al Denk;Samir al-Denk;Denk Guard;the Guard;Guard;Hill Guard;Sorrel;Sorrel "
    "Football Club;the town of Sorrel;Skerrin, Velmark;Skerrin, Orlo;Skerrin;James Thomas;Thomas James;Mrs. Denk"
    ";Yusuf Abdullah;Abdellah Yusuf;Mara Denk, Jr.;Mr. Mara Denk, Jr.;Denk Ltd.;Mara Denk the younger"
).split(";")
TYPES = ["person", "person", "organisation", "place", "state", "outlet", "other", "role"]
ENTITIES = st.lists(
    st.tuples(
        st.integers(0, 5), st.sampled_from(NAMES), st.sampled_from(TYPES), st.sampled_from(NAMES),
        st.sampled_from(["", "", "", "", "Iran"]), st.sampled_from(["", "2031-03-01", "2031-06-01"]),
    ),
    max_size=30,
)  # fmt: skip


@settings(max_examples=400)
@given(ENTITIES)
def test_whatever_is_compared_is_of_one_part(told: list[tuple[int, str, str, str, str, str]]) -> None:
    rows = [
        EntityRow(f"e{at:02}", f"d{document}", name, type_, (name, other), known, published=published)
        for at, (document, name, type_, other, known, published) in enumerate(told)
    ]
    assert one_by_one(rows)[0] == clusters(rows)


@pytest.mark.parametrize(
    "one, other, together",
    [
        ("person: Mara Denk", "person: Denk", True),
        ("person: Qasem Reth", "person: Ghasem Reth", True),
        ("person: Qasem Reth", "person: Mara Denk", False),
        ("organisation: Sorrel Relief Fund | SRF", "organisation: SRF", True),
        ("organisation: Hill Guard", "organisation: Guard", True),
        ("organisation: Hill Guard", "organisation: Hill Fund", False),
        ("person: Yusuf Abdullah", "person: Abdellah Yusuf", True),
        ("person: Hollan Reth | Hollan Reth, Jr.", "other: Hollan Reth Jr.", True),
    ],
)
def test_what_may_be_one_is_together_and_nothing_else(one: str, other: str, together: bool) -> None:
    listed = Listed(_rows((one, other)))
    assert (len(set(parts(listed, Told.by(listed)).values())) == 1) == together


def _rows(told: Iterable[str]) -> Iterable[EntityRow]:
    for at, one in enumerate(told):
        type_, _, names = one.partition(": ")
        name, *_ = every = tuple(names.split(" | "))
        yield EntityRow(f"e{at}", f"d{at}", name, type_, every)

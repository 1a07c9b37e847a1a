from __future__ import annotations

import random
from collections import defaultdict

from purport.model.rows import StanceRow
from purport.network.stances import StanceColumns, independent, origins_of


def drawn(seed: int) -> list[StanceRow]:
    """Stances of some documents, drawn by lot."""
    draw = random.Random(seed)
    days = {
        f"d{number}": draw.choice(("", "2031", "2031-03-01", "2031-03-01T10:00", "2031-03-02")) for number in range(9)
    }
    documents = [draw.choice(sorted(days)) for _ in range(30)]
    return [
        StanceRow(
            f"s{number}", one, draw.choice((None, "e")), "f", draw.choice((-1, 0, 1)), "words", draw.random() < 0.5,
            draw.choice((None, "g")), "CT+", draw.random(), "", "Herald", days[one], draw.randrange(12) * 2**58,
        )
        for number, one in enumerate(documents)
    ]  # fmt: skip


def test_a_sentence_is_of_the_document_that_had_it_first() -> None:
    several = 0
    for seed in range(20):
        rows = drawn(seed)
        of: dict[int, set[tuple[str, str]]] = defaultdict(set)
        for row in rows:
            of[row.said].add((row.published[:10] or "~", row.document))
        wanted = {said: min(documents)[1] for said, documents in of.items() if said and len(documents) > 1}
        assert origins_of(StanceColumns.of(rows)) == wanted
        several += len(wanted)
    assert several > 100
    assert origins_of(StanceColumns.of([])) == {}


def test_copies_and_those_with_the_same_sentence_count_as_one() -> None:
    for seed in range(20):
        rows = drawn(seed)
        stances = StanceColumns.of(rows)
        groups, origins = {"d1": "d0", "d2": "d0", "x": "d3"}, origins_of(stances)
        origins[min(origins)] = "x"  # which may be a document without a stance here
        keys, places = independent(stances, groups, origins)
        first = [origins.get(row.said, row.document) for row in rows]
        assert [keys[at] for at in places] == [groups.get(one, one) for one in first]


def test_those_of_two_stores() -> None:
    rows = sorted(drawn(1), key=lambda row: row.document)
    whole, part = StanceColumns.of(rows), {"d2", "d5"}
    other = StanceColumns.of(row for row in rows if row.document in part)
    joined = whole.without(part).joined(other)
    order = joined.by_document()
    assert [joined.ids[at] for at in order] == [row.id for row in rows]
    assert [joined.documents[at].id for at in joined.document[order]] == [row.document for row in rows]
    assert joined.said[order].tolist() == [row.said for row in rows]
    assert StanceColumns.of([]).without(part).joined(other).ids == other.ids

"""Where actors are named: in which words, once a document, in their sentence."""

from __future__ import annotations

from pathlib import Path

from purport.store import Store, entities
from purport.store.namings import namings


def test_the_fullest_name_of_each_document_stands_in_its_sentence(example_store: Path) -> None:
    with Store(example_store) as store:
        own = [row for row in entities(store) if row.name == "Mara Denk"]
        found = namings(store, [row.id for row in own], 100)
        assert len(found) == len({row.document for row in own}) == len({one.document for one in found})
        assert all("Denk" in one.own for one in found)
        assert [len(one.own) for one in found] == sorted((len(one.own) for one in found), reverse=True)
        assert namings(store, [row.id for row in own], 2) == found[:2]
        (alone,) = namings(store, [row.id for row in own], 9, [found[1].document])
        assert alone == found[1]
        assert alone.own == store.record(alone.document).document.text[alone.span.start : alone.span.end]
        assert namings(store, [], 9) == []

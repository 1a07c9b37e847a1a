from __future__ import annotations

from pathlib import Path

import pytest

from purport.datasets import DatasetCorpus, link, read_dataset
from purport.datasets.duck import connected
from purport.datasets.linking import linked
from purport.datasets.reprints import reprints
from purport.network.copies import copies
from purport.runtime.extras import duckdb
from tests.datasets.conftest import small_dataset
from tests.network.test_copies import ANEW, CHANGED, OTHER, PARAGRAPHS, REPRINT, STORY

_ENDS = "The army of Velmark attacked Ardania on Tuesday."
"""Without a stance nobody asks whether a text is a copy."""


@pytest.fixture(scope="module")
def rewritten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of small shards in which one story stands several times, word for word, under another headline, and
    with paragraphs put anew, beside others."""
    folder = tmp_path_factory.mktemp("rewritten")
    texts = folder / "texts"
    texts.mkdir()
    versions = {
        "a": STORY, "b": REPRINT, "c": CHANGED, "d": OTHER, "e": STORY.upper().replace(",", ""), "f": f"{OTHER} {ANEW}",
        "g": "\n\n".join(reversed(PARAGRAPHS)), "h": ANEW, "i": "Ardania condemned the raid.", "j": "Good morning.",
    }  # fmt: skip
    for name, text in versions.items():
        (texts / f"{name}.txt").write_text(f"{text}\n\n{_ENDS}" if name != "j" else text)
    (texts / "k.md").write_text(f"{STORY}\n\n{_ENDS}")
    dataset = small_dataset(folder / "ds", 2000)
    read_dataset(dataset, [texts])
    link(dataset)
    return dataset


def test_copies_are_those_that_all_texts_together_show(rewritten: Path) -> None:
    tables, connection = linked(rewritten), connected()
    assert len(tables.shards) > 2
    with DatasetCorpus(rewritten) as corpus:
        texts = {one.document.id: one.document.text for one in corpus.records() if one.stances}
    whole = {id_: first for id_, first in copies(texts.items()).items() if id_ != first}
    assert dict(reprints(tables, connection)) == whole
    assert len(whole) > 4
    kept = duckdb().connect().execute(f"FROM '{tables.path('reprint')}'").fetchall()
    assert dict(kept) == whole
    connection.close()

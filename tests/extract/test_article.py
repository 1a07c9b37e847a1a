"""What must come out of one real article of a state's news agency, as far as attributions and blocks go."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from purport import BlockKind, Record, read

SHARED = Path(__file__).parents[3] / "shared" / "data" / "examples"
KINDS = ("heading", "attribution")

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the article is not on this machine (../shared/data)")


def rows() -> list[list[str]]:
    if not SHARED.is_dir():
        return []
    lines = (SHARED / "article-expected.tsv").read_text(encoding="utf-8").splitlines()
    table = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return [row for row in table if row and row[0] in KINDS]


@pytest.fixture(scope="module")
def record() -> Record:
    return read(SHARED / "state-media-article.txt", published="2024-12-30", outlet="State news agency")


def folded(text: str) -> str:
    return text.casefold().replace("’", "'")


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row[0]}: {row[1][:40]}")
def test_expected(record: Record, row: list[str]) -> None:
    kind, a, b, c, want = row
    if kind == "heading":
        headings = [x.span.of(record.document.text) for x in record.document.blocks if x.kind is BlockKind.HEADING]
        assert folded(a) in map(folded, headings)
        return
    fitting = [
        one
        for one in record.attributions
        if folded(a) in folded(record.text(one.source))
        and folded(b) in folded(record.text(one.cue))
        and folded(c) in folded(record.text(one.content))
    ]
    assert [one.kind.value for one in fitting] == [want]

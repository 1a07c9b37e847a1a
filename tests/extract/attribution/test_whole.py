"""A pair of quotation marks is one content, and no claim in it is ever the text's own where it has a cue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import purport
from purport import Record, read_text
from purport.extract.attribution.quotations import Quotation, quotations
from purport.extract.attribution.whole import WORDS
from tests.conftest import ROOT

CORPORA = {
    "examples": (ROOT / "examples" / "corpus", 1),
    "actors": (ROOT / "examples" / "actors", 1),
    "stances": (ROOT / "examples" / "stances", 1),
    "PolNeAR train": (ROOT.parent / "shared" / "data" / "polnear" / "train" / "text", 80),
    "an agency's article": (ROOT.parent / "shared" / "data" / "examples", 1),
}
"""Folders of texts, and of how many one is read."""


def cut(record: Record) -> Iterator[tuple[Quotation, str]]:
    """Quotations with a cue beside them of which a claim is the text's own."""
    for one in quotations(record.document.text, record.document.blocks):
        if sum(len(span.of(record.document.text).split()) for span in one.spans) < WORDS:
            continue
        cues = [
            found
            for found in record.attributions
            if any(content.overlaps(span) for content in found.content for span in one.spans)
            and not any(part.overlaps(span) for part in found.cue or found.source for span in one.spans)
        ]
        for claim in record.propositions:
            inside = claim.predicate and all(any(s.contains(p) for s in one.spans) for p in claim.predicate)
            if cues and inside and claim.voucher is None:
                yield one, record.text(claim.predicate)


@pytest.mark.parametrize("name", CORPORA)
def test_no_claim_in_a_quotation_that_has_a_cue_is_the_texts_own(name: str) -> None:
    folder, every = CORPORA[name]
    if not folder.is_dir():
        pytest.skip(f"the texts are not on this machine ({folder})")
    paths: list[Path] = sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".html"))[::every]
    assert paths
    for path in paths:
        try:
            record = purport.read(path)
        except purport.PurportError:
            continue
        assert list(cut(record)) == [], path.name


def test_a_quotation_over_several_sentences_is_one_content() -> None:
    text = "“The dam is safe. The keepers were never asked. Nobody paid us,” Denk said on Monday."
    record = read_text(text, language="en")
    assert list(cut(record)) == []
    assert {one.voucher for one in record.propositions if "paid" in record.text(one.predicate)} == {
        record.attributions[0].id
    }


def test_two_cues_do_not_share_a_quotation() -> None:
    text = (
        "“The first shells fell at dawn. Nobody was warned,” Denk said.\n\n"
        "“The second shells fell at noon. The mill was empty by then,” he added."
    )
    record = read_text(text, language="en")
    assert list(cut(record)) == []
    contents = sorted(one.content[0].start for one in record.attributions if one.listed)
    assert contents == [0, text.index("“The second")]

from __future__ import annotations

import json
from dataclasses import replace
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from purport.model import codec
from purport.model.document import Block, BlockKind, Metadata, Segment, SourceMap, Span, Unit
from purport.model.record import Attribution, Kind, Record
from purport.model.vocabulary import Act
from tests.made import HOSTILE_TEXT, record, records, spans
from tests.model.test_document import METADATA, PAIRS

NUMBERS = st.integers(0, 2**40)
BLOCKS = st.lists(st.builds(Block, PAIRS, st.sampled_from(BlockKind), st.integers(0, 6))).map(tuple)
SEGMENTS = st.lists(st.builds(Segment, NUMBERS, NUMBERS, st.none() | NUMBERS)).map(tuple)
MAPS = st.builds(SourceMap, st.sampled_from(Unit), SEGMENTS, st.none() | st.sampled_from(["utf-8", "cp1252"]))


@given(BLOCKS)
def test_blocks_there_and_back(blocks: tuple[Block, ...]) -> None:
    assert codec.blocks_in(codec.blocks_out(blocks)) == blocks


@given(MAPS)
def test_maps_there_and_back(source_map: SourceMap) -> None:
    assert codec.map_in(codec.map_out(source_map)) == source_map


@given(METADATA)
def test_metadata_there_and_back(metadata: Metadata) -> None:
    assert codec.metadata_in(codec.metadata_out(metadata)) == metadata


@given(spans(1000))
def test_spans_there_and_back(some: tuple[Span, ...]) -> None:
    assert codec.spans_in(json.loads(codec.dumps(codec.spans_out(some)))) == some
    pairs = [tuple(map(int, pair.split("-"))) for pair in codec.spans_text(some).split(";") if pair]
    assert pairs == [(s.start, s.end) for s in some]


@given(
    spans(90), spans(90), spans(90, 1), st.sampled_from(Kind), HOSTILE_TEXT, st.none() | st.text("0af"), st.floats(0, 1)
)
def test_attributions_there_and_back(
    source: tuple[Span, ...],
    cue: tuple[Span, ...],
    content: tuple[Span, ...],
    kind: Kind,
    act: str,
    other: str | None,
    confidence: float,
) -> None:
    reason = "turn" if kind is Kind.BLOCK else ""
    one = Attribution("a" * 16, source, cue, content, kind, cast("Act", act), other, other, confidence, reason=reason)
    places = (codec.dumps(codec.spans_out(some)) for some in (source, cue, content))
    row = (one.id, *places, kind.value, act, other, other, confidence, 0, reason)
    assert codec.attribution_in(row) == one


@given(records())
def test_a_record_has_one_form(one: Record) -> None:
    told = codec.dumps(codec.record_out(one))
    assert json.loads(told) == codec.record_out(one)
    assert "\n" not in told
    assert codec.dumps(json.loads(told)) == told


def test_a_digest_changes_with_anything_that_a_record_says() -> None:
    one = record("Mara Denk denied that Ardania had shelled the bridge. So it was said.")
    document, (found,) = one.document, one.attributions
    changed = [
        replace(one, analysed=False),
        replace(one, notes=("a note",)),
        replace(one, attributions=(), propositions=()),
        replace(one, propositions=()),
        replace(one, propositions=(replace(one.propositions[0], confidence=0.5),)),
        replace(one, run=replace(one.run, version="9")),
        replace(one, run=replace(one.run, parts=())),
        replace(one, run=replace(one.run, settings=(("depth", "2"),))),
    ]
    for name, value in {
        "text": document.text + " ",
        "blocks": (*document.blocks, Block(Span(900, 901))),
        "source_map": replace(document.source_map, encoding="cp1252"),
        "format": "markdown",
        "source": b"other",
        "selector": "encoding=utf-8;x",
        "part": "row 3",
        "notes": ("a remark",),
    }.items():
        changed.append(replace(one, document=replace(document, **{name: value})))  # type: ignore[arg-type]
    for name in document.metadata.known():
        metadata = replace(document.metadata, **{name: "told"})  # type: ignore[arg-type]
        changed.append(replace(one, document=replace(document, metadata=metadata)))
    for name, value in {
        "id": "f" * 16,
        "source": (),
        "cue": (),
        "content": (Span(0, 1),),
        "kind": Kind.MIXED,
        "act": "accuse",
        "inside": "b" * 16,
        "holder": "b" * 16,
        "confidence": 0.25,
    }.items():
        changed.append(replace(one, attributions=(replace(found, **{name: value}),)))  # type: ignore[arg-type]
    digests = {codec.digest(other) for other in (one, *changed)}
    assert len(digests) == len(changed) + 1
    assert codec.digest(one) == codec.digest(replace(one))

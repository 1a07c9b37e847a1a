"""Records as JSON and back: the one form in which places, blocks and maps are written down."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any

from purport.document import Block, BlockKind, Metadata, Segment, SourceMap, Span, Spans, Unit
from purport.record import Attribution, Kind, Record, Run

METADATA = tuple(f.name for f in fields(Metadata))


def dumps(value: object) -> str:
    """JSON with sorted keys and no white space: one value always has one form."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def spans_out(spans: Spans) -> list[list[int]]:
    """Spans as lists of [start, end]."""
    return [[s.start, s.end] for s in spans]


def spans_in(value: Iterable[Iterable[int]]) -> Spans:
    """The reverse of `spans_out`."""
    return tuple(Span(*pair) for pair in value)


def spans_text(spans: Spans) -> str:
    """Spans as "0-11;15-20"."""
    return ";".join(f"{s.start}-{s.end}" for s in spans)


def blocks_out(blocks: Iterable[Block]) -> str:
    """Blocks as a JSON list of [start, end, kind, level]."""
    return dumps([[b.span.start, b.span.end, b.kind.value, b.level] for b in blocks])


def blocks_in(value: str) -> tuple[Block, ...]:
    """The reverse of `blocks_out`."""
    return tuple(Block(Span(s, e), BlockKind(kind), level) for s, e, kind, level in json.loads(value))


def map_out(source_map: SourceMap) -> str:
    """A source map as JSON."""
    segments = [[s.start, s.number, s.offset] for s in source_map.segments]
    return dumps({"unit": source_map.unit.value, "encoding": source_map.encoding, "segments": segments})


def map_in(value: str) -> SourceMap:
    """The reverse of `map_out`."""
    told = json.loads(value)
    return SourceMap(Unit(told["unit"]), tuple(Segment(*s) for s in told["segments"]), told["encoding"])


def metadata_out(metadata: Metadata) -> str:
    """What is known, as a JSON object."""
    return dumps({name: value for name, value in asdict(metadata).items() if value is not None})


def metadata_in(value: str) -> Metadata:
    """The reverse of `metadata_out`."""
    return Metadata(**json.loads(value))


def run_in(version: str, parts: str, settings: str) -> Run:
    """A run from its row."""
    return Run(version, tuple(map(tuple, json.loads(parts))), tuple(map(tuple, json.loads(settings))))


def attribution_in(row: Iterable[Any]) -> Attribution:
    """An attribution from (id, source, cue, content, kind, act, inside, holder, confidence)."""
    name, source, cue, content, kind, act, inside, holder, confidence = row
    return Attribution(
        name,
        spans_in(json.loads(source)),
        spans_in(json.loads(cue)),
        spans_in(json.loads(content)),
        Kind(kind),
        act,
        inside,
        holder,
        confidence,
    )


def record_out(record: Record) -> dict[str, Any]:
    """A record as the JSON object that `export --format jsonl` writes; names as the design fixes them."""
    document, run = record.document, record.run
    return {
        "document": {
            "id": document.id,
            "text": document.text,
            **asdict(document.metadata),
            "sha256": document.sha256,
            "format": document.format,
            "part": document.part,
            "selector": document.selector,
            "blocks": json.loads(blocks_out(document.blocks)),
            "map": json.loads(map_out(document.source_map)),
            "analysed": record.analysed,
            "notes": [*document.notes, *record.notes],
        },
        "attributions": [
            {
                "id": a.id,
                "source": spans_out(a.source),
                "cue": spans_out(a.cue),
                "content": spans_out(a.content),
                "kind": a.kind.value,
                "act": a.act,
                "inside": a.inside,
                "holder": a.holder,
                "confidence": a.confidence,
            }
            for a in record.attributions
        ],
        "run": {"id": run.id, "version": run.version, "parts": dict(run.parts), "settings": dict(run.settings)},
    }


def digest(record: Record) -> str:
    """SHA-256 over all that a record says, 64 hexadecimal digits."""
    return hashlib.sha256(dumps(record_out(record)).encode()).hexdigest()

"""Records as JSON and back: the one form in which places, blocks and maps are written down."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from purport.model.document import Block, BlockKind, Metadata, Segment, SourceMap, Span, Spans, Unit
from purport.model.record import (
    Argument,
    Attribution,
    Basis,
    Certainty,
    Entity,
    Frame,
    Held,
    Kind,
    Mention,
    Naming,
    Proposition,
    Record,
    Run,
    Stance,
    Timex,
    Toponym,
    Triple,
)


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
    """Blocks as a JSON list of [start, end, kind, level], with the rest of the layout behind where there is any."""
    return dumps([[b.span.start, b.span.end, b.kind.value, b.level, *_layout(b)] for b in blocks])


def _layout(block: Block) -> list[dict[str, object]]:
    said: dict[str, object] = {"depth": block.depth, "strong": block.strong, "cell": block.cell}
    said = {name: value for name, value in said.items() if value}
    return [said] if said else []


def blocks_in(value: str) -> tuple[Block, ...]:
    """The reverse of `blocks_out`."""
    return tuple(_block(*one) for one in json.loads(value))


def _block(start: int, end: int, kind: str, level: int, layout: Mapping[str, Any] | None = None) -> Block:
    said = layout or {}
    cell = said.get("cell")
    return Block(
        Span(start, end), BlockKind(kind), level, said.get("depth", 0), said.get("strong", False),
        (cell[0], cell[1], cell[2]) if cell else None,
    )  # fmt: skip


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
    extra = {"extra": dict(metadata.extra)} if metadata.extra else {}
    return dumps({name: value for name, value in metadata.known().items() if value is not None} | extra)


def metadata_in(value: str) -> Metadata:
    """The reverse of `metadata_out`."""
    told = json.loads(value)
    extra = tuple(sorted(told.pop("extra", {}).items()))
    return Metadata(**told, extra=extra)


def run_in(version: str, parts: str, settings: str) -> Run:
    """A run from its row."""
    return Run(version, tuple(map(tuple, json.loads(parts))), tuple(map(tuple, json.loads(settings))))


def attribution_in(row: Iterable[Any]) -> Attribution:
    """An attribution from (id, source, cue, content, kind, act, inside, holder, confidence, imputed, reason)."""
    name, source, cue, content, kind, act, inside, holder, confidence, imputed, reason = row
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
        bool(imputed),
        reason,
    )


def proposition_rest(one: Proposition) -> dict[str, Any]:
    """What of a proposition has no column of its own in a store, as plain values."""
    return {
        "implied": one.implied,
        "negation": spans_out(one.negation),
        "arguments": [[a.role, spans_out(a.by), spans_out(a.spans)] for a in one.arguments],
        "triples": [[spans_out(t.subject), spans_out(t.relation), spans_out(t.object), t.implied] for t in one.triples],
        "held": [[h.by, h.certainty.value] for h in one.held],
        "endorsed": one.endorsed,
        "times": [[t.span.start, t.span.end, t.type, t.value, t.future] for t in one.times],
        "places": [
            [p.span.start, p.span.end, p.name, p.code, p.latitude, p.longitude, p.others, p.city] for p in one.places
        ],
        "refers": spans_out(one.refers),
        "unsure": list(one.unsure),
        **_told_later(one),
    }


def _told_later(one: Proposition) -> dict[str, Any]:
    """What was added later, only where there is some, so that the digests of older stores stay what they were."""
    return {**({"reporting": True} if one.reporting else {}), **({"why": list(one.why)} if one.why else {})}


def proposition_in(row: Iterable[Any]) -> Proposition:
    """A proposition from (id, predicate, subject, object, certainty, frame, voucher, confidence, rest)."""
    name, predicate, subject, object_, certainty, frame, voucher, confidence, rest = row
    told = json.loads(rest)
    return Proposition(
        name,
        spans_in(json.loads(predicate)),
        spans_in(json.loads(subject)),
        spans_in(json.loads(object_)),
        tuple(Argument(role, spans_in(by), spans_in(spans)) for role, by, spans in told["arguments"]),
        tuple(Triple(spans_in(s), spans_in(r), spans_in(o), implied) for s, r, o, implied in told["triples"]),
        Certainty(certainty),
        Frame(frame),
        tuple(Held(by, Certainty(value)) for by, value in told["held"]),
        voucher,
        told["endorsed"],
        told["implied"],
        spans_in(told["negation"]),
        tuple(Timex(Span(start, end), *known) for start, end, *known in told["times"]),
        tuple(Toponym(Span(start, end), *known) for start, end, *known in told["places"]),
        spans_in(told["refers"]),
        tuple(told["unsure"]),
        confidence,
        told.get("reporting", False),
        tuple(told.get("why", ())),
    )


def mention_out(one: Mention) -> dict[str, Any]:
    """A mention as plain values."""
    return {
        "span": [one.span.start, one.span.end],
        "entity": one.entity,
        "naming": one.naming.value,
        "reason": one.reason,
        "confidence": one.confidence,
        "tone": one.tone,
    }


def mention_in(row: Iterable[Any]) -> Mention:
    """A mention from (start, end, entity, naming, reason, confidence, tone)."""
    start, end, entity, naming, reason, confidence, tone = row
    return Mention(Span(start, end), Naming(naming), entity, reason, confidence, tone)


def entity_out(one: Entity) -> dict[str, Any]:
    """An entity as plain values."""
    return {**asdict(one), "names": list(one.names)}


def entity_in(row: Iterable[Any]) -> Entity:
    """An entity from (id, name, type, names, known, of, held)."""
    name, shown, kind, names, known, of, held = row
    return Entity(name, shown, kind, tuple(json.loads(names)), known, of, held)


def stance_out(one: Stance) -> dict[str, Any]:
    """A stance as plain values."""
    return {
        "id": one.id,
        "holder": one.holder,
        "target": one.target,
        "sign": one.sign,
        "basis": one.basis.value,
        "evidence": [one.evidence.start, one.evidence.end],
        "holder_spans": spans_out(one.holder_spans),
        "target_spans": spans_out(one.target_spans),
        "voucher": one.voucher,
        "certainty": one.certainty.value,
        "deed": one.deed,
        "proposition": one.proposition,
        "confidence": one.confidence,
    }


def stance_in(row: Iterable[Any]) -> Stance:
    """A stance from (id, holder, target, sign, basis, start, end, places, voucher, certainty, deed, proposition,
    confidence), where places are those of the holder and of the target."""
    name, holder, target, sign, basis, start, end, places, voucher, certainty, deed, proposition, confidence = row
    mine, theirs = json.loads(places)
    return Stance(
        name, holder, target, sign, Basis(basis), Span(start, end), spans_in(mine), spans_in(theirs), voucher,
        Certainty(certainty), deed, proposition, confidence,
    )  # fmt: skip


def triple_words(text: str, one: Triple) -> list[str]:
    """The plain strings of a triple, on one line each."""
    return [
        _joined(text, one.subject),
        _joined(text, one.relation) or one.implied,
        _joined(text, one.object),
    ]


def _joined(text: str, spans: Spans) -> str:
    return " ".join(" ".join(span.of(text).split()) for span in spans)


def _proposition_out(
    record: Record, one: Proposition, chain: Callable[[str | None], tuple[str, ...]]
) -> dict[str, Any]:
    rest = proposition_rest(one)
    return {
        "id": one.id,
        "predicate": spans_out(one.predicate),
        "implied": one.implied,
        "negation": rest["negation"],
        "polarity": one.polarity.value,
        "subject": spans_out(one.subject),
        "object": spans_out(one.object),
        "arguments": [{"role": role, "by": by, "spans": spans} for role, by, spans in rest["arguments"]],
        "triples": [triple_words(record.document.text, triple) for triple in one.triples],
        "triple_spans": rest["triples"],
        "certainty": one.certainty.value,
        "held": [{"by": h.by, "certainty": h.certainty.value} for h in one.held],
        "endorsed": one.endorsed,
        "frame": one.frame.value,
        "voucher": one.voucher,
        "chain": list(chain(one.voucher)),
        "time": [{"span": [t.span.start, t.span.end], "type": t.type, "value": t.value} for t in one.times],
        "place": [
            {
                "span": [p.span.start, p.span.end],
                "name": p.name,
                "country": p.code,
                "latitude": p.latitude,
                "longitude": p.longitude,
                "others": p.others,
            }
            for p in one.places
        ],
        "refers": rest["refers"],
        "unsure": list(one.unsure),
        "confidence": one.confidence,
        **_told_later(one),
    }


def record_out(record: Record) -> dict[str, Any]:
    """A record as the JSON object that `export --format jsonl` writes; names as the design fixes them."""
    return {**_brief(record), **{name: list(values) for name, values in _streams(record).items()}}


def record_json(record: Record) -> Iterator[str]:
    """`dumps` of that object in pieces, so that a very long document's need never be held as a whole."""
    yield from _json(_brief(record), _streams(record))


Streams = Mapping[str, Iterable[Mapping[str, Any]]]


def _json(rest: Mapping[str, Any], streams: Streams) -> Iterator[str]:
    for number, name in enumerate(sorted({*rest, *streams})):
        yield f"{',' if number else '{'}{dumps(name)}:"
        if name in streams:
            yield "["
            for place, one in enumerate(streams[name]):
                yield f"{',' if place else ''}{dumps(one)}"
            yield "]"
        else:
            yield dumps(rest[name])
    yield "}"


_LATER = ("propositions", "mentions", "entities", "stances")
"""What was not found by builds before there was such a thing."""


def _streams(record: Record) -> dict[str, Iterator[dict[str, Any]]]:
    chain = record.chains()
    return {
        "propositions": (_proposition_out(record, one, chain) for one in record.propositions),
        "mentions": map(mention_out, record.mentions),
        "entities": map(entity_out, record.entities),
        "stances": map(stance_out, record.stances),
    }


def _brief(record: Record) -> dict[str, Any]:
    document, run = record.document, record.run
    return {
        "document": {
            "id": document.id,
            "text": document.text,
            **document.metadata.known(),
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
                # Only where it is so, so that the digests of stores from before it stay what they were.
                **({"imputed": True} if a.imputed else {}),
                **({"reason": a.reason} if a.reason else {}),
            }
            for a in record.attributions
        ],
        "run": {"id": run.id, "version": run.version, "parts": dict(run.parts), "settings": dict(run.settings)},
    }


def digest(record: Record) -> str:
    """SHA-256 over all that a record says, 64 hexadecimal digits."""
    streams: Streams = _streams(record)
    return _digest(_brief(record), {name: streams[name] for name in _LATER if len(getattr(record, name))})


def digest_of(told: Mapping[str, Any]) -> str:
    """The same of a record as the JSON object of the export."""
    rest = {name: value for name, value in told.items() if name not in _LATER}
    return _digest(rest, {name: told[name] for name in _LATER if told.get(name)})


_DERIVED = frozenset({"polarity"})
"""What the export says of a proposition that follows from the rest of it, and is no part of its digest."""


def _digest(rest: Mapping[str, Any], streams: Streams) -> str:
    # What there is none of counts as not being there, so that a store from before it stays sound.
    kept = {
        name: ({key: value for key, value in one.items() if key not in _DERIVED} for one in stream)
        if name == "propositions"
        else stream
        for name, stream in streams.items()
    }
    summed = hashlib.sha256()
    for piece in _json(rest, kept):
        summed.update(piece.encode())
    return summed.hexdigest()

"""One shard's records as tables, by which questions find what they ask for: words as full-text indexes have them,
actors as entities of documents. What is listed is then made from the records themselves.

    tables/NAME.DIGEST.TABLE.parquet      one of `TABLES`, of the shard of that name and content
    tables/NAME.DIGEST.json               that all of them are there
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from purport.corpus.reading import Found
from purport.datasets.dataset import TABLES_FOLDER, Dataset, Marker
from purport.datasets.duck import TableFile, connected
from purport.datasets.files import explained, write_whole
from purport.datasets.lines import Member, found_in, lines_of, members_of
from purport.model import codec
from purport.model.document import Span
from purport.model.record import Attribution, Mention, Proposition, Record
from purport.store.tokens import BREAK, tokens

FOLDER = TABLES_FOLDER
"""Where tables are, in the folder of the dataset. All that is in it can be made again."""
FORM = 1
"""The version of the tables' form."""
_DOCUMENT = {"shard": "VARCHAR", "line": "INTEGER"}
TABLES: dict[str, dict[str, str]] = {
    "documents": {
        **_DOCUMENT, "position": "BIGINT", "size": "BIGINT", "id": "VARCHAR", "path": "VARCHAR", "part": "VARCHAR",
        "told": "VARCHAR", "own": "VARCHAR", "format": "VARCHAR", "sha256": "VARCHAR", "characters": "BIGINT",
        "analysed": "BOOLEAN", "notes": "VARCHAR", "attributions": "INTEGER", "claims": "INTEGER",
    },
    "statements": {
        **_DOCUMENT, "n": "INTEGER", "id": "VARCHAR", "act": "VARCHAR", "kind": "VARCHAR", "said": "BOOLEAN",
        "confidence": "DOUBLE", "holder": "VARCHAR", "source": "VARCHAR", "content": "VARCHAR", "words": "VARCHAR",
        "named": "VARCHAR[]",
    },
    "claims": {
        **_DOCUMENT, "n": "INTEGER", "id": "VARCHAR", "certainty": "VARCHAR", "frame": "VARCHAR",
        "reporting": "BOOLEAN", "negative": "BOOLEAN", "confidence": "DOUBLE", "predicate": "VARCHAR",
        "about": "VARCHAR", "named": "VARCHAR[]", "own": "BOOLEAN", "source": "VARCHAR", "holder": "VARCHAR",
    },
    "mentions": {
        **_DOCUMENT, "start": "BIGINT", "stop": "BIGINT", "entity": "VARCHAR", "naming": "VARCHAR",
        "confidence": "DOUBLE", "tone": "VARCHAR",
    },
    "entities": {
        **_DOCUMENT, "n": "INTEGER", "id": "VARCHAR", "name": "VARCHAR", "type": "VARCHAR", "names": "VARCHAR",
        "known": "VARCHAR", "words": "VARCHAR", "mentions": "INTEGER", "statements": "INTEGER",
        "hostile": "INTEGER", "laudatory": "INTEGER",
    },
    "stances": {
        **_DOCUMENT, "n": "INTEGER", "id": "VARCHAR", "holder": "VARCHAR", "target": "VARCHAR", "sign": "INTEGER",
        "basis": "VARCHAR", "voucher": "VARCHAR", "vouched": "VARCHAR", "certainty": "VARCHAR",
        "confidence": "DOUBLE", "deed": "VARCHAR", "start": "BIGINT", "stop": "BIGINT",
    },
    "problems": {"shard": "VARCHAR", "path": "VARCHAR", "part": "VARCHAR", "reason": "VARCHAR"},
}  # fmt: skip
"""The columns of each table, with their types in DuckDB. `line` is the document's place in its shard, `position` and
`size` that of its gzip member in bytes; `n` is a row's place in its record; `source`, `content`, `predicate`, `about`
and `words` are `tokens`; `named` are the entities that are named in the content of a statement, or in the subject or
object of a claim; `start` and `stop` are code points; `own` says that a claim is the text's own."""


def stem_of(marker: Marker) -> str:
    """How the tables of a shard's content are called: the shard's name and a digest of its files."""
    return f"{marker.name}.{hashlib.sha256(marker.digest.encode()).hexdigest()[:12]}"


def table_path(dataset: Dataset, marker: Marker, table: str) -> Path:
    """Where one table of a shard is."""
    return dataset.folder / FOLDER / f"{stem_of(marker)}.{table}.parquet"


def made(dataset: Dataset, marker: Marker) -> bool:
    """Whether the tables of a shard are there, in this form. Raises `StoreError` where that cannot be seen."""
    path = dataset.folder / FOLDER / f"{stem_of(marker)}.json"
    with explained(path):
        try:
            told = json.loads(path.read_bytes())
        except FileNotFoundError:
            return False
        except ValueError:
            return False
    return isinstance(told, dict) and told.get("form") == FORM


def make_tables(dataset: Dataset, marker: Marker) -> None:
    """Write the tables of a shard; what says that they are there is written last. Raises `StoreError` where the shard
    is damaged, or they cannot be written."""
    folder = dataset.folder / FOLDER
    connection = connected(threads=1)
    tables = {
        name: TableFile(folder, table_path(dataset, marker, name).name, columns) for name, columns in TABLES.items()
    }
    try:
        for line, member in enumerate(members_of(dataset.folder / marker.records.name)):
            found = found_in(member.value, dataset.run)
            for name, row in _rows(found, (marker.name, line), member):
                tables[name].add(row)
        if marker.problems is not None:
            for told in lines_of(dataset.folder / marker.problems.name):
                tables["problems"].add((marker.name, told["path"], told["part"], told["reason"]))
        for table in tables.values():
            table.finish(connection)
    finally:
        for table in tables.values():
            table.discard()
        connection.close()
    write_whole(folder / f"{stem_of(marker)}.json", f"{codec.dumps({'form': FORM})}\n".encode())


def _rows(found: Found, place: tuple[str, int], member: Member) -> Iterator[tuple[str, Sequence[Any]]]:
    """The rows of a document, each with its table."""
    record, document, sighting = found.record, found.record.document, found.sighting
    yield "documents", (
        *place, member.offset, member.length, document.id, sighting.path, sighting.part,
        codec.metadata_out(sighting.told), codec.metadata_out(document.metadata), document.format, document.sha256,
        len(document.text), record.analysed, codec.dumps([*document.notes, *record.notes]), len(record.attributions),
        len(record.propositions),
    )  # fmt: skip
    holders = {one.id: one for one in record.attributions}
    for n, said in enumerate(record.attributions):
        yield "statements", (*place, n, *_statement(record, said))
    for n, claim in enumerate(record.propositions):
        yield "claims", (*place, n, *_claim(record, claim, holders.get(claim.voucher or "")))
    met, spoken = Counter[str](), Counter(one.holder for one in record.attributions)
    for mention in record.mentions:
        met[mention.entity] += 1
        met[f"{mention.entity} {mention.tone}"] += 1
        yield "mentions", (
            *place, mention.span.start, mention.span.end, mention.entity, mention.naming.value, mention.confidence,
            mention.tone,
        )  # fmt: skip
    for n, entity in enumerate(record.entities):
        yield "entities", (
            *place, n, entity.id, entity.name, entity.type, codec.dumps(entity.names), entity.known,
            tokens(" / ".join((entity.name, *entity.names))), met[entity.id], spoken[entity.id],
            met[f"{entity.id} hostile"], met[f"{entity.id} laudatory"],
        )  # fmt: skip
    for n, stance in enumerate(record.stances):
        voucher = holders.get(stance.voucher or "")
        yield "stances", (
            *place, n, stance.id, stance.holder, stance.target, stance.sign, stance.basis.value, stance.voucher,
            voucher.holder if voucher is not None else None, stance.certainty.value, stance.confidence, stance.deed,
            stance.evidence.start, stance.evidence.end,
        )  # fmt: skip


def _statement(record: Record, one: Attribution) -> Sequence[Any]:
    source, cue, content = (tokens(record.text(spans)) for spans in (one.source, one.cue, one.content))
    # A cue without an act is only asked, supposed or planned: nobody has said anything, nor what is imputed.
    said = not (one.act == "" and one.cue) and not one.imputed
    return (
        one.id, one.act, one.kind.value, said, one.confidence, one.holder, source, content,
        BREAK.join((source, cue, content)), _named(record.mentions, one.content),
    )  # fmt: skip


def _claim(record: Record, one: Proposition, voucher: Attribution | None) -> Sequence[Any]:
    parts = (one.subject, one.object, *(argument.spans for argument in one.arguments))
    return (
        one.id, one.certainty.value, one.frame.value, one.reporting, len(one.negation) % 2 == 1, one.confidence,
        tokens(record.text(one.predicate) or one.implied), tokens(" ".join(map(record.text, parts))),
        sorted({*_named(record.mentions, one.subject), *_named(record.mentions, one.object)}), one.voucher is None,
        tokens(record.text(voucher.source)) if voucher is not None else None,
        voucher.holder if voucher is not None else None,
    )  # fmt: skip


def _named(mentions: Sequence[Mention], spans: Sequence[Span]) -> list[str]:
    """The entities that are named within the spans."""
    return sorted(
        {
            one.entity
            for one in mentions
            if any(span.start <= one.span.start < span.end and one.span.end <= span.end for span in spans)
        }
    )

"""One shard's records as tables, by which questions find what they ask for: words as full-text indexes have them,
actors as entities of documents. What is listed is then made from the records themselves.

    tables/NAME.DIGEST.TABLE.parquet      one of `TABLES`, of the shard of that name and content
    tables/NAME.DIGEST.json               that all of them are there
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from purport.corpus.reading import Found
from purport.datasets.dataset import TABLES_FOLDER, Dataset, Marker
from purport.datasets.duck import TableFile, connected
from purport.datasets.files import explained, write_whole
from purport.datasets.lines import Member, found_in, lines_of, members_of, problem_in
from purport.errors import StoreError
from purport.model import codec
from purport.model.document import Spans
from purport.model.record import Attribution, Mention, Proposition, Record
from purport.model.said import said as sentence_said
from purport.network.copies import sketched
from purport.resolve.corpus.folding import fold_name
from purport.store.tokens import BREAK, tokens

FOLDER = TABLES_FOLDER
"""Where tables are, in the folder of the dataset. All that is in it can be made again."""
PAGES = "pages.db"
"""The store beside the tables by which pages of the dataset are shown (`purport serve --dataset`)."""
FORM = 3
"""The version of the tables' form."""
_DOCUMENT = {"shard": "BIGINT", "line": "INTEGER"}
TABLES: dict[str, dict[str, str]] = {
    "documents": {
        **_DOCUMENT, "position": "BIGINT", "size": "BIGINT", "id": "VARCHAR", "path": "VARCHAR", "part": "VARCHAR",
        "told": "VARCHAR", "own": "VARCHAR", "format": "VARCHAR", "sha256": "VARCHAR", "characters": "BIGINT",
        "analysed": "BOOLEAN", "notes": "VARCHAR", "attributions": "INTEGER", "claims": "INTEGER",
    },
    "statements": {
        **_DOCUMENT, "n": "INTEGER", "id": "UBIGINT", "act": "VARCHAR", "kind": "VARCHAR", "said": "BOOLEAN",
        "confidence": "DOUBLE", "holder": "UBIGINT", "source": "VARCHAR", "content": "VARCHAR", "words": "VARCHAR",
        "named": "UBIGINT[]",
    },
    "claims": {
        **_DOCUMENT, "n": "INTEGER", "id": "UBIGINT", "certainty": "VARCHAR", "frame": "VARCHAR",
        "reporting": "BOOLEAN", "negative": "BOOLEAN", "confidence": "DOUBLE", "predicate": "VARCHAR",
        "about": "VARCHAR", "named": "UBIGINT[]", "own": "BOOLEAN", "source": "VARCHAR", "holder": "UBIGINT",
    },
    "mentions": {
        **_DOCUMENT, "start": "BIGINT", "stop": "BIGINT", "entity": "UBIGINT", "naming": "VARCHAR",
        "confidence": "DOUBLE", "tone": "VARCHAR",
    },
    "entities": {
        **_DOCUMENT, "n": "INTEGER", "id": "UBIGINT", "name": "VARCHAR", "type": "VARCHAR", "names": "VARCHAR",
        "known": "VARCHAR", "folded": "VARCHAR", "words": "VARCHAR", "mentions": "INTEGER", "statements": "INTEGER",
        "hostile": "INTEGER", "laudatory": "INTEGER",
    },
    "stances": {
        **_DOCUMENT, "n": "INTEGER", "id": "UBIGINT", "holder": "UBIGINT", "target": "UBIGINT", "sign": "INTEGER",
        "basis": "VARCHAR", "voucher": "UBIGINT", "vouched": "UBIGINT", "certainty": "VARCHAR",
        "confidence": "DOUBLE", "deed": "VARCHAR", "start": "BIGINT", "stop": "BIGINT", "said": "BIGINT",
    },
    "sketches": {**_DOCUMENT, "whole": "UBIGINT", "bands": "UBIGINT[]"},
    "problems": {"shard": "BIGINT", "path": "VARCHAR", "part": "VARCHAR", "reason": "VARCHAR"},
}  # fmt: skip
"""The columns of each table, with their types in DuckDB. `shard` is the `shard_key` of its name, `line` the document's
place in it, `position` and `size` that of its gzip member in bytes; `n` is a row's place in its record; ids of 16
hexadecimal digits are numbers (`key_of`). `source`, `content`, `predicate`, `about` and `words` are `tokens`; `named`
are the entities that are named in the content of a statement, or in the subject or object of a claim; `start` and
`stop` are code points; `said` of a stance stands for the words of its sentence (`purport.model.said`); `own` says that
a claim is the text's own; `folded` is a name as it is compared with others. A sketch tells which documents may be
copies of each other; those that have no stance need none."""


def shard_key(name: str) -> int:
    """What stands for a shard in tables: the first 60 bits of its name, which is a hash."""
    return int(name[:15], 16)


def key_of(id_: str | None) -> int | None:
    """An id of 16 hexadecimal digits as a number; None for None."""
    return int(id_, 16) if id_ is not None else None


def id_of(key: int | None) -> str | None:
    """The reverse of `key_of`."""
    return f"{key:016x}" if key is not None else None


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


class DamagedShardError(StoreError):
    """A shard is not as it was written: it is left out, and the others can be asked."""


def make_tables(dataset: Dataset, marker: Marker) -> None:
    """Write the tables of a shard; what says that they are there is written last. Raises `StoreError` where they
    cannot be written, a `DamagedShardError` where the shard is damaged."""
    folder = dataset.folder / FOLDER
    connection = connected(threads=1)
    tables = {
        name: TableFile(folder, table_path(dataset, marker, name).name, columns) for name, columns in TABLES.items()
    }
    try:
        for name, row in _rows_of_shard(dataset, marker):
            tables[name].add(row)
        for table in tables.values():
            table.finish(connection)
    finally:
        for table in tables.values():
            table.discard()
        connection.close()
    write_whole(folder / f"{stem_of(marker)}.json", f"{codec.dumps({'form': FORM})}\n".encode())


def _rows_of_shard(dataset: Dataset, marker: Marker) -> Iterator[tuple[str, Sequence[Any]]]:
    """The rows of a shard, each with its table. Raises `DamagedShardError`."""
    key = shard_key(marker.name)
    try:
        for line, member in enumerate(members_of(dataset.folder / marker.records.name)):
            yield from _rows(found_in(member.value, dataset.run), (key, line), member)
        if marker.problems is not None:
            for problem in map(problem_in, lines_of(dataset.folder / marker.problems.name)):
                yield "problems", (key, problem.path, problem.part, problem.reason)
    except StoreError as error:
        raise DamagedShardError(str(error)) from None


def _rows(found: Found, place: tuple[int, int], member: Member) -> Iterator[tuple[str, Sequence[Any]]]:
    """The rows of a document, each with its table."""
    record, document, sighting = found.record, found.record.document, found.sighting
    yield "documents", (
        *place, member.offset, member.length, document.id, sighting.path, sighting.part,
        codec.metadata_out(sighting.told), codec.metadata_out(document.metadata), document.format, document.sha256,
        len(document.text), record.analysed, codec.dumps([*document.notes, *record.notes]), len(record.attributions),
        len(record.propositions),
    )  # fmt: skip
    holders, naming = {one.id: one for one in record.attributions}, _Naming(record.mentions)
    for n, said in enumerate(record.attributions):
        yield "statements", (*place, n, *_statement(record, said, naming))
    for n, claim in enumerate(record.propositions):
        yield "claims", (*place, n, *_claim(record, claim, holders.get(claim.voucher or ""), naming))
    met, spoken = Counter[str](), Counter(one.holder for one in record.attributions)
    for mention in record.mentions:
        met[mention.entity] += 1
        met[f"{mention.entity} {mention.tone}"] += 1
        yield "mentions", (
            *place, mention.span.start, mention.span.end, key_of(mention.entity), mention.naming.value,
            mention.confidence, mention.tone,
        )  # fmt: skip
    for n, entity in enumerate(record.entities):
        yield "entities", (
            *place, n, key_of(entity.id), entity.name, entity.type, codec.dumps(entity.names), entity.known,
            fold_name(entity.name), tokens(" / ".join((entity.name, *entity.names))), met[entity.id], spoken[entity.id],
            met[f"{entity.id} hostile"], met[f"{entity.id} laudatory"],
        )  # fmt: skip
    sketch = sketched(document.text) if record.stances else None
    if sketch is not None:
        yield "sketches", (*place, sketch.whole, sketch.bands.tolist())
    for n, stance in enumerate(record.stances):
        voucher = holders.get(stance.voucher or "")
        yield "stances", (
            *place, n, key_of(stance.id), key_of(stance.holder), key_of(stance.target), stance.sign, stance.basis.value,
            key_of(stance.voucher), key_of(voucher.holder) if voucher is not None else None, stance.certainty.value,
            stance.confidence, stance.deed, stance.evidence.start, stance.evidence.end,
            sentence_said(record.text((stance.evidence,))),
        )  # fmt: skip


def _statement(record: Record, one: Attribution, naming: _Naming) -> Sequence[Any]:
    source, cue, content = (tokens(record.text(spans)) for spans in (one.source, one.cue, one.content))
    # A cue without an act is only asked, supposed or planned: nobody has said anything, nor what is imputed.
    said = not (one.act == "" and one.cue) and not one.imputed
    return (
        key_of(one.id), one.act, one.kind.value, said, one.confidence, key_of(one.holder), source, content,
        BREAK.join((source, cue, content)), naming.within(one.content),
    )  # fmt: skip


def _claim(record: Record, one: Proposition, voucher: Attribution | None, naming: _Naming) -> Sequence[Any]:
    parts = (one.subject, one.object, *(argument.spans for argument in one.arguments))
    return (
        key_of(one.id), one.certainty.value, one.frame.value, one.reporting, len(one.negation) % 2 == 1, one.confidence,
        tokens(record.text(one.predicate) or one.implied), tokens(" ".join(map(record.text, parts))),
        naming.within(one.subject, one.object), one.voucher is None,
        tokens(record.text(voucher.source)) if voucher is not None else None,
        key_of(voucher.holder) if voucher is not None else None,
    )  # fmt: skip


class _Naming:
    """Where a document names whom."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._mentions = sorted((one.span.start, one.span.end, int(one.entity, 16)) for one in mentions)
        self._starts = [start for start, _, _ in self._mentions]

    def within(self, *places: Spans) -> list[int]:
        """The entities that are named within one of the spans."""
        found: set[int] = set()
        for span in chain.from_iterable(places):
            first, last = (bisect_left(self._starts, end) for end in (span.start, span.end))
            found.update(entity for _, stop, entity in self._mentions[first:last] if stop <= span.end)
        return sorted(found)

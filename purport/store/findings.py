"""What was found in a document, as rows of the store and words of its full-text indexes."""

from __future__ import annotations

import apsw

from purport.model import codec
from purport.model.record import Entity, Proposition, Record
from purport.model.said import said


def insert_findings(connection: apsw.Connection, key: int, record: Record) -> None:
    """Add what was found in the document in that row, and its words to the indexes. Raises `apsw.Error`."""
    for claim in record.propositions:
        connection.execute(
            "INSERT INTO proposition (id, document, first, predicate, subject, object, certainty, frame, voucher, "
            "confidence, rest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                claim.id,
                key,
                claim.extent.start,
                *(codec.dumps(codec.spans_out(s)) for s in (claim.predicate, claim.subject, claim.object)),
                claim.certainty.value,
                claim.frame.value,
                claim.voucher,
                claim.confidence,
                codec.dumps(codec.proposition_rest(claim)),
            ),
        )
        connection.execute(
            "INSERT INTO proposition_words (rowid, predicate, about) VALUES (?, ?, ?)",
            (connection.last_insert_rowid(), *_claim_words(record, claim)),
        )
    for one in record.attributions:
        connection.execute(
            "INSERT INTO attribution (id, document, first, source, cue, content, kind, act, inside, holder, "
            "confidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                one.id,
                key,
                one.extent.start,
                *(codec.dumps(codec.spans_out(spans)) for spans in (one.source, one.cue, one.content)),
                one.kind.value,
                one.act,
                one.inside,
                one.holder,
                one.confidence,
            ),
        )
        number = connection.last_insert_rowid()
        if one.imputed or one.reason:
            values = (one.imputed, one.reason, number)
            connection.execute("UPDATE attribution SET imputed = ?, reason = ? WHERE key = ?", values)
        connection.execute(
            "INSERT INTO attribution_words (rowid, source, cue, content) VALUES (?, ?, ?, ?)",
            (number, *map(record.text, (one.source, one.cue, one.content))),
        )

    for entity in record.entities:
        connection.execute(
            "INSERT INTO entity (id, document, name, type, names, known, belongs, held) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entity.id,
                key,
                entity.name,
                entity.type,
                codec.dumps(entity.names),
                entity.known,
                entity.of,
                entity.held,
            ),
        )
        connection.execute(
            "INSERT INTO entity_words (rowid, names) VALUES (?, ?)",
            (connection.last_insert_rowid(), _entity_words(entity)),
        )
    connection.executemany(
        "INSERT INTO mention (document, first, last, entity, naming, reason, confidence, tone) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (key, m.span.start, m.span.end, m.entity, m.naming.value, m.reason, m.confidence, m.tone)
            for m in record.mentions
        ),
    )
    holders = {one.id: one.holder or "" for one in record.attributions}
    connection.executemany(
        "INSERT INTO stance (id, document, first, last, holder, target, sign, basis, places, voucher, certainty, "
        "deed, proposition, confidence, said, vouched) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                s.id, key, s.evidence.start, s.evidence.end, s.holder, s.target, s.sign, s.basis.value,
                codec.dumps([codec.spans_out(s.holder_spans), codec.spans_out(s.target_spans)]),
                s.voucher, s.certainty.value, s.deed, s.proposition, s.confidence,
                said(record.text((s.evidence,))), holders.get(s.voucher or "", ""),
            )
            for s in record.stances
        ),
    )  # fmt: skip


def delete_findings(connection: apsw.Connection, key: int, record: Record) -> None:
    """Remove what was found in the document in that row, and its words from the indexes. Raises `apsw.Error`."""
    rows = connection.execute("SELECT key FROM proposition WHERE document = ? ORDER BY key", (key,))
    for (row,), claim in zip(list(rows), record.propositions, strict=True):
        connection.execute(
            "INSERT INTO proposition_words (proposition_words, rowid, predicate, about) VALUES ('delete', ?, ?, ?)",
            (row, *_claim_words(record, claim)),
        )
    connection.execute("DELETE FROM proposition WHERE document = ?", (key,))
    rows = connection.execute("SELECT key FROM attribution WHERE document = ? ORDER BY key", (key,))
    for (row,), one in zip(list(rows), record.attributions, strict=True):
        words = map(record.text, (one.source, one.cue, one.content))
        connection.execute(
            "INSERT INTO attribution_words (attribution_words, rowid, source, cue, content) "
            "VALUES ('delete', ?, ?, ?, ?)",
            (row, *words),
        )
    connection.execute("DELETE FROM attribution WHERE document = ?", (key,))
    rows = connection.execute("SELECT key FROM entity WHERE document = ? ORDER BY key", (key,))
    for (row,), entity in zip(list(rows), record.entities, strict=True):
        connection.execute(
            "INSERT INTO entity_words (entity_words, rowid, names) VALUES ('delete', ?, ?)",
            (row, _entity_words(entity)),
        )
    for table in ("mention", "stance", "entity"):
        connection.execute(f"DELETE FROM {table} WHERE document = ?", (key,))


def _entity_words(one: Entity) -> str:
    """What the full-text index knows an entity by: all its names, its neutral one too."""
    return " / ".join((one.name, *one.names))


def _claim_words(record: Record, one: Proposition) -> tuple[str, str]:
    """What the full-text index knows a proposition by: the words of its predicate, and of all its parts."""
    parts = (one.subject, one.object, *(argument.spans for argument in one.arguments))
    return record.text(one.predicate) or one.implied, " ".join(map(record.text, parts))

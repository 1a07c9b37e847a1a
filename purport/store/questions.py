"""Questions asked of a store, one function each; they return plain typed rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from purport.model import codec
from purport.model.document import Block, SourceMap, Span
from purport.model.record import Attribution, Polarity, Proposition, Record, Run
from purport.model.rows import Claim, DocumentRow, Statement, claim_words, happened, joined, place, words
from purport.store.conditions import Bearers, conditions, naming, nobody, of_document, of_statement, of_words
from purport.store.filters import ClaimFilter, Filter
from purport.store.search import match
from purport.store.store import ATTRIBUTION, PROPOSITION, Store
from purport.syntax.timex import dated


def statements(
    store: Store, wanted: Filter = Filter(), limit: int | None = None, bearers: Bearers = nobody
) -> Iterator[Statement]:
    """The statements that fit, by date of publication (unknown last), document and place; at most `limit`."""
    told, values = conditions(wanted, bearers)
    where = f"WHERE {' AND '.join(told)}" if told else ""
    rows = list(
        store.query(
            "SELECT a.key, d.key FROM attribution a JOIN document d ON d.key = a.document "
            f"{where} ORDER BY d.published IS NULL, d.published, d.id, a.key "
            f"{'LIMIT ' + str(int(limit)) if limit is not None else ''}",
            values,
        )
    )
    page: Page | None = None
    for key, document in rows:
        if page is None or page.key != document:
            page = Page.load(store, document)
        yield _statement(store, page, key)


def count(store: Store, wanted: Filter = Filter(), bearers: Bearers = nobody) -> int:
    """How many statements fit."""
    (number,) = counts(store, [wanted], bearers)
    return number


def counts(store: Store, several: Sequence[Filter], bearers: Bearers = nobody) -> list[int]:
    """How many statements fit each of several filters, which differ only in what they ask of the statement itself."""
    counted, values = list[str](), list[str | int | float]()
    for wanted in several:
        own = of_statement(wanted)
        counted.append(f"count(*) FILTER (WHERE {' AND '.join(f'({one})' for one, _ in own) or 'TRUE'})")
        values += [value for _, some in own for value in some]
    words = [(f"a.key IN ({query})", some) for query, some in of_words(several[0], bearers)]
    of_documents = of_document(several[0])
    documents = "JOIN document d ON d.key = a.document" if of_documents else ""
    shared = [*words, *of_documents]
    where = f"WHERE {' AND '.join(one for one, _ in shared)}" if shared else ""
    values += [value for _, some in shared for value in some]
    (row,) = store.query(f"SELECT {', '.join(counted)} FROM attribution a {documents} {where}", values)
    return [int(number) for number in row]


_DOCUMENT_COLUMNS = tuple(f.name for f in fields(DocumentRow))


def documents(store: Store) -> Iterator[DocumentRow]:
    """All documents with what is known of them, by date of publication (unknown last) and id; without their texts."""
    rows = store.query(
        "SELECT d.id, d.outlet, d.author, d.title, d.published, d.url, d.language, d.format, d.sha256, length(d.text), "
        "d.analysed, d.notes, (SELECT count(*) FROM attribution a WHERE a.document = d.key), "
        "(SELECT json_group_array(path || CASE part WHEN '' THEN '' ELSE ', ' || part END) FROM "
        "(SELECT path, part FROM sighting s WHERE s.document = d.key ORDER BY path, part)) "
        "FROM document d ORDER BY d.published IS NULL, d.published, d.id"
    )
    for row in rows:
        told: dict[str, Any] = dict(zip(_DOCUMENT_COLUMNS, row, strict=True))
        told["analysed"] = bool(told["analysed"])
        told["notes"] = tuple(note for some in json.loads(told["notes"]) for note in some)
        told["paths"] = tuple(json.loads(told["paths"]))
        yield DocumentRow(**told)


@dataclass(frozen=True, slots=True)
class RunInfo:
    """A run: its id and what made it, how many documents it analysed last, and how many before a later run did."""

    id: str
    run: Run
    documents: int
    earlier: int


@dataclass(frozen=True, slots=True)
class Info:
    """What is in a store. `size` is in bytes; `published` the first and last date of publication; counts by outlet
    and by format are sorted by name, with "" for an unknown outlet. It is `kept_in` a "store" or a "dataset"."""

    path: str
    size: int
    version: int
    documents: int
    analysed: int
    statements: int
    claims: int
    problems: int
    outlets: tuple[tuple[str, int], ...]
    formats: tuple[tuple[str, int], ...]
    published: tuple[str, str] | None
    runs: tuple[RunInfo, ...]
    kept_in: str = "store"


def info(store: Store) -> Info:
    """What is in the store and which runs made it."""
    ((documents, analysed, first, last),) = store.query(
        "SELECT count(*), coalesce(sum(analysed), 0), min(published), max(published) FROM document"
    )
    ((statements,),) = store.query("SELECT count(*) FROM attribution")
    ((claims,),) = store.query("SELECT count(*) FROM proposition")
    ((version,),) = store.query("SELECT * FROM pragma_user_version")
    runs = [
        RunInfo(name, codec.run_in(*told), now, before)
        for name, *told, now, before in store.query(
            "SELECT id, version, parts, settings, (SELECT count(*) FROM document d WHERE d.run = r.id), "
            "(SELECT count(*) FROM earlier e WHERE e.run = r.id) FROM run r ORDER BY id"
        )
    ]
    return Info(
        path=str(store.path),
        size=store.path.stat().st_size,
        version=version,
        documents=documents,
        analysed=analysed,
        statements=statements,
        claims=claims,
        problems=len(store.problems()),
        outlets=tuple(store.query("SELECT coalesce(outlet, ''), count(*) FROM document GROUP BY 1 ORDER BY 1")),
        formats=tuple(store.query("SELECT format, count(*) FROM document GROUP BY 1 ORDER BY 1")),
        published=(first, last) if first is not None else None,
        runs=tuple(runs),
    )


def extra_fields(store: Store) -> dict[str, dict[str, str]]:
    """The further fields that users' tables, and files themselves (the thread of a mail), have of documents, by their
    ids; of what two places say of one field that of the place that sorts first, of what a file says itself the rest."""
    found: dict[str, dict[str, str]] = {}
    tables = (
        "SELECT d.id, s.told FROM sighting s JOIN document d ON d.key = s.document "
        "WHERE json_extract(s.told, '$.extra') IS NOT NULL ORDER BY s.path, s.part"
    )
    files = "SELECT id, own FROM document WHERE json_extract(own, '$.extra') IS NOT NULL"
    for query in (tables, files):
        for document, told in store.query(query):
            for name, value in codec.metadata_in(told).extra:
                found.setdefault(document, {}).setdefault(name, value)
    return found


def outlets(store: Store) -> list[str]:
    """All outlets that documents were seen at, sorted."""
    query = (
        "SELECT outlet FROM document WHERE outlet IS NOT NULL "
        "UNION SELECT json_extract(told, '$.outlet') FROM sighting WHERE json_extract(told, '$.outlet') IS NOT NULL"
    )
    return sorted(name for (name,) in store.query(query))


def _named_in(column: str, entities: str) -> str:
    """The condition that one of the entities is named in the spans of a column."""
    return (
        f"EXISTS (SELECT 1 FROM json_each({column}) s CROSS JOIN mention m ON m.document = a.document "
        "AND m.first BETWEEN json_extract(s.value, '$[0]') AND json_extract(s.value, '$[1]') - 1 "
        f"AND m.last <= json_extract(s.value, '$[1]') WHERE m.entity IN ({entities}))"
    )


def count_claims(store: Store, wanted: ClaimFilter = ClaimFilter(), bearers: Bearers = nobody) -> int:
    """How many claims fit."""
    where, values = _claims_wanted(wanted, bearers)
    query = f"SELECT count(*) FROM proposition a JOIN document d ON d.key = a.document {where}"
    ((number,),) = store.query(query, values)
    return int(number)


def _claims_wanted(wanted: ClaimFilter, bearers: Bearers) -> tuple[str, list[str | int | float]]:
    told, values = conditions(wanted.shared())
    put = "a.key IN (SELECT rowid FROM proposition_words WHERE proposition_words MATCH ?)"
    if wanted.predicate is not None:
        told.append(put)
        values.append(match(wanted.predicate, "predicate", phrase=True, beginning=True))
    if wanted.about is not None:
        entities, names = naming(wanted.about, bearers)
        parts = " OR ".join(_named_in(column, entities) for column in ("a.subject", "a.object"))
        told.append(f"({put} OR {parts})")
        values += [match(wanted.about, "about", phrase=True), *names, *names]
    for column, asked in (("certainty", wanted.certainty), ("frame", wanted.frame)):
        if asked is not None:
            told.append(f"a.{column} = ?")
            values.append(asked)
    if not wanted.with_reporting:
        told.append("coalesce(json_extract(a.rest, '$.reporting'), 0) = 0")
    if wanted.wanted_polarity != "any":
        told.append("json_array_length(a.rest, '$.negation') % 2 = ?")
        values.append(int(wanted.wanted_polarity == Polarity.NEGATIVE))
    if wanted.by is not None:
        entities, names = naming(wanted.by, bearers)
        told.append(
            "(a.voucher IN (SELECT id FROM attribution WHERE key IN "
            "(SELECT rowid FROM attribution_words WHERE attribution_words MATCH ?) "
            f"OR holder IN ({entities})) "
            "OR a.voucher IS NULL AND instr(lower(coalesce(d.author, d.outlet, '')), lower(?)) > 0)"
        )
        values += [match(wanted.by, "source", phrase=True), *names, wanted.by]
    return f"WHERE {' AND '.join(told)}" if told else "", values


def claims(
    store: Store, wanted: ClaimFilter = ClaimFilter(), limit: int | None = None, bearers: Bearers = nobody
) -> Iterator[Claim]:
    """The claims that fit, by date of publication (unknown last), document and place; at most `limit`."""
    where, values = _claims_wanted(wanted, bearers)
    rows = list(
        store.query(
            "SELECT a.id, d.key FROM proposition a JOIN document d ON d.key = a.document "
            f"{where} ORDER BY d.published IS NULL, d.published, d.id, a.key "
            f"{'LIMIT ' + str(int(limit)) if limit is not None else ''}",
            values,
        )
    )
    page: Page | None = None
    known: dict[str, Proposition] = {}
    for name, document in rows:
        if page is None or page.key != document:
            page = Page.load(store, document)
            # All of them, since a time may be reckoned from one that is named before it.
            found = store.query(f"{PROPOSITION} WHERE document = ?", (document,))
            every = dated(page.text, page.blocks, page.published, [codec.proposition_in(row) for row in found])
            known = {one.id: one for one in every}
        yield claim_of(page, known[name])


@dataclass(frozen=True, slots=True)
class Page:
    """What the rows of one document have in common, loaded once for all of them."""

    key: int
    id: str
    text: str
    blocks: tuple[Block, ...]
    map: SourceMap
    outlet: str | None
    author: str | None
    published: str | None
    title: str | None
    url: str | None
    path: str
    sources: dict[str, tuple[str, str | None]]
    actors: dict[str, str]
    named: dict[tuple[int, int], str]
    holders: dict[str, str]

    @classmethod
    def of(cls, record: Record, path: str, key: int = 0) -> Page:
        """That of a record whose document is as all that is known of it tells it, first met at `path`."""
        document, metadata = record.document, record.document.metadata
        actors = {one.id: one.name for one in record.entities}
        return cls(
            key,
            document.id,
            document.text,
            document.blocks,
            document.source_map,
            metadata.outlet,
            metadata.author,
            metadata.published,
            metadata.title,
            metadata.url,
            path,
            {one.id: (codec.dumps(codec.spans_out(one.source)), one.inside) for one in record.attributions},
            actors,
            {(one.span.start, one.span.end): actors.get(one.entity, "") for one in record.mentions},
            {one.id: actors.get(one.holder, "") for one in record.attributions if one.holder is not None},
        )

    def source(self, attribution: str) -> str:
        """The words of the source of an attribution, by its id."""
        return words(self.text, codec.spans_in(json.loads(self.sources[attribution][0])))

    @classmethod
    def load(cls, store: Store, key: int) -> Page:
        """The document in that row."""
        ((name, text, blocks, mapping, outlet, author, published, title, url),) = store.query(
            "SELECT id, text, blocks, map, outlet, author, published, title, url FROM document WHERE key = ?", (key,)
        )
        met = store.query(
            "SELECT path || CASE part WHEN '' THEN '' ELSE ', ' || part END FROM sighting WHERE document = ? "
            "ORDER BY path, part LIMIT 1",
            (key,),
        )
        path = next((path for (path,) in met), "")
        around = {
            one: (source, inside)
            for one, source, inside in store.query(
                "SELECT id, source, inside FROM attribution WHERE document = ?", (key,)
            )
        }
        actors = dict(store.query("SELECT id, name FROM entity WHERE document = ?", (key,)))
        return cls(
            key,
            name,
            text,
            codec.blocks_in(blocks),
            codec.map_in(mapping),
            outlet,
            author,
            published,
            title,
            url,
            path,
            around,
            actors,
            {
                (first, last): actors.get(entity, "")
                for first, last, entity in store.query(
                    "SELECT first, last, entity FROM mention WHERE document = ?", (key,)
                )
            },
            {
                one: actors.get(holder, "")
                for one, holder in store.query(
                    "SELECT id, holder FROM attribution WHERE document = ? AND holder IS NOT NULL", (key,)
                )
            },
        )


def _statement(store: Store, page: Page, key: int) -> Statement:
    (row,) = store.query(f"{ATTRIBUTION} WHERE key = ?", (key,))
    return statement_of(page, codec.attribution_in(row))


def statement_of(page: Page, one: Attribution) -> Statement:
    """An attribution of the document with its words."""
    return Statement(
        id=one.id,
        document=page.id,
        source=words(page.text, one.source),
        act=one.act,
        kind=one.kind,
        cue=words(page.text, one.cue),
        content=words(page.text, one.content),
        chain=(
            *(chain_of(page, one.inside) if one.inside else (page.outlet,) if page.outlet is not None else ()),
            words(page.text, one.source),
        ),
        outlet=page.outlet,
        published=page.published,
        title=page.title,
        url=page.url,
        path=page.path,
        place=place(page.map, (one.extent,)),
        confidence=one.confidence,
        inside=one.inside,
        source_spans=one.source,
        cue_spans=one.cue,
        content_spans=one.content,
        actor=page.actors.get(one.holder or "", ""),
    )


def claim_of(page: Page, one: Proposition) -> Claim:
    """A proposition of the document with its words."""
    own = one.voucher is None
    chain = (page.outlet,) if own and page.outlet is not None else () if own else chain_of(page, str(one.voucher))

    def told(*spans: Span) -> str:
        return joined(claim_words(page.text, spans, one.negation))

    further = (told(*a.by, *a.spans) for a in one.arguments)
    return Claim(
        id=one.id,
        document=page.id,
        by=(page.author or page.outlet or "") if own else page.source(str(one.voucher)),
        own=own,
        certainty=one.certainty,
        frame=one.frame,
        polarity=one.polarity,
        happened=happened(one.certainty, one.frame, one.polarity),
        subject=told(*one.subject),
        predicate=told(*one.shown) or one.implied,
        object=told(*one.object),
        further="; ".join(further),
        times=tuple(time.value or words(page.text, (time.span,)) for time in one.times),
        places=tuple(f"{found.name} ({found.code})" for found in one.places),
        endorsed=one.endorsed,
        chain=chain,
        outlet=page.outlet,
        published=page.published,
        title=page.title,
        url=page.url,
        path=page.path,
        place=place(page.map, (one.extent,)),
        unsure=one.unsure,
        confidence=one.confidence,
        voucher=one.voucher,
        subject_spans=one.subject,
        predicate_spans=one.predicate,
        object_spans=one.object,
        negation=words(page.text, one.negation),
        negation_spans=one.negation,
        actor=_actor(page, one),
        by_actor="" if own else page.holders.get(str(one.voucher), ""),
        why=one.why,
        reporting=one.reporting,
    )


def _actor(page: Page, one: Proposition) -> str:
    """The name of whom the subject stands for: that of the entity named there, else the name a pronoun stands for."""
    if not one.subject:
        return ""
    whole = Span(one.subject[0].start, one.subject[-1].end)
    return page.named.get((whole.start, whole.end), "") or words(page.text, one.refers)


def chain_of(page: Page, name: str) -> tuple[str, ...]:
    """Who vouches for what stands in the attribution of that id: the outlet, then the sources down to its own."""
    chain: list[str] = []
    seen: set[str] = set()
    following: str | None = name
    while following is not None and following not in seen and following in page.sources:
        seen.add(following)
        chain.append(page.source(following))
        following = page.sources[following][1]
    if page.outlet is not None:
        chain.append(page.outlet)
    return tuple(reversed(chain))

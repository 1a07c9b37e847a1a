"""Statements: searched, filtered, counted, turned over, cited, taken away as a table."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from purport.corpus.review import State, added, effective, rejected
from purport.export.formats import write_csv
from purport.export.tables import statements_parquet
from purport.model import codec
from purport.model.record import Kind
from purport.model.rows import Statement
from purport.store import browse
from purport.store.browse import CAP, Found
from purport.store.tally import Counts, Tally
from purport.web.server.session import Session
from purport.web.view.page import session, shown
from purport.web.view.query_string import NAMES, SIZE, UNSURE, Asked

_FACETS = 12
"""Values of a facet that are listed."""
LARGEST = 200_000
"""Statements that one download holds; all of a store go out by `purport export`."""


def statements(request: Request) -> Response:
    """A page of the statements that fit."""
    at, asked = session(request), Asked.of(request.query_params)
    found = fitting(at, asked)
    tally = at.tally(_key("tally", at, asked), asked.wanted(at.states()))
    start = (asked.number - 1) * SIZE
    rows = browse.quoted(at.store, found[start : min(start + SIZE, CAP)])
    digests = browse.digests(at.store, {one.row.document for one in rows})
    return shown(
        request,
        "statements.html",
        asked=asked,
        names=NAMES,
        rows=rows,
        cites={one.row.id: citation(one.row, digests.get(one.row.document, "")) for one in rows},
        states=at.states(),
        tally=tally,
        listed=min(len(found), CAP),
        more=len(found) > CAP,
        start=start,
        last=min(-(-len(found) // SIZE), CAP // SIZE),
        facets=facets(tally),
        unsure=UNSURE,
        cap=CAP,
    )


def fitting(at: Session, asked: Asked) -> list[Found]:
    """The statements that fit, up to `CAP` and one more; kept for a while, for other pages of the same."""
    wanted = asked.wanted(at.states())
    return at.cached(_key("survey", at, asked), lambda: browse.survey(at.store, wanted, at.bearing))


def _key(kind: str, at: Session, asked: Asked) -> tuple[str, str, int]:
    return kind, asked.query(), len(at.reviews())


def facets(tally: Tally) -> list[tuple[str, Counts, int]]:
    """How many of all that fit have which act, kind, outlet and month: the first of each, and how many there are."""
    every = (("act", tally.acts), ("kind", tally.kinds), ("outlet", tally.outlets), ("since", tally.months))
    return [(name, counts[:_FACETS], len(counts)) for name, counts in every]


_WORDS = {
    Kind.DIRECT: "in words given as the source's own",
    Kind.INDIRECT: "in the reporter's words",
    Kind.MIXED: "partly in words given as the source's own",
    Kind.BLOCK: "in a block that the layout gives to the source",
}


def _quoted(row: Statement) -> str:
    """The words as they stand; those of direct speech in quotation marks, once."""
    words = row.content or row.cue
    own = row.kind is Kind.DIRECT and words[:1] not in ('"', "“", "„", "«", "'", "‘")
    return f"“{words}”" if own else words


def citation(row: Statement, sha256: str) -> str:
    """Who says it, by which act, in whose words and through whom, with all by which a reader finds it again.

    The act stands before the words: what somebody denied, quoted without it, is what he did not say.
    """
    who = row.source.strip(" ,;:") or "Unnamed source"
    through = [one.strip(" ,;:") or "unnamed source" for one in row.chain[bool(row.outlet) : -1]]
    cue = f" “{row.cue}”" if row.cue.strip(" :") else ""
    told = "".join(f", as told by {one}" for one in reversed(through))
    said = f"{who}{cue} ({row.act or 'assert'}){told}, {_WORDS[row.kind]}: {_quoted(row)}"
    parts = [said, row.outlet or "", row.title or "", row.published or "", row.place]
    return ". ".join([*(part for part in parts if part), *([row.url] if row.url else []), f"sha256:{sha256}"])


def download(request: Request) -> Response:
    """The list as a file: as people have judged it, or, of a list as found, as it was found."""
    form = request.path_params["format"]
    if form not in ("csv", "jsonl", "parquet"):
        raise HTTPException(404)
    at, asked = session(request), Asked.of(request.query_params)
    found = browse.survey(at.store, asked.wanted(at.states()), at.bearing, LARGEST)
    if len(found) > LARGEST:
        return shown(
            request, "refused.html", 413, title="Too long a list for one file",
            reason=f"A download holds {LARGEST:,} statements at most. Narrow the list, or run: purport export",
        )  # fmt: skip
    states = {} if asked.reviewed == "found" else at.states()
    name = {"Content-Disposition": f'attachment; filename="statements.{form}"'}
    rows = _judged(at, _rows(at, found), states, whole=not asked.narrowed())
    if form == "jsonl":
        return StreamingResponse(_lines(rows), media_type="application/x-ndjson", headers=name)
    if form == "csv":
        text = io.StringIO(newline="")
        write_csv(text, rows, Statement)
        return Response(text.getvalue().encode("utf-8", "replace"), media_type="text/csv; charset=utf-8", headers=name)
    return Response(statements_parquet(rows), media_type="application/vnd.apache.parquet", headers=name)


def _rows(at: Session, found: Sequence[Found]) -> Iterator[Statement]:
    for start in range(0, len(found), SIZE):
        yield from browse.statements_of(at.store, found[start : start + SIZE])


def _judged(at: Session, rows: Iterator[Statement], states: Mapping[str, State], *, whole: bool) -> Iterator[Statement]:
    """The statements as people have judged them: without the rejected, amended, and, of a list that nothing narrows,
    with those that were missed."""
    for row in rows:
        state = states.get(row.id)
        if rejected(state):
            continue
        if state is not None and state.standing is not None and state.standing.deed == "amend":
            found = browse.attribution(at.store, row.id)
            told = browse.statement_as(at.store, row.document, effective(found[1], state)) if found else None
            yield told or row
        else:
            yield row
    for state in states.values() if whole else ():
        by = state.standing
        if by is not None and by.deed == "add" and browse.attribution(at.store, by.item) is None:
            told = browse.statement_as(at.store, by.document, added(by))
            if told is not None:
                yield told


def _lines(rows: Iterator[Statement]) -> Iterator[bytes]:
    for row in rows:
        told = asdict(row)
        for part in ("source_spans", "cue_spans", "content_spans"):
            told[part] = codec.spans_out(getattr(row, part))
        yield (json.dumps(told, ensure_ascii=False, default=str) + "\n").encode("utf-8", "replace")

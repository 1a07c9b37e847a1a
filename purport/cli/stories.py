"""`purport stories`, `passages` and `quotations`: documents of one event, and what they have from each other."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli.options import Format, Limit, Outlet, Since, StoreOption, Until, checked_format, complete_actor

if TYPE_CHECKING:
    from purport.corpus.quotations import QuotationRow
    from purport.corpus.stories import StoryRow
    from purport.stories import Passage

_LISTED = 6
"""Actors and outlets that a line of the table names."""


def stories(
    store: StoreOption,
    all: Annotated[bool, typer.Option("--all", help="Also stories of one document, so that each is in one.")] = False,
    about: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Only where this actor is named, by whatever name.", autocompletion=complete_actor
        ),
    ] = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    search: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Only where one document has all these words.")
    ] = None,
    min_documents: Annotated[
        int | None, typer.Option("--min-documents", min=1, metavar="N", help="Only with so many documents.")
    ] = None,
    min_outlets: Annotated[
        int, typer.Option("--min-outlets", min=1, metavar="N", help="Only where so many outlets tell it.")
    ] = 1,
    limit: Limit = None,
    format: Format = "table",
) -> None:
    """List stories: documents that tell one event in the same days, by the names and words that they share."""
    import purport

    checked_format(format)
    with purport.open(store) as corpus:
        found = corpus.stories(
            all=all,
            about=about,
            outlet=outlet,
            since=since,
            until=until,
            search=search,
            min_documents=min_documents,
            min_outlets=min_outlets,
        )[:limit]
    _print_stories(found, format)


def passages(
    store: StoreOption,
    limit: Limit = None,
    format: Format = "table",
) -> None:
    """List passages that two documents share, copied or lightly changed, and which of the two had them first."""
    import purport
    from purport.corpus.stories import texts_of

    checked_format(format)
    with purport.open(store) as corpus:
        found = corpus.passages()[:limit]
        texts = {}
        if format == "table":
            rows = {row.id: row for row in corpus.documents()}
            texts = {one.id: one.text for one in texts_of(corpus.store, rows)}
    _print_passages(found, texts, format)


def quotations(
    store: StoreOption,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Only what this actor is quoted with, by whatever name.",
            autocompletion=complete_actor,
        ),
    ] = None,
    altered: Annotated[
        bool, typer.Option("--altered", help="Only where one telling has other words, or another speaker.")
    ] = False,
    limit: Limit = None,
    format: Format = "table",
) -> None:  # fmt: skip
    """List quotations that several documents have: whole, trimmed, altered or in another's mouth, and who had it first.

    Changes are marked against the fullest telling: [-words that it has-] and {+words that stand here instead+}.
    """
    import purport

    checked_format(format)
    with purport.open(store) as corpus:
        _print_quotations(corpus.quotations(by=by, altered=altered)[:limit], format)


def _print_quotations(rows: Sequence[QuotationRow], format: str) -> None:
    from purport.cli.printing import counted, one_line
    from purport.cli.tables import Column, print_table, show
    from purport.export.formats import write_cells
    from purport.stories.quotations import marked

    if format == "jsonl":
        for row in rows:
            sys.stdout.write(json.dumps(row.told(), ensure_ascii=False) + "\n")
        return
    tellings = [(row.quotation, one) for row in rows for one in row.quotation.tellings]
    if format == "csv":
        names = ["id", "first", "document", "start", "end", "published", "outlet", "speaker", "other_speaker", "how",
                 "words"]  # fmt: skip
        write_cells(sys.stdout, names, (
            [whole.id, whole.first or "", one.quoted.document, one.quoted.start, one.quoted.end, one.quoted.published,
             one.quoted.outlet, one.quoted.name, one.other_speaker, one.how, marked(one)]
            for whole, one in tellings
        ))  # fmt: skip
        return
    if not rows:
        show("no quotation travels")
        return
    columns = (
        Column("id", folds=False, style="dim"), Column("published", folds=False), Column("outlet"),
        Column("document", folds=False, style="dim"), Column("speaker", style="bold cyan"), Column("how", folds=False),
        Column("words"),
    )  # fmt: skip
    cells = (
        [
            whole.id, one.quoted.published[:10], one_line(one.quoted.outlet), one.quoted.document,
            one_line(one.quoted.name or "?") + (" (another)" if one.other_speaker else ""),
            one.how + (", first" if whole.first == one.quoted.document else ""), _shown(marked(one)),
        ]
        for whole, one in tellings
    )  # fmt: skip
    print_table(columns, cells)
    show(counted(len(rows), "quotation"))


def _print_stories(rows: Sequence[StoryRow], format: str) -> None:
    from purport.cli.printing import counted, one_line
    from purport.cli.tables import Column, print_table, show
    from purport.export.formats import write_cells

    if format == "jsonl":
        for row in rows:
            sys.stdout.write(json.dumps(row.told(), ensure_ascii=False) + "\n")
        return
    if format == "csv":
        names = ["id", "title", "from", "to", "documents", "outlets", "actors"]
        write_cells(sys.stdout, names, ([_joined(value) for value in row.told().values()] for row in rows))
        return
    if not rows:
        show("no story fits")
        return
    columns = (
        Column("id", folds=False, style="dim"), Column("from", folds=False), Column("to", folds=False),
        Column("documents", folds=False, right=True), Column("title", style="bold cyan"), Column("outlets"),
        Column("actors"),
    )  # fmt: skip
    cells = (
        [
            row.id, row.first or "", row.last or "", _number(row), one_line(row.title),
            _some(row.outlets), _some(row.actors),
        ]
        for row in rows
    )  # fmt: skip
    show(counted(print_table(columns, cells), "story", "stories"))


def _number(row: StoryRow) -> str:
    """How many documents a story has, and how many articles where some are versions of one."""
    again = sum(len(ids) - 1 for ids in row.versions)
    return f"{len(row.documents)}, {len(row.documents) - again} articles" if again else str(len(row.documents))


def _print_passages(rows: Sequence[Passage], texts: dict[str, str], format: str) -> None:
    from purport.cli.printing import counted
    from purport.cli.tables import Column, print_table, show
    from purport.export.formats import write_csv
    from purport.stories import Passage

    if format == "jsonl":
        for row in rows:
            sys.stdout.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
        return
    if format == "csv":
        write_csv(sys.stdout, rows, Passage)
        return
    if not rows:
        show("no passage is shared")
        return
    columns = (
        Column("a", folds=False, style="dim"), Column("b", folds=False, style="dim"),
        Column("alike", folds=False, right=True), Column("first", folds=False), Column("words in a"),
        Column("words in b"),
    )  # fmt: skip
    cells = (
        [
            row.a, row.b, f"{row.similarity:.2f}", row.first or "?", _shown(texts[row.a][row.a_start : row.a_end]),
            _shown(texts[row.b][row.b_start : row.b_end]),
        ]
        for row in rows
    )  # fmt: skip
    show(counted(print_table(columns, cells), "passage"))


def _some(names: Sequence[str]) -> str:
    from purport.cli.printing import one_line

    more = [f"and {len(names) - _LISTED} more"] if len(names) > _LISTED else []
    return one_line("; ".join([*names[:_LISTED], *more]))


def _joined(value: object) -> object:
    return "; ".join(value) if isinstance(value, list) else value


_SHOWN = 160
"""Characters of a passage that a table shows."""


def _shown(passage: str) -> str:
    """The beginning of a passage on one line."""
    from purport.cli.printing import one_line

    words = one_line(passage)
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rsplit(' ', 1)[0]} …"

"""`purport statements`, `claims`, `show`, `documents` and `problems`: what is in a store, as lists."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli.asked import DatasetOption, EitherStore, JudgementsOption, asked
from purport.cli.options import (
    All,
    AsFound,
    Columns,
    CountBy,
    Format,
    Limit,
    MinConfidence,
    OneDocument,
    Outlet,
    Since,
    Sort,
    StoreOption,
    Unsure,
    Until,
    Where,
    checked_format,
    complete_act,
    complete_actor,
)

if TYPE_CHECKING:
    from purport.corpus.corpus import Corpus
    from purport.corpus.tables import Claims, Statements

BY = "Only what the actor says that is called so, or has that id, whatever the source is called there."
ABOUT = "Only statements in whose content the actor is named, by whatever name, or these words stand."


def statements(
    context: typer.Context,
    store: EitherStore = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help=BY, autocompletion=complete_actor)] = None,
    about: Annotated[str | None, typer.Option(metavar="NAME", help=ABOUT, autocompletion=complete_actor)] = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    act: Annotated[
        list[str] | None,
        typer.Option(
            help="Only this speech act: assert, deny, accuse, promise, ... in any form of the verb. Repeatable.",
            autocompletion=complete_act,
        ),
    ] = None,
    kind: Annotated[str | None, typer.Option(help="Only direct, indirect, mixed or block quotation.")] = None,
    search: Annotated[
        str | None, typer.Option(metavar="WORDS", help='Only where all these words stand; "in quotes" in that order.')
    ] = None,
    document: OneDocument = None,
    all: All = False,
    min_confidence: MinConfidence = None,
    as_found: AsFound = False,
    count_by: CountBy = None,
    sort: Sort = None,
    where: Where = None,
    columns: Columns = None,
    limit: Limit = None,
    unsure: Annotated[
        float | None,
        typer.Option(min=0, max=1, metavar="X", help="All, and those less sure than this are marked as unsure."),
    ] = None,
    format: Format = "table",
    dataset: DatasetOption = None,
    judgements: JudgementsOption = None,
) -> None:
    """List who said what: one line a statement, with its source, act, words and place."""
    from purport.cli.printing import UNSURE, print_statements, rows_of
    from purport.cli.shaped import Shape, print_shaped, shaped
    from purport.model.rows import Statement

    checked_format(format)
    shape = Shape.of(count_by, sort, where, columns)
    with asked(context, store, dataset, judgements) as corpus:
        rows = corpus.statements(
            by=by,
            about=about,
            outlet=outlet,
            since=since,
            until=until,
            act=act,
            kind=kind,
            search=search,
            document=document,
            all=all or unsure is not None,
            min_confidence=UNSURE if min_confidence is None else min_confidence,
            as_found=as_found,
            limit=None if shape.asked else limit,
            once=not shape.asked,
        )
        if shape.asked:
            print_shaped(*shaped(*with_fields(corpus, rows_of(rows), Statement), shape, limit), format)
            print_left_out(rows, format)
        else:
            print_statements(rows, format, UNSURE if unsure is None else unsure)


def claims(
    context: typer.Context,
    store: EitherStore = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Only on the word of such a source, author or outlet.", autocompletion=complete_actor
        ),
    ] = None,
    about: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Only where these words are part of it.", autocompletion=complete_actor),
    ] = None,
    predicate: Annotated[
        str | None, typer.Option(metavar="WORD", help='Only acts whose word begins so: "shell" finds "shelled".')
    ] = None,
    certainty: Annotated[
        str | None, typer.Option(help="CT+, PR+, PS+, Uu, PS-, PR- or CT-; or in words: yes, no, probably, open, ...")
    ] = None,
    frame: Annotated[str | None, typer.Option(help="Only what is plain, intended, attempted, predicted, ...")] = None,
    polarity: Annotated[
        str | None,
        typer.Option(
            help='positive, negative or any. Default: any; with --predicate positive, so that "did not fire" is not '
            "listed as firing."
        ),
    ] = None,
    with_reporting: Annotated[
        bool,
        typer.Option("--with-reporting", help='Also what only tells who says what ("Denk denied").'),
    ] = False,
    why: Annotated[
        bool, typer.Option("--why", help="Also what decided how certain it is, so that a misreading can be reported.")
    ] = False,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    document: OneDocument = None,
    all: All = False,
    min_confidence: MinConfidence = None,
    as_found: AsFound = False,
    count_by: CountBy = None,
    sort: Sort = None,
    where: Where = None,
    columns: Columns = None,
    limit: Limit = None,
    format: Format = "table",
    dataset: DatasetOption = None,
    judgements: JudgementsOption = None,
) -> None:
    """List what is claimed, each on whose word, and whether that source says that it happened."""
    from purport.cli.printing import UNSURE, rows_of
    from purport.cli.printing_claims import print_claims
    from purport.cli.shaped import Shape, print_shaped, shaped
    from purport.model.rows import Claim

    checked_format(format)
    shape = Shape.of(count_by, sort, where, columns)
    with asked(context, store, dataset, judgements) as corpus:
        rows = corpus.claims(
            by=by,
            about=about,
            predicate=predicate,
            certainty=_certainty(certainty),
            frame=frame,
            outlet=outlet,
            since=since,
            until=until,
            document=document,
            polarity=polarity,
            with_reporting=with_reporting,
            all=all,
            min_confidence=UNSURE if min_confidence is None else min_confidence,
            as_found=as_found,
            limit=None if shape.asked else limit,
            once=not shape.asked,
        )
        if shape.asked:
            print_shaped(*shaped(*with_fields(corpus, rows_of(rows), Claim), shape, limit), format)
            print_left_out(rows, format)
        else:
            print_claims(rows, format, why=why)


_IN_WORDS = {
    "yes": "CT+", "probably": "PR+", "possibly": "PS+", "open": "Uu", "possibly not": "PS-", "probably not": "PR-",
    "no": "CT-", "not so": "CT-",
}  # fmt: skip
"""Certainties as tables tell them."""


def _certainty(asked: str | None) -> str | None:
    return _IN_WORDS.get(asked.lower(), asked) if asked is not None else None


def with_fields(corpus: Corpus, rows: list[dict[str, object]], kind: type) -> tuple[list[dict[str, object]], list[str]]:
    """Rows with what users' tables have of their documents beside what every document has, and the columns that they
    then have: those of `--format jsonl`, and those of the tables."""
    from purport.cli.shaped import field_of

    told = corpus.extra_fields()
    names = sorted({name for own in told.values() for name in own})
    for row in rows if names else ():
        own = told.get(str(row.get("document", row["id"])), {})
        row.update({field_of(name): own.get(name, "") for name in names})
    return rows, [*(one.name for one in fields(kind)), *map(field_of, names)]


def print_left_out(rows: Statements | Claims, format: str) -> None:
    """What was left out, on standard error where standard output is for programs."""
    from purport.cli.printing import left_out

    for line in left_out(rows):
        typer.echo(line, err=format != "table")


def show(
    store: StoreOption,
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="Its id, the first characters of it, or its file name.")
    ],
    unsure: Unsure = 0.5,
) -> None:
    """Show a document's text with its attributions marked."""
    import purport
    from purport.cli.printing import print_document

    with purport.open(store) as corpus:
        print_document(corpus.record(corpus.find(document)), unsure)


def documents(
    context: typer.Context,
    store: EitherStore = None,
    count_by: CountBy = None,
    sort: Sort = None,
    where: Where = None,
    columns: Columns = None,
    limit: Limit = None,
    format: Format = "table",
    dataset: DatasetOption = None,
) -> None:
    """List the documents of a store: id, date, outlet, title, statements found."""
    from purport.cli.printing import print_documents, rows_of
    from purport.cli.shaped import Shape, print_shaped, shaped
    from purport.model.rows import DocumentRow

    checked_format(format)
    shape = Shape.of(count_by, sort, where, columns)
    with asked(context, store, dataset) as corpus:
        found = corpus.documents(None if shape.asked else limit)
        if shape.asked or format != "table":
            print_shaped(*shaped(*with_fields(corpus, rows_of(found), DocumentRow), shape, limit), format)
        else:
            print_documents(found)


def problems(context: typer.Context, store: EitherStore = None, dataset: DatasetOption = None) -> None:
    """List what could not be read, and why."""
    from purport.cli.printing import one_line

    with asked(context, store, dataset) as corpus:
        found = corpus.problems()
    for one in found:
        typer.echo(one_line(f"{one.path}{', ' + one.part if one.part else ''}: {one.reason}"))
    if not found:
        typer.echo("no problems")

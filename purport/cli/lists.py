"""`purport statements`, `claims`, `show`, `documents` and `problems`: what is in a store, as lists."""

from __future__ import annotations

from typing import Annotated

import typer

from purport.cli.options import OUTLET, StoreOption, Unsure
from purport.errors import UsageError

BY = "Only statements of the actor that is called so, or has that id, whatever the source is called there."
ABOUT = "Only statements in whose content the actor is named, by whatever name, or these words stand."


def statements(
    store: StoreOption,
    by: Annotated[str | None, typer.Option(metavar="NAME", help=BY)] = None,
    about: Annotated[str | None, typer.Option(metavar="NAME", help=ABOUT)] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help=OUTLET)] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only what was published then or later.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Only what was published then or earlier.")] = None,
    act: Annotated[str | None, typer.Option(help="Only this speech act: assert, deny, accuse, promise, ...")] = None,
    kind: Annotated[str | None, typer.Option(help="Only direct, indirect or mixed quotation.")] = None,
    search: Annotated[
        str | None, typer.Option(metavar="WORDS", help='Only where all these words stand; "in quotes" in that order.')
    ] = None,
    document: Annotated[str | None, typer.Option(metavar="ID", help="Only this document.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many.")] = None,
    unsure: Unsure = 0.5,
    format: Annotated[str, typer.Option(help="table, jsonl or csv.")] = "table",
) -> None:
    """List who said what: one line a statement, with its source, act, words and place."""
    import purport
    from purport.cli.printing import print_statements
    from purport.model.record import Kind
    from purport.model.vocabulary import ACTS

    if act is not None and act not in ACTS:
        raise UsageError(f"no speech act is called {act!r}; there are {', '.join(sorted(ACTS))}")
    if kind is not None and kind not in list(Kind):
        raise UsageError(f"no kind is called {kind!r}; there are {', '.join(Kind)}")
    if format not in ("table", "jsonl", "csv"):
        raise UsageError(f"no format is called {format!r}; there are table, jsonl, csv")
    with purport.open(store) as corpus:
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
            limit=limit,
        )
        print_statements(rows, format, unsure)


def claims(
    store: StoreOption,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only on the word of such a source, author or outlet.")
    ] = None,
    about: Annotated[str | None, typer.Option(metavar="NAME", help="Only where these words are part of it.")] = None,
    predicate: Annotated[
        str | None, typer.Option(metavar="WORD", help='Only acts whose word begins so: "shell" finds "shelled".')
    ] = None,
    certainty: Annotated[str | None, typer.Option(help="CT+, PR+, PS+, Uu, PS-, PR- or CT-.")] = None,
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
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help=OUTLET)] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only what was published then or later.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Only what was published then or earlier.")] = None,
    document: Annotated[str | None, typer.Option(metavar="ID", help="Only this document.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many.")] = None,
    format: Annotated[str, typer.Option(help="table, jsonl or csv.")] = "table",
) -> None:
    """List what is claimed, each on whose word, and whether that source says that it happened."""
    import purport
    from purport.cli.printing import print_claims
    from purport.model.record import Certainty, Frame

    if certainty is not None and certainty not in list(Certainty):
        raise UsageError(f"no certainty is called {certainty!r}; there are {', '.join(Certainty)}")
    if frame is not None and frame not in list(Frame):
        raise UsageError(f"no frame is called {frame!r}; there are {', '.join(Frame)}")
    if format not in ("table", "jsonl", "csv"):
        raise UsageError(f"no format is called {format!r}; there are table, jsonl, csv")
    with purport.open(store) as corpus:
        rows = corpus.claims(
            by=by,
            about=about,
            predicate=predicate,
            certainty=certainty,
            frame=frame,
            outlet=outlet,
            since=since,
            until=until,
            document=document,
            polarity=polarity,
            with_reporting=with_reporting,
            limit=limit,
        )
        print_claims(rows, format, why=why)


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


def documents(store: StoreOption) -> None:
    """List the documents of a store: id, date, outlet, title, statements found."""
    import purport
    from purport.cli.printing import print_documents

    with purport.open(store) as corpus:
        print_documents(corpus.documents())


def problems(store: StoreOption) -> None:
    """List what could not be read, and why."""
    import purport
    from purport.cli.printing import one_line

    with purport.open(store) as corpus:
        found = corpus.store.problems()
    for one in found:
        typer.echo(one_line(f"{one.path}{', ' + one.part if one.part else ''}: {one.reason}"))
    if not found:
        typer.echo("no problems")

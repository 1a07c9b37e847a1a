"""The command line: arguments and printing only; what is printed comes from the Python API."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from io import TextIOWrapper
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli.actors import app as actors_app
from purport.cli.network import network
from purport.errors import PurportError, UsageError
from purport.version import __version__

if TYPE_CHECKING:
    from purport.read import Limits

app = typer.Typer(
    name="purport",
    help="Who said what about whom, in which words, and who vouches for it.\n\n"
    "Nothing leaves this machine, and nothing is fetched from elsewhere.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

StoreOption = Annotated[Path, typer.Option("--store", metavar="FILE", help="The store, one file.")]
Unsure = Annotated[
    float, typer.Option(min=0, max=1, help="Statements less sure than this are kept, and marked as unsure.")
]
_LISTED = 5
"""Written files that are named one by one."""
OUTLET = "Only what this outlet published."
BY = "Only statements of the actor that is called so, or has that id, whatever the source is called there."
ABOUT = "Only statements in whose content the actor is named, by whatever name, or these words stand."


def main() -> None:
    """Run the command line. Exit status: 0 all done; 1 some documents failed; 2 the command could not run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show "é" is no reason to stop
    status: object = 0
    try:
        status = app(standalone_mode=False)
        sys.stdout.flush()
    except PurportError as error:
        status = _refuse(str(error))
    except BrokenPipeError:
        _forget_output()
        status = 0
    except SystemExit as stop:
        if not isinstance(stop.__context__, BrokenPipeError):
            raise
        _forget_output()
        status = 0
    except Exception as error:
        # What was typed cannot be understood; versions of typer agree on no common class for it.
        if not hasattr(error, "format_message"):
            raise
        message: str = error.format_message()
        if not message.startswith("Usage:"):
            sys.exit(_refuse(f"{message.rstrip('.')}; --help tells what there is"))
        print(message, file=sys.stderr)  # noqa: T201 - nothing was typed: the help itself
        status = 2
    if status == 130:
        print("purport: stopped; what was read before is kept, the same command goes on", file=sys.stderr)  # noqa: T201
    sys.exit(status if isinstance(status, int) else 0)


def _refuse(reason: str) -> int:
    from purport.cli.printing import one_line

    print(f"purport: {one_line(reason)}", file=sys.stderr)  # noqa: T201 - the command line's own voice
    return 2


def _forget_output() -> None:
    """Nobody reads any more (`purport statements | head`), so that what is left goes nowhere, without a word."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"purport {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
def read(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files and folders; folders are walked.")],
    store: StoreOption,
    outlet: Annotated[str | None, typer.Option(help="The outlet that published all of them.")] = None,
    author: Annotated[str | None, typer.Option(help="Who signed all of them.")] = None,
    title: Annotated[str | None, typer.Option(help="Their title (for a single document).")] = None,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="Their date, such as 2031-04-02.")] = None,
    url: Annotated[str | None, typer.Option(help="Where they were published (for a single document).")] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="Their language, such as en; it is not guessed then.")
    ] = None,
    metadata: Annotated[
        Path | None,
        typer.Option(metavar="TABLE", help="A CSV or TSV with the columns file, outlet, author, title, published, ..."),
    ] = None,
    actors: Annotated[
        Path | None,
        typer.Option(metavar="TABLE", help="A CSV or TSV with your own actors: name, type, aliases, hostile, ..."),
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="The character encoding of text files.")] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=COLUMN", help="For tables and JSON Lines: where text, title, ... stand. Repeatable."
        ),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="Processes to use; as many as there are cores by default.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Analyse anew what is there already; `purport diff` compares the two runs.")
    ] = False,
    limit: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE",
            help="How far a file may go: seconds=300 without a result, memory=4GB for a worker, entries=100000 "
            "of an archive; docs/howto.md lists them all. Repeatable.",
        ),
    ] = None,
) -> None:
    """Read documents into a store: their text, who said what in it, and the way back to the source.

    Plain text, Markdown, HTML, PDF, DOCX, JSON Lines, CSV, TSV, e-mail, WARC, ZIP and gzip are read. What the store
    has already is passed over, so the same command can be run again at any time.
    """
    import purport
    from purport.cli.printing import print_summary, progress_shown
    from purport.model.document import Metadata
    from purport.pipeline import Care

    told = Metadata(outlet, author, title, published, url, language)
    limits, rest = _limits(limit or ())
    options = purport.Options(encoding, tuple(_pair(one) for one in column or ()), limits=limits)
    care = Care.told(rest)
    with purport.open(store) as corpus, progress_shown() as shown, _stoppable() as stop:
        summary = corpus.add(
            list(paths),
            told=told,
            options=options,
            metadata=metadata,
            workers=workers,
            again=again,
            actors=actors,
            care=care,
            progress=shown,
            stop=stop,
        )
    print_summary(summary, store)
    if summary.stopped:
        raise typer.Exit(130)
    if summary.failed:
        raise typer.Exit(1)


def _limits(told: Sequence[str]) -> tuple[Limits, dict[str, str]]:
    """What was told of files as `Limits`, and of a document's analysis as it was told."""
    from purport.read import Limits

    pairs = dict(one.partition("=")[::2] for one in told)
    care = {name: value for name, value in pairs.items() if name in ("seconds", "memory")}
    return Limits.parse(*(one for one in told if one.partition("=")[0] not in care)), care


@contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """Whether an interrupt (Ctrl-C) has asked to stop after the documents in hand; a second one stops at once."""
    asked = False

    def ask(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        typer.echo("purport: finishing the documents in hand; once more stops at once", err=True)

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)


def _pair(told: str) -> tuple[str, str]:
    field, equals, name = told.partition("=")
    if not equals or not name:
        raise UsageError(f"--column {told!r} is not FIELD=COLUMN, such as text=body")
    return field, name


@app.command()
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
    from purport.lexicons import ACTS
    from purport.model.record import Kind

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


@app.command()
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
            limit=limit,
        )
        print_claims(rows, format)


app.command("network")(network)
app.add_typer(actors_app, name="actors", rich_help_panel=None)


@app.command()
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


@app.command()
def documents(store: StoreOption) -> None:
    """List the documents of a store: id, date, outlet, title, statements found."""
    import purport
    from purport.cli.printing import print_documents

    with purport.open(store) as corpus:
        print_documents(corpus.documents())


@app.command()
def export(
    store: StoreOption,
    format: Annotated[str, typer.Option(help="jsonl, csv, parquet or brat.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder to write into; it is made.")],
    judged: Annotated[
        bool, typer.Option("--judged", help="As people have judged it: without what they reject, amended, added to.")
    ] = False,
) -> None:
    """Write a store out for other programs."""
    import purport

    with purport.open(store) as corpus:
        written = corpus.export(format, out, judged=judged)
    for path in written if len(written) <= _LISTED else ():
        typer.echo(f"wrote {path}")
    if len(written) > _LISTED:
        typer.echo(f"wrote {len(written)} files to {out}")


@app.command()
def serve(
    store: StoreOption,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where to listen; 0 takes any port that is free.")] = 8765,
    host: Annotated[
        str, typer.Option(help="The address to listen on; one that others can reach is guarded by a token.")
    ] = "127.0.0.1",
) -> None:
    """Open pages on this machine, in which a store is read, searched and corrected with a browser.

    The address is printed when they are ready. Nothing is fetched from elsewhere.
    """
    from purport.web import serve

    serve(store, host, port, typer.echo)


@app.command()
def verify(store: StoreOption) -> None:
    """Prove a store: that its bytes are the ones written and every place in it is where it is said to be."""
    import purport
    from purport.cli.printing import one_line

    with purport.open(store) as corpus:
        faults = corpus.verify()
        count = len(corpus.store.ids()) if not faults else 0
    if faults:
        for fault in faults[:50]:
            typer.echo(one_line(fault))
        typer.echo(f"FAILED: {len(faults)} faults in {store}; restore it from a copy, or read the documents anew")
        raise typer.Exit(1)
    typer.echo(f"sound: {count} documents in {store}; every page, digest and place was checked")


@app.command()
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


@app.command()
def info(store: StoreOption) -> None:
    """Say what is in a store, by which runs, and how healthy it is."""
    import purport
    from purport.cli.printing import print_info
    from purport.store import quick_check

    with purport.open(store) as corpus:
        print_info(corpus.info(), len(quick_check(corpus.store)))


@app.command()
def diff(
    store: StoreOption,
    old: Annotated[str, typer.Argument(metavar="RUN", help="The earlier run, by its id or the beginning of it.")],
    new: Annotated[str, typer.Argument(metavar="RUN", help="The later run; `purport info` lists them.")],
) -> None:
    """List the attributions that came, went or changed between two runs (see `read --again`)."""
    import purport
    from purport.cli.printing import print_changes

    with purport.open(store) as corpus:
        paths = {row.id: row.paths[0] if row.paths else "" for row in corpus.documents()}
        print_changes(corpus.diff(old, new), paths)


@app.command()
def forget(
    store: StoreOption,
    names: Annotated[
        list[str], typer.Argument(metavar="DOCUMENT...", help="Ids, first characters of ids, or file names.")
    ],
) -> None:
    """Remove documents with everything derived from them, from the indexes and the free pages too.

    The whole file is written anew, which takes a while for a large store. Backups and exports are not touched.
    """
    import purport

    with purport.open(store) as corpus:
        ids = [corpus.find(name) for name in names]
        corpus.forget(ids)
    typer.echo(f"{len(set(ids))} {'document' if len(set(ids)) == 1 else 'documents'} removed from {store}")


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="Holds text/*.txt and attributions/*.ann.")],
) -> None:
    """Score this build's attributions against gold in brat standoff."""
    from purport.cli.printing import print_scores
    from purport.evaluate import Pair, places_of, read_gold, score
    from purport.pipeline import process_texts

    found = read_gold(gold)
    records = process_texts([one.text for one in found])
    pairs = [
        Pair(one.text, places_of(record.attributions), annotated, 1 / len(one.annotated))
        for one, record in zip(found, records, strict=True)
        for annotated in one.annotated
    ]
    print_scores(score(pairs), len(found))


@app.command()
def demo(
    store: Annotated[Path, typer.Option("--store", metavar="FILE", help="Where the store is written.")] = Path(
        "demo.db"
    ),
) -> None:
    """Read the bundled examples (invented countries and outlets) and show what was found in them."""
    import purport
    from purport.cli.printing import print_demo, print_summary, progress_shown

    with examples() as folder, purport.open(store) as corpus:
        with progress_shown() as shown:
            summary = corpus.add([folder / "corpus"], metadata=folder / "metadata.csv", progress=shown)
        print_demo(corpus, store)
    print_summary(summary, store)


@contextmanager
def examples() -> Iterator[Path]:
    """The folder of the examples, in the package or in the source tree beside it: `corpus/` and `metadata.csv`."""
    from importlib.resources import as_file

    packed = files("purport") / "examples"
    beside = Path(__file__).parent.parent / "examples"
    if packed.is_dir():
        with as_file(packed) as folder:
            yield folder
    elif (beside / "corpus").is_dir():
        yield beside
    else:
        raise UsageError("the example corpus was not installed; install purport again")


if __name__ == "__main__":
    main()

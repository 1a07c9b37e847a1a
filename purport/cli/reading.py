"""`purport read` and `purport demo`: documents into a store."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli.asked import DatasetOption, EitherStore, chosen
from purport.cli.datasets import SchedulerOption, ShardOption, print_reading
from purport.cli.limits import parse_limits
from purport.cli.stopping import stoppable
from purport.errors import ReadError, StoreError, UsageError

if TYPE_CHECKING:
    from purport.read.limits import Limits

_STANDARD_INPUT = "-"
"""The path that stands for standard input, and under which what came from it is kept."""


def read(
    ctx: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Files, folders and patterns; @FILE lists them; - is standard input."),
    ],
    store: EitherStore = None,
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
        typer.Option(
            metavar="TABLE", help="A CSV, TSV or .xlsx with the columns file, outlet, author, title, published, ..."
        ),
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
    dataset: DatasetOption = None,
    shard: ShardOption = None,
    scheduler: SchedulerOption = None,
) -> None:
    """Read documents into a store: their text, who said what in it, and the way back to the source.

    Plain text, Markdown, HTML, PDF, DOCX, ODT, RTF, EPUB, captions (SRT, WebVTT), CSV, TSV, XLSX, JSON, JSON Lines, RSS
    and Atom feeds, e-mail, MBOX, WARC, ZIP and gzip are read. What the store has already is passed over, so the same
    command can be run again at any time. So it is with a dataset, into which many machines may read at the same time;
    `purport gather` makes a store of it.
    """
    import purport
    from purport import datasets
    from purport.cli.printing_reading import print_summary, progress_shown
    from purport.model.document import Metadata

    file, folder = chosen(ctx, store, dataset)
    if file is not None and file.is_dir():
        raise StoreError(f"{file}: is a folder, not a file; name a file in it, such as {file / 'my.db'}", "store")
    if shard is not None and folder is None:
        raise UsageError("shares are of a dataset; name one with --dataset DIR", "shard")
    if scheduler is not None and folder is None:
        raise UsageError("the workers of a cluster read into a dataset; name one with --dataset DIR", "scheduler")
    if scheduler is not None and workers is not None:
        raise UsageError("the scheduler knows its workers; leave out --workers", "workers")
    if again and folder is not None:
        raise UsageError("a dataset holds one run; name another folder for another", "again")
    told = Metadata(outlet, author, title, published, url, language)
    of_files, of_workers = parse_limits(limit or ())
    options = purport.Options(encoding, tuple(_pair(one) for one in column or ()), limits=of_files)
    data = {_STANDARD_INPUT: _standard_input(of_files)} if Path(_STANDARD_INPUT) in paths else None
    files = list(datasets.expanded([path for path in paths if path != Path(_STANDARD_INPUT)]))
    if folder is not None:
        share = datasets.parse_share(shard) if shard is not None else (1, 1)
        with progress_shown() as shown, stoppable() as stop:
            reading = datasets.read_dataset(
                folder,
                files,
                data=data,
                told=told,
                options=options,
                metadata=metadata,
                workers=workers,
                share=share,
                scheduler=scheduler,
                actors=actors,
                limits=of_workers,
                progress=shown,
                stop=stop,
            )
        print_reading(reading, folder)
        summary = reading.summary
    else:
        assert file is not None
        with purport.open(file) as corpus, progress_shown() as shown, stoppable() as stop:
            summary = corpus.add(
                files,
                data=data,
                told=told,
                options=options,
                metadata=metadata,
                workers=workers,
                again=again,
                actors=actors,
                limits=of_workers,
                progress=shown,
                stop=stop,
            )
        print_summary(summary, file)
    if summary.stopped:
        raise typer.Exit(130)
    if summary.failed:
        raise typer.Exit(1)


def _standard_input(limits: Limits) -> bytes:
    """All that comes on standard input. Raises `ReadError` where it is closed, broken, or larger than a page may be."""
    try:
        data = b"" if sys.stdin is None else sys.stdin.buffer.read(limits.whole + 1)
    except OSError as error:
        raise ReadError(f"{_STANDARD_INPUT}: cannot be read ({error.strerror}); save it to a file first") from None
    if len(data) > limits.whole:
        raise ReadError(f"{_STANDARD_INPUT}: is larger than {limits.crossed('whole')}")
    return data


def _pair(told: str) -> tuple[str, str]:
    field, equals, name = told.partition("=")
    if not equals or not name:
        raise UsageError(f"--column {told!r} is not FIELD=COLUMN, such as text=body")
    return field, name


def demo(
    store: Annotated[Path, typer.Option("--store", metavar="FILE", help="Where the store is written.")] = Path(
        "demo.db"
    ),
) -> None:
    """Read the bundled examples (invented countries and outlets) and show what was found in them."""
    import purport
    from purport.cli.printing import print_demo, print_first_steps
    from purport.cli.printing_reading import print_summary, progress_shown

    with examples() as folder, purport.open(store) as corpus:
        with progress_shown() as shown:
            summary = corpus.add(
                [folder / "corpus"], metadata=folder / "metadata.csv", actors=folder / "world.csv", progress=shown
            )
        print_demo(corpus, store)
    summary.unlisted = []  # the other examples say themselves where they are from
    print_summary(summary, store)
    print_first_steps(store)


@contextmanager
def examples() -> Iterator[Path]:
    """The folder of the examples (`corpus/`, `metadata.csv`, `world.csv`): in the package, else beside it."""
    from importlib.resources import as_file

    packed = files("purport") / "examples"
    beside = Path(__file__).parents[2] / "examples"
    if packed.is_dir():
        with as_file(packed) as folder:
            yield folder
    elif (beside / "corpus").is_dir():
        yield beside
    else:
        raise UsageError("the example corpus was not installed; install purport again")

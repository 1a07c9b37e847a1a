"""`purport export`, `serve`, `verify`, `info`, `diff`, `forget` and `evaluate`: a whole store at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from purport.cli.asked import DatasetOption, EitherStore, asked, chosen, linked, print_faults
from purport.cli.options import AsFound, StoreOption
from purport.cli.stopping import stoppable
from purport.errors import UsageError

_LISTED = 10
"""Written files that are named one by one."""


def export(
    store: StoreOption,
    format: Annotated[str, typer.Option(help="jsonl, csv, parquet or brat.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder to write into; it is made.")],
    as_found: AsFound = False,
    judged: Annotated[bool, typer.Option("--judged", hidden=True, help="Without effect: it is so by default.")] = False,
) -> None:
    """Write a store out for other programs, as people have judged it: without what they reject, amended, added to."""
    import purport

    with purport.open(store) as corpus:
        written = corpus.export(format, out, as_found=as_found and not judged)
    for path in written if len(written) <= _LISTED else ():
        typer.echo(f"wrote {path}")
    if len(written) > _LISTED:
        typer.echo(f"wrote {len(written)} files to {out}")


def serve(
    context: typer.Context,
    store: EitherStore = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where to listen; 0 takes any port that is free.")] = 8765,
    host: Annotated[
        str, typer.Option(help="The address to listen on; one that others can reach is guarded by a token.")
    ] = "127.0.0.1",
    dataset: DatasetOption = None,
) -> None:
    """Open pages on this machine, in which a store is read, searched and corrected with a browser.

    The address is printed when they are ready. Nothing is fetched from elsewhere. Pages of a dataset are only to read;
    of a large one `purport gather` makes a store of what is to be looked at.
    """
    from purport.web import serve

    file, folder = chosen(context, store, dataset)
    if file is not None:
        serve(file, host, port, typer.echo)
    elif folder is not None:
        serve(_pages_of(folder), host, port, typer.echo, read_only=True)


MOST = 20_000
"""Documents of a dataset of which pages are shown: with more, they would take longer than anybody waits."""


def _pages_of(folder: Path) -> Path:
    """The store by which pages of a dataset are shown, brought up to date. Raises `UsageError` for a large dataset."""
    from purport import datasets
    from purport.cli.printing_reading import progress_shown
    from purport.datasets.places import far
    from purport.datasets.tables import FOLDER, PAGES

    if far(folder):
        raise UsageError(
            f"{folder}: pages are of a folder of this machine; make a store (purport gather DIR --store FILE) and "
            "serve that"
        )
    found = linked(folder)
    print_faults(found.faults, folder, err=True)
    if found.documents > MOST:
        raise UsageError(
            f"{folder}: holds {found.documents:,} documents, and pages show {MOST:,} at most; make a store of those to "
            f"be looked at (purport gather {folder} --store FILE --since DATE --about NAME) and serve that"
        )
    path = folder / FOLDER / PAGES
    with progress_shown() as shown, stoppable() as stop:
        done = datasets.gather(folder, path, progress=shown, stop=stop)
    if done.summary.stopped:
        raise typer.Exit(130)
    return path


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


def info(context: typer.Context, store: EitherStore = None, dataset: DatasetOption = None) -> None:
    """Say what is in a store or a dataset, by which runs, and how healthy it is."""
    from purport.cli.printing import print_info

    with asked(context, store, dataset) as corpus:
        print_info(corpus.info(), len(corpus.quick_check()))


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


def forget(
    context: typer.Context,
    names: Annotated[
        list[str], typer.Argument(metavar="DOCUMENT...", help="Ids, first characters of ids, or file names.")
    ],
    store: EitherStore = None,
    dataset: DatasetOption = None,
) -> None:
    """Remove documents with everything derived from them, from the indexes and the free pages too.

    The whole file is written anew, which takes a while for a large store; of a dataset the shards that held them are.
    Backups, exports and stores made of a dataset are not touched.
    """
    with asked(context, store, dataset) as corpus:
        ids = [corpus.find(name) for name in names]
        corpus.forget(ids)
    place = store if dataset is None else dataset
    typer.echo(f"{len(set(ids))} {'document' if len(set(ids)) == 1 else 'documents'} removed from {place}")


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="Holds text/*.txt and attributions/*.ann.")],
) -> None:
    """Score this build's attributions against gold in brat standoff."""
    from purport.cli.printing import print_scores
    from purport.corpus.reading import process_texts
    from purport.evaluate import Pair, places_of, read_gold, score

    found = read_gold(gold)
    records = process_texts([one.text for one in found])
    pairs = [
        Pair(one.text, places_of(record.attributions), annotated, 1 / len(one.annotated))
        for one, record in zip(found, records, strict=True)
        for annotated in one.annotated
    ]
    print_scores(score(pairs), len(found))

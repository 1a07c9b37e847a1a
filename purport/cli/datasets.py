"""`purport gather`, `purport link`, `purport verify`, and `purport read` where it reads into a dataset."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli import stores
from purport.cli.asked import SHOWN, DatasetOption, EitherStore, chosen, folder_of, linked, print_faults
from purport.cli.options import Outlet, Since, StoreOption, Until
from purport.cli.stopping import stoppable

if TYPE_CHECKING:
    from purport.datasets import Proof, Reading

ShardOption = Annotated[
    str | None,
    typer.Option(
        "--shard",
        metavar="K/N",
        help="Only the K-th of N shares of the shards, for a job array: --shard 3/64. Each job may be run again.",
    ),
]
SchedulerOption = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="The workers of this Dask scheduler read, such as tcp://127.0.0.1:8786: pip install 'purport[cluster]'.",
    ),
]


def link(
    dataset: Annotated[Path, typer.Argument(metavar="DIR", parser=folder_of, help="The dataset, a folder of shards.")],
    workers: Annotated[
        int | None, typer.Option(help="Processes to use; as many as there are cores by default.")
    ] = None,
) -> None:
    """Bring the tables of a dataset up to date: what its questions are answered from, and who is who across shards.

    Questions do so by themselves. Only shards that came since are gone through; the actors are found anew.
    """
    from purport.cli.printing import counted

    done = linked(dataset, workers)
    typer.echo(f"{dataset}: tables of {counted(done.documents, 'document')} and {counted(done.actors, 'actor')}")
    typer.echo(f"  {counted(done.tables, 'shard')} came, {done.there:,} already there")
    print_faults(done.faults, dataset)
    if done.faults:
        raise typer.Exit(1)


def print_reading(reading: Reading, folder: Path) -> None:
    """What reading into a dataset did: documents, then shards."""
    from purport.cli.printing import counted
    from purport.cli.printing_reading import print_summary

    foreign, reading.summary.foreign = reading.summary.foreign, 0  # only a store can list them
    print_summary(reading.summary, folder)
    if foreign:
        typer.echo(
            f"  {counted(foreign, 'document')} kept but not analysed, being surely in another language than English"
        )
    share = f", of {counted(reading.planned, 'shard')} in all" if reading.mine != reading.planned else ""
    typer.echo(f"  {counted(reading.mine, 'shard')}: {reading.finished:,} read, {reading.there:,} already there{share}")


def gather(
    dataset: Annotated[Path, typer.Argument(metavar="DIR", parser=folder_of, help="The dataset, a folder of shards.")],
    store: StoreOption,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    about: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Only documents that name the actor, by whatever name."),
    ] = None,
) -> None:
    """Make a store of a dataset, the same as if all its documents, or those that fit, had been read into it.

    Shards that the store has already are passed over, so the same command can be run again when more have come.
    """
    from purport import datasets
    from purport.cli.printing import counted
    from purport.cli.printing_reading import print_summary, progress_shown

    with progress_shown() as shown, stoppable() as stop:
        done = datasets.gather(
            dataset, store, outlet=outlet, since=since, until=until, about=about, progress=shown, stop=stop
        )
    print_summary(done.summary, store)
    typer.echo(f"  {counted(done.came, 'shard')} came from {dataset}; {done.there:,} already there")
    print_faults(done.faults, dataset)
    if done.summary.stopped:
        raise typer.Exit(130)
    if done.faults:
        raise typer.Exit(1)


def verify(ctx: typer.Context, store: EitherStore = None, dataset: DatasetOption = None) -> None:
    """Prove a store or a dataset: its bytes are the ones written, and every place in it is where it is said to be."""
    file, folder = chosen(ctx, store, dataset)
    if file is not None:
        stores.verify(file)
    elif folder is not None:
        from purport import datasets

        _print_proof(datasets.verify_dataset(folder), folder)


def _print_proof(proof: Proof, folder: Path) -> None:
    from purport.cli.printing import counted, one_line

    for fault in proof.faults[:SHOWN]:
        typer.echo(one_line(fault))
    if proof.unfinished:
        what = counted(len(proof.unfinished), "file")
        typer.echo(f"{what} of shards that are not finished: they are being read, or their reading was killed")
    if proof.faults:
        typer.echo(f"FAILED: {counted(len(proof.faults), 'fault')} in {folder}")
        raise typer.Exit(1)
    typer.echo(
        f"sound: {counted(proof.documents, 'document')} in {counted(proof.shards, 'shard')} of {folder}; every file, "
        "digest and place was checked"
    )

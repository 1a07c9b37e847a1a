"""`purport gather`, `purport verify`, and `purport read` where it reads into a dataset."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli import stores
from purport.cli.options import STORE, StoreOption
from purport.cli.stopping import stoppable
from purport.errors import UsageError

if TYPE_CHECKING:
    from purport.datasets import Proof, Reading

EitherStore = Annotated[
    Path | None,
    typer.Option(
        "--store",
        metavar="FILE",
        envvar=STORE,
        show_envvar=False,
        help="The store, one file, here or as PURPORT_STORE; or --dataset.",
    ),
]
DatasetOption = Annotated[
    Path | None, typer.Option("--dataset", metavar="DIR", help="The dataset, a folder of shards, instead of a store.")
]
ShardOption = Annotated[
    str | None,
    typer.Option(
        "--shard",
        metavar="K/N",
        help="Only the K-th of N shares of the shards, for a job array: --shard 3/64. Each job may be run again.",
    ),
]
_SHOWN = 50
"""Faults that are named one by one."""


def chosen(context: typer.Context, store: Path | None, dataset: Path | None) -> tuple[Path | None, Path | None]:
    """The store or the dataset, whichever is meant: exactly one. A store that only the environment names gives way.

    Raises `UsageError` where neither is named, or both are.
    """
    source = context.get_parameter_source("store")
    if dataset is not None and store is not None and source is not None and source.name == "ENVIRONMENT":
        store = None
    if store is not None and dataset is not None:
        raise UsageError("--store and --dataset are both named; name one of them")
    if store is None and dataset is None:
        raise UsageError("name a store (--store FILE, here or as PURPORT_STORE) or a dataset (--dataset DIR)")
    return store, dataset


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
    dataset: Annotated[Path, typer.Argument(metavar="DIR", help="The dataset, a folder of shards.")],
    store: StoreOption,
) -> None:
    """Make a store of a dataset, the same as if all its documents had been read into it.

    Shards that the store has already are passed over, so the same command can be run again when more have come.
    """
    from purport import datasets
    from purport.cli.printing import counted, one_line
    from purport.cli.printing_reading import print_summary, progress_shown

    with progress_shown() as shown, stoppable() as stop:
        done = datasets.gather(dataset, store, progress=shown, stop=stop)
    print_summary(done.summary, store)
    typer.echo(f"  {counted(done.came, 'shard')} came from {dataset}; {done.there:,} already there")
    for fault in done.faults[:_SHOWN]:
        typer.echo(f"  left out: {one_line(fault)}")
    if len(done.faults) > _SHOWN:
        typer.echo(f"  and {len(done.faults) - _SHOWN:,} more; `purport verify --dataset {dataset}` lists them")
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

    for fault in proof.faults[:_SHOWN]:
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

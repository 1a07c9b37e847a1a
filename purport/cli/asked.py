"""A store or a dataset, whichever a command is asked of."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli.options import STORE
from purport.cli.stopping import stoppable
from purport.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from purport import Corpus
    from purport.datasets import Linking

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


def folder_of(named: str) -> Path:
    """A folder of this machine, or of another file system: "s3://bucket/papers". Raises `UsageError` where that is not
    known or not installed."""
    if "://" not in named:
        return Path(named)
    from purport.datasets.places import located

    return located(named)


DatasetOption = Annotated[
    Path | None,
    typer.Option(
        "--dataset",
        metavar="DIR",
        parser=folder_of,
        help="The dataset, a folder of shards, instead of a store.",
    ),
]
JudgementsOption = Annotated[
    Path | None,
    typer.Option(
        "--judgements", metavar="FILE", help="With --dataset: as people have judged it in this store of its documents."
    ),
]


SHOWN = 50
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


@contextmanager
def asked(
    context: typer.Context, store: Path | None, dataset: Path | None, judgements: Path | None = None
) -> Iterator[Corpus]:
    """The store or dataset that is asked; a dataset's tables are brought up to date first.

    Raises `UsageError` where neither is named, or both are.
    """
    import purport

    file, folder = chosen(context, store, dataset)
    if judgements is not None and folder is None:
        raise UsageError("a store has its own judgements; name a dataset with --dataset DIR", "judgements")
    if file is not None:
        with purport.open(file) as corpus:
            yield corpus
    elif folder is not None:
        from purport import datasets

        print_faults(linked(folder).faults, folder, err=True)
        with datasets.DatasetCorpus(folder, judgements, refresh=False) as corpus:
            yield corpus


def linked(folder: Path, workers: int | None = None) -> Linking:
    """Bring the tables of a dataset up to date, with progress on standard error where that takes long."""
    from purport import datasets
    from purport.cli.printing_reading import shards_shown

    with shards_shown() as shown, stoppable() as stop:
        done = datasets.link(folder, workers=workers, progress=shown, stop=stop)
    if done.stopped:
        raise typer.Exit(130)
    return done


def print_faults(faults: Sequence[str], folder: Path, *, err: bool = False) -> None:
    """Say which shards were left out, on standard error where standard output is for rows."""
    from purport.cli.printing import one_line

    for fault in faults[:SHOWN]:
        typer.echo(f"  left out: {one_line(fault)}", err=err)
    if len(faults) > SHOWN:
        typer.echo(f"  and {len(faults) - SHOWN:,} more; `purport verify --dataset {folder}` lists them", err=err)

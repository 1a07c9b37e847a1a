"""Options that several commands take, and what completes them in a shell."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

STORE = "PURPORT_STORE"
"""The variable of the environment that names the store where no option does."""


def _began(begun: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if name.lower().startswith(begun.lower())]


def _asked_store(context: typer.Context) -> Path | None:
    told = context.params.get("store") or os.environ.get(STORE)
    path = Path(told) if told else None
    return path if path is not None and path.is_file() else None


def complete_act(incomplete: str) -> list[str]:
    """The speech acts that begin so."""
    from purport.model.vocabulary import ACTS

    return _began(incomplete, sorted(ACTS))


def complete_outlet(ctx: typer.Context, incomplete: str) -> list[str]:
    """The outlets of the store that begin so; none where no store is named."""
    return _of_store(ctx, incomplete, outlets=True)


def complete_actor(ctx: typer.Context, incomplete: str) -> list[str]:
    """The actors of the store that begin so, those named most first; none where no store is named."""
    return _of_store(ctx, incomplete, outlets=False)


def _of_store(context: typer.Context, begun: str, *, outlets: bool) -> list[str]:
    import purport
    from purport import store as stores
    from purport.errors import PurportError

    path = _asked_store(context)
    if path is None:
        return []
    try:
        with purport.open(path) as corpus:
            names = stores.outlets(corpus.store) if outlets else list(corpus.names())
    except PurportError:
        return []  # a shell that completes has nowhere to say why
    return _began(begun, names)[:_SHOWN]


_SHOWN = 50
"""Names that a shell is given at most."""
StoreOption = Annotated[
    Path, typer.Option("--store", metavar="FILE", envvar=STORE, show_envvar=False, help="The store, one file.")
]
Unsure = Annotated[
    float, typer.Option(min=0, max=1, help="Statements less sure than this are kept, and marked as unsure.")
]
OUTLET = "Only what this outlet published."
Outlet = Annotated[str | None, typer.Option(metavar="NAME", help=OUTLET, autocompletion=complete_outlet)]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="Only what was published then or later.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Only what was published then or earlier.")]
OneDocument = Annotated[
    str | None, typer.Option(metavar="DOCUMENT", help="Only this document: its id, or the name of its file.")
]
All = Annotated[bool, typer.Option("--all", help="Also those that are left out as unsure.")]
MinConfidence = Annotated[
    float | None,
    typer.Option(
        "--min-confidence", min=0, max=1, metavar="X", help="Leave out what is less sure than this.  [default: 0.5]"
    ),
]
AsFound = Annotated[
    bool, typer.Option("--as-found", help="As it was found; by default it is as people have judged it.")
]
Limit = Annotated[int | None, typer.Option(min=1, help="At most so many.")]
Format = Annotated[str, typer.Option(help="table, jsonl or csv.")]
CountBy = Annotated[
    str | None,
    typer.Option(
        "--count-by",
        metavar="COLUMNS",
        help="How many there are of each: columns of --format jsonl, and day, week, month, year.",
    ),
]
Sort = Annotated[
    str | None, typer.Option("--sort", metavar="COLUMN", help="In the order of a column; -COLUMN the other way round.")
]
Where = Annotated[
    list[str] | None,
    typer.Option("--where", metavar="FIELD=VALUE", help="Only rows of which a column has this value. Repeatable."),
]
Columns = Annotated[
    str | None, typer.Option("--columns", metavar="COLUMNS", help="Only these columns, such as published,actor,act.")
]


def checked_format(format: str) -> str:
    """The format of a list. Raises `UsageError` for one that there is not."""
    from purport.errors import UsageError

    if format not in ("table", "jsonl", "csv"):
        raise UsageError(f"no format is called {format!r}; there are table, jsonl, csv")
    return format

"""`purport network`: arguments only; see `purport.cli.app`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from purport.cli.asked import DatasetOption, EitherStore, JudgementsOption, asked
from purport.cli.options import AsFound, Since, Until, complete_outlet
from purport.errors import UsageError

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def network(
    context: typer.Context,
    store: EitherStore = None,
    since: Since = None,
    until: Until = None,
    outlet: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Only what it published; repeatable.", autocompletion=complete_outlet),
    ] = None,
    vouched_by: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help='Only on the word of that actor; "outlet": what texts say themselves.'),
    ] = None,
    kind: Annotated[list[str] | None, typer.Option(help="Only deed, words or name; repeatable.")] = None,
    least: Annotated[
        int,
        typer.Option(
            "--min-documents", "--least", min=1, metavar="N", help="Documents that an edge needs, copies counted once."
        ),
    ] = 1,
    as_found: AsFound = False,
    folded: Annotated[bool, typer.Option("--folded", help="Both directions as one edge.")] = False,
    between: Annotated[
        tuple[str, str] | None, typer.Option(metavar="NAME NAME", help="The sentences behind what one is to the other.")
    ] = None,
    compare: Annotated[
        tuple[str, str] | None, typer.Option(metavar="OUTLET OUTLET", help="Where two outlets' networks differ.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="The coalitions of each month, quarter, half or year.")] = None,
    timeline: Annotated[
        str | None, typer.Option(metavar="NAME", help="With --out: a picture of how one actor stands over time.")
    ] = None,
    format: Annotated[
        str, typer.Option(help="table, jsonl or csv; with --out: gexf, graphml, csv, parquet or svg.")
    ] = "table",
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="The folder that files are written to.")] = None,
    dataset: DatasetOption = None,
    judgements: JudgementsOption = None,
) -> None:
    """Who stands with whom, as the documents have it: signed edges, by independent documents, and the two coalitions.

    Every edge stands on somebody's word: `--between` opens its sentences, `--vouched-by` keeps what one voucher says.
    """
    from purport.cli.printing_network import (
        print_comparison,
        print_evidence,
        print_network,
        print_windows,
        print_written,
    )
    from purport.corpus.asked import outlet_of
    from purport.corpus.corpus import folder_at
    from purport.export.networks import NETWORK_EXPORTS
    from purport.export.timeline import timeline as timeline_of
    from purport.network.aggregate import windows
    from purport.network.change import compared
    from purport.store.filters import Within

    written = timeline is not None or out is not None
    if written and out is None:
        raise UsageError("a picture goes into a file; say where with --out DIR")
    known = tuple(NETWORK_EXPORTS) if out is not None else ("table", "jsonl", "csv")
    if format not in known and timeline is None:
        raise UsageError(
            f"no format is called {format!r} {'with' if written else 'without'} --out; there are {', '.join(known)}"
        )
    if sum(one is not None for one in (between, compare, by)) > 1:
        raise UsageError("--between, --compare and --by ask for different things; give one of them")
    if by is not None and by not in MONTHS:
        raise UsageError(f"no window is called {by!r}; there are {', '.join(MONTHS)}")
    with asked(context, store, dataset, judgements) as corpus:
        outlets = corpus.outlets() if outlet or compare else []
        outlet = [outlet_of(name, outlets) for name in outlet] if outlet else None
        compare = (outlet_of(compare[0], outlets), outlet_of(compare[1], outlets)) if compare is not None else None
        named = [*(outlet or ()), *(compare or ())]
        within = Within(since, until, tuple(named) if outlet else None)
        standing = corpus.standing_as(as_found=as_found, within=within)
        ties = standing.chosen(since, until, outlet, vouched_by, kind)
        if timeline is not None and out is not None:
            picture = timeline_of(standing.one(timeline), ties, standing.nodes)
            path = folder_at(out) / "timeline.svg"
            path.write_text(picture, encoding="utf-8")
            print_written([path])
        elif between is not None:
            one, other = (standing.one(name) for name in between)
            own = [tie.id for tie in ties if (tie.holder, tie.target) == (one, other)]
            print_evidence(corpus.evidence(own), format)
        elif compare is not None:
            told = (standing.chosen(since, until, [name], vouched_by, kind) for name in compare)
            ours, theirs = (standing.network(own, least=least, directed=not folded) for own in told)
            print_comparison(compared(ours, theirs), compare, {**ours.names(), **theirs.names()}, format)
        elif by is not None:
            cut = [
                (label, standing.network(slice_, least=least, directed=False, resamples=0))
                for label, slice_ in windows(ties, MONTHS[by])
            ]
            print_windows(cut, format)
        else:
            found = standing.network(ties, least=least, directed=not folded)
            balanced = partial(standing.balance, found, ties, least=least)
            if out is None:
                print_network(found, balanced, format)
                return
            print_written(NETWORK_EXPORTS[format](found, balanced(), folder_at(out)))

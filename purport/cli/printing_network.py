"""What the command line prints of networks: edges, coalitions, the sentences behind an edge."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.text import Text

from purport.cli.printing import counted, one_line
from purport.cli.tables import Column, console, print_table, show
from purport.export.formats import write_cells, write_csv
from purport.export.network_rows import EdgeRow, edge_rows
from purport.model.networks import Balance, Edge, Network
from purport.model.rows import Evidence
from purport.network.balance import balance
from purport.network.change import Comparison, matched

STANDS = {1: "for", -1: "against", 0: "neither"}
THIN = 0.8
"""An edge that fewer resamples than that agree on is marked as thin."""
_SHOWN = 12
"""Actors of a coalition that are named."""


def print_network(network: Network, balanced: Callable[[], Balance], format: str) -> None:
    """The edges, those of most documents first, and the coalitions; as a table, or as JSON Lines or CSV of edges.
    `balanced` gives the coalitions, which may take seconds: the table of edges need not wait for them."""
    names = network.names()
    edges = sorted(network.edges, key=lambda edge: (-edge.documents, names[edge.holder], names[edge.target]))
    if format != "table":
        rows = list(edge_rows(Network(network.nodes, tuple(edges), network.directed), balanced()))
        if format == "csv":
            write_csv(sys.stdout, rows, EdgeRow)
        else:
            _rows([{**asdict(row), "ties": list(row.ties)} for row in rows], format)
        return
    out = console()
    if not edges:
        out.print("nobody stands to anybody here")
        return
    _print_edges(edges, names)
    out.print(counted(len(edges), "edge") + "; an edge marked ~ is thin: other documents could turn it")
    sys.stdout.flush()
    for line in coalitions(balanced(), names):
        out.print(Text(line))


def coalitions(found: Balance, names: Mapping[str, str]) -> list[str]:
    """The two coalitions and what stands against them, as lines."""
    camps: list[list[str]] = [[], []]
    for one, camp in found.camps.items():
        camps[camp].append(one_line(names[one]))
    lines = []
    for number, camp_names in enumerate(camps, 1):
        own = sorted(camp_names)
        more = f" and {len(own) - _SHOWN} more" if len(own) > _SHOWN else ""
        lines.append(f"coalition {number}: {', '.join(own[:_SHOWN]) or 'nobody'}{more}")
    how = "no partition has fewer" if found.proved else f"at least {found.bound} is proved"
    lines.append(f"{found.frustration} of {counted(found.edges, 'signed edge')} against it ({how})")
    lines += [
        f"  against it: {one_line(names[one])} and {one_line(names[other])}" for one, other in found.frustrated[:5]
    ]
    return lines


_EDGE = (
    Column("who", style="bold cyan"), Column("is", folds=False, style="magenta"), Column("whom", style="bold cyan"),
    *(Column(name, folds=False, right=True) for name in ("for", "against", "neither", "steady")),
    Column("from", folds=False), Column("to", folds=False),
)  # fmt: skip


def _print_edges(edges: Sequence[Edge], names: Mapping[str, str]) -> None:
    def cells(edge: Edge) -> list[str]:
        thin = "~" if not math.isnan(edge.steady) and edge.steady < THIN else ""
        steady = "" if math.isnan(edge.steady) else f"{thin}{edge.steady:.2f}"
        counts = (str(edge.positive), str(edge.negative), str(edge.neutral))
        told = (names[edge.holder], STANDS[edge.sign], names[edge.target], *counts, steady, edge.first, edge.last)
        return [one_line(cell) for cell in told]

    print_table(_EDGE, map(cells, edges))


def _rows(rows: Sequence[Mapping[str, object]], format: str) -> None:
    if format == "jsonl":
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    names = list(rows[0]) if rows else []
    write_cells(sys.stdout, names, ([_joined(row[name]) for name in names] for row in rows))


def _joined(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def print_evidence(rows: Sequence[Evidence], format: str) -> None:
    """The sentences behind an edge."""
    if format != "table":
        _rows([_plain(row) for row in rows], format)
        return
    out = console()
    if not rows:
        out.print("no sentence says so")
        return

    def cells(row: Evidence) -> list[str]:
        name = Path(row.path).name if row.path else row.document
        who = " > ".join(part or "unnamed" for part in row.chain) or "the text"
        how = row.deed.lower() or row.basis
        told = (row.published or "", STANDS[row.sign], how, who, row.words, f"{name}, {row.place}")
        return [one_line(cell) for cell in told]

    show(counted(print_table(_EVIDENCE, map(cells, rows)), "place"))


_EVIDENCE = (
    Column("published", folds=False), Column("is", folds=False), Column("by", folds=False), Column("on whose word"),
    Column("sentence"), Column("where"),
)  # fmt: skip


def _plain(row: Evidence) -> dict[str, object]:
    told = asdict(row)
    return {**told, "chain": list(row.chain), "spans": [[span.start, span.end] for span in row.spans]}


def print_comparison(found: Comparison, outlets: tuple[str, str], names: Mapping[str, str], format: str) -> None:
    """Where two outlets' networks agree and differ."""
    groups = (
        ("contrary", [*found.contrary]), ("agreed", [*found.agreed]), ("unsure", [*found.unsure]),
        (outlets[0], [(edge, None) for edge in found.only_one]),
        (outlets[1], [(None, edge) for edge in found.only_other]),
    )  # fmt: skip
    rows: list[dict[str, object]] = []
    for group, pairs in groups:
        for ours, theirs in pairs:
            edge = ours or theirs
            assert edge is not None
            signs = ["" if one is None else STANDS[one.sign] for one in (ours, theirs)]
            who, whom = names[edge.holder], names[edge.target]
            rows.append({"who": who, "whom": whom, "first": signs[0], "second": signs[1], "where": group})
    if format != "table":
        _rows(rows, format)
        return
    out = console()

    def cells(row: Mapping[str, object]) -> list[str]:
        told = (str(row["who"]), str(row["whom"]), str(row["first"]) or "-", str(row["second"]) or "-")
        return [one_line(cell) for cell in told]

    print_table([Column(one_line(title)) for title in ("who", "whom", *outlets)], map(cells, rows))
    counts = {group: len(pairs) for group, pairs in groups}
    out.print(
        f"{counts['agreed']} alike, {counts['contrary']} contrary, {counts['unsure']} unsure in one; "
        f"only {one_line(outlets[0])} {len(found.only_one)}, only {one_line(outlets[1])} {len(found.only_other)}"
    )


def print_windows(windows: Sequence[tuple[str, Network]], format: str) -> None:
    """The coalitions of each window of time, and who moved, came and went."""
    before: Balance | None = None
    rows: list[dict[str, object]] = []
    out = console()
    for label, network in windows:
        names = network.names()
        found = balance(network)
        change = matched(before, found) if before is not None else None
        camps = found.camps if change is None else change.camps
        told = {
            "window": label,
            "coalition_1": sorted(names[one] for one, camp in camps.items() if camp == 0),
            "coalition_2": sorted(names[one] for one, camp in camps.items() if camp == 1),
            "frustration": found.frustration,
            "edges": found.edges,
            "proved": found.proved,
            "moved": [] if change is None else sorted(names[one] for one in change.moved),
        }
        rows.append(told)
        before = Balance(camps, found.frustration, found.bound, found.frustrated, found.edges, found.triads)
        if format == "table":
            out.print(Text(label, style="bold"))
            for line in coalitions(before, names):
                out.print(Text(f"  {line}"))
            if change is not None and change.moved:
                out.print(Text("  moved: " + ", ".join(one_line(names[one]) for one in change.moved)))
    if format != "table":
        _rows(rows, format)
    elif not windows:
        out.print("no dated document says how anybody stands to anybody")


def print_written(paths: Sequence[Path]) -> None:
    """Files that were written, a line each."""
    for path in paths:
        console().print(Text(one_line(str(path))))

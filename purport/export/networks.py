"""The formats a network goes out in: GEXF, GraphML, CSV, Parquet, and a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from purport.export.formats import whole_file, write_csv
from purport.export.graphs import gexf, graphml
from purport.export.network_rows import EdgeRow, NodeRow, edge_rows, node_rows
from purport.export.picture import picture
from purport.export.tables import edges_table, nodes_table
from purport.model.networks import Balance, Network
from purport.runtime.extras import arrow

NetworkExport = Callable[[Network, Balance | None, Path], list[Path]]
"""Writes a network, with its coalitions if there are any, to a folder and gives the files."""


def network_gexf(network: Network, balance: Balance | None, folder: Path) -> list[Path]:
    """`network.gexf`: GEXF 1.3, for Gephi."""
    return [_whole(folder / "network.gexf", gexf(network, balance))]


def network_graphml(network: Network, balance: Balance | None, folder: Path) -> list[Path]:
    """`network.graphml`: GraphML, for Cytoscape, visone, igraph and networkx."""
    return [_whole(folder / "network.graphml", graphml(network, balance))]


def network_svg(network: Network, balance: Balance | None, folder: Path) -> list[Path]:
    """`network.svg`: a picture for a report."""
    return [_whole(folder / "network.svg", picture(network, balance).encode())]


def network_csv(network: Network, balance: Balance | None, folder: Path) -> list[Path]:
    """`nodes.csv` and `edges.csv`; UTF-8, a cell that a spreadsheet would run is made harmless by "'"."""
    written = []
    for name, rows, kind in (
        ("nodes", node_rows(network, balance), NodeRow),
        ("edges", edge_rows(network, balance), EdgeRow),
    ):
        path = folder / f"{name}.csv"
        with whole_file(path) as file:
            write_csv(file, rows, kind)
        written.append(path)
    return written


def network_parquet(network: Network, balance: Balance | None, folder: Path) -> list[Path]:
    """`nodes.parquet` and `edges.parquet`."""
    write_table = arrow("pyarrow.parquet").write_table
    written = []
    for name, table in (
        ("nodes", nodes_table(node_rows(network, balance))),
        ("edges", edges_table(edge_rows(network, balance))),
    ):
        path = folder / f"{name}.parquet"
        with whole_file(path, "wb") as file:
            write_table(table, file, compression="zstd")
        written.append(path)
    return written


def _whole(path: Path, content: bytes) -> Path:
    with whole_file(path, "wb") as file:
        file.write(content)
    return path


NETWORK_EXPORTS: dict[str, NetworkExport] = {
    "gexf": network_gexf,
    "graphml": network_graphml,
    "csv": network_csv,
    "parquet": network_parquet,
    "svg": network_svg,
}
"""A row per format."""

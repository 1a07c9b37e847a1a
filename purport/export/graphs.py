"""Networks as GEXF 1.3 and GraphML, which Gephi, Cytoscape, visone, igraph and networkx read.

Gephi takes no negative weights: `weight` is the number of documents, and the sign is an attribute of its own.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable

from lxml import etree

from purport.export.markup import held
from purport.export.network_rows import EdgeRow, NodeRow, edge_rows, node_rows
from purport.model.networks import Balance, Network

_GEXF = "http://gexf.net/1.3"
_VIZ = "http://gexf.net/1.3/viz"
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_NODE_FIELDS = {"type": "string", "camp": "integer"}
_EDGE_FIELDS = {
    "sign": "integer", "positive": "integer", "negative": "integer", "neutral": "integer", "documents": "integer",
    "steady": "double", "certain": "double", "first": "string", "last": "string", "frustrated": "string",
    "ties": "string",
}  # fmt: skip
_GRAPHML_TYPES = {"integer": "int", "double": "double", "string": "string"}
_CAMP_COLOURS = {0: (0x4A, 0x5A, 0x78), 1: (0xD9, 0x9A, 0x2B), None: (0x8A, 0x8A, 0x8A)}
_SIGN_COLOURS = {1: (0x1F, 0x6F, 0xA8), -1: (0xB8, 0x2E, 0x2E), 0: (0x8A, 0x8A, 0x8A)}


def gexf(network: Network, balance: Balance | None) -> bytes:
    """A network as GEXF 1.3: dynamic, its edges with the first and the last day of their documents."""
    root = etree.Element(f"{{{_GEXF}}}gexf", {"version": "1.3"}, nsmap={None: _GEXF, "viz": _VIZ})
    kind = "directed" if network.directed else "undirected"
    time = {"mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"}
    graph = _under(root, "graph", defaultedgetype=kind, **time)
    for what, declared in (("node", _NODE_FIELDS), ("edge", _EDGE_FIELDS)):
        attributes = _under(graph, "attributes", **{"class": what, "mode": "static"})
        for name, type_ in declared.items():
            _under(attributes, "attribute", id=name, title=name, type=type_)
    nodes = _under(graph, "nodes")
    for row in node_rows(network, balance):
        node = _under(nodes, "node", id=held(row.id), label=held(row.name))
        _values(node, row, _NODE_FIELDS)
        _colour(node, _CAMP_COLOURS[row.camp])
    edges = _under(graph, "edges")
    for number, tie in enumerate(edge_rows(network, balance)):
        ends = {"source": held(tie.holder), "target": held(tie.target)}
        edge = _under(edges, "edge", id=str(number), **ends, weight=f"{tie.documents:.1f}", **_dates(tie))
        _values(edge, tie, _EDGE_FIELDS)
        _colour(edge, _SIGN_COLOURS[tie.sign])
    return _bytes(root)


def graphml(network: Network, balance: Balance | None) -> bytes:
    """A network as GraphML, with the same attributes as `gexf`."""
    root = etree.Element(f"{{{_GRAPHML}}}graphml", nsmap={None: _GRAPHML})
    named = {"node": {"label": "string", **_NODE_FIELDS}, "edge": {"weight": "double", **_EDGE_FIELDS}}
    for what, declared in named.items():
        for name, type_ in declared.items():
            key = {"id": f"{what}-{name}", "for": what, "attr.name": name, "attr.type": _GRAPHML_TYPES[type_]}
            _under(root, "key", **key)
    graph = _under(root, "graph", id="network", edgedefault="directed" if network.directed else "undirected")
    for row in node_rows(network, balance):
        node = _under(graph, "node", id=held(row.id))
        _data(node, "node", [("label", row.name), *_told(row, _NODE_FIELDS)])
    for number, tie in enumerate(edge_rows(network, balance)):
        edge = _under(graph, "edge", id=f"e{number}", source=held(tie.holder), target=held(tie.target))
        _data(edge, "edge", [("weight", f"{tie.documents:.1f}"), *_told(tie, _EDGE_FIELDS)])
    return _bytes(root)


def _under(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}", attributes)


def _told(row: NodeRow | EdgeRow, names: Iterable[str]) -> list[tuple[str, str]]:
    """What is known of a row, as text."""
    values = ((name, getattr(row, name)) for name in names)
    told = ((name, " ".join(value) if isinstance(value, tuple) else value) for name, value in values)
    return [(name, held(str(value))) for name, value in told if value is not None and value != ""]


def _values(parent: etree._Element, row: NodeRow | EdgeRow, names: Iterable[str]) -> None:
    values = _under(parent, "attvalues")
    for name, value in _told(row, names):
        _under(values, "attvalue", **{"for": name, "value": value})


def _data(parent: etree._Element, what: str, told: Iterable[tuple[str, str]]) -> None:
    for name, value in told:
        _under(parent, "data", key=f"{what}-{name}").text = held(value)


def _colour(parent: etree._Element, colour: tuple[int, int, int]) -> None:
    attributes = dict(zip("rgb", map(str, colour), strict=True))
    etree.SubElement(parent, f"{{{_VIZ}}}color", attributes)


def _dates(row: EdgeRow) -> dict[str, str]:
    """The first day of the first date and the last of the last, where of one only the month or year is known."""
    if not row.first or not row.last:
        return {}
    first = row.first + "-01-01"[len(row.first) - 4 :] if len(row.first) < 10 else row.first[:10]
    last = row.last + "-12"[len(row.last) - 4 :] if len(row.last) < 7 else row.last[:10]
    if len(last) == 7:
        last = f"{last}-{calendar.monthrange(int(last[:4]), int(last[5:]))[1]:02d}"
    return {"start": first, "end": last}


def _bytes(root: etree._Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written

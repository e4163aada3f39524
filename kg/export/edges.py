"""Networks as files: GraphML, GEXF 1.3, and an edge list in CSV that Gephi and networkx open as they are."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from kg.errors import UsageError
from kg.export.networks import Edge, Network

FORMATS = ("graphml", "gexf", "csv")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_JOINED = "; "
_LINE_END = {"\r": "&#13;"}  # a reader of XML makes all others one
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_KEYS = (
    ("label", "node", "string"),
    ("kind", "node", "string"),
    ("weight", "edge", "int"),
    ("through", "edge", "string"),
)


def written(network: Network, format: str) -> Iterator[str]:  # noqa: A002 - the name that other writers give it
    """Yield a network in one of `FORMATS`. Raises UsageError for another."""
    match format:
        case "graphml":
            return _graphml(network)
        case "gexf":
            return _gexf(network)
        case "csv":
            return iter([_csv(network)])
    raise UsageError(f"“{format}” is no format of networks: one of {', '.join(FORMATS)}")


def _graphml(network: Network) -> Iterator[str]:
    yield f'{_HEAD}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for name, place, kind in _KEYS:
        yield f'  <key id="{name}" for="{place}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield f'  <graph id="{network.name}" edgedefault="{_direction(network)}">\n'
    for node in network.nodes:
        yield f"    <node id={_attribute(node.iri)}>{_data('label', node.label)}{_data('kind', node.kind)}</node>\n"
    for edge in network.edges:
        data = _data("weight", str(edge.weight)) + _data("through", _JOINED.join(edge.through))
        yield f"    <edge {_ends(edge)}>{data}</edge>\n"
    yield "  </graph>\n</graphml>\n"


def _gexf(network: Network) -> Iterator[str]:
    yield f'{_HEAD}<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    yield f'  <graph mode="static" defaultedgetype="{_direction(network)}">\n'
    yield '    <attributes class="node"><attribute id="kind" title="kind" type="string"/></attributes>\n'
    yield '    <attributes class="edge"><attribute id="through" title="through" type="string"/></attributes>\n'
    yield "    <nodes>\n"
    for node in network.nodes:
        named = f"id={_attribute(node.iri)} label={_attribute(node.label)}"
        yield f"      <node {named}>{_values('kind', node.kind)}</node>\n"
    yield "    </nodes>\n    <edges>\n"
    for number, edge in enumerate(network.edges):
        values = _values("through", _JOINED.join(edge.through))
        yield f'      <edge id="{number}" {_ends(edge)} weight="{edge.weight}">{values}</edge>\n'
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _csv(network: Network) -> str:
    """Return the edges under the names that Gephi looks for, with the names of both ends."""
    labels = {node.iri: node.label for node in network.nodes}
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(["Source", "Target", "Type", "Weight", "source_label", "target_label", "through"])
    for edge in network.edges:
        names = labels[edge.source], labels[edge.target]
        ends = edge.source, edge.target, _direction(network).capitalize()
        lines.writerow([*ends, edge.weight, *names, _JOINED.join(edge.through)])
    return out.getvalue()


def _direction(network: Network) -> str:
    return "directed" if network.directed else "undirected"


def _ends(edge: Edge) -> str:
    return f"source={_attribute(edge.source)} target={_attribute(edge.target)}"


def _data(key: str, text: str) -> str:
    return f'<data key="{key}">{escape(_clean(text), _LINE_END)}</data>'


def _values(key: str, text: str) -> str:
    return f'<attvalues><attvalue for="{key}" value={_attribute(text)}/></attvalues>'


def _attribute(text: str) -> str:
    return quoteattr(_clean(text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _clean(text: str) -> str:
    """Return a label with what XML forbids shown as such: a label is for reading, and a file must open."""
    return _FORBIDDEN.sub("\ufffd", text)

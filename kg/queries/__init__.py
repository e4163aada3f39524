"""Saved queries: a header and parameters over SPARQL, from text to typed results. No file is read here."""

from kg.queries.answers import Page, Source, answer, ask, resolved
from kg.queries.cache import Cache
from kg.queries.entities import entity, names
from kg.queries.guard import Bounds, guarded
from kg.queries.header import Column, Header, Plot
from kg.queries.marks import marked
from kg.queries.parameters import Parameter
from kg.queries.results import Citation, Graph, Result, Table, Truth
from kg.queries.saved import SavedQuery, load
from kg.queries.writers import FORMATS, write

__all__ = [
    "FORMATS", "Bounds", "Cache", "Citation", "Column", "Graph", "Header", "Page", "Parameter", "Plot", "Result",
    "SavedQuery", "Source", "Table", "Truth", "answer", "ask", "entity", "guarded", "load", "marked", "names",
    "resolved", "write",
]  # fmt: skip

"""The ontology as a build uses it: its terms, its closure, the rules made of it; closed once, kept by digest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.export.canon import canonical
from kg.export.rows import quads as of_rows
from kg.export.rows import rows
from kg.project import Project, cache
from kg.reason import Rules, compile_rules, ontology_closure
from kg.store.embedded import read_file, read_rdf
from kg.terms import Vocabulary, vocabulary
from kg.vocab import ONTOLOGY_GRAPH, OWL, Literal, Quad, Triple, n_quads


@dataclass(frozen=True, slots=True)
class Terms:
    """What the ontology says, and what was made of it."""

    quads: tuple[Quad, ...]
    digest: str
    rules: Rules
    vocabulary: Vocabulary

    @property
    def triples(self) -> frozenset[Triple]:
        """The ontology's triples."""
        return frozenset(quad.triple for quad in self.quads)

    @property
    def version(self) -> str:
        """The version that the ontology says it is."""
        said = (it.object for it in self.quads if (it.subject, it.predicate) == (ONTOLOGY_GRAPH, OWL.versionInfo))
        return next((it.value for it in said if isinstance(it, Literal)), "")


def terms(project: Project) -> Terms:
    """Return the project's ontology, ready for use. Raises RdfError where a file of it cannot be read."""
    found = (quad for path in project.ontology() for quad in read_file(path, ONTOLOGY_GRAPH))
    quads = tuple(dict.fromkeys(of_rows(canonical(rows(found)))))
    name = _digest(project.ontology())
    closed = _closed(quads, cache() / "ontology" / f"{name}.nq")
    return Terms(quads, name, compile_rules(closed), vocabulary(quad.triple for quad in quads))


def _digest(files: Iterable[Path]) -> str:
    """Return the digest of the files' bytes: blank nodes have new labels at every reading."""
    import hashlib

    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:16]


def _closed(quads: Iterable[Quad], kept: Path) -> frozenset[Triple]:
    """Return the ontology's closure: owlrl makes it, once for each digest."""
    if kept.is_file():
        data = kept.read_bytes()
        return frozenset(quad.triple for quad in read_rdf(data, "nquads", str(kept), ONTOLOGY_GRAPH))
    closed = ontology_closure(quad.triple for quad in quads)
    text = n_quads(Quad(*triple, ONTOLOGY_GRAPH) for triple in closed)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside = kept.with_suffix(".new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(kept)
    except OSError:
        pass  # a cache that cannot be written costs time, nothing else
    return closed

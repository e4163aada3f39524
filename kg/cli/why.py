"""``kg why``: the proof that a statement of a build holds, down to the words behind it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import project_option
from kg.errors import AmbiguousNameError, UsageError
from kg.vocab import ONTOLOGY_GRAPH, OWL, PH, RDF, SKOS, Iri, Literal, Term, Triple, n3

if TYPE_CHECKING:
    from kg.dataset import Store
    from kg.project import Project
    from kg.queries.why import Reason


@click.command()
@click.argument("subject")
@click.argument("predicate")
@click.argument("object", metavar="OBJECT")
@project_option
@click.option("-w", "--world", help="The world to ask: actual, or a story's name. Otherwise each in which it holds.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def why(subject: str, predicate: str, object: str, project: Path | None, world: str | None, form: str) -> int:  # noqa: A002
    """Prove that SUBJECT PREDICATE OBJECT holds, down to the words behind it.

    Each of the three is an IRI, a CURIE or a label. The exit status is 1 where it holds in no world.
    """
    from kg.project import Project
    from kg.queries.why import names, unproved, why, worlds_of

    found = Project.find(project)
    store, background = found.store(), found.names.background
    worlds = _worlds(found, world)
    meant = list(_meant(store, (*worlds, background), (subject, predicate, object)))
    reasons = [
        (place, reason)
        for triple in meant
        for place in worlds_of(store, worlds, background, triple)
        if (reason := why(store, (place, background), triple)) is not None
    ]
    if not reasons:
        click.echo(f"{subject} — {predicate} — {object}: this holds in no world that was asked", err=True)
        for force, words in (it for triple in meant for it in unproved(store, triple)):
            click.echo(f"  a claim says so, but {force}: “{' '.join(words.quote.split())}” — {words.place}", err=True)
        return 1
    terms = [term for _, each in reasons for term in each.terms()]
    labels = names(store, (worlds[0], background), (*terms, *worlds))
    if form == "json":
        click.echo(
            json.dumps([{"world": place, **_record(each)} for place, each in reasons], ensure_ascii=False, indent=2)
        )
    else:
        for place, each in reasons:
            click.echo(f"In the {labels.get(place, place)}:")
            click.echo("\n".join(_lines(each, labels, "  ")))
    return 0


def _worlds(project: Project, world: str | None) -> tuple[Iri, ...]:
    if world is not None:
        return (project.default_graphs(world)[0],)
    actual = project.names.actual
    return (actual, *sorted(set(project.worlds().values()) - {actual}))


def _meant(store: Store, graphs: Sequence[Iri], words: tuple[str, str, str]) -> Iterator[Triple]:
    """Yield the statements that the words may mean: a name that fits several things means each of them."""
    for prop in _properties(store, words[1]):
        subjects = _entities(store, graphs, words[0])
        objects = (*_entities(store, graphs, words[2], literal=True), *_texts(store, graphs, subjects, prop, words[2]))
        yield from (Triple(one, prop, other) for one, other in product(subjects, objects))


def _entities(store: Store, graphs: Sequence[Iri], text: str, *, literal: bool = False) -> tuple[Iri, ...]:
    """Return the things that a text may mean; with ``literal`` it may be no thing at all."""
    from kg.queries import entity
    from kg.queries.parameters import expanded

    if (full := expanded(text)) is not None:
        return (full,)
    try:
        return (entity(store, graphs, text),)
    except AmbiguousNameError as error:
        return tuple(Iri(each.split(" ", 1)[0]) for each in error.candidates)
    except UsageError:
        if literal:
            return ()
        raise


def _texts(store: Store, graphs: Sequence[Iri], subjects: Iterable[Iri], prop: Iri, text: str) -> Iterator[Term]:
    """Yield the literals with these words that the subjects have."""
    from kg.queries.binding import bound

    for subject in subjects:
        rows = store.select(
            bound("SELECT DISTINCT ?o WHERE { $s $p ?o }", {"s": (subject,), "p": (prop,)}), graphs
        ).rows
        yield from (row[0] for row in rows if isinstance(row[0], Literal) and row[0].value == text)


def _properties(store: Store, text: str) -> tuple[Iri, ...]:
    """Return the properties that a text may mean: an IRI, a CURIE, or a name as written or as labelled."""
    from kg.queries.parameters import expanded
    from kg.terms import nearest, spaced

    if text in ("a", "is a"):
        return (RDF.type,)
    if (full := expanded(text)) is not None:
        return (full,)
    named: dict[str, dict[Iri, None]] = {}
    kinds = (RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    triples = [quad.triple for quad in store.quads(ONTOLOGY_GRAPH)]
    properties = {it.subject for it in triples if it.predicate == RDF.type and it.object in kinds}
    for subject, predicate, value in triples:
        if subject in properties and isinstance(subject, Iri):
            words = [spaced(subject.replace("#", "/").rpartition("/")[2])]
            if predicate in (SKOS.prefLabel, PH.writtenName) and isinstance(value, Literal):
                words.append(value.value.casefold())
            for word in words:
                named.setdefault(word, {})[subject] = None
    found = named.get(text.casefold()) or named.get(spaced(text))
    if found is None:
        near = ", ".join(f"“{name}”" for name in nearest(text, named))
        raise UsageError(f"no property is called “{text}”" + (f"; near are {near}" if near else ""))
    return tuple(found)


def _lines(reason: Reason, labels: dict[Term, str], indent: str) -> Iterator[str]:
    """Yield a proof as an indented outline, each statement above what it rests on."""
    said = " — ".join(labels.get(term) or _short(term) for term in reason.triple)
    yield f"{indent}{said}  [{reason.rule}]"
    for evidence in reason.evidence:
        for words in evidence.words:
            yield f"{indent}    “{' '.join(words.quote.split())}”" + (f" — {words.place}" if words.place else "")
        yield f"{indent}    {evidence.claim}"
    for premise in reason.premises:
        yield from _lines(premise, labels, indent + "  ")


def _short(term: Term) -> str:
    return f"“{term.value}”" if isinstance(term, Literal) else str(term).replace("#", "/").rpartition("/")[2]


def _record(reason: Reason) -> dict[str, Any]:
    """Return a reason as JSON has it."""
    return {
        "triple": [n3(term) for term in reason.triple],
        "rule": reason.rule,
        "claims": [
            {"claim": it.claim, "words": [{"quote": words.quote, "place": words.place} for words in it.words]}
            for it in reason.evidence
        ],
        "premises": [_record(premise) for premise in reason.premises],
    }

"""Editions as W3C Web Annotations: one annotation for each claim, on the words that it stands on.

https://www.w3.org/TR/annotation-model/. Positions count code points, as the recommendation asks for. The words go along
where the licence of the text allows it, and the text around them where the text itself goes out. The context of the
recommendation is named and never fetched; what it has no term for stands in a context of ours beside it.

The motivation is *identifying* where a claim says what the words refer to, *assessing* for a verdict, and *linking*
for the rest: the words are linked with the claim that they support, which a second body describes in plain language.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from kg.export.claims import Claim, Labels
from kg.export.editions import Agent, Edition, Passage, Said
from kg.export.words import remark, sentence
from kg.vocab import OA, PH, RDF, Iri

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
#: What the recommendation has no word for: where a claim holds, how firmly, by whose word, and what hedges it.
TERMS: dict[str, object] = {
    "Claim": str(PH.Claim),
    "assessing": str(OA.assessing),  # a motivation of the recommendation that some copies of its context lack
    **{name: {"@id": str(PH[name]), "@type": "@id"} for name in ("assertedIn", "force", "saidBy", "hedge")},
}
_AROUND = 32  # code points before and after the words: enough to find them again in a text that was edited
_Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every annotation says of its making; ``generated`` is an ISO 8601 time, told in UTC where it is known."""

    generated: str
    generator: Agent
    rights: str = ""
    publisher: str = ""

    def said(self) -> _Json:
        """Return the keys that stand in every annotation and collection."""
        said: _Json = {"generator": {"id": self.generator.iri, "type": "Software", "name": self.generator.name}}
        if self.generated:
            said["generated"] = f"{datetime.fromisoformat(self.generated).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        if self.rights.startswith(("http://", "https://")):
            said["rights"] = self.rights
        return said


def jsonld(editions: Iterable[Edition], labels: Labels, imprint: Imprint) -> Iterator[str]:
    """Yield a JSON-LD document: the collection of one edition, or a graph of those of several."""
    found = [collection(it, labels, imprint) for it in editions]
    content = found[0] if len(found) == 1 else {"@graph": found}
    yield json.dumps({"@context": [CONTEXT, TERMS], **content}, ensure_ascii=False, indent=2) + "\n"


def collection(edition: Edition, labels: Labels, imprint: Imprint) -> _Json:
    """Return the annotations of one edition as a collection with a single page."""
    name = f"{edition.source}/annotations"
    items = [annotation(it, edition, labels, imprint) for it in edition.said]
    page = {"id": f"{name}/1", "type": "AnnotationPage", "startIndex": 0, "items": items}
    return {
        "id": name,
        "type": "AnnotationCollection",
        "label": f"Statements of: {edition.label}",
        **imprint.said(),
        "total": len(items),
        **({"first": page, "last": page["id"]} if items else {}),
    }


def annotation(said: Said, edition: Edition, labels: Labels, imprint: Imprint) -> _Json:
    """Return one claim as an annotation of the passages that it stands on."""
    claim, name = said.claim, f"{said.claim.iri}/annotation"
    targets = [_target(it, edition, f"{name}#{number}") for number, it in enumerate(said.passages, start=1)]
    creator = {"creator": _agent(said.recorder)} if said.recorder else {}
    words = " ".join(filter(None, [sentence(claim, labels), _bracketed(remark(claim, labels))]))
    return {
        "id": name,
        "type": "Annotation",
        "motivation": motivation(claim),
        **creator,
        **imprint.said(),
        "body": [
            _claim(said, edition, labels, name),
            {
                "id": f"{name}#words",
                "type": "TextualBody",
                "purpose": "describing",
                "value": words,
                "format": "text/plain",
                "language": "en",
            },
            *_identified(claim, labels, name),
        ],
        "target": targets if len(targets) != 1 else targets[0],
    }


def motivation(claim: Claim) -> str:
    """Return why a claim annotates its words, as the recommendation calls it."""
    if any(it.predicate == RDF.type and it.object == PH.Assessment for it in claim.statements):
        return "assessing"
    return "identifying" if any(it.predicate == PH.mentions for it in claim.statements) else "linking"


def _claim(said: Said, edition: Edition, labels: Labels, name: str) -> _Json:
    claim = said.claim
    speakers = [{"id": str(it), "label": labels(it)} for it in claim.values(PH.saidBy)]
    hedges = [
        _target(it, edition, f"{name}#hedge-{number}", scope=False) for number, it in enumerate(said.hedges, start=1)
    ]
    return {
        "id": claim.iri,
        "type": "Claim",
        "assertedIn": {"id": claim.world, "label": labels(claim.world)},
        "force": {"id": claim.force, "label": labels(claim.force)},
        **({"saidBy": speakers} if speakers else {}),
        **({"hedge": hedges} if hedges else {}),
    }


def _identified(claim: Claim, labels: Labels, name: str) -> Iterator[_Json]:
    """Yield what the words refer to, where that is what the claim says."""
    things = [it.object for it in claim.statements if it.predicate == PH.mentions and isinstance(it.object, Iri)]
    for number, thing in enumerate(things, start=1):
        yield {
            "id": f"{name}#thing-{number}",
            "type": "SpecificResource",
            "purpose": "identifying",
            "source": {"id": thing, "label": labels(thing)},
        }


def _target(passage: Passage, edition: Edition, name: str, *, scope: bool = True) -> _Json:
    position = {"id": f"{name}-position", "type": "TextPositionSelector", "start": passage.start, "end": passage.end}
    quote = {"id": f"{name}-quote", "type": "TextQuoteSelector", "exact": passage.words, **_around(passage, edition)}
    return {
        "id": passage.iri,
        "type": "SpecificResource",
        "source": edition.text,
        **({"scope": edition.source} if scope else {}),
        "selector": [position, quote] if passage.words else [position],
    }


def _around(passage: Passage, edition: Edition) -> _Json:
    if edition.content is None:
        return {}
    before = edition.content[max(0, passage.start - _AROUND) : passage.start]
    return {"prefix": before, "suffix": edition.content[passage.end : passage.end + _AROUND]}


def _agent(agent: Agent) -> _Json:
    return {"id": agent.iri, **({"type": "Software"} if agent.software else {}), "name": agent.name}


def _bracketed(words: str) -> str:
    return f"({words})" if words else ""

"""Shapes and data for the tests of kg.validate: every constraint component, target and path form, as Turtle."""

# ruff: noqa: E501 - Turtle and SPARQL read better unbroken

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.store.embedded import Embedded, read_rdf
from kg.validate import Finding, compile_shapes
from kg.validate.reference import validate as by_pyshacl
from kg.vocab import Blank, Iri, Literal, Quad, Term, Triple

DATA = Iri("urn:data")
HEAD = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://example.org/> .
"""

WORLD = """
ex:Person a rdfs:Class . ex:Actor rdfs:subClassOf ex:Person . ex:Star rdfs:subClassOf ex:Actor .
ex:ann a ex:Person ; ex:name "Ann", "Anne"@en, "Anna"@de ; ex:age 41 ; ex:knows ex:bob, ex:cy ; ex:born "1980-02-29"^^xsd:date ;
  ex:died "2020-05-01"^^xsd:date ; ex:email "ann@example.org" ; ex:height 1.75 .
ex:bob a ex:Actor ; ex:name "Bob"@en, "Rob"@EN ; ex:age "old" ; ex:knows ex:bob ; ex:born "1981-02-29"^^xsd:date ; ex:home _:h1 .
ex:cy a ex:Star, ex:Person ; ex:age 17, 18 ; ex:knows ex:dee, "somebody" ; ex:nick "Cy", "C" ; ex:alias "Cy" ; ex:died "1950-01-01"^^xsd:date ;
  ex:born "1960-01-01"^^xsd:date ; ex:home _:h2 .
ex:dee ex:name "Dee"@fr-CA ; ex:age 3.5, 12 ; ex:parent ex:ann ; ex:born "later" ; ex:nick "Dee" ; ex:alias "Dee", "D" .
ex:eve a ex:Person ; ex:parent ex:dee, ex:bob ; ex:age 300 ; ex:code "300"^^xsd:byte, "12"^^xsd:byte, "x"^^xsd:integer ; ex:flag true .
ex:fay a ex:Star ; ex:parent ex:eve ; ex:name "" ; ex:when "2020-01-01T00:00:00Z"^^xsd:dateTime, "2020-13-01T00:00:00"^^xsd:dateTime .
_:h1 a ex:Place ; ex:name "Town" ; ex:inside ex:land . _:h2 ex:name 7 ; ex:inside _:h1 . ex:land a ex:Place ; ex:inside ex:earth .
ex:list ex:items (1 2 3) . ex:lost ex:knows ex:ann .
"""

# what a property shape of every person demands, or of the targets given
CONSTRAINTS = {
    "class": "sh:path ex:knows ; sh:class ex:Person",
    "two-classes": "sh:path ex:knows ; sh:class ex:Person, ex:Actor",
    "datatype-integer": "sh:path ex:age ; sh:datatype xsd:integer",
    "datatype-date": "sh:path ex:born ; sh:datatype xsd:date",
    "datatype-byte": "sh:path ex:code ; sh:datatype xsd:byte",
    "datatype-string": "sh:path ex:name ; sh:datatype xsd:string",
    "datatype-lang": "sh:path ex:name ; sh:datatype rdf:langString",
    "datatype-datetime": "sh:path ex:when ; sh:datatype xsd:dateTime",
    "kind-iri": "sh:path ex:knows ; sh:nodeKind sh:IRI",
    "kind-literal": "sh:path ex:name ; sh:nodeKind sh:Literal",
    "kind-blank": "sh:path ex:home ; sh:nodeKind sh:BlankNode",
    "kind-blank-iri": "sh:path ex:knows ; sh:nodeKind sh:BlankNodeOrIRI",
    "kind-blank-literal": "sh:path ex:knows ; sh:nodeKind sh:BlankNodeOrLiteral",
    "kind-iri-literal": "sh:path ex:home ; sh:nodeKind sh:IRIOrLiteral",
    "min-1": "sh:path ex:name ; sh:minCount 1",
    "min-2": "sh:path ex:name ; sh:minCount 2",
    "min-0": "sh:path ex:name ; sh:minCount 0",
    "max-0": "sh:path ex:age ; sh:maxCount 0",
    "max-1": "sh:path ex:name ; sh:maxCount 1",
    "max-2": "sh:path ex:name ; sh:maxCount 2",
    "min-inclusive": "sh:path ex:age ; sh:minInclusive 18",
    "min-exclusive": "sh:path ex:age ; sh:minExclusive 17",
    "max-inclusive": "sh:path ex:age ; sh:maxInclusive 17",
    "max-exclusive": "sh:path ex:age ; sh:maxExclusive 41.0",
    "min-date": 'sh:path ex:born ; sh:minInclusive "1970-01-01"^^xsd:date',
    "max-decimal": "sh:path ex:height ; sh:maxInclusive 1.7",
    "min-length": "sh:path ex:name ; sh:minLength 4",
    "min-length-0": "sh:path ex:home ; sh:minLength 0",
    "max-length": "sh:path ex:name ; sh:maxLength 3",
    "length-of-blank": "sh:path ex:home ; sh:maxLength 100",
    "pattern": 'sh:path ex:name ; sh:pattern "^A.n"',
    "pattern-flags": 'sh:path ex:name ; sh:pattern "^a" ; sh:flags "i"',
    "pattern-two": 'sh:path ex:name ; sh:pattern "A", "n$"',
    "pattern-quotes": r'sh:path ex:email ; sh:pattern "^[\\w.\"\\\\]+@[a-z]+\\.[a-z]{2,}$"',
    "languages": 'sh:path ex:name ; sh:languageIn ("en" "fr")',
    "one-per-language": "sh:path ex:name ; sh:uniqueLang true",
    "one-per-language-false": "sh:path ex:name ; sh:uniqueLang false",
    "equals": "sh:path ex:nick ; sh:equals ex:alias",
    "disjoint": "sh:path ex:nick ; sh:disjoint ex:alias",
    "less": "sh:path ex:born ; sh:lessThan ex:died",
    "less-or-equal": "sh:path ex:age ; sh:lessThanOrEquals ex:age",
    "has-value": "sh:path ex:knows ; sh:hasValue ex:bob",
    "has-values": 'sh:path ex:knows ; sh:hasValue ex:bob, "somebody"',
    "in": "sh:path ex:knows ; sh:in (ex:bob ex:cy)",
    "in-literals": 'sh:path ex:age ; sh:in (41 "old" 12.0)',
    "in-many": f"sh:path ex:age ; sh:in ({' '.join(map(str, range(30)))})",
    "in-nothing": "sh:path ex:age ; sh:in ()",
    "node": "sh:path ex:knows ; sh:node ex:Named",
    "not": "sh:path ex:knows ; sh:not ex:Named",
    "and": "sh:path ex:knows ; sh:and (ex:Named ex:Grown)",
    "or": "sh:path ex:knows ; sh:or (ex:Named ex:Grown)",
    "xone": "sh:path ex:knows ; sh:xone (ex:Named ex:Grown [ sh:class ex:Star ])",
    "or-property": "sh:path ex:knows ; sh:or ([ sh:path ex:age ; sh:minCount 1 ] [ sh:nodeKind sh:Literal ])",
    "or-datatypes": "sh:path ex:age ; sh:or ([ sh:datatype xsd:integer ] [ sh:datatype xsd:decimal ])",
    "not-not": "sh:path ex:knows ; sh:not [ sh:not [ sh:class ex:Star ] ]",
    "qualified-min": "sh:path ex:knows ; sh:qualifiedValueShape ex:Named ; sh:qualifiedMinCount 1",
    "qualified-max": "sh:path ex:knows ; sh:qualifiedValueShape [ sh:class ex:Person ] ; sh:qualifiedMaxCount 1",
    "qualified-both": "sh:path ex:parent ; sh:qualifiedValueShape ex:Grown ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1",
    "nested-property": "sh:path ex:parent ; sh:property [ sh:path ex:age ; sh:maxCount 1 ; sh:datatype xsd:integer ]",
    "nested-twice": "sh:path ex:parent ; sh:property [ sh:path ex:parent ; sh:property [ sh:path ex:name ; sh:minCount 2 ] ]",
    "nested-counts": "sh:path ex:knows ; sh:node [ sh:property [ sh:path ex:name ; sh:minCount 2 ; sh:maxCount 2 ] ]",
    "nested-pairs": "sh:path ex:knows ; sh:node [ sh:property [ sh:path ex:nick ; sh:equals ex:alias ; sh:disjoint ex:name ] ]",
    "nested-languages": "sh:path ex:knows ; sh:node [ sh:property [ sh:path ex:name ; sh:uniqueLang true ] ]",
    "nested-less": "sh:path ex:knows ; sh:not [ sh:property [ sh:path ex:born ; sh:lessThan ex:died ] ]",
    "nested-closed": "sh:path ex:knows ; sh:node [ sh:closed true ; sh:ignoredProperties (rdf:type ex:age) ]",
    "nested-qualified": "sh:path ex:knows ; sh:node [ sh:property [ sh:path ex:knows ; sh:qualifiedValueShape ex:Named ; sh:qualifiedMinCount 1 ] ]",
    "deactivated": "sh:path ex:name ; sh:minCount 9 ; sh:deactivated true",
    "node-deactivated": "sh:path ex:knows ; sh:node [ sh:class ex:Nobody ; sh:deactivated true ]",
    "warning": "sh:path ex:name ; sh:minCount 2 ; sh:severity sh:Warning",
    "own-severity": "sh:path ex:name ; sh:minCount 2 ; sh:severity ex:Grave",
    "message": 'sh:path ex:name ; sh:minCount 2 ; sh:message "two names"@en, "deux noms"@fr',
    "everything": "sh:path ex:age ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:integer ; sh:minInclusive 0 ; sh:nodeKind sh:Literal",
}
NODE_CONSTRAINTS = {
    "class": "sh:class ex:Actor",
    "datatype": "sh:datatype xsd:integer",
    "kind": "sh:nodeKind sh:IRI",
    "length": "sh:minLength 3 ; sh:maxLength 21",
    "pattern": 'sh:pattern "b$"',
    "range": "sh:minInclusive 5 ; sh:maxExclusive 20",
    "in": 'sh:in (ex:ann "somebody" 12)',
    "has-value": "sh:hasValue ex:bob",
    "languages": 'sh:languageIn ("en")',
    "equals": "sh:equals ex:knows",
    "disjoint": "sh:disjoint ex:knows",
    "closed": "sh:closed true",
    "closed-open": "sh:closed false",
    "closed-some": "sh:closed true ; sh:ignoredProperties (rdf:type ex:name) ; sh:property [ sh:path ex:age ], [ sh:path ex:knows ]",
    "node": "sh:node ex:Named",
    "not": "sh:not ex:Grown",
    "and": "sh:and (ex:Named ex:Grown)",
    "or": "sh:or (ex:Named ex:Grown)",
    "xone": "sh:xone (ex:Named ex:Grown)",
    "property": "sh:property [ sh:path ex:name ; sh:minCount 1 ], [ sh:path ex:age ; sh:maxCount 1 ]",
    "disjoint-siblings": "sh:property [ sh:path ex:knows ; sh:qualifiedValueShape ex:Named ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true ],"
    " [ sh:path ex:knows ; sh:qualifiedValueShape [ sh:class ex:Star ] ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true ]",
    "nothing": 'rdfs:comment "demands nothing"',
}
INNER = """
ex:Named a sh:NodeShape ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .
ex:Grown a sh:NodeShape ; sh:property [ sh:path ex:age ; sh:minInclusive 18 ] .
"""
TARGETS = {
    "class": "sh:targetClass ex:Person",
    "classes": "sh:targetClass ex:Star, ex:Place",
    "subjects": "sh:targetSubjectsOf ex:knows",
    "objects": "sh:targetObjectsOf ex:knows, ex:age",
    "nodes": 'sh:targetNode ex:ann, ex:stranger, "somebody", 12',
    "all": "sh:targetClass ex:Actor ; sh:targetSubjectsOf ex:parent ; sh:targetObjectsOf ex:parent ; sh:targetNode ex:ann",
}
PATHS = {
    "inverse": "[ sh:inversePath ex:knows ]",
    "sequence": "( ex:knows ex:name )",
    "sequence-inverse": "( ex:parent [ sh:inversePath ex:knows ] )",
    "alternative": "[ sh:alternativePath ( ex:knows ex:parent ) ]",
    "any-number": "[ sh:zeroOrMorePath ex:parent ]",
    "one-or-more": "[ sh:oneOrMorePath ex:parent ]",
    "one-or-none": "[ sh:zeroOrOnePath ex:parent ]",
    "list": "( ex:items [ sh:zeroOrMorePath rdf:rest ] rdf:first )",
    "of-alternatives": "[ sh:zeroOrMorePath [ sh:alternativePath ( ex:knows [ sh:inversePath ex:parent ] ) ] ]",
    "of-sequence": "[ sh:oneOrMorePath ( ex:knows ex:knows ) ]",
    "types": "( rdf:type [ sh:zeroOrMorePath rdfs:subClassOf ] )",
    "home": "( ex:home [ sh:oneOrMorePath ex:inside ] )",
}
PATH_DEMANDS = {
    "counts": "sh:minCount 2 ; sh:maxCount 2",
    "class": "sh:class ex:Person ; sh:nodeKind sh:IRI",
    "value": "sh:hasValue ex:ann",
    "pairs": "sh:equals ex:knows ; sh:disjoint ex:parent",
    "shape": "sh:node ex:Named ; sh:qualifiedValueShape ex:Grown ; sh:qualifiedMaxCount 1",
    "below": "sh:property [ sh:path ex:name ; sh:minCount 1 ]",
}


def triples(text: str, name: str = "case.ttl") -> tuple[Triple, ...]:
    """Return the triples of Turtle, with the prefixes that all cases share."""
    return tuple(quad.triple for quad in read_rdf((HEAD + text).encode(), "turtle", name, DATA))


def store(data: Iterable[Triple]) -> Embedded:
    """Return a store with the data in one graph."""
    return Embedded.memory(Quad(*triple, DATA) for triple in data)


def compiled(shapes: Iterable[Triple], data: Iterable[Triple]) -> list[Finding]:
    """Return what the compiled checks find; fail where they would ask the reference engine."""
    checks, held = compile_shapes(shapes), store(data)
    assert not checks.unfit(held, [DATA])
    return list(checks.run(held, [DATA]))


def reference(shapes: Iterable[Triple], data: Iterable[Triple]) -> list[Finding]:
    """Return what pyshacl finds, on the literals that the store holds (it keeps 01 as 1)."""
    return list(by_pyshacl(shapes, [quad.triple for quad in store(data).quads()]))


def facts(findings: Iterable[Finding]) -> Counter[tuple[object, ...]]:
    """Return findings as they are compared: focus, path, value, component, severity and shape, each counted."""
    return Counter(
        (known(it.focus), it.path, None if it.value is None else known(it.value), it.component, it.severity, it.shape)
        for it in findings
    )


def known(term: Term) -> Term:
    """Return a term as it is compared: language tags have no case."""
    if isinstance(term, Literal) and term.language:
        return Literal(term.value, language=term.language.lower())
    return Blank("_:data") if isinstance(term, Blank) else term


# --- SHACL-SPARQL -----------------------------------------------------------------------------------------------------

DECLARED = """
ex:prefixes sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ], [ sh:prefix "xsd" ; sh:namespace "http://www.w3.org/2001/XMLSchema#"^^xsd:anyURI ] .
"""
SELECTS = {
    "plain": "SELECT $this ?value WHERE { $this ex:age ?value FILTER (?value < 18) }",
    "this": "SELECT $this WHERE { $this ex:knows $this }",
    "path": "SELECT $this ?path ?value WHERE { $this ex:nick ?value BIND (ex:nick AS ?path) }",
    "optional": "SELECT $this WHERE { $this ex:age ?age OPTIONAL { $this ex:name ?name } FILTER (!BOUND(?name)) }",
    "optional-of-another": "SELECT $this ?other WHERE { ?other a ex:Person OPTIONAL { ?other ex:knows $this . FILTER ($this != ?other) BIND (1 AS ?one) } FILTER (!BOUND(?one)) }",
    "union": "SELECT $this ?value WHERE { { $this ex:nick ?value } UNION { ?value ex:knows $this FILTER ($this != ex:ann) } }",
    "union-of-tests": "SELECT $this WHERE { { FILTER ($this = ex:ann) } UNION { FILTER ($this = ex:bob) } }",
    "not-exists": "SELECT $this WHERE { FILTER NOT EXISTS { $this ex:name ?name } }",
    "exists-inside": "SELECT $this ?value WHERE { $this ex:knows ?value FILTER EXISTS { ?value ex:age ?age FILTER NOT EXISTS { ?value ex:knows $this } } }",
    "group": "SELECT $this WHERE { { { FILTER ($this = ex:cy) } FILTER (BOUND($this)) } $this ex:age ?age }",
    "bind": "SELECT $this ?value WHERE { BIND (STR($this) AS ?value) FILTER (ISIRI($this) && STRENDS(?value, 'b')) }",
    "select-inside": "SELECT $this ?n WHERE { { SELECT $this (COUNT(?x) AS ?n) WHERE { $this ex:knows ?x } GROUP BY $this } FILTER (?n > 1) }",
    "group-by": "SELECT $this (COUNT(?x) AS ?n) WHERE { $this ex:knows ?x } GROUP BY $this HAVING (COUNT(?x) > 1)",
    "distinct": "SELECT DISTINCT $this WHERE { $this ex:knows ?a . $this ex:knows ?b FILTER (?a != ?b) }",
    "limit": "SELECT $this ?value WHERE { $this ex:age ?value } ORDER BY ?value LIMIT 1",
    "path-expression": "SELECT $this ?value WHERE { $this ex:knows+/^ex:parent ?value }",
    "strings": 'SELECT $this WHERE { $this ex:name ?n FILTER (?n != "} $this {" && STRLEN(?n) < 4) } # $this { \n',
    "in-list": "SELECT $this WHERE { $this ex:knows ?x FILTER (?x IN (ex:bob, ex:dee)) }",
    "cast": "SELECT $this ?value WHERE { $this ex:age ?value FILTER (xsd:integer(?value) > 40) }",
    "other-sign": "SELECT ?this ?value WHERE { ?this ex:age ?value . }",
    "blank-lists": "SELECT $this WHERE { $this ex:knows [ ex:age ?age ; a ex:Star ] }",
    "current": "SELECT $this WHERE { $this a ex:Person FILTER ($currentShape = ex:S && ISIRI($this)) }",
}
PATH_SELECTS = {
    "path": "SELECT $this ?value WHERE { $this $PATH ?value FILTER (!ISIRI(?value)) }",
    "count": "SELECT $this WHERE { $this $PATH ?a . $this $PATH ?b FILTER (STR(?a) < STR(?b)) }",
}
COMPONENTS = """
ex:Longer a sh:ConstraintComponent ; sh:parameter [ sh:path ex:longerThan ] ;
  sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER (!ISBLANK($value) && STRLEN(STR($value)) > $longerThan) }" ; sh:message "not longer than {$longerThan}" ] .
ex:Linked a sh:ConstraintComponent ; sh:parameter [ sh:path ex:linkedBy ], [ sh:path ex:exceptTo ; sh:optional true ] ;
  sh:nodeValidator [ a sh:SPARQLSelectValidator ; sh:select "SELECT DISTINCT $this WHERE { $this $linkedBy ?other FILTER (!BOUND($exceptTo) || ?other != $exceptTo) }" ] ;
  sh:propertyValidator [ a sh:SPARQLSelectValidator ; sh:select "SELECT $this ?value WHERE { $this $PATH ?value . $this $linkedBy ?value }" ] .
ex:Known a sh:ConstraintComponent ; sh:parameter [ sh:path ex:knownBy ] ;
  sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { ?someone $knownBy $value . { FILTER (BOUND($value)) } FILTER NOT EXISTS { $value $knownBy ?someone FILTER (?someone != $value) } }" ] .
"""
USES = {
    "longer": "ex:longerThan 3",
    "linked": "ex:linkedBy ex:knows",
    "linked-except": "ex:linkedBy ex:knows ; ex:exceptTo ex:bob",
    "known": "ex:knownBy ex:knows",
}

"""Where quads are kept: embedded (Oxigraph), remote (any SPARQL 1.1 server), and the door to rdflib."""

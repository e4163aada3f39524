"""Links between our things and Wikidata's: proposed with reasons, decided by people, kept outside every closure.

``kg.link.snapshot`` holds what is known of Wikidata, ``kg.link.match`` proposes, ``kg.link.sssom`` keeps the decisions,
`quads` says in RDF what was accepted. ``kg.link.client`` alone touches the network, ``kg.link.files`` the disk.
"""

from kg.link.graph import quads
from kg.link.mapping import Mapping, merge

__all__ = ["Mapping", "merge", "quads"]

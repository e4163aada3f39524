"""From records to claims: what an entry says and what an editor adds, as quads with their evidence.

>>> from kg.claims import Identity, Scene, entry_claims
"""

from kg.claims.claim import Claim, merged
from kg.claims.depictions import settled
from kg.claims.directory import Directory, directory
from kg.claims.entry import entry_claims
from kg.claims.identity import Identity
from kg.claims.nodes import Claimed, Kinds, Node, background
from kg.claims.scene import Scene
from kg.claims.sources import outside_sources
from kg.claims.statements import statement_claims
from kg.claims.things import things

__all__ = [
    "Claim",
    "Claimed",
    "Directory",
    "Identity",
    "Kinds",
    "Node",
    "Scene",
    "background",
    "directory",
    "entry_claims",
    "merged",
    "outside_sources",
    "settled",
    "statement_claims",
    "things",
]

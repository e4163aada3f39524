"""Where a story leaves history: the rules that hold what a story says against what really happened."""

from kg.assess.compare import Fact, Verdict, compare
from kg.assess.matching import Background, Match, match

__all__ = ["Background", "Fact", "Match", "Verdict", "compare", "match"]

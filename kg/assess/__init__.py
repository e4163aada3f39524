"""Where a story leaves history: the rules that hold what a story says against what really happened."""

from kg.assess.compare import Disagreement, Fact, Verdict, compare, disagreements
from kg.assess.matching import Background, Match, match

__all__ = ["Background", "Disagreement", "Fact", "Match", "Verdict", "compare", "disagreements", "match"]

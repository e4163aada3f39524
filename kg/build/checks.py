"""What is wrong with a draft: broken shapes, contradictions, sources and verdicts that disagree."""

from __future__ import annotations

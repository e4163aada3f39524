"""Porthole: a knowledge graph of what stories say and what history says."""

__version__ = "0.1.0"

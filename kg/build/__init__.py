"""The pipeline: guides in, a validated and immutable graph out.

    files -> entries and statements -> claims -> worlds with their closures -> verdicts -> checks -> published store

Each step is pure and lives in a package of its own; this one reads files, calls them in order and writes the result.
``pipeline.build`` is the whole of it.
"""

"""What others say, as claims of their sources: their statements fitted to the ontology, their things to the project's.

`imported` is the way in: the statements of one file, as the readers of ``kg.imports`` tell them, become claims. The
other modules each answer one question about a statement: may it come in, what is its term here, which thing does it
speak of, what is its value, where does it stand.
"""

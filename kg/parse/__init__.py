"""Guide text to records: the front door of the program. What it reads is text, what it gives are records with spans.

document(name, data)              a file as text: decoded, front matter read, an HTML page turned into text
Gazetteer(known)                  known names, compiled once
entries(document, gazetteer)      its entries, one after the other
layouts(document)                 the same without names and dates in prose
record(entry), text(entry)        an entry as JSON, and written out as a guide page again
explain(code)                     what a diagnostic means
"""

from kg.parse.document import document
from kg.parse.entries import entries, layouts
from kg.parse.gazetteer import Gazetteer
from kg.parse.notices import CODES, explain
from kg.parse.record import record
from kg.parse.write import text

__all__ = ["CODES", "Gazetteer", "document", "entries", "explain", "layouts", "record", "text"]

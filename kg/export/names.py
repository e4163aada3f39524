"""Short names of IRIs: how Turtle, TriG and RDF/XML write a term with prefixes.

A prefix is used for names that need no escaping; what lies under the prefix ``id``, the project's base, is written
relative to ``@base``, so that ``<lantern/character/ada>`` reads as it is meant, slashes and all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.export.rows import literal_parts, unescape

_LOCAL = re.compile(r"[A-Za-z_0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?\Z")
_RELATIVE = re.compile(r"(?:[^./?#:\s][^/?#:\s]*)(?:/[^./?#\s][^/?#\s]*)*(?:[?#][^#\s]*)?\Z")
_SPLIT = re.compile(r"(.*[/#:])([^/#:]*)\Z", re.DOTALL)
_BASE = re.compile(r"https?://[^?#]+/\Z")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_BARE = {  # only what every reader gives back to the letter: rdflib makes 007 to 7 and 1.0e3 to 1000.0
    _XSD + "integer": re.compile(r"(?:0|-?[1-9][0-9]*)\Z"),
    _XSD + "decimal": re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]{1,6}\Z"),
    _XSD + "boolean": re.compile(r"(?:true|false)\Z"),
}
_CONTROLS = {code: f"\\u{code:04X}" for code in (*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF)}
_IN_LONG_TEXT = str.maketrans({"\\": "\\\\", "\r": "\\r"} | {chr(code): text for code, text in _CONTROLS.items()})


class TurtleNames(dict[str, str]):
    """Tokens to their Turtle text, those of names kept; ``used`` and ``based`` say what a head must declare."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        base = prefixes.get("id", "")
        self.base = base if _BASE.match(base) else ""
        self.used: set[str] = set()
        self.based = False
        self._namespaces = {stem: name for name, stem in sorted(prefixes.items()) if stem != self.base}

    def __missing__(self, token: str) -> str:
        if token[0] == '"':  # which the lines that hold it remember
            return self._literal(token)
        text = self[token] = self._iri(token) if token[0] == "<" else token
        return text

    def head(self, prefixes: Mapping[str, str]) -> str:
        """Return the declarations of what was used."""
        lines = [f"@base <{self.base}> .\n"] if self.based else []
        lines += [f"@prefix {name}: <{prefixes[name]}> .\n" for name in sorted(self.used)]
        return "".join(lines) + ("\n" if lines else "")

    def _iri(self, token: str) -> str:
        iri = token[1:-1]
        if self.base and iri.startswith(self.base) and _RELATIVE.match(iri, len(self.base)):
            self.based = True
            return f"<{iri[len(self.base) :]}>"
        found = _SPLIT.match(iri)
        if found and found[1] in self._namespaces and _LOCAL.match(found[2]):
            prefix = self._namespaces[found[1]]
            self.used.add(prefix)
            return f"{prefix}:{found[2]}"
        return token

    def _literal(self, token: str) -> str:
        body, datatype, language = literal_parts(token)
        bare = _BARE.get(datatype)
        if bare and bare.match(body):
            return body
        text = long_text(unescape(body)) if "\\n" in body else f'"{body}"'
        if datatype:
            return f"{text}^^{self[f'<{datatype}>']}"
        return f"{text}@{language}" if language else text


def long_text(text: str) -> str:
    """Return a text of several lines between triple quotation marks, or on one line where it has no line ends."""
    if "\n" not in text:  # an escaped backslash before an n looked like one
        return '"' + text.translate(_IN_LONG_TEXT).replace('"', '\\"').replace("\t", "\\t") + '"'
    body = text.translate(_IN_LONG_TEXT).replace('"""', '\\"\\"\\"')
    ending = len(body) - len(body.rstrip('"'))
    return '"""' + body[: len(body) - ending] + '\\"' * ending + '"""'

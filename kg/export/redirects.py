"""The redirect rules behind permanent names under w3id.org, made from those of the ontology for a site of one's own."""

from __future__ import annotations

import re

from kg.export.release import Release
from kg.vocab import PORTHOLE

_REGISTER = "https://w3id.org/"
_PLACE = re.compile(r"\[E=SITE:[^\]]*\]")
_THINGS = """\
# Redirects of {register}{name}/ to the published site.
Options +FollowSymLinks
RewriteEngine on
RewriteRule ^{pattern}(.*)$ {site}/{path}$1 [R=303,L,NE]
"""


def redirects(release: Release, rules: str) -> str:
    """Return the rules for a release's names; nothing where they are not under w3id.org, and need none.

    ``rules`` are those of the ontology and its things, which only the release under their own names may take over.
    """
    if not release.base.startswith(_REGISTER):
        return ""
    if release.base.startswith(PORTHOLE):
        return _PLACE.sub(f"[E=SITE:{release.site}]", rules)
    name, _, path = release.base.removeprefix(_REGISTER).partition("/")
    return _THINGS.format(register=_REGISTER, name=name, path=path, pattern=re.escape(path), site=release.site)

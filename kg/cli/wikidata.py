"""``kg wikidata``: make a snapshot for a project, and statements to give back. Nothing is ever sent."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.link import opened, progress
from kg.cli.options import project_option
from kg.errors import InputError, NetworkError, UsageError

if TYPE_CHECKING:
    from kg.link.client import Client
    from kg.link.entity import Wanted
    from kg.link.items import Item

_QUERIES = {"astronauts": ("data", "wikidata", "crewed-flight.rq")}


@click.group()
def wikidata() -> None:
    """Make a snapshot of Wikidata, or statements to give back to it. Nothing is ever sent."""


@wikidata.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The snapshot: .nt or .nt.gz.")
@click.option("--ids", help="Q-ids, separated by commas, or a file with one on each line.")
@click.option("--query", help="A SPARQL query's file that selects ?item, or “astronauts”.")
@click.option("--dump", type=click.Path(path_type=Path), help="Filter a dump: JSON lines, .gz or .bz2 allowed.")
@click.option("--classes", default="", help="From a dump, items of these classes: Q-ids, separated by commas.")
@click.option("--having", default="", help="From a dump, items with these values: P106=Q11631, …, commas between.")
@click.option("--languages", default="en", show_default=True, help="Names in these languages; “all” for every one.")
@click.option("--endpoint", help="Another SPARQL endpoint than Wikidata's.")
@click.option("--api", help="Another MediaWiki API than Wikidata's.")
@click.option("--contact", default="", help="How Wikidata's operators reach you: an address or e-mail.")
@click.option("--fresh", is_flag=True, help="Ask again what was asked before.")
def snapshot(
    output: Path, ids: str | None, query: str | None, dump: Path | None, classes: str, having: str, languages: str,
    endpoint: str | None, api: str | None, contact: str, *, fresh: bool,
) -> int:  # fmt: skip
    """Make a snapshot: by ids, by a query, or by filtering a dump. A manifest is written beside it.

    An interrupted run over the network goes on where it stopped: call it again.
    """
    wanted = _wanted(ids, classes, having, languages)
    if sum(map(bool, (query, dump))) + bool(ids and not dump) != 1:
        raise UsageError("say what to keep: --ids, or --query, or --dump with --ids, --classes or --having")
    if dump is not None:
        items: Iterable[Item] = _from_dump(dump, wanted)
        told = f"dump {dump.name}; ids {ids or '-'}; classes {classes or '-'}; having {having or '-'}"
    else:
        items, told = _from_network(wanted, query, endpoint, api, _client(contact, fresh=fresh))
    missing = set(wanted.qids)
    count = _written(_seen(items, missing), output, told, languages)
    click.echo(f"{output}: {count} item{'s' * (count != 1)}", err=True)
    if missing:
        shown = ", ".join(sorted(missing)[:10]) + (" …" if len(missing) > 10 else "")
        click.echo(f"kg: {len(missing)} of {len(wanted.qids)} were not found: {shown}", err=True)
    return 0 if count else 1


def _seen(items: Iterable[Item], missing: set[str]) -> Iterator[Item]:
    """Yield items, striking each off what is missing; memory stays the same however many there are."""
    for item in items:
        missing.discard(item.qid)
        yield item


def _wanted(ids: str | None, classes: str, having: str, languages: str) -> Wanted:
    from kg.link.entity import Wanted
    from kg.link.wikidata import is_qid

    kept = frozenset() if languages == "all" else frozenset(filter(None, re.split(r"[,\s]+", languages)))
    pairs = [tuple(part.partition("=")[::2]) for part in re.split(r"[,\s]+", having) if part]
    wrong = next((pair for pair in pairs if not (re.fullmatch(r"P[1-9][0-9]*", pair[0]) and is_qid(pair[1]))), None)
    if wrong is not None:
        raise InputError("--having", f"“{'='.join(wrong)}” is no property with a value, such as P106=Q11631")
    return Wanted(_ids(ids or ""), _ids(classes), frozenset(pairs), kept)


def _ids(said: str) -> frozenset[str]:
    from kg.link.files import text_of
    from kg.link.wikidata import is_qid

    if not said:
        return frozenset()
    path = Path(said)
    text = text_of(path) if not is_qid(said.split(",")[0].strip()) else said
    found = [part for part in re.split(r"[,\s]+", text) if part]
    wrong = next((part for part in found if not is_qid(part)), None)
    if wrong is not None:
        raise InputError(said if text is not said else "--ids", f"“{wrong}” is no Q-id, such as Q42")
    return frozenset(found)


def _client(contact: str, *, fresh: bool) -> Client:
    import time

    from kg.link.client import Client
    from kg.link.files import Kept
    from kg.project import cache

    return Client(Kept(cache() / "wikidata", time.time() if fresh else 0.0), contact=contact)


def _from_network(
    wanted: Wanted, query: str | None, endpoint: str | None, api: str | None, client: Client
) -> tuple[Iterator[Item], str]:
    from kg.link.client import MEDIAWIKI, SPARQL
    from kg.link.entity import item_of

    text = _query(query) if query else ""
    qids = _selected(client.select(text, endpoint or SPARQL), endpoint or SPARQL) if text else sorted(wanted.qids)

    def found() -> Iterator[Item]:
        with client, progress(len(qids), "items") as advance:
            for entity in client.entities(qids, api or MEDIAWIKI):
                advance(1)
                try:
                    yield item_of(entity, wanted.languages)
                except ValueError as error:
                    raise NetworkError(f"{api or MEDIAWIKI}: an item {error}") from error

    return found(), text or f"ids {','.join(qids)}"


def _query(said: str) -> str:
    from kg.link.files import text_of
    from kg.resources import shared

    return text_of(shared(*_QUERIES[said]) if said in _QUERIES else Path(said))


def _selected(answer: str, endpoint: str) -> list[str]:
    from kg.vocab import WD

    try:
        rows = json.loads(answer)["results"]["bindings"]
        values = [row["item"]["value"] for row in rows]
    except (ValueError, KeyError, TypeError) as error:
        raise NetworkError(f"{endpoint}: the answer is no SPARQL result with ?item ({error})") from error
    return sorted({value.removeprefix(str(WD)) for value in values if value.startswith(str(WD))})


def _from_dump(dump: Path, wanted: Wanted) -> Iterator[Item]:
    from kg.link.entity import from_line
    from kg.link.files import lines_of

    if not (wanted.qids or wanted.classes or wanted.values):
        raise UsageError("say which items of the dump to keep: --ids, --classes or --having")
    size = dump.stat().st_size if dump.exists() else 0
    before = 0
    with progress(size, dump.name) as advance:
        for number, (line, position) in enumerate(lines_of(dump), start=1):
            advance(position - before)
            before = position
            try:
                item = from_line(line, wanted)
            except ValueError as error:
                raise InputError(str(dump), f"is no line of a Wikidata dump: {error}", line=number) from error
            if item is not None:
                yield item


def _written(items: Iterable[Item], output: Path, told: str, languages: str) -> int:
    """Write items as they come, and the manifest when all are there; return how many there were."""
    from datetime import date

    from kg.cli.output import to_file
    from kg.link.files import replace
    from kg.link.snapshot import item_triples
    from kg.link.wikidata import LICENCE
    from kg.vocab import n3

    digest, count = hashlib.sha256(), 0

    def pieces() -> Iterator[str]:
        nonlocal count
        for item in items:
            count += 1
            text = "".join(sorted({" ".join(map(n3, triple)) + " .\n" for triple in item_triples(item)}))
            digest.update(text.encode())
            yield text

    to_file(pieces(), output)
    manifest = {
        "title": "A snapshot of Wikidata",
        "source": "http://www.wikidata.org/",
        "licence": LICENCE,
        "made": date.today().isoformat(),
        "query": told,
        "languages": languages,
        "items": count,
        "sha256": digest.hexdigest(),
    }
    replace(output.with_name(output.name + ".manifest.json"), json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")
    return count


@wikidata.command()
@project_option
@click.option("-s", "--snapshot", "snapshots", multiple=True, help="Hold against these instead of the project's own.")
@click.option("-f", "--format", "form", type=click.Choice(["quickstatements", "json"]), default="quickstatements")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to a file.")
@click.option("--dry-run", is_flag=True, help="Say in words what would be given, and what is wrong with it.")
def statements(
    project: Path | None, snapshots: tuple[str, ...], form: str, output: Path | None, *, dry_run: bool
) -> int:
    """Write what the guide knows of linked items and the snapshot lacks, for people to give to Wikidata.

    A statement that would break Wikidata's policies is refused (1), and the others are written. Nothing is sent.
    """
    from datetime import date

    from kg.cli.link import link_decisions
    from kg.cli.output import written
    from kg.link import forms, giveback, policy
    from kg.project import Project

    here = Project.find(project)
    known = opened(snapshots or tuple(map(str, here.snapshots())))
    items = giveback.links(link_decisions(here), known, here.names)
    given = giveback.statements(here.store(), items, known, here.names, date.today().isoformat())
    faults = {one: tuple(policy.faults([one], known)) for one in given}
    sound = [one for one in given if not faults[one]]
    for problem in (problem for problems in faults.values() for problem in problems):
        click.echo(f"kg: refused: {problem}", err=True)
    if dry_run:
        for one in sound:
            click.echo(policy.in_words(one, known))
    else:
        written(forms.rest(sound) if form == "json" else forms.quick_statements(sound), output)
    unknown = sorted({one.item for one in given} - known.items.keys())
    if unknown:
        click.echo(f"kg: not in the snapshot, so they may have this already: {', '.join(unknown)}", err=True)
    click.echo(f"{len(sound)} statements, {len(given) - len(sound)} refused; nothing was sent", err=True)
    return int(len(sound) < len(given))

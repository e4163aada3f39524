"""``kg link`` and ``kg wikidata``: find, decide, enrich and give back."""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import project_option
from kg.errors import InputError, UsageError
from kg.vocab import WD, Iri

if TYPE_CHECKING:
    from rich.text import Text

    from kg.link import Mapping
    from kg.link.items import Snapshot
    from kg.link.match import Answer
    from kg.link.subjects import Subject
    from kg.project import Project

_FORMATS = ("table", "tsv", "json")


@click.group()
def link() -> None:
    """Link things to Wikidata: match names, propose links, decide on them."""


@link.command()
@click.option("-i", "--input", "table", type=click.Path(path_type=Path), required=True, help="TSV: label, kind, year.")
@click.option("-s", "--snapshot", "snapshots", multiple=True, help="A snapshot: .nt, .ttl, .tsv, .gz; or KIND=FILE.")
@click.option("-f", "--format", "form", type=click.Choice(_FORMATS), help="Default: table, or tsv when piped.")
@click.argument("more", nargs=-1)
def match(table: Path, snapshots: tuple[str, ...], form: str | None, more: tuple[str, ...]) -> int:
    """Answer each name with its item, none or ambiguous, one line for each line of the input.

    Several snapshots may follow one --snapshot. The items of a table are taken to be of the kind that KIND=FILE
    names, else that its columns or its file's name tell.
    """
    from kg.cli.output import written
    from kg.link import questions
    from kg.link.files import text_of
    from kg.link.match import Index

    if not snapshots and not more:
        raise UsageError("name a snapshot to look in: --snapshot FILE")
    asked = questions.read(text_of(table), str(table))
    index = Index(opened((*snapshots, *more)))
    answers = map(index.answer, asked.asked)
    form = form or ("table" if sys.stdout.isatty() else "tsv")
    if form == "table":
        return _tabulated(answers)
    return written(
        questions.json_lines(answers) if form == "json" else questions.tsv(answers, headed=asked.headed), None
    )


@link.command()
@project_option
@click.option("-s", "--snapshot", "snapshots", multiple=True, help="Look here instead of the project's own snapshots.")
@click.option("--service", help="Ask a reconciliation service: its address, or “wikidata”.")
@click.option("--contact", default="", help="How a service's operator reaches you: an address or e-mail.")
@click.option("--fresh", is_flag=True, help="Ask again what was asked before.")
@click.option("--dry-run", is_flag=True, help="Print the proposals, leave the link file as it is.")
def propose(
    project: Path | None, snapshots: tuple[str, ...], service: str | None, contact: str, *, fresh: bool, dry_run: bool
) -> int:
    """Propose links for the things of the current build, into the project's link file.

    No decision is lost: what was accepted or rejected stays, and is not proposed again.
    """
    from datetime import date

    from kg.link import merge, sssom
    from kg.link.review import waiting
    from kg.link.subjects import classes, proposals, subjects
    from kg.project import Project
    from kg.version import VERSION

    here = Project.find(project)
    store, known = here.store(), link_decisions(here)
    asked = (*subjects(store, here.names), *classes(store))
    if service:
        found, objects = _from_service(asked, service, contact, here, fresh=fresh)
    else:
        places = snapshots or tuple(map(str, here.snapshots()))
        found, objects = _from_snapshots(asked, places, known), str(WD)
    pairs = list(found)
    fresh_ones = tuple(proposals(pairs, here.names, date.today().isoformat(), VERSION, objects))
    text = _rewrite(here, lambda links: merge(links, fresh_ones), keep=not dry_run)
    if dry_run:
        click.echo(text, nl=False)
    earlier, open_ones = {mapping.key for mapping in known}, waiting(sssom.read(text))
    _summary(pairs, sum(mapping.key not in earlier for mapping in open_ones), len(open_ones))
    return 0


def _summary(pairs: Sequence[tuple[Subject, Answer]], new: int, left: int) -> None:
    verdicts = Counter(answer.verdict for _, answer in pairs)
    counted = f"{verdicts['match']} with an item, {verdicts['ambiguous']} ambiguous, {verdicts['none']} with none"
    then = ": kg link review" if left else ""
    click.echo(
        f"{len(pairs)} things asked for: {counted}. {_proposals(new, 'new ')}, {left} to decide on{then}", err=True
    )


def _from_snapshots(
    asked: Sequence[Subject], snapshots: tuple[str, ...], known: Sequence[Mapping]
) -> Iterator[tuple[Subject, Answer]]:
    from kg.link.match import Index
    from kg.link.subjects import answers

    return answers(Index(opened(snapshots)), asked, known)


def _from_service(
    asked: Sequence[Subject], url: str, contact: str, here: Project, *, fresh: bool
) -> tuple[Iterator[tuple[Subject, Answer]], str]:
    from kg.link.client import Client
    from kg.link.files import Kept
    from kg.link.match import Index

    kept = Kept(here.builds / "services", time.time() if fresh else 0.0)
    client = Client(kept, contact=contact)
    service = client.service(url)
    questions = [subject.question for subject in asked]

    def found() -> Iterator[tuple[Subject, Answer]]:
        with client, progress(len(questions), service.name) as advance:
            for subject, candidates in zip(asked, client.candidates(service, questions), strict=True):
                advance(1)
                yield subject, Index(candidates).answer(subject.question)

    return found(), service.identifiers


@link.command()
@project_option
@click.option("--reviewer", required=True, help="Who decides: an ORCID, or a name.")
def review(project: Path | None, reviewer: str) -> int:
    """Walk through the proposals and decide: y accepts, n rejects, s skips, u undoes the last, q stops.

    Each decision is saved at once, into the file as it then stands.
    """
    from datetime import date

    from kg.cli.deciding import walk
    from kg.link.review import replaced, waiting
    from kg.project import Project

    here = Project.find(project)

    who = _reviewer(reviewer, here)

    def save(decision: Mapping) -> None:
        _rewrite(here, lambda links: replaced(links, decision, who))

    walk(waiting(link_decisions(here)), who, date.today().isoformat(), save)
    click.echo(f"{_proposals(len(waiting(link_decisions(here))))} left to decide on", err=True)
    return 0


def _proposals(count: int, sort: str = "") -> str:
    return f"1 {sort}proposal" if count == 1 else f"{count} {sort}proposals"


def _rewrite(here: Project, change: Callable[[tuple[Mapping, ...]], tuple[Mapping, ...]], *, keep: bool = True) -> str:
    """Return the link file with a change made to it as it now stands, since others may write it too; keep it so."""
    from kg.link import sssom
    from kg.link.files import replace, text_of
    from kg.project import LINKS

    path = here.links()
    earlier = text_of(path) if path else ""
    text = sssom.write(change(sssom.read(earlier)), here.names.base, earlier)
    if keep and text != earlier:
        replace(here.root / LINKS, text)
    return text


def _reviewer(said: str, here: Project) -> Iri:
    orcid = said.removeprefix("https://orcid.org/").removeprefix("orcid:")
    if re.fullmatch(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", orcid):
        return Iri(f"https://orcid.org/{orcid}")
    return here.names.agent(said)


def link_decisions(here: Project) -> tuple[Mapping, ...]:
    """Return what the project's link file holds, or nothing where it has none."""
    from kg.link import sssom
    from kg.link.files import text_of

    path = here.links()
    return sssom.read(text_of(path), path.name) if path else ()


@contextmanager
def progress(total: int, what: str) -> Iterator[Callable[[int], None]]:
    """Show a bar with an estimate on standard error where that is a terminal; call what it gives with each step."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda step: bar.advance(task, step)


def opened(paths: Iterable[str]) -> Snapshot:
    """Return the snapshots in files as one; a path may be ``KIND=PATH``."""
    from kg.link.items import Snapshot

    return reduce(Snapshot.union, map(_opened, paths))


def _opened(path: str) -> Snapshot:
    from kg.link.files import text_of
    from kg.link.snapshot import kind_of_file, read, read_table
    from kg.link.wikidata import KINDS
    from kg.store.embedded import read_file

    kind, equals, rest = path.partition("=")
    said = kind if equals and kind in KINDS else ""
    file = Path(rest) if said else Path(path)
    if ".tsv" in file.suffixes[-2:]:
        found = read_table(text_of(file), said or kind_of_file(file.name))
    else:
        found = read(read_file(file))
    if not found.items:
        wanted = "columns qid, label and year" if ".tsv" in file.suffixes[-2:] else "RDF in Wikidata's shape"
        raise InputError(str(file), f"holds no items of Wikidata; wanted are {wanted}")
    return found


def _tabulated(answers: Iterable[Answer]) -> int:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("name", "answer", "score", "evidence"):
        table.add_column(name, justify="right" if name == "score" else "left", overflow="fold")
    for answer in answers:
        table.add_row(*map(_plain, (answer.question.label, answer.text, f"{answer.score:.2f}", answer.evidence)))
    Console().print(table)
    return 0


def _plain(text: str) -> Text:
    from rich.text import Text

    return Text(text)

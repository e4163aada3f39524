"""``kg release``: what is in the folder, what refuses it, and that it is there whole or not at all."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
import rdflib
import yaml
from click.testing import CliRunner

from kg.cli import commands
from kg.errors import KgError
from kg.export import dcat
from kg.export.redirects import redirects
from kg.export.release import Release, Source, faults, nobodys
from kg.resources import shared
from kg.vocab import DCTERMS, SCHEMA, Iri, Literal, Quad
from tests import export_shapes as shapes

rocrate = pytest.importorskip("rocrate.rocrate")

CC_BY = Iri("https://creativecommons.org/licenses/by/4.0/")
CATALOGUE = Iri(shapes.BASE + "catalogue")
LICENSED = Quad(Iri(shapes.BASE + "source/almanac"), DCTERMS.license, CC_BY, CATALOGUE)
SETTINGS = """\
title = "The Lantern, told and flown"
base = "https://w3id.org/porthole/id/"
licence = "https://creativecommons.org/licenses/by/4.0/"
site = "https://guide.porthole.net"
publisher = "Lantern Press"
"""


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str


def kg(*arguments: str) -> Answer:
    result = CliRunner().invoke(commands, arguments, standalone_mode=False)
    if isinstance(result.exception, KgError):
        return Answer(result.exception.exit_status, result.stdout, f"{result.stderr}{result.exception}")
    if result.exception:
        raise result.exception
    return Answer(result.return_value, result.stdout, result.stderr)


def project(folder: Path, quads: Iterable[Quad], settings: str = SETTINGS) -> Path:
    builds = shapes.built(folder / ".kg", quads)
    (folder / "kg.toml").write_text(settings, encoding="utf-8")
    base = next(line.split('"')[1] for line in settings.splitlines() if line.startswith("base"))
    manifest = {"base": base, "digest": "ab" * 32, "created": "2031-05-04T10:00:00+00:00"}
    (builds / "one" / "build.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("guide"), [*shapes.guide(), LICENSED])


@pytest.fixture(scope="module")
def folder(guide: Path) -> Path:
    answer = kg("release", "-p", str(guide), "-o", str(guide / "out"))
    assert (answer.status, answer.err) == (0, "")
    return guide / "out"


def description(folder: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(folder / "description.ttl")


def test_every_format_holds_what_an_export_holds(guide: Path, folder: Path) -> None:
    for syntax, name in (("trig", "guide.trig"), ("nquads", "guide.nq"), ("jsonld", "guide.jsonld")):
        data = gzip.decompress((folder / "dumps" / f"{name}.gz").read_bytes()).decode()
        assert data == kg("export", "-p", str(guide), "-f", syntax).out
    for syntax, suffix in (("turtle", "ttl"), ("ntriples", "nt"), ("rdfxml", "rdf")):
        data = gzip.decompress((folder / "dumps" / f"lantern.{suffix}.gz").read_bytes()).decode()
        assert data == kg("export", "-p", str(guide), "-f", syntax, "--world", "lantern").out


def test_terms_shapes_and_queries_go_along(folder: Path) -> None:
    assert (folder / "ontology" / "porthole.ttl").read_bytes() == shared("ontology", "porthole.ttl").read_bytes()
    for version in ("0.1.0", "0.2.0"):
        terms = (folder / "ontology" / version / "porthole.ttl").read_text(encoding="utf-8")
        assert f"owl:versionIRI <https://w3id.org/porthole/ontology/{version}>" in terms
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.rq")} == {
        f"queries/{path.relative_to(shared('queries')).as_posix()}" for path in shared("queries").rglob("*.rq")
    }


def test_the_checksums_are_those_of_all_files(folder: Path) -> None:
    said = dict(reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text().splitlines())
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert set(said) == set(files) - {"SHA256SUMS"}
    assert said == {name: hashlib.sha256(files[name].read_bytes()).hexdigest() for name in said}


def test_each_distribution_is_described_as_it_is(folder: Path) -> None:
    answer = description(folder).query(
        """PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX spdx: <http://spdx.org/rdf/terms#>
        SELECT ?url ?size ?sum { ?set a dcat:Dataset ; dcat:distribution ?it . ?it dcat:downloadURL ?url ;
          dcat:byteSize ?size ; dcat:mediaType ?media ; spdx:checksum/spdx:checksumValue ?sum }"""
    )
    rows = {
        str(url).removeprefix("https://guide.porthole.net/"): (int(size), str(checksum))
        for url, size, checksum in answer
    }
    assert {"dumps/guide.trig.gz", "dumps/actual.rdf.gz", "tables/Mission.csv"} <= set(rows)
    assert {path.partition("/")[0] for path in rows} == {"dumps", "tables", "networks"}
    for path, (size, checksum) in rows.items():
        data = (folder / path).read_bytes()
        assert (size, checksum.lower()) == (len(data), hashlib.sha256(data).hexdigest())


def test_what_goes_along_is_related(folder: Path) -> None:
    related = description(folder).objects(rdflib.URIRef(shapes.BASE + "dataset"), rdflib.DCTERMS.relation)
    assert rdflib.URIRef("https://guide.porthole.net/queries/cast/voices.rq") in set(related)


def test_the_counts_are_those_of_the_dump(folder: Path) -> None:
    data = gzip.decompress((folder / "dumps" / "guide.nq.gz").read_bytes()).decode()
    triples = {quad[:3] for quad in shapes.read(data, "nquads")}
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    graph, it = description(folder), rdflib.URIRef(shapes.BASE + "dataset")
    assert int(graph.value(it, void.triples)) == len(triples)
    parts = [int(graph.value(part, void.triples)) for part in graph.objects(it, void.propertyPartition)]
    assert sum(parts) == len(triples)
    linked = graph.value(predicate=void.subjectsTarget, object=it)
    assert int(graph.value(linked, void.triples)) == 1


def test_the_crate_is_read_by_its_library(folder: Path) -> None:
    crate = rocrate.ROCrate(folder)
    assert crate.metadata["conformsTo"] == "https://w3id.org/ro/crate/1.2"
    assert crate.name == "The Lantern, told and flown"
    assert {"dumps/guide.trig.gz", "ontology/porthole.ttl"} <= {it.id for it in crate.get_entities()}
    assert {it.id for it in crate.root_dataset["isBasedOn"]} >= {shapes.BASE + "source/almanac"}


def test_it_names_the_version_of_its_terms() -> None:
    """The terms move on; what was built with a version keeps saying so."""
    quads = dcat.description(plain(terms="0.2.0"), dcat.counts([]), ())
    found = {quad.object for quad in quads if quad.predicate == DCTERMS.conformsTo}
    assert Iri("https://w3id.org/porthole/ontology/0.2.0") in found


def test_it_is_cited_by_its_title_and_maker(folder: Path) -> None:
    said = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert (said["cff-version"], said["title"], said["type"]) == ("1.2.0", "The Lantern, told and flown", "dataset")
    assert (said["authors"], said["date-released"]) == ([{"name": "Lantern Press"}], "2031-05-04")


def test_every_source_stands_with_its_licence(folder: Path) -> None:
    lines = (folder / "licences.csv").read_text(encoding="utf-8").splitlines()
    assert f"{shapes.BASE}source/closed/page,A page of others,,All rights reserved," in lines
    assert len(lines) == 4


def test_the_redirects_lead_to_its_site(folder: Path) -> None:
    rules = (folder / "w3id" / ".htaccess").read_text(encoding="utf-8")
    assert "RewriteRule ^ - [E=SITE:https://guide.porthole.net]\n" in rules
    assert "example" not in rules


def test_the_same_build_is_the_same_release(guide: Path, folder: Path) -> None:
    assert (
        kg("release", "-p", str(guide), "-o", str(guide / "again"), "--site", "https://guide.porthole.net/").status == 0
    )
    assert (guide / "again" / "SHA256SUMS").read_text() == (folder / "SHA256SUMS").read_text()


def test_a_release_takes_the_place_of_the_one_before(guide: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "ro-crate-metadata.json").write_text("{}")
    (tmp_path / "out" / "old.txt").write_text("old")
    assert kg("release", "-p", str(guide), "-o", str(tmp_path / "out")).status == 0
    assert not (tmp_path / "out" / "old.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_of_something_else_is_left_alone(guide: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear")
    answer = kg("release", "-p", str(guide), "-o", str(tmp_path))
    assert (answer.status, [path.name for path in tmp_path.iterdir()]) == (2, ["letter.txt"])
    assert "holds other things" in answer.err


def test_what_cannot_be_written_whole_is_not_written(tmp_path: Path) -> None:
    bell = Quad(
        Iri(shapes.BASE + "place/moon"), Iri(shapes.BASE + "note"), Literal("\x07"), Iri(shapes.BASE + "background")
    )
    guide = project(tmp_path / "guide", [*shapes.guide(), LICENSED, bell])
    answer = kg("release", "-p", str(guide), "-o", str(tmp_path / "out"))
    assert (answer.status, [path.name for path in tmp_path.iterdir()]) == (3, ["guide"])
    assert "a sign that XML forbids" in answer.err


@pytest.mark.parametrize(
    ("settings", "left_out", "message"),
    [
        (SETTINGS, LICENSED, "“Almanac of Flights” has no licence: add it to the entry or to sources.bib"),
        (
            SETTINGS.replace("w3id.org/porthole", "example.org"),
            None,
            "base: https://example.org/id/ is an address of nobody",
        ),
        (SETTINGS.replace("site =", "#"), None, "site: it is not said where the release will lie"),
        (
            SETTINGS.replace("guide.porthole.net", "www.example.com"),
            None,
            "site: https://www.example.com is an address",
        ),
        (SETTINGS.replace("licence =", "#"), None, "licence: the guide has no licence"),
        (SETTINGS.replace("publisher =", "#"), None, "creators: nobody is named as its maker"),
    ],
)
def test_what_is_not_fit_for_others_is_refused(
    tmp_path: Path, settings: str, left_out: Quad | None, message: str
) -> None:
    guide = project(tmp_path / "guide", {*shapes.guide(), LICENSED} - {left_out}, settings)
    answer = kg("release", "-p", str(guide), "-o", str(tmp_path / "out"))
    assert (answer.status, answer.out) == (1, "")
    assert message in answer.err
    assert not (tmp_path / "out").exists()


def test_a_build_under_another_base_is_refused(tmp_path: Path) -> None:
    guide = project(tmp_path / "guide", [*shapes.guide(), LICENSED])
    (guide / "kg.toml").write_text(SETTINGS.replace("porthole/id", "lantern/id"), encoding="utf-8")
    answer = kg("release", "-p", str(guide), "-o", str(tmp_path / "out"))
    assert (answer.status, (tmp_path / "out").exists()) == (4, False)
    assert "run kg build" in answer.err


def test_without_the_library_of_crates_nothing_is_written(
    guide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rocrate.rocrate", None)
    answer = kg("release", "-p", str(guide), "-o", str(tmp_path / "out"))
    assert (answer.status, list(tmp_path.iterdir())) == (2, [])
    assert "pip install 'porthole-kg[release]'" in answer.err


@pytest.mark.parametrize("site", ["https://guide.net/a b", "https://guide.net/\nRewriteRule", "https://guide.net/$1"])
def test_a_site_cannot_smuggle_rules(site: str) -> None:
    assert "is no plain web address" in "".join(faults(plain(site=site)))


def test_a_check_that_releases_require_refuses_it(tmp_path: Path) -> None:
    numberless = (quad for quad in shapes.guide() if quad.predicate != SCHEMA.episodeNumber)
    guide = project(tmp_path / "guide", [*numberless, LICENSED])
    answer = kg("release", "-p", str(guide), "-o", str(tmp_path / "out"))
    assert (answer.status, (tmp_path / "out").exists()) == (1, False)
    assert "lantern/episode/s1e02>: " in answer.err
    assert "number" in answer.err


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="there is no sha256sum here")
def test_what_was_downloaded_can_be_checked(folder: Path) -> None:
    command = ["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"]
    assert subprocess.run(command, cwd=folder, capture_output=True, check=False).stdout == b""


def plain(**said: object) -> Release:
    values: dict[str, object] = {
        "title": "A guide", "base": "https://guide.net/id/", "site": "https://guide.net", "licence": "CC0-1.0",
        "date": "2031-05-04", "digest": "ab", "creators": ("Kit Lane",),
    }  # fmt: skip
    return Release(**(values | said))  # type: ignore[arg-type]


def test_a_fit_release_has_no_fault() -> None:
    assert list(faults(plain(sources=(Source(Iri("urn:s"), "S", (Literal("CC0"),)),)))) == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "guide",
        "ftp://guide.net",
        "https://",
        "https://a.test/",
        "http://localhost:8000",
        "https://[/",
        "https://x.Example.NET/",
    ],
)
def test_addresses_of_nobody(address: str) -> None:
    assert nobodys(address)


@pytest.mark.parametrize(
    ("base", "rule"),
    [
        ("https://guide.net/id/", ""),
        ("https://w3id.org/lantern/id/", "RewriteRule ^id/(.*)$ https://guide.net/id/$1 [R=303,L,NE]\n"),
        ("https://w3id.org/lantern/", "RewriteRule ^(.*)$ https://guide.net/$1 [R=303,L,NE]\n"),
    ],
)
def test_other_names_get_rules_of_their_own(base: str, rule: str) -> None:
    found = redirects(plain(base=base), "RewriteRule ^ - [E=SITE:https://example.org/porthole]\n")
    assert found.endswith(rule)
    assert "porthole" not in found

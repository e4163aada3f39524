"""The client over HTTP: gentle, patient, resumable; against a server of our own, and one of another maker."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from threading import Thread

import pytest
from link_server import Heard, Reply, serving

from kg.errors import NetworkError
from kg.link.client import Client
from kg.link.files import Kept
from kg.link.match import Index, Question
from kg.link.reconcile import Service
from kg.network import Patience, agent
from kg.vocab import WD

MANIFEST = json.dumps({"versions": ["0.2"], "name": "it", "identifierSpace": str(WD), "schemaSpace": str(WD)})
NOTHING = json.dumps({"q0": {"result": []}})


def patience(waited: list[float], tries: int = 4) -> Patience:
    """Return a patience that keeps how long it would have waited instead of waiting."""
    return Patience(tries=tries, first=1.0, longest=60.0, pause=waited.append, chance=random.Random(1))


def ask(url: str, waited: list[float], kept: Kept | None = None) -> list[object]:
    with Client(kept, patience(waited)) as client:
        return list(client.candidates(Service(url, "it", identifiers=str(WD)), [Question("Ada")]))


def test_a_client_names_itself_and_how_to_reach_us() -> None:
    with serving(lambda *_: Reply(MANIFEST)) as server, Client(contact="me@example.org") as client:
        assert client.service(server.url).name == "it"
    assert server.heard[0].agent == agent("me@example.org")
    assert server.heard[0].agent.startswith("porthole-kg/")
    assert "me@example.org" in server.heard[0].agent


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_obeyed(status: int) -> None:
    waited: list[float] = []
    replies = [Reply("slow down", status, {"Retry-After": "7"}), Reply(NOTHING)]
    with serving(lambda _, number: replies[number]) as server:
        ask(server.url, waited)
    assert waited == [7.0]


def test_retry_after_may_be_a_date() -> None:
    waited: list[float] = []
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    replies = [Reply("", 429, {"Retry-After": until}), Reply(NOTHING)]
    with serving(lambda _, number: replies[number]) as server:
        ask(server.url, waited)
    assert 15 < waited[0] <= 20


def test_a_wait_longer_than_we_would_is_said_instead() -> None:
    with (
        serving(lambda *_: Reply("", 429, {"Retry-After": "86400"})) as server,
        pytest.raises(NetworkError, match="asks to wait 86400 s"),
    ):
        ask(server.url, [])


def test_pauses_double_and_never_keep_step() -> None:
    waited: list[float] = []
    with serving(lambda *_: Reply("", 502)) as server, pytest.raises(NetworkError, match="answers 502, 4 times"):
        ask(server.url, waited)
    assert len(waited) == 3
    assert all(0.5 * 2**n <= seconds <= 2**n for n, seconds in enumerate(waited))


def test_a_lagging_wikidata_is_waited_for() -> None:
    waited: list[float] = []
    lag = Reply(json.dumps({"error": {"code": "maxlag", "info": "Waiting"}}), 200, {"Retry-After": "5"})
    replies = [lag, Reply(json.dumps({"entities": {"Q1": {"id": "Q1"}, "Q2": {"id": "Q2", "missing": ""}}}))]
    with serving(lambda _, number: replies[number]) as server, Client(None, patience(waited)) as client:
        assert [found["id"] for found in client.entities(["Q1", "Q2"], server.url)] == ["Q1"]
    assert waited == [5.0]
    assert "maxlag=5" in server.heard[0].path


def test_items_are_asked_for_fifty_at_a_time() -> None:
    with serving(lambda *_: Reply('{"entities": {}}')) as server, Client() as client:
        assert list(client.entities([f"Q{n}" for n in range(1, 121)], server.url)) == []
    assert len(server.heard) == 3


@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_refusal_is_not_asked_again(status: int) -> None:
    with serving(lambda *_: Reply("go away\nplease", status)) as server:
        with pytest.raises(NetworkError, match=f"answers {status}: go away please"):
            ask(server.url, [])
        assert len(server.heard) == 1


def test_nobody_there_is_said_in_one_line() -> None:
    with pytest.raises(NetworkError, match="cannot be reached") as caught:
        ask("http://127.0.0.1:9", [])
    assert "\n" not in str(caught.value)


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    asked = [Question(f"name {number}") for number in range(25)]

    def answer(heard: Heard, number: int) -> Reply:
        return Reply(json.dumps({f"q{n}": {"result": []} for n in range(10)}), 404 if number == 2 else 200)

    with serving(answer) as server:
        service = Service(server.url, "it", identifiers=str(WD))
        with Client(Kept(tmp_path)) as client, pytest.raises(NetworkError):
            list(client.candidates(service, asked))
        with Client(Kept(tmp_path)) as client:
            assert len(list(client.candidates(service, asked))) == 25
    assert len(server.heard) == 4


def test_a_refused_answer_is_not_kept(tmp_path: Path) -> None:
    replies = [Reply("<html>"), Reply(NOTHING)]
    with serving(lambda _, number: replies[number]) as server:
        with pytest.raises(NetworkError, match="no JSON"):
            ask(server.url, [], Kept(tmp_path))
        assert len(ask(server.url, [], Kept(tmp_path))) == 1


def test_what_was_kept_before_a_fresh_run_is_asked_again(tmp_path: Path) -> None:
    Kept(tmp_path).keep("ab1", "old")
    assert "ab1" in Kept(tmp_path)
    assert "ab1" not in Kept(tmp_path, since=4_000_000_000)


def test_a_query_is_sent_to_its_endpoint() -> None:
    with serving(lambda *_: Reply('{"results": {"bindings": []}}')) as server, Client() as client:
        assert "bindings" in client.select("SELECT ?item {}", server.url)
    assert "query=SELECT" in server.heard[0].path


@pytest.fixture(scope="module")
def other_maker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run csv-reconcile with the sample of people; yield its address."""
    csv_reconcile = pytest.importorskip("csv_reconcile", reason="another maker's server, of the extra [test]")
    serving_ = pytest.importorskip("werkzeug.serving")
    table = Path(__file__).parents[2] / "shared" / "wikidata" / "astronauts.tsv"
    if not table.is_file():
        pytest.skip("the samples do not lie beside this checkout")
    folder = tmp_path_factory.mktemp("other")
    config = folder / "settings.py"
    config.write_text(
        f"MANIFEST = {{'identifierSpace': '{WD}', 'schemaSpace': 'http://www.wikidata.org/prop/direct/'}}\n"
        "CSVENCODING = 'utf-8'\nCSVKWARGS = {'delimiter': '\\t'}\nTHRESHOLD = 20.0\n"
    )
    app = csv_reconcile.create_app(str(config), instance_path=str(folder), scorerOption="dice")
    with app.app_context():
        csv_reconcile.initdb.init_db_with_context(str(table), "qid", "label")
    server = serving_.make_server("127.0.0.1", 0, app)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/reconcile"
    server.shutdown()
    thread.join()


@pytest.mark.parametrize(
    ("label", "year", "expected"),
    [
        ("Vladimir Komarov", None, "Q104865"),
        ("Komarov, Vladimir", None, "Q104865"),
        ("Yuri Gagrin", None, "Q7327"),
        ("Oleg Kononenko", None, "ambiguous"),
        ("Tiphaine Daviot", None, "none"),
    ],
)
def test_another_makers_server_finds_and_we_decide(
    other_maker: str, label: str, year: int | None, expected: str
) -> None:
    question = Question(label, "person", year)
    with Client() as client:
        (found,) = client.candidates(client.service(other_maker), [question])
    assert Index(found).answer(question).text == expected

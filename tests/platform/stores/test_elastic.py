"""What a search server adds: a network that fails, others on the same server, and answers that mean many things."""

import asyncio
import datetime
import ipaddress
import random
import shutil
import signal
import ssl
import subprocess
import sys
import time
from base64 import b64encode
from contextlib import asynccontextmanager
from pathlib import Path

import orjson
import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from looma.platform.stores.errors import StoreBroken, StoreBusy, StoreFull
from looma.platform.stores.search import Gone, SearchDocument, TextQuery, lucene, open_search
from looma.platform.stores.search.cluster import TRIES, Address, Cluster
from looma.platform.stores.search.elastic import ElasticSearch
from tests.servers.opensearch import OpenSearch

from .search_stores import ALL, COLLECTION, ELASTIC, PREFIX, after, change, document, elastic, found, sweep

OPENSEARCH = {"version": {"distribution": "opensearch", "number": "2.19.6"}}
CHILD = [sys.executable, "-m", f"{__package__}.search_stores"]
ROOT = Path(__file__).parents[3]
on_a_server = pytest.mark.skipif(not ELASTIC, reason="needs LOOMA_TEST_ELASTICSEARCH_URL")


class Server:
    """Answers like a search server with an empty index, but for what it is told to answer first."""

    def __init__(self):
        self.asked, self.answers, self.headers = [], [], []

    def answer(self, *answers):
        """Answer these, as (part of the path, status, body), each once, in this order; None breaks the connection."""
        self.answers += answers

    async def __call__(self, request):
        self.asked.append(f"{request.method} {request.path}")
        self.headers.append(request.headers)
        lines = (await request.content.read()).splitlines()  # `read` takes a megabyte
        if self.answers and self.answers[0][0] in request.path:
            _, status, body = self.answers.pop(0)
            if status is None:
                request.transport.close()
            return web.json_response(body, status=status or 500)
        return web.json_response(self._usual(request, lines))

    def _usual(self, request, lines):
        if request.path.endswith("_bulk"):
            return {"errors": False, "items": [{"index": {"status": 200}} for line in lines if b'"_id"' in line]}
        if request.path.endswith("_mapping"):
            return {"looma-search-1": {"mappings": {"_meta": lucene.LAYOUT}}}
        if request.path.endswith("_doc/position"):
            return {"found": True, "_source": {"position": 3}}
        if request.path.endswith("_refresh"):
            return {"_shards": {"failed": 0}}
        return {"count": 7, "timed_out": False, "hits": {"hits": []}} | OPENSEARCH


@asynccontextmanager
async def listening(server, secure=None):
    runner = web.ServerRunner(web.Server(server))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=secure)
    await site.start()
    yield runner.addresses[0][1]
    await runner.cleanup()


class Patient(Cluster):
    """Waits for nothing, and notes how long it would have."""

    waited: list[float]

    def __init__(self, address):
        self.waited = []
        super().__init__(address, self._note, random.Random(1))

    async def _note(self, seconds):
        self.waited.append(seconds)


@pytest.fixture
async def server():
    made = Server()
    async with listening(made) as port:
        made.url = f"http://looma:s%3Acret@127.0.0.1:{port}/base?prefix=looma"
        yield made


@pytest.fixture
async def store(server):
    opened = ElasticSearch(server.url, cluster=Patient)
    await opened.open()
    server.asked.clear()
    yield opened
    await opened.close()


@pytest.mark.parametrize(
    "failure", [(429, {"error": {"type": "es_rejected_execution_exception"}}), (503, {}), (None, {})]
)
async def test_what_passes_is_waited_for(server, store, failure):
    server.answer(*[("_count", *failure)] * (TRIES - 1))
    assert await store.count() == 7
    assert len(server.asked) == TRIES
    waited = store._cluster.waited
    assert len(waited) == TRIES - 1
    assert all(0 <= pause <= 0.1 * 2**turn for turn, pause in enumerate(waited))
    assert len(set(waited)) > 1


@pytest.mark.parametrize(
    ("status", "body", "error", "tries"),
    [
        (429, {"error": {"type": "es_rejected_execution_exception"}}, StoreBusy, TRIES),
        (503, {}, StoreBroken, TRIES),
        (None, {}, StoreBroken, TRIES),
        (500, {"error": {"type": "oops"}}, StoreBroken, 1),
        (401, {"error": "no"}, StoreBroken, 1),
        (
            403,
            {"error": {"reason": "index [x] blocked by: [FORBIDDEN/12/index read-only / allow delete]"}},
            StoreFull,
            1,
        ),
        (429, {"error": {"reason": "disk usage exceeded flood-stage watermark"}}, StoreFull, 1),
        (500, {"error": {"reason": "No space left on device".lower()}}, StoreFull, 1),
        (404, {"error": {"type": "index_not_found_exception"}}, StoreBroken, 1),
        (302, {}, StoreBroken, 1),
        (200, ["what"], StoreBroken, 1),
    ],
)
async def test_errors_in_our_words(server, store, status, body, error, tries):
    server.answer(*[("_count", status, body)] * tries)
    with pytest.raises(error) as failed:
        await store.count()
    assert type(failed.value) is error
    assert len(server.asked) == tries
    for language in ("en", "zh-CN"):
        assert "127.0.0.1" not in failed.value.message(language)
        assert "cret" not in failed.value.message(language)
    assert await store.count() == 7


def bulk(*statuses):
    """What a bulk answers when each change fared so."""
    items = [{"index": {"status": s} | ({"error": {"type": "x"}} if s >= 400 else {})} for s in statuses]
    return ("_bulk", 200, {"errors": any(s >= 400 for s in statuses), "items": items})


async def test_of_a_bulk_only_what_was_turned_away_is_sent_again(server, store):
    server.answer(bulk(200, 429, 409, 429), bulk(503, 200), bulk(200))
    await store.apply([document(one, "welder") for one in "abcd"], 4)
    assert [line.rpartition("/")[2] for line in server.asked] == ["position", *["_bulk"] * 3, "position"]


async def test_a_bulk_that_fails_moves_no_position(server, store):
    for answers, error in (([bulk(200, 400)], StoreBroken), ([bulk(*[429] * 2)] * TRIES, StoreBusy)):
        server.asked.clear()
        server.answer(*answers)
        with pytest.raises(error):
            await store.apply([document(one, "welder") for one in "ab"], 4)
        assert not [line for line in server.asked if line.startswith("PUT") or "_refresh" in line]  # nothing shows


async def test_a_great_deal_comes_in_parts(server, store):
    await store.apply([document(f"{n}", f"w{n} " + "welder 推荐系统 " * 5_000) for n in range(40)], 4)
    assert 2 <= sum("_bulk" in line for line in server.asked) <= 20


async def test_the_address_says_who_we_are_and_where(server, store):
    await store.count()
    assert server.asked[-1] == "POST /base/looma-search/_count"
    assert server.headers[-1]["authorization"] == f"Basic {b64encode(b'looma:s:cret').decode()}"
    assert (await store.check()).engine == "OpenSearch 2.19.6"


@pytest.mark.parametrize(
    "url",
    ["http://", "http://h:99999", "http://u:cret@h?prefix=A", "http://u:cret@h?prefix=a*", "http://u:cret@h?perfix=a"],
)
def test_an_address_that_cannot_be_used(url):
    with pytest.raises(StoreBroken) as refused:
        open_search(url)
    assert "cret" not in refused.value.message("en")


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ({"version": {"number": "7.17.0"}}, "too old"),
        ({"version": {"number": "1.3.0", "distribution": "opensearch"}}, "too old"),
        ({"version": {"number": "x"}}, "neither"),
        ({"hello": 1}, "neither"),
        ([], "neither"),
        (None, "neither"),
    ],
)
async def test_another_server_is_refused(server, told, word):
    store = ElasticSearch(server.url, cluster=Patient)
    server.answer(("/base", 200, told))
    with pytest.raises(StoreBroken) as refused:
        await store.open()
    assert word in refused.value.message("en")
    with pytest.raises(StoreBroken):
        await store.count()


@pytest.mark.parametrize(("number", "factor"), [("8.19.0", 1), ("9.1.0", 1), ("2.19.6", 1), ("3.1.0", lucene.BARE)])
async def test_scores_are_those_of_the_other_engines(server, number, factor):
    store = ElasticSearch(server.url, cluster=Patient)
    kind = {"distribution": "opensearch"} if number in ("2.19.6", "3.1.0") else {}
    server.answer(("/base", 200, {"version": {"number": number} | kind}))
    await store.open()
    (wanted,) = lucene.question(TextQuery(COLLECTION, "推荐"), store._engine.factor)["bool"]["must"]["bool"]["should"][
        :1
    ]
    assert wanted["term"]["title"]["boost"] == 2.0 * factor
    await store.close()


async def test_an_index_that_is_not_ready_in_time_is_told(server):
    store = ElasticSearch(server.url, cluster=Patient)
    server.answer(("_cluster/health/looma-search", 408, {"timed_out": True}))
    with pytest.raises(StoreBusy):
        await store.open()
    await store.open()
    assert await store.count() == 7
    await store.close()


async def test_an_unknown_host_and_a_closed_port():
    async with listening(Server()) as port:
        pass
    store = ElasticSearch(f"http://u:cret@127.0.0.1:{port}", cluster=Patient)
    with pytest.raises(StoreBroken) as failed:
        await store.open()
    assert "cannot be reached" in failed.value.message("en")
    await store.close()


@pytest.fixture
def certificate(tmp_path):
    """A server's certificate that nobody has heard of, and the file to hear of it from."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "search")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - datetime.timedelta(1)).not_valid_after(now + datetime.timedelta(1))
    at = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    signed = made.add_extension(at, False).sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "ca.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (tmp_path / "server.pem").write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(tmp_path / "server.pem")
    return secure, tmp_path / "ca.pem"


async def test_a_server_is_believed_by_its_certificate(certificate):
    secure, ca = certificate
    async with listening(Server(), secure) as port:
        stranger = ElasticSearch(f"https://127.0.0.1:{port}", cluster=Patient)
        with pytest.raises(StoreBroken) as refused:
            await stranger.open()
        assert "not trusted" in refused.value.message("en")
        store = ElasticSearch(f"https://127.0.0.1:{port}?ca={ca}", cluster=Patient)
        await store.open()
        assert await store.count() == 7
        await store.close()
        missing = ElasticSearch(f"https://127.0.0.1:{port}?ca={ca}.not", cluster=Patient)
        with pytest.raises(StoreBroken):
            await missing.open()


@pytest.fixture
async def opened():
    """Open the real server under a prefix of one's own; nothing of it is left."""
    stores: list[ElasticSearch] = []
    prefixes = set()

    async def open_one(prefix=f"{PREFIX}-own"):
        prefixes.add(prefix)
        stores.append(ElasticSearch(elastic(prefix)))
        await stores[-1].open()
        return stores[-1]

    yield open_one
    for store in stores:
        await store.close()
    for prefix in prefixes:
        await sweep(prefix)


async def raw(store, verb, path, body=None):
    """Ask the server past the driver."""
    cluster = Cluster(Address.of(elastic("x")))
    try:
        return (await cluster.ask(verb, path, body, expected=range(300, 500))).body
    finally:
        await cluster.close()


@on_a_server
async def test_an_index_of_another_build_is_begun_anew(opened, monkeypatch, caplog):
    store = await opened()
    await store.apply([document("a", "welder")], 4)
    monkeypatch.setattr(lucene, "LAYOUT", {"looma_layout": 0})
    again = await opened()
    assert (await again.position(), await again.count()) == (0, 0)
    assert "begun anew" in caplog.text
    assert len(await raw(again, "GET", f"{store._alias}/_alias")) == 1


@on_a_server
async def test_two_that_open_at_once_share_one_index(opened):
    one, other = await asyncio.gather(opened(), opened())
    await one.apply([document("a", "welder")], 1)
    assert await found(other, "welder") == ["a"]
    assert len(await raw(one, "GET", f"{one._alias}/_alias")) == 1


@on_a_server
async def test_prefixes_do_not_touch_each_other_or_what_is_not_ours(opened):
    ours, theirs = await opened(f"{PREFIX}-own"), await opened(f"{PREFIX}-own2")
    await ours.apply([document("a", "welder")], 1)
    await theirs.apply([document("b", "welder")], 2)
    await ours.clear()
    assert (await ours.count(), await theirs.count(), await theirs.position()) == (0, 1, 2)
    taken = f"{PREFIX}-taken-search"
    await raw(ours, "PUT", taken)
    with pytest.raises(StoreBroken, match="prefix"):
        await opened(f"{PREFIX}-taken")
    assert taken in await raw(ours, "GET", taken)


@on_a_server
async def test_an_index_that_goes_while_it_is_open_is_told_and_never_made_by_a_write(opened):
    store = await opened()
    await store.apply([document("a", "welder")], 1)
    (index,) = await raw(store, "GET", f"{store._alias}/_alias")
    await raw(store, "DELETE", index)
    changes = [document("b", "welder")], [Gone(COLLECTION, "a")], [Gone(COLLECTION)], []
    for act in (
        store.check(),
        store.position(),
        store.count(),
        found(store, "x"),
        *(store.apply(c, 2) for c in changes),
    ):
        with pytest.raises(StoreBroken):
            await act
    again = await opened()
    assert (await again.position(), await again.count()) == (0, 0)


@on_a_server
async def test_nobody_sees_a_half_of_it_and_a_failed_half_comes_again(opened, monkeypatch):
    store = await opened()
    await store.apply([document("a", "welder")], 1)
    bad = SearchDocument(COLLECTION, "bad", "", "welder", {"f": ["x"]})
    monkeypatch.setattr(lucene, "document", lambda of: {"strange": 1} if of.id == "bad" else made(of))
    changes = [Gone(COLLECTION, "a"), document("b", "welder"), bad]
    with pytest.raises(StoreBroken):
        await store.apply(changes, 2)
    assert (await store.position(), await found(store, "welder")) == (1, ["a"])
    monkeypatch.undo()
    await store.apply(changes, 2)
    assert (await store.position(), sorted(await found(store, "welder"))) == (2, ["b", "bad"])


made = lucene.document


@on_a_server
async def test_what_is_accepted_is_finished_before_it_closes(opened):
    store = await opened()
    applying = [asyncio.create_task(store.apply([document(f"{n}", "steady")], n)) for n in range(1, 9)]
    searching = [asyncio.create_task(found(store, "steady", k=ALL)) for _ in range(9)]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*applying, *searching)
    again = await opened()
    assert (await again.position(), await again.count()) == (8, 8)


async def seen(store):
    """The position, and what is found of it."""
    position = await store.position()
    asked = ["steady", f"revision{position}", f"number{position}"]
    return position, await store.count(), *[set(await found(store, text)) for text in asked]


def whole(position):
    """What `seen` gives when nothing is missing."""
    return position, len(after(position)), after(position), {"same"}, {f"n{position}"}


@on_a_server
@pytest.mark.parametrize("rounds", [5, pytest.param(30, marks=pytest.mark.long)])
async def test_nothing_acknowledged_is_lost_when_the_process_is_killed(opened, rounds):
    store, chance = await opened(), random.Random(rounds)
    url = elastic(f"{PREFIX}-own")
    for _ in range(rounds):
        child = subprocess.Popen([*CHILD, "endless", url], cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603, ASYNC220
        acknowledged = [int(child.stdout.readline()) for _ in range(chance.randrange(1, 25))][-1]
        time.sleep(chance.random() / 50)  # noqa: ASYNC251 - any moment of the next changes
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read()
        child.stdout.close()
        assert child.wait() == -signal.SIGKILL
        acknowledged = max([acknowledged, *(int(line) for line in rest.split("\n")[:-1] if line)])
        now = await seen(store)
        for _ in range(100):  # the server may still be busy with what the dead process has sent
            if now == whole(now[0]):
                break
            now = await seen(store)
        assert now == whole(now[0])
        assert now[0] >= acknowledged


@on_a_server
@pytest.mark.long
@pytest.mark.skipif(not shutil.which("mvn"), reason="needs a JDK and Maven for a server that may be killed")
async def test_nothing_acknowledged_is_lost_when_the_server_is_killed(tmp_path):
    node, acknowledged, enough = OpenSearch(), 0, asyncio.Event()

    async def write(store):
        nonlocal acknowledged
        begun = acknowledged
        while True:
            await store.apply(change(acknowledged + 1), acknowledged + 1)
            acknowledged += 1
            if acknowledged > begun + 20:
                enough.set()

    for turn in range(3):
        server = ElasticSearch(await asyncio.to_thread(node.start, tmp_path))
        try:
            await server.open()
            now = await seen(server)
            assert now == (whole(now[0]) if turn else (0, 0, set(), set(), set()))
            assert now[0] >= acknowledged
            acknowledged = now[0]
            writing = asyncio.create_task(write(server))
            await enough.wait()
            enough.clear()
            node.kill()
            with pytest.raises(StoreBroken):
                await writing
        finally:
            await server.close()
            node.stop()


@on_a_server
async def test_more_than_a_server_answers_at_once(opened, monkeypatch):
    monkeypatch.setattr(lucene, "PAGE", 50)
    store = await opened()
    await store.apply([document(f"{n:03}", "steady") for n in range(220)], 1)
    for k in (49, 50, 51, 219, 220, 1_000):
        assert await found(store, "steady", k=k) == [f"{n:03}" for n in range(220)][:k]
    await store.apply([Gone(COLLECTION), document("new", "steady")], 2)
    assert await found(store, "steady") == ["new"]


@on_a_server
async def test_the_server_keeps_words_and_no_text(opened):
    store = await opened()
    await store.apply([document("a", "secretive welder", title="标题", status=["open"])], 1)
    assert b"secretive" not in orjson.dumps(await raw(store, "GET", f"{store._alias}/_search?size=99"))

"""What a person with curl sees."""

import asyncio
from io import BytesIO

import aiohttp
import pytest

from looma.platform.errors import Unavailable

from .conftest import toy_edge
from .toy import ToyService

BROKEN_JSON = {"data": b"{", "headers": {"content-type": "application/json"}}
XML = {"data": b"<x/>", "headers": {"content-type": "text/xml"}}


async def test_the_envelope(http):
    async with http.get("/api/v1/toys/7", headers={"x-request-id": "me-1"}) as answer:
        told = await answer.json()
    assert answer.status == 200
    assert told["status"] == "success"
    assert told["data"]["name"] == "玩具 7"
    assert told["error"] is None
    assert told["metadata"]["service"] == "toy-service"
    assert told["metadata"]["request_id"] == "me-1"
    assert told["timestamp"].endswith("Z")
    assert answer.headers["x-service-name"] == "toy-service"
    assert answer.headers["x-request-id"] == "me-1"
    assert answer.headers["x-response-time"].endswith("ms")
    assert answer.headers["etag"] == '"3"'


async def test_an_answer_with_notices_is_a_warning(http):
    async with http.post("/api/v1/toys", json={"id": "1", "name": "x"}) as answer:
        told = await answer.json()
    assert (answer.status, told["status"]) == (201, "warning")
    assert told["data"]["warnings"][0]["message"] == "There is nothing here."


@pytest.mark.parametrize(
    ("verb", "path", "sent", "status", "code", "words"),
    [
        ("GET", "/api/v1/nowhere", {}, 404, "request.not_found", "这里没有内容"),
        ("DELETE", "/api/v1/toys", {}, 405, "request.wrong_method", "GET, POST"),
        ("GET", "/api/v1/toys?colour=red", {}, 422, "request.invalid", "colour"),
        ("GET", "/api/v1/toys?limit=many", {}, 422, "request.invalid", "整数"),
        ("GET", "/api/v1/toys?q=a&q=b", {}, 422, "request.invalid", "一次"),
        ("POST", "/api/v1/toys", {}, 422, "request.invalid", "缺少请求体"),
        ("POST", "/api/v1/toys", BROKEN_JSON, 422, "request.invalid", "JSON"),
        ("POST", "/api/v1/toys", {"json": {"id": "1", "name": "x", "colour": 1}}, 422, "request.invalid", "colour"),
        ("POST", "/api/v1/toys", {"json": {"id": 5}}, 422, "request.invalid", "name"),
        ("POST", "/api/v1/toys", XML, 415, "request.unsupported", "text/xml"),
        ("POST", "/api/v1/toy-either", {}, 422, "request.invalid", "文件或文本"),
        ("POST", "/api/v1/toy-files", {"json": {}}, 422, "request.invalid", "files"),
        ("GET", "/api/v1/toy-broken", {}, 500, "internal", "内部"),
        ("GET", "/api/v1/toys/none", {"headers": {"if-match": "soon"}}, 422, "request.invalid", "If-Match"),
        ("GET", "/api/v1/toy-seen", {"headers": {"x-looma-caller": "a.b"}}, 404, "request.not_found", ""),
        ("GET", "/api/v1/toy-context", {"headers": {"x-looma-caller": "a.b"}}, 401, "request.unauthenticated", "登录"),
    ],
)  # fmt: skip
async def test_bad_requests_get_a_code_and_words(http, verb, path, sent, status, code, words):
    headers = {"accept-language": "zh-CN,zh;q=0.9"} | sent.get("headers", {})
    async with http.request(verb, path, **(sent | {"headers": headers})) as answer:
        told = await answer.json()
    assert (answer.status, told["error"]["code"]) == (status, code)
    assert words in told["error"]["message"]
    assert told["status"] == "error"
    assert told["data"] is None
    assert "secret" not in str(told)


async def test_a_body_over_the_limit_is_refused_in_the_words_of_its_operation():
    body = BytesIO(b"x" * 1_100_000)
    async with toy_edge(LOOMA_BODY_MB=1) as address, aiohttp.ClientSession(address) as http:
        answer = await http.post("/api/v1/toys", data=body)
        told = await answer.json()
    assert (answer.status, told["error"]["code"]) == (413, "request.toy_too_large")


async def test_the_open_pages(http):
    async with http.get("/health") as answer:
        assert (answer.status, (await answer.json())["status"]) == (200, "healthy")
    async with http.get("/ready") as answer:
        assert answer.status == 200
    async with http.get("/api/v1/toys/1") as answer:
        await answer.read()
    async with http.get("/metrics") as answer:
        assert (
            'looma_request_duration_seconds_count{operation="read",service="toy-service",status="200"} 1.0'
            in await answer.text()
        )
    async with http.get("/metrics", headers={"accept": "application/json"}) as answer:
        assert any(sample["name"].startswith("looma_request") for sample in (await answer.json())["metrics"])
    async with http.get("/openapi.json") as answer:
        document = await answer.json()
    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]["/api/v1/toys/{toy_id}"]) == {"get", "put", "patch", "delete"}
    async with http.get("/docs", headers={"accept-language": "zh"}) as answer:
        page = await answer.text()
    assert "/api/v1/toy-files" in page
    assert "必填" in page


@pytest.mark.parametrize(
    ("ill", "code"),
    [(Unavailable(what="disk"), "request.unavailable"), (ZeroDivisionError("secret"), "internal")],
)
async def test_bad_health_is_told_in_the_shape_of_health(ill, code):
    class Ill(ToyService):
        async def health(self):
            raise ill

    async with toy_edge(Ill()) as address, aiohttp.ClientSession(address) as http, http.get("/health") as answer:
        told = await answer.json()
    assert (answer.status, told["status"], told["service"]) == (503, "unhealthy", "toy-service")
    assert told["dependencies"]["error"]["code"] == code
    assert "secret" not in str(told)


async def test_a_stream_numbers_its_events(http):
    async with http.get("/api/v1/toy-stream?to=2") as answer:
        text = await answer.text()
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert [line for line in text.splitlines() if line.startswith("id:")] == ["id: 1", "id: 2"]


async def test_a_reader_who_goes_away_ends_the_stream():
    service = ToyService()
    async with toy_edge(service) as address, aiohttp.ClientSession(address) as http:
        async with http.get("/api/v1/toy-stream?to=1&hold=true") as answer:
            assert await answer.content.readline() == b"id: 1\n"
            answer.close()
        await asyncio.wait_for(service.let_go.wait(), 10)


async def test_head_is_get_without_its_body(http):
    async with http.head("/api/v1/toys/7") as answer:
        assert (answer.status, answer.headers["etag"], await answer.read()) == (200, '"3"', b"")
    async with http.head("/health") as answer:
        assert answer.status == 200


async def test_a_garbled_request_id_is_not_echoed(http):
    async with http.get("/api/v1/toys/1", headers={"x-request-id": "a b<script>"}) as answer:
        assert answer.headers["x-request-id"] != "a b<script>"

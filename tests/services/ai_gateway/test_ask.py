"""One request format for every operation: carried out as at its own path, with the same rights and conditions."""

import base64

import pytest
from pydantic import BaseModel

from looma.contracts.ai_gateway import AIGatewayAPI, AIRequest, UnknownAction, UnknownService
from looma.contracts.crm import CrmAPI, JobNotFound, NewJob, VersionConflict
from looma.platform import context
from looma.platform.errors import Forbidden, Invalid, Unauthenticated

from .conftest import OWNER, STRANGER, VIEWER


def plain(answer):
    """An answer as JSON, whichever way it came."""
    return answer.model_dump(mode="json") if isinstance(answer, BaseModel) else answer


async def asked(gateway, service, action, /, **data):
    return plain(await gateway.ask(AIRequest(service_type=service, action=action, data=data)))


async def test_what_is_asked_for_is_done(connect):
    gateway, crm = connect(AIGatewayAPI), connect(CrmAPI)
    with context.acting(OWNER):
        flat = await asked(gateway, "crm", "create_job", title="推荐系统工程师", location="上海")
        nested = await asked(gateway, "crm", "create_job", request={"title": "厨师"})
        assert (await crm.get_job(flat["id"])).location == "上海"
        assert (await crm.get_job(nested["id"])).title == "厨师"
        changed = await asked(gateway, "crm", "change_job", job_id=flat["id"], location=None)
        assert (changed["location"], changed["version"]) == (None, 2)
        found = await asked(gateway, "crm", "list_jobs", q="推荐", limit=5)
        assert [job["id"] for job in found["items"]] == [flat["id"]]
        read = await asked(gateway, "resume", "extract_skills", text="精通 Python")
        assert read["skills"][0]["name"] == "Python"
        file = {"filename": "a.txt", "content": base64.b64encode("张三\n邮箱：z@example.cn".encode()).decode()}
        parsed = await asked(gateway, "resume", "parse", file=file)
        assert "z@example.cn" in parsed["text"]


async def test_rights_are_those_of_the_operation(connect):
    gateway, crm = connect(AIGatewayAPI), connect(CrmAPI)
    with context.acting(OWNER):
        job = await crm.create_job(NewJob(title="x"))
    with context.acting(VIEWER):
        assert (await asked(gateway, "crm", "get_job", job_id=job.id))["id"] == job.id
        with pytest.raises(Forbidden):
            await asked(gateway, "crm", "archive_job", job_id=job.id)
    with context.acting(STRANGER), pytest.raises(JobNotFound):
        await asked(gateway, "crm", "get_job", job_id=job.id)
    with pytest.raises(Unauthenticated):
        await asked(gateway, "crm", "get_job", job_id=job.id)


async def test_conditions_count_for_the_operation(connect):
    gateway, crm = connect(AIGatewayAPI), connect(CrmAPI)
    with context.acting(OWNER):
        job = await crm.create_job(NewJob(title="x"))
        with context.acting(OWNER, if_match=7), pytest.raises(VersionConflict):
            await asked(gateway, "crm", "change_job", job_id=job.id, title="y")
        made = []
        for _ in range(2):
            with context.acting(OWNER, idempotency_key="once"):
                made.append((await asked(gateway, "crm", "create_job", title="z"))["id"])
        assert made[0] == made[1]


async def test_what_does_not_exist_is_told_with_what_does(connect):
    gateway = connect(AIGatewayAPI)
    with context.acting(OWNER):
        with pytest.raises(UnknownService) as service:
            await asked(gateway, "recruiting", "x")
        with pytest.raises(UnknownAction) as action:
            await asked(gateway, "crm", "x")
        with pytest.raises(Invalid):
            await asked(gateway, "crm", "create_job", title="x", colour="red")
    assert "matching" in service.value.details["known"]
    assert "create_job" in action.value.details["known"]


async def test_the_envelope_is_the_answer(door):
    status, told = await door.told(
        "POST",
        "/api/v1/ai",
        json={
            "service_type": "crm",
            "action": "create_job",
            "data": {"title": "厨师"},
            "context": {"session": "1"},
            "request_id": "mine-1",
            "timestamp": "2025-03-01T08:00:00.123456",
        },
    )
    assert (status, told["status"], told["error"]) == (200, "success", None)
    assert told["data"]["title"] == "厨师"
    assert told["metadata"]["service"] == "ai-gateway"


JSON = {"headers": {"content-type": "application/json"}}
HOSTILE = [
    ({"json": {"service_type": "hr", "action": "x"}}, 404, "gateway.unknown_service", "resume"),
    ({"json": {"service_type": "crm", "action": "x"}}, 404, "gateway.unknown_action", "create_job"),
    ({"json": {"service_type": "resume", "action": "read_texts"}}, 404, "gateway.unknown_action", "parse"),
    ({"json": {"service_type": "ai_gateway", "action": "run_events"}}, 422, "gateway.action_streams", "/events"),
    ({"json": {"service_type": "ai_gateway", "action": "ask"}}, 404, "gateway.unknown_action", "get_run"),
    ({"json": {"service_type": "crm"}}, 422, "request.invalid", "action"),
    ({"json": {"service_type": "crm", "action": "create_job"}}, 422, "request.invalid", "title"),
    ({"json": {"service_type": "crm", "action": "list_jobs", "data": []}}, 422, "request.invalid", "data"),
    ({"json": {"service_type": "crm", "action": "list_jobs", "mode": 1}}, 422, "request.invalid", "mode"),
    ({"json": {"service_type": "crm", "action": "list_jobs", "request_id": "a\r\nb"}}, 422, "request.invalid", ""),
    ({"json": {"service_type": "c" * 200, "action": "x"}}, 422, "request.invalid", "service_type"),
    ({"json": []}, 422, "request.invalid", ""),
    ({"data": b"{", **JSON}, 422, "request.invalid", "JSON"),
    ({"data": b'{"service_type":"crm","action":"x","data":' + b'{"a":' * 500, **JSON}, 422, "request.invalid", ""),
    ({"data": b'{"service_type":"\\ud800","action":"x"}', **JSON}, 422, "request.invalid", ""),
    ({"data": b"", "headers": {"content-type": "text/xml"}}, 422, "request.invalid", ""),
]  # fmt: skip


async def test_hostile_bodies_get_a_code_and_words(door):
    for sent, status, code, words in HOSTILE:
        headers = {"accept-language": "zh-CN"} | sent.get("headers", {})
        got, told = await door.told("POST", "/api/v1/ai", **(sent | {"headers": headers}))
        assert (got, told["error"]["code"]) == (status, code), sent
        assert words in told["error"]["message"], sent


async def test_nobody_is_asked_to_sign_in(door):
    body = {"service_type": "crm", "action": "list_jobs"}
    status, told = await door.told("POST", "/api/v1/ai", json=body, who=None)
    assert (status, told["error"]["code"]) == (401, "request.unauthenticated")

"""Every public operation at its own path through the gateway, and through looma-crm, which hands on what it lacks."""

import aiohttp
import pytest

from looma.compose import CONTRACTS

from ...journeys.documents import EXPERT_ZH
from .conftest import STRANGER, VIEWER

DOORS = ("ai-gateway", "looma-crm")


def form(content):
    data = aiohttp.FormData(quote_fields=False)
    data.add_field("file", content, filename="简历.txt", content_type="text/plain")
    return data


async def test_what_others_own_is_passed_on(door):
    for service in DOORS:
        async with door.request("POST", "/api/v1/skills/extract", service=service, json={"text": "Python"}) as answer:
            told = await answer.json()
        assert (answer.status, answer.headers["x-service-name"]) == (200, "resume-service")
        assert told["data"]["skills"][0]["name"] == "Python"
        assert told["metadata"]["request_id"] == answer.headers["x-request-id"]
        status, told = await door.told("POST", "/api/v1/talents/from-resume", service=service, data=form(EXPERT_ZH))
        assert (status, told["data"]["talent"]["name"]) == (201, "陈示例")
        async with door.request("HEAD", f"/api/v1/talents/{told['data']['talent_id']}", service=service) as answer:
            assert (answer.status, answer.headers["etag"]) == (200, '"1"')


async def test_refusals_come_back_in_the_words_of_their_owner(door):
    zh = {"accept-language": "zh-CN"}
    for service in DOORS:
        there = {"service": service, "headers": zh}
        status, told = await door.told("GET", "/api/v1/jobs/%E4%B8%AD%2F%00x", **there)
        assert (status, told["error"]["code"]) == (404, "crm.job_not_found")
        status, told = await door.told("POST", "/api/v1/jobs", json={"colour": 1}, **there)
        assert (status, told["error"]["code"]) == (422, "request.invalid")
        assert "colour" in told["error"]["message"]
        status, told = await door.told("POST", "/api/v1/jobs", json={"title": "x"}, who=VIEWER, **there)
        assert (status, told["error"]["code"]) == (403, "request.forbidden")
        status, told = await door.told("POST", "/api/v1/jobs", json={"title": "x"}, who=None, **there)
        assert (status, told["error"]["code"]) == (401, "request.unauthenticated")
        status, told = await door.told(
            "GET", "/api/v1/jobs", service=service, headers={"x-looma-caller": "a.b"}, who=None
        )
        assert (status, told["error"]["code"]) == (401, "request.unauthenticated")


async def test_what_nobody_owns_ends_here(door):
    for service in DOORS:
        for verb, path, expected in (
            ("GET", "/api/v1/nowhere", (404, "request.not_found")),
            ("POST", "/api/v1/internal/skills/read", (404, "request.not_found")),
            ("DELETE", "/api/v1/skills/extract", (405, "request.wrong_method")),
        ):
            status, told = await door.told(verb, path, service=service)
            assert (status, told["error"]["code"]) == expected, (service, path)


@pytest.mark.parametrize("door", ["far"], indirect=True)
async def test_a_service_that_is_away_is_named(door):
    door.addresses["resume-service"] = "http://127.0.0.1:1"
    for service in DOORS:
        status, told = await door.told("GET", "/api/v1/taxonomies", service=service)
        assert (status, told["error"]["code"]) == (503, "request.unavailable")
        assert told["error"]["details"]["what"] == "resume-service"


async def test_another_organisation_sees_nothing_through_the_door(door):
    _, made = await door.told("POST", "/api/v1/jobs", json={"title": "x"})
    status, _ = await door.told("GET", f"/api/v1/jobs/{made['data']['id']}", who=STRANGER)
    assert status == 404
    _, listed = await door.told("GET", "/api/v1/jobs?limit=5", who=STRANGER)
    assert listed["data"]["items"] == []


async def test_every_public_path_leads_somewhere(door):
    """Whatever the answer is, it comes from the service that owns the path."""
    for contract in CONTRACTS.values():
        for op in contract.operations():
            if op.public and not op.streams:
                path = op.path.replace("{", "").replace("}", "")
                async with door.request(op.verb, path, who=None) as answer:
                    assert answer.headers["x-service-name"] == contract.service, op.path

"""An AIRequest is read as strictly as the operation's own path, and reaches every public operation."""

import base64
import json

import pytest

from looma.compose import CONTRACTS
from looma.contracts.ai_gateway import ActionStreams, AIGatewayAPI, AIRequest, UnknownAction, UnknownService
from looma.contracts.crm import CrmAPI
from looma.contracts.resume import ResumeAPI
from looma.platform.contract import Upload
from looma.platform.errors import Invalid, NotFound
from looma.platform.requests import Received, arguments
from looma.services.ai_gateway.actions import Actions, received

from .samples import sample

ALL = {AIGatewayAPI.service: AIGatewayAPI, **CONTRACTS}
ACTIONS = Actions(ALL.values())
OPERATIONS = [(contract.short_name(), op) for contract in ALL.values() for op in contract.operations()]
REACHED = [(name, op) for name, op in OPERATIONS if op.public and not op.streams and op.name != "ask"]


def op_named(contract, name):
    return next(op for op in contract.operations() if op.name == name)


def outcome(op, request):
    """The arguments, or the problems."""
    try:
        return arguments(op, request() if callable(request) else request)
    except Invalid as bad:
        return sorted((p["problem"], p["field"]) for p in bad.details["problems"])


def over_http(op, told):
    """`told` as a client of the operation's own path sends it."""
    by_place = {place: {p.name: told[p.name] for p in op.placed(place) if p.name in told} for place in PLACES}
    body = next(iter(by_place["body"].values()), None)
    sent = by_place["upload"] | by_place["uploads"]
    files = {name: [upload(one) for one in (v if isinstance(v, list) else [v])] for name, v in sent.items()}
    return Received(
        path={name: str(value) for name, value in by_place["path"].items()},
        query={name: [str(value)] for name, value in by_place["query"].items()},
        media_type="multipart/form-data" if files else "application/json",
        body=b"" if body is None else json.dumps(body).encode(),
        form={name: [json.dumps(value)] for name, value in by_place["body"].items()} if files else {},
        files=files,
    )


PLACES = ("path", "query", "body", "upload", "uploads")


def upload(told):
    return Upload(filename=told["filename"], media_type=told["media_type"], data=base64.b64decode(told["content"]))


@pytest.mark.parametrize(("service", "op"), REACHED, ids=[f"{name}.{op.name}" for name, op in REACHED])
def test_every_public_operation_is_reached_as_over_http(service, op):
    told = sample(op)
    contract, found = ACTIONS.named(AIRequest(service_type=service, action=op.name))
    assert (contract.short_name(), found) == (service, op)
    expected = outcome(op, over_http(op, told))
    assert outcome(op, lambda: received(op, told)) == expected
    if op.body is not None and isinstance(told.get(op.body.name), dict):
        fields = told[op.body.name]
        others = {name: value for name, value in told.items() if name != op.body.name}
        if fields.keys().isdisjoint({p.name for p in op.parameters}):
            assert outcome(op, lambda: received(op, others | fields)) == expected


def test_the_samples_are_taken():
    taken = [op for _, op in REACHED if isinstance(outcome(op, over_http(op, sample(op))), dict)]
    assert len(taken) > 0.9 * len(REACHED)


@pytest.mark.parametrize(
    ("service", "action", "error", "known"),
    [
        ("resumes", "parse", UnknownService, "resume"),
        ("resume-service", "parse", UnknownService, "resume"),
        ("../crm", "x", UnknownService, "crm"),
        ("resume", "read_texts", UnknownAction, "parse"),
        ("crm", "build", UnknownAction, "create_job"),
        ("crm", "__init__", UnknownAction, "create_job"),
        ("crm", "health", UnknownAction, "create_job"),
        ("crm", "Create_Job", UnknownAction, "create_job"),
        ("ai_gateway", "ask", UnknownAction, "list_runs"),
    ],
)
def test_what_is_not_offered_is_answered_with_what_is(service, action, error, known):
    with pytest.raises(error) as told:
        ACTIONS.named(AIRequest(service_type=service, action=action))
    assert isinstance(told.value, NotFound)
    assert known in told.value.details["known"].split(", ")
    assert "read_texts" not in told.value.details["known"].split(", ")
    for language in ("en", "zh-CN"):
        assert known in told.value.message(language)


def test_a_stream_fits_into_no_answer():
    with pytest.raises(ActionStreams) as told:
        ACTIONS.named(AIRequest(service_type="ai_gateway", action="run_events"))
    assert "/events" in told.value.message("en")


CREATE_JOB = op_named(CrmAPI, "create_job")
CHANGE_JOB = op_named(CrmAPI, "change_job")
FIND_JOBS = op_named(CrmAPI, "list_jobs")
FROM_RESUME = op_named(CrmAPI, "create_talent_from_resume")
PARSE = op_named(ResumeAPI, "parse")
FILE = {"filename": "a.txt", "media_type": "text/plain", "content": "YWJj"}


@pytest.mark.parametrize(
    ("op", "data", "problem", "field"),
    [
        (CREATE_JOB, {}, "missing", "title"),
        (CREATE_JOB, {"title": "x", "colour": 1}, "extra_forbidden", "colour"),
        (CREATE_JOB, {"title": 5}, "string_type", "title"),
        (CREATE_JOB, {"request": {"title": "x"}, "title": "y"}, "unknown_parameter", "title"),
        (CREATE_JOB, {"request": {"title": "x", "colour": 1}}, "extra_forbidden", "colour"),
        (CREATE_JOB, {"request": []}, "model_type", "request"),
        (CREATE_JOB, {"request": "x"}, "model_type", "request"),
        (CREATE_JOB, {"request": None}, "body_missing", "request"),
        (CREATE_JOB, {"self": 1, "title": "x"}, "extra_forbidden", "self"),
        (CHANGE_JOB, {"title": "x"}, "missing", "job_id"),
        (CHANGE_JOB, {"job_id": 5, "title": "x"}, "string_type", "job_id"),
        (CHANGE_JOB, {"job_id": {"a": 1}, "title": "x"}, "string_type", "job_id"),
        (CHANGE_JOB, {"job_id": None, "title": "x"}, "string_type", "job_id"),
        (FIND_JOBS, {"colour": "red"}, "unknown_parameter", "colour"),
        (FIND_JOBS, {"limit": "many"}, "int_parsing", "limit"),
        (FIND_JOBS, {"limit": 201}, "less_than_equal", "limit"),
        (FIND_JOBS, {"limit": 1.5}, "int_from_float", "limit"),
        (FIND_JOBS, {"limit": [1, 2]}, "int_type", "limit"),
        (FIND_JOBS, {"limit": None}, "int_type", "limit"),
        (FIND_JOBS, {"limit": float("nan")}, "finite_number", "limit"),
        (FIND_JOBS, {"q": {"a": "b"}}, "string_type", "q"),
        (FROM_RESUME, {}, "file_missing", "file"),
        (FROM_RESUME, {"file": None}, "file_object", "file"),
        (FROM_RESUME, {"file": "YWJj"}, "file_object", "file"),
        (FROM_RESUME, {"file": [FILE]}, "file_object", "file"),
        (FROM_RESUME, {"file": FILE | {"path": "/etc/passwd"}}, "file_object", "file"),
        (FROM_RESUME, {"file": {"filename": "a"}}, "file_object", "file"),
        (FROM_RESUME, {"file": FILE | {"content": 5}}, "file_object", "file"),
        (FROM_RESUME, {"file": FILE | {"content": "YWJ"}}, "base64", "file.content"),
        (FROM_RESUME, {"file": FILE | {"content": "Y W J j"}}, "base64", "file.content"),
        (FROM_RESUME, {"file": FILE | {"content": "简历"}}, "base64", "file.content"),
        (FROM_RESUME, {"file": FILE | {"media_type": "a/b\r\nx: y"}}, "string_pattern_mismatch", "file.media_type"),
        (FROM_RESUME, {"file": FILE, "name": "x"}, "unknown_parameter", "name"),
        (PARSE, {}, "nothing_sent", "file / request"),
        (PARSE, {"text": "x", "colour": 1}, "extra_forbidden", "colour"),
        (op_named(AIGatewayAPI, "match_resumes"), {"file": FILE}, "list_type", "file"),
        (op_named(AIGatewayAPI, "match_resumes"), {"file": [FILE, 5]}, "file_object", "file.1"),
        (op_named(AIGatewayAPI, "match_resumes"), {"file": []}, "file_missing", "file"),
    ],
)
def test_data_that_does_not_fit_is_refused_with_its_place(op, data, problem, field):
    with pytest.raises(Invalid) as told:
        arguments(op, received(op, data))
    assert (problem, field) in {(p["problem"], p["field"]) for p in told.value.details["problems"]}


@pytest.mark.parametrize("data", [{"note": float("nan")}, {"request": {"note": float("nan")}}])
def test_a_number_that_is_none_does_not_become_null(data):
    create = op_named(CrmAPI, "create_talent")
    assert outcome(create, lambda: received(create, data)) == [("string_type", "note")]


def test_files_and_records_arrive_whole():
    found = arguments(FROM_RESUME, received(FROM_RESUME, {"file": FILE | {"filename": "简历.TXT"}, "demo": True}))
    assert found == {"file": Upload(filename="简历.TXT", media_type="text/plain", data=b"abc"), "demo": True}
    assert arguments(PARSE, received(PARSE, {"text": "中文"}))["request"].text == "中文"
    assert arguments(PARSE, received(PARSE, {"file": FILE}))["file"].data == b"abc"
    assert arguments(PARSE, received(PARSE, {"file": None, "text": "x"}))["request"].text == "x"

"""What cannot travel is refused when it is declared."""

from typing import Annotated, Any

import pytest
from pydantic import Field, ValidationError

from looma.platform import requests
from looma.platform.contract import Contract, Notice, Record, Upload, get, post
from looma.platform.openapi import describe

from .toy import ToyAPI


class Body(Record):
    text: str


def test_places_follow_from_types():
    [take] = [op for op in ToyAPI.operations() if op.name == "take"]
    assert {p.name: p.place for p in take.parameters} == {"files": "uploads", "cover": "upload", "note": "body"}
    [find] = [op for op in ToyAPI.operations() if op.name == "find"]
    assert {p.name: (p.place, p.many, p.required) for p in find.parameters} == {
        "q": ("query", False, False),
        "tag": ("query", True, False),
        "big": ("query", False, False),
        "limit": ("query", False, False),
    }


def test_operations_are_read_once():
    assert ToyAPI.operations() is ToyAPI.operations()


def two_bodies(self, one: Body, other: Body) -> Body:
    """Two bodies."""


def body_in_get(self, one: Body) -> Body:
    """A body in a GET."""


def mapping(self, one: dict[str, str]) -> Body:
    """A mapping."""


def records(self, many: list[Body]) -> Body:
    """Several records."""


def words(self, some: set[str]) -> Body:
    """A set."""


def raw(self, data: bytes) -> Body:
    """Bytes that are no upload."""


def whatever(self, some: Any) -> Body:
    """Anything."""


def undocumented(self, one: str) -> Body: ...


def lost_path(self) -> Body:
    """The path names what the method does not take."""


@pytest.mark.parametrize(
    ("mark", "method"),
    [
        (post("/x"), two_bodies),
        (get("/x"), body_in_get),
        (get("/x"), mapping),
        (post("/x"), records),
        (get("/x"), words),
        (get("/x"), raw),
        (get("/x"), whatever),
        (get("/x"), undocumented),
        (get("/x/{gone}"), lost_path),
    ],
)
def test_what_cannot_travel_is_refused(mark, method):
    contract = type("BadAPI", (Contract,), {"service": "bad-service", "port": 1, method.__name__: mark(method)})
    with pytest.raises(TypeError):
        contract.operations()


def test_records_are_closed_and_frozen():
    with pytest.raises(ValidationError):
        Body(text="x", more=1)
    with pytest.raises(ValidationError):
        Body(text="x").text = "y"


def test_a_notice_comes_back_without_its_message():
    notice = Notice(code="request.not_found")
    assert Notice.model_validate(notice.model_dump()) == notice


def test_an_upload_does_not_print_its_bytes():
    assert "secret" not in repr(Upload(filename="a", media_type="b", data=b"secret"))


def test_the_document_is_read_off_the_contract():
    document = describe(ToyAPI, "1")
    take = document["paths"]["/api/v1/toy-files"]["post"]
    form = take["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert form["required"] == ["files"]
    assert form["properties"]["files"]["type"] == "array"
    assert "note" in form["properties"]
    assert list(take["requestBody"]["content"]) == ["multipart/form-data"]
    either = document["paths"]["/api/v1/toy-either"]["post"]["requestBody"]["content"]
    assert set(either) == {"application/json", "multipart/form-data"}
    make = document["paths"]["/api/v1/toys"]["post"]
    assert make["x-scope"] == "crm:write"
    assert make["requestBody"]["content"]["application/json"]["schema"]["$ref"].startswith("#/components/schemas/Thing")
    assert set(make["responses"]) == {"201", "default"}


class Given(Record):
    """Each kind of value that a request carries."""

    whole: int = 0
    number: Annotated[float, Field(allow_inf_nan=False)] = 0
    flag: bool = False
    words: list[str] = []


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("field", Given.model_fields)
def test_whatever_is_wrong_with_a_value_is_told_in_words(field, language):
    found = []
    for value in ("1.5", "1e999", "NaN", '"x"', "null", "{}", "[{}]", "9" * 5000, '"' + "9" * 5000 + '"', '"1.5"', "2"):
        try:
            Given.model_validate_json(f'{{"{field}": {value}}}')
        except ValidationError as bad:
            found += [(error["type"], requests.sentences(bad, language)) for error in bad.errors()]
    assert len(found) > 3
    assert [told for kind, told in found if kind in told] == []

"""The ground: catalogue, errors, clock and ids, context, settings, logs, policy, seals."""

import io
import json
import logging
import pickle
import stat
from uuid import UUID

import pytest
from pydantic import ValidationError

from looma.platform import catalogue, context, policy
from looma.platform.clock import Uuid7, utc_now
from looma.platform.errors import Forbidden, LoomaError, NotFound, Unauthenticated, Unavailable
from looma.platform.settings import HttpSettings, Settings, described, env_example, reference_page
from looma.platform.signing import CallerSeal, kept_key
from looma.platform.telemetry import configure_logging, next_traceparent


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("en;q=0.5, zh-TW;q=0.7", "zh-CN"),
        ("de, en;q=0.1", "en"),
        ("zh;q=0", "en"),
        ("zh;q=rubbish, en;q=0.9", "en"),
        ("," * 10_000, "en"),
    ],
)
def test_languages_are_negotiated(header, language):
    assert catalogue.negotiate(header) == language


def test_a_missing_detail_stays_visible_and_an_unknown_code_comes_back():
    assert "{limit_mb}" in catalogue.text("request.too_large", "en")
    assert catalogue.text("no.such.code", "en") == "no.such.code"


def test_an_error_survives_wire_and_pickle():
    error = NotFound(id="7")
    for again in (LoomaError.from_wire(404, error.to_wire("zh-CN")), pickle.loads(pickle.dumps(error))):  # noqa: S301
        assert type(again) is NotFound
        assert again.details == {"id": "7"}
    unknown = LoomaError.from_wire(418, {"code": "tea.pot", "details": None})
    assert isinstance(unknown, Unavailable)


def test_two_errors_cannot_share_a_code():
    with pytest.raises(TypeError):
        type("Again", (NotFound,), {"code": "request.conflict"})
    with pytest.raises(TypeError):
        type("Nameless", (NotFound,), {})


def test_ids_rise_strictly_and_are_uuid7():
    still = Uuid7(milliseconds=lambda: 1_700_000_000_000)
    ids = [still() for _ in range(5000)]
    assert ids == sorted(set(ids))
    assert UUID(ids[0]).version == 7
    assert utc_now().tzinfo is not None


def test_nobody_is_nobody():
    with pytest.raises(RuntimeError):
        context.caller()
    with pytest.raises(Unauthenticated):
        policy.require("crm:read")
    with context.acting(context.Caller(org="a", user="b", scopes=frozenset({"crm:read"}))):
        policy.require("crm:read")
        policy.require(None)
        with pytest.raises(Forbidden):
            policy.require("crm:write")


@pytest.mark.parametrize("received", [None, "", "00-" + "0" * 32 + "-" + "1" * 16 + "-01", "rubbish", "00-" + "g" * 32])
def test_a_bad_trace_starts_a_new_one(received):
    assert len(next_traceparent(received)) == 55


def test_the_trace_goes_on():
    got = next_traceparent("00-" + "a" * 32 + "-" + "b" * 16 + "-01")
    assert got.startswith("00-" + "a" * 32)
    assert "b" * 16 not in got
    assert got.endswith("-01")


def test_settings_come_from_the_environment_and_stay(monkeypatch, tmp_path):
    monkeypatch.setenv("LOOMA_PORTS", '{"looma-crm": 9000}')
    monkeypatch.setenv("LOOMA_DATA", str(tmp_path))
    settings = Settings()
    assert settings.http.ports == {"looma-crm": 9000}
    assert settings.stores.data == tmp_path
    with pytest.raises(ValidationError):
        settings.http = HttpSettings()


def test_only_loopback_is_listened_on(monkeypatch):
    monkeypatch.setenv("LOOMA_HOST", "0.0.0.0")  # noqa: S104
    with pytest.raises(ValidationError):
        Settings()


def test_every_setting_is_described():
    rows = list(described())
    assert len({variable for _, variable, _, _ in rows}) == len(rows) > 10
    assert all(description for *_, description in rows)
    assert "LOOMA_DATA" in env_example()
    assert "LOOMA_DATA" in reference_page()


def test_secrets_do_not_print(monkeypatch):
    monkeypatch.setenv("LOOMA_PEER_KEY", "hush")
    assert "hush" not in repr(Settings())


@pytest.fixture
def _logs_as_before():
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.usefixtures("_logs_as_before")
@pytest.mark.parametrize("form", ["json", "text"])
def test_logs_carry_the_request(form):
    out = io.StringIO()
    configure_logging("INFO", form, out)
    with context.entered(context.Context(request_id="r-1")):
        logging.getLogger("looma.test").info("done %d", 1, extra={"count": 3})
        try:
            raise ValueError("x")
        except ValueError:
            logging.getLogger("looma.test").exception("failed")
    first = out.getvalue().splitlines()[0]
    if form == "json":
        line = json.loads(first)
        assert (line["request_id"], line["count"], line["message"]) == ("r-1", 3, "done 1")
    else:
        assert "done 1 count=3" in first
    assert "ValueError" in out.getvalue()


def test_a_seal_opens_once_made_and_not_otherwise():
    seal, who = CallerSeal(b"a" * 32), context.Caller("o", "u", frozenset({"viewer"}))
    assert seal.open(seal.seal(who)) == who
    body, _, _ = seal.seal(who).partition(".")
    for forged in ("", "é.é", ".", body, f"{body}.", CallerSeal(b"b" * 32).seal(who), f"{body[:-4]}AAAA.{'0' * 64}"):
        with pytest.raises(Unauthenticated):
            seal.open(forged)


def test_the_key_is_made_once_and_private(tmp_path):
    key = kept_key(tmp_path / "data")
    assert kept_key(tmp_path / "data") == key
    assert len(key) == 32
    assert stat.S_IMODE((tmp_path / "data" / "peer.key").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["peer.key"]


@pytest.mark.parametrize("torn", ["", "ab", "zz" * 32, "\ufeff"])
def test_a_torn_key_is_made_anew(tmp_path, torn):
    (tmp_path / "peer.key").write_text(torn, encoding="utf-8")
    key = kept_key(tmp_path)
    assert len(key) == 32
    assert kept_key(tmp_path) == key

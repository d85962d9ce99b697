"""The command line in odd company: no locale, closed and full outputs, devices, settings that do not fit."""

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from looma.cli import HOMES, documents, outcome
from looma.contracts.resume import ResumeTooLarge
from looma.platform.catalogue import LANGUAGES

HELPS = """
import sys
from looma.cli import HOMES, looma
for name in ["", *HOMES]:
    sys.argv = ["looma", *filter(None, [name]), "--help"]
    looma.main(sys.argv[1:], prog_name="looma", standalone_mode=False)
"""


def run(command, **env):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LOOMA_", "LC_", "LANG", "PYTHONUTF8"))}
    done = subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, encoding="utf-8", env=clean | env, timeout=60
    )
    return done.returncode, done.stdout, done.stderr


def looma(*words, redirected="", **env):
    """The command as a shell runs it."""
    return run(["/bin/sh", "-c", f'"$0" -m looma "$@" {redirected}', sys.executable, *map(str, words)], **env)


def columns(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_help_fits_into_80_columns(language):
    code, out, err = run([sys.executable, "-c", HELPS], LOOMA_LANGUAGE=language)
    assert code == 0, err
    assert [line for line in out.splitlines() if columns(line) > 80] == []
    assert all(f"looma {name}" in out for name in HOMES)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--version"], 0, "looma "),
        (["--lang", "zh", "version"], 0, "looma "),
        (["--lang", "zh", "--help"], 0, "退出码"),
        (["--lang", "zh", "vresion"], 2, "没有命令 vresion"),
        (["match", "x", "--limit", "0", "--lang", "zh"], 2, "必须在 1 到 10000 之间"),
        (["version", "--lang", "fr"], 2, "zh, en"),
        (["seed", "--data", __file__, "--lang", "zh"], 2, "必须是目录"),
        (["openapi", "resume", "--out", f"{__file__}/x", "--lang", "zh"], 4, "无法写入"),
        (["parse", "/", "--lang", "zh"], 3, "无法打开"),
    ],
)
def test_words_and_exit_codes(words, code, told):
    got, out, err = looma(*words)
    assert (got, told in out + err) == (code, True), out + err
    assert "Traceback" not in err


def test_a_closed_output_takes_nothing_and_hurts_nobody():
    assert looma("version", redirected=">&-") == (0, "", "")
    code, out, _ = looma("version", redirected="2>&-")
    assert (code, out.startswith("looma")) == (0, True)
    code, out, _ = looma("version", redirected="<&-")
    assert (code, out.startswith("looma")) == (0, True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told():
    code, _, err = looma("settings", redirected=">/dev/full")
    assert code == 4
    assert "refused" in err
    assert "Traceback" not in err


def test_a_file_without_an_end_is_read_as_far_as_it_matters(monkeypatch):
    with pytest.raises(ResumeTooLarge):
        documents.upload(Path("/dev/zero"))
    monkeypatch.setattr(documents, "MAX_JOBS_BYTES", 1000)
    with pytest.raises(SystemExit) as ended:
        documents.jobs(Path("/dev/zero"))
    assert ended.value.code == outcome.Exit.REFUSED


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("LOOMA_PORTS", "x", "JSON"),
        ("LOOMA_PORTS", "[1]", "JSON"),
        ("LOOMA_PORTS", '{"looma-crm": 99999}', "65535"),
        ("LOOMA_PORTS", '{"looma-crm": -1}', "0"),
        ("LOOMA_PORTS", '{"looma-crm": "many"}', "整数"),
        ("LOOMA_PEERS", '{"looma-crm": 1}', "文本"),
        ("LOOMA_HOST", "0.0.0.0", "127.0.0.1"),  # noqa: S104
        ("LOOMA_REQUEST_TIMEOUT_S", "0", "大于 0"),
        ("LOOMA_LANGUAGE", "fr", "zh-CN"),
    ],
)
def test_a_setting_that_does_not_fit_is_named(monkeypatch, capsys, variable, value, told):
    monkeypatch.setattr(sys, "argv", ["looma", "version", "--lang", "zh"])
    monkeypatch.setenv(variable, value)
    with pytest.raises(SystemExit) as ended:
        outcome.settings()
    err = capsys.readouterr().err
    assert ended.value.code == outcome.Exit.WRONG_USE
    assert variable in err
    assert told in err


def test_chinese_may_be_asked_for_in_short(monkeypatch):
    monkeypatch.setenv("LOOMA_LANGUAGE", "zh")
    assert outcome.settings().language == "zh-CN"

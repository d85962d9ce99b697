"""The command line as a person meets it: a real process, its output, its exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.documents import EXPERT_ZH, JOB_EN, JOB_ZH

LOOMA = [sys.executable, "-m", "looma"]


def looma(*words, env=None, cwd=None):
    """Run the command; gives exit code, standard output, standard error."""
    import os

    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LOOMA_", "LC_", "LANG"))}
    done = subprocess.run(  # noqa: S603
        [*LOOMA, *map(str, words)], capture_output=True, text=True, cwd=cwd, env=clean | (env or {}), timeout=120
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def resume(tmp_path):
    file = tmp_path / "简历.txt"
    file.write_text(EXPERT_ZH, encoding="utf-8")
    return file


@pytest.fixture
def jobs(tmp_path):
    file = tmp_path / "jobs.jsonl"
    lines = [
        {"title": "厨师", "description": "负责中餐烹饪。", "salary": "ignored"},
        {"title": "推荐系统工程师", "description": JOB_ZH, "location": "上海"},
        {"title": "Recommender Systems Engineer", "description": JOB_EN},
        {"title": "厨师", "description": "负责中餐烹饪。"},
    ]
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return file


def test_match_prints_exactly_the_given_jobs_best_first(tmp_path, resume, jobs):
    code, out, err = looma("match", resume, "--jobs", jobs, "--json", env={"LOOMA_DATA": str(tmp_path / "none")})
    assert code == 0, err
    matches = json.loads(out)["matches"]
    assert sorted(m["job"]["title"] for m in matches) == sorted(
        ["厨师", "厨师", "推荐系统工程师", "Recommender Systems Engineer"]
    )
    scores = [m["score"] for m in matches]
    assert scores == sorted(scores, reverse=True)
    assert {m["job"]["title"] for m in matches[:2]} == {"推荐系统工程师", "Recommender Systems Engineer"}
    for match in matches[:2]:
        assert round(sum(reason["points"] for reason in match["reasons"]), 1) == match["score"]
        assert 0 <= match["confidence"] <= 1
        quoted = [item for reason in match["reasons"] for item in reason["evidence"]["resume"]]
        assert all(EXPERT_ZH[item["start"] : item["end"]] == item["text"] for item in quoted)
        assert quoted
    assert not (tmp_path / "none").exists()


def test_match_shows_reasons_in_the_language_asked_for(tmp_path, resume, jobs):
    code, out, _ = looma("match", resume, "--jobs", jobs, "--lang", "zh")
    assert code == 0
    assert "推荐系统工程师" in out
    assert "把握" in out
    code, out, _ = looma("match", resume, "--jobs", jobs, "--lang", "en")
    assert "confidence" in out


def test_an_empty_folder_uses_the_demo_jobs_and_says_so(tmp_path, resume):
    code, out, err = looma("match", resume, "--data", tmp_path / "empty", "--json")
    assert code == 0, err
    assert len(json.loads(out)["matches"]) == 80
    assert "demo" in err
    assert not (tmp_path / "empty").exists()


def test_parse_prints_the_facts(resume):
    code, out, err = looma("parse", resume, "--json")
    assert code == 0, err
    parsed = json.loads(out)
    assert parsed["text"] == EXPERT_ZH.strip()
    assert any(fact["kind"] == "email" and fact["value"] == "chen.shili@example.cn" for fact in parsed["facts"])
    code, out, _ = looma("parse", resume, "--lang", "zh")
    assert "陈示例" in out


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", 3, "没有任何文字"),
        (b"\x00\x01\x02\xff\xfe\xfd" * 50, 3, ""),
        (b"%PDF-1.7\nrubbish", 3, ""),
        (None, 3, "没有这个文件"),
    ],
)
def test_bad_files_are_refused_in_words(tmp_path, content, code, words):
    file = tmp_path / "bad.pdf"
    if content is not None:
        file.write_bytes(content)
    got, out, err = looma("parse", file, "--lang", "zh")
    assert got == code
    assert "bad.pdf" in err
    assert words in err
    assert "Traceback" not in err + out


def test_one_bad_file_does_not_hurt_the_others(tmp_path, resume, jobs):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    code, out, err = looma("match", bad, resume, "--jobs", jobs, "--json")
    assert code == 3
    first, second = json.loads(out)["results"]
    assert first["error"]["code"] == "resume.empty"
    assert second["matches"]
    assert "bad.txt" in err


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "line 2"),
        ("[]", "line 2"),
        ('[{"title": "A"}]', "line 2"),
        ('{"title": ""}', "line 2"),
        ('{"description": "x"}', "line 2"),
    ],
)
def test_a_bad_line_is_named(tmp_path, resume, line, words):
    file = tmp_path / "jobs.jsonl"
    file.write_text('{"title": "x"}\n' + line, encoding="utf-8")
    code, _, err = looma("match", resume, "--jobs", file)
    assert (code, words in err) == (3, True)


@pytest.mark.parametrize(
    "words", [["match"], ["nope"], ["match", "--nope"], ["serve", "nobody"], ["match", "x", "--lang", "fr"]]
)
def test_wrong_use_ends_with_two(words):
    code, _, err = looma(*words)
    assert code == 2
    assert err.strip()


def test_help_teaches_in_both_languages():
    _, english, _ = looma("--help")
    _, chinese, _ = looma("--help", env={"LANG": "zh_CN.UTF-8"})
    assert "looma match" in english
    assert "退出码" in chinese


def test_seed_twice_never_doubles(tmp_path):
    data = tmp_path / "data"
    code, out, err = looma("seed", "--data", data)
    assert code == 0, err
    assert all(number in out for number in ("40", "80", "120"))
    code, again, err = looma("seed", "--data", data)
    assert code == 0, err
    assert again == out


def test_reference_commands():
    assert looma("version")[1].startswith("looma ")
    assert "LOOMA_DATA" in looma("settings")[1]
    assert json.loads(looma("openapi", "resume")[1])["openapi"] == "3.1.0"


def test_migrate_makes_a_database(tmp_path):
    code, _, err = looma("migrate", "--data", tmp_path / "data")
    assert code == 0, err
    assert list(Path(tmp_path / "data").rglob("*.db"))

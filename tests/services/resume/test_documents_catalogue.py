"""What people read when a document is refused: in both languages, with the limits that hold."""

import re

import pytest

from looma.contracts import resume
from looma.contracts.resume import MAX_FILE_BYTES, MAX_PAGES, ResumeTooLarge, TooSlow, UnknownKind
from looma.platform import catalogue
from looma.platform.errors import LoomaError

ERRORS = sorted(code for code in LoomaError.codes() if code.startswith("resume."))
NOTICES = ["resume.no_name", "resume.no_contact", "resume.needs_ocr_notice", "resume.read_in_part"]


@pytest.mark.parametrize("code", ERRORS + NOTICES)
def test_every_code_has_its_own_words_in_both_languages(code: str) -> None:
    english, chinese = (catalogue.texts(language)[code] for language in ("en", "zh-CN"))
    assert not re.search("[\u4e00-\u9fff]", english)
    assert re.search("[\u4e00-\u9fff]", chinese)
    assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", chinese))


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_texts_are_filled_with_what_the_errors_carry(language: catalogue.Language) -> None:
    too_large = ResumeTooLarge(limit_mb=MAX_FILE_BYTES >> 20, limit_pages=MAX_PAGES).message(language)
    assert f"{MAX_FILE_BYTES >> 20} MB" in too_large
    assert str(MAX_PAGES) in too_large
    assert "rtf" in UnknownKind(kind="rtf").message(language)
    assert "30" in TooSlow(seconds=30).message(language)


def test_there_is_no_text_without_its_code() -> None:
    assert set(ERRORS) == {kind.code for kind in vars(resume).values() if _is_error(kind)}
    written = {code for code in catalogue.texts("en") if code.startswith("resume.")}
    assert written == {*ERRORS, *NOTICES}


def _is_error(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, LoomaError) and kind.code.startswith("resume.")

"""Every text exists in both languages, with the same fields, and every error has one."""

import string

import pytest
from tools.reference import error_codes

from looma.platform import catalogue
from looma.platform.catalogue import LANGUAGES


def fields(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_the_languages_have_the_same_texts():
    assert set(catalogue.texts("en")) == set(catalogue.texts("zh-CN"))


@pytest.mark.parametrize("code", sorted(catalogue.texts("en")))
def test_a_text_has_the_same_fields_in_each_language(code):
    english, chinese = (fields(catalogue.texts(language)[code]) for language in ("en", "zh-CN"))
    assert english == chinese


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_a_text(language):
    assert set(error_codes()) - set(catalogue.texts(language)) == set()


def test_chinese_texts_are_chinese():
    untranslated = [
        code
        for code, text in catalogue.texts("zh-CN").items()
        if not any("\u4e00" <= c <= "\u9fff" for c in text)
        and any(c.isalpha() for c in string.Formatter().vformat(text, (), _Blank()))
    ]
    assert untranslated == []


class _Blank(dict):
    def __missing__(self, key):
        return _Nothing()


class _Nothing(str):
    __slots__ = ()

    def __format__(self, spec):
        return ""

"""Chinese and everything else stand in one order, and are found by how they are spoken."""

import subprocess
import sys

import pytest

from looma.platform.stores.sort_keys import INITIALS, LONGEST, SPELLED, STARTS, search_key, searched, sort_key


def found(text, typed, *, person=True):
    """Whether a text is found by what somebody typed."""
    key, wanted = search_key(text, person=person), searched(typed)
    return bool(key and wanted and wanted in key)


def test_names_of_both_scripts_stand_in_one_order():
    names = [
        "Adam Brook",
        "陈晨",
        "陈思远",
        "Chen Wei",
        "Émile Heron",
        "emma jay",
        "李安",
        "连海",
        "Zhang San",
        "张三",
        "张三丰",
    ]
    assert sorted(set(names), key=lambda name: sort_key(name, person=True)) == names


def test_what_is_read_alike_still_has_an_order():
    assert sort_key("李丽") != sort_key("黎莉")
    assert sort_key("C") < sort_key("C#") < sort_key("C++") < sort_key("Cook")


@pytest.mark.parametrize(("one", "other"), [("ＡＢＣ", "abc"), (" Nora  Icumb ", "NORA ICUMB"), ("Straße", "STRASSE")])
def test_case_width_and_space_do_not_count(one, other):
    assert sort_key(one) == sort_key(other)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("曾国强", "zengguoqiang"),
        ("单丽", "shanli"),
        ("尉迟恭", "yuchigong"),
        ("欧阳娜", "ouyangna"),
        ("吕布", "lvbu"),
        ("翟晟", "zhaisheng"),
    ],
)
def test_surnames_are_read_as_surnames(name, read):
    assert found(name, read)
    assert sort_key(name, person=True).split("\t")[0].replace(" ", "") == read


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("重庆银行", "chongqingyinhang"),
        ("单位会计", "danweikuaiji"),
        ("护士长", "hushizhang"),
        ("长安汽车", "changan"),
        ("成都厦门航空", "chengduxiamen"),
    ],
)
def test_words_are_read_as_words(title, read):
    assert found(title, read, person=False)


@pytest.mark.parametrize("typed", ["zhangsan", "Zhang San", "ZHANG", "zs", "z", "san", "zhang'san", "ｚｓ"])
def test_a_name_is_found_by_its_sound(typed):
    assert found("张三", typed)


@pytest.mark.parametrize("typed", ["hangsan", "ang", "an", "zsx", "%", "_s", "z%", "张", "", " ", "\n", "z\ns\x00"])
def test_it_is_found_only_where_a_word_begins(typed):
    assert not found("张三", typed)


def test_what_is_mixed_is_found_from_each_word_on():
    assert found("Java高级工程师", "javagaoji")
    assert found("Java 高级工程师", "gcs")
    assert found("高级 Java 工程师", "gjjgcs")
    assert search_key("Senior engineer") is None


def test_keys_stay_short_whatever_the_text():
    text = "工程师" * 3000
    assert len(sort_key(text)) == LONGEST
    assert len(search_key(text)) <= STARTS * (SPELLED + INITIALS + 2)
    for odd in ("", "🙂", "\u0301", "𠮷野", "《》", "ㄅㄆ", "ゞ", "한국", "\U0003fffd"):
        assert isinstance(sort_key(odd), str)
        search_key(odd)


def test_the_library_is_loaded_with_the_first_chinese_text_and_without_its_phrases():
    program = (
        "import sys\n"
        "from looma.platform.stores.sort_keys import sort_key\n"
        "sort_key('Zhang San')\n"
        "assert 'pypinyin' not in sys.modules\n"
        "assert sort_key('张三') == 'zhang san\\t张三'\n"
        "assert 'pypinyin.phrases_dict' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603

"""Places under one key, and where a text names them."""

from typing import Literal

import pytest

from looma.services.resume.facts.place_keys import places
from looma.services.resume.facts.places import find_locations, place_key


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (("北京", "北京市", "Beijing", "BEIJING", "中国北京", "北京市海淀区", "Beijing, China"), "北京"),
        (("江苏省南京市玄武区", "南京", "Nanjing", "Nanjing, Jiangsu"), "南京"),
        (("广东深圳", "深圳市", "Shenzhen, Guangdong, China"), "深圳"),
        (("内蒙古自治区呼和浩特市", "Hohhot"), "呼和浩特"),
        (("Xi'an", "西安市"), "西安"),
        (("香港", "Hong Kong", "香港特别行政区"), "香港"),
        (("Bangalore", "Bengaluru, Karnataka", "班加罗尔"), "Bengaluru"),
        (("London", "London, UK", "伦敦", "Greater London"), "London"),
        (("Washington, DC", "Washington, D.C.", "Washington DC"), "Washington, D.C."),
        (("San Francisco, CA 94105", "San Francisco Bay Area", "旧金山"), "San Francisco"),
        (("Fernhill, FL", "Fernhill, FL 32011", "Fernhill, Florida"), "Fernhill, Florida"),
        (("US", "USA", "United States", "美国"), "United States"),
        (("CA", "California"), "California"),
    ],
)
def test_place_key(names: tuple[str, ...], key: str) -> None:
    assert {name: place_key(name) for name in names} == dict.fromkeys(names, key)


@pytest.mark.parametrize("text", ["", "remote", "远程", "in", "or", "me", "12345", "上", ",,,"])
def test_no_place(text: str) -> None:
    assert place_key(text) is None


def test_every_place_is_found_by_its_key() -> None:
    for place in set(places().values()):
        assert place_key(place.key) is not None
        assert place.kind in ("country", "region", "city")


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("", []),
        ("现居：上海", [("上海", "上海")]),
        ("现居北京市海淀区，5年经验", [("北京市海淀区", "北京")]),
        ("现居住地：深圳性别：男", [("深圳", "深圳")]),
        ("地址：江苏省南京市玄武区珠江路1号", [("江苏省南京市玄武区", "南京")]),
        ("陈思远\n上海 | 13800138000", [("上海", "上海")]),
        ("2019.03-至今 数据工程师 杭州", [("杭州", "杭州")]),
        ("现居：Berlin, Germany", [("Berlin, Germany", "Berlin")]),
        ("云上科技（上海）有限公司", []),
        ("上海某某投资咨询有限公司", []),
        ("毕业于北京大学", []),
    ],
)
def test_chinese_locations(text: str, passages: list[tuple[str, str]]) -> None:
    assert [(text[f.start : f.end], f.value) for f in find_locations(text, "zh")] == passages


def test_a_wanted_place_is_told_from_a_present_one() -> None:
    present, wanted = find_locations("现居：上海  期望城市：杭州", "zh")
    assert (present.method, wanted.method) == ("rule:location_label", "rule:location_wanted")
    assert present.confidence > wanted.confidence


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("Location: Berlin", [("Berlin", "Berlin")]),
        ("Jane Roe\nSan Francisco, CA 94105", [("San Francisco, CA", "San Francisco")]),
        ("Bengaluru, Karnataka - Email me", [("Bengaluru, Karnataka", "Bengaluru")]),
        ("12 Oak Road  New York, NY 10001", [("New York, NY", "New York")]),
        ("7 Elm Street Denver, CO 80202", [("Denver, CO", "Denver")]),
        ("Worked in Boston and London.", [("Boston", "Boston"), ("London", "London")]),
        ("Box 42 Fernhill, FL", [("Fernhill, FL", "Fernhill, Florida")]),
        ("Shenzhen, Guangdong, China", [("Shenzhen, Guangdong, China", "深圳")]),
        ("Acme, India", [("India", "India")]),
        ("University of Houston", []),
        ("Boston Consulting Group", []),
        ("Reading books", []),
        ("Hobbies: Reading", []),
        ("Java, C, IN", []),
    ],
)
def test_english_locations(text: str, passages: list[tuple[str, str]]) -> None:
    assert [(text[f.start : f.end], f.value) for f in find_locations(text, "en")] == passages


@pytest.mark.parametrize("unit", ["1", "@", " ", "-", "年", "北京", "地址", "A ", "A, ", "New York, ", "Aa"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_texts_end(unit: str, language: Literal["zh", "en"]) -> None:
    text = unit * (100_000 // len(unit))
    assert all(0 <= fact.start < fact.end <= len(text) for fact in find_locations(text, language))

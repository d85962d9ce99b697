"""E-mail addresses, telephone numbers and links, and what only looks like them."""

from typing import Literal

import pytest

from looma.services.resume.facts.contacts import find_emails, find_links, find_phones


@pytest.mark.parametrize(
    ("text", "passage", "value"),
    [
        ("jane@example.com", "jane@example.com", "jane@example.com"),
        ("邮箱9abc@example.net籍贯湖南", "9abc@example.net", "9abc@example.net"),
        ("陈思远jane@example.com。", "jane@example.com", "jane@example.com"),
        ("Email me on Indeed: a.B@Example.COM\nnext", "a.B@Example.COM", "a.b@example.com"),
        ("ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ", "jane@example.com"),
        ("mailto:Jane@example.co.uk.", "Jane@example.co.uk", "jane@example.co.uk"),
        ("(o'neil@example.org)", "o'neil@example.org", "o'neil@example.org"),
        ("name @ host . com", "name @ host . com", "name@host.com"),
        ("jane@example . com", "jane@example . com", "jane@example.com"),
        ("E-mail: jane @ example.com", "jane @ example.com", "jane@example.com"),
        ("jane.roe@ example.com", "jane.roe@ example.com", "jane.roe@example.com"),
        ("jane@例子.中国 现居", "jane@例子.中国", "jane@例子.中国"),
        ("jane@münchen.de", "jane@münchen.de", "jane@münchen.de"),
        ("jane@example.comPhone: 1", "jane@example.com", "jane@example.com"),
        ("jane@example.com.Phone", "jane@example.com", "jane@example.com"),
        ("jane@example.com13800138000", "jane@example.com", "jane@example.com"),
        ("13800138000@example.com", "13800138000@example.com", "13800138000@example.com"),
    ],
)
def test_emails(text: str, passage: str, value: str) -> None:
    (fact,) = find_emails(text)
    assert (text[fact.start : fact.end], fact.value, fact.method) == (passage, value, "rule:email")


@pytest.mark.parametrize(
    "text",
    ["", "没有邮箱", "I work @ example.com today", "x@y", "x@10.0.0.1", "@example.com", "jane@host-.com", "a @ b"],
)
def test_no_emails(text: str) -> None:
    assert find_emails(text) == []


def test_several_emails_in_order() -> None:
    text = "<a@example.com>;c@example.org,\nb @ example . net"
    assert [fact.value for fact in find_emails(text)] == ["a@example.com", "c@example.org", "b@example.net"]


@pytest.mark.parametrize(
    ("text", "language", "passage", "value"),
    [
        ("13800138000", "en", "13800138000", "+8613800138000"),
        ("+86 138-0013-8000", "en", "+86 138-0013-8000", "+8613800138000"),
        ("电话：138 0013 8000", "zh", "138 0013 8000", "+8613800138000"),
        ("联系电话13800138000籍贯", "zh", "13800138000", "+8613800138000"),
        ("(+86)13800138000", "zh", "(+86)13800138000", "+8613800138000"),
        ("0086 13800138000", "zh", "0086 13800138000", "+8613800138000"),
        ("８６１３８００１３８０００", "zh", "８６１３８００１３８０００", "+8613800138000"),
        ("微信：13800138000", "zh", "13800138000", "+8613800138000"),
        ("0571-8888 1234", "zh", "0571-8888 1234", "+8657188881234"),
        ("电话：400-820-8820", "zh", "400-820-8820", "+864008208820"),
        ("London, 020 7946 0018", "en", "020 7946 0018", "+442079460018"),
        ("+44 (0)20 7946 0018", "en", "+44 (0)20 7946 0018", "+442079460018"),
        ("Phone: 415.555.2671 ext 3", "en", "415.555.2671", "+14155552671"),
        ("(415) 555-2671", "en", "(415) 555-2671", "+14155552671"),
        ("Pune, India 9876543210", "en", "9876543210", "+919876543210"),
        ("+91-98765 43210", "zh", "+91-98765 43210", "+919876543210"),
        ("Berlin, 030/12345678", "en", "030/12345678", "+493012345678"),
    ],
)
def test_phones(text: str, language: Literal["zh", "en"], passage: str, value: str) -> None:
    (fact,) = find_phones(text, language)
    assert (text[fact.start : fact.end], fact.value, fact.method) == (passage, value, "rule:phone")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "没有号码",
        "110101199003071234",
        "身份证号：11010119900307123X",
        "QQ：13800138000",
        "订单号 13800138000",
        "2019.03.01-2020.04.30",
        "2019-2021 2022-2023",
        "138001380001",
        "a13800138000",
        "13800138000@example.com",
        "http://example.com/13800138000",
        "¥13800138000",
        "Revenue 1,234,567.89 USD",
    ],
)
def test_no_phones(text: str) -> None:
    assert find_phones(text, "zh") == []
    assert find_phones(text, "en") == []


def test_two_numbers_beside_each_other() -> None:
    for text in ("手机13800138000 0571-88881234", "手机：13800138000/0571-88881234"):
        assert [fact.value for fact in find_phones(text, "zh")] == ["+8613800138000", "+8657188881234"]


@pytest.mark.parametrize(
    ("text", "passage", "value"),
    [
        ("see https://github.com/jane/x).", "https://github.com/jane/x", "https://github.com/jane/x"),
        ("see WWW.Example.com/A, ok", "WWW.Example.com/A", "https://www.example.com/A"),
        ("linkedin.com/in/jane-roe", "linkedin.com/in/jane-roe", "https://linkedin.com/in/jane-roe"),
        ("github.com/jane项目", "github.com/jane", "https://github.com/jane"),
        ("janeroe.github.io", "janeroe.github.io", "https://janeroe.github.io"),
        ("主页：http://blog.example.cn/a?b=1。", "http://blog.example.cn/a?b=1", "http://blog.example.cn/a?b=1"),
    ],
)
def test_links(text: str, passage: str, value: str) -> None:
    (fact,) = find_links(text)
    assert (text[fact.start : fact.end], fact.value, fact.method) == (passage, value, "rule:link")


@pytest.mark.parametrize("text", ["", "ASP.net/C#", "Node.js/React", "jane@github.com/x", "主页"])
def test_no_links(text: str) -> None:
    assert find_links(text) == []


@pytest.mark.parametrize(
    "unit",
    ["1", "@", " ", "-", "年", "a@", "a.", "a@b.", "1 ", "12 345 6789 ", "13800138000 ", "http://", "(", "a @ b . "],
)
def test_hostile_texts_end(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    facts = [*find_emails(text), *find_links(text), *find_phones(text, "zh"), *find_phones(text, "en")]
    assert all(0 <= fact.start < fact.end <= len(text) for fact in facts)


@pytest.mark.parametrize(
    "text",
    [
        "Data Engineer (06/2023 - 03/2025)",
        "06/2019-12/2021 New York, USA",
        "2019.03-2021.12 工程师",
        "03/2015 – 04/2018",
    ],
)
def test_a_period_is_no_telephone_number(text):
    assert find_phones(text, "en") == []
    assert find_phones(text, "zh") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ada Example\n07400 123456 | ada@example.com", "+447400123456"),
        ("Ada Example\nMobile: 07400 123 456", "+447400123456"),
        ("Ada Example\nTel: 087 555 0143", "+353875550143"),
    ],
)
def test_british_and_irish_mobiles_need_no_country(text, value):
    assert [fact.value for fact in find_phones(text, "en")] == [value]

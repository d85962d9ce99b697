"""Lines, cells and the half-width form keep the offsets of the text."""

import pytest

from looma.services.resume.facts.lines import Line, folded, lines_of, segments_of, trimmed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("一行", [Line("一行", 0, 2)]),
        ("Jane Roe\nEngineer", [Line("Jane Roe", 0, 8), Line("Engineer", 9, 17)]),
        ("  姓名：陈思远 \r\n\r\n电话", [Line("姓名：陈思远", 2, 8), Line("", 11, 11), Line("电话", 13, 15)]),
        ("a\u2028b", [Line("a", 0, 1), Line("b", 2, 3)]),
    ],
)
def test_lines(text: str, expected: list[Line]) -> None:
    assert lines_of(text) == expected
    assert all(text[line.start : line.end] == line.text for line in lines_of(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("数据工程师", ["数据工程师"]),
        ("2019.03-至今　　云上科技\t数据工程师", ["2019.03-至今", "云上科技", "数据工程师"]),
        ("Jane Roe | Berlin • jane@example.com", ["Jane Roe", "Berlin", "jane@example.com"]),
        (" | | ", []),
    ],
)
def test_segments(text: str, expected: list[str]) -> None:
    whole = "前文\n" + text
    cells = segments_of(trimmed(whole, 3, len(whole)))
    assert [cell.text for cell in cells] == expected
    assert all(whole[cell.start : cell.end] == cell.text for cell in cells)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("２０１９．０３－至今", "2019.03-至今"),
        ("ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ", "jane@example.com"),
        ("姓名：陳思遠　男", "姓名:陳思遠 男"),
        ("a\u00a0b", "a b"),
    ],
)
def test_folded_keeps_the_length(text: str, expected: str) -> None:
    assert folded(text) == expected
    assert len(folded(text)) == len(text)


def test_large_texts() -> None:
    assert len(lines_of("\n" * 100_000)) == 100_000
    assert segments_of(Line(" " * 100_000, 0, 100_000)) == []

"""Which language a text is in, by its share of Han characters."""

import pytest

from looma.services.resume.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        ("   \n", "en"),
        ("12345 +86-138", "en"),
        ("Senior software engineer in Dublin", "en"),
        ("Curriculum vitae of Wang Fang (王芳), chemist at a laboratory in Leeds", "en"),
        ("个人简历", "zh"),
        ("熟悉 Python、PyTorch、Kubernetes、Spring Boot，五年以上后端开发经验", "zh"),
        ("履歷表：軟體工程師", "zh"),
        ("张伟 Java", "zh"),
    ],
)
def test_language_is_told_by_the_share_of_han(text: str, language: str) -> None:
    assert language_of(text) == language


def test_only_the_beginning_of_a_long_text_is_looked_at() -> None:
    assert language_of("english words " * 3000 + "汉字" * 100_000) == "en"

"""Headings of the sections of a résumé, as they stand alone in a line of a page."""

import re

_LONGEST = 40
_HEADING = re.compile(
    r"(?:contact(?: (?:me|details|info|information))?|personal (?:details|information|data|profile)|(?:about|profile|"
    r"summary)(?: me)?|(?:professional|career) (?:summary|profile|objective)|objective|"
    r"(?:technical |key |core |soft |other |professional )?(?:skills|competenc(?:es|ies)|strengths)|expertise|"
    r"tools|technologies|languages?|interests|hobbies|references|referees|certificat(?:es|ions)|licen[cs]es|awards|"
    r"honou?rs|publications|courses|training|volunteering|links|social|education|academic background|"
    r"(?:selected |key |personal )?projects|"
    r"(?:work(?:ing)? |professional |relevant )?experience|employment(?: history)?|(?:work|career) history|"
    r"联系(?:方式|信息)?|个人(?:信息|资料|简介|优势|评价)|基本(?:信息|资料)|关于我|自我(?:评价|介绍)|求职意向|"
    r"(?:专业|个人|职业|核心|掌握)?技能(?:特长|证书)?|技术栈|语言(?:能力)?|兴趣爱好|爱好|荣誉(?:奖项|证书)?|"
    r"获奖(?:经历|情况)|奖项|资格证书|证书|教育(?:背景|经历)|工作(?:经历|经验)|项目(?:经历|经验)|实习(?:经历|经验)|"
    r"校园(?:经历|经验)|培训(?:经历|经验)|职业(?:经历|概述))"
)

_BILINGUAL = re.compile(r"([\u4e00-\u9fff ]{2,12}?) ?[/|·]? ?[a-z][a-z ]{2,28}")


def is_heading(line: str) -> bool:
    """Whether a line is nothing but the name of a section, in Chinese or English, with or without a colon."""
    if len(line) > _LONGEST:
        return False
    bare = " ".join(line.split()).strip(" :：|·•■●◆▪—-【】[]").lower()
    letters = bare.split(" ")
    if (len(letters) > 3 and all(len(letter) == 1 for letter in letters)) or not bare.isascii():
        bare = "".join(letters)
    if _HEADING.fullmatch(bare):
        return True
    both = _BILINGUAL.fullmatch(" ".join(letters))
    return both is not None and _HEADING.fullmatch(both[1].replace(" ", "")) is not None

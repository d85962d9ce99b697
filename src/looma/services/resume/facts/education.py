"""Education entries: school, degree, subject and dates that stand together, whatever their order and layout."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from looma.contracts.resume import DegreeLevel, Fact, FactKind, Study

from .dates import Period
from .document import Document, between, fact
from .sections import SectionKind

Part = Literal["school", "degree", "date", "major"]

_REACH = 220
"""Code points between two mentions of one entry; what is farther apart belongs to different ones."""
_SENTENCE_REACH = 70
_MOST_MENTIONS = 12
"""Of one entry; more are a list of something else."""
_CUE = re.compile(
    r"毕业|就读|考入|考取|攻读|在读|学习|进修|肄业|取得|graduat|degree|studied|attended|major|bachelor|master",
    re.IGNORECASE,
)
"""What shows outside of an education section that a school is where a person studied."""
_SENTENCE_END = re.compile(r"[。;；!！]|\n\s*\n")
_MAJOR_LABEL = re.compile(
    r"(?:(?:毕业|所学|主修|就读|所读)专业|专业(?:名称)?(?=\s?[:：])|主修)\s{0,3}[:：]?\s{0,3}(?P<zh>[\u4e00-\u9fff][\u4e00-\u9fff()（）、A-Za-z]{1,19})"
    r"|(?i:\b(?:majors?|field of study|speciali[sz]ation|majoring|concentration|branch|stream)\s?(?:in"
    r"|:|-)\s{1,2})(?P<en>[A-Z][A-Za-z&/ -]{2,50})"
)
_LABEL_AFTER = re.compile(
    r"(?:邮箱|电话|手机|学历|学位|籍贯|民族|时间|学校|院校|毕业|E-?mail|QQ|政治|出生|性别"
    r"|年龄|工作|教育|求职|健康|现居|地址|主修课程|课程|GPA).*",
    re.DOTALL,
)
_CHINESE_SUBJECT = re.compile(
    r"[\s|/·,，、:：—–\-(（]{0,4}(?:(?:学|专)业\s?[:：]?\s?)?(?P<subject>[\u4e00-\u9fff][\u4e00-\u9fff与及和、]{1,14}(?:[(（][\u4e00-\u9fff]{2,8}[)）])?)\s?(?:\("
    r"|（|\||/|·|,|，|-|—)?\s{0,4}$"
)
_SUBJECT_AFTER = re.compile(
    r"(?:研究生|学历|学位)?[\s|/·,，、:：—–\-(（]{0,4}(?P<subject>[\u4e00-\u9fff]{2,14})(?=\s"
    r"|$|[|/·,，;；。(（\d)）])"
)
_NO_SUBJECT = re.compile(
    r"学历|学位|毕业|本科|大专|硕士|博士|学士|研究生|全日制|统招|在职|学院|大学|时间|经历"
    r"|经验|先生|女士|成绩|排名|奖|工作|任职|担任|课程|班|至今|"
    r"期间|获得|国籍|党员|出生|^[男女]|负责|^[院校系]$|学生|简历|良好|[国省市]$|信息$|^教育|姓名|性别|公司|职位|项目"
)


@dataclass(frozen=True, slots=True)
class _Mention:
    part: Part
    start: int
    end: int
    began: str | None = None
    ended: str | None = None
    current: bool = False
    level: DegreeLevel | None = None
    major: tuple[int, int] | None = None


@dataclass(slots=True)
class StudyEntry:
    """An education entry and the facts that it stands on."""

    study: Study
    facts: list[Fact] = field(default_factory=list)
    dates: tuple[int, ...] = ()
    """Where its dates begin: these are not periods of work."""


def find_education(document: Document) -> list[StudyEntry]:
    """The entries in the order of the text: all groups of an education section, elsewhere only those with a school."""
    entries: list[StudyEntry] = []
    for section in document.sections:
        loose = section.kind is not SectionKind.EDUCATION
        if section.kind in (SectionKind.PROJECTS, SectionKind.SKILLS):
            continue
        mentions = _mentions(document, section.start, section.end)
        groups = (group for group in _groups(document, mentions, loose=loose) if _counts(document, group, loose=loose))
        entries.extend(_entry(document, group, section.end) for group in groups)
    return entries


def _mentions(document: Document, start: int, end: int) -> list[_Mention]:
    found = [
        _Mention("school", name.start, name.end)
        for name in between(document.organizations, start, end)
        if name.kind is FactKind.SCHOOL and not name.generic
    ]
    degrees = between(document.degrees, start, end)
    if not found and not degrees:
        return []
    found += [
        _Mention("degree", degree.start, degree.end, level=degree.level, major=degree.major) for degree in degrees
    ]
    found += _dates(document, start, end)
    found += _labelled_majors(document, start, end)
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def _dates(document: Document, start: int, end: int) -> Iterator[_Mention]:
    """The periods, and the single dates outside of them."""
    periods = between(document.periods, start, end)
    for told in periods:
        yield _Mention("date", told.start, told.end, told.began, told.ended, told.current)
    covered = iter(periods)
    period: Period | None = next(covered, None)
    for date in between(document.dates, start, end):
        while period is not None and period.end <= date.start:
            period = next(covered, None)
        if period is None or date.start < period.start:
            yield _Mention("date", date.start, date.end, ended=date.value)


def _labelled_majors(document: Document, start: int, end: int) -> Iterator[_Mention]:
    for match in _MAJOR_LABEL.finditer(document.plain, start, end):
        name = "zh" if match["zh"] else "en"
        low, high = match.span(name)
        words = _LABEL_AFTER.sub("", match[name]).rstrip(" 、-/")
        words = re.split(r"\s{2,}| from | at | with ", words)[0].rstrip()
        if len(words) >= 2:
            yield _Mention("major", low, min(high, low + len(words)), major=(low, low + len(words)))


def _groups(document: Document, mentions: Sequence[_Mention], *, loose: bool) -> Iterator[list[_Mention]]:
    """Mentions that follow one another, until a part comes for the second time, or the text between is too long."""
    group: list[_Mention] = []
    for mention in mentions:
        if group and not _joins(document, group, mention, loose=loose):
            yield group
            group = []
        group.append(mention)
    if group:
        yield group


def _joins(document: Document, group: Sequence[_Mention], mention: _Mention, *, loose: bool) -> bool:
    last = group[-1]
    if len(group) >= _MOST_MENTIONS:
        return False
    gap = document.plain[last.end : mention.start]
    if len(gap) > (_SENTENCE_REACH if loose else _REACH):
        return False
    if loose and _SENTENCE_END.search(gap):
        return False
    same = [other for other in group if other.part == mention.part]
    if not same:
        return True
    if mention.part == "degree":
        return (
            last.part in ("degree", "major")
            and (len(gap) <= 12 and "\n" not in gap)
            and same[-1].level == mention.level
        )
    if mention.part == "school":
        return last.part == "school" and len(gap) <= 4 and "\n" not in gap.strip(" ,，")
    return mention.part == "major"


def _counts(document: Document, group: Sequence[_Mention], *, loose: bool) -> bool:
    parts = {mention.part for mention in group}
    if not loose:
        return "school" in parts or "degree" in parts
    if "school" not in parts:
        return False
    if "degree" in parts:
        return True
    start, end = group[0].start, group[-1].end
    return _CUE.search(document.plain, max(0, start - 16), end + 12) is not None


def _entry(document: Document, group: Sequence[_Mention], limit: int) -> StudyEntry:
    schools = [mention for mention in group if mention.part == "school"]
    degrees = [mention for mention in group if mention.part == "degree"]
    date = next((mention for mention in group if mention.part == "date"), None)
    major = _major(document, group, schools, degrees, limit)
    row = document.rows[document.row_at(group[-1].start)]
    facts = [fact(FactKind.SCHOOL, document.text, *_span(school), 0.9, "school") for school in schools]
    facts += [_degree_fact(document, degree) for degree in degrees]
    if major is not None:
        facts.append(fact(FactKind.MAJOR, document.text, *major, 0.7, "major"))
    if date is not None and date.ended is not None:
        facts.append(_graduation(date))
    return StudyEntry(
        Study(
            school=" ".join(document.text[schools[0].start : schools[0].end].split()) if schools else None,
            degree=max(
                (degree.level for degree in degrees if degree.level), key=lambda level: level.rank, default=None
            ),
            major=" ".join(document.text[major[0] : major[1]].split()) if major else None,
            began=date.began if date else None,
            ended=date.ended if date else None,
            passage_start=group[0].start,
            passage_end=min(max(row.end, group[-1].end), max(group[-1].end + 200, group[-1].end)),
        ),
        facts,
        tuple(mention.start for mention in group if mention.part == "date"),
    )


def _span(mention: _Mention) -> tuple[int, int]:
    return mention.start, mention.end


def _degree_fact(document: Document, mention: _Mention) -> Fact:
    found = fact(FactKind.DEGREE, document.text, mention.start, mention.end, 0.9, "degree")
    return found.model_copy(update={"value": str(mention.level)})


def _graduation(date: _Mention) -> Fact:
    return Fact(
        kind=FactKind.GRADUATION_YEAR,
        value=(date.ended or "")[:4],
        start=date.start,
        end=date.end,
        method="rule:graduation-year",
        confidence=0.8,
    )


def _major(
    document: Document,
    group: Sequence[_Mention],
    schools: Sequence[_Mention],
    degrees: Sequence[_Mention],
    limit: int,
) -> tuple[int, int] | None:
    """What a label or the degree says, else the Chinese words between school and degree, else those after both."""
    said = next((mention.major for mention in group if mention.part == "major"), None)
    said = said or next((degree.major for degree in degrees if degree.major), None)
    if said or not schools:
        return said
    after_school = min((mention.start for mention in group if mention.start >= schools[-1].end), default=limit)
    between = _subject(document, _CHINESE_SUBJECT, schools[-1].end, min(after_school, schools[-1].end + 30))
    if between and degrees:
        return between
    last = max(group, key=lambda mention: mention.end)
    if last.part == "date" and len(group) > 1:
        last = degrees[-1] if degrees else schools[-1]
    return _subject(document, _SUBJECT_AFTER, last.end, min(limit, last.end + 30))


def _subject(document: Document, form: re.Pattern[str], start: int, end: int) -> tuple[int, int] | None:
    match = form.match(document.plain, start, end)
    if match is None or _NO_SUBJECT.search(match["subject"]):
        return None
    return match.span("subject")

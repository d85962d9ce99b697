"""The sections of a résumé, told by their headings in Chinese and English, on lines of their own or run together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .lines import folded
from .rows import rows_of


class SectionKind(StrEnum):
    """What a section is about; `HEAD` is what stands before the first heading."""

    HEAD = "head"
    SUMMARY = "summary"
    WORK = "work"
    EDUCATION = "education"
    SKILLS = "skills"
    PROJECTS = "projects"
    CERTIFICATES = "certificates"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its heading at `[heading:start]`, its content at `[start:end]`; all sections cover the text."""

    kind: SectionKind
    heading: int
    start: int
    end: int


_CHINESE: dict[SectionKind, str] = {
    SectionKind.WORK: (
        "工作经历|工作经验|工作履历|工作背景|职业经历|职业履历|职业生涯|任职经历|从业经历|主要经历|主要工作经历"
        "|实习经历|实习经验|实践经历|社会实践|工作情况|工作及实习经历|实习与工作经历|实习/工作经历|工作/实习经历"
    ),
    SectionKind.EDUCATION: (
        "教育经历|教育背景|教育情况|教育履历|教育程度|学习经历|学历背景|学历信息|教育信息|教育与培训|学术背景|求学经历"
    ),
    SectionKind.SKILLS: (
        "专业技能|个人技能|技能特长|技能专长|职业技能|技术栈|技术能力|技能清单|掌握技能|语言|IT技能|语言能力|外语能力"
        "|语言技能|技能证书|技能|专业特长|技能与特长|技能标签|核心技能|核心能力|主要技能|相关技能"
        "|技术特长|语言与技能|技能爱好|计算机技能"
    ),
    SectionKind.PROJECTS: (
        "项目经验|项目经历|项目背景|主要项目|参与项目|科研经历|科研项目|研究经历|代表项目|项目实践|个人项目|开源项目"
    ),
    SectionKind.SUMMARY: (
        "自我评价|自我介绍|自我描述|个人评价|个人简介|个人优势|个人总结|个人概述|职业概述|个人概况|简介|自我鉴定"
        "|自我总结|职业概况|职业目标|求职意向|求职目标|期望工作|个人陈述|关于我|主题描述"
    ),
    SectionKind.CERTIFICATES: (
        "证书|资格证书|职业资格|所获证书|获得证书|证书资质|专业证书|荣誉证书|资质证书|职业证书|认证证书|专业资质"
        "|荣誉奖项|获奖情况|获奖经历|所获荣誉|荣誉与奖项|奖项荣誉|个人荣誉|主要荣誉|获奖荣誉|荣誉奖励|奖励情况"
    ),
    SectionKind.OTHER: (
        "个人信息|基本信息|基本资料|联系方式|个人资料|兴趣爱好|业余爱好|附加信息|其他信息"
        "|其他|培训经历|培训经验|校园经历"
        "|在校经历|校内经历|社团经历|学生工作|志愿者经历|志愿经历|论文发表|发表论文|学术成果|专利"
        "|出版物|爱好特长|家庭情况|推荐人|作品集"
    ),
}
_ENGLISH: dict[SectionKind, str] = {
    SectionKind.WORK: (
        "(?!years|total|project|my|of|no|with|country|having)[a-z&-]{2,20}(?:\\s[a-z&-]{3,20})?\\sexperiences?"
        "|work experience|professional experience|employment history|work history|employment"
        "|experience|career history"
        "|professional background|work background|relevant experience|experience details|employment experience"
        "|job history"
        "|teaching experience|career experience|industry experience|internships?|internship experience"
        "|employment record"
        "|related experience|company details|experience summary|current position|past experience|previous experience"
        "|additional experience|other experience|leadership experience|research experience"
        "|volunteer(?:ing)? experience"
        "|voluntary experience|volunteer work|administrative experience|coaching experience|positions held"
        "|employment details|professional history|organi[sz]ational experience|work experiences"
        "|early career|organi[sz]ation details"
        "|professional work experience|experiences?|career progression|military experience|work and experience"
        "|occupational contour"
    ),
    SectionKind.EDUCATION: (
        "education|academic qualifications?|educational qualifications?|education and training|academic background"
        "|educational background|academics|academic details|education details|education background|qualifications?"
        "|academic credentials|scholastics|education and certifications|academic profile|academia|academic history"
        "|education and qualifications|educational details|academic qualification|academic record"
        "|education and credentials"
        "|education qualification|educational history|academic achievements|academic chronicle"
    ),
    SectionKind.SKILLS: (
        "skills|technical skills|key skills|core competenc(?:ies|y)|competenc(?:ies|y)|technical expertise|expertise"
        "|areas of expertise|skills and competencies|key skills and competencies|professional skills"
        "|personal skills|it skills"
        "|computer skills|software skills|skill set|skills summary|technical proficienc(?:ies"
        "|y)|technologies|technical toolbox"
        "|languages|soft skills|core skills|technical competenc(?:ies|y)|summary of skills"
        "|technical summary|programming"
        "|tools and technologies|programming languages|skills and tools|skills profile|technical knowledge"
        "|key competencies"
        "|skills and abilities|other skills|interpersonal skills|language skills|relevant skills"
        "|skills and expertise|technical profile"
        "|key strengths|strengths|software proficiency|areas of interest|tech stack"
    ),
    SectionKind.PROJECTS: (
        "projects?|project experience|key projects|academic projects?|personal projects|project details"
        "|project summary|projects? undertaken|projects? handled|selected projects|projects profile"
        "|major projects|research projects|research"
    ),
    SectionKind.SUMMARY: (
        "summary|professional summary|profile|personal summary|career summary|objective|career objective"
        "|about me|about"
        "|executive summary|personal statement|career statement|professional profile|career profile"
        "|summary of qualifications"
        "|profile summary|career overview|overview|personal profile|synopsis|summary of experience"
        "|introduction|job objective"
        "|qualifications summary|professional objective|executive profile|professional synopsis"
        "|career highlights|qualifications profile"
    ),
    SectionKind.CERTIFICATES: (
        "certifications?|certificates?|licenses?|licenses and certifications|certifications and licenses"
        "|awards?|honou?rs|honou?rs and awards|awards and honou?rs|achievements|accomplishments"
        "|professional certifications?"
        "|certifications?/licenses?|trainings?|training and certifications?|trainings and certifications|courses"
        "|professional development|awards and achievements|awards and recognitions?|key achievements"
        "|professional qualifications?"
        "|professional training|scholarships|licensure|credentials|technical certifications?"
    ),
    SectionKind.OTHER: (
        "additional information|links|references?|interests|hobbies|hobbies and interests|interests and hobbies"
        "|publications|patents"
        "|personal details|personal information|contact|contact details|contact information|activities"
        "|memberships?|affiliations"
        "|professional affiliations|professional memberships|volunteer(?:ing)?|volunteer activities"
        "|community service|declaration"
        "|extracurricular activities|extra curricular activities|activities/organizations|personal"
        "|personal qualities|personal dossier"
        "|personal interests|leadership|strengths and hobbies|personal profile details|professional associations"
        "|groups"
        "|community involvement|presentations|conferences|applications|personal data|attributes|other information"
    ),
}

_NUMBERED = r"(?:[一二三四五六七八九十]{1,2}[、.．]|[（(][一二三四五六七八九十\d][）)]|\d{1,2}[、.．](?!\d))?\s{0,3}"
_WRAPPED = r"[\s【\[〖「=*#_—–-]{0,6}"
_CLOSED = r"[\s】\]〗」=*#_—–:：-]{0,6}"
_HEADING_CHARACTERS = 60
_HEADING_WORDS = 8
_BEGINS = re.compile(rf"{_WRAPPED}{_NUMBERED}[A-Za-z\u4e00-\u9fff]")


_ALONE = re.compile(
    rf"{_WRAPPED}{_NUMBERED}(?:"
    + "|".join(f"(?P<{kind}>{_CHINESE[kind]}|{_ENGLISH[kind]})" for kind in _CHINESE)
    + rf"){_CLOSED}",
    re.IGNORECASE,
)
_SPOKEN_AND = re.compile(r"\s{0,3}(?:&|\+|/|\band\b)\s{0,3}", re.IGNORECASE)
_JOINT = re.compile(r"\s{0,3}[&/+、和与及]\s{0,3}")
_BLANKS_INSIDE = re.compile(r"(?<=[\u4e00-\u9fff])\s{1,4}(?=[\u4e00-\u9fff])")
"""``工 作 经 历``: headings are often widened by blanks."""

_RUNNING: list[tuple[SectionKind, str]] = [
    (SectionKind.WORK, "工作经历|工作经验|工作履历|任职经历|实习经历|实习经验|职业经历|主要工作经历"),
    (SectionKind.EDUCATION, "教育经历|教育背景|教育履历|学习经历"),
    (SectionKind.PROJECTS, "项目经验|项目经历|科研经历"),
    (SectionKind.SKILLS, "专业技能|个人技能|技能特长|职业技能|语言能力|技能证书"),
    (SectionKind.SUMMARY, "自我评价|个人评价|求职意向|个人简介|自我介绍|个人优势"),
    (SectionKind.CERTIFICATES, "获奖情况|荣誉证书|所获荣誉|获得证书|资格证书|荣誉奖项"),
    (SectionKind.OTHER, "个人信息|基本信息|附加信息|兴趣爱好|培训经历|校园经历|在校经历"),
]
_RUNNING_CHINESE = re.compile(
    r"(?<![年月的富有关些长种丰份多在及和与从、，,])(?:[一二三四五六七八九十]、)?(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _RUNNING)
    + r")(?=\s{0,4}(?:[：:]|[\u2e80-\u9fff]{2}|[12]\d{3}|[A-Za-z●•◆■]|1[.、])|\s{0,4}$)(?![的和与及，,。、；])"
)
_SHOUTED_WORDS: dict[SectionKind, str] = {
    SectionKind.WORK: ("WORK EXPERIENCE|PROFESSIONAL EXPERIENCE|EMPLOYMENT HISTORY|WORK HISTORY|EXPERIENCE|EMPLOYMENT"),
    SectionKind.EDUCATION: ("EDUCATION|ACADEMIC QUALIFICATIONS|EDUCATIONAL QUALIFICATIONS"),
    SectionKind.SKILLS: ("TECHNICAL SKILLS|KEY SKILLS|CORE COMPETENCIES|SKILLS"),
    SectionKind.PROJECTS: ("PROJECTS"),
    SectionKind.SUMMARY: ("PROFESSIONAL SUMMARY|SUMMARY|OBJECTIVE|PERSONAL SUMMARY"),
    SectionKind.CERTIFICATES: ("CERTIFICATIONS|AWARDS|HONORS"),
    SectionKind.OTHER: ("REFERENCES|ADDITIONAL INFORMATION|INTERESTS|PUBLICATIONS"),
}
_SHOUTED = re.compile(
    r"(?<![A-Z&,] )(?<![\w&,/-])(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _SHOUTED_WORDS.items())
    + r")(?![\w&/-])(?! ?[&,]| [A-Z]{2,} [A-Z]{2,})"
)
_WIDE_LINE = 200
"""Headings inside a line are looked for in lines of at least this length only."""


def sections_of(text: str) -> list[Section]:
    """The sections in order; the first is the head, which is empty when the text begins with a heading."""
    headings = sorted(_headings(text), key=lambda found: (found[1], -found[2]))
    sections: list[Section] = []
    kind, heading, start = SectionKind.HEAD, 0, 0
    for next_kind, begin, end in headings:
        if begin < start:
            continue
        sections.append(Section(kind, heading, start, begin))
        kind, heading, start = next_kind, begin, end
    return [*sections, Section(kind, heading, start, len(text))]


def heading_places(sections: Sequence[Section]) -> list[int]:
    """Where headings begin and end, sorted: the places that cut rows."""
    return sorted({place for section in sections for place in (section.heading, section.start)})


def _headings(text: str) -> Iterator[tuple[SectionKind, int, int]]:
    plain = folded(text)
    for row in rows_of(text):
        part = plain[row.start : row.end]
        if len(part) <= _HEADING_CHARACTERS:
            kind = _heading_kind(part)
            if kind is not None:
                yield kind, row.start, row.end
                continue
        if len(part) >= _HEADING_CHARACTERS // 10:
            yield from _running(plain, row.start, row.end)


def _heading_kind(words: str) -> SectionKind | None:
    """The kind that a row of its own names: whole, or by its first word when two are joined (``Skills & Tools``)."""
    words = _BLANKS_INSIDE.sub("", words)
    if words.count(" ") > _HEADING_WORDS or not _BEGINS.match(words):
        return None
    spoken = _SPOKEN_AND.sub(" and ", words)
    match = _ALONE.fullmatch(words) or (_ALONE.fullmatch(spoken) if spoken != words else None)
    if match is None and len(words) <= 16 and _JOINT.search(words):
        match = _ALONE.fullmatch(_JOINT.split(words, maxsplit=1)[0])
    return SectionKind(match.lastgroup) if match and match.lastgroup else None


def _running(plain: str, start: int, end: int) -> Iterator[tuple[SectionKind, int, int]]:
    forms = (_RUNNING_CHINESE, _SHOUTED) if end - start >= _WIDE_LINE else (_RUNNING_CHINESE,)
    for form in forms:
        for match in form.finditer(plain, start, end):
            kind = SectionKind(match.lastgroup or SectionKind.OTHER)
            yield kind, match.start(), match.end()

"""Degrees in a text, Chinese and English: the words, the level that they mean, and the subject said with them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from looma.contracts.resume import DegreeLevel

from .lines import folded

_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Degree:
    """A degree at `[start:end]`; the subject that belongs to its name lies at `major`, where there is one."""

    start: int
    end: int
    level: DegreeLevel
    major: tuple[int, int] | None = None


_D, _M, _B, _A, _S = (
    DegreeLevel.DOCTOR,
    DegreeLevel.MASTER,
    DegreeLevel.BACHELOR,
    DegreeLevel.ASSOCIATE,
    DegreeLevel.SECONDARY,
)
_CHINESE_LEVELS = {
    "博士": _D, "硕士": _M, "研究生": _M, "学士": _B, "本科": _B, "大学": _B, "大专": _A, "专科": _A,
    "高职": _A, "高中": _S, "职高": _S, "中专": _S, "技校": _S, "中技": _S,
}  # fmt: skip
_CHINESE = re.compile(
    r"(?P<before>(?:全日制|统招|在职|非全日制|函授|自考|成人)?(?:大学(?=[本专]科))?)"
    r"(?P<level>博士(?!后|生?导师|点|论文)|硕士(?!生?导师|点|论文)|(?<![博硕]士)研究生(?![院会部处导])|双?学士"
    r"|本科(?![生教室院课]|以上)|大专|专科(?!医|学[校院生]|生|护|门)"
    r"|(?<=[:\s,])大学(?=\s*(?:$|[,。;\n]|健康))|(?<![\u4e00-\u9fff])大学(?=学历|文化|程度)"
    r"|(?<=学历)大学(?=学历|文化|程度)"
    r"|高职(?=学历|[,。;|\s]|$)|(?<!初)高中(?=学历|文化|毕业|[,。;|\s]|$)|职高(?=学历|毕业"
    r"|[,。;|\s]|$)|中专(?![学院])|技校(?=学历|毕业|[,。;|\s]|$)|中技(?=学历))"
    r"(?P<after>(?:研究生)?(?:学历|学位|文化程度|文化)?)(?![及或]?以上)"
)
_STANDS_ALONE = re.compile(r"\s{0,2}(?:[,。;、，)]|$|\n|毕业)")
_LABEL_BEFORE = re.compile(r"(?:(?:学历|学位|程度|文化)\s{0,2}[:/|]?|[/|\t])\s{0,2}$")
_SUBJECT_BEFORE = re.compile(r"(?P<subject>[\u4e00-\u9fff]{2,14})\Z")
_SUBJECT_LEAD = re.compile(
    r"^.*(?:[大]学|学院|学校|获得|取得|授予|攻读|毕业于?|就读|先后|分别|[院校系获为](?!统)"
    r"|专业及?(?=.)|先生|女士|同志|拥有|具有|最高|国籍|国家|出生|学历|学位|[男女])"
)
_NO_SUBJECT = re.compile(
    r"公司|集团|^(?:教育|程度|及以上|全日制|统招|在职|大学|毕业|双|获|工程师|第一|专业|国籍|背景|经济师"
    r"|与|和|及|或)+$|[的是我你他任]"
)

_DOTTED = r"(?<![A-Za-z.])(?:{})(?![A-Za-z]|学院|中心|班|项目|导师|教育)\.?"
_ENGLISH = (
    (_D, r"Ph\.?[ ]?D\.?|D\.?[ ]?Phil|Ed\.?D|DBA|Doctor(?:ate)?(?:[ ]of[ ][A-Z][a-z]+){0,2}"),
    (_B, r"(?i:post[\s-]?graduate)\s(?i:(?:[a-z]+\s)?diploma)|PGD(?:M|CA|BM)?"),
    (
        _M,
        (
            r"M\.?B\.?A|EMBA|M\.?[ ]?Sc|M\.?[ ]?Tech|M\.?[ ]?Eng|M\.?[ ]?Com|M\.?C\.?A|M\.?[ ]?Phil"
            r"|LL\.?M|M\.?[ ]?Ed|M\.S|M\.A|M\.E|MPhil|MFA|MPA|MPH"
            r"|[Mm]aster(?:['’]?s)?(?=\s(?:of|in|[Dd]egree)\b|['’]s|,)(?:\s[Dd]egree)?(?:[ ]of(?:[ ][A-Z][A-Za-z]+"
            r"|[ ]and(?=[ ][A-Z])){1,4})?"
            r"|MASTERS?(?:[ ]OF(?:[ ][A-Z]+){1,3})?"
        ),
    ),
    (
        _B,
        (
            r"B\.?[ ]?Sc|B[.-]?[ ]?Tech|B[.-]TECH|b\.\s?tech|B\.?[ ]?Eng|B\.?[ ]?Com|B\.?C\.?A|B\.?B\.?A"
            r"|B\.?[ ]?Ed|LL\.?B|B\.?[ ]?Arch|B\.?[ ]?Pharm(?:a)?|MBBS|B\.S|B\.A|B\.E|B\.F\.A|BFA"
            r"|[Bb]achelor(?:['’]?s)?(?:\s[Dd]egree)?(?:[ ]of(?:[ ]{1,2}[A-Z][A-Za-z]+|[ ]and(?=[ ][A-Z])){1,4})?"
            r"|BACHELORS?(?:[ ]OF(?:[ ][A-Z]+){1,3})?"
            r"|[Uu]ndergraduate\s[Dd]egree"
        ),
    ),
    (
        _A,
        (
            r"[Aa]ssociate(?:['’]?s)?\s[Dd]egree|Associate(?:['’]?s)?\s(?:of|in)(?:[ ](?:Applied[ ])?[A-Z][a-z]+)"
            r"|A\.A\.S?|A\.S"
            r"|(?i:BTEC\s)?(?:HND|HNC)|(?:National\s|Advanced\s|Higher\s)?[Dd]iploma|DIPLOMA"
        ),
    ),
    (
        _S,
        (
            r"A[\s-][Ll]evels?|GCSEs?|GED|H\.?S\.?C|S\.?S\.?C|SSLC|[Hh]igh\s[Ss]chool\s[Dd]iploma"
            r"|Higher\sSecondary|Senior\sSecondary"
        ),
    ),
)
_SHORT = (
    (_M, r"MS|MA|ME"),
    (_B, r"BS|BA|BE"),
)
_AFTER_SHORT = (
    r"(?=\s{0,2}(?:\sin\s[A-Z]|,\s[A-Z][a-z]|\(Hons|\s[Dd]egree|\.\s|:\s[A-Z]|\s[A-Z][a-z]+\s(?:Science"
    r"|Engineering|Studies)))"
)
_PATTERNS = tuple((level, re.compile(_DOTTED.format(form))) for level, form in _ENGLISH) + tuple(
    (level, re.compile(_DOTTED.format(form) + _AFTER_SHORT)) for level, form in _SHORT
)
_QUALIFIER = re.compile(
    r"[ ]{0,2}\((?:Hons?\.?|Honours|Honors|Global|B\.?\s?E\.?|B\.?\s?Tech\.?)\)|[ ](?:[Dd]egree(?=\s)"
    r"|(?:[Hh]onours|[Hh]onors|Hons)\b)"
)
_WORD = r"[A-Z][A-Za-z&/'’-]*"
_SUBJECT = (
    rf"(?P<subject>(?:(?!From\b|At\b|Candidate|GPA|University|College|Institute|School)){_WORD}"
    rf"(?:(?:[ ](?:and|&|of|with|in(?=[ ][A-Z]))[ ]{{1,2}}|[ ]?[/&][ ]?|[ ])(?!From\b|At\b"
    rf"|University|College|Institute|School|Jan|Feb|Mar|Apr|May\b|Jun|Jul|Aug|Sep|Oct|Nov"
    rf"|Dec){_WORD}){{0,6}})"
)
_IN_SUBJECT = re.compile(rf"[ ]{{0,2}}(?:\(Hons\)[ ])?[ ]?in[ ]{{1,2}}(?:the[ ])?{_SUBJECT}")
_NEXT_SUBJECT = re.compile(rf"(?:,|:|[ ][-–—])?[ ]{{1,2}}(?:\(?(?:Major|major)\s?(?:in|:)?\s)?{_SUBJECT}")
_BRACKET_SUBJECT = re.compile(r"[ ]{0,2}\((?P<subject>[A-Z][A-Za-z &,/-]{3,60})\)")
_STUDY = re.compile(
    r"(?i)\b(?:science|sciences|engineering|management|business|computer|information|technology"
    r"|finance|accounting|accountancy|economics"
    r"|marketing|education|arts?|psychology|biology|chemistry|physics|math\w*|law|communications?"
    r"|english|history|nursing"
    r"|statistics|design|administration|electronics|electrical|mechanical|civil|development"
    r"|studies|literature|journalism"
    r"|sociology|politics|political|philosophy|architecture|medicine|pharmacy|commerce|kinesiology"
    r"|hospitality|linguistics"
    r"|humanities|software|data|telecommunications?|biotechnology|nutrition|agriculture|geography"
    r"|music|theatre|media)\b"
)


def find_degrees(text: str) -> list[Degree]:
    """The degrees of a text in order, no two overlapping."""
    plain = folded(text)
    found = [*(_chinese(plain) if _HAN.search(plain) else ()), *_english(plain)]
    found.sort(key=lambda degree: (degree.start, -degree.end))
    return _apart(found)


def _apart(found: Sequence[Degree]) -> list[Degree]:
    kept: list[Degree] = []
    for degree in found:
        if not kept or degree.start >= kept[-1].end:
            kept.append(degree)
    return kept


def _chinese(plain: str) -> Iterator[Degree]:
    """Where the words are a clause of their own they are the fact (``硕士学位``); in a form only the level is."""
    for match in _CHINESE.finditer(plain):
        alone = _STANDS_ALONE.match(plain, match.end()) is not None
        labelled = _LABEL_BEFORE.search(plain, max(0, match.start() - 6), match.start()) is not None
        whole = (alone and not labelled) or plain.startswith("毕业", match.end())
        start, end = (match.start(), match.end()) if whole else match.span("level")
        major = _subject_before(plain, match.start()) if not labelled else None
        yield Degree(start, end, _CHINESE_LEVELS[match["level"].removeprefix("双")], major)


def _subject_before(plain: str, end: int) -> tuple[int, int] | None:
    """The subject right before the degree: 经济学硕士, 生物化工专业本科."""
    before = _SUBJECT_BEFORE.search(plain, max(0, end - 24), end)
    if before is None:
        return None
    start = before.start()
    if end - start > 13 and start > 0 and "\u4e00" <= plain[start - 1] <= "\u9fff":
        return None
    lead = _SUBJECT_LEAD.match(plain[start:end])
    if lead is not None:
        start += lead.end()
    if end - start < 2 or _NO_SUBJECT.search(plain[start:end]):
        return None
    return start, end


def _english(plain: str) -> Iterator[Degree]:
    for level, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            end = match.end()
            qualifier = _QUALIFIER.match(plain, end)
            end = qualifier.end() if qualifier else end
            major = _subject_after(plain, end)
            if major is not None:
                end = major[1] + plain.startswith(")", major[1])
            elif match[0].endswith(".") and "." not in match[0][:-1]:
                end -= plain[end - 1] == "."
            yield Degree(match.start(), end, level, major)


def _subject_after(plain: str, end: int) -> tuple[int, int] | None:
    """The subject that follows: after "in" whatever is capitalised, else only words that name a study."""
    match = _IN_SUBJECT.match(plain, end)
    if match is not None:
        return match.span("subject")
    for form in (_BRACKET_SUBJECT, _NEXT_SUBJECT):
        match = form.match(plain, end)
        if match is not None and _STUDY.search(match["subject"]):
            return match.span("subject")
    return None

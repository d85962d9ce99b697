"""Companies and titles that a form names by a label: ``公司：…``, ``职位：…``, ``Employer: …``, ``Role: …``."""

import re
from dataclasses import dataclass

from looma.contracts.resume import FactKind

from .document import Document, between

_LABEL = re.compile(
    r"(?P<company>(?<![分子本总该])(?:公司|单位|企业|雇主)(?:名称|全称)?\s{0,2}[:：]|(?:工作"
    r"|任职|就职|所在)(?:单位|公司)\s{0,2}[:：]"
    r"|(?i:\b(?:company|employer|organi[sz]ation)(?: name)?\s{0,3}:))"
    r"|(?P<title>(?<![求期意应][职望向聘])(?:职位|职务|岗位|担任职务|所任职位)(?:名称)?\s{0,2}[:：]"
    r"|(?i:\b(?:position|designation|role|job title|title)(?: held)?\s{0,3}:))"
    r"[ \t]{0,4}"
)
_VALUE = re.compile(r"[ \t]{0,4}(?P<value>[^\W_][^\n\t|，,；;。:：]{1,60})")
_NEXT = re.compile(
    r"\s{2,}|\s\(|(?:所属|所在)?(?:部门|公司|单位|职位|职务|岗位|时间|地点|行业|规模|性质|工作"
    r"|职责|描述|内容|汇报|下属|月薪|离职)"
    r"|(?<=[\u4e00-\u9fff])(?=\d{1,2}[.、])|(?:19|20)\d\d[.年/-]|\s(?:Role|Duration|Designation"
    r"|Location|Position|Period|Client)\b"
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """The value of a label at `[start:end]`."""

    kind: FactKind
    start: int
    end: int


def find_labelled(document: Document) -> list[Labelled]:
    """The labelled companies and titles of a text in order. A company's own suffix ends it before the next label."""
    found = []
    for label in _LABEL.finditer(document.plain):
        value = _VALUE.match(document.plain, label.end())
        if value is None:
            continue
        start, end = value.span("value")
        kind = FactKind.COMPANY if label["company"] else FactKind.TITLE
        end = _end(document, kind, start, end)
        if end - start >= 2:
            found.append(Labelled(kind, start, end))
    return found


def _end(document: Document, kind: FactKind, start: int, end: int) -> int:
    if kind is FactKind.COMPANY:
        for name in between(document.organizations, start, start + 1):
            if not name.generic:
                return name.end
    cut = _NEXT.search(document.plain, start + 1, end)
    end = cut.start() if cut else end
    return start + len(document.plain[start:end].rstrip(" .-(\x00"))

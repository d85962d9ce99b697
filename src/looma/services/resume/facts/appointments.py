"""Positions told in Chinese sentences: ``2013年4月至今任甲公司董事、副总经理，兼任乙大学教授``.

A sentence is cut into phrases at commas, verbs of employment and dates. A phrase that begins with an organisation
names it, and what is left of the phrase is the title; a phrase without one is a further title at the same place.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from looma.contracts.resume import FactKind

from .chinese_organizations import NamedOrganization
from .dates import Period
from .document import Document, between
from .place_keys import chinese_place

_GUESSED = 0.6
"""Up to this confidence a company is one because of its place in the sentence alone."""
_SENTENCE = re.compile(r"[^。；;！!\n]{2,600}")
_HAN = re.compile("[\u4e00-\u9fff]")
_VERB = (
    r"(?:先后|历|曾|现|兼|担|出|就|转|调|继|连|续|改|升|留|前|离|接|后|并|一直|再|主要)?(?:兼"
    r"|担|出|就|历|聘|委|继|转|现|曾)?任(?:职(?:于|在)?|教于?)?(?![丘县泽期])(?<![责信主上下]任)"
    r"|(?:就职|供职|受聘|服务|效力|工作|受雇)于|(?:正式)?(?:加入|加盟|进入|入职)|参与创[办立]"
    r"|(?:现|受|被|续)?聘(?:任)?为|当选(?:为)?|曾?先后在|(?:现在|曾在|一直在|(?<![现存])在)(?!线"
    r"|职|读)"
    r"|(?<=[年月日今])(?:起|于)|兼(?!职|容|顾)|[,，、]?(?:其间|期间|目前)"
)
_DUTIES = (
    r"(?:主要)?(?:工作|岗位|项目)?(?:内容|职责|描述|业绩)(?=\s{0,2}[:：]|\d)|(?<=[\u4e00-\u9fff])\d{1,2}[.、](?!\d)"
)
_CUT = re.compile(rf"(?P<verb>{_VERB})|{_DUTIES}|[,、:：|\t]|\s{{2,}}|(?<=[\u4e00-\u9fff])\s(?=[\u4e00-\u9fff])")
_WORKPLACE_VERB = re.compile(r"(?:于|加入|加盟|进入|入职|在|创[办立])$")
_TAIL = re.compile(r"(?:等职务?|等|职务|一职|至今|工作至今|工作|任职|的|今|之职)+$")
_LEAD = re.compile(r"^(?:[(（][^()（）]{1,20}[)）]|[的—\-–·\s]|(?:的)?(?:职位|职务|岗位)\s?[:：]?)+")
_HEAD_OF_TITLE = (
    r"(?:总?裁|总监|经理|董事|监事|主席|书记|秘书长?|主任|主管|会计师?|出纳|审计师|评估师"
    r"|经济师|工程师|律师|法官|检察官|副?教授|讲师|助教|研究员|教师|教员"
    r"|老师|医师|医生|护士长?|药师|顾问|专员|助理|专家|委员|常委|代表|会员|理事|干事|科员"
    r"|职员|文员|技术员|技术骨干|业务员|业务代表|[店组班厂院所处科部局校行会团队站股社台馆园课系室省市县区镇乡村]长"
    r"|董事长|理事长|学部长|秘书|总长|合伙人"
    r"|负责人|总工|设计师|分析师|架构师|咨询师|策划师|规划师|编辑|主编|总编|记者|主持人?|主播"
    r"|导师|带头人|法人代表|干警|警司|团员|党员|评委|校对|司机|厨师|翻译|创始人|发起人|工人"
    r"|员工|柜员|操作员|程序员"
    r"|学员|队员|飞行员|采购员|推销员|驾驶员|销售员|仓管|店员|监理|技师|教练|教头|主笔|制片人?"
    r"|导演|编剧|摄影师?|美工|买手|客服|干部|参谋|经纪人|操盘手|掌门人|院士|[副助]?编审|博士后"
    r"|高工|会董|审稿人|(?<=[\u4e00-\u9fff])[车钳电铣焊]工|学生(?!会)|党组成员|(?<=[\u4e00-\u9fff])(?<![人动成职])员"
    r"|(?<=[\u4e00-\u9fff]{2})师|CEO|CTO|CFO|COO|CIO|CMO|HRBP|HR|HRD|HRM)"
)
_TITLE = re.compile(
    rf"[\u4e00-\u9fffA-Za-z0-9/()+#. \-]{{0,24}}{_HEAD_OF_TITLE}(?:[(（][\u4e00-\u9fffA-Za-z]{{1,8}}[)）])?$"
)
_NOT_A_TITLE = re.compile(
    r"^(?:[男女]|本人|他|她|我|其|该|由|被|为了?|与|对|将|使|让|请|做|当|向|把|是|有|没有"
    r"|无|不|完成|负责|协助|带领|组织|参加|管理(?!部|中心|员|咨询|会计|科)|获)|[的了地得]"
    r"|[,，。；]"
)
_DEPARTMENT = re.compile(
    r"[\u4e00-\u9fff（()）]{0,16}(?:部|处|科|室|中心|分部|总部|车间|课|组|分厂|事业群|[一二三四五六七八九]部"
    r"|会|系|学院|所|分所|栏目)$"
)
_BOARD = (
    r"(?:(?:独立|执行|非执行|独立非执行|外部|职工|职工代表|常务|副)*"
    r"(?:董事长|董事会秘书|董事会主席|董事局主席|董事|监事会主席|监事长|监事|总裁|总经理"
    r"|首席[\u4e00-\u9fff]{2,4}官|总会计师|总工程师|总经济师|CEO|CTO|CFO)(?:助理|秘书)?)"
)
_FUNCTION = (
    r"(?:审计|采购|财务|人力资源|人事|行政|市场|销售|技术|研发|生产|质量|法务|工程|证券|投资"
    r"|企管|企划|策划|营销|物流|信息|客服|品质|经营|项目|基建|供应|运营|产品|设计|国际|业务"
    r"|贸易"
    r"|宣传|培训|品牌|公关|秘书|资产|资金|结算|办公|综合|总务|后勤|安全|环保|设备|计划|财会"
    r"|计财|公共关系|董事会|总经理|战略|发展|管理|风控|合规|稽核|电商)"
)
_STAFF = (
    rf"(?:{_FUNCTION}{{1,3}}(?:部|处|科|中心|室|办|事业部|总部)?(?:高级|资深|助理|常务|副"
    rf"|主管|总)*(?:总监|经理|部长|处长|科长|主任|主管|专员|会计师|会计|出纳|工程师|负责人"
    rf"|助理)"
    r"|主管会计|主办会计|会计主管|会计|出纳)"
)
_FUNCTIONS = re.compile(rf"(?:{_FUNCTION})+")
_NAME_BEFORE_TITLE = re.compile(rf"(?P<name>[\u4e00-\u9fffA-Za-z0-9()]{{2,14}}?)(?P<title>{_BOARD}|{_STAFF})$")
_NO_NAME = re.compile(
    r"(?:部|处|科|室|分厂|事业部|车间|[大片]区|第[一二三四五六七八九十]届|[几\d]届|副|兼|执行"
    r"|常务|代理|高级|资深|助理|首席|技术|财务|市场|营销|销售|生产|行政|运营|业务|工程|人力资源"
    r"|集团|公司|分公司|子公司|项目|总经理|董事|会|党委|纪委|团委|咨询|物资|区域|全国|中国区"
    r"|大中华区|华[东南北中西]|西南|西北|东北|任|职|级|[的了为在])$"
    r"|^(?:本|该|我|第|原|主管|先后|历任|并|及|和|与|负责|独立|职工|外部|名誉|高级|资深|常务"
    r"|代|副|国内|海外|[^\u4e00-\u9fffA-Za-z])"
)
_PLAIN_NAME = re.compile("[\u4e00-\u9fffA-Za-z0-9()]{2,12}")
_PERSON = re.compile(r"先生|女士|出生|学历|学位|国籍|党员|[硕博学]士|本科|生于|(?:^|[,，:：])[男女](?:$|[,，])|年生")
_EMPLOYS = re.compile(_VERB)
_STANDS_FOR_A_NAME = re.compile(r"(?:公司|集团|银行)$")
"""公司 may stand for the one that was named before; 研究所 or 委员会 alone belong to the title behind them."""
_DENIED = re.compile(r"不存在|(?:无|未|没有|不)(?:曾)?(?:在|任|担任|兼任)|不得|不再担任")
_STUDY = re.compile(r"学习|毕业|攻读|就读|进修|[本专]科|学士|硕士|博士")


@dataclass(frozen=True, slots=True)
class Appointment:
    """One position: where (`company`, a range), as what (`titles`), when; `generic` companies are words like 公司."""

    start: int
    end: int
    company: tuple[int, int] | None
    generic: bool
    titles: tuple[tuple[int, int], ...]
    period: Period | None
    named: bool
    """The company bears a suffix that says what it is; otherwise it was told by its place before a title."""


def find_appointments(document: Document) -> list[Appointment]:
    """The positions that the Chinese sentences of a text tell, in order."""
    found: list[Appointment] = []
    for row in document.rows:
        if _HAN.search(row.text) is None:
            continue
        for sentence in _SENTENCE.finditer(document.plain, row.start, row.end):
            found += _Sentence(document, sentence.start(), sentence.end()).appointments()
    return found


@dataclass(slots=True)
class _Phrase:
    start: int
    end: int
    verb: str


class _Sentence:
    """One sentence, read from left to right: the place of work and the period that were named last hold on."""

    def __init__(self, document: Document, start: int, end: int) -> None:
        self.document = document
        self.plain = document.plain
        self.start, self.end = start, end
        self.names = [
            name
            for name in between(document.organizations, start, end)
            if name.end <= end
            and not (name.generic and not _STANDS_FOR_A_NAME.search(self.plain, name.start, name.end))
        ]
        self.periods = between(document.periods, start, end)

    def appointments(self) -> Iterator[Appointment]:
        """The positions in order."""
        if _DENIED.search(self.plain, self.start, self.end):
            return
        company: NamedOrganization | None = None
        titles: list[tuple[int, int]] = []
        opened = self.start
        period = used = None
        for phrase in self._phrases():
            names = [name for name in self.names if phrase.start <= name.start < phrase.end]
            current = self._period_before(phrase.start)
            place = self._place(phrase, names)
            if (place is not None or current is not period) and (company or titles):
                yield from self._made(opened, phrase.start, company, titles, used)
                company, titles, opened = (None if place else company), [], phrase.start
                if current is not period and place is None:
                    company = None
            if place is not None:
                company = place
            period = used = current
            rest = self._title(phrase, place)
            if rest is not None:
                titles.append(rest)
        if company or titles:
            yield from self._made(opened, self.end, company, titles, used)

    def _made(
        self,
        start: int,
        end: int,
        company: NamedOrganization | None,
        titles: Sequence[tuple[int, int]],
        period: Period | None,
    ) -> Iterator[Appointment]:
        """A position; a study place is none, nor is 公司 without a title. A town is nobody's employer: 目前在北京."""
        if company is not None and company.confidence <= _GUESSED and self._is_town(company):
            company = None
        if company is None and not (titles and (period is not None or self._employs() or self._introduces())):
            return
        if company is not None and not titles and (company.generic or company.kind is FactKind.SCHOOL):
            return
        place = (company.start, company.end) if company else None
        named = company is not None and company.confidence > _GUESSED
        yield Appointment(start, end, place, bool(company and company.generic), tuple(titles), period, named)

    def _is_town(self, name: NamedOrganization) -> bool:
        found = chinese_place(self.plain, name.start)
        return found is not None and found[1] >= name.end

    def _employs(self) -> bool:
        return _EMPLOYS.search(self.plain, self.start, self.end) is not None

    def _introduces(self) -> bool:
        """Whether it presents a person: 陈先生，中国国籍，本科学历，高级工程师."""
        return _PERSON.search(self.plain, self.start, self.end) is not None

    def _period_before(self, offset: int) -> Period | None:
        before = [period for period in self.periods if period.start <= offset]
        return before[-1] if before else None

    def _phrases(self) -> Iterator[_Phrase]:
        """What stands between commas, verbs and periods; names are never cut."""
        cuts = [(period.start, period.end, "") for period in self.periods]
        cuts += [
            (match.start(), match.end(), match["verb"] or "")
            for match in _CUT.finditer(self.plain, self.start, self.end)
            if not any(name.start <= match.start() < name.end for name in self.names)
        ]
        verb, low = "", self.start
        for start, end, word in sorted(cuts):
            if start > low:
                yield from self._split(low, start, verb)
                verb = ""
            verb, low = word or verb, max(low, end)
        yield from self._split(low, self.end, verb)

    def _split(self, start: int, end: int, verb: str) -> Iterator[_Phrase]:
        """A phrase cut once more where "and" joins two titles."""
        for joint in re.finditer("[和及与]", self.plain[start:end]):
            place = start + joint.start()
            inside = any(name.start <= place < name.end for name in self.names)
            if not inside and _TITLE.match(self.plain[start:place]):
                yield _Phrase(start, place, verb)
                start, verb = place + 1, ""
        if self.plain[start:end].strip():
            yield _Phrase(start, end, verb)

    def _place(self, phrase: _Phrase, names: Sequence[NamedOrganization]) -> NamedOrganization | None:
        """The organisation that the phrase names: by its suffix, or by its place before a title or after a verb."""
        for name in names:
            lead = self.plain[phrase.start : name.start].strip()
            if len(lead) <= 2 or not _NOT_A_TITLE.search(lead):
                return self._with_department(name, phrase)
        if names:
            return None
        words, start = self._words(phrase.start, phrase.end)
        return self._before_title(phrase, words, start) or self._after_verb(phrase, words, start)

    def _before_title(self, phrase: _Phrase, words: str, start: int) -> NamedOrganization | None:
        """A name without a suffix, right before a title that only companies give: 某某科技董事长."""
        match = _NAME_BEFORE_TITLE.fullmatch(words)
        if match is None or _NO_NAME.search(match["name"]) or _FUNCTIONS.fullmatch(match["name"]):
            return None
        if _TITLE.match(match["name"]) or _NOT_A_TITLE.search(words):
            return None
        if not (phrase.verb or self.start == phrase.start or self._period_before(phrase.start) or self._employs()):
            return None
        return NamedOrganization(start, start + len(match["name"]), FactKind.COMPANY, 0.6)

    def _after_verb(self, phrase: _Phrase, words: str, start: int) -> NamedOrganization | None:
        """A name without a suffix behind a verb that takes a place of work: 加入某某制药."""
        if not _WORKPLACE_VERB.search(phrase.verb) or not _PLAIN_NAME.fullmatch(words):
            return None
        if any(form.search(words) for form in (_STUDY, _NOT_A_TITLE, _NO_NAME)) or _TITLE.match(words):
            return None
        return NamedOrganization(start, start + len(words), FactKind.COMPANY, 0.55)

    def _with_department(self, name: NamedOrganization, phrase: _Phrase) -> NamedOrganization:
        """With the department behind it where no title follows: 某证券股份有限公司投资银行总部."""
        rest, start = self._words(name.end, phrase.end)
        if name.generic or start != name.end or not _DEPARTMENT.fullmatch(rest) or _TITLE.match(rest):
            return name
        return NamedOrganization(name.start, start + len(rest), name.kind, name.confidence)

    def _title(self, phrase: _Phrase, place: NamedOrganization | None) -> tuple[int, int] | None:
        start = place.end if place and phrase.start <= place.start < phrase.end else phrase.start
        if place is not None and start == place.end and start > phrase.end:
            return None
        words, start = self._words(start, phrase.end)
        if not words or not _TITLE.fullmatch(words) or _NOT_A_TITLE.search(words):
            return None
        if any(
            name.start < start + len(words) and start < name.end
            for name in self.names
            if not name.generic and name is not place
        ):
            return None
        return start, start + len(words)

    def _words(self, start: int, end: int) -> tuple[str, int]:
        """The words of a range without blanks, 的 and 等职 around them, and where they start."""
        words = self.plain[start:end]
        lead = _LEAD.match(words)
        skipped = lead.end() if lead else 0
        words = words[skipped:].rstrip()
        tail = _TAIL.search(words)
        return (words[: tail.start()] if tail else words).rstrip(), start + skipped

"""Chinese organisations: where a company, an institution or a school ends (its suffix) and where its name begins.

The end is a closed list of suffixes. The beginning is the nearest thing that cannot be inside a name: punctuation, a
date, a verb of employment (任, 就职于, 毕业于 …), a form's label (公司名称), an "and" after something complete.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from looma.contracts.resume import FactKind

LONGEST_NAME = 44
"""Code points; the longest registered names are shorter."""

_COMPANY = (
    r"(?:集团)?\([\u4e00-\u9fff]{2,6}\)(?:股份|实业|控股|投资)?(?:有限(?:责任)?)?公司"
    r"|(?:集团|控股|实业)?(?:股份)?有限(?:责任)?(?:总)?公司|有限合伙企业|股份公司|总公司|分公司|集团公司|子公司"
    r"|集团(?!军)|公司(?![法债章治级内外上年各所全制])"
    r"|律师事务所|会计师事务所?|事务所|出版社|杂志社|报社|通讯社|电视台|电台"
    r"|商业银行|银行(?!业|卡|账|存款|从业|对账|间|流水|贷款(?!中心|部)|系统|总部|汇票)|信用(?:合作)?社"
    r"|证券(?=\s|$|[,，。、])|交易所|营业部|支行|分行|分[所院](?!长)"
    r"|医院(?!长)|卫生院|卫生所|诊所|设计院|研究院(?!长)|研究所|研究中心|科学院|工程院|勘察院"
    r"|检察院|法院(?!长)|设计所"
    r"|委员会|管委会|[经外发计改]贸?[贸改]?委(?!员|托|派)|促进会|基金会|联合会|研究会|协会(?!议)"
    r"|学会(?!了)|商会(?!议)|总会(?!计)"
    r"|人民政府|[市省县区]政府|[市省县区]委(?:组织部|宣传部|统战部|党校|办公厅|政策研究室)"
    r"|[省市区县国]政协|科协|工商联"
    r"|(?P<wild>(?:国家|[省市县区])?[\u4e00-\u9fff]{1,2}(?<![结布格当成全大时变到])局(?![长面部势限域])"
    r"|(?<=[省区])[\u4e00-\u9fff]{2,4}(?<![餐客大展])厅(?!长)"
    r"|[\u4e00-\u9fff]{2}(?<!分)厂(?![房商家区长]))"
    r"|派出所|管理处|办事处|俱乐部|部队|军区|总站|批发站|管理办公室|指导办公室|指挥部"
    r"|(?<=\))厂(?![房商家区长])|工厂(?!长)|总厂(?!长)|酒店|饭店|宾馆|商场|商行|超市|药房|工作室|博物馆|图书馆"
    r"|供电局|联合社|合作社|百货大楼|剧院|剧团|歌舞团|乐团"
)
_SCHOOL = (
    r"(?:职业技术|职业|师范|高等专科|专科|技工|中等专业|中等职业|管理干部|成人|业余|职工|广播电视|干部)?"
    r"(?:大学(?!文化|英语|程度|期间|城|里|时|同学|校园|[一二三四]年|以上|生(?![物命态]))"
    r"|学院(?!路|派|长|级|优|[男女里])|学校(?![里内外各组社优三一二奖学老团])|中学(?![教生语数历])|高中(?=毕业)"
    r"|党校|分校|研究生院|医学院|商学院|法学院|军校|警校|[师医]专(?!业)|技校|卫校|幼儿园|小学(?![教生语数]))"
)
_ENDS = re.compile(rf"(?P<school>{_SCHOOL})|(?P<company>{_COMPANY})")
_TAIL = re.compile(
    r"\([\u4e00-\u9fff()]{2,20}(?:大学|学院|校区|公司|集团)\)"
    r"|(?<=[学院])[\u4e00-\u9fff]{2,10}?(?<![院校])系(?![统列主])|(?<=大学)[\u4e00-\u9fff]{2,4}处(?=处长)"
)
"""What follows a suffix and still belongs to the name: an older name in brackets, a faculty or an office."""

_VERBS = (
    r"(?:历|曾|现|兼|担|出|就|转|调|继|连|首|续|委|改|升|留|前|离|接|代)任(?:职(?:于|在)?|教于?)?"
    r"|(?<![责信主上下班继留])任(?:职(?:于|在)?)?(?![丘县泽])|[就供受][职聘业读](?:于|在|为)?"
    r"|毕业于?|考入|考取|保送|进修于?|肄业于?"
    r"|加入|加盟|参加|进入|入职|创办|创立|创建|创始|组建|筹建|收购|参与|任教|执教|服务于?"
    r"|隶属于?|派驻|派往|外派|持有|拥有|改制为|更名为"
    r"|[调转分]配?[入至往到]|先后在?|曾经?在?|现在?(?!代)|目前|后在|并在|分别在|其中|至今"
    r"|至现在|以来|期间|荣获|获得?|当选(?:为)?|聘为|[选成]为"
    r"|(?<![可网现存])在(?!线)|(?<![位属鉴由关对基])于(?![都洪田])|(?<=[年月日今])[起前后至]"
    r"|(?<=[月日起年])份|一直|主要|负责"
    r"|(?<=[日月起,、今])(?:任|赴|到|进|入|从)|作为|身为|协助|同时|本人|通过|针对|根据|配合"
    r"|按照|依据|具备|具有|提供|涉及|了解|增加|熟悉|开展|完成"
)
_LABELS = (
    r"(?:毕业|就读|所在|所学|最高)(?:院校|学校|学院|高校)|(?:院校|学校|公司|单位|企业|雇主"
    r"|组织|机构)(?:名称|全称)|(?:工作|任职|就职|所在|服务)单位"
    r"|(?:所在|任职|就职|雇佣)(?:公司|企业)|(?:教育|工作|实习|学习|任职|职业|社会|实践|项目"
    r"|校园|培训)(?:经历|经验|背景|履历)|时间|学校学位专业|专业学历"
    r"|学历|学位|专业(?!银行)|地点|地址|籍贯|民族|性别[男女]?|出生|姓名|电话|职位|职务|部门|岗位"
)
_GENERIC_LEFT = (
    r"(?:知名|大型|该|某|这家|[一两几多数]家|国内(?!外)|世界|全球|著名|及其|所有|其他|上市(?=公司$)|[0-9]+强)"
)
_INSIDE = re.compile(
    rf"(?P<cut>{_VERBS}|{_LABELS}|{_GENERIC_LEFT})|(?P<link>[和及与兼或并]|暨(?!南))|(?P<of>(?<![美目标])的)"
    rf"|(?P<date>\d{{1,4}}[年月日届级.％%])"
)
_LEADING = re.compile(
    r"[为由在于到任被是赴从并兼按给·&.\- ]+|\d{1,3}(?=[\u4e00-\u9fff])(?!\d*[一二三四五六七八九十中小])"
)
_HARD = re.compile(r"[^\u3400-\u9fff\u3007A-Za-z0-9()·&.\-]|[.\-](?=[\u3400-\u9fff]{2})(?<![A-Za-z].)|\d{4}[.年/\-]")
_COMPLETE = re.compile(
    r"(?:公司|集团|银行|大学|学院|学校|医院|[院所厂局部系]|[长理事师员管监官裁记席问家工任]"
    r"|秘书|会计|研究生|博士|硕士|本科|男|女)$"
)
"""After one of these an "and" joins two things instead of standing inside one."""
_PLACES = r"全国|中国|北京|上海|天津|重庆|深圳|广州|广东|江苏|浙江"
_NAMES_NOTHING = (
    r"本|我|该|贵|各|某|总|分|子|母|上市|股份|有限|集团|保险|物流|广告|外资|国有|民营|合资"
    r"|代理|中介|互联网|科技|软件|担保|投资|证券|基金|咨询"
    r"|地产|房地产|控股|关联|下属|大型|中小|国内|国外|海外|客户|目标|电商|旗下|所属|当地|全"
    r"|业务|重点|普通|全日制|高职|综合|商业|合作|各家|中央"
    r"|公|私|人民|社区|三甲|综合性|连锁|母婴|施工|建筑|设计|评估|装修|第三方|供应商|监理|新"
    r"|原|人力资源|会计|律师|财务|办公|协办|主办|等|建设"
    r"|服务|管理|各类|大中型|优秀|知名|专业|培训|家教|业余|政府|事业|外贸|跨国|快递|各分|多"
    r"|五星级|星级|[一二三四五六七八九十两几\d]+家?"
    r"|招标|投标|生产|制造|化工|食品|贸易|开发|公关|营销|策划|传媒|旅行|安全|质量|薪酬|预算"
    r"|战略|审计|提名|绩效|风险|专门|评审|组织|技术|学术"
    r"|考核|学生|班|监事|团|党|家长|业主|居民|村民|居|村|职工|纪律检查|执行|仲裁|林业工程|交通运输"
)
_NOTHING = re.compile(rf"(?:{_NAMES_NOTHING})?$")
_NOTHING_OR_PLACE = re.compile(rf"(?:{_NAMES_NOTHING}|{_PLACES})?$")


@dataclass(frozen=True, slots=True)
class NamedOrganization:
    """A name at `[start:end]`; `generic` when it only says 公司 or 本公司, which names nothing by itself."""

    start: int
    end: int
    kind: FactKind
    confidence: float
    generic: bool = False


def chinese_organizations(plain: str, walls: Sequence[tuple[int, int]] = ()) -> list[NamedOrganization]:
    """The Chinese organisations of a half-width text in order; names that touch and belong together are one.

    `walls` are passages, sorted, that no name reaches over: dates, periods, addresses of mail.
    """
    found: list[NamedOrganization] = []
    ends = [end for _, end in walls]
    for match in _ENDS.finditer(plain):
        floor = found[-1].end if found else 0
        place = bisect_right(ends, match.start())
        if place < len(walls) and walls[place][0] < match.end():
            continue
        floor = max(floor, ends[place - 1] if place else 0)
        kind = FactKind.SCHOOL if match["school"] else FactKind.COMPANY
        start = _beginning(plain, floor, match.start())
        if found and start == found[-1].end and _continues(plain, found[-1], match):
            previous = found.pop()
            start, kind = previous.start, FactKind.SCHOOL if FactKind.SCHOOL in (previous.kind, kind) else kind
        end = _end_of(plain, match.end())
        if plain.startswith(")", end) and plain.count("(", start, end) > plain.count(")", start, end):
            end += 1
        found.append(_named(plain, start, end, kind))
    return found


_BRANCH = re.compile(
    r"(?:学院|学校|大学|[分支]行|分[所院]|[分子]公司|公司|集团|营业部|研究[所院]|研究中心"
    r"|医院|委员会|办事处|协会|学会|部队|设计院|事务所|总站|管理处)$"
)


def _continues(plain: str, previous: NamedOrganization, match: re.Match[str]) -> bool:
    """Whether a suffix after a name goes on with it (``…大学医学院``, ``…银行北京分行``) or ends another name."""
    between = plain[previous.end : match.start()]
    if match.end() - previous.start > LONGEST_NAME:
        return False
    if match["school"]:
        if not between:
            return previous.kind is FactKind.COMPANY or not match["school"].endswith("大学")
        if match["school"].endswith("分校"):
            return len(between) <= 4
        placed = _PLACES_OF_SCHOOLS.match(between)  # 某大学浙江学院 is one school, 某大学浙江工商学院 would be two
        return len(between) <= 10 and match["school"].endswith("学院") and (not placed or placed.end() == len(between))
    return len(between) <= 12 and _BRANCH.search(match[0]) is not None


_PLACES_OF_SCHOOLS = re.compile(
    "北京|上海|天津|重庆|广东|广西|江苏|浙江|山东|山西|河南|河北|湖南|湖北|四川|中国|国家|首都"
)


def _beginning(plain: str, floor: int, suffix: int) -> int:
    """Where the name that runs into `suffix` begins; `floor` when nothing stands between."""
    floor = max(floor, suffix - LONGEST_NAME)
    start = floor
    for wall in _HARD.finditer(plain, floor, suffix):
        start = wall.end()
    start = _unbalanced(plain, _after_cuts(plain, start, suffix), suffix)
    leading = _LEADING.match(plain, start, suffix)
    return leading.end() if leading else start


def _after_cuts(plain: str, start: int, suffix: int) -> int:
    low = start
    for cut in _INSIDE.finditer(plain, start, suffix):
        if not cut["link"] or cut.start() == low or _COMPLETE.search(plain, low, cut.start()):
            start = cut.end()
    return start


def _unbalanced(plain: str, start: int, suffix: int) -> int:
    """Past a bracket that was opened or closed outside of the name."""
    depth = 0
    opened = start
    for offset in range(start, suffix):
        if plain[offset] == "(":
            depth, opened = depth + 1, offset + 1
        elif plain[offset] == ")":
            depth -= 1
            if depth < 0:
                start, depth = offset + 1, 0
    return opened if depth > 0 else start


def _end_of(plain: str, end: int) -> int:
    """The end with what still belongs to the name."""
    limit = end + 24
    tail = _TAIL.match(plain, end)
    while tail is not None and tail.end() <= limit:
        end = tail.end()
        tail = _TAIL.match(plain, end)
    return end


def _named(plain: str, start: int, end: int, kind: FactKind) -> NamedOrganization:
    name = plain[start:end]
    ending = _ENDS.search(name)
    stem = name[: ending.start()] if ending and ending.end() == len(name) else name
    nothing = _NOTHING if kind is FactKind.SCHOOL else _NOTHING_OR_PLACE
    generic = nothing.match(stem) is not None and not (ending and ending["wild"] and len(name) > 3)
    sure = name.endswith(("有限公司", "股份有限公司", "有限责任公司", "大学", "学院", "事务所"))
    return NamedOrganization(start, end, kind, 0.95 if sure else 0.8, generic)

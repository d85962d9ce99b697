"""Words that name a skill and speak of something else where they stand: sales figures, a post that is advertised."""

import re

_COMPOUND = re.compile(r"-([a-z]{3,20})(?![a-z])")
_OF_SKILLS = re.compile(
    r"(?:programm|script|cod|develop|engineer|test|process|manag|us|learn|train|teach|build|deploy|model|comput|"
    r"stream|host|pars|runn|writ|work|serv|speak|analy[sz]|consult|design|monitor|render|bind|admin|plann|profil|"
    r"tun|messag|cach|rout|query|report|mapp|load|wrapp|generat|compil|transpil|contain|orchestrat|provision|"
    r"integrat|automat|support|maintain|index|data|read|list|publish|driv|mark|handl|port|brows|migrat)"
    r"[a-z]{0,6}(?:ing|ers?)"
)
_DOER = re.compile(r"[a-z]*(?:ing|ish|like|skin|fish|bean|tree|bird)")

_FIELD = re.compile(
    r"sales|marketing|retail|education|finance|design|research|management|production|logistics|"
    r"教育|招聘|销售|物流|机械|零售|财务|设计|金融|营销"
)
_COUNTED = re.compile(
    r" (?:figures?|data|datasets?|numbers?|volumes?|records?|orders?|tickets?|receipts?|statistics|totals?|amounts?|"
    r"tables?|history)\b(?! (?:analy|scien|engineer|manag|warehous|govern))"
    r"| of (?!(?:[a-z\-]+ )?(?:products?|services?|software|equipment|insurance|goods|solutions?)\b)"
    r"|(?:额|量|数据|数字|记录|订单|明细|流水|报表数据|金额)(?!分析|处理|管理|统计|录入|挖掘)"
)
"""What makes the name of a field say whose data, numbers or things are meant."""

_ADVERTISED = re.compile(
    r" ?(?:若干|多名|[0-9一二三四五六七八九十两几]{1,3} ?[名位个])?"
    r"(?!专员|经理|主管|顾问|总监|助理|专家|负责人|工作|流程|渠道|需求|计划|体系|管理|团队|培训|岗位|经验)"
    r"[^,，。；;:：、\n 和与]{0,10}?"
    r"(?:师|护士|医生|护理|司机|店员|员|工|老师|律师|会计|文员|出纳|保安|保洁|保姆|店长|校长|经理|主管|总监|"
    r"实习生|助教|月嫂|导购|客服|学徒)(?![a-z])"
)
_DOING = re.compile(
    r"(?:负责|参与|主导|协助|完成|组织|从事|开展|独立|配合|跟进|支持|熟悉|擅长|精通|了解|掌握|管理|统筹|制定|执行|校园|社会|技术|高端|"
    r"批量|人才|员工|日常|技术类|累计|成功|年|月|共)[^,，。；;\n]{0,4}$"
)
_NOTICE = re.compile(r"\b(?:we|is|are|am|now|currently|urgently|actively|'re)(?: (?:now|currently|also|actively))? $")

_NAMED_AFTER = re.compile(
    r"[\u4e00-\u9fff]{0,4}(?:[(（][\u4e00-\u9fff]{2,6}[)）])?[\u4e00-\u9fff]{0,2}?(?:股份有限|有限责任公司|有限公司|"
    r"集团(?=股份|有限|公司|总部|旗下|[^\u4e00-\u9fff]|$)|"
    r"(?<![\u4e00-\u9fff]{3})大学(?!生|英语|本科|专科|毕业|期间|物理|数学|语文|教师|教授))"
)
"""How the name of a company or a university goes on: its field is the organisation's."""

_LABELLED = re.compile(r"[】\]]? ?[:：】\]]")


def means_something_else(flat: str, start: int, end: int, product: bool) -> bool:
    """Whether the words around [start, end) of a folded text say that no skill is meant.

    `product` tells that the surface is the name of a product: such a name makes no skill of ``python-keeping``.
    """
    word, after = flat[start:end], flat[end : end + 40]
    if product and (compound := _COMPOUND.match(after)):
        return _DOER.fullmatch(compound[1]) is not None and not _OF_SKILLS.fullmatch(compound[1])
    if word > "\u3400" and not product and _NAMED_AFTER.match(after):
        return True
    if word == "招聘":
        return bool(_ADVERTISED.match(after)) and not _DOING.search(flat[max(0, start - 8) : start])
    if word in ("hiring", "recruiting"):
        return bool(_NOTICE.search(flat[max(0, start - 24) : start]))
    if not _FIELD.fullmatch(word):
        return False
    return bool(_COUNTED.match(after)) or _labels(flat, start, after)


def _labels(flat: str, start: int, after: str) -> bool:
    """Whether the word is the label ``教育：`` at the start of its line, which names a part of the résumé."""
    line = flat[flat.rfind("\n", 0, start) + 1 : start]
    return bool(_LABELLED.match(after)) and flat[start] in "教e" and not line.strip(" #*【[■●")

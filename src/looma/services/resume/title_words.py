"""Words that titles are made of, besides the occupations themselves: ranks, levels, departments, regions."""

import re


def words(text: str) -> frozenset[str]:
    """The words of a list that is written with blanks between them."""
    return frozenset(text.split())


LATIN_ZH = words("ka app it hr ui ux ai bi erp web h5 3d 2d ip pc qa qc pr hse ehs crm b2b b2c saas iot gis plc")
"""Latin words that go into Chinese titles without being skills or occupations themselves."""

SENIORITY_EN = words(
    "senior sr snr junior jr lead principal staff chief head entry mid entry-level mid-level experienced "
    "associate assistant deputy acting interim former part-time full-time freelance contract temporary permanent "
    "certified executive global regional national international corporate group intern trainee graduate adjunct "
    "remote vice co licensed registered independent technical digital general level ii iii iv"
)
"""English words before a title that say rank or terms, in lower case."""

RANK_EN = re.compile(
    r"\b(?:senior|sr|snr|junior|jr|lead|principal|staff|entry[ -]level|mid[ -]level|entry|experienced|intern|trainee|"
    r"part[ -]time|full[ -]time|freelance|contract|temporary|remote|acting|interim|former|graduate)\b\.?"
)
RANK_ZH = re.compile(
    r"^(?:高级|资深|初级|中级|正高级|实习|见习|兼职|全职|储备|前任|原|代理|代|时任|现任|副)|"
    r"(?:实习生|实习|兼职)$"
)
LEVEL = re.compile(
    r"[ \-]*(?:\b(?:i{1,3}|iv|v|level [1-9]|[lptm][1-9]{1,2}(?:-[1-9])?|[1-9])\b|[一二三四五]级|[ⅰⅱⅲⅳⅴ])[ ]*$"
)
BRACKETED = re.compile(r"[(\[【〔{][^()\[\]【】〔〕{}]{0,60}[)\]】〕}]")

MODIFIERS_ZH = words(
    "高级 资深 初级 中级 首席 副 常务 代 代理 执行 助理 实习 见习 兼职 专职 储备 名誉 总 联席 特约 特聘 正高级 "
    "第一 技术 研发 销售 市场 营销 财务 人力资源 人力 人事 行政 综合 项目 产品 运营 营运 生产 制造 质量 品质 采购 "
    "供应 供应链 物流 仓储 工程 设计 研究 开发 投资 融资 资本 资金 证券 法务 法律 审计 内审 风控 风险 合规 战略 "
    "规划 发展 信息 信息化 数据 算法 软件 硬件 系统 网络 安全 测试 运维 大客户 客户 渠道 区域 大区 片区 省区 城市 "
    "华东 华南 华北 华中 西南 西北 东北 全国 中国区 亚太区 大中华区 海外 国际 国内 事业 业务 商务 品牌 公关 媒介 "
    "活动 策划 内容 用户 平台 电商 新媒体 教学 教务 教研 科研 医务 护理 设备 工艺 机械 电气 电子 自动化 土建 结构 "
    "建筑 造价 成本 预算 安装 环保 能源 工业 互联网 移动 前端 后端 后台 服务端 客户端 全栈 架构 大数据 人工智能 "
    "智能 嵌入式 通信 通讯 汽车 金融 银行 保险 信贷 理财 基金 资产 管理 地区 基地 车间 工厂 分厂 部门 团队 党委 "
    "纪委 党总支 党支部 团委 工会 党群 董事会 监事会 办公室 总裁办 总经办 中心 事业部 计划 物资 经营 企管 培训 "
    "招聘 薪酬 绩效 组织 员工 客服 售后 售前 服务 支持 应用 解决方案 咨询 政府 公共 事务 对外 外联 外贸 进出口 "
    "贸易 电力 化工 医药 药品 器械 临床 注册 学术 医学 食品 餐饮 酒店 客房 前厅 物业 房地产 地产 置业 招商 景观 "
    "园林 室内 平面 视觉 交互 动画 游戏 影视 视频 音乐 美术 摄影 新闻 出版 编辑 图书 少儿 幼儿 小学 初中 高中 "
    "大学 中学 英语 语文 数学 物理 化学 生物 日语 历史 地理 体育 心理 特级 一级 二级 三级 国家 省级 市级 主任 "
    "注册 持证"
)
"""Chinese words before a title that belong to it: rank, department, region, field."""

BARE_ZH = words(
    "主任 副主任 部长 副部长 厂长 副厂长 处长 副处长 科长 副科长 所长 副所长 组长 队长 站长 校长 院长 副院长 经理 "
    "总监 主管 工程师 专员 技术员 研究员 设计师 教师 老师 助理 顾问 督导 干事 操作工 班长 社长 馆长 局长 副局长 "
    "操作员 管理员 负责人"
)
"""Chinese heads that need the words before them, known or not, to say what somebody does."""

DEPARTMENT_ZH = "部处科室组线队课"
"""Last characters of departments that a title may begin with, after one of the words above."""

ORGANISATION_ZH = re.compile(
    r"(?:公司|集团|大学|学院|学校|中学|小学|医院|银行|证券|基金|研究院|研究所|事务所|委员会|协会|学会|中心|总部|厂|店|局|厅|院|校|所|社|"
    r"行|馆|站|省|市|县|区|镇|乡|村|部|处|科|室|会|党|司|网|系|国|矿|台|场|园|队|组|团|库)$"
)
"""What ends before a title begins: the name of an organisation or a part of one."""

BEFORE_ZH = re.compile(
    r"(?:任|为|是|兼|聘|做|当|职|作|称|的|和|与|及|或|岗|位|名|原|现|曾|后|起|今|月|年|日|任职|从事|晋升|成为|担当)$"
)
"""What else may stand directly before a title in a sentence."""
OTHERS_ZH = re.compile(
    r"(?:向|协助|配合|辅助|与|跟|同|给|由|对|请|和各|[0-9一二三四五六七八九十几多数两][名位个]|全体|各位|带领|指导|"
    r"培训|培养|招聘|管理)[^，。；、\n]{0,4}$"
)
"""What shows that a sentence speaks of other people's titles."""
OWN_ZH = re.compile(r"(?:是|作为|成为|身为|担任|任|当|做|经验的|从事)了?(?:[一1][名位个])?$")
"""What makes a title the writer's own, and ``一名`` before it no count of others."""
ADVERTISED_ZH = re.compile(
    r"(?:公司|医院|学校|门店|工厂|酒店|餐厅|现|急|高薪|长期|大量)?(?:招聘|诚聘|急聘|急招|诚招|聘请|招)"
)
"""What an advertisement begins with before the title that it offers."""
RECRUITERS_ZH = words("专员 经理 主管 顾问 总监 助理 专家 实习 主任 负责 组长 讲师 运营 培训 产品 高级 业务")
"""How the words after ``招聘`` begin when recruiting is the work itself."""
AFTER_ZH = re.compile(r"(?:兼|和|与|及|并|等|职务|职位|一职|之职|岗位|岗|期间|以来|工作|以及|至今|，|的|\d)")
"""What may follow a title in a sentence."""

HEAD_ZH = frozenset("师员长理监管手工生授官人家裁席问表任编演警兵农士记董独秘董监事书")
"""Last characters of Chinese words that name a person's work and hardly anything else."""

WEAK_EN = words(
    "sales lead partner owner driver host model extra associate officer executive mate marine justice anchor "
    "conductor coach minister dean chair broker turner fitter porter server representative professional expert "
    "coordinator producer author volunteer trainer sourcer detective commander captain trader miner extra cook "
    "doctor justice assistant specialist aide participant trainee intern internship member sergeant lieutenant "
    "painter courier maid developer hr inspector administrator operator analyst consultant manager director "
    "supervisor engineer scientist teacher tester researcher trustee referee commissioner governor presenter "
    "announcer performer printer packer planner buyer counsel advocate counselor counsellor clerk secretary "
    "president chairman founder entrepreneur nanny technical-support customer-service data-entry human-resources "
    "desktop-support housekeeping maintenance vet pr athlete actor actress singer dancer artist musician writer "
    "editor investigator special-agent pa mc dj vp gp rn gm cra crc msl csm qc qe pc cpo cio cco cso clo bd bdr "
    "sdr emt lpn lvn cna ir pmo iqc qa dba sre sde swe"
)
"""English titles (blanks as hyphens) that mean a title in running text only after ``as a`` or with a capital letter
and a specialisation beside them."""

ALONE_EN = words(
    "sales model extra mate server host driver partner lead owner executive professional expert associate "
    "representative marine justice anchor conductor chair broker porter member commander captain"
)
"""Weak words that no specialisation makes a title (``Delivery Model``): they count only as a whole line or cell."""

AS_EN = re.compile(
    r"(?:\bas(?: an?| the)?|\b(?:an?|am|i'm)|\b(?:role|position|title|post) of(?: an?)?|\bpromoted to|"
    r"\bbecame(?: an?)?|\bexperienced|\bseasoned|\bcertified|\bqualified|\bdedicated|"
    r"\bmotivated)(?: [a-z\-]{3,20}){0,3} $"
)
"""What makes a title in lower case the writer's own."""
OTHERS_EN = re.compile(
    r"\b(?:to|with|by|for|from|other|our|their|of|and|between|assist(?:ed|ing)?|support(?:ed|ing)?|under)"
    r"(?: the| an?| our| their| all| my)? (?:[a-z\-]{2,20} ){0,2}$"
)
"""What makes a title in lower case somebody else's."""

LABEL = re.compile(
    r"(?:职位|职务|岗位|职称|头衔|应聘|求职意向|意向|目标|title|position|role|designation|occupation|objective|job)"
    r"[^\n]{0,12}$"
)
"""What stands before the colon that introduces a title."""

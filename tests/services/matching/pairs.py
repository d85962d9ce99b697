"""Invented people and jobs of many occupations: who of two fits a job better is never in doubt.

Each pair names a job, the résumé that fits, and one that shares words with it and does not fit.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pair:
    """`better` has to score above `worse`."""

    name: str
    title: str
    description: str
    better: str
    worse: str


RECOMMENDER_ZH = (
    "推荐系统工程师",
    """岗位职责：
1. 负责内容推荐的召回与排序模型；
2. 设计 A/B 实验，提升点击率和留存。

任职要求：
1. 本科及以上学历，计算机相关专业，5年以上推荐系统经验；
2. 精通 Python 和 PyTorch，熟悉 Kubernetes；
3. 有大规模分布式系统经验者优先。

福利待遇：五险一金，带薪年假，免费三餐。""",
)
RECOMMENDER_EN = (
    "Recommender Systems Engineer",
    """About us
We are a fast growing content company.

Responsibilities
- Build retrieval and ranking models for our feed
- Design A/B tests

Requirements
- Bachelor's degree or above in computer science
- 5+ years of experience with recommender systems
- Strong Python and PyTorch; Kubernetes in production
- Experience with large distributed systems is a plus

Benefits
- Health insurance and stock options""",
)
EXPERT_ZH = """周望舒
电话：13800138000  邮箱：wangshu@example.com

工作经历
2019.03-至今  云栈科技有限公司  高级推荐系统工程师
负责信息流推荐系统的召回和精排，使用 Python 和 PyTorch 训练深度学习排序模型；
模型部署在 Kubernetes 上，维护特征平台和 A/B 实验。
2016.07-2019.02  星野网络有限公司  推荐算法工程师
负责协同过滤与矩阵分解，使用 Python、Spark 处理日志。

教育背景
2012.09-2016.06  某某大学  计算机科学与技术  本科

专业技能：Python、PyTorch、Kubernetes、推荐系统、机器学习"""
EXPERT_EN = """Maya Lindqvist
maya@example.com  +1 202 555 0134

Experience
Mar 2019 - Present, Cloudstack Ltd, Senior Recommender Systems Engineer
- Own retrieval and ranking of the feed; deep ranking models in Python and PyTorch
- Serve models on Kubernetes, run A/B tests
Jul 2016 - Feb 2019, Starfield Inc, Machine Learning Engineer
- Collaborative filtering recommender systems with Python and Spark

Education
2012 - 2016, Bachelor of Science in Computer Science

Skills: Python, PyTorch, Kubernetes, recommender systems, machine learning"""
ACCOUNTANT_ZH = """沈知行
电话：13900139000

工作经历
2015.07-至今  安和贸易有限公司  会计
负责总账、应收应付和纳税申报，编制财务报表；使用 Excel、SAP、Python 处理凭证数据。

教育背景
2011.09-2015.06  某某财经大学  会计学  本科

技能：Excel, SAP, Python
证书：中级会计师"""
ACCOUNTANT_EN = """Peter Brandt
peter@example.com

Experience
Jul 2015 - Present, Harbour Trading Ltd, Accountant
- General ledger, accounts payable and receivable, tax filing and monthly financial statements

Education
2011 - 2015, Bachelor of Commerce in Accounting

Skills: Excel, SAP, Python"""

EXPERT_BEFORE_ACCOUNTANT = [
    Pair("zh job, zh résumés", *RECOMMENDER_ZH, EXPERT_ZH, ACCOUNTANT_ZH),
    Pair("zh job, en résumés", *RECOMMENDER_ZH, EXPERT_EN, ACCOUNTANT_EN),
    Pair("en job, zh résumés", *RECOMMENDER_EN, EXPERT_ZH, ACCOUNTANT_ZH),
    Pair("en job, en résumés", *RECOMMENDER_EN, EXPERT_EN, ACCOUNTANT_EN),
    Pair("zh job, expert en, accountant zh", *RECOMMENDER_ZH, EXPERT_EN, ACCOUNTANT_ZH),
    Pair("en job, expert zh, accountant en", *RECOMMENDER_EN, EXPERT_ZH, ACCOUNTANT_EN),
]

NURSE_ZH = """何静姝
工作经历
2017.08-至今  青禾医院  护士
负责内科病房的临床护理、静脉输液和病人监护，书写护理记录，参与急救。
教育背景
2014.09-2017.06  某某医学院  护理  大专
证书：护士执业资格证
技能：临床护理、静脉输液、急救"""
MEDICAL_SALES_ZH = """丁一鸣
工作经历
2017.08-至今  瑞合医药有限公司  医药代表
拜访医院科室和护士长，推广输液产品，完成销售指标，组织科室会，客户关系管理。
教育背景
2013.09-2017.06  某某大学  市场营销  本科
技能：医药销售、客户拜访、Excel、PPT"""
NURSE_EN = """Grace Okafor
Experience
Aug 2017 - Present, Willow Hospital, Registered Nurse
- Patient care on a medical ward, intravenous therapy, vital signs monitoring, wound care
Education
2013 - 2017, Bachelor of Science in Nursing
Certifications: Registered Nurse license, BLS
Skills: patient care, IV therapy, wound care"""
MEDICAL_SALES_EN = """Tom Reiter
Experience
Aug 2017 - Present, Reihe Pharma, Medical Sales Representative
- Visit hospitals and head nurses, promote infusion products, exceed sales targets, manage key accounts
Education
2013 - 2017, Bachelor in Marketing
Skills: medical sales, account management, CRM, Excel"""
C_ENGINEER = """韩牧之
工作经历
2018.03-至今  凌波电子有限公司  嵌入式软件工程师
使用C语言开发嵌入式 Linux 驱动和 RTOS 固件，调试 ARM 平台。
技能：C语言、嵌入式Linux、RTOS、ARM、GDB"""
CSHARP_ENGINEER = """秦望
工作经历
2018.03-至今  蓝舟软件有限公司  C#开发工程师
使用 C# 和 .NET 开发企业管理软件，ASP.NET Core 接口，SQL Server 数据库。
技能：C#、.NET、ASP.NET、SQL Server"""
GO_ENGINEER = """Ruth Adeyemi
Experience
Jan 2018 - Present, Northwind Cloud, Backend Engineer
- Write microservices in Go with gRPC; PostgreSQL, Kafka, Docker, Kubernetes
Skills: Go, gRPC, PostgreSQL, Kafka, Docker, Kubernetes"""
GOOGLE_ADS_MARKETER = """Colin Marsh
Experience
Jan 2018 - Present, Brightside Media, Digital Marketing Manager
- Ran Google Ads and Facebook campaigns, go to market plans, SEO and Google Analytics reports
Skills: Google Ads, SEO, Google Analytics, content marketing"""
JAVA_ENGINEER = """廖清和
工作经历
2017.07-至今  禾木科技有限公司  Java开发工程师
使用 Java 和 Spring Boot 开发订单系统，MySQL、Redis、Kafka，微服务架构。
教育背景
2013.09-2017.06  某某大学  软件工程  本科
技能：Java、Spring Boot、MySQL、Redis、Kafka"""
JAVASCRIPT_ENGINEER = """邵晓
工作经历
2017.07-至今  青桐网络有限公司  前端开发工程师
使用 JavaScript、TypeScript 和 Vue 开发管理后台页面，Webpack 构建。
教育背景
2013.09-2017.06  某某大学  软件工程  本科
技能：JavaScript、TypeScript、Vue、CSS、HTML"""
AUDITOR_ZH = """顾听澜
工作经历
2018.09-至今  正衡会计师事务所  审计师
负责上市公司年报审计，编写审计底稿，执行内部控制测试，风险评估。
教育背景
2014.09-2018.06  某某大学  审计学  本科
证书：注册会计师"""
TAX_ACCOUNTANT_ZH = """孟晚
工作经历
2018.09-至今  安和贸易有限公司  会计
登记账簿，应收应付对账，开票，纳税申报，工资核算。
教育背景
2014.09-2018.06  某某大学  会计学  本科
证书：初级会计"""
UI_DESIGNER = """柳荫
工作经历
2018.04-至今  橙果科技有限公司  UI设计师
负责移动端界面设计和设计规范，使用 Figma、Sketch 做交互原型，图标设计。
技能：Figma、Sketch、Photoshop、交互设计、UI设计"""
INTERIOR_DESIGNER = """邱石
工作经历
2018.04-至今  木白装饰有限公司  室内设计师
负责住宅和酒店室内设计，使用 AutoCAD、3ds Max、Photoshop 出施工图和效果图。
技能：AutoCAD、3ds Max、SketchUp、Photoshop、室内设计"""
CIVIL_ENGINEER = """Omar Haddad
Experience
May 2015 - Present, Delta Construction, Civil Engineer
- Structural analysis and reinforced concrete design of bridges, site supervision, AutoCAD Civil 3D, quantity takeoff
Education
2011 - 2015, Bachelor of Engineering in Civil Engineering
Skills: structural engineering, AutoCAD, site supervision, construction management"""
SOFTWARE_ARCHITECT = """Irene Vogel
Experience
May 2015 - Present, Lattice Software, Software Architect
- Design the architecture of cloud systems, microservices on AWS and Kubernetes, Java and Kafka
Education
2011 - 2015, Bachelor of Science in Computer Science
Skills: software architecture, Java, AWS, Kubernetes, microservices"""
MATH_TEACHER = """卫青衿
工作经历
2016.09-至今  南山中学  高中数学教师
承担高中数学教学，备课、授课、命题，担任班主任，课程设计。
教育背景
2012.09-2016.06  某某师范大学  数学与应用数学  本科
证书：高中教师资格证"""
HR_TRAINER = """范思齐
工作经历
2016.09-至今  汇思企业管理有限公司  培训专员
组织新员工培训，制定年度培训计划，培训需求调研，讲师管理，课程设计。
教育背景
2012.09-2016.06  某某大学  人力资源管理  本科"""
RECRUITER_EN = """Hannah Weiss
Experience
Feb 2018 - Present, Talentbridge, Technical Recruiter
- Full-cycle recruitment of Java, Python and Kubernetes engineers; sourcing on LinkedIn, interviewing, offer negotiation
Skills: recruitment, sourcing, interviewing, talent acquisition, LinkedIn Recruiter"""
PLATFORM_ENGINEER_EN = """Jonas Keller
Experience
Feb 2018 - Present, Corvid Systems, Backend Engineer
- Java and Python services on Kubernetes; interviewed candidates and was recruited by a headhunter
Skills: Java, Python, Kubernetes, PostgreSQL"""
LOGISTICS_ZH = """牧野
工作经历
2017.05-至今  通达供应链有限公司  物流专员
安排运输和配送，仓储管理，库存盘点，承运商管理，使用 WMS 和 TMS。
技能：物流管理、仓储管理、WMS、TMS、配送"""
CUSTOMS_ZH = """江阔
工作经历
2017.05-至今  海纳国际货运代理有限公司  报关员
进出口报关，海关申报，商品归类，报关单证审核，关税核算。
技能：报关、海关、商品归类、单证
证书：报关员资格证"""
CHEF_EN = """Luca Moretti
Experience
Jun 2014 - Present, Osteria Verde, Head Chef
- Menu planning, Italian cuisine, kitchen management, food cost control, trained six cooks
Skills: cooking, menu development, kitchen management, food safety"""
FOOD_SAFETY_EN = """Petra Novak
Experience
Jun 2014 - Present, Agrolab, Food Safety Specialist
- HACCP audits of restaurant kitchens, ISO 22000, food inspection, supplier audits
Skills: HACCP, ISO 22000, food safety, auditing"""
DATA_ANALYST = """田小满
工作经历
2019.07-至今  麦田电商有限公司  数据分析师
用 SQL 和 Excel 做销售数据分析，Tableau 报表，A/B 测试，用户增长分析。
技能：SQL、Excel、Tableau、数据分析、A/B测试"""
DATA_ENGINEER = """杭景行
工作经历
2019.07-至今  麦田电商有限公司  数据工程师
搭建数据仓库和 ETL 流水线，使用 Spark、Flink、Hive、Airflow、Kafka。
技能：Spark、Flink、Hive、Airflow、SQL、数据仓库"""
MECHANICAL_ZH = """石磊
工作经历
2016.07-至今  恒力机械有限公司  机械工程师
用 SolidWorks 设计减速机结构，出工程图，公差分析，有限元分析 ANSYS，跟进样机加工。
教育背景
2012.09-2016.06  某某大学  机械设计制造及其自动化  本科
技能：SolidWorks、AutoCAD、ANSYS、机械设计"""
ELECTRICAL_ZH = """电闻
工作经历
2016.07-至今  恒力机械有限公司  电气工程师
设计配电柜和控制系统，西门子 PLC 编程，电气原理图 EPLAN，变频器调试。
教育背景
2012.09-2016.06  某某大学  电气工程及其自动化  本科
技能：PLC、EPLAN、电气设计、AutoCAD"""
LAWYER_EN = """Clara Benedetti
Experience
Sep 2013 - Present, Benedetti & Partners, Lawyer
- Commercial litigation, contract drafting, legal research, advised clients on corporate law
Education
2010 - 2013, LL.B
Skills: contract law, litigation, legal research"""
LEGAL_SALES_EN = """Derek Olsen
Experience
Sep 2013 - Present, Lexora, Sales Manager
- Sold legal research software to law firms and lawyers, led a sales team, managed key accounts and contracts
Skills: sales, account management, negotiation, CRM"""
PHARMACIST_ZH = """白芷
工作经历
2015.07-至今  青禾医院  药剂师
处方审核、药品调剂、用药指导、药品库存管理。
教育背景
2010.09-2015.06  某某医科大学  药学  本科
证书：执业药师"""
TRANSLATOR_EN = """Yuki Tanabe
Experience
Apr 2016 - Present, freelance, Translator
- Translation of technical documents between Japanese and English, simultaneous interpreting, SDL Trados
Skills: translation, interpreting, Japanese, English, Trados"""
JAPANESE_TEACHER_EN = """Emi Sato
Experience
Apr 2016 - Present, Sakura School, Japanese Language Teacher
- Taught Japanese to beginners, lesson planning, classroom management
Skills: teaching, lesson planning, Japanese"""
TEST_ENGINEER_ZH = """应知味
工作经历
2018.07-至今  禾木科技有限公司  测试工程师
编写测试用例，接口自动化测试，使用 Python、Selenium、JMeter、Postman。
技能：软件测试、自动化测试、Selenium、JMeter、Python"""
QUALITY_INSPECTOR_ZH = """方正
工作经历
2018.07-至今  恒力机械有限公司  质检员
来料检验和出货检验，使用卡尺和三坐标测量仪，ISO 9001，不合格品处理。
技能：质量检验、ISO 9001、三坐标测量"""
NURSE_JOB = (
    "护士",
    "任职要求：护理专业大专及以上，持有护士执业资格证；2年以上临床护理经验；熟练静脉输液，熟悉急救。\n岗位职责：病房护理和病人监护。",
)
MEDICAL_SALES_JOB = (
    "医药代表",
    "岗位职责：拜访医院科室，推广公司产品，维护客户关系，完成销售指标。\n任职要求：大专以上，1年以上医药销售经验；沟通能力强。",
)
C_JOB = (
    "C语言嵌入式开发工程师",
    "任职要求：\n1、3年以上C语言开发经验；\n2、熟悉嵌入式Linux、RTOS；\n3、了解ARM体系结构。",
)
CSHARP_JOB = ("C#开发工程师", "任职要求：\n1、3年以上C#开发经验；\n2、熟悉 .NET、ASP.NET Core；\n3、熟悉 SQL Server。")
GO_JOB = (
    "Go 后端开发工程师",
    "任职要求：精通 Go 语言，熟悉 gRPC、Kafka；熟悉 Kubernetes 和 Docker；3年以上后端开发经验。",
)
ADS_JOB = (
    "Digital Marketing Manager",
    "Requirements\n- 3+ years running Google Ads campaigns\n- SEO and Google Analytics\n- Content marketing is a plus",
)
JAVA_JOB = (
    "Java开发工程师",
    "任职要求：本科及以上；3年以上Java开发经验；熟悉 Spring Boot、MySQL、Redis；了解 Kafka 者优先。",
)
FRONTEND_JOB = (
    "前端开发工程师",
    "任职要求：本科及以上；3年以上前端经验；精通 JavaScript 和 TypeScript；熟悉 Vue 或 React。",
)
AUDIT_JOB = (
    "Auditor",
    (
        "Requirements:\n- 3+ years of audit experience\n- Internal control testing and audit working papers\n"
        "- CPA preferred"
    ),
)
ACCOUNTING_JOB = (
    "会计",
    "岗位职责：登记账簿，应收应付对账，纳税申报，工资核算。\n任职要求：会计相关专业大专以上；3年以上会计经验；初级会计证。",
)
UI_JOB = (
    "UI Designer",
    "What you need\n- 3+ years of UI design for mobile apps\n- Figma or Sketch\n- Interaction design and prototyping",
)
INTERIOR_JOB = ("室内设计师", "任职要求：3年以上室内设计经验，熟练使用 AutoCAD、3ds Max、Photoshop；能独立出施工图。")
CIVIL_JOB = (
    "土木工程师",
    "任职要求：土木工程相关专业本科以上；5年以上结构设计或施工管理经验；熟练使用 AutoCAD；有现场监理经验优先。",
)
ARCHITECT_JOB = ("软件架构师", "任职要求：8年以上软件开发经验；精通 Java 和微服务架构；熟悉 Kubernetes、Kafka、AWS。")
TEACHER_JOB = ("高中数学教师", "任职要求：数学相关专业本科及以上；持有高中教师资格证；有班主任经验者优先。")
TRAINER_JOB = (
    "培训专员",
    "岗位职责：制定培训计划，组织新员工培训，培训需求调研，讲师管理。\n任职要求：人力资源相关专业本科；2年以上企业培训经验。",
)
RECRUITER_JOB = (
    "Technical Recruiter",
    (
        "Requirements\n- 3+ years of full-cycle recruitment of software engineers (Java, Python)\n"
        "- Sourcing and interviewing"
    ),
)
ENGINEER_JOB = ("Backend Engineer", "Requirements\n- 3+ years with Java or Python\n- Kubernetes\n- PostgreSQL")
LOGISTICS_JOB = ("物流专员", "任职要求：2年以上物流工作经验，熟悉仓储管理、配送；会用 WMS 系统。")
CUSTOMS_JOB = (
    "Customs Broker",
    "Requirements: at least two years of customs declaration experience; customs classification; import and export.",
)
CHEF_JOB = ("厨师长", "任职要求：5年以上厨师经验，擅长意大利菜；熟悉厨房管理、菜单设计；注重食品安全。")
FOOD_JOB = ("食品安全专员", "任职要求：3年以上食品安全工作经验；熟悉 HACCP、ISO 22000；有审核经验。")
ANALYST_JOB = (
    "Data Analyst",
    "Requirements\n- SQL and Excel\n- Tableau or Power BI\n- A/B testing\n- 2+ years of data analysis experience",
)
DATA_ENGINEER_JOB = ("数据工程师", "任职要求：3年以上数据仓库经验；精通 Spark 或 Flink；熟悉 Hive、Airflow、Kafka。")
MECHANICAL_JOB = (
    "Mechanical Engineer",
    (
        "Requirements\n- Degree in mechanical engineering\n- SolidWorks\n- Finite element analysis (ANSYS)\n"
        "- 5+ years of experience"
    ),
)
ELECTRICAL_JOB = ("电气工程师", "任职要求：电气自动化专业本科；5年以上PLC编程经验；熟练使用 EPLAN、AutoCAD。")
LAWYER_JOB = ("律师", "任职要求：法学本科以上；5年以上诉讼经验；熟悉合同法、公司法；通过法律职业资格考试。")
LEGAL_SALES_JOB = (
    "Sales Manager, legal software",
    (
        "Requirements\n- 5+ years of B2B sales\n- Key account management and negotiation\n- CRM\n"
        "- Experience with law firms is a plus"
    ),
)
PHARMACIST_JOB = (
    "Pharmacist",
    (
        "Requirements\n- Degree in pharmacy and pharmacist licence\n- Dispensing, prescription review\n"
        "- 2+ years in a hospital pharmacy"
    ),
)
TRANSLATOR_JOB = ("日语翻译", "任职要求：3年以上日语翻译经验，能做同声传译；会用 Trados；英语流利者优先。")
TEST_JOB = (
    "软件测试工程师",
    "任职要求：3年以上软件测试经验；熟悉自动化测试，会用 Selenium、JMeter；掌握 Python 或 Java。",
)
QUALITY_JOB = ("质检员", "任职要求：2年以上质量检验经验，会用三坐标测量；了解 ISO 9001。")

OCCUPATIONS = [
    Pair("nurse, not medical sales (zh)", *NURSE_JOB, NURSE_ZH, MEDICAL_SALES_ZH),
    Pair("nurse, not medical sales (zh job, en)", *NURSE_JOB, NURSE_EN, MEDICAL_SALES_EN),
    Pair("medical sales, not nurse (zh)", *MEDICAL_SALES_JOB, MEDICAL_SALES_ZH, NURSE_ZH),
    Pair("medical sales, not nurse (zh job, en)", *MEDICAL_SALES_JOB, MEDICAL_SALES_EN, NURSE_EN),
    Pair("C, not C#", *C_JOB, C_ENGINEER, CSHARP_ENGINEER),
    Pair("C#, not C", *CSHARP_JOB, CSHARP_ENGINEER, C_ENGINEER),
    Pair("Go, not Google Ads", *GO_JOB, GO_ENGINEER, GOOGLE_ADS_MARKETER),
    Pair("Google Ads, not Go", *ADS_JOB, GOOGLE_ADS_MARKETER, GO_ENGINEER),
    Pair("Java, not JavaScript", *JAVA_JOB, JAVA_ENGINEER, JAVASCRIPT_ENGINEER),
    Pair("JavaScript, not Java", *FRONTEND_JOB, JAVASCRIPT_ENGINEER, JAVA_ENGINEER),
    Pair("auditor, not accountant", *AUDIT_JOB, AUDITOR_ZH, TAX_ACCOUNTANT_ZH),
    Pair("accountant, not auditor", *ACCOUNTING_JOB, TAX_ACCOUNTANT_ZH, AUDITOR_ZH),
    Pair("UI, not interior design", *UI_JOB, UI_DESIGNER, INTERIOR_DESIGNER),
    Pair("interior, not UI design", *INTERIOR_JOB, INTERIOR_DESIGNER, UI_DESIGNER),
    Pair("civil engineer, not software architect", *CIVIL_JOB, CIVIL_ENGINEER, SOFTWARE_ARCHITECT),
    Pair("software architect, not civil engineer", *ARCHITECT_JOB, SOFTWARE_ARCHITECT, CIVIL_ENGINEER),
    Pair("teacher, not HR trainer", *TEACHER_JOB, MATH_TEACHER, HR_TRAINER),
    Pair("HR trainer, not teacher", *TRAINER_JOB, HR_TRAINER, MATH_TEACHER),
    Pair("recruiter of engineers, not engineer", *RECRUITER_JOB, RECRUITER_EN, PLATFORM_ENGINEER_EN),
    Pair("engineer, not recruiter of engineers", *ENGINEER_JOB, PLATFORM_ENGINEER_EN, RECRUITER_EN),
    Pair("logistics, not customs", *LOGISTICS_JOB, LOGISTICS_ZH, CUSTOMS_ZH),
    Pair("customs, not logistics", *CUSTOMS_JOB, CUSTOMS_ZH, LOGISTICS_ZH),
    Pair("chef, not food safety", *CHEF_JOB, CHEF_EN, FOOD_SAFETY_EN),
    Pair("food safety, not chef", *FOOD_JOB, FOOD_SAFETY_EN, CHEF_EN),
    Pair("data analyst, not data engineer", *ANALYST_JOB, DATA_ANALYST, DATA_ENGINEER),
    Pair("data engineer, not data analyst", *DATA_ENGINEER_JOB, DATA_ENGINEER, DATA_ANALYST),
    Pair("mechanical, not electrical", *MECHANICAL_JOB, MECHANICAL_ZH, ELECTRICAL_ZH),
    Pair("electrical, not mechanical", *ELECTRICAL_JOB, ELECTRICAL_ZH, MECHANICAL_ZH),
    Pair("lawyer, not seller to lawyers", *LAWYER_JOB, LAWYER_EN, LEGAL_SALES_EN),
    Pair("seller to lawyers, not lawyer", *LEGAL_SALES_JOB, LEGAL_SALES_EN, LAWYER_EN),
    Pair("pharmacist, not medical sales", *PHARMACIST_JOB, PHARMACIST_ZH, MEDICAL_SALES_ZH),
    Pair("pharmacist, not nurse", *PHARMACIST_JOB, PHARMACIST_ZH, NURSE_ZH),
    Pair("translator, not language teacher", *TRANSLATOR_JOB, TRANSLATOR_EN, JAPANESE_TEACHER_EN),
    Pair("software test, not quality inspection", *TEST_JOB, TEST_ENGINEER_ZH, QUALITY_INSPECTOR_ZH),
    Pair("quality inspection, not software test", *QUALITY_JOB, QUALITY_INSPECTOR_ZH, TEST_ENGINEER_ZH),
]

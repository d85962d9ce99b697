"""Invented résumés and jobs that the journeys use."""

EXPERT_ZH = """陈示例
电话：138 0013 8000  邮箱：chen.shili@example.cn
现居：上海

求职意向：推荐算法工程师

工作经历
2019.03-至今  示例智能科技有限公司  推荐算法工程师
- 负责短视频推荐系统的召回与排序，用 Python 和 PyTorch 训练深度排序模型，点击率提升 12%。
- 把在线推理服务部署到 Kubernetes，日均请求 2 亿次。
2016.07-2019.02  样板网络有限公司  算法工程师
- 用 Python 搭建商品推荐引擎，使用 Spark 处理用户行为日志。

教育背景
2013.09-2016.06  示例大学  计算机科学与技术  硕士

技能
Python、PyTorch、推荐系统、机器学习、Kubernetes、Spark
"""

ACCOUNTANT_ZH = """王样例
电话：13800138001  邮箱：wang.yangli@example.cn
现居：上海

工作经历
2015.05-至今  样板制造有限公司  主办会计
- 负责总账、应付账款、税务申报和年度审计配合，熟练使用 Excel、SAP 和 Python 制作报表。
2012.07-2015.04  示例贸易有限公司  会计
- 处理应收账款和费用报销。

教育背景
2008.09-2012.06  示例财经大学  会计学  本科

技能
Excel、SAP、Python、财务报表、成本核算
"""

JOB_ZH = """岗位职责：
1. 负责推荐系统的召回、排序模型设计与优化；
2. 建设在线推理服务。
任职要求：
1. 计算机相关专业本科及以上学历，5年以上推荐算法经验；
2. 精通 Python，熟练使用 PyTorch；
3. 熟悉 Kubernetes 等容器平台；
4. 有大规模推荐系统落地经验者优先。"""

JOB_EN = """We are looking for a recommender systems engineer.
Requirements:
- 5+ years of experience with recommender systems
- Strong Python and PyTorch
- Experience with Kubernetes
- Bachelor's degree in computer science or above"""

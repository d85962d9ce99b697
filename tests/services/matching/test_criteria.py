"""What a job text asks for, in both languages."""

import pytest

from looma.services.matching.criteria import language_of
from looma.services.matching.headings import Part, part_named
from looma.services.matching.needs import CONCEPTS
from looma.services.matching.parts import parts_of
from looma.services.matching.sentences import sentences_of
from looma.services.resume.taxonomy import load_skills

from .reading import asks


def by_kind(found, kind):
    return [ask for ask in found if ask.need.kind == kind]


def skills(found):
    """Concept or options → (level, years)."""
    return {
        "|".join(o.concept for o in ask.need.options): (ask.level, ask.need.years)
        for ask in found
        if ask.need.kind in ("skill", "language", "certificate")
    }


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("任职要求", Part.REQUIREMENTS),
        ("【岗位要求】", Part.REQUIREMENTS),
        ("职位要求：", Part.REQUIREMENTS),
        ("任职资格", Part.REQUIREMENTS),
        ("岗位职责", Part.DUTIES),
        ("工作内容", Part.DUTIES),
        ("岗位职责与要求", Part.DUTIES),
        ("福利待遇", Part.BENEFITS),
        ("公司简介", Part.ABOUT),
        ("加分项", Part.NICE),
        ("Requirements", Part.REQUIREMENTS),
        ("**Key Qualifications**", Part.REQUIREMENTS),
        ("What you’ll need", Part.REQUIREMENTS),
        ("Requirements for this role", Part.REQUIREMENTS),
        ("Skills & Experience", Part.REQUIREMENTS),
        ("Responsibilities:", Part.DUTIES),
        ("What you'll do", Part.DUTIES),
        ("Nice to have", Part.NICE),
        ("Preferred qualifications (optional)", Part.NICE),
        ("Benefits", Part.BENEFITS),
        ("About us", Part.ABOUT),
        ("Requirements analysis", None),
        ("熟悉 Python", None),
        ("Python and Go", None),
        ("", None),
    ],
)
def test_headings(words, part):
    assert part_named(words) is part


def test_parts_of_a_text():
    text = "我们是一家创业公司。\n岗位职责：\n1、写代码\n任职要求：熟悉Go\n有五险一金\n福利：\n双休"
    found = parts_of(text, sentences_of(text))
    assert found == [Part.ABOUT, None, Part.DUTIES, Part.REQUIREMENTS, Part.BENEFITS, None, Part.BENEFITS]


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("任职要求：精通 Python；熟悉 Kubernetes 者优先", {"python": ("must", 0), "kubernetes": ("nice", 0)}),
        ("任职要求：精通 Python，有 Kubernetes 经验者优先", {"python": ("must", 0), "kubernetes": ("nice", 0)}),
        ("任职要求：\n必须会 Java\n加分项：\nKafka", {"java": ("must", 0), "kafka": ("nice", 0)}),
        ("Requirements: Python is required, Redis is preferred.", {"python": ("must", 0), "redis": ("nice", 0)}),
        (
            "Requirements\n- Python\n- Experience with Redis, PyTorch is a plus",
            {"python": ("must", 0), "redis": ("nice", 0), "pytorch": ("nice", 0)},
        ),
        ("Requirements\n- Docker\nNice to have\n- Kafka", {"docker": ("must", 0), "kafka": ("nice", 0)}),
        ("Ideally you know Redis.", {"redis": ("nice", 0)}),
        ("任职要求：5年以上 Python 开发经验", {"python": ("must", 50)}),
        ("任职要求：五年以上Java经验，熟悉Redis", {"java": ("must", 50), "redis": ("must", 0)}),
        ("Requirements: 5+ years of Python experience, Docker", {"python": ("must", 50), "docker": ("must", 0)}),
        ("At least three years of experience with Kubernetes", {"kubernetes": ("must", 30)}),
        ("要求：熟悉 Java 或 Go 语言", {"java|go": ("must", 0)}),
        ("要求：熟悉 Python/Java", {"python|java": ("must", 0)}),
        ("Requirements: Java, Kotlin or Scala", {"java|kotlin|scala": ("must", 0)}),
        ("Requirements: one of Kafka, RabbitMQ", {"kafka|rabbitmq": ("must", 0)}),
        ("要求：掌握 MySQL、PostgreSQL 中的一种", {"mysql|postgresql": ("must", 0)}),
        (
            "岗位职责：\n用 PyTorch\n任职要求：\n熟悉 PyTorch 或 TensorFlow",
            {"pytorch|tensorflow": ("must", 0)},
        ),
        ("任职要求：\n精通 Java\n熟悉 Java 或 Python", {"java": ("must", 0)}),
        ("要求：熟悉 MySQL、Redis", {"mysql": ("must", 0), "redis": ("must", 0)}),
        ("要求：注册会计师优先", {"cpa": ("nice", 0)}),
    ],
)
def test_skills(description, expected):
    assert skills(asks("某岗位", description)) == expected


@pytest.mark.parametrize(
    ("description", "years"),
    [
        ("任职要求：5年以上工作经验", [(50, "must")]),
        ("任职要求：五年以上相关工作经验", [(50, "must")]),
        ("任职要求：3-5年工作经验", [(30, "must")]),
        ("任职要求：十二年以上管理经验", [(120, "must")]),
        ("任职要求：有3年以上海外工作经验者优先", [(30, "nice")]),
        ("Requirements: 5+ years of experience", [(50, "must")]),
        ("Requirements: at least three years in a similar role", [(30, "must")]),
        ("3 to 5 years of experience", [(30, "must")]),
        ("Minimum of 10 years experience", [(100, "must")]),
        ("Four years or more in a bakery", [(40, "must")]),
        ("Menu planning, food cost, HACCP. 6+ years in hotel kitchens.", [(60, "must")]),
        ("HACCP and 6+ years in hotel kitchens.", [(60, "must")]),
        ("HACCP、6年以上后厨工作经验", [(60, "must")]),
        ("4年以上护理工作经验", [(40, "must")]),
        ("30 years of history, 20 years in business", []),
        ("公司成立10年，2019年上市。", []),
        ("合同2年", []),
        ("年龄35岁以下", []),
        ("You must be 18 years old", []),
        ("经验不限", []),
        ("", []),
    ],
)
def test_years_of_work(description, years):
    assert [(a.need.years, a.level) for a in by_kind(asks("某岗位", description), "experience")] == years


@pytest.mark.parametrize(
    ("description", "degrees"),
    [
        ("本科及以上学历", [(2, "must")]),
        ("本科及以上学历，硕士优先", [(2, "must"), (3, "nice")]),
        ("大专以上", [(1, "must")]),
        ("硕士优先，本科需有三年经验", [(2, "must"), (3, "nice")]),
        ("Bachelor's or above", [(2, "must")]),
        ("Bachelor’s degree required, Master's degree preferred", [(2, "must"), (3, "nice")]),
        ("PhD in statistics", [(4, "must")]),
        ("Certified Scrum Master, master data", []),
        ("Degree in chemistry, driving licence", [(2, "must")]),
        ("A university degree or equivalent", [(2, "must")]),
        ("Master's degree in law", [(3, "must")]),
        ("No degree needed; a high degree of care", []),
        ("High school diploma", [(0, "must")]),
        ("Secondary school chemistry teacher in a state school", []),
        ("高中及以上学历", [(0, "must")]),
        ("高中化学教师，带过高中毕业班；熟悉高中生心理", []),
        ("学历不限", []),
        ("统招985/211", []),
    ],
)
def test_degrees(description, degrees):
    found = by_kind(asks("某岗位", f"任职要求：{description}"), "education")
    assert [(a.need.degree, a.level) for a in found] == degrees


@pytest.mark.parametrize(
    ("description", "fields"),
    [
        ("计算机、数学或统计相关专业", ("computer-science", "mathematics")),
        ("会计专业本科以上", ("accounting",)),
        ("Degree in mechanical engineering or related field", ("mechanical",)),
        ("Bachelor's degree in computer science", ("computer-science",)),
        ("Degree in chemistry, teaching qualification, classroom management", ("chemistry",)),
        ("Bachelor's degree in marketing, economics or a related field, 3 years in sales", ("business", "finance")),
        ("Bachelor's degree in accounting, 5+ years, design software", ("accounting",)),
        ("Degree required. Strong communication and stakeholder management", ()),
        ("心理学专业本科", ("psychology",)),
        ("有专业知识和专业精神", ()),
        ("Work in finance and marketing", ()),
    ],
)
def test_fields_of_study(description, fields):
    found = by_kind(asks("某岗位", f"要求：{description}"), "major")
    assert tuple(f for ask in found for f in ask.need.words) == fields


@pytest.mark.parametrize(
    "sentence",
    [
        "年龄35岁以下，男性优先",
        "985/211院校优先，汉族",
        "限女性，未婚，形象气质佳，身高165以上",
        "Age under 35, male preferred, native citizens only",
        "统招全日制，双一流高校毕业",
    ],
)
def test_protected_traits_never_become_criteria(sentence):
    plain = asks("会计", "任职要求：\n熟悉总账")
    told = asks("会计", f"任职要求：\n熟悉总账\n{sentence}")
    assert [(a.need, a.level, a.importance) for a in told] == [(a.need, a.level, a.importance) for a in plain]


def test_the_company_and_its_offer_ask_for_nothing():
    text = "关于我们\n我们用 Python 和 Kubernetes 做产品。\n任职要求\n熟悉 Go 语言\n福利\n免费英语课，Java 培训"
    assert skills(asks("工程师", text)) == {"go": ("must", 0)}


def test_duties_count_less_than_requirements():
    found = {
        a.need.options[0].concept: a
        for a in by_kind(asks("工程师", "岗位职责：\n用 PyTorch 做分析\n任职要求：\n会用 Python"), "skill")
    }
    assert found["pytorch"].importance < found["python"].importance


def test_broad_words_do_not_crowd_out_narrow_ones():
    found = {a.need.options[0].concept: a for a in by_kind(asks("工程师", "要求：熟悉机器学习；熟悉推荐系统"), "skill")}
    assert found["machine-learning"].importance < found["recommender-systems"].importance


def test_a_job_without_skills_still_asks():
    found = asks("护士", "欢迎加入")
    assert [a.need.kind for a in found] == ["title", "meaning"]
    assert [a.need.kind for a in asks("某某某", "")] == ["meaning"]


@pytest.mark.parametrize(
    ("description", "kind", "concept"),
    [
        ("要求：英语流利", "language", "english"),
        ("Requirements: fluent English", "language", "english"),
        ("要求：持有CPA证书", "certificate", "cpa"),
    ],
)
def test_languages_and_certificates_are_kinds_of_their_own(description, kind, concept):
    assert [a.need.options[0].concept for a in by_kind(asks("某岗位", description), kind)] == [concept]


def test_the_place_of_work():
    (ask,) = by_kind(asks("会计", "要求：细心", ("上海",)), "location")
    assert (ask.need.words, ask.level) == (("上海",), "nice")


@pytest.mark.parametrize("title", ["推荐系统工程师", "Recommender Systems Engineer"])
def test_every_criterion_is_linked_to_its_sentence(title):
    description = "岗位职责：\n做推荐\n任职要求：\n1、本科，计算机专业，5年以上Python经验；\n2、英语流利，PMP 优先"
    text = f"{title}\n{description}"
    found = asks(title, description)
    assert len({ask.id for ask in found}) == len(found) > 5
    for ask in found:
        assert ask.evidence
        assert all(text[item.start : item.end] == item.text for item in ask.evidence)


@pytest.mark.parametrize("between", ["；", "、", ", ", " or ", " and 5 years of ", "优先，"])
def test_the_number_of_criteria_is_bounded(between):
    names = [concept.en for concept in load_skills().concepts.values()]
    found = asks("工程师", "要求：" + between.join(names)[:20_000])
    assert 30 <= len([ask for ask in found if ask.need.kind in CONCEPTS]) <= 40


@pytest.mark.parametrize(
    ("text", "language"),
    [("", "en"), ("熟悉 Python 和 Kubernetes", "en"), ("会计", "zh"), ("要求熟悉推荐系统，Python", "zh")],
)
def test_language(text, language):
    assert language_of(text) == language

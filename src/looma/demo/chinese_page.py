"""Chinese résumés as people write them: three layouts, three ways to write a date."""

from .people import Degree, Month, Person, Position

NUMERALS = "一二三四五六七八九"


def written(person: Person) -> str:
    """The résumé of an invented person."""
    layouts = (_columns, _form, _prose)
    return layouts[person.number % len(layouts)](person)


def _columns(person: Person) -> str:
    lines = [
        person.name,
        f"{person.title} | {person.city} | {person.phone} | {person.email}",
        "",
        "个人简介",
        person.summary,
        "",
        "工作经历",
    ]
    for held in person.positions:
        lines += [f"{_period(held, '{}.{:02}', '-')}    {held.employer}    {held.title}"]
        lines += [f"- {duty}" for duty in held.duties] + [""]
    lines += ["教育背景"]
    lines += [f"{d.began}.09-{d.ended}.06    {d.school}    {d.major}    {d.name}" for d in person.degrees]
    lines += ["", "专业技能", "、".join(person.skills), "", "证书", "、".join(person.certificates)]
    return "\n".join(lines) + "\n"


def _form(person: Person) -> str:
    lines = [
        "个人简历",
        "",
        f"姓名：{person.name}        现居城市：{person.city}",
        f"手机：{person.phone}        邮箱：{person.email}",
        f"求职意向：{person.title}        工作年限：{person.years}年",
        "",
        "【教育经历】",
        *(_studied(degree) for degree in person.degrees),
        "",
        "【工作经历】",
    ]
    for held in person.positions:
        lines += [f"公司：{held.employer}", f"职位：{held.title}", f"时间：{_period(held, '{}/{:02}', ' - ')}"]
        lines += [f"{n}. {duty}；" for n, duty in enumerate(held.duties, 1)] + [""]
    lines += ["【技能特长】", *(f"· {skill}" for skill in person.skills), ""]
    lines += ["【证书】" + "，".join(person.certificates), "【自我评价】" + person.summary]
    return "\n".join(lines) + "\n"


def _prose(person: Person) -> str:
    lines = [f"{person.name}的简历", f"联系电话 {person.phone}，电子邮箱 {person.email}，目前在{person.city}。", ""]
    lines += [f"一、关于我\n{person.years}年工作经验。{person.summary}", "", "二、工作经验"]
    for n, held in enumerate(person.positions):
        period = _period(held, "{}年{}月", "～", "现在")
        lines += [f"（{NUMERALS[n]}）{period} {held.employer}，任{held.title}", "；".join(held.duties) + "。"]
    lines += ["", "三、学历"]
    lines += [f"{d.began}年9月～{d.ended}年6月 毕业于{d.school}{d.major}专业，{d.name}学历" for d in person.degrees]
    lines += ["", "四、技能与证书", "熟练掌握" + "、".join(person.skills) + "。"]
    lines += ["持有" + "、".join(person.certificates) + "。"]
    return "\n".join(lines) + "\n"


def _studied(degree: Degree) -> str:
    return f"{degree.began}/09 - {degree.ended}/06  {degree.school}  {degree.major}（{degree.name}）"


def _period(held: Position, form: str, to: str, now: str = "至今") -> str:
    return form.format(*held.began) + to + (_told(held.ended, form) or now)


def _told(month: Month | None, form: str) -> str | None:
    return None if month is None else form.format(*month)

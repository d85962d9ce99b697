"""What lists are sorted and searched by, and what a person's current résumé says of years and skills."""

import math
import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType
from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op

from looma.migrations import place

revision, down_revision = place(__file__)

BATCH = 500
NAMED = {"talents": "name", "crm_jobs": "title", "crm_companies": "name"}


def upgrade() -> None:
    """Add the columns, fill them from what is stored, and index them."""
    for table in NAMED:
        required: dict[str, Any] = {} if table == "talents" else {"nullable": False, "server_default": ""}
        op.add_column(table, sa.Column("sort_key", sa.Text, **required))
        op.add_column(table, sa.Column("search_key", sa.Text))
    op.add_column("talents", sa.Column("years", sa.Double))
    op.add_column("talents", sa.Column("skills", sa.Text, nullable=False, server_default="[]"))
    op.add_column("talents", sa.Column("skill_key", sa.Text))
    for table, named in NAMED.items():
        _fill(table, f"select id, {named} as named from {table}", _keys(person=table == "talents"))  # noqa: S608 - ours
    _fill(
        "talents",
        "select talents.id, resumes.parsed as parsed from talents"
        " join resumes on resumes.id = talents.resume_id and resumes.org = talents.org",
        _summary,
    )
    for table in NAMED:
        op.create_index(f"ix_{table}_org_archived_sort_key_id", table, ["org", "archived", "sort_key", "id"])
        op.create_index(f"ix_{table}_org_archived_updated_at_id", table, ["org", "archived", "updated_at", "id"])
    if op.get_bind().dialect.name == "postgresql":  # its trees take no columns that may be long
        return
    told = ["status", "years", "resume_id", "location", "headline", "name", "search_key", "tags"]
    op.create_index("ix_talents_listing", "talents", ["org", "archived", "id", *told])


def _fill(table: str, rows: str, of: Callable[[Any], dict[str, Any]]) -> None:
    """Set columns of each row, a batch at a time, so that memory does not grow with the database."""
    for batch in _batches(table, rows):
        values = [{"of_id": row.id, **of(row)} for row in batch]
        names = ", ".join(f"{name} = :{name}" for name in values[0] if name != "of_id")
        op.get_bind().execute(sa.text(f"update {table} set {names} where id = :of_id"), values)  # noqa: S608 - ours


def _batches(table: str, rows: str) -> Iterator[list[Any]]:
    last = ""
    batch = sa.text(f"select * from ({rows}) as every where id > :last order by id limit :many")  # noqa: S608 - ours
    while found := list(op.get_bind().execute(batch, {"last": last, "many": BATCH})):
        yield found
        last = found[-1].id


def _keys(*, person: bool) -> Callable[[Any], dict[str, Any]]:
    def of(row: Any) -> dict[str, Any]:
        if row.named is None:
            return {"sort_key": None, "search_key": None}
        return {"sort_key": _sort_key(row.named, person), "search_key": _search_key(row.named, person)}

    return of


def _summary(row: Any) -> dict[str, Any]:
    parsed = orjson.loads(row.parsed)
    skills = [skill for skill in parsed.get("skills") or [] if skill.get("name")]
    shown = sorted(skills, key=lambda skill: (-_years(skill.get("years"), -1.0), -len(skill.get("spans") or [])))
    names = dict.fromkeys(n for skill in skills[:500] for n in (skill["name"], skill.get("concept_id")) if n)
    return {
        "years": _years(parsed.get("years_total"), None),
        "skills": orjson.dumps([skill["name"] for skill in shown[:8]]).decode(),
        "skill_key": "".join(f"\n{' '.join(n.casefold().split())}" for n in names) + "\n" if names else None,
    }


def _years(told: Any, otherwise: float | None) -> Any:
    known = isinstance(told, int | float) and not isinstance(told, bool) and math.isfinite(told)
    return float(told) if known else otherwise


# -- keys of names, as they were made when the columns came ------------------------------------------------------------

_HAN = "〇㐀-䶿一-鿿\U00020000-\U0003ffff"
_WORD = re.compile(f"[{_HAN}]+|[^\\W_{_HAN}]+")
_ANY_HAN = re.compile(f"[{_HAN}]")

_SURNAMES = {
    "万俟": "mo qi",
    "尉迟": "yu chi",
    "长孙": "zhang sun",
    "澹台": "tan tai",
    "单于": "chan yu",
    "曾": "zeng",
    "单": "shan",
    "仇": "qiu",
    "解": "xie",
    "查": "zha",
    "区": "ou",
    "朴": "piao",
    "翟": "zhai",
    "乐": "yue",
    "盖": "ge",
    "缪": "miao",
    "员": "yun",
    "黑": "he",
    "秘": "bi",
    "折": "she",
    "种": "chong",
    "召": "shao",
    "覃": "qin",
    "繁": "po",
    "洗": "xian",
    "隗": "wei",
    "郇": "xun",
    "重": "chong",
}
_WORDS = {
    "银行": "yín háng",
    "行长": "háng zhǎng",
    "行业": "háng yè",
    "投行": "tóu háng",
    "央行": "yāng háng",
    "长沙": "cháng shā",
    "长春": "cháng chūn",
    "长安": "cháng ān",
    "长江": "cháng jiāng",
    "长城": "cháng chéng",
    "长期": "cháng qī",
    "长虹": "cháng hóng",
    "长兴": "cháng xīng",
    "长治": "cháng zhì",
    "特长": "tè cháng",
    "重庆": "chóng qìng",
    "重构": "chóng gòu",
    "厦门": "xià mén",
    "朝阳": "cháo yáng",
    "会计": "kuài jì",
    "音乐": "yīn yuè",
    "乐器": "yuè qì",
    "西藏": "xī zàng",
    "六安": "lù ān",
    "番禺": "pān yú",
    "校对": "jiào duì",
}
_CHARACTERS = {"晟": "shèng", "都": "dū"}


def _sort_key(text: str, person: bool) -> str:
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    words = " ".join(_words(folded, person))
    # what is read alike stays together and still has an order; a tab comes before the space of a further word
    return (folded if words in ("", folded) else f"{words}\t{folded}")[:200]


def _search_key(text: str, person: bool) -> str | None:
    folded = unicodedata.normalize("NFKC", text).casefold()
    if not _ANY_HAN.search(folded):
        return None
    words = _words(folded, person)
    starts = [words[at:] for at in range(min(len(words), 16))]
    spelled = ["".join(rest)[:30] for rest in starts]
    initials = ["".join(word[0] for word in rest)[:16] for rest in starts]
    return "".join(f"\n{line}" for line in dict.fromkeys(spelled + initials))


def _words(folded: str, person: bool) -> list[str]:
    words: list[str] = []
    for found in _WORD.findall(folded):
        if _ANY_HAN.match(found):
            words += _read(found, person and not words)
        else:
            words.append(_plain(found))
    return words


def _read(chinese: str, surname_first: bool) -> list[str]:
    if surname_first:
        for length in (2, 1):
            if (read := _SURNAMES.get(chinese[:length])) is not None:
                rest = chinese[length:]
                return read.split() + (_spelled(rest) if rest else [])
    return _spelled(chinese)


def _spelled(chinese: str) -> list[str]:
    return [word for word in _library().lazy_pinyin(chinese) if word]


def _plain(word: str) -> str:
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)) or word


@cache
def _library() -> ModuleType:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    import pypinyin

    pypinyin.load_single_dict({ord(character): read for character, read in _CHARACTERS.items()})
    pypinyin.load_phrases_dict({word: [[one] for one in read.split()] for word, read in _WORDS.items()})
    return pypinyin

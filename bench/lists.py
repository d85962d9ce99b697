"""Lists of people by each sort and filter: ``python bench/lists.py [--people 100000] [--times 40]``.

The CRM in this process on a database of invented people, three in ten with a name in letters. Of each list the first
page of 20 is asked for, then the one after it; every page counts how many fit in all. What the counting takes is told
alone as well.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast, get_args

import uvloop
from sqlalchemy import func, insert, select

from looma.contracts.crm import TalentSort
from looma.contracts.resume import ResumeAPI
from looma.platform import context
from looma.platform.clock import Uuid7, utc_now
from looma.platform.stores import UnifiedDataAccess
from looma.platform.stores.cache import open_cache
from looma.platform.stores.files import open_files
from looma.platform.stores.sql import open_sql
from looma.platform.stores.sql.records import TALENTS
from looma.platform.stores.summaries import summary
from looma.platform.stores.talents import columns
from looma.services.crm.service import CrmService
from machine import describe, spread

BATCH = 1_000
BEGAN = datetime(2025, 3, 1, tzinfo=UTC)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英思远子涵雨泽欣怡梓萱浩然"
FIRST = ("Ada", "Ben", "Cora", "Dan", "Eve", "Finn", "Gina", "Hugo", "Iris", "Jon", "Kim", "Lea")
LAST = ("Abel", "Brook", "Crane", "Dale", "Egret", "Ford", "Grove", "Heron", "Ibis", "Jay", "Kite", "Lark")
PLACES = ("上海", "北京", "深圳", "杭州", "成都", "London", "Berlin", "Leeds", None)
HEADLINES = ("数据工程师", "护士", "会计", "Backend engineer", "Nurse", "Product manager", "销售经理", None)
SKILLS = [f"Skill number {number}" for number in range(400)]
FILTERS: dict[str, dict[str, Any]] = {
    "q, part of a name": {"q": "思远"},
    "q, pinyin": {"q": "zhangwei"},
    "q, initials": {"q": "zw"},
    "q, nothing": {"q": "nobody is called so"},
    "location": {"location": "上海"},
    "tag": {"tag": "often"},
    "tag, nothing": {"tag": "never"},
    "skill": {"skill": "skill NUMBER 7"},
    "years_min": {"years_min": 12},
    "has_resume": {"has_resume": True},
}


def talent(dice: random.Random, talent_id: str, number: int) -> dict[str, Any]:
    """A row, as the store keeps it."""
    if dice.random() < 0.3:
        name = f"{dice.choice(FIRST)} {dice.choice(LAST)}"
    else:
        name = dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2))))
    skills = [
        {"name": one, "concept_id": f"skill:{one}", "years": dice.randint(1, 9)} for one in dice.sample(SKILLS, 20)
    ]
    read = {"years_total": dice.choice((None, *range(1, 30))), "skills": skills}
    return columns(
        {
            "id": talent_id,
            "org": context.LOCAL_OWNER.org,
            "name": None if dice.random() < 0.02 else name,
            "headline": dice.choice(HEADLINES),
            "location": dice.choice(PLACES),
            "contacts": [{"kind": "email", "value": f"person{number}@example.com", "masked": False}],
            "status": dice.choice(("active", "active", "passive", "placed")),
            "tags": ["often"] if number % 50 == 0 else [],
            "note": "A note as recruiters write them. " * 5,
            "resume_id": talent_id if number % 4 else None,
            "version": 1,
            "archived": False,
            "demo": True,
            "created_at": BEGAN,
            "updated_at": BEGAN + timedelta(seconds=dice.randint(0, 10_000_000)),
            **summary(read if number % 4 else {}),
        }
    )


async def filled(data: UnifiedDataAccess, people: int) -> float:
    """Put people into the database; the seconds that it took."""
    dice, new_id, began = random.Random(7), Uuid7(), time.perf_counter()  # noqa: S311 - no secret
    for start in range(0, people, BATCH):
        rows = [talent(dice, new_id(), number) for number in range(start, min(start + BATCH, people))]
        await data.sql.write(lambda tx, rows=rows: tx.execute(insert(TALENTS), rows))
    return time.perf_counter() - began


async def timed(times: int, act: Callable[[], Awaitable[object]]) -> Sequence[float]:
    """Seconds of each time, after one that warms."""
    await act()
    took = []
    for _ in range(times):
        began = time.perf_counter()
        await act()
        took.append(time.perf_counter() - began)
    return took


async def measured(folder: Path, people: int, times: int) -> None:
    """Print the figures."""
    sql = open_sql(f"sqlite:///{folder / 'looma.db'}")
    data = UnifiedDataAccess(sql, open_files(f"file:{folder / 'files'}"), open_cache("memory:"))
    await data.initialize()
    took = await filled(data, people)
    print(f"{people:,} people in {took:.1f} s, {(folder / 'looma.db').stat().st_size / 2**20:.0f} MB")
    crm = CrmService(data, cast("ResumeAPI", None), utc_now, Uuid7())
    counted = select(func.count()).where(TALENTS.c.org == context.caller().org, TALENTS.c.archived.is_(False))
    print(f"{'counting alone':34} {spread(await timed(times, lambda: sql.fetch_one(counted)))}")
    for sort in get_args(TalentSort):
        for descending in (False, True):
            order: dict[str, Any] = {"sort": sort, "descending": descending}
            after = (await crm.list_talents(**order)).next_cursor
            way = f"{sort} {'descending' if descending else 'ascending'}"
            for page, cursor in (("first", None), ("next", after)):
                seconds = await timed(
                    times, lambda order=order, cursor=cursor: crm.list_talents(**order, cursor=cursor)
                )
                print(f"{way:24} {page:9} {spread(seconds)}")
    for name, wanted in FILTERS.items():
        found = await crm.list_talents(**wanted)
        seconds = await timed(times, lambda wanted=wanted: crm.list_talents(**wanted))
        print(f"{name:24} {found.total:9,} {spread(seconds)}")
    await data.close()


def main() -> None:
    """Measure in a folder that is thrown away."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=100_000)
    options.add_argument("--times", type=int, default=40)
    given = options.parse_args()
    print(describe())
    with tempfile.TemporaryDirectory() as folder, context.acting(context.LOCAL_OWNER):
        uvloop.run(measured(Path(folder), given.people, given.times))


if __name__ == "__main__":
    main()

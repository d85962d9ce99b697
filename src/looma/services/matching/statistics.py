"""Figures over the history of an organisation, and over what matching holds of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Text, bindparam, case, func, select

from looma.contracts.matching import CriterionKind, RunsByDirection, RunsOfADay
from looma.platform.stores.sql import Row, Sql
from looma.platform.stores.sql.types import TIMESTAMP

from .job_index import JobEntry
from .tables import RUNS

_DAY = func.substr(RUNS.c.at, 1, 10, type_=Text())
_BY_DAY = (
    select(
        _DAY.label("day"),
        RUNS.c.direction,
        func.count().label("runs"),
        func.sum(RUNS.c.matched).label("matched"),
        func.count(RUNS.c.best).label("scored"),
        func.sum(RUNS.c.best).label("scores"),
        func.sum(case((RUNS.c.best >= bindparam("good"), 1), else_=0)).label("good"),
    )
    .where(RUNS.c.org == bindparam("of_org"), RUNS.c.at >= bindparam("since", type_=TIMESTAMP))
    .group_by(_DAY, RUNS.c.direction)
)


async def of_runs(sql: Sql, org: str, since: date, now: datetime, good: float) -> Mapping[str, Any]:
    """The figures of `MatchStatistics` that the history gives, from the day `since` on."""
    began = datetime.combine(since, time(), now.tzinfo)
    rows = await sql.fetch_all(_BY_DAY, {"of_org": org, "since": began, "good": good})
    runs, scored = _total(rows, "runs"), _total(rows, "scored")
    days = Counter[str]()
    for row in rows:
        days[row["day"]] += row["runs"]
    wanted = [since + timedelta(days=n) for n in range((now.date() - since).days + 1)]
    return {
        "runs": RunsByDirection(**{d: _total(rows, "runs", d) for d in RunsByDirection.model_fields}),
        "matched": _total(rows, "matched"),
        "mean_top_score": round(sum(row["scores"] or 0 for row in rows) / scored, 1) if scored else None,
        "without_good": round(1 - _total(rows, "good") / runs, 3) if runs else None,
        "runs_per_day": [RunsOfADay(day=day, runs=days[day.isoformat()]) for day in wanted],
    }


def criteria(jobs: Iterable[JobEntry]) -> dict[CriterionKind, int]:
    """How many criteria of each kind the jobs have, the most frequent first."""
    counted = Counter(ask.need.kind for job in jobs for ask in job.asks if not ask.removed)
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _total(rows: Iterable[Row], what: str, direction: str | None = None) -> int:
    return sum(row[what] or 0 for row in rows if direction in (None, row["direction"]))

"""Values come back as they were given, and compare as they are meant."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, MetaData, Table, insert, select, text
from sqlalchemy.schema import CreateTable, DropTable

from looma.platform.stores.sql.types import BOOLEAN, BYTES, INTEGER, JSON, REAL, TEXT, TIMESTAMP, to_text

VALUES = Table(
    "test_values",
    MetaData(),
    Column("id", INTEGER, primary_key=True),
    Column("text", TEXT),
    Column("whole", INTEGER),
    Column("number", REAL),
    Column("yes", BOOLEAN),
    Column("json", JSON),
    Column("at", TIMESTAMP),
    Column("raw", BYTES),
)
SHANGHAI = timezone(timedelta(hours=8))


@pytest.fixture
async def values(sql):
    def written(statement):
        return text(str(statement.compile(dialect=sql._statements._dialect)))

    await sql.write(lambda tx: tx.execute(written(CreateTable(VALUES))))
    yield sql
    await sql.write(lambda tx: tx.execute(written(DropTable(VALUES))))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("text", ""),
        ("text", "陈思远 Chen 🧑‍💻"),
        ("text", "'; drop table talents; --"),
        ("whole", -(2**63)),
        ("whole", 2**63 - 1),
        ("number", 0.1),
        ("number", 1e308),
        ("yes", True),
        ("yes", False),
        ("json", {"年": [1, 2.5, None, {"a": "é"}]}),
        ("json", []),
        ("json", 0),
        ("json", ""),
        ("json", False),
        ("at", datetime(2025, 3, 1, 8, 30, tzinfo=UTC)),
        ("at", datetime(1, 1, 1, 0, 0, 0, 1, tzinfo=UTC)),
        ("at", datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
        ("raw", b""),
        ("raw", bytes(range(256))),
        *((name, None) for name in ("text", "whole", "number", "yes", "json", "at", "raw")),
    ],
)
async def test_a_value_comes_back(values, column, value):
    await values.write(lambda tx: tx.execute(insert(VALUES), {"id": 1, column: value}))
    found = (await values.fetch_one(select(VALUES)))[column]
    assert (found, type(found)) == (value, type(value))


async def test_moments_are_kept_in_utc_and_in_order(values):
    moments = [
        datetime(2025, 3, 1, 8, 0, tzinfo=SHANGHAI),
        datetime(2025, 3, 1, 0, 0, 0, 1, tzinfo=UTC),
        datetime(2025, 3, 1, 1, 0, tzinfo=UTC),
        datetime(2025, 3, 1, 9, 30, tzinfo=SHANGHAI),
    ]
    rows = [{"id": n, "at": moment} for n, moment in enumerate(moments)]
    await values.write(lambda tx: tx.execute(insert(VALUES), list(reversed(rows))))
    found = await values.fetch_all(select(VALUES.c.at).order_by(VALUES.c.at))
    assert [row["at"] for row in found] == moments
    assert all(row["at"].tzinfo is UTC for row in found)
    later = select(VALUES.c.id).where(VALUES.c.at > datetime(2025, 3, 1, 8, 30, tzinfo=SHANGHAI)).order_by(VALUES.c.id)
    assert [row["id"] for row in await values.fetch_all(later)] == [2, 3]


def test_the_text_of_a_moment_has_one_width():
    assert to_text(datetime(2025, 3, 1, 8, tzinfo=SHANGHAI)) == "2025-03-01T00:00:00.000000Z"
    assert to_text(datetime(2025, 3, 1, 8, tzinfo=timezone.utc)) == "2025-03-01T08:00:00.000000Z"  # noqa: UP017


async def test_a_moment_without_a_zone_is_refused(values):
    with pytest.raises(ValueError, match="zone"):
        await values.write(lambda tx: tx.execute(insert(VALUES), {"id": 1, "at": datetime(2025, 3, 1)}))  # noqa: DTZ001
    assert await values.fetch_all(select(VALUES)) == []


@pytest.mark.parametrize("value", [2**63, "\ud800"])
async def test_a_value_that_does_not_fit_fails_alone(values, value):
    column = "whole" if isinstance(value, int) else "text"
    with pytest.raises((OverflowError, UnicodeEncodeError)):
        await values.write(lambda tx: tx.execute(insert(VALUES), {"id": 1, column: value}))
    await values.write(lambda tx: tx.execute(insert(VALUES), {"id": 2}))
    assert [row["id"] for row in await values.fetch_all(select(VALUES))] == [2]

"""Statements compile once, and the cache of them is bounded."""

import pytest
from sqlalchemy import Column, MetaData, Table, bindparam, insert, select, update
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from looma.platform.stores.sql.records import TALENTS
from looma.platform.stores.sql.statements import Statements
from looma.platform.stores.sql.types import INTEGER, TEXT


@pytest.fixture
def statements():
    return Statements(SQLiteDialect_pysqlite(), size=10)


def test_the_same_structure_is_one_plan(statements):
    plans = {statements.prepare(select(TALENTS).where(TALENTS.c.id == str(n)), None).plan for n in range(100)}
    assert len(plans) == 1
    prepared = statements.prepare(select(TALENTS.c.id).where(TALENTS.c.id == "x").limit(7), None)
    assert prepared.bind(None)[1] == ("x", 7, 0)


def test_an_insert_takes_the_columns_that_are_given(statements):
    one = statements.prepare(insert(TALENTS), {"id": "a"})
    two = statements.prepare(insert(TALENTS), {"name": "n", "id": "a"})
    assert one.plan is not two.plan
    assert two.plan is statements.prepare(insert(TALENTS), {"id": "b", "name": "m"}).plan
    assert one.bind({"id": "a"}) == ("INSERT INTO talents (id) VALUES (?)", ("a",))


def test_an_update_mixes_its_own_values_with_given_ones(statements):
    for name in ("李雷", "韩梅梅"):
        statement = update(TALENTS).where(TALENTS.c.id == bindparam("of_id")).values(name=name, tags=[name])
        prepared = statements.prepare(statement, {"of_id": "a"})
        assert prepared.bind({"of_id": "a"})[1] == (name, f'["{name}"]', "a")
    assert len(statements) == 1


def test_the_cache_is_bounded(statements):
    for count in range(1, 60):
        columns = list(TALENTS.columns)[: count % 15 + 1]
        statements.prepare(select(*columns).where(*(TALENTS.c.id == "x" for _ in range(count))), None)
    assert len(statements) <= 15


def test_defaults_made_in_python_are_refused(statements):
    table = Table("t", MetaData(), Column("id", INTEGER, primary_key=True), Column("a", TEXT, default="x"))
    with pytest.raises(TypeError):
        statements.prepare(insert(table), {"id": 1})
    assert statements.prepare(insert(table), {"id": 1, "a": "y"}).bind({"id": 1, "a": "y"})[1] == (1, "y")

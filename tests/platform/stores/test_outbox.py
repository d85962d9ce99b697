"""The outbox keeps the order of the changes, and an entry only with its change."""

import pytest
from sqlalchemy import delete

from looma.platform.stores import outbox

from .changes import NOW


def appending(record: str, org: str = "local", **more):
    async def change(tx) -> int:
        return await outbox.append(tx, org=org, kind="talent", record_id=record, version=1, at=NOW, **more)

    return change


async def test_entries_in_order_from_anywhere(sql):
    seqs = [await sql.write(appending(f"r{n}", org="ab"[n % 2], gone=n == 4)) for n in range(6)]
    assert seqs == sorted(set(seqs))
    everything = await outbox.pending(sql)
    assert [entry.record_id for entry in everything] == [f"r{n}" for n in range(6)]
    assert everything[4] == outbox.Entry(seqs[4], "a", "talent", "r4", 1, True, NOW)
    assert [entry.seq for entry in await outbox.pending(sql, org="b")] == seqs[1::2]
    assert [entry.seq for entry in await outbox.pending(sql, org="a", after_seq=seqs[0], limit=1)] == [seqs[2]]
    assert [entry.seq for entry in await outbox.pending(sql, after_seq=seqs[3])] == seqs[4:]
    assert await outbox.pending(sql, org="nobody") == []


async def test_a_number_is_never_given_twice(sql):
    last = await sql.write(appending("a"))
    await sql.write(lambda tx: tx.execute(delete(outbox.OUTBOX)))
    assert await sql.write(appending("b")) > last


async def test_no_entry_without_its_change(sql):
    async def failing(tx):
        await appending("a")(tx)
        raise KeyError("on purpose")

    with pytest.raises(KeyError):
        await sql.write(failing)
    assert await outbox.pending(sql) == []

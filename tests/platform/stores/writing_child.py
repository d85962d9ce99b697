"""A process that writes, for tests that kill it or take its disk away: ``python -m tests.….writing_child WHAT URL``."""

import asyncio
import os
import resource
import sys
from datetime import UTC, datetime

from sqlalchemy import insert

from looma.platform.clock import Uuid7
from looma.platform.stores import outbox
from looma.platform.stores.errors import StoreBroken
from looma.platform.stores.sql.records import TALENTS
from looma.platform.stores.sql.sqlite import SqliteSql

from .changes import adding, ids, talent

new_id = Uuid7()


def say(line: str) -> None:
    """A whole line at once, past every buffer that dies with the process."""
    os.write(1, f"{line}\n".encode())


async def change(tx) -> str:
    made = new_id()
    await tx.execute(insert(TALENTS), talent(made))
    await outbox.append(tx, org="local", kind="talent", record_id=made, version=1, at=datetime.now(UTC))
    return made


async def endless(sql: SqliteSql) -> None:
    """Write from several callers for ever, and print every id once its write was answered."""

    async def caller() -> None:
        while True:
            say(await sql.write(change))

    await asyncio.gather(*(caller() for _ in range(8)))


async def limited(sql: SqliteSql) -> None:
    """Write while the system refuses to let files grow, which SQLite meets when it commits."""
    say(await sql.write(adding("before")))
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, unlimited[1]))
    refused = [sql.write(adding(f"refused{n}", note="x" * 20_000)) for n in range(2)]
    for answer in await asyncio.gather(*refused, return_exceptions=True):
        say(type(answer).__name__)
    resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    say(await sql.write(adding("after")))
    say(f"kept={','.join(sorted(await ids(sql)))}")


async def cramped(sql: SqliteSql) -> None:
    """Open where there is no room for the files that SQLite needs beside the database."""
    await sql.close()
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    try:
        await sql.open()
    except StoreBroken as error:
        say(error.code)


async def main(what: str, url: str) -> None:
    sql = SqliteSql(url)
    await sql.open()
    await {"endless": endless, "limited": limited, "cramped": cramped}[what](sql)
    await sql.close()


asyncio.run(main(*sys.argv[1:]))

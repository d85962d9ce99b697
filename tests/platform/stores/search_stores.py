"""The search drivers, and a process that writes for tests that kill it or take its disk away.

``python -m tests.platform.stores.search_stores WHAT URL``
"""

import asyncio
import os
import resource
import sys

import aiohttp

from looma.platform.errors import LoomaError
from looma.platform.stores.search import Gone, SearchDocument, SearchStore, TextQuery, open_search

ELASTIC = os.environ.get("LOOMA_TEST_ELASTICSEARCH_URL")
NAMES = ["tantivy", *(["elasticsearch"] if ELASTIC else [])]
PREFIX = f"looma-test-{os.getpid()}"
"""Several processes test on one server; what they leave has this in its name."""
COLLECTION = "local/talents"
ALL = 10_000


def driver(name: str, folder) -> SearchStore:
    """A driver that is not open yet; one with a folder uses this one."""
    return open_search(f"tantivy:{folder}" if name == "tantivy" else elastic(PREFIX))


def elastic(prefix: str) -> str:
    """The address of the server that is tested with, for what is named with this prefix."""
    return f"{ELASTIC}?prefix={prefix}"


async def sweep(prefix: str = PREFIX) -> None:
    """Leave nothing of this prefix on the server."""
    if ELASTIC:
        async with aiohttp.ClientSession() as session:
            for index in await (await session.get(f"{ELASTIC}/_aliases")).json():
                if index.startswith(f"{prefix}-search"):
                    await (await session.delete(f"{ELASTIC}/{index}")).read()


def document(id: str, body: str = "", title: str = "", collection: str = COLLECTION, **terms) -> SearchDocument:  # noqa: A002
    """A document that says what matters to a test."""
    return SearchDocument(collection, id, title, body, terms)


async def found(store: SearchStore, text: str, **more) -> list[str]:
    """The ids that a text finds, best first."""
    return [one.id for one in await store.search(TextQuery(COLLECTION, text, **({"k": ALL} | more)))]


LIVES = 4
"""Changes after which a document of `change` is deleted."""


def change(number: int) -> list[SearchDocument | Gone]:
    """The change of this number: a new document, one that goes, and one that changes every time."""
    made: list[SearchDocument | Gone] = [
        document(f"n{number}", f"steady 稳定 number{number} " + f"filler{number} " * 50),
        document("same", f"steady revision{number}"),
    ]
    return [*made, Gone(COLLECTION, f"n{number - LIVES}")] if number > LIVES else made


def after(number: int) -> set[str]:
    """The ids that are there after the changes from 1 to this one."""
    return {f"n{one}" for one in range(max(1, number - LIVES + 1), number + 1)} | ({"same"} if number else set())


def say(line: str) -> None:
    """A whole line at once, past every buffer that dies with the process."""
    os.write(1, f"{line}\n".encode())


async def endless(store: SearchStore) -> None:
    """Apply one change after the other, from where the index stands, and say each when it was acknowledged."""
    number = await store.position()
    while True:
        number += 1
        await store.apply(change(number), number)
        say(str(number))


async def limited(store: SearchStore) -> None:
    """Apply while the system refuses to let files grow."""
    await store.apply([document("before", "steady")], 1)
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    for number, limit in enumerate((64, 4096, 20_000)):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, unlimited[1]))
        many = [document(f"refused{n}", "steady " + " ".join(f"w{n}x{m}" for m in range(500))) for n in range(500)]
        try:
            await store.apply([Gone(COLLECTION, "before"), *many], 2 + number)
            say("accepted")
        except LoomaError as error:
            say(type(error).__name__)
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
        say(f"{await store.position()} {','.join(await found(store, 'steady'))}")
    await store.apply([document("after", "steady")], 9)
    say(f"{await store.position()} {','.join(await found(store, 'steady'))}")


async def main(what: str, url: str) -> None:
    store = open_search(url)
    await store.open()
    await {"endless": endless, "limited": limited}[what](store)
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

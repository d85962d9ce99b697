"""Full text in Elasticsearch 8 and 9 or OpenSearch 2 and 3: one index behind an alias, shared by all processes."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import orjson

from ...clock import NewId, Uuid7
from ..errors import StoreBroken, StoreBusy
from . import Answered, Gone, Scored, SearchDocument, TextQuery, keys, lucene
from .cluster import TRIES, Address, Answer, Cluster, Parameters, is_passing, refusal

OLDEST = {"Elasticsearch": 8, "OpenSearch": 2}
BULK_BYTES = 4_000_000
"""What one request brings at most, roughly; a server takes 100 MB and holds it all in memory."""
RECOVERY_S = 20
"""How long is waited for an index when it is opened."""
CHECK_S = 3.0
"""How long it may take to answer whether it answers."""

log = logging.getLogger("looma.stores.search")

_Ops = dict[str, SearchDocument | None]
"""By key, the document as it is in the end; None when it is gone."""


@dataclass(frozen=True)
class Engine:
    """Which server it is."""

    name: str
    major: int

    @classmethod
    def of(cls, told: Any) -> "Engine":
        """Raises `StoreBroken` for one that is none, or too old."""
        try:
            version = told["version"]
            kind = "OpenSearch" if version.get("distribution") == "opensearch" else "Elasticsearch"
            engine = cls(f"{kind} {version['number']}", int(version["number"].partition(".")[0]))
        except (KeyError, TypeError, AttributeError, ValueError) as other:
            raise StoreBroken(what="what answers is neither Elasticsearch nor OpenSearch") from other
        if engine.major < OLDEST[kind]:
            raise StoreBroken(what=f"{engine.name} is too old; {kind} {OLDEST[kind]} or later is needed")
        return engine

    @property
    def factor(self) -> float:
        """What its scores lack of those of the other engines: OpenSearch has Lucene's bare ones, since version 3."""
        return lucene.BARE if self.name.startswith("OpenSearch") and self.major >= 3 else 1.0


class ElasticSearch:
    """Keeps the promises of `SearchStore`. What several processes apply is ordered by its position."""

    def __init__(self, url: str, *, cluster: type[Cluster] = Cluster, new_id: NewId | None = None) -> None:
        self._address, self._connect, self._new_id = Address.of(url), cluster, new_id or Uuid7()
        self._alias = f"{self._address.prefix}-search"
        self._cluster: Cluster | None = None
        self._writing, self._quiet = asyncio.Lock(), asyncio.Condition()
        self._busy = 0
        self._engine = Engine("", 0)

    async def open(self) -> None:
        """Be ready; make the index unless there is one of this build."""
        if self._cluster is not None:
            return
        self._cluster = self._connect(self._address)
        try:
            self._engine = Engine.of((await self._cluster.ask("GET", "")).body)
            await self._prepare(self._cluster)
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Finish what was accepted and let go."""
        cluster, self._cluster = self._cluster, None
        if cluster is not None:
            async with self._quiet:
                await self._quiet.wait_for(lambda: not self._busy)
            await cluster.close()

    async def position(self) -> int:
        """The `to` of the last `apply` that came to its end."""
        async with self._open() as cluster:
            return await self._position(cluster)

    async def apply(self, changes: Sequence[SearchDocument | Gone], to: int) -> None:
        """All of it, then the position, with which it is seen; calls are put in the order in which they came."""
        async with self._open() as cluster, self._writing:
            await self._position(cluster)  # the index is there: deleting from none would make one
            ops = await self._resolved(cluster, changes)
            for lines in await asyncio.to_thread(_packed, ops, to):  # cutting texts into words takes its time
                await self._bulk(cluster, lines)
            place: Parameters = {
                "version": to,
                "version_type": "external_gte",
                "require_alias": "true",
                "refresh": "true",
            }
            at = f"{self._alias}/_doc/{lucene.POSITION}"
            kept = await cluster.ask("PUT", at, {lucene.POSITION: to}, place, expected=(409,))
            if kept.status == 409:  # another process is ahead; what is new of ours is to be seen all the same
                await self._refresh(cluster)

    async def search(self, query: TextQuery) -> list[Scored]:
        """The best documents, best first; ties by id."""
        async with self._open() as cluster:
            wanted = lucene.question(query, self._engine.factor)
            found: list[Scored] = []
            after: list[Any] | None = None
            while wanted is not None and (size := min(query.k - len(found), lucene.PAGE)) > 0:
                answer = await self._search(cluster, lucene.ranking(wanted, size, after))
                hits = answer["hits"]["hits"]
                found += [Scored(keys.id_of(hit["sort"][1], query.collection), hit["sort"][0]) for hit in hits]
                if len(hits) < size:
                    break
                after = hits[-1]["sort"]
            return found

    async def facets(self, query: TextQuery, field: str) -> dict[str, int]:
        """How many of the documents that fit have each term."""
        async with self._open() as cluster:
            if (wanted := lucene.question(query, self._engine.factor)) is None:
                return {}
            return lucene.values(await self._search(cluster, lucene.counting(wanted, field)), field)

    async def count(self, collection: str | None = None) -> int:
        """Documents of one collection, or of all."""
        async with self._open() as cluster:
            answer = await cluster.ask("POST", f"{self._alias}/_count", {"query": lucene.within(collection)})
            return int(answer.body["count"])

    async def clear(self) -> None:
        """A new index takes the place of the one that there is."""
        async with self._open() as cluster, self._writing:
            await self._replace(cluster, await self._behind(cluster))

    async def check(self) -> Answered:
        """What answered, and how fast."""
        async with self._open() as cluster:
            start = time.perf_counter()
            try:
                async with asyncio.timeout(CHECK_S):
                    await self._position(cluster)
            except TimeoutError as late:
                raise StoreBroken(what="the search server does not answer") from late
            return Answered(self._engine.name, time.perf_counter() - start)

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[Cluster]:
        """The connections, which stay open for as long as someone uses them."""
        if (cluster := self._cluster) is None:
            raise StoreBroken(what="the index is not open")
        self._busy += 1
        try:
            yield cluster
        except (KeyError, TypeError, AttributeError) as strange:
            raise StoreBroken(what="the search server's answer cannot be understood") from strange
        finally:
            self._busy -= 1
            async with self._quiet:
                self._quiet.notify_all()

    # -- the index behind the alias -----------------------------------------------------------------------------------

    async def _prepare(self, cluster: Cluster) -> None:
        behind = await self._behind(cluster)
        if not behind:
            await self._replace(cluster, {})
            behind = await self._behind(cluster)
        if len(behind) > 1:  # two processes were first at once: both keep the index that was made earlier
            await self._point(cluster, min(behind), set(behind) - {min(behind)})
            behind = {min(behind): behind[min(behind)]}
        if any(meta != lucene.LAYOUT for meta in behind.values()):
            log.warning("the full text index is begun anew: it is of another version")
            await self._replace(cluster, behind)
        await self._recovered(cluster)

    async def _recovered(self, cluster: Cluster) -> None:
        """Wait for a server that was started a moment ago: it answers before its indexes do."""
        wanted: Parameters = {"wait_for_status": "yellow", "timeout": f"{RECOVERY_S}s"}
        answer = await cluster.ask("GET", f"_cluster/health/{self._alias}", None, wanted, expected=(408,))
        if answer.body["timed_out"]:
            raise StoreBusy(what="the search server is not ready yet")

    async def _behind(self, cluster: Cluster) -> dict[str, Any]:
        """The indexes that the alias names, with what their mappings say about themselves."""
        answer = await cluster.ask("GET", f"{self._alias}/_mapping", expected=(404,))
        if answer.status == 404:
            return {}
        behind = {index: one["mappings"].get("_meta") for index, one in answer.body.items()}
        if self._alias in behind:
            raise StoreBroken(what=f"{self._alias} is an index of someone else; choose another prefix")
        return behind

    async def _replace(self, cluster: Cluster, behind: dict[str, Any]) -> None:
        fresh = f"{self._alias}-{self._new_id()}"
        made = await cluster.ask("PUT", fresh, lucene.index(), expected=(400,))
        if (
            made.status == 400 and made.body["error"]["type"] != "resource_already_exists_exception"
        ):  # by an earlier try
            raise refusal(400, made.body)
        await self._point(cluster, fresh, set(behind))

    async def _point(self, cluster: Cluster, index: str, gone: set[str]) -> None:
        """In one step: nobody sees no index, or two."""
        actions = [{"add": {"index": index, "alias": self._alias}}]
        actions += [{"remove_index": {"index": one}} for one in sorted(gone)]
        await cluster.ask("POST", "_aliases", {"actions": actions})

    # -- reading ------------------------------------------------------------------------------------------------------

    async def _position(self, cluster: Cluster) -> int:
        seen = {"realtime": "false"}  # what is written but not seen yet is not told either
        answer = await cluster.ask("GET", f"{self._alias}/_doc/{lucene.POSITION}", None, seen, expected=(404,))
        if answer.status == 404 and "found" not in (answer.body or {}):
            raise refusal(404, answer.body)
        return int(answer.body["_source"][lucene.POSITION]) if answer.body["found"] else 0

    async def _search(self, cluster: Cluster, body: dict[str, Any]) -> Any:
        whole = {"allow_partial_search_results": "false"}
        return (await cluster.ask("POST", f"{self._alias}/_search", body, whole)).body

    # -- writing ------------------------------------------------------------------------------------------------------

    async def _resolved(self, cluster: Cluster, changes: Sequence[SearchDocument | Gone]) -> _Ops:
        ops: _Ops = {}
        for change in changes:
            if isinstance(change, SearchDocument):
                ops[keys.key(change.collection, change.id)] = change
            elif change.id is not None:
                ops[keys.key(change.collection, change.id)] = None
            else:
                ops |= dict.fromkeys([key for key, op in ops.items() if op and op.collection == change.collection])
                ops |= dict.fromkeys([key async for key in self._keys(cluster, change.collection)])
        return ops

    async def _keys(self, cluster: Cluster, collection: str) -> AsyncIterator[str]:
        await self._refresh(cluster)  # what an apply that failed has left is to go as well
        last: str | None = None
        while True:
            hits = (await self._search(cluster, lucene.listing(collection, last)))["hits"]["hits"]
            for hit in hits:
                last = hit["sort"][0]
                yield hit["sort"][0]
            if len(hits) < lucene.PAGE:
                return

    async def _bulk(self, cluster: Cluster, lines: list[bytes]) -> None:
        """Send them until each is accepted; one that the index has a newer version of is left as it is."""
        told = {"require_alias": "true", "filter_path": "errors,items.*.status,items.*.error.type,items.*.error.reason"}
        for turn in range(TRIES):
            body = (await cluster.ask("POST", f"{self._alias}/_bulk", b"".join(lines), told)).body
            if not body["errors"]:
                return
            again = []
            for line, item in zip(lines, body["items"], strict=True):
                ((_, one),) = item.items()
                if "error" not in one or one["status"] == 409:
                    continue
                if not is_passing(Answer(one["status"], one)):
                    raise refusal(one["status"], one)
                again.append(line)
            if not (lines := again):
                return
            await cluster.wait(turn)
        raise StoreBusy(what="the search server has too much to do")

    async def _refresh(self, cluster: Cluster) -> None:
        answer = await cluster.ask("POST", f"{self._alias}/_refresh")
        if answer.body["_shards"]["failed"]:
            raise StoreBroken(what="a part of the index does not answer")


def _packed(ops: _Ops, to: int) -> list[list[bytes]]:
    """As many together as make a request of a good size."""
    packs: list[list[bytes]] = []
    size = BULK_BYTES
    for key, op in ops.items():
        line = _line(key, op, to)
        if size >= BULK_BYTES:
            packs.append([])
            size = 0
        packs[-1].append(line)
        size += len(line)
    return packs


def _line(key: str, op: SearchDocument | None, to: int) -> bytes:
    told = {"_id": lucene.name(key), "version": to, "version_type": "external_gte"}
    if op is None:
        return orjson.dumps({"delete": told}) + b"\n"
    return orjson.dumps({"index": told}) + b"\n" + orjson.dumps(lucene.document(op)) + b"\n"

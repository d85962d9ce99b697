"""The stores: one protocol a family, one driver a technology, picked by the scheme of a URL.

`UnifiedDataAccess` is their one face: the open stores, and the person as a whole in one transaction.
"""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

from .. import context
from ..clock import Clock, NewId, Uuid7, utc_now
from .cache import Cache, open_cache
from .files import Files, open_files
from .sql import Sql, Transaction, open_sql
from .talent_data import FactRow, ResumeRow, TalentData, TalentRow, Versions
from .talents import TalentWriter, find

if TYPE_CHECKING:  # vectors bring numpy, which not every service needs
    from pydantic import SecretStr

    from ..settings import StoreSettings
    from .graph import GraphStore
    from .search import SearchStore
    from .vector import VectorStore

__all__ = ["FactRow", "ResumeRow", "TalentData", "TalentRow", "UnifiedDataAccess", "Versions"]


class UnifiedDataAccess:
    """The stores that one process has open. SQL is the truth; files lie beside it, the cache may forget.

    `search`, `vectors` and `graph` are projections that one service keeps: it opens them when it starts, nobody else
    does.
    """

    def __init__(
        self,
        sql: Sql,
        files: Files,
        cache: Cache,
        *,
        search_url: str = "",
        vector_url: str = "",
        graph_url: str = "",
        clock: Clock = utc_now,
        new_id: NewId | None = None,
    ) -> None:
        self.sql, self.files, self.cache = sql, files, cache
        self._search_url, self._vector_url, self._graph_url = search_url, vector_url, graph_url
        self._clock, self._new_id = clock, new_id or Uuid7()

    @cached_property
    def search(self) -> "SearchStore":
        """The full text index."""
        from .search import open_search

        return open_search(self._search_url)

    @cached_property
    def vectors(self) -> "VectorStore":
        """The vector indexes."""
        from .vector import open_vectors

        return open_vectors(self._vector_url)

    @cached_property
    def graph(self) -> "GraphStore":
        """The relationships."""
        from .graph import open_graph

        return open_graph(self._graph_url)

    @classmethod
    def of(cls, settings: "StoreSettings") -> Self:
        """The stores that these settings name, not yet initialised; what they do not name lies in the data folder.

        Raises `NoDriver`, `NoPackage` or `UnknownScheme` for an address that cannot be used here.
        """
        address = _address(settings.postgres_url, "sqlite:///", settings.data / "sql" / "looma.db")
        sql = open_sql(address, prefix=settings.prefix)
        return cls(
            sql,
            open_files(_address(None, "file:", settings.data / "files")),
            open_cache("memory:"),
            search_url=_address(settings.elasticsearch_url, "tantivy:", settings.data / "search"),
            vector_url=_address(settings.weaviate_url, "faiss:", settings.data / "vector"),
            graph_url=_address(settings.neo4j_url, "sqlite:", settings.data / "graph"),
        )

    async def initialize(self) -> None:
        """Open every store, or none. Raises `StoreBroken` in words."""
        try:
            await self.sql.open()
            await self.files.open()
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Finish what was accepted and let go. Safe to call twice."""
        await self.sql.close()

    async def get_talent_data(self, talent_id: str) -> TalentData | None:
        """A person of the caller's organisation with the current résumé and its facts, as of one moment.

        None when there is no such person, or another organisation's.
        """
        org = context.caller().org

        async def look(tx: Transaction) -> TalentData | None:
            return await find(tx, org, talent_id)

        return await self.sql.read(look)

    async def save_talent_data(self, data: TalentData) -> Versions:
        """Keep a person, the résumé if one is given, and what it says: all of it durable, or nothing.

        Errors as `TalentWriter.save`. To do more in the same transaction, use that inside a change of your own.
        """
        caller = context.caller()

        async def change(tx: Transaction) -> Versions:
            return await TalentWriter(tx, caller, self._clock, self._new_id).save(data)

        return await self.sql.write(change)


def _address(named: "SecretStr | None", scheme: str, place: Path) -> str:
    return named.get_secret_value() if named else scheme + quote(str(place))

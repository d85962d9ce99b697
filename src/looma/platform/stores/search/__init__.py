"""Full text: documents by word, in Chinese and English. A projection: it can be rebuilt from SQL at any time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ..drivers import load

DRIVERS: Mapping[str, str | None] = {
    "tantivy": "looma.platform.stores.search.tantivy:TantivySearch",
    "http": "looma.platform.stores.search.elastic:ElasticSearch",
    "https": "looma.platform.stores.search.elastic:ElasticSearch",
}
"""Scheme → driver; ``http`` is Elasticsearch or OpenSearch."""

Where = Mapping[str, Sequence[str]]
"""Field → values: a document is kept when, for every field, one of its terms is one of the values."""


@dataclass(frozen=True)
class SearchDocument:
    """What is found. `collection` holds the organisation too: ``org/name``; ids are unique within one."""

    collection: str
    id: str
    title: str
    body: str
    terms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Exact words to filter by, such as ``{"status": ["open"]}``."""


@dataclass(frozen=True)
class Gone:
    """A document that is no more; with `id` None the whole collection."""

    collection: str
    id: str | None = None


@dataclass(frozen=True)
class TextQuery:
    """Words to look for in one collection; the `k` best. Any word counts, more and rarer ones count more; a word at the
    end of what was typed also finds what it begins (`prefix`), and `fuzzy` allows for one slip in a longer word."""

    collection: str
    text: str
    k: int = 20
    where: Where = field(default_factory=dict)
    prefix: bool = False
    fuzzy: bool = False


@dataclass(frozen=True)
class Scored:
    """A document and how well it fits; scores of one answer can be compared with each other alone."""

    id: str
    score: float


@dataclass(frozen=True)
class Answered:
    """That an index answers: which engine it is, with its version, and how long it took."""

    engine: str
    latency_s: float


class SearchStore(Protocol):
    """One index for all collections."""

    async def open(self) -> None:
        """Be ready. A damaged index, or one of another build, is put aside and begun anew, which a log line says;
        `position` is 0 then.

        Raises `StoreBroken` when the place cannot be used at all, `StoreBusy` while another process uses it and the
        engine cannot be shared.
        """

    async def close(self) -> None:
        """Finish what was accepted and let go. Safe to call twice, and before `open`."""

    async def position(self) -> int:
        """The `to` of the last `apply` whose changes are durable; 0 for an index that holds nothing."""

    async def apply(self, changes: Sequence[SearchDocument | Gone], to: int) -> None:
        """Make all of these findable in one commit that also keeps `to`; durable and seen by `search` on return.

        A document replaces one of the same collection and id. Changes come in order, and `to` never falls but after
        `clear`; the same changes may come again. What comes late, from a process that was overtaken, is no mistake and
        replaces nothing newer.

        Raises `StoreFull` or another `StoreBroken` when it was not kept: `position` is as before then. An engine on a
        server may have taken a part of it, which nobody sees before the same changes come again.
        """

    async def search(self, query: TextQuery) -> list[Scored]:
        """The best documents, best first; ties fall by id (of a great many, a driver may look at some alone). A word
        contained in a document always finds it. Text without a word gives nothing; no text is a syntax error, and of a
        very long one the beginning is looked at.
        """

    async def facets(self, query: TextQuery, field: str) -> dict[str, int]:
        """How many documents that fit have each term of a field; over all that fit, whatever `k` says."""

    async def count(self, collection: str | None = None) -> int:
        """Documents of one collection, or of all."""

    async def clear(self) -> None:
        """Forget everything; `position` is 0 then."""

    async def check(self) -> Answered:
        """Return when the index answers; raise `Unavailable` otherwise."""


def open_search(url: str) -> SearchStore:
    """The driver for `url` (``tantivy:/data/search``), not yet opened."""
    driver: SearchStore = load(DRIVERS, url)
    return driver

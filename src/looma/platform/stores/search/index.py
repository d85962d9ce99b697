"""The tantivy index in a folder. All of it blocks: one thread at a time opens, writes and closes; any may read."""

import fcntl
import logging
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path

from tantivy import DocAddress, Index, IndexWriter, Query, Searcher

from ..errors import StoreBroken, StoreBusy, StoreFull
from . import Gone, Scored, SearchDocument, TextQuery, files, keys, schema
from .queries import Queries

log = logging.getLogger("looma.stores.search")

HEAP = 24_000_000
"""Bytes of new postings that the one indexing thread gathers before it begins another segment. With the least that
tantivy takes, 15 MB, it begins one every 650 documents of 1.4 KB, and indexing takes twice the time."""
TIES = 200
"""Documents beyond an answer that are looked at for a lower id among those that fit as well as its last. Of more than
these, the ones that were indexed first come into the answer: an id takes 1 to 3 µs to read."""
MAX_FACETS = 65_000
"""The most values that tantivy counts."""

_FULL = {ENOSPC, EDQUOT, EFBIG}
_NUMBER = re.compile(r"(?:os error |code: )(\d+)")


class FolderIndex:
    """One index, one writer, and a lock that keeps every other process out."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock: int | None = None
        self._index: Index | None = None
        self._writer: IndexWriter | None = None
        self._searcher: Searcher | None = None
        self._schema = schema.build()
        self._queries = Queries(self._schema)

    def open(self) -> None:
        """Take the folder. A damaged index gives way to an empty one, which a log line says."""
        with _told():
            self._lock = _lock(self._folder)
            try:
                self._begin()
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        """Finish merging and let go; safe at any time."""
        writer, self._writer, self._index, self._searcher = self._writer, None, None, None
        if writer is not None:
            _abandon(writer)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def write(self, changes: Sequence[SearchDocument | Gone], to: int) -> None:
        """All of it in one commit, or nothing."""
        with self._writing() as writer:
            for change in changes:
                _change(writer, change)
            writer.delete_documents_by_term("key", schema.POSITION_KEY)
            writer.add_document(schema.position(to))

    def clear(self) -> None:
        """Everything, the position with it."""
        with self._writing() as writer:
            writer.delete_all_documents()

    def position(self) -> int:
        """What the last commit was up to."""
        with _told():
            now = self._now()
            found = now.search(self._queries.key(schema.POSITION_KEY), 1).hits
            return int(now.doc(found[0][1])[schema.POSITION][0]) if found else 0

    def count(self, collection: str | None) -> int:
        """Documents of one collection, or of all."""
        with _told():
            now = self._now()
            if collection is not None:
                return _fitting(now, self._queries.collection(collection))
            return self._count(now)

    def search(self, query: TextQuery) -> list[Scored]:
        """The best documents, best first; ties by id."""
        with _told():
            now, wanted = self._now(), self._queries.of(query)
            if wanted is None or query.k < 1:
                return []
            hits = _hits(now, wanted, query.k)
            ranked = [Scored(keys.id_of(now.doc(at)["key"][0], query.collection), score) for score, at in hits]
            return sorted(ranked, key=lambda one: (-one.score, one.id))[: query.k]

    def facets(self, query: TextQuery, field: str) -> dict[str, int]:
        """How many of the documents that fit have each term."""
        with _told():
            now, wanted = self._now(), self._queries.of(query)
            if wanted is None:
                return {}
            counting = {"found": {"terms": {"field": schema.path(field), "size": MAX_FACETS}}}
            counted = now.aggregate(wanted, counting)["found"]["buckets"]
            return {one["key"].removeprefix(schema.SIGN): int(one["doc_count"]) for one in counted}

    def check(self) -> None:
        """Raise `StoreBroken` unless the index answers and its folder is there."""
        self.position()
        if not (self._folder / "meta.json").exists():
            raise StoreBroken(what="the index's folder is gone")

    def _begin(self) -> None:
        try:
            files.inspect(self._folder)
            self._attach()
            files.sweep(self._folder)
        except files.Damaged as why:
            log.warning("the full text index is begun anew: %s", why)
            files.wipe(self._folder)
            self._attach()

    def _attach(self) -> None:
        try:
            index = Index(self._schema, path=str(self._folder))
            index.config_reader("manual")  # the default watches the folder from a thread of its own
            for name, analyzer in schema.ANALYZERS.items():
                index.register_tokenizer(name, analyzer)
            self._index, self._searcher = index, index.searcher()
            self._verify(self._searcher)
        except BaseException as error:
            if not _is_tantivys(error) or _number(error) is not None:  # the disk's fault, not the index's
                raise
            raise files.Damaged("it is of another version, or cannot be read") from error

    def _count(self, now: Searcher) -> int:
        return int(now.num_docs) - _fitting(now, self._queries.key(schema.POSITION_KEY))

    def _verify(self, now: Searcher) -> None:
        if self._count(now) != _fitting(now, self._queries.everything()):
            raise files.Damaged("meta.json tells of other documents than there are")

    @contextmanager
    def _writing(self) -> Iterator[IndexWriter]:
        """Commit what the block does. After an error the writer is given up with all that it was told."""
        with _told():
            if self._index is None:
                raise StoreBroken(what="the index is not open")
            writer, self._writer = self._writer or self._index.writer(HEAP, 1), None
            try:
                yield writer
                writer.commit()
            except BaseException as error:
                self._give_up(writer, error)
                raise
            finally:
                self._index.reload()
                self._searcher = self._index.searcher()
            self._writer = writer

    def _give_up(self, writer: IndexWriter, error: BaseException) -> None:
        _abandon(writer)
        try:
            if _is_tantivys(error) and _number(error) is None:
                files.probe(self._folder)
        finally:
            files.sweep(self._folder)

    def _now(self) -> Searcher:
        if self._searcher is None:
            raise StoreBroken(what="the index is not open")
        return self._searcher


def _change(writer: IndexWriter, change: SearchDocument | Gone) -> None:
    if change.id is None:
        writer.delete_documents_by_term("collection", keys.plain(change.collection))
        return
    writer.delete_documents_by_term("key", keys.key(change.collection, change.id))
    if isinstance(change, SearchDocument):
        writer.add_document(schema.document(change))


def _fitting(now: Searcher, wanted: Query) -> int:
    return int(now.search(wanted, 1).count)  # type: ignore[attr-defined]  # not in its stubs


def _hits(now: Searcher, wanted: Query, k: int) -> list[tuple[float, DocAddress]]:
    """The `k` best, and those that fit as well as the last of them, so that ids can decide."""
    hits: list[tuple[float, DocAddress]] = now.search(wanted, k + TIES, count=False).hits
    return [hit for hit in hits if hit[0] >= hits[k - 1][0]] if len(hits) > k else hits


def _abandon(writer: IndexWriter) -> None:
    """Wait for its threads, so that its lock is free. What was not committed is gone."""
    try:
        writer.wait_merging_threads()
    except BaseException as error:
        if not _is_tantivys(error):
            raise


def _lock(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        os.close(handle)
        raise StoreBusy(what="another process has the index open") from taken
    return handle


@contextmanager
def _told() -> Iterator[None]:
    """Errors of tantivy and of the disk, in our words: theirs hold paths, and a panic of theirs is no `Exception`."""
    try:
        yield
    except BaseException as error:
        if not isinstance(error, OSError) and not _is_tantivys(error):
            raise
        number = _number(error)
        what = os.strerror(number) if number is not None else "the index cannot be read or written"
        raise (StoreFull if number in _FULL else StoreBroken)(what=what) from error


def _is_tantivys(error: BaseException) -> bool:
    return isinstance(error, ValueError | RuntimeError | files.Damaged) or type(error).__name__ == "PanicException"


def _number(error: BaseException) -> int | None:
    if isinstance(error, OSError):
        return error.errno
    found = _NUMBER.search(str(error))
    return int(found[1]) if found else None

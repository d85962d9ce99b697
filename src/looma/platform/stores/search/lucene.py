"""How a document lies in an index of Elasticsearch or OpenSearch, and how a question is put to one.

Words are cut and stemmed here, not there, and arrive with blanks between them: the server needs no plugin, and every
engine finds the same.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from . import SearchDocument, TextQuery, Where, keys, words
from .asked import Asked, Term
from .stemming import stems

LAYOUT = {"looma_layout": 1, "looma_words": words.VERSION}
"""What tells an index of this build from another one's."""
POSITION = "position"
"""The name of the one document that is not one."""
PAGE = 10_000
"""The most that a server answers at once."""
MAX_FACETS = 65_000
LONGEST_FIELD, LONGEST_TERM = 200, 8_000
"""Characters of a field's name from which on its hash stands for it, and those of a field and its value from which on
nobody can filter by it; a server takes 32,766 bytes."""

_K1, _B = 1.2, 0.75
BARE = 1 + _K1
"""The factor of BM25 that Lucene itself leaves away, and most servers put back. It changes no order among words, but
matters where their scores are added to fixed ones."""
_NOTHING = "="
"""The word of a field without any, which no question has: so that every document counts in the statistics of every
field."""
_TEXT = {"type": "text", "analyzer": "whitespace", "index_options": "freqs", "similarity": "words"}
_KEYWORD = {"type": "keyword"}


def index() -> dict[str, Any]:
    """Settings and mapping. One shard, so that scores come from all documents; nothing is seen before we say so."""
    return {
        "settings": {
            "index": {
                "number_of_shards": 1,
                "auto_expand_replicas": "0-1",
                "refresh_interval": -1,
                "gc_deletes": "1h",
                "max_result_window": PAGE,
                "max_terms_count": 1_000_000,
                "similarity": {"words": {"type": "BM25", "k1": _K1, "b": _B}},
            }
        },
        "mappings": {
            "_meta": LAYOUT,
            "_source": {"includes": [POSITION]},
            "dynamic": "strict",
            "properties": {
                "key": _KEYWORD,
                "collection": _KEYWORD,
                "title": _TEXT,
                "body": _TEXT,
                "loose": _TEXT,
                "terms": _KEYWORD | {"ignore_above": LONGEST_TERM},
                POSITION: {"type": "long", "index": False},
            },
        },
    }


def name(key: str) -> str:
    """The id of the document with that key: a server takes 512 bytes, a key may be longer."""
    return _hashed(key)


def document(of: SearchDocument) -> dict[str, Any]:
    """What the index keeps of a document: its words and terms, not its text."""
    title, body = words.of_document(of.title), words.of_document(of.body)
    return {
        "key": keys.key(of.collection, of.id),
        "collection": keys.plain(of.collection),
        "title": " ".join(title.exact) or _NOTHING,
        "body": " ".join(body.exact) or _NOTHING,
        "loose": " ".join(stems(title.loose + body.loose)) or _NOTHING,
        "terms": [_term(field, value) for field, values in of.terms.items() for value in dict.fromkeys(values)],
    }


def question(query: TextQuery, factor: float) -> dict[str, Any] | None:
    """Documents of the collection that fit; None when nothing can fit. Scores of words are multiplied by a factor."""
    asked = Asked.of(query)
    if asked is None:
        return None
    wanted = [*(_word(term, factor) for term in asked.words), *map(_begun, asked.begun), *map(_slipped, asked.slipped)]
    return {
        "bool": {
            "must": {"bool": {"should": wanted, "minimum_should_match": 1}},
            "filter": [within(query.collection), *_kept(query.where)],
        }
    }


def within(collection: str | None) -> dict[str, Any]:
    """Every document of a collection, or of any."""
    if collection is None:
        return {"exists": {"field": "collection"}}
    return {"term": {"collection": keys.plain(collection)}}


def ranking(query: dict[str, Any], size: int, after: list[Any] | None) -> dict[str, Any]:
    """The best that fit, and those after the last one that is known; what is needed of them is in their places."""
    return {
        "query": query,
        "size": size,
        "sort": [{"_score": "desc"}, {"key": "asc"}],
        "track_total_hits": False,
        "_source": False,
        "stored_fields": "_none_",
    } | ({"search_after": after} if after else {})


def listing(collection: str, after: str | None) -> dict[str, Any]:
    """A page of a collection's documents, by key."""
    return {
        "query": {"bool": {"filter": within(collection)}},
        "size": PAGE,
        "sort": [{"key": "asc"}],
        "track_total_hits": False,
        "_source": False,
        "stored_fields": "_none_",
    } | ({"search_after": [after]} if after is not None else {})


def counting(query: dict[str, Any], field: str) -> dict[str, Any]:
    """How many of those that fit have each term of a field."""
    wanted = {"field": "terms", "include": f"{re.escape(_field(field))}.*", "size": MAX_FACETS}
    return {"query": query, "size": 0, "track_total_hits": False, "aggs": {"found": {"terms": wanted}}}


def values(answer: Mapping[str, Any], field: str) -> dict[str, int]:
    """What `counting` found."""
    buckets, start = answer["aggregations"]["found"]["buckets"], _field(field)
    return {one["key"].removeprefix(start): int(one["doc_count"]) for one in buckets}


def _kept(where: Where) -> Iterator[dict[str, Any]]:
    for field, wanted in where.items():
        yield {"terms": {"terms": [_term(field, value) for value in wanted]}}


def _term(field: str, value: str) -> str:
    return _field(field) + keys.plain(value)


def _field(field: str) -> str:
    spelt = keys.name(field).replace("~", "%7E")
    return (spelt if len(spelt) <= LONGEST_FIELD else _hashed(spelt)) + "="


def _word(term: Term, factor: float) -> dict[str, Any]:
    return {"term": {term.field: {"value": term.word, "boost": term.weight * factor}}}


def _begun(term: Term) -> dict[str, Any]:
    return _fixed({"prefix": {term.field: {"value": term.word, "rewrite": "constant_score"}}}, term.weight)


def _slipped(term: Term) -> dict[str, Any]:
    near = {"value": term.word, "fuzziness": 1, "max_expansions": 1000, "rewrite": "constant_score"}
    return _fixed({"fuzzy": {term.field: near}}, term.weight)


def _fixed(query: dict[str, Any], score: float) -> dict[str, Any]:
    return {"constant_score": {"filter": query, "boost": score}}


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

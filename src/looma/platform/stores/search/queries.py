"""From a question to a tantivy query. It is built from terms, never parsed, so that no text can be a syntax error."""

from collections.abc import Iterator

from tantivy import Occur, Query, Schema

from . import TextQuery, Where, keys, schema
from .asked import Asked, Term


class Queries:
    """Makes queries for an index with this schema."""

    def __init__(self, fields: Schema) -> None:
        self._fields = fields

    def of(self, query: TextQuery) -> Query | None:
        """Documents of the collection that fit; None when nothing can fit."""
        asked = Asked.of(query)
        if asked is None:
            return None
        wanted = [self._word(term) for term in asked.words]
        wanted += [self._alike(term, 0) for term in asked.begun]
        wanted += [self._alike(term, 1) for term in asked.slipped]
        return Query.boolean_query(
            [
                (Occur.Must, _any(wanted)),
                *((Occur.Must, silent) for silent in self._kept(query.collection, query.where)),
            ]
        )

    def collection(self, name: str) -> Query:
        """Every document of a collection."""
        return Query.term_query(self._fields, "collection", keys.plain(name), "basic")

    def everything(self) -> Query:
        """Every document of any collection."""
        return Query.fuzzy_term_query(self._fields, "collection", "", 0, prefix=True)

    def key(self, key: str) -> Query:
        """The document with a key."""
        return Query.term_query(self._fields, "key", key, "basic")

    def _kept(self, collection: str, where: Where) -> Iterator[Query]:
        """What a document has to be as well; it adds nothing to the score."""
        yield Query.const_score_query(self.collection(collection), 0.0)
        for field, values in where.items():
            terms = [schema.term(value) for value in values]
            yield Query.const_score_query(Query.term_set_query(self._fields, schema.path(field), terms), 0.0)

    def _word(self, term: Term) -> Query:
        return Query.boost_query(Query.term_query(self._fields, term.field, term.word, "freq"), term.weight)

    def _alike(self, term: Term, slips: int) -> Query:
        alike = Query.fuzzy_term_query(self._fields, term.field, term.word, slips, prefix=slips == 0)
        return Query.const_score_query(alike, term.weight)


def _any(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])

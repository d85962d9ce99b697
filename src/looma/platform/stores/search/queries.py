"""From a question to a tantivy query. It is built from terms, never parsed, so that no text can be a syntax error."""

from collections.abc import Iterator

from tantivy import Occur, Query, Schema

from . import TextQuery, Where, schema, words

MAX_TEXT = 2_000
"""Characters of a query's text that are looked at."""
MAX_TERMS = 64
"""Terms of a kind that are looked for; what comes later in the text is left out."""
MAX_FUZZY = 8

TITLE, BODY, LOOSE = 2.0, 1.0, 0.35
BEGUN, SLIPPED = 0.5, 0.25
"""What a word that was only begun, or misspelt, adds: the same for all, so that documents with the very word, which
have its own score as well, stay above them."""
FUZZY_FROM = 4
"""Letters from which on a word may have a slip."""


class Queries:
    """Makes queries for an index with this schema."""

    def __init__(self, fields: Schema) -> None:
        self._fields = fields

    def of(self, query: TextQuery) -> Query | None:
        """Documents of the collection that fit; None when nothing can fit."""
        text = query.text[:MAX_TEXT]
        wanted = list(self._wanted(text))
        if query.prefix:
            wanted += self._begun(text)
        if query.fuzzy:
            wanted += self._slipped(text)
        if not wanted:
            return None
        return Query.boolean_query(
            [
                (Occur.Must, _any(wanted)),
                *((Occur.Must, silent) for silent in self._kept(query.collection, query.where)),
            ]
        )

    def collection(self, name: str) -> Query:
        """Every document of a collection."""
        return Query.term_query(self._fields, "collection", schema.plain(name), "basic")

    def everything(self) -> Query:
        """Every document of any collection."""
        return Query.fuzzy_term_query(self._fields, "collection", "", 0, prefix=True)

    def key(self, key: str) -> Query:
        """The document with a key."""
        return Query.term_query(self._fields, "key", key, "basic")

    def _wanted(self, text: str) -> Iterator[Query]:
        found = words.of_query(text)
        for word in found.exact[:MAX_TERMS]:
            yield self._term("title", word, TITLE)
            yield self._term("body", word, BODY)
        stems = schema.STEMMING.analyze(" ".join(found.loose[:MAX_TERMS]))
        for stem in dict.fromkeys(stems):
            yield self._term("loose", stem, LOOSE)

    def _begun(self, text: str) -> Iterator[Query]:
        if (word := words.unfinished(text)) is not None:
            for field in ("title", "body"):
                yield self._alike(field, word, 0, BEGUN)

    def _slipped(self, text: str) -> Iterator[Query]:
        for word in words.spelt(text, FUZZY_FROM)[:MAX_FUZZY]:
            for field in ("title", "body"):
                yield self._alike(field, word, 1, SLIPPED)

    def _kept(self, collection: str, where: Where) -> Iterator[Query]:
        """What a document has to be as well; it adds nothing to the score."""
        yield Query.const_score_query(self.collection(collection), 0.0)
        for field, values in where.items():
            terms = [schema.term(value) for value in values]
            yield Query.const_score_query(Query.term_set_query(self._fields, schema.path(field), terms), 0.0)

    def _term(self, field: str, word: str, boost: float) -> Query:
        return Query.boost_query(Query.term_query(self._fields, field, word, "freq"), boost)

    def _alike(self, field: str, word: str, slips: int, score: float) -> Query:
        alike = Query.fuzzy_term_query(self._fields, field, word, slips, prefix=slips == 0)
        return Query.const_score_query(alike, score)


def _any(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])

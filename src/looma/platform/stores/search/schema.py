"""How a document lies in the tantivy index: its fields, its key and its terms."""

from collections.abc import Mapping, Sequence

from tantivy import Document, Schema, SchemaBuilder, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from . import SearchDocument, keys, stemming, words
from .keys import key, plain

POSITION = f"position_{words.VERSION}"
"""Where the position is kept; holding the version of the words, it tells an index of another one by its schema."""
SIGN = "="
"""Before every term, so that tantivy does not take it for a date, and every name, so that none is empty."""
POSITION_KEY = "position"
"""The key of the one document that is not one: its position is committed together with what it is the position of."""

_PLAIN, _STEMMING = "looma_plain", "looma_stemming"
ANALYZERS: Mapping[str, TextAnalyzer] = {
    _PLAIN: TextAnalyzerBuilder(Tokenizer.whitespace()).build(),
    _STEMMING: stemming.ANALYZER,
}
"""By the names that the schema has for them. Words are cut in Python and arrive with blanks between them."""


def build() -> Schema:
    """`title` and `body` hold exact words, `loose` the loose ones of both (see `Words`)."""
    fields = SchemaBuilder()
    fields.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    fields.add_text_field("collection", tokenizer_name="raw", index_option="basic")
    fields.add_text_field("title", tokenizer_name=_PLAIN, index_option="freq")
    fields.add_text_field("body", tokenizer_name=_PLAIN, index_option="freq")
    fields.add_text_field("loose", tokenizer_name=_STEMMING, index_option="freq")
    fields.add_json_field("terms", fast=True, tokenizer_name="raw", index_option="basic")
    fields.add_integer_field(POSITION, stored=True)
    return fields.build()


def document(of: SearchDocument) -> Document:
    """What the index keeps of a document: its words and terms, not its text."""
    title, body = words.of_document(of.title), words.of_document(of.body)
    made = Document()
    made.add_text("key", key(of.collection, of.id))
    made.add_text("collection", plain(of.collection))
    made.add_text("title", " ".join(title.exact))
    made.add_text("body", " ".join(body.exact))
    made.add_text("loose", " ".join(title.loose + body.loose))
    made.add_json("terms", _terms(of.terms))
    return made


def position(to: int) -> Document:
    """The document that holds the position."""
    made = Document()
    made.add_text("key", POSITION_KEY)
    made.add_integer(POSITION, to)
    return made


def path(field: str) -> str:
    """Where in the index the terms of a field are; tantivy takes a dot for a step in the path."""
    return f"terms.{_name(field)}"


def term(value: str) -> str:
    """A value as it is kept."""
    return f"{SIGN}{plain(value)}"


def _name(field: str) -> str:
    return SIGN + keys.name(field)


def _terms(terms: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {_name(field): [term(value) for value in dict.fromkeys(values)] for field, values in terms.items()}

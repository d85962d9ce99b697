"""How a document is named in an index that holds all collections, and how its terms are spelt there."""

from urllib.parse import quote


def key(collection: str, document_id: str) -> str:
    """One for each pair, whatever characters the two have; it begins with a digit."""
    return plain(f"{len(collection)}:{collection}{document_id}")


def id_of(key: str, collection: str) -> str:
    """The id in a key of that collection."""
    return key[len(f"{len(collection)}:{collection}") :]


def plain(text: str) -> str:
    """Without lone surrogates, which no index takes."""
    return text.encode("utf-8", "replace").decode()


def name(field: str) -> str:
    """A field's name without dots and other characters that an engine would take for something else."""
    return quote(field, safe="", errors="surrogatepass").replace(".", "%2E")

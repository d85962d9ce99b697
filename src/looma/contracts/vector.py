"""What the search service offers: collections of documents, found by word, by meaning and by both."""

from typing import Annotated, Literal

from pydantic import Field

from looma.platform.contract import Contract, Limit, Notice, Page, Record, Timestamp, delete, get, patch, post, put
from looma.platform.errors import Conflict, Invalid, NotFound

SYSTEM = ("companies", "jobs", "talents")
"""The collections that follow the records; nobody else writes into them."""
MAX_K = 1_000
MAX_TEXT = 200_000
DIMENSIONS = 512
LARGEST = 1e15
"""What a number of a vector may be at most: with larger ones no length can be reckoned in single precision."""

_STORABLE = r"^[^\x00]*$"
DocumentId = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Text = Annotated[str, Field(min_length=1, max_length=MAX_TEXT, pattern=_STORABLE)]
Line = Annotated[str, Field(max_length=1_000, pattern=_STORABLE)]
Field_ = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Word = Annotated[str, Field(min_length=1, max_length=200, pattern=_STORABLE)]
Terms = Annotated[dict[Field_, Annotated[list[Word], Field(max_length=200)]], Field(max_length=20)]
Language = Literal["zh", "en"]
Number = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]
Store = Literal["search", "vector", "documents"]


class NewCollection(Record):
    """A collection to make, or the description that an existing one is to have."""

    description: Line | None = None


class Collection(Record):
    """Documents that are searched together."""

    name: str
    description: str | None = None
    system: bool = False
    """Whether it follows Looma's own records; then nobody writes into it."""
    documents: int = 0
    languages: dict[Language, int] = {}
    """Documents by language."""
    created_at: Timestamp | None = None


class DocumentContent(Record):
    """What a document says. Its language is told by the text where it is not given."""

    text: Text
    title: Line = ""
    language: Language | None = None
    terms: Terms = {}
    """Exact words to filter by, such as ``{"status": ["open"]}``; the field ``language`` is always there."""


class NewDocument(DocumentContent):
    """A document to put in, or in the place of the one with this id."""

    id: DocumentId


class DocumentChange(Record):
    """What changes; a field that is absent stays."""

    text: Text | None = None
    title: Line | None = None
    language: Language | None = None
    terms: Terms | None = None


class Document(Record):
    """A document as it is kept; `version` rises with every change."""

    id: str
    collection: str
    title: str
    text: str
    language: Language
    terms: dict[str, list[str]] = {}
    version: int


class NewDocuments(Record):
    """Documents to put in at once; of several with one id the last counts."""

    documents: Annotated[list[NewDocument], Field(min_length=1, max_length=1_000)]


class Written(Record):
    """How many documents stand in the collection now because of a call; all can be found."""

    count: int
    warnings: list[Notice] = []


class Query(Record):
    """What to look for in one collection; the `k` best. `language` is told by the query where it is not given.

    `filters` keep a document when, for every field, one of its terms is one of the values.
    """

    collection: str
    query: Annotated[str, Field(min_length=1, max_length=10_000, pattern=_STORABLE)]
    k: Annotated[int, Field(ge=1, le=MAX_K)] = 10
    filters: Terms = {}
    language: Language | None = None
    highlight: bool = True
    """Whether the first 100 hits come with stretches of their texts around the words that were found."""
    text: bool = False
    """Whether each hit comes with its whole text."""


class VectorSearch(Record):
    """A vector of the same model to look for; the `k` documents whose best passage is nearest."""

    collection: str
    vector: Annotated[list[Number], Field(min_length=DIMENSIONS, max_length=DIMENSIONS)]
    k: Annotated[int, Field(ge=1, le=MAX_K)] = 10
    metric: Literal["cosine", "euclidean", "dot"] = "cosine"
    filters: Terms = {}
    text: bool = False


class Highlight(Record):
    """A stretch of a document's text, `start` to `end` in code points. `marks` are the words that were found, as
    ranges inside this stretch; none when the document was found by its meaning alone."""

    text: str
    start: int
    end: int
    marks: list[tuple[int, int]] = []


class Hit(Record):
    """A document that fits, and how well: scores of one answer can be compared with each other alone."""

    id: str
    score: float
    title: str | None = None
    text: str | None = None
    highlights: list[Highlight] = []


class Hits(Record):
    """What was found, best first; ties fall by id. `engines` say what gave the answer."""

    hits: list[Hit]
    engines: list[str] = []
    warnings: list[Notice] = []


class Rebuild(Record):
    """Which projection to make anew from SQL: full text, vectors, or the documents of the system's collections."""

    store: Store


class Rebuilt(Record):
    """How many documents the projection holds now, over all organisations."""

    store: Store
    documents: int


class CollectionNotFound(NotFound):
    """No such collection."""

    code = "vector.collection_not_found"


class DocumentNotFound(NotFound):
    """No such document."""

    code = "vector.document_not_found"


class Reserved(Conflict):
    """A collection of the system is written by the system alone."""

    code = "vector.reserved"


class BadName(Invalid):
    """Not a name that a collection can have."""

    code = "vector.bad_name"


class VectorAPI(Contract):
    """Finds documents by word, by meaning and by both."""

    service = "vector-service"
    port = 8210

    @get("/api/v1/search/collections", scope="search:read")
    async def list_collections(self, cursor: str | None = None, limit: Limit = 20) -> Page[Collection]:
        """The collections, the system's own among them, by name."""

    @get("/api/v1/search/collections/{name}", scope="search:read")
    async def get_collection(self, name: str) -> Collection:
        """One collection."""

    @put("/api/v1/search/collections/{name}", scope="search:write")
    async def put_collection(self, name: str, request: NewCollection) -> Collection:
        """Make a collection; one that is there stays, with the description that is given."""

    @delete("/api/v1/search/collections/{name}", scope="search:write")
    async def delete_collection(self, name: str) -> Collection:
        """Remove a collection with all its documents."""

    @post("/api/v1/search/collections/{name}/documents", scope="search:write")
    async def put_documents(self, name: str, request: NewDocuments) -> Written:
        """Put documents in, at most 1,000 a call; they are durable and can be found when this answers."""

    @get("/api/v1/search/collections/{name}/documents/{document_id}", scope="search:read")
    async def get_document(self, name: str, document_id: str) -> Document:
        """One document."""

    @put("/api/v1/search/collections/{name}/documents/{document_id}", scope="search:write")
    async def put_document(self, name: str, document_id: str, request: DocumentContent) -> Document:
        """Put one document in, or in the place of the one with this id."""

    @patch("/api/v1/search/collections/{name}/documents/{document_id}", scope="search:write")
    async def change_document(self, name: str, document_id: str, request: DocumentChange) -> Document:
        """Change a part of a document."""

    @delete("/api/v1/search/collections/{name}/documents/{document_id}", scope="search:write")
    async def delete_document(self, name: str, document_id: str) -> Document:
        """Remove a document; what it was."""

    @post("/api/v1/search/text", scope="search:read")
    async def search_text(self, request: Query) -> Hits:
        """Documents by word: any word counts, more and rarer ones count more."""

    @post("/api/v1/search/semantic", scope="search:read")
    async def search_semantic(self, request: Query) -> Hits:
        """Documents by meaning, across languages."""

    @post("/api/v1/search/hybrid", scope="search:read")
    async def search_hybrid(self, request: Query) -> Hits:
        """Documents by word and meaning together; by word alone, with a warning, where meanings are out of reach."""

    @post("/api/v1/search/vector", scope="search:read")
    async def search_vector(self, request: VectorSearch) -> Hits:
        """Documents near a vector."""

    @post("/api/v1/internal/search/rebuild", scope="system:maintain", public=False)
    async def rebuild(self, request: Rebuild) -> Rebuilt:
        """Make a projection of all organisations anew; asked for by the system itself. Nothing unchanged is embedded
        again."""

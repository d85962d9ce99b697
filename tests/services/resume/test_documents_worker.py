"""Documents in worker processes: whatever a file does, the outcome is a document or an error, and the next is read."""

import io
import random
import zipfile
from collections.abc import AsyncIterator, Callable

import pytest
from document_files.docx import docx, p, package, table
from document_files.pdf import PdfPage, pdf, stream_bomb
from document_files.picture import png

from looma.contracts.resume import Encrypted
from looma.platform.errors import LoomaError
from looma.platform.workers import WorkerDied, Workers, WorkerTimedOut
from looma.services.resume.documents import Document, read_document

LIMIT_S = 30.0
"""Far more than any of these files takes."""


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    """One process of 512 MB."""
    workers = Workers(memory_bytes=512 << 20)
    yield workers
    await workers.close()


def a_pdf(compress: bool = True) -> bytes:
    """A page with all that the reader looks at."""
    page, second = PdfPage(), PdfPage(rotate=90)
    page.lines(50, 750, [f"Line {index} of a résumé in words 第{index}行" for index in range(12)])
    page.words(300, 750, "placed one by one")
    second.text(300, 300, "turned", turn=1)
    second.picture()
    return pdf(page, second, compress=compress)


def a_docx() -> bytes:
    """A document with a table, a picture and a link."""
    link = '<w:hyperlink r:id="rId7"><w:r><w:t>write</w:t></w:r></w:hyperlink>'
    parts = {"word/media/image1.png": png()}
    body = [p("张伟"), table(["a", "b"], ["c", p("d") + p("e")]), p(link)]
    return docx(*body, parts=parts, links={"rId7": "mailto:a@example.com"})


def markup() -> bytes:
    """The main part of that document."""
    return zipfile.ZipFile(io.BytesIO(a_docx())).read("word/document.xml")


SOURCES: dict[str, tuple[Callable[[], bytes], Callable[[bytes], bytes]]] = {
    "pdf": (a_pdf, bytes),
    "pdf, plain": (lambda: a_pdf(compress=False), bytes),
    "docx": (a_docx, bytes),
    "docx, inside": (markup, lambda xml: package({"word/document.xml": xml})),
}
"""What is mutated, and what the mutated bytes are put into."""


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them changed, a piece cut out, doubled or filled, or the end missing."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at, size = chance.randrange(len(out)), chance.randint(1, 60)
        match chance.randrange(5):
            case 0:
                out[at] = chance.randrange(256)
            case 1:
                del out[at : at + size]
            case 2:
                out[at:at] = out[at : at + size]
            case 3:
                out[at : at + size] = bytes([chance.choice(b"\0\xff 09<>[]()/")]) * size
            case _:
                del out[max(1, len(out) - size) :]
    return bytes(out)


async def outcomes(workers: Workers, source: str, seed: int, count: int) -> list[str]:
    """What becomes of `count` mutations of a file, by name."""
    make, wrap = SOURCES[source]
    chance, data = random.Random(seed), make()
    found = []
    for _ in range(count):
        try:
            document = await workers.run(read_document, wrap(mutated(data, chance)), source, timeout_s=LIMIT_S)
            assert isinstance(document, Document)
            found.append("read")
        except (LoomaError, WorkerDied, WorkerTimedOut) as error:
            found.append(type(error).__name__)
    return found


@pytest.mark.parametrize("source", SOURCES)
async def test_a_mutated_file_is_a_document_or_an_error(source: str, workers: Workers) -> None:
    found = await outcomes(workers, source, 1, 25)
    assert set(found) <= {"read", "Unreadable", "UnknownKind", "Bomb", "Empty", "Encrypted"}
    assert await workers.run(read_document, b"still here", "x", timeout_s=LIMIT_S)


@pytest.mark.long
@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("seed", range(2, 12))
async def test_many_mutated_files_are_documents_or_errors(source: str, seed: int, workers: Workers) -> None:
    assert len(await outcomes(workers, source, seed, 100)) == 100
    assert await workers.run(read_document, b"still here", "x", timeout_s=LIMIT_S)


async def test_a_document_and_its_errors_cross_the_border(workers: Workers) -> None:
    document = await workers.run(read_document, a_pdf(), "cv.pdf", timeout_s=LIMIT_S)
    assert document == read_document(a_pdf(), "cv.pdf")
    page = PdfPage()
    page.text(50, 700, "secret")
    with pytest.raises(Encrypted) as caught:
        await workers.run(read_document, pdf(page, password="x"), "cv.pdf", timeout_s=LIMIT_S)
    assert caught.value.details == {"filename": "cv.pdf"}


async def test_a_stream_that_unpacks_to_too_much_ends_its_process_alone() -> None:
    workers = Workers(memory_bytes=200 << 20)
    try:
        with pytest.raises((WorkerDied, WorkerTimedOut)):
            await workers.run(read_document, stream_bomb(80 << 20), "cv.pdf", timeout_s=LIMIT_S)
        assert (await workers.run(read_document, a_docx(), "cv.docx", timeout_s=LIMIT_S)).text.startswith("张伟")
    finally:
        await workers.close()

"""Text files and pictures: the kind and the encoding are told by the bytes, whatever the name says."""

import codecs
import random

import pytest
from document_files.docx import docx, p
from document_files.pdf import PdfPage, pdf
from document_files.picture import PICTURES

from looma.contracts.resume import MAX_FILE_BYTES, Empty, Encrypted, ResumeTooLarge, UnknownKind
from looma.services.resume.documents import read_document

CHINESE = (
    "张伟，男，1990年生。2019年3月至今在某某科技有限公司担任后端工程师，负责推荐系统的设计与开发，熟悉数据库与缓存。"
)
TRADITIONAL = "王小明，軟體工程師。負責後端系統的設計與開發，熟悉資料庫、雲端服務與機器學習，具有五年工作經驗。"
FRENCH = "Résumé de José Müller, ingénieur à Besançon – né en 1990. Élève à l’École supérieure, « naïveté » à part."
ENGLISH = "Jane Doe, software engineer\nPython and Kubernetes"
MIXED = "张伟 Zhang Wei\n后端工程师 Backend Engineer\nPython、Go、Kubernetes，5 年经验"


def read(data: bytes) -> str:
    """The text of a text file."""
    document = read_document(data, "cv.txt")
    assert (document.source, document.needs, document.pages) == ("text", None, [])
    return document.text


@pytest.mark.parametrize("text", [CHINESE, TRADITIONAL, FRENCH, ENGLISH, MIXED, "é", "张"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_unicode(text: str, mark: bytes, encoding: str) -> None:
    assert read(mark + text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "gb18030"),
        (CHINESE, "gbk"),
        (CHINESE, "gb2312"),
        (MIXED, "gb18030"),
        ("张伟", "gbk"),
        ("姓名：李静\n电话：13800138000\n学历：本科", "gbk"),
        (TRADITIONAL, "big5"),
        ("王小明", "big5"),
        (FRENCH, "cp1252"),
        ("José", "cp1252"),
        ("Senior engineer – “Acme” • Zürich", "cp1252"),
    ],
)
def test_older_encodings(text: str, encoding: str) -> None:
    assert read(text.encode(encoding)) == text


def test_a_damaged_byte_in_a_text_costs_that_character_alone() -> None:
    data = bytearray(CHINESE.encode())
    data[1] = 0xFF
    text = read(bytes(data))
    assert text.endswith(CHINESE[1:])
    assert "\ufffd" in text


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("a\r\nb\rc\x0bd\x0ce\u2028f\u0085g", "a\nb\nc\nd\ne\nf\ng"),
        ("ﬁnance, eﬀort, oﬃce", "finance, effort, office"),
        ("a\u00a0b\u3000c\u2009d", "a b\u3000c d"),
        ("co\u00adop\u200berate\ufeff", "cooperate"),
        (
            "a\0b\x07c\x1bd" + " long enough to be a text for all that" * 5,
            "abcd" + " long enough to be a text for all that" * 5,
        ),
        ("⼯作经⻓", "工作经长"),
        ("\uf900 \uf9f4", "\u8c48 \u6797"),
        ("\uf0b7 Python \uf0e0 mail@example.com", "• Python   mail@example.com"),
        ("\n\n  indented\n\n\nlast  \n\n", "  indented\n\n\nlast"),
        ("𠮷野家 👩\u200d💻", "𠮷野家 👩💻"),
    ],
)
def test_characters(written: str, read_as: str) -> None:
    assert read(written.encode()) == read_as


@pytest.mark.parametrize(
    "data", [b"", b" ", b"\n\r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, "\u200b\u3000".encode()]
)
def test_nothing_is_empty(data: bytes) -> None:
    with pytest.raises(Empty) as caught:
        read_document(data, "空.txt")
    assert caught.value.details == {"filename": "空.txt"}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_need_ocr(name: str) -> None:
    document = read_document(PICTURES[name], "cv.pdf")
    assert (document.text, document.source, document.needs) == ("", "image", "ocr")


def test_names_mean_nothing() -> None:
    page = PdfPage()
    page.text(50, 700, "a PDF")
    assert read_document(pdf(page), "cv.docx").source == "pdf"
    assert read_document(docx(p("a DOCX")), "cv.jpg").text == "a DOCX"
    assert read_document(b"a text", "cv.pdf").text == "a text"


@pytest.mark.parametrize(
    "text",
    [
        "BMW engineer in Munich since 2019",
        "PK is my name",
        "GIFted",
        "I wrote a parser that looks for %PDF-1.7",
        "MM and II",
        "RIFF and WEBP",
    ],
)
def test_texts_that_begin_like_something_else(text: str) -> None:
    assert read(text.encode()) == text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "WordDocument".encode("utf-16-le"), "doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "ole"),
        (b"{\\rtf1\\ansi hello}", "rtf"),
        (b"\x1f\x8b\x08\0" + b"x" * 40, "gzip"),
        (bytes(range(256)), "binary"),
        (b"\0" * 1000, "binary"),
        (b"\xff\xff\xff\xff", "binary"),
        (b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0", "binary"),
    ],
)
def test_what_is_not_read_is_named(data: bytes, kind: str) -> None:
    with pytest.raises(UnknownKind) as caught:
        read_document(data, "cv.txt")
    assert caught.value.details == {"kind": kind, "filename": "cv.txt"}


def test_noise_is_no_text() -> None:
    noise = random.Random(7)
    for size in (16, 64, 300, 5000):
        with pytest.raises(UnknownKind):
            read_document(noise.randbytes(size), "cv.txt")


def test_a_locked_office_file() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(Encrypted):
        read_document(data, "cv.docx")


def test_as_many_bytes_as_allowed_and_not_one_more() -> None:
    assert len(read(b"x" * MAX_FILE_BYTES)) == MAX_FILE_BYTES
    with pytest.raises(ResumeTooLarge) as caught:
        read_document(b"x" * (MAX_FILE_BYTES + 1), "cv.txt")
    assert caught.value.details == {"limit_mb": 20, "limit_pages": 500, "filename": "cv.txt"}

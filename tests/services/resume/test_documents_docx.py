"""Word files: what a reader sees, in the order of the page, from a package that is not trusted."""

import io
import zipfile

import pytest
from document_files.docx import docx, p, package, part, r, table
from document_files.picture import png

from looma.contracts.resume import Bomb, Empty, Encrypted, UnknownKind, Unreadable
from looma.services.resume.documents import read_document
from looma.services.resume.documents.package import MAX_PART


def text(*body: str, **more: dict[str, str]) -> str:
    """The text that is read from a document with this body."""
    return read_document(docx(*body, **more), "cv.docx").text


def box(content: str, *, tag: str = "wps:txbx") -> str:
    """A text box."""
    return f"<{tag}><w:txbxContent>{content}</w:txbxContent></{tag}>"


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ([p("张伟"), p("后端工程师 Python")], "张伟\n后端工程师 Python"),
        ([p("Jane ", r("Doe", "<w:rPr><w:b/></w:rPr>"), ", engineer")], "Jane Doe, engineer"),
        ([p("a", "<w:r><w:tab/></w:r>", "b", "<w:r><w:br/></w:r>", "c")], "a\tb\nc"),
        (["<w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='720'/></w:tabs></w:pPr>" + r("no tab") + "</w:p>"], "no tab"),
        ([p("e", "<w:r><w:noBreakHyphen/></w:r>", "mail")], "e-mail"),
        ([p("<w:r><w:sym w:font='Wingdings' w:char='F0B7'/></w:r>", " item")], "• item"),
        (
            [
                p(
                    "kept",
                    "<w:del><w:r><w:delText> gone</w:delText></w:r></w:del>",
                    "<w:ins><w:r><w:t> new</w:t></w:r></w:ins>",
                )
            ],
            "kept new",
        ),
        ([p("<w:moveFrom><w:r><w:t>old place</w:t></w:r></w:moveFrom>", "rest")], "rest"),
        ([p("<w:r><w:instrText>PAGE</w:instrText></w:r>", "1")], "1"),
        (
            [p("seen", r(" hidden", "<w:rPr><w:vanish/></w:rPr>"), r(" too", "<w:rPr><w:vanish w:val='0'/></w:rPr>"))],
            "seen too",
        ),
        ([p("<w:ruby><w:rt>" + r("zhāng") + "</w:rt><w:rubyBase>" + r("张") + "</w:rubyBase></w:ruby>")], "张"),
        (["<w:sdt><w:sdtContent>" + p("in a form") + "</w:sdtContent></w:sdt>"], "in a form"),
        ([p("<m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath>")], "x+y"),
        ([p("ﬁrst\u00a0line\u200b"), p("⼯作 \u00ad经历")], "first line\n工作 经历"),
    ],
)
def test_paragraphs(body: list[str], read: str) -> None:
    assert text(*body) == read


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ([["姓名", "张伟"], ["性别", "男"]], "姓名\t张伟\n性别\t男"),
        ([["2019-2021", p("Acme") + p("Engineer") + p("Did things")]], "2019-2021\tAcme\nEngineer\nDid things"),
        ([[p("Skills") + p("Go"), p("Work") + p("Acme")]], "Skills\nGo\nWork\nAcme"),
        ([["", "only"], ["", ""]], "only"),
        ([["outer", table(["a", "b"], ["c", "d"])]], "outer\ta\tb\nc\td"),
    ],
)
def test_tables(rows: list[list[str]], read: str) -> None:
    assert text(p("before"), table(*rows), p("after")) == f"before\n{read}\nafter"


def test_a_text_box_follows_the_paragraph_that_it_hangs_on_and_comes_once() -> None:
    inside = p("in the box") + p("two")
    both = f"<mc:AlternateContent><mc:Choice Requires='wps'>{box(inside)}</mc:Choice>"
    both += f"<mc:Fallback><w:pict>{box(inside, tag='v:textbox')}</w:pict></mc:Fallback></mc:AlternateContent>"
    assert text(p("first", f"<w:r>{both}</w:r>", " line"), p("last")) == "first line\nin the box\ntwo\nlast"


def test_an_old_text_box_is_read_too() -> None:
    assert text(p("<w:r><w:pict>" + box(p("alone"), tag="v:textbox") + "</w:pict></w:r>")) == "alone"


def test_headers_come_first_footers_last_and_repeats_once() -> None:
    parts = {
        "word/header1.xml": part("hdr", p("Jane Doe")),
        "word/header2.xml": part("hdr", p("Jane Doe")),
        "word/footer1.xml": part("ftr", p("page 1 of 1")),
    }
    assert text(p("body"), parts=parts) == "Jane Doe\nbody\npage 1 of 1"


@pytest.mark.parametrize(
    ("shown", "target", "read"),
    [
        ("write to me", "mailto:jane@example.com", "write to me jane@example.com"),
        ("write to me", "mailto:jane@example.com?subject=hi", "write to me jane@example.com"),
        ("jane@example.com", "mailto:jane@example.com", "jane@example.com"),
        ("Jane@Example.com", "mailto:jane@example.com", "Jane@Example.com"),
        ("new@example.com", "mailto:old@example.com", "new@example.com"),
        ("my site", "https://example.com", "my site"),
    ],
)
def test_the_address_behind_a_link(shown: str, target: str, read: str) -> None:
    link = f'<w:hyperlink r:id="rId7">{r(shown)}</w:hyperlink>'
    assert text(p(link), links={"rId7": target}) == read


def test_the_main_part_may_have_another_name_and_the_strict_name_space() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    rels = '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="/word/document2.xml"/></Relationships>'
    body = f'<w:document xmlns:w="{strict}"><w:body><w:p><w:r><w:t>strict</w:t></w:r></w:p></w:body></w:document>'
    assert read_document(package({"_rels/.rels": rels, "word/document2.xml": body}), "x").text == "strict"


def test_a_document_of_pictures_needs_ocr() -> None:
    document = read_document(docx(p(), parts={"word/media/image1.png": png()}), "cv.docx")
    assert (document.text, document.needs, document.source, document.pages) == ("", "ocr", "docx", [])


def test_a_document_with_nothing_in_it_is_empty() -> None:
    with pytest.raises(Empty):
        text(p(), p("  "))


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document xmlns:w="w"><w:p>&b;</w:p></w:document>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd"><w:document xmlns:w="w"/>',
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><w:document xmlns:w="w">&f;</w:document>',
        "<a>" * 5000,
    ],
)
def test_entities_and_outside_addresses_are_refused(document: str) -> None:
    with pytest.raises(Bomb):
        read_document(package({"word/document.xml": document}), "cv.docx")


@pytest.mark.parametrize(
    "document", ["", "<w:document", "no markup", "<a></b>", "\0\0", '<?xml version="1.0" encoding="x"?><a/>']
)
def test_damaged_markup(document: str) -> None:
    with pytest.raises(Unreadable):
        read_document(package({"word/document.xml": document}), "cv.docx")


def test_a_part_that_unpacks_to_too_much() -> None:
    huge = b"<a>" + b" " * (MAX_PART + 1)
    with pytest.raises(Bomb):
        read_document(package({"word/document.xml": huge}), "cv.docx")


def test_a_part_that_packs_suspiciously_well() -> None:
    with pytest.raises(Bomb):
        read_document(docx(p("a" * (8 << 20))), "cv.docx")


def test_a_part_that_says_it_is_small() -> None:
    data = docx(p("the text of a document, longer than it says"))
    real = zipfile.ZipFile(io.BytesIO(data)).getinfo("word/document.xml").file_size
    with pytest.raises(Unreadable):
        read_document(data.replace(real.to_bytes(4, "little"), (40).to_bytes(4, "little")), "cv.docx")


def test_more_parts_than_a_document_has() -> None:
    entry = b"PK\x01\x02" + b"\0" * 42
    with pytest.raises(Bomb):
        read_document(b"PK\x03\x04" + entry * 20_000, "cv.docx")


def test_an_archive_with_a_password() -> None:
    data = bytearray(docx(p("locked")))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1  # the flag of the first entry
    with pytest.raises(Encrypted):
        read_document(bytes(data), "cv.docx")


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.99])
def test_a_file_that_breaks_off(keep: float) -> None:
    data = docx(*(p(f"line {index}") for index in range(200)))
    with pytest.raises(Unreadable):
        read_document(data[: int(len(data) * keep)], "cv.docx")


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"_rels/.rels": '<R><Relationship Type="x/officeDocument" Target="xl/workbook.xml"/></R>'}, "xlsx"),
        ({"_rels/.rels": '<R><Relationship Type="x/officeDocument" Target="ppt/presentation.xml"/></R>'}, "pptx"),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}, "odt"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "opendocument"),
        ({"readme.txt": "hello"}, "zip"),
    ],
)
def test_other_packages_are_named(parts: dict[str, str], kind: str) -> None:
    with pytest.raises(UnknownKind) as caught:
        read_document(package(parts), "cv.docx")
    assert caught.value.details["kind"] == kind

"""PDF files: words with their blanks, lines in the order a person reads them, and what cannot be read."""

import pytest
from document_files.pdf import PdfPage, pdf

from looma.contracts.resume import MAX_PAGES, Encrypted, ResumeTooLarge, Unreadable
from looma.services.resume.documents import Document, read_document
from looma.services.resume.documents.headings import is_heading


def read(*pages: PdfPage) -> Document:
    """What is read from a file with these pages."""
    return read_document(pdf(*pages), "cv.pdf")


@pytest.mark.parametrize(
    "line",
    [
        "Jane Doe, jane.doe@example.com, (555) 010-0199",
        "张伟，后端工程师",
        "5年以上Python开发经验，熟悉PyTorch与Kubernetes",
        "Worked on A/B tests; grew revenue 40% (2019-2021)",
        "工作经历 2019.03-至今 某某科技有限公司",
    ],
)
def test_a_line_is_read_as_it_is_written(line: str) -> None:
    page = PdfPage()
    page.text(50, 700, line)
    assert read(page).text == line


def test_words_that_are_placed_one_by_one_are_parted() -> None:
    page = PdfPage()
    page.words(50, 700, "Chief of kitchen of a very fine firm in Rome")
    assert read(page).text == "Chief of kitchen of a very fine firm in Rome"


def test_a_spaced_out_heading_stays_one_word() -> None:
    page = PdfPage()
    page.ops.append("BT /Helvetica 14 Tf 4 Tc 1 0 0 1 50 700 Tm (SUMMARY) Tj ET")
    page.ops.append("BT /Helvetica 14 Tf 4 Tc 1 0 0 1 50 650 Tm (WORK HISTORY) Tj ET")
    assert read(page).text == "SUMMARY\nWORK HISTORY"


def test_ideographs_set_wide_apart_are_no_words_of_their_own() -> None:
    page = PdfPage()
    page.text(50, 700, "教")
    page.text(65, 700, "育背景")
    assert read(page).text == "教育背景"


def test_a_wide_gap_is_a_tab_and_the_line_stays_one() -> None:
    page = PdfPage()
    for y, employer, years in [(700, "Acme Corporation", "2019 - 2021"), (600, "某某科技有限公司", "2015 - 2019")]:
        page.text(50, y, employer)
        page.text(450, y, years)
        page.text(
            50, y - 15, "What was done there, at some length, in a line that goes on under the years too, as text does."
        )
    lines = read(page).text.splitlines()
    assert lines[0] == "Acme Corporation\t2019 - 2021"
    assert lines[2] == "某某科技有限公司\t2015 - 2019"


def test_dates_in_a_margin_stay_with_what_they_date() -> None:
    page = PdfPage()
    for index in range(8):
        y = 750 - 60 * index
        page.text(50, y, f"20{10 + index}")
        page.lines(150, y, [f"Employer number {index}", "Did one thing", "Did another thing"])
    lines = read(page).text.splitlines()
    assert lines[::3] == [f"20{10 + index}\tEmployer number {index}" for index in range(8)]


@pytest.mark.parametrize("leading", [13, 15, 17.3])
def test_a_sidebar_is_read_by_itself(leading: float) -> None:
    side = ["Skills", "Python", "PyTorch", "Kubernetes", "Languages", "English", "Chinese", "Interests", "Chess", "Go"]
    main = [f"Line {index} of the story of a working life in many words" for index in range(30)]
    page = PdfPage()
    page.text(50, 800, "Jane Doe, engineer of recommender systems in Shanghai, with a headline as wide as the page")
    page.lines(50, 750, side, leading=leading)
    page.lines(200, 748, main)
    lines = read(page).text.splitlines()
    assert lines[1 : 1 + len(side)] == side
    assert lines[1 + len(side) :] == main


def test_two_full_columns_on_common_lines_are_columns() -> None:
    left = [f"left column line {index} of text" for index in range(20)]
    right = [f"right column line {index} of text" for index in range(20)]
    page = PdfPage()
    page.lines(50, 750, left)
    page.lines(320, 750, right)
    assert read(page).text.splitlines() == left + right


SIDE = ["CONTACT", "mira@example.com", "Porto, Portugal", "SKILLS", "Terraform", "Grafana", "LANGUAGES", "Portuguese"]
MAIN = ["EXPERIENCE", "Platform Engineer, Foz Systems", "Jan 2019 - Present", "- Cut the time of releases by half"]
MAIN += ["Support Engineer, Douro Labs", "2015 - 2018", "EDUCATION", "BSc Informatics, 2011 - 2014", "Porto", "First"]


@pytest.mark.parametrize(("left", "right", "edge"), [(SIDE, MAIN, 200), (MAIN, SIDE, 400)])
def test_columns_with_headings_on_common_lines_are_columns(left: list[str], right: list[str], edge: float) -> None:
    page = PdfPage()
    page.text(50, 800, "Mira Example, engineer of platforms, with a line over both of the columns of the page")
    page.lines(50, 750, left, leading=18)
    page.lines(edge, 750, right, leading=18)
    assert read(page).text.splitlines()[1:] == left + right


def test_a_short_sidebar_ends_before_the_main_column_on_common_lines() -> None:
    main = [*MAIN, *(f"Line {index} of a long story of work" for index in range(12))]
    page = PdfPage()
    page.lines(50, 750, SIDE, leading=18)
    page.lines(200, 750, main, leading=18)
    assert read(page).text.splitlines() == SIDE + main


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("SKILLS", True),
        ("S K I L L S", True),
        ("教 育 背 景", True),
        ("工作经历 Work Experience", True),
        ("Contact:", True),
        ("Skills in Python", False),
        ("张伟", False),
        ("", False),
    ],
)
def test_a_heading_is_the_name_of_a_section_alone(line: str, heading: bool) -> None:
    assert is_heading(line) is heading


def test_chinese_columns_with_headings_on_common_lines_are_columns() -> None:
    left = ["联系方式", "13800138000", "成都", "专业技能", "Python", "数据分析", "语言能力", "英语六级"]
    right = ["工作经历", "某某科技有限公司", "2019.03 - 至今", "负责报表", "教育背景", "某某大学", "统计学", "2015"]
    page = PdfPage()
    page.lines(50, 750, left, leading=20)
    page.lines(220, 750, right, leading=20)
    assert read(page).text.splitlines() == left + right


def test_headings_in_a_margin_stay_with_what_they_head() -> None:
    page = PdfPage()
    heads = ["Experience", "Education", "Skills", "Languages", "Interests"]
    for index, head in enumerate(heads):
        page.text(50, 700 - 40 * index, head)
        page.lines(180, 700 - 40 * index, [f"First line {index}", f"Second line {index}"], leading=18)
    assert read(page).text.splitlines()[::2] == [f"{head}\tFirst line {index}" for index, head in enumerate(heads)]


def test_a_table_of_labels_is_read_along_its_rows() -> None:
    page = PdfPage()
    rows = [("姓名", "张伟"), ("性别", "男"), ("电话", "13800138000"), ("邮箱", "zhang@example.com"), ("学历", "本科")]
    for index, (label, value) in enumerate(rows):
        page.text(50, 700 - 20 * index, label)
        page.text(150, 700 - 20 * index, value)
    assert read(page).text.splitlines() == [f"{label}\t{value}" for label, value in rows]


def test_the_order_of_drawing_does_not_matter() -> None:
    page = PdfPage()
    page.text(50, 650, "Third")
    page.text(90, 700, "name")
    page.text(50, 680, "Second")
    page.text(50, 700, "First")
    assert read(page).text == "First\tname\nSecond\nThird" or read(page).text == "First name\nSecond\nThird"


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
@pytest.mark.parametrize("rotate", [0, 90])
def test_turned_text_is_read_along_its_lines(turn: int, rotate: int) -> None:
    page = PdfPage(rotate=rotate)
    right, down = ((0, -15), (15, 0), (0, 15), (-15, 0))[turn]
    page.text(300, 400, "The first line", turn=turn)
    page.text(300 + right, 400 + down, "and the second", turn=turn)
    assert read(page).text == "The first line\nand the second"


def test_pages_say_where_they_lie() -> None:
    pages = [PdfPage(), PdfPage(), PdfPage(), PdfPage()]
    pages[0].text(50, 700, "one")
    pages[2].text(50, 700, "三")
    document = read(*pages)
    assert document.text == "one\n三"
    assert [(page.number, document.text[page.start : page.end]) for page in document.pages] == [
        (1, "one"),
        (2, ""),
        (3, "三"),
        (4, ""),
    ]
    assert document.needs is None


def test_a_picture_of_a_text_needs_ocr() -> None:
    page = PdfPage()
    page.picture()
    document = read(page, PdfPage())
    assert (document.text, document.needs, document.source) == ("", "ocr", "pdf")
    assert len(document.pages) == 2


def test_a_password_locks() -> None:
    page = PdfPage()
    page.text(50, 700, "secret")
    with pytest.raises(Encrypted) as caught:
        read_document(pdf(page, password="s3cret"), "cv.pdf")
    assert caught.value.details["filename"] == "cv.pdf"


def test_an_owner_password_alone_does_not() -> None:
    page = PdfPage()
    page.text(50, 700, "not secret")
    assert read_document(pdf(page, password=""), "cv.pdf").text == "not secret"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>"])
def test_a_header_alone_is_damaged(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_document(data, "cv.pdf")


def test_a_file_with_a_wrong_table_is_still_read() -> None:
    page = PdfPage()
    page.text(50, 700, "survived")
    data = pdf(page).replace(b"0000000", b"0000090")
    assert read_document(data, "cv.pdf").text == "survived"


def test_a_header_may_stand_a_little_further_in() -> None:
    page = PdfPage()
    page.text(50, 700, "after a mail header")
    assert read_document(b"Content-Type: application/pdf\r\n\r\n" + pdf(page), "x").text == "after a mail header"


def test_as_many_pages_as_allowed_and_not_one_more() -> None:
    assert len(read(*[PdfPage()] * MAX_PAGES).pages) == MAX_PAGES
    with pytest.raises(ResumeTooLarge) as caught:
        read(*[PdfPage()] * (MAX_PAGES + 1))
    assert caught.value.details["limit_pages"] == MAX_PAGES

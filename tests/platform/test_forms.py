"""Forms are read as they were sent, or refused; nothing of them is lost on the way."""

import pytest

from looma.platform import forms
from looma.platform.errors import Malformed

TYPE = "multipart/form-data; boundary=BB"
END = b"--BB--\r\n"


def part(disposition, data, *more):
    lines = [f"Content-Disposition: {disposition}", *more]
    return b"--BB\r\n" + "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + data + b"\r\n"


def file(name, data=b"x"):
    return part(f'form-data; name="file"; filename="{name}"', data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"abc",
        b"a BB b",
        b"a--BB b",
        b"a\r\n--B",
        b"\r\n--BBB\r\n",
        b"\r\n\r\n",
        b"-BB",
        b"\r\n",
        b"\x00\xff" * 50,
    ],
)
def test_a_file_arrives_byte_for_byte(data):
    form = forms.parse(TYPE, file("a.pdf", data) + file("b.pdf", b"second") + END)
    assert [upload.data for upload in form.files["file"]] == [data, b"second"]


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('form-data; name="file"; filename="简历.pdf"', "简历.pdf"),
        ("form-data; name=file; filename=plain.pdf", "plain.pdf"),
        ('Form-Data; NAME="file"; FILENAME="a b.pdf";', "a b.pdf"),
        (r'form-data; name="file"; filename="say \"hi\" \\ now.pdf"', r'say "hi" \ now.pdf'),
        ('form-data; name="file"; filename="say %22hi%22.pdf"', 'say "hi".pdf'),
        ('form-data; name="file"; filename="a;b=c.pdf"', "a;b=c.pdf"),
        ("form-data; name=\"file\"; filename*=UTF-8''%E7%AE%80.pdf", "简.pdf"),
        ('form-data; name="file"; filename="plain.pdf"; filename*=GBK\'\'%BC%F2.pdf', "plain.pdf"),
        ('form-data; name="file"; filename="e\u0301.pdf"', "é.pdf"),
        ('form-data; name="file"; filename="\udcbc\udcf2.pdf"', "��.pdf"),
    ],
)
def test_file_names_in_every_manner(disposition, name):
    [upload] = forms.parse(TYPE, part(disposition, b"x") + END).files["file"]
    assert upload.filename == name


def test_fields_and_files_by_name_in_order():
    body = part('form-data; name="a"', "一".encode()) + file("f") + part('form-data; name="a"', b"2") + END
    form = forms.parse('Multipart/Form-Data; charset=x; boundary="BB"', b"a preamble\r\n" + body + b"an epilogue")
    assert form.fields == {"a": ["一", "2"]}
    assert [(f.filename, f.media_type) for f in form.files["file"]] == [("f", "text/plain")]


def test_a_file_input_that_was_left_empty_is_no_file():
    assert forms.parse(TYPE, file("", b"") + END) == forms.Form()
    assert forms.parse(TYPE, file("", b"data") + END).files["file"][0].data == b"data"


def test_no_part_at_all_is_an_empty_form():
    assert forms.parse(TYPE, END) == forms.Form()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (TYPE, b""),
        (TYPE, file("a") + b"--BB"),
        (TYPE, file("a")),
        (TYPE, file("a") + file("b")[:-10]),
        (TYPE, b"--BB\r\nno head" + END),
        (TYPE, b"--BB\r\nno colon\r\n\r\nx\r\n" + END),
        (TYPE, b"--BB\r\nX: " + b"y" * 20_000 + b"\r\n\r\nx\r\n" + END),
        (TYPE, part("form-data", b"x") + END),
        (TYPE, part('attachment; name="file"', b"x") + END),
        (TYPE, part('form-data; name="file', b"x") + END),
        (TYPE, part('form-data; name="a"', b"\xff") + END),
        (TYPE, part('form-data; name="a"', b"eA==", "Content-Transfer-Encoding: base64") + END),
        (TYPE, part('form-data; name="a"', b"x") * (forms.PARTS + 1) + END),
        ("multipart/form-data", file("a") + END),
        ("multipart/form-data; boundary=", file("a") + END),
        ("multipart/form-data; boundary=" + "B" * 71, file("a") + END),
        (forms.URLENCODED, b"a=%ff"),
        (forms.URLENCODED, b"a=\xff"),
        (forms.URLENCODED, b"&".join([b"a=1"] * (forms.PARTS + 1))),
    ],
)
def test_what_breaks_off_or_is_no_form_is_refused(kind, body):
    with pytest.raises(Malformed):
        forms.parse(kind, body)


def test_a_charset_of_the_sender_is_not_obeyed():
    body = part('form-data; name="a"', b"-" + b"a9" * 10, "Content-Type: text/plain; charset=punycode") + END
    assert forms.parse(TYPE, body).fields == {"a": ["-" + "a9" * 10]}


def test_urlencoded_fields():
    assert forms.parse(forms.URLENCODED, b"a=%E4%B8%80+b&a=2&c=").fields == {"a": ["一 b", "2"], "c": [""]}

"""Weights of codings and of HTML."""

import pytest

from looma.web.preferences import coding, wants_html

ALL = ("identity", "gzip", "br")


@pytest.mark.parametrize(
    ("told", "offered", "chosen"),
    [
        ("", ALL, "identity"),
        ("gzip, deflate, br, zstd", ALL, "br"),
        ("gzip, deflate, br", ("identity", "gzip"), "gzip"),
        ("gzip, br", ("identity",), "identity"),
        ("br;q=0.4, gzip;q=0.8", ALL, "gzip"),
        ("br;q=0, gzip;q=0", ALL, "identity"),
        ("br ; Q=0.001", ALL, "br"),
        ("*", ALL, "br"),
        ("*;q=0.5, br;q=0", ALL, "gzip"),
        ("*;q=0", ALL, "identity"),
        ("identity, gzip;q=0.5", ALL, "identity"),
        ("identity;q=0, gzip;q=0.1", ALL, "gzip"),
        ("identity;q=0", ALL, "identity"),
        ("GZIP", ALL, "gzip"),
        ("gzip;q=nan, br;q=2, deflate", ALL, "identity"),
        ("gzip;q=", ALL, "identity"),
        (",,;;q=1,\t", ALL, "identity"),
        ("deflate," * 60 + "br", ALL, "identity"),  # a list that long is nobody's
    ],
)
def test_the_coding_that_is_liked_best(told, offered, chosen):
    assert coding(told, offered) == chosen


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", True),
        ("text/html", True),
        ("application/json, Text/HTML;level=1;q=0.1", True),
        ("text/html;q=0", False),
        ("*/*", False),
        ("application/json", False),
        ("", False),
    ],
)
def test_who_asks_for_a_page(told, wanted):
    assert wants_html(told) is wanted

"""E-mail addresses, telephone numbers and links of a text."""

import re
from collections.abc import Iterator

from looma.contracts.resume import Fact, FactKind

from .lines import folded
from .phones import find_phones

__all__ = ["find_emails", "find_links", "find_phones"]

_LOCAL = re.compile(r"[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[.%+'&~-]")
_MAX_LOCAL = 64
_COMMON = "com|net|org|edu|gov|info|biz|cn|io|me|in|uk|de|fr|us|ca|au|hk|tw|sg|jp|dev|ai|co|vip|top"
_COMMON_TLD = frozenset(_COMMON.split("|"))
_HAN_TLD = "中国|中國|公司|网络|網絡|网址|在线|香港|台灣|台湾|商城|集团|中文网"
_HOST = re.compile(
    rf"(?:[^\W_]|-){{1,63}}(?:\.(?:[^\W_]|-){{1,63}}){{0,3}}\.(?:{_HAN_TLD})"
    r"|[a-z0-9\u00c0-\u024f-]{1,63}(?:\.[a-z0-9\u00c0-\u024f-]{1,63}){0,5}\.[a-z]{2,24}(?![a-z])",
    re.IGNORECASE,
)
"""A Chinese host ends in a Chinese top level; any other stops where Chinese text begins."""
_GLUED_WORD = re.compile(r"(?P<tld>com|net|org|edu|cn|in)(?=[A-Z][a-z])")
_SPACED = re.compile(
    rf"(?<![\w.+-])(?P<local>[a-z0-9][a-z0-9._%+-]{{0,63}})(?P<before>[ \t]{{0,2}})@(?P<after>[ \t]{{0,2}})"
    rf"(?P<host>[a-z0-9-]{{1,63}}(?:[ \t]?\.[ \t]?[a-z0-9-]{{1,63}}){{0,3}}[ \t]?\.[ \t]?(?:{_COMMON}))(?![\w@-])",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:e-?mail(?:\s?(?:id|address))?|mail|邮箱|邮件|电邮)\s{0,2}[:：]?\s{0,3}$", re.IGNORECASE)

_LINK = re.compile(
    r"(?<![@\w.-])(?:https?://|www\.)[^\s<>\"'`|，。；、：（）()【】《》\u3000\u4e00-\u9fff]{3,2000}"
    r"|(?<![@\w./-])(?:[a-z]{2,3}\.)?(?:linkedin\.com/(?:in|pub)|(?:github|gitlab|gitee|bitbucket|stackoverflow|medium|kaggle"
    r"|behance|dribbble|twitter|x|zhihu|juejin|cnblogs|jianshu|leetcode|huggingface|researchgate|orcid|csdn|facebook)"
    r"\.(?:com|net|org|cn|co|io))/[A-Za-z0-9_%~@#?=&./+-]{1,300}"
    r"|(?<![@\w./-])[a-z0-9-]{1,39}\.(?:github|gitee|gitlab)\.io(?:/[A-Za-z0-9_%~./-]{0,300})?",
    re.IGNORECASE,
)


def find_emails(text: str) -> list[Fact]:
    """The e-mail addresses of a text in order; values in lower case and without the blanks that a PDF may put in."""
    plain = folded(text)
    found = {at: (start, end, 0.99) for at, start, end in _addresses(plain)}
    for match in _SPACED.finditer(plain):
        at = match.end("before")
        if at not in found and _unmistakable(plain, match):
            found[at] = (match.start(), match.end(), 0.8)
    return [
        _fact(FactKind.EMAIL, re.sub(r"[ \t]", "", plain[start:end]).lower(), start, end, confidence)
        for start, end, confidence in sorted(found.values())
    ]


def find_links(text: str) -> list[Fact]:
    """Addresses with a scheme, with ``www.``, and bare ones of well-known profile sites; values with their scheme."""
    plain = folded(text)
    facts = []
    for match in _LINK.finditer(plain):
        words = match[0].rstrip(".,;:!?*_~-'\"]}>")
        scheme = "" if "://" in words else "https://"
        head, separator, path = (scheme + words).partition("://")
        host, slash, rest = path.partition("/")
        value = head.lower() + separator + host.lower() + slash + rest
        facts.append(_fact(FactKind.LINK, value, match.start(), match.start() + len(words), 0.95))
    return facts


def _fact(kind: FactKind, value: str, start: int, end: int, confidence: float) -> Fact:
    return Fact(kind=kind, value=value, start=start, end=end, method=f"rule:{kind}", confidence=confidence)


def _addresses(plain: str) -> Iterator[tuple[int, int, int]]:
    """Place of the ``@`` and range of each address without blanks: from each ``@`` a bounded look to both sides."""
    position = plain.find("@")
    while position >= 0:
        start = _local_start(plain, position)
        host = _HOST.match(plain, position + 1)
        if start < position and host:
            end = _host_end(plain, host)
            if end:
                yield position, start, end
        position = plain.find("@", position + 1)


def _local_start(plain: str, at: int) -> int:
    """Where the part before the ``@`` begins; `at` itself when there is none."""
    start = at
    while start > 0 and at - start < _MAX_LOCAL and _LOCAL.match(plain[start - 1]):
        start -= 1
    words = plain[start:at]
    if words.endswith(".") or (at - start == _MAX_LOCAL and start > 0 and _LOCAL.match(plain[start - 1])):
        return at
    start += words.rfind("..") + 2 if ".." in words else 0
    while start < at and plain[start] in ".%+'&~-":
        start += 1
    return start


def _host_end(plain: str, host: re.Match[str]) -> int:
    """Where the address ends: before a word that was glued to it; 0 when its host is none."""
    words = host[0]
    labels = words.split(".")
    if any(not label or label[0] == "-" or label[-1] == "-" for label in labels):
        return 0
    glued = _GLUED_WORD.match(labels[-1])
    if glued:
        return host.end() - len(labels[-1]) + len(glued["tld"])
    last, previous = labels[-1], labels[-2]
    if len(labels) > 2 and last[0].isupper() and previous in _COMMON_TLD and last.lower() not in _COMMON_TLD:
        return host.end() - len(last) - 1
    return host.end()


def _unmistakable(plain: str, match: re.Match[str]) -> bool:
    """Whether blanks inside an address are the PDF's: ``working @ example.com`` is no address."""
    blanks = match["before"] or match["after"]
    if not blanks:
        return re.search(r"[ \t]", match["host"]) is not None
    if _LABEL.search(plain, max(0, match.start() - 24), match.start()):
        return True
    alone = plain[: match.start()].endswith("\n") or match.start() == 0
    alone = alone and (match.end() == len(plain) or plain[match.end()] in "\r\n")
    marked = bool(re.search(r"[\d._]", match["local"]))
    dots_spaced = bool(re.search(r"[ \t]\.|\.[ \t]", match["host"]))
    return alone or marked or dots_spaced

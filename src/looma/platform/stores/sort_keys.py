"""What names and titles are sorted and found by: Chinese as it is spoken, everything else by its letters.

`sort_key` puts 张三 where ``Zhang San`` stands. `search_key` lets ``zhangsan`` and ``zs`` find 张三; `searched` is what
to look for in it. Readings are those of single characters, besides a few words and surnames that are read otherwise:
the phrases of the library would take three times the memory and the time to load.
"""

import os
import re
import unicodedata
from functools import cache
from types import ModuleType

LONGEST = 200
"""Characters of a sort key."""
STARTS, SPELLED, INITIALS = 16, 30, 16
"""How many words of a text can begin what is looked for, and how much of what follows counts."""

_HAN = "〇㐀-䶿一-鿿\U00020000-\U0003ffff"
_ANY_HAN = re.compile(f"[{_HAN}]")
_WORD = re.compile(f"[{_HAN}]+|[^\\W_{_HAN}]+")
_TYPED = re.compile(r"[a-z0-9]{1,30}")
_BETWEEN = re.compile(r"[\s'’·-]+")

_SURNAMES = {
    "万俟": "mo qi",
    "尉迟": "yu chi",
    "长孙": "zhang sun",
    "澹台": "tan tai",
    "单于": "chan yu",
    "曾": "zeng",
    "单": "shan",
    "仇": "qiu",
    "解": "xie",
    "查": "zha",
    "区": "ou",
    "朴": "piao",
    "翟": "zhai",
    "乐": "yue",
    "盖": "ge",
    "缪": "miao",
    "员": "yun",
    "黑": "he",
    "秘": "bi",
    "折": "she",
    "种": "chong",
    "召": "shao",
    "覃": "qin",
    "繁": "po",
    "洗": "xian",
    "隗": "wei",
    "郇": "xun",
    "重": "chong",
}
"""Surnames that are read otherwise than their characters."""
_WORDS = {
    "银行": "yín háng",
    "行长": "háng zhǎng",
    "行业": "háng yè",
    "投行": "tóu háng",
    "央行": "yāng háng",
    "长沙": "cháng shā",
    "长春": "cháng chūn",
    "长安": "cháng ān",
    "长江": "cháng jiāng",
    "长城": "cháng chéng",
    "长期": "cháng qī",
    "长虹": "cháng hóng",
    "长兴": "cháng xīng",
    "长治": "cháng zhì",
    "特长": "tè cháng",
    "重庆": "chóng qìng",
    "重构": "chóng gòu",
    "厦门": "xià mén",
    "朝阳": "cháo yáng",
    "会计": "kuài jì",
    "音乐": "yīn yuè",
    "乐器": "yuè qì",
    "西藏": "xī zàng",
    "六安": "lù ān",
    "番禺": "pān yú",
    "校对": "jiào duì",
}
"""Words of names and titles in which a character is read otherwise than alone."""
_CHARACTERS = {"晟": "shèng", "都": "dū"}


def sort_key(text: str, *, person: bool = False) -> str:
    """Texts in the order of these keys, by code point, are in the order in which people look for them."""
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    words = " ".join(_words(folded, person))
    # what is read alike stays together and still has an order; a tab comes before the space of a further word
    return (folded if words in ("", folded) else f"{words}\t{folded}")[:LONGEST]


def search_key(text: str, *, person: bool = False) -> str | None:
    """Lines that begin where a word of `text` begins: spelled out, and by initials. None without Chinese."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if not _ANY_HAN.search(folded):
        return None
    words = _words(folded, person)
    starts = [words[at:] for at in range(min(len(words), STARTS))]
    spelled = ["".join(rest)[:SPELLED] for rest in starts]
    initials = ["".join(word[0] for word in rest)[:INITIALS] for rest in starts]
    return "".join(f"\n{line}" for line in dict.fromkeys(spelled + initials))


def searched(typed: str) -> str | None:
    """What a search key contains when it is found by what somebody typed; None for what is no spelling."""
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed).casefold()).replace("ü", "v")
    return f"\n{plain}" if _TYPED.fullmatch(plain) else None


def _words(folded: str, person: bool) -> list[str]:
    """The words of a text, each Chinese character a word as it is read, the others without accents."""
    words: list[str] = []
    for found in _WORD.findall(folded):
        if _ANY_HAN.match(found):
            words += _read(found, person and not words)
        else:
            words.append(_plain(found))
    return words


def _read(chinese: str, surname_first: bool) -> list[str]:
    if surname_first:
        for length in (2, 1):
            if (read := _SURNAMES.get(chinese[:length])) is not None:
                rest = chinese[length:]
                return read.split() + (_spelled(rest) if rest else [])
    return _spelled(chinese)


def _spelled(chinese: str) -> list[str]:
    return [word for word in _library().lazy_pinyin(chinese) if word]


def _plain(word: str) -> str:
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)) or word


@cache
def _library() -> ModuleType:
    """Loaded when the first Chinese text is kept."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    import pypinyin

    pypinyin.load_single_dict({ord(character): read for character, read in _CHARACTERS.items()})
    pypinyin.load_phrases_dict({word: [[one] for one in read.split()] for word, read in _WORDS.items()})
    return pypinyin

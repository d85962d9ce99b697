"""Full text at 100,000 documents: building, and questions asked one at a time and while others are asked.

Run: ``python bench/search.py [--documents 100000]``. The documents are synthetic (words drawn by rank from a made-up
vocabulary of Chinese and English, about 1.2 KB each), so that only size and shape are like real ones. Questions go
through `TantivySearch`, as a service asks; words are drawn like those of the documents, frequent ones included. The
time of the processor is told beside that of the clock, for machines that are busy with other things.
"""

import argparse
import asyncio
import random
import resource
import tempfile
import time
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate, islice
from pathlib import Path

from looma.platform.stores.search import SearchDocument, TextQuery
from looma.platform.stores.search.tantivy import TantivySearch
from machine import describe, percentile

COLLECTION = "local/talents"
BATCH = 500
QUESTIONS = 500
CALLERS = 4
COMMON = (
    "负责推荐系统的召回与排序熟悉分布式计算和实时特征平台五年互联网经验毕业于某大学机系算法工程师数据分析产品经理运营市场销售"
    "财务人力资源招聘开发测试前端后端移动架构设计项目管理客户服务业务流程优化质量安全网络云原生存储搜索广告电商金融保险医疗教育"
)
SYLLABLES = "an ber con den er fi gra hol in ka lo men no or pla que ra sto ter ul ver wi xo ya zen".split()


class Vocabulary:
    """Words by rank: the one of rank r comes 1/r as often as the first."""

    def __init__(self, words: list[str]) -> None:
        self.words = list(dict.fromkeys(words))
        self._sums = list(accumulate(1 / (rank + 5) for rank in range(len(self.words))))

    def draw(self, chance: random.Random) -> str:
        return self.words[bisect(self._sums, chance.random() * self._sums[-1])]


def vocabularies(chance: random.Random) -> tuple[Vocabulary, Vocabulary]:
    chinese = ["".join(chance.choices(COMMON, k=chance.choice((2, 2, 2, 3, 4)))) for _ in range(8_000)]
    english = ["".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 3, 4)))) for _ in range(20_000)]
    return Vocabulary(chinese), Vocabulary(english)


def documents(count: int, chinese: Vocabulary, english: Vocabulary, chance: random.Random) -> Iterator[SearchDocument]:
    for number in range(count):
        body = []
        for _ in range(12):
            body.append("".join(chinese.draw(chance) for _ in range(9)) + "，")
            body.append(" ".join(english.draw(chance) for _ in range(5)) + ". ")
        title = f"{chinese.draw(chance)}{chinese.draw(chance)} {english.draw(chance)}"
        terms = {"status": [chance.choice(("open", "closed"))], "group": [f"g{number % 100}"]}
        yield SearchDocument(COLLECTION, f"{number:08}", title, "".join(body), terms)


def questions(chinese: Vocabulary, english: Vocabulary, chance: random.Random) -> Iterator[tuple[str, list[TextQuery]]]:
    def slip(word: str) -> str:
        at = chance.randrange(len(word))
        return word[:at] + "q" + word[at + 1 :]

    def many(ask: object) -> list[TextQuery]:
        return [ask() for _ in range(QUESTIONS)]  # type: ignore[operator]

    one = {"group": ["g7"]}
    yield "English, two words", many(lambda: TextQuery(COLLECTION, f"{english.draw(chance)} {english.draw(chance)}"))
    yield "Chinese, two characters", many(lambda: TextQuery(COLLECTION, chinese.draw(chance)[:2]))
    yield "Chinese, one character", many(lambda: TextQuery(COLLECTION, chance.choice(COMMON)))
    yield (
        "Chinese phrase of about 12 characters",
        many(lambda: TextQuery(COLLECTION, "".join(chinese.draw(chance) for _ in range(5)))),
    )
    yield (
        "the phrase, filter that keeps 1 %",
        many(lambda: TextQuery(COLLECTION, "".join(chinese.draw(chance) for _ in range(5)), where=one)),
    )
    yield "fuzzy, one word with a slip", many(lambda: TextQuery(COLLECTION, slip(english.draw(chance)), fuzzy=True))
    yield "prefix of 3 letters", many(lambda: TextQuery(COLLECTION, english.draw(chance)[:3], prefix=True))


async def ask(store: TantivySearch, asked: list[TextQuery], callers: int) -> list[float]:
    waiting, took = iter(asked), []

    async def caller() -> None:
        for query in waiting:
            began = time.perf_counter()
            await store.search(query)
            took.append(time.perf_counter() - began)

    await asyncio.gather(*(caller() for _ in range(callers)))
    return took


def show(what: str, took: list[float], work: float) -> None:
    half, most, worst = (percentile(took, share) * 1000 for share in (0.5, 0.95, 1))
    mean = work / len(took) * 1000
    print(f"{what:48} p50 {half:6.2f}   p95 {most:6.2f}   max {worst:6.2f} ms   processor {mean:5.2f} ms each")


async def build(store: TantivySearch, made: list[SearchDocument]) -> None:
    began, work, waiting = time.perf_counter(), time.process_time(), iter(made)
    for number in range(0, len(made), BATCH):
        await store.apply(list(islice(waiting, BATCH)), number + BATCH)
    seconds = time.perf_counter() - began
    work = (time.process_time() - work) / len(made) * 1000
    print(f"built in {seconds:.1f} s, {len(made) / seconds:,.0f} documents/s in commits of {BATCH}; {work:.2f} ms each")


async def single(store: TantivySearch, made: list[SearchDocument]) -> None:
    took, work = [], time.process_time()
    for number, document in enumerate(made[:100]):
        began = time.perf_counter()
        await store.apply([document], len(made) + number)
        took.append(time.perf_counter() - began)
    show("one document replaced and committed", took, time.process_time() - work)


async def run(folder: Path, count: int) -> None:
    chance = random.Random(1)  # noqa: S311 - the same documents each time
    vocabulary = vocabularies(chance)
    began = memory()
    made = list(documents(count, *vocabulary, chance))
    size = sum(len(one.body.encode()) for one in made) / count
    print(f"{count:,} documents of {size:,.0f} bytes; memory with them {memory():.0f} MB, before {began:.0f} MB")
    store = TantivySearch(folder)
    await store.open()
    before = memory()
    await build(store, made)
    print(f"memory grew by {memory() - before:.0f} MB; index on disk {on_disk(folder):.0f} MB")
    for what, asked in questions(*vocabulary, chance):
        for callers in (1, CALLERS):
            work = time.process_time()
            took = await ask(store, asked, callers)
            show(f"{what}, {callers} at once" if callers > 1 else what, took, time.process_time() - work)
    began_at = time.perf_counter()
    counted = await store.facets(TextQuery(COLLECTION, vocabulary[1].words[0]), "group")
    print(f"facets over {sum(counted.values()):,} documents: {(time.perf_counter() - began_at) * 1000:.2f} ms")
    await single(store, made)
    await store.close()
    again = time.perf_counter()
    await store.open()
    print(
        f"opened again, with every checksum, in {time.perf_counter() - again:.2f} s; position {await store.position()}"
    )
    await store.close()


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def on_disk(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*")) / 1_000_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    given = parser.parse_args()
    print(describe())
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(Path(folder) / "search", given.documents))


if __name__ == "__main__":
    main()

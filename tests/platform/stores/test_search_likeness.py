"""Both engines give the same answers: the same documents in them, in nearly the same order."""

import random
import tomllib
from importlib.resources import files
from statistics import mean

import pytest

from looma.platform.stores.search import Gone, TextQuery, open_search

from .search_stores import COLLECTION, ELASTIC, PREFIX, document, elastic, sweep

pytestmark = pytest.mark.skipif(not ELASTIC, reason="needs LOOMA_TEST_ELASTICSEARCH_URL")

DOCUMENTS = 600
BEST = 10
ASKED = [
    "Python",
    "推荐系统",
    "北京 算法工程师",
    "5年以上 经验",
    "senior engineer kubernetes",
    "数据分析 SQL",
    "nurse",
    "经理",
]


def jobs() -> list[dict[str, str]]:
    """Jobs as people write them, in Chinese and English."""
    told = [files("looma.demo.data") / f"jobs-{language}.toml" for language in ("zh", "en")]
    return [job for one in told for job in tomllib.loads(one.read_text("utf-8"))["job"]]


@pytest.fixture(scope="module")
def corpus():
    """Documents of a few lines out of all jobs each, and questions: titles, pieces of lines, and what people type."""
    chance = random.Random(7)
    lines = [line.strip() for job in jobs() for line in job["description"].splitlines() if line.strip()]
    made = [
        document(f"{n}", "\n".join(chance.sample(lines, chance.randrange(2, 16))), title=chance.choice(jobs())["title"])
        for n in range(DOCUMENTS)
    ]
    pieces = []
    for line in chance.sample(lines, 60):
        start = chance.randrange(max(1, len(line) - 8))
        pieces.append(line[start : start + chance.randrange(2, 14)])
    return made, [*ASKED, *(job["title"] for job in jobs()), *pieces]


@pytest.fixture
async def stores(corpus, tmp_path):
    """Both engines with the same documents, some of them deleted again."""
    made, _ = corpus
    prefix = f"{PREFIX}-like"
    opened = [open_search(f"tantivy:{tmp_path / 'search'}"), open_search(elastic(prefix))]
    for store in opened:
        await store.open()
        await store.clear()
        for start in range(0, len(made), 200):
            await store.apply(made[start : start + 200], start + 1)
        await store.apply([Gone(COLLECTION, f"{n}") for n in range(0, len(made), 9)], len(made) + 1)
    yield opened
    for store in opened:
        await store.close()
    await sweep(prefix)


async def test_the_best_ten_are_the_same(corpus, stores):
    _, asked = corpus
    overlaps, ratios, compared = [], [], 0
    for text in asked:
        for more in ({}, {"prefix": True, "fuzzy": True}):
            ours, theirs = [await store.search(TextQuery(COLLECTION, text, DOCUMENTS, **more)) for store in stores]
            assert {one.id for one in ours} == {one.id for one in theirs}, text
            if ours:
                compared += 1
                best = [{one.id for one in ranked[:BEST]} for ranked in (ours, theirs)]
                overlaps.append(len(best[0] & best[1]) / len(best[0]))
                ratios.append(theirs[0].score / ours[0].score)
    assert compared > len(asked)
    assert mean(overlaps) >= 0.9
    assert all(0.95 < ratio < 1.05 for ratio in ratios)

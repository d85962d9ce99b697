"""What every full text driver promises."""

import asyncio
import random
import re

import pytest

from looma.platform.stores.errors import StoreBroken
from looma.platform.stores.search import Gone, SearchDocument, TextQuery

from .search_stores import ALL, COLLECTION, NAMES, document, driver, found, sweep


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_left():
    yield
    asyncio.run(sweep())


@pytest.fixture(params=NAMES)
async def store(request, tmp_path):
    opened = driver(request.param, tmp_path / "search")
    await opened.open()
    await opened.clear()
    yield opened
    await opened.close()


async def test_an_empty_index(store):
    assert await store.position() == 0
    assert await store.count() == 0
    assert await found(store, "anything 任何") == []
    assert await store.facets(TextQuery(COLLECTION, "anything"), "status") == {}
    answered = await store.check()
    assert re.fullmatch(r"(tantivy|OpenSearch|Elasticsearch) \d+\.\d+.*", answered.engine)
    assert answered.latency_s > 0


async def test_a_document_is_found_once_it_is_applied_and_replaced_as_a_whole(store):
    await store.apply([document("a", "welder", title="Old", status=["open"])], 1)
    await store.apply([document("a", "carpenter", title="New", status=["closed"])], 2)
    assert await found(store, "carpenter") == await found(store, "new") == ["a"]
    assert await found(store, "welder") == await found(store, "old") == []
    assert await found(store, "carpenter", where={"status": ["open"]}) == []
    assert (await store.position(), await store.count()) == (2, 1)


async def test_changes_of_one_call_come_in_order(store):
    await store.apply(
        [
            document("a", "first"),
            document("a", "second"),
            document("b", "first"),
            Gone(COLLECTION, "b"),
            Gone(COLLECTION, "c"),
            document("c", "second"),
        ],
        1,
    )
    assert sorted(await found(store, "first second")) == ["a", "c"]
    assert await found(store, "first") == []


async def test_the_same_changes_may_come_again(store):
    changes = [document("a", "welder"), Gone(COLLECTION, "b"), document("c", "welder")]
    for _ in range(3):
        await store.apply(changes, 5)
        assert await found(store, "welder") == ["a", "c"]
        assert (await store.position(), await store.count()) == (5, 2)


async def test_a_call_without_changes_moves_the_position(store):
    await store.apply([], 7)
    assert (await store.position(), await store.count(), await store.count("")) == (7, 0, 0)
    await store.apply([], 2**62)
    assert await store.position() == 2**62


async def test_what_comes_late_replaces_nothing_newer_on_a_shared_index():
    if "elasticsearch" not in NAMES:
        pytest.skip("an embedded index belongs to one process")
    one, other = driver("elasticsearch", None), driver("elasticsearch", None)
    await one.open()
    await other.open()
    await one.clear()
    await one.apply([document("a", "first"), document("b", "first"), document("c", "first")], 5)
    await one.apply([document("a", "second"), Gone(COLLECTION, "b")], 7)
    await other.apply([document("a", "late"), document("b", "late"), document("c", "late"), document("d", "late")], 6)
    for store in (one, other):
        assert sorted(await found(store, "late")) == ["c", "d"]
        assert await found(store, "second") == ["a"]
        assert await store.position() == 7
    await other.apply([Gone(COLLECTION)], 8)
    assert (await one.count(), await one.position()) == (0, 8)
    await other.clear()
    await one.apply([document("a", "anew")], 1)
    assert (await other.position(), await found(other, "anew")) == (1, ["a"])
    await one.close()
    await other.close()


async def test_many_calls_at_once_are_put_in_order(store):
    await asyncio.gather(*(store.apply([document("same", f"turn{n}")], n) for n in range(1, 21)))
    assert await store.position() == 20
    assert await found(store, "turn20") == ["same"]
    assert await found(store, "turn19") == []


async def test_collections_do_not_share(store):
    ours, theirs = "ours/talents", "theirs/talents"
    await store.apply([document("1", "welder", collection=c, org=[c]) for c in (ours, theirs, "ours/talent")], 1)
    await store.apply([Gone(ours, "1"), document("2", "carpenter", collection=ours)], 2)
    assert [one.id for one in await store.search(TextQuery(theirs, "welder carpenter"))] == ["1"]
    assert [one.id for one in await store.search(TextQuery(ours, "welder carpenter"))] == ["2"]
    assert await store.facets(TextQuery(ours, "welder carpenter"), "org") == {}
    assert await store.facets(TextQuery(theirs, "welder"), "org") == {theirs: 1}
    await store.apply([Gone(ours)], 3)
    assert [await store.count(c) for c in (ours, theirs, "ours/talent", None)] == [0, 1, 1, 2]
    await store.apply([document("3", "welder", collection=ours)], 4)
    assert [one.id for one in await store.search(TextQuery(ours, "welder"))] == ["3"]


async def test_pairs_of_collection_and_id_are_not_confused(store):
    pairs = [("a", "b\0c"), ("a\0b", "c"), ("a", "1:b"), ("a1:", "b"), ("", "position"), ("position", ""), ("a", "=")]
    await store.apply([document(i, "welder", collection=c) for c, i in pairs], 1)
    assert await store.count() == len(pairs)
    for collection, one in pairs:
        assert one in [hit.id for hit in await store.search(TextQuery(collection, "welder"))]
        await store.apply([Gone(collection, one)], 2)
    assert (await store.count(), await store.position()) == (0, 2)


async def test_clear_forgets_everything(store):
    await store.apply([document("a", "welder"), document("b", "welder", collection="x/y")], 3)
    await store.clear()
    assert (await store.position(), await store.count(), await found(store, "welder")) == (0, 0, [])
    await store.apply([document("c", "welder")], 1)
    assert (await store.position(), await found(store, "welder")) == (1, ["c"])


async def test_filters(store):
    odd = ["a.b", "", "a b", "状态", "f\\g", "\0", "x\x01y", "2024-01-01T00:00:00Z", "terms", "%2E", "\ud800"]
    values = ["open", "", "2024-01-01T00:00:00Z", "5", "true", "a.b", "开", "Open", "x\0y", "长" * 500]
    await store.apply(
        [
            document("a", "welder", status=["open"], city=["上海", "北京"]),
            document("b", "welder", status=["closed"], city=["北京"]),
            document("c", "welder"),
            SearchDocument(COLLECTION, "d", "", "welder", dict.fromkeys(odd, values)),
        ],
        1,
    )
    cases = [
        ({"status": ["open"]}, ["a"]),
        ({"status": ["open", "closed"]}, ["a", "b"]),
        ({"city": ["北京"]}, ["a", "b"]),
        ({"city": ["北京"], "status": ["open"]}, ["a"]),
        ({"city": ["京"]}, []),
        ({"status": ["OPEN"]}, []),
        ({"status": []}, []),
        ({"nothing": ["x"]}, []),
        ({}, ["a", "b", "c", "d"]),
        ({field: [value] for field in odd for value in values}, ["d"]),
        ({"status": ["\ud800", "open"]}, ["a"]),
    ]
    for where, expected in cases:
        assert await found(store, "welder", where=where) == expected, where
    for field in odd:
        assert await found(store, "welder", where={field: values}) == ["d"]
        assert await store.facets(TextQuery(COLLECTION, "welder"), field) == dict.fromkeys(values, 1)


async def test_facets_count_as_one_would_by_hand(store):
    chance = random.Random(4)
    words = "welder carpenter baker tailor miller".split()
    made = [
        document(
            f"{n}",
            " ".join(chance.sample(words, 2)),
            status=chance.choices("xyz", k=chance.randrange(4)),
            even=[str(n % 2)],
        )
        for n in range(200)
    ]
    await store.apply(made[:120], 1)
    await store.apply([*made[120:], *(Gone(COLLECTION, f"{n}") for n in range(0, 200, 7))], 2)
    kept = [one for one in made if int(one.id) % 7]
    for text, where in [("welder", {}), ("baker miller", {}), ("baker tailor", {"even": ["1"]}), ("nobody", {})]:
        fits = [
            one
            for one in kept
            if set(text.split()) & set(one.body.split()) and (not where or one.terms["even"] == where["even"])
        ]
        counted = {value: sum(value in one.terms["status"] for one in fits) for value in "xyz"}
        query = TextQuery(COLLECTION, text, k=1, where=where)
        assert await store.facets(query, "status") == {value: n for value, n in counted.items() if n}
        assert sorted(await found(store, text, where=where)) == sorted(one.id for one in fits)


async def test_the_best_come_first_and_ties_fall_by_id(store):
    ids = [f"{n:03}" for n in range(150)]
    random.Random(2).shuffle(ids)
    for part in (ids[:50], ids[50:60], ids[60:]):
        await store.apply([document(one, "welder") for one in part], 1)
    await store.apply([document("z", "welder welder", title="welder")], 2)
    for k in (1, 2, 7, 50, 151, ALL):
        hits = await store.search(TextQuery(COLLECTION, "welder", k=k))
        assert [one.id for one in hits] == ["z", *sorted(ids)][:k]
        assert hits == sorted(hits, key=lambda one: (-one.score, one.id))
    assert await found(store, "welder", k=0) == []


async def test_what_counts_more(store):
    async def order(text: str, *bodies: str | tuple[str, str], **more) -> list[str]:
        await store.clear()
        pairs = [body if isinstance(body, tuple) else ("", body) for body in bodies]
        filler = [document(f"f{n}", "filler 填充", title="filler") for n in range(20)]
        await store.apply([*filler, *(document(f"{n}", b, title=t) for n, (t, b) in enumerate(pairs))], 1)
        return await found(store, text, **more)

    assert await order("welder", "welder", ("welder", "")) == ["1", "0"]
    assert await order("welder", "welders", "welder") == ["1", "0"]
    assert await order("welders", "welder", "welders") == ["1", "0"]
    assert await order("算法", "预算法律", "精通算法") == ["1", "0"]
    assert await order("welder baker", "welder", "baker welder") == ["1", "0"]
    assert (await order("filler welder", "filler", "welder"))[0] == "1"
    assert await order("weld", "welding", "welder", "weld", prefix=True) == ["2", "0", "1"]
    assert await order("kubernetes", "kubernets", "kubernetes", fuzzy=True) == ["1", "0"]


@pytest.mark.parametrize(
    ("text", "begun", "not_begun"),
    [
        ("ku", ["k"], []),
        ("senior ku", ["k"], []),
        ("ku senior", [], []),
        ("ku ", [], []),
        ("KÜ", ["k"], []),
        ("node.j", ["n"], ["n"]),
        ("front-en", ["f"], ["f"]),
        ("分布式计", ["d"], ["d"]),
        ("k*", [], []),
    ],
)
async def test_the_last_word_may_be_a_beginning(store, text, begun, not_begun):
    made = {"k": "kubernetes", "n": "node.js", "f": "frontend front", "d": "分布式计算"}
    await store.apply([document(one, body) for one, body in made.items()], 1)
    assert await found(store, text, prefix=True) == begun
    assert await found(store, text) == not_begun


@pytest.mark.parametrize(
    ("text", "slipped"),
    [
        ("kubernetse", True),
        ("kubernees", True),
        ("kubernettes", True),
        ("kuberneten", True),
        ("xubernetes", True),
        ("KUBERNETÉZ", True),
        ("kubernttse", False),
        ("jav", False),
        ("jaba", True),
        ("javv2", False),
    ],
)
async def test_one_slip_in_a_longer_word(store, text, slipped):
    await store.apply([document("k", "kubernetes java"), document("x", "推荐系统 其他")], 1)
    assert await found(store, text, fuzzy=True) == (["k"] if slipped else [])
    assert await found(store, text) == []


FOUND = [
    ("王", "候选人王小明，男"),
    ("明", "候选人王小明，男"),
    ("男", "候选人王小明，男"),
    ("荐系", "推荐系统工程师"),
    ("统工程", "推荐系统工程师"),
    ("清华大学计算机系", "毕业于清华大学计算机系"),
    ("推薦系統", "推荐系统工程师"),
    ("推荐系统", "推薦系統工程師"),
    ("乾", "乾隆"),
    ("皇后", "皇后大道"),
    ("C++", "熟悉C++和Java"),
    ("c#", "C#/.NET"),
    (".net", "C#/.NET"),
    ("net", "C#/.NET"),
    (".NET", "ASP.NET"),
    ("node.js", "用Node.js开发"),
    ("node", "用Node.js开发"),
    ("JS", "用Node.js开发"),
    ("front-end", "frontend"),
    ("frontend", "Front-End"),
    ("front", "Front-End"),
    ("résumé", "resume"),
    ("Resume", "re\u0301sume\u0301"),
    ("strasse", "Straße"),
    ("ｐｙｔｈｏｎ", "Python"),
    ("5g", "５Ｇ网络"),
    ("3.11", "Python 3.11"),
    ("2024", "2024年"),
    ("r&d", "R&D"),
    ("engineer", "Engineers"),
    ("companies", "company"),
    ("t恤", "纯棉T恤"),
    ("恤", "纯棉T恤"),
    ("データ", "データ分析"),
    ("タ", "データ分析"),
    ("개발", "백엔드개발자"),
    ("москва", "Москва"),
    ("don't", "don’t"),
]


@pytest.mark.parametrize(("text", "body"), FOUND)
async def test_a_word_finds_what_contains_it(store, text, body):
    await store.apply([document("a", body), document("b", "", title=body), document("c", "別的 unrelated")], 1)
    assert sorted(await found(store, text)) == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "body"),
    [("王明", "王小明"), ("java", "javascript"), ("c++", "c"), ("京上", "北京，上海"), ("net", "dotnet")],
)
async def test_a_word_does_not_find_what_does_not_contain_it(store, text, body):
    await store.apply([document("a", body)], 1)
    assert (await found(store, text) == []) is (text != "c++")


@pytest.mark.parametrize("text", ["", " ", "\n\t", "!?，。", "\ud800\udfff", "\0", "…", "🙂", "_", "-+#.&"])
async def test_text_without_a_word_finds_nothing(store, text):
    await store.apply([document("a", f"welder {text}", title=text)], 1)
    for more in ({}, {"prefix": True, "fuzzy": True}):
        assert await found(store, text, **more) == []
        assert await store.facets(TextQuery(COLLECTION, text, **more), "status") == {}
    assert await found(store, "welder") == ["a"]


HOSTILE = [
    '"welder',
    "welder AND NOT (",
    "welder OR",
    "+welder -welder",
    "title:welder^3~2",
    "body:[a TO z} welder",
    "/wel.*/ welder",
    "welder* ?",
    "welder\\",
    "{!q} welder",
    "\ud800welder\udfff",
    "\0welder\0",
    "welder'; drop table talents; --",
    "<b>welder</b>",
    "welder" + "\u0301" * 10_000,
    "welder " + "x" * 100_000,
    "welder " + "长" * 100_000,
    "welder " + "a." * 50_000,
    "welder " + " ".join(f"w{n}" for n in range(20_000)),
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12].encode("unicode_escape").decode())
async def test_no_text_is_a_mistake(store, text):
    await store.apply([document("a", "welder"), document("b", text, title=text[:100])], 1)
    for more in ({}, {"prefix": True, "fuzzy": True}):
        assert set(await found(store, text, **more)) == {"a", "b"}
    assert set(await found(store, "welder")) == {"a", "b"}
    name = text[:1000]
    await store.apply([SearchDocument(name, name, "", "welder", {name: [name]})], 2)
    assert len(await store.search(TextQuery(name, "welder", where={name: [name]}))) == 1
    assert await store.count(name) == 1


PIECES = (
    "推荐系统 召回排序 分布式计算 實時特徵平臺 算法工程師 数据分析 王小明 北京 "
    "南京市长江大桥 研究生命起源 乒乓球拍卖完了 "
    "Python C++ C# .NET node.js front-end Ångström naïve PostgreSQL 3.11 5G T恤 データ 한국어 R&D engineers Kubernetes"
).split()
_CJK = r"\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af"
WRITTEN_TOGETHER = re.compile(rf"[{_CJK}]+|[^\W{_CJK}]+")
JOINTS = ["", "", "", " ", "，", "。", "\n", "、", "/", "（"]


@pytest.mark.parametrize("seed", [1, 2, 3, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(4, 60))])
async def test_every_contained_word_finds_its_document(store, seed):
    chance = random.Random(seed)

    def text() -> str:
        return "".join(chance.choice(PIECES) + chance.choice(JOINTS) for _ in range(chance.randrange(1, 30)))

    made = [document(f"{n}", text(), title=text()) for n in range(60)]
    await store.apply(made, 1)
    for one in made:
        whole = chance.choice((one.title, one.body))
        for run in chance.sample(WRITTEN_TOGETHER.findall(whole), 1):
            start = chance.randrange(len(run))
            asked = run[start : start + chance.randrange(1, 7)] if run[0] >= "\u3040" else run
            assert one.id in await found(store, asked), (asked, whole)


async def test_a_store_that_is_not_open_says_so(request, tmp_path):
    for name in NAMES:
        store = driver(name, tmp_path / "unopened")
        await store.close()
        with pytest.raises(StoreBroken):
            await store.position()
        await store.open()
        await store.apply([document("a", "welder")], 1)
        await store.close()
        await store.close()
        for act in (store.position(), store.apply([], 2), found(store, "welder"), store.clear(), store.check()):
            with pytest.raises(StoreBroken):
                await act
        await store.open()
        await store.open()
        assert (await store.position(), await found(store, "welder")) == (1, ["a"])
        await store.close()

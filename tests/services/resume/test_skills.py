"""Skills in a text: what is found, where, and what only looks like one."""

import random

import pytest

from looma.services.resume.skills import CERTAIN, find_skills
from looma.services.resume.taxonomy import load_skills


def concepts(text: str) -> list[str]:
    return [mention.concept_id for mention in find_skills(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("   \n\n", []),
        ("今天天气很好。", []),
        ("The weather was fine.", []),
        # words end where they end
        ("JavaScript and TypeScript", ["javascript", "typescript"]),
        ("C++, C#, Objective-C", ["cpp", "csharp", "objective-c"]),
        ("C/C++", ["c-language", "cpp"]),
        ("Node.js, .NET, Vue.js", ["nodejs", "dotnet", "vue"]),
        ("Python3, Java8", ["python", "java"]),
        ("Kubernetes/Docker", ["kubernetes", "docker"]),
        # Chinese touches Latin
        ("使用Python完成", ["python"]),
        ("熟悉Docker和Kubernetes。", ["docker", "kubernetes"]),
        ("Ｐｙｔｈｏｎ", ["python"]),
        # one concept by declaration
        ("推荐系统", ["recommender-systems"]),
        ("推薦系統", ["recommender-systems"]),
        ("RecSys", ["recommender-systems"]),
        ("recommender systems", ["recommender-systems"]),
        # gaps inside terms
        ("machine  learning", ["machine-learning"]),
        ("Machine-Learning", ["machine-learning"]),
        ("Spring-Boot", ["spring-boot"]),
        ("SpringBoot", ["spring-boot"]),
        # names of hosts, files and people's addresses are not words of the text
        ("https://python.org/docker", []),
        ("me@python.org", []),
        ("github.com/someone/kubernetes", []),
        # other words that hold a term
        ("某会计师事务所", []),
        ("教育背景", []),
    ],
)
def test_certain_terms(text: str, found: list[str]) -> None:
    assert concepts(text) == found


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Python, Go, SQL", "go"),
        ("Docker\nKubernetes\nGo\nPython", "go"),
        ("experience with Go", "go"),
        ("精通Go，五年以上", "go"),
        ("掌握 Go、Python", "go"),
        ("Programming languages: C, R", "c-language"),
        ("Python, R, SQL", "r-language"),
        ("Python / R / SQL", "r-language"),
        ("使用 Spring、MyBatis 开发", "spring"),
        ("Objective-C, Swift, Kotlin", "swift"),
        ("熟练使用 Excel 和 Word", "excel"),
        ("Word, Excel, Access", "ms-access"),
        ("fluent in French and German", "german"),
        ("PyTorch、CV、目标检测", "computer-vision"),
        ("proficiency in GIT", "git"),
        ("builds with Docker on Jenkins; code kept by the team in Git and reviewed", "git"),
        ("our team runs Angular/TypeScript in production", "angular"),
        ("a modern JavaScript front end that the team rebuilt around Angular last year", "angular"),
    ],
)
def test_an_ambiguous_surface_counts_where_the_context_says_so(text: str, concept: str) -> None:
    mention = next(m for m in find_skills(text) if m.concept_id == concept)
    assert 0.6 <= mention.confidence < CERTAIN


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Google Ads campaigns", "go"),
        ("go to market strategy", "go"),
        ("Go-to-market planning", "go"),
        ("I love to go hiking", "go"),
        ("Let's Go", "go"),
        ("R&D manager", "r-language"),
        ("Head of R&D, Python", "r-language"),
        ("Series C funding", "c-language"),
        ("Vitamin C", "c-language"),
        ("Vitamin C development", "c-language"),
        ("C-level executives", "c-language"),
        ("Express delivery of parcels", "express"),
        ("Spring 2019", "spring"),
        ("In Spring 2019, Java course", "spring"),
        ("a swift response to customers", "swift"),
        ("Swift response to customers", "swift"),
        ("CV\nAnne Example\nPython", "computer-vision"),
        ("French fries and burgers", "french"),
        ("react to the news", "react"),
        ("the excel at everything attitude", "excel"),
    ],
)
def test_an_ambiguous_surface_is_left_alone_elsewhere(text: str, concept: str) -> None:
    assert concept not in concepts(text)


def test_confidence_grows_with_the_context() -> None:
    def of(text: str) -> float:
        return next(m.confidence for m in find_skills(text) if m.concept_id == "go")

    assert of("experience with Go") < of("Python, Go, Rust, Java") <= of("Languages: Python, Go, Java, SQL") < CERTAIN


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no experience with Java", []),
        ("No prior experience in Kubernetes or Docker.", []),
        ("not familiar with Python", []),
        ("experience with Java, but no knowledge of Python", ["java"]),
        ("Java is not required, Python is", ["python"]),
        ("不会Java", []),
        ("不会Java、Python", []),
        ("不会Java，但熟悉Docker", ["docker"]),
        ("无Java经验", []),
        ("没有Kubernetes相关经验", []),
        ("无需Java经验", []),
        ("不仅熟悉Java，还熟悉Docker", ["java", "docker"]),
        ("not only Java but Python", ["java", "python"]),
        ("No problem. Java and Docker daily", ["java", "docker"]),
        ("No commercial Kotlin experience", []),
        ("no hands-on Kubernetes or Docker experience", []),
        ("no Java, PHP or Kotlin experience", []),
        ("without any professional Java experience", []),
        ("Docker daily, and I don't want to work with PHP or Java", ["docker"]),
        ("Not interested in PHP. Docker is fine", ["docker"]),
        ("I have never used Kubernetes", []),
        ("built without Docker", []),
        ("不想做PHP", []),
        ("不想再写PHP、Java，但喜欢Docker", ["docker"]),
        ("没有PHP经验", []),
        ("没有PHP或Java开发经验", []),
        ("未接触过Kubernetes", []),
        ("从未使用过Docker", []),
        ("对PHP不感兴趣", []),
        ("not only Java but also PHP", ["java", "php"]),
        ("no problem with Java and Docker experience", ["java", "docker"]),
        ("no less than 5 years of Java experience", ["java"]),
        ("No degree, Java experience of two years", ["java"]),
        ("no experience other than Java", ["java"]),
        ("不想做Java以外的工作", ["java"]),
        ("无需加班，使用Java和Docker", ["java", "docker"]),
        ("没有问题，Java经验丰富", ["java"]),
    ],
)
def test_what_is_denied_is_no_mention(text: str, found: list[str]) -> None:
    assert concepts(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("用 Go 重写账单服务", ["go"]),
        ("拿Go写工具", ["go"]),
        ("以 Swift 实现客户端", ["swift"]),
        ("基于 Spark 处理日志", ["spark"]),
        ("用 Spark 做报表", ["spark"]),
        ("Our teams use React and Node every day", ["react", "nodejs"]),
        ("an app that was made of React and Node", ["react", "nodejs"]),
        ("the services are using Go throughout", ["go"]),
        ("采用 go 方式", []),
        ("use it or go home", []),
        ("Use Swift payments", []),
        ("French and German customers", []),
        ("choose Options C and R", []),
    ],
)
def test_what_is_used_by_name_is_a_skill(text: str, found: list[str]) -> None:
    assert concepts(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("python-breeding", []),
        ("Python-like", []),
        ("Python-based", ["python"]),
        ("Java-developed", ["java"]),
        ("Kubernetes-native", ["kubernetes"]),
        ("Python-scripting", ["python"]),
        ("weekly sales figures", []),
        ("cleaned marketing data", []),
        ("sales of old stamps", []),
        ("sales of software", ["sales"]),
        ("five years in sales", ["sales"]),
        ("整理销售数据", []),
        ("招聘洗碗工", []),
        ("某医院招聘护士5名", []),
        ("We are hiring", []),
        ("负责招聘", ["recruitment"]),
        ("负责招聘工程师", ["recruitment"]),
        ("三年招聘经验", ["recruitment"]),
        ("招聘专员", ["recruitment"]),
        ("教育：本科", []),
        ("某某精密机械（无锡）有限公司", []),
        ("某省物流集团", []),
        ("某地中医药大学", []),
        ("负责销售集团客户", ["sales"]),
        ("物流管理，某大学", ["logistics"]),
        ("机械设计 某某大学", ["mechanical-design"]),
        ("分布式任务调度平台", ["task-scheduling"]),
        ("a circuit breaker and a reverse proxy", ["high-availability", "web-servers"]),
        ("JBoss, Traefik, Chart.js", ["jboss", "traefik", "chart-js"]),
        ("Flowable、Camunda", ["flowable", "camunda"]),
    ],
)
def test_words_that_speak_of_something_else_are_no_skills(text: str, found: list[str]) -> None:
    assert concepts(text) == found


def test_a_mention_carries_its_concept_in_the_language_of_the_text() -> None:
    (mention,) = find_skills("推荐系统")
    assert (mention.surface, mention.start, mention.end, mention.confidence) == ("推荐系统", 0, 4, CERTAIN)
    assert mention.name == load_skills().label("recommender-systems", "zh")
    assert mention.broader == list(load_skills().broader("recommender-systems"))
    assert find_skills("推荐系统", "en")[0].name == load_skills().label("recommender-systems", "en")


def test_offsets_count_code_points_of_the_original() -> None:
    text = "🙂 ＪＡＶＡ、推薦系統 and  machine \u2010 learning"
    assert [(m.surface, m.concept_id) for m in find_skills(text)] == [
        ("ＪＡＶＡ", "java"),
        ("推薦系統", "recommender-systems"),
        ("machine \u2010 learning", "machine-learning"),
    ]


def test_a_term_broken_by_the_end_of_a_long_line_is_found() -> None:
    text = "Responsible for the design of large services that use machine\nlearning in production."
    assert "machine-learning" in concepts(text)
    assert concepts("machine\nlearning") == []


def test_of_overlapping_terms_the_leftmost_or_in_chinese_the_longest_counts() -> None:
    assert [m.surface for m in find_skills("Git version control system")] == ["Git version control"]
    assert [m.surface for m in find_skills("大数据分析平台")] == ["大数据分析"]


def test_ranges_hold_on_random_text() -> None:
    rng = random.Random(7)
    terms = [s for concept in load_skills().concepts.values() for s in concept.surfaces]
    glue = [
        " ",
        "、",
        ", ",
        "\n",
        "/",
        "  ",
        "和",
        "熟悉",
        " with ",
        "。",
        "-",
        "\t",
        "(",
        ")",
        "：",
        "𝕏",
        "é",
        "no ",
        "不会",
    ]
    for _ in range(150):
        text = "".join(rng.choice(rng.choice((terms, glue))) for _ in range(rng.randint(1, 40)))
        end = 0
        for mention in find_skills(text):
            assert end <= mention.start < mention.end <= len(text)
            assert text[mention.start : mention.end] == mention.surface
            assert 0.6 <= mention.confidence <= CERTAIN
            end = mention.end


@pytest.mark.parametrize("unit", ["Go, ", "a.", "- ", "不会", "no ", "市场营", "& ", "SEO\n"])
def test_a_flood_is_read_to_its_end(unit: str) -> None:
    assert len(find_skills(unit * 5_000)) <= 5_000

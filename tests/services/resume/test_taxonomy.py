"""The taxonomies hold together: ids, the broader relation, surfaces; and text is folded so that offsets come back."""

import random
from collections import defaultdict
from importlib.resources import files

import pytest

from looma.services.resume.skills import lexicon
from looma.services.resume.taxonomy import ConceptGraph, load_other_phrases, load_skills, load_titles
from looma.services.resume.taxonomy.concepts import OccupationConcept, OccupationGraph
from looma.services.resume.taxonomy.folding import FoldedText, fold, squeeze
from looma.services.resume.titles import title_index

GRAPHS = {"skills": load_skills, "titles": load_titles}


@pytest.fixture(params=sorted(GRAPHS))
def graph(request: pytest.FixtureRequest) -> ConceptGraph:
    return GRAPHS[request.param]()


def test_there_are_enough_concepts() -> None:
    assert len(load_skills().concepts) >= 800
    assert sum(not i.startswith("family-") for i in load_titles().concepts) >= 250


@pytest.mark.parametrize("name", ["skills-professions.tsv", "skills-technology.tsv", "titles.tsv"])
def test_no_id_comes_twice(name: str) -> None:
    lines = files("looma.services.resume.taxonomy").joinpath(name).read_text("utf-8").splitlines()[1:]
    ids = [line.split("\t")[0] for line in lines]
    assert len(ids) == len(set(ids))
    graph = load_titles() if name == "titles.tsv" else load_skills()
    assert set(ids) <= set(graph.concepts)


def test_the_two_halves_of_the_skills_share_no_id() -> None:
    package = files("looma.services.resume.taxonomy")
    halves = [package.joinpath(f"skills-{half}.tsv").read_text("utf-8") for half in ("professions", "technology")]
    assert len(load_skills().concepts) == sum(len(half.splitlines()) - 1 for half in halves)


def test_everything_broader_exists_and_nothing_is_above_itself(graph: ConceptGraph) -> None:
    for concept in graph.concepts.values():
        assert set(concept.broader) <= set(graph.concepts), concept.id
        assert concept.id not in graph.broader(concept.id), concept.id
        assert len(set(graph.broader(concept.id))) == len(graph.broader(concept.id))


def test_every_concept_has_a_name_in_both_languages(graph: ConceptGraph) -> None:
    for concept in graph.concepts.values():
        assert concept.en.strip(), concept.id
        assert concept.zh.strip(), concept.id
        assert graph.label(concept.id, "en") == concept.en
        assert graph.label(concept.id, "zh") == concept.zh


def test_an_unambiguous_surface_belongs_to_one_concept() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    doubtful: set[str] = set()
    for concept in load_skills().concepts.values():
        forms = {squeeze(surface) for surface in concept.ambiguous}
        doubtful |= forms
        for surface in concept.surfaces:
            if squeeze(surface) not in forms:
                owners[squeeze(surface)].add(concept.id)
    assert {form: ids for form, ids in owners.items() if len(ids) > 1} == {}
    assert sorted(doubtful & set(owners)) == []


def test_a_title_belongs_to_one_occupation() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for concept in load_titles().concepts.values():
        for surface in concept.surfaces:
            owners[squeeze(surface)].add(concept.id)
    assert {form: ids for form, ids in owners.items() if len(ids) > 1} == {}


def test_every_surface_is_found_whole_where_it_stands_alone() -> None:
    for graph, index in ((load_skills(), lexicon()), (load_titles(), title_index())):
        for concept in graph.concepts.values():
            for surface in () if concept.id.startswith("family-") else concept.surfaces:
                spans = [(hit.start, hit.end) for hit in index.find(FoldedText(surface))]
                assert spans == [(0, len(surface))], (concept.id, surface)


def test_other_phrases_are_no_occupations() -> None:
    surfaces = {squeeze(s) for concept in load_titles().concepts.values() for s in concept.surfaces}
    assert sorted(surfaces & set(map(squeeze, load_other_phrases("titles")))) == []


def test_other_phrases_are_no_skills() -> None:
    surfaces = {squeeze(s) for concept in load_skills().concepts.values() for s in concept.surfaces}
    assert sorted(surfaces & set(map(squeeze, load_other_phrases("skills")))) == []


def _occupation(name: str, *broader: str) -> OccupationConcept:
    return OccupationConcept(name, name, name, (), (), tuple(sorted(broader)))


def test_broader_is_nearest_first_and_each_level_sorted() -> None:
    graph = OccupationGraph(
        [
            _occupation("d", "c", "b"),
            _occupation("b", "z"),
            _occupation("c", "a"),
            _occupation("a", "z"),
            _occupation("z"),
        ]
    )
    assert graph.broader("d") == ("b", "c", "a", "z")
    assert graph.broader("z") == ()
    assert graph.narrower == {"b": ("d",), "c": ("d",), "a": ("c",), "z": ("a", "b")}
    with pytest.raises(KeyError):
        graph.broader("unknown")


@pytest.mark.parametrize(
    ("concept", "above"),
    [
        ("recommender-systems-engineer", ["algorithm-engineer", "software-engineer", "family-software"]),
        ("registered-nurse", ["family-nursing"]),
        ("medical-sales-representative", ["sales-representative", "family-sales"]),
    ],
)
def test_occupations_stand_in_their_families(concept: str, above: list[str]) -> None:
    order = load_titles().broader(concept)
    places = [order.index(name) for name in above]
    assert places == sorted(places)


def test_nurse_and_medical_sales_share_no_family() -> None:
    titles = load_titles()
    assert not set(titles.broader("registered-nurse")) & set(titles.broader("medical-sales-representative"))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("ＰＹＴＨＯＮ　３", "python 3"),
        ("機器學習", "机器学习"),
        ("Front‐End", "front-end"),
        ("İstanbul", "İstanbul"),
    ],
)
def test_folding_keeps_the_length(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("spelled", "form"),
    [
        ("Machine  Learning", "machine learning"),
        ("machine-learning", "machine learning"),
        ("Spring-Boot", "spring boot"),
        ("Java 开发", "java开发"),
        ("CI / CD", "ci/cd"),
        ("C ++", "c ++"),
        ("", ""),
    ],
)
def test_squeezing_makes_spellings_one(spelled: str, form: str) -> None:
    assert squeeze(spelled) == form


def test_squeezed_offsets_lead_back_to_the_original() -> None:
    rng = random.Random(20260101)
    pieces = [
        "Java",
        "机器",
        "学习",
        " ",
        "  ",
        "\n",
        "-",
        " - ",
        "/",
        " / ",
        "C++",
        "。",
        "\t",
        "é",
        "發",
        "Ａ",
        "'",
        "&",
    ]
    for _ in range(300):
        text = "".join(rng.choices(pieces, k=rng.randint(0, 40)))
        folded = FoldedText(text)
        for start in range(len(folded.text)):
            left, right = folded.span(start, start + 1)
            assert 0 <= left < right <= len(text)
            if folded.text[start] not in " /&":
                assert fold(text[left]) == folded.text[start]

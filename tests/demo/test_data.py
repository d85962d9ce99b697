"""The demo data: as much as was promised, consistent, and about nobody."""

import re
from collections import Counter
from itertools import pairwise
from zipfile import ZipFile

import pytest

from looma import demo
from looma.demo.dice import Dice
from looma.demo.people import NOW, invented
from looma.demo.records import table
from looma.demo.sample_document import DOCUMENT, TEXT, paragraphs, write
from looma.services.resume.documents import read_document

HAN = re.compile(r"[\u4e00-\u9fff]")
EMAIL = re.compile(r"[\w.]+@([\w.]+)")
PEOPLE = [("zh", person) for person in invented("zh", demo.CHINESE)] + [
    ("en", person) for person in invented("en", demo.ENGLISH)
]


def is_chinese(text):
    return len(HAN.findall(text)) > len(text) / 5


def test_there_is_as_much_as_promised_and_nothing_twice():
    companies, jobs, resumes = demo.companies(), demo.jobs(), demo.resumes()
    assert (len(companies), len(jobs), len(resumes)) == (40, 80, 120)
    assert len({company.name for company in companies}) == 40
    assert len({(job.company, job.title) for job in jobs}) == 80
    assert len({job.description for job in jobs}) == 80
    assert len({filename for filename, _ in resumes}) == len({content for _, content in resumes}) == 120


def test_both_languages_are_there():
    assert Counter(is_chinese(job.title + job.description) for job in demo.jobs()) == {True: 45, False: 35}
    assert Counter(is_chinese(content.decode()) for _, content in demo.resumes()) == {True: 70, False: 50}


def test_every_record_is_marked():
    assert all(record.demo for record in demo.companies() + demo.jobs())


def test_every_job_belongs_to_a_demo_company_and_every_company_offers_one():
    assert {job.company for job in demo.jobs()} == {company.name for company in demo.companies()}


def test_job_texts_are_no_copies_of_one_another():
    """No sentence of some length stands in two jobs."""
    lines = Counter(
        line.strip()
        for job in demo.jobs()
        for line in re.split(r"[\n。；;]", job.description)
        if len(line.strip()) > 16
    )
    assert [line for line, count in lines.items() if count > 1] == []
    assert min(len(job.description) for job in demo.jobs()) > 100


def test_the_same_resumes_are_made_everywhere():
    dice = Dice("demo")
    assert [dice.below(1000) for _ in range(5)] == [985, 63, 426, 537, 17]
    assert demo.resumes() == demo.resumes()


def test_some_takes_each_once():
    assert sorted(Dice("x").some(99, "abcdef")) == list("abcdef")
    assert Dice("x").some(2, "") == []
    assert len(set(Dice("y").some(3, range(10)))) == 3


@pytest.mark.parametrize(("language", "person"), PEOPLE, ids=lambda value: getattr(value, "email", value))
def test_a_life_is_consistent(language, person):
    positions, degrees = person.positions, person.degrees
    months = [(held.began, held.ended or (9999, 1)) for held in positions]
    assert all(began < ended for began, ended in months)
    assert all(later[0] > earlier[1] for later, earlier in pairwise(months))
    assert all(held.ended is None or held.ended <= NOW for held in positions)
    assert all(held.ended is not None for held in positions[1:])
    assert positions[-1].began >= (degrees[0].ended, 6)
    assert all(degree.began < degree.ended for degree in degrees)
    duties = [duty for held in positions for duty in held.duties]
    assert len(duties) == len(set(duties)) >= 2
    assert all(held.duties for held in positions)
    assert not any(mark in duty for duty in duties for mark in "{}+")
    assert len(person.skills) == len(set(person.skills)) >= 5


@pytest.mark.parametrize(("filename", "content"), [*demo.resumes(), *demo.samples()[:1]], ids=lambda v: str(v)[:20])
def test_nobody_can_be_reached(filename, content):
    text = content.decode()
    assert set(EMAIL.findall(text)) <= {"example.com", "example.org", "example.net"}
    (phone,) = re.findall(r"138 0000 0\d{3}|\(\d{3}\) 555-01\d\d|\+44 20 7946 0\d{3}", text)
    assert not re.search(r"\d{9,}", re.sub(r"[ ()-]", "", text.replace(phone, "").replace("\n", "|"))), filename


def test_people_can_be_told_apart():
    for language in ("zh", "en"):
        people = [person for spoken, person in PEOPLE if spoken == language]
        assert len({person.email for person in people}) == len(people)
        assert len({person.phone for person in people}) == len(people)
    assert len({person.name for _, person in PEOPLE}) == 120


def test_at_least_ten_occupations_in_each_language():
    for language, least in (("zh", 14), ("en", 13)):
        assert len(table(f"occupations-{language}")["occupation"]) == least


def test_the_word_document_is_written_again_as_it_is(tmp_path):
    write(TEXT.read_text(encoding="utf-8"), tmp_path / "again.docx")
    with ZipFile(tmp_path / "again.docx") as again, ZipFile(DOCUMENT) as kept:
        assert {name: again.read(name) for name in again.namelist()} == {n: kept.read(n) for n in kept.namelist()}


def test_the_word_document_says_what_its_text_says():
    samples = dict(demo.samples())
    assert sorted(samples) == ["resume-en.txt", "resume-zh.docx"]
    read = read_document(samples["resume-zh.docx"], "resume-zh.docx").text
    told = [text for _, text in paragraphs(TEXT.read_text(encoding="utf-8"))]
    assert read.split() == "\n".join(told).split()

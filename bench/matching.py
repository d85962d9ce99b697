"""One person against 10,000 jobs and one job against 10,000 people: ``python bench/matching.py [--count 10000]``.

Aim: p95 ≤ 200 ms for either, in one process on one core, the best 20 put into words with their evidence. Jobs and
people are invented from the taxonomy: each of an occupation, with skills mostly of one domain; texts are Chinese or
English. Cold build is what a process does at its first request: rows as they are kept to an index that answers.
"""

import argparse
import random
import resource
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import orjson

from looma.contracts.matching import Weights
from looma.contracts.resume import Parsed, ReadText, Skill, Span, Title, Work
from looma.services.matching import needs, person
from looma.services.matching.criteria import JobReading, asks_of, job_text
from looma.services.matching.job_index import JobEntry, JobIndex
from looma.services.matching.matches import Candidate
from looma.services.matching.people_index import PeopleIndex, PersonEntry
from looma.services.matching.person import person_of
from looma.services.matching.vectors import packed
from looma.services.resume.skills import find_skills
from looma.services.resume.taxonomy import load_skills, load_titles
from looma.services.resume.titles import occupation_of
from machine import describe, spread

TODAY = date(2025, 6, 1)
MONTH = TODAY.year * 12 + TODAY.month
DIMENSIONS = 512
SHOWN = 20
chance = random.Random(7)  # noqa: S311 - invented data


def domains() -> list[list[str]]:
    """Concepts by their top domain, those with enough."""
    graph = load_skills()
    found: dict[str, list[str]] = {}
    for concept in graph.concepts.values():
        above = graph.broader(concept.id)
        if above and concept.kind != "soft":
            found.setdefault(above[-1], []).append(concept.id)
    return [concepts for concepts in found.values() if len(concepts) >= 12]


def occupations() -> list[str]:
    """Occupations, without the families."""
    return [concept.id for concept in load_titles().concepts.values() if not concept.id.startswith("family-")]


def vector() -> bytes:
    """A direction drawn at random."""
    row = np.array([chance.gauss(0, 1) for _ in range(DIMENSIONS)])
    return packed((row / np.linalg.norm(row)).astype(np.float32))


def job(fields: list[list[str]], titles: list[str]) -> tuple[str, str]:
    """Title and description of an invented job."""
    graph, zh = load_skills(), chance.random() < 0.5
    names = [graph.concepts[c].zh if zh else graph.concepts[c].en for c in chance.sample(chance.choice(fields), 10)]
    occupation = load_titles().concepts[chance.choice(titles)]
    years = chance.choice([1, 3, 5, 8])
    if zh:
        asked = "；\n".join(f"{n}、熟悉{name}" for n, name in enumerate(names[:7], 1))
        text = f"岗位职责：\n负责{names[7]}和{names[8]}\n任职要求：\n{asked}；\n本科及以上，{years}年以上工作经验"
        return occupation.zh, f"{text}；{names[9]}优先"
    asked = "\n".join(f"- Experience with {name}" for name in names[:7])
    text = f"Responsibilities\n- {names[7]} and {names[8]}\nRequirements\n{asked}"
    return occupation.en, f"{text}\n- Bachelor's degree, {years}+ years of experience\n- {names[9]} is a plus"


def read(title: str, description: str) -> tuple[needs.Ask, ...]:
    """What the job asks for."""
    found = ReadText(skills=find_skills(job_text(title, description)), title=occupation_of(title))
    return tuple(asks_of(JobReading(title, description, found, (chance.choice(["上海", "北京", "深圳", "杭州"]),))))


def resume(fields: list[list[str]], titles: list[str]) -> Parsed:
    """What an invented résumé says: 30 skills, three positions."""
    graph = load_skills()
    chosen = chance.sample(chance.choice(fields), 12) + chance.sample(sorted(graph.concepts), 18)
    held = chance.sample(titles, 3)
    lines = [load_titles().concepts[one].en for one in held] + [graph.concepts[c].en for c in chosen]
    text, spans = "\n".join(lines), []
    for line in lines:
        start = spans[-1].end + 1 if spans else 0
        spans.append(Span(start=start, end=start + len(line)))
    skills = [
        Skill(concept_id=c, name=graph.concepts[c].en, kind=graph.concepts[c].kind, broader=list(graph.broader(c)),
              years=chance.choice([None, 1, 2.5, 4, 7]), last_used=chance.choice([None, "2016-05", "2023", "2025-06"]),
              spans=[spans[3 + n]])
        for n, c in enumerate(chosen)
    ]  # fmt: skip
    work = [
        Work(title=lines[n], title_concept=one, began=f"{2013 + 4 * n}-01", ended=f"{2017 + 4 * n}-01",
             passage_start=spans[n].start, passage_end=spans[n].end)
        for n, one in enumerate(held)
    ]  # fmt: skip
    named = [
        Title(
            text=lines[n],
            concept_id=one,
            broader=list(load_titles().broader(one)),
            start=spans[n].start,
            end=spans[n].end,
        )
        for n, one in enumerate(held)
    ]
    return Parsed(text=text, language="en", source="text", work=work, titles=named, skills=skills, years_total=12)


def timed(times: int, work: Callable[[], Any]) -> list[float]:
    """Seconds of each of the calls, after one that is not counted."""
    work()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return taken


def measure(count: int, times: int) -> None:
    """Print the figures."""
    fields, titles = domains(), occupations()
    texts = [job(fields, titles) for _ in range(count)]
    began = time.perf_counter()
    asked = [read(*text) for text in texts]
    print(f"reading {count} job texts            {(time.perf_counter() - began) / count * 1000:.2f} ms each")
    vectors = [vector() for _ in range(min(count, 1000))]
    jobs = _jobs(asked, vectors)
    resumes = [resume(fields, titles) for _ in range(min(count, 2000))]
    people = _people(resumes, vectors, count)
    candidates = [_candidate(resume(fields, titles)) for _ in range(50)]

    def one_person() -> None:
        someone = chance.choice(candidates)
        for one in jobs.rank(someone.person, someone.vector, SHOWN):
            entry = jobs.entries[one.position]
            someone.match(asked[one.position], entry.vector, Weights())

    def one_job() -> None:
        asks, title = chance.choice(asked), chance.choice(vectors)
        for one in people.rank(asks, Weights(), title, SHOWN):
            someone = Candidate(
                resumes[one.position % len(resumes)],
                people.entries[one.position].person,
                MONTH,
                people.entries[one.position].vector,
                "zh-CN",
            )
            someone.match(asks, title, Weights())

    print(f"one person, {count} jobs, {SHOWN} explained {spread(timed(times, one_person))}")
    print(f"one job, {count} people, {SHOWN} explained {spread(timed(times, one_job))}")


def _jobs(asked: list[tuple[needs.Ask, ...]], vectors: list[bytes]) -> JobIndex:
    rows = [orjson.dumps([needs.to_json(ask) for ask in asks]) for asks in asked]
    before, began = _resident(), time.perf_counter()
    entries = [
        JobEntry(
            (f"{n:06}", 0),
            tuple(needs.from_json(ask, with_evidence=False) for ask in orjson.loads(row)),
            vectors[n % len(vectors)],
        )
        for n, row in enumerate(rows)
    ]
    parsed = time.perf_counter()
    index = JobIndex(entries, Weights())
    index.rank(person.Person(), vectors[0], SHOWN)
    _told("jobs", len(rows), began, parsed, before)
    return index


def _people(parsed_: list[Parsed], vectors: list[bytes], count: int) -> PeopleIndex:
    rows = [orjson.dumps(person.to_json(person_of(one, MONTH))) for one in parsed_]
    before, began = _resident(), time.perf_counter()
    entries = [
        PersonEntry(f"{n:06}", person.from_json(orjson.loads(rows[n % len(rows)])), vectors[n % len(vectors)])
        for n in range(count)
    ]
    parsed = time.perf_counter()
    index = PeopleIndex(entries)
    index.rank((needs.Ask(needs.Need("meaning"), "nice", 1000, ""),), Weights(), vectors[0], SHOWN)
    _told("people", count, began, parsed, before)
    return index


def _told(what: str, count: int, began: float, parsed: float, before: float) -> None:
    done = time.perf_counter()
    memory = _resident() - before
    print(
        f"cold build of {count} {what:6}          {done - began:.2f} s"
        f" ({parsed - began:.2f} s rows, {done - parsed:.2f} s index), {memory:.0f} MB"
    )


def _candidate(parsed: Parsed) -> Candidate:
    return Candidate(parsed, person_of(parsed, MONTH), MONTH, vector(), "en")


def _resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=10_000, help="jobs, and people")
    options.add_argument("--times", type=int, default=100, help="measured calls")
    chosen = options.parse_args()
    print(describe())
    measure(chosen.count, chosen.times)

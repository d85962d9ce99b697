"""Job and résumé texts read by the résumé service's own functions, as its operations would."""

from dataclasses import fields
from datetime import date
from functools import cache

from looma.contracts.matching import Weights
from looma.contracts.resume import Parsed, ReadText
from looma.services.matching.criteria import JobReading, asks_of, job_text
from looma.services.matching.matches import Candidate
from looma.services.matching.person import person_of
from looma.services.resume.facts.reading import read_facts
from looma.services.resume.skills import find_skills
from looma.services.resume.titles import occupation_of

TODAY = date(2025, 6, 1)
MONTH = TODAY.year * 12 + TODAY.month


@cache
def resume(text):
    """What a résumé says."""
    read = read_facts(text, None, [], TODAY)
    return Parsed(text=text, source="text", **{field.name: getattr(read, field.name) for field in fields(read)})


@cache
def asks(title, description, places=()):
    """What a job asks for."""
    read = ReadText(skills=find_skills(job_text(title, description)), title=occupation_of(title))
    return tuple(asks_of(JobReading(title, description, read, tuple(places))))


def candidate(text, vector=None, language="en"):
    """A person as their résumé describes them."""
    parsed = resume(text)
    return Candidate(parsed, person_of(parsed, MONTH), MONTH, vector, language)


def match(resume_text, job, language="en", weights=None):
    """The match of a résumé and a job (title, description)."""
    return candidate(resume_text, language=language).match(asks(*job), None, weights or Weights())

"""The records of the CRM as documents: what a reader sees of them, and what they are filtered by. Pure.

Contact values are no part of it, unless the text of the résumé holds them, which its reader sees anyway.
"""

from collections.abc import Iterable

from looma.contracts.crm import Company, Job, Talent
from looma.contracts.resume import Parsed, StoredResume
from looma.contracts.vector import MAX_TEXT

from .documents import Draft
from .languages import language_of

_TITLE = 1_000


def of_talent(talent: Talent, resume: StoredResume | None) -> Draft:
    """A person by name and position, with the whole résumé, and the skills and places under their common names."""
    if talent.archived:
        return gone(talent.id, talent.version)
    parsed = resume.parsed if resume else None
    skills = [skill.name for skill in parsed.skills] if parsed else []
    text = _lines([parsed.text if parsed else None, ", ".join(skills), talent.location, ", ".join(talent.tags)])
    terms: dict[str, list[str]] = {
        "status": [talent.status],
        "location": _known([talent.location]),
        "tags": talent.tags,
        "skills": list(dict.fromkeys(skills)),
        "titles": _titles(parsed),
    }
    return _draft(talent, [talent.name, talent.headline], text, terms)


def of_job(job: Job) -> Draft:
    """A job by its title and description, with company and place."""
    if job.archived:
        return gone(job.id, job.version)
    terms: dict[str, list[str]] = {
        "status": [job.status],
        "location": _known([job.location]),
        "company_id": _known([job.company_id]),
    }
    return _draft(job, [job.title], _lines([job.description, job.company, job.location]), terms)


def of_company(company: Company) -> Draft:
    """A company by its name and what is noted of it."""
    if company.archived:
        return gone(company.id, company.version)
    terms = {"location": _known([company.location]), "industry": _known([company.industry])}
    return _draft(company, [company.name], _lines([company.industry, company.location, company.note]), terms)


def gone(record_id: str, version: int) -> Draft:
    """A record that is not to be found: archived, or no more."""
    return Draft(record_id, version=version, live=False)


def _draft(
    record: Talent | Job | Company, titles: Iterable[str | None], text: str, terms: dict[str, list[str]]
) -> Draft:
    title = " · ".join(_known(titles))[:_TITLE]
    language = language_of(text or title)
    kept = {name: list(dict.fromkeys(words)) for name, words in terms.items() if words} | {"language": [language]}
    return Draft(record.id, title, text[:MAX_TEXT], language, kept, version=record.version)


def _titles(parsed: Parsed | None) -> list[str]:
    return _known(" ".join(title.text.split()) for title in parsed.titles) if parsed else []


def _lines(parts: Iterable[str | None]) -> str:
    return "\n".join(_known(parts))


def _known(parts: Iterable[str | None]) -> list[str]:
    return [part for part in parts if part and part.strip()]

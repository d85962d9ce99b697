"""Demo data: invented companies, jobs and people in Chinese and English, each record marked as demo.

Nobody and nothing here exists. Addresses lie under names reserved for examples (RFC 2606), telephone numbers in ranges
reserved for fiction (NANPA 555-01xx, Ofcom 020 7946 0xxx) or, where a country reserves none, in a run of plain zeros.
"""

from functools import cache
from importlib.resources import files

from looma.contracts.crm import CrmAPI, NewCompany, NewJob

from . import chinese_page, english_page
from .people import invented
from .records import table
from .seeding import Planting, Progress, Seeded

__all__ = ["Seeded", "companies", "jobs", "resumes", "samples", "seed"]

CHINESE, ENGLISH = 70, 50


@cache
def _companies() -> tuple[NewCompany, ...]:
    return tuple(NewCompany(demo=True, **row) for row in table("companies")["company"])


@cache
def _jobs() -> tuple[NewJob, ...]:
    rows = [row for language in ("zh", "en") for row in table(f"jobs-{language}")["job"]]
    return tuple(NewJob(demo=True, **{**row, "description": row["description"].strip()}) for row in rows)


def companies() -> list[NewCompany]:
    """40 companies."""
    return list(_companies())


def jobs() -> list[NewJob]:
    """80 jobs of these companies: 45 in Chinese, 35 in English."""
    return list(_jobs())


@cache
def _resumes() -> tuple[tuple[str, bytes], ...]:
    chinese = [(f"{p.name}-{p.title}.txt", chinese_page.written(p)) for p in invented("zh", CHINESE)]
    english = [(f"{p.name} - {p.title}.txt", english_page.written(p)) for p in invented("en", ENGLISH)]
    return tuple((filename, text.encode()) for filename, text in chinese + english)


def resumes() -> list[tuple[str, bytes]]:
    """120 résumés as (filename, text in UTF-8): 70 in Chinese, 50 in English, the same ones at every call."""
    return list(_resumes())


def samples() -> list[tuple[str, bytes]]:
    """The two résumés of the quick start as (filename, bytes), one in Chinese and one in English."""
    folder = files(__name__).joinpath("samples")
    return sorted((file.name, file.read_bytes()) for file in folder.iterdir() if not file.name.startswith((".", "_")))


async def seed(crm: CrmAPI, progress: Progress = lambda _done, _total: None) -> Seeded:
    """Make the demo data in the caller's organisation; what an earlier seed made stays as it is, changed or archived.

    `progress` is told how many of how many records are done. Breaking off loses nothing: the next seed goes on.
    """
    return await Planting(companies(), jobs(), resumes()).into(crm, progress)

"""Planting the demo data through the CRM's contract, here or over HTTP; planting it twice doubles nothing."""

import asyncio
import hashlib
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from looma.contracts.crm import CompanyExists, CrmAPI, KeyReused, NewCompany, NewJob
from looma.platform import context
from looma.platform.contract import Upload

AT_ONCE = 4
"""Requests under way at a time: enough to keep readers and writer busy, too few to crowd out anybody else."""

Progress = Callable[[int, int], None]
Create = Callable[[], Coroutine[Any, Any, str]]
"""Asks for a record and gives its id."""


@dataclass(frozen=True)
class Seeded:
    """How many demo records are there now, and how many of them this call has made."""

    companies: int
    jobs: int
    talents: int
    new: int


@dataclass(frozen=True)
class Planting:
    """What is to be planted; `resumes` as (filename, content)."""

    companies: Sequence[NewCompany]
    jobs: Sequence[NewJob]
    resumes: Sequence[tuple[str, bytes]]

    async def into(self, crm: CrmAPI, progress: Progress) -> Seeded:
        """Make all of it in the caller's organisation, companies first."""
        before, total, ids = await _newest(crm), len(self.companies) + len(self.jobs) + len(self.resumes), []
        for kind, creates in self._creates(crm):
            for at in range(0, len(creates), AT_ONCE):
                batch = [_planted(kind, *one) for one in creates[at : at + AT_ONCE]]
                told = await asyncio.gather(*batch, return_exceptions=True)  # none is left behind when one fails
                ids += [_id(one) for one in told]
                progress(len(ids), total)
        new = sum(planted is not None and planted > before for planted in ids)
        return Seeded(len(self.companies), len(self.jobs), len(self.resumes), new)

    def _creates(self, crm: CrmAPI) -> Iterator[tuple[str, list[tuple[str, Create]]]]:
        yield "company", [(one.name, partial(_company, crm, one)) for one in self.companies]
        yield "job", [(f"{one.company} {one.title}", partial(_job, crm, one)) for one in self.jobs]
        yield "talent", [(filename, partial(_talent, crm, filename, text)) for filename, text in self.resumes]


async def _company(crm: CrmAPI, company: NewCompany) -> str:
    return (await crm.create_company(company)).id


async def _job(crm: CrmAPI, job: NewJob) -> str:
    return (await crm.create_job(job)).id


async def _talent(crm: CrmAPI, filename: str, content: bytes) -> str:
    upload = Upload(filename=filename, media_type="text/plain", data=content)
    return (await crm.create_talent_from_resume(upload, demo=True)).talent_id


async def _planted(kind: str, name: str, create: Create) -> str | None:
    """The id of the record; None where an earlier version of the demo data, or somebody, has made the like."""
    key = f"demo/{kind}/{hashlib.sha256(name.encode()).hexdigest()[:24]}"  # a header holds no Chinese
    with context.acting(context.caller(), idempotency_key=key):
        try:
            return await create()
        except (CompanyExists, KeyReused):
            return None


def _id(told: str | BaseException | None) -> str | None:
    if isinstance(told, BaseException):
        raise told
    return told


async def _newest(crm: CrmAPI) -> str:
    """The greatest id of any record; ids rise with time, so that every greater one is new."""
    pages = [
        await listed(archived=archived, limit=1)
        for listed in (crm.list_companies, crm.list_jobs, crm.list_talents)
        for archived in (False, True)
    ]
    return max((record.id for page in pages for record in page.items), default="")

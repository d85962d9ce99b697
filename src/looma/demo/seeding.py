"""Planting the demo data through the CRM's contract, here or over HTTP; planting it twice doubles nothing."""

import asyncio
import hashlib
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from looma.contracts.crm import CompanyExists, CrmAPI, KeyReused, NewCompany, NewJob
from looma.platform import context
from looma.platform.contract import Page, Upload

AT_ONCE = 4
"""Requests under way at a time: enough to keep readers and writer busy, too few to crowd out anybody else."""

Progress = Callable[[int, int], None]
Create = Callable[[], Coroutine[Any, Any, str]]
"""Asks for a record and gives its id."""
Listed = Callable[..., Coroutine[Any, Any, Page[Any]]]


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
        """Make all of it in the caller's organisation, companies first; a kind that is there already is left alone."""
        before, total, done = await _counts(crm), len(self.companies) + len(self.jobs) + len(self.resumes), 0
        for kind, creates in self._creates(crm):
            for at in range(0, len(creates), AT_ONCE):
                batch = creates[at : at + AT_ONCE]
                if before[kind] < len(creates):
                    told = await asyncio.gather(*(_planted(kind, *one) for one in batch), return_exceptions=True)
                    _raise_first(told)  # none is left behind when one fails
                done += len(batch)
                progress(done, total)
        new = sum((await _counts(crm)).values()) - sum(before.values())
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


async def _planted(kind: str, name: str, create: Create) -> None:
    """Make the record, unless an earlier version of the demo data, or somebody, has made the like."""
    key = f"demo/{kind}/{hashlib.sha256(name.encode()).hexdigest()[:24]}"  # a header holds no Chinese
    with context.acting(context.caller(), idempotency_key=key), suppress(CompanyExists, KeyReused):
        await create()


def _raise_first(told: Sequence[str | BaseException | None]) -> None:
    for one in told:
        if isinstance(one, BaseException):
            raise one


async def _counts(crm: CrmAPI) -> dict[str, int]:
    """How many demo records there are of each kind, those that were put away included."""
    lists: dict[str, Listed] = {"company": crm.list_companies, "job": crm.list_jobs, "talent": crm.list_talents}
    return {kind: await _count(listed) for kind, listed in lists.items()}


async def _count(listed: Listed) -> int:
    count = 0
    for archived in (False, True):
        cursor: str | None = None
        while True:
            page = await listed(archived=archived, cursor=cursor, limit=200)
            count += sum(record.demo for record in page.items)
            if (cursor := page.next_cursor) is None:
                break
    return count

"""The CRM on a real database, reached together (in this process) and apart (behind its own port)."""

import socket
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from looma.contracts.crm import CrmAPI
from looma.contracts.resume import Fact, FactKind, Parsed, ResumeAPI, Skill, Span
from looma.platform import context
from looma.platform.clock import Uuid7, utc_now
from looma.platform.contract import Upload
from looma.platform.credentials import Credentials
from looma.platform.edge import EdgeParts, application
from looma.platform.errors import Unavailable
from looma.platform.listening import listening
from looma.platform.peers import local, stand_in
from looma.platform.settings import HttpSettings
from looma.platform.signing import CallerSeal
from looma.platform.stores import UnifiedDataAccess
from looma.platform.stores.cache import open_cache
from looma.platform.stores.files import open_files
from looma.platform.stores.sql import open_sql
from looma.platform.wire import Wire
from looma.services.crm.service import CrmService

SEAL = CallerSeal(b"k" * 32)
OWNER = context.LOCAL_OWNER
STRANGER = context.Caller(org="elsewhere", user="otto", roles=frozenset({"owner"}))


class Ticking:
    """A clock that moves by one second each time it is looked at."""

    def __init__(self):
        self.now = datetime(2025, 3, 1, 8, 0, tzinfo=UTC)

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now


class LineReader:
    """Reads résumés whose lines say ``kind value``; a file that says ``ocr`` is a picture, ``down`` ends the peer.

    ``worked 6`` tells years of work, ``knows Python,2.5,3`` a skill with its years and how often it is named.
    """

    def __init__(self):
        self.calls = 0

    async def parse(self, file: Upload) -> Parsed:
        self.calls += 1
        text = file.data.decode()
        if text == "down":
            raise Unavailable(what="resume-service")
        if text == "ocr":
            return Parsed(text="", language="zh", source="image", needs="ocr")
        told = dict(line.partition(" ")[::2] for line in text.splitlines())
        years = float(told["worked"]) if "worked" in told else None
        return Parsed(
            text=text,
            language="zh",
            source="text",
            facts=list(facts_in(text)),
            skills=list(skills_in(text)),
            years_total=years,
        )


def facts_in(text):
    """The facts of a text of ``kind value`` lines; lines of other kinds say nothing."""
    at = 0
    for line in text.splitlines(keepends=True):
        kind, _, value = line.strip("\n").partition(" ")
        if kind in set(FactKind):
            start = at + len(kind) + 1
            yield Fact(kind=kind, value=value, start=start, end=start + len(value), method="rule:line", confidence=0.9)
        at += len(line)


def skills_in(text):
    """The skills of a text of ``kind value`` lines."""
    for line in text.splitlines():
        kind, _, value = line.partition(" ")
        if kind == "knows":
            name, years, times = value.split(",")
            spans = [Span(start=0, end=len(name)) for _ in range(int(times))]
            concept = f"skill:{name.lower()}"
            yield Skill(concept_id=concept, name=name, kind="skill", years=float(years) if years else None, spans=spans)


@dataclass
class Desk:
    """What a test works with."""

    crm: CrmAPI
    data: UnifiedDataAccess
    reader: LineReader

    async def count(self, table, **where):
        """How many rows of a table there are."""
        from sqlalchemy import func, select

        chosen = select(func.count().label("n")).select_from(table)
        for name, value in where.items():
            chosen = chosen.where(table.c[name] == value)
        return (await self.data.sql.fetch_one(chosen))["n"]


@pytest.fixture
async def data(tmp_path):
    """Real stores in a folder of the test."""
    stores = UnifiedDataAccess(
        open_sql(f"sqlite:///{tmp_path / 'looma.db'}"), open_files(f"file:{tmp_path / 'files'}"), open_cache("memory:")
    )
    await stores.initialize()
    yield stores
    await stores.close()


@pytest.fixture
def reader():
    """The fake résumé service."""
    return LineReader()


@pytest.fixture
def service(data, reader):
    """The service itself."""
    resumes = stand_in(ResumeAPI, lambda op: getattr(reader, op.name, None))
    return CrmService(data, resumes, Ticking(), Uuid7())


@pytest.fixture(params=["together", "apart"])
async def desk(request, service, data, reader):
    """The CRM, both ways, with the owner of the local organisation calling."""
    with context.acting(OWNER):
        if request.param == "together":
            yield Desk(local(CrmAPI, lambda: service), data, reader)
            return
        at = socket.create_server(("127.0.0.1", 0))
        parts = EdgeParts(HttpSettings(), Credentials(SEAL, None), utc_now, Uuid7())
        async with listening(application(service, parts), at), Wire(SEAL) as wire:
            yield Desk(wire.remote(CrmAPI, f"http://127.0.0.1:{at.getsockname()[1]}"), data, reader)


@pytest.fixture
async def crm(desk):
    """The contract alone."""
    return desk.crm


def resume(*lines, filename="简历.txt"):
    """A résumé that the line reader understands."""
    return Upload(filename=filename, media_type="text/plain", data="\n".join(lines).encode())

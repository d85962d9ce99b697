"""Matching on a real database, with the real CRM; texts are read in this process, titles embedded by their words."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pytest

from looma.contracts.crm import CrmAPI
from looma.contracts.matching import MatchingAPI
from looma.contracts.resume import Parsed, ReadText, ReadTexts, ResumeAPI, StoredResume, StoredResumes
from looma.platform import context
from looma.platform.clock import Uuid7
from looma.platform.errors import Unavailable
from looma.platform.peers import local, stand_in
from looma.platform.service import Platform
from looma.platform.settings import Settings
from looma.platform.stores import UnifiedDataAccess
from looma.platform.stores.cache import open_cache
from looma.platform.stores.files import open_files
from looma.platform.stores.sql import open_sql
from looma.platform.workers import Workers
from looma.services.crm.service import CrmService
from looma.services.matching.service import MatchingService
from looma.services.resume import resumes
from looma.services.resume.skills import find_skills
from looma.services.resume.titles import occupation_of

from .reading import resume

NOW = datetime(2025, 6, 1, 8, tzinfo=UTC)
STRANGER = context.Caller(org="elsewhere", user="otto", roles=frozenset({"owner"}))


class WordEmbedder:
    """Texts that share characters are alike; counts what it is asked for; can be `down`, or so after `left` calls."""

    model, dimensions = "words-1", 64

    def __init__(self):
        self.asked, self.down, self.left = [], False, None

    async def embed(self, texts):
        if self.down or self.left == 0:
            raise Unavailable(what="embedder")
        if self.left:
            self.left -= 1
        self.asked += texts
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for character in text.lower():
                row[hashlib.sha256(character.encode()).digest()[0] % self.dimensions] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class ResumesInProcess:
    """What the résumé service answers, without its worker processes."""

    def __init__(self, sql):
        self._sql, self.batches, self.down = sql, [], False

    async def parse(self, file=None, request=None) -> Parsed:
        return resume(request.text if request else file.data.decode())

    async def read_texts(self, request) -> ReadTexts:
        if self.down:
            raise Unavailable(what="resume-service")
        self.batches.append(len(request.texts))
        pairs = zip(request.texts, request.titles, strict=True)
        return ReadTexts(results=[ReadText(skills=find_skills(x), title=occupation_of(t)) for x, t in pairs])

    async def extract_skills(self, request):
        from looma.contracts.resume import ExtractedSkills

        return ExtractedSkills(skills=find_skills(request.text))

    async def current_resumes(self, request) -> StoredResumes:
        if self.down:
            raise Unavailable(what="resume-service")
        return StoredResumes(resumes=await resumes.current(self._sql, context.caller().org, request.talent_ids))

    async def get_resume(self, resume_id) -> StoredResume:
        return await resumes.one(self._sql, context.caller().org, resume_id)


@dataclass
class Desk:
    """What a test works with. `matching` and `other` reach two `services` on the same stores."""

    services: list[MatchingService]
    matching: MatchingAPI
    other: MatchingAPI
    crm: CrmAPI
    data: UnifiedDataAccess
    reader: ResumesInProcess
    embedder: WordEmbedder


def platform(data, crm, reader, embedder):
    """A platform whose peers are the CRM and the reader in this process."""
    peers = {
        CrmAPI: local(CrmAPI, lambda: crm[0]),
        ResumeAPI: stand_in(ResumeAPI, lambda op: getattr(reader, op.name, None)),
    }
    return Platform(
        Settings(), data, peers.__getitem__, lambda: NOW, Uuid7(), Workers(1, memory_bytes=2**29), embedder, None, {}
    )


def unopened(tmp_path):
    """Stores that nobody has opened."""
    return UnifiedDataAccess(
        open_sql(f"sqlite:///{tmp_path / 'looma.db'}"), open_files(f"file:{tmp_path / 'files'}"), open_cache("memory:")
    )


@pytest.fixture
async def desk(tmp_path, owner):
    """Two matching services and the CRM over one set of stores; the owner is calling, in English."""
    data = unopened(tmp_path)
    await data.initialize()
    reader, embedder, crm = ResumesInProcess(data.sql), WordEmbedder(), []
    made = platform(data, crm, reader, embedder)
    crm.append(CrmService.build(made))
    services = [MatchingService(made, follow_every_s=None) for _ in range(2)]
    for service in services:
        await service.start()
    yield Desk(
        services,
        *(local(MatchingAPI, lambda s=s: s) for s in services),
        local(CrmAPI, lambda: crm[0]),
        data,
        reader,
        embedder,
    )
    for service in services:
        await service.stop()
    await data.close()


@pytest.fixture
def stateless(tmp_path, owner):
    """A matching service in a process that opened no store."""
    data = unopened(tmp_path)
    reader, embedder = ResumesInProcess(data.sql), WordEmbedder()
    service = MatchingService.build(platform(data, [None], reader, embedder))
    return Desk([service], local(MatchingAPI, lambda: service), None, None, data, reader, embedder)

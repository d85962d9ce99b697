"""Search on real stores, with the real CRM; texts are read in this process, embedded by their characters."""

import hashlib
import shutil
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from looma.contracts.crm import CrmAPI
from looma.contracts.resume import Fact, Parsed, ResumeAPI, StoredResumes
from looma.contracts.vector import VectorAPI
from looma.platform import context
from looma.platform.clock import Uuid7, utc_now
from looma.platform.errors import Unavailable
from looma.platform.peers import local, stand_in
from looma.platform.settings import Settings, StoreSettings
from looma.platform.stores import UnifiedDataAccess
from looma.services.crm.service import CrmService
from looma.services.resume import resumes
from looma.services.vector import service as vector_service
from looma.services.vector.service import VectorService
from tests.platform.stores.search_stores import NAMES, elastic, sweep
from tests.platform.stores.search_stores import PREFIX as OTHERS

PREFIX = f"{OTHERS}-vector"
STRANGER = context.Caller(org="elsewhere", user="otto", roles=frozenset({"owner"}))
SYSTEM = context.Caller(org="local", user="looma", scopes=frozenset({"system:maintain"}), kind="service")


class CharacterEmbedder:
    """Texts that share characters are alike; counts what it is asked for, and can be slow, out of reach or choke."""

    dimensions = 512

    def __init__(self, model="characters-1"):
        self.model, self.asked, self.down, self.chokes_on, self.slow = model, [], False, None, {}

    async def embed(self, texts):
        if self.down:
            raise Unavailable(what="embedder")
        if self.chokes_on and any(self.chokes_on in text for text in texts):
            raise ZeroDivisionError
        for text in self.slow.keys() & set(texts):
            await self.slow[text].wait()
        self.asked += texts
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for character in text.lower():
                row[_place_of(character)] += 1
        return np.round(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), 4)


@cache
def _place_of(character):
    return int.from_bytes(hashlib.sha256(character.encode()).digest()[:2]) % CharacterEmbedder.dimensions


class ResumesInProcess:
    """What the résumé service answers, without its worker processes."""

    def __init__(self, data):
        self._data, self.down = data, set()

    async def parse(self, file=None, request=None) -> Parsed:
        text = file.data.decode()
        end = text.index("\n")
        name = Fact(kind="name", value=text[:end], start=0, end=end, method="rule:line", confidence=0.9)
        return Parsed(text=text, language="zh", source="text", facts=[name])

    async def current_resumes(self, request) -> StoredResumes:
        if self.down & set(request.talent_ids):
            raise Unavailable(what="resume-service")
        found = await resumes.current(self._data.sql, context.caller().org, request.talent_ids)
        return StoredResumes(resumes=found)


@dataclass
class Desk:
    """What a test works with: a search service that follows the records when it is told to."""

    vector: VectorAPI
    crm: CrmAPI
    service: VectorService
    data: UnifiedDataAccess
    reader: ResumesInProcess
    embedder: CharacterEmbedder

    async def follow(self):
        """Take over what the outbox tells."""
        while change := await self.service.follower.turn():
            await self.service.indexer.reach(change)


@dataclass
class Platform:
    """What the services ask for."""

    settings: Settings
    data: UnifiedDataAccess
    embedder: CharacterEmbedder
    peers: dict
    clock: object = utc_now
    new_id: object = None
    workers: object = None

    def peer(self, contract):
        return self.peers[contract]


class Desks:
    """Opens desks on one data folder, one after another."""

    def __init__(self, folder, search=None):
        self._settings = StoreSettings(LOOMA_DATA=folder, ELASTICSEARCH_URL=search)
        self._search, self._open = search, None

    async def open(self, embedder=None):
        """A desk on what the folder holds; the one before is closed."""
        await self.close()
        data = UnifiedDataAccess.of(self._settings)
        await data.initialize()
        reader, peers = ResumesInProcess(data), {}
        made = Platform(Settings(), data, embedder or CharacterEmbedder(), peers, new_id=Uuid7())
        peers[ResumeAPI] = stand_in(ResumeAPI, lambda op: getattr(reader, op.name, None))
        crm = CrmService.build(made)
        peers[CrmAPI] = local(CrmAPI, lambda: crm)
        service = VectorService.build(made)
        await service.start()
        self._open = Desk(local(VectorAPI, lambda: service), peers[CrmAPI], service, data, reader, made.embedder)
        return self._open

    async def lose(self, family):
        """Without one of the indexes, while no desk is open."""
        if family == "search" and self._search:
            await sweep(PREFIX)
        else:
            shutil.rmtree(self._settings.data / family)

    def left(self, folder):
        """Desks on what a crash of this moment leaves: a copy of the folder, and the same server."""
        shutil.copytree(self._settings.data, folder)
        return Desks(folder, self._search)

    async def close(self):
        """Close the desk that is open."""
        if self._open is not None:
            await self._open.service.stop()
            await self._open.data.close()
            self._open = None


@pytest.fixture(params=NAMES)
async def desks(request, tmp_path, owner, monkeypatch):
    """Desks on one folder; the owner is calling, and nothing follows the records by itself."""
    monkeypatch.setattr(vector_service, "POLL_S", 3600)
    monkeypatch.setattr(vector_service, "RETRY_S", 3600)
    made = Desks(tmp_path / "data", elastic(PREFIX) if request.param == "elasticsearch" else None)
    yield made
    await made.close()
    if request.param == "elasticsearch":
        await sweep(PREFIX)


@pytest.fixture
async def desk(desks):
    """One desk."""
    return await desks.open()

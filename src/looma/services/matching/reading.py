"""Job texts read through the résumé service: what each asks for, and the vector of its title."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from looma.contracts.matching import JobText
from looma.contracts.resume import JobTexts, ReadText, ResumeAPI, TextLanguage
from looma.platform.ai import Embedder
from looma.platform.errors import Unavailable

from .criteria import JobReading, asks_of, job_text, language_of
from .needs import Ask
from .places import Places, place_label
from .turns import in_turns
from .vectors import digest_of, packed

AT_ONCE = 500
CHARACTERS_AT_ONCE = 2_000_000
"""Texts, and characters, that the résumé service is sent in one call."""
REMEMBERED = 2000
"""Texts whose reading is remembered: several résumés are often ranked over the same jobs."""
_NONE: Mapping[bytes, bytes] = MappingProxyType({})

_Key = tuple[str, str, str, str | None]


@dataclass(frozen=True)
class ReadJob:
    """What a job text asks for. `text` is what offsets count in."""

    text: str
    language: TextLanguage
    asks: tuple[Ask, ...]
    vector: bytes | None = None


class JobReader:
    """Reads job texts. What a text asks for depends on it alone, so readings are shared between organisations."""

    def __init__(self, resumes: ResumeAPI, embedder: Embedder, places: Places) -> None:
        self._resumes, self._embedder, self._places = resumes, embedder, places
        self._read: OrderedDict[_Key, ReadJob] = OrderedDict()
        self._reachable = False

    @property
    def model(self) -> str:
        """The model that vectors are of."""
        return self._embedder.model

    @property
    def reachable(self) -> bool:
        """Whether the model was there when it was last asked."""
        return self._reachable

    async def read(self, jobs: Sequence[JobText], known: Mapping[bytes, bytes] = _NONE) -> list[ReadJob]:
        """One reading for each job, in order; equal texts are read once. `known` are vectors as in `vectors`."""
        keys = [(self.model, job.title, job.description, job.location) for job in jobs]
        found = {key: self._read[key] for key in keys if key in self._read}
        fresh = {key: job for key, job in zip(keys, jobs, strict=True) if key not in found}
        for batch in _batches(list(fresh.values())):
            for job, read in zip(batch, await self._read_batch(batch), strict=True):
                found[self.model, job.title, job.description, job.location] = read
        vectors = await self.vectors([key[1] for key, read in found.items() if read.vector is None], known)
        mended = {key: replace(read, vector=vectors[key[1]]) for key, read in found.items() if key[1] in vectors}
        found |= mended
        self._remember({key: found[key] for key in (*fresh, *mended)})
        return [found[key] for key in keys]

    async def vectors(self, texts: Sequence[str], known: Mapping[bytes, bytes] = _NONE) -> dict[str, bytes]:
        """The vector of each text, equal texts embedded once; without the model, those that are `known` by digest."""
        there = {text: known[digest_of(text)] for text in set(texts) if digest_of(text) in known}
        distinct = sorted({text for text in texts if text and text not in there})
        if not distinct:
            return there
        try:
            rows = await self._embedder.embed(distinct)
        except Unavailable:
            self._reachable = False
            return there
        self._reachable = True
        return there | {text: packed(row) for text, row in zip(distinct, rows, strict=True)}

    async def _read_batch(self, jobs: Sequence[JobText]) -> list[ReadJob]:
        texts = [job_text(job.title, job.description)[:50_000] for job in jobs]
        asked = JobTexts(texts=texts, titles=[job.title for job in jobs])
        results = (await self._resumes.read_texts(asked)).results
        labels = [place_label(job) for job in jobs]
        keys = await self._places.keys(label for label in labels if label)
        found = []
        async for job, read, label in in_turns(zip(jobs, results, labels, strict=True)):
            found.append(_read(job, read, keys.get(label, ()) if label else (), label))
        return found

    def _remember(self, fresh: dict[_Key, ReadJob]) -> None:
        self._read.update(list(fresh.items())[-REMEMBERED:])
        while len(self._read) > REMEMBERED:
            self._read.popitem(last=False)


def _read(job: JobText, read: ReadText, places: tuple[str, ...], label: str | None) -> ReadJob:
    reading = JobReading(job.title, job.description, read, places, label)
    return ReadJob(reading.text, language_of(reading.text), tuple(asks_of(reading)))


def _batches(jobs: list[JobText]) -> Iterator[list[JobText]]:
    batch: list[JobText] = []
    size = 0
    for job in jobs:
        length = len(job.title) + len(job.description)
        if batch and (len(batch) == AT_ONCE or size + length > CHARACTERS_AT_ONCE):
            yield batch
            batch, size = [], 0
        batch.append(job)
        size += length
    if batch:
        yield batch

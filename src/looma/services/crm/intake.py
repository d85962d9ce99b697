"""Keeping a person as a résumé describes them: what is written, in one transaction."""

import hashlib
from dataclasses import dataclass
from typing import Any

from looma.contracts.crm import Duplicate, NewTalent, TalentFromResume
from looma.contracts.resume import Parsed
from looma.platform import context
from looma.platform.clock import Clock, NewId
from looma.platform.contract import Notice, Upload
from looma.platform.stores import FactRow, ResumeRow, TalentData, TalentRow
from looma.platform.stores.sql import Transaction
from looma.platform.stores.talents import TalentWriter

from . import profile
from .duplicates import Duplicates
from .idempotency import Asked, Keys, Made
from .talents import Talents


def asked(file: Upload, *, demo: bool) -> Asked:
    """The present request for `file`, under its idempotency key."""
    return Asked.now("create_talent_from_resume", f"{content_hash(file)} {demo} {file.filename}")


def content_hash(file: Upload) -> str:
    """SHA-256 of the bytes, hex."""
    return hashlib.sha256(file.data).hexdigest()


@dataclass(frozen=True)
class Document:
    """A résumé that was read and may be kept."""

    file: Upload
    file_key: str
    parsed: Parsed
    demo: bool

    @property
    def person(self) -> NewTalent:
        """Who it describes."""
        return profile.person(self.parsed, demo=self.demo)


class Intake:
    """Turns documents into people of the caller's organisation, in an open transaction."""

    def __init__(self, tx: Transaction, clock: Clock, new_id: NewId) -> None:
        self._tx, self._clock, self._new_id = tx, clock, new_id

    async def again(self, asked: Asked) -> TalentFromResume | None:
        """The answer that was given under the key already, with the person as they are now."""
        made = await Keys(self._tx, self._clock).made(asked)
        if made is None:
            return None
        talent = await Talents(self._tx, self._clock, self._new_id).get(made.record_id)
        return TalentFromResume.model_validate({"talent_id": talent.id, "talent": talent, **(made.outcome or {})})

    async def keep(self, asked: Asked, document: Document) -> TalentFromResume:
        """A new talent with résumé, facts, event and outbox entry, and who is probably the same person."""
        if (before := await self.again(asked)) is not None:
            return before
        person, resume_id, talent_id = document.person, self._new_id(), self._new_id()
        duplicates = await Duplicates(self._tx).of(content_hash(document.file), person.contacts)
        data = TalentData(_talent(talent_id, person), _resume(resume_id, document), _facts(document.parsed))
        await TalentWriter(self._tx, context.caller(), self._clock, self._new_id).save(data)
        outcome = _outcome(resume_id, duplicates, profile.notices(document.parsed, person))
        await Keys(self._tx, self._clock).keep(asked, Made(talent_id, outcome))
        talent = await Talents(self._tx, self._clock, self._new_id).get(talent_id)
        return TalentFromResume.model_validate({"talent_id": talent_id, "talent": talent, **outcome})


def _talent(talent_id: str, person: NewTalent) -> TalentRow:
    return TalentRow(id=talent_id, **person.model_dump())


def _resume(resume_id: str, document: Document) -> ResumeRow:
    return ResumeRow(
        id=resume_id,
        filename=document.file.filename,
        media_type=document.file.media_type,
        content_hash=content_hash(document.file),
        text=document.parsed.text,
        language=document.parsed.language,
        # the text has its own column, and the message of a notice is made anew in the reader's language
        parsed=document.parsed.model_dump(mode="json", exclude={"text": True, "warnings": {"__all__": {"message"}}}),
        file_key=document.file_key,
    )


def _facts(parsed: Parsed) -> tuple[FactRow, ...]:
    return tuple(FactRow(**fact.model_dump(mode="json"), sensitive=not profile.kept(fact)) for fact in parsed.facts)


def _outcome(resume_id: str, duplicates: list[Duplicate], warnings: list[Notice]) -> dict[str, Any]:
    return {
        "resume_id": resume_id,
        "duplicates": [duplicate.model_dump() for duplicate in duplicates],
        "warnings": [warning.model_dump(exclude={"message"}) for warning in warnings],
    }

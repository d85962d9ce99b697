"""From what a résumé says to what a talent shows. Pure."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from looma.contracts.crm import ContactValue, NewTalent
from looma.contracts.resume import SENSITIVE, Fact, FactKind, NeedsOcr, NotAResume, Parsed, Work
from looma.platform.contract import Notice

from .contacts import each_once
from .refusals import UNSTORABLE

TELLING = frozenset(
    {
        FactKind.NAME,
        FactKind.EMAIL,
        FactKind.PHONE,
        FactKind.LINK,
        FactKind.TITLE,
        FactKind.COMPANY,
        FactKind.SCHOOL,
        FactKind.DATE,
        FactKind.SKILL,
    }
)
"""A text with none of these is about nobody."""

_CONTACTS: Mapping[FactKind, str] = MappingProxyType(
    {FactKind.EMAIL: "email", FactKind.PHONE: "phone", FactKind.LINK: "link"}
)
MAX_CONTACTS = 50
MAX_LINE = 200


def keepable(parsed: Parsed) -> Parsed:
    """`parsed` as it may be kept: without facts about protected traits, and with nothing in it that no store can hold.

    Raises `NeedsOcr` for a picture of a text and `NotAResume` for a text that tells of nobody. What cannot be stored is
    replaced one for one, so that every range still points at its words.
    """
    if parsed.needs == "ocr":
        raise NeedsOcr
    told = any(fact.kind in TELLING for fact in parsed.facts)
    if not (told or parsed.work or parsed.education or parsed.titles or parsed.skills):
        raise NotAResume
    facts = [fact.model_copy(update={"value": _mended(fact.value)}) for fact in parsed.facts if kept(fact)]
    return parsed.model_copy(update={"text": _mended(parsed.text), "facts": facts})


def kept(fact: Fact) -> bool:
    """Whether a fact may be stored."""
    return fact.kind not in SENSITIVE


def person(parsed: Parsed, *, demo: bool) -> NewTalent:
    """The talent that a résumé describes; what it does not say is absent, never guessed."""
    return NewTalent(
        name=_best(parsed, FactKind.NAME),
        headline=_headline(parsed),
        location=_best(parsed, FactKind.LOCATION),
        contacts=contacts(parsed.facts),
        demo=demo,
    )


def contacts(facts: Iterable[Fact]) -> list[ContactValue]:
    """E-mail addresses, phones and links, in this order and each once."""
    found = [
        ContactValue.model_validate({"kind": kind, "value": fact.value.strip()[:500]})
        for wanted, kind in _CONTACTS.items()
        for fact in facts
        if fact.kind == wanted and fact.value.strip()
    ]
    return each_once(found)[:MAX_CONTACTS]


def notices(parsed: Parsed, talent: NewTalent) -> list[Notice]:
    """What the reader of the answer should know: the warnings of the reading, and what a person would be missed by."""
    mine = ["resume.no_name"] if talent.name is None else []
    mine += [] if talent.contacts else ["resume.no_contact"]
    said = {notice.code for notice in parsed.warnings}
    return [*parsed.warnings, *(Notice(code=code) for code in mine if code not in said)]


def _best(parsed: Parsed, kind: FactKind) -> str | None:
    """The most certain fact of a kind; the first of equals."""
    found = [fact for fact in parsed.facts if fact.kind == kind and fact.value.strip()]
    return max(found, key=lambda fact: fact.confidence).value.strip()[:MAX_LINE] if found else None


def _headline(parsed: Parsed) -> str | None:
    """The present position, else the last one, else the surest title."""
    titled = [work for work in parsed.work if work.title and work.title.strip()]
    if titled:
        return str(max(titled, key=_recency).title).strip()[:MAX_LINE]
    return _best(parsed, FactKind.TITLE)


def _recency(work: Work) -> tuple[bool, str, str]:
    return work.current, work.ended or "", work.began or ""


def _mended(text: str) -> str:
    return UNSTORABLE.sub("\ufffd", text)

"""What people change of a job's criteria, applied to what its text asks for: pure, and without touching the text.

A change holds by the id of its criterion, which is made of what is asked for. So it outlives every edit of the text
that still asks for the same thing; where the text does not, there is nothing to apply it to, and it is passed over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from looma.contracts.matching import CriterionChange, UnknownCriterion

from . import needs
from .needs import Ask
from .refusals import invalid

Change = Mapping[str, Any]
"""A change as it is kept: `id`, and of `level`, `weight` and `removed` what is otherwise than in the text."""


def check(changes: Sequence[CriterionChange], asks: Sequence[Ask]) -> None:
    """Return when each change is of another criterion of the job."""
    known, seen = {ask.id for ask in asks}, set[str]()
    for number, change in enumerate(changes):
        if change.id in seen:
            raise invalid("repeated", f"criteria.{number}.id")
        if change.id not in known:
            raise UnknownCriterion(criterion_id=change.id)
        seen.add(change.id)


def to_json(changes: Sequence[CriterionChange]) -> list[dict[str, Any]]:
    """The changes as they are kept; those that change nothing are left out."""
    kept = [change.model_dump(exclude_defaults=True) for change in changes]
    return [change for change in kept if len(change) > 1]


def edited(asks: Sequence[Ask], changes: Sequence[Change]) -> tuple[Ask, ...]:
    """All asks in their order, with the changes of those that are there."""
    wanted = {change["id"]: change for change in changes}
    return tuple(_edited(ask, wanted.get(ask.id)) for ask in asks) if wanted else tuple(asks)


def in_force(asks: Sequence[Ask], changes: Sequence[Change]) -> list[CriterionChange]:
    """The changes of what is asked for now, in the order in which they were put."""
    there = {ask.id for ask in asks}
    return [CriterionChange.model_validate(change) for change in changes if change["id"] in there]


def from_json(
    asks: Sequence[dict[str, Any]], changes: Sequence[Change], *, with_evidence: bool = True
) -> tuple[Ask, ...]:
    """The asks that were kept, with the changes."""
    return edited([needs.from_json(ask, with_evidence=with_evidence) for ask in asks], changes)


def _edited(ask: Ask, change: Change | None) -> Ask:
    if change is None:
        return ask
    weight = change.get("weight")
    return replace(
        ask,
        level=change.get("level", ask.level),
        weight=None if weight is None else round(weight * 100),
        edited="level" in change or weight is not None,
        removed=change.get("removed", False),
    )

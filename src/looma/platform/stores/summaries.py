"""What a list of people shows of their current résumés."""

import math
from collections.abc import Mapping
from typing import Any

SHOWN_SKILLS = 8
FOUND_SKILLS = 500
"""By how many skills a person is found at most."""

NOTHING: Mapping[str, Any] = {"years": None, "skills": [], "skill_key": None}
"""The summary of no résumé."""


def summary(parsed: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of a talent by what was read from the résumé; what is absent there is absent here."""
    skills = [skill for skill in parsed.get("skills") or [] if skill.get("name")]
    shown = sorted(skills, key=lambda skill: (-_years(skill.get("years"), -1.0), -len(skill.get("spans") or [])))
    return {
        "years": _years(parsed.get("years_total"), None),
        "skills": [skill["name"] for skill in shown[:SHOWN_SKILLS]],
        "skill_key": _skill_key(skills[:FOUND_SKILLS]),
    }


def skill_line(named: str) -> str:
    """What the `skill_key` of a person contains who has a skill of this name or concept."""
    return f"\n{' '.join(named.casefold().split())}\n"


def _skill_key(skills: list[Mapping[str, Any]]) -> str | None:
    names = (named for skill in skills for named in (skill["name"], skill.get("concept_id")) if named)
    # each line ends where the next one begins
    return "".join(skill_line(named).removesuffix("\n") for named in dict.fromkeys(names)) + "\n" if skills else None


def _years(told: Any, otherwise: float | None) -> Any:
    known = isinstance(told, int | float) and not isinstance(told, bool) and math.isfinite(told)
    return float(told) if known else otherwise

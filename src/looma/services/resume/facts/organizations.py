"""Companies, institutions and schools in a text, in Chinese and in English."""

import re
from collections.abc import Sequence

from .chinese_organizations import NamedOrganization, chinese_organizations
from .english_organizations import english_organizations
from .lines import folded
from .rows import Row, rows_of

_HAN = re.compile("[\u4e00-\u9fff]")

__all__ = ["NamedOrganization", "find_organizations"]


def find_organizations(
    text: str, walls: Sequence[tuple[int, int]] = (), rows: Sequence[Row] | None = None
) -> list[NamedOrganization]:
    """The organisations of a text that bear a telling word (有限公司, 大学, Inc, University …), in order and apart.

    No name reaches over one of the `walls` (passages such as dates and degrees) nor over the end of a row. Names that
    name nothing by themselves (公司, 本公司) are among them and marked `generic`.
    """
    blocked = sorted(walls)
    found = chinese_organizations(folded(text), blocked) if _HAN.search(text) else []
    found += english_organizations(rows_of(text) if rows is None else rows, blocked)
    found.sort(key=lambda organization: (organization.start, -organization.end))
    kept: list[NamedOrganization] = []
    for organization in found:
        if not kept or organization.start >= kept[-1].end:
            kept.append(organization)
    return kept

"""Keys of places, so that 北京, 北京市 and Beijing are one: the résumé service knows them."""

import re
from collections.abc import Iterable

from looma.contracts.matching import JobText
from looma.contracts.resume import FactKind, ParseText, ResumeAPI

from .sentences import sentences_of

REMEMBERED = 5000
"""Labels whose keys are remembered."""
_AT_ONCE = 200
_LONGEST = 100
_LABEL = re.compile(
    r"(?:工作地点|工作地址|上班地点|工作城市|办公地点|\b(?:job |work |office )?location)"
    r"\s{0,2}[:：]\s{0,3}(?P<place>.{2,60})",
    re.I,
)
_REMOTE = re.compile(r"远程|居家|全国|不限|\bremote\b|anywhere|worldwide", re.I)
_HAN = re.compile(r"[\u4e00-\u9fff]")


def place_label(job: JobText) -> str | None:
    """Where the work of a job is done, in its own words; None where it says nothing, or anywhere."""
    label = job.location
    if not label:
        for sentence in sentences_of(job.description):
            if named := _LABEL.match(job.description, sentence.start, sentence.end):
                label = named["place"]
                break
    words = " ".join((label or "").split())[:_LONGEST].strip(" 。.,，;；")
    return words if words and not _REMOTE.search(words) else None


class Places:
    """Looks labels up through the résumé service, many at once, and remembers them."""

    def __init__(self, resumes: ResumeAPI) -> None:
        self._resumes = resumes
        self._known: dict[str, tuple[str, ...]] = {}

    async def keys(self, labels: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The keys that each label names, sorted; a label that names no known place is its own key."""
        wanted = {" ".join(label.split())[:_LONGEST] for label in labels}
        unknown = sorted(label for label in wanted if label not in self._known)
        if len(self._known) + len(unknown) > REMEMBERED:
            self._known.clear()
            unknown = sorted(wanted)
        found: dict[str, tuple[str, ...]] = {}
        for at in range(0, len(unknown), _AT_ONCE):
            found |= await self._looked_up(unknown[at : at + _AT_ONCE])
        self._known |= dict(list(found.items())[:REMEMBERED])
        return {label: found.get(label) or self._known[label] for label in wanted}

    async def _looked_up(self, labels: list[str]) -> dict[str, tuple[str, ...]]:
        lines, starts = [], [0]
        for label in labels:
            lines.append(("地点：" if _HAN.match(label) else "Location: ") + label)
            starts.append(starts[-1] + len(lines[-1]) + 2)
        read = await self._resumes.parse(request=ParseText(text="\n\n".join(lines) + "\n"))
        facts = [(f.start, f.value) for f in read.facts if f.kind is FactKind.LOCATION and f.start is not None]
        found = {}
        for number, label in enumerate(labels):
            keys = {value for start, value in facts if starts[number] <= start < starts[number + 1]}
            found[label] = tuple(sorted(keys)) or (label.casefold(),)
        return found

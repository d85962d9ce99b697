"""The files of a workflow: what is kept of each while its run goes on, and what is told of them.

All that is known of a file stands in finished steps of its run, each under a name with the file's number:
``talent`` the person who was made of it, or why there is none; ``matches`` the jobs that fit, or why there are none;
``aside`` that it is left alone until it is asked for again; ``dismissed`` that somebody has seen that it failed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from looma.contracts.ai_gateway import MatchedFile, ResumeMatchResult
from looma.platform.contract import Record
from looma.platform.runs import Run, RunError

KIND = "gateway.resume_match"
LEFT_OUT_OF_LISTS = frozenset({"matches"})
"""Members of finished steps: the jobs of fifty files are long, and a list has many runs."""


class SentFile(Record):
    """A file of the workflow; its bytes lie under `key` for as long as they may be needed."""

    filename: str
    media_type: str
    digest: str
    key: str
    size: int | None = None
    """Runs that were asked for by earlier versions do not tell it."""


class ResumeMatch(Record):
    """What the run was asked for."""

    files: list[SentFile]
    limit: int


@dataclass(frozen=True)
class Names:
    """The steps of one file."""

    number: int

    @property
    def talent(self) -> str:
        """The person."""
        return f"talent-{self.number}"

    @property
    def matches(self) -> str:
        """The jobs."""
        return f"matches-{self.number}"

    @property
    def aside(self) -> str:
        """That the file is left alone."""
        return f"aside-{self.number}"

    @property
    def dismissed(self) -> str:
        """That it was seen."""
        return f"dismissed-{self.number}"


@dataclass(frozen=True)
class FileStory:
    """One file after the steps that are finished."""

    number: int
    sent: SentFile
    talent: dict[str, Any] | None
    matches: dict[str, Any] | None
    aside: dict[str, Any] | None
    dismissed: bool

    @property
    def refused(self) -> bool:
        """Whether it cannot be taken, or its person cannot be matched."""
        return any("error" in (told or {}) for told in (self.talent, self.matches))

    @property
    def goes_on(self) -> bool:
        """Whether there is something left to do."""
        return not self.refused and self.matches is None and self.aside is None

    def told(self, run: Run | None = None, *, under_way: bool = False) -> MatchedFile:
        """The file as others see it, when its run stands so. `under_way`: it is this file's turn."""
        known = (self.talent or {}) | (self.matches or {})
        state = "failed" if self.refused else "done" if self.matches is not None else "waiting"
        if state == "waiting":
            left = self.aside if self.aside is not None else left_by(run)
            if left is not None:
                state, known = ("failed" if "error" in left else "cancelled"), known | left
        stage = state
        if under_way and state == "waiting":
            stage = "reading" if self.talent is None else "matching"
        here = {"number": self.number, "filename": self.sent.filename, "size": self.sent.size}
        return MatchedFile.model_validate(
            known | here | {"state": state, "stage": stage, "dismissed": self.dismissed and state != "waiting"}
        )


def stories(told: dict[str, Any] | ResumeMatch, steps: Mapping[str, Any]) -> list[FileStory]:
    """Every file that was asked for, in the order sent."""
    asked = told if isinstance(told, ResumeMatch) else ResumeMatch.model_validate(told)
    return [_story(number, sent, steps) for number, sent in enumerate(asked.files)]


def result(run: Run, steps: Mapping[str, Any]) -> ResumeMatchResult:
    """What came of a run, or what is there of it already."""
    files, turn = stories(run.args, steps), run.state == "running"
    told = []
    for file in files:
        mine = turn and file.goes_on
        told.append(file.told(run, under_way=mine))
        turn = turn and not mine
    return ResumeMatchResult(files=told)


def left_by(run: Run | None) -> dict[str, Any] | None:
    """What is told of the files that a run has left undone; None while it may come to them."""
    if run is None or run.state not in ("dead", "cancelled"):
        return None
    if run.state == "cancelled":
        return {}
    return {"error": _plain(run.error)} if run.error else {}


def _plain(error: RunError) -> dict[str, Any]:
    return {"code": error.code, "details": error.details}


def _story(number: int, sent: SentFile, steps: Mapping[str, Any]) -> FileStory:
    of = Names(number)
    talent, matches, aside = (steps.get(name) for name in (of.talent, of.matches, of.aside))
    return FileStory(number, sent, talent, matches, aside, bool(steps.get(of.dismissed)))

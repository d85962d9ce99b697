"""One person and one job: scored and put into words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from looma.contracts.matching import Match, Weights
from looma.contracts.resume import Parsed
from looma.platform.catalogue import Language

from .explaining import Reader, explained
from .needs import Ask
from .person import Person
from .scoring import Scored, score, weights_of
from .totals import meaning_between


@dataclass(frozen=True)
class Candidate:
    """A person with the document that they are known by. `month` is when it was read; `vector` that of the headline."""

    parsed: Parsed
    person: Person
    month: int
    vector: bytes | None
    language: Language

    def match(self, asks: Sequence[Ask], vector: bytes | None, weights: Weights) -> Match:
        """The match with a job that asks so; `vector` is that of its title."""
        return explained(asks, self.scored(asks, vector, weights), self._reader, self.language)

    def scored(self, asks: Sequence[Ask], vector: bytes | None, weights: Weights) -> Scored:
        """The same in numbers alone."""
        given = [
            meaning_between(vector, self.vector) if ask.need.kind == "meaning" else self._reader.credit(ask.need).value
            for ask in asks
        ]
        return score(asks, weights_of(asks, weights), given, self.person)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self.parsed, self.person, self.month)

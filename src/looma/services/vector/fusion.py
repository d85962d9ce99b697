"""Putting two rankings together: scores scaled to one range and added with a weight, never ranks alone. Pure.

Adding reciprocal ranks (RRF) loses against the better ranking on every set that was tried, since it forgets by how much
the best one leads; scaled scores keep that.
"""

from collections.abc import Mapping

from .languages import Language

AGREEING, DIFFERING = 0.7, 0.1
"""Weight of the words when query and documents are of one language, and when no word but a name can be in both.

Measured with the local model, which finds sentences across languages well, but less than their words do within one; a
model that is better on passages wants 0.3 where they agree.
"""


def lexical_weight(language: Language, chinese_share: float) -> float:
    """The weight of the words for a query in `language`, over documents of which this share is Chinese."""
    agreeing = chinese_share if language == "zh" else 1 - chinese_share
    return DIFFERING + (AGREEING - DIFFERING) * agreeing


def scaled(scores: Mapping[str, float]) -> dict[str, float]:
    """Scores between 0, the least, and 1, the best; all 1 when there is but one value."""
    if not scores:
        return {}
    least, best = min(scores.values()), max(scores.values())
    spread = best - least
    return {id_: (score - least) / spread if spread > 0 else 1.0 for id_, score in scores.items()}


def fused(words: Mapping[str, float], meanings: Mapping[str, float], weight: float) -> list[tuple[str, float]]:
    """Both rankings as one, best first, ties by id; what one of them does not name has the least score there."""
    by_word, by_meaning = scaled(words), scaled(meanings)
    both = {
        id_: weight * by_word.get(id_, 0.0) + (1 - weight) * by_meaning.get(id_, 0.0)
        for id_ in by_word.keys() | by_meaning.keys()
    }
    return sorted(both.items(), key=lambda pair: (-pair[1], pair[0]))

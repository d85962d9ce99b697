"""The sums of `scoring` for many pairs at once: the same whole numbers in arrays."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .person import UNTOLD
from .scoring import FIT_BY_SHARE, FIT_BY_TITLE, FULL, MEANING_FROM, MEANING_TO, tenths
from .vectors import Ints, cosines, unpacked


def many_tenths(earned: Ints, possible: Ints, required: Ints, lacking: Ints) -> Ints:
    """`scoring.tenths` of each pair."""
    scores: Any = tenths(earned, np.maximum(possible, 1), np.maximum(required, 1), lacking)
    return np.asarray(scores, np.int64)


def meaning_shares(cosines: Ints) -> Ints:
    """`scoring.meaning_share` of each cosine."""
    shares: Ints = np.clip((cosines - MEANING_FROM) * FULL // (MEANING_TO - MEANING_FROM), 0, FULL)
    return shares


def meaning_credits(shares: Ints, related: Ints, relatable: Ints) -> Ints:
    """`scoring.meaning_credit` of each pair; -1 stays -1."""
    bound = np.where(relatable > 0, 2 * related // np.maximum(relatable, 1), FULL)
    return np.where(shares < 0, shares, np.minimum(shares, bound))


def fits(titles: Ints, related: Ints, relatable: Ints) -> Ints:
    """`scoring.fit` of each pair."""
    shares = np.minimum(FULL, FIT_BY_SHARE * related // np.maximum(relatable, 1))
    by_either = np.maximum(FIT_BY_TITLE * titles, shares * shares // FULL)
    return np.where(relatable > 0, np.minimum(FULL, by_either), FULL)


def meaning_between(one: bytes | None, other: bytes | None) -> int:
    """The share of meaning of two packed vectors; UNTOLD where one is missing."""
    if one is None or other is None or len(one) != len(other):
        return UNTOLD
    return int(meaning_shares(cosines(unpacked(one)[None, :], unpacked(other)))[0])


def best(scores: Ints, chosen: NDArray[np.bool_], limit: int) -> Ints:
    """Positions that may be among the `limit` best of the chosen ones: all whose score reaches the last of them."""
    positions: Ints = np.flatnonzero(chosen)
    if len(positions) <= limit:
        return positions
    picked = scores[positions]
    bar = np.partition(picked, len(picked) - limit)[len(picked) - limit]
    likely: Ints = positions[picked >= bar]
    return likely

"""The time by which the areas were scored and adopted: it never serves as *before*.

Places chosen for a high count fall back of themselves (regression to the mean), whatever is done there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Optional

import numpy as np

from ..arrays import Bools, Floats
from ..errors import ParameterError
from .day_window import Window

ABOUT_CRIME = re.compile(
    r"(?<![a-z])(crime|offen[cs]e|burglar|robber|theft|violen|assault|weapon|knife|drug|asb|anti.?social|incident|calls?(_|\b)|harm|search)",
    re.IGNORECASE,
)
"""Names of covariates that tell of earlier crime or calls, the crime domain of a deprivation index among them."""
LEAST_TO_TELL = 5  # areas a group
SHARP = 0.99
"""So sharply told apart by the counts of one time, areas were chosen by it, or by what lasts; what lasts tells as sharply later."""
UNKNOWN = (
    "Nobody has said by which time the areas were scored: if that time serves as before, a fall afterwards may be no more than "
    "the high counts of chosen places falling back."
)


def earlier_crime(covariates: Sequence[str]) -> list[str]:
    """Covariates whose name tells of earlier crime or calls.

    >>> earlier_crime(["imd", "youth_share", "burglary_2022", "Crime domain"])
    ['burglary_2022', 'Crime domain']
    """
    return [c for c in covariates if ABOUT_CRIME.search(c)]


def check_prior(covariates: Sequence[str], scored: Optional[Window], prior: Optional[Window]) -> Optional[str]:
    """Refuse earlier crime of the time that scored the areas; a sentence where the time is not known and no crime is among them.

    Raises
    ------
    ParameterError
        where earlier crime is among the covariates, and the time that scored the areas is not known, that of the crime is not, or
        they overlap.
    """
    about = earlier_crime(covariates)
    if not about:
        return None if scored else UNKNOWN
    which = ", ".join(about)
    if scored is None:
        raise ParameterError(
            f"Earlier crime is among the covariates ({which}), and nobody has said by which time the areas were scored.",
            "Give scored_from and scored_to, the days of the data that scored the areas, or leave these covariates out.",
        )
    if prior is None:
        raise ParameterError(
            f"Nobody has said from which time the earlier crime among the covariates is ({which}).",
            "Give prior_from and prior_to, or leave these covariates out.",
        )
    if prior.overlaps(scored):
        raise ParameterError(
            f"The earlier crime among the covariates ({which}) is of {prior.in_words()}, which overlaps the time that scored the areas, "
            f"{scored.in_words()}: places chosen for a high count fall back of themselves.",
            "Take crime from another time, or leave these covariates out.",
        )
    return None


def separation(values: Floats, impact: Bools) -> float:
    """The share of pairs of an impact and a comparison area in which the impact area has more; ties are half (Mann & Whitney 1947).

    >>> separation(np.array([5.0, 3.0, 3.0, 1.0]), np.array([True, True, False, False]))
    0.875
    """
    own, other = values[impact], np.sort(values[~impact])
    below, not_above = (np.searchsorted(other, own, side=side) for side in ("left", "right"))
    return float((below + not_above).mean() / 2 / len(other))


def chosen_by_these_counts(before: Floats, after: Floats, impact: Bools) -> bool:
    """Whether the impact areas look as if the counts before adoption had chosen them.

    They have (nearly) the highest counts of the time before without exception, and not so afterwards. Roles by chance never look so;
    areas chosen by an earlier time do in about one of twenty (`make bench JOB=evaluation` prints it).

    Parameters
    ----------
    before, after : (areas,) counts of the two times
    impact : (areas,) which are impact areas
    """
    if min(impact.sum(), (~impact).sum()) < LEAST_TO_TELL:
        return False
    sharp = separation(before, impact)
    return sharp >= SHARP and separation(after, impact) < sharp

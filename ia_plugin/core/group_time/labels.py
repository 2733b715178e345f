"""Which labels of a month stand alone, and which are "other" together."""

from __future__ import annotations

import numpy as np

from ..arrays import Ints
from ..distinct import distinct
from ..suppression import LEAST
from .there import There

ALONE = -1  # as a group: none, for one group alone splits nothing


def label_groups(there: There, labels: int, least: int = LEAST) -> Ints:
    """The group of each label: its own where at least `least` officers have it, else that of "other".

    "Other" needs two labels and `least` officers itself, so further labels join it, the smallest first.

    Parameters
    ----------
    there : the rows of one place and month
    labels : how many labels there are

    Returns
    -------
    (labels,) the code of the label itself, `labels` for "other"; :data:`ALONE` everywhere where fewer than two groups are left.
    """
    officers = distinct(there.label, there.officer, labels)
    order = np.lexsort((np.arange(labels), officers))
    present = [int(k) for k in order if officers[k] > 0]
    few = [k for k in present if officers[k] < least]
    rest = [k for k in present if officers[k] >= least]
    while few and rest and not _enough(there, few, least):
        few.append(rest.pop(0))
    if len(rest) + bool(few) < 2 or (few and not _enough(there, few, least)):
        return np.full(labels, ALONE, dtype=np.int64)
    groups = np.arange(labels, dtype=np.int64)
    groups[few] = labels
    return groups


def _enough(there: There, few: list[int], least: int) -> bool:
    return len(few) > 1 and len(np.unique(there.officer[np.isin(there.label, few)])) >= least

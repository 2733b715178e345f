"""Which records of an extract are withdrawn: by their status, or by flags."""

from __future__ import annotations

from collections.abc import Mapping as Dict

import numpy as np
import pandas as pd

from ..arrays import Objects
from .known import Known
from .statuses import CURRENT, WITHDRAWN, statuses

STATUS_UNKNOWN = (
    "records count, though it is not known whether their status ({}) withdraws them: list it in your status words"
)


def standing(rows: pd.DataFrame, columns: Dict[str, str], known: Known) -> Objects:
    """withdrawn where the status, or any of the flags, withdraws a record; what withdraws it is counted."""
    found = np.full(len(rows), CURRENT, dtype=object)
    flags = [columns[r] for r in ("withdrawn",) if r in columns] + list(known.flags)
    unknown = []
    for column in [columns[r] for r in ("status",) if r in columns] + flags:
        read = statuses(rows[column], known.statuses, column, is_flag=column in flags)
        first = (read.status == WITHDRAWN) & (found != WITHDRAWN)
        for phrase in pd.unique(read.phrase[first]):
            what = f"records are withdrawn by their status ({phrase}) and leave the counts"
            known.notes.note(what, rows.index[first & (read.phrase == phrase)])
        found[first] = WITHDRAWN
        unknown.append((column, read.unknown))
    for column, where in unknown:
        known.review(STATUS_UNKNOWN, rows[column], where & (found != WITHDRAWN))
    return found


__all__ = ["STATUS_UNKNOWN", "standing"]

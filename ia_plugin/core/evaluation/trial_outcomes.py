"""What a trial counts: the events of the words that were declared, what officers record themselves apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..arrays import Bools, Floats
from ..texts import texts
from .outcomes import KINDS
from .panel import Panel

POLICE = "police"
WORDS = ("kind", "key_type", "category")


@dataclass(frozen=True, eq=False)
class TrialOutcome:
    """Counts (cells,) of one outcome, the cells that its records cover, and whether officers make them themselves."""

    name: str
    counts: Floats
    keep: Bools
    police: bool
    primary: bool


def trial_outcomes(panel: Panel, declared: Sequence[str], others: str = "") -> Iterator[TrialOutcome]:
    """Each declared word as an outcome, then those that officers record themselves, then the others.

    Parameters
    ----------
    declared : kinds, key types or categories, as the schedule has them
    others : more of them, with commas; exploratory
    """
    more = [w.strip() for w in others.split(",") if w.strip()]
    wanted = [(w, True) for w in declared] + [(w, False) for w in dict.fromkeys(more) if w not in declared]
    later: list[TrialOutcome] = []
    for word, primary in wanted:
        own, recorded = _split(panel, word, primary)
        yield own
        later += recorded
    yield from later


def _split(panel: Panel, word: str, primary: bool) -> tuple[TrialOutcome, list[TrialOutcome]]:
    """The outcome of a word without what officers record themselves, and that by itself; all of it where there is nothing else."""
    name, rows = _named(panel, word)
    kinds = sorted({str(k) for k in rows["kind"]})
    keep = panel.kept_for(*kinds) if kinds else np.zeros(len(panel.cells), dtype=bool)
    by_police = (rows["generated_by"] == POLICE).to_numpy(dtype=bool)
    counts = [_counts(panel, rows[side]) for side in (~by_police, by_police)]
    if not counts[1].any():
        return TrialOutcome(name, counts[0], keep, False, primary), []
    if not counts[0].any():
        return TrialOutcome(name, counts[1], keep, True, primary), []
    apart = TrialOutcome(f"{name} that officers recorded themselves", counts[1], keep, True, False)
    return TrialOutcome(f"{name} reported by others", counts[0], keep, False, primary), [apart]


def _named(panel: Panel, word: str) -> tuple[str, pd.DataFrame]:
    """The outcome in the plural, and its rows of the panel's events."""
    events, asked = panel.events, word.casefold()
    kind = next((k for k, many in KINDS.items() if asked in (k, many, k.replace("_", " "))), asked)
    for column, wanted in zip(WORDS, (kind, asked, asked)):
        rows = events[texts(events[column]).str.casefold() == wanted]
        if len(rows):
            return KINDS.get(kind, word) if column == "kind" else f"events of {word}", rows
    return KINDS.get(kind, f"events of {word}"), events.iloc[:0]


def _counts(panel: Panel, rows: pd.DataFrame) -> Floats:
    own = rows[rows["cell"] >= 0]
    return np.bincount(own["cell"].to_numpy(dtype=np.intp), own["expected"], minlength=len(panel.cells)).astype(
        np.float64
    )


__all__ = ["TrialOutcome", "trial_outcomes"]

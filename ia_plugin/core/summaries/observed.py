"""What some officers' fixes say before areas and modes are asked, and how much of it the figures of a day hang on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Optional

import numpy as np
import pandas as pd

from ..arrays import Bools, Ints, Rows
from ..fixes import CleanReport, clean_fixes
from ..params import TrackParams
from ..stretches import SILENCE_S, stretch_heads
from ..times.instants import nanoseconds
from ..tracks import legs_and_gaps

Span = tuple[pd.Timestamp, pd.Timestamp]
_SILENCE = np.int64(SILENCE_S * 1e9)


@dataclass(frozen=True)
class Observed:
    """Fixes cleaned and joined.

    Attributes
    ----------
    fixes : those that can be used, sorted by officer and time
    report : of the cleaning
    refused : ``time`` and ``reason`` of the others
    legs, gaps : the tables, legs without modes
    """

    fixes: pd.DataFrame
    report: CleanReport
    refused: pd.DataFrame
    legs: pd.DataFrame
    gaps: pd.DataFrame

    @classmethod
    def of(cls, fixes: pd.DataFrame, params: TrackParams) -> Observed:
        """Of all fixes at hand of some officers."""
        fixes = fixes.reset_index(drop=True)
        clean, report = clean_fixes(fixes)
        rejects = report.rejects
        refused = pd.DataFrame({"time": fixes["time"].reindex(rejects["row"]).array, "reason": rejects["reason"].array})
        return cls(clean, report, refused, *legs_and_gaps(clean, params))

    @cached_property
    def stretches(self) -> Pieces:
        """The stretches of the legs."""
        legs = self.legs
        officer = pd.factorize(legs["officer_id"])[0]
        start, end = nanoseconds(legs["start"]), nanoseconds(legs["end"])
        return Pieces.of(stretch_heads(officer, start, end), start, end)

    @cached_property
    def tracks(self) -> Pieces:
        """The tracks of the legs."""
        track = self.legs["track_id"].to_numpy()
        head = np.r_[True, track[1:] != track[:-1]] if len(track) else np.zeros(0, dtype=bool)
        return Pieces.of(head, nanoseconds(self.legs["start"]), nanoseconds(self.legs["end"]))

    def dropped(self, span: Optional[Span]) -> dict[str, int]:
        """Fixes of a span that cannot be used, by reason."""
        some = self.refused
        if span is not None and len(some):
            some = some[(some["time"].ge(span[0]) & some["time"].lt(span[1])).to_numpy()]
        return {str(k): int(v) for k, v in some["reason"].value_counts().items()} if len(some) else {}

    def unread(self, span: Span, beside: pd.Timedelta, more: pd.Index) -> pd.DataFrame:
        """Officers of a span of time, and whether what is said of it may hang on fixes that are not at hand.

        Parameters
        ----------
        span : whole days; officers count who have a fix or part of a stretch in it, and those of `more`
        beside : how far from the span legs are looked at for other reasons than their stretch
        more : ids of officers

        Returns
        -------
        DataFrame ``earlier``, ``later`` (bool), indexed by officer id.
        """
        code, names = pd.factorize(self.fixes["officer_id"])
        time = nanoseconds(self.fixes["time"])
        begin, end = (np.int64(t.value) for t in span)
        inside = (time >= begin) & (time < end)
        n, reach = len(names), np.int64(beside.value)
        # The earliest and latest moment that a fix must lie beyond: then the leg across that moment is known too.
        low, high = np.full(n, begin - reach), np.full(n, end + reach)
        asked = np.zeros(n, dtype=bool)
        asked[code[inside]] = True
        asked |= np.isin(names, more)
        touching = self.stretches.touch(begin, end)
        of = pd.Index(names).get_indexer(self.legs["officer_id"].iloc[self.stretches.head[touching]])
        asked[of] = True
        np.minimum.at(low, of, self.stretches.start[touching] - _SILENCE)
        np.maximum.at(high, of, self.stretches.end[touching] + _SILENCE)
        early, late = np.ones(n, dtype=bool), np.ones(n, dtype=bool)
        early[code[self.report.settled_from & (time < low[code])]] = False
        late[code[self.report.settled_to & (time > high[code])]] = False
        found = pd.DataFrame({"earlier": early, "later": late}, index=names)
        return found[asked]


@dataclass(frozen=True)
class Pieces:
    """Legs that stand together, a number a leg, and when each piece starts and ends (ns)."""

    of_leg: Rows
    head: Rows
    start: Ints
    end: Ints
    count: int

    @classmethod
    def of(cls, head: Bools, start: Ints, end: Ints) -> Pieces:
        """From the first leg of each."""
        at = np.flatnonzero(head)
        tail = np.r_[at[1:], len(head)] - 1 if len(at) else at
        return cls(np.cumsum(head) - 1, at, start[at], end[tail], len(at))

    def touch(self, first: np.int64, last: np.int64) -> Bools:
        """Which pieces have a moment in a span: its first counts, its last does not."""
        return np.asarray((self.start < last) & (self.end >= first))

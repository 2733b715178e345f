"""The periods of an answer: the one asked, the one before and the same weeks of the year before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Optional

from ..filter_state import FilterState
from ..material.earlier import measured_earlier
from ..material.measures import Measured, measured
from ..material.places import Place
from ..material.summary_tables import Material


@dataclass(frozen=True)
class Spans:
    """The period asked, the one before and the same weeks last year; None where the period is open."""

    now: FilterState
    before: Optional[FilterState]
    year: Optional[FilterState]

    @classmethod
    def of(cls, state: FilterState) -> Spans:
        if state.first is None or state.last is None:
            return cls(state, None, None)
        return cls(state, state.before(), state.year_before())

    def known(self) -> dict[str, FilterState]:
        """The periods that there are, by the suffix of their columns."""
        return {suffix: state for suffix, state in self.each() if state is not None}

    def each(self) -> Iterator[tuple[str, Optional[FilterState]]]:
        yield from (("", self.now), ("_before", self.before), ("_year_before", self.year))


def measured_in_each(material: Material, state: FilterState, where: Sequence[Place]) -> dict[str, Measured]:
    """The measures of places in each period of an answer, by the suffix of its columns; an earlier one where it can be compared."""
    return {
        suffix: measured_once(material, span, where, later=state if suffix else None)
        for suffix, span in Spans.of(state).known().items()
    }


def measured_once(
    material: Material, state: FilterState, where: Sequence[Place], *, later: Optional[FilterState] = None
) -> Measured:
    """As :func:`measured`, or of an earlier period as :func:`measured_earlier`; the several tables of an answer ask the same, and it
    is worked out once for all of them."""
    key = ("measured", state, tuple((p.label, p.rows) for p in where), later)
    if later is None:
        return material.memo.once(key, lambda: measured(material, state, where))
    return material.memo.once(key, lambda: measured_earlier(material, state, where, later))

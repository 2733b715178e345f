"""What a look at displacement was asked for, read from its parameters: two windows, hours and days, types and weights."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Optional

import pandas as pd

from ..errors import ParameterError
from ..params import DisplacementParams
from ..times.civil import from_civil
from ..times.instants import nanoseconds
from .day_window import Window, window_of
from .displacement_ground import checked_distances

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Plan:
    """What was asked.

    Attributes
    ----------
    before, after : first and last civil day, both counted
    distances : outer distances of rings, metres
    scored : the days that scored the areas; None where nobody said
    outcome, neighbours : words of types, as written
    weights : (type, weight of its harm)
    hours, next_hours : civil hours 0–23 of the activity, and those next to them; None: all
    days, next_days : weekdays, Monday 0; None: all
    """

    before: Window
    after: Window
    distances: tuple[float, ...]
    scored: Optional[Window]
    outcome: tuple[str, ...]
    neighbours: tuple[str, ...]
    weights: tuple[tuple[str, float], ...]
    hours: Optional[frozenset[int]]
    next_hours: frozenset[int]
    days: Optional[frozenset[int]]
    next_days: frozenset[int]
    timezone: str

    @property
    def lengths(self) -> tuple[int, int]:
        """Civil days before and after."""
        return tuple((last - first).days + 1 for first, last in (self.before, self.after))  # type: ignore[return-value]

    @property
    def before_scored_areas(self) -> bool:
        """Whether the time before is, in part, the time that scored the areas."""
        return self.scored is not None and self.scored.overlaps(self.before)

    @property
    def whole_months(self) -> bool:
        """Whether both windows are whole civil months."""
        return all(w[0].day == 1 and (w[1] + timedelta(days=1)).day == 1 for w in (self.before, self.after))

    @property
    def same_months(self) -> bool:
        """Whether both windows have the same months of the year the same number of times."""
        return _months(self.before) == _months(self.after)

    def moments(self, window: Window) -> tuple[int, int]:
        """First moment of a window and the one after its last, ns."""
        edges = pd.DatetimeIndex([pd.Timestamp(window[0]), pd.Timestamp(window[1] + timedelta(days=1))])
        low, high = nanoseconds(pd.Series(from_civil(edges, self.timezone))).tolist()
        return int(low), int(high)

    @property
    def spatial_only(self) -> bool:
        """Whether nothing but space was asked."""
        return not self.neighbours and self.hours is None and self.days is None


def plan_of(params: DisplacementParams) -> Plan:
    """The parameters, read.

    Raises
    ------
    ParameterError
        naming the parameter, and how it is written.

    Examples
    --------
    >>> plan = plan_of(DisplacementParams(before_from="2023-01-01", before_to="2023-12-31", after_from="2024-01-01",
    ...                                   after_to="2024-12-31", hours="22-02", days="Sat, Sun"))
    >>> plan.lengths, sorted(plan.hours), sorted(plan.next_hours), sorted(plan.next_days), plan.same_months
    ((365, 366), [0, 1, 22, 23], [2, 3, 20, 21], [0, 4], True)
    """
    before, after = (_window(params, name) for name in ("before", "after"))
    if before is None or after is None:
        missing = "before" if before is None else "after"
        raise ParameterError(
            f"The days {missing} were not given.",
            f"Give {missing.upper()}_FROM and {missing.upper()}_TO as YYYY-MM-DD.",
        )
    if before[1] >= after[0]:
        raise ParameterError(
            f"The time before ends on {before[1]}, not before the time after begins ({after[0]}).",
            "Give two windows that do not overlap, the earlier one as before.",
        )
    hours, days = hours_of(params.hours), days_of(params.days)
    reach = int(params.adjacent_hours)
    next_hours = {(h + k) % 24 for h in hours or () for k in range(-reach, reach + 1)} - (hours or set())
    next_days = {(d + k) % 7 for d in days or () for k in (-1, 1)} - (days or set())
    return Plan(
        before, after, checked_distances(_numbers(params.distances)), _window(params, "scored"), _words(params.outcome),
        _words(params.neighbour_types), _weights(params.harm_weights), frozenset(hours) if hours else None,
        frozenset(next_hours), frozenset(days) if days else None, frozenset(next_days), params.timezone,
    )  # fmt: skip


def hours_of(text: str) -> set[int]:
    """Civil hours of "18-02": from 18:00 to 02:00, which is 18 to 23 and 0 and 1; several with commas.

    >>> sorted(hours_of("18-02")), sorted(hours_of("7:00-9:00, 22-24"))
    ([0, 1, 18, 19, 20, 21, 22, 23], [7, 8, 22, 23])
    """
    found: set[int] = set()
    for part in _words(text):
        match = re.fullmatch(r"(\d{1,2})(?::00)?\s*(?:-|–|to)\s*(\d{1,2})(?::00)?", part)
        first, last = (int(g) for g in match.groups()) if match else (-1, -1)
        if not (0 <= first < 24 and 0 <= last <= 24) or first == last:
            raise ParameterError(f"HOURS = {text!r} are no hours.", "Write whole hours such as 18-02, from and to.")
        found |= {h % 24 for h in range(first, last if last > first else last + 24)}
    if len(found) == 24:
        raise ParameterError(f"HOURS = {text!r} is the whole day.", "Leave it empty, or give some of the hours.")
    return found


def days_of(text: str) -> set[int]:
    """Weekdays of "Fri, Sat", Monday 0.

    >>> sorted(days_of("Friday Sat"))
    [4, 5]
    """
    found = set()
    for word in re.split(r"[,;\s]+", text.strip()):
        if not word:
            continue
        short = word.lower()[:3]
        if short not in WEEKDAYS or not word.isalpha():
            raise ParameterError(f"DAYS = {text!r} are no days of the week.", "Write them such as Fri, Sat.")
        found.add(WEEKDAYS.index(short))
    if len(found) == 7:
        raise ParameterError(f"DAYS = {text!r} is the whole week.", "Leave it empty, or give some of the days.")
    return found


def _window(params: DisplacementParams, name: str) -> Optional[Window]:
    first, last = (str(getattr(params, f"{name}_{end}")) for end in ("from", "to"))
    return window_of(first, last, (f"{name.upper()}_FROM", f"{name.upper()}_TO"))


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(w.strip() for w in re.split(r"[,;]", text) if w.strip()))


def _numbers(text: str) -> list[float]:
    try:
        return [float(re.sub(r"(?i)\s*m$", "", w)) for w in re.split(r"[,;\s]+(?!m\b)", text.strip()) if w]
    except ValueError:
        raise ParameterError(
            f"DISTANCES = {text!r} are no distances.", "Write metres with commas, such as 250, 500."
        ) from None


def _weights(text: str) -> tuple[tuple[str, float], ...]:
    found = []
    for part in _words(text):
        name, mark, value = part.rpartition("=")
        try:
            weight = float(value)
        except ValueError:
            weight = -1.0
        if not (mark and name.strip() and 0 < weight < float("inf")):
            raise ParameterError(
                f"HARM_WEIGHTS = {text!r} are no weights.",
                "Write a type and its weight, such as burglary=5, robbery=10.",
            )
        found.append((name.strip(), weight))
    return tuple(found)


def _months(window: Window) -> list[int]:
    """How many days each month of the year has in a window, 29 February aside."""
    days = pd.date_range(window[0], window[1])
    days = days[~((days.month == 2) & (days.day == 29))]
    return [int((days.month == m).sum()) for m in range(1, 13)]


__all__ = ["Plan", "days_of", "hours_of", "plan_of"]

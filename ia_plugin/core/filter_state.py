"""What a reader looks at: which areas, days, hours, weekdays, units, modes and events (standard library only).

One frozen state stands behind the dock, the answers and every figure. It says itself in words, and as spans of UTC.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, Optional

from .errors import ParameterError
from .sentence import changed, joined, phrase, phrases, sentence
from .times.time_zones import time_zone

DAYS = tuple(phrases("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun").values())
MONTHS = tuple(phrases("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec").values())
MONTHS_IN_FULL = tuple(phrases("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                  "November", "December").values())  # fmt: skip
KEPT = {
    **phrases("foot", "vehicle", "bicycle", "stationary", "unknown", "crime", "incident"),
    "stop_search": phrase("stop search"),
}
ALL_DAYS = tuple(range(7))
# Groups of officers that a filter may choose, by the dimension that the tables tell them by.
GROUPS = {"units": "unit", "departments": "department", "officer_roles": "officer_role", "resources": "resource_type"}
DEFAULT_WEEKS = 4  # whole calendar weeks that every door opens with
YEAR_OF_WEEKS = 364  # days: the same weeks a year before, weekday by weekday

# Shift presets; a force edits its own (name, first hour, hour it ends before).
SHIFTS: tuple[tuple[str, int, int], ...] = (
    ("Any hour", 0, 24),
    ("Early 07:00–15:00", 7, 15),
    ("Late 15:00–23:00", 15, 23),
    ("Night 22:00–07:00", 22, 7),
    ("Evening and night 18:00–03:00", 18, 3),
)


@dataclass(frozen=True)
class FilterState:
    """One filter over movement, crime, incidents and searches.

    Attributes
    ----------
    areas : area ids; empty for all Impact Areas
    first, last : civil days, both included; None for all there is
    hour_from, hour_to : hours of the day, from the one to before the other; a range that wraps midnight belongs, days and
        weekdays alike, to the evening it began on
    weekdays : 0 Monday to 6 Sunday
    units, departments, officer_roles, resources : groups of officers that are kept; empty for all
    modes, kinds, categories, key_types : what is kept; empty for all
    timezone : civil time of days and hours
    """

    areas: tuple[str, ...] = ()
    first: Optional[date] = None
    last: Optional[date] = None
    hour_from: int = 0
    hour_to: int = 24
    weekdays: tuple[int, ...] = ALL_DAYS
    units: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    officer_roles: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    key_types: tuple[str, ...] = ()
    timezone: str = "Europe/London"

    def __post_init__(self) -> None:
        if not (0 <= self.hour_from <= 23 and 1 <= self.hour_to <= 24) or self.hour_from == self.hour_to:
            raise ParameterError(
                sentence(
                    "The hours {hour_from} to {hour_to} are no part of a day.",
                    hour_from=self.hour_from,
                    hour_to=self.hour_to,
                ),
                "Give a first hour from 0 to 23 and another one, 1 to 24, that it ends before.",
            )
        if not self.weekdays or not set(self.weekdays) <= set(ALL_DAYS):
            raise ParameterError(
                sentence("weekdays = {weekdays!r} are no weekdays.", weekdays=self.weekdays),
                "Choose one or more of 0 to 6.",
            )
        if self.first and self.last and self.first > self.last:
            raise ParameterError(
                sentence("The period begins on {first} and ends before, on {last}.", first=self.first, last=self.last),
                "Swap the two days.",
            )
        object.__setattr__(self, "weekdays", tuple(sorted(set(self.weekdays))))

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """The groups of officers chosen, by dimension: {"unit": ("Response A",)}; empty for everybody."""
        return {dimension: getattr(self, name) for name, dimension in GROUPS.items() if getattr(self, name)}

    def of_everybody(self) -> FilterState:
        """The same filter over all groups of officers."""
        return replace(self, **dict.fromkeys(GROUPS, ()))  # type: ignore[arg-type]

    # --- time ---------------------------------------------------------------------------------------------------------

    @property
    def wraps(self) -> bool:
        """Whether the hours go on past midnight."""
        return self.hour_to < self.hour_from

    @property
    def when(self) -> tuple[object, ...]:
        """What the filter asks of time alone: the same for the same moments."""
        return self.first, self.last, self.hour_from, self.hour_to, self.weekdays, self.timezone

    @property
    def any_hour(self) -> bool:
        """Whether the filter takes all hours of the day."""
        return self.hour_from == 0 and self.hour_to == 24

    @property
    def any_time(self) -> bool:
        """Whether every hour of every weekday is kept."""
        return self.any_hour and len(self.weekdays) == 7

    @property
    def hours(self) -> tuple[int, ...]:
        """The hours of the day kept, 0 to 23."""
        if self.wraps:
            return (*range(self.hour_from, 24), *range(self.hour_to))
        return tuple(range(self.hour_from, self.hour_to))

    @property
    def days(self) -> Optional[int]:
        """How many civil days the period has, whatever the weekdays; None where it is open."""
        return (self.last - self.first).days + 1 if self.first and self.last else None

    @property
    def precisions(self) -> tuple[str, ...]:
        """How coarse the time of a record may be for it to take part: "hour", "day", "month".

        A record of a day or a month is in no frame of hours, one of a month in no choice of weekdays and in whole months alone.

        >>> FilterState(hour_from=18).precisions, FilterState(weekdays=(4,)).precisions, FilterState().precisions
        (('hour',), ('hour', 'day'), ('hour', 'day', 'month'))
        """
        if not self.any_hour:
            return ("hour",)
        return ("hour", "day", "month") if self.any_time and self._whole_months else ("hour", "day")

    @property
    def _whole_months(self) -> bool:
        if self.first is None or self.last is None:
            return self.first is None and self.last is None
        return self.first.day == 1 and (self.last + timedelta(days=1)).day == 1

    def edges(self) -> tuple[Optional[datetime], Optional[datetime]]:
        """First moment of the period and the one after its last, UTC; None where it is open."""
        begin = self._moment(self.first, self.hour_from if self.wraps else 0) if self.first else None
        end = self._moment(self.last, 24 + (self.hour_to if self.wraps else 0)) if self.last else None
        return begin, end

    def spans(self) -> list[tuple[datetime, datetime]]:
        """The moments kept, as spans of UTC that do not touch, by time; needs a period with both days.

        The repeated hour of October is twice as long, the missing one of March is not there.
        """
        if self.first is None or self.last is None:
            raise ParameterError("The period is open.", "Give its first and last day.")
        found: list[tuple[datetime, datetime]] = []
        for i in range((self.last - self.first).days + 1):
            day = self.first + timedelta(days=i)
            if day.weekday() not in self.weekdays:
                continue
            begin, end = self._moment(day, self.hour_from), self._moment(day, self.hour_to + (24 if self.wraps else 0))
            if found and begin <= found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            elif end > begin:
                found.append((begin, end))
        return found

    def before(self) -> FilterState:
        """The same filter over as many days just before."""
        return self._moved(self.days or 0)

    def year_before(self) -> FilterState:
        """The same filter over the same weeks last year."""
        return self._moved(YEAR_OF_WEEKS)

    def _moved(self, days: int) -> FilterState:
        if self.first is None or self.last is None:
            raise ParameterError("The period is open, so there is none before it.", "Give its first and last day.")
        back = timedelta(days=days)
        return replace(self, first=self.first - back, last=self.last - back)

    def _moment(self, day: date, hour: int) -> datetime:
        """Start of a civil hour, UTC; hour 24 and later is the next day's."""
        civil = datetime.combine(day + timedelta(days=hour // 24), time(hour % 24), time_zone(self.timezone))
        return civil.astimezone(timezone.utc)

    # --- words --------------------------------------------------------------------------------------------------------

    def in_words(self, names: Optional[dict[str, str]] = None) -> str:
        """The filter in words: "Fri–Sat 18:00–03:00, 3–30 May 2024, foot".

        Parameters
        ----------
        names : names of areas by id
        """
        known = names or {}
        parts = [listed([known.get(a, a) for a in self.areas]) if self.areas else phrase("all Impact Areas")]
        when = [] if len(self.weekdays) == 7 else [weekdays_in_words(self.weekdays)]
        when += [] if self.any_hour else [f"{self.hour_from:02}:00–{self.hour_to % 24:02}:00"]
        parts += [joined(" ", when)] if when else []
        parts.append(period_in_words(self.first, self.last))
        kept = [[KEPT.get(k, k) for k in chosen] for chosen in (self.modes, self.kinds)]
        for words in (*self.groups.values(), *kept, self.categories, self.key_types):
            if words:
                parts.append(listed([changed(w, str.replace, "_", " ") for w in words]))
        return joined(", ", parts)

    # --- keeping ------------------------------------------------------------------------------------------------------

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        # What came later and is not used is not named: a filter keeps the number it had.
        late = [n for n in ("departments", "officer_roles") if not getattr(self, n)]
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(self).items() if k not in late}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> FilterState:
        """The state that :meth:`as_dict` gave; what it does not know is left out."""
        known = {f.name for f in fields(cls)}
        found: dict[str, Any] = {
            k: tuple(v) if isinstance(v, (list, tuple)) else v for k, v in values.items() if k in known
        }
        for name in ("first", "last"):
            if isinstance(found.get(name), str):
                found[name] = date.fromisoformat(found[name])
        return cls(**found)

    def number(self, as_of: str = "") -> str:
        """The figure number of this filter on data as of a moment: the same filter on the same data has the same."""
        text = json.dumps([self.as_dict(), as_of], sort_keys=True)
        mark = hashlib.sha256(text.encode()).hexdigest()[:8].upper()
        return f"IA-{mark[:4]}-{mark[4:]}"


def listed(words: Iterable[str], most: int = 3) -> str:
    """Words one after the other; from the fourth on they are counted."""
    shown = list(words)
    if len(shown) > most + 1:
        return sentence("{words} + {n} more", words=joined(" + ", shown[:most]), n=len(shown) - most)
    return joined(" + ", shown)


def weekdays_in_words(days: Iterable[int]) -> str:
    """ "Fri–Sat", "Mon, Wed", "Fri–Mon"; a run may go round the end of the week."""
    chosen = sorted(set(days))
    if len(chosen) == 7:
        return phrase("every day")
    starts = [d for d in chosen if (d - 1) % 7 not in chosen]
    runs = []
    for start in starts:
        end = start
        while (end + 1) % 7 in chosen:
            end = (end + 1) % 7
        length = (end - start) % 7 + 1
        runs.append(DAYS[start] if length == 1 else joined("–", (DAYS[start], DAYS[end])))
    return joined(", ", runs)


def period_in_words(first: Optional[date], last: Optional[date]) -> str:
    """ "3–30 May 2024", "28 May – 3 Jun 2024"."""
    if first is None or last is None:
        if first:
            return sentence("from {day}", day=day_in_words(first))
        return sentence("until {day}", day=day_in_words(last)) if last else phrase("all days")
    if first == last:
        return day_in_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return joined("–", (str(first.day), day_in_words(last)))
    head = day_in_words(first)
    if first.year == last.year:
        head = sentence("{day} {month}", day=first.day, month=MONTHS[first.month - 1])
    return joined(" – ", (head, day_in_words(last)))


def day_in_words(day: Optional[date]) -> str:
    if day is None:
        return ""
    return sentence("{day} {month} {year}", day=day.day, month=MONTHS[day.month - 1], year=day.year)


def month_in_words(day: date) -> str:
    """The month of a day: "June 2024"."""
    return sentence("{month} {year}", month=MONTHS_IN_FULL[day.month - 1], year=day.year)


def words_of_date(text: str) -> str:
    """What :func:`day_in_words` or :func:`month_in_words` gave, after it was kept as plain text; any other text as it is.

    >>> words_of_date("3 May 2024"), words_of_date("June 2024"), words_of_date("later")
    ('3 May 2024', 'June 2024', 'later')
    """
    *day, month, year = text.split(" ") if text.count(" ") in (1, 2) else ("", "")
    names = MONTHS if day else MONTHS_IN_FULL
    if month not in names or not year.isdigit() or (day and not day[0].isdigit()):
        return text
    known = names[names.index(month)]
    if day:
        return sentence("{day} {month} {year}", day=day[0], month=known, year=year)
    return sentence("{month} {year}", month=known, year=year)


def last_days(latest: date, count: int, earliest: Optional[date] = None) -> tuple[date, date]:
    """The last `count` days, the last of them `latest`, the last complete day; none before the first day of the data.

    Days before the data began are not known, and no default period has them: three days of data are three days, not 3 of 28.

    >>> days = last_days(date(2024, 6, 5), 28, date(2024, 6, 3)), last_days(date(2024, 6, 5), 2, date(2024, 6, 3))
    >>> [period_in_words(*d) for d in days]
    ['3–5 Jun 2024', '4–5 Jun 2024']
    """
    first = latest - timedelta(days=count - 1)
    return (max(first, earliest) if earliest is not None and earliest <= latest else first), latest


def last_weeks(latest: date, earliest: Optional[date] = None) -> tuple[date, date]:
    """The last four whole calendar weeks that end on `latest` or before; fewer of data that have fewer, else the days there are.

    Every door opens with them (:func:`~ia_plugin.core.material.filled_days.default_period`). Weeks, for sexual and domestic offences
    are known by whole calendar weeks alone where a board reads: of 28 days that begin on a Thursday their count is not known, and two
    doors would give other crimes. And each weekday counts as often here as in the four weeks before.

    Parameters
    ----------
    latest, earliest : the last complete day and the first day of the data, before which no week begins

    Examples
    --------
    >>> days = last_weeks(date(2024, 6, 27)), last_weeks(date(2024, 6, 11), date(2024, 6, 3)), last_weeks(date(2024, 6, 5), date(2024, 6, 3))
    >>> [period_in_words(*d) for d in days]
    ['27 May – 23 Jun 2024', '3–9 Jun 2024', '3–5 Jun 2024']
    """
    sunday = last_sunday(latest)
    weeks = DEFAULT_WEEKS if earliest is None else min(DEFAULT_WEEKS, ((sunday - earliest).days + 1) // 7)
    if weeks < 1:
        return min(earliest or latest, latest), latest
    return sunday - timedelta(days=7 * weeks - 1), sunday


def last_sunday(day: date) -> date:
    """The Sunday that the last whole calendar week before a day, or with it, ends on."""
    return day - timedelta(days=(day.weekday() + 1) % 7)


def last_month(latest: date) -> tuple[date, date]:
    """The last whole calendar month that ends on `latest` or before."""
    following = latest + timedelta(days=1)
    end = following.replace(day=1) - timedelta(days=1)
    return end.replace(day=1), end

"""How late records come: which share of a day's events is in the data so many days after it, by the force's own delay.

The newest days have had time for short delays only, so the mean delay of what is there reads too short, and a share counted from
it too high (right truncation). The share is therefore estimated backwards, from the longest delay to the shortest: of the events
recorded within k days, among those old enough to have been recorded on day k, the part recorded on day k itself is the reversed
hazard g(k), and the share recorded within d days is the product of 1 − g(k) over the k after d. That is the estimator of
Lagakos, Barraj & De Gruttola (1988, Biometrika 75, 515–523) and Kalbfleisch & Lawless (1989, JASA 84, 360–372), and the same as
the chain ladder of insurers (Mack 1993, ASTIN Bulletin 23, 213–225). It is a share of what is recorded within `HORIZON` days:
of what comes later still nothing can be told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Optional

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..arrays import Floats
from ..filter_state import day_in_words
from ..sentence import joined, phrase, phrases, sentence
from ..texts import texts
from ..times.civil import pandas_zone
from ..words import count_of
from .kinds import NAMES_OF_KINDS

Days = NDArray[np.int64]  # civil days since 1 Jan 1970

COMPLETE = 0.95  # of a day's events: then the day is filled
HORIZON = 90  # days: what is recorded later is an old matter brought up, and no delay
LEAST_HORIZON = 28  # days over which delays must have been seen
LEAST_EVENTS = 100  # with a known delay
LEAST_OLDEST = 50  # of them old enough for the longest delay
YEAR = 366  # days of events that the delay is taken of: that of today, not of years ago
LEAST_KNOWN = 0.8  # of the events say when they were recorded
LEAST_OF_WEEK = 5  # records made in a week: fewer at the end may be wrong dates
USUAL_WEEKS, LEAST_WEEKS, ARRIVED = 8, 3, 0.5  # by which a last day of recording counts as whole, as of officers' time
DAILY = 4  # days between imports at the most, an Easter: else the day of an import says nothing of when a record came
_TICK = pd.Timedelta(1, "us")
RECORDED, FIRST_SEEN = "recorded", "first seen"
NOT_KNOWN = phrase("recording delay not known")
WHYS = phrases("the records tell the month of the event only", "fewer than 80 % of the records say when they were made")
"""Why it is not known, as a summary keeps it in English."""
OF_MONTHS, FEW_SAY = WHYS


@dataclass(frozen=True)
class RecordingDelay:
    """The recording delay of one kind of event, as an aggregate of the whole force.

    Attributes
    ----------
    basis : "recorded" (the source says when), "first seen" (the refresh that first had it); "" where the delay is not known
    to : the last whole day of recording
    complete : share of a day's events that are in after 0, 1, 2, … days; the last is 1
    events : what it was measured on
    why : why it is not known
    """

    basis: str = ""
    to: Optional[date] = None
    complete: tuple[float, ...] = ()
    events: int = 0
    why: str = ""

    @property
    def known(self) -> bool:
        return self.to is not None and bool(self.complete)

    @property
    def days(self) -> int:
        """Days after which 95 % of a day's events are in; of a known delay.

        >>> RecordingDelay("recorded", date(2024, 6, 30), (0.5, 0.9, 0.95, 1.0)).days
        2
        """
        return int(np.argmax(np.asarray(self.complete) >= COMPLETE))

    @property
    def filled_to(self) -> Optional[date]:
        """The last civil day that is 95 % complete; None where the delay is not known.

        >>> RecordingDelay("recorded", date(2024, 6, 30), (0.5, 0.9, 0.95, 1.0)).filled_to
        datetime.date(2024, 6, 28)
        """
        return self.to - timedelta(days=self.days) if self.to is not None and self.known else None

    @property
    def sentence(self) -> str:
        """ "95 % are recorded within 2 days, so days are filled to 28 Jun 2024 (…)", or that it is not known, and why."""
        if not self.known:
            return joined(": ", (NOT_KNOWN, WHYS.get(self.why, self.why))) if self.why else NOT_KNOWN
        within, by_day = within_days(self.days), day_in_words(self.filled_to)
        rest = sentence(
            "so days are filled to {day} (of what is recorded within {n} days; measured on {records})",
            day=by_day, n=len(self.complete) - 1, records=count_of(self.events, "records"),
        )  # fmt: skip
        if self.basis == RECORDED:
            return sentence("95 % are recorded {within}, {rest}", within=within, rest=rest)
        return sentence(
            "95 % are recorded {within}, by the refresh that first had them, {rest}", within=within, rest=rest
        )


def within_days(days: int) -> str:
    """ "within 9 days", "on the same day"."""
    return sentence("within {days}", days=count_of(days, "days")) if days else phrase("on the same day")


def share_recorded(delay: Days, age: Days, horizon: int) -> Floats:
    """Share of events recorded within 0, 1, …, `horizon` days, of those recorded within `horizon`, from right-truncated delays.

    Parameters
    ----------
    delay : whole days from each event to its record (n,), at least 0 and at most its age
    age : whole days from each event to the last day of recording (n,); some events are `horizon` days old or older

    Returns
    -------
    Floats (horizon + 1,), rising to 1.

    Examples
    --------
    Each day has one event recorded at once and one the day after; of the newest day, only the first is there. Counted plainly
    the share within the day is 3 of 5; it is a half:

    >>> share_recorded(np.array([0, 1, 0, 1, 0]), np.array([2, 2, 1, 1, 0]), 1)
    array([0.5, 1. ])
    """
    near = delay <= horizon
    on_day = np.bincount(delay[near], minlength=horizon + 1)
    gone = np.bincount(np.minimum(age[near], horizon), minlength=horizon + 1)  # too young for any later day
    at_risk = np.cumsum(on_day) - np.concatenate([[0], np.cumsum(gone)[:-1]])
    reversed_hazard = np.divide(on_day, at_risk, out=np.zeros(horizon + 1), where=at_risk > 0)
    kept = np.append((1.0 - reversed_hazard)[1:], 1.0)
    return np.asarray(np.cumprod(kept[::-1])[::-1])


def recording_delays(
    events: pd.DataFrame, timezone: str, imports: Mapping[str, pd.Timestamp] = {}
) -> dict[str, RecordingDelay]:
    """The recording delay of each kind of event.

    The delay is from the civil day on which the window of an event ends to that on which its first version was recorded. Events
    known by their month alone have none. Where fewer than four fifths say when they were recorded, the day of the import that
    first had them stands for it, as far as imports came without a gap of more than four days; else the delay is not known.

    Parameters
    ----------
    events : the events table, all versions, with ``recorded_at`` and ``source_ref`` where they are known
    timezone : civil time of the days
    imports : when the files of events were imported, by the first 16 letters of their hash; none for a table without a store
    """
    if not len(events):
        return {}
    first = _first_tellings(events)
    return {
        str(kind): _of_kind(part.reset_index(drop=True), timezone, imports)
        for kind, part in first.groupby("kind", sort=True)
    }


def _first_tellings(events: pd.DataFrame) -> pd.DataFrame:
    """The first version of each record that stands, with when any version says that it was ``recorded`` first (NaT where none does)."""
    never = pd.Series(pd.DatetimeIndex([None] * len(events), tz="UTC"), index=events.index)
    at = pd.to_datetime(events["recorded_at"], utc=True) if "recorded_at" in events.columns else never
    gone = events["status"].eq("withdrawn") if "status" in events.columns else pd.Series(False, index=events.index)
    told = events.assign(recorded=at, gone=gone)
    several = told.duplicated(["kind", "event_id"], keep=False).to_numpy()
    if several.any():  # few are told again, and to look at all would take the night
        order = ["version"] if "version" in told.columns else []
        versions = told[several].sort_values(order, kind="stable") if order else told[several]
        of_record = versions.groupby(["kind", "event_id"], sort=False)
        versions = versions.assign(
            recorded=of_record["recorded"].transform("min"), gone=of_record["gone"].transform("last")
        )
        told = pd.concat([told[~several], versions.drop_duplicates(["kind", "event_id"])])
    return told[~told["gone"].to_numpy(dtype=bool)]


def _of_kind(events: pd.DataFrame, timezone: str, imports: Mapping[str, pd.Timestamp]) -> RecordingDelay:
    dated = events[(events["time_precision"] != "month").to_numpy()].reset_index(drop=True)
    if not len(dated):
        return RecordingDelay(why=OF_MONTHS)
    start, until = (pd.to_datetime(dated[name], utc=True) for name in ("start", "end"))
    # A window that ends at midnight, as that of a whole day does, ends with the day before.
    begin, end = _days(start, timezone), _days((until - _TICK).where(until > start, start), timezone)
    at = dated["recorded"]
    recent = end > np.quantile(end, 0.99, method="lower") - YEAR
    if at.notna().to_numpy()[recent].mean() >= LEAST_KNOWN:
        told = at.notna().to_numpy()
        day = _days(at[told], timezone)
        since, to = _span_of_recording(at[told], day, timezone)
        sane = day >= begin[told] - 1  # one recorded before it can have happened has a wrong date
        return _measured(end[told][sane], day[sane], since, to, RECORDED)
    seen, since, to = _first_seen(dated, timezone, imports)
    if to is None:
        return RecordingDelay(why=FEW_SAY)
    known = seen.notna().to_numpy()
    return _measured(end[known], _days(seen[known], timezone), since, to, FIRST_SEEN)


def _measured(end: Days, day: Days, since: int, to: Optional[int], basis: str) -> RecordingDelay:
    """The delay of records made on days `day` of events that ended on days `end`, seen from day `since` to day `to`."""
    if to is None:
        return RecordingDelay(why=f"fewer than {LEAST_EVENTS} records say when they were made")
    kept = (end >= max(since, to - YEAR)) & (end <= to) & (day <= to)
    delay, age = np.maximum(day[kept] - end[kept], 0), to - end[kept]
    ages = np.sort(age)[::-1]
    longest = int(ages[LEAST_OLDEST - 1]) if len(ages) >= LEAST_OLDEST else 0
    horizon = min(HORIZON, longest)
    near = int((delay <= horizon).sum())
    if near < LEAST_EVENTS:
        return RecordingDelay(why=f"only {count_of(near, 'records')} tell it, and it takes {LEAST_EVENTS}")
    if horizon < LEAST_HORIZON:
        return RecordingDelay(
            why=f"records cover {count_of(horizon, 'days')} of recording, and it takes {LEAST_HORIZON}"
        )
    share = np.round(share_recorded(delay, age, horizon), 4)
    return RecordingDelay(basis, _as_date(to), tuple(share.tolist()), near)


def _span_of_recording(at: pd.Series, day: Days, timezone: str) -> tuple[int, Optional[int]]:
    """First day of recording, and the last whole one; None where there are too few records to tell.

    Five records in the week up to a day speak for it: single ones far away are wrong dates. The last day is whole where its
    last record comes as late, and there are half as many, as on the same weekday before: an extract made at noon ends there.
    """
    ordered = np.sort(day)
    if len(ordered) < LEAST_OF_WEEK:
        return 0, None
    crowded = ordered[LEAST_OF_WEEK - 1 :] - ordered[: -(LEAST_OF_WEEK - 1)] < 7
    if not crowded.any():
        return 0, None
    since = int(ordered[: len(crowded)][crowded].min())
    to = int(ordered[LEAST_OF_WEEK - 1 :][crowded].max())
    local = at.dt.tz_convert(pandas_zone(timezone))
    clock = (local.dt.hour * 60 + local.dt.minute).to_numpy()
    usual = [to - 7 * k for k in range(1, USUAL_WEEKS + 1) if (day == to - 7 * k).any()]
    if len(usual) < LEAST_WEEKS:
        return since, to - 1
    late = clock[day == to].max() >= min(clock[day == d].max() for d in usual)
    many = (day == to).sum() >= ARRIVED * np.median([(day == d).sum() for d in usual])
    return since, to if late and many else to - 1


def _first_seen(
    events: pd.DataFrame, timezone: str, imports: Mapping[str, pd.Timestamp]
) -> tuple[pd.Series, int, Optional[int]]:
    """When the store first had each record, and the days from and to which imports came without a gap; None where they did not."""
    if not imports or "source_ref" not in events.columns:
        return pd.Series(dtype=object), 0, None
    seen = pd.to_datetime(texts(events["source_ref"]).str[:16].map(dict(imports)), utc=True)
    days = np.unique(_days(seen.dropna(), timezone))  # a file without anything new of this kind says nothing of it
    if not len(days):
        return seen, 0, None
    gaps = np.flatnonzero(np.diff(days) > DAILY)
    run = days[gaps[-1] + 1 :] if len(gaps) else days
    if run[-1] - run[0] < LEAST_HORIZON:
        return seen, 0, None
    return seen, int(run[0]), int(run[-1])


def _days(moments: pd.Series, timezone: str) -> Days:
    local = pd.DatetimeIndex(pd.to_datetime(moments, utc=True)).tz_convert(pandas_zone(timezone)).tz_localize(None)
    return np.asarray(local.to_numpy().astype("datetime64[D]").astype(np.int64))


def _as_date(day: int) -> date:
    return date(1970, 1, 1) + timedelta(days=day)


# --- as the summary keeps it ----------------------------------------------------------------------------------------------


def delays_as_text(delays: Mapping[str, RecordingDelay]) -> str:
    """JSON: of each kind the shares by age, the number of records and the last day; nothing of a single record."""
    return json.dumps(
        {
            kind: {"basis": d.basis, "to": d.to.isoformat() if d.to else "", "complete": d.complete, "events": d.events, "why": d.why}
            for kind, d in sorted(delays.items())
        }
    )  # fmt: skip


def delays_of_text(text: Optional[str]) -> dict[str, RecordingDelay]:
    """From :func:`delays_as_text`; none known where there is none, or it cannot be read.

    >>> delays_of_text(delays_as_text({"crime": RecordingDelay("recorded", date(2024, 6, 30), (0.5, 1.0), 200)}))["crime"].days
    1
    >>> delays_of_text(None), delays_of_text("nonsense")
    ({}, {})
    """
    try:
        return {
            str(kind): RecordingDelay(
                str(d["basis"]), date.fromisoformat(d["to"]) if d["to"] else None, tuple(map(float, d["complete"])), int(d["events"]), str(d["why"])
            )
            for kind, d in json.loads(text or "{}").items()
        }  # fmt: skip
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}


def delays_in_words(delays: Mapping[str, RecordingDelay], kinds: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """(kind, sentence) of each kind there is, for the page about the data."""
    return tuple((NAMES_OF_KINDS.get(k, k), delays.get(k, RecordingDelay()).sentence) for k in kinds)


__all__ = [
    "NOT_KNOWN",
    "RecordingDelay",
    "delays_as_text",
    "delays_in_words",
    "delays_of_text",
    "recording_delays",
    "share_recorded",
    "within_days",
]

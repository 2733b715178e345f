"""A day-level crossover trial, compared as drawn: events of areas by operational day, on days on which lots had them visited or not.

The one design of the evaluation that may speak of an effect, and it says under which conditions: undrawn areas were not drained, the
schedule is the one that was drawn, and something was delivered.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from ..arrays import Bools, Floats, Ints
from ..errors import AreaError, EstimateError, TimeError
from ..material.summary_tables import Material
from ..params import PanelParams, TrialParams
from ..suppression import BASE, LEAST, check_audience, rounded
from ..times.civil import pandas_zone
from ..words import count_of, share
from .caveats import Facts, for_the_public
from .panel import Panel, panel_of
from .randomisation import UNKNOWN, DrawFit, Ratio, fit_draw
from .result import Result
from .trial_facts import TrialFacts
from .trial_outcomes import TrialOutcome, trial_outcomes
from .trial_presence import LEAST_BEFORE, Delivered, delivered
from .trial_schedule import DAY_BEGINS, Schedule

CLAIM = (
    "Lots decided which areas were drawn, so a difference may be read as an effect of being drawn, if the schedule was fixed before, visits "
    "followed it, and undrawn areas were not left alone for it. It is no effect of one visit, nor of other areas."
)
CLAIM_AGAIN = "By lot, under the same conditions."
DRAWN = "being drawn for visits"
REFERENCE = "Fisher 1935; Rosenbaum 2002; Wu & Ding 2021 (randomisation test, inverted and studentised)"
METHOD = (
    "Areas are compared as drawn, whether or not they were visited (intention to treat), by operational day from 06:00 to 05:59. The draw "
    "of the day before is a second term. The likely range holds the ratios that the draw does not reject: it was made anew many times under "
    "the same scheme, and nothing is assumed of how crime varies from day to day or from area to area. Events whose time is a window are "
    "shared over its hours."
)
MOST_NAMED = 6
MARKED = "they are marked and take no part"


@dataclass(frozen=True, eq=False)
class Days:
    """A panel of operational days laid out by the schedule: (days, areas) arrays of any of its columns."""

    panel: Panel
    at: Ints  # (days, areas) row of the panel's cells, −1 where there is none

    @classmethod
    def of(cls, panel: Panel, areas: tuple[str, ...], days: tuple[date, ...]) -> Days:
        cells = panel.cells
        first = cells.drop_duplicates("area_id")["area_id"].astype(str)
        periods = len(cells) // max(len(first), 1)
        starts = pd.DatetimeIndex(cells["period"].iloc[:periods]).tz_convert(pandas_zone(panel.params.timezone))
        row, column = pd.Index(starts.date).get_indexer(list(days)), pd.Index(first).get_indexer(list(areas))
        found = column[None, :] * periods + row[:, None]
        return cls(panel, np.where((row[:, None] >= 0) & (column[None, :] >= 0), found, -1))

    def values(self, column: Floats) -> Floats:
        """(days, areas) of a column (cells,); NaN where there is no cell."""
        return np.where(self.at >= 0, np.asarray(column, dtype=np.float64)[self.at], np.nan)

    def kept_for(self, *sources: str) -> Bools:
        """(days, areas): cells that are covered by sources."""
        return (self.at >= 0) & self.panel.kept_for(*sources)[self.at]


@dataclass(frozen=True, eq=False)
class Trial:
    """What a trial gave.

    Attributes
    ----------
    results : for each outcome being drawn, and for those declared before also having been drawn the day before
    notes : what was planned and delivered, and what else stands beside the results, as sentences
    presence : what was delivered
    hours : the weeks of the trial and of the days before: ``week, place ("drawn", "undrawn", "before"), hours``, by area and day
    """

    results: tuple[Result, ...]
    notes: tuple[str, ...]
    presence: Delivered
    hours: pd.DataFrame


def trial_panel(
    material: Material, schedule: Schedule, params: TrialParams = TrialParams(), least_covered: float = PanelParams().least_covered
) -> Panel:  # fmt: skip
    """The panel of operational days that a trial is compared on, with the days before.

    Parameters
    ----------
    material, schedule, params : of the trial
    least_covered : share of a day's hours that a source must cover

    Raises
    ------
    TimeError
        where no event tells its time by hour.
    EstimateError
        where there are no data.
    """
    days = PanelParams(
        period="shift", shift_hours=(float(DAY_BEGINS),), timezone=schedule.timezone, least_covered=least_covered
    )
    first, last = schedule.days[0] - timedelta(days=params.before_days), schedule.days[-1] + timedelta(days=1)
    try:
        return panel_of(material, days, first=first, last=last)
    except TimeError:
        raise TimeError(
            "All events tell the day or the month only, so that none can be counted in an operational day, which begins at 06:00.",
            "Give events with times.",
        ) from None


def trial_of(
    panel: Panel, schedule: Schedule, params: TrialParams = TrialParams(), *, audience: str = "restricted", stored: bool = True
) -> Trial:  # fmt: skip
    """Compare a trial as it was drawn.

    Parameters
    ----------
    panel : of :func:`trial_panel`
    schedule : as it was drawn
    params : TrialParams
    audience : to the public events are rounded and hours left out
    stored : whether a store vouches for the schedule

    Raises
    ------
    AreaError
        where areas of the schedule are not in the panel.
    EstimateError
        where no day of the trial is over.
    """
    public = check_audience(audience) == "public"
    days = Days.of(panel, schedule.areas, schedule.days)
    _check(days, schedule)
    presence = _presence(panel, days, schedule, params)
    about = _facts(presence, schedule, panel.params.least_covered, stored)
    results: list[Result] = []
    for outcome in trial_outcomes(panel, schedule.outcomes, params.others):
        results += _results(outcome, days, schedule, params, about)
    notes = [
        *presence.in_words(schedule.visit_minutes, exact=not public), *_renamed(panel, schedule),
        *(w for w in panel.warnings if MARKED not in w),  # of days before the data; those of the trial have a caveat
        f"The schedule was drawn {schedule.drawn_at.day} {schedule.drawn_at:%B %Y at %H:%M} UTC from the seed {schedule.seed}; its hash begins {schedule.mark[:12]}.",
    ]  # fmt: skip
    made = tuple(_for_public(r) for r in results) if public else tuple(results)
    return Trial(made, tuple(dict.fromkeys(notes)), presence, _weeks(panel, days, schedule, params))


# --- parts ------------------------------------------------------------------------------------------------------------


def _check(days: Days, schedule: Schedule) -> None:
    there = (days.at >= 0).any(axis=0)
    if not there.all():
        lacking = [a for a, yes in zip(schedule.areas, there) if not yes]
        shown = ", ".join(map(repr, lacking[:MOST_NAMED])) + (" and others" if len(lacking) > MOST_NAMED else "")
        raise AreaError(
            f"{count_of(len(lacking), 'areas')} of the schedule cannot be found by id: {shown}.",
            "Give the areas as they were when the schedule was drawn, with the same ids; their names may have changed.",
        )
    if not (days.at >= 0).any():
        raise EstimateError("There are no data of the days of the trial.", "Compare once its days are over.")


def _results(
    outcome: TrialOutcome, days: Days, schedule: Schedule, params: TrialParams, about: TrialFacts
) -> list[Result]:
    counts, keep = np.nan_to_num(days.values(outcome.counts)), (days.at >= 0) & outcome.keep[days.at]
    seen = np.flatnonzero(keep.any(axis=1))
    events = float(counts[keep].sum())
    fit = DrawFit(UNKNOWN, UNKNOWN)
    if events > 0 and not about.altered:
        fit = fit_draw(counts, schedule.drawn, keep, n=params.redraws, seed=schedule.seed)
    left = len(schedule.days) - (int(seen[-1]) + 1 if len(seen) else 0)
    facts = Facts(
        police_generated=outcome.police, cut_by=_cut_by(days.panel, schedule), periods_left_out=len(schedule.days) - left - len(seen),
        trial=replace(about, days=len(seen), days_left=left),
    )  # fmt: skip

    def result(ratio: Ratio, name: str, exposure: str, primary: bool) -> Result:
        trial = facts.trial if primary or facts.trial.is_drained else replace(facts.trial, most_drained=math.nan)
        own = replace(
            facts, no_figure=events > 0 and not about.altered and not np.isfinite(ratio.estimate), trial=trial
        )
        return Result(
            "trial", "areas drawn by lot each day", name, exposure, "rate_ratio", ratio.estimate, ratio.low, ratio.high, ratio.p,
            "randomisation", int(keep.any(axis=0).sum()), len(seen), events, primary=primary, claim=CLAIM if primary else CLAIM_AGAIN,
            facts=own, reference=REFERENCE, method=METHOD,
        )  # fmt: skip

    found = [result(fit.drawn, outcome.name, DRAWN, outcome.primary)]
    return (
        [*found, result(fit.day_after, f"{outcome.name} on the day after", DRAWN, False)] if outcome.primary else found
    )


def _presence(panel: Panel, days: Days, schedule: Schedule, params: TrialParams) -> Delivered:
    earlier = tuple(schedule.days[0] - timedelta(days=k) for k in range(params.before_days, 0, -1))
    past = Days.of(panel, schedule.areas, earlier)
    hours, cover = (panel.cells[c].to_numpy(dtype=np.float64) for c in ("officer_hours", "patrol_hours"))
    before = np.where(past.kept_for("time"), past.values(hours), np.nan)
    weekday, weekday_before = (
        np.array([d.weekday() for d in some], dtype=np.int64) for some in (schedule.days, earlier)
    )
    return delivered(
        days.values(hours), 60 * days.values(cover), schedule.drawn, days.kept_for("time"), before, weekday, weekday_before,
        schedule.visit_minutes,
    )  # fmt: skip


def _facts(presence: Delivered, schedule: Schedule, least_covered: float, stored: bool) -> TrialFacts:
    undrawn, contrast, unknown = presence.undrawn, presence.contrast, ""
    if not presence.area_days["drawn"]:
        unknown = (
            f"On no day of the trial do data of officers' time cover {share(100 * least_covered)} of its hours, so that nobody can tell whether "
            "undrawn areas were drained."
        )
    elif np.isnan(undrawn.value):
        few = presence.days_before < LEAST_BEFORE
        unknown = (
            f"Officer time is known of {count_of(presence.days_before, 'days')} before the trial; without {LEAST_BEFORE} nobody can tell whether undrawn areas were drained."
            if few
            else "There was no officer time in these areas before the trial, so that nobody can tell whether undrawn areas were drained."
        )
    return TrialFacts(
        drained=100 * (1 - undrawn.value), drained_low=100 * (1 - undrawn.high), drained_high=100 * (1 - undrawn.low),
        most_drained=schedule.most_drained, drain_unknown=unknown, contrast=contrast.value, contrast_low=contrast.low, delivered=presence.delivered(schedule.visit_minutes),
        reached=presence.reached["drawn"],
        visit_minutes=schedule.visit_minutes, altered=schedule.why_altered(), not_stored=not stored, per_day=schedule.per_day,
    )  # fmt: skip


def _cut_by(panel: Panel, schedule: Schedule) -> tuple[str, ...]:
    """Notes that touch the areas in the days of the trial or before: both what is usual and what was counted hang on them."""
    return tuple(panel.facts(panel.cells["area_id"].isin(schedule.areas).to_numpy()).cut_by)


def _renamed(panel: Panel, schedule: Schedule) -> list[str]:
    now = panel.cells.drop_duplicates("area_id").set_index("area_id")["name"].astype(str)
    other = [
        f"{then} (now {now[a]})" for a, then in zip(schedule.areas, schedule.names) if a in now.index and now[a] != then
    ]
    if not other:
        return []
    listed = ", ".join(other[:MOST_NAMED]) + (" and others" if len(other) > MOST_NAMED else "")
    return [f"Areas are known by their ids; some have another name than in the schedule: {listed}."]


def _for_public(result: Result) -> Result:
    """Events rounded; under five nothing is told."""
    few = 0 < result.events < LEAST
    events = max(float(BASE), float(rounded(result.events))) if result.events > 0 else result.events
    return replace(result, events=events, facts=replace(for_the_public(result.facts), too_few_for_public=few))


def _weeks(panel: Panel, days: Days, schedule: Schedule, params: TrialParams) -> pd.DataFrame:
    """Mean officer hours an area and day, by week."""
    earlier = tuple(schedule.days[0] - timedelta(days=k) for k in range(params.before_days, 0, -1))
    past = Days.of(panel, schedule.areas, earlier)
    hours = panel.cells["officer_hours"].to_numpy(dtype=np.float64)
    rows = []
    for some, dates, sides in (
        (past, earlier, {"before": np.ones(past.at.shape, dtype=bool)}),
        (days, schedule.days, {"drawn": schedule.drawn, "undrawn": ~schedule.drawn}),
    ):
        known, own = some.kept_for("time"), some.values(hours)
        week = np.array([d - timedelta(days=d.weekday()) for d in dates], dtype=object)
        for place, side in sides.items():
            part = pd.DataFrame({"week": np.repeat(week, own.shape[1]), "hours": own.ravel()})[(known & side).ravel()]
            rows.append(part.groupby("week", as_index=False)["hours"].mean().assign(place=place))
    return pd.concat(rows, ignore_index=True)[["week", "place", "hours"]]


__all__ = ["Days", "Trial", "trial_of", "trial_panel"]

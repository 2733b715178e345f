"""A trial as a page: undrawn areas first, then what was found and under which conditions, then what was delivered."""

from __future__ import annotations

from typing import Optional

from ..charts.drawn_lines import drawn_lines
from ..checked import Checked
from ..marking import MARKING
from ..words import count_of
from .page import results_page, results_section
from .trial import Trial
from .trial_schedule import Schedule

OVER_DRAWS = (
    "The interval is of how much the figure would change with other draws of the same areas and days, and p is the one declared before. "
    "Primary comparisons were declared when the schedule was drawn, three at most; the others are exploratory, and their p is adjusted for "
    "their number (Holm)."
)
EFFECT = "An effect is spoken of because lots decided, in these areas, on these days and with what was delivered; elsewhere it may be another."
NO_EFFECT = "No effect is stated: what stands first says why."
CLOSING = "The schedule tells of areas, never of officers. Areas stand in alphabetical order."


def trial_page(
    found: Trial, schedule: Schedule, *, audience: str = "board", marking: str = MARKING, runs_before: Optional[int] = None,
    checked: Optional[Checked] = None,
) -> str:  # fmt: skip
    """HTML text of a trial.

    Parameters
    ----------
    found, schedule : the trial and its schedule
    audience, marking, runs_before, checked : see :func:`~.page.results_page`
    """
    charts = []
    if audience != "public" and len(found.hours):
        caption = "Mean officer hours an area and day, by week. The dashed line is what the areas had before the trial."
        charts.append((drawn_lines(found.hours), caption))
    days = [f"{d.day} {d:%B %Y}" for d in (schedule.days[0], schedule.days[-1])]
    about = f"{days[0]} to {days[1]}, operational days from 06:00; {count_of(schedule.per_day, 'areas')} of {len(schedule.areas)} drawn each day"
    stated = any(r.primary and not r.withheld for r in found.results)
    section = results_section(
        found.results, title="A trial by day", notes=found.notes, charts=charts, interval=OVER_DRAWS
    )
    return results_page(
        section, about=about, audience=audience, marking=marking, runs_before=runs_before, checked=checked,
        closing=f"{EFFECT if stated else NO_EFFECT} {CLOSING}",
    )  # fmt: skip

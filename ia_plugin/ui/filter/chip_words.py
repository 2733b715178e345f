"""What the chips say of a view: "Northgate", "3–30 Jun v earlier", "Fri–Sat 22:00–07:00", "Response", "+ filter"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Optional

from ...core.filter_state import GROUPS, listed, period_in_words, weekdays_in_words
from ..translated import translated
from .filter_words import Words
from .view import View

MOST_LETTERS = 30  # of one name
MOST_ON_CHIP = 24
FURTHER = ("modes", "kinds", "categories", "key_types")


def chip_words(
    view: View, words: Words, names: Mapping[str, str], year: Optional[int] = None
) -> dict[str, tuple[str, bool]]:
    """For each chip its words, and whether it leaves something out; `year`, that of the newest data, goes without saying."""
    state, nothing = view.state, words.chip_of_nothing
    areas = translated(listed([names.get(a, a) for a in state.areas], most=1))
    days = translated(period_in_words(state.first, state.last)) if state.first or state.last else words.all_days
    if year is not None and state.first and state.last and state.first.year == state.last.year == year:
        # The line above the chips says how new the data are, and the tip of the chip the year.
        days = days.rsplit(" ", 1)[0]
    versus = {"before": words.tr("v earlier"), "year": words.tr("v last year")}.get(view.compared, "")
    hours = [] if len(state.weekdays) == 7 else [translated(weekdays_in_words(state.weekdays))]
    hours += [] if state.any_hour else [f"{state.hour_from:02}:00–{state.hour_to % 24:02}:00"]
    who = [words.of(name, v) for name in GROUPS for v in getattr(state, name)]
    more = [words.of(name, v) for name in FURTHER for v in getattr(state, name)]
    return {
        "area": (_short(areas) or nothing["area"], bool(areas)),
        "period": (f"{days} {versus}".strip(), False),
        "hours": (" ".join(hours) or nothing["hours"], bool(hours)),
        "who": (_short(translated(listed(who, most=1))) or nothing["who"], bool(who)),
        "more": (_short(translated(listed(more, most=1))) or nothing["more"], bool(more)),
    }


def cut(name: str) -> str:
    """A name that cannot fill the dock."""
    return name if len(name) <= MOST_LETTERS else name[: MOST_LETTERS - 1] + "…"


def _short(words: str) -> str:
    return words if len(words) <= MOST_ON_CHIP + 10 else words[: MOST_ON_CHIP + 9] + "…"


__all__ = ["chip_words", "cut"]

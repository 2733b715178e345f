"""What a sentence says of a count: none, not known and not shown are three things."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.answers.sentences import SMALL, _comparison, _happened, _searched

NAN = float("nan")
NAMES = {"(impact)": "Impact Areas", "(rest)": "Rest of the force", "(all)": "Whole force"}


def searches(hidden=False, **counts):
    """The table of question 6 with the counts of some places, 20 % of them with the object found."""
    places = {f"({p})": float(n) for p, n in counts.items()}
    table = pd.DataFrame({"place": list(places), "name": [NAMES[p] for p in places], "searches": list(places.values())})
    table["found_percent"] = np.where(table["searches"] > 0, 20.0, NAN)
    return table.assign(hidden=table["searches"].isna()) if hidden else table


def events(hidden=False, **counts):
    """The table of question 5 with crimes only."""
    table = searches(hidden, **counts).rename(columns={"searches": "events"}).drop(columns="found_percent")
    blank = dict.fromkeys(("share_percent", "per_km2", "events_before", "events_year_before"), NAN)
    return table.assign(kind="crime", by="category", group="(all)", **blank)


@pytest.mark.parametrize(
    ("table", "of_searches", "of_crimes"),
    [
        (dict(impact=0, rest=9, all=9), "Impact Areas: 0 stops and searches.", "Impact Areas: 0 recorded crimes."),
        (
            dict(impact=1, rest=9, all=10),
            "Impact Areas: 1 stop and search; the object was found in 20 % of those with a result.",
            "Impact Areas: 1 recorded crime.",
        ),
        (
            dict(impact=NAN, rest=NAN, all=NAN),
            "No stops and searches are known for this period.",
            "No recorded crimes are known for this period.",
        ),
        (
            dict(impact=NAN, rest=9, all=20, hidden=True),
            f"Impact Areas: stops and searches {SMALL}.",
            f"Impact Areas: recorded crimes {SMALL}.",
        ),
        (
            dict(rest=7, all=7),
            "Whole force: 7 stops and searches; the object was found in 20 % of those with a result.",
            "Whole force: 7 recorded crimes.",
        ),
    ],
)
def test_none_is_neither_not_known_nor_not_shown(table, of_searches, of_crimes):
    assert [s for _, _, s, _ in _searched(searches(**table), base=0)] == [of_searches]
    assert [s for _, about, s, _ in _happened(events(**table), None) if about != "incident"] == [of_crimes]


def test_a_median_of_the_areas_that_are_shown_says_so():
    """4, 6 and 8 h per km²: median 6; without the least one 7, which is no median of all three."""
    areas = pd.DataFrame({"role": "impact", "hours_per_km2": [8.0, 4.0, 6.0]}, index=["a", "b", "c"])
    told = lambda table: _comparison(table)[0][2]  # noqa: E731
    assert told(areas) == "Areas one by one: Impact Areas median 6 h per km² (range 4 to 8)."
    areas.loc["b", "hours_per_km2"] = NAN
    assert told(areas) == (
        "Areas one by one: Impact Areas median 7 h per km² (range 6 to 8; 2 of 3 areas, the others are not shown)."
    )

"""The range of shares by mode hangs on how many officers are known to stand behind the time, and says the same through every door."""

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.answers.figure_words import as_answer, as_table, lines_of
from ia_plugin.core.answers.questions import tables
from ia_plugin.core.answers.sentences import CHECKED, UNCHECKED, sentences
from ia_plugin.core.answers.splits import activities_table, activity_share, modes_table
from ia_plugin.core.columns import ALL
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.figures import figures
from ia_plugin.core.material.mode_ranges import hours_of_modes, officers_at_least
from ia_plugin.core.material.places import area_places, role_place
from ia_plugin.core.material.summary_tables import Material
from ia_plugin.core.movement.likely_shares import concentration_of, share_range, spread_after
from ia_plugin.core.report.answers_page import answers_page
from ia_plugin.core.words import RANGES_OF_MODES

DAY = FilterState(first=date(2024, 6, 3), last=date(2024, 6, 3))
NINE = pd.Timestamp("2024-06-03T09:00Z")


def material_of(hours=((0, 3.2), (1, 6.0)), seen=None, cover=None, unknown=0.2, foot=0.25):
    """One area: officer-hours by hour after nine, a quarter of them on foot; officers seen on the day; officers of an hour."""
    rows = [
        {
            "area_id": place, "period": NINE + pd.Timedelta(hours=k), **dict.fromkeys(("unit", "department", "officer_role", "resource_type"), ALL),
            "activity": "on_foot", "officer_seconds": 3600 * spent, "variance": 1.0, "systematic": 1.0,
            **{f"{m}_seconds": share * 3600 * spent for m, share in
               dict(foot=foot, vehicle=1 - foot - unknown, stationary=0.0, unknown=unknown, bicycle=0.0).items()},
        }
        for k, spent in hours for place in ("a", "(impact)")
    ]  # fmt: skip
    areas = pd.DataFrame([{"area_id": "a", "name": "A", "role": "impact", "geometry": shapely.box(0, 0, 1000, 1000)}])
    tables = {}
    if seen is not None:
        day = pd.Timestamp("2024-06-02T23:00Z")
        tables["officers_seen"] = pd.DataFrame(
            [{"area_id": "a", "period": day, "dimension": ALL, "value": ALL, "officers": seen}]
        )
    if cover is not None:
        row = {
            "area_id": "a",
            "period": NINE,
            "unit": ALL,
            "resource_type": ALL,
            "patrol_seconds": 3600.0,
            "officers": cover,
        }
        tables["cover"] = pd.DataFrame([row])
    return Material.of(areas, pd.DataFrame(rows), **tables)


@pytest.mark.parametrize(
    ("more", "officers"),
    [
        ({}, 6),  # 6.0 hours in one hour are those of six; 3.2 of four
        (dict(hours=((0, 0.4), (1, 0.7))), 1),
        (dict(cover=9), 9),  # so many different ones in an hour
        (dict(hours=((0, 0.4),), seen=3), 3),
        (dict(hours=((0, 0.4),), seen=40), 5),  # of a day five or more is all that is published
    ],
)
def test_so_many_officers_stand_behind_it_at_least(more, officers):
    material = material_of(**more)
    where = [role_place(material, "(impact)"), *area_places(material)]
    assert officers_at_least(material, DAY, where).tolist() == [officers, officers]


def test_hours_that_the_filter_leaves_out_count_nobody():
    material = material_of()
    early = FilterState(first=DAY.first, last=DAY.last, hour_from=10, hour_to=11)  # nine in UTC
    assert officers_at_least(material, early, area_places(material)).tolist() == [4]


def test_figures_tell_the_range_and_where_it_comes_from():
    found = figures(material_of(), DAY, "none")
    row = found.table.set_index("key").loc["foot"]
    low, high = share_range(0.25, 0.8, 9.2, concentration_of(6), "foot")
    assert [row["value"], row["low"], row["high"]] == pytest.approx([25, 100 * float(low), 100 * float(high)])
    stated = f"25 % ({100 * float(low):.0f}–{100 * float(high):.0f})"
    assert next(r for r in lines_of(found) if r["key"] == "foot")["here"][0] == stated
    assert stated in as_table(found) and RANGES_OF_MODES in as_table(found)
    answer = as_answer(found, "foot")
    assert (
        f"25 %, likely {100 * float(low):.0f}–{100 * float(high):.0f}." in answer
        and "how differently people move" in answer
    )
    assert next(r for r in lines_of(found) if r["key"] == "unknown")["here"][0] == "20 %"


def test_no_range_where_modes_are_filtered_or_nothing_is_known():
    one = FilterState(first=DAY.first, last=DAY.last, modes=("foot",))
    table = figures(material_of(), one, "none").table.set_index("key")
    assert table.loc[["foot", "vehicle", "unknown"], ["value", "low", "high"]].isna().all(axis=None)
    # Of time without any mode nothing is told, so that there is no range of it either.
    blind = figures(material_of(foot=0.0, unknown=1.0), DAY, "none").table.set_index("key").loc["vehicle"]
    assert blind["value"] == 0.0 and np.isnan([blind["low"], blind["high"]]).all()
    # Nor of its hours, which may be none of them or all; what is counted has its own.
    hours = figures(material_of(foot=0.0, unknown=1.0), one, "none").table.set_index("key").loc["officer_hours"]
    assert hours["value"] == 0.0 and np.isnan([hours["low"], hours["high"]]).all()
    counted = figures(material_of(foot=0.0, unknown=1.0), replace(one, modes=("foot", "unknown")), "none")
    assert np.isfinite(counted.table.set_index("key").loc["officer_hours", ["low", "high"]].astype(float)).all()


def hours_under(*modes):
    found = figures(material_of(), FilterState(first=DAY.first, last=DAY.last, modes=modes), "none")
    row = found.table.set_index("key").loc["officer_hours"]
    return [row["value"], row["low"], row["high"]], as_answer(found, "officer_hours")


def test_hours_of_a_mode_are_as_doubtful_as_its_share():
    """9.2 h, a quarter on foot: the gaps leave seconds open, the mode hours."""
    low, high = share_range(0.25, 0.8, 9.2, concentration_of(6), "foot")
    hours, answer = hours_under("foot")
    assert hours == pytest.approx([2.3, 9.2 * float(low), 9.2 * float(high)], abs=0.001)
    assert RANGES_OF_MODES[1:-1] in answer and "gaps between fixes" not in answer


def test_hours_that_are_counted_keep_the_range_of_the_gaps():
    all_time, answer = hours_under()
    assert "gaps between fixes" in answer
    assert hours_under("foot", "vehicle", "stationary", "unknown")[0] == pytest.approx(all_time)
    counted, answer = hours_under("unknown")
    assert counted == pytest.approx([1.84] * 3, abs=0.001) and "gaps between fixes" in answer


def test_doubt_of_the_gaps_and_of_the_modes_stand_at_right_angles():
    sums = {"all": np.array([36000.0]), **{m: np.array([0.0]) for m in ("stationary", "unknown", "bicycle")}}
    sums |= {"foot": np.array([9000.0]), "vehicle": np.array([27000.0])}
    ends = [10 * float(e) for e in share_range(0.25, 1.0, 10.0, concentration_of(1), "foot")]
    one = np.ones(1)
    value, low, high = hours_of_modes((2.5 * one, 2.2 * one, 2.9 * one), sums, one, ["foot"])
    assert value == 2.5 and low == pytest.approx(2.5 - np.hypot(0.3, 2.5 - ends[0]))
    assert high == pytest.approx(2.5 + np.hypot(0.4, ends[1] - 2.5))
    # A method without ranges of hours has none of a mode's either.
    assert np.isnan(hours_of_modes((2.5 * one, np.nan * one, np.nan * one), sums, one, ["foot"])[1:]).all()


def test_a_model_that_was_checked_on_the_force_has_narrower_ranges_through_every_door():
    """The same tables, told by a model that was calibrated on 30 officers: on foot and in vehicles the range is narrower, of stops,
    which nobody labels, it stays."""
    plain = material_of(seen=5, foot=0.25)
    checked = replace(plain, share_spread=spread_after(30.0))

    def widths(material):
        values = figures(material, DAY, "none").table.set_index("key")
        split = modes_table(material, DAY, "restricted").set_index("place").loc["(impact)"]
        shares = [values["high"][m] - values["low"][m] for m in ("foot", "vehicle", "stationary")]
        assert shares == pytest.approx([split[f"{m}_percent_high"] - split[f"{m}_percent_low"] for m in ("foot", "vehicle", "stationary")])  # fmt: skip
        done = activities_table(material, DAY, "restricted").set_index("place").loc["(impact)"]
        hours = figures(material, replace(DAY, modes=("foot",)), "none").table.set_index("key").loc["officer_hours"]
        return [*shares, hours["high"] - hours["low"], done["officer_hours_high"] - done["officer_hours_low"]]

    wide, narrow = np.array(widths(plain)), np.array(widths(checked))
    assert (narrow[[0, 1, 3, 4]] < wide[[0, 1, 3, 4]]).all() and narrow[2] == wide[2]


def test_hours_by_activity_have_the_range_of_what_the_mode_alone_tells():
    """9.2 h of which 1.84 cannot be told, all said to be on foot: what is linked, and what is not known, is counted."""
    found = (
        activities_table(material_of(seen=5), DAY, "restricted")
        .set_index(["place", "activity"])
        .loc[("(impact)", "on_foot")]
    )
    low, high = share_range(1.0, 1.0, 9.2, concentration_of(6), "foot")
    assert [found["officer_hours_low"], found["officer_hours_high"]] == pytest.approx(
        [9.2 * float(low), 9.2 * float(high)]
    )
    public = activities_table(material_of(seen=5), DAY, "public")
    ends = public[["officer_hours_low", "officer_hours_high"]].to_numpy()
    assert np.allclose(ends[np.isfinite(ends)] % 5, 0)
    counted = public[~public["activity"].isin(["on_foot", "in_vehicle", "on_bicycle", "stopped"])]
    assert counted["officer_hours_low"].isna().all()
    assert activities_table(material_of(seen=5), replace(DAY, modes=("foot",)))["officer_hours_low"].isna().all()


def test_what_the_mode_alone_tells_has_its_range_in_sentences_and_beside_bars():
    """9.2 h, of which a fifth is not known: the share on foot stands with the range of its hours wherever question 3 is told."""
    material = material_of(seen=5)
    found = tables(material, DAY, "restricted")
    stated = activity_share(found["activities"].set_index(["place", "activity"]).loc[("(impact)", "on_foot")])
    assert ", likely " in stated
    said = sentences(material, DAY, found, "restricted")
    line = said[(said["question"] == 3) & (said["about"] == "Impact Areas")].iloc[0]
    assert f"on foot, nothing linked {stated}" in line["sentence"] and RANGES_OF_MODES in line["caveat"]
    assert line["sentence"].count("likely") == 1  # what is not known is counted
    page = answers_page(material, DAY, found, said, audience="restricted")
    row = re.search(r'<th scope="row">on foot, nothing linked</th>.*?<td class="says">([^<]+)</td>', page)
    assert row is not None and row[1].startswith(f"{stated}, comparison areas ")


def test_answers_say_whether_the_model_was_checked_on_the_force():
    plain = material_of(seen=5)
    for material, words in ((plain, UNCHECKED), (replace(plain, share_spread=spread_after(30.0)), CHECKED)):
        said = sentences(material, DAY, tables(material, DAY, "restricted"), "restricted")
        caveats = said.loc[said["question"] == 4, "caveat"]
        assert len(caveats) and caveats.str.startswith(words).all()

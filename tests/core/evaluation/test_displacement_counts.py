"""Events counted in areas, rings, hours and types; results in words; maps for each audience."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.errors import ColumnError, DataRangeError, ParameterError, TimeError
from ia_plugin.core.evaluation.displacement import weighted_displacement_difference
from ia_plugin.core.evaluation.displacement_counts import count_around, counts_of_table
from ia_plugin.core.evaluation.displacement_ground import displacement_ground
from ia_plugin.core.evaluation.displacement_map import rings_table
from ia_plugin.core.evaluation.displacement_plan import days_of, hours_of, plan_of
from ia_plugin.core.evaluation.displacement_results import SPATIAL_ONLY, displacement
from ia_plugin.core.evaluation.results import results_table
from ia_plugin.core.evaluation.sentences import banned, sentence_of
from ia_plugin.core.params import DisplacementParams

ASKED = DisplacementParams(
    before_from="2023-01-01",
    before_to="2023-12-31",
    after_from="2024-01-01",
    after_to="2024-12-31",
    scored_from="2022-01-01",
    scored_to="2022-12-31",
)
ROLES = {"a": "impact", "b": "impact", "c": "comparison", "d": "comparison"}
BOXES = [shapely.box(x, 0, x + 400, 400) for x in (0, 5_000, 10_000, 15_000)]
AREAS = pd.DataFrame({"area_id": list(ROLES), "role": list(ROLES.values()), "geometry": pd.Series(BOXES, dtype=object)})
GROUND = displacement_ground(AREAS, (100, 300))


def events(rows, precision="minute", **more):
    """Events from (time in civil Britain, x, y, category, minutes); areas begin at x = 0, 5 000, 10 000, 15 000."""
    start = pd.to_datetime([r[0] for r in rows]).tz_localize("Europe/London").tz_convert("UTC")
    table = pd.DataFrame(
        {
            "event_id": [str(i) for i in range(len(rows))],
            "kind": "crime",
            "category": [r[3] if len(r) > 3 else "Burglary" for r in rows],
        }
    )
    table["key_type"] = table["category"].str.lower()
    table["start"] = start
    table["end"] = start + pd.to_timedelta([r[4] if len(r) > 4 else 0 for r in rows], unit="min")
    return table.assign(time_precision=precision, x=[float(r[1]) for r in rows], y=[float(r[2]) for r in rows], **more)


def counted(rows, params=ASKED, **more):
    counts = count_around(events(rows, **more), GROUND, plan_of(params))
    names = [f"{r.area_id}{r.band_m:g}" for r in GROUND.table.itertuples()]
    return {
        k: {n: (b, a) for n, b, a in zip(names, counts.before[k], counts.after[k]) if b or a} for k in counts.before
    }, counts


def test_by_place_and_window():
    found, counts = counted([
        ("2023-01-01 00:00", 100, 100), ("2023-12-31 23:59", 100, 100), ("2024-01-01 00:00", 100, 100),  # inside a
        ("2023-05-05 12:00", 450, 200), ("2024-05-05 12:00", 650, 200), ("2024-05-05 12:00", 900, 200),  # 50, 250, 500 m east of a
        ("2022-12-31 23:59", 100, 100), ("2025-01-01 00:00", 100, 100),  # outside the windows
        ("2024-07-07 12:00", 10_100, 100),
    ])  # fmt: skip
    assert found["main"] == {"a0": (2, 1), "a100": (1, 0), "a300": (0, 1), "c0": (0, 1)}
    assert counts.outcome == "records of burglary" and counts.notes == ()


def test_an_event_on_a_border_counts_once():
    _, counts = counted(
        [("2023-05-05 12:00", x, y) for x, y in ((0, 0), (400, 200), (500, 200), (700, 200), (200, 400))]
    )
    assert counts.before["main"].sum() == 5


def test_types_are_found_by_key_type_category_or_kind():
    rows = [("2023-05-05 12:00", 100, 100, c) for c in ("Burglary", "Robbery", "Drugs")]
    for outcome, n in (("burglary", 1), ("BURGLARY, robbery", 2), ("crime", 3), ("", 3)):
        assert counted(rows, replace(ASKED, outcome=outcome))[1].before["main"].sum() == n
    with pytest.raises(ParameterError, match="No event is of the type 'Bulgary'.*Burglary"):
        counted(rows, replace(ASKED, outcome="Bulgary"))
    found, _ = counted(rows, replace(ASKED, outcome="burglary", neighbour_types="robbery"))
    assert found["type:robbery"] == {"a0": (1, 0)} and found["main"] == {"a0": (1, 0)}


def test_hours_and_days_next_to_those_of_the_activity():
    rows = [
        (f"2023-07-{day} {hour:02}:30", 100, 100)
        for day, hour in ((7, 21), (7, 22), (8, 1), (8, 2), (8, 12), (6, 23), (7, 19))
    ]  # 7 July: Friday
    found, _ = counted(rows, replace(ASKED, hours="22-02"))
    assert found["main"] == {"a0": (3, 0)} and found["hours"] == {"a0": (2, 0)}
    found, _ = counted(rows, replace(ASKED, hours="18-24", days="Fri"))
    assert found["main"] == {"a0": (3, 0)} and found["days"] == {"a0": (1, 0)}


def test_an_hour_of_summer_is_civil():
    found, _ = counted([("2023-07-07 00:30", 100, 100)], replace(ASKED, hours="0-1"))  # 23:30 UTC the day before
    assert found["main"] == {"a0": (1, 0)}


def test_what_tells_no_hour_is_refused_or_left_out():
    rows = [("2023-05-01 00:00", 100, 100), ("2023-05-01 00:00", 100, 100)]
    for precision, asked, word in (("month", "hours", "hour"), ("day", "hours", "hour"), ("month", "days", "day")):
        with pytest.raises(TimeError, match=f"tell the {precision} only, so they have no {word}"):
            counted(rows, replace(ASKED, **{asked: "18-20" if asked == "hours" else "Fri"}), precision=precision)
    long = [("2023-05-05 18:10", 100, 100, "Burglary", 300), ("2023-05-05 18:10", 100, 100, "Burglary", 20)]
    found, counts = counted(long, replace(ASKED, hours="18-20"))
    assert found["main"] == {"a0": (1, 0)} and "1 event with a window of over an hour has no hour" in counts.notes[0]
    assert counted(long)[0]["main"] == {"a0": (2, 0)}


def test_months_are_not_cut():
    rows = [("2023-05-01 00:00", 100, 100)]
    with pytest.raises(TimeError, match="the windows cut months.*first"):
        counted(rows, replace(ASKED, before_from="2023-01-15"), precision="month")
    assert counted(rows, precision="month")[0]["main"] == {"a0": (1, 0)}


def test_anchored_points_and_narrow_rings():
    rows = [("2023-05-05 12:00", 100, 100), ("2024-05-05 12:00", 450, 100), ("2023-05-05 12:00", 10_450, 100)]
    _, counts = counted(rows, location_precision="snapped")
    assert counts.snapped_m == 100
    table = results_table(displacement(counts, plan_of(ASKED)).results)
    ring = table["outcome"].str.contains("m from Impact Areas")
    assert table.loc[ring, "caveats"].str.contains("snapped_points").all()
    assert not table.loc[~ring, "caveats"].str.contains("snapped_points").any()
    assert not np.isfinite(counted(rows, location_precision="point")[1].snapped_m)


def test_windows_that_the_data_do_not_cover():
    rows = [(f"2023-{m:02}-05 12:00", 100, 100) for m in range(7, 13)] * 4 + [
        (f"2024-{m:02}-05 12:00", 100, 100) for m in range(1, 13)
    ]
    _, counts = counted(rows)
    assert len(counts.notes) == 1 and counts.notes[0].startswith("The events cover 49.5 % of the time before only.")
    assert counted([*rows, ("2022-12-31 12:00", 9e5, 9e5)])[1].notes == ()


def test_squares_and_events_without_a_place_are_counted_out():
    rows = [("2023-05-05 12:00", 100, 100)] * 2 + [("2023-05-05 12:00", np.nan, np.nan)]
    found, counts = counted(rows, square_m=[np.nan, 1000.0, np.nan])
    assert found["main"] == {"a0": (1, 0)} and len(counts.notes) == 2


@pytest.mark.parametrize(
    "change, words",
    [
        ({"before_to": ""}, "BEFORE_TO = '' is no day"), ({"after_from": "", "after_to": ""}, "AFTER_FROM and AFTER_TO"),
        ({"after_from": "2023-12-31"}, "not before the time after begins"), ({"before_from": "2024-01-01"}, "Exchange them"),
        ({"after_to": "31/12/2024"}, "YYYY-MM-DD"), ({"after_to": "9999-12-31"}, "outside the years"), ({"before_from": "0023-01-01"}, "outside the years"), ({"distances": "near"}, "DISTANCES"), ({"hours": "9 to 5pm"}, "HOURS"),
        ({"hours": "00-24"}, "whole day"), ({"days": "Friyay 1"}, "DAYS"), ({"harm_weights": "burglary"}, "HARM_WEIGHTS"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(change, words):
    with pytest.raises(ParameterError, match=words):
        plan_of(replace(ASKED, **change))


def test_hours_days_and_distances_as_people_write_them():
    assert hours_of("22:00–02:00") == {22, 23, 0, 1} and hours_of("8 to 10") == {8, 9} and days_of("Mon;tue") == {0, 1}
    assert plan_of(replace(ASKED, distances="500 m, 250")).distances == (250, 500)


# --- a table of counts, and results in words --------------------------------------------------------------------------

SHARES = np.array([0.5, 0.3, 0.2])


def paper(**changes):
    """The counts of Wheeler & Ratcliffe's example, over three areas of each role that differ in size and a little in change."""
    totals = {"impact": ((207, 110), (178, 157)), "comparison": ((308, 318), (150, 140))}
    rows = []
    for role, places in totals.items():
        for band, (before, after) in zip((0, 500), places):
            b, a = (np.floor(SHARES * n + s) for n, s in ((before, (0, 0, 0)), (after, (1, -1, 0))))
            b[2], a[2] = before - b[:2].sum(), after - a[:2].sum()
            rows += [(f"{role[0]}{i}", role, band, b[i], a[i]) for i in range(3)]
    return pd.DataFrame(rows, columns=["area_id", "role", "band_m", "before", "after"]).assign(**changes)


def test_the_papers_example_from_a_table():
    found = displacement(counts_of_table(paper(), "burglaries"))
    inside, around, both = found.results
    assert inside.estimate == pytest.approx(110 - 207 * 318 / 308) and around.estimate == pytest.approx(
        157 - 178 * 140 / 150
    )
    assert both.estimate == pytest.approx(inside.estimate + around.estimate)
    said = " ".join(found.method)
    assert "weighted displacement difference −118 (−196 to −40; z −2.98)" in said
    assert "quotient 0.26 (above 0: fewer around the areas too" in said and "130 events fewer" in said
    assert SPATIAL_ONLY in found.notes
    text = results_table(found.results)["sentence"]
    assert text[0].startswith(
        "Adoption went with fewer burglaries in Impact Areas: best estimate −104 events, likely (95 %) −153 to −55."
    )
    assert not [w for s in (*text, *found.notes, *found.method) for w in banned(s)]


def test_published_figures_by_area_and_period():
    areas = {("impact", 0): 1.2, ("comparison", 0): 0.9, ("impact", 500): 1.5, ("comparison", 500): 1.6}
    table = paper()
    table["km2"] = [areas[r, b] / 3 for r, b in zip(table["role"], table["band_m"])]
    said = " ".join(displacement(counts_of_table(table)).method)
    assert "The same by period and km²: −100 (−169 to −30; z −2.81) per km²" in said


def test_harm_is_weighted_as_published():
    rows = (
        [("2023-05-05 12:00", 100, 100, "Robbery")] * 3
        + [("2024-05-05 12:00", 100, 100, "Burglary")] * 2
        + [("2023-05-05 12:00", 10_100, 100, "Burglary")]
    )
    asked = replace(ASKED, harm_weights="robbery=10, burglary=5")
    counts = counted(rows, asked)[1]
    robbery, burglary = (
        weighted_displacement_difference((3, 0), (0, 0)),
        weighted_displacement_difference((0, 2), (1, 0)),
    )
    assert (robbery.estimate, burglary.estimate) == (-3, 3)
    assert "Weighed by harm: −15 (" in " ".join(displacement(counts, plan_of(asked)).method)


def test_small_counts_have_the_exact_comparison_beside_them():
    table = paper()
    table["after"] = np.where((table["role"] == "impact") & (table["band_m"] == 0), [2, 1, 0] * 4, table["after"])
    table["before"] = np.where((table["role"] == "impact") & (table["band_m"] == 0), [0, 0, 0] * 4, table["before"])
    found = displacement(counts_of_table(table))
    assert found.results[0].withheld and "none_before" in found.results[0].caveats
    assert "(0 before, 3 after in the Impact Areas)" in " ".join(found.method) and "(E-test): p 0.088" in " ".join(
        found.method
    )


@pytest.mark.parametrize(
    "change, code",
    [
        ({"before": 0, "after": 0}, "no_events"),
        ({"before": 0}, "none_before"),
    ],
)
def test_worlds_without_anything(change, code):
    table = results_table(displacement(counts_of_table(paper(**change))).results)
    assert table["caveats"].str.contains(code).all() and table["estimate"].isna().all()
    assert table["sentence"].str.startswith("Cannot tell").all()


def test_one_impact_area_is_named():
    table = paper()
    table = table[(table["role"] == "comparison") | (table["area_id"] == "i1")]
    row = results_table(displacement(counts_of_table(table)).results).iloc[0]
    assert "rests_on_one_area" in row["caveats"] and "Without i1 there would be no figure" in row["sentence"]


def test_no_rings_and_swallowed_rings_are_said():
    found = displacement(counts_of_table(paper().query("band_m == 0")))
    assert len(found.results) == 1 and any("No rings were given" in n for n in found.notes)


def test_a_before_that_scored_the_areas_gives_no_figure():
    rows = [
        (f"{y}-05-05 12:00", x + 100, 100) for y in (2023, 2024) for x in (0, 5_000, 10_000, 15_000) for _ in range(20)
    ]
    for asked, code, other in (
        (replace(ASKED, scored_from="2023-06-01", scored_to="2023-12-31"), "before_scored_areas", "scoring_unknown"),
        (replace(ASKED, scored_from="", scored_to=""), "scoring_unknown", "before_scored_areas"),
    ):
        row = results_table(displacement(counted(rows, asked)[1], plan_of(asked)).results).iloc[0]
        assert code in row["caveats"] and other not in row["caveats"]
        assert np.isnan(row["estimate"]) == (code == "before_scored_areas")
    quiet = results_table(displacement(counted(rows)[1], plan_of(ASKED)).results).iloc[0]
    assert "scor" not in quiet["caveats"]


def test_tables_that_are_none():
    with pytest.raises(ColumnError, match="no column before"):
        counts_of_table(paper().drop(columns="before"))
    with pytest.raises(DataRangeError, match="below zero"):
        counts_of_table(paper(after=-1))
    with pytest.raises(DataRangeError, match="above 1,000,000,000"):
        counts_of_table(paper(after=1e300))
    shares = paper()
    shares[["before", "after"]] *= 0.037  # shared over periods, so no whole numbers: no exact comparison, and no error
    assert "E-test): p" not in " ".join(displacement(counts_of_table(shares)).method)
    with pytest.raises(DataRangeError, match="no rows"):
        counts_of_table(paper().iloc[:0])
    for wrong in ("250 m", -250):
        bands = paper()["band_m"].astype(object).where(paper()["band_m"] == 0, wrong)
        with pytest.raises(DataRangeError, match="band_m is no distance in 6 rows"):
            counts_of_table(paper(band_m=bands))
    blank = paper()["band_m"].astype(object).where(paper()["band_m"] > 0, None)
    assert (
        counts_of_table(paper(band_m=blank)).before["main"].tolist() == counts_of_table(paper()).before["main"].tolist()
    )
    with pytest.raises(DataRangeError, match="'i0' has two rows"):
        counts_of_table(pd.concat([paper(), paper()]))


# --- the map ----------------------------------------------------------------------------------------------------------


def test_each_ring_beside_what_was_expected():
    table = rings_table(counts_of_table(paper()))
    first = table[(table["area_id"] == "i0") & (table["band_m"] == 0)].iloc[0]
    assert first["expected"] == pytest.approx(103 * 318 / 308) and first["change"] == first["after"] - first["expected"]
    by_role = table.assign(own=table["change"]).groupby(["role", "band_m"])["own"].sum()
    assert by_role["comparison", 0] == pytest.approx(0) and by_role["impact", 0] == pytest.approx(110 - 207 * 318 / 308)
    assert first["reading"] == "fewer"


def test_what_a_board_and_the_public_see_of_it():
    counts = counts_of_table(paper(km2=[0.01, *[1.0] * 11]))
    board = rings_table(counts, audience="board", least_ha=4)
    hidden = board["reading"] == "not shown"
    assert hidden.sum() == 1 and board.loc[hidden, ["before", "after", "expected", "change"]].isna().all(axis=None)
    few = paper()
    few.loc[3, ["before", "after"]] = [2, 1]
    public = rings_table(counts_of_table(few), audience="public")
    shown = public[["before", "after"]].stack().dropna()
    assert (shown % 5 == 0).all() and public["expected"].isna().all() and (public["reading"] == "not shown").sum() == 1


def test_sexual_and_domestic_offences_are_told_of_roles_only():
    rows = [("2023-05-05 12:00", 100, 100, "Rape")] * 20
    for audience, shown in (("public", 0), ("board", 1)):
        table = rings_table(counted(rows)[1], audience=audience)
        assert (table["before"] > 0).sum() == shown


def test_the_public_reads_no_exact_count():
    found = displacement(counts_of_table(paper()), audience="public")
    assert all(r.events % 5 == 0 for r in found.results) and not any("before," in n for n in found.notes)
    assert not any("weighted displacement" in m for m in found.method)
    none = {
        a: displacement(counts_of_table(paper(before=[0, *[9] * 11], after=[0, *[9] * 11])), audience=a)
        for a in ("board", "public")
    }
    said = {a: sentence_of(found.results[0]) for a, found in none.items()}
    named, counted = (re.search("take no part: ([^.]*)", said[a])[1] for a in ("board", "public"))
    assert counted == "1 area" and named != counted, "a name beside it tells an exact nought of that area"
    few = displacement(counts_of_table(paper(before=[1, *[0] * 11], after=[0] * 6 + [1, *[0] * 5])), audience="public")
    assert few.results[0].withheld


@pytest.mark.long
def test_random_tables_have_words_and_none_that_is_banned():
    """Few areas, no crime, huge and lopsided counts: each has a sentence for each figure, and nothing claims too much."""
    rng = np.random.default_rng(5)
    for _ in range(250):
        sizes = rng.integers(1, 5, 2)
        rows = [
            (f"{role[0]}{i}", role, band, *rng.poisson(rng.choice([0, 0.5, 5, 200], 2)))
            for role, n in zip(("impact", "comparison"), sizes)
            for i in range(n)
            for band in rng.choice([[0], [0, 250], [0, 250, 500]][rng.integers(3)], 1 + rng.integers(3))
        ]
        table = pd.DataFrame(rows, columns=["area_id", "role", "band_m", "before", "after"]).drop_duplicates(
            ["area_id", "band_m"]
        )
        counts = counts_of_table(table)
        for audience in ("board", "public"):
            found = displacement(counts, audience=audience)
            rows_of_results = results_table(found.results)
            assert rows_of_results["sentence"].str.endswith(".").all()
            withheld = rows_of_results["estimate"].isna()
            assert rows_of_results.loc[withheld, "sentence"].str.contains("annot tell").all()
            said = " ".join((*rows_of_results["sentence"], *found.notes, *found.method))
            assert not banned(said) and "nan" not in said
        assert len(rings_table(counts)) == len(table)

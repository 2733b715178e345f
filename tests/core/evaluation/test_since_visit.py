"""Events by the time since the last visit: by hand, in worlds of known truth, on bad days."""

import math

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.charts.since_curve import since_curve
from ia_plugin.core.errors import AreaError, ColumnError, DataRangeError, EstimateError, ParameterError, TimeError
from ia_plugin.core.evaluation.results import results_table
from ia_plugin.core.evaluation.sentences import banned
from ia_plugin.core.evaluation.since_visit import since_last_visit, since_visit_for_public
from ia_plugin.core.evaluation.visit_bands import Stretches, clock_of, pieces_of_time, place_of
from ia_plugin.core.params import SinceVisitParams
from tests.support.long import long_after
from tools.benches.visit_worlds import VisitWorld, drawn, visit_worlds

UTC = SinceVisitParams(timezone="UTC")
MINUTE = 60 * 10**9
SMALL = {"areas": 20, "weeks": 5}


def at(text):
    return pd.Timestamp(text, tz="UTC")


def visits(*rows):
    table = pd.DataFrame(rows, columns=["area_id", "enter", "leave"])
    return table.assign(enter=pd.to_datetime(table["enter"], utc=True), leave=pd.to_datetime(table["leave"], utc=True))


def areas(*ids, **more):
    return pd.DataFrame({"area_id": ids, "name": ids, "role": "impact", **more})


def events(*rows, **more):
    table = pd.DataFrame(rows, columns=["area_id", "start"])
    return table.assign(start=pd.to_datetime(table["start"], utc=True, format="ISO8601"), **more)


def regular(days=20, ids=("a", "b", "c")):
    """Each area has on each day a visit from 10:00 to 10:30, and no other before the next day's."""
    enter = [(i, at("2024-06-03 10:00") + pd.Timedelta(days=d)) for i in ids for d in range(days)]
    return visits(*((i, t, t + pd.Timedelta(minutes=30)) for i, t in enter))


def after(hours, days=20, ids=("a", "b", "c"), start="10:30"):
    """An event so many hours after each day's visit, in each area."""
    begin = [
        (i, at(f"2024-06-03 {start}") + pd.Timedelta(days=d, hours=h)) for i in ids for d in range(days) for h in hours
    ]
    return events(*begin)


def test_by_hand_bands_hours_and_ratio():
    """A visit a day: the first half hour is half an hour of it, and 4 to 8 hours after it are four. With one event in the first and
    two in the other the rate is four times as high, but for the offset, which knows that all events lie in these hours."""
    found = since_last_visit(regular(), after([0.2, 5, 6.5]), areas("a", "b", "c"), UTC)
    curve = found.curve.set_index("band")
    # The first visit's end is 10:30 of 3 June; the last visit seen ends the time that is known, at 10:30 on 22 June: 19 breaks.
    assert curve.loc["first 30 min", "hours"] == pytest.approx(3 * 19 * 0.5)
    assert curve.loc["4–8 h", "hours"] == pytest.approx(3 * 19 * 4)
    assert curve.loc["first 30 min", "events"] == 3 * 19 and curve.loc["4–8 h", "events"] == 2 * 3 * 19
    assert curve.loc["8–24 h", "hours"] == pytest.approx(3 * 19 * 15.5)
    assert "24 h or more" in curve.index and curve.loc["24 h or more", "hours"] == 0


def test_by_hand_ratio_without_hours_of_the_week():
    """Breaks that begin at all hours, so that no hour of the week differs: one event in each first half hour, one in each 4 to 8 h:
    per hour eight times as many."""
    enter = [at("2024-06-03") + pd.Timedelta(minutes=555 * k) for k in range(600)]
    seen = visits(*((i, t, t + pd.Timedelta(minutes=15)) for i in "abcd" for t in enter))
    moments = [(i, t + pd.Timedelta(minutes=15 + m)) for i in "abcd" for t in enter for m in (10, 300)]
    found = since_last_visit(seen, events(*moments), areas(*"abcd"), UTC)
    first = found.curve.iloc[0]
    assert first["ratio"] == pytest.approx(8, rel=0.05)


def test_who_came_is_no_matter_and_overlapping_visits_are_one():
    seen = visits(
        ("a", "2024-06-03 10:00", "2024-06-03 10:20"), ("a", "2024-06-03 10:10", "2024-06-03 10:40"),
        ("a", "2024-06-03 10:40", "2024-06-03 10:55"), ("a", "2024-06-03 10:41", "2024-06-03 10:45"),
        ("a", "2024-06-03 14:00", "2024-06-03 14:30"),
    )  # fmt: skip
    one = visits(("a", "2024-06-03 10:00", "2024-06-03 10:55"), ("a", "2024-06-03 14:00", "2024-06-03 14:30"))
    more = regular(ids=("b", "c"))
    table = after([0.2, 5, 6.5], ids=("b", "c"))
    a, b = (since_last_visit(pd.concat([t, more]), table, areas("a", "b", "c"), UTC) for t in (seen, one))
    pd.testing.assert_frame_equal(a.curve, b.curve)
    named = (
        pd.concat([seen, more])
        .assign(officer_id="x", visit_id=range(len(seen) + len(more)))
        .sample(frac=1, random_state=1)
    )
    c = since_last_visit(named, table.sample(frac=1, random_state=2), areas("a", "b", "c"), UTC)
    pd.testing.assert_frame_equal(a.curve, c.curve)
    assert not any(str(v) == "x" for v in c.curve.to_numpy().ravel())


def test_after_a_gap_nobody_knows_the_last_visit():
    """Positions are missing from 12:00 to 14:00: an hour and a half after the visit is known, then nothing until the next one ends."""
    one = Stretches(*(np.array([at(t).value for t in ts]) for ts in (
        ["2024-06-03 10:00", "2024-06-03 18:00"], ["2024-06-03 10:30", "2024-06-03 18:30"],
        ["2024-06-03 09:00", "2024-06-03 14:00"], ["2024-06-03 12:00", "2024-06-03 20:00"],
    )))  # fmt: skip
    clock = clock_of(at("2024-06-03 09:00").value, at("2024-06-03 20:00").value, "UTC")
    bands = np.array([0.0, 60.0])
    pieces, (inside, unknown) = pieces_of_time([one], clock, bands, bands)
    since = pieces.since >= 0
    assert pieces.amount[since].sum() == pytest.approx(1.5 + 1.5) and inside == pytest.approx(1.0)
    assert unknown == pytest.approx(1 + 4)  # before the first visit, and from 14:00 to 18:00
    until = pieces.until >= 0
    assert pieces.amount[until].sum() == pytest.approx(1 + 4)
    assert pieces.amount[until & (pieces.until == 0)].sum() == pytest.approx(1 + 1)


def test_pieces_cross_no_edge_and_sum_to_the_time_observed():
    rng = np.random.default_rng(1)
    enter = np.sort(rng.integers(0, 14 * 24 * 60, 80)) * MINUTE + at("2024-03-25").value
    leave = enter + rng.integers(10, 90, 80) * MINUTE
    seen = pd.DataFrame(
        {"area_id": "a", "enter": pd.to_datetime(enter, utc=True), "leave": pd.to_datetime(leave, utc=True)}
    )
    from ia_plugin.core.evaluation.visit_bands import merged

    begin, end = merged(enter, leave)
    among = Stretches(begin, end, np.array([begin[0]]), np.array([end[-1]]))
    clock = clock_of(int(begin[0]), int(end[-1]), "Europe/London")
    bands = np.array([0.0, 30.0, 240.0])
    pieces, (inside, unknown) = pieces_of_time([among], clock, bands, bands)
    assert inside + pieces.amount.sum() == pytest.approx((end[-1] - begin[0]) / 3.6e12) and unknown == 0
    assert pieces.amount.max() <= 1 and len(seen) == 80
    # Of each minute in the middle, band and hour are those of its piece.
    minutes = np.arange(begin[0] + MINUTE // 2, end[-1], MINUTE)
    place = place_of(minutes, among)
    for k in range(3):
        low, high = bands[k] * MINUTE, (np.r_[bands, np.inf] * MINUTE)[k + 1]
        by_minute = ((place.since >= low) & (place.since < high)).sum() / 60
        assert pieces.amount[pieces.since == k].sum() == pytest.approx(by_minute)


@pytest.mark.parametrize(("night", "hours"), [("2024-03-30", 23), ("2024-10-26", 25), ("2024-06-03", 24)])
def test_nights_in_which_clocks_change(night, hours):
    first = pd.Timestamp(night + " 06:00").tz_localize("Europe/London").tz_convert("UTC").value
    clock = clock_of(first, first + 30 * 3_600 * 10**9, "Europe/London")
    assert (clock.day == clock.day[0]).sum() == hours


def test_windows_over_an_hour_and_coarse_times_are_left_out_and_counted():
    table = after([0.2, 5, 6.5])
    end = table["start"] + pd.to_timedelta(np.where(np.arange(len(table)) < 7, 61, 60), "min")
    precision = np.where(np.arange(len(table)) == 100, "day", "minute")
    found = since_last_visit(regular(), table.assign(end=end, time_precision=precision), areas("a", "b", "c"), UTC)
    assert any("8 crimes have no minute, or a window of over an hour" in n for n in found.notes)


def test_a_kind_without_its_hour_is_withheld_and_the_others_stand():
    table = after([0.2, 5, 6.5]).assign(kind="crime", key_type="robbery", category="robbery", generated_by="public")
    at_midnight = table.assign(key_type="fraud", category="fraud", start=table["start"].dt.normalize())
    asked = SinceVisitParams(outcomes="robbery, fraud", timezone="UTC")
    found = since_last_visit(regular(), pd.concat([table, at_midnight]), areas("a", "b", "c"), asked)
    sentences = results_table(found.results).set_index("outcome")["sentence"]
    assert "begin in the hour from 00:00" in sentences["crimes of fraud"]
    assert "midnight" not in sentences["crimes of robbery"].iloc[0]


def test_events_during_a_visit_are_left_out_and_counted():
    table = pd.concat([after([0.2, 5, 6.5]), after([0.1], start="10:00")])
    found = since_last_visit(regular(), table, areas("a", "b", "c"), UTC)
    assert any(n.startswith("60 crimes began during a visit") for n in found.notes)


def test_lengths_are_described_and_no_target():
    found = since_last_visit(regular(), after([0.2, 5, 6.5]), areas("a", "b", "c"), UTC)
    assert found.dwell["visits"].sum() == 60 and any("no length is a target" in n for n in found.notes)


def test_what_is_found_is_said_in_plain_words():
    found = since_last_visit(*drawn(VisitWorld(change=math.log(0.4), **SMALL), 3))
    table = results_table(found.results)
    first = table.iloc[0]
    assert first["primary"] and not table["primary"].iloc[1:].any() and first["design"] == "since the last visit"
    assert first["sentence"].startswith(
        "The first 30 min after a visit (held against 4–8 h after one) went with fewer crimes: "
    )
    assert "An association, not an effect." in first["sentence"]
    assert not [w for text in [*table["sentence"], *found.notes] for w in banned(text)]
    low, high = found.half_life.minutes[1:]
    assert low < 60 < high and "half gone after" in found.half_life.sentence


def test_a_key_type_has_its_own_result():
    seen, table, ground = drawn(VisitWorld(**SMALL), 3)
    kinds = np.where(np.arange(len(table)) % 3 > 0, "burglary", "robbery")
    table = table.assign(key_type=kinds, category=kinds, generated_by="public")
    found = since_last_visit(seen, table, ground, SinceVisitParams(outcomes="robbery, burglary"))
    assert [r.outcome for r in found.results if r.primary] == ["crimes of robbery", "crimes of burglary"]
    assert found.curve["events"].sum() < len(table) / 2


def test_times_rounded_to_the_hour_are_told():
    found = since_last_visit(regular(), after([0.5, 5.5, 6.5]), areas("a", "b", "c"), UTC)
    assert any("100 % of crimes begin on the full hour" in n for n in found.notes)
    found = since_last_visit(regular(), after([0.2, 5, 6.5]), areas("a", "b", "c"), UTC)
    assert not any("full hour" in n for n in found.notes)


def test_the_public_sees_rounded_ratios_and_no_curve():
    found = since_last_visit(*drawn(VisitWorld(change=math.log(0.4), **SMALL), 3))
    seen = since_visit_for_public(found)
    assert len(seen.curve) == len(seen.mirror) == len(seen.dwell) == 0
    first = seen.results[0]
    assert first.events % 5 == 0 and math.log(first.estimate) == pytest.approx(round(math.log(first.estimate), 2))
    assert not [n for n in seen.notes if any(c.isdigit() for c in n)]


def test_the_curve_is_drawn_with_its_mirror():
    pytest.importorskip("matplotlib", reason="the page's charts need matplotlib")
    found = since_last_visit(*drawn(VisitWorld(change=math.log(0.4), **SMALL), 3))
    axes = since_curve(found.curve, found.mirror).axes[0]
    assert [t.get_text() for t in axes.get_xticklabels()] == found.curve["band"].tolist()
    assert [t.get_text() for t in axes.get_legend().get_texts()] == [
        "since the last visit",
        "until the next visit (placebo)",
    ]


# --- worlds -----------------------------------------------------------------------------------------------------------


@pytest.mark.long
def test_a_known_half_life_lies_in_its_interval():
    found = visit_worlds("half as many, half-life one hour", 10, **SMALL)
    assert found["life"] >= 0.7 and found["life_held"] >= 0.75 and abs(found["life_bias"]) < 0.15
    assert found["held"] >= 0.8 and abs(found["bias"]) < 0.06 and found["caveat"] <= 0.25


@pytest.mark.parametrize("world", long_after(1, ["no change", "hot days visited more"]))
def test_where_nothing_changes_nothing_is_found(world):
    found = visit_worlds(world, 10, **SMALL)
    assert found["rejected"] <= 0.2 and abs(found["bias"]) < 0.06 and found["life"] <= 0.2 and found["caveat"] <= 0.25
    if world == "hot days visited more":
        assert found["rival"] > 0.2  # what a place's own hours of the week would make of it


def test_where_officers_come_because_of_events_the_mirror_shows_it():
    found = visit_worlds("officers come within the half hour, sprees", 4, **SMALL)
    assert found["caveat"] >= 0.9 and found["mirror"] > 0.5 and found["life"] == 0


def test_where_no_figure_is_given_none_is_drawn_but_the_mirror_that_says_why():
    pytest.importorskip("matplotlib", reason="the page's charts need matplotlib")
    found = since_last_visit(*drawn(VisitWorld(chase=0.3, spree=0.4, **SMALL), 3))
    assert found.results[0].withheld and "placebo" in found.results[0].caveats
    assert found.curve["ratio"].isna().all() and found.curve["events"].sum() > 0 and found.mirror["low"].iloc[0] > 1
    assert len(since_curve(found.curve, found.mirror).axes[0].get_legend().get_texts()) == 1


# --- bad days ---------------------------------------------------------------------------------------------------------


def test_bad_days_are_refused_with_a_remedy():
    ground, table = areas("a", "b", "c"), after([0.2, 5, 6.5])
    refused = [
        (EstimateError, "There is no visit", (visits(), table, ground)),
        (EstimateError, "No area has a visit of 10 minutes", (regular().assign(leave=lambda t: t["enter"] + pd.Timedelta(minutes=9)), table, ground)),
        (EstimateError, "visited all the time", (visits(*((i, "2024-06-03", "2024-06-30") for i in "abc")), table, ground)),
        (EstimateError, "no event in these areas", (regular(), table.iloc[:0], ground)),
        (EstimateError, "no event in these areas", (regular(), table.assign(area_id="elsewhere"), ground)),
        (TimeError, "begin in the hour from 00:00", (regular(), table.assign(start=table["start"].dt.normalize()), ground)),
        (TimeError, "None of crimes tells", (regular(), table.assign(time_precision="month"), ground)),
        (AreaError, "no area to follow", (regular(), table, ground.assign(role="rest"))),
        (ColumnError, "leave", (regular().drop(columns="leave"), table, ground)),
        (DataRangeError, "end before they begin", (regular().rename(columns={"enter": "leave", "leave": "enter"}), table, ground)),
    ]  # fmt: skip
    for kind, text, given in refused:
        with pytest.raises(kind, match=text):
            since_last_visit(*given, UTC)


def test_one_area_one_band_and_few_events_cannot_tell():
    cases = [
        (areas("a"), after([0.2, 5, 6.5], ids="a"), "two are the least"),
        (areas("a", "b", "c"), after([5, 6.5]), "Only one band"),
        (areas("a", "b", "c"), after([0.2, 0.3]), "has fewer than 5"),
        (areas("a", "b", "c"), after([5, 0.2], days=3), "are the least"),
    ]
    for ground, table, text in cases:
        found = since_last_visit(regular(), table, ground, UTC)
        first = found.results[0]
        assert first.withheld and text in results_table(found.results)["sentence"].iloc[0]
        assert found.half_life.minutes is None and found.half_life.sentence.startswith("No half-life")


def test_an_effect_that_never_ends_has_no_half_life():
    found = since_last_visit(*drawn(VisitWorld(change=math.log(0.5), half_life_min=20_000.0, areas=20, weeks=8), 1))
    assert found.half_life.minutes is None


def test_bands_that_are_none():
    for given in (
        {"band_edges_min": "60, 30"},
        {"band_edges_min": "soon"},
        {"reference_min": 45.0},
        {"least_visit_min": "7"},
    ):
        with pytest.raises(ParameterError):
            SinceVisitParams(**given)

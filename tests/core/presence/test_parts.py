"""Legs cut where a period ends: whose share goes where, and which entries begin a visit."""

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.errors import ColumnError
from ia_plugin.core.params import PresenceParams, SummaryParams
from ia_plugin.core.presence import presence, stays, time_in_areas
from ia_plugin.core.presence.bridge_model import BridgeModel
from ia_plugin.core.presence.parts import CutLegs, Facts, Stays, method_of
from ia_plugin.core.tracks import build_legs
from tests.support.tables import areas, fixes

BOX = shapely.box(0, 0, 100, 100)
HOURS = SummaryParams(period="hour", timezone="UTC")
LINEAR = PresenceParams(method="linear")
# 09:50 → 10:10, 2 m/s east, from 900 m west of the box: inside from 09:57:30 to 09:58:20, all before ten.
PASS = fixes([(0, -900, 50), (1200, 1500, 50)], epoch="2024-06-03T09:50:00Z")


def legs_of(table, gap=3600.0):
    from ia_plugin.core.params import TrackParams

    return build_legs(table, TrackParams(max_gap_s=gap))


def parts_of(table, where=None, method=LINEAR, params=HOURS):
    """(period hour, seconds) of the parts of legs in one area."""
    where = areas(BOX) if where is None else where
    legs = legs_of(table)
    cut = CutLegs.of(
        Facts.of(legs, where, params), legs, time_in_areas(legs, where, method), stays(legs, where), params
    )
    starts = cut.facts.periods.starts()
    return [(starts[p].hour, round(float(s), 6)) for p, s in zip(cut.parts.period, cut.parts.seconds)]


def test_a_legs_time_goes_to_the_hour_in_which_its_straight_line_is_inside():
    assert parts_of(PASS) == [(9, 50.0), (10, 0.0)]


def test_by_last_fix_it_goes_by_the_clock():
    """Inside at 09:50, so all of the 20 minutes count: ten in each hour."""
    table = fixes([(0, 50, 50), (1200, 1500, 50)], epoch="2024-06-03T09:50:00Z")
    assert parts_of(table, method=PresenceParams(method="last_fix")) == [(9, 600.0), (10, 600.0)]
    # The quarter before ten and three quarters after.
    late = fixes([(0, 50, 50), (1200, 1500, 50)], epoch="2024-06-03T09:55:00Z")
    assert parts_of(late, method=PresenceParams(method="last_fix")) == [(9, 300.0), (10, 900.0)]


def test_the_bridge_shares_by_where_its_ways_are():
    table = fixes([(0, -900, 50), (1200, 1500, 50)], epoch="2024-06-03T09:50:00Z")
    found = dict(parts_of(table, method=PresenceParams(method="bridge")))
    assert found[9] > found[10] >= 0 and sum(found.values()) > 10


def test_a_leg_within_one_hour_is_not_cut():
    table = fixes([(0, 0, 50), (600, 100, 50)], epoch="2024-06-03T10:00:00Z")
    assert parts_of(table) == [(10, 600.0)]


def test_variance_is_shared_as_seconds_are():
    legs = legs_of(fixes([(0, 0, 50), (1200, 100, 50)], epoch="2024-06-03T09:55:00Z"))
    where = areas(BOX)
    shared = time_in_areas(legs, where, LINEAR).assign(seconds_sd=40.0)
    cut = CutLegs.of(Facts.of(legs, where, HOURS), legs, shared, stays(legs, where), HOURS)
    assert cut.parts.variance.tolist() == pytest.approx([400, 1200])  # of 1,600 s² a quarter and three quarters
    assert cut.parts.systematic.tolist() == [0, 0]  # the straight line tells no spread
    model = BridgeModel(spread=0.05, bend=0, stand=0, sd_factor=1, sd_power=0, tau=0.1)
    shared.attrs.update(method="bridge", bridge=model)
    parts = CutLegs.of(Facts.of(legs, where, HOURS), legs, shared, stays(legs, where), HOURS).parts
    share = parts.seconds / parts.seconds.sum()
    assert parts.systematic.tolist() == pytest.approx((0.1 * 40 * share + 0.001 * parts.seconds).tolist())


# --- entries ----------------------------------------------------------------------------------------------------------


def entries(rows, officer=None):
    """Whether each stay (leg, enter s, leave s) begins a visit; two legs of 100 s one after the other, one after a break."""
    track = [(0, 0, 0), (100, 1, 0), (200, 2, 0), (9000, 3, 0), (9100, 4, 0)]
    legs = build_legs(fixes(track))
    began = legs["start"].iloc[0]
    table = pd.DataFrame({
        "leg_id": legs["leg_id"].to_numpy()[[r[0] for r in rows]], "area_id": [r[3] if len(r) > 3 else "0" for r in rows],
        "enter": [began + pd.Timedelta(seconds=r[1]) for r in rows], "leave": [began + pd.Timedelta(seconds=r[2]) for r in rows],
    })  # fmt: skip
    where = areas(BOX, shapely.box(0, 0, 1, 1))
    stay = Stays.of(Facts.of(legs, where, SummaryParams(period="day")), table)
    return stay.entry.tolist()


@pytest.mark.parametrize(
    ("rows", "begins"),
    [
        ([(0, 20, 100), (1, 100, 150)], [True, False]),  # goes on over the fix
        ([(0, 20, 100), (1, 100.0009, 150)], [True, False]),  # within a millisecond
        ([(0, 20, 100), (1, 100.01, 150)], [True, True]),
        ([(1, 100, 150), (0, 20, 100)], [True, False]),  # in any order
        ([(0, 20, 50), (1, 100, 150)], [True, True]),
        ([(0, 20, 100), (1, 100, 150, "1")], [True, True]),  # another area
        ([(2, 9000, 9050)], [True]),
    ],
)
def test_a_stay_that_goes_on_is_no_new_entry(rows, begins):
    assert entries(rows) == begins


def test_a_visit_over_the_hour_counts_where_it_began():
    table = fixes([(0, 50, 50), (1200, 60, 50), (2400, 50, 50)], epoch="2024-06-03T09:50:00Z")
    legs, where = legs_of(table), areas(BOX)
    rows = presence(legs, where, time_in_areas(legs, where, LINEAR), stays(legs, where), HOURS)
    assert dict(zip(rows["period"].dt.hour, rows["visits"])) == {9: 1, 10: 0}
    assert dict(zip(rows["period"].dt.hour, rows["officer_seconds"])) == pytest.approx({9: 600, 10: 1800})


# --- areas that come and go -------------------------------------------------------------------------------------------


def test_time_before_an_area_counts_is_not_its_own():
    """Adopted on the fourth of June: of a night from 23:30 to 00:30 civil time half an hour counts."""
    t = np.arange(0, 3601, 300)
    legs = build_legs(fixes(np.c_[t, np.full((len(t), 2), 50)], epoch="2024-06-03T22:30:00Z"))
    where = areas(BOX).assign(valid_from=["2024-06-04"])
    shared, entered = time_in_areas(legs, where, LINEAR), stays(legs, where)
    rows = presence(legs, where, shared, entered, SummaryParams(period="all"))
    assert rows["officer_seconds"].tolist() == pytest.approx([1800]) and rows[
        "patrol_seconds"
    ].tolist() == pytest.approx([1800])
    until = where.assign(valid_from=[None], valid_to=["2024-06-03"])
    assert presence(legs, until, shared, entered, SummaryParams(period="day"))[
        "officer_seconds"
    ].tolist() == pytest.approx([1800])


# --- what is refused and what is told ---------------------------------------------------------------------------------


def test_how_a_table_was_made():
    legs, where = legs_of(PASS), areas(BOX)
    for method in ("linear", "last_fix", "bridge"):
        assert method_of(time_in_areas(legs, where, PresenceParams(method=method))) == method
    told = time_in_areas(legs, where, PresenceParams(method="bridge"))
    told.attrs.clear()
    assert method_of(told) == "bridge" and method_of(told.assign(seconds_sd=np.nan)) == "linear"
    assert method_of(told.drop(columns="seconds_sd")) == "linear"


def test_what_does_not_belong_together_is_named():
    legs, where = legs_of(PASS), areas(BOX)
    shared, entered = time_in_areas(legs, where, LINEAR), stays(legs, where)
    with pytest.raises(ColumnError, match="area_id 'x' is not in the areas table. Give the areas that"):
        presence(legs, where, shared.assign(area_id="x"), entered)
    with pytest.raises(ColumnError, match="leg_id 5 is not in the legs table"):
        presence(legs, where, shared, entered.assign(leg_id=5))
    twice = pd.concat([legs, legs])
    with pytest.raises(ColumnError, match=f"leg_id {legs['leg_id'][0]} occurs more than once. Build the legs again"):
        presence(twice, where, shared, entered)
    for table, name in ((legs, "x1"), (shared, "seconds"), (entered, "leave")):
        given = [legs, where, shared, entered]
        at = next(i for i, g in enumerate(given) if g is table)
        given[at] = table.drop(columns=name)
        with pytest.raises(ColumnError, match=f"lacks {name}"):
            presence(*given)

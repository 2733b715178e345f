"""Each second in one class: the pieces by hand, before they are put together."""

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.activity.classes import (
    NOT_KNOWN,
    SITE,
    activities,
    claimed_share,
    joined,
    mode_shares,
    seconds_by_activity,
    site_ground,
)
from ia_plugin.core.activity.links import Links
from ia_plugin.core.activity.rules import ACTIVITIES, N_LINKED, PRINTED, REST, check_rules, default_rules
from ia_plugin.core.errors import ColumnError, ParameterError
from ia_plugin.core.params import PresenceParams
from ia_plugin.core.tracks import build_legs
from tests.support.tables import areas, fixes

SECOND = 10**9
LEGS = build_legs(fixes([(0, 0, 0), (100, 50, 0), (200, 100, 0)]))  # two legs of 100 s
BEGAN = pd.Timestamp("2024-06-03T00:00:00Z").value


def links(*rows):
    """Links from rows (leg, first s, last s, activity)."""
    leg, first, last, activity = zip(*rows)
    at = (BEGAN + np.array(v, dtype=np.int64) * SECOND for v in (first, last))
    return Links(np.array(leg), *at, np.array([ACTIVITIES.index(a) for a in activity]))


def by_name(row):
    return {ACTIVITIES[k]: round(float(v), 9) for k, v in enumerate(row) if v}


# --- rows with the same code ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right", "pairs"),
    [
        ([1, 2, 3], [3, 1], [(0, 1), (2, 0)]),
        ([7, 7], [7, 8, 7], [(0, 0), (0, 2), (1, 0), (1, 2)]),
        ([1], [2], []),
        ([], [1], []),
        ([1], [], []),
    ],
)
def test_pairs_of_the_same_code(left, right, pairs):
    found = joined(np.array(left, dtype=int), np.array(right, dtype=int))
    assert list(zip(*(v.tolist() for v in found))) == pairs


@given(st.lists(st.integers(0, 5), max_size=12), st.lists(st.integers(0, 5), max_size=12))
def test_two_loops_find_the_same_pairs(left, right):
    found = joined(np.array(left, dtype=int), np.array(right, dtype=int))
    expected = [(i, j) for i, a in enumerate(left) for j, b in enumerate(right) if a == b]
    assert list(zip(*(v.tolist() for v in found))) == expected


# --- the share of a stay that events claim ----------------------------------------------------------------------------


def stays(*rows):
    """Stays from rows (leg, enter s, leave s): the legs' places, and the table."""
    leg, enter, leave = zip(*rows)
    times = [pd.to_datetime([BEGAN + s * SECOND for s in v], utc=True) for v in (enter, leave)]
    return np.array(leg), pd.DataFrame({"enter": times[0], "leave": times[1]})


@pytest.mark.parametrize(
    ("spent", "claims", "share"),
    [
        ([(0, 20, 60)], [(0, 0, 100, "incident_reference")], 1.0),
        ([(0, 20, 60)], [(0, 30, 40, "incident_reference")], 0.25),
        ([(0, 20, 60)], [(0, 0, 30, "incident_reference")], 0.25),
        ([(0, 20, 60)], [(0, 50, 90, "incident_reference")], 0.25),
        ([(0, 20, 60)], [(0, 60, 90, "incident_reference")], 0.0),  # touches it only
        ([(0, 20, 60)], [(0, 0, 20, "incident_reference")], 0.0),
        ([(0, 20, 60)], [(1, 0, 100, "incident_reference")], 0.0),  # another leg's
        ([(0, 20, 60)], [(0, 20, 30, "incident_reference"), (0, 40, 50, "search_reference")], 0.5),
        ([(0, 0, 10), (0, 50, 80)], [(0, 5, 60, "incident_reference")], 15 / 40),  # two stays of one leg
        ([(0, 20, 20)], [(0, 0, 100, "incident_reference")], 0.0),  # of no length
    ],
)
def test_what_events_claim_of_a_legs_stays(spent, claims, share):
    found = claimed_share(*stays(*spent), links(*claims), 2)
    assert found.tolist() == pytest.approx([share, 0.0])


# --- modes ------------------------------------------------------------------------------------------------------------


def test_modes_share_what_is_left():
    table = LEGS.assign(mode=["foot", "unknown"], p_foot=0.6, p_vehicle=0.3, p_stationary=0.1)
    shares = mode_shares(table)
    assert by_name(shares[0]) == {"on_foot": 0.6, "in_vehicle": 0.3, "stopped": 0.1}
    assert by_name(shares[1]) == {"not_known": 1.0}


def test_probabilities_that_do_not_sum_to_one_are_brought_to_it():
    table = LEGS.assign(mode="foot", p_foot=[3.0, 0.0], p_vehicle=[1.0, 0.0], p_stationary=0.0)
    shares = mode_shares(table)
    assert by_name(shares[0]) == {"on_foot": 0.75, "in_vehicle": 0.25}
    assert by_name(shares[1]) == {"not_known": 1.0}  # all of them 0: nothing is known


@pytest.mark.parametrize("lacks", ["mode", "p_foot", "p_vehicle", "p_stationary"])
def test_without_a_column_of_modes_nothing_is_known(lacks):
    table = LEGS.assign(mode="foot", p_foot=0.6, p_vehicle=0.3, p_stationary=0.1).drop(columns=lacks)
    assert mode_shares(table)[:, NOT_KNOWN].tolist() == [1, 1]
    assert mode_shares(LEGS.iloc[:0]).shape == (0, len(ACTIVITIES))


def test_a_mode_that_is_missing_is_not_known():
    table = LEGS.assign(mode=[None, "foot"], p_foot=1.0, p_vehicle=0.0, p_stationary=0.0)
    assert by_name(mode_shares(table)[0]) == {"not_known": 1.0}


# --- put together -----------------------------------------------------------------------------------------------------


def test_events_first_then_sites_then_modes():
    """100 s: 30 s claimed, 40 s at a site, of the other 30 s half on foot and half in a vehicle."""
    table = LEGS.assign(mode="foot", p_foot=0.5, p_vehicle=0.5, p_stationary=0.0)
    claims = links((0, 0, 20, "incident_reference"), (0, 60, 70, "search_place_time"))
    found = seconds_by_activity(table, claims, np.array([40.0, 0.0]))
    assert by_name(found[0]) == {
        "incident_reference": 20, "search_place_time": 10, "police_site": 40, "on_foot": 15, "in_vehicle": 15,
    }  # fmt: skip
    assert by_name(found[1]) == {"on_foot": 50, "in_vehicle": 50}
    assert found.sum(axis=1).tolist() == [100, 100]


def test_a_site_takes_no_more_than_events_leave():
    found = seconds_by_activity(LEGS, links((0, 0, 80, "incident_reference")), np.array([90.0, 250.0]))
    assert by_name(found[0]) == {"incident_reference": 80, "police_site": 20}
    assert by_name(found[1]) == {"police_site": 100}


def test_the_classes_in_their_order():
    assert ACTIVITIES[:N_LINKED] == (
        "incident_reference",
        "search_reference",
        "search_place_time",
        "incident_place_time",
    )
    assert (ACTIVITIES[SITE], ACTIVITIES[NOT_KNOWN]) == ("police_site", "not_known")
    assert PRINTED[0] == "not_known" and sorted(PRINTED) == sorted(ACTIVITIES)
    assert ACTIVITIES[N_LINKED:] == tuple(name for name, _ in REST)


# --- police sites -----------------------------------------------------------------------------------------------------


def test_sites_are_one_ground():
    where = areas(a=shapely.box(0, 0, 100, 100), s=shapely.box(0, 0, 10, 10), t=shapely.box(5, 0, 25, 10))
    where["role"] = ["impact", "site", "site"]
    ground = site_ground(where)
    assert ground["area_id"].tolist() == ["site"] and ground["geometry"][0].area == 250
    for none in (None, where.drop(columns="role"), where.iloc[:0], where[:1]):
        assert site_ground(none) is None


def test_time_at_a_site_that_an_event_claims_is_the_events():
    """At a station from 0 to 50 m, a metre every two seconds: the first leg. An incident claims its second half."""
    where = areas(s=shapely.box(-10, -10, 50, 10)).assign(role="site")
    happened = pd.DataFrame({
        "event_id": ["e"], "kind": "incident", "category": "c", "start": [LEGS["start"][0] + pd.Timedelta(seconds=50)],
        "end": [LEGS["end"][0]], "time_precision": "minute", "x": np.nan, "y": np.nan, "officer_ids": "A",
    })  # fmt: skip
    method = PresenceParams(method="linear", bounds="none")
    found = activities(LEGS, happened, where, method=method).groupby("activity")["seconds"].sum().to_dict()
    assert found == {"incident_reference": 50, "police_site": 50, "not_known": 100}
    alone = activities(LEGS, None, where, method=method).groupby("activity")["seconds"].sum().to_dict()
    assert alone == {"police_site": 100, "not_known": 100}


def test_a_number_in_a_rule_is_said_as_it_was_written():
    """numpy 2 would say np.float64(-1.0)."""
    with pytest.raises(
        ParameterError, match=r"Row 1 of the rules has near_m = -1\.0\. Write a number from 0 to 1000000"
    ):
        check_rules(default_rules().assign(near_m=-1.0))


def test_legs_without_a_column_are_refused():
    with pytest.raises(ColumnError, match="legs table lacks duration_s"):
        activities(LEGS.drop(columns="duration_s"))

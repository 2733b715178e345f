"""Activities: what claims a moment, in which order; the seconds of a leg add to its duration; a brute-force linker agrees."""

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.activity import ACTIVITIES, activities, check_rules, default_rules, read_rules
from ia_plugin.core.activity.links import linked_time
from ia_plugin.core.errors import ColumnError, FileError, ParameterError
from ia_plugin.core.params import ActivityParams, PresenceParams, SimulateParams
from ia_plugin.core.simulate import simulate_shifts
from ia_plugin.core.times.instants import nanoseconds
from ia_plugin.core.tracks import build_legs
from tests.support.forces import areas_of, events_of, legs_of, usual_areas, walks
from tests.support.streets import AREAS, streets
from tests.support.tables import fixes
from tools.score_activities import scored

LINEAR = PresenceParams(method="linear", bounds="none")
DAY = pd.Timestamp("2024-06-03T00:00:00Z")


def at(seconds):
    return DAY + pd.Timedelta(seconds=seconds)


def event(first=0, last=600, *, kind="incident", x=0.0, y=0.0, officers=None, precision="minute", **more):
    row = {"event_id": "e", "kind": kind, "category": "c", "start": at(first), "end": at(last), "time_precision": precision,
           "x": x, "y": y, "officer_ids": officers, **more}  # fmt: skip
    return row


def events(*rows):
    return pd.DataFrame([{**r, "event_id": f"e{i}"} for i, r in enumerate(rows)])


def walk(speed=1.0, minutes=10, officer="A", y=0.0):
    """Due east through the origin at half time, a fix a minute; modes not known."""
    t = np.arange(0, minutes * 60 + 1, 60.0)
    return build_legs(fixes(np.c_[t, speed * (t - minutes * 30), np.full(len(t), y)], officer=officer))


def spent(legs, rows, areas=None, **more):
    """Seconds by activity of all legs, those that add up checked on the way."""
    table = activities(legs, events(*rows) if rows else None, areas, method=more.pop("method", LINEAR), **more)
    sums = table.groupby("leg_id")["seconds"].sum().reindex(legs["leg_id"])
    np.testing.assert_allclose(sums.to_numpy(), (legs["end"] - legs["start"]).dt.total_seconds(), atol=1e-6)
    assert set(table["activity"]) <= set(ACTIVITIES) and (table["seconds"] > 0).all()
    return table.groupby("activity")["seconds"].sum().round(3).to_dict()


def test_near_in_place_and_time():
    # 150 m either side of the origin at 1 m/s: five minutes.
    assert spent(walk(), [event()]) == {"incident_place_time": 300, "not_known": 300}
    # Its time ends at the origin.
    assert spent(walk(), [event(0, 300)]) == {"incident_place_time": 150, "not_known": 450}
    # Ninety metres beside the way: half a chord of 120 m.
    assert spent(walk(y=90.0), [event()]) == {"incident_place_time": 240, "not_known": 360}
    assert spent(walk(y=151.0), [event()]) == {"not_known": 600}
    assert spent(walk(), [event(600, 700)]) == spent(walk(), [event(-700, 0)]) == {"not_known": 600}


@pytest.mark.parametrize(
    "far", [{"x": 50_000.0}, {"x": -50_000.0, "y": 9e4}, {"first": 5e5, "last": 6e5}, {"first": -6e5, "last": -5e5}]
)
def test_events_that_nobody_came_near_claim_nothing(far):
    """One incident at the other end of the force, or of another week, is none of anybody's; nor does it stop the rest."""
    assert spent(walk(), [event(**far)]) == {"not_known": 600}
    assert spent(walk(), [event(**far, officers="A")]) == {"not_known": 600}
    assert spent(walk(), [event(**far), event(0, 300)]) == {"incident_place_time": 150, "not_known": 450}


def test_an_event_of_one_moment_lasts_as_the_rules_say():
    legs = walk(speed=0.0, minutes=60)
    assert spent(legs, [event(600, 600)]) == {"incident_place_time": 1800, "not_known": 1800}
    assert spent(legs, [event(600, 600, kind="stop_search")]) == {"search_place_time": 900, "not_known": 2700}
    rules = default_rules().assign(before_s=300.0, after_s=100.0)
    assert spent(legs, [event(600, 600)], rules=rules) == {"incident_place_time": 2200, "not_known": 1400}


def test_a_reference_wins_over_place_and_time():
    legs = walk(speed=0.0, minutes=20)
    both = spent(legs, [event(0, 1200), event(300, 900, officers="A B")])
    assert both == {"incident_reference": 600, "incident_place_time": 600}
    # The event names somebody else: this officer is near by place and time alone.
    assert spent(legs, [event(0, 1200, officers="B")]) == {"incident_place_time": 1200}
    # Named, but far away: not there.
    assert spent(legs, [event(0, 1200, officers="A", x=300.0)]) == {"not_known": 1200}
    # Within the tolerance of a reference, beyond that of place and time.
    assert spent(legs, [event(0, 1200, officers="A", x=200.0)]) == {"incident_reference": 1200}


def test_overlapping_events_of_two_ranks():
    legs = walk(speed=0.0, minutes=20)
    rows = [event(0, 1200), event(300, 900, kind="stop_search"), event(600, 700, officers="A")]
    assert spent(legs, rows) == {"incident_reference": 100, "search_place_time": 500, "incident_place_time": 600}
    # Two events of one rank claim a moment once.
    assert spent(legs, [event(0, 600), event(300, 900)]) == {"incident_place_time": 900, "not_known": 300}


def test_an_event_without_a_place_counts_for_those_it_names():
    legs = walk(speed=5.0)
    nowhere = dict(x=np.nan, y=np.nan)
    assert spent(legs, [event(100, 400, officers="A", **nowhere)]) == {"incident_reference": 300, "not_known": 300}
    assert spent(legs, [event(100, 400, officers="B", **nowhere)]) == {"not_known": 600}
    assert spent(legs, [event(100, 400, **nowhere)]) == {"not_known": 600}


def test_a_window_over_the_limit_is_linked_by_reference_only():
    legs, long = walk(), dict(first=-40_000, last=10_000)
    assert spent(legs, [event(**long)]) == {"not_known": 600}
    assert spent(legs, [event(**long, officers="A")]) == {"incident_reference": 500, "not_known": 100}
    assert spent(legs, [event(**long)], params=ActivityParams(longest_window_h=24)) == {
        "incident_place_time": 300,
        "not_known": 300,
    }


@pytest.mark.parametrize("precision", ["day", "month"])
def test_coarse_events_are_not_linked_and_counted(precision):
    legs, rows = walk(), [event(0, 86_400, precision=precision, officers="A"), event()]
    assert spent(legs, rows) == {"incident_place_time": 300, "not_known": 300}
    counts = activities(legs, events(*rows), method=LINEAR).attrs["events"]
    assert counts == {"events": 2, "too coarse in time to be linked": 1, "linked": 1}


@pytest.mark.parametrize("vague", ["snapped", "area", "none"])
def test_a_vague_place_says_nothing_of_who_was_near(vague):
    assert spent(walk(), [event(location_precision=vague)]) == {"not_known": 600}
    assert spent(walk(), [event(location_precision="point")])["incident_place_time"] == 300


def test_passing_by_is_not_being_there():
    # At 3 m/s, 300 m take 100 s, less than the 120 s of the rule.
    assert spent(walk(speed=3.0), [event()]) == {"not_known": 600}
    assert spent(walk(speed=2.4), [event()]) == {"incident_place_time": 125, "not_known": 475}
    # It is each officer's whole time near, over their legs, that counts; not two officers' together.
    two = pd.concat([walk(speed=3.0), walk(speed=3.0, officer="B")], ignore_index=True)
    assert spent(two, [event()]) == {"not_known": 1200}
    rules = default_rules().assign(least_s=0.0)
    assert spent(walk(speed=3.0), [event()], rules=rules) == {"incident_place_time": 100, "not_known": 500}


def test_withdrawn_and_superseded_records_claim_nothing():
    rows = [event(status="withdrawn", version=2), event(100, 200, kind="stop_search", status="current", version=1)]
    table = events(*rows).assign(event_id=["e", "f"])
    table = pd.concat([table, events(event(status="current", version=1)).assign(event_id="e")], ignore_index=True)
    rules = default_rules().assign(least_s=0.0)
    found = activities(walk(speed=0.0), table, method=LINEAR, rules=rules).groupby("activity")["seconds"].sum()
    assert found.to_dict() == {"search_place_time": 100, "not_known": 500}


def test_a_table_of_officers_in_place_of_a_column():
    table = events(event(0, 600), event(0, 600, kind="stop_search")).assign(event_id="same")
    named = pd.DataFrame({"kind": ["stop_search"], "event_id": ["same"], "officer_id": ["A"]})
    found = activities(walk(speed=0.0), table.drop(columns="officer_ids"), event_officers=named, method=LINEAR)
    assert set(found["activity"]) == {"search_reference"}


def test_police_sites_come_after_events_and_before_modes():
    site = areas_of(
        station=("site", shapely.box(-100, -50, 100, 50)), patch=("impact", shapely.box(-500, -500, 500, 500))
    )
    legs = walk().assign(mode="foot", p_foot=0.8, p_vehicle=0.1, p_stationary=0.1)
    assert spent(legs, [], site) == {"police_site": 200, "on_foot": 320, "in_vehicle": 40, "stopped": 40}
    found = spent(legs, [event(0, 300)], site)
    assert found["incident_place_time"] == 150 and found["police_site"] == 100
    # The officer of the reference is 'at' the incident even inside the station.
    assert spent(legs, [event(0, 600, officers="A")], site)["incident_reference"] == 500


@pytest.mark.parametrize("method", ["linear", "last_fix", "bridge"])
def test_seconds_add_up_at_sites_by_each_method(method):
    legs, everything = legs_of(walks()), events_of(walks())
    table = activities(legs, everything, usual_areas(), method=PresenceParams(method=method, bounds="none"))
    sums = table.groupby("leg_id")["seconds"].sum().reindex(legs["leg_id"]).to_numpy()
    np.testing.assert_allclose(sums, legs["duration_s"], atol=1e-6)


def test_an_unknown_mode_is_not_known_and_probabilities_are_shared():
    legs = walk().assign(mode=["unknown"] * 5 + ["vehicle"] * 5, p_foot=0.3, p_vehicle=0.5, p_stationary=0.2)
    assert spent(legs, []) == {"not_known": 300, "on_foot": 90, "in_vehicle": 150, "stopped": 60}
    odd = walk().assign(mode="foot", p_foot=np.nan, p_vehicle=np.nan, p_stationary=np.nan)
    assert spent(odd, []) == {"not_known": 600}
    cycling = walk().assign(mode="bicycle", p_foot=0.1, p_vehicle=0.1, p_stationary=0.0, p_bicycle=0.8)
    assert spent(cycling, []) == {"on_bicycle": 480, "on_foot": 60, "in_vehicle": 60}


# --- rules ------------------------------------------------------------------------------------------------------------


def test_rules_are_kept_and_edited(tmp_path):
    path = tmp_path / "rules.csv"
    default_rules().to_csv(path, index=False)
    pd.testing.assert_frame_equal(read_rules(path), check_rules(default_rules()))
    path.write_text("\ufeff# ours\nactivity;how;kind;category;near_m;before_s;after_s;lasts_s;least_s\n"
                    "incident_place_time;place_time;incident;Domestic;50;0;0;600;0\n", encoding="utf-8")  # fmt: skip
    mine = read_rules(path)
    assert spent(walk(), [event(category="domestic")], rules=mine) == {"incident_place_time": 100, "not_known": 500}
    assert spent(walk(), [event(category="other", officers="A")], rules=mine) == {"not_known": 600}
    assert spent(walk(), [event()], rules=default_rules().iloc[:0]) == {"not_known": 600}


def test_an_empty_category_means_all(tmp_path):
    path = tmp_path / "rules.csv"
    default_rules().assign(category="").to_csv(path, index=False)
    assert spent(walk(), [event()], rules=read_rules(path)) == {"incident_place_time": 300, "not_known": 300}


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("activity", "patrol", "Row 2.*activity = 'patrol'"),
        ("how", "guess", "Row 2.*how = 'guess'"),
        ("kind", "incidents", "Row 2.*kind = 'incidents'"),
        ("near_m", -1, "Row 2.*near_m"),
        ("near_m", "far", "Row 2.*near_m = 'far'"),
        ("lasts_s", np.nan, "Row 2.*lasts_s"),
        ("least_s", np.inf, "Row 2.*least_s"),
        # Time linked by place and time is never called linked by reference.
        ("activity", "incident_place_time", "Row 2.*incident_place_time by reference"),
    ],
)
def test_bad_rows_are_named(column, value, said):
    rules = default_rules().astype(object)
    rules.loc[1, column] = value
    with pytest.raises(ParameterError, match=said):
        check_rules(rules)


def test_what_is_no_table_of_rules(tmp_path):
    with pytest.raises(ColumnError, match="near_m"):
        check_rules(default_rules().drop(columns="near_m"))
    with pytest.raises(FileError, match="cannot be read"):
        read_rules(tmp_path / "none.csv")
    (tmp_path / "x.csv").write_bytes(b"\xff\xfe\x00\x81")
    (tmp_path / "empty.csv").write_bytes(b"")
    for name in ("x.csv", "empty.csv"):
        with pytest.raises((FileError, ColumnError)):
            read_rules(tmp_path / name)


# --- brute force ------------------------------------------------------------------------------------------------------


def claimed_by_hand(legs, table, rules, longest_h=12.0):
    """(leg, start s, end s, rank) of every claim, pair by pair."""
    start, end = nanoseconds(legs["start"]) / 1e9, nanoseconds(legs["end"]) / 1e9
    place = {a: i for i, a in enumerate(ACTIVITIES)}
    claims = []
    for r in rules.itertuples():
        for e in table.itertuples():
            if (
                e.kind != r.kind
                or (r.category != "*" and e.category != r.category)
                or e.time_precision in ("day", "month")
            ):
                continue
            a, b = (pd.Timestamp(t).value / 1e9 for t in (e.start, e.end))
            b = b if b > a else a + r.lasts_s
            a, b = a - r.before_s, b + r.after_s
            placed = np.isfinite(e.x) and np.isfinite(e.y)
            if r.how == "place_time" and (not placed or b - a > longest_h * 3600):
                continue
            mine: dict[str, list] = {}
            for i, leg in enumerate(legs.itertuples()):
                if r.how == "reference" and leg.officer_id not in str(e.officer_ids or "").split():
                    continue
                lo, hi = 0.0, 1.0
                if placed:
                    d, f = np.array([leg.x1 - leg.x0, leg.y1 - leg.y0]), np.array([leg.x0 - e.x, leg.y0 - e.y])
                    if d @ d < 1e-9:
                        if f @ f > r.near_m**2:
                            continue
                    else:
                        roots = np.roots([d @ d, 2 * f @ d, f @ f - r.near_m**2])
                        if np.iscomplex(roots).any():
                            continue
                        lo, hi = max(0.0, roots.real.min()), min(1.0, roots.real.max())
                s, t = max(a, start[i] + lo * (end[i] - start[i])), min(b, start[i] + hi * (end[i] - start[i]))
                if t > s and hi > lo:
                    mine.setdefault(leg.officer_id, []).append((i, s, t, place[r.activity]))
            # Legs of an officer do not overlap, so their times near add.
            claims += [c for spans in mine.values() if sum(t - s for _, s, t, _ in spans) >= r.least_s for c in spans]
    return claims


def seconds_by_hand(legs, claims):
    table = np.zeros((len(legs), 4))
    for i in range(len(legs)):
        mine = [c for c in claims if c[0] == i]
        cuts = sorted({m for _, s, t, _ in mine for m in (s, t)})
        for lo, hi in zip(cuts[:-1], cuts[1:]):
            ranks = [k for _, s, t, k in mine if s <= (lo + hi) / 2 < t]
            if ranks:
                table[i, min(ranks)] += hi - lo
    return table


@given(st.integers(0, 10_000))
def test_linking_equals_brute_force(seed):
    rng = np.random.default_rng(seed)
    table = walks(
        officers=3, fixes=12, seed=seed, step_s=rng.choice([60.0, 300.0]), spread=rng.choice([0.0, 60.0, 400.0])
    )
    legs = build_legs(table)
    happened = events_of(table, n=8, seed=seed)
    happened.loc[rng.random(8) < 0.2, ["x", "y"]] = np.nan
    happened.loc[rng.random(8) < 0.2, "time_precision"] = "day"
    n = len(default_rules())
    rules = default_rules().assign(near_m=rng.uniform(20, 400, n), before_s=rng.choice([0.0, 600.0], n), after_s=rng.choice([0.0, 900.0], n),
                                   least_s=rng.choice([0.0, 120.0], n), category=rng.choice(["*", "x"], n))  # fmt: skip
    rules = rules.sample(frac=1.0, random_state=seed).reset_index(drop=True)
    links = linked_time(legs, happened, check_rules(rules))
    found = np.zeros((len(legs), 4))
    np.add.at(found, (links.leg, links.activity), (links.end - links.start) / 1e9)
    np.testing.assert_allclose(found, seconds_by_hand(legs, claimed_by_hand(legs, happened, rules)), atol=1e-3)
    order = np.lexsort((links.start, links.leg))
    again = links.leg[order][1:] == links.leg[order][:-1]
    assert (links.start[order][1:] >= links.end[order][:-1])[again].all()


# --- the simulated force ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def world():
    where = pd.concat([AREAS, areas_of(s=("site", shapely.box(850, 0, 1150, 250)))], ignore_index=True)
    return simulate_shifts(streets(), where, None, SimulateParams(officers=24, days=1, seed=5)), where


@pytest.mark.filterwarnings("ignore")
def test_classes_against_the_truth_of_a_simulated_force(world):
    for referenced, least in (
        (True, dict(incident_reference=0.93, search_reference=0.97)),
        (False, dict(incident_place_time=0.88, search_place_time=0.85)),
    ):
        table = scored(*world, referenced=referenced)
        right, truth, said = np.diag(table), table.sum(axis=1), table.sum(axis=0)
        assert right.sum() > 0.75 * truth.sum()
        assert said.sum() == pytest.approx(truth.sum(), rel=1e-6)
        recall = pd.Series(right / truth.where(truth > 0), index=table.index)
        for name, share in {**least, "police_site": 0.7, "on_foot": 0.8, "in_vehicle": 0.6, "stopped": 0.45}.items():
            assert recall[name] >= share, name
        precision = pd.Series(right / said.where(said > 0), index=table.index)
        for name in least:
            assert precision[name] > 0.85, name


@pytest.mark.filterwarnings("ignore")
def test_a_linked_reference_always_wins(world):
    """Each moment that a reference claims is the reference's, whatever else claims it."""
    simulated, where = world
    legs = legs_of(simulated.fixes[["officer_id", "time", "x", "y"]])
    alone = default_rules()[lambda t: t["how"] == "reference"]
    by_reference = activities(legs, simulated.events, where, rules=alone, method=LINEAR)
    both = activities(legs, simulated.events, where, method=LINEAR)
    for name in ("incident_reference", "search_reference"):
        a, b = (t[t["activity"] == name].set_index("leg_id")["seconds"] for t in (by_reference, both))
        assert len(a) > 10
        pd.testing.assert_series_equal(a.sort_index(), b.sort_index())

"""Rests that may be at home are left out alike in both homes: by the plugin from a folder's store, by the database itself in a shared one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.params import PURPOSES
from ia_plugin.core.privacy import pseudonymise
from ia_plugin.store.postgis.home import PostgisStore
from ia_plugin.store.store import Store
from ia_plugin.store.trace_home import TraceHome, tracer_of
from tests.support.postgis import Cluster
from tests.support.shared_store import shared_store
from tests.support.stores import AREAS, KEY
from tests.support.turns import legs_of
from tests.support.two_homes import same

OFFICERS, LOOKS = 6, 2
NOW = pd.Timestamp("2024-07-10T12:00Z")
SITE = shapely.box(399_500, 279_500, 399_600, 279_600)


def movement(seed: int) -> pd.DataFrame:
    """``time, x, y`` of one officer over some days: rests at home, at a police site and elsewhere, of minutes and of hours, ways between
    them, radios that are off for hours or days, reports without a position, and two of one moment."""
    rng = np.random.default_rng(seed)
    home = rng.uniform([398_500, 278_500], [401_500, 281_500])
    places = [
        home,
        home,
        np.array([399_550.0, 279_550.0]),
        *rng.uniform([398_500, 278_500], [401_500, 281_500], (4, 2)),
    ]
    at, seconds, rows = places[rng.integers(len(places))], 0, []
    while seconds < 3.5 * 86_400:
        every = int(rng.choice([60, 120, 300]))
        what = rng.choice(["rest", "way", "off"], p=[0.45, 0.4, 0.15])
        if what == "off":
            seconds += int(rng.choice([600, 1_800, 8 * 3_600, 14 * 3_600, 40 * 3_600], p=[0.3, 0.3, 0.2, 0.15, 0.05]))
            continue
        lasts = (
            int(rng.choice([900, 1_800, 2_400, 2 * 3_600, 4 * 3_600, 7 * 3_600]))
            if what == "rest"
            else int(rng.integers(600, 3_600))
        )
        to = at if what == "rest" else places[rng.integers(len(places))]
        for k in np.arange(0, lasts, every):
            x, y = at + (to - at) * (k / lasts) + rng.normal(0, rng.choice([5, 30, 90], p=[0.5, 0.4, 0.1]), 2)
            rows.append((seconds + int(k), round(x, 1), round(y, 1)))
        at, seconds = to, seconds + lasts
    found = pd.DataFrame(rows, columns=["s", "x", "y"])
    found.loc[rng.random(len(found)) < 0.01, ["x", "y"]] = np.nan
    found = pd.concat([found, found.sample(3, random_state=seed)]).sort_values("s", kind="stable", ignore_index=True)
    return found.assign(time=pd.Timestamp("2024-06-03T00:00Z") + pd.to_timedelta(found.pop("s"), unit="s"))


def world() -> dict[str, pd.DataFrame]:
    """Fixes, legs, and a visit or two a day of each officer, of the time from one leg to a later one."""
    fixes, legs, visits = [], [], []
    officers = pseudonymise(pd.Series([str(1_000 + i) for i in range(OFFICERS)]), KEY)
    for i, officer in enumerate(officers):
        rng = np.random.default_rng(i)
        fixes.append(movement(i).assign(officer_id=officer))
        own = legs_of(fixes[-1]).assign(officer_id=officer, track_id=i)
        legs.append(own)
        for first in rng.choice(len(own) - 40, LOOKS, replace=False):
            enter, leave = own["start"][first], own["end"][first + int(rng.integers(0, 40))]
            visits.append({"officer_id": officer, "track_id": i, "area_id": "a", "enter": enter, "leave": leave})
    of_legs = pd.concat(legs, ignore_index=True)
    found = pd.DataFrame(visits).assign(
        visit_id=range(len(visits)), seconds=60.0, seconds_low=60.0, seconds_high=60.0, seconds_sd=0.0
    )
    return {
        "fixes": pd.concat(fixes, ignore_index=True),
        "legs": of_legs.assign(leg_id=range(len(of_legs))),
        "visits": found,
    }


@pytest.fixture(scope="module")
def tracers(postgis: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TraceHome, TraceHome]]:
    site = pd.DataFrame({"area_id": ["st"], "role": ["site"], "geometry": [SITE]})
    areas = pd.concat([AREAS, site], ignore_index=True)
    folder: Path = tmp_path_factory.mktemp("rests") / "store"
    tables = world()
    with shared_store(postgis, filled=False) as shared:
        with Store(folder, KEY) as one, PostgisStore(shared.target("lee"), KEY) as other:
            for store in (one, other):
                with store.together("test"):
                    store.put("areas", areas)
                    for name, rows in tables.items():
                        store.append(name, rows)
        yield tracer_of(folder, PURPOSES[0], version="t"), tracer_of(shared.target("ivan"), PURPOSES[0], version="t")


def test_what_is_left_out_of_random_days_is_the_same(tracers: tuple[TraceHome, TraceHome]) -> None:
    shown = [t.visits(FilterState(), ("a",), at=NOW).visits for t in tracers]
    assert [len(s) for s in shown] == [LOOKS * OFFICERS] * 2
    left_out, whole = [], 0
    for visit in shown[0]["visit_id"]:
        ours, theirs = (t.journey(int(visit), at=NOW) for t in tracers)
        assert (ours.day, ours.left_out, ours.any_sites, ours.before, ours.after) == (
            theirs.day, theirs.left_out, theirs.any_sites, theirs.before, theirs.after,
        ), visit  # fmt: skip
        assert len(theirs.fixes) == len(ours.fixes)
        if len(ours.fixes):
            same(theirs.fixes, ours.fixes)
        here, there = (t.behind(int(visit), at=NOW) for t in tracers)
        assert (here.left_out, len(here.fixes), len(here.legs)) == (
            there.left_out,
            len(there.fixes),
            len(there.legs),
        ), visit
        if len(here.fixes):
            same(there.fixes, here.fixes, "fid")
        if len(here.legs):
            same(there.legs, here.legs, "fid")
        left_out.append(ours.left_out)
        whole += ours.left_out + len(ours.fixes)
    # The days are no easy ones: most have something to leave out, and some of them much.
    assert np.mean(np.array(left_out) > 0) > 0.5 and 0.1 < sum(left_out) / whole < 0.9

"""What is older than a moment goes for good, from either home the same: counted first, and then no more there."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from ia_plugin.core.errors import StoreError
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.params import PURPOSES
from ia_plugin.store.postgis.home import PostgisStore
from ia_plugin.store.purge import MOVEMENT, purge, to_purge
from ia_plugin.store.tables import PURGED
from ia_plugin.store.trace_home import tracer_of
from tests.support.postgis import Cluster
from tests.support.stores import AT, KEY
from tests.support.two_homes import two_homes


def test_old_rows_go_from_both_homes_and_the_summary_stays(tmp_path: Path, postgis: Cluster) -> None:
    before = pd.Timestamp("2024-07-04T23:00Z")  # all of June, and of July what is before the 5th
    with two_homes(tmp_path, postgis) as homes:
        tracer = tracer_of(homes.shared.target("ivan"), PURPOSES[2], version="t")
        tracer.visits(FilterState(), ("a", "b"), at=AT)
        found, left = [], []
        for store in homes.both():
            told = store.count("time_use")
            for moment in (pd.Timestamp("2024-06-04T00:00Z"), before):
                counted = to_purge(store, moment)
                assert counted["fixes"] > 0 and purge(store, moment) == counted and to_purge(store, moment) == {}
                found.append(counted)
                left.append({table: store.count(table) for table in (*MOVEMENT, "officer_time", "event_officers")})
            assert store.count("time_use") == told > 0 and store.setting(PURGED) == before.isoformat()
            assert left[-1]["fixes"] == 1080  # 12 officers, 90 each on the last day
        assert found[:2] == found[2:] and left[:2] == left[2:]
        days = "SELECT DISTINCT (starts AT TIME ZONE 'UTC')::date FROM ia_restricted.officer_days"
        assert homes.shared.psql("lee", days) == "2024-07-04"  # 23:00 UTC: the civil day of the 5th
        with (
            PostgisStore(homes.shared.target("alice"), KEY) as store,
            pytest.raises(StoreError, match="ia_loader"),
        ):
            purge(store, before)

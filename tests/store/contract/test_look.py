"""Cells by unit are looked at with a purpose that is on record, in either home, and are the same."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from ia_plugin.core.errors import PrivacyError, StoreError
from ia_plugin.core.filter_state import FilterState
from ia_plugin.store.look import RestrictedLook
from ia_plugin.store.summary import read_summary
from tests.support.two_homes import Homes

NOW = pd.Timestamp("2024-07-10T12:00Z")
STATE = FilterState(first=date(2024, 6, 3), last=date(2024, 6, 4))


def test_a_look_is_recorded_and_gives_the_same_cells(homes: Homes) -> None:
    found = []
    for place in (homes.folder, homes.shared.target("ivan")):
        material = read_summary(place)
        found.append(RestrictedLook(place, NOW, "t")(material, [STATE], "training: new analysts"))
    ours, theirs = ((m.time_use.table, m.cover.table, m.visits.table) for m in found)
    for here, there in zip(ours, theirs):
        here, there = (t.sort_values([*here.columns], ignore_index=True) for t in (here, there))
        assert len(here) > 20
        pd.testing.assert_frame_equal(there[[*here.columns]], here, check_dtype=False)
    runs = "SELECT who, purpose, parameters::jsonb ->> 'in words' FROM ia_records.runs WHERE what = 'look at cells by unit'"
    assert "ivan|training|new analysts" in homes.shared.psql("olga", runs).splitlines()


def test_only_an_inspector_looks_and_only_after_asking(homes: Homes) -> None:
    material = read_summary(homes.shared.target("alice"))
    with pytest.raises(StoreError, match="has not the role ia_inspector"):
        RestrictedLook(homes.shared.target("alice"), NOW, "t")(material, [STATE], "training")
    with pytest.raises(PrivacyError, match="not on the list"):
        RestrictedLook(homes.shared.target("iris"), NOW, "t")(material, [STATE], "curiosity")
    look = "SELECT count(*) FROM ia_journeys.time_use_by_group(NULL, NULL)"
    assert "asked for first" in homes.shared.psql("iris", look)
    ask = "SELECT ia_journeys.ask_cells('training', '', '[]', '') IS NOT NULL"
    rolled_back = homes.shared.psql("iris", "BEGIN", ask, look, "ROLLBACK", look)
    assert rolled_back.count("asked for first") == 2, rolled_back

"""A closed week of officer density into which data come late: both homes keep the same squares, note the same officers and tell the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from ia_plugin.store.imports import bring_file
from ia_plugin.store.postgis.home import PostgisStore
from ia_plugin.store.refresh import refresh, set_areas
from ia_plugin.store.store import Store
from ia_plugin.store.weeks import weeks_changed
from tests.support.postgis import Cluster
from tests.support.shared_store import shared_store
from tests.support.stores import AREAS, AT, KEY
from tests.support.two_homes import same
from tests.support.week_files import few, latecomers, turn, week, written

BY = {
    "density": ["week", "shift", "cell"],
    "density_parts": ["week", "shift", "cell", "day", "officer_id", "telling"],
    "density_time": ["week", "officer_id"],
}


@pytest.fixture(scope="module")
def stores(postgis: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, PostgisStore]]:
    """A week that is closed, and told."""
    root = tmp_path_factory.mktemp("weeks")
    path = written(root / "week.csv", week() + few() + [turn(100 + k, "2024-06-13", "12:00") for k in range(5)])
    with (
        shared_store(postgis, filled=False) as shared,
        Store(root / "store", KEY) as one,
        PostgisStore(shared.target("lee"), KEY) as other,
    ):
        for store in (one, other):
            set_areas(store, AREAS)
            bring_file(store, path, at=AT)
            refresh(store)
        yield one, other


def are_the_same(one: Store, other: PostgisStore) -> None:
    for name, by in BY.items():
        here, there = (s.read(name).sort_values(by, ignore_index=True) for s in (one, other))
        assert len(here), name
        same(there, here, "fid")


def due(store: Store | PostgisStore) -> pd.DataFrame:
    rows = store.read("density_time")
    return rows.loc[rows["due"].astype(bool), ["officer_id", "parts"]]


def test_officers_whose_legs_changed_are_noted_and_what_is_kept_of_them_stands(
    stores: tuple[Store, PostgisStore],
) -> None:
    are_the_same(*stores)
    before = stores[0].read("density_time").set_index(["week", "officer_id"])["parts"]
    late = pd.Index([*before.index.get_level_values("officer_id")[:2], "stranger"])
    for store in stores:
        with store.together("late legs"):
            weeks_changed(store, ["2024-06-05"], late)
        assert set(due(store)["officer_id"]) == set(late)
    are_the_same(*stores)
    now = stores[0].read("density_time").set_index(["week", "officer_id"])["parts"]
    assert now.loc[before.index].equals(before) and set(now.drop(before.index)) == {""}


def test_late_data_are_told_alike(stores: tuple[Store, PostgisStore], tmp_path: Path) -> None:
    told = len(stores[0].read("density_parts"))
    path = written(tmp_path / "late.csv", latecomers())
    for store in stores:
        bring_file(store, path, at=AT)
        refresh(store)
        assert not len(due(store)) and not store.dirty_days()
    assert len(stores[0].read("density_parts")) > told
    are_the_same(*stores)

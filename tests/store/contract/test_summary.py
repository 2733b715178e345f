"""What the dock, the answers and the map read of a store is the same whichever home it has: one store, copied into the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

import pandas as pd
import pytest

from ia_plugin.core.errors import StoreError
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.ask import ask
from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.store.event_points import read_event_points
from ia_plugin.store.open_summary import opened_summary
from ia_plugin.store.postgis.home import PostgisStore, SharedImport
from ia_plugin.store.small_ground import least_ha_of
from ia_plugin.store.summary import checked_of, epsg_of, read_store_areas, read_summary
from ia_plugin.store.tables import SUMMARY, SUMMARY_TABLES
from tests.support.postgis import Cluster
from tests.support.shared_store import SharedStore, shared_store
from tests.support.small_store import small_store
from tests.support.stores import KEY


@dataclass(frozen=True)
class Homes:
    """One summary in its two homes; each as a user gives STORE, the second to an analyst."""

    geopackage: str
    postgis: str
    shared: SharedStore


@pytest.fixture(scope="module")
def homes(postgis: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Homes]:
    folder = small_store(tmp_path_factory.mktemp("homes"))
    with shared_store(postgis, filled=False) as shared:
        with GeoPackage(folder / SUMMARY, create=False) as package, PostgisStore(shared.target("lee"), KEY) as store, store.writing():  # fmt: skip
            part = SharedImport(store)
            for name in set(package.tables()) & set(SUMMARY_TABLES):
                part.add(name, package.read(name))
        yield Homes(str(folder), shared.target("alice"), shared)


@pytest.fixture(params=["geopackage", "postgis"])
def home(request: pytest.FixtureRequest, homes: Homes) -> str:
    return str(getattr(homes, request.param))


def test_a_summary_has_areas_points_and_facts(home: str) -> None:
    assert epsg_of(home) == 27700
    assert read_store_areas(home)["area_id"].tolist() == ["a", "b"]
    assert round(read_store_areas(home)["geometry"].iloc[0].area) == 2_200_000
    assert len(read_event_points(home)) == 12
    assert least_ha_of(home) == 4.0 and checked_of(home) is None


def test_every_table_is_the_same_to_the_digit(homes: Homes) -> None:
    with opened_summary(homes.geopackage) as ours, opened_summary(homes.postgis) as theirs:
        names = sorted(set(ours.tables()) & set(SUMMARY_TABLES))
        assert {"areas", "time_use", "cover", "event_points", "about"} <= set(names)
        for name in names:
            here, there = ours.read(name), theirs.read(name)
            shown = [c for c in here.columns if not here[c].isna().all()]
            pd.testing.assert_frame_equal(there[shown], here[shown], check_dtype=False, check_exact=True, obj=name)


def test_a_question_has_the_same_figures(homes: Homes) -> None:
    state = FilterState(first=date(2024, 6, 3), last=date(2024, 6, 5))
    ours, theirs = (ask(read_summary(home), state) for home in (homes.geopackage, homes.postgis))
    compared = 0
    for field in fields(ours.figures):
        here, there = getattr(ours.figures, field.name), getattr(theirs.figures, field.name)
        if isinstance(here, pd.DataFrame):
            pd.testing.assert_frame_equal(there, here, check_exact=True, obj=field.name)
            compared += len(here)
    assert compared >= 14


def test_a_store_without_figures_says_what_to_do(postgis: Cluster) -> None:
    with shared_store(postgis, filled=False) as bare, pytest.raises(StoreError, match="Run Daily refresh"):
        read_summary(bare.target("alice"))


def test_a_database_without_a_store_says_who_can_make_one(postgis: Cluster) -> None:
    with postgis.database() as name, pytest.raises(StoreError, match="Prepare a shared store"):
        read_summary(postgis.target(name))

"""A summary that a cluster made, taken into a folder: checked, whole or not at all, and what people declared stays."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

from ia_plugin.core.errors import ImpactAreaError, PrivacyError, StoreError
from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.store.marks import set_marks
from ia_plugin.store.notes import read_notes
from ia_plugin.store.pair import STANDS_ALONE
from ia_plugin.store.summary import read_summary
from ia_plugin.store.taken_summary import MADE_BY, take_summary
from tests.support.stores import store_of_one_extract

NOW = pd.Timestamp("2024-07-01T09:00Z")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return store_of_one_extract(tmp_path_factory.mktemp("force"))


def made(whole, path, run="20240701", **more):
    """The store's summary as a run on a cluster would have left it."""
    shutil.copyfile(whole / "summary.gpkg", path)
    with GeoPackage(path) as package:
        facts = {STANDS_ALONE: "yes", MADE_BY: run, **more}
        package.append("about", pd.DataFrame({"name": list(facts), "value": list(facts.values())}))
    return path


def test_it_is_taken_and_the_dock_reads_it(whole, tmp_path):
    taken = take_summary(tmp_path / "store", made(whole, tmp_path / "new.gpkg"))
    assert taken.is_new and taken.run == "20240701" and taken.hours > 0
    assert len(read_summary(tmp_path / "store").areas) == 2
    assert [p.name for p in (tmp_path / "store").iterdir()] == ["summary.gpkg"]


def test_the_same_one_is_taken_once_and_an_older_one_never(whole, tmp_path):
    take_summary(tmp_path / "store", made(whole, tmp_path / "b.gpkg", run="b"))
    assert not take_summary(tmp_path / "store", tmp_path / "b.gpkg").is_new
    with pytest.raises(StoreError, match=r"is older \(a\) than the one that stands \(b\)"):
        take_summary(tmp_path / "store", made(whole, tmp_path / "a.gpkg", run="a"))


def test_notes_stay_when_the_figures_are_others(whole, tmp_path):
    store = tmp_path / "store"
    take_summary(store, made(whole, tmp_path / "a.gpkg", run="a"))
    with GeoPackage(store / "summary.gpkg") as package:
        package.append(
            "notes", pd.DataFrame({"from": [NOW], "text": ["No masts in the north."], "author": ["analyst"]})
        )
    take_summary(store, made(whole, tmp_path / "b.gpkg", run="b"))
    assert read_notes(store)["text"].tolist() == ["No masts in the north."]


def test_a_store_that_is_computed_here_is_left_alone(whole, tmp_path):
    before = (whole / "summary.gpkg").read_bytes()
    with pytest.raises(StoreError, match="has a store that is computed here"):
        take_summary(whole, made(whole, tmp_path / "a.gpkg"))
    assert (whole / "summary.gpkg").read_bytes() == before


def spoilt_layout(package):
    set_marks(package, layout="99")


def spoilt_mark(package):
    set_marks(package, layout="three")


def spoilt_table(package):
    package.append("officer_time", pd.DataFrame({"area_id": ["a"], "seconds": [1.0]}))


def spoilt_column(package):
    package.execute("ALTER TABLE cover ADD COLUMN officer_id TEXT")


def spoilt_areas(package):
    package.append("about", pd.DataFrame({"name": ["least_ha"], "value": ["100000.0"]}))


def spoilt_name(package):
    package.delete("about", "name = ?", (STANDS_ALONE,))


@pytest.mark.parametrize("spoil", [spoilt_layout, spoilt_mark, spoilt_table, spoilt_column, spoilt_areas, spoilt_name])
def test_what_cannot_serve_is_refused_and_the_one_before_stays(whole, tmp_path, spoil):
    store = tmp_path / "store"
    take_summary(store, made(whole, tmp_path / "a.gpkg", run="a"))
    before = (store / "summary.gpkg").read_bytes()
    with GeoPackage(made(whole, tmp_path / "b.gpkg", run="b")) as package:
        spoil(package)
    with pytest.raises((StoreError, PrivacyError)):
        take_summary(store, tmp_path / "b.gpkg")
    assert (store / "summary.gpkg").read_bytes() == before
    assert [p.name for p in store.iterdir()] == ["summary.gpkg"]


@pytest.mark.parametrize("content", [b"", b"PAR1", b"SQLite format 3\0" + b"x" * 200])
def test_a_file_that_is_none_is_refused(tmp_path, content):
    (tmp_path / "a.gpkg").write_bytes(content)
    with pytest.raises(ImpactAreaError, match=r"^a\.gpkg "):
        take_summary(tmp_path / "store", tmp_path / "a.gpkg")
    assert list((tmp_path / "store").iterdir()) == []


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(ImpactAreaError):
        take_summary(tmp_path / "store", tmp_path / "none.gpkg")

"""Which folders may hold a store, and which files are one's."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from ia_plugin.core.columns import Table
from ia_plugin.core.errors import StoreError
from ia_plugin.core.privacy import Key
from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.store import folder as module
from ia_plugin.store.folder import RESTRICTED, SUMMARY, check_folder, is_of_store
from ia_plugin.store.store import Store

NONE: dict = {}


@pytest.mark.parametrize(
    "name",
    [
        "OneDrive",
        "onedrive/x",
        "OneDrive - West Force/GIS",
        "Dropbox (Force)/a",
        "iCloud Drive",
        "Box Sync/x",
        "box",
        "Nextcloud/store",
        "a/My Drive/b",
    ],
)
def test_folders_of_clouds_by_their_names(tmp_path, name):
    with pytest.raises(StoreError, match="synchronised to a cloud.*Choose a folder of the force's own storage"):
        check_folder(tmp_path / name, NONE)


@pytest.mark.parametrize("name", ["boxes", "mybox", "onedrives", "dropbox-old", "clouds"])
def test_names_that_only_sound_like_one(tmp_path, name):
    assert check_folder(tmp_path / name, NONE) == []


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"])
def test_folders_of_clouds_by_what_the_system_says(tmp_path, variable):
    root = tmp_path / "synchronised"
    for inside in (root, root / "store", root / "a" / "b"):
        with pytest.raises(StoreError, match=rf"cloud \({variable}\)"):
            check_folder(inside, {variable: str(root)})
    assert check_folder(tmp_path / "beside", {variable: str(root)}) == []
    assert check_folder(tmp_path / "synchronised too", {variable: str(root)}) == []
    assert check_folder(tmp_path, {variable: ""}) == []


def test_a_link_is_where_it_leads(tmp_path):
    cloud = tmp_path / "OneDrive" / "store"
    cloud.mkdir(parents=True)
    link = tmp_path / "innocent"
    try:
        link.symlink_to(cloud, target_is_directory=True)
    except OSError:
        pytest.skip("this system lets nobody make links")
    with pytest.raises(StoreError, match="cloud"):
        check_folder(link, NONE)


@pytest.mark.parametrize("path", ["/media/stick/store", "/run/media/user/x", "/Volumes/USB"])
def test_removable_drives(path):
    with pytest.raises(StoreError, match="removable drive"):
        check_folder(Path(path), NONE)


def test_a_network_share_is_allowed_with_a_warning(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_windows_drive", lambda path: 4)
    [said] = check_folder(tmp_path / "store", NONE)
    assert "network share" in said and "store" in said
    monkeypatch.setattr(module, "_windows_drive", lambda path: 2)
    with pytest.raises(StoreError, match="removable"):
        check_folder(tmp_path / "store", NONE)
    monkeypatch.setattr(module, "_windows_drive", lambda path: 3)
    assert check_folder(tmp_path / "store", NONE) == []


@pytest.mark.parametrize("name", ["n" * 300 + ".gpkg", "n" * 5000, "\0", "a\0b.gpkg", "summary.gpkg/x", ""])
def test_what_no_file_can_be_named_is_of_no_store(tmp_path, name):
    assert is_of_store(tmp_path / name) is False


def test_half_a_store_and_a_copy_of_one_are_known_by_what_they_hold(tmp_path):
    """A summary that was passed on alone, under whatever name, is a store's: nothing else is written over it."""
    with Store(tmp_path / "store", Key(b"a key of sixteen bytes or more")):
        pass
    (tmp_path / "alone").mkdir()
    for name, copy in ((SUMMARY, SUMMARY), (SUMMARY, "board.gpkg"), (RESTRICTED, "old.gpkg")):
        shutil.copy(tmp_path / "store" / name, tmp_path / "alone" / copy)
        assert is_of_store(tmp_path / "alone" / copy)
    with GeoPackage(tmp_path / "alone" / "own.gpkg") as package:
        package.append(Table("areas", "one polygon", ()), pd.DataFrame({"area_id": ["a"]}))
    assert not is_of_store(tmp_path / "alone" / "own.gpkg")


@pytest.mark.parametrize("name", ["released_words.csv", "status_words.csv", "writing.json", "Released_Words.CSV"])
def test_the_lists_beside_a_store_are_the_stores_and_others_of_that_name_are_not(tmp_path, name):
    with Store(tmp_path / "store", Key(b"a key of sixteen bytes or more")):
        pass
    assert is_of_store(tmp_path / "store" / name)
    assert not is_of_store(tmp_path / name) and not is_of_store(tmp_path / "store" / "answers.csv")

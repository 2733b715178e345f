"""Which folders may hold a store."""

from pathlib import Path

import pytest

from ia_plugin.core.errors import StoreError
from ia_plugin.store import folder as module
from ia_plugin.store.folder import check_folder, is_of_store

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

"""Where a key file may lie: not with what it protects, not in a cloud, and not open to everybody."""

from __future__ import annotations

import os

import pytest

from ia_plugin.core.errors import PrivacyError
from ia_plugin.store.key_place import check_key_place

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of files")


@pytest.fixture
def key(tmp_path):
    def make(*folders, mode=0o600):
        folder = tmp_path.joinpath(*folders)
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "force.key"
        file.write_bytes(b"a key for tests, of no force at all")
        file.chmod(mode)
        return file

    return make


@pytest.mark.parametrize("folders", [("data",), ("data", "keys", "deep")])
@pytest.mark.parametrize("what", ["store", "project"])
def test_a_key_with_what_it_protects_is_refused(key, tmp_path, folders, what):
    file = key(*folders)
    with pytest.raises(PrivacyError, match=f"lies in the folder of the {what}. Move it to a folder of its own"):
        check_key_place(file, **{what: tmp_path / "data"})


def test_a_key_beside_is_taken(key, tmp_path):
    (tmp_path / "store").mkdir()
    for file in (key("keys"), key(), key("store-2"), key("storekeys")):
        assert check_key_place(file, store=tmp_path / "store", project=tmp_path / "none yet", environ={}) == []


def test_a_link_does_not_hide_where_a_key_lies(key, tmp_path):
    inside = key("store")
    (tmp_path / "keys").mkdir()
    link = tmp_path / "keys" / "force.key"
    other = tmp_path / "also"
    try:
        link.symlink_to(inside)
        other.symlink_to(tmp_path / "store", target_is_directory=True)
    except OSError:
        pytest.skip("This user may not make links.")
    for file, store in ((link, tmp_path / "store"), (inside, other), (other / "force.key", tmp_path / "store")):
        with pytest.raises(PrivacyError, match="folder of the store"):
            check_key_place(file, store=store)


def test_a_project_in_the_home_folder_does_not_claim_all_folders_of_it(key, tmp_path):
    assert check_key_place(key("keys"), project=tmp_path, home=tmp_path, environ={}) == []
    with pytest.raises(PrivacyError, match="folder of the project"):
        check_key_place(key(), project=tmp_path, home=tmp_path, environ={})


@pytest.mark.parametrize("cloud", ["OneDrive - Police", "Dropbox", "iCloud Drive"])
def test_a_key_in_a_cloud_is_refused(key, cloud):
    with pytest.raises(PrivacyError, match="synchronised to a cloud"):
        check_key_place(key(cloud, "keys"), environ={})


def test_a_cloud_known_by_its_variable_is_one(key, tmp_path):
    with pytest.raises(PrivacyError, match=r"cloud \(OneDriveCommercial\)"):
        check_key_place(key("work"), environ={"OneDriveCommercial": str(tmp_path / "work")})


@posix
@pytest.mark.parametrize(
    ("mode", "said"),
    [(0o600, ""), (0o400, ""), (0o640, ""), (0o644, "can be read by everybody"), (0o666, "can be read and changed by everybody"), (0o602, "can be changed by everybody")],
)  # fmt: skip
def test_a_key_that_everybody_can_read_is_told_with_its_remedy(key, mode, said):
    found = check_key_place(key("a b", mode=mode), environ={})
    assert len(found) == bool(said)
    for sentence in found:
        assert said in sentence and sentence.endswith("/a b/force.key'") and "chmod 600 '" in sentence


def test_what_is_no_file_is_left_to_who_reads_it(tmp_path):
    assert check_key_place(tmp_path / "none", store=tmp_path) == []
    assert check_key_place(tmp_path, store=tmp_path) == []

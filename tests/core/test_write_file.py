"""What a user reads when a file cannot be written: the file, and what to do."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from ia_plugin.core.errors import FileError
from ia_plugin.core.write_file import check_writable, unwritable, write_file


def test_text_is_utf8_with_the_line_ends_it_has(tmp_path: Path) -> None:
    assert write_file(tmp_path / "a", "é ≥ 2\r\nb\n").read_bytes() == "é ≥ 2\r\nb\n".encode()
    assert write_file(str(tmp_path / "a"), b"\0").read_bytes() == b"\0"


def test_a_file_open_elsewhere_is_named_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*args: object, **more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_bytes", locked)
    with pytest.raises(FileError, match=r"page\.html' cannot be written: it is open in another program.* Close it"):
        write_file(tmp_path / "page.html", "")


def test_no_folder_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"There is no folder '.*nowhere' to write 'page\.html' in\. Make it"):
        write_file(tmp_path / "nowhere" / "page.html", "")
    with pytest.raises(FileError, match="is a folder. Give the name of a file"):
        write_file(tmp_path, "")


def test_a_full_disk_and_any_other_reason() -> None:
    assert "the disk is full. Make room" in str(unwritable("a", OSError(errno.ENOSPC, "No space left on device")))
    assert "'a' cannot be written (odd). Choose" in str(unwritable("a", OSError(errno.EIO, "odd")))


@pytest.mark.parametrize("name, said", [("a" * 300, "too long"), ("bad\0name", "no name of a file")])
def test_names_that_cannot_be(tmp_path, name, said):
    for refused in (lambda path: write_file(path, "x"), check_writable):
        with pytest.raises(FileError, match=said):
            refused(tmp_path / name)
    assert list(tmp_path.iterdir()) == []

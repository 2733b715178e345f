"""A short file is read at once; a long one in blocks, so that memory does not grow with its rows."""

import pytest

from ia_plugin.core.imports import textfile
from ia_plugin.core.imports.textfile import TextFile


@pytest.mark.parametrize(("rows", "sizes"), [(98, [98]), (300, [49] + [50] * 5 + [1])])
def test_a_long_file_comes_in_smaller_blocks(tmp_path, monkeypatch, rows, sizes):
    """Ten bytes a line: with its header the first has 990, which are read at once; of the other 500 come at a time."""
    monkeypatch.setattr(textfile, "BLOCK", 1_000)
    monkeypatch.setattr(textfile, "OF_MANY", 2)
    path = tmp_path / "rows.csv"
    path.write_bytes("".join(["Collar,Xy\n", *(f"{k:06},12\n" for k in range(rows))]).encode())
    assert [len(chunk.rows) for chunk in TextFile(path).chunks()] == sizes

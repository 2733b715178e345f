"""A small run of the campaign of mutated files; `python -m tools.attack.fuzz_files` is the long one."""

from __future__ import annotations

import warnings

import pytest

from tests.support.long import long_after
from tools.attack.fuzz_files import campaign, fault_of


@pytest.mark.parametrize("files", long_after(1, [60, 150]))
def test_mutated_files_are_taken_in_or_refused_in_a_sentence(tmp_path, files):
    pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = campaign(tmp_path, files, seed=4)
    assert found.findings == []
    assert found.outcomes["taken in"] > files / 5 and found.outcomes["traceback"] == 0
    assert found.figure().startswith(f"fuzz_files: {files} files")


def test_the_judge_can_find_something():
    from ia_plugin.core.errors import FileError
    from ia_plugin.core.unforeseen import unforeseen

    assert fault_of(FileError("'a.csv' is damaged.", "Export it again.")) is None
    assert fault_of(FileError("'a.csv' is damaged.")) == "no remedy: 'a.csv' is damaged."
    assert fault_of(FileError("ArrowInvalid: 7.", "Look.")).startswith("no sentence")
    assert fault_of(FileError("Vanterpool is no time.", "Look.")).startswith("a planted value")
    assert fault_of(unforeseen("'a.csv' cannot be read", ValueError("Vanterpool"))) == "not foreseen: ValueError"

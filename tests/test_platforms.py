"""The imitation of Windows imitates: what fails there fails under it."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tools.platforms.narrow_numpy import NAMES, Narrowing, Overflow

ROOT = Path(__file__).resolve().parents[1]
numpy_1 = pytest.mark.skipif(
    np.__version__.startswith("2"), reason="numpy 2 has whole numbers of 64 bits on Windows too"
)


def on_windows(expression: str) -> object:
    """What an expression is to a module that `windows_like` loads."""
    source = f"import numpy as np\nimport pandas as pd\nyes = np.array([True, False])\nfound = {expression}"
    tree = ast.fix_missing_locations(Narrowing().visit(ast.parse(source)))
    names = dict(NAMES)
    exec(compile(tree, "example", "exec"), names)
    return names["found"]


# As numpy 1.26 answers on Windows.
@numpy_1
@pytest.mark.parametrize(
    "expression, kind",
    [
        ("np.array([1, 2])", "int32"),
        ("np.array([1, 2**40])", "int64"),
        ("np.array([1, 2], dtype=np.int64)", "int64"),
        ("np.array([1.5])", "float64"),
        ("np.arange(3)", "int32"),
        ("np.arange(0, 2**40, 2**39)", "int64"),
        ("np.zeros(3, int)", "int32"),
        ("np.full(3, -1)", "int32"),
        ("np.full(3, 2**40)", "int64"),
        ("np.array([1.5]).astype(int)", "int32"),
        ("pd.Series([1.5]).astype(int)", "int32"),
        ("pd.Series([1, 2])", "int64"),
        ("np.cumsum(yes)", "int32"),
        ("yes.cumsum()", "int32"),
        ("np.add.reduceat(yes, [0])", "int32"),
        ("np.add.reduce(np.arange(3))", "int32"),
        ("np.where(yes, 1, 0)", "int32"),
        ("np.where(yes, np.int64(1), 0)", "int64"),
        ("np.where(yes)[0]", "int64"),
        ("np.flatnonzero(yes)", "int64"),
        ("np.argsort(np.arange(3))", "int64"),
        ("yes * 1", "int32"),
        ("np.arange(3) * 2", "int32"),
        ("np.arange(3) * 2**40", "int64"),
        ("np.flatnonzero(yes) * 2", "int64"),
        ("np.r_[0, np.cumsum(yes)]", "int32"),
        ("np.concatenate([[0], np.cumsum(yes)])", "int32"),
        ("np.concatenate([[0], np.flatnonzero(yes)])", "int64"),
        ("np.maximum.accumulate(np.arange(3))", "int32"),
        ("np.repeat(np.arange(3), 2)", "int32"),
        ("np.arange(3)[1] * 2", "int32"),
    ],
)
def test_whole_numbers_have_the_width_they_have_on_windows(expression: str, kind: str) -> None:
    assert on_windows(expression).dtype == kind


@numpy_1
@pytest.mark.parametrize(
    "expression",
    [
        "np.arange(5) * 10**9",
        "np.arange(5)[3] * 10**9",
        "np.cumsum(np.full(5, 10**9))",
        "np.full(5, 10**9).sum()",
        "np.multiply(np.arange(5), 10**9)",
        "np.arange(70_000) ** 2",
        "[seconds := np.arange(5), seconds * 86_400 * 10**6]",
    ],
)
def test_what_overflows_there_is_an_error(expression: str) -> None:
    with pytest.raises(Overflow, match="does not fit into the 32 bits"):
        on_windows(expression)


@numpy_1
def test_of_a_float_too_large_numpy_makes_another_number() -> None:
    with np.errstate(invalid="ignore"):  # a warning is all it says
        assert on_windows("np.array([3e9]).astype(int) * 1")[0] != 3_000_000_000


LOOK = """
import multiprocessing, os, signal, sys, zoneinfo
import pytest
from ia_plugin.store import folder
from ia_plugin.core.presence import processes
def test_parts(tmp_path):
    path = tmp_path / "a"
    assert not hasattr(os, "fork") and not hasattr(signal, "SIGKILL")
    assert multiprocessing.get_all_start_methods() == ["spawn"] and not processes.may_fork()
    assert zoneinfo.TZPATH == ()
    with pytest.raises(UnicodeEncodeError):
        path.write_text("≥⁴")
    path.write_text("é")
    assert path.read_bytes() == b"\\xe9" and path.read_text(encoding="latin-1") == "é"
    with path.open() as file, pytest.raises(PermissionError):
        assert file.read() == "é"
        path.unlink()
    assert sys.platform != "win32" and "platform" not in folder._windows_drive.__code__.co_names
"""


@pytest.mark.skipif(not hasattr(os, "fork") or not sys.platform.startswith("linux"), reason="imitates Windows on Linux")
def test_each_part_of_the_whole_is_seen(tmp_path: Path) -> None:
    (tmp_path / "test_look.py").write_text(LOOK, encoding="utf-8")
    asked = [sys.executable, "-m", "tools.platforms.windows_like", "--", str(tmp_path), "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr

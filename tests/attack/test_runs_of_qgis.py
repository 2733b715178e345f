"""Small runs of the attacks that need real runs of QGIS, each in a process of its own, and that they find what they are meant to find."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.fork,
    pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="this system does not count the writes of a process"),
]
ROOT = Path(__file__).resolve().parents[2]


def last_line(program: str, *given: str) -> str:
    """The figure that an attack ends with; it found nothing."""
    command = [sys.executable, *program.split(" "), *given]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode == 2 and "QGIS is not there" in done.stderr:
        pytest.skip("QGIS is not there")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()[-1]


@pytest.mark.long
def test_runs_that_are_killed_lose_nothing():
    assert "0 findings" in last_line("-m tools.attack.kills", "--n", "9", "--processes", "0", "--seed", "3")


@pytest.mark.long
def test_a_full_disk_leaves_nothing_half_written():
    assert "0 findings" in last_line("-m tools.attack.full_disk", "--n", "19", "--seed", "3")


@pytest.mark.long
def test_two_programs_at_once_leave_what_one_after_the_other_does():
    assert "0 findings" in last_line("-m tools.attack.two_writers", "--n", "8", "--seed", "3")

"""The inspector's five questions by a screen reader: two programs that share a screen and a bus, and no code."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.qgis
ROOT = Path(__file__).resolve().parents[2]
BUS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
HAS_ATSPI = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
ASK_BUS = "dbus-send --session --print-reply --dest=org.a11y.Bus /org/a11y/bus org.a11y.Bus.GetAddress"
ASKED = "IMPACTAREAS_SCREEN_READER"
LONGEST_S = 400  # on a machine that does much else; some 10 s on one that does not


def reader() -> str:
    """A Python that speaks AT-SPI."""
    for python in (sys.executable, "/usr/bin/python3"):
        if Path(python).exists() and subprocess.run([python, "-c", HAS_ATSPI], capture_output=True).returncode == 0:
            return python
    pytest.skip("no Python here speaks AT-SPI (on Debian: gir1.2-atspi-2.0 and python3-gi)")


def test_the_five_questions_are_answered_to_a_screen_reader(tmp_path, qgis_app) -> None:
    from tests.support.small_store import small_store

    if not os.environ.get(ASKED):
        pytest.skip(f"asked for by {ASKED}=1: now and then the bus does not tell a reader of a window that is there")
    launcher = next((path for path in BUS if Path(path).exists()), None)
    absent = [name for name in ("xvfb-run", "dbus-run-session", "dbus-send") if shutil.which(name) is None]
    if launcher is None or absent:
        pytest.skip("no screen or no bus for a screen reader here (on Debian: xvfb, dbus and at-spi2-core)")
    speaks, store = reader(), small_store(tmp_path)
    session = f"""
        "{launcher}" --launch-immediately & bus=$!
        for _ in $(seq 300); do {ASK_BUS} >/dev/null 2>&1 && break; sleep 0.1; done  # a program that begins before it is never heard
        "{sys.executable}" -m tests.support.screen_reader show "{store}" & dock=$!
        "{speaks}" -W ignore -m tests.support.screen_reader read; told=$?
        kill $dock $bus; exit $told
    """
    variables = {
        k: v for k, v in os.environ.items() if k not in ("QT_QPA_PLATFORM", "DISPLAY", "DBUS_SESSION_BUS_ADDRESS")
    }
    variables.update(QT_ACCESSIBILITY="1", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", PYTHONPATH=os.pathsep.join(p for p in (str(ROOT), os.environ.get("PYTHONPATH", "")) if p), LC_ALL="C.UTF-8")  # fmt: skip
    command = ["xvfb-run", "-a", "dbus-run-session", "--", "bash", "-c", session]
    process = subprocess.Popen(
        command, cwd=ROOT, env=variables, text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        said, wrong = process.communicate(timeout=LONGEST_S)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 0, wrong[-2000:]
    heard = json.loads(said.strip().splitlines()[-1])
    assert [c.split(":")[0] for c in heard["chips"]] == [
        "Area", "Dates, and the earlier period they are compared with", "Hours of the day and days of the week",
        "Unit, department, role, resource", "Further filters",
    ]  # fmt: skip
    assert "earlier" in heard["hours"] and "n: " in heard["basis"] and "Figure IA-" in heard["basis"]
    assert "on foot" in heard["moved"] and "cannot tell" in heard["moved"]
    assert any("h per km²" in cell for cell in heard["areas"])
    assert heard["who"] and "Mismatch" in heard["chart"][0]
    assert heard["pages"][:6] == ["Areas", "Hours", "Who", "What", "Searches", "Trend"]

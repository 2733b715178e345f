"""The commands of docs/at-night.md: each is run as it stands there, from raw extracts to paper, and says by its exit status how it ended."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.stores import AREAS, extract
from tools import qgis_env

PAGE = (Path(__file__).parents[1] / "docs" / "at-night.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^ *```(\w*)\n(.*?)^ *```", PAGE, flags=re.M | re.S)
SHELL = [text for kind, text in BLOCKS if kind == "sh"]
WINDOWS = [text for kind, text in BLOCKS if kind == "bat"]
ENABLE, NIGHTLY, PACK, DAYS = SHELL
needs_qgis = pytest.mark.skipif(shutil.which("qgis_process.bin") is None, reason="QGIS is not installed")
PARAMETER = re.compile(r'(?<=\s)([\w]+:?[\w]*)=(?="|\w)')


def command_of(script: str, model: str) -> str:
    """The run of a model in a script, continued lines joined."""
    joined = script.replace("\\\n", " ")
    return next(line for line in joined.splitlines() if f"run impactareas:{model}" in line)


def test_the_batch_file_asks_what_the_script_asks() -> None:
    batch = next(text for text in WINDOWS if "nightly.bat" in text)
    runs = [command_of(t, "nightlyrefreshandbriefing").partition(" -- ")[2] for t in (NIGHTLY, batch)]
    asked = [PARAMETER.findall(f" {text}") for text in runs]
    assert asked[0] == asked[1] and len(asked[0]) > 8
    assert "exit /b %ERRORLEVEL%" in batch


def test_the_key_is_one_that_is_taken(tmp_path: Path) -> None:
    """The command of the page makes a key that nobody can guess."""
    from ia_plugin.core.key_strength import check_strength

    line = next(text for kind, text in BLOCKS if "secrets" in text).strip()
    code = re.fullmatch(r'python -c "(.*)"', line)
    assert code is not None
    subprocess.run([sys.executable, "-c", code.group(1)], cwd=tmp_path, check=True)
    check_strength((tmp_path / "force.key").read_bytes())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A watched folder, areas, a key, and `qgis_process` under the name that the page gives it."""
    home = tmp_path_factory.mktemp("night")
    for name in ("watched", "out", "bin"):
        (home / name).mkdir()
    for i, day in enumerate(("2024-06-03", "2024-06-04")):
        extract(home / "watched" / f"{i}.csv", day=day, seed=i, fixes=120)
    (home / "force.key").write_text("5f0e9c1b7a3d482e96c0d1f4b8a27e63", encoding="utf-8")
    (home / "force.key").chmod(0o600)
    features = [
        f'{{"type":"Feature","properties":{{"area_id":"{a}","role":"{r}"}},"geometry":{g}}}'
        for a, r, g in zip(AREAS["area_id"], AREAS["role"], AREAS["geometry"].map(_as_json))
    ]
    head = '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::27700"}},"features":['
    (home / "areas.geojson").write_text(f"{head}{','.join(features)}]}}", encoding="utf-8")
    program = home / "bin" / "qgis_process"
    program.write_text(f'#!/bin/sh\nexec "{qgis_env.qgis_process()}" "$@"\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return home


def _as_json(shape: object) -> str:
    import shapely

    return str(shapely.to_geojson(shape))


def ran(home: Path, script: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a script of the page as it stands there."""
    env = qgis_env.environment()
    env.update(
        PATH=f"{home / 'bin'}{os.pathsep}{env['PATH']}", WATCHED=str(home / "watched"), STORE=str(home / "store"), AREAS=str(home / "areas.geojson"),
        OUT=str(home / "out"), IMPACTAREAS_KEY_FILE=str(home / "force.key"), **more,
    )  # fmt: skip
    return subprocess.run(
        ["sh", "-c", script],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=550,
    )


@pytest.mark.long
@needs_qgis
def test_the_night_the_pack_and_the_days_of_the_page(home: Path) -> None:
    pytest.importorskip("matplotlib", reason="briefings have charts, and matplotlib is not installed")
    enabled = ran(home, ENABLE)
    assert "already enabled" in enabled.stdout + enabled.stderr or enabled.returncode == 0
    night = ran(home, NIGHTLY)
    assert night.returncode == 0, night.stdout[-2000:] + night.stderr[-2000:]
    assert {"maps.pdf", "answers.html", "report.html", "report.pdf", "force.html", "index.html"} <= {
        p.name for p in (home / "out").iterdir()
    }
    pack = ran(home, PACK)
    assert pack.returncode == 0 and (home / "out" / "ethics.html").is_file(), pack.stdout[-2000:] + pack.stderr[-2000:]
    days = ran(home, DAYS)
    assert days.returncode == 0 and "was refused" not in days.stderr
    assert {"answers-2024-06-03.csv", "answers-2024-06-04.csv"} <= {p.name for p in (home / "out").iterdir()}
    # What is refused says so by its exit status, and leaves nothing behind.
    refused = ran(home, PACK.replace("MARKING=OFFICIAL-SENSITIVE", 'MARKING=" "').replace("$OUT/", "$OUT/refused-"))
    assert refused.returncode != 0 and not list((home / "out").glob("refused-*"))

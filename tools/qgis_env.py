"""The one place that knows how this repository runs QGIS (standard library only).

QGIS finds the plugin through ``build/plugins``, keeps its settings under ``build/qgis-config`` and never touches the
user's own profile; the site-packages of ``.venv`` stand on ``PYTHONPATH``, for Debian's QGIS has no pandas.

    from tools.qgis_env import environment, run_algorithm
    results = run_algorithm("impactareas:buildtracks", {"INPUT": "fixes.gpkg", "OUTPUT": "tracks.gpkg"})

As a program: ``python tools/qgis_env.py COMMAND [ARGUMENT ...]`` runs a command in that environment (``qgis_process`` as
the command's name means the right executable), and ``python tools/qgis_env.py --enable`` enables the plugin.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Optional

ROOT = Path(__file__).resolve().parents[1]
PLUGINS = ROOT / "build" / "plugins"
CONFIG = ROOT / "build" / "qgis-config"
PLUGIN = "ia_plugin"


class QgisError(RuntimeError):
    """QGIS is missing, or an algorithm failed; the text is what QGIS said."""


def qgis_process() -> str:
    """Path of the qgis_process executable; raises :class:`QgisError` with the remedy where there is none.

    Debian's wrapper script passes an option the program refuses, so the ``.bin`` beside it comes first.
    """
    for name in ("qgis_process.bin", "qgis_process", "qgis_process-qgis-ltr", "qgis_process-qgis"):
        path = shutil.which(name)
        if path:
            return path
    raise QgisError("qgis_process is not on the PATH: install QGIS 3.22 or newer (on Debian or Ubuntu: make setup).")


def site_packages() -> list[str]:
    """The environment's site-packages folders, empty where `make setup` made no environment."""
    return [str(path) for path in sorted((ROOT / ".venv").glob("lib/python3*/site-packages"))]


def environment(
    *, plugins: Path = PLUGINS, config: Path = CONFIG, with_venv: bool = True, offscreen: bool = True
) -> dict[str, str]:
    """Environment variables of a QGIS process that sees this checkout's plugin and no other settings.

    Parameters
    ----------
    plugins, config : the folder of plugins and the folder of settings, other than the checkout's own.
    with_venv : put the environment's site-packages on the path; without it QGIS has only what the system brings.
    offscreen : run without a screen.
    """
    variables = dict(os.environ)
    for name in ("PYTHONHOME", "VIRTUAL_ENV", "PYTHONPATH"):
        variables.pop(name, None)
    if with_venv and site_packages():
        variables["PYTHONPATH"] = os.pathsep.join(site_packages())
    variables["QGIS_PLUGINPATH"] = str(plugins)
    variables["QGIS_CUSTOM_CONFIG_PATH"] = str(config)
    variables["PYTHONWARNINGS"] = "ignore::DeprecationWarning"
    variables["PYTHONNOUSERSITE"] = "1"
    variables["OMP_NUM_THREADS"] = variables.get("OMP_NUM_THREADS", "1")
    if offscreen:
        variables["QT_QPA_PLATFORM"] = "offscreen"
    if "XDG_RUNTIME_DIR" not in variables:
        runtime = config.parent / "qgis-runtime"
        runtime.mkdir(parents=True, exist_ok=True)
        runtime.chmod(0o700)
        variables["XDG_RUNTIME_DIR"] = str(runtime)
    return variables


def enable_plugin(env: Optional[Mapping[str, str]] = None) -> None:
    """Enable the plugin in the settings of `env` (default :func:`environment`)."""
    env = environment() if env is None else env
    Path(env["QGIS_CUSTOM_CONFIG_PATH"]).mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [qgis_process(), "plugins", "enable", PLUGIN],
        env=dict(env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if done.returncode and "already enabled" not in done.stdout + done.stderr:
        raise QgisError(f"QGIS could not enable {PLUGIN}: {(done.stderr or done.stdout).strip()}")


def run_algorithm(
    algorithm: str,
    parameters: Mapping[str, Any],
    *,
    env: Optional[Mapping[str, str]] = None,
    timeout_s: Optional[float] = None,
) -> dict[str, Any]:
    """Run one algorithm through qgis_process and return its ``results``.

    A list is passed by repeating its parameter, ``True``/``False`` as ``true``/``false``, and ``None`` is left out.
    Raises :class:`QgisError` with what QGIS wrote when the run fails.
    """
    command = [qgis_process(), "--json", "run", algorithm, "--", *_arguments(parameters)]
    done = subprocess.run(
        command,
        env=dict(environment() if env is None else env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout_s,
        encoding="utf-8",
    )
    start = done.stdout.find("{")
    if done.returncode or start < 0:
        raise QgisError(f"{algorithm} failed: {(done.stderr.strip() or done.stdout.strip())}")
    results = json.JSONDecoder().raw_decode(done.stdout, start)[0].get("results", {})
    return dict(results)


def _arguments(parameters: Mapping[str, Any]) -> list[str]:
    arguments = []
    for name, value in parameters.items():
        if value is None:
            continue
        for item in value if isinstance(value, (list, tuple)) else [value]:
            text = str(item).lower() if isinstance(item, bool) else str(item)
            arguments.append(f"{name}={text}")
    return arguments


def main(arguments: list[str]) -> int:
    if not arguments:
        print(__doc__)
        return 2
    try:
        if arguments == ["--enable"]:
            enable_plugin()
            return 0
        if arguments[0] == "qgis_process":
            arguments = [qgis_process(), *arguments[1:]]
    except QgisError as error:
        print(error, file=sys.stderr)
        return 1
    screen = Path(arguments[0]).name.startswith("qgis") and "process" not in arguments[0]
    return subprocess.call(arguments, env=environment(offscreen=not screen))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Pythons and libraries that the core and the store are tested with, each in a virtual environment of its own."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "build" / "environments"

ALWAYS = ("pyproj", "scipy", "matplotlib", "jinja2", "pytest<10", "hypothesis", "tzdata")
"""What the tests of core and store need beside the libraries whose versions are varied."""


class NotToBeHad(Exception):
    """No such interpreter, or no such libraries for it, can be had here; the text says which."""


class IndexUnreachable(Exception):
    """The package index does not answer: nothing is known of what can be had."""


NO_NETWORK = r"NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|Retrying \("


@dataclass(frozen=True)
class Environment:
    """An interpreter and the libraries that matter.

    >>> Environment("oldest", "3.9", ("pandas==1.5.*", "numpy<2")).folder.name
    'oldest'
    """

    name: str
    python: str
    libraries: tuple[str, ...]

    @property
    def folder(self) -> Path:
        return HOME / self.name

    @property
    def executable(self) -> Path:
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


ENVIRONMENTS = (
    Environment("oldest", "3.9", ("pandas==1.5.*", "numpy==1.26.*", "shapely==2.0.*", "pyarrow<22")),
    Environment("debian12", "3.11", ("pandas==1.5.*", "numpy==1.26.*", "shapely>=2", "pyarrow<22")),
    Environment("pandas22", "3.11", ("pandas==2.2.*", "numpy==1.26.*", "shapely==2.0.*", "pyarrow<22")),
    Environment("pandas23-numpy1", "3.12", ("pandas==2.3.*", "numpy==1.26.*", "shapely>=2", "pyarrow<22")),
    Environment("numpy2", "3.12", ("pandas==2.2.*", "numpy>=2,<3", "shapely>=2", "pyarrow")),
    Environment("pandas23", "3.13", ("pandas==2.3.*", "numpy>=2,<3", "shapely>=2", "pyarrow")),
    Environment("pandas3", "3.13", ("pandas>=3,<4", "numpy>=2,<3", "shapely==2.0.*", "pyarrow")),
    Environment("pandas3-numpy1", "3.12", ("pandas>=3,<4", "numpy==1.26.*", "shapely>=2", "pyarrow<22")),
    Environment("newest", "3.11", ("pandas>=3,<4", "numpy>=2,<3", "shapely>=2", "pyarrow")),
)
"""Each pandas from 2.2 on with numpy 1.26 and with 2, each pair of pandas and shapely's ends that is likely to meet, and Python
3.9, 3.11, 3.12 and 3.13; not every product of these. "newest" keeps to the Python that most machines have."""


def interpreters() -> Iterator[Path]:
    """Pythons that may be on a machine: those on the PATH, and those a version manager keeps."""
    for name in ("python3.9", "python3.10", "python3.11", "python3.12", "python3.13", "python3.14", "python3"):
        found = shutil.which(name)
        if found:
            yield Path(found)
    for pattern in (".pyenv/versions/*/bin/python3", ".local/share/uv/python/*/bin/python3"):
        yield from sorted(Path.home().glob(pattern), reverse=True)


def version_of(python: Path) -> str:
    """'3.11' of an interpreter, '' where it does not run (a version manager's stand-in for one that is not chosen)."""
    try:
        done = subprocess.run(
            [str(python), "-c", "import sys, venv; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=30,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def interpreter(version: str) -> Path:
    """A Python of this version; raises :class:`NotToBeHad`."""
    for python in interpreters():
        if version_of(python) == version:
            return python
    raise NotToBeHad(f"no Python {version} on this machine")


def ready(environment: Environment) -> Path:
    """The environment's Python, made and filled where it is not.

    Raises
    ------
    NotToBeHad
        where this machine has no such Python, or the index no such libraries for it.
    IndexUnreachable
        where the index does not answer.
    """
    wanted = (*environment.libraries, *ALWAYS)
    mark = environment.folder / ("filled-" + hashlib.sha256("\n".join(wanted).encode()).hexdigest()[:12])
    if mark.exists() and version_of(environment.executable) == environment.python:
        return environment.executable
    python = interpreter(environment.python)
    shutil.rmtree(environment.folder, ignore_errors=True)
    environment.folder.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([str(python), "-m", "venv", str(environment.folder)], check=True, stdin=subprocess.DEVNULL)
    pip = [str(environment.executable), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    done = subprocess.run(
        [*pip, "--retries", "5", "--only-binary", ":all:", *wanted],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if done.returncode:
        if re.search(NO_NETWORK, done.stderr):
            raise IndexUnreachable("the package index cannot be reached")
        said = re.findall(r"^ERROR: (.*)", done.stderr, re.M) or [done.stderr.strip()[-200:]]
        raise NotToBeHad(said[-1])
    mark.touch()
    return environment.executable

"""Lay ``build/plugins/ia_plugin``: the folder QGIS loads the plugin from, made of links into the checkout.

QGIS wants ``metadata.txt`` beside ``__init__.py``; the repository keeps it at its root. Where links are not allowed
(Windows without developer mode) the files are copied, and the command must be run again after an edit.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "build" / "plugins" / "ia_plugin"
BESIDE = ("metadata.txt", "LICENSE", "CHANGELOG.md", "resources")


def sources(root: Path = ROOT) -> dict[str, Path]:
    """Name inside the laid-out plugin -> the file or folder of the checkout that stands there."""
    package = {path.name: path for path in sorted((root / "ia_plugin").iterdir()) if path.name != "__pycache__"}
    return {**package, **{name: root / name for name in BESIDE}}


def lay_out(target: Path = TARGET, root: Path = ROOT) -> int:
    """Make `target` hold a link for each of :func:`sources`, and nothing else; return how many were laid anew."""
    target.mkdir(parents=True, exist_ok=True)
    wanted = sources(root)
    for present in target.iterdir():
        if present.name in wanted and present.is_symlink() and present.resolve() == wanted[present.name].resolve():
            continue
        if present.is_dir() and not present.is_symlink():
            shutil.rmtree(present)
        else:
            present.unlink()
    new = [name for name in wanted if not (target / name).is_symlink()]
    for name in new:
        _link_or_copy(wanted[name], target / name)
    return len(new)


def _link_or_copy(source: Path, link: Path) -> None:
    try:
        link.symlink_to(source, target_is_directory=source.is_dir())
    except OSError:
        if source.is_dir():
            shutil.copytree(source, link, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, link)


if __name__ == "__main__":
    if lay_out():
        print(f"setup: {TARGET.relative_to(ROOT)} links to the checkout")
    sys.exit(0)

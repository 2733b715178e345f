"""Write ``dist/ia_plugin-<version>.zip``: the plugin with real copies of all it needs, for "Install from ZIP".

The same input gives the same bytes: files go in sorted, with one fixed time, and no caches.
"""

from __future__ import annotations

import configparser
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.link_plugin import sources

LEFT_OUT = {"__pycache__", ".pyc", ".pyo", ".gpkg-wal", ".gpkg-shm"}
EPOCH = (1980, 1, 1, 0, 0, 0)


def version(root: Path = ROOT) -> str:
    """The version metadata.txt gives."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(root / "metadata.txt", encoding="utf-8")
    return metadata["general"]["version"]


def files(root: Path = ROOT) -> Iterator[tuple[str, Path]]:
    """(name inside the zip, file) of everything the plugin is made of, sorted by name."""
    found = []
    for name, source in sources(root).items():
        for path in [source] if source.is_file() else source.rglob("*"):
            parts = (name, *path.relative_to(source).parts)
            if path.is_file() and not LEFT_OUT.intersection([*parts, path.suffix]):
                found.append(("/".join(("ia_plugin", *parts)), path))
    yield from sorted(found)


def package(folder: Path = ROOT / "dist", root: Path = ROOT) -> Path:
    """Write the zip into `folder` and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"ia_plugin-{version(root)}.zip"
    unfinished = target.with_suffix(".part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in files(root):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    try:
        return unfinished.replace(target)
    except PermissionError:  # as on Windows, where QGIS's "Install from ZIP" or an archive program shows it
        sys.exit(f"{target} is open in another program: close it there and run this again.")


if __name__ == "__main__":
    made = package()
    print(f"{made.relative_to(ROOT)}  {made.stat().st_size / 1e3:.0f} kB")

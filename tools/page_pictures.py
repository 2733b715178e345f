"""Pictures of the inspector's page for the guide: made of the demo's store as `briefingpage` makes it, in a browser without a window.

.venv/bin/python tools/page_pictures.py                            (after make demo and make browser)
.venv/bin/python tools/page_pictures.py --into build/pictures      (to look at: on a phone, in the dark and on paper too)

Writes docs/images/inspector-page.png and inspector-page-one-area.png, an area where fewer than five officers were. Anything that the
page asks for, or complains of, is an error.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Optional

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ia_plugin.core.marking import MARKING
from ia_plugin.store.inspector_page import pages_of
from tests.support.browser import opened, started
from tests.support.inspector import Shown
from tools.dock_pictures import smaller

STORE, IMAGES = ROOT / "build" / "demo" / "store", ROOT / "docs" / "images"
GUIDE = {
    "inspector-page": ("", (1024, 1000)),
    "inspector-page-one-area": ("#area=D14&figure=foot", (1024, 1000)),
}
BESIDE = {"desk": ("", (1280, 0)), "narrow": ("", (1024, 0)), "phone": ("", (390, 0)), "dark": ("", (1280, 0))}
"""By name: the address within the page, and width and height in px; 0 for all of it."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, help="a folder for the guide's pictures and those to look at")
    into: Optional[Path] = parser.parse_args().into
    if not STORE.is_dir():
        print("error: there is no demo store; run make demo")
        return 1
    folder = into or IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    wrong = list(_taken(folder, GUIDE if into is None else {**GUIDE, **BESIDE}, paper=into is not None))
    for line in wrong:
        print(f"error: {line}")
    return 1 if wrong else 0


def _taken(folder: Path, pictures: dict[str, tuple[str, tuple[int, int]]], *, paper: bool) -> Iterator[str]:
    """Take the pictures; what the page asked for or complained of."""
    with tempfile.TemporaryDirectory() as scratch, started() as browser:
        page = Path(scratch) / "page.html"
        page.write_text(pages_of(STORE, page, marking=MARKING)[page], encoding="utf-8")
        for name, (at, (width, height)) in pictures.items():
            view: dict[str, Any] = {"viewport": {"width": width, "height": height or 1000}}
            with opened(browser, page, at, color_scheme="dark" if name == "dark" else "light", **view) as (tab, seen):
                Shown(tab, seen).settle()
                taken = Path(scratch) / f"{name}.png"
                tab.screenshot(path=str(taken), full_page=not height)
                if height:
                    smaller(taken, folder / taken.name)
                else:  # to be looked at, in all its colours
                    shutil.copyfile(taken, folder / taken.name)
                print(f"{folder / taken.name}: {(folder / taken.name).stat().st_size / 1000:.0f} kB")
                if paper and name == "desk":
                    tab.pdf(path=str(folder / "paper.pdf"), prefer_css_page_size=True, print_background=True)
                yield from (*seen.requests, *seen.complaints)


if __name__ == "__main__":
    sys.exit(main())

"""The data of a page as text: what is packed is unpacked, in Python and in the browser."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ia_plugin.core.inspector_page.packed import packed, unpacked
from ia_plugin.core.resources import resource_path
from tests.support.browser import needs_browser, opened, started

ARRAYS = {
    "bytes": np.array([0, 1, 255]),
    "large": np.array([[0, 256], [70_000, 2**32 - 1]]),
    "larger": np.array([2.0**40, 3.0]),
    "gaps": np.array([4.0, np.nan, 0.0]),
    "parts": np.array([0.5, 171 / 1024, 3.0]),
    "fractions": np.array([0.1, -2.5]),
    "none": np.empty((3, 0)),
}


def test_what_is_packed_is_unpacked() -> None:
    facts, arrays = unpacked(packed({"name": "Ünter", "none": None}, ARRAYS))
    assert facts == {"name": "Ünter", "none": None}
    for name, values in ARRAYS.items():
        np.testing.assert_array_equal(arrays[name], values)
    assert {n: a.shape for n, a in arrays.items()} == {n: a.shape for n, a in ARRAYS.items()}


def test_what_a_browser_cannot_hold_is_refused() -> None:
    for values in ([-1], [2**60]):
        with pytest.raises(ValueError, match="hours"):
            packed({}, {"hours": np.array(values)})


@needs_browser
def test_the_browser_unpacks_the_same(tmp_path: Path) -> None:
    script = resource_path("page", "engine", "load.js").read_text(encoding="utf-8")
    page_file = tmp_path / "page.html"
    text = packed({"name": "Ünter"}, ARRAYS)
    page_file.write_text(
        f'<script type="text/plain" id="page-data">{text}</script><script>{script}</script>', encoding="utf-8"
    )
    ask = """async () => { await page.load(); const told = {};
      for (const name in page.arrays) told[name] = [page.arrays[name].constructor.name, page.shapes[name], Array.from(page.arrays[name], String)];
      return JSON.stringify([page.facts, told]); }"""
    with started() as browser, opened(browser, page_file) as (page, seen):
        facts, told = json.loads(page.evaluate(ask))
    assert seen.quiet and facts == {"name": "Ünter"}
    kinds = {n: kind.removesuffix("Array") for n, (kind, _, _) in told.items()}
    assert kinds == {
        "bytes": "Uint8", "large": "Uint32", "larger": "Float64", "gaps": "Float64", "parts": "Float64", "fractions": "Float64", "none": "Uint8"
    }  # fmt: skip
    for name, values in ARRAYS.items():
        np.testing.assert_array_equal(np.array(told[name][2], dtype=float), values.ravel())
        assert told[name][1] == list(values.shape)

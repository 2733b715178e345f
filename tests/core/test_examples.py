"""The examples in docstrings of the core and the cluster hold: each module that has `>>>` is run as a doctest."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "ia_plugin"
FILES = [p for room in ("core", "cluster") for p in sorted((PACKAGE / room).rglob("*.py"))]
WITH_EXAMPLES = [p for p in FILES if ">>> " in p.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=lambda p: p.relative_to(PACKAGE).with_suffix("").as_posix())
def test_the_examples_of_a_module_hold(path: Path) -> None:
    name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).replace(".__init__", "")
    done = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert done.attempted and not done.failed

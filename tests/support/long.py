"""Samples of one rule of which `make test` takes the first and `make testall` takes all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def long_after(quick: int, samples: Iterable[Any]) -> list[Any]:
    """The samples for `parametrize`, those after the first few marked `long`.

    >>> [getattr(s, "values", s) for s in long_after(2, "abc")]
    ['a', 'b', ('c',)]
    """
    return [s if i < quick else pytest.param(s, marks=pytest.mark.long) for i, s in enumerate(samples)]

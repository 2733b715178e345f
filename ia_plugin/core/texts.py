"""Columns of words, read the same way by every pandas: which columns hold text, and each value of a column as text.

Up to pandas 2 words rest as objects and ``astype(str)`` turns a missing one into "nan"; from pandas 3 on they rest as
``str`` and a missing one stays missing. Code that asks ``dtype == object`` or joins ``astype(str)`` says two things. Where
pyarrow is installed such columns also search by its own regular expressions, which know fewer signs than Python's.
"""

from __future__ import annotations

import re
from typing import Any, Callable

import numpy as np
import pandas as pd

from .arrays import Array, Objects


def holds_text(values: pd.Series) -> bool:
    """Whether a column may hold words: objects, either kind of text, or categories of these.

    >>> holds_text(pd.Series(["2024-06-03"])), holds_text(pd.Series([20240603]))
    (True, False)
    """
    dtype: Any = values.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        dtype = dtype.categories.dtype
    return bool(pd.api.types.is_object_dtype(dtype) or isinstance(dtype, pd.StringDtype))


def texts(values: pd.Series, missing: str = "") -> pd.Series:
    """Each value as text by itself, `missing` where there is none; objects, on every pandas.

    A time is written in full whatever the other rows hold (``astype(str)`` of pandas 1 leaves the hour out where every
    row is at midnight), so that what is made of it does not hang on its neighbours.

    >>> texts(pd.Series([1.5, None]), missing="?").tolist()
    ['1.5', '?']
    """
    known = values.notna().to_numpy()
    # In an array: to set rows of a Series takes ten times as long, which a file of a thousand columns pays for each of them.
    words = np.full(len(values), missing, dtype=object)
    words[known] = [str(value) for value in values[known].astype(object)]
    return pd.Series(words, index=values.index, name=values.name, dtype=object)


def shape_of(value: Any) -> str:
    """What a value looks like, without saying it: letters as a, digits as 9 ("aa/99/9999")."""
    text = re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", str(value)))
    text = "".join(c if c.isprintable() else "·" for c in text)
    return text if len(text) <= 24 else text[:23] + "…"


def decoded(texts: Array, encoding: str = "utf-8", each: Callable[[str], str] = str) -> Objects:
    """Fixed-width bytes -> str objects. Each distinct text is decoded once, and given to `each`: officers and units repeat.

    >>> decoded(np.array([b"unit 1", b"unit 2", b"unit 1"])).tolist()
    ['unit 1', 'unit 2', 'unit 1']
    """
    n, width = len(texts), texts.dtype.itemsize
    if n == 0 or width == 0:
        return np.full(n, "", dtype=object)
    if width <= 8:
        padded = np.zeros((n, 8), np.uint8)
        padded[:, :width] = np.ascontiguousarray(texts).view(np.uint8).reshape(n, width)
        keys: Array = padded.view(np.uint64).ravel()
    else:
        keys = texts.astype(object)
    codes, values = pd.factorize(keys)
    if width <= 8:
        values = np.asarray(values, dtype=np.uint64).view("S8")
    words = np.empty(len(values), dtype=object)
    words[:] = [each(v.decode(encoding, "replace")) for v in values.tolist()]
    found: Objects = words[codes]
    return found


__all__ = ["decoded", "holds_text", "shape_of", "texts"]

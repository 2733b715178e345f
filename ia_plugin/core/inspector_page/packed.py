"""A cube as text: small whole numbers, their bytes apart, deflated, base64. ``resources/page/engine/load.js`` unpacks it.

The bytes of the text, inflated, are: the length of a header (uint32, little-endian), the header (JSON: ``facts`` and ``arrays``,
a list of ``{name, type, shape, bytes, gap, parts}``), then the arrays in their order. An array of whole numbers lies as `bytes` planes of
its length, the lowest byte of each number first; with ``gap`` the number of all ones is not known (NaN), with ``parts`` all are to be divided by it. With ``bytes`` 0 it is of
float64, the eight planes likewise. `type` is what the browser makes of it: u8, u16, u32 or f64.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from ..arrays import Array

_TYPES = {1: "u8", 2: "u16", 3: "u32", 4: "u32"}
PARTS = (1, 2**30)  # whole numbers, and parts of an event that is shared over the hours of its window
_MOST_BYTES = 6  # of a whole number that a browser holds exactly


class Plain(NamedTuple):
    """An array as it lies in the text: its line in the header, and its bytes."""

    head: dict[str, Any]
    data: bytes


def packed(facts: Mapping[str, object], arrays: Mapping[str, Array]) -> str:
    """The text of facts and arrays.

    Parameters
    ----------
    facts : what JSON can hold; no NaN
    arrays : of numbers, none negative where whole

    Examples
    --------
    >>> facts, arrays = unpacked(packed({"schema": 1}, {"hours": np.array([[0, 7], [300, 2]])}))
    >>> facts, arrays["hours"].tolist()
    ({'schema': 1}, [[0, 7], [300, 2]])
    """
    plain = [_plain(name, values) for name, values in arrays.items()]
    header = json.dumps(
        {"facts": facts, "arrays": [p.head for p in plain]}, ensure_ascii=True, allow_nan=False, separators=(",", ":")
    )
    head = header.encode("ascii")
    whole = b"".join([len(head).to_bytes(4, "little"), head, *(p.data for p in plain)])
    return base64.b64encode(zlib.compress(whole, 9)).decode("ascii")


def unpacked(text: str) -> tuple[dict[str, object], dict[str, Array]]:
    """Facts and arrays of a text, as the browser reads them."""
    whole = zlib.decompress(base64.b64decode(text))
    size = int.from_bytes(whole[:4], "little")
    header, at = json.loads(whole[4 : 4 + size]), 4 + size
    arrays = {}
    for head in header["arrays"]:
        length, planes = int(np.prod(head["shape"])), head["bytes"] or 8
        parts = np.frombuffer(whole, dtype=np.uint8, count=length * planes, offset=at).reshape(planes, length)
        at += length * planes
        arrays[head["name"]] = _joined(parts, head).reshape(head["shape"])
    return header["facts"], arrays


def _plain(name: str, values: Array) -> Plain:
    flat = np.ascontiguousarray(values).ravel()
    head: dict[str, Any] = {"name": name, "shape": list(values.shape)}
    gaps = np.isnan(flat) if flat.dtype.kind == "f" else np.zeros(len(flat), dtype=bool)
    whole = np.where(gaps, 0, flat)
    parts = next((p for p in PARTS if (whole * p == np.floor(whole * p)).all()), 0)
    if not parts:
        data = flat.astype("<f8").view(np.uint8).reshape(-1, 8).T.tobytes()
        return Plain({**head, "type": "f64", "bytes": 0}, data)
    whole = whole * parts
    most = int(whole.max(initial=0)) + bool(gaps.any())
    planes = max(1, (most.bit_length() + 7) // 8)
    if planes > _MOST_BYTES or (len(flat) and whole.min() < 0):
        raise ValueError(name)
    kind = "f64" if gaps.any() or parts > 1 else _TYPES.get(planes, "f64")
    numbers = np.where(gaps, 256**planes - 1, whole).astype("<u8")
    data = numbers.view(np.uint8).reshape(-1, 8).T[:planes].tobytes()
    return Plain(
        {
            **head,
            "type": kind,
            "bytes": planes,
            **({"gap": True} if gaps.any() else {}),
            **({"parts": parts} if parts > 1 else {}),
        },
        data,
    )


def _joined(parts: Array, head: Mapping[str, object]) -> Array:
    if not head["bytes"]:
        return np.ascontiguousarray(parts.T).view("<f8").ravel()
    numbers = sum((part.astype(np.int64) << (8 * k) for k, part in enumerate(parts)), np.int64(0))
    numbers = np.asarray(numbers, dtype=np.int64)
    if head.get("gap"):
        numbers = np.where(numbers == 256 ** len(parts) - 1, np.nan, numbers)
    return numbers / head["parts"] if "parts" in head else numbers


__all__ = ["packed", "unpacked"]

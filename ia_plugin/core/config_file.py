"""A file of parameters in JSON, read with care: bounded, each name known and once, each number a number.

What is refused is told by its place and kind. Values are never repeated, for any of them may hold a person.
"""

from __future__ import annotations

import codecs
import difflib
import json
import math
import re
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn, Union

from .errors import ParameterError

LARGEST = 1 << 20  # bytes
DEEPEST = 3  # {"NAME": [["value"]]}
LONGEST_NUMBER = 40  # signs
_FORM = 'Write it as {"PARAMETER": value, "PARAMETER": value}.'
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_WIDE = {codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}  # fmt: skip


def read_config(path: Union[str, Path], names: Iterable[str], what: str = "CONFIG") -> dict[str, Any]:
    """Parameters of a file.

    Parameters
    ----------
    path : a JSON file in UTF-8, or in UTF-16 with its mark, as Windows saves it
    names : of the parameters there are
    what : how the file is called in errors

    Returns
    -------
    {name: value}; values are text, numbers, true, false, null or lists of these.

    Raises
    ------
    ParameterError
        for a file that cannot be read, is no JSON, is too large or too deep, or has a name that is unknown or comes twice.
    """
    file = f"{what} {str(path)!r}"
    text = config_text(Path(path), file)
    if _depth(text) > DEEPEST:
        raise ParameterError(f"{file} is nested more than {DEEPEST} deep.", "Give plain values, or lists of them.")
    try:
        found = json.loads(
            text,
            object_pairs_hook=lambda pairs: _once(pairs, file),
            parse_constant=lambda _: _no_number(file),
            parse_float=lambda digits: _number(digits, float, file),
            parse_int=lambda digits: _number(digits, int, file),
        )
    except ValueError as error:
        at = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        why = error.msg if isinstance(error, json.JSONDecodeError) else "a value cannot be read"
        raise ParameterError(f"{file} is no JSON{at} ({why}).", _FORM) from None
    if not isinstance(found, dict):
        raise ParameterError(f"{file} holds no parameters.", _FORM)
    check_names(list(found), sorted(names), file)
    for name, value in found.items():
        if isinstance(value, dict):
            raise ParameterError(f"{file}: {name} is an object.", "Give a plain value, or a list of them.")
    return found


def config_text(path: Path, file: str) -> str:
    """What a file of parameters says, bounded and in its encoding; `file` is how errors call it."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            kind = "a folder" if path.is_dir() else "no plain file"
            raise ParameterError(f"{file} is {kind}.", "Give the path of a JSON file.")
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise ParameterError(f"{file} cannot be read ({error.strerror}).", "Give the path of a JSON file.") from None
    except ValueError:  # a NUL in the name
        raise ParameterError(f"{file} is no name of a file.", "Give the path of a JSON file.") from None
    if len(data) > LARGEST:
        raise ParameterError(f"{file} is larger than {LARGEST >> 20} MB.", "A file of parameters holds a few lines.")
    if not data.strip():
        raise ParameterError(f"{file} is empty.", _FORM)
    encoding = next((name for mark, name in _WIDE.items() if data.startswith(mark)), "utf-8-sig")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise ParameterError(f"{file} is no text in UTF-8.", "Save it as UTF-8.") from None


def _depth(text: str) -> int:
    """How deep brackets stand in each other, before a parser goes down into them."""
    deepest = depth = 0
    for bracket in re.findall(r"[\[\]{}]", _STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _once(pairs: list[tuple[str, Any]], file: str) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        place = next(k for k, name in enumerate(names) if name in names[:k])
        raise ParameterError(
            f"{file} gives one name twice ({_nth(names.index(names[place]))} and {_nth(place)} in their order).",
            "Keep one of the two.",
        )
    return found


def _number(digits: str, kind: Any, file: str) -> Any:
    if len(digits) > LONGEST_NUMBER or not math.isfinite(float(digits)):
        _no_number(file)
    return kind(digits)


def _no_number(file: str) -> NoReturn:
    raise ParameterError(f"{file} holds a number without bounds (NaN, Infinity or too long).", "Give a plain number.")


def check_names(given: list[str], known: list[str], file: str) -> None:
    """Refuse names that are unknown, with the nearest that is known; what is near a known name is no person's."""
    for place, name in enumerate(given):
        if name in known:
            continue
        if name == "inputs":
            raise ParameterError(f"{file} holds parameters under 'inputs'.", "Keep only what stands under it: " + _FORM)
        near = difflib.get_close_matches(name.upper().strip(), known, n=1, cutoff=0.7)
        if near:
            shown = "".join(c for c in name[:40] if c.isprintable())
            raise ParameterError(f"{file}: there is no parameter {shown!r}.", f"Did you mean {near[0]}?")
        raise ParameterError(
            f"{file}: the {_nth(place)} name is no parameter of this algorithm.", f"It has: {', '.join(known)}."
        )


def _nth(place: int) -> str:
    """The place of a name, from 0, in words.

    >>> [_nth(k) for k in (0, 1, 2, 3, 10, 20, 111)]
    ['1st', '2nd', '3rd', '4th', '11th', '21st', '112th']
    """
    n = place + 1
    end = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{end}"


__all__ = ["check_names", "config_text", "read_config"]

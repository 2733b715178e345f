"""A figure's number and its code, which holds the filter itself: what a reader types or pastes to open the figure again (standard library only).

A code reads ``IA1.MFRGG….1A2B3C4D``: the version of its form, the filter, and a checksum. It is of letters and digits alone, so
that neither a word processor's dashes nor an e-mail's line ends change what it says, and it may stand anywhere in a pasted text.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from typing import Optional

from .errors import ParameterError
from .filter_state import FilterState
from .sentence import sentence

FORM = 1  # of codes; another one where what is written below is read in another way
LONGEST = 20_000  # letters of a code, and of what it unfolds to ten times as many
NUMBER = "IA-{}-{}"
COMPARISONS = ("before", "year", "none")
# Words that most filters have, the commonest last; part of the form, so a change of it is another form.
_WORDS = (
    b'"timezone":"Europe/London""key_types":["categories":["stop_search"]"incident"]"crime"]"kinds":["response""neighbourhood"'
    b'"resources":["units":["unknown"]"bicycle"]"stationary"]"vehicle"]"foot"]"modes":["weekdays":[0,1,2,3,4,5,6]"hour_from":2'
    b'"hour_to":,"areas":["E0100","E0101"],"first":"2024-0","last":"2025-1"},"number":"'
    b'{"as_of":"202-0T:00:00+00:00","comparison":"none""year""before","filter":{'
)
_CODE = re.compile(r"IA(\d{1,3})\.([A-Z2-7]+)\.([0-9A-F]{8})")
_BEGUN = re.compile(r"(?<![A-Z0-9])IA\d{1,3}\.[A-Z2-7]{8}")
_DASH = "[-‐‑‒–—−_ ]?"
_NUMBER = re.compile(rf"(?<![A-Z0-9])IA{_DASH}([0-9A-FOIL]{{4}}){_DASH}([0-9A-FOIL]{{4}})(?![A-Z0-9])")
_BARE = re.compile(rf"([0-9A-FOIL]{{4}}){_DASH}([0-9A-FOIL]{{4}})")
_EXACT = re.compile(r"IA-[0-9A-F]{4}-[0-9A-F]{4}")
_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")  # what mail and word processors put between letters
_LOOKS_LIKE = str.maketrans("OIL", "011")
COPY_AGAIN = "Copy it again, whole, from the answer or the table; or type the figure's number."


@dataclass(frozen=True)
class FigureCode:
    """What a code holds.

    Attributes
    ----------
    state : the filter
    number : the number of the figure that was copied; "" where it has none
    comparison : ``before``, ``year`` or ``none``: the earlier period beside it
    as_of : the last moment of the data it was of, UTC; None where not known
    """

    state: FilterState
    number: str = ""
    comparison: str = "before"
    as_of: Optional[datetime] = None

    def text(self) -> str:
        """The code as it is copied.

        >>> code = FigureCode(FilterState(hour_from=22, hour_to=6), "IA-1234-5678").text()
        >>> code[:4], read_code(code.lower()).state.hours
        ('IA1.', (22, 23, 0, 1, 2, 3, 4, 5))
        """
        facts: dict[str, object] = {"filter": _as_written(self.state)}
        facts |= {"number": self.number} if self.number else {}
        facts |= {"comparison": self.comparison} if self.comparison != "before" else {}
        facts |= {"as_of": self.as_of.isoformat()} if self.as_of is not None else {}
        packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, _WORDS)
        written = json.dumps(facts, sort_keys=True, separators=(",", ":")).encode("ascii")
        payload = base64.b32encode(packer.compress(written) + packer.flush()).decode("ascii").rstrip("=")
        return f"IA{FORM}.{payload}.{_checksum(FORM, payload)}"


def read_code(text: str) -> FigureCode:
    """What a code holds; small letters, blanks, line ends and unseen signs in it do not matter.

    Raises
    ------
    ParameterError
        for one that was changed or cut off on its way, and for one of a newer version of the program.
    """
    found = _CODE.search(_together(text))
    if found is None:
        raise ParameterError("This is no code of a figure, or only a part of one.", COPY_AGAIN)
    form, payload, checksum = int(found.group(1)), found.group(2), found.group(3)
    if _checksum(form, payload) != checksum:
        raise ParameterError("The code was changed on its way: its checksum does not fit.", COPY_AGAIN)
    if form != FORM:
        raise ParameterError(
            sentence(
                "The code was made by a newer version of Impact Area (form {form}; this one reads {own}).",
                form=form,
                own=FORM,
            ),
            "Open it with that version, or type the figure's number.",
        )
    try:
        facts = json.loads(_unfolded(payload))
        state = _state_of(facts["filter"])
        as_of = datetime.fromisoformat(facts["as_of"]) if "as_of" in facts else None
        number, comparison = facts.get("number", ""), facts.get("comparison", COMPARISONS[0])
        if comparison not in COMPARISONS or not (number == "" or _EXACT.fullmatch(number)):
            raise ValueError("number")
        return FigureCode(state, number, comparison, as_of)
    except ParameterError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, zlib.error, binascii.Error) as error:
        raise ParameterError("The code holds no filter that this version can read.", COPY_AGAIN) from error


def figure_asked(text: str) -> tuple[str, Optional[FigureCode]]:
    """(number, code) of what a reader typed or pasted, a whole answer too: the code where there is one, else the number alone.

    >>> figure_asked("see figure ia–1a2b–3c4d please")[0], figure_asked(" 1A2B 3C4D ")[0]
    ('IA-1A2B-3C4D', 'IA-1A2B-3C4D')

    Raises
    ------
    ParameterError
        where there is neither, where there are several, and for a code that :func:`read_code` refuses.
    """
    codes = dict.fromkeys(found.group() for found in _CODE.finditer(_together(text)))
    if codes or _BEGUN.search(text.upper()):
        if len(codes) > 1:
            raise ParameterError(sentence("There are {n} codes in this text.", n=len(codes)), "Give one of them.")
        code = read_code(text)
        return code.number, code
    upper = " ".join(_UNSEEN.sub(" ", text).split()).upper()
    found = [m.groups() for m in _NUMBER.finditer(upper)] or [m.groups() for m in [_BARE.fullmatch(upper)] if m]
    numbers = list(dict.fromkeys(NUMBER.format(*(part.translate(_LOOKS_LIKE) for part in pair)) for pair in found))
    if len(numbers) == 1:
        return numbers[0], None
    if numbers:
        raise ParameterError(sentence('There are {n} figure numbers in this text: {numbers}.', n=len(numbers), numbers=', '.join(numbers[:3])), "Give one of them.")  # fmt: skip
    raise ParameterError(
        "This is neither the number of a figure nor its code.",
        "A number reads IA-1A2B-3C4D and stands under every figure; copied answers and tables have the code too.",
    )


def _as_written(state: FilterState) -> dict[str, object]:
    """What of a filter is not as it is at first."""
    first = {f.name: f.default for f in fields(FilterState) if f.default is not MISSING}
    written = state.as_dict()
    return {name: value for name, value in written.items() if getattr(state, name) != first.get(name)}


def _state_of(values: Mapping[str, object]) -> FilterState:
    """The filter; one with a part that this version does not know would be a wider one, so it is refused."""
    known = {f.name for f in fields(FilterState)}
    unknown = sorted(set(values) - known)
    if unknown:
        raise ParameterError(
            sentence(
                "The code filters by {names}, which this version of Impact Area does not know.",
                names=", ".join(u.replace("_", " ") for u in unknown),
            ),
            "Open it with the version it was made by, or a newer one.",
        )
    for name, value in values.items():
        default = getattr(FilterState, name)
        if isinstance(default, tuple):
            kind = int if name == "weekdays" else str
            right = isinstance(value, list) and all(type(v) is kind for v in value)
        else:
            right = type(value) is (str if default is None else type(default))
        if not right:
            raise ValueError(name)
    state = FilterState.from_dict(dict(values))
    state.edges()  # a time zone that there is, days that there are
    return state


def _unfolded(payload: str) -> bytes:
    if len(payload) > LONGEST:
        raise ValueError("too long")
    packed = base64.b32decode(payload + "=" * (-len(payload) % 8))
    unpacker = zlib.decompressobj(-15, zdict=_WORDS)
    found = unpacker.decompress(packed, 10 * LONGEST)
    if not unpacker.eof:
        raise ValueError("cut off, or too long")
    return found


def _checksum(form: int, payload: str) -> str:
    return hashlib.sha256(f"figure {form}.{payload}".encode("ascii")).hexdigest()[:8].upper()


def _together(text: str) -> str:
    return _UNSEEN.sub("", text).upper()


__all__ = ["FigureCode", "figure_asked", "read_code"]

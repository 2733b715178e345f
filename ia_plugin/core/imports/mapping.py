"""Which column of an extract says what: found by name and content, corrected by the user, kept as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional, Union

import numpy as np
import pandas as pd

from ..errors import ColumnError, FileError, ParameterError
from ..references import known_rows
from ..texts import texts
from ..times.date_order import FOUND, ORDERS
from ..times.file_times import FileTimes
from ..times.open_ends import open_ends
from .officer_columns import is_about_officers, may_name_officers
from .own_reference import choose_own_reference
from .roles import KINDS, NEEDED, PLACES, is_private
from .shown_names import is_shown, quoted_name, shown_names
from .source import Source
from .text_form import bare, plain
from .time_columns import ENDS, split_times, times_of, unread_times, written_values
from .unnamed_columns import proposed
from .written_positions import written_coordinates

SPEED_UNITS = ("km/h", "mph", "m/s")
_MEASURED = frozenset("time date start end valid_from lat lon easting northing wkt grid_ref radio_id".split())
_FORMAT = "impact-area mapping 1"


@dataclass(frozen=True)
class Mapping:
    """How one kind of extract is read.

    Attributes
    ----------
    kind : affiliations, postings, duties, radios or events
    columns : our role -> the file's column
    keep : further columns to keep, under their own names
    released : values that a person has looked at and that name nobody
    timezone : in which times without an offset are read
    date_order : of dates such as 03/06/2024: day_first, month_first, year_first, or "found" from the file
    epsg : reference system of eastings, northings and WKT
    speed_unit : of the column that says speed
    event_kind : of an events extract whose rows do not say it: crime, incident or stop_search
    encoding, delimiter : of text files; found where None
    found_by, proposed : how each column was found; of what was not found, columns that may be it
    """

    kind: str
    columns: Dict[str, str]
    keep: tuple[str, ...] = ()
    timezone: str = "Europe/London"
    date_order: str = FOUND
    epsg: int = 27700
    speed_unit: str = "km/h"
    event_kind: Optional[str] = None
    encoding: Optional[str] = None
    delimiter: Optional[str] = None
    released: tuple[str, ...] = ()
    found_by: Dict[str, str] = field(default_factory=dict, compare=False)
    proposed: Dict[str, str] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ParameterError(f"The mapping is for {self.kind!r}.", f"Use one of {', '.join(KINDS)}.")
        names = [r.name for r in KINDS[self.kind]]
        for role in self.columns:
            if role not in names:
                raise ColumnError(
                    f"The mapping names {quoted_name(role)}, which {self.kind} do not have.", f"Use {', '.join(names)}."
                )
        if self.speed_unit not in SPEED_UNITS:
            raise ParameterError(f"speed_unit = {self.speed_unit!r} is not known.", f"Use {', '.join(SPEED_UNITS)}.")
        if self.date_order not in ORDERS:
            raise ParameterError(f"date_order = {self.date_order!r} is not known.", f"Use {', '.join(ORDERS)}.")
        refused = [c for c in self.keep if is_private(plain(c))]
        if refused:
            raise ColumnError(
                f"The column {refused[0]!r} is about a person or free text and is never kept.", "Take it off the list."
            )

    def column(self, role: str) -> Optional[str]:
        return self.columns.get(role)

    @property
    def wanted(self) -> list[str]:
        """Columns of the file that are read."""
        return [*dict.fromkeys([*self.columns.values(), *self.keep])]

    def unread_places(self, header: list[str]) -> list[str]:
        """Columns of `header` that are named like places, where none of the columns that are read is one."""
        if _has_place(self.columns):
            return []
        names = {k for role in KINDS[self.kind] if any(role.name in ways for ways in PLACES) for k in role.known}
        return [c for c in header if {plain(c), bare(c)} & names]

    def times(self, source: Source) -> FileTimes:
        """The reader of the times of a source."""
        return times_of(source, self.columns, self.kind, self.timezone, self.date_order)

    def checked(self, header: list[str], name: str) -> Mapping:
        """This mapping, if the file `name` with this `header` can be read by it."""
        absent = [c for c in self.wanted if c not in header]
        if absent:
            raise ColumnError(
                f"{name!r} has no column {' nor '.join(map(repr, absent))}.",
                f"It has {shown_names(header)}. Correct the mapping.",
            )
        lacking = [choices for choices in NEEDED[self.kind] if not any(c in self.columns for c in choices)]
        if lacking:
            wanted = "; for ".join(" or ".join(choices) for choices in lacking)
            typed = "; ".join(f"{r}={c}" for choices in lacking for r, c in self._typed(choices))
            unlike = [choices for choices in lacking if not any(c in self.proposed for c in choices)]
            names = ["a place" if choices[0] in PLACES[0] else _a(choices[0]) for choices in unlike]
            none = f" No column looks like {' nor like '.join(names)}." if unlike else ""
            raise ColumnError(
                f"{name!r}: no column was found for {wanted} of {self.kind}.{none}",
                f"It has {shown_names(header, self._is_header())}. Say which they are, perhaps COLUMNS={typed}",
            )
        return self

    def _typed(self, choices: tuple[str, ...]) -> list[tuple[str, str]]:
        """Role and column for the user to type: those proposed, else a gap to fill."""
        likely = [r for r in choices if r in self.proposed][:1] or choices[:1]
        roles = next((ways for ways in PLACES if likely[0] in ways), likely)
        sure = self._is_header()
        return [(r, c if is_shown(c, sure) else "…") for r, c in ((r, self.proposed.get(r, "…")) for r in roles)]

    def _is_header(self) -> bool:
        """Whether the first row surely is a header: a column of numbers or times has a name without a digit."""
        found = {**self.proposed, **self.columns}
        return any(r in _MEASURED and not any(c.isdigit() for c in column) for r, column in found.items())

    def sentences(self) -> list[str]:
        """Each column and what it is taken for, for the user to correct."""
        return [
            f"{quoted_name(column)} is read as {role}"
            + (f" ({self.found_by[role]})" if role in self.found_by else "")
            + "."
            for role, column in self.columns.items()
        ]

    def to_json(self) -> str:
        facts: dict[str, Any] = {
            "format": _FORMAT, "kind": self.kind, "columns": dict(self.columns), "keep": list(self.keep), "timezone": self.timezone,
            "date_order": self.date_order, "epsg": self.epsg, "speed_unit": self.speed_unit, "event_kind": self.event_kind, "encoding": self.encoding,
            "delimiter": self.delimiter, **({"released": list(self.released)} if self.released else {}),
        }  # fmt: skip
        return json.dumps(facts, indent=2, ensure_ascii=False) + "\n"


def read_mapping(path: Union[str, Path]) -> Mapping:
    """A mapping that was saved as JSON.

    Raises
    ------
    FileError, ColumnError, ParameterError
        for a file that is none, and for roles that do not exist.
    """
    path = Path(path)
    try:
        facts = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise FileError(f"The mapping {str(path)!r} cannot be read ({error.strerror}).", "Check the path.") from None
    except ValueError as error:
        raise FileError(f"The mapping {path.name!r} is no JSON ({error}).", "Save it again from the import.") from None
    if not isinstance(facts, dict) or not isinstance(facts.get("columns"), dict):
        raise FileError(f"{path.name!r} is no mapping.", 'It needs {"kind": …, "columns": {role: column}}.')
    allowed = set(Mapping.__dataclass_fields__) - {"found_by", "proposed"}
    unknown = sorted(set(facts) - allowed - {"format"})
    if unknown:
        raise FileError(
            f"{path.name!r} has {quoted_name(unknown[0])}, which no mapping has.", f"Use {', '.join(sorted(allowed))}."
        )
    facts.pop("format", None)
    facts["keep"] = tuple(facts.get("keep") or ())
    facts["released"] = tuple(str(w) for w in facts.get("released") or ())
    return Mapping(**facts)


def suggest(
    kind: str,
    header: list[str],
    sample: pd.DataFrame,
    *,
    given: Optional[Dict[str, str]] = None,
    likely: Optional[Dict[str, str]] = None,
    propose: bool = True,
    **facts: Any,
) -> Mapping:
    """The likeliest mapping of a file's columns, by their names and, for places and times, by what they hold.

    Parameters
    ----------
    kind : of the extract
    header, sample : its columns and some of its rows, as text
    given : role -> column where the user has said so
    likely : role -> column that comes before all that are found, such as the geometry of a layer
    propose : whether to look, too, at what may be the columns that lack: the longest look of a wide file, for a message alone
    facts : other attributes of the mapping
    """
    columns = {role: _as_written(column, header) for role, column in (given or {}).items()}
    sample = known_rows(sample)
    how = {role: "as given" for role in columns}
    for role_name, column in (likely or {}).items():
        if role_name not in columns:
            columns[role_name], how[role_name] = column, "by its geometry"
    free = [c for c in header if c not in columns.values()]
    _find_by_name(kind, columns, how, free, sample)
    for role_name in ("wkt", "grid_ref"):
        if role_name in (r.name for r in KINDS[kind]) and not _has_place(columns):
            for column in free:
                if column in sample and _fits(role_name, sample[column]) and sample[column].notna().any():
                    columns[role_name], how[role_name] = column, "by what it holds"
                    free.remove(column)
                    break
    _whole_places(columns, how, sample)
    split_times(kind, columns, how, sample, free)
    if kind == "events":
        choose_own_reference(columns, how, header, sample, facts.get("event_kind"))
    rest = [c for c in header if c not in columns.values()]
    lacking = [r for choices in NEEDED[kind] if not any(c in columns for c in choices) for r in choices]
    perhaps = proposed(lacking if propose else (), rest, sample)
    for column in unread_times(columns, sample)[:1] if kind == "events" else ():
        perhaps["start_time"] = column
    return Mapping(kind, columns, found_by=how, proposed=perhaps, **facts)


def _a(role: str) -> str:
    return f"{'an' if role[0] in 'aeiou' else 'a'} {role}"


def _as_written(column: str, header: list[str]) -> str:
    """A column as the header writes it, where the user wrote it in other letters."""
    alike = [c for c in header if plain(c) == plain(column)]
    return column if column in header or len(alike) != 1 else alike[0]


def _find_by_name(
    kind: str, columns: dict[str, str], how: dict[str, str], free: list[str], sample: pd.DataFrame
) -> None:
    """Columns by their names: whole names first, for a part of one role's name may be another's whole name."""
    for words, name_of, known_within in (
        ("by its name", plain, False),
        ("by its name", bare, False),
        ("by part of its name", plain, True),
    ):
        names = {c: name_of(c) for c in free}
        for role in (r for r in KINDS[kind] if r.name not in columns):
            if known_within:
                ranked = [(99, c) for c in free if any(k in names[c] for k in role.within)]
                ranked = [(n, c) for n, c in ranked if not is_private(names[c])]
            else:
                ranked = sorted((role.known.index(names[c]), c) for c in free if names[c] in role.known)
            for _, column in ranked:
                if _fits(role.name, sample[column] if column in sample else pd.Series(name=column, dtype=object)):
                    columns[role.name], how[role.name] = column, words
                    free.remove(column)
                    break


def kind_of(header: list[str], sample: pd.DataFrame) -> Optional[str]:
    """Which kind of extract has these columns; None where it is none."""
    columns = {kind: suggest(kind, header, sample, propose=False).columns for kind in NEEDED}
    found = {
        kind: len(columns[kind])
        for kind, needed in NEEDED.items()
        if all(any(c in columns[kind] for c in choices) for choices in needed)
    }
    record = columns["events"]
    for kind in ("affiliations", "events", "duties", "postings", "radios"):
        # In this order: an affiliation may carry a unit too, a duty a unit too.
        if kind not in found or (kind == "duties" and found.get("postings", 0) > found[kind]):
            continue
        if kind == "affiliations" and "events" in found and "event_id" in record and "category" in record:
            continue
        return kind
    return None


_GRID = r"^\s*[A-HJ-Za-hj-z]{2}\s*\d{1,5}\s*\d{1,5}\s*$"
_WKT = r"^\s*(?:SRID=\d+;)?\s*POINT\s*(?:Z|M|ZM)?\s*\("


def _fits(role: str, values: pd.Series) -> bool:
    """Whether most of a column's values can be what the role says; an empty column can be anything."""
    said = written_values(values)
    if role in ENDS:
        said = said[~open_ends(said)]
    if not len(said):
        return role not in ("officer_id", "officer_ids") or not is_about_officers(str(values.name))
    if role == "wkt":
        return bool(said.str.match(_WKT).mean() > 0.5)
    if role == "grid_ref":
        return bool(said.str.match(_GRID).mean() > 0.5)
    if role in ("lat", "lon", "easting", "northing", "tetra_lat", "tetra_lon"):
        return bool(np.isfinite(numbers_of(said, role)).mean() > 0.5)
    if role in ("accuracy_m", "speed_kmh", "speed_mph", "speed_ms", "heading_deg"):
        numbers = pd.to_numeric(said.str.replace(",", ".", regex=False), errors="coerce")
        return bool(numbers.notna().mean() > 0.5)
    if role == "time" or (role in ("start", "end", "valid_from", "valid_to", "recorded_at", "updated_at", "date")):
        return bool(said.str.contains(r"\d", regex=True).mean() > 0.5)
    if role == "officer_id":
        return bool(said.str.len().median() < 40) and not is_about_officers(str(values.name))
    if role == "officer_ids":
        return may_name_officers(str(values.name), values)
    if role == "object_found":
        return bool(
            said.str.lower().isin(["true", "false", "yes", "no", "y", "n", "0", "1", "1.0", "0.0"]).mean() > 0.5
        )
    return True


def _has_place(columns: Dict[str, str]) -> bool:
    return any(ways[0] in columns for ways in PLACES)


def _whole_places(columns: dict[str, str], how: dict[str, str], sample: pd.DataFrame) -> None:
    """Ways to say a place: whole pairs only; those that the user gave alone; what was found by a doubtful name only if alone."""
    found = [ways for ways in PLACES if all(r in columns for r in ways)]
    given = [ways for ways in found if how.get(ways[0]) == "as given" or how.get(ways[-1]) == "as given"]
    named = [ways for ways in found if how[ways[0]] != "by part of its name" and how[ways[-1]] != "by part of its name"]
    kept = given or named or found[:1]
    # A word such as "location" is often a street: beside coordinates it must show that it is more.
    kept = [w for w in kept if len(w) == 2 or w in given or w == kept[0] or _holds_any(w[0], columns[w[0]], sample)]
    for role in {r for ways in PLACES for r in ways} - {r for ways in kept for r in ways}:
        if how.get(role) != "as given":
            columns.pop(role, None)
            how.pop(role, None)


def _holds_any(role: str, column: str, sample: pd.DataFrame) -> bool:
    return column in sample and bool(sample[column].notna().any()) and _fits(role, sample[column])


def numbers_of(values: pd.Series, role: str) -> Any:
    """Numbers as written in Britain or on the Continent; NaN where there is none.

    A comma is a decimal comma, except in eastings and northings written with thousands (412,345).
    """
    if pd.api.types.is_numeric_dtype(values.dtype):
        return values.to_numpy(dtype=np.float64, na_value=np.nan)
    said = values.astype(object)
    result = pd.to_numeric(said, errors="coerce").to_numpy(dtype=np.float64, copy=True)
    odd = np.flatnonzero(np.isnan(result) & said.notna().to_numpy())
    if len(odd):
        words = texts(said.iloc[odd]).str.strip().str.replace("\u2212", "-", regex=False)
        thousands = words.str.match(r"^-?\d{1,3}(?:[, \u00a0]\d{3})+(?:\.\d+)?$")
        if role not in ("easting", "northing"):
            thousands &= words.str.contains(".", regex=False)
        words = words.where(~thousands, words.str.replace(r"[, \u00a0]", "", regex=True))
        words = words.where(~words.str.match(r"^-?\d*,\d+$"), words.str.replace(",", ".", regex=False))
        result[odd] = pd.to_numeric(words, errors="coerce").to_numpy(dtype=np.float64)
        odd = odd[np.isnan(result[odd])]
        if len(odd):
            result[odd] = written_coordinates(texts(said.iloc[odd]), role)
    result[~np.isfinite(result)] = np.nan
    return result

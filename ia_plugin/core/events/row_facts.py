"""What the rows of a force's own extract say in words: category, kind, who caused them, and what was found."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Dict

import numpy as np
import pandas as pd

from ..arrays import Objects
from ..imports.mapping import Mapping
from ..imports.roles import EVENTS
from ..imports.text_form import bare, plain
from ..phrases import yes_or_no
from ..texts import texts
from .known import Known
from .record_kinds import POLICE, STOP_SEARCH, generators_of, kinds_of

_FOUND, _NOTHING = ("found", "positive", "item found"), ("not found", "negative", "nothing found")

KIND_BLANK = "records do not tell their kind"
KIND_UNKNOWN = "records tell their kind in unknown words ({})"
GENERATOR_UNKNOWN = "records tell who caused them in unknown words, or deny it ({}): that stays unknown"


def column_of(rows: pd.DataFrame, columns: Dict[str, str], role: str) -> pd.Series:
    """The column that says `role`, as written; all missing where there is none."""
    return rows[columns[role]] if role in columns else pd.Series(None, index=rows.index, dtype=object)


def category_columns(header: Iterable[str], mapping: Mapping) -> tuple[str, ...]:
    """Columns that say what a record is where its category is blank, the likeliest first: an opening code beside a closing one."""
    names = next(role for role in EVENTS if role.name == "category").known
    ranks = {c: min((names.index(n) for n in (plain(c), bare(c)) if n in names), default=-1) for c in header}
    others = [c for c in header if ranks[c] >= 0 and c not in mapping.wanted]
    return tuple(sorted(others, key=ranks.__getitem__)) if "category" in mapping.columns else ()


def categories(rows: pd.DataFrame, columns: Dict[str, str], known: Known) -> pd.Series:
    """The category of each row as written, by the first of the columns that say it (:func:`category_columns`)."""
    written = column_of(rows, columns, "category")
    for column in known.categories:
        blank = (texts(written).str.strip() == "").to_numpy()
        if not blank.any():
            break
        filled = blank & (texts(rows[column]).str.strip() != "").to_numpy()
        written = written.astype(object).mask(filled, rows[column].astype(object))
        known.notes.note(
            f"records take their category from {column!r}, for {columns['category']!r} is blank", rows.index[filled]
        )
    return written


def row_kinds(rows: pd.DataFrame, mapping: Mapping, known: Known) -> Objects:
    """The kind of each row, by the column that says it, else that of the whole extract."""
    default = known.kind
    if "kind" not in mapping.columns:
        return np.full(len(rows), default, dtype=object)
    written = rows[mapping.columns["kind"]]
    kinds = kinds_of(written, default)
    taken = f"and count as {default}"
    known.notes.warn(f"{KIND_BLANK} {taken}", rows.index[(texts(written).str.strip() == "").to_numpy()])
    known.review(f"{KIND_UNKNOWN} {taken}", written, kinds.unknown)
    return kinds.words


def row_generators(
    rows: pd.DataFrame, columns: Dict[str, str], by_category: pd.Series, kind: Objects, known: Known
) -> Objects:
    """police, public or unknown of each row, by the column that says it, else by its kind and category."""
    default = np.where(kind == STOP_SEARCH, POLICE, by_category.to_numpy(dtype=object)).astype(object)
    if "generated_by" not in columns:
        return default
    written = rows[columns["generated_by"]]
    found = generators_of(written, default, columns["generated_by"])
    known.review(GENERATOR_UNKNOWN, written, found.unknown)
    return found.words


def row_answers(written: pd.Series) -> pd.Series:
    """True or False where a column says whether an object was found; None elsewhere. Numbers and bools are answers too.

    >>> row_answers(pd.Series(["Yes", "Nothing found", "", True, 0.0])).tolist()
    [True, False, None, True, False]
    """
    words = texts(written).str.strip().str.lower()
    found = words.map({word: yes_or_no(word) for word in words.unique()}).astype(object)
    found[words.isin(_FOUND)] = True
    found[words.isin(_NOTHING)] = False
    return found.where(found.notna(), None)


__all__ = [
    "categories",
    "category_columns",
    "column_of",
    "row_answers",
    "row_generators",
    "row_kinds",
]

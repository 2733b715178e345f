"""The way back to the source: where each fix stands in the extracts that it came from."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ..core.sentence import joined, sentence
from ..core.texts import texts
from ..gpkg.geopackage import GeoPackage

MARK = 16  # letters of a file's hash in `source_ref`


def names_of_sources(package: GeoPackage) -> dict[str, str]:
    """The names of the files that were taken into a restricted file, by the first 16 letters of their hash."""
    if "sources" not in package.tables():
        return {}
    return {str(h)[:MARK]: str(n) for h, n in package.execute("SELECT hash, name FROM sources")}


def source_places(names: Mapping[str, str], fixes: pd.DataFrame) -> pd.DataFrame:
    """``file``, ``line`` (text) and ``record`` of each fix, by its row; "" where not known, the reference itself for a file that is not.

    Parameters
    ----------
    names : of the files, see :func:`names_of_sources`
    fixes : with ``source_ref`` and, where the source has ids of its own, ``record_id``
    """
    nothing = [""] * len(fixes)
    refs = texts(fixes["source_ref"]) if "source_ref" in fixes.columns else nothing
    records = texts(fixes["record_id"]) if "record_id" in fixes.columns else nothing
    files, lines = [], []
    for ref in refs:
        mark, _, line = ref.partition(":")
        known = mark in names and line.isdigit()
        files.append(names[mark] if known else ref)
        lines.append(line if known else "")
    return pd.DataFrame({"file": files, "line": lines, "record": [*records]}, index=fixes.index, dtype=object)


def places_in_words(places: pd.DataFrame) -> pd.Series:
    """Places as they are read, objects that remember how they were made.

    >>> places_in_words(pd.DataFrame({"file": ["fixes.csv"], "line": ["325127"], "record": ["A17"]})).tolist()
    ['fixes.csv, line 325,127, record A17']
    """
    words = [
        joined(
            ", ",
            [
                *([file] if file else []),
                *([sentence("line {n:,}", n=int(line))] if line else []),
                *([sentence("record {id}", id=record)] if record else []),
            ],
        )
        for file, line, record in places[["file", "line", "record"]].itertuples(index=False, name=None)
    ]
    return pd.Series(words, index=places.index, dtype=object)


__all__ = ["names_of_sources", "places_in_words", "source_places"]

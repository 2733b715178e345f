"""A file and its mapping, ready to be read: given, found, or found and corrected."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from dataclasses import replace
from pathlib import Path
from typing import Any, Optional, Union

from ..errors import FileError
from ..times.date_order import FOUND
from .mapping import Mapping, kind_of, suggest
from .shown_names import shown_names
from .source import Source, open_source


def prepared(
    path: Union[str, Path],
    kind: str,
    mapping: Optional[Mapping] = None,
    *,
    given: Optional[Dict[str, str]] = None,
    **facts: Any,
) -> tuple[Source, Mapping]:
    """The source of a file of `kind` and the mapping it is read by.

    Parameters
    ----------
    mapping : a saved one; without it columns are found by name and content
    given : role -> column, where the user has said so
    facts : other attributes of a mapping that is found (timezone, epsg, keep, ...), and `likely` of :func:`.mapping.suggest`
    """
    encoding, delimiter = (getattr(mapping, n) if mapping else facts.get(n) for n in ("encoding", "delimiter"))
    source = open_source(path, kind, encoding=encoding, delimiter=delimiter)
    return source, mapped(source, kind, mapping, given=given, **facts)


def mapped(
    source: Source,
    kind: str,
    mapping: Optional[Mapping] = None,
    *,
    given: Optional[Dict[str, str]] = None,
    **facts: Any,
) -> Mapping:
    """The mapping by which a source is read, checked against its columns."""
    if mapping is None:
        mapping = suggest(kind, source.columns, source.sample(), given=given, **facts)
    elif mapping.kind != kind:
        raise FileError(
            f"The mapping is for {mapping.kind}, not for {kind}.", "Choose the mapping of this kind of extract."
        )
    elif given:
        mapping = replace(mapping, columns={**mapping.columns, **given})
    if facts.get("date_order", FOUND) != FOUND:
        mapping = replace(mapping, date_order=facts["date_order"])
    return mapping.checked(source.columns, source.name)


def kind_of_file(path: Union[str, Path]) -> str:
    """Which kind of extract a file is.

    Raises
    ------
    FileError
        where its columns are those of no kind.
    """
    source = open_source(path, "any")
    kind = kind_of(source.columns, source.sample())
    if kind is None:
        raise FileError(
            f"{source.name!r} is no extract that is known: it has {shown_names(source.columns)[:200]}.",
            "Import it by a mapping that names its columns.",
        )
    return kind

"""A figure opened again from its number or code: what registers have of it, beside today's figures under its filter."""

from __future__ import annotations

from pathlib import Path
from typing import Optional, Union

import pandas as pd

from ..core.answers.register import entry_of, mark_of_areas, same_values, why_not_registered
from ..core.answers.reopen import Reopened, Since, reopened
from ..core.errors import ParameterError
from ..core.figure_code import figure_asked
from ..core.material.figures import figures
from ..core.material.summary_tables import Material
from ..core.sentence import sentence
from .figures_register import found_in_registers
from .since_then import changes_since


def reopen(
    asked: str,
    folder: Union[str, Path],
    material: Material,
    users_file: Optional[Path] = None,
    *,
    at: pd.Timestamp,
    version: str,
) -> Reopened:
    """A figure as it was and as it is.

    Parameters
    ----------
    asked : its number, its code, or a copied text that has either
    folder, material : the store, and what was read of it
    users_file : the user's own register
    at, version : of the look, which is recorded where it counts what came in since

    Raises
    ------
    ParameterError
        for what is no figure, for a number that no register has, and for a filter of another store.
    """
    number, code = figure_asked(asked)
    entries = found_in_registers(number, folder, users_file) if number else []
    if code is not None:
        state, comparison = code.state, code.comparison
    elif entries:
        state, comparison = entries[-1].code.state, entries[-1].code.comparison
    else:
        raise ParameterError(
            sentence("Figure {number} is in no register here.", number=number),
            "Paste the copied answer or table: its code holds the filter.",
        )
    today = figures(material, state, comparison)
    why = why_not_registered(material, today)
    if why:
        raise ParameterError(sentence('The figure cannot be opened on these data: {why}.', why=why), "Open the store that it was copied from.")  # fmt: skip
    now = entry_of(material, today, at=at.to_pydatetime(), version=version)
    since = Since()
    if not all(same_values(entry.values, now.values) for entry in entries):
        since = changes_since(folder, state, entries[0].registered_at, number=number, at=at, version=version)
    return reopened(
        number, entries, today, since=since, version=version, areas=mark_of_areas(material), timezone=material.timezone
    )


__all__ = ["reopen"]

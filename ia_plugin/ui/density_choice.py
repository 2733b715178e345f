"""Which week and shift the officer density is shown of: one of those that the store tells."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Callable, Optional

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QInputDialog, QWidget

from ..core.density.shift_weeks import STORED_SHIFTS
from ..core.filter_state import period_in_words
from .map.area_map import AreaMap
from .translated import translated


def offered(folder: Path) -> dict[str, tuple[date, str]]:
    """The weeks and shifts of a store in words, the last week first; none where no week is closed."""
    from ..store.density import density_weeks

    return {
        f"{translated(period_in_words(week, week + timedelta(days=6)))}, {_tr(shift.words)}": (week, shift.name)
        for week in sorted(density_weeks(folder), reverse=True)
        for shift in STORED_SHIFTS
    }


def ask_week(folder: Path, parent: Optional[QWidget] = None) -> Optional[tuple[date, str]]:
    """The week and shift that the user chooses; None where they choose none, or there is none to choose."""
    choices = offered(folder)
    if not choices:
        return None
    words, done = QInputDialog.getItem(
        parent,
        _tr("Officer density"),
        _tr("Week and shift (five officers on three days stand behind each cell):"),
        list(choices),
        0,
        False,
    )
    return choices[words] if done else None


def add_density(
    area_map: AreaMap, folder: Optional[Path], say: Callable[[str, bool], None], parent: Optional[QWidget] = None
) -> None:
    """Ask for a week and shift and put their density on the map; say so where none is told yet."""
    if folder is None:
        return
    if not offered(folder):
        say(_tr("No week of officer density is told yet: a week is told when it is closed."), True)
        return
    chosen = ask_week(folder, parent)
    if chosen is not None:
        area_map.add_density(folder, *chosen)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImpactArea", text)


__all__ = ["add_density", "ask_week", "offered"]

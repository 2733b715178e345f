"""A day as it is typed or picked: one look and one way for every place that asks for one."""

from __future__ import annotations

from datetime import date

from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtWidgets import QDateEdit, QWidget


def day_edit(name: str, parent: QWidget) -> QDateEdit:
    """An editor of one day with a calendar; `name` is what a screen reader says of it."""
    edit = QDateEdit(parent)
    edit.setCalendarPopup(True)
    edit.setDisplayFormat("d MMM yyyy")
    edit.setKeyboardTracking(False)  # a year half typed is no change
    edit.setToolTip(name)
    edit.setAccessibleName(name)
    edit.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return edit


def day_of(edit: QDateEdit) -> date:
    """The day an editor stands at."""
    chosen = edit.date()
    return date(chosen.year(), chosen.month(), chosen.day())


def set_day(edit: QDateEdit, day: date) -> None:
    """Put an editor at a day."""
    edit.setDate(QDate(day.year, day.month, day.day))


__all__ = ["day_edit", "day_of", "set_day"]

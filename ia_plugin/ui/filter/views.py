"""Views saved under a name in the user's QGIS settings: filters only, no data."""

from __future__ import annotations

import json
from typing import Any

from qgis.core import QgsSettings

from ...core.errors import ParameterError
from .view import View

KEY = "impact_area/views"


class SavedViews:
    """The saved views, by name. A view that this version cannot read stays where it is."""

    def names(self) -> list[str]:
        """Names in the order people look for them."""
        return sorted(self._all(), key=str.casefold)

    def save(self, name: str, view: View) -> None:
        """Keep a view; one of the same name is replaced."""
        name = name.strip()
        if not name:
            raise ParameterError("The view has no name.", "Give it a name to find it by.")
        self._write({**self._all(), name: view.as_dict()})

    def read(self, name: str) -> View:
        """The view of that name; ParameterError where there is none or it cannot be read."""
        try:
            return View.from_dict(self._all()[name])
        except (ParameterError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise ParameterError(f"The view “{name}” cannot be read.", "Set the filter anew and save it.") from error

    def delete(self, name: str) -> None:
        self._write({known: kept for known, kept in self._all().items() if known != name})

    def _all(self) -> dict[str, Any]:
        """One JSON text holds them all: a settings key would take a slash in a name for a folder."""
        try:
            found = json.loads(QgsSettings().value(KEY, "") or "{}")
        except (TypeError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self, views: dict[str, Any]) -> None:
        QgsSettings().setValue(KEY, json.dumps(views, ensure_ascii=False))

"""What the page "About these data" needs done away from the user interface: reading the store, the card, a refresh."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Callable, Union

from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication

from ..core.about.facts import About
from ..core.about.method import about_seen, needs_about
from ..core.errors import Cancelled, ImpactAreaError
from ..core.resources import plugin_version
from .work import Work, Worker

SETTING = "impact_area/about_seen"
REFRESH = "impactareas:dailyrefresh"
Folder = Union[str, Path]
Tell = Callable[[float], None]


def about_of(folder: Folder) -> About:
    """All that the page tells of a store; on whatever thread, see :func:`~ia_plugin.store.about_facts.about_of`."""
    from ..store import about_facts

    return about_facts.about_of(folder)


def begin_about(worker: Worker, folder: Folder, done: Callable[[About], None]) -> Work:
    """Read what the page tells in the background."""
    return worker.begin("about", _tr("Reading about the data"), lambda _tell: about_of(folder), done)


def begin_card(worker: Worker, folder: Folder, answers: Mapping[str, str], done: Callable[[About], None]) -> Work:
    """Keep a governance card in the background; `done` gets what the page tells then."""

    def job(_tell: Tell) -> About:
        import pandas as pd

        from ..store.governance import save_card

        save_card(folder, answers, at=pd.Timestamp.now(tz="UTC").floor("s"), version=plugin_version())
        return about_of(folder)

    return worker.begin("card", _tr("Governance card"), job, done)


def begin_refresh(worker: Worker, folder: Folder, done: Callable[[About], None]) -> Work:
    """Bring a store up to date in the background, as the last Daily refresh did; `done` gets what the page tells then.

    A refresh that ends with complaints, or cannot be begun, comes to the worker as a sentence.
    """

    def job(tell: Tell) -> About:
        refresh_now(folder, tell)
        return about_of(folder)

    return worker.begin("refresh", _tr("Refresh of the store"), job, done)


def refresh_now(folder: Folder, tell: Tell) -> None:
    """Run Daily refresh on a store with the parameters of its last run; safe off the main thread.

    Parameters
    ----------
    tell : called with the share done; may raise :class:`Cancelled`, which stops the run

    Raises
    ------
    ImpactAreaError
        where no watched folder is known, this user may not write, or the run ends with complaints.
    """
    from ..store.about_facts import refresh_parameters

    asked = refresh_parameters(folder)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(REFRESH)
    if algorithm is None:
        raise ImpactAreaError(
            "Daily refresh is not among the algorithms.", "Switch the plugin's Processing provider on."
        )
    known = {p.name() for p in algorithm.parameterDefinitions()}
    parameters = {name: value for name, value in asked.items() if name in known}
    context, feedback = QgsProcessingContext(), _Feedback(tell)
    good, why = algorithm.checkParameterValues(parameters, context)
    if not good:
        raise ImpactAreaError(why)
    _, done = algorithm.run(parameters, context, feedback)
    if feedback.isCanceled():
        raise Cancelled
    if not done:
        raise ImpactAreaError(feedback.last_error or "Daily refresh stopped, and did not say why.")


def is_due(folder: Folder, about: About) -> bool:
    """Whether the page comes first: at the first opening of a store by this user, and after each change of method."""
    return needs_about(QgsSettings().value(SETTING, ""), _known_as(folder), about.way.version)


def note_seen(folder: Folder, about: About) -> None:
    """The user has the page before them: it comes first no more until the method changes."""
    settings = QgsSettings()
    settings.setValue(SETTING, about_seen(settings.value(SETTING, ""), _known_as(folder), about.way.version))


def _known_as(folder: Folder) -> str:
    from ..store.open_summary import is_shared

    return str(folder) if is_shared(folder) else str(Path(folder).absolute())


class _Feedback(QgsProcessingFeedback):  # type: ignore[misc]
    """Hands the progress of a run on, and stops it where whoever hears of it has had enough."""

    def __init__(self, tell: Tell) -> None:
        super().__init__(False)
        self._tell = tell
        self.last_error = ""

    def setProgress(self, percent: float) -> None:
        try:
            self._tell(percent / 100)
        except Cancelled:
            self.cancel()

    def reportError(self, error: str, fatalError: bool = False) -> None:
        self.last_error = str(error)
        super().reportError(error, fatalError)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImpactArea", text)


__all__ = ["about_of", "begin_about", "begin_card", "begin_refresh", "is_due", "note_seen", "refresh_now"]

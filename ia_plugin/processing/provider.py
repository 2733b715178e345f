"""The provider and its register of algorithms.

Importing this module imports neither numpy, pandas nor shapely, and so must the module of each algorithm: every tool is
listed wherever QGIS starts, and says by itself what it lacks when run.
"""

from __future__ import annotations

from importlib import import_module

from qgis.core import QgsApplication, QgsProcessingAlgorithm, QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ..core.resources import resource_path
from .models import shipped_models

PROVIDER_ID = "impactareas"

ALGORITHMS = (
    "import_affiliations.ImportAffiliations",
    "import_postings.ImportPostings",
    "import_events.ImportEvents",
    "data_quality.DataQuality",
    "simulate_shifts.SimulateShifts",
    "build_tracks.BuildTracks",
    "classify_movement.ClassifyMovement",
    "calibrate_movement.CalibrateMovement",
    "time_in_areas.TimeInAreas",
    "visits.Visits",
    "presence_at_events.PresenceAtEvents",
    "activities.Activities",
    "answers.Answers",
    "events_in_areas.EventsInAreas",
    "match_areas.MatchAreas",
    "baseline.Baseline",
    "displacement.Displacement",
    "presence_crime.PresenceCrime",
    "calls_crime.CallsCrime",
    "trial.Trial",
    "daily_refresh.DailyRefresh",
    "purge.Purge",
    "prepare_store.PrepareStore",
    "move_store.MoveStore",
    "briefing_maps.BriefingMaps",
    "briefing_page.BriefingPage",
    "sample_check.SampleCheck",
    "technical_report.TechnicalReport",
    "ethics.Ethics",
)
"""module.Class of each algorithm, in the order of the toolbox's groups. Adding one: its file, and a line here."""


def algorithm_classes() -> list[type[QgsProcessingAlgorithm]]:
    """The classes of the register, imported now."""
    named = (entry.split(".") for entry in ALGORITHMS)
    return [getattr(import_module(f"{__package__}.algorithms.{module}"), name) for module, name in named]


class ImpactAreaProvider(QgsProcessingProvider):
    """'Impact Area' in the toolbox."""

    def id(self) -> str:
        return PROVIDER_ID

    def name(self) -> str:
        return "Impact Area"

    def longName(self) -> str:
        return "Impact Area: officer time in small areas"

    def svgIconPath(self) -> str:
        return str(resource_path("icons", "impact_area.svg"))

    def icon(self) -> QIcon:
        return QIcon(self.svgIconPath())

    def supportsNonFileBasedOutput(self) -> bool:
        return True

    def loadAlgorithms(self) -> None:
        for algorithm in algorithm_classes():
            self.addAlgorithm(algorithm())
        if QgsApplication.processingRegistry().providerById(PROVIDER_ID) is not None:
            self.load_models()  # when QGIS asks anew; at first the steps of a model are not known before the provider is

    def load_models(self) -> None:
        """Add the plugin's models; once QGIS knows the provider, for their steps are its algorithms."""
        for model in shipped_models():
            self.addAlgorithm(model)

"""Every parameter of the method, declared once (standard library only).

The Processing parameter, the dock's control, the help page and the audit record all read the declaration.
"""

from .declaration import Declaration, Params, declare
from .evaluation import PANEL_PERIODS, DisplacementParams, PanelParams
from .extracts import PURPOSES, CleanParams, ClockParams, ImportParams, PurposeParams, QualityParams, SimulateParams
from .questions import (
    AUDIENCES,
    BASELINE_TIMES,
    ActivityParams,
    AudienceParams,
    EventCountParams,
    NearEventsParams,
    SmallestAreaParams,
)
from .time_in_areas import METHODS, PERIODS, MovementParams, PresenceParams, SummaryParams, TrackParams, VisitParams

__all__ = [
    "AUDIENCES",
    "BASELINE_TIMES",
    "METHODS",
    "PANEL_PERIODS",
    "PERIODS",
    "PURPOSES",
    "ActivityParams",
    "AudienceParams",
    "CleanParams",
    "ClockParams",
    "Declaration",
    "DisplacementParams",
    "EventCountParams",
    "ImportParams",
    "MovementParams",
    "NearEventsParams",
    "PanelParams",
    "Params",
    "PresenceParams",
    "PurposeParams",
    "QualityParams",
    "SimulateParams",
    "SmallestAreaParams",
    "SummaryParams",
    "TrackParams",
    "VisitParams",
    "declare",
]

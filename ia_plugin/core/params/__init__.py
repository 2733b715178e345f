"""Every parameter of the method, declared once (standard library only).

The Processing parameter, the dock's control, the help page and the audit record all read the declaration.
"""

from .association import CaseCrossoverParams, PresenceCrimeParams
from .declaration import Declaration, Params, declare
from .demand import CallsCrimeParams
from .evaluation import MATCH_METHODS, PANEL_PERIODS, BaselineParams, DisplacementParams, MatchParams, PanelParams
from .extracts import (
    CHECK_PURPOSES,
    LONGEST_PURPOSE,
    PURPOSES,
    SUBJECT_ACCESS,
    CleanParams,
    ClockParams,
    ImportParams,
    PurposeParams,
    QualityParams,
    SimulateParams,
)
from .questions import (
    AUDIENCES,
    BASELINE_TIMES,
    ActivityParams,
    AudienceParams,
    EventCountParams,
    NearEventsParams,
    SampleCheckParams,
    SmallestAreaParams,
)
from .since_visit import SinceVisitParams
from .time_in_areas import METHODS, PERIODS, MovementParams, PresenceParams, SummaryParams, TrackParams, VisitParams
from .trial import ScheduleParams, TrialParams

__all__ = [
    "AUDIENCES",
    "BASELINE_TIMES",
    "CHECK_PURPOSES",
    "LONGEST_PURPOSE",
    "MATCH_METHODS",
    "METHODS",
    "PANEL_PERIODS",
    "PERIODS",
    "PURPOSES",
    "SUBJECT_ACCESS",
    "ActivityParams",
    "AudienceParams",
    "BaselineParams",
    "CallsCrimeParams",
    "CaseCrossoverParams",
    "CleanParams",
    "ClockParams",
    "Declaration",
    "DisplacementParams",
    "EventCountParams",
    "ImportParams",
    "MatchParams",
    "MovementParams",
    "NearEventsParams",
    "PanelParams",
    "Params",
    "PresenceCrimeParams",
    "PresenceParams",
    "PurposeParams",
    "QualityParams",
    "SampleCheckParams",
    "ScheduleParams",
    "SimulateParams",
    "SinceVisitParams",
    "SmallestAreaParams",
    "SummaryParams",
    "TrackParams",
    "TrialParams",
    "VisitParams",
    "declare",
]

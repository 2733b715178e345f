"""Foot, vehicle, stationary or unknown: how officers moved between fixes minutes apart."""

from .calibration import calibrate, label_legs
from .classify import classify_movement
from .likely_shares import ShareSpread, share_range, spread_of
from .model import NOT_YET_CHECKED, MovementModel, default_model, describe_model, read_model, write_model
from .sheet import volunteer_sheet
from .summary import far_apart_in_words, time_by_mode, time_in_words

__all__ = [
    "NOT_YET_CHECKED",
    "MovementModel",
    "ShareSpread",
    "calibrate",
    "classify_movement",
    "default_model",
    "describe_model",
    "far_apart_in_words",
    "label_legs",
    "read_model",
    "share_range",
    "spread_of",
    "time_by_mode",
    "time_in_words",
    "volunteer_sheet",
    "write_model",
]

"""Foot, vehicle, stationary or unknown: how officers moved between fixes minutes apart."""

from .calibrate import calibrate
from .classify import classify_movement
from .model import NOT_YET_CHECKED, MovementModel, default_model, describe_model, read_model, write_model

__all__ = [
    "NOT_YET_CHECKED",
    "MovementModel",
    "calibrate",
    "classify_movement",
    "default_model",
    "describe_model",
    "read_model",
    "write_model",
]

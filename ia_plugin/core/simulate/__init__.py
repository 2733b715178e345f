"""A simulated force whose truth is known to the second: to score every estimator, to train users, to demonstrate.

network → shifts (what officers did, as straight moves at constant speed) → radios (what was reported of it) and events.
"""

from .faults import FAULTS, plant_faults
from .force import Simulation, dense_truth, simulate_shifts, true_seconds_in_areas
from .network import StreetNetwork

__all__ = [
    "FAULTS",
    "Simulation",
    "StreetNetwork",
    "dense_truth",
    "plant_faults",
    "simulate_shifts",
    "true_seconds_in_areas",
]

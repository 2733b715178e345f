"""Values that stand in the tables and are neither measured nor read from an extract."""

ALL = "(all)"
UNIT_NOT_KNOWN = "unit not known"
RESOURCE_NOT_KNOWN = "not known"
KNOWN_MODES = ("foot", "vehicle", "stationary")
MODES = (*KNOWN_MODES, "unknown")
"""Modes of a leg, which a filter can choose; a model calibrated on bicycles knows one more."""
MODES_AND_BICYCLE = (*MODES, "bicycle")
AREA_ROLES = ("impact", "comparison", "buffer", "site", "rest", "other")

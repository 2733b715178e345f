"""What officers did, as far as the records tell: time linked to events, at police sites, moving, stopped, not known."""

from ..params import ActivityParams
from .classes import activities
from .rules import ACTIVITIES, ACTIVITY_WORDS, check_rules, default_rules, read_rules

__all__ = ["ACTIVITIES", "ACTIVITY_WORDS", "ActivityParams", "activities", "check_rules", "default_rules", "read_rules"]

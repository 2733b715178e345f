"""The movement model that a store's days are told by: the plugin's, or the force's own since it was once given."""

from __future__ import annotations

import hashlib
from typing import Optional

from ..core.movement import MovementModel, default_model, read_model, write_model
from ..core.movement.likely_shares import checked_officers
from .interface import StoreHome

SETTING = "movement_model"


def steady_model(store: StoreHome, model: Optional[MovementModel]) -> Optional[MovementModel]:
    """The model of this run: the one given, which is kept for later runs, else the one kept; None for the plugin's own.

    Who gives the plugin's own model goes back to it.
    """
    if model is None:
        kept = store.setting(SETTING)
        return read_model(kept) if kept else None
    text = write_model(model)
    own = text != write_model(default_model())
    if (store.setting(SETTING) or "") != (text if own else ""):
        store.set(SETTING, text if own else "")
    return model if own else None


def model_mark(model: Optional[MovementModel]) -> str:
    """A word that differs where the model does."""
    return "" if model is None else hashlib.sha256(write_model(model).encode()).hexdigest()[:16]


def officers_behind_model(store: StoreHome) -> str:
    """On how many of the force's officers the store's model was calibrated, as the summary says it; "" where on none."""
    officers = checked_officers(steady_model(store, None))
    return repr(float(officers)) if officers else ""

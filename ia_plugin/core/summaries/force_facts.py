"""What officers' time is set beside, the same for every officer of the force."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Optional

import pandas as pd

from ..areas import headline_ground, with_roles
from ..movement import MovementModel
from ..params import ActivityParams, PresenceParams, SummaryParams, TrackParams


@dataclass(frozen=True)
class ForceFacts:
    """Areas, events and postings of a force, and the choices of the method.

    Parameters
    ----------
    areas : the areas table; they may overlap, and count while ``valid_from`` and ``valid_to`` say so
    events, event_officers, postings : the tables, where there are any; ``officer_ids`` of events name officers, or
        `event_officers` does
    rules, activity : see :func:`~ia_plugin.core.activity.activities`
    method : how time is shared with areas, and what is done with an invalid polygon
    tracks, model : how fixes become legs with modes; ``tracks.max_gap_s`` must be given where officers come in groups
    timezone : civil time of hours and days

    Examples
    --------
    >>> import shapely
    >>> areas = pd.DataFrame({"area_id": [7], "geometry": pd.Series([shapely.box(0, 0, 9, 9)], dtype=object)})
    >>> facts = ForceFacts(areas, timezone="Europe/London")
    >>> facts.prepared[["area_id", "role"]].values.tolist()
    [['7', 'impact']]
    """

    areas: pd.DataFrame
    events: Optional[pd.DataFrame] = None
    event_officers: Optional[pd.DataFrame] = None
    postings: Optional[pd.DataFrame] = None
    rules: Optional[pd.DataFrame] = None
    method: PresenceParams = field(default_factory=lambda: PresenceParams(bounds="none"))
    tracks: TrackParams = field(default_factory=TrackParams)
    model: Optional[MovementModel] = None
    timezone: str = "Europe/London"
    activity: ActivityParams = field(default_factory=ActivityParams)

    @cached_property
    def prepared(self) -> pd.DataFrame:
        """The areas with usable polygons, each with its role; worked out once, however many groups of officers come.

        Raises
        ------
        AreaError
            see :func:`~ia_plugin.core.areas.prepare_areas`.
        """
        ready, report = with_roles(self.areas, self.method.invalid_areas)
        report.warn()
        return ready

    @cached_property
    def headline(self) -> pd.DataFrame:
        """The ground that time in each area is about: :func:`~ia_plugin.core.areas.headline_ground` of :attr:`prepared`."""
        return headline_ground(self.prepared)

    @property
    def by_hour(self) -> SummaryParams:
        """Cells by civil hour, in the force's time zone."""
        return SummaryParams(period="hour", timezone=self.timezone)

    def with_events(self, events: pd.DataFrame) -> ForceFacts:
        """The same force with other events; areas that are prepared stay so."""
        other = replace(self, events=events)
        vars(other).update(prepared=self.prepared, headline=self.headline)
        return other

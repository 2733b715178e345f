"""What a run is asked to do: one TOML file, in the names of the algorithms' CONFIG."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Optional

from ..core.config_file import check_names, config_text, read_config
from ..core.errors import ParameterError
from ..core.params import ClockParams, PresenceParams, SmallestAreaParams, TrackParams
from ..core.times.time_zones import time_zone
from ..store.day_passes import BY_GROUP
from .officer_stage import OFFICER_TABLES

WHAT = "The plan"
RESTRICTED = (*OFFICER_TABLES, *BY_GROUP)
"""Tables that tell of single officers, by themselves or because few stand behind a row: they never leave the cluster."""
FIX_COLUMNS = ("officer_id", "time", "x", "y", "accuracy_m", "speed_kmh", "source", "reason", "radio_kind", "unit", "resource_type")  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """The parameters of a run; in the file they stand in capitals.

    Parameters
    ----------
    input : folder of fixes, a day in each folder or file, with the day in its name (``2024-06-03``): Parquet or CSV
    output : folder of the runs; ``areas`` a GeoPackage with the table of areas, such as a store's summary
    events, event_officers, postings : folders or files of these tables, Parquet or CSV, in the columns of the data dictionary
    columns : ``"officer_id=issi"`` for each column of the fixes that the force calls otherwise
    model : a file that Calibrate movement wrote
    summary : a file of the driver's machine, where the newest summary.gpkg is put for readers, whole or not at all
    restricted : which of :data:`RESTRICTED` to keep on the cluster; closed months by group need officer_time and visit_lengths_by_group
    task_fixes : how many fixes a task is given, about
    stale_s : a run that gave no sign for so long is dead, and its folder free
    keep_runs : leave the folders of runs that count for no day any more
    """

    input: str
    output: str
    areas: str
    events: str = ""
    event_officers: str = ""
    postings: str = ""
    summary: str = ""
    columns: tuple[str, ...] = ()
    timezone: str = "Europe/London"
    epsg: int = 27700
    method: str = "bridge"
    max_gap: Optional[float] = None
    max_speed: float = TrackParams().max_speed_ms
    model: str = ""
    least_ha: float = SmallestAreaParams().least_ha
    restricted: tuple[str, ...] = RESTRICTED
    task_fixes: int = 300_000
    stale_s: float = 600.0
    keep_runs: bool = False

    def __post_init__(self) -> None:
        ClockParams.declaration("timezone").check(self.timezone)
        time_zone(self.timezone)
        SmallestAreaParams(least_ha=self.least_ha)
        _ = self.tracks, self.presence
        for name in ("input", "output", "areas"):
            if not getattr(self, name):
                raise ParameterError(f"{WHAT} lacks {name.upper()}.", f"Write {name.upper()} = a folder or file.")
        if set(self.restricted) - set(RESTRICTED):
            raise ParameterError("RESTRICTED names a table there is not.", f"It may have {', '.join(RESTRICTED)}.")
        if self.task_fixes < 1_000 or self.stale_s < 1 or self.epsg < 1_024:
            raise ParameterError("TASK_FIXES, STALE_S or EPSG is too small.", "Leave TASK_FIXES and STALE_S out.")
        _ = self.names

    @property
    def tracks(self) -> TrackParams:
        """How fixes become legs, the longest gap not yet measured."""
        return TrackParams(max_gap_s=self.max_gap, max_speed_ms=self.max_speed)

    @property
    def presence(self) -> PresenceParams:
        """How time is shared with areas."""
        return PresenceParams(method=self.method, max_speed_ms=self.max_speed)

    @property
    def names(self) -> dict[str, str]:
        """Column of the fixes table -> what the force calls it."""
        given = dict(c.split("=", 1) for c in self.columns if "=" in c)
        if len(given) < len(self.columns) or set(given) - set(FIX_COLUMNS):
            raise ParameterError(
                "COLUMNS is not a list of column=name.", f"The columns are {', '.join(FIX_COLUMNS)}."
            )  # fmt: skip
        return {c: given.get(c, c) for c in FIX_COLUMNS}


def read_plan(path: Path, given: Mapping[str, str] = {}) -> Plan:
    """The plan of a TOML file (or of JSON, as CONFIG is), with what is given beside it in its place.

    Raises
    ------
    ParameterError
        for a file that cannot be read, a name that is unknown and a value of another kind or out of bounds; values are not repeated.
    """
    known = {f.name.upper(): f for f in fields(Plan)}
    if path.suffix.lower() == ".json":
        found = read_config(path, known, WHAT)
    else:
        found = _toml(path)
        check_names(list(found), sorted(known), f"{WHAT} {str(path)!r}")
    check_names(list(given), sorted(known), "What is given beside the plan")
    values = {
        **{n.lower(): _fitting(n, v) for n, v in found.items()},
        **{n.lower(): _fitting(n, _typed(n, v)) for n, v in given.items()},
    }
    for name in ("input", "output", "areas"):
        values.setdefault(name, "")
    return Plan(**values)


_KINDS: dict[str, tuple[Any, ...]] = {
    "columns": (list,), "restricted": (list,), "keep_runs": (bool,), "epsg": (int,), "task_fixes": (int,),
    "max_gap": (int, float), "max_speed": (int, float), "least_ha": (int, float), "stale_s": (int, float),
}  # fmt: skip


def _typed(name: str, text: str) -> Any:
    """A value that came as text, in the kind that its name takes; one that is none stays text, and is refused as such."""
    kinds = _KINDS.get(name.lower(), (str,))
    if list in kinds:
        return text.split(",")
    if bool in kinds:
        return {"true": True, "false": False}.get(text.lower(), text)
    for kind in (k for k in kinds if k in (int, float)):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _fitting(name: str, value: Any) -> Any:
    kinds = _KINDS.get(name.lower(), (str,))
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        raise ParameterError(f"{WHAT}: the value of {name} is of another kind.", f"{name} takes {kinds[0].__name__}.")
    if isinstance(value, list):
        if not all(isinstance(v, str) for v in value):
            raise ParameterError(f"{WHAT}: {name} is not a list of texts.", f'Write {name} = ["…"].')
        return tuple(value)
    return float(value) if float in kinds else value


_LINES = 'Give a file with lines like INPUT = "hdfs:///fixes".'


def _toml(path: Path) -> dict[str, Any]:
    try:
        import tomllib
    except ModuleNotFoundError:  # Python before 3.11, as clusters have it
        try:
            import tomli as tomllib  # type: ignore[no-redef, unused-ignore]
        except ModuleNotFoundError:
            raise ParameterError(
                "This Python reads no TOML.", "Install tomli with it, or write the plan as JSON."
            ) from None
    file = f"{WHAT} {str(path)!r}"
    try:
        text = config_text(path, file)
    except ParameterError as error:  # whose remedies are for JSON
        raise ParameterError(error.message, _LINES) from None
    try:
        return dict(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        at = str(error).rpartition("(at ")[2].rstrip(")")
        raise ParameterError(f"{file} is no TOML (at {at}).", _LINES) from None

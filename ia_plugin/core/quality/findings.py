"""Findings: a sentence, its number, what it means for time in areas, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Optional

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..columns import UNIT_NOT_KNOWN
from ..fixes import officer_text, utc_times
from ..suppression import LEAST, OTHER, merged_labels
from ..times.civil import pandas_zone
from ..times.instants import instants, nanoseconds
from ..words import amount, share_of

ATTENTION, INFORMATION = "attention", "information"
THEMES = {
    "volume": "Rows and days",
    "coverage": "How much was observed",
    "intervals": "Time between reports",
    "positions": "Positions",
    "clocks": "Clocks",
    "radios": "Radios left behind",
    "events": "Crimes, incidents and searches",
}
OTHERS = "other units"  # those of few officers, together
COLUMNS = ["theme", "finding", "severity", "subject", "value", "unit_of_value", "sentence", "consequence", "done"]


@dataclass(frozen=True)
class QualityReport:
    """What was found.

    Attributes
    ----------
    findings : DataFrame ``theme, finding, severity, subject, value, unit_of_value, sentence, consequence, done``;
        severity "attention" asks for a decision, "information" is good to know
    tables : name -> DataFrame behind the charts; none names an officer
    facts : rows, officers, first and last moment, median interval
    timezone : IANA name of the civil days of tables, and of the moments that are shown
    """

    findings: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    facts: dict[str, Any]
    timezone: str = "Europe/London"

    @property
    def attention(self) -> pd.DataFrame:
        return self.findings[self.findings["severity"] == ATTENTION]

    def civil(self, moment: Any) -> pd.Timestamp:
        """A moment on the clocks of the force, without its offset: as the civil days of the tables are."""
        found = pd.Timestamp(moment)
        return found if found.tz is None else found.tz_convert(pandas_zone(self.timezone)).tz_localize(None)

    def notes(self) -> pd.DataFrame:
        """The notes with their times on the clocks of the force; none where there are none."""
        rows = self.tables.get("notes", pd.DataFrame())
        moments = {
            c: [None if pd.isna(m) else self.civil(m) for m in rows[c]] for c in ("from", "to") if c in rows.columns
        }
        return rows.assign(**moments)

    def summary(self) -> list[str]:
        """What a chief inspector reads in half a minute."""
        f, n = self.facts, len(self.attention)
        lines = [
            f"{f['rows']:,} position reports of {f['officers']:,} officers, {self.civil(f['first']):%d %B %Y} to {self.civil(f['last']):%d %B %Y}"
            + (
                f"; half of them within {amount(f['median_interval_s'], 's')} of the one before."
                if f["median_interval_s"]
                else "."
            )
        ]
        if f.get("observed_share") is not None:
            lines.append(
                f"{share_of(f['observed_share'], 1)} of the time between an officer's first and last report of a turn was observed."
            )
        if not n:
            lines.append("Nothing was found that asks for a decision before the figures are used.")
        else:
            lines.append(f"{n} findings ask for a decision before the figures are used; the first:")
            lines += [str(s) for s in self.attention["sentence"].head(3)]
        return lines


@dataclass
class Findings:
    """Rows of findings being gathered."""

    rows: list[dict[str, Any]] = field(default_factory=list)

    def add(
        self,
        theme: str,
        finding: str,
        attention: Any,
        value: float,
        unit_of_value: str,
        sentence: str,
        consequence: str,
        done: str,
        subject: str = "all",
    ) -> None:
        severity = ATTENTION if bool(attention) else INFORMATION
        values = (theme, finding, severity, subject, float(value), unit_of_value, sentence, consequence, done)
        self.rows.append(dict(zip(COLUMNS, values)))

    def table(self) -> pd.DataFrame:
        table = pd.DataFrame(self.rows, columns=COLUMNS)
        order = {t: i for i, t in enumerate(THEMES)}
        rank = pd.DataFrame({"a": table["severity"] != ATTENTION, "t": table["theme"].map(order)})
        return table.iloc[rank.sort_values(["a", "t"], kind="stable").index].reset_index(drop=True)


@dataclass(frozen=True)
class Seen:
    """The fixes as arrays sorted by officer and time; rows without officer, time or position stand in `lacking`.

    Attributes
    ----------
    officer, unit : int (n,), codes; ``units`` names the latter
    stamp : int64 (n,), nanoseconds UTC
    x, y : float (n,), metres
    day : int (n,), civil days since 1970
    hour : float (n,), civil hours of the day
    moves : bool (n,), the row before is of the same officer
    seconds, metres : float (n,), since the row before; NaN where there is none
    least : officers that a unit needs to be told by its name, and a finding to tell how many it is of; 1 where nothing is left out
    """

    fixes: pd.DataFrame
    lacking: dict[str, int]
    officer: NDArray[np.intp]
    unit: NDArray[np.intp]
    units: list[str]
    stamp: NDArray[np.int64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    day: NDArray[np.int64]
    hour: NDArray[np.float64]
    moves: NDArray[np.bool_]
    seconds: NDArray[np.float64]
    metres: NDArray[np.float64]
    officers: pd.Index
    least: int = LEAST

    @classmethod
    def of(cls, fixes: pd.DataFrame, timezone: str, least: int = LEAST) -> Seen:
        time = utc_times(fixes["time"], "time")
        x, y = (
            pd.to_numeric(fixes[c], errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan) for c in ("x", "y")
        )
        words = officer_text(fixes["officer_id"])
        no_place = ~(np.isfinite(x) & np.isfinite(y))
        lacking = {
            "officer": int(words.isna().sum()),
            "time": int(time.isna().sum()),
            "position": int(no_place.sum()),
        }
        keep = ~(words.isna().to_numpy() | time.isna().to_numpy() | no_place)
        codes, names = pd.factorize(words[keep], sort=True)
        stamp = nanoseconds(time[keep])
        order = np.lexsort((stamp, codes))
        rows = np.flatnonzero(keep)[order]
        codes, stamp, x, y = codes[order], stamp[order], x[rows], y[rows]
        moves = np.r_[False, codes[1:] == codes[:-1]] if len(codes) else np.zeros(0, dtype=bool)
        seconds = np.where(moves, np.r_[np.nan, np.diff(stamp) / 1e9] if len(stamp) else [], np.nan)
        metres = np.where(moves, np.r_[np.nan, np.hypot(np.diff(x), np.diff(y))] if len(x) else [], np.nan)
        unit, units = _units(fixes, rows, codes, least)
        local = instants(stamp).tz_convert(pandas_zone(timezone)).tz_localize(None)
        wall = local.to_numpy("datetime64[ns]").view(np.int64)
        day = wall // 86_400_000_000_000
        hour = (wall - day * 86_400_000_000_000) / 3.6e12
        return cls(
            fixes.iloc[rows],
            lacking,
            codes,
            unit,
            units,
            stamp,
            x,
            y,
            day,
            hour,
            moves,
            seconds,
            metres,
            pd.Index(names),
            least,
        )

    def __len__(self) -> int:
        return len(self.officer)

    def column(self, name: str) -> Optional[NDArray[np.float64]]:
        """Numbers of an optional column, in this order; None where there is none or it is empty."""
        if name not in self.fixes.columns:
            return None
        values = pd.to_numeric(self.fixes[name], errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
        return values if np.isfinite(values).any() else None


def _units(fixes: pd.DataFrame, rows: Any, officers: Any, least: int) -> tuple[NDArray[np.intp], list[str]]:
    """Units by their number, those of few officers as one; so that no sentence, table or chart after this can name one of them."""
    if "unit" not in fixes.columns:
        return np.zeros(len(rows), dtype=np.intp), ["all"]
    words = fixes["unit"].iloc[rows].map(lambda v: v if v is None or v != v else str(v)).fillna(UNIT_NOT_KNOWN)
    counts = pd.Series(officers).groupby(words.to_numpy(dtype=object)).nunique()
    names = {u: OTHERS if label == OTHER != u else label for u, label in merged_labels(counts, least).items()}
    if len(set(names.values())) == 1 and OTHERS in names.values():
        names = dict.fromkeys(names, "all")
    codes, labels = pd.factorize(words.map(names), sort=True)
    # What is not known, and the others together, stand behind those that have a name.
    last = [n for n in (OTHERS, UNIT_NOT_KNOWN) if n in labels]
    order = [*(n for n in labels if n not in last), *last]
    place = np.array([order.index(n) for n in labels], dtype=np.intp)
    return place[codes] if len(codes) else np.zeros(0, dtype=np.intp), [str(n) for n in order]


def share(part: float, whole: float) -> float:
    return float(part) / whole if whole else 0.0


def day_name(day: int) -> str:
    return f"{pd.Timestamp(int(day), unit='D'):%d %B %Y}"

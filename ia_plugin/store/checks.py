"""The manual check: a sheet drawn from the store for people to hold against the source systems, and its results typed back.

What the store keeps of a sheet is the number of each row, its part and its result: no officer, and no text of a source. The
summary has the counts alone. Every row is looked up by its fid or its place in the table, so that the same seed on the same
store draws the same sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional, Union

import numpy as np
import pandas as pd

from ..core.about.agreement import EVENTS, REJECTED, SOURCE_ROWS, VISITS, Agreement, agreement_of, quotas, result_of
from ..core.about.row_words import event_in_words, fix_in_words, nothing_kept, rejected_in_words, visit_in_words
from ..core.area_names import distinct_names
from ..core.areas import points_in_areas
from ..core.columns import ABOUT, CHECKS
from ..core.errors import ParameterError, StoreError
from ..core.words import count_of
from .condition import ALL, NONE, Condition, compared, equals, equals_or_missing
from .interface import StoreHome, SummaryHome
from .open_store import opened_store
from .open_summary import facts_of
from .source_places import MARK
from .summary import CHECKS as FACT
from .tables import PURGED

SHEET = ("check_id", "part", "source_file", "source_row", "source_row_to", "says", "result")
"""Columns of a sheet; `result` is for people to fill in."""
_CURRENT = equals_or_missing("status", "current")


def draw_sheet(folder: Union[str, Path], count: int, seed: int, *, at: pd.Timestamp) -> pd.DataFrame:
    """A new sheet of the store, columns :data:`SHEET`; in an order that tells nothing.

    Parameters
    ----------
    count : rows of the sheet, fewer where the store has fewer
    seed : of the draw; the same one draws other rows for the next sheet

    Raises
    ------
    StoreError
        where the store has nothing to draw from, or this user may not write to it.
    """
    with (
        opened_store(folder) as store,
        store.together("sheet of the manual check", declared=True),
    ):
        number = 1 + int(store.read(CHECKS.name)["sheet"].max() if store.count(CHECKS.name) else 0)
        draw = _Draw(store, np.random.default_rng([seed, number]))
        wanted = quotas(count, draw.there())
        rows = draw.visits(wanted[VISITS]) + draw.events(wanted[EVENTS])
        rows += draw.source_rows(wanted[SOURCE_ROWS]) + draw.rejected(wanted[REJECTED])
        if not rows:
            raise StoreError("The store has nothing to check yet.", "Run Daily refresh first.")
        order = draw.random.permutation(len(rows))
        sheet = pd.DataFrame([rows[i] for i in order])
        width = len(str(len(sheet)))
        sheet["check_id"] = [f"{number}-{i:0{width}d}" for i in range(1, len(sheet) + 1)]
        for name in ("source_row", "source_row_to"):
            sheet[name] = sheet[name].astype("Int64")
        sheet["result"] = ""
        kept = pd.DataFrame({"sheet": number, "check_id": sheet["check_id"], "drawn_at": at, "part": sheet["part"]})
        kept["result"] = pd.Series([None] * len(kept), dtype=object)
        kept["typed_at"] = pd.Series([pd.NaT] * len(kept)).dt.tz_localize("UTC")
        store.append(CHECKS, kept)
        _tell(store)
    return sheet[[*SHEET]]


def keep_results(folder: Union[str, Path], results: pd.DataFrame, *, at: pd.Timestamp) -> tuple[Agreement, int]:
    """Take typed results in; (the agreement of all sheets, how many results are new).

    Parameters
    ----------
    results : ``check_id, result``; rows without a result wait, one that is known as it is changes nothing

    Raises
    ------
    ParameterError
        for a result that is none of the three, or a number that no sheet of this store has; nothing is kept then.
    StoreError
        where this user may not write to the store.
    """
    typed = _typed(results)
    with (
        opened_store(folder) as store,
        store.together("results of the manual check", declared=True),
    ):
        kept = store.read(CHECKS.name)
        drawn = kept[kept["result"].isna()].set_index("check_id")
        strangers = [i for i, c in enumerate(typed["check_id"], 1) if c not in drawn.index]
        if strangers:
            raise ParameterError(
                f"{count_of(len(strangers), 'rows')} of RESULTS have a check_id that no sheet of this store has (first: row {typed['row'].iloc[strangers[0] - 1]}).",
                "Type results into the sheet that was drawn from this store, and leave its check_id as it is.",
            )
        last = kept[kept["result"].notna()].drop_duplicates("check_id", keep="last").set_index("check_id")["result"]
        new = typed[typed["result"].to_numpy() != typed["check_id"].map(last).to_numpy()]
        if len(new):
            of = drawn.loc[new["check_id"]]
            rows = pd.DataFrame({"sheet": of["sheet"].to_numpy(), "check_id": new["check_id"].to_numpy(), "drawn_at": of["drawn_at"].array,
                                 "part": of["part"].to_numpy(), "result": new["result"].to_numpy(), "typed_at": at})  # fmt: skip
            store.append(CHECKS, rows)
        return _tell(store), len(new)


def _typed(results: pd.DataFrame) -> pd.DataFrame:
    """Rows with a result, by number of the check; errors name the row and never what is written there."""
    found = pd.DataFrame(
        {"check_id": [str(c).strip() for c in results["check_id"]], "result": [result_of(r) for r in results["result"]]}
    )
    found["row"] = range(1, len(found) + 1)
    odd = found[found["result"].isna()]
    if len(odd):
        raise ParameterError(
            f"{count_of(len(odd), 'rows')} of RESULTS have another result than agree, differs or cannot tell (first: row {odd['row'].iloc[0]}).",
            "Write one of the three, or leave it blank while it is not known yet.",
        )
    some = found[found["result"] != ""]
    twice = some[some["check_id"].duplicated()]
    if len(twice):
        raise ParameterError(
            f"RESULTS has {count_of(len(twice), 'rows')} whose check_id stands there before (first: row {twice['row'].iloc[0]}).",
            "Keep one row for each number.",
        )
    return some.reset_index(drop=True)


def _tell(store: StoreHome) -> Agreement:
    found = agreement_of(store.read(CHECKS.name))
    store.put(ABOUT.name, pd.DataFrame({"name": [FACT], "value": [found.as_text()]}), equals(name=FACT))
    return found


@dataclass(frozen=True)
class _File:
    """One extract: its mark, its name, and the first and last of its rows."""

    mark: str
    name: str
    first: int
    last: int

    @property
    def rows(self) -> int:
        return max(0, self.last - self.first + 1)


class _Draw:
    """One draw from a store: what there is, and rows of it in words."""

    def __init__(self, store: StoreHome, random: np.random.Generator) -> None:
        self.random, self._store, self._zone, self._have = random, store, store.timezone, {*store.tables()}
        self._areas = store.read("areas")
        names = self._areas["name"] if "name" in self._areas.columns else self._areas["area_id"]
        ids = self._areas["area_id"].astype(str)
        self._names = dict(zip(ids, distinct_names(ids, names.where(names.notna(), ids).astype(str))))
        self._sources = store.read("sources")
        self._by_mark = {str(h)[:MARK]: str(n) for h, n in zip(self._sources["hash"], self._sources["name"])}
        self._files = self._extracts()

    def there(self) -> dict[str, int]:
        """How many rows each part has."""
        return {
            VISITS: self._count("visits"),
            EVENTS: self._count("events", _CURRENT),
            SOURCE_ROWS: sum(f.rows for f in self._files),
            REJECTED: self._count("rejects"),
        }

    def visits(self, n: int) -> list[dict[str, Any]]:
        """Visits, with the rows of the first and the last report in them."""
        found = []
        for row in self._some("visits", n):
            area = self._names.get(str(row["area_id"]), str(row["area_id"]))
            found.append(_row(VISITS, *self._reports(row), visit_in_words(row, area, self._zone)))
        return found

    def events(self, n: int) -> list[dict[str, Any]]:
        """Current records of events."""
        return [
            _row(
                EVENTS, *self._place(row.get("source_ref")), None, event_in_words(row, self._areas_of(row), self._zone)
            )
            for row in self._some("events", n, _CURRENT)
        ]

    def rejected(self, n: int) -> list[dict[str, Any]]:
        """Rows that were set aside at import."""
        return [
            _row(REJECTED, str(row["file"]), int(row["row"]), None, rejected_in_words(row["reason"]))
            for row in self._some("rejects", n)
        ]

    def source_rows(self, n: int) -> list[dict[str, Any]]:
        """Rows of the extracts whatever became of them: used, rejected or neither."""
        ends = np.cumsum([f.rows for f in self._files])
        found = []
        for k in sorted(self.random.choice(int(ends[-1]), n, replace=False)) if n else ():
            i = int(np.searchsorted(ends, k, side="right"))
            file = self._files[i]
            line = file.first + int(k - (ends[i - 1] if i else 0))
            found.append(_row(SOURCE_ROWS, file.name, line, None, self._became(file, line)))
        return found

    def _extracts(self) -> list[_File]:
        """The extracts of positions and events whose rows are stored, from their first row to their last."""
        spans: dict[str, tuple[int, int]] = {}
        for table in ("fixes", "events"):
            if table in self._have and "source_ref" in self._store.columns(table):
                for mark, (low, high) in self._store.source_rows(table).items():
                    before = spans.get(mark, (low, high))
                    spans[mark] = min(before[0], low), max(before[1], high)
        files = []
        for source in self._sources.to_dict("records"):
            mark = str(source["hash"])[:MARK]
            if mark in spans:
                low, high = spans[mark]
                first = min(low, 2)  # a header stands above the rows of most
                files.append(_File(mark, str(source["name"]), first, max(high, first + int(source["rows_read"]) - 1)))
        return files

    def _became(self, file: _File, line: int) -> str:
        ref = f"{file.mark}:{line}"
        for table, words in (("fixes", fix_in_words), ("events", event_in_words)):
            if table in self._have:
                rows = self._store.read(table, equals(source_ref=ref))
                if len(rows):
                    row = rows.iloc[-1].to_dict()
                    return words(row, self._areas_of(row), self._zone)
        if "rejects" in self._have:
            rejects = self._store.read("rejects", equals(file=file.name, row=line))
            if len(rejects):
                return rejected_in_words(rejects["reason"].iloc[0])
        return nothing_kept(self._store.setting(PURGED))

    def _reports(self, visit: dict[str, Any]) -> tuple[str, Optional[int], Optional[int]]:
        """(file, row, last row) of the reports within a visit; of the last one before it where there is none."""
        if "fixes" not in self._have:
            return "", None, None
        own, columns = equals(officer_id=visit["officer_id"]), ["source_ref"]
        until = own & compared("time", "<=", visit["leave"])
        fixes = self._store.read(
            "fixes", until & compared("time", ">=", visit["enter"]), columns=columns, order=("time",)
        )
        if not len(fixes):
            until_then = self._store.edges("fixes", "time", own & compared("time", "<=", visit["enter"]))
            fixes = self._store.read(
                "fixes", own & equals(time=until_then[1]) if until_then else NONE, columns=columns
            ).tail(1)
        if not len(fixes):
            return "", None, None
        (name, first), (other, last) = (self._place(fixes["source_ref"].iloc[i]) for i in (0, -1))
        return name, first, last if other == name else None

    def _place(self, ref: Any) -> tuple[str, Optional[int]]:
        mark, _, line = str(ref or "").partition(":")
        return self._by_mark.get(mark, ""), int(line) if line.isdigit() else None

    def _areas_of(self, row: dict[str, Any]) -> list[str]:
        """Names of the areas that have a place, whenever they count."""
        x, y = row.get("x"), row.get("y")
        if x is None or y is None or x != x or y != y or not len(self._areas):
            return []
        _, at = points_in_areas(np.array([float(x)]), np.array([float(y)]), self._areas)
        return sorted({self._names[str(a)] for a in self._areas["area_id"].iloc[at]})

    def _count(self, table: str, where: Condition = ALL) -> int:
        return self._store.count(table, where) if table in self._have else 0

    def _some(self, table: str, n: int, where: Condition = ALL) -> list[dict[str, Any]]:
        """Rows of a table, each as likely as any other."""
        if not n:
            return []
        places = sorted(int(k) for k in self.random.choice(self._count(table, where), n, replace=False))
        found: list[dict[str, Any]] = self._store.nth(table, places, where).to_dict("records")
        return found


def _row(part: str, file: str, row: Optional[int], to: Optional[int], says: str) -> dict[str, Any]:
    return {
        "part": part,
        "source_file": file,
        "source_row": row,
        "source_row_to": to if to != row else None,
        "says": says,
    }


def agreement_in(summary: SummaryHome) -> Agreement:
    """The agreement as a summary tells it."""
    return Agreement.of_text(facts_of(summary).get(FACT))


__all__ = ["SHEET", "agreement_in", "draw_sheet", "keep_results"]

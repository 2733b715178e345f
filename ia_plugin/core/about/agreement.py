"""The manual check: rows of a sheet held against the source systems, what was found, and how much of it agrees.

Half of a sheet is what this plugin says (visits, events), half is what the extracts have (rows of them, rejected ones too): the
first half finds what is wrong, the second what is missing. A sheet counts once every row of it has a result, so that nobody
can count the good ones alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

import pandas as pd

from ..checked import Checked
from ..filter_state import day_in_words, words_of_date
from ..sentence import joined, phrase, phrases, sentence
from ..share_interval import share_interval
from ..words import count_of, mode_share

VISITS, EVENTS, SOURCE_ROWS, REJECTED = "visits", "events", "source rows", "rejected rows"
PARTS = (VISITS, EVENTS, SOURCE_ROWS, REJECTED)
PART_WORDS = phrases("visits", "events", "source rows", "rejected rows")
HALVES = ((VISITS, EVENTS), (SOURCE_ROWS, REJECTED))
AGREES, DIFFERS, CANNOT_TELL = RESULTS = ("agree", "differs", "cannot tell")
_WRITINGS = {
    **dict.fromkeys(("agree", "agrees", "agreed"), AGREES),
    **dict.fromkeys(("differs", "differ", "differed", "different"), DIFFERS),
    **dict.fromkeys(("cannot tell", "can not tell", "can't tell", "cant tell"), CANNOT_TELL),
}


def result_of(text: object) -> Optional[str]:
    """A result as it is typed; "" where nothing is, None where it is none of the three.

    >>> [result_of(t) for t in ("Agrees ", "can’t  tell", "", None, "yes, mostly")]
    ['agree', 'cannot tell', '', '', None]
    """
    if text is None or text is pd.NA or (isinstance(text, float) and text != text):
        return ""
    words = " ".join(str(text).replace("’", "'").split()).lower().rstrip(".")
    return _WRITINGS.get(words) if words else ""


def shared_out(count: int, room: Sequence[int]) -> list[int]:
    """A number shared out evenly, the first getting what is left over; what has no room goes to the others.

    >>> shared_out(50, [1000, 1000]), shared_out(25, [1000, 1000]), shared_out(25, [3, 1000]), shared_out(9, [2, 3])
    ([25, 25], [13, 12], [3, 22], [2, 3])
    """
    given = [0] * len(room)
    while count > 0 and (open_ := [i for i, r in enumerate(room) if given[i] < r]):
        each, more = divmod(count, len(open_))
        for k, i in enumerate(open_):
            part = min(each + (k < more), room[i] - given[i])
            given[i] += part
            count -= part
    return given


def quotas(count: int, there: Mapping[str, int]) -> dict[str, int]:
    """How many rows of each part a sheet has: half and half, and so within each half, as far as there are so many.

    >>> quotas(50, {"visits": 900, "events": 90, "source rows": 9000, "rejected rows": 4})
    {'visits': 13, 'events': 12, 'source rows': 21, 'rejected rows': 4}
    """
    halves = shared_out(count, [sum(there.get(p, 0) for p in half) for half in HALVES])
    found: dict[str, int] = {}
    for half, n in zip(HALVES, halves):
        found.update(zip(half, shared_out(n, [there.get(p, 0) for p in half])))
    return found


@dataclass(frozen=True)
class Sheet:
    """One sheet that was drawn.

    Attributes
    ----------
    number : 1 for a store's first
    drawn, typed : days in words; `typed` "" while nothing was typed back
    counts : part -> (rows drawn, that agree, that differ, that cannot be told)
    changed : rows whose result was typed again as another
    """

    number: int
    drawn: str
    typed: str
    counts: Mapping[str, tuple[int, int, int, int]]
    changed: int = 0

    def total(self) -> tuple[int, int, int, int]:
        """(rows, that agree, that differ, that cannot be told) of all parts."""
        rows, agree, differ, unknown = (sum(c[i] for c in self.counts.values()) for i in range(4))
        return rows, agree, differ, unknown

    @property
    def waiting(self) -> int:
        """Rows without a result."""
        rows, *results = self.total()
        return rows - sum(results)


@dataclass(frozen=True)
class Agreement:
    """All sheets of a store."""

    sheets: tuple[Sheet, ...] = ()

    @property
    def done(self) -> tuple[Sheet, ...]:
        """The sheets that count: every row has its result."""
        return tuple(s for s in self.sheets if not s.waiting)

    @property
    def checked(self) -> Optional[Checked]:
        """(checks that agree, of how many); None where no sheet is done."""
        if not self.done:
            return None
        return sum(s.total()[1] for s in self.done), sum(s.total()[0] for s in self.done)

    def in_brief(self) -> str:
        """What stands behind the sentence of every output: the share with its likely range, or what to do."""
        if self.checked is None:
            return phrase("(nobody has held a whole sheet of its figures against them)")
        return joined("", ("(", _share(*self.checked), ")"))

    def sentences(self) -> list[str]:
        """What was found, by part, with its likely range; and which sheets wait for results."""
        found = []
        if self.checked is not None:
            agree, of = self.checked
            differ, unknown = (sum(s.total()[i] for s in self.done) for i in (2, 3))
            found.append(
                sentence(
                    "{agree:,} of {rows} agree with the source systems: {share}. {differ}, {unknown:,} could not be told: these count as not agreeing.",
                    agree=agree,
                    rows=count_of(of, "rows"),
                    share=_share(agree, of),
                    differ=sentence("{n:,} row differs" if differ == 1 else "{n:,} rows differ", n=differ),
                    unknown=unknown,
                )
            )
            for half, words in zip(HALVES, (phrase("Of what this plugin says"), phrase("Of what the extracts have"))):
                some = [self._of_part(p) for p in half]
                words_of_parts = joined(", ", [t for t in some if t])
                found += [joined("", (words, ": ", words_of_parts, "."))] if words_of_parts else []
            last = self.done[-1]
            found.append(
                sentence(
                    "Last checked on {day}; parts are drawn in equal numbers, so the whole is no share of all rows.",
                    day=last.typed,
                )
            )
        else:
            found.append(phrase("Nobody has held figures of this store against the source systems yet."))
        for sheet in self.sheets:
            if sheet.waiting:
                rows = sheet.total()[0]
                found.append(
                    sentence(
                        "Sheet {number}, drawn on {day}, counts once it is whole: {n:,} of its {rows:,} results still to be typed back.",
                        number=sheet.number,
                        day=sheet.drawn,
                        n=sheet.waiting,
                        rows=rows,
                    )
                )
            if sheet.changed:
                found.append(
                    sentence(
                        "Sheet {number}: {rows} had another result at first.",
                        number=sheet.number,
                        rows=count_of(sheet.changed, "rows"),
                    )
                )
        return found

    def _of_part(self, part: str) -> str:
        """A part's agreement in words; "" where no row of it was checked."""
        counts = [s.counts[part] for s in self.done if part in s.counts]
        rows, agree = (sum(c[i] for c in counts) for i in (0, 1))
        if not rows:
            return ""
        return sentence(
            "{part} {n:,} of {rows:,} ({share})", part=PART_WORDS[part], n=agree, rows=rows, share=_share(agree, rows)
        )

    def as_text(self) -> str:
        """JSON of the counts alone, as the summary keeps it."""
        rows = [
            {"sheet": s.number, "drawn": s.drawn, "typed": s.typed, "changed": s.changed, "counts": dict(s.counts)}
            for s in self.sheets
        ]
        return json.dumps(rows, sort_keys=True)

    @classmethod
    def of_text(cls, text: Optional[str]) -> Agreement:
        """From :meth:`as_text`; none where there is no text, or it is another program's."""
        try:
            rows = json.loads(text or "[]")
            sheets = [
                Sheet(int(r["sheet"]), words_of_date(str(r["drawn"])), words_of_date(str(r["typed"])), {p: _counts(c) for p, c in r["counts"].items() if p in PARTS}, int(r["changed"]))
                for r in rows
            ]  # fmt: skip
        except (ValueError, TypeError, KeyError, AttributeError):
            return cls()
        return cls(tuple(sheets))


def agreement_of(checks: pd.DataFrame) -> Agreement:
    """The agreement of all rows of the ``checks`` table: those drawn have no result, those typed back follow, and the last counts."""
    sheets = []
    for number, rows in checks.groupby("sheet", sort=True):
        drawn, typed = rows[rows["result"].isna()], rows[rows["result"].notna()]
        last = typed.drop_duplicates("check_id", keep="last").set_index("check_id")["result"]
        again = typed.groupby("check_id")["result"].nunique() if len(typed) else pd.Series(dtype=int)
        result = drawn["check_id"].map(last)
        counts = {
            str(p): (len(r), *(int((r == word).sum()) for word in RESULTS))
            for p, r in result.groupby(drawn["part"], sort=True)
        }
        begin, end = (day_in_words(t.max().date()) if len(t) else "" for t in (drawn["drawn_at"], typed["typed_at"]))
        by_part = {p: _counts(c) for p, c in counts.items()}
        sheets.append(Sheet(int(number), begin, end, by_part, int((again > 1).sum())))
    return Agreement(tuple(sheets))


def _counts(values: Sequence[int]) -> tuple[int, int, int, int]:
    rows, agree, differ, unknown = (int(v) for v in values)
    return rows, agree, differ, unknown


def _share(part: int, whole: int) -> str:
    low, high = share_interval(part, whole)
    return mode_share(100 * part / whole, 100 * low, 100 * high)


__all__ = [
    "HALVES", "PARTS", "RESULTS", "Agreement", "Sheet", "agreement_of", "quotas", "result_of", "shared_out",
]  # fmt: skip

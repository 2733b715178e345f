"""How three kinds of layer spell a condition: SQLite (GeoPackage), PostgreSQL, and QGIS's own expressions.

Each dialect quotes names and texts, and compares moments rightly whatever the time zone of the machine, the session or
the text: a time without an offset is UTC, as the tables of this plugin are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Optional

from ...core import sql

Span = tuple[Optional[datetime], Optional[datetime]]  # from, before; None where it is open

_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
NEVER = "1 = 0"


class Dialect:
    """What SQL has in common."""

    def name(self, field: str) -> str:
        """A field's name, quoted."""
        return sql.quoted(field)

    def literal(self, text: str) -> str:
        """A text, quoted; no character of it is read as anything but itself."""
        return sql.literal(text)

    def as_text(self, field: str, kind: str) -> str:
        """A field's value as text."""
        return self.name(field) if kind == "text" else f"CAST({self.name(field)} AS TEXT)"

    def one_of(self, field: str, kind: str, texts: Sequence[str], or_missing: bool = False) -> str:
        """Whether a field's value is one of some texts, or missing where that is asked for."""
        # No column can hold the character NUL, and a statement ends at it.
        chosen = [self.literal(t) for t in dict.fromkeys(texts) if "\0" not in t]
        parts = [self._in(self.as_text(field, kind), chosen)] if chosen else []
        if or_missing:
            parts.append(f"{self.name(field)} IS NULL")
        return joined(parts, "OR") or NEVER

    def number_in(self, field: str, numbers: Sequence[int]) -> str:
        return f"{self.name(field)} IN ({', '.join(str(int(n)) for n in numbers)})"

    def more_than_zero(self, field: str) -> str:
        return f"{self.name(field)} > 0"

    def in_days(self, start: str, end: str, first: Optional[date], last: Optional[date]) -> str:
        """Whether civil days meet a period; `end` is `start` where there is only one."""
        parts = [f"{self._day(start)} <= {self._day_text(last)}"] if last else []
        parts += [f"{self._day(end)} >= {self._day_text(first)}"] if first else []
        return joined(parts, "AND")

    def in_spans(self, start: str, end: str, kinds: tuple[str, str], spans: Sequence[Span]) -> str:
        """Whether [start, end) meets one of the spans; `end` may be '', then the moment `start` lies in one.

        Parameters
        ----------
        kinds : kinds of the two fields: "time" (knows its offset), "clock" (a time without one) or "text"
        """
        raise NotImplementedError

    def _in(self, value: str, literals: Sequence[str]) -> str:
        return f"{value} IN ({', '.join(literals)})"

    def _day(self, field: str) -> str:
        return self.name(field)

    def _day_text(self, day: date) -> str:
        return f"'{day.isoformat()}'"


class Sqlite(Dialect):
    """GeoPackage and SpatiaLite: times are text.

    Text of the forms 2024-06-01T12:00:00[.000][Z] compares as it stands with the same without fraction and Z, and an
    index on it is used. Other forms that ISO 8601 allows (an offset, a blank for the T) go through julianday(), some
    fifty times slower.
    """

    def in_spans(self, start: str, end: str, kinds: tuple[str, str], spans: Sequence[Span]) -> str:
        s, e = self.name(start), self.name(end) if end else ""
        near = _met(s, e, [(_moved(spans[0][0], -_DAY), _moved(spans[-1][1], _DAY))], self._plain, self._after)
        odd = [f"length({c}) > 24 OR substr({c}, 11, 1) <> 'T'" for c in (s, e) if c]
        as_text = _met(s, e, spans, self._plain, self._after)
        as_days = _met(f"julianday({s})", f"julianday({e})" if e else "", spans, self._julian)
        if not near:
            return ""
        return f"{near} AND CASE WHEN {' OR '.join(odd)} THEN {as_days} ELSE {as_text} END"

    @staticmethod
    def _plain(moment: datetime) -> str:
        return f"'{_iso(moment)}'"

    @staticmethod
    def _after(end: str, moment: datetime) -> str:
        """Later than a whole second, though its own text may go on after it: by .000, Z or both."""
        return f"{end} >= '{_iso(moment)}.001' AND {end} <> '{_iso(moment)}Z'"

    @staticmethod
    def _julian(moment: datetime) -> str:
        return f"julianday('{_iso(moment)}')"


class Postgres(Dialect):
    """PostgreSQL, whatever the time zone of the session and its settings of backslashes."""

    def literal(self, text: str) -> str:
        plain = super().literal(text)
        return "E" + plain.replace("\\", "\\\\") if "\\" in text else plain

    def in_spans(self, start: str, end: str, kinds: tuple[str, str], spans: Sequence[Span]) -> str:
        s, e = (self._moment(f, k) if f else "" for f, k in zip((start, end), kinds))
        at = [self._clock if k == "clock" else self._instant for k in kinds]
        return _met(s, e, spans, at[0], lambda end, moment: f"{end} > {at[1](moment)}")

    def _moment(self, field: str, kind: str) -> str:
        name = self.name(field)
        if kind != "text":
            return name
        offset = "':[0-9]{2}([.][0-9]+)? *([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)$'"
        known = f"CASE WHEN {name} ~ {offset} THEN {name}::timestamptz ELSE {name}::timestamp AT TIME ZONE 'UTC' END"
        return f"(CASE WHEN {name} ~ '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}' THEN {known} END)"

    @staticmethod
    def _instant(moment: datetime) -> str:
        return f"'{_iso(moment)}Z'::timestamptz"

    @staticmethod
    def _clock(moment: datetime) -> str:
        return f"'{_iso(moment)}'::timestamp"


class Expression(Dialect):
    """QGIS's expressions, which layers in memory and delimited text are filtered by."""

    def literal(self, text: str) -> str:
        escaped = text.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n").replace("\t", "\\t")
        return f"'{escaped}'"

    def as_text(self, field: str, kind: str) -> str:
        return self.name(field) if kind == "text" else f"to_string({self.name(field)})"

    def in_spans(self, start: str, end: str, kinds: tuple[str, str], spans: Sequence[Span]) -> str:
        met = _met("@ia_start", "@ia_end" if end else "", spans, self._ms)
        if not met:
            return ""
        if end:
            met = f"with_variable('ia_end', {self._moment(end)}, {met})"
        return f"with_variable('ia_start', {self._moment(start)}, {met})"

    def _moment(self, field: str) -> str:
        """Milliseconds since 1970: a time's own text tells whether it has an offset; one without is UTC."""
        text = f"to_string({self.name(field)})"
        known = f"if(regexp_match({text}, ':[0-9.]+ *([Zz]|[+-][0-9][0-9](:?[0-9][0-9])?)$'), {text}, {text} || 'Z')"
        return f"epoch(try(to_datetime({known})))"

    def _in(self, value: str, literals: Sequence[str]) -> str:
        # IN takes texts that look like numbers for numbers; = does not.
        return "(" + " OR ".join(f"{value} = {text}" for text in literals) + ")"

    def _day(self, field: str) -> str:
        return f"left(to_string({self.name(field)}), 10)"

    @staticmethod
    def _ms(moment: datetime) -> str:
        return str((moment - _EPOCH) // timedelta(milliseconds=1))


DIALECTS: dict[str, Dialect] = {"sqlite": Sqlite(), "postgres": Postgres(), "qgis": Expression()}


def joined(parts: Sequence[str], word: str) -> str:
    """Conditions joined by AND or OR, in brackets where there are several."""
    kept = [p for p in parts if p]
    if len(kept) < 2:
        return "".join(kept)
    return "(" + f" {word} ".join(f"({p})" for p in kept) + ")"


def _met(
    start: str,
    end: str,
    spans: Sequence[Span],
    shown: Callable[[datetime], str],
    after: Optional[Callable[[str, datetime], str]] = None,
) -> str:
    """[start, end) meets a span; one without length is a moment, and one without an end too.

    `shown` gives a moment as `start` is compared with it, `after` the condition that `end` is later than one.
    """
    found = []
    for begin, before in spans:
        parts = [f"{start} < {shown(before)}"] if before else []
        if begin:
            since = f"{start} >= {shown(begin)}"
            later = after(end, begin) if after else f"{end} > {shown(begin)}"
            parts.append(joined([since, later], "OR") if end else since)
        found.append(" AND ".join(parts))
    return "(" + " OR ".join(found) + ")" if all(found) and found else ""


def _moved(moment: Optional[datetime], by: timedelta) -> Optional[datetime]:
    return moment + by if moment else None


def _iso(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
